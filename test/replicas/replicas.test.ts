import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import {
  about,
  approves,
  asks,
  CLEAR,
  domainOf,
  opens,
  removalsOf,
  REMOVED,
  seatOf,
  sends,
  suspensionsOf,
  waits,
  type Seat,
} from '../journeys/steps.ts';
import { readMessage } from '../support/journey.ts';
import { startReplicas, type ReplicasWorld } from './world.ts';

const NAME = 'fabrikambikes';

/** New messages of the bot that say something about a customer, as somebody sees them in the end. */
const messagesOf = ({ chat }: ReplicasWorld, seat: string, name: string, words: RegExp): number =>
  chat
    .messages(seat)
    .filter(({ from }) => from === 'bot')
    .map(readMessage)
    .filter((text) => about(name).test(text) && words.test(text)).length;

describe('two processes with one store', function () {
  this.timeout(120_000);
  let world: ReplicasWorld;
  let requester: Seat;
  let manager: Seat;

  describe('that can act for everybody', () => {
    before(async function () {
      this.timeout(180_000);
      world = await startReplicas();
      requester = seatOf(world, 'requester');
      manager = seatOf(world, 'manager');
    });
    after(() => world.close());
    afterEach(() => {
      world.only(undefined);
      world.chat.behave({});
    });

    it('F22: carry out once what was pressed once, however often it is delivered and to whom', async () => {
      world.chat.behave({ duplicates: 4 });
      const name = 'contosobakery';

      const card = await opens(requester, name, /Clear 2 things here first/);
      await requester.presses(card, 'Suspend 2 legacy subscriptions');
      await requester.presses(card, 'Yes, suspend');
      const ready = await requester.sees(about(name), CLEAR);
      await sends(requester, ready, name);
      await approves(manager, name);
      for (const seat of [requester, manager]) await seat.sees(about(name), REMOVED);

      const suspended = await suspensionsOf(world, name);
      assert.equal(suspended.length, 2);
      assert.equal(new Set(suspended.map(({ path }) => path)).size, 2);
      assert.equal((await removalsOf(world, name)).length, 1);
      assert.equal(messagesOf(world, 'manager', name, REMOVED), 1);
    });

    it('go on with a dialog whichever of them has begun it', async () => {
      world.only(0);
      await requester.says('remove');
      const picker = await requester.sees(/Customers 1–8 of/);
      world.only(1);
      assert.match(await requester.presses(picker, 'Search', { search: 'co' }), /Contoso Ltd/);
      world.only(0);
      await requester.says(domainOf('relecloud'));
      world.only(1);

      await requester.sees(about('relecloud'), /Check again/);
    });

    it('show what the other one has changed since, though it was read before', async () => {
      const name = 'northwindtraders';
      world.only(0);
      const card = await opens(requester, name, /Clear 1 thing here first/);
      world.only(1);
      await opens(requester, name, /Clear 1 thing here first/);
      await requester.presses(card, 'Suspend');
      await requester.presses(card, 'Yes, suspend');
      await requester.sees(about(name), CLEAR);

      const seen = world.chat.messages('requester').length;
      world.only(0);
      await requester.says(`remove ${domainOf(name)}`);

      const [, ...after] = (
        await world.chat.until('requester', (all) => all.slice(seen).some(({ from }) => from === 'bot'))
      ).slice(seen);
      await world.chat.until('requester', (all) => CLEAR.test(readMessage(all.at(-1)!)));
      assert.ok(after.every((message) => !readMessage(message).includes('Clear 1 thing here first')));
    });

    // How soon is held where no machine is too busy for it: `test/bot/work/sharing-work.test.ts`.
    it('take over from one that was killed in the middle of the call, under its id', async () => {
      const { approval } = await waits(world, NAME);
      world.only(0);
      await manager.presses(approval, 'Approve');
      await world.control('_faults', { rules: [{ method: 'PATCH', kind: 'hang', times: 1 }] });
      await manager.presses(approval, 'Yes, approve');
      while ((await removalsOf(world, NAME)).length === 0) await delay(20);
      await world.end(0, 'SIGKILL');
      world.only(undefined);
      await world.control('_faults', { rules: [] });

      while ((await removalsOf(world, NAME)).length < 2) await delay(50);
      for (const seat of [requester, manager]) await seat.sees(about(NAME), REMOVED);
      const removals = await removalsOf(world, NAME);
      assert.equal(new Set(removals.map(({ requestId }) => requestId)).size, 1);
      assert.equal(removals.filter(({ status }) => status >= 200 && status < 300).length, 1);
      await world.start(0);
    });

    it('lose nothing where one is stopped in its own way while clicks come', async () => {
      const names = ['libertyslight', 'adventureworks', 'tailspintoys'];
      const stopped = delay(300).then(() => world.beginToEnd(1, 'SIGTERM'));
      for (const name of names) {
        await requester.says(`remove ${domainOf(name)}`);
        await requester.sees(about(name), /./);
      }
      assert.equal(await stopped, 0, world.log(1));
      await asks(requester, 'alpineskihouse');
      await approves(manager, 'alpineskihouse');
      await requester.sees(about('alpineskihouse'), REMOVED);
      assert.equal((await removalsOf(world, 'alpineskihouse')).length, 1);
      await world.start(1);
    });

    it('F25: go on without the queue, say so once, and are not ready meanwhile', async () => {
      const isReady = async (which: number): Promise<boolean> =>
        (await fetch(`${world.addressOf(which)}/readyz`)).status === 200;
      assert.deepEqual([await isReady(0), await isReady(1)], [true, true]);
      const words = /the queue that other processes are called by cannot be used/g;
      // A busy machine may have been too slow for it before.
      const saidBy = (which: number): number => world.log(which).match(words)?.length ?? 0;
      const before = [saidBy(0), saidBy(1)];
      world.queueAnswers(false);
      while ((await isReady(0)) || (await isReady(1))) await delay(200);

      await asks(requester, 'wideworldimporters');
      await approves(manager, 'wideworldimporters');
      await requester.sees(about('wideworldimporters'), REMOVED);

      assert.deepEqual([saidBy(0), saidBy(1)], [before[0]! + 1, before[1]! + 1]);
      world.queueAnswers(true);
      while (!((await isReady(0)) && (await isReady(1)))) await delay(200);
    });
  });

  describe('that have people’s own tokens', () => {
    const WAITING = /Waiting for Elena Marsh: sign in and remove/;

    before(async function () {
      this.timeout(180_000);
      // The first has everybody's, the second only the bot's own.
      world = await startReplicas({
        tokensOf: ['everybody', 'bot'],
        standIn: { staleListMs: 9_000 },
        chat: { limitRates: true },
      });
      requester = seatOf(world, 'requester');
      manager = seatOf(world, 'manager');
    });
    after(() => world.close());

    it('keep Teams’ rates together', async () => {
      const before = world.chat.calls.length;

      await Promise.all(Array.from({ length: 12 }, () => requester.says('help')));

      const calls = world.chat.calls.slice(before);
      assert.ok(calls.length >= 12);
      assert.deepEqual(
        calls.filter(({ status }) => status === 429).map(({ path }) => path),
        [],
      );
    });

    it('leave what takes somebody’s token to the one that has it, again and again', async () => {
      world.only(0);
      await waits(world, NAME);
      await approves(manager, NAME);
      await requester.sees(about(NAME), REMOVED);

      assert.equal((await removalsOf(world, NAME)).length, 1);
      assert.doesNotMatch(requester.all() + manager.all(), WAITING);
    });

    it('say who has to sign in when the one that had the token was killed', async () => {
      const name = 'alpineskihouse';
      const { approval } = await waits(world, name);
      await manager.presses(approval, 'Approve');
      await world.control('_faults', { rules: [{ method: 'PATCH', kind: 'hang', times: 1 }] });
      await manager.presses(approval, 'Yes, approve');
      while ((await removalsOf(world, name)).length === 0) await delay(20);
      await world.end(0, 'SIGKILL');
      world.only(1);
      await world.control('_faults', { rules: [] });

      await world.chat.until(
        'manager',
        (all) => all.some((one) => readMessage(one).includes('Waiting for Elena Marsh: sign in and remove')),
        { timeoutMs: 60_000 },
      );

      assert.equal((await removalsOf(world, name)).length, 1, 'nothing is sent in their name without them');
    });
  });
});
