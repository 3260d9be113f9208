import assert from 'node:assert/strict';
import { at, bench, items, statusAndCode, type Reply } from './support.ts';

const names = (reply: Reply): readonly unknown[] =>
  items(reply).map((item) => at(item, 'companyProfile', 'companyName'));
const filter = (Field: string, Value: string, Operator = 'starts_with'): string =>
  `filter=${encodeURIComponent(JSON.stringify({ Field, Value, Operator }))}`;

describe('the list of customers', () => {
  const { get, id, set, stand } = bench();

  it('is everything at once when no size is asked for', async () => {
    const unsized = await get('/v1/customers');
    const zero = await get('/v1/customers?size=0');

    assert.ok(items(unsized).length >= 18);
    assert.equal(items(zero).length, items(unsized).length);
    assert.equal(at(unsized.body, 'links', 'next'), undefined);
  });

  it('shows the few members of a list item and no more', async () => {
    const [first] = items(await get('/v1/customers?size=1'));

    assert.deepEqual(Object.keys(first ?? {}), ['id', 'companyProfile', 'relationshipToPartner', 'attributes']);
    assert.deepEqual(Object.keys(at(first, 'companyProfile') as object), [
      'tenantId',
      'domain',
      'companyName',
      'attributes',
    ]);
  });

  it('goes on page by page with nothing but the token, and counts the page, not the whole', async () => {
    const all = names(await get('/v1/customers'));
    const seen: unknown[] = [];
    let page = await get('/v1/customers?size=7');
    seen.push(...names(page));
    for (
      let token = at(page.body, 'continuationToken');
      typeof token === 'string';
      token = at(page.body, 'continuationToken')
    ) {
      assert.equal(at(page.body, 'totalCount'), 7);
      page = await get('/v1/customers?seekOperation=Next', { 'MS-ContinuationToken': token });
      seen.push(...names(page));
    }

    assert.deepEqual(seen, all);
  });

  it('links to the next page relative to the version, with the token as a header', async () => {
    const page = await get('/v1/customers?size=5');
    const next = at(page.body, 'links', 'next');

    assert.equal(at(next, 'uri'), '/customers?size=5&seekOperation=Next');
    assert.equal(at(next, 'headers', 0, 'key'), 'MS-ContinuationToken');
    assert.equal(at(next, 'headers', 0, 'value'), at(page.body, 'continuationToken'));
  });

  it('carries the filter in the token', async () => {
    const page = await get(`/v1/customers?size=1&${filter('CompanyName', 'cont')}`);
    const rest = await get('/v1/customers?seekOperation=Next', {
      'MS-ContinuationToken': String(at(page.body, 'continuationToken')),
    });

    assert.match(String(names(page)[0]), /^cont/i);
    assert.match(String(names(rest)[0]), /^cont/i);
  });

  it('finds by the beginning of a name in any case, and not by its middle', async () => {
    assert.deepEqual(names(await get(`/v1/customers?${filter('CompanyName', 'CONT')}`)), [
      'Contoso Bakery',
      'Contoso Ltd',
      'Continental Cargo',
    ]);
    assert.deepEqual(names(await get(`/v1/customers?${filter('CompanyName', 'bakery')}`)), []);
    assert.deepEqual(names(await get(`/v1/customers?${filter('CompanyName', 'ооо')}`)), ['ООО «Ромашка»']);
  });

  it('finds by the beginning of a domain', async () => {
    assert.deepEqual(names(await get(`/v1/customers?${filter('Domain', 'ContosoBakery.')}`)), ['Contoso Bakery']);
  });

  it('finds the customers of an indirect reseller, for a user only', async () => {
    const quayside = stand().world.customer(id('Contoso Ltd'))?.resellers[1]?.tenantId ?? '';
    const path = `/v1/customers?${filter('IndirectReseller', quayside)}`;
    assert.deepEqual(statusAndCode(await get(path)), [403, '1002']);

    await set('/_faults', { switches: { partnerType: 'indirect-provider' } });

    assert.deepEqual(names(await get(path)), ['Fabrikam Bikes', 'Contoso Ltd', 'Alpine Ski House']);
    assert.deepEqual(statusAndCode(await get(path, { Authorization: 'Bearer app-only' })), [403, '900329']);
  });

  const nonsense: readonly [what: string, query: string][] = [
    ['a filter that is not JSON', 'filter=company'],
    ['an unknown field', filter('Country', 'DE')],
    ['another operator', filter('CompanyName', 'cont', 'contains')],
    ['a filter without a value', filter('CompanyName', '')],
    ['a size that is no number', 'size=many'],
    ['a token that is none', 'seekOperation=Next'],
  ];
  for (const [what, query] of nonsense) {
    it(`refuses ${what}`, async () => {
      assert.equal((await get(`/v1/customers?${query}`)).status, 400);
    });
  }

  it('has two customers of one name with different domains', async () => {
    const both = items(await get(`/v1/customers?${filter('CompanyName', 'Adventure Works')}`));

    assert.equal(new Set(both.map((item) => at(item, 'companyProfile', 'domain'))).size, 2);
  });

  it('knows a customer by its id in any case of letters', async () => {
    const mixed = id('Tailspin Toys');

    assert.notEqual(mixed, mixed.toLowerCase());
    assert.equal(at((await get(`/v1/customers/${mixed.toLowerCase()}`)).body, 'id'), mixed);
  });
});

