import assert from 'node:assert/strict';
import { at, bench } from './support.ts';

const PATH = '/v1.0/tenantRelationships/delegatedAdminRelationships';

describe('granular delegated administration', () => {
  const { get, send, set, id } = bench();

  const activeOf = (name: string): string =>
    `${PATH}?$filter=${encodeURIComponent(`(status eq 'active') and (customer/tenantId eq '${id(name)}')`)}`;
  const idOf = async (name: string): Promise<string> => String(at((await get(activeOf(name))).body, 'value', 0, 'id'));

  it('is found by customer and status', async () => {
    const { body } = await get(activeOf('First Up Consultants'));

    assert.equal((at(body, 'value') as unknown[]).length, 1);
    assert.equal(at(body, 'value', 0, 'displayName'), 'Service desk');
    assert.match(String(at(body, 'value', 0, 'id')), /^[0-9a-f-]{36}-[0-9a-f-]{36}$/);
  });

  it('goes on from page to page by a whole address', async () => {
    const first = await get(`${PATH}?$top=2`);
    const next = new URL(String(at(first.body, '@odata.nextLink')));
    const rest = await get(next.pathname + next.search);

    assert.equal((at(first.body, 'value') as unknown[]).length, 2);
    assert.equal((at(rest.body, 'value') as unknown[]).length, 1);
    assert.equal(at(rest.body, '@odata.nextLink'), undefined);
  });

  it('refuses a filter it does not know', async () => {
    assert.equal((await get(`${PATH}?$filter=${encodeURIComponent("displayName ne 'x'")}`)).status, 400);
  });

  it('ends some time after it was asked to', async () => {
    await set('/_faults', { switches: { gdapTerminationMs: 600_000 } });
    const path = `${PATH}/${await idOf('First Up Consultants')}`;

    const reply = await send('POST', `${path}/requests`, { body: { action: 'terminate' } });
    const request = new URL(reply.headers.get('Location') ?? '').pathname;

    assert.equal(reply.status, 201);
    assert.deepEqual([at(reply.body, 'action'), at(reply.body, 'status')], ['terminate', 'created']);
    assert.equal(at((await get(path)).body, 'status'), 'terminationRequested');
    await set('/_clock', { advanceMs: 300_000 });
    assert.equal(at((await get(path)).body, 'status'), 'terminating');
    await set('/_clock', { advanceMs: 300_000 });
    assert.equal(at((await get(path)).body, 'status'), 'terminated');
    assert.equal(at((await get(request)).body, 'status'), 'succeeded');
  });

  it('ends for a user only, only by terminating, and only once', async () => {
    const path = `${PATH}/${await idOf('First Up Consultants')}/requests`;
    const ask = async (body: object, headers: Record<string, string> = {}): Promise<number> =>
      (await send('POST', path, { body, headers })).status;

    assert.equal(await ask({ action: 'terminate' }, { Authorization: 'Bearer app-only' }), 403);
    assert.equal(await ask({ action: 'lockForApproval' }), 400);
    assert.equal(await ask({ action: 'terminate' }), 201);
    assert.equal(await ask({ action: 'terminate' }), 400);
  });

  it('is deleted only before it was approved', async () => {
    await set('/_world', { customerId: id('Fabrikam Bikes'), addGdap: { displayName: 'Draft', status: 'created' } });
    const { body } = await get(`${PATH}?$filter=${encodeURIComponent("status eq 'created'")}`);
    const path = `${PATH}/${String(at(body, 'value', 0, 'id'))}`;

    assert.equal((await send('DELETE', path)).status, 412);
    assert.equal(
      (await send('DELETE', path, { headers: { 'If-Match': String(at(body, 'value', 0, '@odata.etag')) } })).status,
      204,
    );
    assert.equal((await get(path)).status, 404);
  });

  it('outlives the reseller relationship, unless so switched', async () => {
    const remove = (name: string): Promise<unknown> =>
      send('PATCH', `/v1/customers/${id(name)}`, { body: { relationshipToPartner: 'none' } });
    await set('/_world', { customerId: id('Fabrikam Bikes'), addGdap: {} });

    await remove('First Up Consultants');
    assert.notEqual(await idOf('First Up Consultants'), 'undefined');

    await set('/_faults', { switches: { gdapEndsWithRemoval: true, gdapTerminationMs: 0 } });
    await remove('Fabrikam Bikes');
    assert.equal(await idOf('Fabrikam Bikes'), 'undefined');
  });
});
