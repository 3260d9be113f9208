import assert from 'node:assert/strict';
import type { ShownMessage } from '../../sandbox/chat/chat.ts';
import { HOUR_MS } from '../../services/clock.ts';
import { startJourney, type Journey, type LoggedCall } from '../support/journey.ts';
import {
  about,
  approves,
  buttonTitles,
  CLEAR,
  customerIdOf,
  domainOf,
  opens,
  removalsOf,
  REMOVED,
  seatOf,
  sends,
  type Seat,
} from './steps.ts';
import { eventually } from '../support/eventually.ts';

const REASON = 'They have bought it by mistake.';
const WANTED = /Cancel these purchases\?/;
const CARGO = 'continentalcargo';

/** Purchases by their ids, as a form's choice of several sends them. */
const chosen = (...ids: readonly string[]): string => ids.map((id) => encodeURIComponent(id)).join(',');

describe('a cancellation', () => {
  let journey: Journey;
  let requester: Seat;
  let manager: Seat;

  beforeEach(async () => {
    journey = await startJourney({ chat: { duplicates: 2 } });
    requester = seatOf(journey, 'requester');
    manager = seatOf(journey, 'manager');
  });
  afterEach(() => journey.close());

  const held = (name: string) => journey.partnerCenter.world.customer(customerIdOf(name))!.holdings.subscriptions;
  const cancelsOf = async (name: string): Promise<readonly LoggedCall[]> =>
    (await journey.changes()).filter(
      ({ method, path, body }) =>
        method === 'PATCH' &&
        path.toLowerCase().startsWith(`/v1/customers/${customerIdOf(name)}/`) &&
        (body?.status === 'deleted' || body?.status === 'cancelled'),
    );
  /** From the readiness card to the request handed in. */
  const asks = async (name: string, button: string, holdings: string): Promise<ShownMessage> => {
    const card = await opens(requester, name, /Clear \d+ things? here first/);
    const form = await requester.presses(card, button);
    assert.match(form, /It cannot be undone, by you or by Microsoft/);
    await requester.presses(card, 'Send request', { reason: REASON, domain: domainOf(name), holdings });
    return card;
  };
  const agrees = async (name: string): Promise<string> => {
    const card = await manager.sees(about(name), WANTED);
    const question = await manager.presses(card, 'Approve');
    assert.match(question, /Approve the cancellation\?/);
    return manager.presses(card, 'Yes, approve');
  };

  it('goes from the requester to the manager to Partner Center, once; then the removal can be asked for', async () => {
    const [bought] = held(CARGO);
    await asks(CARGO, 'Cancel subscription', chosen(bought!.id));
    const wanted = await manager.sees(about(CARGO), WANTED);
    assert.match(manager.reads(wanted), new RegExp(`${bought!.offerName} × 15`));
    assert.match(manager.reads(wanted), /Microsoft credits the days that were not used/);
    assert.doesNotMatch(manager.reads(wanted), /Not ticked/);
    assert.deepEqual(await cancelsOf(CARGO), []);

    await agrees(CARGO);

    const done = await requester.sees(about(CARGO), /1 of 1 cancelled/);
    await manager.sees(about(CARGO), /1 of 1 cancelled/);
    const calls = await cancelsOf(CARGO);
    assert.equal(calls.length, 1);
    assert.match(requester.reads(done), new RegExp(calls[0]!.correlationId));
    assert.equal(held(CARGO)[0]!.status, 'deleted');
    assert.deepEqual(await removalsOf(journey, CARGO), []);

    await sends(requester, await opens(requester, CARGO, CLEAR), CARGO);
    // What was cancelled stays to be read.
    assert.match(requester.reads(done), /1 of 1 cancelled/);
    await approves(manager, CARGO);
    await requester.sees(about(CARGO), REMOVED);
    assert.equal((await removalsOf(journey, CARGO)).length, 1);
    assert.equal((await cancelsOf(CARGO)).length, 1);
  });

  it('of software cancels its line of the order', async () => {
    const name = 'litware';
    const [bought] = held(name);
    await asks(name, 'Cancel order', chosen(bought!.id));
    await agrees(name);

    await requester.sees(about(name), /1 of 1 cancelled/);
    const [call, ...more] = await cancelsOf(name);
    assert.deepEqual(more, []);
    assert.match(call!.path, /\/orders\//);
  });

  it('is none without the manager: declined, it cancels nothing', async () => {
    await asks(CARGO, 'Cancel subscription', chosen(held(CARGO)[0]!.id));
    const card = await manager.sees(about(CARGO), WANTED);
    await manager.presses(card, 'Decline');
    await manager.presses(card, 'Yes, decline', { reason: 'They will need it after all.' });

    const told = await requester.sees(about(CARGO), /Declined/);
    assert.match(requester.reads(told), /Nothing was cancelled/);
    assert.match(requester.reads(told), /They will need it after all/);
    assert.deepEqual(await cancelsOf(CARGO), []);
  });

  it('can be withdrawn until it is approved', async () => {
    const card = await asks(CARGO, 'Cancel subscription', chosen(held(CARGO)[0]!.id));
    await manager.sees(about(CARGO), WANTED);
    await requester.sees(about(CARGO), /Waiting for Elena Marsh/);
    await requester.presses(card, 'Withdraw');
    const told = await requester.presses(card, 'Yes, withdraw');

    assert.match(told, /Withdrawn/);
    const old = await manager.sees(about(CARGO), /Withdrawn/);
    assert.deepEqual(buttonTitles(old), []);
    assert.deepEqual(await cancelsOf(CARGO), []);
  });

  it('of several tells exactly what was cancelled and what was not, and tries the rest again', async () => {
    const customerId = customerIdOf(CARGO);
    for (const [offerName, quantity] of [
      ['Planner Plan 1', 4],
      ['Visio Plan 2', 2],
    ] as const)
      await journey.control('_world', {
        customerId,
        addSubscription: { class: 'new-commerce-licence', offerName, quantity, startedDaysAgo: 1 },
      });
    const visio = held(CARGO).find(({ offerName }) => offerName === 'Visio Plan 2')!;
    await asks(CARGO, 'Cancel 3 purchases', chosen(...held(CARGO).map(({ id }) => id)));
    await manager.sees(about(CARGO), WANTED);
    const path = `/subscriptions/${visio.id}$`;
    await journey.control('_faults', { rules: [{ method: 'PATCH', path, status: 403, code: '900150', times: 1 }] });
    await agrees(CARGO);

    const told = await requester.sees(about(CARGO), /2 of 3 cancelled/, /Continue tries the rest again/);
    assert.match(requester.reads(told), /Visio Plan 2 × 2: not cancelled/);
    assert.match(requester.reads(told), /Planner Plan 1 × 4: cancelled/);
    assert.match(requester.reads(told), /It takes an admin agent/);

    await requester.presses(told, 'Continue');

    await requester.sees(about(CARGO), /3 of 3 cancelled/);
    const calls = (await cancelsOf(CARGO)).filter((call) => call.path.endsWith(visio.id));
    assert.deepEqual(
      calls.map(({ status }) => status),
      [403, 200],
    );
  });

  it('is void where something is more than was approved, and says what', async () => {
    await asks(CARGO, 'Cancel subscription', chosen(held(CARGO)[0]!.id));
    await manager.sees(about(CARGO), WANTED);
    const [bought] = held(CARGO);
    const customerId = customerIdOf(CARGO);
    await journey.control('_world', { customerId, setSubscription: { id: bought!.id, quantity: 40 } });
    await agrees(CARGO);

    const told = await requester.sees(about(CARGO), /The approval is void/);
    assert.match(requester.reads(told), /40 instead of 15/);
    assert.match(requester.reads(told), /Nothing was cancelled/);
    assert.deepEqual(await cancelsOf(CARGO), []);
  });

  it('expires before its window does, and says so', async () => {
    const customerId = customerIdOf(CARGO);
    const cancellableUntil = new Date(Date.now() + 2 * HOUR_MS).toISOString();
    await journey.control('_world', { customerId, setSubscription: { id: held(CARGO)[0]!.id, cancellableUntil } });
    await asks(CARGO, 'Cancel subscription', chosen(held(CARGO)[0]!.id));
    const wanted = await manager.sees(about(CARGO), WANTED);
    assert.match(manager.reads(wanted), /This is the window of what has to be cancelled first/);

    journey.advance(1.9 * HOUR_MS);

    const told = await requester.sees(about(CARGO), /Expired: a window in which it can be cancelled is over/);
    assert.match(requester.reads(told), /Nothing was cancelled/);
    assert.deepEqual(await cancelsOf(CARGO), []);
  });

  it('goes on after the bot was ended in the middle of it, and cancels everything once', async () => {
    const customerId = customerIdOf(CARGO);
    for (const offerName of ['Planner Plan 1', 'Visio Plan 2'])
      await journey.control('_world', {
        customerId,
        addSubscription: { class: 'new-commerce-licence', offerName, startedDaysAgo: 1 },
      });
    await asks(CARGO, 'Cancel 3 purchases', chosen(...held(CARGO).map(({ id }) => id)));
    await manager.sees(about(CARGO), WANTED);
    await journey.control('_faults', {
      rules: [{ method: 'PATCH', path: '/subscriptions/', kind: 'apply-then-hang', times: 1 }],
    });
    await agrees(CARGO);
    // The call that hangs is one of this life, not of the next.
    await eventually(async () => (await cancelsOf(CARGO)).length > 0, 'nothing is cancelled');

    await journey.restart();

    await requester.sees(about(CARGO), /3 of 3 cancelled/);
    const byPath = Map.groupBy(await cancelsOf(CARGO), ({ path }) => path);
    assert.equal(byPath.size, 3);
    assert.ok([...byPath.values()].every((calls) => new Set(calls.map(({ requestId }) => requestId)).size === 1));
  });

  it('is told in Russian to whoever reads Russian', async () => {
    journey.chat.people.find(({ key }) => key === 'manager')!.locale = 'ru-RU';
    await manager.says('справка');
    await asks(CARGO, 'Cancel subscription', chosen(held(CARGO)[0]!.id));

    const card = await manager.sees(about(CARGO), /Отменить эти покупки\?/);
    await manager.presses(card, 'Одобрить');
    await manager.presses(card, 'Да, одобрить');

    await manager.sees(about(CARGO), /Отменено: 1 из 1/);
  });

  it('is a row of its own kind in the list of requests, and nothing is chosen twice', async () => {
    await asks(CARGO, 'Cancel subscription', '');
    const card = await requester.sees(about(CARGO), /Choose what is to be cancelled/);
    await requester.presses(card, 'Send request', {
      reason: REASON,
      domain: domainOf(CARGO),
      holdings: chosen(held(CARGO)[0]!.id, held(CARGO)[0]!.id),
    });
    await manager.sees(about(CARGO), WANTED);

    await requester.says('requests');

    await requester.sees(about(CARGO), /Cancellation: waiting for approval/);
  });
}).timeout(40_000);
