import assert from 'node:assert/strict';
import { createCustomerSearch, type CustomerSearch } from '../../../bot/turns/customer-search.ts';
import { textsFor } from '../../../cards/texts/texts.ts';
import { createDirectory, type Directory } from '../../../services/customers/directory.ts';
import { PartnerCenterError, type Customer } from '../../../services/partner-center/partner-center.ts';
import type { Person } from '../../../services/people/person.ts';
import { createRoles } from '../../../services/people/roles.ts';

const customers: readonly Customer[] = [
  ...Array.from({ length: 40 }, (_, n) => customer(n, `Northwind ${String(n).padStart(2, '0')}`, `north${n}.example`)),
  customer(100, 'Adventure Works', 'adventureworks.example'),
  customer(101, 'Adventure Works', 'adventureworkscycles.example'),
  customer(102, '[Prize](https://evil.example) **Liberty**', 'liberty.example'),
];

describe('the search for a customer while somebody types', () => {
  const requester = person('11111111-1111-4111-8111-111111111111');
  const approver = person('22222222-2222-4222-8222-222222222222');
  const rolesOf = () =>
    createRoles({ requesters: [requester.id], approvers: [approver.id], auditors: [], samePerson: [] });
  let calls: number;
  let directory: Directory;
  let search: CustomerSearch;

  beforeEach(() => start(() => Promise.resolve({ customers })));
  afterEach(() => {
    directory.stop();
  });

  const refused: string[] = [];
  const refusals = {
    note: async (id: string, { what }: { readonly what: string }): Promise<void> => {
      refused.push(`${id}: ${what}`);
    },
  };

  const start = async (list: () => Promise<{ customers: readonly Customer[] }>): Promise<void> => {
    calls = 0;
    const loaded = Promise.withResolvers<undefined>();
    directory = createDirectory({
      partnerCenter: {
        customers: () => {
          calls++;
          return list();
        },
      },
      clock: () => new Date(),
      actAs: 'bot',
      refreshMs: 3_600_000,
      sleep: () => {
        loaded.resolve(undefined);
        return new Promise(() => undefined);
      },
    });
    search = createCustomerSearch({ directory, roles: rolesOf(), refusals });
    directory.start();
    await loaded.promise;
  };

  const find = (
    queryText: unknown,
    who = requester,
    texts = textsFor('en'),
  ): readonly { title: string; value: string }[] => {
    const { statusCode, type, value } = search(
      { queryText, dataset: 'customers', queryOptions: { skip: 0, top: 15 } },
      who,
      texts,
    );
    assert.equal(statusCode, 200);
    assert.equal(type, 'application/vnd.microsoft.search.searchResponse');
    return value.results;
  };

  it('offers each match with its domain, and sends back its tenant id', () => {
    assert.deepEqual(find('advent'), [
      { title: 'Adventure Works (adventureworks.example)', value: idOf(100) },
      { title: 'Adventure Works (adventureworkscycles.example)', value: idOf(101) },
    ]);
  });

  it('finds by any part of the name, the beginning of the domain, and the tenant id, in any case', () => {
    for (const words of [
      'LIBERTY',
      'bert',
      'liberty.ex',
      idOf(102),
      `{${idOf(102).toUpperCase()}}`,
      ' prize   liberty ',
    ])
      assert.deepEqual(
        find(words).map(({ value }) => value),
        [idOf(102)],
        words,
      );
  });

  it('offers no more than Teams shows', () => {
    assert.equal(find('north').length, 15);
    assert.equal(find('').length, 15);
  });

  it('offers nothing for what is nobody’s name', () => {
    for (const words of ['nobody', 'x'.repeat(100_000), '\u0000', '.*', '%', '__proto__', '🙂'])
      assert.deepEqual(find(words), []);
  });

  it('shows nobody’s name to somebody who may not ask for removals', () => {
    for (const who of [approver, person('99999999-9999-4999-8999-999999999999')])
      assert.deepEqual(find('advent', who), []);
    assert.ok(refused.includes(`${approver.id}: search`));
  });

  it('answers whatever a client sends, and shows nothing for it', () => {
    const garbage = [
      undefined,
      null,
      'x',
      5,
      [],
      {},
      { queryText: 'advent' },
      { dataset: 'customers' },
      { queryText: 'advent', dataset: 'people' },
      { queryText: 'advent', dataset: ['customers'] },
      { queryText: ['advent'], dataset: 'customers' },
      { queryText: { toString: 'advent' }, dataset: 'customers' },
    ];

    for (const value of garbage)
      assert.deepEqual(search(value, requester, textsFor('en')).value.results, [], JSON.stringify(value));
  });

  it('asks Partner Center nothing', () => {
    const before = calls;

    for (const words of ['n', 'no', 'nor', 'nort', 'north']) find(words);

    assert.equal(calls, before);
  });

  it('no longer offers a customer that was removed', () => {
    directory.removed(idOf(100));

    assert.deepEqual(
      find('advent').map(({ value }) => value),
      [idOf(101)],
    );
  });

  describe('in a list that could not be read', () => {
    beforeEach(async () => {
      directory.stop();
      const ids = { requestId: 'r-17', correlationId: 'c-17' };
      await start(() => Promise.reject(new PartnerCenterError('unavailable', { operation: 'list customers', ids })));
    });

    it('says so with the id to quote, and sends back the words to search for', () => {
      assert.deepEqual(find('advent'), [
        {
          title: 'The list of customers could not be read yet. It is tried again by itself. Correlation id c-17',
          value: 'advent',
        },
      ]);
      assert.match(
        find('advent', requester, textsFor('ru'))[0]?.title ?? '',
        /не удалось загрузить.*Идентификатор корреляции c-17/,
      );
    });

    it('says nothing to somebody who may not ask for removals', () => {
      assert.deepEqual(find('advent', approver), []);
    });
  });

  it('says of a list that is still being read that whoever is missing may be on its way', async () => {
    directory.stop();
    directory = createDirectory({
      partnerCenter: { customers: () => new Promise(() => undefined) },
      clock: () => new Date(),
      actAs: 'bot',
      refreshMs: 3_600_000,
    });
    directory.start();
    search = createCustomerSearch({ directory, roles: rolesOf(), refusals });

    assert.deepEqual(
      find('advent').map(({ title }) => title),
      ['The list of customers is still being read: 0 so far. Whoever is missing may be on its way.'],
    );
  });
});

function idOf(n: number): string {
  return `${String(n).padStart(8, '0')}-0000-4000-8000-000000000000`;
}
function customer(n: number, companyName: string, domain: string): Customer {
  return { id: idOf(n), companyName, domain, relationshipToPartner: 'reseller' };
}
function person(id: string): Person {
  return { id, name: 'Ada', teamsId: `29:${id}`, locale: 'en-US' };
}
