import assert from 'node:assert/strict';
import { startPartnerCenter } from '../../sandbox/partner-center/server.ts';
import { Link } from '../../sandbox/control/link.ts';
import { MINUTE_MS } from '../../services/clock.ts';
import {
  about,
  APPROVAL_WANTED,
  approves,
  asks,
  CLEAR,
  domainOf,
  opens,
  removalsOf,
  REMOVED,
  seatOf,
  sends,
  suspensionsOf,
  waits,
  type Seat,
} from '../journeys/steps.ts';
import { Crash, on, type Workbench } from '../services/requests/workbench.ts';
import { startJourney, type Journey, type LoggedCall } from '../support/journey.ts';
import { eventually } from '../support/eventually.ts';

const clear = 'fabrikambikes';
const licensed = 'northwindtraders';
const ids = (calls: readonly LoggedCall[]): number => new Set(calls.map(({ requestId }) => requestId)).size;

/** Ends the process at its so-manieth commit from now on. */
function crashAt(bench: Workbench, at: number, moment: 'before' | 'after'): void {
  let seen = 0;
  bench.aroundCommit = (now) => {
    if (now === moment && ++seen === at) throw new Crash();
  };
}
async function commitsOf(bench: Workbench, work: () => Promise<unknown>): Promise<number> {
  let commits = 0;
  bench.aroundCommit = (moment) => {
    if (moment === 'before') commits++;
  };
  await work();
  bench.aroundCommit = () => undefined;
  return commits;
}
async function requestsIn(bench: Workbench): Promise<readonly string[]> {
  const partitions = await Array.fromAsync(bench.store.partitions('request'));
  return partitions.map((partition) => partition.slice('request:'.length));
}

describe('a process that is killed', () => {
  for (const [name, moment] of [
    ['F1: before', 'before'],
    ['F2: after', 'after'],
  ] as const) {
    it(
      `${name} any write of a request leaves none or one, and asking again leaves one`,
      on({}, async (bench) => {
        const commits = await commitsOf(bench, () => bench.send(clear));

        for (let at = 1; at <= commits; at++)
          await on({}, async (again) => {
            crashAt(again, at, moment);
            await assert.rejects(again.send(clear), Crash);
            again.restart();
            await again.settle(MINUTE_MS);
            const [there, ...more] = await requestsIn(again);
            assert.deepEqual(more, []);

            const isSent = there !== undefined && (await again.request(there)).state === 'pending';
            const id = isSent ? there : await again.send(clear);
            await again.settle(MINUTE_MS);
            await again.approve(id);
            await again.settle();

            assert.deepEqual(await requestsIn(again), [id], `${moment} commit ${at}`);
            assert.equal((await again.request(id)).state, 'done');
            assert.equal((await again.removalCalls()).length, 1);
          })();
      }),
    );

    it(
      `${name} the write of an approval leaves it ${moment === 'before' ? 'to be given again' : 'given'}, and removes once`,
      on({}, async (bench) => {
        const id = await bench.send(clear);
        await bench.settle();
        crashAt(bench, 1, moment);
        await assert.rejects(bench.approve(id), Crash);
        bench.restart();
        await bench.settle();
        const { approvals } = await bench.request(id);

        if (moment === 'before') await bench.approve(id);
        await bench.settle();

        assert.equal(approvals.length, moment === 'before' ? 0 : 1);
        assert.equal((await bench.request(id)).state, 'done');
        assert.equal((await bench.removalCalls()).length, 1);
      }),
    );
  }

  it(
    'F3: again at any write of its recovery comes to the same end, by one id',
    on({}, async (bench) => {
      const killedInTheCall = async (one: Workbench): Promise<string> => {
        const id = await one.approved(clear);
        one.aroundChange = (now) => {
          if (now === 'after') throw new Crash();
        };
        await assert.rejects(one.settle(), Crash);
        one.restart();
        return id;
      };
      await killedInTheCall(bench);
      const commits = await commitsOf(bench, () => bench.settle());
      assert.ok(commits >= 2, `${commits} commits`);

      for (const moment of ['before', 'after'] as const)
        for (let at = 1; at <= commits; at++)
          await on({}, async (again) => {
            const id = await killedInTheCall(again);
            crashAt(again, at, moment);
            await assert.rejects(again.settle(), Crash);
            again.restart();

            await again.settle();

            const calls = await again.removalCalls();
            assert.equal((await again.request(id)).state, 'done', `${moment} commit ${at}`);
            assert.equal(new Set(calls.map(({ requestId }) => requestId)).size, 1, `${moment} commit ${at}`);
            await again.audit(id);
          })();
    }),
  );
});

