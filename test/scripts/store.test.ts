import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { openFileStore } from '../../services/storage/file-store.ts';
import { NEVER_WRITTEN, type Store } from '../../services/storage/store.ts';
import { tempFolders } from '../services/storage/temp-folder.ts';

const SCRIPT = fileURLToPath(new URL('../../scripts/store.ts', import.meta.url));

interface Said {
  readonly code: number | string | undefined;
  readonly out: string;
  readonly errors: string;
}

describe('the command for the store', function () {
  this.timeout(60_000);
  const newFolder = tempFolders();
  let folder: string;
  let store: Store;

  beforeEach(async () => {
    folder = await newFolder();
    store = await openFileStore({ folder, boot: 'b' });
    await store.commit('request:a', NEVER_WRITTEN, [{ key: 'head', row: { value: 'backed up' } }]);
  });
  afterEach(() => store.close());

  const run = (...args: readonly string[]): Promise<Said> => runWith({}, ...args);
  const runWith = (more: Readonly<Record<string, string>>, ...args: readonly string[]): Promise<Said> =>
    new Promise((resolve) => {
      const env = { ...process.env, STORE: `file:${folder}`, BACKUP_FOLDER: '', ...more };
      execFile(process.execPath, [SCRIPT, ...args], { env }, (error, out, errors) => {
        resolve({ code: error === null ? 0 : (error.code ?? undefined), out, errors });
      });
    });
  const firstPath = ({ out }: Said): string => out.split(': ')[0] ?? '';

  it('backs up a store that a bot works with, into its own folder, and lists what there is', async () => {
    const made = await run('backup');
    const listed = await run('list');

    assert.equal(made.code, 0, made.errors);
    assert.equal(path.dirname(firstPath(made)), path.join(folder, 'backups'));
    assert.equal(listed.out, `${firstPath(made)}: whole, 2 files\n`);
  });

  it('backs up to any other folder', async () => {
    const to = path.join(path.dirname(folder), 'elsewhere');

    const made = await run('backup', '--to', to);

    assert.equal(made.code, 0, made.errors);
    assert.equal((await readdir(to)).length, 1);
  });

  it('restores once the bot is stopped, and says what that means', async () => {
    const made = firstPath(await run('backup'));
    const { version } = await store.read('request:a');
    await store.commit('request:a', version, [{ key: 'head', row: { value: 'since' } }]);
    const refused = await run('restore', '--from', made);
    await store.close();

    const restored = await run('restore', '--from', made);

    assert.equal(refused.code, 1);
    assert.match(refused.errors, /is in use by process/);
    assert.equal(restored.code, 0, restored.errors);
    assert.match(restored.out, /What lay there before is kept in .*replaced-/);
    assert.match(restored.out, /decided since the backup is not in it/);
    store = await openFileStore({ folder, boot: 'b' });
    assert.deepEqual((await store.read('request:a')).rows.get('head'), { value: 'backed up' });
    assert.notEqual(store.origin.restoredAt, undefined);
  });

  it('says which backup cannot be used', async () => {
    const made = firstPath(await run('backup'));
    const file = path.join(made, 'request', 'a.json');
    await writeFile(file, (await readFile(file, 'utf8')).replace('backed up', 'made up'));

    const listed = await run('list');
    await store.close();
    const restored = await run('restore', '--from', made);

    assert.equal(listed.code, 1);
    assert.match(listed.out, /cannot be used.*request.a\.json/);
    assert.equal(restored.code, 1);
    assert.match(restored.errors, /request.a\.json" is not as it was backed up/);
  });

  it('touches no other folder where a variable is misspelt or wrong, and says which', async () => {
    const made = firstPath(await run('backup'));
    const wrong = await runWith({ STORE: `fil:${folder}` }, 'restore', '--from', made);
    const misspelt = await runWith({ BACKUP_FOLDR: folder }, 'backup');

    assert.deepEqual([wrong.code, wrong.errors], [78, 'STORE: must be file: and a folder, or azure\n']);
    assert.equal(misspelt.code, 78);
    assert.match(misspelt.errors, /^BACKUP_FOLDR: is not known; did you mean BACKUP_FOLDER\?/);
    assert.equal((await readdir(path.join(folder, 'backups'))).length, 1);
  });

  it('says that there is no store to back up, and makes none', async () => {
    const nowhere = path.join(path.dirname(folder), 'nowhere');

    const { code, errors } = await run('backup', '--store', nowhere);

    assert.deepEqual([code, errors], [66, `there is no store in "${nowhere}"\n`]);
    assert.ok(!(await readdir(path.dirname(folder))).includes('nowhere'));
  });

  for (const args of [[], ['delete'], ['restore'], ['backup', 'now'], ['backup', '--force']])
    it(`explains itself when it is called with "${args.join(' ')}"`, async () => {
      const { code, errors } = await run(...args);

      assert.equal(code, 64);
      assert.match(errors, /npm run store -- backup/);
    });
});
