import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import path from 'node:path';
import { MINUTE_MS } from '../../services/clock.ts';
import { startAzurite, type Azurite } from '../support/azurite.ts';
import { journeyEnv, startBotProcess, startJourney, type Journey } from '../support/journey.ts';
import { about, APPROVAL_WANTED, approves, asks, removalsOf, REMOVED, seatOf, waits } from './steps.ts';
import { bareEnv } from '../support/bare-env.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');

interface Ended {
  readonly code: number | string;
  readonly out: string;
  readonly errors: string;
}

/** With Azurite in the place of Azure. What Azurite keeps is not durable, and is not asked to be. */
describe('a bot that keeps everything in Azure', function () {
  this.timeout(60_000);
  let azurite: Azurite;
  let journey: Journey;
  let inAzure: Readonly<Record<string, string>>;

  before(async function () {
    this.timeout(120_000);
    azurite = await startAzurite();
    inAzure = { STORE: 'azure', AZURE_STORAGE_CONNECTION_STRING: azurite.connectionString };
    journey = await startJourney({ env: inAzure });
  });
  after(async () => {
    await journey.close();
    await azurite.stop();
  });
  const run = (script: string, args: readonly string[], env = inAzure): Promise<Ended> =>
    new Promise((resolve) => {
      const all = { ...journeyEnv(journey.partnerCenter.url, ''), ...bareEnv(), ...env };
      execFile(process.execPath, [script, ...args], { cwd: ROOT, env: all }, (error, out, errors) => {
        resolve({ code: error === null ? 0 : (error.code ?? 'none'), out, errors });
      });
    });

  it('is checked before it starts, and says what it finds', async () => {
    const { out } = await run('scripts/check-config.ts', []);
    assert.match(
      out,
      /^ok {7}store: the table "resellerOffboarding" at 127\.0\.0\.1:\d+ has the store [\da-f-]{36}, and may be written\.$/m,
    );

    const wrongKey = azurite.connectionString.replace(/AccountKey=[^;]+/, 'AccountKey=S2V5NDcxMQ==');
    const refused = await run('scripts/check-config.ts', [], { ...inAzure, AZURE_STORAGE_CONNECTION_STRING: wrongKey });
    assert.match(refused.out, /^wrong {4}store: .*access is refused.*Storage Table Data Contributor/m);
    assert.doesNotMatch(refused.out + refused.errors, /S2V5NDcxMQ/);

    const nowhere = await run('scripts/check-config.ts', [], {
      ...inAzure,
      AZURE_STORAGE_CONNECTION_STRING: azurite.connectionString.replace(/127\.0\.0\.1:\d+/, '127.0.0.1:9'),
    });
    assert.match(nowhere.out, /^wrong {4}store: .*does not answer/m);
  });

  it('removes as approved, also where it was stopped in between', async () => {
    const [requester, manager] = [seatOf(journey, 'requester'), seatOf(journey, 'manager')];
    await waits(journey, 'fabrikambikes');
    await journey.restart();

    await approves(manager, 'fabrikambikes');

    await requester.sees(about('fabrikambikes'), REMOVED);
    await manager.sees(about('fabrikambikes'), REMOVED);
    assert.equal((await removalsOf(journey, 'fabrikambikes')).length, 1);
  });

  it('has a record that is verified and exported beside it, which it records', async () => {
    await asks(seatOf(journey, 'requester'), 'alpineskihouse');
    journey.advance(11 * MINUTE_MS);
    await journey.restart();

    const verified = await run('scripts/audit.ts', ['verify']);
    assert.match(verified.out, /^intact: \d+ entries in \d+ chains/m, verified.errors);
    assert.equal(verified.code, 0);
    const exported = await run('scripts/audit.ts', ['export', '--format', 'csv']);
    assert.equal(exported.code, 0, exported.errors);
    assert.match(exported.out, /"request\.approved"/);

    journey.advance(11 * MINUTE_MS);
    for (let tries = 0; ; tries += 1) {
      const again = await run('scripts/audit.ts', ['export', '--format', 'csv']);
      if (again.out.includes('audit.exported')) break;
      assert.ok(tries < 20, again.out);
    }
  });

  it('carries out nothing that was approved before its table was put back, and takes no button of before', async () => {
    const name = 'firstupconsultants';
    const [requester, manager] = [seatOf(journey, 'requester'), seatOf(journey, 'manager')];
    const { approval } = await waits(journey, name);
    await manager.presses(approval, 'Approve');

    await journey.stop();
    const told = await run('scripts/store.ts', ['put-back']);
    assert.equal(told.code, 0, told.errors);
    assert.match(told.out, /^the storage account "devstoreaccount1" counts as put back at 20.*Tell the people/s);
    await journey.restart();

    assert.match(await manager.presses(approval, 'Yes, approve'), APPROVAL_WANTED);
    assert.deepEqual(await removalsOf(journey, name), []);
    await approves(manager, name);
    await requester.sees(about(name), REMOVED);
    assert.equal((await removalsOf(journey, name)).length, 1);
  });

  it('says what of a store on disk there is not', async () => {
    const { code, errors } = await run('scripts/store.ts', ['backup']);

    assert.equal(code, 64);
    assert.match(errors, /a store in Azure has no files/);
  });

  it('F25: does not start without an answer, and says why', async () => {
    const bot = startBotProcess({
      ...journeyEnv(journey.partnerCenter.url, ''),
      ...inAzure,
      AZURE_STORAGE_CONNECTION_STRING: azurite.connectionString.replace(/127\.0\.0\.1:\d+/, '127.0.0.1:9'),
    });

    assert.equal(await bot.ended, 1);
    assert.match(bot.errors(), /does not answer: ECONNREFUSED/);
  });
});
