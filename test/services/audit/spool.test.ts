import assert from 'node:assert/strict';
import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { auditKeyOf, readAudit } from '../../../services/audit/audit-chain.ts';
import { createAuditLog } from '../../../services/audit/audit-log.ts';
import { folderSpool } from '../../../services/audit/folder-spool.ts';
import { createSpoolIntake, spool } from '../../../services/audit/spool.ts';
import { newGuid } from '../../../services/ids.ts';
import { openFileStore } from '../../../services/storage/file-store.ts';
import type { Store } from '../../../services/storage/store.ts';
import { tempFolders } from '../storage/temp-folder.ts';
import { BEGIN, key } from './recorded.ts';

const ID = '0b0f6c1e-24c5-4b2f-8d24-2f6a1f1f9a01';
const CHAIN = 'audit:2026-03-01.boot-1';
const exported = { id: ID, at: BEGIN, action: 'audit.exported', detail: { format: 'csv', user: 'ada' } } as const;

describe('what another process has to record', () => {
  const newFolder = tempFolders();
  let folder: string;
  let store: Store;
  let isTaking: boolean;
  let takeIn: () => Promise<void>;

  beforeEach(async () => {
    folder = await newFolder();
    store = await openFileStore({ folder, boot: 'boot-1' });
    isTaking = true;
    const original = store.commit.bind(store);
    store.commit = (...change) => (isTaking ? original(...change) : Promise.reject(new Error('the disk is full')));
    const log = createAuditLog({ store, clock: () => BEGIN, boot: 'boot-1', auditKey: key, onFault: () => undefined });
    takeIn = createSpoolIntake({ box: folderSpool(folder), auditKey: key, log });
  });
  afterEach(() => store.close());
  const spooled = (): Promise<readonly string[]> => readdir(join(folder, 'audit-spool'));
  const recorded = async () => readAudit((await store.read(CHAIN)).rows);

  it('lies beside the store that another has, and is recorded by that one', async () => {
    await spool(folderSpool(folder), exported, key);

    await takeIn();

    const [entry] = await recorded();
    assert.deepEqual(
      [entry?.action, entry?.detail],
      ['audit.exported', { format: 'csv', user: 'ada', spooled: ID, at: BEGIN.toISOString() }],
    );
    assert.deepEqual(await spooled(), []);
  });

  it('is none of the store’s own files', async () => {
    await spool(folderSpool(folder), exported, key);
    await store.close();

    store = await openFileStore({ folder, boot: 'boot-2' });

    assert.deepEqual(await spooled(), [`${ID}.event`]);
  });

  it('stays until it is stored', async () => {
    await spool(folderSpool(folder), exported, key);
    isTaking = false;
    await takeIn();
    assert.deepEqual(await spooled(), [`${ID}.event`]);
    isTaking = true;

    await takeIn();

    assert.equal((await recorded()).length, 1);
    assert.deepEqual(await spooled(), []);
  });

  it('is no event without the key: that it was there is recorded once, and it stays', async () => {
    await spool(folderSpool(folder), exported, auditKeyOf(new Uint8Array(32).fill(9)));
    await writeFile(join(folder, 'audit-spool', 'torn.event'), '{"event":');

    await takeIn();
    await takeIn();

    assert.deepEqual(
      (await recorded()).map(({ action, detail }) => [action, detail?.['file']]),
      [
        ['spool.refused', `${ID}.event`],
        ['spool.refused', 'torn.event'],
      ],
    );
    assert.equal((await spooled()).length, 2);
  });

  it('is nothing where nobody has put anything', async () => {
    await createSpoolIntake({
      box: folderSpool(join(folder, newGuid())),
      auditKey: key,
      log: { record: () => assert.fail(), close: async () => undefined },
    })();
  });
});
