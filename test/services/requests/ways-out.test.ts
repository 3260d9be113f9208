import assert from 'node:assert/strict';
import { textsFor } from '../../../cards/texts/texts.ts';
import { createRequestScreen } from '../../../dialogs/request-screen.ts';
import { HOUR_MS, later, MINUTE_MS, SECOND_MS } from '../../../services/clock.ts';
import { asPerson } from '../../../services/partner-center/partner-center.ts';
import { waitsForPerson } from '../../../services/requests/removing/carrying-out.ts';
import { barsClosing } from '../../../services/requests/removing/closing.ts';
import { waitFor } from '../../../services/requests/removing/executing.ts';
import { executorOf } from '../../../services/requests/removing/executor.ts';
import { isFinal, STATES, type StateName } from '../../../services/requests/life.ts';
import { createNonces } from '../../../services/requests/nonces.ts';
import { WaitingFor, type RequestRecord } from '../../../services/requests/request.ts';
import { buttonsOf, wordsOf } from '../../cards/walk.ts';
import { DOMAIN, onThree, VISIO } from './cancelling/cancelling-on.ts';
import { Crash, on, onRemoval, onSuspension, personOf, type Workbench } from './workbench.ts';

type Kind = RequestRecord['request']['kind'];
type Why = NonNullable<RecordedWait>['why'];
type RecordedWait = RequestRecord['request']['waitingFor'];
type Reached = (bench: Workbench) => Promise<string>;
/** Longer than anything is waited for that time alone ends. */
const LONGEST_MS = 100 * HOUR_MS;
/** What is looked at so soon needs no time on a card. */
const AT_ONCE_MS = 15 * SECOND_MS;
const CLEAR = 'fabrikambikes';
const texts = textsFor('en');

/** The process ends before its first call. */
async function ended(bench: Workbench, id: string): Promise<string> {
  bench.aroundChange = () => {
    throw new Crash();
  };
  await assert.rejects(bench.settle(MINUTE_MS), Crash);
  bench.restart();
  return id;
}

async function after(bench: Workbench, id: string, fault: object, state: StateName): Promise<string> {
  await bench.faults([fault]);
  await bench.until(id, state);
  return id;
}

async function sent(bench: Workbench, kind: Kind): Promise<string> {
  const id = await (kind === 'removal' ? bench.send(CLEAR) : bench.sendCancellation(DOMAIN, [VISIO]));
  await bench.settle(0);
  return id;
}

async function approved(bench: Workbench, kind: Kind): Promise<string> {
  const id = await sent(bench, kind);
  await bench.approve(id);
  return id;
}

/** How a request comes to be in a state, by what people and the service do; `undefined` where none of its kind is ever. */
const REACHED: Readonly<Record<StateName, Readonly<Record<Kind, Reached | undefined>>>> = {
  draft: { removal: (bench) => bench.send(CLEAR), cancellation: (bench) => bench.sendCancellation(DOMAIN, [VISIO]) },
  pending: { removal: (bench) => sent(bench, 'removal'), cancellation: (bench) => sent(bench, 'cancellation') },
  approved: {
    removal: (bench) => approved(bench, 'removal'),
    cancellation: (bench) => approved(bench, 'cancellation'),
  },
  executing: {
    removal: async (bench) => ended(bench, await approved(bench, 'removal')),
    cancellation: async (bench) => ended(bench, await approved(bench, 'cancellation')),
  },
  verifying: {
    removal: async (bench) => {
      await bench.faults([], { staleListMs: LONGEST_MS });
      const id = await approved(bench, 'removal');
      await bench.until(id, 'verifying');
      return id;
    },
    // Each is read back by itself: it is done in the commit in which the last one is.
    cancellation: undefined,
  },
  unknown: {
    removal: async (bench) => after(bench, await approved(bench, 'removal'), onRemoval({ status: 503 }), 'unknown'),
    cancellation: async (bench) =>
      after(bench, await approved(bench, 'cancellation'), onSuspension({ status: 503 }), 'unknown'),
  },
  blocked: {
    removal: async (bench) =>
      after(bench, await approved(bench, 'removal'), onRemoval({ status: 400, code: '900' }), 'blocked'),
    cancellation: async (bench) =>
      after(bench, await approved(bench, 'cancellation'), onSuspension({ status: 403, code: '900150' }), 'blocked'),
  },
  ...ends('done', 'declined', 'withdrawn', 'expired', 'void', 'abandoned', 'closed'),
};
function ends<S extends StateName>(...states: readonly S[]) {
  const none = { removal: undefined, cancellation: undefined };
  return Object.fromEntries(states.map((state) => [state, none])) as Record<S, typeof none>;
}

/** From now on nothing can be read, and nothing is answered; or nobody's sign-in is at hand. */
const WORLDS: Readonly<Record<string, (bench: Workbench) => Promise<unknown>>> = {
  'Partner Center does not answer': (bench) => bench.faults([{ path: '.*', status: 503, times: 1_000_000 }]),
  'nobody is signed in': (bench) => {
    for (const who of [asPerson('ada'), asPerson('bo'), asPerson('cy'), 'bot' as const]) bench.signedOut.add(who);
    return Promise.resolve();
  },
};

const dueOf = async (bench: Workbench, id: string): Promise<readonly string[]> => {
  const { rows } = await bench.store.read(`request:${id}`);
  return [...rows].filter(([key]) => !key.startsWith('outbox:')).flatMap(([, { dueAt }]) => dueAt ?? []);
};

