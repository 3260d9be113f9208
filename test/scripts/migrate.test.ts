import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import { openAzureStore } from '../../services/storage/azure/azure-store.ts';
import { dataTables, TABLE } from '../../services/storage/azure/data-tables.ts';
import { openStoreReader } from '../../services/storage/store-reader.ts';
import { about, approves, asks, removalsOf, REMOVED, seatOf, waits } from '../journeys/steps.ts';
import { startAzurite, type Azurite } from '../support/azurite.ts';
import { journeyEnv, startBotProcess, startJourney, type Journey } from '../support/journey.ts';
import { bareEnv } from '../support/bare-env.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
const KINDS = ['request', 'customer', 'person', 'limits', 'audit', 'checkpoint', 'clock', 'conversation'];

describe('npm run migrate', function () {
  this.timeout(120_000);
  let azurite: Azurite;
  let journey: Journey;
  let inAzure: Readonly<Record<string, string>>;

  before(async () => {
    azurite = await startAzurite({ queues: true });
    inAzure = { STORE: 'azure', AZURE_STORAGE_CONNECTION_STRING: azurite.connectionString };
    journey = await startJourney();
  });
  after(async () => {
    await journey.close();
    await azurite.stop();
  });

  const begin = (script: string, args: readonly string[], env: Readonly<Record<string, string>>) => {
    const all = { ...journeyEnv(journey.partnerCenter.url, ''), ...bareEnv(), ...env };
    const child = spawn(process.execPath, [script, ...args], {
      cwd: ROOT,
      env: all,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const ended = Promise.all([once(child, 'close'), text(child.stdout), text(child.stderr)]).then(
      ([[code, signal], out, errors]) => ({ code: (code as number | null) ?? String(signal), out, errors }),
    );
    return { child, ended };
  };
  const migrate = (...args: readonly string[]) =>
    begin('scripts/migrate.ts', ['--from', journey.folder, ...args], inAzure).ended;

  it('moves a store with a request that waits, also where it is killed in between, and the bot goes on there', async () => {
    const name = 'fabrikambikes';
    await waits(journey, name);
    await asks(seatOf(journey, 'requester'), 'alpineskihouse');

    const inUse = await migrate();
    assert.equal(inUse.code, 1);
    assert.match(inUse.errors, /is in use by process \d+/);
    await journey.stop();
    const planned = await migrate('--dry-run');
    assert.match(
      planned.out,
      /has \d+ partitions \(0 archived\).*[^]*is empty: everything would be moved[^]*Nothing was changed/,
    );

    for (const ms of [700, 1_000, 1_300]) {
      const { child, ended } = begin('scripts/migrate.ts', ['--from', journey.folder], inAzure);
      await delay(ms);
      child.kill('SIGKILL');
      await ended;
    }
    const moved = await migrate();
    assert.equal(moved.code, 0, moved.errors);
    assert.match(moved.out, /the same on both sides|was moved to .* before/);

    const here = await openStoreReader(journey.folder);
    const tables = dataTables({ account: azurite.account, table: TABLE, callMs: 20_000 });
    const there = await openAzureStore({ tables, boot: 'test' });
    let rows = 0;
    for (const kind of KINDS)
      for await (const partition of here?.partitions(kind) ?? []) {
        const wanted = (await here?.read(partition))?.rows;
        assert.deepEqual((await there.read(partition)).rows, wanted, partition);
        rows += wanted?.size ?? 0;
      }
    assert.ok(rows > 30);
    await there.close();
    const verified = await begin('scripts/audit.ts', ['verify'], inAzure).ended;
    assert.match(verified.out, /^intact: /m);

    const back = startBotProcess(journeyEnv(journey.partnerCenter.url, journey.folder));
    assert.equal(await back.ended, 78);
    assert.match(back.errors(), /has been moved to the table .*delete ".*moved\.json"/);
    await journey.restart(inAzure);
    const requester = seatOf(journey, 'requester');
    for (const one of [name, 'alpineskihouse']) {
      await approves(seatOf(journey, 'manager'), one);
      await requester.sees(about(one), REMOVED);
      assert.equal((await removalsOf(journey, one)).length, 1);
    }
    assert.match((await migrate()).out, /was moved to .* before; nothing was done/);
  });

  it('says how it is used', async () => {
    const without = await begin('scripts/migrate.ts', [], inAzure).ended;
    assert.deepEqual([without.code, without.errors.includes('which store is to be moved')], [64, true]);
    const onDisk = await begin('scripts/migrate.ts', ['--from', journey.folder], { STORE: 'file:./nowhere' }).ended;
    assert.deepEqual([onDisk.code, onDisk.errors.includes('STORE has to be azure')], [64, true]);
  });
});
