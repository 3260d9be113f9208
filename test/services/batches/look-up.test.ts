import assert from 'node:assert/strict';
import { readCustomerList } from '../../../services/batches/customer-list.ts';
import { lookUp, MOST_CUSTOMERS } from '../../../services/batches/look-up.ts';
import { createCustomerFinder } from '../../../services/customers/find-customers.ts';
import { merged } from '../../../services/customers/customer-index.ts';
import { searchIndex } from '../../../services/customers/search.ts';
import { asPerson, PartnerCenterError, type Customer } from '../../../services/partner-center/partner-center.ts';
import { without } from '../../../services/requests/moves.ts';
import { recordFor, requestIn } from '../requests/request-in.ts';

const OWN = '00000000-0000-4000-8000-00000000aaaa';
const GONE = '00000000-0000-4000-8000-00000000bbbb';
const idOf = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const customer = (n: number, companyName: string, domain: string): Customer => ({
  ...{ id: idOf(n), companyName, domain },
  relationshipToPartner: 'reseller',
});
const CUSTOMERS = [
  customer(1, 'Contoso', 'contoso.com'),
  customer(2, 'Contoso Suites', 'contososuites.com'),
  customer(3, 'Adventure Works', 'adventureworks.com'),
  customer(4, 'Adventure Works', 'adventureworkscycles.com'),
  customer(5, 'Naïve Café, Ltd', 'naive.example'),
];

interface World {
  readonly customers?: readonly Customer[];
  readonly isComplete?: boolean;
}

async function looked(text: string, { customers = CUSTOMERS, isComplete = true }: World = {}) {
  const index = merged([], customers);
  const unreadable = (): Promise<never> => Promise.reject(fault('unavailable', 503));
  const finder = createCustomerFinder({
    directory: {
      search: (words, limit) => ({ ...searchIndex(index, words, limit), complete: isComplete }),
      byId: (id) => customers.find((one) => one.id === id),
      start: () => undefined,
      stop: () => undefined,
      state: () => ({ kind: 'loading', known: 0 }),
      page: () => [],
      removed: () => undefined,
    },
    partnerCenter: {
      customer: () => (isComplete ? Promise.reject(fault('not-found', 404)) : unreadable()),
      customersStartingWith: unreadable,
    },
    partnerTenantId: OWN,
  });
  const removed = recordFor({
    ...requestIn('done'),
    customer: { id: GONE, companyName: 'Gone Fishing', domain: 'gone.example' },
    stateSince: '2026-06-01T10:00:00.000Z',
  });
  return lookUp(readCustomerList(text).lines, {
    finder,
    actAs: asPerson('ada'),
    ofCustomer: (id) => Promise.resolve(id === GONE ? removed : undefined),
    ofPerson: () => Promise.resolve([removed]),
  });
}

const fault = (kind: 'unavailable' | 'not-found', status: number): PartnerCenterError =>
  new PartnerCenterError(kind, { operation: 'customer', ids: { requestId: 'r', correlationId: 'c' } }, { status });

describe('looking a list up', () => {
  it('finds each customer by tenant id, by its whole domain or by its whole name', async () => {
    const { found, fates } = await looked(`${idOf(1)}\nContosoSuites.com\nnaive cafe, LTD\n`);

    assert.deepEqual(
      found.map(({ line, customer: { id } }) => [line, id]),
      [
        [1, idOf(1)],
        [2, idOf(2)],
        [3, idOf(5)],
      ],
    );
    assert.deepEqual(fates, []);
  });

  const fates: readonly (readonly [what: string, line: string, expected: object])[] = [
    ['a name that is only similar', 'Contos', { why: 'not-exact', names: ['contoso.com', 'contososuites.com'] }],
    [
      'a name that two have',
      'adventure works',
      { why: 'ambiguous', names: ['adventureworks.com', 'adventureworkscycles.com'] },
    ],
    ['the own tenant', OWN, { why: 'own-tenant' }],
    ['somebody unknown', 'nobody.example', { why: 'unknown' }],
    ['an unknown tenant', idOf(99), { why: 'unknown' }],
    ['who was removed, by tenant id', GONE, { why: 'removed', at: '2026-06-01T10:00:00.000Z' }],
    ['who was removed, by domain', 'gone.example', { why: 'removed', at: '2026-06-01T10:00:00.000Z' }],
    [
      'a tenant id with somebody else’s domain',
      `${idOf(1)};contososuites.com`,
      { why: 'contradicts', names: ['contoso.com'] },
    ],
    [
      'a domain with somebody else’s tenant id',
      `${idOf(2)};contoso.com`,
      { why: 'contradicts', names: ['contososuites.com'] },
    ],
    [
      'a domain with somebody else’s name',
      ';contososuites.com;Contoso',
      { why: 'contradicts', names: ['contososuites.com', 'contoso.com'] },
    ],
  ];
  for (const [what, line, expected] of fates)
    it(`says of ${what} why it is none, with the number of its line`, async () => {
      const { found, fates: told } = await looked(`Contoso;\n${line}`);

      assert.deepEqual(
        found.map(({ customer: { id } }) => id),
        [idOf(1)],
      );
      assert.equal(told.length, 1);
      assert.equal(told[0]!.line, 2);
      assert.deepEqual(without(told[0]!, 'line', 'text'), expected);
    });

  it('finds the others where one row has a quote that is not closed, and calls that row not readable, not unknown', async () => {
    const { found, fates: told } = await looked('name;domain\nContoso;contoso.com\n"Contoso;contososuites.com\n');

    assert.deepEqual(
      found.map(({ line, customer: { id } }) => [line, id]),
      [[2, idOf(1)]],
    );
    assert.deepEqual(told, [{ line: 3, text: '"Contoso;contososuites.com', why: 'unreadable' }]);
  });

  it('names the line that a customer is on already', async () => {
    const { found, fates: told } = await looked('Contoso\nAdventure Works;adventureworks.com\ncontoso.com\n');

    assert.equal(found.length, 2);
    assert.deepEqual(told, [{ line: 3, text: 'contoso.com', why: 'duplicate', of: 1 }]);
  });

  it('takes a shared name where a domain says which', async () => {
    const { found } = await looked('Adventure Works;adventureworkscycles.com\n;;');

    assert.deepEqual(
      found.map(({ customer: { id } }) => id),
      [idOf(4)],
    );
  });

  it('takes nobody for unknown whom it could not look for', async () => {
    const { found, fates: told } = await looked('nobody.example\nContoso\n', { isComplete: false });

    assert.deepEqual(
      found.map(({ customer: { id } }) => id),
      [idOf(1)],
    );
    assert.deepEqual(
      told.map(({ why }) => why),
      ['unread'],
    );
  });

  it('takes as many as one batch may have, and says so of the others', async () => {
    const many = Array.from({ length: MOST_CUSTOMERS + 3 }, (_, n) =>
      customer(n + 10, `Firm ${n}`, `firm${n}.example`),
    );

    const { found, fates: told } = await looked(many.map(({ domain }) => domain).join('\n'), { customers: many });

    assert.equal(found.length, MOST_CUSTOMERS);
    assert.deepEqual(
      told.map(({ why, most }) => [why, most]),
      Array.from({ length: 3 }, () => ['too-many', MOST_CUSTOMERS]),
    );
  });
});
