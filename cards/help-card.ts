import { execute } from './actions.ts';
import type { AdaptiveCard } from './adaptive-card.ts';
import { buttons, card, heading, sentence } from './elements.ts';
import { problemBox } from './customer-parts.ts';
import type { Texts } from './texts/texts.ts';

export interface HelpView {
  readonly isRequester: boolean;
  readonly isApprover: boolean;
  readonly isAuditor: boolean;
  /** Whether they may be more than this: nobody can tell at the moment. */
  readonly areRolesUnread?: boolean;
  /** The reader's own object id, to be shown to whoever runs the bot. */
  readonly personId: string;
  /** Removals are an indirect provider's: what to send it is all there is. */
  readonly endedByProvider?: boolean;
  /** Whether people sign in, so that the bot acts in their names. */
  readonly signsIn?: boolean;
  /** What nobody here understands; foreign text. */
  readonly unknown?: string;
}

/** What can be written to the bot, a short line each, so that all of it is on one screen of a small phone. */
export function helpCard(view: HelpView, texts: Texts): AdaptiveCard {
  const { isRequester, isApprover, isAuditor, endedByProvider = false, signsIn = false, unknown } = view;
  const hasRole = isRequester || isApprover || isAuditor;
  const words = [
    ...(isRequester ? [texts.say(endedByProvider ? 'help.remove-provider' : 'help.remove')] : []),
    ...(isRequester && !endedByProvider ? [texts.say('help.remove-several')] : []),
    ...(hasRole ? [texts.say('help.status'), texts.say('help.requests')] : []),
    ...(isRequester && !endedByProvider
      ? [texts.say('help.watch'), texts.say('help.watches'), texts.say('help.dry-run')]
      : []),
    ...(isAuditor ? [texts.say('help.audit')] : []),
    ...(hasRole ? [texts.say('help.cancel')] : []),
    ...(isRequester ? [texts.say('help.stop')] : []),
    ...(hasRole && signsIn ? [texts.say('help.sign-in'), texts.say('help.sign-out')] : []),
    ...(hasRole ? [texts.say('help.help')] : []),
  ];
  return card(texts, texts.say('help.summary'), [
    problemBox(unknown === undefined ? undefined : texts.say('help.unknown', { words: unknown })),
    heading(texts.say(hasRole ? 'help.words' : 'help.title')),
    ...(endedByProvider ? [sentence(texts.say('help.about-provider'), { spacing: 'small' })] : []),
    ...words.map((word) => sentence(`•  ${word}`, { spacing: 'none' })),
    ...(isApprover && !endedByProvider ? [sentence(texts.say('help.approver'), { spacing: 'small' })] : []),
    ...standingPart(view, texts),
    ...buttons(
      isRequester
        ? execute('customer.pick', texts.say('button.remove-customer'), {}, { style: 'positive' })
        : undefined,
    ),
  ]);
}

/** Whoever may do nothing, or nobody knows what, is told so. */
export function standingPart(
  { isRequester, isApprover, isAuditor, areRolesUnread = false, personId }: HelpView,
  texts: Texts,
) {
  if (areRolesUnread) return [sentence(texts.say('help.roles-unread'), { spacing: 'small' })];
  if (isRequester || isApprover || isAuditor) return [];
  return [sentence(texts.say('help.no-role', { id: personId }), { spacing: 'small' })];
}
