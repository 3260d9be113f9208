import assert from 'node:assert/strict';
import { HOUR_MS, MINUTE_MS, SECOND_MS } from '../../../../services/clock.ts';
import { asPerson } from '../../../../services/partner-center/partner-center.ts';
import { outboxKey, requestPartition } from '../../../../services/requests/change.ts';
import { Crash, on, onRemoval, personOf, type Workbench } from '../workbench.ts';

const BO = asPerson('bo');
const unique = <T>(values: readonly T[]): readonly T[] => [...new Set(values)];

/** Who has called Partner Center since. */
async function callers(bench: Workbench, since: number): Promise<readonly (string | undefined)[]> {
  return unique((await bench.log()).slice(since).map(({ caller }) => caller));
}

/** When the process that got the click ends: before the intent, or around the call. */
type Moment = 'before the intent' | 'between the intent and the call' | 'after the call';

/** The process that got the click ends; the next one has nothing that Bo gave it. @returns the calls there were. */
async function killed(bench: Workbench, id: string, moment: Moment): Promise<number> {
  bench.aroundChange = (around) => {
    if ((around === 'before') === (moment === 'between the intent and the call')) throw new Crash();
  };
  if (moment !== 'before the intent') await assert.rejects(bench.step(), Crash);
  assert.equal((await bench.request(id)).state, moment === 'before the intent' ? 'approved' : 'executing');
  bench.restart();
  return (await bench.log()).length;
}

const moments: readonly Moment[] = ['before the intent', 'between the intent and the call', 'after the call'];

describe('work in a person’s name', () => {
  it(
    'says so where it is due, and is in the hands of the process that got the click',
    on({}, async (bench) => {
      const id = await bench.approved('fabrikambikes');

      const { rows } = await bench.store.read(requestPartition(id));

      assert.deepEqual(rows.get('run')?.value, { actAs: BO });
      assert.deepEqual(rows.get('clock')?.value, { actAs: 'bot' });
      assert.equal(rows.get('run')?.lease?.owner, 'bench/1');
    }),
  );

  it(
    'is done with that person’s token, and no other',
    on({}, async (bench) => {
      await bench.approved('fabrikambikes');
      const before = (await bench.log()).length;

      await bench.settle();

      assert.deepEqual(await callers(bench, before), ['bo']);
    }),
  );
});

describe('a request that was handed in when the process ended', () => {
  it(
    'waits for its requester, and is sent once they have signed in',
    on({}, async (bench) => {
      const id = await bench.send('fabrikambikes');
      bench.signedOut.add(asPerson('ada'));
      bench.restart();

      await bench.settle(3 * MINUTE_MS);

      const { state, waitingFor, notSent } = await bench.request(id);
      assert.deepEqual([state, waitingFor?.why, notSent], ['draft', 'sign-in', undefined]);
      bench.signedOut.clear();
      await bench.removals.carryOut(id, bench.click('ada'));
      await bench.until(id, 'pending', MINUTE_MS);
      await bench.approve(id);
      await bench.until(id, 'done');
      assert.deepEqual(
        (await bench.removalCalls()).map(({ caller }) => caller),
        ['bo'],
      );
    }),
  );
});

describe('a large group of approvers', () => {
  const others = Array.from({ length: 150 }, (_, n) => `approver-${n}`);

  it(
    'does not get a card each when somebody has to sign in; whoever takes it over without one gets it',
    on({}, async (bench) => {
      bench.lists.approvers.push(...others);
      await bench.people.learn(personOf('approver-120'));
      const id = await bench.approved('fabrikambikes');
      bench.signedOut.add(BO);
      bench.restart();

      await bench.settle(MINUTE_MS);

      const { waitingFor, alsoTold = [] } = await bench.request(id);
      assert.equal(waitingFor?.why, 'sign-in');
      const { rows } = await bench.store.read(requestPartition(id));
      const cards = [...rows.keys()].filter((key) => key.startsWith('outbox:') && key.endsWith(':approval'));
      assert.equal(cards.length, 10);
      assert.ok(alsoTold.includes('approver-120'));

      await bench.removals.carryOut(id, bench.click('approver-149'));
      await bench.until(id, 'done');

      assert.deepEqual(
        (await bench.removalCalls()).map(({ caller }) => caller),
        ['approver-149'],
      );
      const after = (await bench.store.read(requestPartition(id))).rows;
      assert.ok(after.has(outboxKey('approver-149', 'approval')));
    }),
  );
});

