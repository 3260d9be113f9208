import { DAY_MS, instant, later, type Instant } from '../clock.ts';
import { StoreError, type Partition, type Store } from '../storage/store.ts';
import {
  HEAD_KEY,
  headAt,
  readAudit,
  verifyAudit,
  type AuditEntry,
  type AuditKey,
  type ChainHead,
} from './audit-chain.ts';
import { isBuried } from './tombstone.ts';
import { CHECKED_KINDS, CHECKPOINT_CHAINS } from './chains.ts';
import { checkpointIn, coveredBy, type CheckpointPlace } from './checkpoint.ts';
import type { RecordFault } from './record-fault.ts';

/** Where a record is read. Chains may grow meanwhile. */
export type RecordSource = Pick<Store, 'read' | 'partitions'>;

export interface RecordVerdict {
  readonly faults: readonly RecordFault[];
  readonly chains: number;
  readonly entries: number;
  readonly checkpoints: number;
  /** Chains that have grown since a checkpoint covered them, or that none has covered: these it vouches for less. */
  readonly uncovered: number;
  /** Requests that were deleted at the end of their time: their tombstones are believed, their entries are gone. */
  readonly buried: number;
  /** The end of the newest checkpoints: kept elsewhere, it shows later that the whole record was put back. */
  readonly newest?: ChainHead & { readonly chain: string };
}

/**
 * Verifies every chain and every checkpoint. What is one of the anchors is looked for among all heads there have ever
 * been, and among all entries.
 *
 * Checkpoints are read first, so that a record that grows meanwhile stays whole: what they cover is there by then.
 */
export const verifyRecord = (
  source: RecordSource,
  key: AuditKey,
  anchors: ReadonlySet<string> = new Set(),
  now: Date = new Date(),
): Promise<RecordVerdict> => new Verification(source, key, anchors, now).run();

/** Nothing is deleted sooner after it was begun: so long after its end it is only archived. */
const KEPT_AT_LEAST_MS = 90 * DAY_MS;

type Claim = ChainHead & {
  readonly checkpoint: CheckpointPlace;
  /** When the first of what was covered happened, where that is known. */
  readonly from?: Instant;
};
type Chain = {
  readonly rows: Partition['rows'];
  readonly entries: readonly AuditEntry[];
  /** Those before the first fault. */
  readonly trusted: readonly AuditEntry[];
  readonly head?: string;
};

class Verification {
  readonly #source: RecordSource;
  readonly #key: AuditKey;
  readonly #anchors: Set<string>;
  readonly #now: Date;
  readonly #faults: RecordFault[] = [];
  /** What checkpoints say of each chain. */
  readonly #claims = new Map<string, Claim[]>();
  /** How many checkpoints each day has. */
  readonly #checkpoints = new Map<string, number>();
  readonly #covered: { readonly chain: string; readonly checkpoint: CheckpointPlace }[] = [];
  #chains = 0;
  #entries = 0;
  #uncovered = 0;
  #buried = 0;
  /** How many chains the checkpoint before has counted. */
  #said = 0;
  #newest: RecordVerdict['newest'];

  constructor(source: RecordSource, key: AuditKey, anchors: ReadonlySet<string>, now: Date) {
    this.#source = source;
    this.#key = key;
    this.#anchors = new Set(anchors);
    this.#now = now;
  }

