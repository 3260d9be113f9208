import type { TurnContext } from 'botbuilder';
import type { PressedButton } from '../../cards/actions.ts';
import { answerOf, factsOf } from '../../dialogs/turn-facts.ts';
import type { Refusals } from '../../services/audit/refusals.ts';
import { hasRole, type Roles } from '../../services/people/roles.ts';
import type { AuditAnswers } from './audit-answers.ts';
import type { Conversations } from './conversation.ts';
import type { Help } from './help.ts';
import type { FreshRoles } from './fresh-roles.ts';
import { isBatchButton, isListButton, type BatchButtons } from './batch-buttons.ts';
import { isRequestButton, type RequestButtons } from './request-buttons.ts';
import type { ButtonAnswer } from './button-answer.ts';
import type { RequestsList } from './requests-list.ts';
import type { WatchesList } from './watches-list.ts';

export interface ButtonParts {
  readonly conversations: Conversations;
  readonly requestButtons: RequestButtons;
  readonly batchButtons: BatchButtons;
  readonly audit: AuditAnswers;
  readonly requestsList: RequestsList;
  readonly watchesList: WatchesList;
  readonly help: Pick<Help, 'show'>;
  readonly refusals: Pick<Refusals, 'note'>;
  readonly roles: Roles;
  readonly freshRoles: FreshRoles;
  /** In an indirect reseller's tenant: nothing is decided there (no). */
  readonly endedByProvider?: boolean;
}

/** Says why a button does nothing for whoever presses it, whatever it is about; `undefined` where it may do something. */
export type BarButton = (context: TurnContext, button: PressedButton) => Promise<ButtonAnswer | undefined>;

/** Whoever has no role is told so before anything is asked of them. */
export function createBarButton(
  parts: Pick<ButtonParts, 'refusals' | 'roles' | 'freshRoles' | 'endedByProvider'>,
): BarButton {
  const { refusals, roles, freshRoles, endedByProvider = false } = parts;
  return async (context, button) => {
    const { person, texts } = factsOf(context);
    await freshRoles(person.id, isRequestButton(button) ? button.data.requestId : undefined);
    if (button.verb === 'audit.show' || button.verb === 'audit.search' || button.verb === 'help.show') return undefined;
    if (isRequestButton(button)) {
      const isApproval = button.verb.startsWith('approval.');
      if (isApproval && endedByProvider) return { sentence: texts.say('provider.refused') };
      if (hasRole(roles, person.id)) return undefined;
      await refusals.note(person.id, { what: button.verb, why: 'no-role', target: button.data.requestId });
      return { sentence: texts.say(isApproval ? 'approval.refused-not-an-approver' : 'fault.not-a-requester') };
    }
    if (isListButton(button)) {
      if (endedByProvider) return { sentence: texts.say('provider.refused') };
      if (hasRole(roles, person.id)) return undefined;
      await refusals.note(person.id, { what: button.verb, why: 'no-role' });
      return { sentence: texts.say('approval.refused-not-an-approver') };
    }
    if (roles.isRequester(person.id) || (button.verb === 'requests.list' && hasRole(roles, person.id)))
      return undefined;
    await refusals.note(person.id, { what: button.verb, why: 'not-a-requester' });
    return { sentence: texts.say('fault.not-a-requester') };
  };
}

/** Answers a pressed button: those of requests at once, those on the way to one through the dialogs. */
export function createButtons(parts: ButtonParts) {
  const { conversations, requestButtons, batchButtons, audit } = parts;
  const bar = createBarButton(parts);
  return async (context: TurnContext, button: PressedButton): Promise<ButtonAnswer> => {
    const { person, texts } = factsOf(context);
    const barred = await bar(context, button);
    if (barred !== undefined) return barred;
    if (button.verb === 'audit.show') return audit.show(button.data.requestId, button.data.page, person, texts);
    if (button.verb === 'audit.search') return audit.search(button.data, person, texts);
    if (button.verb === 'help.show') return { shown: parts.help.show(person, texts) };
    if (button.verb === 'requests.list') return { shown: await parts.requestsList(person, texts, button.data) };
    if (button.verb === 'watches.list' || button.verb === 'watches.stop') {
      if (parts.endedByProvider === true) return { sentence: texts.say('provider.refused') };
      const { watchesList } = parts;
      if (button.verb === 'watches.stop') return { shown: await watchesList.stop(button.data, person, texts) };
      return { shown: await watchesList.show(person, texts, button.data.page) };
    }
    if (isRequestButton(button)) return requestButtons(button, person, texts, context.activity.replyToId);
    if (isBatchButton(button)) {
      if (parts.endedByProvider === true) return { sentence: texts.say('provider.refused') };
      return batchButtons(button, person, texts);
    }
    await conversations.pressed(context, button);
    const shown = answerOf(context);
    return shown ? { shown } : { sentence: texts.say('fault.old-card') };
  };
}

export type Buttons = ReturnType<typeof createButtons>;
