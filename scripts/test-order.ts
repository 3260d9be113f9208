import path from 'node:path';

/** What keeps processors busy for long, with processes and browsers of its own: folders or files, the longest first. */
const HEAVY = [
  'crash',
  'simulation',
  'e2e',
  'bench',
  'cards/gallery.test.ts',
  'sandbox/chat',
  'sandbox/start.test.ts',
  'replicas',
];
/** What mostly waits for time to pass. */
const WAITING = ['journeys', 'faults', 'scripts', 'bot/main.test.ts'];

/** All that are named. */
export const PLACES: readonly string[] = [...HEAVY, ...WAITING];

/**
 * The order in which tests that run beside each other end soonest, and disturb each other least: what takes long begins first,
 * each that works beside some that wait; the many short ones fill what is left.
 *
 * @param files such as `test/cards/notice-card.test.ts`.
 */
export function longestFirst(files: readonly string[]): readonly string[] {
  const sorted = files.toSorted();
  const [heavy, waiting] = [HEAVY, WAITING].map((places) => places.flatMap((place) => sorted.filter(isIn(place))));
  const long = spread([heavy ?? [], waiting ?? []]);
  return [...long, ...sorted.filter((file) => !long.includes(file))];
}

const isIn = (place: string) => (file: string) => `${file.split(path.sep).join('/')}/`.startsWith(`test/${place}/`);

/** One list of several, throughout which each of them is spread. */
const spread = <Item>(lists: readonly (readonly Item[])[]): readonly Item[] =>
  lists
    .flatMap((list) => list.map((item, at) => ({ item, place: at / list.length })))
    .toSorted((one, other) => one.place - other.place)
    .map(({ item }) => item);
