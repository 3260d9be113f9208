import type { Line } from '../services/readiness/readiness.ts';
import type { Element } from './adaptive-card.ts';
import { box, sentence, subheading } from './elements.ts';
import { someNames } from './some-names.ts';
import type { Texts } from './texts/texts.ts';

const SHOWN_PARTNERS = 3;

const openTransfers = (lines: readonly Line[]) => lines.filter((line) => line.kind === 'transfer');

/** A transfer to another partner that is open stands in nobody's way, and should be over before the removal. */
export function openTransfersBox(lines: readonly Line[], texts: Texts): Element | undefined {
  const open = openTransfers(lines);
  if (open.length === 0) return undefined;
  const partners = [...new Set(open.flatMap(({ to }) => to ?? []))];
  const count = open.length;
  const said =
    partners.length === 0
      ? texts.say('readiness.transfers-open', { count })
      : texts.say('readiness.transfers-open-to', { count, to: someNames(partners, SHOWN_PARTNERS, texts) });
  return box('warning', sentence(said, { weight: 'bolder' }));
}

/** The normal way out in the middle of a term: how it is begun, or how it goes on where one is open. */
export function transferAbout(lines: readonly Line[], texts: Texts): readonly Element[] {
  if (!lines.some((line) => line.kind === 'holding' && line.remedies.some(({ kind }) => kind === 'transfer')))
    return [];
  const isOpen = openTransfers(lines).length > 0;
  return [
    subheading(texts.say('readiness.transfer-title')),
    sentence(texts.say(isOpen ? 'readiness.transfer-open-about' : 'readiness.transfer-about'), { spacing: 'small' }),
  ];
}
