import assert from 'node:assert/strict';
import { readdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { auditKeyOf, readAudit, type AuditEntry } from '../../services/audit/audit-chain.ts';
import { RECORDED_PER_HOUR } from '../../services/audit/refusal-limit.ts';
import { folderSpool } from '../../services/audit/folder-spool.ts';
import { spool } from '../../services/audit/spool.ts';
import { namesOf, verifyRecord } from '../../services/audit/verify-record.ts';
import { MINUTE_MS } from '../../services/clock.ts';
import { newGuid } from '../../services/ids.ts';
import { openStoreReader, type StoreReader } from '../../services/storage/store-reader.ts';
import { MANAGER_OBJECT_ID, REQUESTER_OBJECT_ID } from '../../sandbox/chat/chat.ts';
import { startJourney, type Journey } from '../support/journey.ts';
import { about, approves, asks, customerIdOf, dataOf, REMOVED, seatOf, waits } from './steps.ts';

const NAME = 'fabrikambikes';
const SOMEBODY_ELSE = '0d3f4b52-5555-4c1a-9a35-2f6f0c9d1e42';
const key = auditKeyOf(new Uint8Array(32).fill(0x11));
const headIn = (words: string): string => /Head of the record: \s*([0-9a-f]{64})/.exec(words)?.[1] ?? words;

describe('the record', () => {
  let journey: Journey;
  afterEach(() => journey.close());

  const read = async (): Promise<StoreReader> => (await openStoreReader(journey.folder))!;
  /** Everything in the chains of the bot itself, in the order in which it was stored. */
  const ofProcesses = async (): Promise<readonly AuditEntry[]> => {
    const reader = await read();
    const chains = await namesOf(reader, 'audit');
    const entries = await Promise.all(chains.map(async (chain) => readAudit((await reader.read(chain)).rows)));
    return entries.flat().sort((a, b) => (a.at < b.at ? -1 : 1));
  };
  const refused = async () =>
    (await ofProcesses())
      .filter(({ action }) => action === 'refused')
      .map(({ actor, target, detail }) => [actor, detail?.['what'], detail?.['why'], target]);
  /** Once checkpoints cover all of it. */
  const covered = async (): Promise<void> => {
    const reader = await read();
    const end = Date.now() + 5_000;
    for (
      let verdict = await verifyRecord(reader, key);
      verdict.uncovered > 0;
      verdict = await verifyRecord(reader, key)
    ) {
      assert.deepEqual(verdict.faults, []);
      assert.ok(Date.now() < end, 'no checkpoint covers all chains');
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  };
  const requestId = (message: Parameters<typeof dataOf>[0], verb: string): string =>
    String(dataOf(message, verb)['requestId']);

  it('is shown to an auditor who asks for it, in plain words, whole, with its head; and the receipt’s head is its', async () => {
    journey = await startJourney({ env: { AUDITORS: MANAGER_OBJECT_ID } });
    const [requester, manager] = [seatOf(journey, 'requester'), seatOf(journey, 'manager')];
    const { approval } = await waits(journey, NAME);
    const id = requestId(approval, 'approval.approve');
    await approves(manager, NAME);
    const receipt = await requester.sees(about(NAME), REMOVED);

    await manager.says(`audit ${id}`);

    const card = await manager.sees(/The record of a request/, about(NAME));
    const words = manager.reads(card);
    assert.match(words, /The record is whole: \d+ entries\./);
    assert.match(words, /Removal: seen to be done/);
    const first = await manager.forges(card, 'audit.show', { ...dataOf(approval, 'approval.approve'), page: 0 });
    assert.match(first, /1\. {2}Draft begun/);
    const heads = [headIn(requester.reads(receipt)), headIn(words)];
    assert.equal(heads[0], heads[1]);
    const verdict = await verifyRecord(await read(), key, new Set(heads));
    assert.deepEqual(verdict.faults, []);
    assert.deepEqual(
      (await ofProcesses())
        .filter(({ action }) => action === 'audit.shown')
        .map(({ actor, target }) => [actor, target]),
      [
        [`person:${MANAGER_OBJECT_ID}`, id],
        [`person:${MANAGER_OBJECT_ID}`, id],
      ],
    );
  });

  it('is shown to nobody else, and who wanted to see it is recorded', async () => {
    journey = await startJourney({ env: { AUDITORS: SOMEBODY_ELSE } });
    const [requester, manager] = [seatOf(journey, 'requester'), seatOf(journey, 'manager')];
    const { approval } = await waits(journey, NAME);
    const id = requestId(approval, 'approval.approve');

    await requester.says(`audit ${id}`);
    await requester.sees(/^Only auditors see the record\./m);
    await manager.says(`журнал {${id.toUpperCase()}}`);
    await manager.sees(/^Only auditors see the record\./m);
    const pressed = await manager.forges(approval, 'audit.show', { ...dataOf(approval, 'approval.approve'), page: 0 });

    assert.match(pressed, /^Only auditors see the record\./);
    assert.doesNotMatch(requester.all() + manager.all(), /The record of a request/);
    assert.deepEqual(await refused(), [
      [`person:${REQUESTER_OBJECT_ID}`, 'audit', 'not-an-auditor', id],
      [`person:${MANAGER_OBJECT_ID}`, 'audit', 'not-an-auditor', id],
      [`person:${MANAGER_OBJECT_ID}`, 'audit', 'not-an-auditor', id],
    ]);
  });

  it('is asked for by a number, and searched by customer, person and days; there is none for what is no request', async () => {
    journey = await startJourney({ env: { AUDITORS: MANAGER_OBJECT_ID } });
    const manager = seatOf(journey, 'manager');

    await manager.says('audit');
    await manager.sees(/Write audit and the number of a request/);
    await manager.says(`audit ${newGuid()}`);
    await manager.sees(/What the record says/, /Nothing was found so far\.|Nothing was found\./);
    await asks(seatOf(journey, 'requester'), NAME);

    await manager.says('audit fabrikam');
    const found = await manager.sees(/What the record says/, /fabrikambikes/, /Draft begun/);
    assert.doesNotMatch(manager.reads(found), /The bot started/);
    const { requestId } = dataOf(found, 'audit.show');
    assert.match(await manager.presses(found, 'Its record'), /The record of a request/);

    const today = new Date().toISOString().slice(0, 10);
    await manager.says(`audit ${REQUESTER_OBJECT_ID} ${today}`);
    await manager.sees(/What the record says/, /By: \s*Jonas Weber/, /Days \(UTC\): \s*20/, /Draft begun/);
    await manager.says(`audit ${customerIdOf(NAME)} 2020-01-01`);
    await manager.sees(/What the record says/, /Nothing was found\./);
    await manager.says(`audit ${today}`);
    await manager.sees(/What the record says/, /Record searched/, /Draft begun/);
    await manager.says('audit contosobakery');
    await manager.sees(/There is no request for such a customer/);
    await manager.says(`audit ${today}`);
    const all = await manager.sees(/Record searched(.|\n)*Record searched(.|\n)*Record searched(.|\n)*Record searched/);
    assert.match(await manager.presses(all, 'Earlier'), /The bot started/);

    const searched = (await ofProcesses()).filter(({ action }) => action === 'audit.searched');
    assert.deepEqual(
      searched.map(({ detail }) =>
        Object.keys(detail ?? {})
          .sort()
          .join(),
      ),
      [
        'id',
        'customer',
        'before,from,person',
        'before,customer,from',
        'before,from',
        'named',
        'before,from',
        'after,before,from',
      ],
    );
    const shown = (await ofProcesses()).find(({ action }) => action === 'audit.shown');
    assert.equal(shown?.target, requestId);
  });

  it('has every refused word and click of somebody without a role, and none is answered before it is stored', async () => {
    journey = await startJourney();
    const requester = seatOf(journey, 'requester');
    const sent = await asks(requester, NAME);
    const before = requester.now(sent);
    await journey.restart({ REQUESTERS: SOMEBODY_ELSE });

    await requester.says('remove contoso');
    await requester.sees(/You are not among those who may ask for removals/);
    await requester.says('requests');
    await requester.forges(sent, 'request.show', { requestId: newGuid(), nonce: '' });
    await requester.forges(sent, 'readiness.show', { customerId: newGuid(), nonce: '' });

    assert.ok(before.card);
    const me = `person:${REQUESTER_OBJECT_ID}`;
    const found = await refused();
    assert.deepEqual(
      found.map(([actor, what, why]) => [actor, what, why]),
      [
        [me, 'remove', 'not-a-requester'],
        [me, 'requests', 'no-role'],
        [me, 'request.show', 'no-role'],
        [me, 'readiness.show', 'not-a-requester'],
      ],
    );
  });

  it('does not grow without bound when somebody goes on pressing', async () => {
    journey = await startJourney();
    const requester = seatOf(journey, 'requester');
    const { approval } = await waits(journey, NAME);
    const data = dataOf(approval, 'approval.approve');
    const message = requester.now(await requester.sees(about(NAME)));

    for (let n = 0; n < RECORDED_PER_HOUR + 5; n += 1)
      await requester.forges(message, 'approval.confirm-approve', data);
    await journey.stop();

    const reader = await read();
    const chain = `request:${String(data['requestId'])}`;
    const inRequest = readAudit((await reader.read(chain)).rows).filter(({ action }) => action === 'refused');
    assert.equal(inRequest.length, RECORDED_PER_HOUR);
    assert.deepEqual(
      (await ofProcesses()).filter(({ action }) => action === 'refused.more').map(({ detail }) => detail?.['more']),
      [5],
    );
  });

  it('names a request whose file is gone, and the bot does not start without it', async () => {
    journey = await startJourney();
    await waits(journey, NAME);
    journey.advance(11 * MINUTE_MS);
    await covered();
    await journey.stop();
    const [file = ''] = await readdir(path.join(journey.folder, 'request'));
    const lies = path.join(journey.folder, 'request', file);
    await rename(lies, `${lies}.gone`);
    // What names all files would miss it before the record does.
    await rm(path.join(journey.folder, 'inventory.txt'));

    await assert.rejects(journey.restart(), {
      name: 'StoreError',
      fault: 'damaged',
      message: /"request:.*" is missing/,
    });

    await rename(`${lies}.gone`, lies);
    await journey.restart();
    await approves(seatOf(journey, 'manager'), NAME);
    await seatOf(journey, 'requester').sees(about(NAME), REMOVED);
  });

  it('has each start and stop, what others have spooled, and checkpoints over all of it', async () => {
    journey = await startJourney();
    await waits(journey, NAME);
    await spool(
      folderSpool(journey.folder),
      { id: newGuid(), at: new Date(), action: 'audit.exported', detail: { format: 'csv' } },
      key,
    );
    await journey.restart({ APPROVAL_TTL_HOURS: '5' });
    journey.advance(11 * MINUTE_MS);
    await covered();
    const reader = await read();
    await journey.stop();

    const entries = await ofProcesses();
    assert.deepEqual(
      entries.map(({ action }) => action),
      ['bot.started', 'bot.stopped', 'bot.started', 'audit.exported', 'bot.stopped'],
    );
    const digests = entries.map(({ detail }) => detail?.['settings']).filter((digest) => digest !== undefined);
    assert.equal(new Set(digests).size, 2);
    const { faults, checkpoints } = await verifyRecord(reader, key);
    assert.deepEqual(faults, []);
    assert.ok(checkpoints >= 1);
  });
}).timeout(30_000);
