import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { startPartnerCenter, type PartnerCenterStandIn } from '../../sandbox/partner-center/server.ts';
import { tempFolders } from '../services/storage/temp-folder.ts';
import { bareEnv } from '../support/bare-env.ts';

const SCRIPT = fileURLToPath(new URL('../../scripts/check-config.ts', import.meta.url));

interface Said {
  readonly code: number | string | undefined;
  readonly out: string;
  readonly errors: string;
}

describe('the command that checks the configuration', function () {
  this.timeout(60_000);
  const newFolder = tempFolders();
  let partnerCenter: PartnerCenterStandIn;

  before(async () => {
    partnerCenter = await startPartnerCenter();
  });
  after(() => partnerCenter.close());

  const run = (env: Readonly<Record<string, string>>): Promise<Said> =>
    new Promise((resolve) => {
      execFile(process.execPath, [SCRIPT], { env: { ...bareEnv(), ...env } }, (error, out, errors) => {
        resolve({ code: error === null ? 0 : (error.code ?? undefined), out, errors });
      });
    });
  const local = async (): Promise<Readonly<Record<string, string>>> => ({
    BOT_AUTH: 'none',
    PARTNER_CENTER_AUTH: 'none',
    PARTNER_CENTER_URL: partnerCenter.url,
    REQUESTERS: '11111111-1111-4111-8111-111111111111',
    APPROVERS: '22222222-2222-4222-8222-222222222222',
    AUDIT_KEY: '0f'.repeat(32),
    STORE: `file:${await newFolder()}`,
  });

  it('ends with 0 when nothing is wrong, and counts what it found', async () => {
    const { code, out, errors } = await run(await local());

    assert.equal(code, 0, errors);
    assert.match(out, /^ok {7}Partner Center: customers can be read \(nobody\)\.$/m);
    assert.match(out, /^\d+ ok, \d+ warning, 0 wrong\n$/m);
  });

  it('ends with 1 when something is wrong', async () => {
    const { code, out } = await run({ ...(await local()), PARTNER_CENTER_URL: 'http://127.0.0.1:9' });

    assert.equal(code, 1);
    assert.match(out, /^wrong {4}Partner Center: no answer came\./m);
  });

  it('says where to read on and what to try to whoever has begun with nothing, and to nobody else', async () => {
    const [nothing, something] = [await run({ PORT: '3978' }), await run({ BOT_AUTH: 'none' })];

    assert.equal(nothing.code, 78);
    assert.match(nothing.errors, /^Nothing is configured yet: docs\/configuration\.md .* npm start /m);
    assert.doesNotMatch(something.errors, /Nothing is configured/);
  });

  it('ends with 78 and a line for each fault, like the bot, when it cannot be read', async () => {
    const { code, out, errors } = await run({ BOT_AUTH: 'none', PARTNER_CENTER_AUTH: 'none' });

    assert.equal(code, 78);
    assert.equal(out, '');
    assert.deepEqual(
      errors
        .trim()
        .split('\n')
        .map((line) => line.split(':')[0]),
      [
        'PARTNER_CENTER_AUTH, PARTNER_CENTER_URL, GRAPH_URL',
        'PARTNER_CENTER_ENVIRONMENT',
        'REQUESTERS',
        'APPROVERS',
        'AUDIT_KEY',
      ],
    );
  });
});
