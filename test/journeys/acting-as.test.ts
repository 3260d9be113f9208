import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { MANAGER_OBJECT_ID, startChat, type Chat } from '../../sandbox/chat/chat.ts';
import { startPartnerCenter, type PartnerCenterStandIn } from '../../sandbox/partner-center/server.ts';
import { freePort } from '../support/free-port.ts';
import {
  journeyEnv,
  partnerCenterControls,
  startBotProcess,
  type BotProcess,
  type Journey,
} from '../support/journey.ts';
import { about, removalsOf, REMOVED, seatOf, waits } from './steps.ts';
import { eventually } from '../support/eventually.ts';

const NAME = 'fabrikambikes';
const WAITING = /Waiting for Elena Marsh: sign in and remove/;

/** Where the process is when it ends: what of Partner Center hangs. */
const moments = {
  'before the intent': { method: 'GET', path: '/orders$', kind: 'hang' },
  'while the call is under way, which is not carried out': { method: 'PATCH', kind: 'hang', times: 1 },
  'while the call is under way, which is carried out': { method: 'PATCH', kind: 'apply-then-hang', times: 1 },
} as const;

describe('a removal whose process ends', function () {
  this.timeout(60_000);
  let chat: Chat;
  let partnerCenter: PartnerCenterStandIn;
  let folder: string;
  let signedIn: string;
  let env: Readonly<Record<string, string>>;
  let bot: BotProcess;

  const start = async (): Promise<void> => {
    bot = startBotProcess(env, ['test/support/signed-in-bot.ts', signedIn]);
    assert.ok(await bot.ready, bot.errors());
  };
  const end = async (signal: 'SIGKILL' | 'SIGTERM'): Promise<number | string> => {
    bot.send(signal);
    return bot.ended;
  };
  const world = (): { chat: Chat; changes: Journey['changes'] } => ({
    chat,
    changes: partnerCenterControls(partnerCenter.url).changes,
  });
  const faults = (rules: readonly object[]): Promise<void> =>
    partnerCenterControls(partnerCenter.url).control('_faults', { rules });
  const calls = () => partnerCenterControls(partnerCenter.url).calls();

  beforeEach(async () => {
    partnerCenter = await startPartnerCenter({ staleListMs: 300 });
    chat = await startChat({ partnerCenterUrl: partnerCenter.url });
    folder = await mkdtemp(path.join(tmpdir(), 'journey-'));
    signedIn = path.join(folder, 'signed-in');
    await writeFile(signedIn, 'everybody');
    const port = await freePort();
    env = { ...journeyEnv(partnerCenter.url, path.join(folder, 'store')), PORT: String(port) };
    await start();
    chat.connect(`http://127.0.0.1:${port}/api/messages`);
    for (const key of ['requester', 'manager']) await chat.install(key);
  });
  afterEach(async () => {
    await end('SIGKILL');
    await Promise.all([chat.close(), partnerCenter.close()]);
    await rm(folder, { recursive: true, force: true });
  });

  /** Approved, and the process ended where something hangs. @returns how it ended. */
  const endedAt = async (moment: keyof typeof moments, signal: 'SIGKILL' | 'SIGTERM'): Promise<number | string> => {
    const { approval } = await waits(world(), NAME);
    const rule = moments[moment];
    const manager = seatOf(world(), 'manager');
    await manager.presses(approval, 'Approve');
    await faults([rule]);
    await manager.presses(approval, 'Yes, approve');
    const isReached = async (): Promise<boolean> =>
      moment === 'before the intent'
        ? (await calls()).some((call) => call.path.endsWith('/orders') && call.status === 0)
        : (await removalsOf(world(), NAME)).length > 0;
    await eventually(isReached, 'nothing hangs there');
    return end(signal);
  };
  const areRemoved = async (): Promise<void> => {
    for (const key of ['requester', 'manager']) await seatOf(world(), key).sees(about(NAME), REMOVED);
    const made = await removalsOf(world(), NAME);
    assert.equal(new Set(made.map(({ requestId }) => requestId)).size, 1);
  };

  for (const moment of Object.keys(moments) as (keyof typeof moments)[]) {
    it(`${moment} goes on to its end by itself, where the next process can act for everybody`, async () => {
      await endedAt(moment, 'SIGKILL');
      await faults([]);

      await start();

      await areRemoved();
    });

    it(`F36: politely, ${moment}, ends within its limit, and goes on at once`, async () => {
      const code = await endedAt(moment, 'SIGTERM');
      await faults([]);

      await start();

      assert.equal(code, 0);
      await areRemoved();
    });

    for (const own of moment.endsWith('which is carried out') ? ['bot', ''] : ['bot'])
      it(`${moment} waits for the approver to sign in, where the next process has ${own === '' ? 'no token' : 'the bot’s own'}`, async () => {
        await endedAt(moment, 'SIGKILL');
        await faults([]);
        const sent = (await removalsOf(world(), NAME)).length;
        await writeFile(signedIn, own);

        await start();

        const manager = seatOf(world(), 'manager');
        if (own === 'bot' && moment.endsWith('which is carried out')) return areRemoved();
        const card = await manager.sees(about(NAME), WAITING);
        await seatOf(world(), 'requester').sees(about(NAME), WAITING);
        const answer = await manager.presses(card, 'Sign in and remove');
        assert.match(answer, /I have no sign-in of Elena Marsh/);
        assert.equal((await removalsOf(world(), NAME)).length, sent, 'called without a token');

        await writeFile(signedIn, `person:${MANAGER_OBJECT_ID}`);

        await areRemoved();
        return undefined;
      });
  }
});
