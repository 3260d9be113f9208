import assert from 'node:assert/strict';
import { asPerson } from '../../../services/partner-center/partner-center.ts';
import type { Readiness } from '../../../services/readiness/readiness.ts';
import { createReadinessReader } from '../../../services/readiness/reader.ts';
import { suspendable } from '../../../services/readiness/suspending.ts';
import type { AskedRemoval } from '../../../services/requests/sending/hand-in.ts';
import { HOUR_MS, MINUTE_MS } from '../../../services/clock.ts';
import { on, personOf, type Workbench } from './workbench.ts';

const REASON = 'They move to another partner.';
const readinessOf = async (bench: Workbench, domain: string): Promise<Readiness> => {
  const { partnerCenter, clock } = bench;
  const reader = createReadinessReader({
    partnerCenter,
    policy: { suspendedNewCommerce: 'blocks', environment: 'production' },
    clock,
    lanes: 10,
  });
  return reader.read((await bench.customer(domain)).id, asPerson('ada'));
};
const ask = async (
  bench: Workbench,
  asker: string,
  form: Partial<AskedRemoval['form']> = {},
  domain = 'fabrikambikes',
) => {
  const customer = await bench.customer(domain);
  const filled = { reason: REASON, domain: customer.domain, notice: true, nextProvider: true, ...form };
  const asked = await bench.removals.send({ person: personOf(asker), customer, form: filled });
  return asked.kind === 'changed' ? asked.record.request : asked.why;
};

