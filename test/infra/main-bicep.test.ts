import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { parseConfig } from '../../bot/config/config.ts';
import { variableNames } from '../../bot/config/names.ts';
import { REFRESH_TOKEN_SECRET } from '../../services/sign-in/refresh-token-vault.ts';
import { environmentOf, instructionsOf } from '../image/dockerfile.ts';

const read = (file: string): string => readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8');
const template = read('infra/main.bicep');
const image = instructionsOf(read('Dockerfile'));

/** By the names that "Azure built-in roles" has for them. */
const ROLES = {
  keyVaultSecretsOfficer: 'b86a8fe4-44ce-4948-aee5-eccb2c155cd7',
  keyVaultSecretsUser: '4633458b-17de-408a-b874-0445c86b69e6',
  storageTableDataContributor: '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3',
  storageQueueDataContributor: '974c5e8b-45b9-4653-ba55-5f855dd0fb88',
} as const;
/** Read by `@azure/identity`, and by nobody else here. */
const OF_THE_IDENTITY = 'AZURE_CLIENT_ID';

const TENANT = 'bbbbbbbb-0000-4000-8000-00000000000b';
const PERSON = '11111111-1111-4111-8111-111111111111';
const MANAGER = '22222222-2222-4222-8222-222222222222';
/** What an operator and Azure put there, for each expression and each secret of the template. */
const VALUES: Readonly<Record<string, string>> = {
  'https://${host}': 'https://offboarding.contoso.com',
  'identity.properties.clientId': 'aaaaaaaa-0000-4000-8000-00000000000a',
  'tenant().tenantId': TENANT,
  partnerTenantId: TENANT,
  partnerCenterEnvironment: 'production',
  partnerCenterAppId: 'aaaaaaaa-0000-4000-8000-00000000000c',
  'partner-center-app-secret': 'secret-4711',
  signInAppId: 'aaaaaaaa-0000-4000-8000-00000000000b',
  'sign-in-secret': 'secret-4712',
  requesters: PERSON,
  approvers: `${PERSON},${MANAGER}`,
  auditors: '',
  escalateTo: MANAGER,
  'storage.name': 'offboardingab12',
  'audit-key': '0f'.repeat(32),
  'https://${vault.name}${environment().suffixes.keyvaultDns}': 'https://offboarding-ab12.vault.azure.net',
};

interface Setting {
  readonly name: string;
  readonly value: string;
}

/** The variables that a part of the template sets, with what they would be. */
const settingsIn = (part: string): readonly Setting[] =>
  [...part.matchAll(/\{ name: '(\w+)', (?:value|secretRef): (?:'([^']*)'|([\w.()]+)) \}/g)].map(
    ([, name = '', text, expression = '']) => {
      const written = text ?? expression;
      const isPlain = text !== undefined && !text.includes('${') && !/^[a-z-]+(-key|-secret)$/.test(text);
      const value = isPlain ? text : VALUES[written];
      assert.ok(value !== undefined, `nothing is known of ${written}, which ${name} is set to`);
      return { name, value };
    },
  );

/** Between two lines of the template. */
function between(begins: string, ends: string): string {
  const [, rest = ''] = template.split(begins);
  const [part = ''] = rest.split(ends);
  assert.notEqual(part, '', `nothing is between ${begins} and ${ends}`);
  return part;
}
const env = between('env: concat(', '\n        }');
const [common = '', rest = ''] = env.split('serviceAccount ? [');
const [forAccount = '', forPeople = ''] = rest.split('] : [');

describe('infra/main.bicep', () => {
  for (const [how, own] of [
    ['each in their own name', forPeople],
    ['one account for everybody', forAccount],
  ] as const)
    it(`sets what the bot starts with: ${how}`, () => {
      const settings = [...settingsIn(common), ...settingsIn(own)];
      const known: ReadonlySet<string> = new Set([...variableNames, OF_THE_IDENTITY]);

      assert.deepEqual(
        settings.filter(({ name }) => !known.has(name)),
        [],
      );
      const set = Object.fromEntries(settings.map(({ name, value }) => [name, value]));
      const config = parseConfig({ ...environmentOf(image), ...set });
      assert.equal(config.store.kind, 'azure');
      assert.equal(set[OF_THE_IDENTITY], config.bot.appId);
      assert.equal(config.partnerCenter.auth, own === forPeople ? 'on-behalf-of' : 'service-account');
    });

  it('names secrets that it puts into the vault', () => {
    const named = [...template.matchAll(/secretRef: '([\w-]+)'/g)].map(([, name]) => name);
    const given = [...template.matchAll(/\{ name: '([\w-]+)', keyVaultUrl:/g)].map(([, name]) => name);
    const stored = [...template.matchAll(/parent: vault\s+name: '([\w-]+)'\s+properties/g)].map(([, name]) => name);

    assert.deepEqual(new Set(named), new Set(given));
    assert.deepEqual(new Set(given), new Set(stored));
    assert.match(template, new RegExp(`existing = \\{\\s+parent: vault\\s+name: '${REFRESH_TOKEN_SECRET}'`));
  });

  it('reaches the bot at the port where it listens, and asks it for nothing that would cut people off', () => {
    const { PORT } = environmentOf(image);
    const ports = [...template.matchAll(/(?:targetPort|port): (\d+)/g)].map(([, port]) => port);
    const paths = [...template.matchAll(/type: '(\w+)', httpGet: \{ path: '([^']+)'/g)].map(([, type, path]) => [
      type,
      path,
    ]);

    assert.deepEqual(new Set(ports), new Set([PORT]));
    // What is not ready still answers people, and with one process nobody else would.
    assert.match(template, /maxReplicas: 1 /);
    assert.deepEqual(paths, [
      ['Liveness', '/healthz'],
      ['Readiness', '/healthz'],
    ]);
  });

  it('gives the bot the roles that it needs, and each of them where it is needed', () => {
    const ids: Readonly<Record<string, string | undefined>> = Object.fromEntries(
      [...template.matchAll(/^ {2}(\w+): '([\da-f-]{36})'$/gm)].map(([, role = '', id]) => [role, id]),
    );
    const given = [...template.matchAll(/roleAssignments@[\s\S]*?scope: (\w+)[\s\S]*?roles\.(\w+)\)\n/g)].map(
      ([, scope, role]) => `${role} on ${scope}`,
    );

    assert.deepEqual(ids, ROLES);
    assert.deepEqual(given.toSorted(), [
      'keyVaultSecretsOfficer on refreshToken',
      'keyVaultSecretsUser on vault',
      'storageQueueDataContributor on storage',
      'storageTableDataContributor on storage',
    ]);
  });

  it('is given each parameter that it needs by the command that the operations page has for it', () => {
    const [, section = ''] = read('docs/operations.md').split('### With the template');
    const [, command = ''] = /az deployment group create([\s\S]*?)```/.exec(section) ?? [];
    const given = [...command.matchAll(/(\w+)=/g), ...section.matchAll(/"(\w+)": \{ "value"/g)].map(([, name]) => name);
    const parameters = [...template.matchAll(/^param (\w+) \w+( =)?/gm)];

    assert.deepEqual(
      parameters.filter(([, name, hasDefault]) => hasDefault === undefined && !given.includes(name)),
      [],
    );
    const known = parameters.map(([, name]) => name);
    assert.deepEqual(
      given.filter((name) => !known.includes(name)),
      [],
    );
  });

  it('lets a process end in its own time', () => {
    const [, seconds] = /terminationGracePeriodSeconds: (\d+)/.exec(template) ?? [];

    assert.ok(Number(seconds) >= 30);
  });
});
