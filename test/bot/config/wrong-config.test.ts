import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import path from 'node:path';
import { inspect } from 'node:util';
import { parseConfig } from '../../../bot/config/config.ts';
import {
  type Env,
  ada,
  bo,
  ada2,
  app,
  otherApp,
  tenant,
  otherTenant,
  pemOf,
  pem,
  folder,
  fileOf,
  certificate,
  tokenFile,
  local,
  teams,
  signingIn,
  nobody,
  signingInBy,
  serviceAccount,
  inVault,
  managed,
  certified,
  without,
  faultsOf,
  namesOf,
  inAzure,
  CONNECTION,
  AZURE,
} from './environments.ts';

const { cert, certificateFile } = await certificate();

describe('a wrong configuration', () => {
  const PASSWORD = 'MicrosoftAppPassword';
  const CERTIFICATE = ['CertificateThumbprint', 'CertificatePrivateKey'];
  const remote = { PARTNER_CENTER_URL: 'https://api.partnercenter.microsoft.com' };
  const HOOK = 'https://hooks.example/4711';
  const SECRET = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;

  /** What is at fault, and the configuration, and the names of each line. */
  type Wrong = [fault: string, env: Env, ...names: string[][]];
  const wrong: Wrong[] = [
    ['no authentication on an open address', { ...local, HOST: '0.0.0.0' }, ['BOT_AUTH', 'HOST']],
    [
      'no authentication on a name that only looks local',
      { ...local, HOST: 'localhost.partner.example' },
      ['BOT_AUTH', 'HOST'],
    ],
    ['an unknown authentication', { ...teams, BOT_AUTH: 'off' }, ['BOT_AUTH']],
    ['a host that is none', { ...teams, HOST: 'http://0.0.0.0/' }, ['HOST']],
    ['a port that is none', { ...local, PORT: '65536' }, ['PORT']],
    ['a port in words', { ...local, PORT: 'soon-4711' }, ['PORT']],
    ['a public address without TLS', { ...local, PUBLIC_URL: 'http://bot.partner.example' }, ['PUBLIC_URL']],
    ['no app', without(teams, 'MicrosoftAppId'), ['MicrosoftAppId']],
    ['an empty app', { ...teams, MicrosoftAppId: '' }, ['MicrosoftAppId']],
    ['an app that is no GUID', { ...teams, MicrosoftAppId: 'my-app-4711' }, ['MicrosoftAppId']],
    ['no type of app', without(teams, 'MicrosoftAppType'), ['MicrosoftAppType']],
    ['a misspelt type of app', { ...teams, MicrosoftAppType: 'SingleTennant' }, ['MicrosoftAppType']],
    ['a multi-tenant app', { ...teams, MicrosoftAppType: 'MultiTenant' }, ['MicrosoftAppType']],
    ['no tenant', without(teams, 'MicrosoftAppTenantId'), ['MicrosoftAppTenantId']],
    ['a tenant that is no GUID', { ...teams, MicrosoftAppTenantId: 'partner.example' }, ['MicrosoftAppTenantId']],
    ['no credential', without(teams, PASSWORD), [PASSWORD, ...CERTIFICATE]],
    ['two credentials', { ...certified, MicrosoftAppPassword: 'x' }, [PASSWORD, ...CERTIFICATE]],
    ['half a certificate', without(certified, 'CertificateThumbprint'), CERTIFICATE],
    ['a thumbprint that is none', { ...certified, CertificateThumbprint: 'thumb-4711' }, ['CertificateThumbprint']],
    [
      'a key that is none',
      { ...certified, CertificatePrivateKey: '-----BEGIN PRIVATE KEY-----\n4711\n-----END PRIVATE KEY-----' },
      ['CertificatePrivateKey'],
    ],
    [
      'a key that Entra takes nothing from',
      { ...certified, CertificatePrivateKey: pemOf(generateKeyPairSync('ed25519').privateKey) },
      ['CertificatePrivateKey'],
    ],
    ['a password for a managed identity', { ...managed, MicrosoftAppPassword: 'x' }, [PASSWORD]],
    ['a certificate for a managed identity', { ...managed, CertificateThumbprint: 'x' }, ['CertificateThumbprint']],
    ['a tenant to listen to that is none', { ...local, ALLOWED_TENANTS: `${tenant},*` }, ['ALLOWED_TENANTS']],
    [
      'keys of the channel from an open address',
      { ...teams, ToBotFromChannelOpenIdMetadataUrl: 'http://keys.example/' },
      ['ToBotFromChannelOpenIdMetadataUrl'],
    ],
    [
      'a wildcard for service hosts',
      { ...teams, CHANNEL_SERVICE_HOSTS: '*.trafficmanager.net' },
      ['CHANNEL_SERVICE_HOSTS'],
    ],
    [
      'an address for a service host',
      { ...teams, CHANNEL_SERVICE_HOSTS: 'https://smba.trafficmanager.net/' },
      ['CHANNEL_SERVICE_HOSTS'],
    ],
    [
      'a user before a service host',
      { ...teams, CHANNEL_SERVICE_HOSTS: 'smba.trafficmanager.net@evil.example' },
      ['CHANNEL_SERVICE_HOSTS'],
    ],
    ['a partner that is no GUID', { ...local, PARTNER_TENANT_ID: 'partner.example' }, ['PARTNER_TENANT_ID']],
    ['an unknown type of partner', { ...local, PARTNER_TYPE: 'distributor' }, ['PARTNER_TYPE']],
    ['an unknown environment', { ...local, PARTNER_CENTER_ENVIRONMENT: 'test' }, ['PARTNER_CENTER_ENVIRONMENT']],
    [
      'no environment for a real Partner Center',
      { ...local, ...remote },
      ['PARTNER_CENTER_AUTH', 'PARTNER_CENTER_URL'],
      ['PARTNER_CENTER_ENVIRONMENT'],
    ],
    [
      'no token for a real Graph',
      { ...local, GRAPH_URL: 'https://graph.microsoft.com' },
      ['PARTNER_CENTER_AUTH', 'GRAPH_URL'],
    ],
    [
      'a Partner Center without TLS',
      { ...local, PARTNER_CENTER_URL: 'http://pc.partner.example' },
      ['PARTNER_CENTER_URL'],
      ['PARTNER_CENTER_AUTH', 'PARTNER_CENTER_URL'],
      ['PARTNER_CENTER_ENVIRONMENT'],
    ],
    [
      'a path behind Partner Center',
      { ...local, PARTNER_CENTER_URL: 'http://127.0.0.1:4000/v1' },
      ['PARTNER_CENTER_URL'],
      ['PARTNER_CENTER_AUTH', 'PARTNER_CENTER_URL'],
      ['PARTNER_CENTER_ENVIRONMENT'],
    ],
    ['a query behind Graph', { ...local, GRAPH_URL: 'http://127.0.0.1:4000/?' }, ['GRAPH_URL']],
    [
      'signing in without a registration',
      { ...local, PARTNER_CENTER_AUTH: 'on-behalf-of' },
      ['SIGN_IN_APP_ID'],
      ['PUBLIC_URL'],
    ],
    ['nothing said about signing in', without(local, 'PARTNER_CENTER_AUTH'), ['SIGN_IN_APP_ID'], ['PUBLIC_URL']],
    [
      'a sign-in registration without a credential',
      without(signingIn, 'SIGN_IN_SECRET'),
      ['SIGN_IN_APP_ID', 'SIGN_IN_SECRET', 'SIGN_IN_CERTIFICATE_PATH'],
    ],
    [
      'signing in with the registration of the bot',
      { ...signingIn, SIGN_IN_APP_ID: app },
      ['SIGN_IN_APP_ID', 'MicrosoftAppId'],
    ],
    ['nowhere to sign in', without(signingIn, 'PUBLIC_URL'), ['PUBLIC_URL']],
    ['an app URI of the web', { ...signingIn, SIGN_IN_APP_URI: 'https://contoso.com' }, ['SIGN_IN_APP_URI']],
    [
      'no app URI where nothing says what it is',
      {
        ...local,
        PARTNER_CENTER_AUTH: 'on-behalf-of',
        PUBLIC_URL: 'http://127.0.0.1:3978',
        SIGN_IN_APP_ID: app,
        SIGN_IN_SECRET: 'sign-in-4711',
      },
      ['SIGN_IN_APP_URI'],
    ],
    [
      'an authentication context that cannot be',
      { ...signingIn, APPROVAL_AUTH_CONTEXT: 'c100' },
      ['APPROVAL_AUTH_CONTEXT'],
    ],
    [
      'an authentication context that nobody can meet',
      { ...local, APPROVAL_AUTH_CONTEXT: 'c1' },
      ['APPROVAL_AUTH_CONTEXT', 'PARTNER_CENTER_AUTH'],
    ],
    ['Entra without https', { ...signingIn, AZURE_AUTHORITY_HOST: 'http://login.example' }, ['AZURE_AUTHORITY_HOST']],
    [
      'a service account without its token and its app',
      { ...local, PARTNER_CENTER_AUTH: 'service-account' },
      ['SERVICE_ACCOUNT_TOKEN_FILE', 'KEY_VAULT_URL'],
      ['PARTNER_CENTER_APP_ID'],
    ],
    [
      'a service account that is not used',
      { ...signingIn, SERVICE_ACCOUNT_TOKEN_FILE: '/run/token' },
      ['SERVICE_ACCOUNT_TOKEN_FILE', 'PARTNER_CENTER_AUTH'],
    ],
    [
      'a service account whose token is not there',
      { ...serviceAccount, SERVICE_ACCOUNT_TOKEN_FILE: path.join(folder, 'none') },
      ['SERVICE_ACCOUNT_TOKEN_FILE'],
    ],
    [
      'a service account with a file of something else',
      { ...serviceAccount, SERVICE_ACCOUNT_TOKEN_FILE: fileOf('answer', '{ "refresh_token": "1" }') },
      ['SERVICE_ACCOUNT_TOKEN_FILE'],
    ],
    [
      'a certificate that is not there',
      { ...signingInBy, SIGN_IN_CERTIFICATE_PATH: path.join(folder, 'none') },
      ['SIGN_IN_CERTIFICATE_PATH'],
    ],
    [
      'a certificate without its key',
      { ...signingInBy, SIGN_IN_CERTIFICATE_PATH: fileOf('cert.pem', cert) },
      ['SIGN_IN_CERTIFICATE_PATH'],
    ],
    [
      'a certificate with the key of another',
      { ...signingInBy, SIGN_IN_CERTIFICATE_PATH: fileOf('mixed.pem', pem + cert) },
      ['SIGN_IN_CERTIFICATE_PATH'],
    ],
    [
      'a certificate of a background app that is none',
      { ...local, PARTNER_CENTER_APP_ID: otherApp, PARTNER_CENTER_APP_CERTIFICATE_PATH: tokenFile },
      ['PARTNER_CENTER_APP_CERTIFICATE_PATH'],
    ],
    [
      'one registration for the bot and for Partner Center',
      { ...teams, PARTNER_CENTER_APP_ID: app, PARTNER_CENTER_APP_SECRET: 'x' },
      ['PARTNER_CENTER_APP_ID', 'MicrosoftAppId'],
    ],
    [
      'everybody believed at an address that others reach',
      { ...local, PUBLIC_URL: 'https://bot.contoso.com' },
      ['BOT_AUTH', 'PUBLIC_URL'],
    ],
    [
      'everybody believed before a real Partner Center',
      {
        ...serviceAccount,
        BOT_AUTH: 'none',
        PARTNER_TENANT_ID: tenant,
        HOST: '127.0.0.1',
        PARTNER_CENTER_URL: 'https://api.partnercenter.microsoft.com',
        PARTNER_CENTER_ENVIRONMENT: 'production',
      },
      ['BOT_AUTH', 'PARTNER_CENTER_URL'],
    ],
    ['people who sign in without TLS', { ...signingIn, PUBLIC_URL: 'http://127.0.0.1:3978' }, ['PUBLIC_URL', 'HOST']],
    [
      'other tenants than the partner’s own',
      { ...teams, ALLOWED_TENANTS: otherTenant },
      ['ALLOWED_TENANTS', 'PARTNER_TENANT_ID'],
    ],
    [
      'a partner whose tenant is not the app’s and is not let in',
      { ...teams, PARTNER_TENANT_ID: otherTenant },
      ['ALLOWED_TENANTS', 'PARTNER_TENANT_ID'],
    ],
    ['no tenant in the list of tenants', { ...teams, ALLOWED_TENANTS: ',' }, ['ALLOWED_TENANTS']],
    ['an app that is nobody’s', { ...teams, MicrosoftAppId: nobody }, ['MicrosoftAppId']],
    ['an escalation to nobody', { ...local, ESCALATE_TO: nobody }, ['ESCALATE_TO']],
    ['backups in the store’s place', { ...local, STORE: 'file:./a', BACKUP_FOLDER: './a' }, ['BACKUP_FOLDER', 'STORE']],
    ['the store among its backups', { ...local, STORE: 'file:./a/b', BACKUP_FOLDER: 'a' }, ['BACKUP_FOLDER', 'STORE']],
    [
      'a look that comes too late',
      { ...local, VERIFY_EVERY_SECONDS: '90', VERIFY_FOR_MINUTES: '1' },
      ['VERIFY_EVERY_SECONDS', 'VERIFY_FOR_MINUTES'],
    ],
    [
      'certificates of servers that nobody looks at',
      { ...teams, NODE_TLS_REJECT_UNAUTHORIZED: '0' },
      ['NODE_TLS_REJECT_UNAUTHORIZED'],
    ],
    [
      'a key vault where nobody has an account for everybody',
      { ...local, KEY_VAULT_URL: 'https://partner.vault.azure.net' },
      ['KEY_VAULT_URL', 'PARTNER_CENTER_AUTH'],
    ],
    [
      'a refresh token in two places',
      { ...serviceAccount, KEY_VAULT_URL: 'https://partner.vault.azure.net' },
      ['SERVICE_ACCOUNT_TOKEN_FILE', 'KEY_VAULT_URL'],
    ],
    ...[
      'http://partner.vault.azure.net',
      'http://127.0.0.1:8443',
      'https://partner.vault.azure.net/secrets/token',
      'https://partner.vault.azure.net:8443',
      'https://partner.vault.azure.net@evil.example',
      'https://vault.azure.net.evil.example',
      'https://evil.example/.vault.azure.net',
      'https://vault.azure.net',
      'partner.vault.azure.net',
    ].map((url): [string, Env, string[]] => [
      `a key vault at ${url}`,
      { ...inVault, KEY_VAULT_URL: url },
      ['KEY_VAULT_URL'],
    ]),
    [
      'an unknown way of signing in',
      { ...local, PARTNER_CENTER_AUTH: 'password' },
      ['PARTNER_CENTER_AUTH'],
      ['SIGN_IN_APP_ID'],
      ['PUBLIC_URL'],
    ],
    ['no lanes', { ...local, PARTNER_CENTER_LANES: '0' }, ['PARTNER_CENTER_LANES']],
    [
      'a background app without a credential',
      { ...local, PARTNER_CENTER_APP_ID: app },
      ['PARTNER_CENTER_APP_ID', 'PARTNER_CENTER_APP_SECRET', 'PARTNER_CENTER_APP_CERTIFICATE_PATH'],
    ],
    [
      'a credential without its app',
      { ...local, PARTNER_CENTER_APP_SECRET: 'x' },
      ['PARTNER_CENTER_APP_ID', 'PARTNER_CENTER_APP_SECRET'],
    ],
    [
      'a background app with two credentials',
      {
        ...local,
        PARTNER_CENTER_APP_ID: app,
        PARTNER_CENTER_APP_SECRET: 'x',
        PARTNER_CENTER_APP_CERTIFICATE_PATH: certificateFile,
      },
      ['PARTNER_CENTER_APP_SECRET', 'PARTNER_CENTER_APP_CERTIFICATE_PATH'],
    ],
    ['nobody who may ask', without(local, 'REQUESTERS'), ['REQUESTERS']],
    ['nobody who may approve', without(local, 'APPROVERS'), ['APPROVERS']],
    ['a list of nobody', { ...local, APPROVERS: ',' }, ['APPROVERS']],
    ['everybody who may approve', { ...local, APPROVERS: '*' }, ['APPROVERS']],
    ['everybody who may audit', { ...local, AUDITORS: `${ada},*` }, ['AUDITORS']],
    ['everybody and somebody', { ...local, REQUESTERS: `*,${ada}` }, ['REQUESTERS']],
    ['an address in place of an id', { ...local, REQUESTERS: 'ada@partner.example' }, ['REQUESTERS']],
    ['a group without an id', { ...local, REQUESTERS: 'group:' }, ['REQUESTERS']],
    ['a group by its name', { ...local, APPROVERS: `${bo},group:approvers` }, ['APPROVERS']],
    ['everybody and a group', { ...local, REQUESTERS: `*,group:${app}` }, ['REQUESTERS']],
    ['a group of everybody', { ...local, APPROVERS: 'group:*' }, ['APPROVERS']],
    [
      'more approvals than cards',
      { ...local, APPROVERS: `group:${app}`, APPROVALS_REQUIRED: '11' },
      ['APPROVALS_REQUIRED'],
    ],
    [
      'more approvals than approvers for a group that asks',
      { ...local, REQUESTERS: `group:${app}`, APPROVALS_REQUIRED: '2' },
      ['APPROVALS_REQUIRED', 'APPROVERS', 'REQUESTERS'],
    ],
    ['one account that is one person', { ...local, SAME_PERSON: ada }, ['SAME_PERSON']],
    ['accounts that are no ids', { ...local, SAME_PERSON: 'ada=ada2' }, ['SAME_PERSON']],
    ['an approver who alone may ask', { ...local, APPROVERS: ada }, ['APPROVALS_REQUIRED', 'APPROVERS', 'REQUESTERS']],
    [
      'an approver who alone may ask, by two accounts',
      { ...local, APPROVERS: ada2, SAME_PERSON: `${ada}=${ada2}` },
      ['APPROVALS_REQUIRED', 'APPROVERS', 'REQUESTERS', 'SAME_PERSON'],
    ],
    [
      'more approvals than other approvers',
      { ...local, REQUESTERS: bo, APPROVERS: `${ada},${bo}`, APPROVALS_REQUIRED: '2' },
      ['APPROVALS_REQUIRED', 'APPROVERS', 'REQUESTERS'],
    ],
    [
      'two approvals by two accounts of one person',
      { ...local, REQUESTERS: bo, APPROVERS: `${ada},${ada2}`, SAME_PERSON: `${ada}=${ada2}`, APPROVALS_REQUIRED: '2' },
      ['APPROVALS_REQUIRED', 'APPROVERS', 'REQUESTERS', 'SAME_PERSON'],
    ],
    [
      'more approvals than approvers',
      { ...local, REQUESTERS: '*', APPROVALS_REQUIRED: '2' },
      ['APPROVALS_REQUIRED', 'APPROVERS'],
    ],
    ['no approval', { ...local, APPROVALS_REQUIRED: '0' }, ['APPROVALS_REQUIRED']],
    ['half an approval', { ...local, APPROVALS_REQUIRED: '1.5' }, ['APPROVALS_REQUIRED']],
    ['an approval that lapses at once', { ...local, APPROVAL_TTL_HOURS: '0' }, ['APPROVAL_TTL_HOURS']],
    ['an approval that lapsed before', { ...local, APPROVAL_TTL_HOURS: '-1' }, ['APPROVAL_TTL_HOURS']],
    ['an approval that lapses some day', { ...local, APPROVAL_TTL_HOURS: 'soon' }, ['APPROVAL_TTL_HOURS']],
    ['an approval that hardly lapses', { ...local, EXECUTION_TTL_MINUTES: '1441' }, ['EXECUTION_TTL_MINUTES']],
    ['a duration with an exponent', { ...local, REMIND_AFTER_HOURS: '1e2' }, ['REMIND_AFTER_HOURS']],
    ['a duration with a comma', { ...local, ESCALATE_AFTER_HOURS: '1,5' }, ['ESCALATE_AFTER_HOURS']],
    ['an escalation to no id', { ...local, ESCALATE_TO: 'the boss' }, ['ESCALATE_TO']],
    ['no open request', { ...local, MAX_OPEN_PER_REQUESTER: '0' }, ['MAX_OPEN_PER_REQUESTER']],
    ['no removal a day', { ...local, MAX_REMOVALS_PER_DAY: '0' }, ['MAX_REMOVALS_PER_DAY']],
    ['no suspension a day', { ...local, MAX_SUSPENSIONS_PER_DAY: 'many' }, ['MAX_SUSPENSIONS_PER_DAY']],
    [
      'suspended new commerce that does not block',
      { ...local, SUSPENDED_NEW_COMMERCE: 'no' },
      ['SUSPENDED_NEW_COMMERCE'],
    ],
    ['no lease', { ...local, LEASE_SECONDS: '0' }, ['LEASE_SECONDS']],
    ['no time between two looks', { ...local, VERIFY_EVERY_SECONDS: '0.0' }, ['VERIFY_EVERY_SECONDS']],
    ['no time for looking', { ...local, VERIFY_FOR_MINUTES: 'NaN' }, ['VERIFY_FOR_MINUTES']],
    ['a watch that never looks', { ...local, WATCH_EVERY_HOURS: 'Infinity' }, ['WATCH_EVERY_HOURS']],
    [
      'a directory that is read all the time',
      { ...local, DIRECTORY_REFRESH_MINUTES: '0' },
      ['DIRECTORY_REFRESH_MINUTES'],
    ],
    ['a store in nobody’s account', { ...local, STORE: 'azure' }, AZURE],
    ['a store in two accounts', { ...local, ...inAzure, AZURE_STORAGE_CONNECTION_STRING: CONNECTION }, AZURE],
    ['an account that is none', { ...inAzure, AZURE_STORAGE_ACCOUNT: 'My-Account' }, ['AZURE_STORAGE_ACCOUNT']],
    [
      'an account’s address without TLS',
      { ...inAzure, AZURE_STORAGE_ACCOUNT: 'http://contoso.table.core.windows.net' },
      ['AZURE_STORAGE_ACCOUNT'],
    ],
    [
      'a connection string without its key',
      { ...local, STORE: 'azure', AZURE_STORAGE_CONNECTION_STRING: 'AccountName=contoso4711' },
      ['AZURE_STORAGE_CONNECTION_STRING'],
    ],
    [
      'a connection string without TLS',
      { ...local, STORE: 'azure', AZURE_STORAGE_CONNECTION_STRING: CONNECTION.replace('https', 'http') },
      ['AZURE_STORAGE_CONNECTION_STRING'],
    ],
    [
      'queues without TLS',
      {
        ...{ ...local, STORE: 'azure' },
        AZURE_STORAGE_CONNECTION_STRING: `${CONNECTION};QueueEndpoint=http://contoso.queue.core.windows.net`,
      },
      ['AZURE_STORAGE_CONNECTION_STRING'],
    ],
    [
      'backups of a store in Azure',
      { ...inAzure, BACKUP_FOLDER: '/mnt', BACKUPS_KEPT: '1' },
      ['BACKUP_FOLDER', 'BACKUPS_KEPT'],
    ],
    ['a store without a folder', { ...local, STORE: 'file:' }, ['STORE']],
    ['an unknown store', { ...local, STORE: './data' }, ['STORE']],
    ['no audit key', without(local, 'AUDIT_KEY'), ['AUDIT_KEY']],
    ['a short audit key in hex', { ...local, AUDIT_KEY: '0f'.repeat(31) }, ['AUDIT_KEY']],
    ['a short audit key in base64', { ...local, AUDIT_KEY: Buffer.alloc(31, 9).toString('base64') }, ['AUDIT_KEY']],
    [
      'an audit key in words',
      { ...local, AUDIT_KEY: 'a very long sentence that nobody will ever guess 4711' },
      ['AUDIT_KEY'],
    ],
    ['an unknown language', { ...local, DEFAULT_LOCALE: 'tlh' }, ['DEFAULT_LOCALE']],
    ['backups without number', { ...local, BACKUPS_KEPT: '-1' }, ['BACKUPS_KEPT']],
    ['no retention', { ...local, RETENTION_MONTHS: '0' }, ['RETENTION_MONTHS']],
    ['an unknown level of the log', { ...local, LOG_LEVEL: 'loud' }, ['LOG_LEVEL']],
    ['an unknown executor', { ...local, EXECUTE_AS: 'bot' }, ['EXECUTE_AS']],
    ['notices that are not signed', { ...local, WEBHOOK_URL: HOOK }, ['WEBHOOK_URL', 'WEBHOOK_SECRET']],
    ['notices to nobody', { ...local, WEBHOOK_SECRET: SECRET }, ['WEBHOOK_URL', 'WEBHOOK_SECRET']],
    ...[
      ...['http://hooks.example/4711', 'https://ada:secret@hooks.example/', 'https://hooks.example/#4711'],
      ...['ftp://hooks.example/', 'hooks.example'],
    ].map((url): Wrong => [
      `notices to ${url}`,
      { ...local, WEBHOOK_URL: url, WEBHOOK_SECRET: SECRET },
      ['WEBHOOK_URL'],
    ]),
    ...[
      ...['4711', `whsec_${Buffer.alloc(23).toString('base64')}`, `whsec_${Buffer.alloc(65).toString('base64')}`],
      ...[SECRET.slice('whsec_'.length), `${SECRET},${SECRET},${SECRET}`, `${SECRET} ${SECRET}`],
    ].map((secret): Wrong => [
      `notices signed with ${secret.slice(0, 12)} of ${secret.length}`,
      { ...local, WEBHOOK_URL: HOOK, WEBHOOK_SECRET: secret },
      ['WEBHOOK_SECRET'],
    ]),
  ];
  for (const [fault, env, ...names] of wrong) {
    it(`with ${fault} is told ${names.map((line) => line.join(' and ')).join(', then ')}`, () => {
      assert.deepEqual(faultsOf(env).map(namesOf), names);
    });
  }

  it('is never told a value', () => {
    for (const [, env, ...names] of wrong) {
      const said = faultsOf(env).join('\n');
      const values = names.flat().flatMap((name) => env[name] ?? []);
      for (const value of values.filter((one) => one.length > 6)) assert.ok(!said.includes(value), value);
      assert.doesNotMatch(said, /4711/);
    }
  });

  it('for signing in names the registration, its URI, and where people sign in', () => {
    const { signIn } = parseConfig({ ...signingIn, APPROVAL_AUTH_CONTEXT: 'c7' });

    assert.equal(signIn?.appUri, `api://bot.contoso.com/botid-${app}`);
    assert.equal(signIn.publicUrl, 'https://bot.contoso.com');
    assert.equal(signIn.authContext, 'c7');
    assert.ok('secret' in signIn.credential && signIn.credential.secret.reveal() === 'sign-in-4711');
    assert.equal(parseConfig(local).signIn, undefined);
  });

  it('keeps everything in an account of Azure, by an identity or by its key', () => {
    const byName = parseConfig(inAzure);
    const byKey = parseConfig({ ...local, STORE: 'azure', AZURE_STORAGE_CONNECTION_STRING: CONNECTION });
    const emulated = parseConfig({
      ...local,
      STORE: 'azure',
      AZURE_STORAGE_CONNECTION_STRING: 'UseDevelopmentStorage=true',
    });
    const cosmos = parseConfig({ ...inAzure, AZURE_STORAGE_ACCOUNT: 'https://contoso.table.cosmos.azure.com/' });

    const endpoint = 'https://contoso.table.core.windows.net';
    const queueEndpoint = 'https://contoso.queue.core.windows.net';
    assert.deepEqual(byName.store, { kind: 'azure', account: { name: 'contoso', endpoint, queueEndpoint } });
    assert.equal(byName.backups, undefined);
    assert.ok(byKey.store.kind === 'azure' && emulated.store.kind === 'azure' && cosmos.store.kind === 'azure');
    assert.deepEqual([byKey.store.account.endpoint, byKey.store.key?.reveal()], [endpoint, 'S2V5NDcxMQ==']);
    assert.equal(emulated.store.account.endpoint, 'http://127.0.0.1:10002/devstoreaccount1');
    assert.equal(cosmos.store.account.endpoint, 'https://contoso.table.cosmos.azure.com');
    assert.equal(byKey.store.account.queueEndpoint, queueEndpoint);
    assert.equal(emulated.store.account.queueEndpoint, 'http://127.0.0.1:10001/devstoreaccount1');
    assert.equal(cosmos.store.account.queueEndpoint, undefined, 'Cosmos DB has no queues');
    const china = parseConfig({ ...inAzure, AZURE_STORAGE_ACCOUNT: 'https://contoso.table.core.chinacloudapi.cn' });
    assert.ok(china.store.kind === 'azure');
    assert.equal(china.store.account.queueEndpoint, 'https://contoso.queue.core.chinacloudapi.cn');
    for (const printed of [JSON.stringify(byKey), inspect(byKey, { depth: 9 })]) assert.doesNotMatch(printed, /S2V5/);
  });

  it('has one line a fault in its message', () => {
    assert.throws(() => parseConfig({ ...local, PORT: 'x', LOG_LEVEL: 'x' }), {
      name: 'ConfigError',
      message: /^The configuration cannot be used:\n {2}PORT: [^\n]+\n {2}LOG_LEVEL: [^\n]+$/,
    });
  });
});
