import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { LogEntry } from '../../../sandbox/partner-center/control/log.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '../../../services/clock.ts';
import { asPerson } from '../../../services/partner-center/partner-center.ts';
import { Crash, Workbench } from './workbench.ts';

const NAME = 'firstupconsultants';
const GRAPH = 'delegatedAdminRelationships';
/** What a caller sees no answer in, whatever the service did. */
const UNSEEN = ['reset', 'apply-then-reset', 'truncate', 'unserved', 'apply-then-answer'];
const FAULTS = [
  { kind: 'reset' },
  { kind: 'apply-then-reset' },
  { kind: 'truncate' },
  { kind: 'apply-then-answer', status: 500 },
  { id: 'unserved', status: 503 },
  { status: 429, headers: { 'Retry-After': '30' } },
  { status: 403 },
  { status: 401 },
  { status: 400 },
  { status: 404 },
] as const;

const action = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant('work' as const), steps: fc.integer({ min: 1, max: 4 }) }) },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('jump' as const),
      ms: fc.constantFrom(SECOND_MS, 20 * SECOND_MS, MINUTE_MS, 20 * MINUTE_MS, 3 * HOUR_MS),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('fault' as const),
      fault: fc.constantFrom(...FAULTS),
      method: fc.constantFrom('POST', 'POST', 'GET'),
      times: fc.integer({ min: 1, max: 3 }),
    }),
  },
  { weight: 2, arbitrary: fc.constant({ do: 'heal' as const }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('crash' as const),
      at: fc.constantFrom('commit', 'call'),
      moment: fc.constantFrom('before', 'after'),
      skip: fc.integer({ min: 0, max: 5 }),
    }),
  },
  { weight: 1, arbitrary: fc.constant({ do: 'newcomer' as const }) },
  { weight: 1, arbitrary: fc.constant({ do: 'sign-out' as const }) },
  { weight: 1, arbitrary: fc.constant({ do: 'sign-in' as const }) },
);
type Action = typeof action extends fc.Arbitrary<infer T> ? T : never;

async function step(bench: Workbench): Promise<void> {
  try {
    await bench.step();
  } catch (error) {
    if (!(error instanceof Crash)) throw error;
    bench.restart();
  }
}

async function act(bench: Workbench, wanted: Action): Promise<void> {
  const { id: customerId } = await bench.customer(NAME);
  switch (wanted.do) {
    case 'work':
      for (let count = 0; count < wanted.steps; count++) await step(bench);
      return;
    case 'jump':
      bench.advance(wanted.ms);
      return;
    case 'fault':
      return bench.faults([{ method: wanted.method, path: GRAPH, times: wanted.times, ...wanted.fault }], {
        repeatedRequestId: 'ignores',
      });
    case 'heal':
      return bench.faults([]);
    case 'crash': {
      let { skip } = wanted;
      const mayCrash = (moment: 'before' | 'after'): void => {
        if (moment === wanted.moment && skip-- <= 0) throw new Crash();
      };
      if (wanted.at === 'commit') bench.aroundCommit = mayCrash;
      else bench.aroundChange = mayCrash;
      return;
    }
    case 'newcomer':
      return bench.world({ customerId, addGdap: {} });
    case 'sign-out':
      bench.signedOut.add(asPerson('bo'));
      return;
    case 'sign-in':
      bench.signedOut.clear();
  }
}

const wasAnswered = ({ fault }: LogEntry): boolean => !UNSEEN.includes(fault ?? '');

/** What holds on the other side's log, whatever happened. */
async function holds(bench: Workbench, id: string, planned: readonly string[]): Promise<void> {
  const chain = await bench.audit(id);
  const intents = new Map(
    chain.flatMap((entry, at) =>
      entry.action === 'step.intent' ? [[entry.detail?.['correlationId'], { entry, at }] as const] : [],
    ),
  );
  const verified = chain.findIndex(
    ({ action: said, detail }) => said === 'step.verified' && detail?.['step'] === 'removal',
  );
  const unanswered = new Map<string, LogEntry>();
  for (const call of await bench.endingCalls()) {
    const intent = intents.get(call.correlationId);
    assert.ok(intent, 'a call without an intent on the record');
    assert.ok(verified !== -1 && verified < intent.at, 'a call before the removal was seen to be done');
    const { relationship: named, requestId } = intent.entry.detail ?? {};
    const relationship = typeof named === 'string' ? named : '';
    assert.ok(planned.includes(relationship), 'a relationship that was not approved');
    assert.ok(call.path.includes(relationship));
    assert.equal(call.requestId, requestId);
    // A no to a call that is sent again says nothing about the one before it.
    const first = unanswered.get(relationship);
    assert.ok(
      first === undefined || first.requestId === call.requestId,
      `another id, although a call got no answer (${first?.fault ?? 'no fault'})`,
    );
    if (!wasAnswered(call)) unanswered.set(relationship, call);
  }
}

describe('whatever happens while delegated administration is being ended', () => {
  it('nothing is asked for that was not approved, and what is called ended has ended', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(action, { minLength: 5, maxLength: 30, size: 'max' }), async (actions) => {
        const bench = await Workbench.start();
        try {
          const { id: customerId } = await bench.customer(NAME);
          await bench.world({ customerId, addGdap: { displayName: 'Second' } });
          const id = await bench.approved(NAME, { endDelegatedAdmin: true });
          const planned = (await bench.request(id)).plan?.delegatedAdmin?.map((one) => one.id) ?? [];

          for (const one of actions) await act(bench, one);
          bench.aroundCommit = () => undefined;
          bench.aroundChange = () => undefined;
          await bench.faults([]);
          bench.signedOut.clear();
          await bench.settle(2 * DAY_MS);

          await holds(bench, id, planned);
          const { state, delegatedAdmin } = await bench.request(id);
          if (state !== 'done') {
            assert.deepEqual(await bench.endingCalls(), []);
            return;
          }
          assert.ok(delegatedAdmin?.endedAt, 'it comes to no end');
          const statusOf = new Map(
            bench.stand.world.customer(customerId)!.gdap.map((one) => [one.id.toLowerCase(), one.status]),
          );
          for (const one of delegatedAdmin.relationships)
            if (one.state === 'done') assert.equal(statusOf.get(one.id.toLowerCase()), 'terminated');
          for (const [gdap, status] of statusOf)
            assert.ok(planned.some((one) => one.toLowerCase() === gdap) || status !== 'terminated', 'not approved');
        } finally {
          await bench.close();
        }
      }),
      { numRuns: 60 },
    );
  }).timeout(120_000);
});
