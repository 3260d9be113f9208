import assert from 'node:assert/strict';
import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { X509Certificate } from 'node:crypto';
import tls from 'node:tls';
import { createDefaultHttpClient } from '@azure/core-rest-pipeline';
import { generate } from 'selfsigned';
import { checkConfig } from '../../../bot/checking/check-config.ts';
import { checkSettings } from '../../../bot/checking/check-settings.ts';
import { lineOf } from '../../../bot/checking/finding.ts';
import { parseConfig } from '../../../bot/config/config.ts';
import { startEntra } from '../../../sandbox/entra/entra.ts';
import type { EntraStandIn } from '../../../sandbox/entra/stand-in.ts';
import { createGraph, type Graph } from '../../../sandbox/graph/graph.ts';
import { startPartnerCenter, type PartnerCenterStandIn } from '../../../sandbox/partner-center/server.ts';
import { startKeyVault, type KeyVaultStandIn } from '../../../sandbox/key-vault/key-vault.ts';
import { REFRESH_TOKEN_SECRET } from '../../../services/sign-in/refresh-token-vault.ts';
import { DAY_MS, MINUTE_MS } from '../../../services/clock.ts';
import { openFileStore } from '../../../services/storage/file-store.ts';
import { NEVER_WRITTEN } from '../../../services/storage/store.ts';
import { tempFolders } from '../../services/storage/temp-folder.ts';
import { ChannelKeys } from '../../../sandbox/channel/channel-keys.ts';

type Env = Readonly<Record<string, string>>;

const TENANT = '7c1d4f0e-52ab-4c39-9d7e-3b6f8a2e9c15';
const BOT_APP = 'aaaaaaaa-1111-4000-8000-00000000000a';
const SIGN_IN_APP = '0f7f1e0a-6f0e-4a57-9e0c-6c2f5d5a1b11';
const BACKGROUND_APP = '3f0b9e52-8d7a-4f0e-8c66-2a9b1d4c7e22';
const REDIRECT = 'https://bot.contoso.com/auth/end';
const [REQUESTER, MANAGER, DEPUTY, GUEST, LEAVER, NOBODY] = [
  'a3d1f6b8-5c2e-4f7a-9b0d-1e6c8f4a2d01',
  'a3d1f6b8-5c2e-4f7a-9b0d-1e6c8f4a2d02',
  'a3d1f6b8-5c2e-4f7a-9b0d-1e6c8f4a2d03',
  'a3d1f6b8-5c2e-4f7a-9b0d-1e6c8f4a2d04',
  'a3d1f6b8-5c2e-4f7a-9b0d-1e6c8f4a2d05',
  'a3d1f6b8-5c2e-4f7a-9b0d-1e6c8f4a2d06',
] as const;
const [TEAM, INNER, EMPTY] = [
  'b3d1f6b8-5c2e-4f7a-9b0d-1e6c8f4a2d01',
  'b3d1f6b8-5c2e-4f7a-9b0d-1e6c8f4a2d02',
  'b3d1f6b8-5c2e-4f7a-9b0d-1e6c8f4a2d03',
] as const;
const SECRETS = {
  SIGN_IN_SECRET: 'sign-in-secret-4711',
  PARTNER_CENTER_APP_SECRET: 'background-secret-4711',
  MicrosoftAppPassword: 'bot-password-4711',
  AUDIT_KEY: '0f'.repeat(32),
};
const READING_ROLES = ['User.Read.All', 'GroupMember.Read.All', 'DelegatedAdminRelationship.Read.All'];
const INSTALLING_ROLES = ['TeamsAppInstallation.ReadWriteSelfForUser.All', 'AppCatalog.Read.All'];

const without = (env: Env, ...names: readonly string[]): Env =>
  Object.fromEntries(Object.entries(env).filter(([name]) => !names.includes(name)));

const user = (id: string, { guest = false, enabled = true } = {}) => ({
  id,
  displayName: 'A name that no line repeats',
  userPrincipalName: `${id}@partner.example`,
  userType: guest ? ('Guest' as const) : ('Member' as const),
  accountEnabled: enabled,
});

