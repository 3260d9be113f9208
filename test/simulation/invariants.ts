import assert from 'node:assert/strict';
import path from 'node:path';
import type { LogEntry } from '../../sandbox/partner-center/control/log.ts';
import { buttonsOf } from '../../sandbox/chat/card-actions.ts';
import { DECIDING_VERBS, isVerb } from '../../cards/actions.ts';
import { auditKeyOf, readAudit, type AuditEntry } from '../../services/audit/audit-chain.ts';
import { verifyRecord } from '../../services/audit/verify-record.ts';
import { createNonces } from '../../services/requests/nonces.ts';
import { partitionFile } from '../../services/storage/partition-file.ts';
import type { Store } from '../../services/storage/store.ts';
import type { Life } from './life.ts';
import { UNANSWERED } from './schedule.ts';
import { AUDIT_KEY, FOLDER, humanOf, idOf, type SimulatedWorld } from './simulated-world.ts';
import type { SeenCard } from './teams-in-process.ts';

/** What is looked at of a stored request, whatever else it has. */
interface StoredRequest {
  readonly id: string;
  readonly state: string;
  readonly revision: number;
  readonly requester: { readonly id: string };
  readonly approvalsRequired: number;
  readonly waitingFor?: { readonly why: string };
  readonly customer: { readonly id: string };
}
interface Kept {
  readonly request: StoredRequest;
  readonly chain: readonly AuditEntry[];
}

const FINAL = new Set(['done', 'declined', 'withdrawn', 'expired', 'void', 'abandoned', 'closed']);
const ENDS = ['declined', 'withdrawn', 'expired', 'void', 'abandoned'].map((state) => `request.${state}`);
const SECRET = Buffer.from(AUDIT_KEY, 'hex');
const SECRETS = [AUDIT_KEY, SECRET.toString('base64').slice(0, 40), SECRET.toString('base64url').slice(0, 40)];
const DECISIONS: ReadonlyMap<string, string> = new Map([
  ['approval.confirm-approve', 'request.approved'],
  ['approval.confirm-decline', 'request.declined'],
  ['request.confirm-withdraw', 'request.withdrawn'],
]);

/**
 * What holds whatever happens. Watched from outside: in what Partner Center was asked and what people were shown,
 * against what lies on the disk so that a power cut leaves it there.
 */
export class Invariants {
  /** What broke while it lived; looked at in the end, since whoever hears of it at once is the bot. */
  readonly #broken: string[] = [];
  readonly #world: SimulatedWorld;
  readonly #life: Life;
  readonly #nonces: ReturnType<typeof createNonces>;
  /** Of each customer the newest list of subscriptions that the bot has got: names of the active ones. */
  readonly #read = new Map<string, readonly string[]>();
  /** Decisions that were on record when the bot answered them. */
  readonly #acknowledged: { readonly requestId: string; readonly person: string; readonly action: string }[] = [];

