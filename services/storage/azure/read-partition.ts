import { StoreError } from '../store.ts';
import { partitionKeyOf } from './layout.ts';
import { pictureOf, type Picture } from './picture.ts';
import { pagesOf, type Entity, type Tables } from './tables.ts';

/** A partition of several pages may be written between two of them. What does not fit together so often never will. */
const READINGS = 8;
const PAUSE_MS = 20;

/**
 * Reads a partition as it was at one moment.
 *
 * @throws {StoreError} `damaged` or `too-new`
 */
export async function readPartition(
  tables: Tables,
  partition: string,
  sleep: (ms: number) => Promise<void>,
): Promise<Extract<Picture, { kind: 'whole' }>> {
  const key = partitionKeyOf(partition);
  for (let reading = 1; ; reading += 1) {
    const entities: Entity[] = [];
    for await (const page of pagesOf(tables, { partitions: { from: key, to: key } })) entities.push(...page);
    const picture = pictureOf(partition, entities);
    if (picture.kind === 'whole') return picture;
    if (reading === READINGS)
      throw new StoreError('damaged', `"${partition}" is damaged: ${picture.why}; nothing was changed`);
    await sleep(PAUSE_MS * reading);
  }
}
