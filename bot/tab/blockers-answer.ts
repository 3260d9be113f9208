import type { TextKey } from '../../cards/texts/en.ts';
import type { BlockersByKind, WatchedBlockers } from '../../services/watching/blockers-by-kind.ts';
import type { Asker } from './asker.ts';

/** What stands in the way, by kind, over all customers that are watched: numbers only, so everybody with a role sees them. */
export const createBlockersAnswer =
  (count: WatchedBlockers) =>
  async ({ texts }: Asker) => {
    const counted = await count();
    const { customers, clear, incomplete, notLooked, oldestLook, isCut } = counted;
    const notes: readonly (readonly [TextKey, number])[] = [
      ['tab.clear', clear],
      ['tab.incomplete', incomplete],
      ['tab.not-looked', notLooked],
    ];
    return {
      customers,
      watched: texts.say('tab.watched', { count: customers }),
      kinds: [...kindsOf(counted, texts), ...unreadOf(counted, texts)],
      ...(oldestLook !== undefined && { oldestLook }),
      notes: [
        ...notes.filter(([, number]) => number > 0).map(([key, number]) => texts.say(key, { count: number })),
        ...(isCut ? [texts.say('tab.watched-cut', { count: customers })] : []),
      ],
    };
  };

const kindsOf = ({ kinds }: BlockersByKind, texts: Asker['texts']) =>
  kinds.map(({ kind, customers, purchases }) => ({
    label: texts.say(kind === 'before' ? 'tab.kind-before' : `line.class-${kind}`),
    customers,
    purchases,
  }));

/** What could not be read may hold anything. */
const unreadOf = ({ unread }: BlockersByKind, texts: Asker['texts']) =>
  unread.map(({ source, customers }) => ({
    label: texts.say('tab.kind-unread', { what: texts.say(`source.${source}`) }),
    customers,
  }));