describe('a process that can act for everybody', () => {
  for (const moment of moments)
    it(
      `goes on to the end where another was killed ${moment}`,
      on({}, async (bench) => {
        const id = await bench.approved('fabrikambikes');
        await killed(bench, id, moment);

        await bench.until(id, 'done');

        assert.equal((await bench.removalCalls()).length, 1);
      }),
    );
});

describe('a process that got no click', () => {
  for (const hasOwn of [true, false])
    for (const moment of moments)
      it(
        `only reads, with ${hasOwn ? 'its own' : 'no'} credential, where another was killed ${moment}, and says who is waited for`,
        on({}, async (bench) => {
          const id = await bench.approved('fabrikambikes');
          const before = await killed(bench, id, moment);
          const sent = (await bench.removalCalls()).length;
          bench.signedOut.add(BO);
          if (!hasOwn) bench.signedOut.add('bot');

          await bench.settle(10 * SECOND_MS);
          const { state, waitingFor, removal } = await bench.request(id);
          const late = await bench.log();

          assert.equal((await bench.removalCalls()).length, sent, 'the call was made in a name it has no token for');
          assert.ok(late.slice(before).every(({ method, caller }) => method === 'GET' && caller === 'app-only'));
          if (hasOwn && moment === 'after the call') {
            assert.equal(state, 'done');
            return;
          }
          assert.equal(waitingFor?.why, 'sign-in');
          assert.equal(state, moment === 'before the intent' ? 'approved' : 'unknown');
          if (!hasOwn) assert.equal(late.length, before, 'it called without a token');

          bench.signedOut.clear();
          await bench.until(id, 'done');
          const calls = await bench.removalCalls();
          assert.equal(calls.length, 1);
          assert.ok(calls.every(({ caller }) => caller === 'bo'));
          if (removal) assert.deepEqual(unique(calls.map(({ requestId }) => requestId)), [removal.requestId]);
        }),
      );

  it(
    'never takes one look of its own for a proof that the call was not carried out',
    on({ switches: { staleListMs: 40 * SECOND_MS } }, async (bench) => {
      const id = await bench.approved('fabrikambikes');
      await killed(bench, id, 'after the call');
      bench.signedOut.add(BO);

      await bench.settle(HOUR_MS);

      assert.equal((await bench.request(id)).state, 'done');
      assert.equal((await bench.removalCalls()).length, 1);
    }),
  );

  it(
    'lets an approval run out while it waits',
    on({}, async (bench) => {
      const id = await bench.approved('fabrikambikes');
      bench.signedOut.add(BO);

      await bench.settle(2 * HOUR_MS);

      assert.equal((await bench.request(id)).state, 'expired');
      assert.deepEqual(await bench.removalCalls(), []);
    }),
  );

  it(
    'says that a call that was turned away is not made again once its approval has run out',
    on({}, async (bench) => {
      const id = await bench.approved('fabrikambikes');
      await bench.faults([onRemoval({ status: 429, headers: { 'Retry-After': '5' } })]);
      await bench.step();
      bench.signedOut.add(BO).add('bot');

      await bench.settle(3 * HOUR_MS);

      assert.equal((await bench.request(id)).state, 'expired');
      assert.equal((await bench.removalCalls()).length, 1);
    }),
  );
});

describe('a sign-in that Partner Center does not accept', () => {
  const refused = { status: 401, code: '900421', description: 'The token does not carry the MFA claim.' };

  it(
    'at the call is waited for: nothing was changed, and nothing is tried with it again',
    on({}, async (bench) => {
      const id = await bench.approved('fabrikambikes');
      await bench.faults([onRemoval(refused)]);

      await bench.settle(30 * MINUTE_MS);

      const { state, waitingFor } = await bench.request(id);
      assert.deepEqual([state, waitingFor?.why, waitingFor?.refused?.code], ['executing', 'sign-in', '900421']);
      assert.equal((await bench.removalCalls()).length, 1);
    }),
  );

  it(
    'at reading is waited for, before anything is sent',
    on({}, async (bench) => {
      const id = await bench.approved('fabrikambikes');
      await bench.faults([{ method: 'GET', path: '/entitlements$', ...refused }]);

      await bench.settle(30 * MINUTE_MS);

      const { state, waitingFor } = await bench.request(id);
      assert.deepEqual([state, waitingFor?.why, waitingFor?.refused?.meaning], ['approved', 'sign-in', 'needs-mfa']);
      assert.deepEqual(await bench.removalCalls(), []);
    }),
  );
});

