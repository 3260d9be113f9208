import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startChat, type Chat } from '../../sandbox/chat/chat.ts';
import { startPartnerCenter, type PartnerCenterStandIn } from '../../sandbox/partner-center/server.ts';
import { freePort } from '../support/free-port.ts';
import {
  journeyEnv,
  partnerCenterControls,
  startBotProcess,
  startJourney,
  type BotProcess,
  type Journey,
} from '../support/journey.ts';
import {
  about,
  answered,
  APPROVAL_WANTED,
  approves,
  asks,
  CLEAR,
  domainOf,
  opens,
  REASON,
  removalsOf,
  REMOVED,
  seatOf,
  sends,
  suspensionsOf,
  waits,
  type Seat,
} from './steps.ts';
import { eventually } from '../support/eventually.ts';

describe('a bot that is stopped and started again', () => {
  let journey: Journey;
  let requester: Seat;
  let manager: Seat;

  beforeEach(async () => {
    journey = await startJourney();
    requester = seatOf(journey, 'requester');
    manager = seatOf(journey, 'manager');
  });
  afterEach(() => journey.close());

  it('goes on suspending what was confirmed, without another click', async () => {
    const name = 'contosobakery';
    await journey.control('_faults', { switches: { statusDelayMs: 1_000 } });
    const card = await opens(requester, name, /Clear 2 things here first/);
    await requester.presses(card, 'Suspend 2 legacy subscriptions');
    await requester.presses(card, 'Yes, suspend');

    await journey.restart();

    await requester.sees(about(name), CLEAR);
    const calls = await suspensionsOf(journey, name);
    assert.equal(new Set(calls.map(({ path: one }) => one)).size, 2);
    assert.equal(new Set(calls.map(({ requestId }) => requestId)).size, 2);
  });

  it('asks the approver for what was sent', async () => {
    const name = 'fabrikambikes';
    await asks(requester, name);

    await journey.restart();

    await approves(manager, name);
    await requester.sees(about(name), REMOVED);
  });

  it('carries out what was approved, once', async () => {
    const name = 'fabrikambikes';
    await waits(journey, name);
    await approves(manager, name);

    await journey.restart();

    await requester.sees(about(name), REMOVED);
    await manager.sees(about(name), REMOVED);
    assert.equal((await removalsOf(journey, name)).length, 1);
  });

  it('goes on looking until the customer is really gone', async () => {
    const name = 'fabrikambikes';
    await journey.control('_faults', { switches: { staleListMs: 5_000 } });
    await waits(journey, name);
    await approves(manager, name);
    journey.advance(3_000);
    await requester.sees(about(name), /I look until the customer is really gone/);

    await journey.restart();

    await requester.sees(about(name), REMOVED);
    assert.equal((await removalsOf(journey, name)).length, 1);
  });

  it('lets requests expire whose time ran out while it was away', async () => {
    const name = 'fabrikambikes';
    await waits(journey, name);
    await journey.stop();
    journey.advance(73 * 3_600_000);

    await journey.restart();

    await requester.sees(about(name), /Expired: the time ran out/);
    await manager.sees(about(name), /Expired: the time ran out/);
    assert.deepEqual(await removalsOf(journey, name), []);
  });

  describe('takes the buttons of the cards from before', () => {
    it('that show what stands in the way', async () => {
      const card = await opens(requester, 'northwindtraders', /Clear 1 thing here first/);
      await requester.presses(card, 'Suspend');

      await journey.restart();

      await requester.presses(card, 'Yes, suspend');
      await requester.sees(about('northwindtraders'), CLEAR);
    });

    it('that let a customer be chosen', async () => {
      await requester.says('remove');
      const picker = await requester.sees(/Customers 1–8 of/);

      await journey.restart();

      const found = await requester.presses(picker, 'Search', { search: domainOf('relecloud') });
      assert.match(found, about('relecloud'));
    });

    it('that a request is handed in with', async () => {
      const name = 'fabrikambikes';
      const form = await opens(requester, name, CLEAR);
      await requester.presses(form, 'Request removal');

      await journey.restart();

      await requester.presses(form, 'Send request', { reason: REASON, domain: domainOf(name) });
      await manager.sees(about(name), APPROVAL_WANTED);
    });

    it('F38: that a request is decided with, also in the middle of it', async () => {
      const name = 'fabrikambikes';
      const { approval } = await waits(journey, name);
      await manager.presses(approval, 'Approve');

      await journey.restart();

      await manager.presses(approval, 'Yes, approve');
      await requester.sees(about(name), REMOVED);
    });

    it('F38: that a request is taken back with', async () => {
      const name = 'fabrikambikes';
      const { sent } = await waits(journey, name);

      await journey.restart();

      await requester.presses(sent, 'Withdraw');
      assert.match(await requester.presses(sent, 'Yes, withdraw'), /Withdrawn\. Nothing was removed/);
    });
  });

  it('forgets what a chat was in the middle of no more than it has to: typed words are answered', async () => {
    await opens(requester, 'northwindtraders', /Clear 1 thing here first/);

    await journey.restart();

    await requester.says('the first one');
    await requester.sees(/Please use the buttons of the card above, or write help/);
  });
}).timeout(30_000);