/** Lets time pass until it has ended; or until nobody but an auditor can end it, who does. @returns by what it ended. */
async function wayOut(bench: Workbench, id: string): Promise<string> {
  const until = bench.clock().getTime() + LONGEST_MS;
  for (;;) {
    const record = await bench.record(id);
    const { state, waitingFor } = record.request;
    if (isFinal(state)) return 'time';
    if (barsClosing(record, { id: 'ida' }, bench.roles) === undefined) {
      const click = { ...bench.click('ida'), reason: 'Looked up in Partner Center.' };
      const decision = await bench.removals.close(id, click);
      assert.ok(decision?.kind === 'changed' && isFinal(decision.record.request.state));
      return 'an auditor';
    }
    const hour = bench.clock().getTime() + HOUR_MS;
    assert.ok(hour <= until, `there is no way out of "${state}", waiting for ${waitingFor?.why ?? 'nothing'}`);
    await bench.settle(HOUR_MS);
    bench.advance(Math.max(0, hour - bench.clock().getTime()));
  }
}

/** Whose turn it is and when it goes on is on the cards of those who have a part in it. */
async function assertSaid(bench: Workbench, id: string): Promise<void> {
  const record = await bench.record(id);
  const { request } = record;
  const nonces = createNonces(new Uint8Array(32), bench.clock);
  const screen = createRequestScreen({ ...{ roles: bench.roles, nonces, isSandbox: false }, removals: bench.removals });
  const card = async (person: string) => (await screen.of(record, personOf(person), texts))?.card;
  const verbs = async (person: string) => buttonsOf(await card(person)).map(({ verb }) => verb);
  const mine = await card(request.requester.id);
  const said = wordsOf(mine);

  const person = waitsForPerson(request);
  if (person !== undefined) {
    const { name } = executorOf(request);
    assert.match(said, new RegExp(`Waiting for ${name}\\b`));
    const button = person === 'sign-in' ? 'request.sign-in' : 'request.remove';
    assert.ok((await verbs(executorOf(request).id)).includes(button), `${name} has no ${button}`);
    if (executorOf(request).id !== request.requester.id)
      assert.ok((await verbs('cy')).includes(button), 'nobody else can do it instead');
  }
  if (request.state === 'pending') {
    for (const { id: approver, name } of request.approvers) {
      assert.match(said, new RegExp(`Waiting for .*\\b${name}\\b`));
      assert.ok((await verbs(approver)).includes('approval.approve'));
    }
  }
  if (barsClosing(record, { id: 'ida' }, bench.roles) === undefined) {
    assert.match(said, /An auditor/);
    assert.ok((await verbs('ida')).includes('request.close'));
  }

  // A draft is whoever asks for it's turn, who has the buttons. What is due now is in somebody's hands; of everything
  // else the card says when it goes on, or until when it is waited.
  const due = await dueOf(bench, id);
  assert.ok(due.length > 0, `nothing ever happens to one that is "${request.state}"`);
  if (due.some((at) => at <= later(bench.clock(), AT_ONCE_MS))) return;
  if (request.state === 'draft') {
    assert.ok((await verbs(request.requester.id)).length > 0, 'a draft without a button');
    return;
  }
  const moments = [...due, request.approveBy, request.executeBy].filter((at) => at !== undefined);
  assert.ok(
    moments.some((at) => said.includes(texts.moment(at))),
    `no time on the card of one that is "${request.state}": ${said}`,
  );
}

/**
 * Has it wait for something, where it can: what is being carried out does; a draft, and what was refused, are a person's
 * turn. @returns whether it waits.
 */
async function waits(bench: Workbench, id: string, why: Why): Promise<boolean> {
  const { state, waitingFor } = await bench.request(id);
  // Only an approval makes it wait for whoever asked, in whose name it is carried out then.
  if (why === 'remove-now') return waitingFor?.why === why;
  const { rows } = await bench.store.read(`request:${id}`);
  if (!rows.has('run') || state === 'draft' || state === 'blocked') return false;
  const waiting = { why, forMs: MINUTE_MS };
  await bench.requests.change(id, (record = assert.fail(), now) => waitFor(record, now, bench.roles, waiting));
  return true;
}

const auditor = async (bench: Workbench): Promise<void> => {
  (bench.lists.auditors as string[]).push('ida');
  await bench.people.learn(personOf('ida'));
};

for (const state of STATES.filter((one) => !isFinal(one)))
  for (const kind of ['removal', 'cancellation'] as const) {
    const reached = REACHED[state][kind];
    if (reached === undefined) continue;
    const ways = new Set<string>();

    describe(`a ${kind} that is "${state}"`, () => {
      for (const [world, falls] of Object.entries(WORLDS))
        for (const why of [undefined, ...WaitingFor.shape.why.options])
          it(`has a way out where ${world}${why === undefined ? '' : `, and it waits for: ${why}`}`, async () => {
            const test = async (bench: Workbench): Promise<void> => {
              await auditor(bench);
              const id = await reached(bench);
              assert.equal((await bench.request(id)).state, state);
              if (why !== undefined && !(await waits(bench, id, why))) return;
              await assertSaid(bench, id);
              await falls(bench);
              await bench.settle(MINUTE_MS);
              if (!isFinal((await bench.request(id)).state)) await assertSaid(bench, id);

              ways.add(await wayOut(bench, id));
            };
            const isByRequester = why === 'remove-now' && state === 'approved';
            const policy = { executeAs: isByRequester ? ('requester' as const) : ('approver' as const) };
            await (kind === 'removal' ? on({ policy }, test) : onThree(test, { policy }))();
          });

      it('has one at all', () => {
        assert.ok(ways.size > 0);
      });
    });
  }
