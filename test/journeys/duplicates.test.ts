import assert from 'node:assert/strict';
import { readMessage, startJourney, type Journey } from '../support/journey.ts';
import {
  about,
  APPROVAL_WANTED,
  approves,
  asks,
  CLEAR,
  dataOf,
  opens,
  removalsOf,
  REMOVED,
  seatOf,
  sends,
  suspensionsOf,
  waits,
  type Seat,
} from './steps.ts';

describe('a click that Teams delivers four times', () => {
  let journey: Journey;
  let requester: Seat;
  let manager: Seat;

  beforeEach(async () => {
    journey = await startJourney({ chat: { duplicates: 4 } });
    requester = seatOf(journey, 'requester');
    manager = seatOf(journey, 'manager');
  });
  afterEach(() => journey.close());

  const messagesAbout = (seat: Seat, name: string, words: RegExp): number =>
    journey.chat
      .messages(seat.key)
      .filter((message) => message.from === 'bot')
      .map(readMessage)
      .filter((text) => about(name).test(text) && words.test(text)).length;

  it('F22: has one effect, from the first step to the removal', async () => {
    const name = 'contosobakery';

    const card = await opens(requester, name, /Clear 2 things here first/);
    await requester.presses(card, 'Suspend 2 legacy subscriptions');
    await requester.presses(card, 'Yes, suspend');
    const ready = await requester.sees(about(name), CLEAR);
    await sends(requester, ready, name);
    await approves(manager, name);
    await requester.sees(about(name), REMOVED);
    await manager.sees(about(name), REMOVED);

    assert.equal((await suspensionsOf(journey, name)).length, 2);
    assert.equal((await removalsOf(journey, name)).length, 1);
    assert.equal(messagesAbout(requester, name, REMOVED), 1);
    assert.equal(messagesAbout(manager, name, REMOVED), 1);
  });

  it('F22: hands in one request and asks the approver once', async () => {
    const name = 'fabrikambikes';

    await waits(journey, name);

    assert.equal(messagesAbout(manager, name, /./), 1);
    await requester.says('requests');
    const list = requester.reads(await requester.sees(/Your requests/));
    assert.equal(list.match(/waiting for approval/g)?.length, 1);
  });

  it('F22: is one approval, and answered as one: no error, no sentence about a card out of date', async () => {
    const name = 'fabrikambikes';
    await asks(requester, name);

    const told = await approves(manager, name);

    assert.match(told, /You approved this/);
    assert.doesNotMatch(told, /out of date|decided already/);
    const receipt = await requester.sees(about(name), REMOVED);
    assert.equal(requester.reads(receipt).match(/Approved by/g)?.length, 1);
    assert.equal((await removalsOf(journey, name)).length, 1);
  });

  it('F22: is one decline', async () => {
    const name = 'fabrikambikes';
    await asks(requester, name);
    const card = await manager.sees(about(name), APPROVAL_WANTED);
    await manager.presses(card, 'Decline');

    const told = await manager.presses(card, 'Yes, decline', { reason: 'They have signed again.' });

    assert.match(told, /You declined this/);
    await requester.sees(about(name), /They have signed again\./);
    assert.equal(messagesAbout(requester, name, /They have signed again\./), 1);
  });

  it('F22: is one withdrawal', async () => {
    const name = 'fabrikambikes';
    const { sent } = await waits(journey, name);
    await requester.presses(sent, 'Withdraw');

    const told = await requester.presses(sent, 'Yes, withdraw');

    assert.match(told, /Withdrawn\. Nothing was removed/);
    assert.doesNotMatch(told, /out of date|Too late/);
    journey.advance(3_000);
    await manager.sees(about(name), /Withdrawn\. Nothing was removed/);
  });
}).timeout(30_000);

describe('a click that Teams delivers again because it was not answered in time', () => {
  it('has one effect', async () => {
    const journey = await startJourney({ chat: { redeliver: true, answerWithinMs: 400 } });
    try {
      const requester = seatOf(journey, 'requester');
      const name = 'northwindtraders';
      const card = await opens(requester, name, /Clear 1 thing here first/);
      await journey.control('_faults', { latencyMs: 1_000 });

      await requester.presses(card, 'Suspend');
      await requester.presses(card, 'Yes, suspend');
      const ready = await requester.sees(about(name), CLEAR);
      await sends(requester, ready, name);
      await approves(seatOf(journey, 'manager'), name);
      await requester.sees(about(name), REMOVED);

      assert.equal((await suspensionsOf(journey, name)).length, 1);
      assert.equal((await removalsOf(journey, name)).length, 1);
    } finally {
      await journey.close();
    }
  });
}).timeout(40_000);

describe('a message of the bot that Teams takes without saying so', () => {
  it('F29: may come twice, and either of them decides, once', async () => {
    const journey = await startJourney();
    try {
      const requester = seatOf(journey, 'requester');
      const manager = seatOf(journey, 'manager');
      const name = 'fabrikambikes';
      await fetch(`${journey.chat.url}/_faults`, {
        method: 'POST',
        body: JSON.stringify({ rules: [{ method: 'POST', person: 'manager', kind: 'apply-then-reset', times: 1 }] }),
      });
      await asks(requester, name);
      await journey.chat.until('manager', () => messagesFor() === 2);
      const [first, second] = journey.chat
        .messages('manager')
        .filter((message) => about(name).test(readMessage(message)));
      const onSecond = dataOf(second!, 'approval.approve');
      await manager.presses(first!, 'Approve');
      // What was pressed is the card from then on: nobody knows of the other otherwise.
      await journey.chat.until('manager', () => /^Contin/m.test(manager.reads(second!)));
      await manager.presses(first!, 'Yes, approve');

      const told = await manager.forges(second!, 'approval.approve', onSecond);

      assert.doesNotMatch(told, /Approve the removal\?/);
      await requester.sees(about(name), REMOVED);
      assert.equal((await removalsOf(journey, name)).length, 1);

      function messagesFor(): number {
        return journey.chat.messages('manager').filter((message) => about(name).test(readMessage(message))).length;
      }
    } finally {
      await journey.close();
    }
  });
}).timeout(40_000);
