import assert from 'node:assert/strict';
import type { Subscription } from '../../../../sandbox/partner-center/world/records.ts';
import { HOUR_MS, MINUTE_MS } from '../../../../services/clock.ts';
import { stillSuspended, undoOf } from '../../../../services/requests/giving-back/giving-back.ts';
import { Crash, on, onRemoval, onSuspension, personOf, type Workbench } from '../workbench.ts';

const held = async (bench: Workbench, domain: string): Promise<readonly Subscription[]> =>
  bench.stand.world.customer((await bench.customer(domain)).id)!.holdings.subscriptions;
const statuses = async (bench: Workbench, domain: string) => (await held(bench, domain)).map(({ status }) => status);
const isAllActive = async (bench: Workbench, domain: string) =>
  (await statuses(bench, domain)).every((status) => status === 'active');
const reactivations = async (bench: Workbench) =>
  (await bench.suspensionCalls()).filter(({ body }) => (body as { readonly status?: string }).status === 'active');
const left = async (bench: Workbench, id: string) => undoOf(await bench.record(id)).items.map(({ name }) => name);

/** Everything suspended, asked for, and declined. */
const declined = async (bench: Workbench, domain: string): Promise<string> => {
  const id = await bench.suspend(domain);
  await bench.settle(MINUTE_MS);
  await bench.send(domain);
  await bench.settle(MINUTE_MS);
  await bench.removals.decline(id, { ...bench.click('bo'), reason: 'Not before the audit.' });
  await bench.settle(MINUTE_MS);
  return id;
};
/** Ada confirms that everything on the list is given back. */
const giveBack = async (bench: Workbench, id: string, person = 'ada') => {
  const holdingIds = undoOf(await bench.record(id)).items.map(({ holdingId }) => holdingId);
  return bench.removals.giveBack(id, { ...bench.click(person), holdingIds });
};

