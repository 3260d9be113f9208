import { hash } from 'node:crypto';
import { join, sep } from 'node:path';
import { z } from 'zod';
import type { Codec } from './durable-file.ts';
import { parsePartitionName, partitionName } from './partition-name.ts';
import { printRows, rowsOf } from './rows.ts';
import type { Rows } from './rows.ts';
import { StoreError } from './store.ts';
import type { Row } from './store.ts';

/** A partition as its file keeps it. */
export type StoredPartition = { readonly partition: string; readonly version: string; readonly rows: Rows };

const SCHEMA = 1;
const ROWS = ',"rows":';
const END = '}\n';
const Document = z.strictObject({
  schema: z.literal(SCHEMA),
  partition: z.string().refine((name) => parsePartitionName(name) !== undefined),
  version: z.string().regex(/^[1-9]\d{0,14}$/),
  checksum: z.string(),
  rows: z.custom<Readonly<Record<string, Row>>>(
    (rows) => typeof rows === 'object' && rows !== null && !Array.isArray(rows),
  ),
});
const Header = Document.omit({ rows: true });
const NewerDocument = z.looseObject({ schema: z.int().min(SCHEMA + 1) });

/** Small letters only: disks that do not tell `A` from `a` would keep two partitions in one file. */
const PLAIN = /^[a-z0-9][a-z0-9._-]{0,99}$/;
/** Windows opens a device under these names, whatever follows the dot. */
const DEVICE = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/;

/** Where a partition is kept, below the store's folder. Plain names stand as they are, others as their hash. */
export function partitionFile(partition: string): string {
  const { kind, rest } = partitionName(partition);
  const name = PLAIN.test(rest) && !DEVICE.test(rest) ? rest : `_${sha256(rest)}`;
  return join(kind, `${name}.json`);
}

/** The name of the partition in a file, where the file's name says it. @param file below the store's folder. */
export function plainNameIn(file: string): string | undefined {
  const [kind = '', rest = ''] = file.slice(0, -'.json'.length).split(sep);
  const name = `${kind}:${rest}`;
  return parsePartitionName(name) !== undefined && partitionFile(name) === file ? name : undefined;
}

/**
 * How a partition stands in its file, which names its form, itself, and a checksum of its rows.
 *
 * @param file below the store's folder, see `partitionFile`.
 * @param path the whole path, for messages.
 */
export const partitionCodec = (file: string, path: string): Codec<StoredPartition> => ({
  parse: (text) => parse(text, file, path),
  print({ partition, version, rows }) {
    const json = printRows(rows);
    const header = JSON.stringify({ schema: SCHEMA, partition, version, checksum: sha256(json) });
    return `${header.slice(0, -1)}${ROWS}${json}${END}`;
  },
});

/**
 * The partition in a file as it was printed that has nothing due in it, which is most of them: a checksum that fits says
 * as much of the rows as reading them would.
 *
 * @returns `undefined` where all of the file has to be read to tell.
 */
export function partitionWithNothingDue(text: string, file: string): string | undefined {
  const at = text.indexOf(ROWS);
  if (at < 0 || !text.endsWith(END)) return undefined;
  const rows = rowsText(text);
  if (rows.includes('"dueAt"')) return undefined;
  const { partition, checksum } = Header.safeParse(jsonOf(`${text.slice(0, at)}}`)).data ?? {};
  if (partition === undefined || checksum !== sha256(rows) || partitionFile(partition) !== file) return undefined;
  return partition;
}

function parse(text: string, file: string, path: string): StoredPartition {
  const json = jsonOf(text);
  const document = Document.safeParse(json);
  if (!document.success) throw foreign(json, path);
  const { partition, version, checksum } = document.data;
  if (partitionFile(partition) !== file) throw damaged(path, 'it holds another partition');
  const rows = rowsOf(document.data.rows);
  // As a rule the rows stand there as they were printed; a file that somebody indented holds the same rows still.
  if (sha256(rowsText(text)) !== checksum && sha256(printRows(rows)) !== checksum)
    throw damaged(path, 'its checksum does not fit its rows');
  return { partition, version, rows };
}

const foreign = (json: unknown, path: string): StoreError =>
  NewerDocument.safeParse(json).success
    ? new StoreError('too-new', `"${path}" was written by a newer version of this program; start that one`)
    : damaged(path, 'it is not the document of a partition');

/** The rows' own text in a printed document. No string before it can hold `ROWS`, whose quotes would be escaped. */
const rowsText = (text: string): string => text.slice(text.indexOf(ROWS) + ROWS.length, -END.length);

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A file that must be looked at by a person. It is left as it is: it is evidence, and perhaps not lost. */
export const damaged = (path: string, why: string): StoreError =>
  new StoreError('damaged', `"${path}" is damaged: ${why}. Put it back from a backup; nothing was changed`);

const sha256 = (text: string): string => hash('sha256', text);
