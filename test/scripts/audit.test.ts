import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { cp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { headOf } from '../../services/audit/audit-chain.ts';
import { openFileStore } from '../../services/storage/file-store.ts';
import { chainOf, event, Recorded } from '../services/audit/recorded.ts';
import { tempFolders } from '../services/storage/temp-folder.ts';
import { bareEnv } from '../support/bare-env.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
/** The key that `Recorded` writes with. */
const AUDIT_KEY = '07'.repeat(32);
const [ONE, TWO] = [chainOf(1), chainOf(2)];

interface Ended {
  readonly code: number | null;
  readonly said: string;
  readonly errors: string;
}

/** `npm run audit -- …`, in a process of its own. */
function audit(args: readonly string[], env: Readonly<Record<string, string>>): Promise<Ended> {
  const child = spawn(process.execPath, ['scripts/on-node-24.mjs', 'scripts/audit.ts', ...args], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...bareEnv(), ...env },
  });
  const written = { said: '', errors: '' };
  child.stdout.on('data', (part: Buffer) => (written.said += part.toString()));
  child.stderr.on('data', (part: Buffer) => (written.errors += part.toString()));
  return new Promise((resolve) => {
    child.once('close', (code) => {
      resolve({ code, ...written });
    });
  });
}

describe('npm run audit', () => {
  const newFolder = tempFolders();
  let folder: string;
  let env: Readonly<Record<string, string>>;

  /** A store with two requests and a checkpoint over them, that nobody owns. */
  beforeEach(async () => {
    folder = await newFolder();
    env = { STORE: `file:${folder}`, AUDIT_KEY };
    await write(folder);
  });
  const write = async (where: string, more: (recorded: Recorded) => Promise<void> = async () => undefined) => {
    const store = await openFileStore({ folder: where, boot: 'boot-1' });
    const recorded = new Recorded(store);
    await recorded.append(ONE, event(1), event(2));
    await recorded.append(TWO, event(1));
    await recorded.checkpoint();
    await more(recorded);
    await store.close();
  };
  const run = (...args: readonly string[]): Promise<Ended> => audit(args, env);
  const fileOf = (chain: string): string => path.join(folder, `${chain.replace(':', path.sep)}.json`);
  const spooled = async (): Promise<readonly Record<string, unknown>[]> => {
    const place = path.join(folder, 'audit-spool');
    const names = await readdir(place);
    const texts = await Promise.all(names.map((name) => readFile(path.join(place, name), 'utf8')));
    return texts.map((text) => (JSON.parse(text) as { readonly event: Record<string, unknown> }).event);
  };

  it('finds a record intact that is, and says what to keep of it', async () => {
    const { code, said, errors } = await run('verify');

    assert.equal(code, 0, errors);
    assert.match(said, /^intact: 4 entries in 2 chains and 1 checkpoint; 0 chains not covered by a checkpoint yet$/m);
    assert.match(said, /^to be kept elsewhere: checkpoint:2026-03-01 entry 1 [0-9a-f]{64}$/m);
    assert.deepEqual(
      (await spooled()).map(({ action, detail }) => [action, (detail as { readonly isIntact: boolean }).isIntact]),
      [['audit.verified', true]],
    );
  });

  it('verifies while the bot has the store', async () => {
    const store = await openFileStore({ folder, boot: 'boot-2' });

    const { code, errors } = await run('verify');

    assert.equal(code, 0, errors);
    await store.close();
  });

  it('says in one line a fault what is wrong, and exits with 1', async () => {
    await rm(fileOf(TWO));
    await writeFile(fileOf(ONE), (await readFile(fileOf(ONE), 'utf8')).replace('as agreed', 'as I like'));

    const { code, said } = await run('verify');

    assert.equal(code, 1);
    const lines = said.split('\n');
    assert.match(lines[0] ?? '', new RegExp(`^${ONE}: cannot be read: .*its checksum does not fit its rows`));
    assert.equal(lines[1], `${TWO}: missing, and up to entry 1 covered by checkpoint:2026-03-01 entry 1`);
    assert.match(lines[2] ?? '', /^broken, 2 faults: /);
  });

  it('finds a store that was put back as a whole by what was kept: a head, a list, an export', async () => {
    const older = await newFolder();
    await cp(folder, older, { recursive: true });
    await rm(folder, { recursive: true });
    let receipt = '';
    await write(folder, async (recorded) => {
      await recorded.append(ONE, event(3));
      receipt = headOf(await recorded.rows(ONE))!.head;
    });
    const [list, table] = [path.join(older, 'kept.txt'), path.join(older, 'kept.csv')];
    await writeFile(list, `receipt of Monday: ${receipt}\n`);
    assert.equal((await run('export', '--format', 'csv', '--out', table)).code, 0);
    for (const kept of [receipt, list, table]) assert.equal((await run('verify', '--anchor', kept)).code, 0);

    env = { ...env, STORE: `file:${older}` };

    assert.equal((await run('verify')).code, 0);
    for (const kept of [receipt, list, table]) {
      const { code, said } = await run('verify', '--anchor', kept);
      assert.equal(code, 1);
      assert.match(said, /^anchor [0-9a-f]{64}: is nowhere in this record/m);
    }
  }).timeout(30_000);

  it('exports what is asked for, after that is noted for the record', async () => {
    const request = ONE.slice('request:'.length);

    const json = await run('export', '--format', 'json', '--request', request.toUpperCase(), '--from', '2026-03-01');
    const csv = await run('export', '--format', 'csv', '--to', '2026-02-28');

    assert.deepEqual(
      (JSON.parse(json.said) as { readonly seq: number }[]).map(({ seq }) => seq),
      [1, 2],
    );
    assert.equal(csv.said, '\ufeff"chain","seq","time","action","actor","target","detail","mac"\r\n');
    assert.deepEqual(
      (await spooled()).map(({ action }) => action),
      ['audit.exported', 'audit.exported'],
    );
  });

  it('writes a file that only its owner reads', async () => {
    const out = path.join(path.dirname(folder), 'out.json');

    const { code, said } = await run('export', '--format', 'json', '--out', out);

    assert.deepEqual([code, said], [0, '']);
    if (process.platform !== 'win32') assert.equal((await stat(out)).mode & 0o777, 0o600);
  });

  it('exports nothing that cannot be noted', async () => {
    await writeFile(path.join(folder, 'audit-spool'), '');

    const { code, said, errors } = await run('export', '--format', 'csv');

    assert.deepEqual([code, said], [74, '']);
    assert.match(errors, /^nothing was exported/);
  });

  it('exports the rest where a chain cannot be read, and says which is left out', async () => {
    await writeFile(fileOf(ONE), 'gone');

    const { code, said, errors } = await run('export', '--format', 'csv');

    assert.equal(code, 1);
    assert.ok(said.includes(TWO) && !said.includes(`"${ONE}","1"`));
    assert.ok(errors.startsWith(`${ONE}: is left out`));
  });

  it('says that there is no store, or no record in it', async () => {
    await rm(folder, { recursive: true });
    const missing = await run('verify');
    const store = await openFileStore({ folder, boot: 'boot-1' });
    await store.close();
    const empty = await run('verify');

    assert.deepEqual([missing.code, empty.code], [66, 66]);
    assert.match(missing.errors, /^there is no store in /);
    assert.match(empty.errors, /^there is no record in /);
    assert.equal((await run('verify', '--anchor', 'no-such-file')).code, 66);
  });

  it('names every variable that cannot be used, and no value', async () => {
    const { code, errors } = await audit(['verify'], { STORE: 'hunter2', AUDIT_KEY: 'hunter3', AUDIT_KEYS: 'x' });

    assert.equal(code, 78);
    assert.match(errors, /^STORE: /m);
    assert.match(errors, /^AUDIT_KEY: /m);
    assert.match(errors, /^AUDIT_KEYS: is not known/m);
    assert.doesNotMatch(errors, /hunter/);
  });

  for (const args of [
    [],
    ['fix'],
    ['verify', '--format', 'csv'],
    ['export'],
    ['export', '--format', 'xml'],
    ['export', '--format', 'csv', '--from', '2026-02-30'],
    ['verify', '--what'],
  ])
    it(`says how it is used: ${args.join(' ')}`, async () => {
      const { code, errors } = await run(...args);

      assert.equal(code, 64);
      assert.match(errors, /^usage: npm run audit -- verify/m);
    });
}).timeout(60_000);
