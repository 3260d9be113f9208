import assert from 'node:assert/strict';
import { createDefaultHttpClient } from '@azure/core-rest-pipeline';
import type { LogEntry } from '../../../sandbox/partner-center/control/log.ts';
import { startPartnerCenter, type PartnerCenterStandIn } from '../../../sandbox/partner-center/server.ts';
import { auditKeyOf, readAudit, verifyAudit, type AuditEntry } from '../../../services/audit/audit-chain.ts';
import { createBatchStore, type BatchStore } from '../../../services/batches/batch-store.ts';
import { createBatches, type Batches } from '../../../services/batches/batches.ts';
import { createBatchRunner } from '../../../services/batches/run-batch.ts';
import { createCustomerFinder } from '../../../services/customers/find-customers.ts';
import { merged } from '../../../services/customers/customer-index.ts';
import { searchIndex } from '../../../services/customers/search.ts';
import { HOUR_MS, later, MINUTE_MS, SECOND_MS } from '../../../services/clock.ts';
import { newGuid } from '../../../services/ids.ts';
import { createPartnerCenterClient } from '../../../services/partner-center/client.ts';
import { createDelegatedAdmin, type DelegatedAdmin } from '../../../services/partner-center/delegated-admin.ts';
import {
  asPerson,
  type ActAs,
  type Customer,
  type PartnerCenter,
} from '../../../services/partner-center/partner-center.ts';
import { SignInNeededError, type TokenSource } from '../../../services/partner-center/token-source.ts';
import { createPeople } from '../../../services/people/people.ts';
import type { Person } from '../../../services/people/person.ts';
import { createRoles } from '../../../services/people/roles.ts';
import { createReadinessReader } from '../../../services/readiness/reader.ts';
import { OUTBOX_KEY, requestPartition } from '../../../services/requests/change.ts';
import { createClaims } from '../../../services/requests/claims.ts';
import type { Click } from '../../../services/requests/deciding/deciding.ts';
import type { StateName } from '../../../services/requests/life.ts';
import type { RequestPolicy } from '../../../services/requests/moves.ts';
import { createLimits, type MostAllowed } from '../../../services/requests/sending/limits.ts';
import { createAskedOf, createPersonRequests } from '../../../services/requests/person-requests.ts';
import type { Offer, Readiness } from '../../../services/readiness/readiness.ts';
import { suspendable } from '../../../services/readiness/suspending.ts';
import { createRemovalRequests } from '../../../services/requests/removal-requests.ts';
import type { OwnAction } from '../../../services/requests/clearing/clearing-step.ts';
import { createRequestStore } from '../../../services/requests/request-store.ts';
import { LostLeaseError, type Claim } from '../../../services/storage/claim.ts';
import type { RemovalRequest, RequestRecord } from '../../../services/requests/request.ts';
import type { ClearingStep } from '../../../services/requests/clearing/clearing-step.ts';
import { createCancellationRunner } from '../../../services/requests/cancelling/run-cancellation.ts';
import { createDelegatedAdminRunner } from '../../../services/requests/delegated-admin/run-delegated-admin.ts';
import { voidWhatWaitedBefore } from '../../../services/requests/removing/after-restore.ts';
import { createRemovalRunner } from '../../../services/requests/removing/run-removal.ts';
import { createSendingRunner } from '../../../services/requests/sending/run-sending.ts';
import { createStepRunner } from '../../../services/requests/clearing/run-step.ts';
import { createUndoRunner } from '../../../services/requests/giving-back/run-undo.ts';
import { createRequestWork } from '../../../services/requests/run-work.ts';
import { UNDO_POLICY } from '../../../services/requests/giving-back/undo-clock.ts';
import { hasLapsed } from '../../../services/storage/leases.ts';
import { createMemoryStore } from '../../../services/storage/memory-store.ts';
import { NEVER_WRITTEN, type DueRow, type RowChange, type Store } from '../../../services/storage/store.ts';

