import assert from 'node:assert/strict';
import fc from 'fast-check';
import { entryKinds } from '../../../cards/audit-entry-parts.ts';
import { textsFor } from '../../../cards/texts/texts.ts';
import type { LogEntry } from '../../../sandbox/partner-center/control/log.ts';
import { obstacles } from '../../../sandbox/partner-center/world/obstacles.ts';
import type { AuditEntry } from '../../../services/audit/audit-chain.ts';
import { HOUR_MS, MINUTE_MS, SECOND_MS } from '../../../services/clock.ts';
import { asPerson } from '../../../services/partner-center/partner-center.ts';
import { undoOf } from '../../../services/requests/giving-back/giving-back.ts';
import { isFinal } from '../../../services/requests/life.ts';
import { Crash, Workbench } from './workbench.ts';

const CUSTOMER = 'northwindtraders';
const PEOPLE = ['ada', 'ada-admin', 'bo', 'bo-admin', 'cy', 'dan', 'eve'] as const;
const personOf = (account: string): string => account.replace(/-admin$/, '');
/** What a caller sees no answer in, whatever the service did. */
const FAULTS = [
  { kind: 'reset' },
  { kind: 'apply-then-reset' },
  { kind: 'hang' },
  { kind: 'apply-then-hang' },
  { kind: 'truncate' },
  { kind: 'apply-then-answer', status: 500 },
  { id: 'unserved', status: 503 },
  { id: 'html', status: 200, body: '<html></html>' },
] as const;
const ANSWERS = [
  { status: 429, headers: { 'Retry-After': '30' } },
  { status: 403, code: '20002' },
  { status: 400, code: '3000', description: 'Customer relationship cannot be removed.' },
  { status: 409, code: '900278' },
  { status: 400, code: '2055' },
] as const;

const person = fc.constantFrom(...PEOPLE);
const click = fc.record({
  do: fc.constant('click' as const),
  deed: fc.constantFrom('approve', 'approve', 'approve', 'decline', 'withdraw', 'continue', 'continue', 'give-back'),
  person,
  isCurrent: fc.constantFrom(true, true, true, false),
});
const action = fc.oneof(
  { weight: 14, arbitrary: fc.constant({ do: 'go-on' as const }) },
  { weight: 3, arbitrary: click },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('click-meanwhile' as const), click }) },
  { weight: 1, arbitrary: fc.constant({ do: 'suspend' as const }) },
  { weight: 1, arbitrary: fc.constant({ do: 'send' as const }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('work' as const), steps: fc.integer({ min: 1, max: 6 }) }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('jump' as const),
      ms: fc.constantFrom(
        ...[SECOND_MS, SECOND_MS, 20 * SECOND_MS, 20 * SECOND_MS, 20 * SECOND_MS, 2 * MINUTE_MS, 20 * MINUTE_MS],
        ...[2 * HOUR_MS, 80 * HOUR_MS],
      ),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('fault' as const),
      fault: fc.constantFrom(...FAULTS, ...ANSWERS),
      times: fc.integer({ min: 1, max: 3 }),
      method: fc.constantFrom('PATCH', 'PATCH', 'GET'),
      honours: fc.boolean(),
    }),
  },
  { weight: 2, arbitrary: fc.constant({ do: 'heal' as const }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('change' as const),
      change: fc.constantFrom('reactivated', 'bought', 'renamed'),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('crash' as const), moment: fc.constantFrom('before', 'after') }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('sign-out' as const), person }) },
  { weight: 1, arbitrary: fc.constant({ do: 'sign-in' as const }) },
);
type Action = typeof action extends fc.Arbitrary<infer T> ? T : never;

/** One bench with what was observed on it. */
class AnyLife {
  readonly #bench: Workbench;
  /** What stood in the way at the moment of each removal call. */
  readonly stood: string[] = [];
  #crashAt: 'before' | 'after' | undefined;

  constructor(bench: Workbench) {
    this.#bench = bench;
    this.#watch();
  }