describe('one customer', () => {
  const { get, id, set } = bench();

  it('shows what the list leaves out', async () => {
    const { body } = await get(`/v1/customers/${id('Contoso Bakery')}`);

    assert.equal(at(body, 'allowDelegatedAccess'), true);
    assert.deepEqual(at(body, 'customDomains'), ['contosobakery.onmicrosoft.com']);
    assert.equal(at(body, 'companyProfile', 'address', 'country'), 'US');
    assert.equal(typeof at(body, 'billingProfile', 'attributes', 'etag'), 'string');
  });

  it('is refused for an id that is no GUID, and for a tenant nobody knows', async () => {
    assert.deepEqual(statusAndCode(await get('/v1/customers/contoso.onmicrosoft.com')), [400, '900118']);
    assert.deepEqual(statusAndCode(await get('/v1/customers/11111111-1111-4111-8111-111111111111')), [404, '60003']);
  });

  it('has resellers that only an indirect provider may ask for', async () => {
    const path = `/v1/customers/${id('Contoso Ltd')}/relationships`;
    assert.deepEqual(statusAndCode(await get(path)), [403, '1002']);

    await set('/_faults', { switches: { partnerType: 'indirect-provider' } });

    assert.deepEqual(
      items(await get(path)).map(({ name }) => name),
      ['Brightline IT', 'Quayside Cloud'],
    );
    assert.deepEqual(statusAndCode(await get(path, { Authorization: 'Bearer app-only' })), [403, '900329']);
  });

  it('comes back by a link that is the same for all', async () => {
    const { body } = await get('/v1/customers/relationshiprequests');

    assert.match(String(at(body, 'url')), /^https:\/\/admin\.microsoft\.com\/.*invType=ResellerRelationship/);
  });
});

describe('the indirect resellers of a partner', () => {
  const { get, set } = bench();
  const path = '/v1/relationships?relationship_type=IsIndirectCloudSolutionProviderOf';

  it('are listed once each for an indirect provider, and for a user only', async () => {
    assert.deepEqual(statusAndCode(await get(path)), [403, '1002']);

    await set('/_faults', { switches: { partnerType: 'indirect-provider' } });

    const listed = items(await get(path));
    assert.deepEqual(
      listed.map(({ name, mpnId }) => [name, mpnId]),
      [
        ['Brightline IT', '5121801'],
        ['Quayside Cloud', '5098342'],
      ],
    );
    assert.deepEqual(Object.keys(listed[0] ?? {}).sort(), [
      'attributes',
      'id',
      'location',
      'mpnId',
      'name',
      'relationshipType',
      'state',
    ]);
    assert.deepEqual(statusAndCode(await get(path, { Authorization: 'Bearer app-only' })), [403, '900329']);
  });

  it('are not listed without saying which relationship is meant', async () => {
    await set('/_faults', { switches: { partnerType: 'indirect-provider' } });

    assert.equal((await get('/v1/relationships')).status, 400);
    assert.equal((await get('/v1/relationships?relationship_type=IsIndirectResellerOf')).status, 400);
  });
});
