import assert from 'node:assert/strict';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../../services/clock.ts';
import { asPerson } from '../../../../services/partner-center/partner-center.ts';
import { outboxKey, requestPartition } from '../../../../services/requests/change.ts';
import { Crash, on, personOf, type Workbench } from '../workbench.ts';

/** The bench begins at 10:00 UTC of this day. */
const TODAY = '2026-06-15';
const TOMORROW = '2026-06-16';
const [FIRST, SECOND, THIRD] = ['fabrikambikes', 'alpineskihouse', 'margiestravel'] as const;

async function waiting(bench: Workbench, id: string, who = 'ada', slot: 'request' | 'approval' = 'request') {
  const { rows } = await bench.store.read(requestPartition(id));
  return rows.get(outboxKey(who, slot))?.value as Readonly<Record<string, unknown>> | undefined;
}
async function allIsShown(bench: Workbench, id: string): Promise<void> {
  const { rows, version } = await bench.store.read(requestPartition(id));
  const keys = [...rows.keys()].filter((key) => key.startsWith('outbox:'));
  await bench.store.commit(
    requestPartition(id),
    version,
    keys.map((key) => ({ key, remove: true })),
  );
}
/** One that was sent, and one for which there is no place today. */
async function oneIsPlanned(bench: Workbench): Promise<readonly [sent: string, planned: string]> {
  const sent = await bench.send(FIRST);
  await bench.until(sent, 'pending');
  const planned = await bench.send(SECOND);
  await bench.settle(MINUTE_MS);
  return [sent, planned];
}
const readsOf = async (bench: Workbench, domain: string): Promise<number> => {
  const { id } = await bench.customer(domain);
  return (await bench.log()).filter(({ path }) => path === `/v1/customers/${id}/subscriptions`).length;
};

