import type { Besides } from '../services/readiness/besides.ts';
import type { Element } from './adaptive-card.ts';
import { cut } from './cut.ts';
import { sentence } from './elements.ts';
import { lineInShort } from './holding-lines.ts';
import type { Texts } from './texts/texts.ts';

/** One of many: the whole of it is one press away. */
const LONGEST_LINE = 160;

/** What may stand in the way and what is to know, in two short lines: how much of it there is, and what matters most; an open transfer stands out. Foreign text. */
export function besidesPart(besides: Besides | undefined, texts: Texts): readonly Element[] {
  if (besides === undefined) return [];
  const counted = (
    [
      ['may-block', besides.mayBlock],
      ['to-know', besides.toKnow],
    ] as const
  ).flatMap(([group, count]) =>
    count === 0 ? [] : [texts.say('line.named', { name: texts.say(`readiness.group-${group}`), said: String(count) })],
  );
  const small = { size: 'small', isSubtle: true, spacing: 'none' } as const;
  const most = cut(lineInShort(besides.first, texts), LONGEST_LINE);
  return besides.first.kind === 'transfer'
    ? [sentence(most, { weight: 'bolder', spacing: 'none' }), sentence(counted.join(' · '), small)]
    : [sentence(counted.join(' · '), small), sentence(most, small)];
}