describe('asking for a removal', () => {
  const refusals: readonly [name: string, asker: string, form: Partial<AskedRemoval['form']>, why: string][] = [
    ['somebody who is no requester', 'eve', {}, 'not-a-requester'],
    ['a reason that is too short', 'ada', { reason: ' short  . ' }, 'reason-too-short'],
    ['a reason that is too long', 'ada', { reason: 'x'.repeat(501) }, 'reason-too-long'],
    ['another customer’s domain', 'ada', { domain: 'contoso.onmicrosoft.com' }, 'wrong-domain'],
    ['a ticket that is too long', 'ada', { ticket: 'x'.repeat(61) }, 'ticket-too-long'],
    ['the requester as the approver', 'ada', { approver: 'ada' }, 'not-an-approver'],
    ['a second account of the requester’s as the approver', 'ada', { approver: 'ada-admin' }, 'not-an-approver'],
    ['an approver who is none', 'ada', { approver: 'eve' }, 'not-an-approver'],
    ['an approver who never opened the bot', 'ada', { approver: 'cy' }, 'approver-unreachable'],
  ];
  for (const [name, asker, form, why] of refusals)
    it(
      `is refused for ${name}, and opens nothing`,
      on({}, async (bench) => {
        await bench.people.learn(personOf('bo'));

        assert.equal(await ask(bench, asker, form), why);

        assert.equal(await bench.removals.ofCustomer((await bench.customer('fabrikambikes')).id), undefined);
      }),
    );

  it(
    'is refused where nobody but the requester may approve',
    on({}, async (bench) => {
      bench.lists.approvers.splice(0, bench.lists.approvers.length, 'ada', 'ada-admin');

      assert.equal(await ask(bench, 'ada'), 'no-approver');
    }),
  );

  it(
    'goes to the first approver who can be reached where none was chosen',
    on({}, async (bench) => {
      await bench.people.learn(personOf('cy'));

      const request = await ask(bench, 'ada');

      assert.ok(typeof request === 'object');
      assert.deepEqual([request.approvers, request.form?.approver], [[{ id: 'cy', name: 'cy' }], 'cy']);
    }),
  );

  it(
    'goes to everybody who can be reached where two have to approve, the chosen one first',
    on({ policy: { approvalsRequired: 2 } }, async (bench) => {
      for (const person of ['bo', 'cy']) await bench.people.learn(personOf(person));

      const request = await ask(bench, 'ada', { approver: 'cy' });

      assert.ok(typeof request === 'object');
      assert.deepEqual(
        request.approvers.map(({ id }) => id),
        ['cy', 'bo'],
      );
    }),
  );

  it(
    'is refused where two have to approve, and those who can be reached are one person',
    on({ policy: { approvalsRequired: 2 } }, async (bench) => {
      await bench.people.learn(personOf('bo'));
      assert.equal(await ask(bench, 'ada'), 'too-few-approvers');

      await bench.people.learn(personOf('bo-admin'));
      assert.equal(await ask(bench, 'ada'), 'too-few-approvers');

      await bench.people.learn(personOf('cy'));
      assert.ok(typeof (await ask(bench, 'ada')) === 'object');
    }),
  );

  for (const [before, now] of [
    [1, 2],
    [2, 1],
  ] as const)
    it(
      `takes as many approvals as are asked for now (${now}), whatever was asked for when its draft was opened (${before})`,
      on({ policy: { approvalsRequired: before } }, async (bench) => {
        await bench.suspend('contoso');
        await bench.settle(MINUTE_MS);
        Object.assign(bench.policy, { approvalsRequired: now });
        bench.restart();
        const id = await bench.send('contoso');
        await bench.settle(MINUTE_MS);

        await bench.approve(id);

        const { state, approvers } = await bench.request(id);
        assert.equal(state, now === 1 ? 'approved' : 'pending');
        assert.ok(approvers.length >= now);
      }),
    );

  it(
    'takes the domain in any case, and keeps what was typed without the blanks around it',
    on({}, async (bench) => {
      await bench.people.learn(personOf('bo'));

      const request = await ask(bench, 'ada', { domain: ' FabrikamBikes.OnMicrosoft.com ', reason: `  ${REASON} ` });

      assert.ok(typeof request === 'object');
      assert.deepEqual([request.form?.domain, request.form?.reason], ['FabrikamBikes.OnMicrosoft.com', REASON]);
    }),
  );

  it(
    'is refused while somebody else’s request for the customer is open, and possible afterwards',
    on({}, async (bench) => {
      const id = await bench.send('fabrikambikes');

      assert.equal(await ask(bench, 'dan'), 'taken');
      await bench.removals.withdraw(id, bench.click('ada'));
      const next = await ask(bench, 'dan');

      assert.ok(typeof next === 'object');
      assert.deepEqual([next.requester.id, next.previous], ['dan', id]);
    }),
  );

  it(
    'is sent once, however often it is pressed',
    on({}, async (bench) => {
      await bench.people.learn(personOf('bo'));

      const outcomes = await Promise.all([ask(bench, 'ada'), ask(bench, 'ada'), ask(bench, 'ada')]);

      assert.deepEqual(outcomes.filter((one) => typeof one === 'object').length, 1);
      assert.deepEqual((await bench.removals.ofPerson('ada', 10)).length, 1);
    }),
  );

  it(
    'goes on where a crash came between the claim on the customer and the draft',
    on({}, async (bench) => {
      await bench.people.learn(personOf('bo'));
      const { id } = await bench.customer('fabrikambikes');
      const value = { requestId: 'unborn', requester: 'ada', at: bench.clock().toISOString() };
      const { version } = await bench.store.read(`customer:${id}`);
      await bench.store.commit(`customer:${id}`, version, [{ key: 'claim', row: { value } }]);

      const others = await ask(bench, 'dan');
      const own = await ask(bench, 'ada');

      assert.equal(others, 'taken');
      assert.ok(typeof own === 'object');
      assert.deepEqual([own.id, own.requester.id], ['unborn', 'ada']);
    }),
  );

  it(
    'is refused while steps are under way',
    on({}, async (bench) => {
      await bench.people.learn(personOf('bo'));
      await bench.suspend('northwindtraders');

      assert.equal(await ask(bench, 'ada', {}, 'northwindtraders'), 'clearing');
      await bench.settle(MINUTE_MS);
      assert.ok(typeof (await ask(bench, 'ada', {}, 'northwindtraders')) === 'object');
    }),
  );
});

