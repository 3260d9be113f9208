import { createHash } from 'node:crypto';
import { z } from 'zod';
import { canonicalJson } from './canonical-json.ts';
import type { Codec } from './durable-file.ts';
import { StoreError } from './store.ts';
import type { StoreOrigin } from './store.ts';

/** Names the form of the store as a whole, and which store it is. */
export const ORIGIN_FILE = 'store.json';

/** Grows when the folder is laid out otherwise; partitions have a number of their own. */
const SCHEMA = 1;
const Document = z.strictObject({
  schema: z.literal(SCHEMA),
  store: z.strictObject({
    id: z.string().min(1),
    createdAt: z.string(),
    restoredAt: z.string().exactOptional(),
    takenAt: z.string().exactOptional(),
  }),
  checksum: z.string(),
});
const NewerDocument = z.looseObject({ schema: z.int().min(SCHEMA + 1) });

/** @param path the whole path, for messages. */
export const originCodec = (path: string): Codec<StoreOrigin> => ({
  parse: (text) => parse(text, path),
  print: (store) => `${JSON.stringify({ schema: SCHEMA, store, checksum: checksumOf(store) })}\n`,
});

function parse(text: string, path: string): StoreOrigin {
  const json = jsonOf(text);
  if (NewerDocument.safeParse(json).success)
    throw new StoreError('too-new', `"${path}" was written by a newer version of this program; start that one`);
  const document = Document.safeParse(json);
  if (!document.success) throw damagedOrigin(path, 'it does not say which store this is');
  const { store, checksum } = document.data;
  if (checksumOf(store) !== checksum) throw damagedOrigin(path, 'its checksum does not fit');
  return store;
}

export const damagedOrigin = (path: string, why: string): StoreError =>
  new StoreError('damaged', `"${path}" is damaged: ${why}. Put it back from a backup; nothing was changed`);

const checksumOf = (store: StoreOrigin): string => createHash('sha256').update(canonicalJson(store)).digest('hex');

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
