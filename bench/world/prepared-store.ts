import { copyFileSync, linkSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import * as nodeDisk from 'node:fs/promises';
import path from 'node:path';
import { generateCustomers } from '../../sandbox/partner-center/scenarios/generator.ts';
import { CHAT_BOT_ID, CHAT_TENANT_ID } from '../../sandbox/chat/people.ts';
import { auditKeyOf } from '../../services/audit/audit-chain.ts';
import { HOUR_MS, instant, MINUTE_MS, SECOND_MS } from '../../services/clock.ts';
import { newGuid, type CustomerId, type RequestId } from '../../services/ids.ts';
import { asPerson, type Customer } from '../../services/partner-center/partner-center.ts';
import { createPeople } from '../../services/people/people.ts';
import { createRoles } from '../../services/people/roles.ts';
import { assessRemoval } from '../../services/readiness/assess.ts';
import type { Readiness } from '../../services/readiness/readiness.ts';
import type { Change } from '../../services/requests/change.ts';
import { createClaims } from '../../services/requests/claims.ts';
import { approve, decline } from '../../services/requests/deciding/deciding.ts';
import { intendRemoval, removalAnswered, removalDone } from '../../services/requests/removing/executing.ts';
import type { RequestPolicy } from '../../services/requests/moves.ts';
import { openDraft } from '../../services/requests/sending/opening.ts';
import { createPersonRequests } from '../../services/requests/person-requests.ts';
import type { RequestRecord } from '../../services/requests/request.ts';
import { createRequestStore, type RequestStore } from '../../services/requests/request-store.ts';
import { askToSend, sendAfterReading } from '../../services/requests/sending/sending.ts';
import { UNDO_POLICY } from '../../services/requests/giving-back/undo-clock.ts';
import { INVENTORY_FILE } from '../../services/storage/inventory.ts';
import type { Disk } from '../../services/storage/disk.ts';
import { openFileStore } from '../../services/storage/file-store.ts';
import { createMemoryStore } from '../../services/storage/memory-store.ts';
import { MAX_ROWS_PER_COMMIT, NEVER_WRITTEN, type RowChange, type Store } from '../../services/storage/store.ts';
import { among, APPROVERS, REQUESTERS, type User } from './channel.ts';
import { AUDIT_KEY } from './bot.ts';

/** What became of a request: most are long done. */
export type Fate = 'done' | 'declined' | 'pending';
const fateOf = (n: number): Fate => (n % 20 < 3 ? 'pending' : n % 20 < 6 ? 'declined' : 'done');

export interface StoredRequest {
  readonly id: RequestId;
  readonly fate: Fate;
  readonly customerId: CustomerId;
  readonly requester: User;
  readonly approver: User;
}

/** A store with requests in it, as a bot leaves it that was stopped. */
export interface PreparedStore {
  readonly requests: readonly [StoredRequest, ...StoredRequest[]];
  /** Another one like it, for whoever changes it. It is there until the store is removed. */
  copy(): string;
  remove(): void;
}

/** Other customers than those of the requests come after them, so that nobody has claimed them. */
export const customersOf = (count: number): readonly Customer[] =>
  generateCustomers(count, { now: new Date(), seed: 1 }).map(({ id, companyName, domain }) => ({
    ...{ id, companyName, domain },
    relationshipToPartner: 'reseller',
  }));

const POLICY: RequestPolicy = {
  approvalsRequired: 1,
  approvalTtlMs: 72 * HOUR_MS,
  executionTtlMs: HOUR_MS,
  executeAs: 'approver',
  draftTtlMs: 24 * HOUR_MS,
  verifyEveryMs: 15 * SECOND_MS,
  verifyForMs: 30 * MINUTE_MS,
  chase: { remindAfterMs: 4 * HOUR_MS, escalateAfterMs: 24 * HOUR_MS },
  undo: UNDO_POLICY,
};
const ROLES = createRoles({
  requesters: REQUESTERS.map(({ id }) => id),
  approvers: APPROVERS.map(({ id }) => id),
  auditors: [],
  samePerson: [],
});
const KINDS = ['request', 'customer', 'person'];
const PARALLEL = 32;

/**
 * Writes a store by the rules that the bot stores by: each request has had its life, and has its record. It is thought
 * out in memory and written without waiting for the disk, since nothing of that is measured.
 */
export async function prepareStore(requests: number): Promise<PreparedStore> {
  // Beside the program, since what is temporary may be no disk at all.
  mkdirSync('tmp', { recursive: true });
  const folder = mkdtempSync(path.resolve('tmp/bench-store-'));
  const original = path.join(folder, 'original');
  const memory = createMemoryStore({ boot: 'bench' });
  const [first, ...others] = await live(memory, requests);
  if (first === undefined) throw new Error('a store has requests in it');
  await write(memory, original);
  let copies = 0;
  return {
    requests: [first, ...others],
    copy() {
      const to = path.join(folder, `copy-${++copies}`);
      linkAll(original, to);
      return to;
    },
    remove() {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function live(store: Store, count: number): Promise<readonly StoredRequest[]> {
  const life = new Life(store);
  await life.meet();
  const lived: StoredRequest[] = [];
  for (const [n, customer] of customersOf(count).entries()) {
    // Nobody has more on their way than one may have.
    const [requester, approver] = [among(REQUESTERS, Math.floor(n / 20)), among(APPROVERS, n)];
    lived.push(await life.of({ fate: fateOf(n), customer, requester, approver }));
  }
  return lived;
}

/** What happens to requests, each step a commit of its own. */
class Life {
  readonly #store: Store;
  readonly #requests: RequestStore;
  readonly #claims;
  readonly #personRequests;
  /** Everything has happened in the last half hour. */
  #nowMs = Date.now() - 30 * MINUTE_MS;

  constructor(store: Store) {
    const clock = (): Date => new Date(this.#nowMs);
    this.#store = store;
    this.#requests = createRequestStore({
      ...{ store, clock, boot: 'bench', leaseMs: MINUTE_MS, undo: UNDO_POLICY },
      auditKey: auditKeyOf(Buffer.from(AUDIT_KEY, 'hex')),
      wake: { due: () => undefined, claimed: () => undefined },
    });
    this.#claims = createClaims({ store, requests: this.#requests, clock });
    this.#personRequests = createPersonRequests(store);
  }

  async meet(): Promise<void> {
    const people = createPeople(this.#store);
    for (const { id, name, teamsId, conversationId } of [...REQUESTERS, ...APPROVERS])
      await people.learn({
        ...{ id, name, teamsId, locale: 'en-US' },
        address: {
          conversationId,
          serviceUrl: 'http://127.0.0.1:1/',
          tenantId: CHAT_TENANT_ID,
          botId: `28:${CHAT_BOT_ID}`,
        },
      });
  }

  async of(wanted: Omit<StoredRequest, 'id' | 'customerId'> & { readonly customer: Customer }): Promise<StoredRequest> {
    const { customer, requester, approver, fate } = wanted;
    const id = newGuid();
    const ids = { requestId: newGuid(), correlationId: newGuid() };
    const asking = { id: requester.id, name: requester.name };
    const deciding = { id: approver.id, name: approver.name };
    const form = {
      reason: 'They move to another partner at the end of the month.',
      ...{ domain: customer.domain, notice: true, nextProvider: true, approver: approver.id },
    };
    const click = { person: deciding, isCurrent: () => true };

    await this.#personRequests.note(requester.id, id, instant(new Date(this.#nowMs)));
    await this.#claims.claim(customer.id, id, requester.id);
    await this.#requests.change(id, (_, now) => openDraft(now, POLICY, { id, customer, requester: asking }));
    await this.#change(id, (record, now) => askToSend(record, now, { form, approvers: [deciding] }));
    await this.#change(id, (record, now) => sendAfterReading(record, now, POLICY, readinessOf(customer, now)));
    if (fate === 'declined')
      await this.#change(id, (record, now) =>
        changed(decline(record, now, ROLES, { ...click, reason: 'They have to pay the last invoice first.' })),
      );
    if (fate === 'done') {
      const actAs = asPerson(approver.id);
      await this.#change(id, (record, now) => changed(approve(record, now, POLICY, ROLES, click)));
      await this.#change(id, (record, now) => intendRemoval(record, now, { actAs, ...ids }));
      await this.#change(id, (record, now) => removalAnswered(record, now, POLICY, { status: 200, ids }));
      await this.#change(id, (record, now) => removalDone(record, now, 'https://admin.microsoft.com/'));
    }
    await this.#showCards(id);
    this.#nowMs += 20;
    return { id, fate, requester, approver, customerId: customer.id };
  }

  async #change(id: RequestId, rule: (record: RequestRecord, now: Date) => Change): Promise<void> {
    await this.#requests.change(id, (record, now) => {
      if (record === undefined) throw new Error('a request was not stored');
      return rule(record, now);
    });
  }

  /** What waited to be shown was shown, and what was grown was covered by a checkpoint. */
  async #showCards(id: RequestId): Promise<void> {
    const partition = `request:${id}`;
    const { version, rows } = await this.#store.read(partition);
    const waiting = [...rows.keys()].filter((key) => key.startsWith('outbox:'));
    const shown = waiting.flatMap((key): RowChange[] => [
      { key, remove: true },
      { key: key.replace('outbox:', 'card:'), row: { value: { messageId: newGuid() } } },
    ]);
    await this.#store.commit(partition, version, shown);
  }
}

