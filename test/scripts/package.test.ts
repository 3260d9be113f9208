import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { packageOf } from '../../manifest/check-package.ts';
import { tempFolders } from '../services/storage/temp-folder.ts';
import { bareEnv } from '../support/bare-env.ts';

const SCRIPT = fileURLToPath(new URL('../../scripts/package.ts', import.meta.url));
const APP_ID = 'aaaaaaaa-1111-4000-8000-00000000000a';
const OTHER_ID = 'bbbbbbbb-1111-4000-8000-00000000000b';
const partner = {
  MicrosoftAppId: APP_ID,
  PUBLIC_URL: 'https://bot.contoso.com',
  SIGN_IN_APP_ID: 'dddddddd-1111-4000-8000-00000000000d',
};

interface Said {
  readonly code: number | string | undefined;
  readonly out: string;
  readonly errors: string;
}

describe('the command that packs the Teams app', function () {
  this.timeout(60_000);
  const newFolder = tempFolders();
  let folder: string;
  const run = (variables: Readonly<Record<string, string>>, ...args: readonly string[]): Promise<Said> =>
    new Promise((resolve) => {
      const env = { ...bareEnv(), ...variables };
      execFile(process.execPath, [SCRIPT, ...args], { env, cwd: folder }, (error, out, errors) => {
        resolve({ code: error === null ? 0 : (error.code ?? undefined), out, errors });
      });
    });

  beforeEach(async () => {
    folder = await newFolder();
    await mkdir(folder);
  });

  it('writes a package, and writes it anew over its own, and nothing beside it', async () => {
    const first = await run(partner);
    const second = await run(partner);

    assert.equal(first.code, 0, first.errors);
    assert.match(first.out, /reseller-offboarding\.zip: version .* for bot\.contoso\.com$/m);
    assert.match(first.out, /set DEVELOPER_WEBSITE_URL, DEVELOPER_PRIVACY_URL, DEVELOPER_TERMS_URL to pages of yours/);
    assert.match(second.out, /in place of the one before/);
    assert.deepEqual(await readdir(folder), ['reseller-offboarding.zip']);
    assert.deepEqual(packageOf(await readFile(path.join(folder, 'reseller-offboarding.zip'))), { appId: APP_ID });
  });

  it('leaves a file that is none of its packages, or is for another bot, as it is', async () => {
    const notes = path.join(folder, 'notes.zip');
    const others = path.join(folder, 'others.zip');
    await writeFile(notes, 'what I have to remember');
    await run({ ...partner, MicrosoftAppId: OTHER_ID }, '--out', others);

    const overNotes = await run(partner, '--out', notes);
    const overOthers = await run(partner, '--out', others);

    assert.deepEqual([overNotes.code, overOthers.code], [73, 73]);
    assert.match(overNotes.errors, /is no package of this app; it was left as it is/);
    assert.equal(await readFile(notes, 'utf8'), 'what I have to remember');
    assert.deepEqual(packageOf(await readFile(others)), { appId: OTHER_ID });
  });

  it('says all that is missing, a line each, where to read on and what to try, and writes nothing', async () => {
    const { code, out, errors } = await run({});

    assert.equal(code, 78);
    assert.equal(out, '');
    assert.deepEqual(errors.trim().split('\n'), [
      'MicrosoftAppId: is required',
      'PUBLIC_URL: is required',
      'SIGN_IN_APP_ID: is required',
      'Nothing is configured yet: docs/configuration.md has every variable, and npm start shows the bot without any.',
    ]);
    assert.deepEqual(await readdir(folder), []);
  });

  it('says how it is used when it is used otherwise', async () => {
    const { code, errors } = await run(partner, '--outt', 'x.zip');

    assert.equal(code, 64);
    assert.match(errors, /npm run package/);
  });
});