describe('a bot whose process is killed', () => {
  let chat: Chat;
  let partnerCenter: PartnerCenterStandIn;
  let folder: string;
  let env: Readonly<Record<string, string>>;
  let bot: BotProcess;

  const start = async (): Promise<void> => {
    bot = startBotProcess(env);
    assert.ok(await bot.ready, bot.errors());
  };
  const kill = async (): Promise<void> => {
    bot.send('SIGKILL');
    await bot.ended;
  };
  const world = (): { chat: Chat; changes: Journey['changes'] } => ({
    chat,
    changes: partnerCenterControls(partnerCenter.url).changes,
  });

  beforeEach(async () => {
    partnerCenter = await startPartnerCenter({ staleListMs: 300 });
    chat = await startChat({ partnerCenterUrl: partnerCenter.url });
    folder = await mkdtemp(path.join(tmpdir(), 'journey-'));
    const port = await freePort();
    env = { ...journeyEnv(partnerCenter.url, folder), PORT: String(port) };
    await start();
    chat.connect(`http://127.0.0.1:${port}/api/messages`);
    for (const key of ['requester', 'manager']) await chat.install(key);
  });
  afterEach(async () => {
    await kill();
    await Promise.all([chat.close(), partnerCenter.close()]);
    await rm(folder, { recursive: true, force: true });
  });

  const untilRemovalIsUnderWay = async (name: string): Promise<void> => {
    await eventually(async () => (await removalsOf(world(), name)).length > 0, 'nothing is removed');
  };

  it('F2: right after an approval was answered carries it out after its next start, under one id', async () => {
    const name = 'fabrikambikes';
    const { approval } = await waits(world(), name);
    const manager = seatOf(world(), 'manager');
    await manager.presses(approval, 'Approve');
    const yes = await manager.presses(approval, 'Yes, approve');

    await kill();
    await start();

    assert.match(yes, /You approved this/);
    await seatOf(world(), 'requester').sees(about(name), REMOVED);
    await manager.sees(about(name), REMOVED);
    const calls = await removalsOf(world(), name);
    assert.equal(new Set(calls.map(({ requestId }) => requestId)).size, 1);
  });

  it('while the removal call is under way finds out what became of it, and sends it again under the same id only', async () => {
    const name = 'fabrikambikes';
    const { control } = partnerCenterControls(partnerCenter.url);
    await control('_faults', { rules: [{ method: 'PATCH', kind: 'hang', times: 1 }] });
    const { approval } = await waits(world(), name);
    const manager = seatOf(world(), 'manager');
    await manager.presses(approval, 'Approve');
    await manager.presses(approval, 'Yes, approve');
    await untilRemovalIsUnderWay(name);

    await kill();
    await start();

    await seatOf(world(), 'requester').sees(about(name), REMOVED);
    const calls = await removalsOf(world(), name);
    assert.equal(calls.length, 2);
    assert.equal(new Set(calls.map(({ requestId }) => requestId)).size, 1);
  });

  it('F36: politely, while a call hangs, ends within its limit and goes on from there', async () => {
    const name = 'fabrikambikes';
    const { control } = partnerCenterControls(partnerCenter.url);
    await control('_faults', { rules: [{ method: 'PATCH', kind: 'hang', times: 1 }] });
    const { approval } = await waits(world(), name);
    const manager = seatOf(world(), 'manager');
    await manager.presses(approval, 'Approve');
    await manager.presses(approval, 'Yes, approve');
    await untilRemovalIsUnderWay(name);

    bot.send('SIGTERM');
    const code = await bot.ended;
    await start();

    assert.equal(code, 0);
    await seatOf(world(), 'requester').sees(about(name), REMOVED);
    const calls = await removalsOf(world(), name);
    assert.equal(new Set(calls.map(({ requestId }) => requestId)).size, 1);
  });

  it('F2: right after suspending was confirmed suspends each once, without another click', async () => {
    const name = 'contosobakery';
    const requester = seatOf(world(), 'requester');
    const card = await opens(requester, name, /Clear 2 things here first/);
    await requester.presses(card, 'Suspend 2 legacy subscriptions');
    await requester.presses(card, 'Yes, suspend');

    await kill();
    await start();

    const ready = await requester.sees(about(name), CLEAR);
    const calls = await suspensionsOf(world(), name);
    assert.equal(new Set(calls.map(({ requestId }) => requestId)).size, 2);
    await sends(requester, ready, name);
    await approves(seatOf(world(), 'manager'), name);
    await requester.sees(about(name), REMOVED);
  });

  it('F2: right after a request was handed in asks the approver', async () => {
    const name = 'fabrikambikes';
    const requester = seatOf(world(), 'requester');
    await asks(requester, name);

    await kill();
    await start();

    const card = await seatOf(world(), 'manager').sees(about(name), APPROVAL_WANTED);
    assert.ok(seatOf(world(), 'manager').reads(card).includes(REASON));
  });

  it('F2: right after a decline was answered tells the requester, and never removes anything', async () => {
    const name = 'fabrikambikes';
    const { approval } = await waits(world(), name);
    await chat.press('manager', approval.id, 'Decline');
    const told = answered(
      await chat.press('manager', approval.id, 'Yes, decline', { reason: 'They have signed again.' }),
    );

    await kill();
    await start();

    assert.match(told, /You declined this/);
    await seatOf(world(), 'requester').sees(about(name), /They have signed again\./);
    assert.deepEqual(await removalsOf(world(), name), []);
  });

  it('F3: again and again comes to the same end', async () => {
    const name = 'fabrikambikes';
    const { approval } = await waits(world(), name);
    await chat.press('manager', approval.id, 'Approve');
    await chat.press('manager', approval.id, 'Yes, approve');

    for (let times = 0; times < 2; times++) {
      await kill();
      await start();
    }

    await seatOf(world(), 'requester').sees(about(name), REMOVED);
    const calls = await removalsOf(world(), name);
    assert.equal(new Set(calls.map(({ requestId }) => requestId)).size, 1);
  });
}).timeout(40_000);