describe('a request for a removal, when as many were sent today as may be', () => {
  it(
    'is planned for the next day, asks nobody until then, and is sent then after reading everything again',
    on({ most: { removalsPerDay: 1 } }, async (bench) => {
      const [, id] = await oneIsPlanned(bench);

      const planned = await bench.request(id);
      assert.deepEqual([planned.state, planned.plannedFor], ['draft', { day: TOMORROW, most: 1 }]);
      assert.equal(await waiting(bench, id, 'bo', 'approval'), undefined);
      assert.deepEqual((await waiting(bench, id))?.['mode'], 'edit');
      const reads = await readsOf(bench, SECOND);

      bench.advance(13 * HOUR_MS);
      await bench.settle(MINUTE_MS);
      assert.equal((await bench.request(id)).state, 'draft');
      await bench.settle(2 * HOUR_MS);

      const sent = await bench.request(id);
      assert.deepEqual([sent.state, sent.plannedFor], ['pending', undefined]);
      assert.equal(sent.sentAt?.slice(0, 10), TOMORROW);
      assert.equal(await readsOf(bench, SECOND), reads + 1);
      // The clock of the approvers begins now.
      assert.equal(Date.parse(sent.approveBy ?? '') - Date.parse(sent.sentAt ?? ''), bench.policy.approvalTtlMs);
      assert.equal((await waiting(bench, id, 'bo', 'approval'))?.['headline'], 'approval-wanted');
    }),
  );

  it(
    'queues: each after the other, each on the first day with a place',
    on({ most: { removalsPerDay: 1 } }, async (bench) => {
      const ids = [];
      for (const name of [FIRST, SECOND, THIRD]) {
        ids.push(await bench.send(name));
        await bench.settle(MINUTE_MS);
      }

      const days = await Promise.all(ids.map(async (id) => (await bench.request(id)).plannedFor?.day));
      assert.deepEqual(days, [undefined, TOMORROW, '2026-06-17']);

      await bench.settle(3 * DAY_MS);
      const sentOn = await Promise.all(ids.map(async (id) => (await bench.request(id)).sentAt?.slice(0, 10)));
      assert.deepEqual(sentOn, [TODAY, TOMORROW, '2026-06-17']);
    }),
  );

  it(
    'is sent today where one of today’s was withdrawn',
    on({ most: { removalsPerDay: 1 } }, async (bench) => {
      const first = await bench.send(FIRST);
      await bench.until(first, 'pending');
      await bench.removals.withdraw(first, bench.click('ada'));

      const second = await bench.send(SECOND);
      await bench.until(second, 'pending');

      assert.equal((await bench.request(second)).sentAt?.slice(0, 10), TODAY);
    }),
  );

  it(
    'can be withdrawn, which makes room for another one on its day',
    on({ most: { removalsPerDay: 1 } }, async (bench) => {
      const [, planned] = await oneIsPlanned(bench);

      const withdrawn = await bench.removals.withdraw(planned, bench.click('ada'));
      const other = await bench.send(THIRD);
      await bench.settle(MINUTE_MS);

      assert.equal(withdrawn?.kind, 'changed');
      assert.equal((await bench.request(planned)).state, 'abandoned');
      assert.deepEqual((await bench.request(other)).plannedFor?.day, TOMORROW);
      await bench.settle(2 * DAY_MS);
      assert.equal((await bench.request(planned)).sentAt, undefined);
    }),
  );

  it(
    'does not lapse as a draft while it waits for its day',
    on({ most: { removalsPerDay: 1 } }, async (bench) => {
      await oneIsPlanned(bench);
      const third = await bench.send(THIRD);
      await bench.settle(MINUTE_MS);

      await bench.settle(1.5 * DAY_MS);

      assert.equal((await bench.request(third)).state, 'draft');
      await bench.until(third, 'pending', DAY_MS);
    }),
  );

  it(
    'comes back as a draft when something stands in the way on its day, and its requester is told',
    on({ most: { removalsPerDay: 1 } }, async (bench) => {
      const [, id] = await oneIsPlanned(bench);
      await allIsShown(bench, id);
      const { id: customerId } = await bench.customer(SECOND);
      await bench.world({ customerId, addSubscription: { class: 'legacy-licence' } });

      await bench.settle(15 * HOUR_MS);

      const { state, notSent, plannedFor } = await bench.request(id);
      assert.deepEqual(
        [state, notSent?.why, notSent?.plannedFor, plannedFor],
        ['draft', 'blocked', TOMORROW, undefined],
      );
      const told = await waiting(bench, id);
      assert.deepEqual([told?.['mode'], told?.['headline']], ['new', 'not-sent']);
      // It may lie for a day from now on, however long ago it was begun.
      bench.advance(20 * HOUR_MS);
      await bench.settle(MINUTE_MS);
      assert.equal((await bench.request(id)).state, 'draft');
      await bench.settle(6 * HOUR_MS);
      assert.equal((await bench.request(id)).state, 'abandoned');
    }),
  );

  for (const [who, why, lose] of [
    ['its requester', 'not-a-requester', (bench: Workbench) => bench.lists.requesters.splice(0)],
    ['its approver', 'not-an-approver', (bench: Workbench) => bench.lists.approvers.splice(0)],
  ] as const)
    it(
      `is not sent once ${who} has lost the role`,
      on({ most: { removalsPerDay: 1 } }, async (bench) => {
        const [, id] = await oneIsPlanned(bench);
        lose(bench);

        await bench.settle(15 * HOUR_MS);

        const { state, notSent } = await bench.request(id);
        assert.deepEqual([state, notSent?.why], ['draft', why]);
        assert.equal(await waiting(bench, id, 'bo', 'approval'), undefined);
      }),
    );

  const ADA = asPerson('ada');
  const isWaiting = async (bench: Workbench, id: string): Promise<void> => {
    const { state, waitingFor, plannedFor, notSent } = await bench.request(id);
    assert.deepEqual([state, waitingFor?.why, plannedFor?.day, notSent], ['draft', 'sign-in', TOMORROW, undefined]);
    const told = await waiting(bench, id);
    assert.deepEqual([told?.['mode'], told?.['headline']], ['new', 'sign-in']);
    assert.equal(await waiting(bench, id, 'bo', 'approval'), undefined);
  };

  it(
    'waits on its day for its requester where nobody can read in their name, keeps its place, and goes on when they press',
    on({ most: { removalsPerDay: 1 } }, async (bench) => {
      const [, id] = await oneIsPlanned(bench);
      await allIsShown(bench, id);
      bench.signedOut.add(ADA);
      bench.restart();
      const reads = await readsOf(bench, SECOND);

      await bench.settle(15 * HOUR_MS);

      await isWaiting(bench, id);
      assert.equal(await readsOf(bench, SECOND), reads);
      bench.signedOut.clear();
      const third = await bench.send(THIRD);
      bench.signedOut.add(ADA);
      assert.equal((await bench.removals.carryOut(id, bench.click('bo')))?.kind, 'refused');

      bench.signedOut.clear();
      assert.equal((await bench.removals.carryOut(id, bench.click('ada')))?.kind, 'changed');
      await bench.until(id, 'pending', MINUTE_MS);
      await bench.settle(MINUTE_MS);

      const sent = await bench.request(id);
      assert.deepEqual([sent.sentAt?.slice(0, 10), sent.waitingFor, sent.executor], [TOMORROW, undefined, undefined]);
      assert.equal((await waiting(bench, id, 'bo', 'approval'))?.['headline'], 'approval-wanted');
      assert.equal((await bench.request(third)).plannedFor?.day, '2026-06-17');
      assert.equal((await bench.removals.carryOut(id, bench.click('ada')))?.kind, 'refused');
    }),
  );

  for (const [who, why, lose] of [
    ['requester', 'not-a-requester', (bench: Workbench) => bench.lists.requesters.splice(0)],
    ['approver', 'not-an-approver', (bench: Workbench) => bench.lists.approvers.splice(0)],
  ] as const)
    it(
      `is not sent either where its ${who} has lost the role while it waited for a sign-in, planned or not`,
      on({}, async (bench) => {
        const id = await bench.send(FIRST);
        bench.signedOut.add(ADA);
        await bench.settle(HOUR_MS);
        assert.equal((await bench.request(id)).waitingFor?.why, 'sign-in');
        lose(bench);

        bench.signedOut.clear();
        await bench.settle(HOUR_MS);

        const { state, notSent } = await bench.request(id);
        assert.deepEqual([state, notSent?.why], ['draft', why]);
        assert.equal(await waiting(bench, id, 'bo', 'approval'), undefined);
      }),
    );

  it(
    'goes on by itself once its requester has signed in elsewhere',
    on({ most: { removalsPerDay: 1 } }, async (bench) => {
      const [, id] = await oneIsPlanned(bench);
      bench.signedOut.add(ADA);
      await bench.settle(20 * HOUR_MS);
      await isWaiting(bench, id);

      bench.signedOut.clear();
      await bench.until(id, 'pending', 10 * MINUTE_MS);
    }),
  );

  it(
    'waits, too, where Partner Center does not accept how they are signed in, and asks nothing again with that',
    on({ most: { removalsPerDay: 1 } }, async (bench) => {
      const [, id] = await oneIsPlanned(bench);
      await bench.faults([{ path: '/subscriptions$', status: 401, times: 100 }]);

      await bench.settle(15 * HOUR_MS);

      await isWaiting(bench, id);
      assert.equal((await bench.request(id)).waitingFor?.refused?.fault, 'unauthorised');
      const reads = await readsOf(bench, SECOND);
      await bench.settle(HOUR_MS);
      assert.equal(await readsOf(bench, SECOND), reads);
      await bench.faults([]);
      await bench.removals.carryOut(id, bench.click('ada'));
      await bench.until(id, 'pending', MINUTE_MS);
    }),
  );

  it(
    'is dropped after a day of waiting, and its requester is told',
    on({ most: { removalsPerDay: 1 } }, async (bench) => {
      const [, id] = await oneIsPlanned(bench);
      bench.signedOut.add(ADA);
      await bench.settle(15 * HOUR_MS);
      await allIsShown(bench, id);

      await bench.settle(22 * HOUR_MS);
      assert.equal((await bench.request(id)).state, 'draft');
      await bench.settle(2 * HOUR_MS);

      const { state, waitingFor } = await bench.request(id);
      assert.deepEqual([state, waitingFor], ['abandoned', undefined]);
      const told = await waiting(bench, id);
      assert.deepEqual([told?.['mode'], told?.['headline']], ['new', 'not-sent']);
    }),
  );

  it(
    'keeps its day over a crash, wherever a commit was the last thing that happened',
    on({ most: { removalsPerDay: 1 } }, async (bench) => {
      const first = await bench.send(FIRST);
      await bench.until(first, 'pending');
      const id = await bench.send(SECOND);
      for (let commits = 0, isDone = false; !isDone; commits++) {
        let left = commits;
        bench.aroundCommit = (moment) => {
          if (moment === 'after' && left-- <= 0) throw new Crash();
        };
        isDone = await bench.settle(MINUTE_MS).then(
          () => true,
          (error: unknown) => {
            assert.ok(error instanceof Crash);
            bench.restart();
            return false;
          },
        );
        assert.ok(commits < 30);
      }

      assert.deepEqual((await bench.request(id)).plannedFor?.day, TOMORROW);
      const { rows } = await bench.store.read('limits:removals');
      assert.deepEqual([...rows.keys()].sort(), [`${TODAY}:${first}`, `${TOMORROW}:${id}`].sort());
    }),
  );

  it(
    'is on the record as planned, with its day',
    on({ most: { removalsPerDay: 1 } }, async (bench) => {
      const [, id] = await oneIsPlanned(bench);

      const entry = (await bench.audit(id)).find(({ action }) => action === 'request.planned');
      assert.deepEqual(entry?.detail, { day: TOMORROW });
    }),
  );
});

