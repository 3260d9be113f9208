import assert from 'node:assert/strict';
import type { DirectorySettings, Installation } from '../../../sandbox/graph/directory.ts';
import { createGraph, startGraph, type GraphStandIn } from '../../../sandbox/graph/graph.ts';
import { startPartnerCenter } from '../../../sandbox/partner-center/server.ts';

const id = (number: number): string => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
const MANAGER = id(1);
const PIA = id(2);
const GUEST = id(3);
const GROUP = id(100);
const INNER = id(101);
const APP = { id: id(200), externalId: id(201), displayName: 'Reseller Offboarding' };

const user = (number: number, more: object = {}) => ({
  id: id(number),
  displayName: `Person ${number}`,
  userPrincipalName: `person.${number}@harbourcloud.example`,
  userType: 'Member' as const,
  accountEnabled: true,
  ...more,
});
const crowd = Array.from({ length: 250 }, (_, index) => user(1_000 + index));
const world: DirectorySettings = {
  users: [user(1), user(2, { managerId: MANAGER }), user(3, { userType: 'Guest', accountEnabled: false }), ...crowd],
  groups: [
    { id: GROUP, displayName: 'Approvers', members: [MANAGER, INNER, PIA] },
    // Each holds the other, which the directory allows.
    { id: INNER, displayName: 'More', members: [GROUP, PIA, ...crowd.map((one) => one.id)] },
  ],
  teamsApps: [APP],
};

interface Reply {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
  readonly headers: Headers;
}
const codeOf = ({ status, body }: Reply): unknown[] => [
  status,
  (body['error'] as { code?: unknown } | undefined)?.code,
];

