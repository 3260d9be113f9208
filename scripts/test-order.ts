import path from 'node:path';

/** Folders of tests that start processes or wait for them; the longest before the others. */
const LONG = ['crash', 'simulation', 'replicas', 'e2e', 'bench', 'sandbox', 'faults', 'journeys', 'scripts'];

/**
 * The order in which tests that run beside each other end soonest: what takes long begins first, and what waits runs
 * beside what works; the many short ones fill what is left.
 *
 * @param files such as `test/cards/notice-card.test.ts`.
 */
export function longestFirst(files: readonly string[]): readonly string[] {
  const folders = Map.groupBy(files.toSorted(), (file) => file.split(path.sep)[1] ?? '');
  const long = LONG.map((folder) => folders.get(folder) ?? []);
  const short = [...folders].filter(([folder]) => !LONG.includes(folder)).flatMap(([, own]) => own);
  return [...spread(long), ...short];
}

/** One list of several, throughout which each of them is spread. */
const spread = <Item>(lists: readonly (readonly Item[])[]): readonly Item[] =>
  lists
    .flatMap((list) => list.map((item, at) => ({ item, place: at / list.length })))
    .toSorted((one, other) => one.place - other.place)
    .map(({ item }) => item);
