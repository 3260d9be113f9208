import assert from 'node:assert/strict';
import * as disk from 'node:fs/promises';
import path from 'node:path';
import { auditKeyOf } from '../../services/audit/audit-chain.ts';
import { verifyRecord } from '../../services/audit/verify-record.ts';
import { restoreGeneration } from '../../services/storage/restore-generation.ts';
import { openStoreReader } from '../../services/storage/store-reader.ts';
import { takeGeneration } from '../../services/storage/take-generation.ts';
import { startJourney, type Journey } from '../support/journey.ts';
import { about, approves, CLEAR, removalsOf, REMOVED, seatOf, sends, waits, type Seat } from './steps.ts';

describe('a bot whose store was put back from a backup', () => {
  const name = 'fabrikambikes';
  let journey: Journey;
  let requester: Seat;
  let manager: Seat;
  const now = (): Date => new Date();

  beforeEach(async () => {
    journey = await startJourney();
    requester = seatOf(journey, 'requester');
    manager = seatOf(journey, 'manager');
  });
  afterEach(() => journey.close());

  const backUp = async (): Promise<string> => {
    const { folder } = journey;
    return (await takeGeneration({ disk, folder, to: path.join(folder, 'backups'), now })).path;
  };
  const restore = async (from: string): Promise<void> => {
    await journey.stop();
    await restoreGeneration({ disk, from, folder: journey.folder, now });
    await journey.restart();
  };

  it('says that it cannot tell who removed a customer whose removal was approved then, and removes nothing', async () => {
    await waits(journey, name);
    await journey.control('_faults', {
      rules: [{ method: 'GET', path: '^/v1/customers/[^/]+/subscriptions', status: 503 }],
    });
    await approves(manager, name);
    const backup = await backUp();
    await journey.control('_faults', { rules: [] });
    await requester.sees(about(name), REMOVED);

    await restore(backup);

    await requester.sees(about(name), /I cannot tell whether this request removed it/);
    const verdict = await verifyRecord(
      (await openStoreReader(journey.folder))!,
      auditKeyOf(new Uint8Array(32).fill(0x11)),
    );
    assert.deepEqual(verdict.faults, []);
    assert.ok(verdict.chains > 1);
    assert.equal((await removalsOf(journey, name)).length, 1);
  });

  it('takes no approval of what waited for one before, says so to both, and it can be asked for again', async () => {
    const { approval } = await waits(journey, name);
    await manager.presses(approval, 'Approve');
    const backup = await backUp();

    await restore(backup);
    const answer = await manager.presses(approval, 'Yes, approve');

    assert.match(answer, /This request is void: what I keep was put back from a backup/);
    const voided = await requester.sees(about(name), /This request is void: what I keep was put back from a backup/);
    assert.deepEqual(await removalsOf(journey, name), []);
    await requester.presses(voided, 'Ask again');
    await sends(requester, await requester.sees(about(name), CLEAR), name);
    await approves(manager, name);
    await requester.sees(about(name), REMOVED);
    assert.equal((await removalsOf(journey, name)).length, 1);
  });
});