type Switches = NonNullable<Parameters<typeof startPartnerCenter>[0]>['switches'];

export interface WorkbenchOptions {
  readonly switches?: Switches;
  /** How long one call may take (5 s); short where the service is to hang. */
  readonly timeoutMs?: number;
  readonly policy?: Partial<RequestPolicy>;
  /** Who is told when a requester does nothing about what is suspended still. */
  readonly escalateTo?: string;
  /** How much may be asked for; a great deal where it is left out. */
  readonly most?: Partial<MostAllowed>;
}

const NO_LIMITS: MostAllowed = { openPerRequester: 1_000, removalsPerDay: 1_000, suspensionsPerDay: 10_000 };

/** The process ends: whatever it was at is left where it is. */
export class Crash extends Error {
  override readonly name = 'Crash';
}

const START = Date.parse('2026-06-15T10:00:00.000Z');
const DISTANT = new Date('2999-01-01T00:00:00Z');
const BOOT = 'bench';
export const LEASE_MS = 60 * SECOND_MS;
const auditKey = auditKeyOf(new Uint8Array(32).fill(5));

export const personOf = (id: string): Person => ({
  id,
  name: id,
  teamsId: `29:${id}`,
  locale: 'en-US',
  address: { conversationId: `chat-${id}`, serviceUrl: 'https://localhost', tenantId: 't', botId: '28:bot' },
});

/**
 * Everything that requests need, on a real stand-in of Partner Center and a clock that is moved. Work is done
 * when the test says so, by a process that can be ended and begun again.
 */
export class Workbench {
  readonly stand: PartnerCenterStandIn;
  store: Store;
  readonly policy: RequestPolicy;
  readonly lists = {
    requesters: ['ada', 'dan'],
    approvers: ['ada', 'bo', 'cy', 'ada-admin', 'bo-admin'],
    auditors: [],
    samePerson: [
      ['ada', 'ada-admin'],
      ['bo', 'bo-admin'],
    ],
  };
  readonly roles = createRoles(this.lists);
  /** In whose name this process can do nothing: the bot, where it has no credential of its own. */
  readonly signedOut = new Set<ActAs>();
  /** What happens around a change that is sent to Partner Center; may end the process. */
  aroundChange: (moment: 'before' | 'after', what: 'step' | 'removal' | 'gdap') => void = () => undefined;
  /** What happens once a customer's subscriptions or orders were read, and before the rest of a reading is there. */
  afterReading: (what: 'subscriptions' | 'orders') => void | Promise<void> = () => undefined;
  /** Whether the machine's clock has jumped, so that nobody knows what time it is. */
  isTimeInDoubt = false;
  /** What happens around a commit; may end the process. */
  aroundCommit: (moment: 'before' | 'after') => void = () => undefined;
  readonly escalateTo: string | undefined;
  /** Read when a process begins. */
  most: Partial<MostAllowed>;
  readonly #timeoutMs: number;
  readonly #now: { ms: number };
  #memory: Store;
  #restoredAt: string | undefined;
  #boots = 0;
  #process: Process;

  private constructor(stand: PartnerCenterStandIn, now: { ms: number }, options: WorkbenchOptions) {
    this.stand = stand;
    this.#now = now;
    this.escalateTo = options.escalateTo;
    this.most = options.most ?? {};
    this.#timeoutMs = options.timeoutMs ?? 5_000;
    this.policy = {
      approvalsRequired: 1,
      approvalTtlMs: 72 * HOUR_MS,
      executionTtlMs: HOUR_MS,
      executeAs: 'approver',
      draftTtlMs: 24 * HOUR_MS,
      verifyEveryMs: 15 * SECOND_MS,
      verifyForMs: 30 * MINUTE_MS,
      chase: { remindAfterMs: 4 * HOUR_MS, escalateAfterMs: 24 * HOUR_MS },
      undo: UNDO_POLICY,
      ...options.policy,
    };
    this.#memory = createMemoryStore({ boot: BOOT });
    this.store = this.#mayCrashAtCommits(this.#memory);
    this.#process = this.#begin();
  }

