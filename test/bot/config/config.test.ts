import assert from 'node:assert/strict';
import path from 'node:path';
import { inspect } from 'node:util';
import { parseConfig, type Config } from '../../../bot/config/config.ts';
import { TEAMS_HOSTS } from '../../../bot/channel/service-hosts.ts';
import {
  type Env,
  ada,
  bo,
  cy,
  ada2,
  app,
  otherApp,
  tenant,
  otherTenant,
  hexKey,
  thumbprint,
  pem,
  certificate,
  local,
  teams,
  signingInBy,
  serviceAccount,
  inVault,
  managed,
  certified,
  without,
  faultsOf,
  namesOf,
  named,
} from './environments.ts';

const { certificateFile } = await certificate();

describe('a configuration', () => {
  it('for one machine is complete with eight variables', () => {
    const { auditKey, ...rest } = parseConfig(local);

    assert.deepEqual(Buffer.from(auditKey.reveal()).toString('hex'), hexKey);
    assert.deepEqual(rest, {
      bot: {
        port: 3978,
        host: '127.0.0.1',
        auth: 'none',
        allowedTenants: [tenant],
        channelServiceHosts: { hosts: TEAMS_HOSTS, loopback: true },
      },
      partner: { tenantId: tenant, type: 'direct', environment: 'production' },
      partnerCenter: {
        url: 'http://127.0.0.1:4000',
        graphUrl: 'http://127.0.0.1:4000',
        auth: 'none',
        lanes: 10,
        authorityUrl: 'https://login.microsoftonline.com',
      },
      people: { requesters: named(ada), approvers: named(bo), auditors: named(), samePerson: [] },
      approval: {
        required: 1,
        ttlMs: 259_200_000,
        executionTtlMs: 3_600_000,
        executeAs: 'approver',
        remindAfterMs: 14_400_000,
        escalateAfterMs: 86_400_000,
      },
      limits: { openPerRequester: 10, removalsPerDay: 10, suspensionsPerDay: 500 },
      suspendedNewCommerce: 'blocks',
      timing: {
        leaseMs: 60_000,
        verifyEveryMs: 15_000,
        verifyForMs: 1_800_000,
        watchEveryMs: 86_400_000,
        directoryRefreshMs: 900_000,
      },
      store: { kind: 'file', folder: './data' },
      backups: { folder: path.join('data', 'backups'), kept: 14 },
      defaultLocale: 'en',
      retentionMonths: 84,
      logLevel: 'info',
    } satisfies Omit<Config, 'auditKey'>);
  });

  it('for Teams takes the tenant of the app for the partner and for whom it listens to', () => {
    const { bot, partner } = parseConfig(teams);
    const { password, ...rest } = bot;

    assert.equal(password?.reveal(), 'pass-word-4711');
    assert.deepEqual(rest, {
      port: 3978,
      host: '0.0.0.0',
      auth: 'teams',
      appId: app,
      appType: 'SingleTenant',
      appTenantId: tenant,
      allowedTenants: [tenant],
      channelServiceHosts: { hosts: TEAMS_HOSTS, loopback: false },
    } satisfies Config['bot']);
    assert.equal(partner.tenantId, tenant);
  });

  for (const type of ['direct', 'indirect-provider', 'indirect-reseller'])
    it(`knows a partner that is ${type}`, () => {
      assert.equal(parseConfig({ ...local, PARTNER_TYPE: type }).partner.type, type);
    });

  it('holds everything else that can be said', () => {
    const config = parseConfig({
      ...certified,
      PORT: '0',
      PUBLIC_URL: 'https://bot.partner.example',
      ALLOWED_TENANTS: `${tenant}, ${otherTenant.toUpperCase()}`,
      ToBotFromChannelOpenIdMetadataUrl: 'http://127.0.0.1:5001/keys',
      CHANNEL_SERVICE_HOSTS: '127.0.0.1:5000, Chat.Partner.Example:443',
      PARTNER_TENANT_ID: otherTenant,
      PARTNER_TYPE: 'indirect-provider',
      PARTNER_CENTER_ENVIRONMENT: 'sandbox',
      PARTNER_CENTER_LANES: '4',
      PARTNER_CENTER_APP_ID: otherApp,
      PARTNER_CENTER_APP_CERTIFICATE_PATH: certificateFile,
      EXECUTE_AS: 'requester',
      REQUESTERS: '*',
      APPROVERS: `${ada},${bo.toUpperCase()}, ${bo}`,
      AUDITORS: cy,
      SAME_PERSON: `${ada}=${ada2}`,
      APPROVALS_REQUIRED: '2',
      APPROVAL_TTL_HOURS: '0.001',
      EXECUTION_TTL_MINUTES: '0.5',
      REMIND_AFTER_HOURS: '1',
      ESCALATE_AFTER_HOURS: '2',
      ESCALATE_TO: cy.toUpperCase(),
      MAX_OPEN_PER_REQUESTER: '1',
      MAX_REMOVALS_PER_DAY: '2',
      MAX_SUSPENSIONS_PER_DAY: '3',
      SUSPENDED_NEW_COMMERCE: 'may-block',
      LEASE_SECONDS: '1.5',
      VERIFY_EVERY_SECONDS: '0.25',
      VERIFY_FOR_MINUTES: '0.1',
      WATCH_EVERY_HOURS: '12',
      DIRECTORY_REFRESH_MINUTES: '1',
      STORE: 'file:/var/lib/bot',
      BACKUP_FOLDER: '/mnt/backups',
      BACKUPS_KEPT: '30',
      AUDIT_KEY: Buffer.from(hexKey, 'hex').toString('base64'),
      DEFAULT_LOCALE: 'fr',
      RETENTION_MONTHS: '12',
      LOG_LEVEL: 'debug',
    });

    assert.equal(config.bot.port, 0);
    assert.equal(config.bot.publicUrl, 'https://bot.partner.example');
    assert.deepEqual(config.bot.allowedTenants, [tenant, otherTenant]);
    assert.equal(config.bot.openIdMetadataUrl, 'http://127.0.0.1:5001/keys');
    assert.deepEqual(config.bot.channelServiceHosts, {
      hosts: ['127.0.0.1:5000', 'chat.partner.example'],
      loopback: false,
    });
    assert.equal(config.bot.certificate?.thumbprint, thumbprint);
    assert.equal(config.bot.certificate.privateKey.reveal(), pem.trim());
    assert.deepEqual(config.partner, { tenantId: otherTenant, type: 'indirect-provider', environment: 'sandbox' });
    assert.equal(config.partnerCenter.lanes, 4);
    assert.deepEqual(config.partnerCenter.app, {
      clientId: otherApp,
      credential: { certificatePath: certificateFile },
    });
    assert.deepEqual(config.people, {
      requesters: '*',
      approvers: named(ada, bo),
      auditors: named(cy),
      samePerson: [[ada, ada2]],
    });
    assert.deepEqual(config.approval, {
      required: 2,
      ttlMs: 3_600,
      executionTtlMs: 30_000,
      executeAs: 'requester',
      remindAfterMs: 3_600_000,
      escalateAfterMs: 7_200_000,
      escalateTo: cy,
    });
    assert.deepEqual(config.limits, { openPerRequester: 1, removalsPerDay: 2, suspensionsPerDay: 3 });
    assert.equal(config.suspendedNewCommerce, 'may-block');
    assert.deepEqual(config.timing, {
      leaseMs: 1_500,
      verifyEveryMs: 250,
      verifyForMs: 6_000,
      watchEveryMs: 43_200_000,
      directoryRefreshMs: 60_000,
    });
    assert.deepEqual(config.store, { kind: 'file', folder: '/var/lib/bot' });
    assert.deepEqual(config.backups, { folder: '/mnt/backups', kept: 30 });
    assert.equal(Buffer.from(config.auditKey.reveal()).toString('hex'), hexKey);
    assert.equal(config.defaultLocale, 'fr');
    assert.equal(config.retentionMonths, 12);
    assert.equal(config.logLevel, 'debug');
  });

  it('prints no secret, however it is printed', () => {
    const config = parseConfig({
      ...teams,
      PARTNER_CENTER_APP_ID: otherApp,
      PARTNER_CENTER_APP_SECRET: 'app-secret-4711',
    });

    for (const printed of [JSON.stringify(config), inspect(config, { depth: 9 }), String(config.auditKey)]) {
      assert.doesNotMatch(printed, /4711|0f0f|15,\s*15/);
      assert.match(printed, /\[secret\]/);
    }
  });

  const good: [why: string, env: Env][] = [
    ['a managed identity has no secret', managed],
    ['the type of the app is written in any case', { ...managed, MicrosoftAppType: 'userassignedmsi' }],
    ['a certificate stands for the password', certified],
    [
      'a thumbprint has capitals and colons, and the ends of a key’s lines are written out',
      {
        ...certified,
        CertificateThumbprint: Array.from({ length: 32 }, () => 'AB').join(':'),
        CertificatePrivateKey: pem.replaceAll('\n', '\\n'),
      },
    ],
    [
      'the credentials in files are what they have to be',
      { ...signingInBy, SIGN_IN_CERTIFICATE_PATH: certificateFile },
    ],
    ['one account acts for everybody', serviceAccount],
    ['its token is in a key vault', inVault],
    [
      'the key vault is of a national cloud',
      { ...inVault, KEY_VAULT_URL: 'https://partner-1.vault.usgovcloudapi.net/' },
    ],
    ['the key vault is a stand-in on this machine', { ...inVault, KEY_VAULT_URL: 'https://127.0.0.1:8443' }],
    ['backups lie in the store’s folder, which is named for them', { ...local, BACKUP_FOLDER: './data/backups' }],
    ['the store lies beside its backups', { ...local, STORE: 'file:./a', BACKUP_FOLDER: './ab' }],
    ['nobody looks at certificates of this machine', { ...local, NODE_TLS_REJECT_UNAUTHORIZED: '0' }],
    ['what is empty is not set', { ...local, ESCALATE_TO: '', AUDITORS: ' ', MicrosoftAppType: '' }],
    ['without Teams nothing of an app matters', { ...local, MicrosoftAppId: 'x', MicrosoftAppType: 'MultiTenant' }],
    ['the loopback address is written as a name', { ...local, HOST: 'localhost', GRAPH_URL: 'http://[::1]:4001' }],
    ['one approver and one other requester are enough', local],
    ['everybody may ask and one may approve', { ...local, REQUESTERS: '*' }],
    [
      'two approve and everybody else asks',
      { ...local, REQUESTERS: '*', APPROVERS: `${ada},${bo}`, APPROVALS_REQUIRED: '2' },
    ],
    [
      'nobody can tell yet how many are in a group',
      { ...local, REQUESTERS: `${ada},group:${app}`, APPROVERS: `group:${app}`, APPROVALS_REQUIRED: '10' },
    ],
    ['a requester approves what others ask', { ...local, REQUESTERS: `${ada},${bo}`, APPROVERS: `${ada},${bo}` }],
    [
      'the machine has variables of its own',
      { ...local, HOME: '/', PATH: '/bin', EDITOR: 'vi', POST: '1', SHELL: 'sh' },
    ],
    ['a key is written for addresses', { ...local, AUDIT_KEY: Buffer.alloc(33, 255).toString('base64url') }],
  ];
  for (const [why, env] of good) {
    it(`is good when ${why}`, () => {
      assert.deepEqual(faultsOf(env), []);
    });
  }

  it('asks for no tenant where nobody asks who somebody is', () => {
    const { bot, partner } = parseConfig(without(local, 'PARTNER_TENANT_ID'));

    assert.equal(bot.allowedTenants, undefined);
    assert.equal(partner.tenantId, undefined);
  });

  it('knows that two lists with a common account are one person', () => {
    const { people } = parseConfig({ ...local, SAME_PERSON: `${ada}=${cy}; ${bo}=${app};${cy}=${ada2};` });

    assert.deepEqual(
      people.samePerson.map((accounts) => [...accounts].sort()),
      [[app, bo].sort(), [ada, cy, ada2].sort()].sort((a, b) => (a.includes(bo) ? -1 : b.includes(bo) ? 1 : 0)),
    );
  });

  it('that is empty is told everything that is missing, at once', () => {
    const named = faultsOf({}).flatMap(namesOf);

    assert.deepEqual(named, [
      'MicrosoftAppType',
      'MicrosoftAppId',
      'MicrosoftAppTenantId',
      'PARTNER_CENTER_ENVIRONMENT',
      'REQUESTERS',
      'APPROVERS',
      'SIGN_IN_APP_ID',
      'PUBLIC_URL',
      'AUDIT_KEY',
    ]);
  });
});

