import assert from 'node:assert/strict';
import { appendAudit, auditKeyOf, type AuditEvent } from '../../../services/audit/audit-chain.ts';
import { CHECKPOINT_CLOCK, createCheckpoints } from '../../../services/audit/checkpoints.ts';
import { markedStore } from '../../../services/audit/marked-store.ts';
import { verifyRecord, type RecordVerdict } from '../../../services/audit/verify-record.ts';
import { MINUTE_MS } from '../../../services/clock.ts';
import type { UserId } from '../../../services/ids.ts';
import { createMemoryStore } from '../../../services/storage/memory-store.ts';
import { StoreError, type Lease, type Partition, type RowChange, type Store } from '../../../services/storage/store.ts';

export const key = auditKeyOf(new Uint8Array(32).fill(7));
export const BEGIN = new Date('2026-03-01T09:00:00.000Z');
export const chainOf = (n: number): string => `request:0b0f6c1e-24c5-4b2f-8d24-${String(n).padStart(12, '0')}`;
const ada: UserId = 'ada';
export const event = (n: number, words = 'as agreed'): AuditEvent => ({
  action: 'request.sent',
  actor: `person:${ada}`,
  target: 'contoso',
  detail: { n, words },
});

/** A store, its chains, and the checkpoints over them. */
export class Recorded {
  now = BEGIN;
  readonly clock = (): Date => this.now;
  readonly store: Store;
  readonly marked: Store;
  readonly unreadable: string[] = [];
  /** What the writer of checkpoints cannot read. */
  damaged: readonly string[] = [];
  readonly checkpoints: ReturnType<typeof createCheckpoints>;

  constructor(store: Store = createMemoryStore({ boot: 'boot-1' })) {
    this.store = store;
    this.marked = markedStore(store, this.clock);
    this.checkpoints = createCheckpoints({
      store: {
        read: async (name) => {
          if (this.damaged.includes(name)) throw new StoreError('damaged', 'not to be read');
          return store.read(name);
        },
        commit: (name, version, changes) => store.commit(name, version, changes),
        due: (now, limit, keys) => store.due(now, limit, keys),
        partitions: (kind) => store.partitions(kind),
      },
      clock: this.clock,
      auditKey: key,
      onUnreadable: (chain) => this.unreadable.push(chain),
    });
  }

  async append(chain: string, ...events: readonly AuditEvent[]): Promise<void> {
    const { version, rows } = await this.marked.read(chain);
    await this.marked.commit(chain, version, appendAudit(rows, events, this.now, chain, key));
  }

  /** Claims the work as the worker does, and has it done. */
  async checkpoint(): Promise<void> {
    await this.checkpoints.start();
    const { version, rows } = await this.store.read(CHECKPOINT_CLOCK);
    const row = rows.get('due')!;
    const lease: Lease = {
      owner: 'boot-1',
      until: new Date(this.now.getTime() + MINUTE_MS).toISOString(),
      fence: (row.lease?.fence ?? 0) + 1,
    };
    await this.store.commit(CHECKPOINT_CLOCK, version, [{ key: 'due', row: { ...row, lease } }]);
    await this.checkpoints.write({ lease });
  }

  pass(ms: number): void {
    this.now = new Date(this.now.getTime() + ms);
  }

  async rows(partition: string): Promise<Partition['rows']> {
    return (await this.store.read(partition)).rows;
  }

  /** Does what somebody does who has the files: puts other rows in the place of a partition's. */
  async tamper(partition: string, rows: Partition['rows']): Promise<void> {
    const { version, rows: before } = await this.store.read(partition);
    const changes: RowChange[] = [
      ...[...before.keys()].filter((name) => !rows.has(name)).map((name) => ({ key: name, remove: true as const })),
      ...[...rows].map(([name, row]) => ({ key: name, row })),
    ];
    await this.store.commit(partition, version, changes);
  }

  verify(anchors: readonly string[] = []): Promise<RecordVerdict> {
    return verifyRecord(this.store, key, new Set(anchors));
  }

  async kinds(anchors: readonly string[] = []): Promise<readonly string[]> {
    return (await this.verify(anchors)).faults.map(({ kind }) => kind);
  }

  async intact(anchors: readonly string[] = []): Promise<void> {
    assert.deepEqual((await this.verify(anchors)).faults, []);
  }
}

/** The store, without some of its partitions: what is left when their files were deleted. */
export const deprived = (store: Store, ...gone: readonly string[]): Pick<Store, 'read' | 'partitions'> => ({
  read: async (partition) => (gone.includes(partition) ? { version: '0', rows: new Map() } : store.read(partition)),
  async *partitions(kind) {
    for await (const name of store.partitions(kind)) if (!gone.includes(name)) yield name;
  },
});