  constructor(world: SimulatedWorld, life: Life) {
    this.#world = world;
    this.#life = life;
    this.#nonces = createNonces(SECRET, world.time.clock);
    world.beforeChange = (method, called, headers) => {
      this.#watch(() => {
        this.#beforeChange(method, called, headers);
      });
    };
    world.partnerCenter.onAnswer = ({ method, url }, status, body) => {
      const customer = /\/customers\/([^/]+)\/subscriptions$/.exec(new URL(url).pathname)?.[1];
      if (method === 'GET' && status === 200 && customer !== undefined)
        this.#read.set(customer.toLowerCase(), activeIn(body));
    };
    world.teams.onShown = (shown) => {
      this.#watch(() => {
        this.#whenShown(shown);
      });
    };
  }

  #watch(check: () => void): void {
    try {
      check();
    } catch (error) {
      this.#broken.push(error instanceof Error ? error.message : String(error));
    }
  }

  /** What a power cut would leave of a request. */
  #durable(requestId: string): Kept | undefined {
    const text = this.#world.disk.durable(path.join(FOLDER, partitionFile(`request:${requestId}`)));
    if (text === undefined) return undefined;
    const { rows } = JSON.parse(text) as { readonly rows: Readonly<Record<string, { readonly value: unknown }>> };
    const chain = readAudit(new Map(Object.entries(rows)) as Parameters<typeof readAudit>[0]);
    return { request: rows['request']?.value as StoredRequest, chain };
  }

  /** Nothing is changed that was not decided on, durably, by those who may. */
  #beforeChange(method: string, called: string, headers: ReadonlyMap<string, string>): void {
    const correlationId = headers.get('ms-correlationid') ?? '';
    const found = [...this.#world.disk.files().keys()]
      .map((file) => /\/request\/([^/.]+)\.json$/.exec(file)?.[1])
      .flatMap((id) => (id === undefined ? [] : [this.#durable(id)]))
      .find((kept) => kept !== undefined && intentOf(kept, correlationId) !== undefined);
    assert.ok(found, `${method} ${called} without a durable intent`);
    const { request, chain } = found;
    const intent = intentOf(found, correlationId);
    assert.ok(intent);
    assert.equal(intent.detail?.['requestId'], headers.get('ms-requestid'), 'another MS-RequestId than intended');
    const customer = /\/customers\/([^/]+)/.exec(called)?.[1]?.toLowerCase();
    assert.equal(customer, request.customer.id, 'a change of another customer');
    const before = chain.slice(0, chain.indexOf(intent));

    if (/\/customers\/[^/]+$/.test(called) || called.includes('/orders/')) {
      const approvals = before.filter(({ action }) => action === 'request.approved');
      const people = new Set(approvals.map(({ actor }) => humanOf(actor.slice('person:'.length))));
      assert.ok(people.size >= request.approvalsRequired, `${called} with ${people.size} durable approvals`);
      assert.ok(!people.has(humanOf(request.requester.id)), 'approved by whoever asked for it');
      for (const { actor } of approvals) this.#wasPressed(actor, request.id, 'approval.confirm-approve');
    }
    if (/\/customers\/[^/]+$/.test(called)) {
      const read = this.#read.get(customer);
      assert.ok(read !== undefined, 'a removal without a reading before it');
      assert.deepEqual(read, [], 'a removal although the last reading showed something that blocks');
    }
    if (called.includes('/subscriptions/')) {
      const subscription = decodeURIComponent(called.split('/').at(-1) ?? '').toLowerCase();
      const asked = before.filter(
        ({ action, detail }) =>
          action === 'step.asked' && (detail?.['subscriptions'] as readonly string[]).includes(subscription),
      );
      assert.ok(asked.length > 0, 'a step that nobody asked for');
      for (const { actor } of asked) {
        assert.equal(actor, `person:${request.requester.id}`, 'a step that somebody else asked for');
        this.#wasPressed(actor, undefined, '.confirm-');
      }
    }
  }

  /** Teams has handed over such a click of this person. */
  #wasPressed(actor: string, requestId: string | undefined, verb: string): void {
    const was = this.#life.pressed.some(
      (one) =>
        one.verb.includes(verb) &&
        `person:${idOf(one.person)}` === actor &&
        (requestId === undefined || one.data['requestId'] === requestId),
    );
    assert.ok(was, `no click "${verb}" of ${humanOf(actor.slice('person:'.length))} was ever handed over`);
  }

  /** What people see is what a power cut leaves, or older. */
  #whenShown({ person, card }: SeenCard): void {
    const text = JSON.stringify(card);
    for (const secret of SECRETS) assert.ok(!text.includes(secret), 'a secret on a card');
    for (const { data } of buttonsOf(card)) {
      const { requestId, nonce } = data;
      if (typeof requestId !== 'string' || typeof nonce !== 'string') continue;
      const revision = this.#durable(requestId)?.request.revision ?? 0;
      for (const ahead of [1, 2, 3])
        assert.ok(
          !this.#nonces.isOfRequest(nonce, idOf(person), { id: requestId, revision: revision + ahead }),
          `${person} was shown revision ${revision + ahead} while ${revision} was durable`,
        );
    }
  }

  /** Called after every action: what was acknowledged so far must be there in the end. */
  async note(): Promise<void> {
    for (const { person, verb, data, wasAnswered } of this.#life.pressed) {
      const action = DECISIONS.get(verb);
      const { requestId } = data;
      if (action === undefined || !wasAnswered || typeof requestId !== 'string') continue;
      if (
        this.#acknowledged.some((one) => one.requestId === requestId && one.person === person && one.action === action)
      )
        continue;
      const kept = this.#durable(requestId);
      if (kept?.chain.some((one) => one.action === action && one.actor === `person:${idOf(person)}`) === true)
        this.#acknowledged.push({ requestId, person, action });
    }
  }

  /** What holds once everything has ended. */
  async atTheEnd(): Promise<void> {
    assert.deepEqual(this.#broken, []);
    const store = await this.#world.look();
    const all = await requestsIn(store);
    await this.#record(store);
    this.#calls(all);
    for (const kept of all) this.#converged(kept);
    await this.#nothingLeft(store);
    for (const { requestId, person, action } of this.#acknowledged) {
      const chain = all.find(({ request }) => request.id === requestId)?.chain ?? [];
      const isThere = chain.some((one) => one.action === action && one.actor === `person:${idOf(person)}`);
      assert.ok(isThere, `${action} of ${person} was acknowledged and is lost`);
    }
    this.#noSecrets();
  }

  async #record(store: Store): Promise<void> {
    const { faults } = await verifyRecord(store, auditKeyOf(SECRET));
    assert.deepEqual(faults, [], 'the record is not whole');
  }

  /** One intent before each change and an outcome after it, and one MS-RequestId until an answer is seen. */
  #calls(all: readonly Kept[]): void {
    const newest = new Map<string, LogEntry>();
    for (const call of this.#world.partnerCenter.log) {
      if (call.method === 'GET') continue;
      const kept = all.find((one) => intentOf(one, call.correlationId) !== undefined);
      assert.ok(kept, `${call.method} ${call.path} without an intent`);
      const { chain, request } = kept;
      const intent = intentOf(kept, call.correlationId)!;
      const before = chain.slice(0, chain.indexOf(intent));
      assert.ok(!isOver(before) || isReactivation(intent), 'a change after the request had ended');
      const after = chain.slice(chain.indexOf(intent) + 1);
      assert.ok(
        after.some(({ action }) => /^(step\.(outcome|verified)|request\.)/.test(action)),
        'a change without an outcome on record',
      );
      const asked = before.filter(({ action }) => action === 'step.asked' || action === 'request.continued').length;
      const step = `${request.id} ${call.path} ${asked}`;
      const last = newest.get(step);
      assert.ok(
        last === undefined || last.requestId === call.requestId || wasAnswered(last),
        `another MS-RequestId before an answer to the one before was seen (${last?.fault ?? 'no fault'})`,
      );
      newest.set(step, call);
    }
  }

  /** Every request has ended, or says whom it waits for; nobody has a card that could still decide on it. */
  #converged({ request }: Kept): void {
    const { state, waitingFor, id, revision } = request;
    assert.ok(FINAL.has(state) || waitingFor !== undefined, `${state} for ever, and nobody knows why`);
    if (!FINAL.has(state)) return;
    for (const { person } of this.#world.teams.conversations)
      for (const message of this.#world.teams.of(person.key).seenOn('nobody’s'))
        for (const { verb, data } of message.card === undefined ? [] : buttonsOf(message.card)) {
          if (!isVerb(verb) || !DECIDING_VERBS.has(verb) || data['requestId'] !== id) continue;
          const nonce = String(data['nonce']);
          const isLive = this.#nonces.isOfRequest(nonce, person.aadObjectId, { id, revision });
          assert.ok(!isLive, `a card of ${person.key} still decides on a request that is ${state}`);
        }
  }

  async #nothingLeft(store: Store): Promise<void> {
    const due = await store.due(this.#world.time.clock(), 100);
    const left = due.filter(({ partition }) => partition.startsWith('request:')).map(({ key }) => key);
    assert.deepEqual(left, [], 'work or cards that are due and not done');
  }

  #noSecrets(): void {
    const everywhere = [
      ...this.#world.logLines,
      ...this.#world.disk.files().values(),
      JSON.stringify(this.#world.partnerCenter.log),
    ];
    for (const text of everywhere)
      for (const secret of SECRETS) assert.ok(!text.includes(secret), `a secret in ${text.slice(0, 80)}`);
  }
}

