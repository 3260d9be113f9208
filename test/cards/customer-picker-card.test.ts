import assert from 'node:assert/strict';
import { CUSTOMER_DATASET, customerPickerCard, type CustomerPickerView } from '../../cards/customer-picker-card.ts';
import { textsFor } from '../../cards/texts/texts.ts';
import { guidNumber } from './readiness-views.ts';
import { buttonsOf, ofType, readingOf, titlesOf, wordsOf } from './walk.ts';

const named = (companyName: string, domain: string, n: number) => ({
  id: guidNumber(n),
  companyName,
  domain,
  relationshipToPartner: 'reseller',
});
const twins = [
  named('Adventure Works', 'works.onmicrosoft.com', 1),
  named('Adventure Works', 'cycles.onmicrosoft.com', 2),
];

const draw = (view: Partial<CustomerPickerView>, language = 'en') =>
  customerPickerCard(
    {
      customers: twins,
      found: { kind: 'page', page: 0, from: 0, total: 2 },
      hasMore: false,
      directory: { kind: 'ready' },
      ...view,
    },
    textsFor(language),
  );
const pagesOf = (view: Partial<CustomerPickerView>) =>
  buttonsOf(draw(view)).flatMap(({ verb, title, data }) =>
    verb === 'customer.page' ? [[title, (data as { page: number }).page]] : [],
  );

const unread = {
  fault: 'unavailable',
  meaning: undefined,
  ids: { requestId: 'r-17', correlationId: 'c-17' },
} as const;
const UNREAD = /Partner Center does not answer at the moment\.[^\n]*\nCorrelation id c-17/;

describe('the choice of a customer', () => {
  it('tells two customers of one name apart by domain and tenant id', () => {
    const reading = readingOf(draw({}));

    for (const { domain, id } of twins) {
      assert.ok(reading.includes(domain));
      assert.ok(reading.includes(`Tenant ${id}`));
    }
  });

  it('has a button beside each that names this one by id alone', () => {
    const chosen = buttonsOf(draw({})).filter(({ title }) => title === 'Choose');

    assert.deepEqual(
      chosen.map(({ data }) => data),
      [{ verb: 'customer.choose' }, ...twins.map(({ id }) => ({ verb: 'customer.choose', customerId: id }))],
    );
  });

  it('offers customers while somebody types, and a search by words where that is weak', () => {
    const card = draw({});

    const [typeahead] = ofType(card, 'Input.ChoiceSet');
    assert.deepEqual(typeahead?.['choices.data'], { type: 'Data.Query', dataset: CUSTOMER_DATASET });
    assert.deepEqual(
      ofType(card, 'Input.Text').map(({ id }) => id),
      ['search'],
    );
    assert.deepEqual(
      // What is typed above and not picked is not sent by Teams.
      [typeahead['label'], ...ofType(card, 'Input.Text').map(({ label }) => label)],
      ['Type a name or domain, then pick from the list', 'Not in the list? Search by words'],
    );
    assert.ok(titlesOf(card).includes('Search'));
  });

  it('has the client say what to do where words were typed and nobody was picked', () => {
    const [typeahead] = ofType(draw({}), 'Input.ChoiceSet');

    assert.equal(typeahead?.['errorMessage'], 'Nothing was chosen. Type a name and pick a customer from the list.');
    // What is left empty is sent, and answered.
    assert.equal(typeahead['isRequired'], undefined);
  });

  it('says which part of the list it shows', () => {
    const middle = { found: { kind: 'page', page: 1, from: 8, total: 31 } as const };

    assert.match(wordsOf(draw(middle)), /Customers 9–10 of 31/);
    assert.match(wordsOf(draw(middle, 'ru')), /Клиенты 9–10 из 31/);
  });

  it('goes on and back as far as there are pages', () => {
    assert.deepEqual(pagesOf({ hasMore: false }), []);
    assert.deepEqual(pagesOf({ hasMore: true }), [['More', 1]]);
    assert.deepEqual(pagesOf({ hasMore: true, found: { kind: 'page', page: 2, from: 16, total: 31 } }), [
      ['Back', 1],
      ['More', 3],
    ]);
    assert.deepEqual(pagesOf({ found: { kind: 'page', page: 3, from: 24, total: 26 } }), [['Back', 2]]);
  });

  it('leads back from what was found to everybody', () => {
    assert.deepEqual(pagesOf({ found: { kind: 'search', words: 'adventure', more: false } }), [['Back', 0]]);
  });

  it('says how many were found, and that there are more than it shows', () => {
    const found = (more: boolean) => wordsOf(draw({ found: { kind: 'search', words: 'adv', more } }));

    assert.match(found(false), /2 customers match “adv”/);
    assert.match(found(true), /The first 2 customers that match “adv”\. Add a word to narrow it down\./);
  });

  it('says that nobody was found, and what may be the reason', () => {
    const words = wordsOf(draw({ customers: [], found: { kind: 'search', words: 'gone', more: false } }));

    assert.match(words, /No customer matches “gone”\.\nA customer that was removed already/);
  });

  it('says when the list is empty, still being read, or could not be read', () => {
    const empty = { customers: [], found: { kind: 'page', page: 0, from: 0, total: 0 } } as const;

    assert.match(wordsOf(draw(empty)), /There are no customers in the list\./);
    assert.match(wordsOf(draw({ directory: { kind: 'loading', known: 1_500 } })), /still being read: 1,?500 so far/);
    assert.match(
      wordsOf(draw({ directory: { kind: 'failed' } })),
      /could not be read yet\. It is tried again by itself/,
    );
  });

  it('says why the list could not be read, and under which id it is found', () => {
    assert.match(wordsOf(draw({ directory: { kind: 'failed', unread } })), UNREAD);
  });

  it('does not say of a list that was not read that nobody is in it', () => {
    for (const directory of [{ kind: 'failed', unread } as const, { kind: 'loading', known: 0 } as const]) {
      const page = wordsOf(draw({ customers: [], found: { kind: 'page', page: 0, from: 0, total: 0 }, directory }));
      const search = wordsOf(draw({ customers: [], found: { kind: 'search', words: 'gone', more: false }, directory }));

      assert.doesNotMatch(page, /no customers/);
      assert.match(search, /Nobody found yet for “gone”/);
      assert.doesNotMatch(search, /No customer matches|was removed already/);
    }
  });

  it('says of a search that failed that nothing is known, and why', () => {
    const failed = {
      customers: [],
      found: { kind: 'search', words: 'gone', more: false, unread },
      directory: { kind: 'failed', unread },
    } as const;
    const words = wordsOf(draw(failed));

    assert.match(words, /Whether a customer matches “gone” is not known/);
    assert.match(words, UNREAD);
    assert.equal(words.split('c-17').length, 2, 'says it once');
    assert.doesNotMatch(words, /No customer matches|was removed already/);
    assert.match(wordsOf(draw(failed, 'ru')), /Неизвестно, есть ли клиент.*«gone»[^]*Идентификатор корреляции c-17/);
  });

  it('says of what a search has found before it failed that there may be others', () => {
    const words = wordsOf(draw({ found: { kind: 'search', words: 'adv', more: false, unread } }));

    assert.match(words, /2 customers match “adv”\nPartner Center could not be searched, so there may be others\./);
    assert.match(words, UNREAD);
  });
});