describe('suspensions, when fewer are left for today than were confirmed', () => {
  it(
    'are begun as far as they go, and the rest is not begun',
    on({ most: { suspensionsPerDay: 2 } }, async (bench) => {
      const id = await bench.suspend('contoso');
      await bench.settle(MINUTE_MS);

      assert.equal((await bench.steps(id)).length, 2);
      assert.equal((await bench.suspensionCalls()).length, 2);
      assert.equal((await bench.removals.suspensionsLeft()).count, 0);
    }),
  );

  it(
    'are refused when none are left, and nothing was opened for it',
    on({ most: { suspensionsPerDay: 2 } }, async (bench) => {
      await bench.suspend('contoso');
      await bench.settle(MINUTE_MS);
      const customer = await bench.customer('contosobakery');
      const readiness = await bench.readiness('contosobakery');

      const asked = await bench.removals.clear({
        ...{ action: 'suspend', person: personOf('ada'), readiness, customer },
        holdingIds: readiness.offers.map(({ holdingId }) => holdingId),
      });

      assert.deepEqual(asked, { kind: 'refused', why: 'no-suspensions-left' });
      assert.equal(await bench.removals.ofCustomer(customer.id), undefined);
    }),
  );

  it(
    'go on the next day',
    on({ most: { suspensionsPerDay: 2 } }, async (bench) => {
      await bench.suspend('contoso');
      await bench.settle(MINUTE_MS);
      bench.advance(14 * HOUR_MS);

      await bench.suspend('contoso');
      await bench.settle(MINUTE_MS);

      assert.equal((await bench.suspensionCalls()).length, 3);
    }),
  );

  it(
    'do not keep anything from being given back',
    on({ most: { suspensionsPerDay: 2 } }, async (bench) => {
      const id = await bench.suspend('contosobakery');
      await bench.settle(MINUTE_MS);

      await bench.clear('contosobakery', 'reactivate');
      await bench.settle(MINUTE_MS);

      assert.ok((await bench.steps(id)).every(({ action, state }) => action === 'reactivate' && state === 'done'));
    }),
  );

  it(
    'are not counted twice for two clicks of the same yes',
    on({ most: { suspensionsPerDay: 2 } }, async (bench) => {
      const readiness = await bench.readiness('contosobakery');
      const customer = await bench.customer('contosobakery');
      const asked = {
        ...{ action: 'suspend' as const, person: personOf('ada'), readiness, customer },
        holdingIds: readiness.offers.filter(({ action }) => action === 'suspend').map(({ holdingId }) => holdingId),
      };

      const answers = [await bench.removals.clear(asked), await bench.removals.clear(asked)];
      await bench.settle(MINUTE_MS);

      assert.deepEqual(
        answers.map(({ kind }) => kind),
        ['changed', 'changed'],
      );
      assert.equal((await bench.suspensionCalls()).length, 2);
    }),
  );
});

