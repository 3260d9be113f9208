import assert from 'node:assert/strict';
import { copyFile, cp, mkdtemp, readdir, readFile, rm, truncate, unlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  about,
  APPROVAL_WANTED,
  approves,
  removalsOf,
  REMOVED,
  seatOf,
  waits,
  leavesConfirming,
} from '../journeys/steps.ts';
import { FaultDisk } from '../services/storage/fault-disk.ts';
import { journeyEnv, startBotProcess, startJourney, type BotProcess, type Journey } from '../support/journey.ts';

const NOT_STORED = /could not be stored/;
const name = 'fabrikambikes';

describe('a bot whose disk does not keep what was written', () => {
  it('F26: refuses the approval, ends, and carries nothing out that it refused once it is started again', async () => {
    const disk = new FaultDisk();
    const journey = await startJourney({ disk: disk.disk });
    try {
      const manager = seatOf(journey, 'manager');
      const { approval } = await waits(journey, name);
      await manager.presses(approval, 'Approve');
      disk.fault = (reached) => (reached === 'fsync' ? 'EIO' : undefined);

      const answer = await manager.presses(approval, 'Yes, approve');
      await journey.endedByItself;

      assert.match(answer, NOT_STORED);
      disk.fault = () => undefined;
      await journey.restart();
      assert.deepEqual(await removalsOf(journey, name), []);
      await leavesConfirming(manager, approval);
      await approves(manager, name);
      await seatOf(journey, 'requester').sees(about(name), REMOVED);
      assert.equal((await removalsOf(journey, name)).length, 1);
    } finally {
      disk.fault = () => undefined;
      await journey.close();
    }
  });
}).timeout(30_000);

describe('a bot that was killed in the middle of a write', () => {
  it('F4: goes on from what was acknowledged before it, and nothing of the half is left', async () => {
    const journey = await startJourney();
    try {
      await waits(journey, name);
      await journey.stop();
      // What the write of an approval leaves that did not come further: half of the next content, under another name.
      const file = await fileOf(journey.folder, 'request');
      const torn = path.join(path.dirname(file), `.${path.basename(file)}.11111111-1111-4111-8111-111111111111.tmp`);
      await copyFile(file, torn);
      await truncate(torn, Math.floor((await readFile(file)).length / 2));

      await journey.restart();

      const manager = seatOf(journey, 'manager');
      await manager.sees(about(name), APPROVAL_WANTED);
      assert.deepEqual(await removalsOf(journey, name), []);
      await approves(manager, name);
      await seatOf(journey, 'requester').sees(about(name), REMOVED);
      assert.deepEqual(
        (await readdir(path.dirname(file))).filter((one) => one.endsWith('.tmp')),
        [],
      );
      assert.equal((await removalsOf(journey, name)).length, 1);
    } finally {
      await journey.close();
    }
  });
}).timeout(30_000);

describe('a process on a store', () => {
  let made: string;
  let journey: Journey;
  let folder: string;
  let bot: BotProcess | undefined;

  /** A request waits for its approval in it. */
  before(async () => {
    journey = await startJourney();
    await waits(journey, name);
    await journey.stop();
    made = journey.folder;
  });
  after(() => journey.close());
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'faults-'));
    await cp(made, folder, { recursive: true });
  });
  afterEach(async () => {
    bot?.send('SIGKILL');
    await bot?.ended;
    await rm(folder, { recursive: true, force: true });
  });
  const start = (more: Readonly<Record<string, string>> = {}): BotProcess =>
    (bot = startBotProcess({ ...journeyEnv(journey.partnerCenter.url, folder), ...more }));

  it('F26: whose disk does not keep what it writes ends with exit code 74, and says why', async () => {
    const dies = path.join(folder, 'dies');
    const preloaded = pathToFileURL(path.join(import.meta.dirname, 'fails-to-sync.mjs')).href;
    const running = start({ NODE_OPTIONS: `--import ${preloaded}`, FSYNC_FAILS_ONCE: dies });
    assert.ok(await running.ready, running.errors());
    const [url = ''] = /http:\S+:\d+/.exec(running.output()) ?? [];
    await writeFile(dies, '');

    const isReady = (await fetch(`${url}/readyz`)).status;

    assert.equal(isReady, 503);
    assert.equal(await running.ended, 74);
    assert.match(running.output(), /the disk did not keep what was written: the bot stops/);
  });

  const spoilt: [name: string, spoil: () => Promise<string>, told: RegExp][] = [
    [
      'F27: with a request that is torn',
      async () => {
        const file = await fileOf(folder, 'request');
        await truncate(file, 100);
        return file;
      },
      /is damaged: it is not the document of a partition\. Put it back from a backup; nothing was changed/,
    ],
    [
      'F27: with a request that somebody has edited',
      async () => {
        const file = await fileOf(folder, 'request');
        await writeFile(file, (await readFile(file, 'utf8')).replace('"state":"pending"', '"state":"approved"'));
        return file;
      },
      /is damaged: its checksum does not fit its rows\. Put it back from a backup/,
    ],
    [
      'F27: without the file that says which store it is',
      async () => {
        await unlink(path.join(folder, 'store.json'));
        return fileOf(folder, 'request');
      },
      /it is missing, and there are partitions beside it/,
    ],
    [
      'F38: with a request of a newer version',
      async () => {
        const file = await fileOf(folder, 'request');
        await writeFile(file, (await readFile(file, 'utf8')).replace('"schema":1', '"schema":2'));
        return file;
      },
      /was written by a newer version of this program; start that one/,
    ],
    [
      'F38: of a newer version',
      async () => {
        const file = path.join(folder, 'store.json');
        await writeFile(file, (await readFile(file, 'utf8')).replace('"schema":1', '"schema":2'));
        return file;
      },
      /was written by a newer version of this program; start that one/,
    ],
  ];
  for (const [what, spoil, told] of spoilt)
    it(`${what} does not start: exit code 78, what to do, and everything as it was`, async () => {
      const file = await spoil();
      const before = await readFile(file);
      const calls = (await journey.calls()).length;

      const running = start();

      assert.equal(await running.ended, 78);
      assert.match(running.errors(), told);
      assert.deepEqual(await readFile(file), before);
      assert.ok(!(await readdir(folder)).includes('owner.lock'));
      assert.equal((await journey.calls()).length, calls);
    });
}).timeout(40_000);

async function fileOf(folder: string, kind: string): Promise<string> {
  const [file] = (await readdir(path.join(folder, kind))).filter((one) => one.endsWith('.json'));
  assert.ok(file, `nothing is stored of kind ${kind}`);
  return path.join(folder, kind, file);
}