describe('a sign-in that Partner Center does not accept at looking for what got no answer', () => {
  it(
    'is waited for, and not looked with again; the call keeps its id',
    on({}, async (bench) => {
      const id = await bench.approved('fabrikambikes');
      await bench.faults([onRemoval({ status: 503 })]);
      bench.signedOut.add('bot');
      await bench.until(id, 'unknown');
      await bench.faults([{ method: 'GET', path: '/customers', status: 401, code: '900421', times: 3 }]);

      await bench.settle(MINUTE_MS);
      const before = (await bench.log()).length;
      assert.equal((await bench.request(id)).waitingFor?.why, 'sign-in');
      await bench.settle(20 * MINUTE_MS);
      assert.equal((await bench.log()).length, before);

      await bench.removals.carryOut(id, bench.click('cy'));
      await bench.until(id, 'done');
      const calls = await bench.removalCalls();
      assert.deepEqual(unique(calls.map(({ requestId }) => requestId)).length, 1);
    }),
  );
});

describe('somebody who signs in and removes', () => {
  const signedOut = (bench: Workbench): void => {
    bench.signedOut.add(BO).add('bot');
  };

  for (const person of ['bo', 'cy'])
    for (const moment of moments)
      it(
        `(${person}) goes on where a process was killed ${moment}, with their own token and the same call`,
        on({}, async (bench) => {
          const id = await bench.approved('fabrikambikes');
          await killed(bench, id, moment);
          const sent = await bench.removalCalls();
          signedOut(bench);
          await bench.settle(10 * SECOND_MS);
          const { removal } = await bench.request(id);
          if (person === 'bo') bench.signedOut.delete(BO);
          const before = (await bench.log()).length;

          const decision = await bench.removals.carryOut(id, bench.click(person));
          await bench.until(id, 'done');

          assert.equal(decision?.kind, 'changed');
          assert.deepEqual(await callers(bench, before), [person]);
          const calls = await bench.removalCalls();
          assert.equal(calls.length, 1);
          if (removal) assert.equal(calls[0]?.requestId, removal.requestId);
          if (sent.length === 0) assert.equal(calls[0]?.caller, person);
          const taken = (await bench.audit(id)).find(({ action }) => action === 'request.taken-over');
          assert.equal(taken?.actor, `person:${person}`);
          assert.equal(taken.detail?.['from'], person === 'bo' ? undefined : 'bo');
        }),
      );

  it(
    'is told to sign in where this process has no token of theirs, and nothing has changed',
    on({}, async (bench) => {
      const id = await bench.approved('fabrikambikes');
      signedOut(bench);
      await bench.settle(10 * SECOND_MS);

      const decision = await bench.removals.carryOut(id, bench.click('bo'));

      assert.deepEqual([decision?.kind, decision?.kind === 'refused' && decision.why], ['refused', 'sign-in']);
      assert.equal((await bench.request(id)).waitingFor?.why, 'sign-in');
      assert.ok(
        (await bench.audit(id)).some(({ action, detail }) => action === 'refused' && detail?.['why'] === 'sign-in'),
      );
    }),
  );

  it(
    'does not take it over where Partner Center does not let them read the customer',
    on({}, async (bench) => {
      const id = await bench.approved('fabrikambikes');
      signedOut(bench);
      await bench.settle(10 * SECOND_MS);
      await bench.faults([{ method: 'GET', path: '/customers/[^/]+$', status: 403, code: '2032' }]);

      const decision = await bench.removals.carryOut(id, bench.click('cy'));

      assert.equal(decision?.kind === 'refused' && decision.why, 'no-access');
      assert.equal((await bench.request(id)).executor?.id, 'bo');
    }),
  );

  it(
    'sends it again with another sign-in where Partner Center did not accept the first one',
    on({}, async (bench) => {
      const id = await bench.approved('fabrikambikes');
      await bench.faults([onRemoval({ status: 401, code: '900421' })]);
      await bench.settle(5 * MINUTE_MS);

      const decision = await bench.removals.carryOut(id, bench.click('bo'));
      await bench.until(id, 'done');

      assert.equal(decision?.kind, 'changed');
      assert.equal((await bench.removalCalls()).length, 2);
      assert.equal((await bench.audit(id)).filter(({ detail }) => detail?.['unknown'] === true).length, 0);
    }),
  );

  it(
    'does not make a call again whose approval has run out, though it can be looked after',
    on({}, async (bench) => {
      const id = await bench.approved('fabrikambikes');
      await killed(bench, id, 'between the intent and the call');
      signedOut(bench);
      await bench.settle(2 * HOUR_MS);
      assert.equal((await bench.request(id)).state, 'unknown');

      await bench.removals.carryOut(id, bench.click('cy'));
      await bench.settle(HOUR_MS);

      assert.equal((await bench.request(id)).state, 'expired');
      assert.deepEqual(await bench.removalCalls(), []);
    }),
  );

  it(
    'is one of many who press at once',
    on({}, async (bench) => {
      const id = await bench.approved('fabrikambikes');
      signedOut(bench);
      await bench.settle(10 * SECOND_MS);

      const kinds = await Promise.all(
        ['cy', 'cy', 'bo-admin', 'cy'].map(async (one) => (await bench.removals.carryOut(id, bench.click(one)))?.kind),
      );
      await bench.until(id, 'done');

      assert.equal(kinds.filter((kind) => kind === 'changed').length, 1);
      assert.equal((await bench.removalCalls()).length, 1);
    }),
  );
});