describe('Microsoft Graph’s people', () => {
  let graph: GraphStandIn;
  const installed: Installation[] = [];
  before(async () => {
    graph = await startGraph({ ...world, onInstalled: (installation) => installed.push(installation) });
  });
  beforeEach(() => {
    graph.reset();
    installed.length = 0;
  });
  after(() => graph.close());

  const call = async (path: string, init: RequestInit = {}): Promise<Reply> => {
    const response = await fetch(new URL(path, graph.url), init);
    const text = await response.text();
    const body = text === '' ? {} : (JSON.parse(text) as Reply['body']);
    return { status: response.status, body, headers: response.headers };
  };
  const withToken = (claims: object): RequestInit => ({
    headers: { Authorization: `Bearer x.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.x` },
  });
  const install = (userId: string, appId = APP.id) =>
    call(`/v1.0/users/${userId}/teamwork/installedApps`, {
      method: 'POST',
      body: JSON.stringify({
        'teamsApp@odata.bind': `https://graph.microsoft.com/v1.0/appCatalogs/teamsApps/${appId}`,
      }),
    });

  it('are told with what is selected, and whether they are enabled only then', async () => {
    const asked = await call(`/v1.0/users/${GUEST.toUpperCase()}?$select=id,displayName,accountEnabled,userType`);
    const plain = await call('/v1.0/users/person.2@harbourcloud.example');

    assert.deepEqual(asked.body, {
      '@odata.context': 'https://graph.microsoft.com/v1.0/$metadata#users/$entity',
      id: GUEST,
      displayName: 'Person 3',
      accountEnabled: false,
      userType: 'Guest',
    });
    assert.deepEqual([plain.body['id'], 'accountEnabled' in plain.body, 'userType' in plain.body], [PIA, false, false]);
  });

  it('have a manager, or none, and are there, or not', async () => {
    const manager = await call(`/v1.0/users/${PIA}/manager?$select=id,displayName`);

    assert.deepEqual([manager.body['id'], manager.body['@odata.type']], [MANAGER, '#microsoft.graph.user']);
    for (const path of [`/v1.0/users/${MANAGER}/manager`, `/v1.0/users/${id(9)}`, `/v1.0/users/${id(9)}/manager`])
      assert.deepEqual(codeOf(await call(path)), [404, 'Request_ResourceNotFound'], path);
  });

  it('change, and change back with a reset', async () => {
    const path = `/v1.0/users/${PIA}?$select=accountEnabled`;
    await call('/_graph/users', {
      method: 'POST',
      body: JSON.stringify({ id: PIA, accountEnabled: false, managerId: null }),
    });
    const disabled = (await call(path)).body['accountEnabled'];
    const manager = (await call(`/v1.0/users/${PIA}/manager`)).status;
    graph.directory.removeUser(PIA);
    const removed = (await call(path)).status;
    await call('/_graph/reset', { method: 'POST' });

    assert.deepEqual([disabled, manager, removed, (await call(path)).body['accountEnabled']], [false, 404, 404, true]);
  });

  describe('in a group', () => {
    const first = `/v1.0/groups/${GROUP}/transitiveMembers/microsoft.graph.user?$count=true&$select=id&$top=100`;
    const eventual = { headers: { ConsistencyLevel: 'eventual' } };

    it('are listed once each, through the groups in it, page by page', async () => {
      const ids: string[] = [];
      const counts: unknown[] = [];
      let pages = 0;
      for (let next: string | undefined = first; next !== undefined; pages++) {
        const { body } = await call(next, eventual);
        ids.push(...(body['value'] as { id: string }[]).map((one) => one.id));
        counts.push(body['@odata.count']);
        next = body['@odata.nextLink'] as string | undefined;
      }

      assert.deepEqual([ids.length, new Set(ids).size, pages], [252, 252, 3]);
      assert.ok(ids.includes(MANAGER) && ids.includes(PIA) && !ids.includes(INNER));
      assert.deepEqual(counts, [252, undefined, undefined]);
    });

    it('are listed by an advanced query only, and in pages that are not too long', async () => {
      assert.deepEqual(codeOf(await call(first)), [400, 'Request_UnsupportedQuery']);
      assert.deepEqual(codeOf(await call(first.replace('$count=true&', ''), eventual)), [
        400,
        'Request_UnsupportedQuery',
      ]);
      assert.deepEqual(codeOf(await call(first.replace('=100', '=1000'), eventual)), [400, 'Request_UnsupportedQuery']);
      assert.deepEqual(codeOf(await call(first.replace(GROUP, id(9)), eventual)), [404, 'Request_ResourceNotFound']);
    });
  });

  describe('get the app', () => {
    it('found by the id of its manifest', async () => {
      const found = await call(`/v1.0/appCatalogs/teamsApps?$filter=externalId eq '${APP.externalId}'`);
      const none = await call(`/v1.0/appCatalogs/teamsApps?$filter=externalId eq '${APP.id}'`);

      assert.deepEqual(found.body['value'], [{ ...APP, distributionMethod: 'organization' }]);
      assert.deepEqual(none.body['value'], []);
      assert.deepEqual(codeOf(await call('/v1.0/appCatalogs/teamsApps?$filter=startswith(id,1)')), [400, 'BadRequest']);
    });

    it('once, and Teams is told of it once', async () => {
      const replies = [await install(PIA), await install(PIA)];

      assert.deepEqual(replies.map(codeOf), [
        [201, undefined],
        [409, 'Conflict'],
      ]);
      assert.deepEqual(
        installed.map(({ userId, app }) => [userId, app.externalId]),
        [[PIA, APP.externalId]],
      );
    });

    it('listed with them afterwards, with as much as is expanded, until they remove it', async () => {
      const path = `/v1.0/users/${PIA}/teamwork/installedApps`;
      const filter = `$filter=teamsApp/externalId eq '${APP.externalId}'`;
      const before = (await call(`${path}?$expand=teamsApp&${filter}`)).body['value'];
      await install(PIA);
      const after = (await call(`${path}?$expand=teamsApp&${filter}`)).body['value'];
      const bare = (await call(path)).body['value'];
      const removed = graph.directory.uninstall(PIA, APP.id);

      assert.deepEqual(before, []);
      assert.deepEqual((after as { teamsApp: object }[])[0]?.teamsApp, { ...APP, distributionMethod: 'organization' });
      assert.deepEqual(Object.keys((bare as object[])[0] ?? {}), ['id']);
      assert.deepEqual([removed, (await call(path)).body['value']], [true, []]);
      assert.equal((await install(PIA)).status, 201);
    });

    it('not where it is blocked, unknown or not named, and nobody is told', async () => {
      graph.faults.set({ switches: { appBlockedFor: [PIA] } });
      const nameless = await call(`/v1.0/users/${MANAGER}/teamwork/installedApps`, { method: 'POST', body: '{}' });

      assert.deepEqual(codeOf(await install(PIA)), [403, 'Forbidden']);
      assert.deepEqual(codeOf(await install(MANAGER, id(9))), [404, 'NotFound']);
      assert.deepEqual(codeOf(await install(id(9))), [404, 'Request_ResourceNotFound']);
      assert.deepEqual(codeOf(nameless), [400, 'BadRequest']);
      assert.deepEqual(installed, []);
    });
  });

  describe('are told to', () => {
    const later = 4_000_000_000;
    const good = {
      aud: 'https://graph.microsoft.com',
      exp: later,
      idtyp: 'app',
      appid: id(300),
      roles: ['User.Read.All'],
    };

    it('whoever may know', async () => {
      const status = async (path: string, claims: object) => codeOf(await call(path, withToken(claims)));
      const pia = `/v1.0/users/${PIA}`;

      assert.deepEqual(await status(pia, good), [200, undefined]);
      assert.deepEqual(await status(pia, { ...good, roles: undefined, scp: 'openid User.Read.All' }), [200, undefined]);
      assert.deepEqual(await status(pia, { ...good, aud: '00000003-0000-0000-c000-000000000000' }), [200, undefined]);
      assert.deepEqual(await status(pia, { ...good, aud: 'https://api.partnercenter.microsoft.com' }), [
        401,
        'InvalidAuthenticationToken',
      ]);
      assert.deepEqual(await status(pia, { ...good, exp: 1 }), [401, 'InvalidAuthenticationToken']);
      assert.deepEqual(await status(pia, { ...good, roles: [] }), [403, 'Authorization_RequestDenied']);
      assert.deepEqual(await status(`${pia}/teamwork/installedApps`, good), [403, 'Forbidden']);
    });

    it('anybody without a token, unless one is required', async () => {
      const open = await call(`/v1.0/users/${PIA}`);
      graph.faults.set({ switches: { requireToken: true } });
      const closed = await call(`/v1.0/users/${PIA}`);
      const nonsense = await call(`/v1.0/users/${PIA}`, { headers: { Authorization: 'Bearer nonsense' } });

      assert.equal(open.status, 200);
      assert.deepEqual(
        [codeOf(closed), codeOf(nonsense)],
        [
          [401, 'InvalidAuthenticationToken'],
          [401, 'InvalidAuthenticationToken'],
        ],
      );
      assert.equal((await call(`/v1.0/users/${PIA}`, withToken(good))).status, 200);
    });

    it('with a line in the log that says who asked, and holds no token', async () => {
      await call(`/v1.0/users/${PIA}?$select=id`, withToken(good));
      await call(`/v1.0/users/${id(9)}`);

      const { entries } = (await call('/_graph/log')).body as { entries: readonly Record<string, unknown>[] };
      assert.deepEqual(
        entries.map(({ method, path, application, status, code }) => [method, path, application, status, code]),
        [
          ['GET', `/v1.0/users/${PIA}`, id(300), 200, undefined],
          ['GET', `/v1.0/users/${id(9)}`, undefined, 404, 'Request_ResourceNotFound'],
        ],
      );
      assert.ok(!JSON.stringify(entries).includes('Bearer'));
    });
  });

  describe('when things go wrong', () => {
    const set = (settings: object) => call('/_graph/faults', { method: 'POST', body: JSON.stringify(settings) });

    it('are told as often and as late as the rule says', async () => {
      await set({ rules: [{ path: '/manager', status: 429, retryAfterSeconds: 9, times: 1, skip: 1 }] });
      const replies = [];
      for (let index = 0; index < 3; index++) replies.push(await call(`/v1.0/users/${PIA}/manager`));

      assert.deepEqual(
        replies.map(({ status }) => status),
        [200, 429, 200],
      );
      assert.equal(replies[1]?.headers.get('Retry-After'), '9');
      assert.equal((await call(`/v1.0/users/${PIA}`)).status, 200);
      assert.deepEqual(codeOf({ ...(await set({ rules: [{ kind: 'odd' }] })) })[0], 400);
    });

    it('get the app though the caller sees a cut line', async () => {
      await set({ rules: [{ kind: 'apply-then-reset', method: 'POST', times: 1 }] });

      await assert.rejects(install(PIA));
      assert.deepEqual([installed.length, (await install(PIA)).status], [1, 409]);
    });

    it('are not told at all, until a reset hangs up', async () => {
      await set({ rules: [{ kind: 'hang' }] });
      const asking = assert.rejects(call(`/v1.0/users/${PIA}`));
      while (graph.log.since(0).length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
      graph.reset();

      await asking;
    });

    it('are unknown at any other address', async () => {
      assert.deepEqual(codeOf(await call('/v1.0/users')), [400, 'BadRequest']);
      assert.deepEqual(codeOf(await call(`/v1.0/users/${PIA}`, { method: 'DELETE' })), [405, 'Request_BadRequest']);
      assert.equal((await call('/_graph/nothing')).status, 404);
    });
  });
});

describe('Microsoft Graph’s people in the stand-in of Partner Center', () => {
  it('are at its address, beside the delegated admin relationships', async () => {
    const graph = createGraph(world);
    const stand = await startPartnerCenter({ scenario: 'everyday', alongside: [graph] });
    const status = async (path: string) => (await fetch(`${stand.url}${path}`)).status;

    try {
      assert.equal(await status(`/v1.0/users/${PIA}`), 200);
      assert.equal(await status('/v1.0/tenantRelationships/delegatedAdminRelationships'), 200);
      assert.equal(await status('/v1/customers?size=1'), 200);
      assert.equal(await status('/_graph/log'), 200);
      assert.equal(graph.log.since(0).length, 1);
    } finally {
      await stand.close();
    }
  });
});
