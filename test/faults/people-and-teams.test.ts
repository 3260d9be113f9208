import assert from 'node:assert/strict';
import { changeWorld } from '../../sandbox/partner-center/control/world-changes.ts';
import {
  about,
  APPROVAL_WANTED,
  approves,
  asks,
  CLEAR,
  customerIdOf,
  dataOf,
  opens,
  removalsOf,
  REMOVED,
  seatOf,
  waits,
  type Seat,
} from '../journeys/steps.ts';
import { readMessage, startJourney, type Journey } from '../support/journey.ts';

const name = 'fabrikambikes';

describe('between people, Teams and the bot', () => {
  let journey: Journey;
  let requester: Seat;
  let manager: Seat;
  beforeEach(async () => {
    journey = await startJourney();
    requester = seatOf(journey, 'requester');
    manager = seatOf(journey, 'manager');
  });
  afterEach(() => journey.close());

  const strike = async (...rules: readonly object[]): Promise<void> => {
    const response = await fetch(`${journey.chat.url}/_faults`, { method: 'POST', body: JSON.stringify({ rules }) });
    assert.ok(response.ok);
  };
  const shownTo = (key: string, words: RegExp): number =>
    journey.chat.messages(key).filter((one) => one.from === 'bot' && words.test(readMessage(one))).length;

  it('F23: an approval that comes before the bot knows that its card arrived counts', async () => {
    await strike({ method: 'POST', person: 'manager', kind: 'apply-then-hang', times: 1 });
    await asks(requester, name);

    await approves(manager, name);

    await requester.sees(about(name), REMOVED);
    assert.equal((await removalsOf(journey, name)).length, 1);
  });

  for (const first of ['approve', 'decline'] as const)
    it(`F23: of an approval and a decline at the same time one counts, and the other sees it (${first} first)`, async () => {
      const { approval } = await waits(journey, name);
      const data = dataOf(approval, 'approval.approve');
      const presses = {
        approve: () => manager.forges(approval, 'approval.confirm-approve', data),
        decline: () =>
          manager.forges(approval, 'approval.confirm-decline', { ...data, reason: 'They have signed again.' }),
      };
      const order = first === 'approve' ? (['approve', 'decline'] as const) : (['decline', 'approve'] as const);

      const answers = await Promise.all(order.map((one) => presses[one]()));

      const isDeclined = answers.some((answer) => answer.includes('You declined this'));
      await requester.sees(about(name), isDeclined ? /They have signed again\./ : REMOVED);
      assert.equal((await removalsOf(journey, name)).length, isDeclined ? 0 : 1);
      assert.doesNotMatch(requester.all(), isDeclined ? REMOVED : /They have signed again\./);
    });

  const answers: [what: string, rule: object, passMs: number][] = [
    ['429', { status: 429, retryAfterSeconds: 1, times: 1 }, 2_000],
    ['503', { status: 503, times: 2 }, 5_000],
    ['a line that is cut', { kind: 'reset', times: 2 }, 5_000],
    ['403, the app is blocked', { status: 403, times: 1 }, 61_000],
    ['404, the chat is gone', { status: 404, times: 1 }, 61_000],
  ];
  for (const [what, rule, passMs] of answers)
    it(`F28: (${what}) when the approver is asked: the request waits, they are asked once Teams takes it, and it goes through`, async () => {
      await strike({ method: 'POST', person: 'manager', ...rule });
      await asks(requester, name);
      journey.advance(3_000);
      await requester.sees(about(name), /Waiting for Elena Marsh/);

      journey.advance(passMs);
      const card = await manager.sees(about(name), APPROVAL_WANTED);

      await manager.presses(card, 'Approve');
      await manager.presses(card, 'Yes, approve');
      await requester.sees(about(name), REMOVED);
      assert.equal(shownTo('manager', APPROVAL_WANTED), 0, 'a card that asks is left');
      assert.equal((await removalsOf(journey, name)).length, 1);
    });

  it('F28: an approver who has blocked the bot for an hour: whoever asked is told, once; the request stands', async () => {
    await strike({ method: 'POST', person: 'manager', status: 403, times: 1_000 });
    await asks(requester, name);
    journey.advance(3_000);
    await requester.sees(about(name), /Waiting for Elena Marsh/);

    journey.advance(61 * 60_000);
    const told = await requester.sees(about(name), /could not be shown to Elena Marsh so far/);
    assert.match(told.summary ?? '', /An approver cannot be reached/);
    await strike();
    // A try that is under way sets the next one by the clock as it is when it ends.
    const later = setInterval(() => {
      journey.advance(61_000);
    }, 250);
    await manager.sees(about(name), APPROVAL_WANTED).finally(() => {
      clearInterval(later);
    });
    await approves(manager, name);

    await requester.sees(about(name), REMOVED);
    assert.equal(shownTo('requester', /could not be shown to/), 0, 'what is no longer so is left');
  });

  it('F28: cards that cannot be changed change nothing of what was decided, and are settled later', async () => {
    await waits(journey, name);
    await strike({ method: 'PUT', status: 503, times: 6 });

    await approves(manager, name);

    await requester.sees(about(name), REMOVED);
    assert.equal((await removalsOf(journey, name)).length, 1);
    await strike();
    journey.advance(60_000);
    await manager.sees(about(name), REMOVED);
  });

  it('F28: a result that Teams does not take comes later, and is on the list of requests meanwhile', async () => {
    await waits(journey, name);
    await strike({ method: 'POST', person: 'requester', path: 'activities$', status: 503, times: 3 });
    await approves(manager, name);
    await manager.sees(about(name), REMOVED);

    await strike();
    journey.advance(60_000);

    await requester.sees(about(name), REMOVED);
    assert.equal((await removalsOf(journey, name)).length, 1);
  });

  it('F29: a receipt whose sending seemed to fail may come twice, and is one removal', async () => {
    await waits(journey, name);
    await strike({ method: 'POST', person: 'requester', kind: 'apply-then-reset', times: 1 });

    await approves(manager, name);
    await requester.sees(about(name), REMOVED);

    assert.ok(shownTo('requester', REMOVED) <= 2);
    assert.equal((await removalsOf(journey, name)).length, 1);
  });

  it('F39: a customer with 1,000 subscriptions is read whole, and its card stays within what Teams takes', async () => {
    const customerId = customerIdOf(name);
    for (let at = 0; at < 1_000; at++)
      changeWorld(journey.partnerCenter.world, {
        customerId,
        addSubscription: { class: 'legacy-licence', offerName: `Office 365 E1 no. ${at}`, quantity: 7 },
      });

    const card = await opens(requester, name, /Clear 1,?000 things here first/);

    assert.ok(Buffer.byteLength(JSON.stringify(card.card)) <= 28 * 1024);
    assert.deepEqual(await journey.changes(), []);
  });

  it('F39: a customer with nothing, and one with nothing but what is suspended, have nothing in the way', async () => {
    await opens(requester, name, CLEAR);
    const licensed = 'northwindtraders';
    const card = await opens(requester, licensed, /Clear 1 thing here first/);
    await requester.presses(card, 'Suspend');
    await requester.presses(card, 'Yes, suspend');

    await requester.sees(about(licensed), CLEAR);
  });
}).timeout(40_000);

describe('a Teams that takes nothing and refuses nothing', () => {
  it('F28: is answered all the same when somebody says something, before it gives up on the bot', async () => {
    let isHanging = false;
    const hanging: typeof fetch = (...call) => (isHanging ? new Promise(() => undefined) : fetch(...call));
    const journey = await startJourney({ fetch: hanging });
    try {
      isHanging = true;

      await journey.chat.say('requester', 'help');

      isHanging = false;
      await journey.chat.say('requester', 'help');
      assert.equal(journey.chat.messages('requester').at(-1)?.summary, 'What I can do');
    } finally {
      isHanging = false;
      await journey.close();
    }
  });
}).timeout(30_000);