describe('a removal that is carried out in the requester’s name', () => {
  const asRequester = { policy: { executeAs: 'requester' as const } };

  it(
    'waits for *Remove now*, and is made with the requester’s token',
    on(asRequester, async (bench) => {
      const id = await bench.approved('fabrikambikes');
      await bench.settle(30 * MINUTE_MS);
      const { state, waitingFor } = await bench.request(id);
      assert.deepEqual([state, waitingFor?.why], ['approved', 'remove-now']);
      assert.deepEqual(await bench.removalCalls(), []);

      await bench.removals.carryOut(id, bench.click('ada'));
      await bench.until(id, 'done');

      assert.deepEqual(
        (await bench.removalCalls()).map(({ caller }) => caller),
        ['ada'],
      );
    }),
  );

  it(
    'is void where something has changed for the worse meanwhile',
    on(asRequester, async (bench) => {
      const id = await bench.approved('fabrikambikes');
      const { id: customerId } = await bench.customer('fabrikambikes');
      await bench.world({ customerId, addSubscription: { class: 'legacy-licence' } });

      await bench.removals.carryOut(id, bench.click('ada'));
      await bench.settle();

      assert.equal((await bench.request(id)).state, 'void');
      assert.deepEqual(await bench.removalCalls(), []);
    }),
  );

  it(
    'expires where nobody says so',
    on(asRequester, async (bench) => {
      const id = await bench.approved('fabrikambikes');

      await bench.settle(2 * HOUR_MS);

      assert.equal((await bench.request(id)).state, 'expired');
      assert.equal((await bench.removals.carryOut(id, bench.click('ada')))?.kind, 'refused');
    }),
  );

  it(
    'is approved while the requester is away: the customer is read in their name when they act',
    on(asRequester, async (bench) => {
      const id = await bench.send('fabrikambikes');
      await bench.settle();
      bench.signedOut.add(asPerson('ada'));

      await bench.approve(id);
      const early = await bench.removals.carryOut(id, bench.click('ada'));
      bench.signedOut.clear();
      await bench.removals.carryOut(id, bench.click('ada'));
      await bench.until(id, 'done');

      assert.equal(early?.kind === 'refused' && early.why, 'sign-in');
      assert.equal((await bench.removalCalls()).length, 1);
    }),
  );

  it(
    'is waited for again after a crash, for the requester alone',
    on(asRequester, async (bench) => {
      const id = await bench.approved('fabrikambikes');
      await bench.removals.carryOut(id, bench.click('ada'));
      await killed(bench, id, 'between the intent and the call');
      bench.signedOut.add(asPerson('ada'));
      await bench.settle(10 * SECOND_MS);
      const { waitingFor, alsoTold } = await bench.request(id);
      assert.deepEqual([waitingFor?.why, alsoTold], ['sign-in', undefined]);
      assert.equal((await bench.removals.carryOut(id, bench.click('cy')))?.kind, 'refused');

      bench.signedOut.clear();
      await bench.removals.carryOut(id, bench.click('ada'));
      await bench.until(id, 'done');

      assert.equal((await bench.removalCalls()).length, 1);
    }),
  );
});
