import { z } from 'zod';
import { instant, type Clock } from '../../clock.ts';
import type { NewId } from '../../ids.ts';
import { StoreError, type StoreOrigin } from '../store.ts';
import { FORM, ORIGIN_ROW, STORE_PARTITION } from './layout.ts';
import { ConflictError, type Entity, type Tables } from './tables.ts';

const Stored = z.object({
  form: z.literal(FORM),
  id: z.string().min(1),
  createdAt: z.string(),
  restoredAt: z.string().exactOptional(),
  takenAt: z.string().exactOptional(),
});

/**
 * Which store a table has; a new one is given its name, once, however many processes start at the same time.
 *
 * @throws {StoreError} `too-new`, or `damaged` for partitions without it: a part of a store is not taken for the whole.
 */
export async function openOrigin(tables: Tables, { now, newId }: { now: Clock; newId: NewId }): Promise<StoreOrigin> {
  const known = await readOrigin(tables);
  if (known !== undefined) return known;
  const origin = { id: newId(), createdAt: instant(now()) };
  try {
    await tables.batch(STORE_PARTITION, [
      { kind: 'insert', rowKey: ORIGIN_ROW, properties: { form: FORM, ...origin } },
    ]);
  } catch (error) {
    if (!(error instanceof ConflictError)) throw error;
  }
  return (await readOrigin(tables)) ?? origin;
}

/**
 * Says that a table was put back: it is another store from now on, in which nothing is carried out that was approved
 * before. Processes that have it open go on with the old one, and have to be stopped first.
 *
 * @returns which store it is now; `undefined`, where there is none.
 * @throws {StoreError} `too-new` or `damaged`; nothing was changed.
 * @throws {ConflictError} somebody else has just said so.
 */
export async function notePutBack(
  tables: Tables,
  { now, newId }: { now: Clock; newId: NewId },
): Promise<StoreOrigin | undefined> {
  const entity = await tables.get(STORE_PARTITION, ORIGIN_ROW);
  const before = entity === undefined ? await readOrigin(tables) : originIn(entity, tables.name);
  if (entity === undefined || before === undefined) return undefined;
  const origin = { id: newId(), createdAt: before.createdAt, restoredAt: instant(now()) };
  const { etag } = entity;
  await tables.batch(STORE_PARTITION, [
    { kind: 'replace', rowKey: ORIGIN_ROW, etag, properties: { form: FORM, ...origin } },
  ]);
  return origin;
}

/**
 * Which store a table has. Changes nothing.
 *
 * @returns `undefined`, where there is no store yet.
 * @throws {StoreError} `too-new` or `damaged`
 */
export async function readOrigin(tables: Tables): Promise<StoreOrigin | undefined> {
  const entity = await tables.get(STORE_PARTITION, ORIGIN_ROW);
  if (entity !== undefined) return originIn(entity, tables.name);
  // Kinds of partitions are words in small letters.
  const { entities } = await tables.page({ partitions: { from: 'a', to: '~' } }, 1);
  if (entities.length > 0)
    throw new StoreError(
      'damaged',
      `${tables.name} has partitions, and the entity "${STORE_PARTITION}" "${ORIGIN_ROW}" that names the store is missing; nothing was changed`,
    );
  return undefined;
}

function originIn({ properties }: Entity, name: string): StoreOrigin {
  const stored = Stored.safeParse(properties);
  if (!stored.success) {
    if (Number(properties['form']) > Number(FORM))
      throw new StoreError('too-new', `${name} was written by a newer version of this program; start that one`);
    throw new StoreError('damaged', `${name} does not say which store it is; nothing was changed`);
  }
  const { id, createdAt, restoredAt, takenAt } = stored.data;
  return { id, createdAt, ...(restoredAt !== undefined && { restoredAt }), ...(takenAt !== undefined && { takenAt }) };
}