const intentOf = ({ chain }: Kept, correlationId: string): AuditEntry | undefined =>
  chain.find(({ action, detail }) => action === 'step.intent' && detail?.['correlationId'] === correlationId);

const isOver = (chain: readonly AuditEntry[]): boolean => chain.some(({ action }) => ENDS.includes(action));
/** What was suspended may be given back after the end. */
const isReactivation = ({ detail }: AuditEntry): boolean => detail?.['step'] === 'reactivate';

const wasAnswered = ({ status, fault }: LogEntry): boolean =>
  status !== 0 && status < 500 && !UNANSWERED.has(fault ?? '');

async function requestsIn(store: Store): Promise<readonly Kept[]> {
  const found: Kept[] = [];
  const add = async (partition: string): Promise<void> => {
    const { rows } = await store.read(partition);
    const request = rows.get('request')?.value as StoredRequest | undefined;
    if (request !== undefined) found.push({ request, chain: readAudit(rows) });
  };
  for await (const partition of store.partitions('request')) await add(partition);
  for (const month of await store.archiveMonths())
    for await (const partition of store.archived(month)) if (partition.startsWith('request:')) await add(partition);
  return found;
}

/** Names of what a list of subscriptions shows as active. */
function activeIn(body: string): readonly string[] {
  try {
    const { items = [] } = JSON.parse(body) as {
      readonly items?: readonly { readonly status?: string; readonly id?: string }[];
    };
    return items.filter(({ status }) => status?.toLowerCase() === 'active').map(({ id }) => id ?? '');
  } catch {
    return [];
  }
}
