import { execute } from './actions.ts';
import type { AdaptiveCard } from './adaptive-card.ts';
import { bullets, buttons, card, heading, sentence, subheading } from './elements.ts';
import { problemBox } from './customer-parts.ts';
import type { Texts } from './texts/texts.ts';

export interface HelpView {
  readonly isRequester: boolean;
  readonly isApprover: boolean;
  readonly isAuditor: boolean;
  /** The reader's own object id, to be shown to whoever runs the bot. */
  readonly personId: string;
  /** What nobody here understands; foreign text. */
  readonly unknown?: string;
}

/** What the bot does, and what can be written to it. Fits a phone's screen. */
export function helpCard(
  { isRequester, isApprover, isAuditor, personId, unknown }: HelpView,
  texts: Texts,
): AdaptiveCard {
  return card(texts, texts.say('help.summary'), [
    problemBox(unknown === undefined ? undefined : texts.say('help.unknown', { words: unknown })),
    heading(texts.say('help.title')),
    sentence(texts.say('help.about'), { spacing: 'small' }),
    ...(isApprover ? [sentence(texts.say('help.approver'), { spacing: 'small' })] : []),
    ...(isRequester
      ? [
          subheading(texts.say('help.words')),
          ...bullets([
            texts.say('help.remove'),
            texts.say('help.status'),
            texts.say('help.requests'),
            texts.say('help.watch'),
            texts.say('help.dry-run'),
            ...(isAuditor ? [texts.say('help.audit')] : []),
            texts.say('help.stop'),
            texts.say('help.help'),
          ]),
          ...buttons(execute('customer.pick', texts.say('button.remove-customer'), {}, { style: 'positive' })),
        ]
      : []),
    ...(isAuditor && !isRequester
      ? [subheading(texts.say('help.words')), ...bullets([texts.say('help.audit'), texts.say('help.help')])]
      : []),
    ...(isRequester || isApprover || isAuditor
      ? []
      : [sentence(texts.say('help.no-role', { id: personId }), { spacing: 'small' })]),
  ]);
}
