import type { TurnContext } from 'botbuilder';
import type { PressedButton } from '../../cards/actions.ts';
import { answerOf, factsOf } from '../../dialogs/turn-facts.ts';
import { hasRole, type Roles } from '../../services/people/roles.ts';
import type { Conversations } from './conversation.ts';
import { isRequestButton, type ButtonAnswer, type RequestButtons } from './request-buttons.ts';

export interface ButtonParts {
  readonly conversations: Conversations;
  readonly requestButtons: RequestButtons;
  readonly roles: Roles;
  /** In an indirect reseller's tenant: nothing is decided there (no). */
  readonly endedByProvider?: boolean;
}

/** Answers a pressed button: those of requests at once, those on the way to one through the dialogs. */
export function createButtons({ conversations, requestButtons, roles, endedByProvider = false }: ButtonParts) {
  return async (context: TurnContext, button: PressedButton): Promise<ButtonAnswer> => {
    const { person, texts } = factsOf(context);
    if (isRequestButton(button)) {
      const isApproval = button.verb.startsWith('approval.');
      if (isApproval && endedByProvider) return { sentence: texts.say('provider.refused') };
      if (hasRole(roles, person.id)) return requestButtons(button, person, texts);
      return { sentence: texts.say(isApproval ? 'approval.refused-not-an-approver' : 'fault.not-a-requester') };
    }
    if (!roles.isRequester(person.id)) return { sentence: texts.say('fault.not-a-requester') };
    await conversations.pressed(context, button);
    const shown = answerOf(context);
    return shown ? { shown } : { sentence: texts.say('fault.old-card') };
  };
}

export type Buttons = ReturnType<typeof createButtons>;