describe('asking for steps', () => {
  const suspend = async (bench: Workbench, asker: string, holdingIds?: readonly string[]) => {
    const readiness = await readinessOf(bench, 'contoso');
    const asked = await bench.removals.clear({
      action: 'suspend',
      person: personOf(asker),
      readiness,
      customer: await bench.customer('contoso'),
      holdingIds: holdingIds ?? suspendable(readiness).map(({ holdingId }) => holdingId),
    });
    return asked.kind === 'changed' ? asked.record : asked.why;
  };

  it(
    'is for requesters, and for one of them at a time',
    on({}, async (bench) => {
      assert.equal(await suspend(bench, 'eve'), 'not-a-requester');
      await bench.suspend('contoso', ['Visio Plan 2']);

      assert.equal(await suspend(bench, 'dan'), 'taken');
    }),
  );

  it(
    'takes only what can be suspended, whatever a card names',
    on({}, async (bench) => {
      assert.equal(await suspend(bench, 'ada', ['', 'some-id', 'constructor']), 'nothing-to-do');

      assert.equal(await bench.removals.ofCustomer((await bench.customer('contoso')).id), undefined);
    }),
  );

  it(
    'changes nothing beside a request that is on its way',
    on({}, async (bench) => {
      const readiness = await readinessOf(bench, 'contoso');
      await bench.suspend('contoso');
      await bench.settle(MINUTE_MS);
      await bench.send('contoso');

      const asked = await bench.removals.clear({
        action: 'suspend',
        person: personOf('ada'),
        readiness,
        customer: await bench.customer('contoso'),
        holdingIds: suspendable(readiness).map(({ holdingId }) => holdingId),
      });

      assert.deepEqual(asked, { kind: 'refused', why: 'request-open' });
    }),
  );
});

describe('a decision that somebody may not take', () => {
  const tries: readonly [person: string, why: string, how: 'approve' | 'withdraw'][] = [
    ['ada', 'own-request', 'approve'],
    ['ada-admin', 'own-request', 'approve'],
    ['eve', 'not-an-approver', 'approve'],
    ['bo', 'not-the-requester', 'withdraw'],
  ];
  for (const [person, why, how] of tries)
    it(
      `(${person}, ${how}) is answered with the present request, and is on the record`,
      on({}, async (bench) => {
        const id = await bench.send('fabrikambikes');
        await bench.settle(MINUTE_MS);
        const before = await bench.request(id);

        const decision = await bench.removals[how](id, bench.click(person));

        assert.ok(decision?.kind === 'refused');
        assert.deepEqual([decision.why, decision.record.request], [why, before]);
        const { action, actor, detail } = (await bench.audit(id)).at(-1)!;
        assert.deepEqual([action, actor, detail], ['refused', `person:${person}`, { why }]);
      }),
    );

  it(
    'by somebody who has passed it on is on the record too',
    on({}, async (bench) => {
      const id = await bench.send('fabrikambikes');
      await bench.settle(MINUTE_MS);
      assert.equal((await bench.removals.pass(id, { ...bench.click('bo'), to: 'cy' }))?.kind, 'changed');

      const decision = await bench.removals.approve(id, bench.click('bo-admin'));

      assert.ok(decision?.kind === 'refused' && decision.why === 'passed-on');
      const { action, actor, detail } = (await bench.audit(id)).at(-1)!;
      assert.deepEqual([action, actor, detail], ['refused', 'person:bo-admin', { why: 'passed-on' }]);
    }),
  );

  it(
    'that is only late or pressed again is not on the record',
    on({}, async (bench) => {
      const id = await bench.approved('fabrikambikes');
      const { length } = await bench.audit(id);

      await bench.removals.approve(id, bench.click('bo'));
      await bench.removals.approve(id, bench.click('cy'));

      assert.equal((await bench.audit(id)).length, length);
    }),
  );

  it(
    'on a request that nobody knows is answered with nothing',
    on({}, async (bench) => {
      assert.equal(await bench.removals.approve('constructor', bench.click('bo')), undefined);
      assert.equal(await bench.removals.find('nothing'), undefined);
    }),
  );
});

describe('a request that was cleared and not gone on with', () => {
  it(
    'is left after a day, and frees the customer',
    on({}, async (bench) => {
      const id = await bench.suspend('northwindtraders');

      await bench.settle(25 * HOUR_MS);

      assert.equal((await bench.request(id)).state, 'abandoned');
      await bench.people.learn(personOf('bo'));
      assert.ok(typeof (await ask(bench, 'dan', {}, 'northwindtraders')) === 'object');
    }),
  );

  it(
    'says nothing about being ready once it was withdrawn',
    on({}, async (bench) => {
      const id = await bench.suspend('northwindtraders');
      await bench.step();
      await bench.removals.withdraw(id, bench.click('ada'));

      await bench.settle(MINUTE_MS);

      const { rows } = await bench.store.read(`request:${id}`);
      const card = rows.get('outbox:ada:clearing')?.value as Record<string, unknown>;
      assert.equal(card['headline'], undefined);
      assert.equal((await bench.steps(id))[0]?.state, 'done');
    }),
  );
});