  #mayCrashAtCommits(memory: Store): Store {
    return {
      ...memory,
      commit: async (partition, version, changes) => {
        this.aroundCommit('before');
        const next = await memory.commit(partition, version, changes);
        this.aroundCommit('after');
        return next;
      },
    };
  }

  static async start(options: WorkbenchOptions = {}): Promise<Workbench> {
    const now = { ms: START };
    const switches = { staleListMs: 0, ...options.switches };
    const stand = await startPartnerCenter({ now: () => new Date(now.ms), scenario: 'everyday', switches });
    return new Workbench(stand, now, options);
  }

  readonly clock = (): Date => new Date(this.#now.ms);
  advance(ms: number): void {
    this.#now.ms += ms;
  }

  #begin(): Process {
    const owner = `${BOOT}/${++this.#boots}`;
    const { store, clock, roles, policy } = this;
    const claimed: Claim[] = [];
    const canActAs = (actAs: ActAs): boolean => !this.signedOut.has(actAs);
    const tokens: TokenSource = {
      canActAs,
      tokenFor: (actAs) =>
        canActAs(actAs)
          ? Promise.resolve(actAs === 'bot' ? 'app-only' : actAs.replace('person:', 'user:'))
          : Promise.reject(new SignInNeededError(actAs)),
      refused: () => false,
    };
    const client = createPartnerCenterClient({
      url: this.stand.url,
      tokens,
      http: createDefaultHttpClient(),
      newId: newGuid,
      now: clock,
      sleep: () => Promise.resolve(),
      timeoutMs: this.#timeoutMs,
    });
    const partnerCenter = this.#mayCrash(client);
    const delegatedAdmin = this.#mayCrashEnding(
      createDelegatedAdmin({
        url: this.stand.url,
        tokens,
        http: createDefaultHttpClient(),
        newId: newGuid,
        now: clock,
        sleep: () => Promise.resolve(),
        timeoutMs: this.#timeoutMs,
      }),
    );
    const reader = createReadinessReader({
      partnerCenter,
      delegatedAdmin,
      policy: { suspendedNewCommerce: 'blocks', environment: 'production' },
      clock,
      lanes: 10,
    });
    const requests = createRequestStore({
      store,
      clock,
      auditKey,
      boot: owner,
      leaseMs: LEASE_MS,
      wake: {
        due: () => undefined,
        claimed: (claim) => {
          claimed.push(claim);
        },
      },
      undo: policy.undo,
    });
    const directory = { removed: () => undefined };
    const people = createPeople(store);
    const claims = createClaims({ store, requests, clock });
    const limits = createLimits({
      ...{ store, requests, clock, newId: newGuid },
      most: { ...NO_LIMITS, ...this.most },
    });
    const removals = createRemovalRequests({
      limits,
      requests,
      claims,
      personRequests: createPersonRequests(store),
      askedOf: createAskedOf(store),
      people,
      tokens,
      roles,
      partnerCenter,
      policy,
      clock,
      newId: newGuid,
    });
    const afterRestore = this.#restoredAt !== undefined && { restoredAt: this.#restoredAt };
    const isTimeInDoubt = (): boolean => this.isTimeInDoubt;
    const approvedRun = {
      ...{ requests, partnerCenter, reader, tokens, roles, people, policy, clock, newId: newGuid },
      isTimeInDoubt,
      ...afterRestore,
    };
    const work = createRequestWork({
      runSending: createSendingRunner({
        ...{ requests, reader, partnerCenter, policy, roles, tokens, clock },
        removalDays: limits.removalDays,
      }),
      requests,
      partnerCenter,
      reader,
      people,
      roles,
      policy,
      runRemoval: createRemovalRunner({ ...approvedRun, directory }),
      runCancellation: createCancellationRunner(approvedRun),
      runStep: createStepRunner({
        ...approvedRun,
        claims,
      }),
      runUndo: createUndoRunner({
        ...{ requests, claims, partnerCenter, tokens, roles, policy, clock },
        ...(this.escalateTo !== undefined && { escalateTo: this.escalateTo }),
      }),
      runDelegatedAdmin: createDelegatedAdminRunner({
        ...{ requests, delegatedAdmin, tokens, roles, policy, clock },
        newId: newGuid,
        isTimeInDoubt: () => this.isTimeInDoubt,
        ...(this.#restoredAt !== undefined && { restoredAt: this.#restoredAt }),
      }),
    });
    const batchStore = createBatchStore({ store, clock, wake: { due: () => undefined } });
    const noted = { record: () => Promise.resolve(true) };
    const batches = createBatches({ batches: batchStore, requests, roles, clock, newId: newGuid, log: noted });
    const finder = createCustomerFinder({ directory: this.#directory(), partnerCenter });
    const runBatch = createBatchRunner({ batches: batchStore, finder, reader, removals, people, ...afterRestore });
    const anyWork = (claim: Claim): Promise<unknown> =>
      claim.partition.startsWith('batch:') ? runBatch(claim) : work(claim);
    return { owner, claimed, partnerCenter, reader, requests, people, removals, batchStore, batches, work: anyWork };
  }

  /** All customers, as they are at the moment. */
  #directory() {
    const customers = this.stand.world.customers.map(({ id, companyName, domain }) => ({
      ...{ id: id.toLowerCase(), companyName, domain },
      relationshipToPartner: 'reseller',
    }));
    const index = merged([], customers);
    return {
      search: (words: string, limit: number) => ({ ...searchIndex(index, words, limit), complete: true }),
      byId: (id: string) => customers.find((one) => one.id === id),
      start: () => undefined,
      stop: () => undefined,
      state: () => ({ kind: 'ready', known: customers.length, at: '' }) as const,
      page: () => [],
      removed: () => undefined,
    };
  }

  #mayCrashEnding(graph: DelegatedAdmin): DelegatedAdmin {
    return {
      ...graph,
      terminate: async (...args) => {
        this.aroundChange('before', 'gdap');
        try {
          return await graph.terminate(...args);
        } finally {
          this.aroundChange('after', 'gdap');
        }
      },
    };
  }

  #mayCrash(client: PartnerCenter): PartnerCenter {
    const around = async <T>(what: 'step' | 'removal', call: () => Promise<T>): Promise<T> => {
      this.aroundChange('before', what);
      try {
        return await call();
      } finally {
        this.aroundChange('after', what);
      }
    };
    const read = async <T>(what: 'subscriptions' | 'orders', call: () => Promise<T>): Promise<T> => {
      const answer = await call();
      await this.afterReading(what);
      return answer;
    };
    return {
      ...client,
      subscriptions: (...args) => read('subscriptions', () => client.subscriptions(...args)),
      orders: (...args) => read('orders', () => client.orders(...args)),
      changeSubscriptionStatus: (...args) => around('step', () => client.changeSubscriptionStatus(...args)),
      turnOffAutoRenew: (...args) => around('step', () => client.turnOffAutoRenew(...args)),
      cancelOrderLine: (...args) => around('step', () => client.cancelOrderLine(...args)),
      removeRelationship: (...args) => around('removal', () => client.removeRelationship(...args)),
    };
  }

  /** The process is gone, and another one begins with nothing in its hands, after the leases have lapsed. */
  restart(): void {
    this.aroundChange = () => undefined;
    this.aroundCommit = () => undefined;
    this.#process = this.#begin();
    this.advance(LEASE_MS);
  }

  /** Takes a backup. @returns what restores it: another process begins with what was stored then. */
  async backUp(): Promise<() => Promise<void>> {
    const rows: [partition: string, changes: readonly RowChange[]][] = [];
    for (const kind of ['request', 'customer', 'person', 'batch'])
      for await (const partition of this.store.partitions(kind))
        rows.push([partition, Array.from((await this.store.read(partition)).rows, ([key, row]) => ({ key, row }))]);
    return async () => {
      const memory = createMemoryStore({ boot: BOOT });
      for (const [partition, changes] of rows) await memory.commit(partition, NEVER_WRITTEN, changes);
      await this.#memory.close();
      this.#memory = memory;
      this.store = this.#mayCrashAtCommits(memory);
      const restoredAt = later(this.clock(), 0);
      this.#restoredAt = restoredAt;
      this.restart();
      await voidWhatWaitedBefore({ store: this.store, requests: this.requests, restoredAt });
    };
  }

  get removals() {
    return this.#process.removals;
  }
  get partnerCenter(): PartnerCenter {
    return this.#process.partnerCenter;
  }
  get people() {
    return this.#process.people;
  }
  get requests() {
    return this.#process.requests;
  }
  get batches() {
    return this.#process.batches;
  }
  get batchStore() {
    return this.#process.batchStore;
  }

  // What people do.

  async customer(domain: string): Promise<Customer> {
    const found = this.stand.world.customers.find((one) => one.domain.startsWith(`${domain}.`));
    assert.ok(found, `no customer at ${domain}`);
    const { companyName } = found;
    return { id: found.id.toLowerCase(), companyName, domain: found.domain, relationshipToPartner: 'reseller' };
  }

  /** Ada confirms that everything that can be suspended is. */
  async suspend(domain: string, names?: readonly string[]): Promise<string> {
    return this.#clear(domain, 'suspend', (readiness) =>
      suspendable(readiness).filter(({ name }) => names?.includes(name) ?? true),
    );
  }

  /** Ada confirms that this is done with everything it is offered for. */
  async clear(domain: string, action: OwnAction): Promise<string> {
    return this.#clear(domain, action, ({ offers }) => offers);
  }

  /** Everything about a customer, read anew. */
  async readiness(domain: string): Promise<Readiness> {
    const { id } = await this.customer(domain);
    this.#process.reader.forget(id);
    return this.#process.reader.read(id, asPerson('ada'), { fresh: true });
  }

  async #clear(domain: string, action: OwnAction, which: (readiness: Readiness) => readonly Offer[]): Promise<string> {
    const customer = await this.customer(domain);
    const readiness = await this.readiness(domain);
    const asked = await this.removals.clear({
      action,
      person: personOf('ada'),
      readiness,
      customer,
      holdingIds: which(readiness).map(({ holdingId }) => holdingId),
    });
    assert.ok(asked.kind === 'changed', `nothing was begun: ${JSON.stringify(asked)}`);
    return asked.record.request.id;
  }

  /** Ada presses *Send request*, with Bo as the approver. */
  async send(domain: string, more: { readonly endDelegatedAdmin?: boolean } = {}): Promise<string> {
    const customer = await this.customer(domain);
    for (const person of ['bo', 'bo-admin', 'cy']) await this.#process.people.learn(personOf(person));
    const asked = await this.removals.send({
      person: personOf('ada'),
      customer,
      form: {
        reason: 'They move to another partner.',
        domain: customer.domain,
        notice: true,
        nextProvider: true,
        approver: 'bo',
        ...more,
      },
    });
    assert.ok(asked.kind === 'changed', `not sent: ${JSON.stringify(asked)}`);
    return asked.record.request.id;
  }

  /** Ada asks to cancel what can be cancelled, or so much of it as is named, with Bo as the approver. */
  async sendCancellation(domain: string, names?: readonly string[]): Promise<string> {
    const customer = await this.customer(domain);
    for (const person of ['bo', 'bo-admin', 'cy']) await this.#process.people.learn(personOf(person));
    const readiness = await this.readiness(domain);
    const asked = await this.removals.sendCancellation({
      person: personOf('ada'),
      customer,
      readiness,
      holdingIds: readiness.offers
        .filter(({ action, name }) => action === 'cancel' && (names?.includes(name) ?? true))
        .map(({ holdingId }) => holdingId),
      form: { reason: 'They no longer need it.', domain: customer.domain, approver: 'bo' },
    });
    assert.ok(asked.kind === 'changed', `not sent: ${JSON.stringify(asked)}`);
    return asked.record.request.id;
  }

  /** A cancellation that was sent and approved; nothing of it has begun yet. */
  async approvedCancellation(domain: string, names?: readonly string[]): Promise<string> {
    const id = await this.sendCancellation(domain, names);
    await this.settle(0);
    await this.approve(id);
    return id;
  }

  click(person: string): Click {
    return { person: personOf(person), isCurrent: () => true };
  }

  async approve(id: string, person = 'bo'): Promise<void> {
    const decision = await this.removals.approve(id, this.click(person));
    assert.equal(decision?.kind, 'changed', `not approved: ${JSON.stringify(decision)}`);
  }

  /** A request that was sent and approved; the removal has not begun yet. */
  async approved(domain: string, more: { readonly endDelegatedAdmin?: boolean } = {}): Promise<string> {
    const id = await this.send(domain, more);
    await this.settle();
    await this.approve(id);
    return id;
  }

  // What work does.

  /** Does one piece of work whose time has come. @returns whether there was one. */
  async step(): Promise<boolean> {
    const claim = this.#process.claimed.shift() ?? (await this.#claimDue());
    if (claim === undefined) return false;
    try {
      await this.#process.work(claim);
    } catch (error) {
      if (!(error instanceof LostLeaseError)) throw error;
    }
    return true;
  }

  async #claimDue(): Promise<Claim | undefined> {
    for (const { partition, key } of await this.#due(this.clock())) {
      const { version, rows } = await this.store.read(partition);
      const row = rows.get(key);
      if (row === undefined || !hasLapsed(row.lease, { boot: BOOT, isShared: this.store.isShared, now: this.clock() }))
        continue;
      const until = later(this.clock(), LEASE_MS);
      const lease = { owner: this.#process.owner, until, fence: (row.lease?.fence ?? 0) + 1 };
      await this.store.commit(partition, version, [{ key, row: { ...row, lease } }]);
      return { partition, key, lease };
    }
    return undefined;
  }

  async #due(at: Date): Promise<readonly DueRow[]> {
    return (await this.store.due(at, 1_000)).filter(({ key }) => !key.startsWith(OUTBOX_KEY));
  }

  /** Does what is due, moving the clock to what comes next, as long as that is not more than so far away in all. */
  async settle(forMs = 10 * MINUTE_MS): Promise<void> {
    const end = this.#now.ms + forMs;
    for (let steps = 0; steps < 2_000; steps++) {
      if (await this.step()) continue;
      const [next] = await this.#due(DISTANT);
      if (next === undefined || Date.parse(next.dueAt) > end) return;
      this.#now.ms = Math.max(this.#now.ms, Date.parse(next.dueAt));
    }
    assert.fail('the work comes to no end');
  }

  /** Works, and moves the clock, until the request is in this state. */
  async until(id: string, state: StateName, forMs = HOUR_MS): Promise<void> {
    const end = this.#now.ms + forMs;
    for (let steps = 0; steps < 2_000; steps++) {
      const { request } = await this.record(id);
      if (request.state === state) return;
      if (await this.step()) continue;
      const [next] = await this.#due(DISTANT);
      const at = Date.parse(next?.dueAt ?? '');
      assert.ok(at <= end, `still ${request.state}, not ${state}: ${JSON.stringify(request.waitingFor)}`);
      this.#now.ms = Math.max(this.#now.ms, at);
    }
    assert.fail('the work comes to no end');
  }

  // What can be seen.

  async record(id: string): Promise<RequestRecord> {
    return (await this.requests.read(id)) ?? assert.fail(`no request ${id}`);
  }
  async request(id: string): Promise<RemovalRequest> {
    return (await this.record(id)).request;
  }
  async steps(id: string): Promise<readonly ClearingStep[]> {
    return (await this.record(id)).steps;
  }

  /** The record of a request; fails when it is not whole. */
  async audit(id: string): Promise<readonly AuditEntry[]> {
    const { rows } = await this.store.read(requestPartition(id));
    assert.equal(verifyAudit(rows, requestPartition(id), auditKey).kind, 'intact');
    return readAudit(rows);
  }

  /** Cards that wait to be shown. */
  async outbox(id: string): Promise<readonly { readonly headline?: string }[]> {
    const { rows } = await this.store.read(requestPartition(id));
    return [...rows]
      .filter(([key]) => key.startsWith(OUTBOX_KEY))
      .map(([, { value }]) => value as { readonly headline?: string });
  }

  /** What Partner Center was asked, oldest first. */
  async log(): Promise<readonly LogEntry[]> {
    const answer = (await (await fetch(`${this.stand.url}/_log`)).json()) as { readonly entries: readonly LogEntry[] };
    return answer.entries;
  }
  /** Calls that ask for the end of a relationship. */
  async removalCalls(): Promise<readonly LogEntry[]> {
    return (await this.log()).filter(({ method, path }) => method === 'PATCH' && /\/customers\/[^/]+$/.test(path));
  }
  /** Calls that cancel something: a subscription, or a line of an order. */
  async cancelCalls(): Promise<readonly LogEntry[]> {
    const isCancelling = (body: unknown): boolean =>
      ['deleted', 'cancelled'].includes((body as { readonly status?: string } | null)?.status ?? '');
    return (await this.log()).filter(({ method, body }) => method === 'PATCH' && isCancelling(body));
  }
  /** Calls that ask for the end of a delegated admin relationship. */
  async endingCalls(): Promise<readonly LogEntry[]> {
    return (await this.log()).filter(({ method }) => method === 'POST');
  }
  async suspensionCalls(): Promise<readonly LogEntry[]> {
    return (await this.log()).filter(({ method, path }) => method === 'PATCH' && path.includes('/subscriptions/'));
  }

  // What goes on behind the curtain.

  async #set(path: string, body: unknown): Promise<void> {
    const answer = await fetch(`${this.stand.url}${path}`, { method: 'POST', body: JSON.stringify(body) });
    assert.equal(answer.status, 200, await answer.text());
  }
  /** What goes wrong from now on, instead of what went wrong before. */
  faults(rules: readonly object[], switches: Switches = {}): Promise<void> {
    return this.#set('/_faults', { rules, switches });
  }
  world(change: object): Promise<void> {
    return this.#set('/_world', change);
  }

  async close(): Promise<void> {
    await this.#memory.close();
    await this.stand.close();
  }
}