describe('checking a configuration before a start', function () {
  this.timeout(60_000);
  const newFolder = tempFolders();
  let entra: EntraStandIn;
  let graph: Graph;
  let partnerCenter: PartnerCenterStandIn;
  let keys: ChannelKeys;
  const http = createDefaultHttpClient();
  let folder: string;
  const trusted = tls.getCACertificates('default');

  before(async () => {
    entra = await startEntra({
      tenantId: TENANT,
      apps: [
        { clientId: BOT_APP, secret: SECRETS.MicrosoftAppPassword, redirectUris: [] },
        { clientId: SIGN_IN_APP, secret: SECRETS.SIGN_IN_SECRET, redirectUris: [], roles: INSTALLING_ROLES },
        {
          ...{ clientId: BACKGROUND_APP, secret: SECRETS.PARTNER_CENTER_APP_SECRET },
          ...{ redirectUris: [REDIRECT], roles: READING_ROLES },
        },
      ],
      people: [
        {
          ...{ objectId: MANAGER, name: 'Service Account', userPrincipalName: 'service@partner.example' },
          ...{ userType: 'member', enabled: true },
        },
      ],
    });
    tls.setDefaultCACertificates([...trusted, entra.ca]);
    graph = createGraph({
      users: [
        user(REQUESTER),
        user(MANAGER),
        user(DEPUTY),
        user(GUEST, { guest: true }),
        user(LEAVER, { enabled: false }),
      ],
      groups: [
        { id: TEAM, displayName: 'Managers', members: [INNER, MANAGER, GUEST, LEAVER] },
        { id: INNER, displayName: 'Deputies', members: [DEPUTY] },
        { id: EMPTY, displayName: 'Nobody', members: [LEAVER] },
      ],
    });
    partnerCenter = await startPartnerCenter({ alongside: [graph], switches: { requireToken: true } });
    keys = await ChannelKeys.start();
  });
  after(async () => {
    tls.setDefaultCACertificates(trusted);
    await Promise.all([entra.close(), partnerCenter.close(), keys.close()]);
  });
  beforeEach(async () => {
    entra.reset();
    graph.reset();
    folder = await newFolder();
  });

  const sound = (): Env => ({
    ...SECRETS,
    HOST: '0.0.0.0',
    PUBLIC_URL: 'https://bot.contoso.com',
    MicrosoftAppId: BOT_APP,
    MicrosoftAppType: 'SingleTenant',
    MicrosoftAppTenantId: TENANT,
    ToBotFromChannelOpenIdMetadataUrl: keys.openIdMetadataUrl,
    PARTNER_CENTER_URL: partnerCenter.url,
    GRAPH_URL: partnerCenter.url,
    AZURE_AUTHORITY_HOST: entra.url,
    SIGN_IN_APP_ID: SIGN_IN_APP,
    PARTNER_CENTER_APP_ID: BACKGROUND_APP,
    REQUESTERS: REQUESTER,
    APPROVERS: `${MANAGER},${DEPUTY}`,
    AUDITORS: MANAGER,
    ESCALATE_TO: DEPUTY,
    STORE: `file:${folder}`,
    BACKUP_FOLDER: path.join(path.dirname(folder), 'backups'),
  });
  /** Lines that are not `ok`, or all of them. */
  async function said(env: Env, { all = false, now = (): Date => new Date() } = {}): Promise<readonly string[]> {
    const lines: string[] = [];
    for await (const finding of checkConfig({ config: parseConfig(env), http, fetch, now })) {
      if (all || finding.verdict !== 'ok') lines.push(lineOf(finding));
    }
    return lines;
  }
  const only = async (env: Env): Promise<string> => {
    const lines = await said(env);
    assert.equal(lines.length, 1, lines.join('\n'));
    return lines[0]!;
  };

  it('has nothing to say against one that works, and names what was tried', async () => {
    const lines = await said(sound(), { all: true });

    assert.deepEqual(
      lines.map((line) => /^(\w+) +([^:]+):/.exec(line)?.slice(1).join(' ')),
      [
        'ok address',
        'ok tab',
        'ok store',
        'ok backups',
        'ok channel keys',
        'ok bot token',
        'ok sign-in',
        'ok background reads, Partner Center',
        'ok background reads, Graph',
        'ok Partner Center',
        'ok clock',
        'ok people',
        'ok approvers',
      ],
    );
  });

  it('changes nothing: no folder is made, and nothing but readings is sent', async () => {
    await said(sound());

    await assert.rejects(stat(folder), /ENOENT/);
    const log = await (await fetch(`${partnerCenter.url}/_log`)).text();
    assert.match(log, /"method":"GET"/);
    assert.doesNotMatch(log, /"method":"(PATCH|POST|PUT|DELETE)"/);
    assert.deepEqual(new Set(graph.log.since(0).map(({ method }) => method)), new Set(['GET']));
  });

  it('never repeats a secret or a token, whatever is refused', async () => {
    const wrongs = {
      SIGN_IN_SECRET: 'another-1',
      PARTNER_CENTER_APP_SECRET: 'another-2',
      MicrosoftAppPassword: 'another-3',
    };

    const text = [
      ...(await said(sound(), { all: true })),
      ...(await said({ ...sound(), ...wrongs }, { all: true })),
    ].join('\n');

    for (const secret of [...Object.values(SECRETS), ...Object.values(wrongs), 'eyJ', 'token-1']) {
      assert.ok(!text.includes(secret), `${secret} in\n${text}`);
    }
  });

  it('says which secret is wrong, and where it is changed', async () => {
    assert.match(
      (await said({ ...sound(), SIGN_IN_SECRET: 'another' })).join('\n'),
      /^wrong {4}sign-in: Entra knows another secret \(AADSTS7000215\)\. Put the secret's value, not its id, into SIGN_IN_SECRET or SIGN_IN_CERTIFICATE_PATH\.$/,
    );
    entra.setFaults({ rules: [{ kind: 'refuse', code: 7000222, endpoint: 'token', times: 1 }] });
    assert.match(
      await only(sound()),
      /^wrong {4}bot token: the secret has expired.*MicrosoftAppId › Certificates & secrets/,
    );
  });

  it('says that an app is not there', async () => {
    const lines = await said({ ...sound(), PARTNER_CENTER_APP_ID: NOBODY });

    assert.match(
      lines[0] ?? '',
      /background reads, Partner Center: this tenant has no such app.*PARTNER_CENTER_APP_ID/,
    );
  });

  it('says that Entra does not answer', async () => {
    const lines = await said({ ...sound(), AZURE_AUTHORITY_HOST: 'https://127.0.0.1:9' });

    for (const about of ['bot token', 'sign-in'])
      assert.match(
        lines.join('\n'),
        new RegExp(`^wrong {4}${about}: Entra did not answer\\. .*AZURE_AUTHORITY_HOST`, 'm'),
      );
  });

  it('says that the channel’s keys cannot be had', async () => {
    const line = await only({ ...sound(), ToBotFromChannelOpenIdMetadataUrl: `${partnerCenter.url}/nothing` });

    assert.match(line, /^wrong {4}channel keys: they cannot be fetched\./);
  });

  it('says that nothing is read in the background without an app for it', async () => {
    const env = without(sound(), 'PARTNER_CENTER_APP_ID', 'PARTNER_CENTER_APP_SECRET');

    const lines = await said(env);

    assert.match(lines.join('\n'), /^warning {2}background reads: there is no app-only registration/m);
    assert.match(lines.join('\n'), /^warning {2}Partner Center: it was not read.*“sign in”/m);
    assert.match(lines.join('\n'), /^wrong {4}Graph: User\.Read\.All is not granted.*SIGN_IN_APP_ID/m);
  });

  it('tells apart why Partner Center refuses', async () => {
    const refuse = (status: number, code: string): Promise<unknown> =>
      fetch(`${partnerCenter.url}/_faults`, {
        method: 'POST',
        body: JSON.stringify({ rules: [{ path: '/v1/customers', status, code, description: 'no' }], switches: {} }),
      });
    const found: string[] = [];
    for (const [status, code] of [
      [401, '900420'],
      [401, '401'],
      [403, '403'],
      [429, '429'],
      [500, '500'],
    ] as const) {
      await refuse(status, code);
      found.push(await only(sound()));
    }
    await fetch(`${partnerCenter.url}/_faults`, { method: 'POST', body: '{}' });

    assert.match(found[0]!, /^wrong .*another audience \(401, code 900420, MS-CorrelationId [\da-f-]{36}\)/);
    assert.match(found[1]!, /^wrong .*App management: register PARTNER_CENTER_APP_ID/);
    assert.match(found[2]!, /^wrong .*App management/);
    assert.match(found[3]!, /^warning .*Try again in a minute/);
    assert.match(found[4]!, /^wrong .*answers 500/);
  });

  it('says that nobody answers at Partner Center’s address', async () => {
    assert.match(
      (await said({ ...sound(), PARTNER_CENTER_URL: 'http://127.0.0.1:9' })).join('\n'),
      /^wrong {4}Partner Center: no answer came\. .*PARTNER_CENTER_URL\.$/,
    );
  });

  it('says that the clock is wrong', async () => {
    const now = (): Date => new Date(Date.now() + 12 * MINUTE_MS);

    assert.match((await said(sound(), { now })).join('\n'), /^warning {2}clock: it is 12 minutes apart/);
  });

  it('says who of those named is not there, disabled or a guest', async () => {
    const lines = await said({ ...sound(), REQUESTERS: [REQUESTER, GUEST, LEAVER].join(), AUDITORS: NOBODY });

    assert.deepEqual(lines.length, 3);
    assert.match(lines[0]!, new RegExp(`^wrong {4}person ${GUEST} \\(REQUESTERS\\): it is a guest’s account`));
    assert.match(lines[1]!, new RegExp(`^wrong {4}person ${LEAVER} \\(REQUESTERS\\): the account is disabled`));
    assert.match(lines[2]!, new RegExp(`^wrong {4}person ${NOBODY} \\(AUDITORS\\): the tenant has no such account`));
  });

  it('takes groups apart, with the groups in them, and counts who can do something', async () => {
    const lines = await said({ ...sound(), APPROVERS: `group:${TEAM}` }, { all: true });

    assert.match(lines.join('\n'), new RegExp(`^ok {7}group ${TEAM} \\(APPROVERS\\): 2 members are enabled`, 'm'));
    assert.match(lines.join('\n'), /^ok {7}approvers: 2 different people may approve/m);
  });

  it('says which group is empty, is not there, or cannot be read', async () => {
    const env = { ...sound(), AUDITORS: `group:${EMPTY}`, APPROVERS: `${MANAGER},${DEPUTY},group:${NOBODY}` };
    const lines = (await said(env)).join('\n');
    graph.faults.set({ rules: [{ path: '/groups/', status: 403, code: 'Authorization_RequestDenied' }] });
    const refused = (await said(env)).join('\n');

    assert.match(lines, new RegExp(`^warning {2}group ${EMPTY} \\(AUDITORS\\): nobody in it`, 'm'));
    assert.match(lines, new RegExp(`^wrong {4}group ${NOBODY} \\(APPROVERS\\): the tenant has no such group`, 'm'));
    assert.match(lines, /^warning {2}approvers: a group of approvers could not be read/m);
    assert.match(refused, /^wrong {4}Graph: groups cannot be read \(403\)\. .*GroupMember\.Read\.All/m);
  });

  it('says that people cannot be read, once', async () => {
    graph.faults.set({ rules: [{ path: '/users/', status: 403, code: 'Authorization_RequestDenied' }] });

    const line = await only(sound());

    assert.match(
      line,
      /^wrong {4}Graph: people cannot be read \(403\)\. .*PARTNER_CENTER_APP_ID › API permissions.*User\.Read\.All/,
    );
  });

  it('says what an approver’s absence would mean', async () => {
    assert.match(
      await only({ ...sound(), APPROVERS: MANAGER, ESCALATE_TO: MANAGER }),
      /^warning {2}approvers: there is only one.*APPROVERS/,
    );
    assert.match(
      await only({ ...sound(), APPROVALS_REQUIRED: '2' }),
      /^warning {2}approvers: for some requesters every approver/,
    );
    const same = await said({ ...sound(), REQUESTERS: `${MANAGER},${DEPUTY}` });
    assert.match(same.join('\n'), /^warning {2}approvers: they are exactly those who may ask/m);
  });

  it('counts two accounts of one person once', async () => {
    const line = await only({ ...sound(), SAME_PERSON: `${MANAGER}=${DEPUTY}` });

    assert.match(line, /^warning {2}approvers: there is only one/);
  });

  it('says what comes of requests that are left lying', async () => {
    assert.match(await only(without(sound(), 'ESCALATE_TO')), /^warning {2}escalation: nobody is told/);
    assert.match(
      await only({ ...sound(), ESCALATE_TO: REQUESTER }),
      /^warning {2}escalation: whoever is named.*no approver/,
    );
    const [reminders, escalation] = await said({ ...sound(), APPROVAL_TTL_HOURS: '4' });
    assert.match(reminders!, /^warning {2}reminders: nobody is reminded: the 4 hours/);
    assert.match(escalation!, /^warning {2}escalation: nobody else is asked in time/);
  });

  it('says that tokens would be sent to somebody else', () => {
    const [finding] = checkSettings(parseConfig({ ...sound(), GRAPH_URL: 'https://graph.microsofl.com' }));

    assert.match(lineOf(finding!), /^warning {2}hosts: GRAPH_URL names a host that is not Microsoft’s/);
  });

  it('says that somebody else could speak as Teams, or be spoken to in its place', () => {
    const findings = checkSettings(
      parseConfig({
        ...sound(),
        ToBotFromChannelOpenIdMetadataUrl: 'https://login.botframework.example/keys',
        CHANNEL_SERVICE_HOSTS: 'smba.trafficmanager.net,127.0.0.1:4000,smba.trafficmanager.example',
      }),
    );

    assert.deepEqual(
      findings.map((finding) => lineOf(finding).slice(0, 90)),
      [
        'warning  hosts: ToBotFromChannelOpenIdMetadataUrl names a host that is not Microsoft’s, an',
        'warning  hosts: CHANNEL_SERVICE_HOSTS names a host that is not Microsoft’s, and the bot’s ',
      ],
    );
  });

  it('says when a certificate ends, and who else can read it', async () => {
    const { cert, private: key } = await generate([{ name: 'commonName', value: 'sign-in' }], { algorithm: 'sha256' });
    const file = path.join(path.dirname(folder), 'sign-in.pem');
    await writeFile(file, key + cert, { mode: 0o644 });
    const env = { ...without(sound(), 'SIGN_IN_SECRET'), SIGN_IN_CERTIFICATE_PATH: file };
    const end = new X509Certificate(cert).validToDate.getTime();
    const at = async (ms: number): Promise<string> => (await said(env, { now: () => new Date(ms) })).join('\n');

    assert.match(await at(end - 31 * DAY_MS), /^warning {2}files: other accounts .* SIGN_IN_CERTIFICATE_PATH/);
    assert.match(await at(end - 29 * DAY_MS), /^warning {2}certificate: that of SIGN_IN_CERTIFICATE_PATH ends on/);
    assert.match(await at(end), /^wrong {4}certificate: that of SIGN_IN_CERTIFICATE_PATH has ended on/);
  });

  it('says that nobody reads the record', async () => {
    const env = without(sound(), 'AUDITORS');

    assert.match(await only(env), /^warning {2}auditors: there is none/);
  });

  it('says that backups would be lost with the store', async () => {
    const env = without(sound(), 'BACKUP_FOLDER');

    assert.match(await only(env), /^warning {2}backups: they lie in the folder of the store/);
    assert.match(await only({ ...sound(), BACKUPS_KEPT: '0' }), /^warning {2}backups: none is made/);
  });

  it('says that Teams cannot reach the address', async () => {
    assert.match(
      await only({ ...sound(), PUBLIC_URL: 'https://127.0.0.1' }),
      /^wrong {4}address: PUBLIC_URL names no host/,
    );
    assert.match(await only({ ...sound(), PUBLIC_URL: 'https://bot' }), /^wrong {4}address: PUBLIC_URL names no host/);
    assert.match(await only({ ...sound(), HOST: '127.0.0.1' }), /^warning {2}address: .*set HOST to 0\.0\.0\.0/);
  });

  it('says where the tab is, and when Teams can sign nobody on there', async () => {
    const tab = async (env: Env): Promise<string> =>
      (await said(env, { all: true })).find((line) => line.includes('tab: ')) ?? '';

    assert.match(await tab(sound()), /^ok {7}tab: the personal tab is at https:\/\/bot\.contoso\.com\/tab\.$/);
    assert.match(
      await tab({ ...sound(), SIGN_IN_APP_URI: `api://botid-${String(sound()['SIGN_IN_APP_ID'])}` }),
      /^warning {2}tab: .*does not name the host of PUBLIC_URL\. Make the Application ID URI .* begin with api:\/\/bot\.contoso\.com\//,
    );
  });

  describe('with a store', () => {
    const storeLine = async (): Promise<string> => (await said(sound(), { all: true }))[2] ?? '';

    it('looks into it when nobody works with it', async () => {
      const store = await openFileStore({ folder, boot: 'b' });
      await store.commit('request:a', NEVER_WRITTEN, [{ key: 'head', row: { value: 1 } }]);
      await store.close();
      const before = await readdir(folder, { recursive: true });

      const line = await storeLine();

      assert.match(line, /^ok {7}store: ".*" is whole: 1 partitions of store [\da-f-]{36}\.$/);
      assert.deepEqual(await readdir(folder, { recursive: true }), before);
    });

    it('leaves it alone while a bot works with it', async () => {
      const store = await openFileStore({ folder, boot: 'b' });
      try {
        assert.match(
          await storeLine(),
          /^ok {7}store: ".*" is in use by process \d+ on ".*", so it was not looked into\.$/,
        );
      } finally {
        await store.close();
      }
    });

    it('says that it is damaged, and keeps it as it is', async () => {
      const store = await openFileStore({ folder, boot: 'b' });
      await store.commit('request:a', NEVER_WRITTEN, [{ key: 'head', row: { value: 1 } }]);
      await store.close();
      const file = path.join(folder, 'request', 'a.json');
      await writeFile(file, (await readFile(file, 'utf8')).replace('"value":1', '"value":2'));

      assert.match(await only(sound()), /^wrong {4}store: .*a\.json.* is damaged.*docs\/operations\.md/);
      assert.match(await readFile(file, 'utf8'), /"value":2/);
    });

    it('says that a file is gone', async () => {
      const store = await openFileStore({ folder, boot: 'b' });
      await store.commit('request:a', NEVER_WRITTEN, [{ key: 'head', row: { value: 1 } }]);
      await store.close();
      await rm(path.join(folder, 'request', 'a.json'));

      assert.match(await only(sound()), /^wrong {4}store: .*a\.json.* it is missing.*docs\/operations\.md/);
    });

    it('says that it cannot be made where a file is in the way', async () => {
      await mkdir(path.dirname(folder), { recursive: true });
      await writeFile(folder, 'a file');

      assert.match(await only(sound()), /^wrong {4}store: /);
    });
  });

  describe('with a service account', () => {
    let tokenFile: string;

    beforeEach(async () => {
      tokenFile = path.join(path.dirname(folder), 'refresh-token');
      await writeFile(tokenFile, await newRefreshToken(), { mode: 0o600 });
    });
    const account = (): Env => {
      const env = without(sound(), 'SIGN_IN_APP_ID', 'SIGN_IN_SECRET');
      return { ...env, PARTNER_CENTER_AUTH: 'service-account', SERVICE_ACCOUNT_TOKEN_FILE: tokenFile };
    };

    it('warns of it, reads in its name, and leaves its token as it is', async () => {
      const kept = await readFile(tokenFile, 'utf8');

      const lines = await said(account(), { all: true });

      assert.match(lines.join('\n'), /^warning {2}service account: it works, and acts for everybody/m);
      assert.match(lines.join('\n'), /^ok {7}Partner Center: customers can be read \(service-account\)/m);
      assert.match(
        lines.join('\n'),
        /^ok {7}second factor: Partner Center has seen one \(isMfaCompliant in a header\)/m,
      );
      assert.equal(await readFile(tokenFile, 'utf8'), kept);
    });

    it('says that it signed in without a second factor, wherever that is told', async () => {
      entra.setFaults({ withoutMfa: [MANAGER] });
      const enforced = (await said(account())).join('\n');
      await fetch(`${partnerCenter.url}/_faults`, {
        method: 'POST',
        body: JSON.stringify({ switches: { mfaEnforced: false } }),
      });
      const reported = (await said(account())).join('\n');
      await fetch(`${partnerCenter.url}/_faults`, { method: 'POST', body: '{}' });

      assert.match(enforced, /^wrong {4}service account: it signed in without a second factor/m);
      assert.match(enforced, /^wrong {4}Partner Center: the sign-in had no second factor \(401, code 900421/m);
      assert.match(reported, /^wrong {4}second factor: Partner Center says that there was none/m);
    });

    it('says that its token is over', async () => {
      entra.revoke(MANAGER);
      const revoked = (await said(account())).join('\n');

      assert.match(revoked, /^wrong {4}service account: the refresh token is over or was taken back/m);
    });
  });

  describe('with a service account whose token is in a key vault', () => {
    let vault: KeyVaultStandIn;

    before(async () => {
      vault = await startKeyVault({
        ...{ tenantId: TENANT, authorityUrl: entra.url, verified: (token) => entra.verified(token) },
        ...{ readers: [BACKGROUND_APP], writers: [] },
      });
      tls.setDefaultCACertificates([...trusted, entra.ca, vault.ca]);
    });
    beforeEach(async () => {
      vault.reset();
      vault.put(REFRESH_TOKEN_SECRET, await newRefreshToken());
    });
    after(() => vault.close());
    const account = (): Env => {
      const env = without(sound(), 'SIGN_IN_APP_ID', 'SIGN_IN_SECRET');
      return { ...env, PARTNER_CENTER_AUTH: 'service-account', KEY_VAULT_URL: vault.url };
    };

    it('reads it, works with it, and stores nothing', async () => {
      const lines = (await said(account(), { all: true })).join('\n');

      assert.match(lines, /^ok {7}key vault: the refresh token can be read as PARTNER_CENTER_APP_ID/m);
      assert.match(lines, /^warning {2}service account: it works, and acts for everybody/m);
      assert.match(lines, /^ok {7}Partner Center: customers can be read \(service-account\)/m);
      assert.equal(vault.versions(REFRESH_TOKEN_SECRET).length, 1);
      assert.deepEqual([...new Set(vault.log().map(({ method }) => method))], ['GET']);
    });

    it('says what is to be done where it may not be read, is not there, or cannot be reached', async () => {
      vault.setFaults([{ kind: 'answer', status: 403, code: 'Forbidden', innerCode: 'ForbiddenByRbac' }]);
      const forbidden = (await said(account())).join('\n');
      vault.reset();
      const missing = (await said(account())).join('\n');
      const unreachable = (await said({ ...account(), KEY_VAULT_URL: 'https://127.0.0.1:9' })).join('\n');

      assert.match(
        forbidden,
        /^wrong {4}key vault: .*does not let PARTNER_CENTER_APP_ID read or write the secret \(403\)\. Give PARTNER_CENTER_APP_ID the role Key Vault Secrets Officer/m,
      );
      assert.match(missing, /^wrong {4}key vault: .*has no secret "partner-center-refresh-token".*Service account/m);
      assert.match(unreachable, /^wrong {4}key vault: .*does not answer\. Let the bot reach it over https/m);
    });

    it('says that Entra gives no token for it, and why', async () => {
      const lines = (await said({ ...account(), PARTNER_CENTER_APP_SECRET: 'another' })).join('\n');

      assert.match(lines, /^wrong {4}key vault: there is no token for .*Entra knows another secret \(AADSTS7000215\)/m);
    });
  });

  /** As a service account's is had: once, at the sign-in page. */
  async function newRefreshToken(): Promise<string> {
    const scope = 'https://api.partnercenter.microsoft.com/user_impersonation offline_access';
    const page = new URL(`${entra.url}/${TENANT}/oauth2/v2.0/authorize`);
    const asked = {
      client_id: BACKGROUND_APP,
      response_type: 'code',
      redirect_uri: REDIRECT,
      scope,
      login_hint: MANAGER,
    };
    page.search = new URLSearchParams(asked).toString();
    const location = (await fetch(page, { redirect: 'manual' })).headers.get('Location') ?? '';
    const answer = await fetch(`${entra.url}/${TENANT}/oauth2/v2.0/token`, {
      method: 'POST',
      body: new URLSearchParams({
        ...{ client_id: BACKGROUND_APP, client_secret: SECRETS.PARTNER_CENTER_APP_SECRET, redirect_uri: REDIRECT },
        ...{ grant_type: 'authorization_code', code: new URL(location).searchParams.get('code') ?? '', scope },
      }),
    });
    return String(((await answer.json()) as { readonly refresh_token: unknown }).refresh_token);
  }
});