describe('the choice of a customer by reseller', () => {
  const brightline = { id: guidNumber(7), name: 'Brightline IT', partnerId: '5121801' };
  const unnumbered = { id: guidNumber(8), name: 'Bright & Sons' };
  const search = { found: { kind: 'search', words: 'bright', more: false } } as const;
  const among = (page: number, hasMore: boolean) => ({
    reseller: brightline,
    hasMore,
    found: { kind: 'page', page, from: page * 8, total: 20 } as const,
  });
  const listButtons = (view: Partial<CustomerPickerView>) =>
    buttonsOf(draw(view)).flatMap(({ verb, title, data }) =>
      verb === 'customer.page' || verb === 'customer.search' ? [[title, data]] : [],
    );

  it('offers the resellers that were meant, each by its id alone, and keeps what the customer is for', () => {
    const view = { ...search, resellers: { kind: 'read', resellers: [brightline, unnumbered], more: true } } as const;
    const words = wordsOf(draw(view));

    assert.match(words, /Customers of reseller Brightline IT \(PartnerID 5121801\)\nChoose/);
    assert.match(words, /Customers of reseller Bright & Sons\nChoose\nMore resellers match/);
    assert.match(wordsOf(draw(view, 'ru')), /Клиенты посредника Brightline IT \(PartnerID 5121801\)/);
    assert.deepEqual(
      listButtons({ ...view, then: 'watch.start' }).filter(([title]) => title === 'Choose'),
      [brightline, unnumbered].map(({ id }) => [
        'Choose',
        { verb: 'customer.page', then: 'watch.start', reseller: id, page: 0 },
      ]),
    );
  });

  it('says that resellers could not be read, beside the customers that were found', () => {
    const words = wordsOf(draw({ ...search, resellers: { kind: 'unread', unread } }));

    assert.match(words, /Your resellers could not be read, so none of them was searched for\.\n/);
    assert.match(words, UNREAD);
    assert.match(words, /2 customers match “bright”/);
    assert.match(wordsOf(draw({ ...search, resellers: { kind: 'unread' } })), /Your resellers could not be read/);
  });

  it('says whose customers it shows, and goes through them and back to everybody', () => {
    const first = wordsOf(draw(among(0, true)));
    const of = { verb: 'customer.page', reseller: brightline.id };

    assert.match(first, /Customers of reseller Brightline IT \(PartnerID 5121801\)\nCustomers 1–2 of 20/);
    assert.match(first, /Search the customers of this reseller/);
    assert.deepEqual(listButtons(among(0, true)), [
      ['Search', { verb: 'customer.search', reseller: brightline.id }],
      ['Back', { verb: 'customer.page', page: 0 }],
      ['More', { ...of, page: 1 }],
    ]);
    assert.deepEqual(listButtons(among(1, false)).slice(1), [['Back', { ...of, page: 0 }]]);
    assert.deepEqual(listButtons({ ...search, reseller: brightline }).slice(1), [['Back', { ...of, page: 0 }]]);
  });

  it('does not mind that the list of all customers is not there yet', () => {
    const words = wordsOf(draw({ ...among(0, false), directory: { kind: 'failed', unread } }));

    assert.doesNotMatch(words, /could not be read/);
  });
});
