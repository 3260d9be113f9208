import assert from 'node:assert/strict';
import type { Directory, DirectoryAnswer } from '../../../services/customers/directory.ts';
import { createCustomerFinder, type CustomerFinder } from '../../../services/customers/find-customers.ts';
import { merged } from '../../../services/customers/customer-index.ts';
import { searchIndex } from '../../../services/customers/search.ts';
import { asPerson, PartnerCenterError, type Customer } from '../../../services/partner-center/partner-center.ts';
import { FakePartnerCenter, faultOf } from '../readiness/fake-partner-center.ts';

const ada = asPerson('ada');
const idOf = (n: number): string => `${n}1111111-aaaa-4bbb-8ccc-222222222222`;
const named = (companyName: string, n: number): Customer => ({
  id: idOf(n),
  companyName,
  domain: `${companyName.toLowerCase().replace(/\W/g, '')}.com`,
  relationshipToPartner: 'reseller',
});
const contoso = named('Contoso', 1);
const bakery = named('Contoso Bakery', 2);
const fabrikam = named('Fabrikam', 3);
const PARTNER = '7c1d4f0e-52ab-4c39-9d7e-3b6f8a2e9c15';

interface Bench {
  readonly finder: CustomerFinder;
  readonly partnerCenter: FakePartnerCenter;
}

/** A finder whose directory knows some customers, and Partner Center all. */
function bench(known: readonly Customer[], { complete = true, knowsItself = true } = {}): Bench {
  const partnerCenter = new FakePartnerCenter();
  partnerCenter.customersNow = [contoso, bakery, fabrikam];
  const index = merged([], known);
  const directory: Pick<Directory, 'search' | 'byId'> = {
    search: (words, limit): DirectoryAnswer => ({ ...searchIndex(index, words, limit), complete }),
    byId: (id) => known.find((one) => one.id === id.toLowerCase()),
  };
  const finder = createCustomerFinder({
    directory: directory as Directory,
    partnerCenter: partnerCenter.port,
    ...(knowsItself && { partnerTenantId: PARTNER }),
  });
  return { finder, partnerCenter };
}
const names = async (finder: CustomerFinder, words: string, limit = 10) => {
  const found = await finder.find(words, limit, ada);
  assert.ok(found.kind === 'matches', found.kind);
  return { names: found.customers.map(({ companyName }) => companyName), more: found.more };
};

describe('finding a customer by words', () => {
  it('asks nobody where the directory is complete', async () => {
    const { finder, partnerCenter } = bench([contoso, bakery]);

    assert.deepEqual(await names(finder, 'bakery'), { names: ['Contoso Bakery'], more: false });
    assert.deepEqual(await names(finder, 'fabrikam'), { names: [], more: false });
    assert.deepEqual(partnerCenter.calls, []);
  });

  it('asks Partner Center too where it is not, by name and by domain, and shows nobody twice', async () => {
    const { finder, partnerCenter } = bench([bakery], { complete: false });

    assert.deepEqual(await names(finder, '  contoso '), { names: ['Contoso Bakery', 'Contoso'], more: false });
    assert.deepEqual(partnerCenter.calls.sort(), ['CompanyName', 'Domain']);
  });

  it('asks for nothing where nothing was typed', async () => {
    const { finder, partnerCenter } = bench([bakery], { complete: false });

    assert.deepEqual(await names(finder, '  '), { names: ['Contoso Bakery'], more: false });
    assert.deepEqual(partnerCenter.calls, []);
  });

  it('says that there are more than were asked for', async () => {
    assert.deepEqual(await names(bench([contoso, bakery]).finder, 'contoso', 1), { names: ['Contoso'], more: true });
    assert.deepEqual(await names(bench([contoso], { complete: false }).finder, 'contoso', 1), {
      names: ['Contoso'],
      more: true,
    });
  });

  for (const failing of [['CompanyName'], ['Domain'], ['CompanyName', 'Domain']]) {
    const unread = async (words: string) => {
      const { finder, partnerCenter } = bench([bakery], { complete: false });
      for (const call of failing) partnerCenter.failing.set(call, faultOf('unavailable'));
      const found = await finder.find(words, 10, ada);
      assert.ok(found.kind === 'unread', found.kind);
      return { names: found.customers.map(({ companyName }) => companyName), error: found.error };
    };

    it(`shows what is known, as not being all, where Partner Center cannot be asked by ${failing.join(' and ')}`, async () => {
      const found = await unread('contoso');

      assert.deepEqual(found.names, failing.length < 2 ? ['Contoso Bakery', 'Contoso'] : ['Contoso Bakery']);
      assert.equal(found.error.fault, 'unavailable');
    });

    it(`never takes not asking by ${failing.join(' and ')} for nobody being there`, async () => {
      const found = await unread('nobody');

      assert.deepEqual(found.names, []);
      assert.equal(found.error.ids.correlationId, 'c');
    });
  }

  it('needs no Partner Center where the directory is complete', async () => {
    const { finder, partnerCenter } = bench([bakery]);
    for (const call of ['CompanyName', 'Domain']) partnerCenter.failing.set(call, faultOf('unavailable'));

    assert.deepEqual(await names(finder, 'nobody'), { names: [], more: false });
  });

  it('does not take a mistake of ours for a service that cannot answer', async () => {
    const { finder, partnerCenter } = bench([bakery], { complete: false });
    partnerCenter.failing.set('Domain', new TypeError('oops'));

    await assert.rejects(finder.find('contoso', 10, ada), TypeError);
  });
});

