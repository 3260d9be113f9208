import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { FaultDisk } from '../services/storage/fault-disk.ts';
import { startJourney, type Journey } from '../support/journey.ts';
import {
  about,
  APPROVAL_WANTED,
  approves,
  asks,
  CLEAR,
  domainOf,
  leavesConfirming,
  opens,
  REASON,
  removalsOf,
  REMOVED,
  seatOf,
  suspensionsOf,
  waits,
  type Seat,
} from './steps.ts';

const NOT_STORED = /could not be stored/;

describe('when the bot’s disk', () => {
  let disk: FaultDisk;
  let journey: Journey;
  let requester: Seat;
  let manager: Seat;
  const name = 'fabrikambikes';
  const isReady = async (): Promise<number> => (await fetch(new URL('/readyz', journey.botUrl))).status;

  beforeEach(async () => {
    disk = new FaultDisk();
    journey = await startJourney({ disk: disk.disk });
    requester = seatOf(journey, 'requester');
    manager = seatOf(journey, 'manager');
  });
  afterEach(async () => {
    disk.fault = () => undefined;
    await journey.close();
  });

  for (const [trouble, call, code] of [
    ['is full', 'write', 'ENOSPC'],
    ['can only be read', 'open', 'EROFS'],
    ['fails', 'write', 'EIO'],
  ] as const) {
    it(`F26: ${trouble}, an approval is refused and not shown as given; once it is well the removal goes through`, async () => {
      const { approval } = await waits(journey, name);
      await manager.presses(approval, 'Approve');
      disk.fault = (reached, file) => (reached === call && file.endsWith('.tmp') ? code : undefined);

      const answer = await manager.presses(approval, 'Yes, approve');

      assert.match(answer, NOT_STORED);
      assert.equal(await isReady(), 503);
      assert.deepEqual(await removalsOf(journey, name), []);

      disk.fault = () => undefined;
      assert.equal(await isReady(), 200);
      await leavesConfirming(manager, approval);
      await approves(manager, name);
      await requester.sees(about(name), REMOVED);
      assert.equal((await removalsOf(journey, name)).length, 1);
    });

    it(`F26: ${trouble}, a new request is refused, and can be made once it is well`, async () => {
      disk.fault = (reached, file) => (reached === call && file.endsWith('.tmp') ? code : undefined);

      await requester.says(`remove ${domainOf(name)}`);
      await requester.sees(NOT_STORED);

      disk.fault = () => undefined;
      await asks(requester, name);
      await manager.sees(about(name), APPROVAL_WANTED);
      const files = await readdir(path.join(journey.folder, 'request'));
      assert.equal(files.filter((file) => file.endsWith('.json')).length, 1);
    });
  }
});

describe('when the bot’s disk is nearly full', () => {
  const NEARLY_FULL = /The bot’s disk is nearly full/;
  let journey: Journey;
  let isFull: boolean;

  beforeEach(async () => {
    isFull = false;
    const { disk } = new FaultDisk();
    const statfs = async () => ({ blocks: 1_000, bavail: isFull ? 1 : 1_000, bsize: 1_024 * 1_024 });
    journey = await startJourney({ disk: { ...disk, statfs: statfs as unknown as typeof disk.statfs } });
  });
  afterEach(() => journey.close());

  it('no new request is opened, and the form says so', async () => {
    isFull = true;
    const requester = seatOf(journey, 'requester');
    const ready = await opens(requester, 'fabrikambikes', CLEAR);
    await requester.presses(ready, 'Request removal');

    const answer = await requester.presses(ready, 'Send request', {
      reason: REASON,
      domain: domainOf('fabrikambikes'),
    });

    assert.match(answer, NEARLY_FULL);
    await assert.rejects(readdir(path.join(journey.folder, 'request')), { code: 'ENOENT' });
  });

  it('nothing is suspended', async () => {
    isFull = true;
    const requester = seatOf(journey, 'requester');
    const card = await opens(requester, 'northwindtraders', /Northwind/);
    await requester.presses(card, 'Suspend');

    const answer = await requester.presses(card, 'Yes, suspend');

    assert.match(answer, NEARLY_FULL);
    assert.deepEqual(await suspensionsOf(journey, 'northwindtraders'), []);
  });

  it('what was asked for before is carried out', async () => {
    await waits(journey, 'fabrikambikes');
    isFull = true;

    await approves(seatOf(journey, 'manager'), 'fabrikambikes');

    await seatOf(journey, 'requester').sees(about('fabrikambikes'), REMOVED);
  });
});
