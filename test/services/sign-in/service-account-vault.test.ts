import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { AddressInfo } from 'node:net';
import { inspect, promisify } from 'node:util';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { startKeyVault, type KeyVaultStandIn, type VaultRule } from '../../../sandbox/key-vault/key-vault.ts';
import { appCredential, type AppRegistration } from '../../../services/sign-in/app-tokens.ts';
import {
  REFRESH_TOKEN_SECRET as SECRET,
  refreshTokenVault,
  VaultError,
  type VaultFault,
} from '../../../services/sign-in/refresh-token-vault.ts';
import { createServiceAccountTokens } from '../../../services/sign-in/service-account.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../services/clock.ts';
import { eventually } from '../../support/eventually.ts';
import {
  BACKGROUND_APP,
  bench,
  claimsOf,
  newRefreshToken,
  pia,
  SIGN_IN_APP,
  TENANT,
} from '../../sandbox/entra/support.ts';

const IDENTITY = '5d0e8a31-7c42-4b9f-8e16-2f3a4b5c6d77';

describe('a service account whose refresh token lies in a key vault', function () {
  this.timeout(30_000);
  const { entra } = bench();
  let vault: KeyVaultStandIn;
  let now: Date;
  const clock = (): Date => now;

  before(async () => {
    vault = await startKeyVault({
      tenantId: TENANT,
      authorityUrl: entra().url,
      verified: (token) => entra().verified(token),
      readers: [SIGN_IN_APP, IDENTITY, BACKGROUND_APP],
      writers: [SIGN_IN_APP, IDENTITY],
    });
    setDefaultCACertificates([...getCACertificates('default'), vault.ca]);
  });
  beforeEach(async () => {
    vault.reset();
    now = new Date();
    vault.put(SECRET, await newRefreshToken(entra()));
  });
  after(() => vault.close());

  const registration: AppRegistration = { tenantId: TENANT, clientId: SIGN_IN_APP, proof: { secret: 'right' } };
  const authority = () => ({ url: entra().url });
  const placeOf = (app = registration, withinMs?: number) =>
    refreshTokenVault({
      ...{ url: vault.url, now: clock, isStandIn: true },
      newCredential: () => appCredential(app, authority()),
      ...(withinMs !== undefined && { withinMs }),
    });
  const source = (refreshToken = placeOf()) => {
    const notStored: unknown[] = [];
    const noToken: unknown[] = [];
    const pauses: number[] = [];
    const paused: (() => void)[] = [];
    const tokens = createServiceAccountTokens({
      ...{ registration, authority: authority(), refreshToken, now: clock },
      onNotStored: (error) => notStored.push(error),
      onNoToken: (error) => noToken.push(error),
      sleep: (ms) =>
        new Promise((resolve) => {
          pauses.push(ms);
          paused.push(resolve);
        }),
    });
    return { tokens, notStored, noToken, pauses, goOn: () => paused.shift()?.() };
  };
  const stored = (): readonly string[] => vault.versions(SECRET).map(({ value }) => value);
  const storedTimes = (times: number): Promise<void> =>
    eventually(() => stored().length >= times, `it was not stored ${times} times`);
  const stillGood = async (): Promise<void> => {
    assert.ok(await source().tokens.tokenFor('bot', 'partner-center'));
  };

  it('has tokens of it, and stores the newer one as another version, good for 90 days', async () => {
    const { tokens } = source();

    const token = (await tokens.tokenFor('bot', 'partner-center')) ?? '';
    await storedTimes(2);

    assert.equal(claimsOf(token)['oid'], pia.objectId);
    const [first, second] = vault.versions(SECRET);
    assert.ok(first !== undefined && second !== undefined && second.value !== first.value);
    assert.equal(second.expires, Math.floor((now.getTime() + 90 * DAY_MS) / 1_000));
    vault.log().forEach(({ appId = SIGN_IN_APP }) => {
      assert.equal(appId, SIGN_IN_APP);
    });
    await stillGood();
  });

  it('stores the first one that it gets, and then one a day, however many tokens are asked for', async () => {
    const { tokens } = source();
    const ask = async (): Promise<void> => {
      const token = await tokens.tokenFor('bot', 'partner-center');
      tokens.refused('bot', 'partner-center', token ?? '');
    };

    await ask();
    await storedTimes(2);
    for (let hour = 0; hour < 5; hour += 1) {
      now = new Date(now.getTime() + HOUR_MS);
      await ask();
    }
    assert.equal(stored().length, 2);

    now = new Date(now.getTime() + DAY_MS);
    await ask();
    await storedTimes(3);
  });

  it('has a newest version that is good when two replicas store theirs at the same time', async () => {
    const replicas = [source(), source(), source()];

    const got = await Promise.all(replicas.map(({ tokens }) => tokens.tokenFor('bot', 'graph')));
    await storedTimes(2);

    assert.equal(got.filter((token) => token !== undefined).length, 3);
    assert.deepEqual(
      replicas.flatMap(({ notStored }) => notStored),
      [],
    );
    await stillGood();
  });

  it('leaves what the operator has put there meanwhile', async () => {
    const place = placeOf();
    const used = await place.read();
    const newer = await newRefreshToken(entra());
    const operators = await newRefreshToken(entra());
    vault.put(SECRET, operators);

    assert.equal(await place.replace(used, newer), 'overtaken');
    assert.equal(stored().at(-1), operators);
  });

  for (const [trouble, rule] of [
    ['is down', { kind: 'answer', status: 503 }],
    ['hangs', { kind: 'hang' }],
    ['cuts the line', { kind: 'reset' }],
    ['does not let it', { kind: 'answer', status: 403, code: 'Forbidden', innerCode: 'ForbiddenByRbac' }],
  ] as const satisfies readonly (readonly [string, VaultRule])[])
    it(`gives the token all the same when the vault ${trouble} as the newer one is stored, and stores it later`, async () => {
      vault.setFaults([{ ...rule, method: 'PUT' }]);
      const { tokens, notStored, pauses, goOn } = source(placeOf(undefined, 700));
      const before = stored();

      assert.ok(await tokens.tokenFor('bot', 'partner-center'));
      await eventually(() => pauses.length === 1, 'nobody was told');
      goOn();
      await eventually(() => pauses.length === 2, 'it was not tried again');

      assert.deepEqual(stored(), before);
      assert.equal(notStored.length, 2);
      assert.deepEqual(pauses, [MINUTE_MS, 5 * MINUTE_MS]);
      await stillGood().catch(() => assert.fail('the one that is stored is not good any more'));

      vault.setFaults([]);
      goOn();
      await storedTimes(before.length + 1);
      await stillGood();
    });

  it('goes on with the one that was read last while the vault is away, and not once it was disabled', async () => {
    const { tokens, noToken } = source(placeOf(undefined, 700));
    const another = async (): Promise<string | undefined> => {
      tokens.refused('bot', 'graph', (await tokens.tokenFor('bot', 'graph')) ?? '');
      return tokens.tokenFor('bot', 'graph');
    };
    await tokens.tokenFor('bot', 'graph');
    await storedTimes(2);

    vault.setFaults([{ kind: 'answer', status: 503 }]);
    assert.ok(await another());
    assert.deepEqual(noToken, []);

    vault.setFaults([]);
    vault.disable(SECRET);
    await assert.rejects(another(), isFault('disabled'));
    vault.setFaults([{ kind: 'answer', status: 503 }]);
    await assert.rejects(tokens.tokenFor('bot', 'graph'), isFault('unavailable'));
    assert.equal(noToken.length, 2);
  });

  it('is not waited for for ever when Entra hangs, and goes on once it answers', async () => {
    const { tokens } = source();
    entra().setFaults({ rules: [{ kind: 'hang', endpoint: 'token', grant: 'refresh_token', times: 1 }] });

    await assert.rejects(tokens.tokenFor('bot', 'graph'));

    assert.ok(await tokens.tokenFor('bot', 'graph'));
  });

  const isFault = (fault: VaultFault) => (error: unknown) => {
    assert.ok(error instanceof VaultError, inspect(error));
    assert.equal(error.fault, fault);
    return true;
  };
  const faults: readonly (readonly [string, VaultFault, () => void])[] = [
    [
      'has no such secret',
      'missing',
      () => {
        vault.reset();
      },
    ],
    [
      'has it disabled',
      'disabled',
      () => {
        vault.disable(SECRET);
      },
    ],
    [
      'does not let the bot',
      'forbidden',
      () => {
        vault.setFaults([{ kind: 'answer', status: 403, code: 'Forbidden', innerCode: 'ForbiddenByRbac' }]);
      },
    ],
    [
      'does not let this machine',
      'firewall',
      () => {
        vault.setFaults([{ kind: 'answer', status: 403, code: 'Forbidden', innerCode: 'ForbiddenByFirewall' }]);
      },
    ],
    [
      'takes no token',
      'refused',
      () => {
        vault.setFaults([{ kind: 'answer', status: 401, code: 'Unauthorized' }]);
      },
    ],
    [
      'is asked too often',
      'unavailable',
      () => {
        vault.setFaults([{ kind: 'answer', status: 429, code: 'Throttled' }]);
      },
    ],
    [
      'does not answer',
      'unreachable',
      () => {
        vault.setFaults([{ kind: 'hang' }]);
      },
    ],
    [
      'cuts the line',
      'unreachable',
      () => {
        vault.setFaults([{ kind: 'reset' }]);
      },
    ],
    [
      'holds something else',
      'no-refresh-token',
      () => {
        vault.put(SECRET, '{ "refresh_token": "1" }');
      },
    ],
    [
      'is behind an Entra that is down',
      'no-token',
      () => {
        entra().setFaults({ rules: [{ kind: 'down', endpoint: 'token' }] });
      },
    ],
  ];
  for (const [name, fault, arrange] of faults)
    it(`says so when the vault ${name}, and nothing of what it keeps: ${fault}`, async () => {
      const [secret = ''] = stored();
      arrange();

      const error = await placeOf(undefined, 1_500)
        .read()
        .catch((thrown: unknown) => thrown);

      isFault(fault)(error);
      assert.doesNotMatch(inspect(error, { depth: 8 }), /eyJ|Words of the service/);
      assert.ok(!inspect(error, { depth: 8 }).includes(secret));
    });

  it('is not read with a token that opens something else: a vault of the public cloud says what it wants, and is checked', async () => {
    const place = refreshTokenVault({
      ...{ url: vault.url, now: clock, isStandIn: false },
      newCredential: () => appCredential(registration, authority()),
    });

    await assert.rejects(place.read());
    assert.ok(vault.log().every(({ appId }) => appId === undefined));
  });

  describe('as a managed identity', () => {
    let machine: Server;
    let folder: string;
    before(async () => {
      machine = createServer((request, response) => {
        const url = new URL(request.url ?? '', 'http://localhost');
        const resource = url.searchParams.get('resource') ?? '';
        const claims = {
          aud: resource,
          tid: TENANT,
          appid: url.searchParams.get('client_id'),
          exp: Math.floor(Date.now() / 1_000) + 3_600,
        };
        response.setHeader('Content-Type', 'application/json');
        response.end(
          JSON.stringify({
            ...{ access_token: entra().sign(claims), expires_on: String(claims.exp) },
            ...{ resource, token_type: 'Bearer', client_id: claims.appid },
          }),
        );
      });
      await new Promise<void>((resolve) => machine.listen(0, '127.0.0.1', resolve));
      folder = await mkdtemp(path.join(tmpdir(), 'identity-'));
      await writeFile(path.join(folder, 'ca.pem'), vault.ca);
    });
    after(async () => {
      machine.close();
      await rm(folder, { recursive: true });
    });

    it('is read and stored by that identity and nobody else', async () => {
      const newer = await newRefreshToken(entra());

      const { stdout } = await promisify(execFile)(
        process.execPath,
        [path.join(import.meta.dirname, 'as-managed-identity.ts'), vault.url, IDENTITY, newer],
        {
          env: {
            ...process.env,
            NODE_EXTRA_CA_CERTS: path.join(folder, 'ca.pem'),
            IDENTITY_ENDPOINT: `http://127.0.0.1:${(machine.address() as AddressInfo).port}/msi/token`,
            IDENTITY_HEADER: 'a header of the machine',
          },
        },
      );

      assert.equal(stdout, 'stored');
      assert.equal(stored().at(-1), newer);
      assert.deepEqual([...new Set(vault.log().map(({ appId }) => appId))], [undefined, IDENTITY]);
    });
  });
});
