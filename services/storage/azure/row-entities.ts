import { hash } from 'node:crypto';
import { canonicalJson } from '../canonical-json.ts';
import { valueOfText, valueText } from '../rows.ts';
import type { Lease, Row } from '../store.ts';
import { keyOf } from './layout.ts';
import type { Properties } from './tables.ts';

/** A string of Azure Table has at most 32,768 characters. */
const PIECE = 28_000;
/** An entity has at most 1 MiB, two bytes a character, and what it is called and due takes some of it. */
const PIECES_PER_ENTITY = 17;

/** What a row sums up to: rows that are the same sum up to the same. */
const sumOf = (key: string, dueAt: string, lease: string, value: string): bigint =>
  BigInt(`0x${hash('sha256', JSON.stringify([key, dueAt, lease, value])).slice(0, 32)}`);

export interface PrintedRow {
  readonly sum: bigint;
  /** What its entities hold, in their order. */
  readonly parts: readonly Properties[];
}

/** A row as the table keeps it. What is needed to know whether it is due stands by itself in the first entity. */
export function printRow(key: string, row: Row): PrintedRow {
  const value = valueText(row.value);
  const dueAt = row.dueAt ?? '';
  const lease = row.lease === undefined ? '' : canonicalJson(row.lease);
  const pieces = piecesOf(value);
  const entities = Math.ceil(pieces.length / PIECES_PER_ENTITY);
  const parts = Array.from({ length: entities }, (_, part): Properties => {
    const own = pieces.slice(part * PIECES_PER_ENTITY, (part + 1) * PIECES_PER_ENTITY);
    return {
      ...(part === 0 && { parts: String(entities), ...(keyOf(key) !== key && { key }) }),
      ...(part === 0 && dueAt !== '' && { dueAt }),
      ...(part === 0 && lease !== '' && { lease }),
      ...Object.fromEntries(own.map((piece, n) => [`v${n}`, piece])),
    };
  });
  return { sum: sumOf(key, dueAt, lease, value), parts };
}

/** A character that takes two places stays whole. */
function piecesOf(text: string): readonly string[] {
  const pieces: string[] = [];
  for (let from = 0; from < text.length;) {
    const to = from + PIECE;
    const end = to < text.length && isHigh(text.charCodeAt(to - 1)) ? to - 1 : to;
    pieces.push(text.slice(from, end));
    from = end;
  }
  return pieces;
}

const isHigh = (code: number): boolean => code >= 0xd800 && code <= 0xdbff;

/** A row that was printed. @throws {SyntaxError} for what was not. */
export function readRow(key: string, parts: readonly Properties[]): { readonly row: Row; readonly sum: bigint } {
  const [first = {}] = parts;
  const { dueAt = '', lease = '' } = first;
  const value = parts.map(pieceText).join('');
  const row = { value: valueOfText(value), ...whenOf(first) };
  return { row, sum: sumOf(key, dueAt, lease, value) };
}

function pieceText(properties: Properties): string {
  let text = '';
  for (let n = 0; n < PIECES_PER_ENTITY; n += 1) text += properties[`v${n}`] ?? '';
  return text;
}

/** When a row is due, and who has it, from its first entity. */
export const whenOf = ({ dueAt, lease }: Properties): Pick<Row, 'dueAt' | 'lease'> => ({
  ...(dueAt !== undefined && { dueAt }),
  ...(lease !== undefined && { lease: JSON.parse(lease) as Lease }),
});
export const WHEN_PROPERTIES = ['dueAt', 'lease'] as const;
