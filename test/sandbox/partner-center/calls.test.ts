import assert from 'node:assert/strict';
import { request } from 'node:http';
import { at, bench, items, REMOVAL, statusAndCode } from './support.ts';

describe('every call', () => {
  const { get, send, set, id, subscription, stand } = bench();

  it('gets its ids back, and made-up ones where it sent none', async () => {
    const own = await get('/v1/customers?size=1', { 'MS-RequestId': 'r-1', 'MS-CorrelationId': 'c-1' });
    const none = await get('/v1/customers?size=1');

    assert.equal(own.headers.get('MS-RequestId'), 'r-1');
    assert.equal(own.headers.get('MS-CorrelationId'), 'c-1');
    assert.match(none.headers.get('MS-RequestId') ?? '', /^[0-9a-f-]{36}$/);
    assert.ok(none.headers.get('MS-CV'));
  });

  it('is answered with an error of code, description, data and source when refused', async () => {
    const { body } = await get('/v1/customers/11111111-1111-4111-8111-111111111111');

    assert.deepEqual(body, { code: '60003', description: 'Tenant not found.', data: [], source: 'PartnerFD' });
  });

  it('gets numbers for codes and capitals for ids where so switched', async () => {
    await set('/_faults', { switches: { numericCodes: true, mixedCaseIds: true } });

    const list = items(await get('/v1/customers?size=1'))[0]?.['id'];
    const one = at((await get(`/v1/customers/${String(list)}`)).body, 'id');

    assert.equal(list, String(one).toUpperCase());
    assert.notEqual(list, one);
    assert.deepEqual(statusAndCode(await get('/v1/customers/nobody')), [400, 900118]);
  });

  it('needs a token where so switched', async () => {
    await set('/_faults', { switches: { requireToken: true } });
    const reply = await get('/v1/customers?size=1');

    assert.deepEqual(statusAndCode(reply), [401, '400']);
    assert.match(reply.headers.get('WWW-Authenticate') ?? '', /invalid_token/);
    assert.equal((await get('/v1/customers?size=1', { Authorization: 'Bearer x' })).status, 200);
    assert.equal((await get('/v1/customers?size=1', { Authorization: 'Bearer' })).status, 401);
  });

  it('without multifactor authentication is refused, but not an application on its own', async () => {
    const reply = await get('/v1/customers?size=1', { Authorization: 'Bearer no-mfa' });
    await set('/_faults', { switches: { noMfa: true } });

    assert.deepEqual(statusAndCode(reply), [401, '900421']);
    assert.deepEqual(statusAndCode(await get('/v1/customers?size=1')), [401, '900421']);
    assert.equal((await get('/v1/customers?size=1', { Authorization: 'Bearer app-only' })).status, 200);
  });

  it('learns whether it carried multifactor authentication when it asks', async () => {
    const good = await get('/v1/customers?size=1', { ValidateMfa: 'true' });
    await set('/_faults', { switches: { noMfa: true, mfaEnforced: false } });
    const bad = await get('/v1/customers?size=1', { ValidateMfa: 'true' });

    assert.deepEqual([good.headers.get('isMfaCompliant'), at(good.body, 'isMfaCompliant')], ['true', true]);
    assert.deepEqual(
      [bad.status, bad.headers.get('isMfaCompliant'), at(bad.body, 'isMfaCompliant')],
      [200, 'false', false],
    );
    assert.equal((await get('/v1/customers?size=1')).headers.get('isMfaCompliant'), null);
  });

  it('counts as an application without a user where so switched', async () => {
    await set('/_faults', { switches: { appOnly: true } });

    assert.deepEqual(statusAndCode(await get('/v1/customers/relationshiprequests')), [403, '900329']);
    assert.equal((await get('/v1/customers?size=1')).status, 200);
  });

  it('is throttled by the gateway above so many a minute for one customer, and not for another', async () => {
    await set('/_faults', { switches: { requestsPerMinute: 2 } });
    const [busy, quiet] = [`/v1/customers/${id('Northwind Traders')}`, `/v1/customers/${id('Fabrikam Bikes')}`];

    await get(busy);
    await get(`${busy}/subscriptions`);
    const third = await get(busy);

    assert.equal(third.status, 429);
    assert.equal(third.headers.get('Retry-After'), '60');
    assert.deepEqual(third.body, { statusCode: 429, message: 'Rate limit is exceeded. Try again in 60 seconds.' });
    assert.equal((await get(quiet)).status, 200);
    await set('/_clock', { advanceMs: 60_000 });
    assert.equal((await get(busy)).status, 200);
  });

  it('that changes something and comes again under its id is answered again and not done again', async () => {
    const path = `/v1/customers/${id('Fabrikam Bikes')}`;
    const headers = { 'MS-RequestId': 'once' };

    const first = await send('PATCH', path, { body: REMOVAL, headers });
    const second = await send('PATCH', path, { body: REMOVAL, headers });

    assert.deepEqual([first.status, second.status], [200, 200]);
    assert.equal(stand().world.audit.entries.length, 1);
    assert.equal((await send('PATCH', path, { body: REMOVAL, headers: { 'MS-RequestId': 'twice' } })).status, 403);
  });

  it('is done again under its id where the service ignores that', async () => {
    await set('/_faults', { switches: { repeatedRequestId: 'ignores' } });
    const sent = { body: REMOVAL, headers: { 'MS-RequestId': 'once' } };
    const path = `/v1/customers/${id('Fabrikam Bikes')}`;

    await send('PATCH', path, sent);

    assert.deepEqual(statusAndCode(await send('PATCH', path, sent)), [403, '20002']);
  });

  const nonsense: readonly [what: string, method: string, path: string, status: number, body?: string][] = [
    ['an address nobody answers', 'GET', '/v1/invoices', 404],
    ['another version', 'GET', '/v2/customers', 404],
    ['the root', 'GET', '/', 404],
    ['a broken address', 'GET', '/v1/%E0%A4%A', 400],
    ['a method that is not for that', 'POST', '/v1/customers', 405],
    ['a method for a fixed address', 'PATCH', '/v1/customers/relationshiprequests', 405],
    ['a body that is no JSON', 'PATCH', '/v1/customers/x', 400, '{"a":'],
    ['a body that is no object', 'PATCH', '/v1/customers/x', 400, '[1]'],
    ['a body nested without end', 'PATCH', '/v1/customers/x', 400, `${'['.repeat(20_000)}${']'.repeat(20_000)}`],
    ['a body that is too long', 'PATCH', '/v1/customers/x', 413, `{"a":"${'x'.repeat(1_048_576)}"}`],
  ];
  for (const [what, method, path, status, body] of nonsense) {
    it(`survives ${what}`, async () => {
      assert.equal((await send(method, path, { body })).status, status);
      assert.equal((await send('GET', '/_log')).status, 200);
    });
  }

  it('says which methods there are', async () => {
    const reply = await send('PUT', subscription('Northwind Traders'));

    assert.equal(reply.status, 405);
    assert.equal(reply.headers.get('Allow'), 'GET, PATCH');
  });

  it('may break off in the middle of its body', async () => {
    await new Promise<void>((resolve) => {
      const broken = request(`${stand().url}/v1/customers/x`, { method: 'PATCH', headers: { 'Content-Length': 100 } });
      broken.on('error', () => {
        resolve();
      });
      broken.write('{', () => broken.destroy());
      broken.on('close', resolve);
    });

    assert.equal((await get('/v1/customers?size=1')).status, 200);
  });
});
