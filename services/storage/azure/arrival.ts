import { z } from 'zod';
import { instant, type Clock } from '../../clock.ts';
import { StoreError, type StoreOrigin } from '../store.ts';
import { FORM, HEAD, ORIGIN_ROW, STORE_PARTITION } from './layout.ts';
import { ConflictError, pagesOf, type Tables } from './tables.ts';

/** Beside the name of the store: that it was, or is being, moved here from elsewhere. */
const ARRIVAL_ROW = 'arrival';

const Stored = z.object({ from: z.string(), begunAt: z.string(), endedAt: z.string().exactOptional() });
export type Arrival = z.output<typeof Stored>;

export async function readArrival(tables: Tables): Promise<Arrival | undefined> {
  return Stored.safeParse((await tables.get(STORE_PARTITION, ARRIVAL_ROW))?.properties).data;
}

/** Until it has ended there is no name, so that no bot starts on a part of a store. @throws {StoreError} `locked`, when somebody else has begun. */
export async function beginArrival(tables: Tables, { id }: StoreOrigin, now: Clock): Promise<void> {
  const properties = { from: id, begunAt: instant(now()) };
  try {
    await tables.batch(STORE_PARTITION, [{ kind: 'insert', rowKey: ARRIVAL_ROW, properties }]);
  } catch (error) {
    if (!(error instanceof ConflictError)) throw error;
    if ((await readArrival(tables))?.from !== id)
      throw new StoreError('locked', `another store is being moved to ${tables.name}`);
  }
}

/** Gives the table the name of the store that has arrived: from now on bots may start on it. */
export async function endArrival(tables: Tables, origin: StoreOrigin, now: Clock): Promise<void> {
  const arrival = await readArrival(tables);
  const { restoredAt, takenAt, ...rest } = origin;
  const named = { ...rest, ...(restoredAt !== undefined && { restoredAt }), ...(takenAt !== undefined && { takenAt }) };
  await tables.batch(STORE_PARTITION, [
    { kind: 'put', rowKey: ORIGIN_ROW, properties: { form: FORM, ...named } },
    {
      ...({ kind: 'put', rowKey: ARRIVAL_ROW } as const),
      properties: { from: origin.id, begunAt: arrival?.begunAt ?? instant(now()), endedAt: instant(now()) },
    },
  ]);
}

/** All partitions there are, with the month of archived ones, by their heads. */
export async function* headsIn(
  tables: Tables,
): AsyncGenerator<{ readonly partition: string; readonly month?: string | undefined }> {
  const rows = { from: HEAD, to: HEAD };
  const heads = { partitions: { from: 'a', to: '~' }, rows, select: ['partition', 'month'] };
  for await (const entities of pagesOf(tables, heads))
    for (const { partitionKey, properties } of entities)
      yield { partition: properties['partition'] ?? partitionKey, month: properties['month'] };
}
