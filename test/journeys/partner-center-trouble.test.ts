import assert from 'node:assert/strict';
import { eventually } from '../support/eventually.ts';
import { startJourney, type Journey, type LoggedCall } from '../support/journey.ts';
import {
  about,
  APPROVAL_WANTED,
  approves,
  asks,
  buttonTitles,
  CLEAR,
  customerIdOf,
  domainOf,
  opens,
  REASON,
  removalsOf,
  REMOVED,
  seatOf,
  suspensionsOf,
  waits,
  type Seat,
} from './steps.ts';

const GUID = '[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}';
const CORRELATION = new RegExp(`Correlation ids?:? ${GUID}`);
const UNKNOWN_ID = '00000000-1111-4222-8333-444444444444';
const OTHER_UNKNOWN_ID = '00000000-1111-4222-8333-555555555555';

describe('when Partner Center is in trouble', () => {
  let journey: Journey;
  let requester: Seat;
  let manager: Seat;

  beforeEach(async () => {
    journey = await startJourney();
    requester = seatOf(journey, 'requester');
    manager = seatOf(journey, 'manager');
    // The list of customers is there, as it is after the first seconds.
    await requester.says('remove');
    await requester.sees(/Customers 1–8 of/);
  });
  afterEach(async () => {
    await journey.control('_reset', {});
    await journey.close();
  });

  const strike = (...rules: readonly object[]): Promise<void> => journey.control('_faults', { rules });
  const requestIds = (calls: readonly LoggedCall[]): number => new Set(calls.map(({ requestId }) => requestId)).size;

  describe('what stands in the way', () => {
    const name = 'fabrikambikes';
    const foreign = {
      id: customerIdOf('contoso'),
      companyProfile: { companyName: 'X', domain: 'x.example' },
      relationshipToPartner: 'reseller',
    };
    const troubles: [name: string, rule: object, told: RegExp][] = [
      [
        'F19: it answers with a page',
        { status: 200, body: '<html>Sorry</html>', contentType: 'text/html' },
        /answered something I cannot trust/,
      ],
      ['F19: it answers with nothing', { status: 200, body: '' }, /answered something I cannot trust/],
      ['F19: it answers with null', { status: 200, body: null }, /answered something I cannot trust/],
      [
        'F19: it answers with a list of texts',
        { status: 200, body: { totalCount: 1, items: ['x'] } },
        /answered something I cannot trust/,
      ],
      [
        'F19: it answers with another customer’s data',
        { path: `customers/${customerIdOf(name)}$`, status: 200, body: foreign },
        /answered something I cannot trust/,
      ],
      [
        'F9: it asks to stay away for long',
        { status: 429, headers: { 'Retry-After': '120' } },
        /asked us to slow down/,
      ],
      [
        'F17: it lets nobody do anything',
        { status: 403, code: '2032', description: 'Access denied for this user.' },
        /I cannot tell/,
      ],
      [
        'F19: it redirects elsewhere',
        { status: 302, headers: { Location: 'https://evil.example/' } },
        /answered something I cannot trust/,
      ],
    ];
    for (const [trouble, rule, told] of troubles) {
      it(`${trouble}: what stands in the way is not guessed; it is said, with an id to quote, and read again later`, async () => {
        await strike({ path: '/v1/customers/', ...rule });
        const card = await opens(requester, name, /I cannot tell/);
        const words = requester.reads(card);
        await journey.control('_faults', {});

        await requester.presses(card, 'Check again');
        const again = requester.reads(await requester.sees(about(name), CLEAR));

        assert.match(words, told);
        assert.match(words, CORRELATION);
        assert.doesNotMatch(words, CLEAR);
        assert.ok(!buttonTitles(card).includes('Request removal'));
        assert.match(again, CLEAR);
        assert.deepEqual(await journey.changes(), []);
      });
    }

    it('is not guessed when parts of it cannot be had: each is named, with an id to quote', async () => {
      await strike(
        { path: `${customerIdOf(name)}/subscriptions$`, status: 503 },
        { path: `${customerIdOf(name)}/entitlements$`, kind: 'truncate' },
        { path: `${customerIdOf(name)}/orders$`, kind: 'reset' },
      );

      const card = await opens(requester, name, /I cannot tell/);

      const words = requester.reads(card);
      for (const source of ['subscriptions', 'reservations and software', 'orders'])
        assert.match(words, new RegExp(`I cannot tell: .*${source}.* could not be read`));
      assert.match(words, new RegExp(`Correlation ids: ${GUID}, ${GUID}, ${GUID}`));
      assert.equal(words.match(/does not answer at the moment|answered something I cannot trust/g)?.length, 1);
    });

    it('F8: is read all the same when only some calls fail, or too much was asked', async () => {
      await strike(
        { status: 503, times: 2 },
        { status: 429, headers: { 'Retry-After': '1' }, times: 1 },
        { kind: 'reset', times: 1 },
      );

      await opens(requester, name, CLEAR);
    });

    it('is read while the person sees that it is, when it takes long', async () => {
      await journey.control('_faults', { latencyMs: 2_000 });
      await requester.says(`remove ${domainOf(name)}`);
      const reading = await requester.sees(about(name), /Reading everything this customer holds/);

      const card = await requester.sees(about(name), CLEAR);

      assert.equal(card.id, reading.id);
    });

    it('of a customer that only Partner Center knows is answered when that is down, and when it does not answer', async () => {
      await strike({ path: UNKNOWN_ID, status: 503 }, { path: OTHER_UNKNOWN_ID, kind: 'hang' });

      await Promise.all([UNKNOWN_ID, OTHER_UNKNOWN_ID].map((id) => requester.says(`remove ${id}`)));

      const told = requester.reads(await requester.sees(/does not answer at the moment. Nothing was lost/));
      assert.match(told, CORRELATION);
      await requester.sees(/This takes longer than usual. The answer follows here by itself/);
    });

    it('is nothing that stops the conversation', async () => {
      await strike({ status: 503 });
      await requester.says('help');
      await requester.says('requests');
      await requester.sees(/You have not asked for anything yet/);
      await journey.control('_faults', {});

      await opens(requester, name, CLEAR);
    });
  }).timeout(40_000);

  describe('a step', () => {
    it('without an answer is looked for first, and only what was not carried out is sent again, under the same id', async () => {
      const name = 'contosobakery';
      const card = await opens(requester, name, /Clear 2 things here first/);
      const [lost = '', neverArrived = ''] = (await stateOf(name)).subscriptions.map(({ id }) => id);
      await strike(
        { method: 'PATCH', path: lost, kind: 'apply-then-reset', times: 1 },
        { method: 'PATCH', path: neverArrived, kind: 'reset', times: 1 },
      );
      await requester.presses(card, 'Suspend 2 legacy subscriptions');
      await requester.presses(card, 'Yes, suspend');

      await requester.sees(about(name), CLEAR);

      const calls = await suspensionsOf(journey, name);
      const of = (id: string): readonly LoggedCall[] => calls.filter((call) => call.path.endsWith(id));
      assert.deepEqual([of(lost).length, of(neverArrived).length], [1, 2]);
      assert.equal(requestIds(of(neverArrived)), 1);
    });

    it('F13: that is refused is said to be, in the service’s own words, and the others go on', async () => {
      const name = 'contosobakery';
      const card = await opens(requester, name, /Clear 2 things here first/);
      await strike({
        method: 'PATCH',
        status: 400,
        code: '800096',
        description: 'The add-on [has](http://x) to go first.',
        times: 1,
      });
      await requester.presses(card, 'Suspend 2 legacy subscriptions');
      await requester.presses(card, 'Yes, suspend');

      await requester.sees(about(name), /being suspended|not suspended/);
      journey.advance(3_000);
      const told = await requester.sees(about(name), /1 of 2 suspended/, /not suspended/);

      assert.match(requester.reads(told), /The add-on \[has\]\(http:\/\/x\) to go first\./);
      assert.match(requester.reads(told), CORRELATION);
      const ready = await requester.sees(about(name), /Clear 1 thing here first/);
      await requester.presses(ready, 'Suspend');
      await requester.presses(ready, 'Yes, suspend');
      await requester.sees(about(name), CLEAR);
    });

    it('F11: that was changed by somebody else in between is read and sent anew', async () => {
      const name = 'romashka';
      const card = await opens(requester, name, /Clear 1 thing here first/);
      await strike({ method: 'PATCH', status: 400, code: '2055', description: 'ETag mismatch.', times: 1 });
      await requester.presses(card, 'Suspend');
      await requester.presses(card, 'Yes, suspend');

      await requester.sees(about(name), CLEAR);

      const calls = await suspensionsOf(journey, name);
      assert.equal(calls.length, 2);
      assert.equal(requestIds(calls), 2);
    });
  }).timeout(40_000);

  describe('a request', () => {
    it('is not sent while not everything can be read; the form stays, and can be sent afterwards', async () => {
      const name = 'fabrikambikes';
      const form = await opens(requester, name, CLEAR);
      await requester.presses(form, 'Request removal');
      await strike({ path: 'subscriptions', status: 200, body: '<html></html>', contentType: 'text/html' });
      await requester.presses(form, 'Send request', { reason: REASON, domain: domainOf(name) });
      journey.advance(3_000);
      const told = await requester.sees(about(name), /could not be read completely, so nothing was sent/);
      await journey.control('_faults', {});

      await requester.presses(told, 'Send request');

      const card = await manager.sees(about(name), APPROVAL_WANTED);
      assert.ok(manager.reads(card).includes(REASON));
      assert.equal(told.id, form.id);
    });

    it('that was approved waits until everything can be read, says so, and is carried out then', async () => {
      const name = 'alpineskihouse';
      await waits(journey, name);
      await strike({ path: 'subscriptions', status: 200, body: '<html></html>', contentType: 'text/html' });
      await approves(manager, name);
      await requester.sees(about(name), /cannot be read completely right now. I try again by myself/);
      const before = await removalsOf(journey, name);
      await journey.control('_faults', {});

      await requester.sees(about(name), REMOVED);

      assert.deepEqual(before, []);
      assert.equal((await removalsOf(journey, name)).length, 1);
    });
  }).timeout(40_000);

  describe('the removal call', () => {
    const lost: [name: string, what: string, rule: object, sent: number][] = [
      ['fabrikambikes', 'was carried out and its answer is lost', { kind: 'apply-then-reset' }, 1],
      ['alpineskihouse', 'was carried out and answered with 500', { kind: 'apply-then-answer', status: 500 }, 1],
      ['margiestravel', 'never arrived', { kind: 'reset' }, 2],
      ['wideworldimporters', 'was answered with 503', { status: 503 }, 2],
      [
        'firstupconsultants',
        'was answered with a page',
        { status: 200, body: '<html></html>', contentType: 'text/html' },
        2,
      ],
    ];
    for (const [name, what, rule, sent] of lost) {
      it(`that ${what} ends in a removed relationship, under one id`, async () => {
        await waits(journey, name);
        await strike({ method: 'PATCH', path: `customers/${customerIdOf(name)}$`, times: 1, ...rule });
        await approves(manager, name);
        const unknown = await requester.sees(about(name), /The outcome is unknown|The relationship is removed/);

        const receipt = await requester.sees(about(name), REMOVED);

        assert.ok(unknown.id <= receipt.id);
        const calls = await removalsOf(journey, name);
        assert.equal(calls.length, sent);
        assert.equal(requestIds(calls), 1);
        assert.ok(calls.some(({ correlationId }) => JSON.stringify(receipt.card).includes(correlationId)));
        await manager.sees(about(name), REMOVED);
      });
    }

    it('that came too soon is sent again when the service says', async () => {
      const name = 'fourthcoffee';
      await waits(journey, name);
      await strike({
        method: 'PATCH',
        path: `customers/${customerIdOf(name)}$`,
        status: 429,
        headers: { 'Retry-After': '1' },
        times: 1,
      });

      await approves(manager, name);

      await requester.sees(about(name), REMOVED);
      const calls = await removalsOf(journey, name);
      assert.deepEqual([calls.length, requestIds(calls)], [2, 1]);
    });
  }).timeout(40_000);

  describe('a refusal of the removal', () => {
    it('is shown with the service’s words, its code and the correlation id, and can be tried again', async () => {
      const name = 'fabrikambikes';
      await waits(journey, name);
      await strike({
        method: 'PATCH',
        status: 400,
        code: '3999',
        description: 'A **reservation** is in the way.',
        times: 1,
      });
      await approves(manager, name);
      const [first] = [await requester.sees(about(name), /Partner Center refused\. Nothing was changed/)];
      const words = requester.reads(first);
      const shown = JSON.stringify(first.card);
      const [call] = await removalsOf(journey, name);

      await requester.says('status');
      const lookedUp = await requester.sees(/Your requests/, about(name));
      await requester.presses(lookedUp, 'Show');
      await requester.presses(requester.now(lookedUp), 'Continue');
      await requester.sees(about(name), REMOVED);

      assert.match(words, /A \*\*reservation\*\* is in the way\./);
      assert.match(words, /400 \/ 3999/);
      assert.ok(shown.includes(call!.correlationId));
      assert.equal(first.summary, `Partner Center refused: ${domainOf(name)}`);
      assert.equal((await removalsOf(journey, name)).length, 2);
      await eventually(
        () =>
          requester.reads(requester.now(lookedUp)).includes('Continued further down') &&
          /Continue(?:d further down|s on another card in this chat)/.test(requester.reads(requester.now(first))),
        'the card that was looked up, and the one before it, lead on',
      );
    });

    it('can be left at that', async () => {
      const name = 'alpineskihouse';
      await waits(journey, name);
      await strike({ method: 'PATCH', status: 403, code: '900117', description: 'No.', times: 1 });
      await approves(manager, name);
      const refused = await requester.sees(about(name), /Partner Center refused\. Nothing was changed/);

      await requester.presses(refused, 'Withdraw');
      const told = await requester.presses(refused, 'Yes, withdraw');

      assert.match(told, /Withdrawn\. Nothing was removed/);
      assert.equal((await removalsOf(journey, name)).length, 1);
    });
  }).timeout(40_000);

  describe('something that has changed since it was asked for', () => {
    const drifts: [name: string, what: string, change: object, told: RegExp][] = [
      [
        'fabrikambikes',
        'a new subscription',
        { addSubscription: { class: 'legacy-licence', offerName: 'Visio Plan 7', quantity: 3 } },
        /Visio Plan 7 × 3|Visio Plan 7/,
      ],
      [
        'margiestravel',
        'a new reservation',
        { addEntitlement: { type: 'reservation', name: 'Reserved_VM_X1' } },
        /Reserved_VM_X1/,
      ],
      ['firstupconsultants', 'another domain', { domain: 'elsewhere.example' }, /elsewhere\.example/],
    ];
    for (const [name, what, change, told] of drifts) {
      it(`F21: voids the approval, is named to the requester, and nothing is removed: ${what}`, async () => {
        await waits(journey, name);
        await journey.control('_world', { customerId: customerIdOf(name), ...change });

        await approves(manager, name);

        const voided = await requester.sees(about(name), /The approval is void/);
        assert.match(requester.reads(voided), told);
        assert.equal(voided.summary, `Void, because something changed: ${domainOf(name)}`);
        await manager.sees(about(name), /The approval is void/);
        assert.deepEqual(await removalsOf(journey, name), []);
      });
    }

    it('F21: voids the approval when a subscription that was suspended for it is active again', async () => {
      const name = 'northwindtraders';
      const card = await opens(requester, name, /Clear 1 thing here first/);
      await requester.presses(card, 'Suspend');
      await requester.presses(card, 'Yes, suspend');
      await requester.sees(about(name), CLEAR);
      const [suspended] = await suspensionsOf(journey, name);
      await waits(journey, name);
      const id = suspended!.path.split('/').at(-1);
      await journey.control('_world', { customerId: customerIdOf(name), setSubscription: { id, status: 'active' } });

      await approves(manager, name);

      const voided = await requester.sees(about(name), /The approval is void/);
      assert.match(requester.reads(voided), /Office 365 E1 stands in the way now/);
      assert.deepEqual(await removalsOf(journey, name), []);
    });

    it('for the better voids nothing', async () => {
      const name = 'alpineskihouse';
      await waits(journey, name);
      const { subscriptions } = await stateOf(name);
      await journey.control('_world', { customerId: customerIdOf(name), removeSubscription: subscriptions[0]!.id });

      await approves(manager, name);

      await requester.sees(about(name), REMOVED);
    });

    it('lets the same be asked for again, and removed when nothing stands in the way any more', async () => {
      const name = 'wideworldimporters';
      await waits(journey, name);
      await journey.control('_world', { customerId: customerIdOf(name), addSubscription: { class: 'legacy-licence' } });
      await approves(manager, name);
      await requester.sees(about(name), /The approval is void/);
      const { subscriptions } = await stateOf(name);
      await journey.control('_world', { customerId: customerIdOf(name), removeSubscription: subscriptions.at(-1)!.id });
      const card = await opens(requester, name, /End the reseller relationship/);
      await requester.presses(card, 'Check again');

      await asks(requester, name);
      await approves(manager, name);

      await requester.sees(about(name), REMOVED);
      assert.equal((await removalsOf(journey, name)).length, 1);
    });

    it('F17: is said when somebody else has removed the customer meanwhile', async () => {
      const name = 'fourthcoffee';
      await waits(journey, name);
      await strike({ path: 'subscriptions', status: 503 });
      await approves(manager, name);
      await requester.sees(about(name), /cannot be read completely right now/);
      await journey.control('_world', { customerId: customerIdOf(name), relationship: 'none' });

      await journey.control('_faults', {});

      await requester.sees(about(name), /The customer is no longer yours/);
      assert.deepEqual(await removalsOf(journey, name), []);
    });
  }).timeout(40_000);

  describe('a list that still shows the removed customer', () => {
    it('F20: is not taken for a failure, and success is not said before it agrees', async () => {
      const name = 'fabrikambikes';
      await waits(journey, name);
      await journey.control('_faults', { switches: { staleListMs: 4_000 } });
      await approves(manager, name);
      journey.advance(3_000);
      await requester.sees(about(name), /I look until the customer is really gone/);
      const early = requester.all();

      await requester.sees(about(name), REMOVED);

      assert.doesNotMatch(early, REMOVED);
      assert.equal((await removalsOf(journey, name)).length, 1);
    });
  }).timeout(40_000);

  async function stateOf(name: string): Promise<{ readonly subscriptions: readonly { readonly id: string }[] }> {
    const response = await fetch(`${journey.partnerCenter.url}/_state?customer=${customerIdOf(name)}`);
    const { customers } = (await response.json()) as {
      customers: { subscriptions: readonly { readonly id: string }[] }[];
    };
    return customers[0]!;
  }
});