  #watch(): void {
    const { world } = this.#bench.stand;
    const customer = world.customers.find(({ domain }) => domain.startsWith(CUSTOMER))!;
    this.#bench.aroundChange = (moment, what) => {
      if (moment === 'before' && what === 'removal') this.stood.push(...obstacles(customer, world));
      if (this.#crashAt === moment) throw new Crash();
    };
  }

  async #newest(): Promise<string | undefined> {
    const { id } = await this.#bench.customer(CUSTOMER);
    return (await this.#bench.removals.ofCustomer(id))?.request.id;
  }

  async #click({ deed, person: by, isCurrent }: Extract<Action, { do: 'click' }>): Promise<void> {
    const id = await this.#newest();
    if (id === undefined) return;
    const { removals } = this.#bench;
    const pressed = { ...this.#bench.click(by), isCurrent: () => isCurrent };
    switch (deed) {
      case 'approve':
        await removals.approve(id, pressed);
        return;
      case 'decline':
        await removals.decline(id, { ...pressed, reason: 'Not before the audit.' });
        return;
      case 'withdraw':
        await removals.withdraw(id, pressed);
        return;
      case 'give-back': {
        const holdingIds = undoOf(await this.#bench.record(id)).items.map(({ holdingId }) => holdingId);
        await removals.giveBack(id, { ...pressed, holdingIds });
        return;
      }
      default:
        await removals.continueAfterRefusal(id, pressed);
    }
  }

  /** Whatever leads one step further: what people do who want the customer removed, and the work after it. */
  async #goOn(): Promise<void> {
    const bench = this.#bench;
    for (let step = 0; step < 3; step++) if (!(await this.#step())) bench.advance(5 * SECOND_MS);
    const id = await this.#newest();
    const record = id === undefined ? undefined : await bench.record(id);
    const state = record?.request.state ?? 'abandoned';
    const pressed = { do: 'click', isCurrent: true } as const;
    if (state === 'pending') {
      const [by] = ['bo', 'cy'].filter((one) => record?.request.approvals.every(({ by: who }) => who.id !== one));
      await this.#click({ ...pressed, deed: 'approve', person: by as 'bo' });
    } else if (state === 'blocked') await this.#click({ ...pressed, deed: 'continue', person: 'ada' });
    else if (state === 'draft' || isFinal(state)) {
      const { id: customerId } = await bench.customer(CUSTOMER);
      const customer = bench.stand.world.customer(customerId)!;
      if (customer.relationship !== 'none')
        await this.act({ do: obstacles(customer, bench.stand.world).length > 0 ? 'suspend' : 'send' });
    }
  }

  async #step(): Promise<boolean> {
    try {
      return await this.#bench.step();
    } catch (error) {
      if (!(error instanceof Crash)) throw error;
      this.#crashAt = undefined;
      this.#bench.restart();
      this.#watch();
      return true;
    }
  }

  async act(wanted: Action): Promise<void> {
    const bench = this.#bench;
    switch (wanted.do) {
      case 'go-on':
        return this.#goOn();
      case 'click':
        return this.#click(wanted);
      case 'click-meanwhile':
        await Promise.all([this.#step(), this.#click(wanted.click)]);
        return;
      case 'suspend':
        // Refused where there is nothing to suspend, or a request is on its way.
        return bench.suspend(CUSTOMER).then(
          () => undefined,
          (error: unknown) => {
            assert.ok(error instanceof assert.AssertionError, String(error));
          },
        );
      case 'send':
        return bench.send(CUSTOMER).then(
          () => undefined,
          (error: unknown) => {
            assert.ok(error instanceof assert.AssertionError, String(error));
          },
        );
      case 'work':
        for (let step = 0; step < wanted.steps; step++) await this.#step();
        return;
      case 'jump':
        bench.advance(wanted.ms);
        return;
      case 'fault': {
        const { fault, times, method, honours } = wanted;
        const repeatedRequestId = honours ? 'honours' : 'ignores';
        return bench.faults([{ method, times, ...fault }], { repeatedRequestId });
      }
      case 'heal':
        return bench.faults([]);
      case 'change':
        return this.#change(wanted.change);
      case 'crash':
        this.#crashAt = wanted.moment;
        return;
      case 'sign-out':
        bench.signedOut.add(asPerson(wanted.person));
        return;
      case 'sign-in':
        bench.signedOut.clear();
    }
  }

  async #change(change: 'reactivated' | 'bought' | 'renamed'): Promise<void> {
    const { id: customerId } = await this.#bench.customer(CUSTOMER);
    const first = this.#bench.stand.world.customer(customerId)?.holdings.subscriptions[0];
    if (change === 'bought') await this.#bench.world({ customerId, addSubscription: { class: 'legacy-licence' } });
    else if (change === 'renamed') await this.#bench.world({ customerId, rename: 'Northwind' });
    else if (first?.status === 'suspended')
      await this.#bench.world({ customerId, setSubscription: { id: first.id, status: 'active' } });
  }

  /** Everything answers again, and there is time. */
  async end(): Promise<void> {
    this.#crashAt = undefined;
    await this.#bench.faults([]);
    this.#bench.signedOut.clear();
    await this.#bench.settle(2 * HOUR_MS);
    this.#bench.advance(100 * HOUR_MS);
    await this.#bench.settle(2 * HOUR_MS);
  }
}

/** What can be looked for in the record, and so is all that is recorded. */
const SOUGHT = new Set<string>(entryKinds(textsFor('en')).map(({ action }) => action));
const ENDS = ['declined', 'withdrawn', 'expired', 'void', 'abandoned'].map((state) => `request.${state}`);
const UNSEEN = new Set<string>(FAULTS.map((fault) => ('id' in fault ? fault.id : fault.kind)));
const wasAnswered = ({ status, fault }: LogEntry): boolean => status !== 0 && status < 500 && !UNSEEN.has(fault ?? '');

/** What holds on the other side's log, whatever happened. */
async function holds(bench: Workbench): Promise<void> {
  const { id: customerId } = await bench.customer(CUSTOMER);
  const changes = (await bench.log()).filter(({ method }) => method === 'PATCH');
  const intents = new Map<
    string,
    { readonly chain: readonly AuditEntry[]; readonly at: number; readonly request: string }
  >();
  for await (const partition of bench.store.partitions('request')) {
    const request = partition.slice('request:'.length);
    const chain = await bench.audit(request);
    for (const { action: said, detail } of chain)
      assert.ok(
        SOUGHT.has(said.startsWith('step.') ? `${said}:${detail?.['step'] as string}` : said),
        `${said} is found`,
      );
    for (const [at, { action: said, detail }] of chain.entries())
      if (said === 'step.intent') intents.set(detail?.['correlationId'] as string, { chain, at, request });
  }
  const newest = new Map<string, LogEntry>();
  const seen = new Set<string>();
  for (const call of changes) {
    const intent = intents.get(call.correlationId);
    assert.ok(intent, 'a change without an intent on the record');
    assert.ok(!seen.has(call.correlationId), 'two calls under one correlation id');
    seen.add(call.correlationId);
    const before = intent.chain.slice(0, intent.at);
    const { detail } = intent.chain[intent.at]!;
    assert.equal(detail?.['requestId'], call.requestId);
    const isGivenBack = detail['step'] === 'reactivate';
    const hasEnded = before.some(({ action: said }) => ENDS.includes(said));
    assert.ok(isGivenBack || !hasEnded, 'a change after the request had ended');

    const isRemoval = detail['step'] === 'removal';
    const subscription = typeof detail['subscription'] === 'string' ? detail['subscription'] : '';
    const path = `/v1/customers/${customerId}${isRemoval ? '' : `/subscriptions/${subscription}`}`;
    assert.equal(call.path, path);
    if (isRemoval) {
      const approvers = before
        .filter(({ action: said }) => said === 'request.approved')
        .map(({ actor }) => actor.slice(7));
      const people = new Set(approvers.map(personOf));
      assert.ok(people.size >= bench.policy.approvalsRequired && !people.has('ada'), `approved by ${approvers.join()}`);
    } else {
      const wanted = before.flatMap(({ action: said, detail: of }) =>
        said === 'step.asked' ? (of?.['subscriptions'] as readonly string[]) : [],
      );
      assert.ok(wanted.includes(subscription), 'a step nobody asked for');
    }

    // What somebody has asked for again, after it was given up, is another step.
    const asked = before.filter(({ action: said }) => said === 'step.asked').length;
    const step = `${intent.request} ${subscription} ${isRemoval ? '' : asked}`;
    const last = newest.get(step);
    assert.ok(
      last === undefined || last.requestId === call.requestId || wasAnswered(last),
      `another MS-RequestId before an answer to the one before was seen (${last?.fault ?? 'no fault'})`,
    );
    newest.set(step, call);
  }
}

describe('whatever people, the service and the clock do', () => {
  it('no call goes out that was not approved, and every request comes to an end or says what it waits for', async () => {
    const sequences = fc.array(action, { minLength: 8, maxLength: 40, size: 'max' });
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(1, 1, 2), sequences, async (approvalsRequired, actions) => {
        const bench = await Workbench.start({ timeoutMs: 60, policy: { approvalsRequired } });
        try {
          const life = new AnyLife(bench);
          for (const one of actions) await life.act(one);
          await life.end();

          await holds(bench);
          assert.deepEqual(life.stood, [], 'a removal call while something stood in the way');
          for await (const partition of bench.store.partitions('request')) {
            const { state, waitingFor } = await bench.request(partition.slice('request:'.length));
            assert.ok(isFinal(state) || waitingFor !== undefined, `${state} for ever, and nobody knows why`);
          }
        } finally {
          await bench.close();
        }
      }),
      { numRuns: 75 },
    );
  }).timeout(120_000);
});