describe('finding a customer by tenant id', () => {
  const spellings = [contoso.id, contoso.id.toUpperCase(), `{${contoso.id}}`, `  {${contoso.id.toUpperCase()}} `];
  for (const spelling of spellings)
    it(`finds the one, written "${spelling}"`, async () => {
      const { finder, partnerCenter } = bench([contoso]);

      assert.deepEqual(await names(finder, spelling), { names: ['Contoso'], more: false });
      assert.deepEqual(partnerCenter.calls, []);
    });

  it('asks Partner Center for one that the directory does not know, complete or not', async () => {
    for (const complete of [true, false]) {
      const { finder, partnerCenter } = bench([contoso], { complete });

      assert.deepEqual(await names(finder, `{${fabrikam.id.toUpperCase()}}`), { names: ['Fabrikam'], more: false });
      assert.deepEqual(partnerCenter.calls, ['customer']);
    }
  });

  it('says of the partner’s own that it is no customer', async () => {
    const { finder, partnerCenter } = bench([contoso]);

    assert.deepEqual(await finder.find(`{${PARTNER.toUpperCase()}}`, 10, ada), { kind: 'own-tenant' });
    assert.deepEqual(partnerCenter.calls, []);
  });

  it('takes the partner’s own for a stranger’s where it is not known', async () => {
    const { finder } = bench([contoso], { knowsItself: false });

    assert.deepEqual(await finder.find(PARTNER, 10, ada), { kind: 'unknown-id', id: PARTNER });
  });

  for (const [status, code] of [
    [403, '20002'],
    [403, '900159'],
    [404, '60003'],
  ] as const)
    it(`says of one that is no customer (${status}/${code}) that it is unknown`, async () => {
      const { finder, partnerCenter } = bench([contoso]);
      partnerCenter.failing.set('customer', faultOf('forbidden', { status, code }));

      assert.deepEqual(await finder.find(`{${idOf(9).toUpperCase()}}`, 10, ada), { kind: 'unknown-id', id: idOf(9) });
    });

  it('does not take a service that cannot answer for one that knows no such customer', async () => {
    const { finder, partnerCenter } = bench([contoso]);
    partnerCenter.failing.set('customer', faultOf('unavailable', { status: 503 }));

    await assert.rejects(finder.find(idOf(9), 10, ada), PartnerCenterError);
  });

  it('is not tried with half an id, which is words', async () => {
    assert.deepEqual(await names(bench([contoso]).finder, contoso.id.slice(0, 20)), { names: [], more: false });
  });
});

describe('one customer by tenant id', () => {
  it('comes from the directory, or else from Partner Center', async () => {
    const { finder, partnerCenter } = bench([contoso]);

    assert.equal(await finder.byId(contoso.id.toUpperCase(), ada), contoso);
    assert.equal(await finder.byId(fabrikam.id.toUpperCase(), ada), fabrikam);
    assert.deepEqual(partnerCenter.calls, ['customer']);
  });

  it('fails where it is none of ours', async () => {
    await assert.rejects(bench([contoso]).finder.byId(idOf(9), ada), PartnerCenterError);
  });
});