describe('notices for another system', () => {
  const [first, second] = [7, 9].map((byte) => Buffer.alloc(24 + byte, byte));
  const written = (bytes: Buffer | undefined): string => `whsec_${bytes?.toString('base64') ?? ''}`;

  it('are off unless they are configured', () => {
    assert.equal(parseConfig(local).webhook, undefined);
  });

  it('are signed with one secret, or with two while one takes over from the other, and print neither', () => {
    const one = parseConfig({ ...local, WEBHOOK_URL: 'http://127.0.0.1:9/a?b=c', WEBHOOK_SECRET: written(first) });
    const secrets = `${written(first)}, ${written(second)}`;
    const two = parseConfig({ ...local, WEBHOOK_URL: 'https://hooks.example/a', WEBHOOK_SECRET: secrets });

    assert.equal(one.webhook?.url, 'http://127.0.0.1:9/a?b=c');
    assert.deepEqual(
      one.webhook.secrets.reveal().map((bytes) => Buffer.from(bytes)),
      [first],
    );
    assert.deepEqual(
      two.webhook?.secrets.reveal().map((bytes) => Buffer.from(bytes)),
      [first, second],
    );
    assert.ok(!JSON.stringify(two).includes(written(first).slice(6)));
  });
});

describe('a misspelt variable', () => {
  const misspelt: [written: string, meant: string][] = [
    ['MicrosoftAppld', 'MicrosoftAppId'],
    ['MICROSOFTAPPTYPE', 'MicrosoftAppType'],
    ['APPROVER', 'APPROVERS'],
    ['REQUESTER', 'REQUESTERS'],
    ['PARTNER_CENTRE_URL', 'PARTNER_CENTER_URL'],
    ['PARTNER_TENANTID', 'PARTNER_TENANT_ID'],
    ['BOTAUTH', 'BOT_AUTH'],
    ['APPROVAL_TTL_HOUR', 'APPROVAL_TTL_HOURS'],
    ['STORES', 'STORE'],
    ['Port', 'PORT'],
    ['LOGLEVEL', 'LOG_LEVEL'],
  ];
  for (const [written, meant] of misspelt) {
    it(`is told: ${written} for ${meant}`, () => {
      assert.deepEqual(faultsOf({ ...local, [written]: 'x-4711' }), [
        `${written}: is not known; did you mean ${meant}?`,
      ]);
    });
  }
});
