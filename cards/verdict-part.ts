import type { Readiness, Verdict } from '../services/readiness/readiness.ts';
import type { Element } from './adaptive-card.ts';
import { box, sentence, timeLine } from './elements.ts';
import type { TextKey } from './texts/en.ts';
import type { Texts } from './texts/texts.ts';

/** What all that was read comes to, in one line. */
export function verdictBox(verdict: Verdict, texts: Texts): Element {
  const style = verdict.kind === 'clear' ? 'good' : verdict.kind === 'clear-here' ? 'accent' : 'warning';
  const { cancellations = 0 } = verdict.kind === 'clear-here' ? verdict : {};
  return box(
    style,
    sentence(verdictText(verdict, texts), { weight: 'bolder' }),
    ...(cancellations > 0
      ? [sentence(texts.say('readiness.verdict-cancellations', { count: cancellations }), { spacing: 'small' })]
      : []),
  );
}

function verdictText(verdict: Verdict, texts: Texts): string {
  switch (verdict.kind) {
    case 'clear':
      return texts.say('readiness.verdict-clear');
    case 'clear-here':
    case 'elsewhere':
      return texts.say(`readiness.verdict-${verdict.kind}`, { count: verdict.count });
    case 'not-before':
      return texts.say(notBefore(verdict), { date: texts.day(verdict.date) });
    case 'cannot-tell':
      return texts.say('readiness.verdict-cannot-tell', {
        sources: texts.list(verdict.sources.map((source) => texts.say(`source.${source}`))),
      });
  }
}

function notBefore({ billingEnds, orTransfer }: Extract<Verdict, { kind: 'not-before' }>): TextKey {
  if (orTransfer === true)
    return billingEnds ? 'readiness.verdict-not-before-transfer' : 'readiness.verdict-not-before-transfer-billing';
  return billingEnds ? 'readiness.verdict-not-before' : 'readiness.verdict-not-before-billing';
}

/** In the place of a verdict and all lines: of a customer that is no longer ours nothing else can be read, which is no failure. */
export function noLongerOurs({ lines, readAt }: Pick<Readiness, 'lines' | 'readAt'>, texts: Texts): readonly Element[] {
  const said = lines.find((line) => line.kind === 'unread' && line.source === 'customer');
  const id = said?.kind === 'unread' ? said.ids.correlationId : '';
  return [
    box(
      'warning',
      sentence(texts.say('readiness.gone'), { weight: 'bolder' }),
      sentence(texts.say('readiness.gone-role'), { spacing: 'small' }),
    ),
    ...(id === ''
      ? []
      : [sentence(texts.say('fault.reference', { id }), { size: 'small', isSubtle: true, spacing: 'small' })]),
    timeLine(texts.say('readiness.read-at', { moment: texts.moment(readAt) })),
  ];
}