describe('a service that nobody reaches', () => {
  it('F5: is said not to answer, nothing is asked for meanwhile, and what was confirmed is done once it is reached', async () => {
    const partnerCenter = await startPartnerCenter({ staleListMs: 300 });
    const link = await Link.to(partnerCenter.url);
    const journey = await startJourney({ env: { PARTNER_CENTER_URL: link.url, GRAPH_URL: link.url } });
    const real = { changes: async (): Promise<readonly LoggedCall[]> => [] };
    try {
      const requester = seatOf(journey, 'requester');
      const card = await opens(requester, licensed, /Clear 1 thing here first/);
      await link.cut();
      await requester.presses(card, 'Check again');
      const told = requester.reads(await requester.sees(about(licensed), /I cannot tell/));
      await link.restore();
      await requester.presses(card, 'Check again');
      const again = await requester.sees(about(licensed), /Clear 1 thing here first/);
      await requester.presses(again, 'Suspend');
      await link.cut();
      await requester.presses(again, 'Yes, suspend');
      await link.restore();
      const ready = await requester.sees(about(licensed), CLEAR);
      await sends(requester, ready, licensed);
      await approves(seatOf(journey, 'manager'), licensed);
      await requester.sees(about(licensed), REMOVED);

      const log = (await (await fetch(`${partnerCenter.url}/_log`)).json()) as { entries: readonly LoggedCall[] };
      real.changes = async () => log.entries.filter(({ method }) => method === 'PATCH');
      assert.match(told, /does not answer at the moment/);
      const suspensions = await suspensionsOf(real, licensed);
      assert.deepEqual([suspensions.length, ids(suspensions)], [1, 1]);
      assert.equal((await removalsOf(real, licensed)).length, 1);
    } finally {
      await journey.close();
      await link.cut();
      await partnerCenter.close();
    }
  }).timeout(40_000);

  it(
    'F5: after the approval is waited for, and the removal is sent once, after everything was read again',
    on({}, async (bench) => {
      const id = await bench.approved(clear);
      await bench.faults([{ kind: 'reset' }]);
      await bench.settle(30 * MINUTE_MS);
      const { state, waitingFor } = await bench.request(id);
      assert.deepEqual([state, waitingFor?.why, await bench.removalCalls()], ['approved', 'unread', []]);

      await bench.faults([]);
      await bench.settle();

      assert.equal((await bench.request(id)).state, 'done');
      assert.equal((await bench.removalCalls()).length, 1);
    }),
  );

  it(
    'F5: until the approval has run out is waited for no longer, and nothing is removed',
    on({}, async (bench) => {
      const id = await bench.approved(clear);
      await bench.faults([{ kind: 'reset' }]);

      await bench.settle(70 * MINUTE_MS);

      assert.equal((await bench.request(id)).state, 'expired');
      assert.deepEqual(await bench.removalCalls(), []);
    }),
  );
});

describe('a bot that is stopped for a new version', () => {
  let journey: Journey;
  let requester: Seat;
  let manager: Seat;
  beforeEach(async () => {
    journey = await startJourney();
    requester = seatOf(journey, 'requester');
    manager = seatOf(journey, 'manager');
  });
  afterEach(() => journey.close());
  const slow = (rule: object): Promise<void> =>
    journey.control('_faults', { rules: [{ delayMs: 700, times: 1, ...rule }] });
  const until = (happened: () => Promise<boolean>): Promise<void> => eventually(happened, 'it does not happen');
  const faultsAreUsedUp = async (): Promise<boolean> => {
    const { rules } = (await (await fetch(`${journey.partnerCenter.url}/_faults`)).json()) as {
      rules: readonly { readonly struck: number }[];
    };
    return rules.every(({ struck }) => struck > 0);
  };

  it('F36: while it reads answers the next word after its start, and has changed nothing', async () => {
    await slow({ path: 'subscriptions$' });
    await requester.says(`remove ${domainOf(clear)}`);
    await until(faultsAreUsedUp);

    await journey.restart();

    await opens(requester, clear, CLEAR);
    assert.deepEqual(await journey.changes(), []);
  });

  it('F36: while it suspends lets that call end, and sends it once', async () => {
    const card = await opens(requester, licensed, /Clear 1 thing here first/);
    await slow({ method: 'PATCH', kind: 'apply-then-answer', status: 200 });
    await requester.presses(card, 'Suspend');
    await requester.presses(card, 'Yes, suspend');
    await until(faultsAreUsedUp);

    await journey.restart();

    await requester.sees(about(licensed), CLEAR);
    assert.equal((await suspensionsOf(journey, licensed)).length, 1);
  });

  it('F36: before it has asked the approver asks after its start, once', async () => {
    await asks(requester, clear);

    await journey.restart();

    await manager.sees(about(clear), APPROVAL_WANTED);
    assert.equal(manager.all().match(new RegExp(APPROVAL_WANTED, 'g'))?.length, 1);
  });

  it('F36: while an approval is given answers it, and carries it out once', async () => {
    const { approval } = await waits(journey, clear);
    await manager.presses(approval, 'Approve');

    const pressed = manager.presses(approval, 'Yes, approve');
    await until(async () => journey.logLines.length > 0);
    const [told] = await Promise.all([pressed, pressed.then(() => journey.stop())]);
    await journey.restart();

    assert.match(told, /You approved this/);
    await requester.sees(about(clear), REMOVED);
    assert.equal((await removalsOf(journey, clear)).length, 1);
  });

  it('F36: while it removes lets that call end, and sends it once', async () => {
    await waits(journey, clear);
    await slow({ method: 'PATCH', kind: 'apply-then-answer', status: 200 });
    await approves(manager, clear);
    await until(faultsAreUsedUp);

    await journey.restart();

    await requester.sees(about(clear), REMOVED);
    await manager.sees(about(clear), REMOVED);
    assert.equal((await removalsOf(journey, clear)).length, 1);
  });
}).timeout(30_000);
