import { createHmac, createSecretKey, hkdfSync } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { z } from 'zod';
import { instant } from '../clock.ts';
import type { Instant } from '../clock.ts';
import type { UserId } from '../ids.ts';
import { canonicalJson } from '../storage/canonical-json.ts';
import { StoreError } from '../storage/store.ts';
import type { Json, Row, RowChange } from '../storage/store.ts';
import type { AuditAction, OfStep, StepEvent } from './audit-actions.ts';

type Told = { readonly actor: 'bot' | `person:${UserId}`; readonly target?: string };
type Detail = Readonly<Record<string, Json | undefined>>;
/** What happened, through whom, where it is not one of single steps. */
export type PlainEvent = Told & {
  readonly action: Exclude<AuditAction, StepEvent> | 'checkpoint';
  readonly detail?: Detail;
};
type OfSteps<Of> = Of extends OfStep
  ? { readonly action: Of['event']; readonly detail?: Detail & { readonly step?: Of['step'] } }
  : never;
/** What happened, through whom. No step is recorded with what cannot be looked for. */
export type AuditEvent = PlainEvent | (Told & OfSteps<OfStep>);
/** An event that may have waited to be stored, with when it happened. */
export type PastEvent = AuditEvent & { readonly happened?: Date };
/** An event in its place. `mac` covers it, the MAC before it (`prev`) and the name of its chain. */
export type AuditEntry = Omit<AuditEvent, 'action' | 'detail'> & {
  readonly detail?: Detail;
  /** As it is read from the store, where another version may have written it. */
  readonly action: string;
  readonly seq: number;
  readonly at: Instant;
  readonly prev: string;
  readonly mac: string;
};

declare const auditKey: unique symbol;
export type AuditKey = KeyObject & { readonly [auditKey]: true };

export type AuditVerdict =
  | { readonly kind: 'intact'; readonly head: string; readonly entries: number }
  | {
      readonly kind: 'broken';
      readonly at: number;
      readonly why: 'missing' | 'edited' | 'out-of-order' | 'cut' | 'head';
    };

type Rows = ReadonlyMap<string, Row>;

/** The row that ends a chain. */
export const HEAD_KEY = 'audit-head';
const ENTRY_KEY = /^audit:(?!000000)(\d{6})$/;
const NO_MAC = '0'.repeat(64);
const MAX_ENTRIES = 999_999;

const Mac = z.string().regex(/^[0-9a-f]{64}$/);
const Entry = z.looseObject({
  seq: z.int().positive(),
  at: z.string(),
  action: z.string(),
  actor: z.custom<AuditEvent['actor']>((actor) => typeof actor === 'string'),
  target: z.string().exactOptional(),
  detail: z.custom<NonNullable<AuditEvent['detail']>>((detail) => typeof detail === 'object').exactOptional(),
  prev: Mac,
  mac: Mac,
});
const Head = z.strictObject({ seq: z.int().positive(), mac: Mac });
/** How far a chain goes, and what sums it up. Nothing has verified it yet. */
export type ChainHead = { readonly entries: number; readonly head: string };

/**
 * Derives the key of the MACs from `AUDIT_KEY`.
 *
 * @param secret at least 32 bytes.
 */
export function auditKeyOf(secret: Uint8Array): AuditKey {
  if (secret.byteLength < 32) throw new RangeError('the audit key needs at least 32 bytes');
  const derived = hkdfSync('sha256', secret, new Uint8Array(0), 'reseller-offboarding audit mac 1', 32);
  return createSecretKey(new Uint8Array(derived)) as AuditKey;
}

/**
 * The rows that add events to a chain: one `audit:000001` an event, and `audit-head`. They belong into the
 * commit that stores what happened.
 *
 * @param chain whose chain it is (a request id), so that entries cannot be moved to another one.
 * @throws {StoreError} `damaged`, when the end of the chain is not there: nothing is ever written over an entry.
 */
export function appendAudit(
  rows: Rows,
  events: readonly PastEvent[],
  at: Date,
  chain: string,
  key: AuditKey,
): readonly RowChange[] {
  if (events.length === 0) return [];
  let { seq, mac } = endOf(rows, chain);
  const changes: RowChange[] = [];
  for (const { action, actor, target, detail, happened = at } of events) {
    seq += 1;
    const told = { ...(target !== undefined && { target }), ...(detail !== undefined && { detail }) };
    const entry = { seq, at: instant(happened), action, actor, ...told, prev: mac };
    mac = macOf({ chain, entry }, key);
    changes.push({ key: entryKey(seq), row: { value: { ...entry, mac } } });
  }
  return [...changes, { key: HEAD_KEY, row: { value: { seq, mac: headMac(chain, seq, mac, key) } } }];
}

