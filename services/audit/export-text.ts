import { canonicalJson } from '../storage/canonical-json.ts';
import type { ExportedEntry } from './export-record.ts';

export const EXPORT_FORMATS = ['csv', 'json'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

const COLUMNS = ['chain', 'seq', 'time', 'action', 'actor', 'target', 'detail', 'mac'] as const;
/** By it Excel knows that a CSV is UTF-8. */
const BYTE_ORDER_MARK = '\ufeff';
const LINE_END = '\r\n';
/** What a spreadsheet takes for the beginning of a formula. */
const FORMULA = /^[=+\-@\t\r]/;

/** An export as text, in pieces. */
export async function* exportText(entries: AsyncIterable<ExportedEntry>, format: ExportFormat): AsyncIterable<string> {
  if (format === 'csv') yield* csv(entries);
  else yield* json(entries);
}

/** One line an entry, every field in quotes. @see RFC 4180 */
async function* csv(entries: AsyncIterable<ExportedEntry>): AsyncIterable<string> {
  yield `${BYTE_ORDER_MARK}${row(COLUMNS)}`;
  for await (const { chain, seq, time, action, actor, target = '', detail, mac } of entries) {
    const told = detail === undefined ? '' : canonicalJson(detail);
    yield row([chain, String(seq), time, action, actor, target, told, mac]);
  }
}

const row = (fields: readonly string[]): string => `${fields.map(field).join(',')}${LINE_END}`;

/** What begins like a formula gets an apostrophe in front, by which spreadsheets take it for text. */
const field = (text: string): string => `"${(FORMULA.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;

/** A list, one line an entry. */
async function* json(entries: AsyncIterable<ExportedEntry>): AsyncIterable<string> {
  let isFirst = true;
  for await (const entry of entries) {
    yield `${isFirst ? '[\n' : ',\n'}${JSON.stringify(entry)}`;
    isFirst = false;
  }
  yield isFirst ? '[]\n' : '\n]\n';
}