describe('what a declined request has left suspended', () => {
  it(
    'is active again when its requester says so, the add-on with its base, each sent once',
    on({}, async (bench) => {
      const id = await declined(bench, 'contoso');
      assert.equal(await isAllActive(bench, 'contoso'), false);

      assert.equal((await giveBack(bench, id))?.kind, 'changed');
      await bench.settle(5 * MINUTE_MS);

      assert.ok(await isAllActive(bench, 'contoso'), String(await statuses(bench, 'contoso')));
      const paths = (await reactivations(bench)).map(({ path }) => path);
      assert.equal(new Set(paths).size, paths.length);
      assert.deepEqual(await left(bench, id), []);
      assert.equal((await bench.request(id)).state, 'declined');
    }),
  );

  it(
    'is told and given back also where an auditor has closed it, since nobody knows whether the customer is ours still',
    on({}, async (bench) => {
      const id = await bench.suspend('northwindtraders');
      await bench.settle(MINUTE_MS);
      await bench.approved('northwindtraders');
      await bench.faults([onRemoval({ kind: 'reset' })]);
      await bench.until(id, 'unknown');
      (bench.lists.auditors as string[]).push('gus');
      const closed = await bench.removals.close(id, { ...bench.click('gus'), reason: 'They are our customer still.' });
      assert.equal(closed?.kind, 'changed');

      await bench.settle(25 * HOUR_MS);

      assert.ok((await bench.outbox(id)).some(({ headline }) => headline === 'still-suspended'));
      assert.notDeepEqual(stillSuspended(await bench.record(id)), []);
      assert.equal((await giveBack(bench, id))?.kind, 'changed');
      await bench.settle(MINUTE_MS);
      assert.ok(await isAllActive(bench, 'northwindtraders'));
    }),
  );

  it(
    'is no matter of anybody where it was closed and the customer is gone',
    on({}, async (bench) => {
      const id = await bench.suspend('northwindtraders');
      await bench.settle(MINUTE_MS);
      await bench.approved('northwindtraders');
      await bench.faults([onRemoval({ kind: 'apply-then-reset' })]);
      await bench.until(id, 'unknown');
      (bench.lists.auditors as string[]).push('gus');
      await bench.removals.close(id, { ...bench.click('gus'), reason: 'They are gone, as support says.' });

      await bench.settle(25 * HOUR_MS);

      assert.ok((await bench.outbox(id)).every(({ headline }) => headline !== 'still-suspended'));
      assert.deepEqual(await left(bench, id), []);
    }),
  );

  it(
    'is sent in the requester’s own name, with an intent before and an outcome after each call',
    on({}, async (bench) => {
      const id = await declined(bench, 'northwindtraders');
      const { length } = await bench.audit(id);

      await giveBack(bench, id);
      await bench.settle(MINUTE_MS);

      assert.deepEqual(
        (await bench.audit(id)).slice(length).map(({ action, actor }) => [action, actor]),
        ['step.asked', 'step.intent', 'step.outcome', 'step.verified'].map((action) => [action, 'person:ada']),
      );
    }),
  );

  it(
    'is shown on the card of the request, by edits, as it comes back',
    on({}, async (bench) => {
      const id = await declined(bench, 'northwindtraders');
      const rows = async () => (await bench.store.read(`request:${id}`)).rows;
      const shown = (await rows()).get('outbox:ada:request')?.value as { readonly n: number };

      await giveBack(bench, id);
      await bench.settle(MINUTE_MS);

      const later = (await rows()).get('outbox:ada:request')?.value as { readonly n: number };
      assert.ok(later.n >= shown.n + 3, 'begun, sent, and done');
    }),
  );

  for (const [who, why, isRecorded] of [
    ['dan', 'not-the-requester', true],
    ['eve', 'not-the-requester', true],
    ['ada-admin', 'not-the-requester', true],
  ] as const)
    it(
      `is not given back by ${who}, and that they tried is on the record`,
      on({}, async (bench) => {
        const id = await declined(bench, 'northwindtraders');

        const given = await giveBack(bench, id, who);

        assert.ok(given?.kind === 'refused');
        assert.equal(given.why, why);
        await bench.settle(MINUTE_MS);
        assert.deepEqual(await reactivations(bench), []);
        const { action, actor, detail } = (await bench.audit(id)).at(-1)!;
        assert.equal(action === 'refused' && actor === `person:${who}` && detail?.['why'] === why, isRecorded);
      }),
    );

  it(
    'is not given back by a requester who is none any more',
    on({}, async (bench) => {
      const id = await declined(bench, 'northwindtraders');
      bench.lists.requesters.splice(0, bench.lists.requesters.length, 'dan');

      const given = await giveBack(bench, id);

      assert.deepEqual(given?.kind === 'refused' && given.why, 'not-a-requester');
      assert.equal((await bench.audit(id)).at(-1)?.action, 'refused');
    }),
  );

  it(
    'is given back once, however often that is confirmed',
    on({}, async (bench) => {
      const id = await declined(bench, 'northwindtraders');
      const { holdingId } = undoOf(await bench.record(id)).items[0]!;
      const click = { ...bench.click('ada'), holdingIds: [holdingId] };

      const given = await Promise.all([1, 2, 3].map(() => bench.removals.giveBack(id, click)));
      await bench.settle(MINUTE_MS);
      const afterwards = await bench.removals.giveBack(id, click);

      const outcomes = [...given, afterwards].map((one) => (one?.kind === 'refused' ? one.why : one?.kind)).sort();
      assert.deepEqual(outcomes, ['changed', 'repeated', 'repeated', 'repeated']);
      assert.equal((await reactivations(bench)).length, 1);
    }),
  );

  it(
    'stays on the list as far as it could not be given back, and can be tried again',
    on({}, async (bench) => {
      const id = await declined(bench, 'contoso');
      const names = await left(bench, id);
      await bench.faults([onSuspension({ status: 400, code: '800096', times: 1 })]);

      await giveBack(bench, id);
      await bench.settle(10 * MINUTE_MS);

      const record = await bench.record(id);
      const [failed, ...more] = undoOf(record).items;
      assert.ok(failed && names.includes(failed.name));
      assert.deepEqual([more.length, failed.failed?.refused?.meaning], [0, 'status-is-fixed']);
      await giveBack(bench, id);
      await bench.settle(10 * MINUTE_MS);
      assert.ok(await isAllActive(bench, 'contoso'));
      assert.deepEqual(await left(bench, id), []);
    }),
  );

  it(
    'keeps an add-on on the list whose base is not active, and both come back later',
    on({ switches: { addOnsFollowReactivation: false } }, async (bench) => {
      const id = await declined(bench, 'contoso');
      const { items } = undoOf(await bench.record(id));
      const base = items.find(({ addOns }) => addOns.length > 0)!;
      const path = `/subscriptions/${base.holdingId}$`;
      await bench.faults([{ method: 'PATCH', path, times: 1, status: 400, code: '800096' }]);

      await giveBack(bench, id);
      await bench.settle(10 * MINUTE_MS);

      const record = await bench.record(id);
      const codes = record.steps.map(({ refused }) => refused?.code).filter((code) => code !== undefined);
      assert.deepEqual(codes.sort(), ['27009', '800096']);
      assert.deepEqual(
        undoOf(record).items.map(({ holdingId, addOns }) => [holdingId, addOns.length]),
        [[base.holdingId, 1]],
      );
      await giveBack(bench, id);
      await bench.settle(10 * MINUTE_MS);
      assert.ok(await isAllActive(bench, 'contoso'), String(await statuses(bench, 'contoso')));
    }),
  );

  it(
    'that got no answer when it was suspended is on the list too',
    on({}, async (bench) => {
      const id = await bench.suspend('northwindtraders');
      await bench.faults([
        onSuspension({ kind: 'apply-then-reset', times: 1 }),
        { method: 'GET', path: '/subscriptions/[^/]+$', times: 200, status: 503 },
      ]);
      await bench.settle(15 * MINUTE_MS);
      assert.equal((await bench.steps(id))[0]?.state, 'failed');
      await bench.faults([]);
      await bench.removals.withdraw(id, bench.click('ada'));

      assert.deepEqual(
        await left(bench, id),
        (await statuses(bench, 'northwindtraders')).includes('suspended') ? ['Office 365 E1'] : [],
      );
      await giveBack(bench, id);
      await bench.settle(MINUTE_MS);
      assert.ok(await isAllActive(bench, 'northwindtraders'));
    }),
  );

  for (const what of ['commit', 'call'] as const)
    for (const moment of ['before', 'after'] as const)
      it(`comes back whole, and once, whichever ${what} a crash comes ${moment}`, async () => {
        let crashes = 0;
        while (await comesBackAfterCrash(what, moment, crashes + 1)) crashes++;

        assert.ok(crashes >= (what === 'commit' ? 8 : 2), `${crashes} crashes`);
      }).timeout(20_000);
});