/** The head of a chain as it stands there; `undefined` where there is none, or none that can be read. */
export function headOf(rows: Rows): ChainHead | undefined {
  const head = Head.safeParse(rows.get(HEAD_KEY)?.value).data;
  return head && { entries: head.seq, head: head.mac };
}

/** The head that a chain had when this was its last entry. */
export const headAt = (chain: string, { seq, mac }: Pick<AuditEntry, 'seq' | 'mac'>, key: AuditKey): string =>
  headMac(chain, seq, mac, key);

/** The entries that can be read, in order. Whether they are all of them, and untouched, `verifyAudit` knows. */
export function readAudit(rows: Rows): readonly AuditEntry[] {
  return [...entryRows(rows).values()].flatMap((row) => {
    const entry = Entry.safeParse(row.value);
    return entry.success ? [entry.data] : [];
  });
}

/**
 * Whether a chain is whole. `at` is the first place where it is not; `head` sums the chain up, and a copy of
 * it kept elsewhere shows later that a whole chain was put back to an earlier state, which the chain alone
 * cannot.
 */
export function verifyAudit(rows: Rows, chain: string, key: AuditKey): AuditVerdict {
  const entries = entryRows(rows);
  const last = lastOf(entries);

  let prev = NO_MAC;
  for (let seq = 1; seq <= last; seq += 1) {
    const row = entries.get(seq);
    if (!row) return { kind: 'broken', at: seq, why: 'missing' };
    const parsed = Entry.safeParse(row.value);
    if (!parsed.success) return { kind: 'broken', at: seq, why: 'edited' };
    const { mac, ...entry } = row.value as Readonly<Record<string, Json>>;
    if (macOf({ chain, entry }, key) !== mac) return { kind: 'broken', at: seq, why: 'edited' };
    if (parsed.data.seq !== seq || parsed.data.prev !== prev) return { kind: 'broken', at: seq, why: 'out-of-order' };
    prev = mac;
  }
  return verdictOnHead(rows.get(HEAD_KEY), last, prev, chain, key);
}

function verdictOnHead(row: Row | undefined, last: number, mac: string, chain: string, key: AuditKey): AuditVerdict {
  if (!row && last === 0) return { kind: 'intact', head: NO_MAC, entries: 0 };
  const head = Head.safeParse(row?.value);
  if (!head.success) return { kind: 'broken', at: last, why: 'head' };
  if (head.data.seq > last) return { kind: 'broken', at: last + 1, why: 'cut' };
  const isOurs = head.data.seq === last && head.data.mac === headMac(chain, last, mac, key);
  return isOurs ? { kind: 'intact', head: head.data.mac, entries: last } : { kind: 'broken', at: last, why: 'head' };
}

function endOf(rows: Rows, chain: string): { seq: number; mac: string } {
  const seq = lastIn(rows);
  if (seq === 0 && !rows.has(HEAD_KEY)) return { seq: 0, mac: NO_MAC };
  const head = Head.safeParse(rows.get(HEAD_KEY)?.value);
  const end = Entry.safeParse(rows.get(entryKey(seq))?.value);
  if (!head.success || !end.success || head.data.seq !== seq || end.data.seq !== seq) {
    throw new StoreError('damaged', `the end of the audit chain "${chain}" is missing or was changed`);
  }
  return { seq, mac: end.data.mac };
}

function entryRows(rows: Rows): ReadonlyMap<number, Row> {
  const found = new Map<number, Row>();
  for (const [key, row] of rows) {
    const seq = ENTRY_KEY.exec(key)?.[1];
    if (seq !== undefined) found.set(Number(seq), row);
  }
  return new Map([...found].sort(([a], [b]) => a - b));
}

/** The number of the last entry. */
function lastIn(rows: Rows): number {
  let last = 0;
  for (const key of rows.keys())
    if (key.startsWith('audit:')) last = Math.max(last, Number(ENTRY_KEY.exec(key)?.[1] ?? 0));
  return last;
}

const lastOf = (entries: ReadonlyMap<number, Row>): number => [...entries.keys()].at(-1) ?? 0;

function entryKey(seq: number): string {
  if (seq > MAX_ENTRIES) throw new RangeError(`an audit chain has at most ${MAX_ENTRIES} entries`);
  return `audit:${String(seq).padStart(6, '0')}`;
}

/** The head has a MAC of its own: the MAC of the last entry that is left does not make a head for a cut chain. */
const headMac = (chain: string, seq: number, last: string, key: AuditKey): string =>
  macOf({ chain, head: seq, last }, key);

/** The MAC of some content. @see canonicalJson for what makes it the same content. */
export const macOf = (content: Json, key: AuditKey): string =>
  createHmac('sha256', key).update(canonicalJson(content)).digest('hex');