function changed(change: Change | { readonly kind: 'refused'; readonly why: unknown }): Change {
  if ('request' in change) return change;
  throw new Error(`refused: ${String(change.why)}`);
}

/** Nothing stands in the way. */
function readinessOf(customer: Customer, now: Date): Readiness {
  const nothing = { kind: 'read', value: [] } as const;
  return assessRemoval(
    {
      customerId: customer.id,
      readAt: instant(now),
      customer: { kind: 'read', value: customer },
      ...{ subscriptions: nothing, entitlements: nothing, orders: nothing, transfers: nothing },
      azureEntitlements: new Map(),
      delegatedAdmin: nothing,
    },
    { suspendedNewCommerce: 'blocks', environment: 'production' },
    now,
  );
}

async function write(memory: Store, folder: string): Promise<void> {
  const store = await openFileStore({ folder, boot: 'bench', disk: hasty });
  const names = (await Promise.all(KINDS.map((kind) => Array.fromAsync(memory.partitions(kind))))).flat();
  const writeNext = async (): Promise<void> => {
    for (let name = names.pop(); name !== undefined; name = names.pop()) {
      const { rows } = await memory.read(name);
      const changes = Array.from(rows, ([key, row]): RowChange => ({ key, row }));
      let version = NEVER_WRITTEN;
      for (let at = 0; at < changes.length; at += MAX_ROWS_PER_COMMIT)
        version = await store.commit(name, version, changes.slice(at, at + MAX_ROWS_PER_COMMIT));
    }
  };
  await Promise.all(Array.from({ length: PARALLEL }, writeNext));
  await store.close();
}

/** Waits for nothing to be on the disk. */
const hasty: Disk = {
  ...nodeDisk,
  open: async (...how) => {
    const handle = await nodeDisk.open(...how);
    handle.sync = () => Promise.resolve();
    return handle;
  },
};

/** A file of the store is never changed, but replaced, so that two folders can share one. */
function linkAll(from: string, to: string): void {
  mkdirSync(to, { mode: 0o700 });
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const [source, target] = [path.join(from, entry.name), path.join(to, entry.name)];
    if (entry.isDirectory()) linkAll(source, target);
    // The one file that is added to, and not replaced.
    else if (entry.name === INVENTORY_FILE) copyFileSync(source, target);
    else linkSync(source, target);
  }
}