/** @returns whether there was a crash at all. */
async function comesBackAfterCrash(what: 'commit' | 'call', moment: 'before' | 'after', at: number): Promise<boolean> {
  let isCrashed = false;
  await on({}, async (bench) => {
    const id = await declined(bench, 'contosobakery');
    const holdingIds = undoOf(await bench.record(id)).items.map(({ holdingId }) => holdingId);
    let seen = 0;
    const mayCrash = (when: string): void => {
      if (when === moment && ++seen === at) throw new Crash();
    };
    if (what === 'commit') bench.aroundCommit = mayCrash;
    else bench.aroundChange = mayCrash;
    const go = async (): Promise<void> => {
      await bench.removals.giveBack(id, { ...bench.click('ada'), holdingIds });
      await bench.settle(5 * MINUTE_MS);
    };
    try {
      await go();
    } catch (error) {
      if (!(error instanceof Crash)) throw error;
      isCrashed = true;
      bench.restart();
      await go();
    }

    assert.ok(await isAllActive(bench, 'contosobakery'), String(await statuses(bench, 'contosobakery')));
    assert.deepEqual(await left(bench, id), []);
    const calls = Map.groupBy(await reactivations(bench), ({ path }) => path);
    assert.equal(calls.size, 2);
    for (const same of calls.values()) assert.equal(new Set(same.map(({ requestId }) => requestId)).size, 1);
  })();
  return isCrashed;
}

describe('what a refused request has left suspended', () => {
  it(
    'can be given back, and then the request cannot be carried out',
    on({}, async (bench) => {
      const id = await bench.suspend('northwindtraders');
      await bench.settle(MINUTE_MS);
      await bench.send('northwindtraders');
      await bench.settle(MINUTE_MS);
      await bench.faults([{ method: 'PATCH', path: '/v1/customers/[^/]+$', times: 1, status: 400, code: '600024' }]);
      await bench.approve(id);
      await bench.until(id, 'blocked');

      await giveBack(bench, id);
      const meanwhile = await bench.removals.continueAfterRefusal(id, bench.click('ada'));
      await bench.settle(MINUTE_MS);
      await bench.removals.continueAfterRefusal(id, bench.click('ada'));
      await bench.settle(5 * MINUTE_MS);

      assert.deepEqual(meanwhile?.kind === 'refused' && meanwhile.why, 'giving-back');
      assert.ok(await isAllActive(bench, 'northwindtraders'));
      const { state, voided } = await bench.request(id);
      assert.deepEqual([state, voided?.why], ['void', 'drift']);
      assert.equal((await bench.removalCalls()).length, 1);
    }),
  );
});

