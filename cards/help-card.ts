import { execute } from './actions.ts';
import type { AdaptiveCard } from './adaptive-card.ts';
import { bullets, buttons, card, heading, sentence, subheading } from './elements.ts';
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

/** What the bot does, and what can be written to it. Fits a phone's screen. */
export function helpCard(view: HelpView, texts: Texts): AdaptiveCard {
  const { isRequester, isApprover, isAuditor, personId, endedByProvider = false, signsIn = false, unknown } = view;
  const signing = signsIn ? [texts.say('help.sign-in'), texts.say('help.sign-out')] : [];
  return card(texts, texts.say('help.summary'), [
    problemBox(unknown === undefined ? undefined : texts.say('help.unknown', { words: unknown })),
    heading(texts.say('help.title')),
    sentence(texts.say(endedByProvider ? 'help.about-provider' : 'help.about'), { spacing: 'small' }),
    ...(isApprover && !endedByProvider ? [sentence(texts.say('help.approver'), { spacing: 'small' })] : []),
    ...(isRequester
      ? [
          subheading(texts.say('help.words')),
          ...bullets([
            texts.say(endedByProvider ? 'help.remove-provider' : 'help.remove'),
            ...(endedByProvider ? [] : [texts.say('help.remove-several')]),
            texts.say('help.status'),
            texts.say('help.requests'),
            ...(endedByProvider ? [] : [texts.say('help.watch'), texts.say('help.dry-run')]),
            ...(isAuditor ? [texts.say('help.audit')] : []),
            texts.say('help.stop'),
            ...signing,
            texts.say('help.help'),
          ]),
          ...buttons(execute('customer.pick', texts.say('button.remove-customer'), {}, { style: 'positive' })),
        ]
      : []),
    ...(isAuditor && !isRequester
      ? [subheading(texts.say('help.words')), ...bullets([texts.say('help.audit'), texts.say('help.help')])]
      : []),
    ...(view.areRolesUnread === true ? [sentence(texts.say('help.roles-unread'), { spacing: 'small' })] : []),
    ...(isRequester || isApprover || isAuditor || view.areRolesUnread === true
      ? []
      : [sentence(texts.say('help.no-role', { id: personId }), { spacing: 'small' })]),
  ]);
}