interface Process {
  readonly owner: string;
  /** Work that was claimed in the commit of a decision and has to be begun. */
  readonly claimed: Claim[];
  readonly partnerCenter: PartnerCenter;
  readonly reader: ReturnType<typeof createReadinessReader>;
  readonly requests: ReturnType<typeof createRequestStore>;
  readonly people: ReturnType<typeof createPeople>;
  readonly removals: ReturnType<typeof createRemovalRequests>;
  readonly batchStore: BatchStore;
  readonly batches: Batches;
  readonly work: ReturnType<typeof createRequestWork>;
}

export const REMOVAL_PATH = '/v1/customers/[^/]+$';
export const SUSPENSION_PATH = '/subscriptions/[^/]+$';
/** A fault of the removal call. */
export const onRemoval = (fault: object): object => ({ method: 'PATCH', path: REMOVAL_PATH, times: 1, ...fault });
/** A fault of the call that suspends. */
export const onSuspension = (fault: object): object => ({ method: 'PATCH', path: SUSPENSION_PATH, times: 1, ...fault });

/** Gives a test a workbench, and clears it away whatever happens. */
export const on = (options: WorkbenchOptions, test: (bench: Workbench) => Promise<void>) => async (): Promise<void> => {
  const bench = await Workbench.start(options);
  try {
    await test(bench);
  } finally {
    await bench.close();
  }
};
