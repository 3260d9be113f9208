import assert from 'node:assert/strict';
import { HOUR_MS, MINUTE_MS } from '../../../../services/clock.ts';
import { asPerson } from '../../../../services/partner-center/partner-center.ts';
import { onThree, DOMAIN } from '../cancelling/cancelling-on.ts';
import { Crash, on, onRemoval, onSuspension, personOf, type Workbench, type WorkbenchOptions } from '../workbench.ts';

const CLEAR = 'fabrikambikes';
const EVERYBODY = ['ada', 'ada-admin', 'bo', 'bo-admin', 'cy', 'dan', 'eve'];
const twoNeeded: WorkbenchOptions = { policy: { approvalsRequired: 2 } };

/** Nobody knows what became of the removal call. */
async function unknown(bench: Workbench, id: string): Promise<void> {
  await bench.faults([onRemoval({ kind: 'apply-then-reset' })]);
  await bench.until(id, 'unknown');
}

/** Who of everybody may not close it, all of them being auditors. */
async function partners(bench: Workbench, id: string): Promise<readonly string[]> {
  const { auditors } = bench.lists as { auditors: string[] };
  auditors.push(...EVERYBODY);
  assert.equal((await bench.request(id)).state, 'unknown');
  const barred: string[] = [];
  for (const person of EVERYBODY) {
    // Too short a reason, so that it stays as it is.
    const tried = await bench.removals.close(id, { ...bench.click(person), reason: 'no' });
    assert.ok(tried?.kind === 'refused');
    if (tried.why === 'has-a-part') barred.push(person);
    else assert.equal(tried.why, 'reason-too-short');
  }
  return barred;
}

describe('a request is closed by nobody who has had a part in it', () => {
  it(
    'such as whoever asked and whoever approved, by whichever account',
    on({}, async (bench) => {
      const id = await bench.approved(CLEAR);
      await unknown(bench, id);

      assert.deepEqual(await partners(bench, id), ['ada', 'ada-admin', 'bo', 'bo-admin']);
    }),
  );

  it(
    'such as somebody whose approval counts no longer',
    on(twoNeeded, async (bench) => {
      const id = await bench.send(CLEAR);
      await bench.settle(0);
      await bench.approve(id, 'bo');
      bench.lists.approvers.splice(bench.lists.approvers.indexOf('bo'), 1);
      await bench.approve(id, 'cy');
      bench.lists.approvers.push('eve');
      await bench.approve(id, 'eve');
      assert.deepEqual(
        (await bench.request(id)).approvals.map(({ by }) => by.id),
        ['cy', 'eve'],
      );
      await unknown(bench, id);

      assert.deepEqual(await partners(bench, id), ['ada', 'ada-admin', 'bo', 'bo-admin', 'cy', 'eve']);
    }),
  );

  it(
    'such as whoever was to carry it out before somebody else did',
    on({}, async (bench) => {
      const id = await bench.approved(CLEAR);
      bench.signedOut.add(asPerson('bo')).add('bot');
      await bench.settle(MINUTE_MS);
      await bench.removals.carryOut(id, bench.click('cy'));
      bench.signedOut.add(asPerson('cy')).delete(asPerson('bo'));
      await bench.settle(MINUTE_MS);
      await bench.removals.carryOut(id, bench.click('bo'));
      await unknown(bench, id);

      assert.equal((await bench.request(id)).removal?.actAs, 'person:bo');
      assert.deepEqual(await partners(bench, id), ['ada', 'ada-admin', 'bo', 'bo-admin', 'cy']);
    }),
  );

  it(
    'such as whoever has passed it on, and not whoever was asked and did nothing',
    on({}, async (bench) => {
      const id = await bench.send(CLEAR);
      await bench.settle(0);
      await bench.people.learn(personOf('eve'));
      bench.lists.approvers.push('eve');
      await bench.removals.pass(id, { ...bench.click('bo'), to: 'cy' });
      await bench.removals.pass(id, { ...bench.click('ada'), to: 'eve' });
      await bench.approve(id, 'eve');
      await unknown(bench, id);

      assert.deepEqual(await partners(bench, id), ['ada', 'ada-admin', 'bo', 'bo-admin', 'eve']);
    }),
  );

  it(
    'such as whoever has confirmed a suspension that it took over',
    on({}, async (bench) => {
      const { id: customerId } = await bench.customer('northwindtraders');
      const first = await bench.suspend('northwindtraders');
      await bench.settle(MINUTE_MS);
      await bench.removals.withdraw(first, bench.click('ada'));
      const customer = await bench.customer('northwindtraders');
      for (const person of ['bo', 'dan']) await bench.people.learn(personOf(person));
      const asked = await bench.removals.send({
        person: personOf('dan'),
        customer,
        form: {
          ...{ reason: 'They move to another partner.', domain: customer.domain, approver: 'bo' },
          ...{ notice: true, nextProvider: true },
        },
      });
      assert.ok(asked.kind === 'changed', JSON.stringify(asked));
      const { id } = asked.record.request;
      assert.equal(asked.record.request.customer.id, customerId);
      await bench.until(id, 'pending');
      await bench.approve(id);
      await unknown(bench, id);

      assert.deepEqual(await partners(bench, id), ['ada', 'ada-admin', 'bo', 'bo-admin', 'dan']);
    }),
  );

  it(
    'such as whoever began a cancellation that somebody else went on with',
    onThree(async (bench) => {
      const id = await bench.approvedCancellation(DOMAIN);
      bench.aroundChange = () => {
        throw new Crash();
      };
      await assert.rejects(bench.settle(MINUTE_MS), Crash);
      bench.restart();
      bench.signedOut.add(asPerson('bo')).add('bot');
      await bench.settle(MINUTE_MS);
      await bench.faults([onSuspension({ status: 500, times: 100 })]);
      await bench.removals.carryOut(id, bench.click('cy'));
      await bench.until(id, 'unknown', HOUR_MS);

      assert.deepEqual(await partners(bench, id), ['ada', 'ada-admin', 'bo', 'bo-admin', 'cy']);
    }),
  );

  it(
    'and by a try that was refused nobody takes part',
    on({}, async (bench) => {
      const id = await bench.send(CLEAR);
      await bench.settle(0);
      for (const person of ['eve', 'dan']) await bench.removals.approve(id, bench.click(person));
      await bench.approve(id);
      await unknown(bench, id);

      assert.ok((await bench.audit(id)).some(({ action, actor }) => action === 'refused' && actor === asPerson('eve')));
      assert.deepEqual(await partners(bench, id), ['ada', 'ada-admin', 'bo', 'bo-admin']);
    }),
  );
});
