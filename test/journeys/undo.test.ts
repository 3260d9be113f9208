import assert from 'node:assert/strict';
import type { ShownMessage } from '../../sandbox/chat/chat.ts';
import { MANAGER_OBJECT_ID } from '../../sandbox/chat/chat.ts';
import { DAY_MS, MINUTE_MS } from '../../services/clock.ts';
import { startJourney, type Journey } from '../support/journey.ts';
import {
  about,
  APPROVAL_WANTED,
  buttonTitles,
  CLEAR,
  customerIdOf,
  dataOf,
  opens,
  seatOf,
  sends,
  suspensionsOf,
  type Seat,
} from './steps.ts';

const DROPPED = /This draft was dropped/;

describe('what was suspended for a request that came to nothing', () => {
  let journey: Journey;
  let requester: Seat;
  let manager: Seat;

  beforeEach(async () => {
    journey = await startJourney({ chat: { duplicates: 2 }, env: { ESCALATE_TO: MANAGER_OBJECT_ID } });
    requester = seatOf(journey, 'requester');
    manager = seatOf(journey, 'manager');
  });
  afterEach(() => journey.close());

  const statuses = (name: string): readonly string[] =>
    journey.partnerCenter.world.customer(customerIdOf(name))!.holdings.subscriptions.map(({ status }) => status);
  const isAllActive = (name: string): boolean => statuses(name).every((status) => status === 'active');
  /** Everything of Contoso's bakery suspended, and the card that says that nothing stands in the way. */
  const suspends = async (name: string): Promise<ShownMessage> => {
    const card = await opens(requester, name, /Clear 2 things here first/);
    await requester.presses(card, 'Suspend 2 legacy subscriptions');
    await requester.presses(card, 'Yes, suspend');
    return requester.sees(about(name), CLEAR);
  };
  const declines = async (name: string): Promise<ShownMessage> => {
    await sends(requester, await suspends(name), name);
    const approval = await manager.sees(about(name), APPROVAL_WANTED);
    await manager.presses(approval, 'Decline');
    await manager.presses(approval, 'Yes, decline', { reason: 'They have signed for another year.' });
    return requester.sees(about(name), /Declined\. Nothing was removed/);
  };

  it('is given back from the card that tells of the decline, all at once', async () => {
    const name = 'contosobakery';
    const told = await declines(name);
    assert.match(requester.reads(told), /Left suspended/);
    assert.deepEqual(statuses(name), ['suspended', 'suspended']);

    const question = await requester.presses(told, 'Reactivate all');
    const answer = await requester.presses(told, 'Yes, reactivate');
    journey.advance(3_000);
    const done = await requester.sees(about(name), /2 of 2 active again/);

    assert.match(question, /Data that Microsoft has deleted does not come back/);
    assert.match(answer, /0 of 2 active again|1 of 2 active again|2 of 2 active again/);
    assert.equal(done.id, told.id);
    assert.match(requester.reads(done), /Nothing is left suspended/);
    assert.deepEqual(
      buttonTitles(done).filter((title) => title.startsWith('Reactivate')),
      [],
    );
    assert.ok(isAllActive(name));
    assert.equal((await suspensionsOf(journey, name)).length, 4);
  });

  it('is given back one by one, and nothing that was not named', async () => {
    const name = 'contosobakery';
    const told = await declines(name);

    await requester.presses(told, 'Reactivate');
    await requester.presses(told, 'Yes, reactivate');
    journey.advance(3_000);
    const one = await requester.sees(about(name), /1 of 2 active again/);

    assert.deepEqual([...statuses(name)].sort(), ['active', 'suspended']);
    assert.deepEqual(
      buttonTitles(one).filter((title) => title.startsWith('Reactivate')),
      ['Reactivate'],
    );
    const stale = await requester.forges(one, 'request.confirm-reactivate', {
      ...dataOf(told, 'request.reactivate'),
      verb: 'request.confirm-reactivate',
    });
    assert.match(stale, /1 of 2 active again/);
    assert.deepEqual([...statuses(name)].sort(), ['active', 'suspended']);
  });

  it('is given back by nobody else', async () => {
    const name = 'contosobakery';
    const told = await declines(name);

    const answer = await manager.forges(told, 'request.reactivate', dataOf(told, 'request.reactivate'));

    assert.match(answer, /Only Jonas Weber, who asked, can do that/);
    assert.equal(isAllActive(name), false);
  });

  it('of a draft that its clock ended is on its card, and is told of again the day after', async () => {
    const name = 'contosobakery';
    const ready = await suspends(name);

    journey.advance(DAY_MS + MINUTE_MS);
    const dropped = await requester.sees(about(name), DROPPED, /Left suspended/);
    assert.equal(dropped.id, ready.id);
    journey.advance(DAY_MS + MINUTE_MS);
    const reminder = await requester.sees(about(name), DROPPED, /Microsoft deletes its data on/);
    await journey.chat.until('requester', (all) => all.some(({ summary = '' }) => summary.includes('still suspended')));
    const toast = journey.chat.messages('requester').find(({ summary = '' }) => summary.includes('still suspended'))!;

    assert.match(toast.summary ?? '', /^2 subscriptions of contosobakery\S+ are still suspended; Microsoft deletes/);
    assert.ok(reminder.id !== '' && toast.id !== dropped.id);
    await requester.presses(toast, 'Reactivate all');
    await requester.presses(toast, 'Yes, reactivate');
    journey.advance(3_000);
    await requester.sees(about(name), /2 of 2 active again/);
    assert.ok(isAllActive(name));
  });

  it('is told to whoever is named for it when its requester does nothing, with nothing to press', async () => {
    const name = 'contosobakery';
    await declines(name);

    journey.advance(80 * DAY_MS + MINUTE_MS);
    await journey.chat.until('requester', (all) => all.some(({ summary = '' }) => summary.includes('still suspended')));
    journey.advance(DAY_MS);
    const told = await manager.sees(about(name), /nobody has reactivated it/);

    assert.match(told.summary ?? '', /2 subscriptions of contosobakery\S+ are still suspended/);
    assert.match(manager.reads(told), /Jonas Weber/);
    assert.deepEqual(buttonTitles(told), []);
  });

  it('goes with the next request for the customer, and the older card has no buttons for it', async () => {
    const name = 'contosobakery';
    const told = await declines(name);

    const anew = await opens(requester, name, CLEAR);
    await sends(requester, anew, name);
    const approval = await manager.sees(about(name), APPROVAL_WANTED);
    journey.advance(3_000);
    const older = await requester.sees(about(name), /A newer request for this customer has taken this over/);

    assert.match(manager.reads(approval), /Suspended for it/);
    assert.equal(older.id, told.id);
    assert.deepEqual(buttonTitles(older), []);
  });
}).timeout(30_000);