  async run(): Promise<RecordVerdict> {
    for (const day of await namesOf(this.#source, CHECKPOINT_CHAINS)) await this.#checkpointsOf(day);
    for (const kind of CHECKED_KINDS)
      for (const chain of await namesOf(this.#source, kind)) await this.#verifyChain(chain);
    for (const [chain, claims] of this.#claims) this.#missing(chain, claims);
    await this.#checkCovered();
    for (const anchor of this.#anchors) this.#faults.push({ kind: 'anchor-missing', anchor });

    return {
      faults: this.#faults,
      chains: this.#chains,
      entries: this.#entries,
      checkpoints: [...this.#checkpoints.values()].reduce((sum, count) => sum + count, 0),
      uncovered: this.#uncovered,
      buried: this.#buried,
      ...(this.#newest && { newest: this.#newest }),
    };
  }

  async #checkpointsOf(day: string): Promise<void> {
    const before = this.#newest;
    const stored = await this.#read(day);
    this.#checkpoints.set(day, stored === undefined || 'buried' in stored ? 0 : stored.entries.length);
    if (stored === undefined || 'buried' in stored) return;
    for (const entry of stored.trusted) {
      const checkpoint = checkpointIn(entry);
      if (checkpoint === undefined) {
        this.#faults.push({ kind: 'no-checkpoint', chain: day, at: entry.seq });
        continue;
      }
      const { heads, chains, after } = checkpoint;
      if (entry.seq === 1 && !isSame(after, before))
        this.#faults.push({ kind: 'not-following', chain: day, after: after?.chain });
      const known = this.#claims.size;
      for (const [chain, { span, ...covered }] of Object.entries(heads)) {
        const claims = this.#claims.get(chain) ?? [];
        const from = span?.first === 1 && { from: span.from };
        claims.push({ ...covered, ...from, checkpoint: { chain: day, seq: entry.seq } });
        this.#claims.set(chain, claims);
      }
      // From one to the next, so that one wrong count is one fault.
      const counted = this.#said + this.#claims.size - known;
      if (chains !== counted)
        this.#faults.push({ kind: 'miscounted', chain: day, at: entry.seq, says: chains, counted });
      this.#said = chains;
    }
    if (stored.head !== undefined) this.#newest = { chain: day, entries: stored.entries.length, head: stored.head };
  }

  async #verifyChain(chain: string): Promise<void> {
    this.#chains += 1;
    const claims = this.#claims.get(chain) ?? [];
    this.#claims.delete(chain);
    const stored = await this.#read(chain);
    if (stored === undefined) return;
    if ('buried' in stored) {
      this.#buried += 1;
      this.#checkBuried(chain, stored.buried, claims);
      return;
    }
    const { rows, entries, head } = stored;
    const covered = coveredBy(rows);
    if (covered) this.#covered.push({ chain, checkpoint: covered });
    if (claims.at(-1)?.head !== head || head === undefined) this.#uncovered += 1;
    if (head === undefined) return;
    for (const claim of claims) {
      const entry = entries[claim.entries - 1];
      if (entry !== undefined && headAt(chain, entry, this.#key) === claim.head) continue;
      const kind = entry === undefined ? 'rolled-back' : 'rewritten';
      this.#faults.push({ kind, chain, at: claim.entries, checkpoint: claim.checkpoint });
      return;
    }
    if (entries.length === 0) this.#faults.push({ kind: 'empty', chain });
  }

  /** A tombstone takes the key, and whoever has that could bury anything: the checkpoints tell what it was, and since when. */
  #checkBuried(chain: string, head: string, claims: readonly Claim[]): void {
    const last = claims.at(-1);
    if (last !== undefined && last.head !== head)
      this.#faults.push({ kind: 'rewritten', chain, at: last.entries, checkpoint: last.checkpoint });
    const begunAt = claims.find(({ from }) => from !== undefined)?.from;
    if (begunAt !== undefined && later(new Date(begunAt), KEPT_AT_LEAST_MS) > instant(this.#now))
      this.#faults.push({ kind: 'buried-early', chain, begunAt });
  }

  /** @returns `undefined` for what cannot be read; no head for what is not whole. Both are noted. */
  async #read(chain: string): Promise<Chain | { readonly buried: string } | undefined> {
    let rows: Partition['rows'];
    try {
      ({ rows } = await this.#source.read(chain));
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
      this.#faults.push({ kind: 'unreadable', chain, why: error.message });
      return undefined;
    }
    const entries = readAudit(rows);
    this.#entries += entries.length;
    this.#lookForAnchors(chain, entries);
    if (isBuried(rows, chain, this.#key)) {
      const head = headIn(rows) ?? '';
      this.#anchors.delete(head);
      return { buried: head };
    }
    const verdict = verifyAudit(rows, chain, this.#key);
    if (verdict.kind === 'intact') return { rows, entries, trusted: entries, head: verdict.head };
    this.#faults.push({ kind: 'broken', chain, at: verdict.at, why: verdict.why });
    return { rows, entries, trusted: entries.filter(({ seq }) => seq < verdict.at) };
  }

  #lookForAnchors(chain: string, entries: readonly AuditEntry[]): void {
    for (const entry of entries) {
      if (this.#anchors.size === 0) return;
      this.#anchors.delete(entry.mac);
      this.#anchors.delete(headAt(chain, entry, this.#key));
    }
  }

  #missing(chain: string, claims: readonly Claim[]): void {
    const last = claims.at(-1);
    if (last) this.#faults.push({ kind: 'missing', chain, entries: last.entries, checkpoint: last.checkpoint });
  }

  /** A checkpoint that was written after the checkpoints were read is looked up again. */
  async #checkCovered(): Promise<void> {
    const again = new Map<string, number>();
    for (const { chain, checkpoint } of this.#covered) {
      if (checkpoint.seq <= (this.#checkpoints.get(checkpoint.chain) ?? 0)) continue;
      const seen = again.get(checkpoint.chain) ?? (await this.#countAgain(checkpoint.chain));
      again.set(checkpoint.chain, seen);
      if (checkpoint.seq > seen) this.#faults.push({ kind: 'checkpoint-missing', chain, checkpoint });
    }
  }

  async #countAgain(day: string): Promise<number> {
    try {
      return readAudit((await this.#source.read(day)).rows).length;
    } catch (error) {
      if (error instanceof StoreError) return 0; // was noted
      throw error;
    }
  }
}

/** The names of all chains of a kind, in order. */
export async function namesOf(source: RecordSource, kind: string): Promise<readonly string[]> {
  const names: string[] = [];
  for await (const name of source.partitions(kind)) names.push(name);
  return names.sort();
}

type End = ChainHead & { readonly chain: string };
const isSame = (a: End | undefined, b: End | undefined): boolean =>
  a?.chain === b?.chain && a?.entries === b?.entries && a?.head === b?.head;

/** What a record summed up to, as its head says. */
const headIn = (rows: Partition['rows']): string | undefined => {
  const value = rows.get(HEAD_KEY)?.value;
  return typeof value === 'object' && value !== null && 'mac' in value
    ? String((value as { readonly mac: unknown }).mac)
    : undefined;
};