describe('a new request for a customer with something left suspended', () => {
  const sendAs = async (bench: Workbench, person: string, domain: string) => {
    const customer = await bench.customer(domain);
    return bench.removals.send({
      person: personOf(person),
      customer,
      form: {
        ...{ reason: 'They move to another partner.', domain: customer.domain, notice: true, nextProvider: true },
        approver: 'bo',
      },
    });
  };

  it(
    'has it on its own list, and the older one gives nothing back any more',
    on({}, async (bench) => {
      const id = await declined(bench, 'contoso');
      const names = await left(bench, id);

      const asked = await sendAs(bench, 'dan', 'contoso');
      await bench.settle(MINUTE_MS);

      assert.ok(asked.kind === 'changed');
      const newer = asked.record.request.id;
      assert.deepEqual(
        (await bench.steps(newer)).map(({ name, action, state }) => [name, action, state]).sort(),
        names.map((name) => [name, 'suspend', 'done']).sort(),
      );
      assert.equal((await bench.removals.undoOf(await bench.record(id)))?.isOvertaken, true);
      const given = await giveBack(bench, id);
      assert.deepEqual(given?.kind === 'refused' && given.why, 'taken');
      const { rows } = await bench.store.read(`request:${id}`);
      assert.equal(rows.get('undo'), undefined, 'nobody is reminded by it');

      await bench.removals.withdraw(newer, bench.click('dan'));
      const overtaken = await giveBack(bench, id);
      assert.deepEqual(overtaken?.kind === 'refused' && overtaken.why, 'overtaken');
      await giveBack(bench, newer, 'dan');
      await bench.settle(5 * MINUTE_MS);
      assert.ok(await isAllActive(bench, 'contoso'), String(await statuses(bench, 'contoso')));
    }),
  );

  it(
    'waits while something is being given back',
    on({}, async (bench) => {
      const id = await declined(bench, 'contoso');
      await giveBack(bench, id);

      const early = await sendAs(bench, 'dan', 'contoso');
      await bench.settle(5 * MINUTE_MS);

      assert.deepEqual(early, { kind: 'refused', why: 'settling' });
      assert.ok(await isAllActive(bench, 'contoso'));
      assert.equal((await bench.removals.ofCustomer((await bench.customer('contoso')).id))?.request.id, id);
    }),
  );

  it(
    'that is being opened holds back what was confirmed a moment before',
    on({}, async (bench) => {
      const id = await declined(bench, 'northwindtraders');
      const { id: customerId } = await bench.customer('northwindtraders');
      await giveBack(bench, id);
      const { version } = await bench.store.read(`customer:${customerId}`);
      const value = { requestId: 'unborn', requester: 'dan', at: bench.clock().toISOString(), previous: id };
      await bench.store.commit(`customer:${customerId}`, version, [{ key: 'claim', row: { value } }]);

      for (let steps = 0; steps < 20; steps++) await bench.step();
      const early = await reactivations(bench);
      await bench.settle(5 * MINUTE_MS);

      assert.deepEqual(early, []);
      assert.ok(await isAllActive(bench, 'northwindtraders'), 'it was never opened');
    }),
  );

  for (const at of [1, 2, 3, 4])
    it(
      `loses nothing of it in a crash before commit ${at} of its opening`,
      on({}, async (bench) => {
        const id = await declined(bench, 'northwindtraders');
        await bench.people.learn(personOf('bo'));
        let seen = 0;
        bench.aroundCommit = (moment) => {
          if (moment === 'before' && ++seen === at) throw new Crash();
        };
        await assert.rejects(sendAs(bench, 'dan', 'northwindtraders'), Crash);
        bench.restart();
        bench.advance(HOUR_MS);

        const asked = await sendAs(bench, 'ada', 'northwindtraders');
        const again = asked.kind === 'changed' ? asked : await sendAs(bench, 'dan', 'northwindtraders');

        assert.ok(again.kind === 'changed', JSON.stringify(again));
        assert.deepEqual(
          (await bench.steps(again.record.request.id)).map(({ name, state }) => [name, state]),
          [['Office 365 E1', 'done']],
        );
        assert.notEqual(again.record.request.id, id);
      }),
    );
});