describe('a requester with as many requests on their way as one may have', () => {
  it(
    'can send another one only once one has ended',
    on({ most: { openPerRequester: 1 } }, async (bench) => {
      const first = await bench.send(FIRST);
      await bench.until(first, 'pending');
      const customer = await bench.customer(SECOND);
      const send = () =>
        bench.removals.send({
          ...{ person: personOf('ada'), customer },
          form: {
            ...{ reason: 'They move to another partner.', domain: customer.domain, approver: 'bo' },
            ...{ notice: true, nextProvider: true },
          },
        });

      assert.deepEqual(await send(), { kind: 'refused', why: 'too-many-open' });
      assert.equal(await bench.removals.ofCustomer(customer.id), undefined);

      await bench.removals.withdraw(first, bench.click('ada'));
      assert.equal((await send()).kind, 'changed');
    }),
  );

  it(
    'sees the one that is on its way when it is sent twice',
    on({ most: { openPerRequester: 1 } }, async (bench) => {
      await bench.send(FIRST);

      await assert.rejects(bench.send(FIRST), /request-open/);
    }),
  );

  it(
    'can clear what stands in the way of others: drafts are not counted',
    on({ most: { openPerRequester: 1 } }, async (bench) => {
      await bench.send(FIRST);

      await bench.suspend('contoso');
      await bench.suspend('contosobakery');

      assert.equal((await bench.removals.openOf('ada')).count, 1);
    }),
  );
});
