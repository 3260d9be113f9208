import assert from 'node:assert/strict';
import { batchCard, batchClearCard, batchListCard } from '../../cards/batch-card.ts';
import { batchCustomerCard } from '../../cards/batch-customer-card.ts';
import { batchFormCard } from '../../cards/batch-form-card.ts';
import { textsFor } from '../../cards/texts/texts.ts';
import type { Batch, Member, Reading, Suspendable } from '../../services/batches/batch.ts';
import { progressOf, standingOf } from '../../services/batches/standing.ts';
import type { Besides } from '../../services/readiness/besides.ts';
import { guidNumber, NONCE, READ_AT, readinessOf } from './readiness-views.ts';
import { FOREIGN } from './foreign-texts.ts';
import { everyRequest } from './request-records.ts';
import { buttonsOf, buttonTitled, titlesOf, wordsOf } from './walk.ts';

const BATCH: Batch = {
  ...{ schema: 1, id: guidNumber(9_000), requester: { id: 'ada', name: 'Ada' }, begunAt: READ_AT, revision: 1 },
  ...{ fates: [], more: 0, forms: [] },
};
const texts = textsFor('en');
const memberOf = (n: number, reading: Omit<Reading, 'at'>): Member => ({
  ...{ customer: { id: guidNumber(n), companyName: `Customer ${n}`, domain: `customer${n}.example` }, line: n },
  reading: { at: READ_AT, ...reading },
});
const order: Besides = {
  ...{ mayBlock: 0, toKnow: 2 },
  first: { group: 'to-know', kind: 'pending-order', holdingId: 'order', status: 'pending' },
};

const moving: Besides = {
  ...{ mayBlock: 1, toKnow: 1 },
  first: { group: 'to-know', kind: 'transfer', holdingId: 't', status: 'active', count: 3, to: 'Northwind' },
};
const formOf = (members: readonly Member[]) =>
  batchFormCard(
    {
      ...{ batch: BATCH, members, approvers: [], filledIn: {}, nonce: NONCE, namedNonce: NONCE, isSandbox: false },
    },
    texts,
  );

describe('the card of several customers', () => {
  const shown = (members: readonly Member[], page = 0, batch: Batch = BATCH) => {
    const standings = members.map((member) => ({ member, standing: standingOf(member, undefined) }));
    return batchCard(
      {
        ...{ batch, standings, progress: progressOf(standings), page, nonce: NONCE, nonceOf: () => NONCE },
        ...{ ready: 0, clearable: 0, isSandbox: false },
      },
      texts,
    );
  };

  it('says that a list holds no customer, and nothing of how each is decided', () => {
    const batch: Batch = { ...BATCH, fates: [{ line: 1, text: '"Contoso;', why: 'unreadable' }] };

    const words = wordsOf(shown([], 0, batch));

    assert.match(words, /No customer in this list\.\n/);
    assert.match(words, /Line 1, “"Contoso;”: not a row of a table/);
  });

  it('says of each what is to be known of it, in short, and leads to all of it', () => {
    const card = shown([memberOf(1, { kind: 'ready', besides: order }), memberOf(2, { kind: 'ready' })]);

    assert.match(
      wordsOf(card),
      /Customer 1 · customer1\.example\nTo know: 2\nAn order is still under way \(pending\)\. .*\nDetails\nCustomer 2/,
    );
    const details = buttonsOf(card).filter(({ verb }) => verb === 'batch.customer');
    assert.deepEqual(
      details.map(({ data }) => data),
      [{ verb: 'batch.customer', batchId: BATCH.id, customerId: guidNumber(1), nonce: NONCE }],
    );
  });

  it('says first that a transfer is open, and so does the form, by number', () => {
    const members = [memberOf(1, { kind: 'ready' }), memberOf(2, { kind: 'ready', besides: moving })];

    assert.match(
      wordsOf(shown(members)),
      /customer2\.example\nA transfer of 3 items to Northwind is open \(active\)\. .*\nMay stand in the way: 1 · To know: 1\nDetails\n/,
    );
    assert.match(
      wordsOf(formOf(members)),
      /A transfer to another partner is open for these numbers: 2\. It should be accepted in Partner Center, and be completed, before the removal\./,
    );
    assert.doesNotMatch(wordsOf(formOf(members.slice(0, 1))), /transfer/);
  });

  it('says so on the card of one customer of it, too', () => {
    const { customer } = memberOf(1, { kind: 'ready' });
    const readiness = readinessOf(FOREIGN['everyday']!, { kind: 'clear' }, [moving.first]);

    assert.match(
      wordsOf(batchCustomerCard({ batch: BATCH, customer, readiness, page: 0, nonce: NONCE, isSandbox: false }, texts)),
      /A transfer to Northwind is open\. It should be accepted in Partner Center, and be completed, before the removal\./,
    );
  });

  it('leads to all that stands in the way of one, too', () => {
    for (const kind of ['clear-here', 'approve-first', 'elsewhere', 'wait', 'unread'] as const)
      assert.ok(titlesOf(shown([memberOf(1, { kind })])).includes('Details'), kind);
  });

  it('shows each row on one page, however long names are', () => {
    const long = (n: number): Member => {
      const member = memberOf(n, { kind: 'ready', besides: order });
      return { ...member, customer: { ...member.customer, companyName: `${n}: ${'Ж'.repeat(n % 3 === 0 ? 200 : 3)}` } };
    };
    const members = Array.from({ length: 50 }, (_, n) => long(n));
    const fates = Array.from({ length: 150 }, (_, n) => ({ line: n + 51, text: 'Nobody', why: 'unknown' as const }));
    const pages = Array.from({ length: 30 }, (_, page) => shown(members, page, { ...BATCH, fates }));
    const last = pages.findIndex((card) => !titlesOf(card).includes('Next'));

    const words = pages
      .slice(0, last + 1)
      .map(wordsOf)
      .join('\n');
    for (const { customer } of members) assert.equal(words.split(` · ${customer.domain}\n`).length, 2, customer.domain);
    for (const { line } of fates) assert.equal(words.split(`Line ${line}, `).length, 2, `line ${line}`);
  });
});

describe('the form for several customers', () => {
  it('names each of them, the first ten at once and the others where *More* leads', () => {
    const card = formOf(Array.from({ length: 50 }, (_, n) => memberOf(n + 1, { kind: 'ready' })));

    const hidden = JSON.stringify(card.body.filter((one) => 'isVisible' in one));
    for (let n = 1; n <= 50; n++) {
      assert.ok(JSON.stringify(card).includes(`${n}.  Customer ${n} · customer${n}.example`));
      assert.equal(hidden.includes(`${n}.  Customer ${n} · `), n > 10, `customer ${n}`);
    }
    assert.match(wordsOf(card), /These 50 relationships end/);
    assert.match(wordsOf(card), /and 40 more/);
    assert.ok(buttonTitled(card, 'More'));
  });

  it('says for how many there is more to know', () => {
    const ready = memberOf(1, { kind: 'ready' });

    assert.doesNotMatch(wordsOf(formOf([ready])), /more to know/);
    assert.match(
      wordsOf(formOf([ready, memberOf(2, { kind: 'ready', besides: order })])),
      /For 1 of them there is more to know: it stands beside it in the list\./,
    );
  });
});

describe('the list of whoever decides', () => {
  it('says of each that waits what is to be known of it', () => {
    const { pending, declined } = everyRequest(FOREIGN['everyday']!);
    const view = { batchId: BATCH.id, page: 0, nonce: NONCE, nonceOf: () => NONCE, isSandbox: false };
    const words = wordsOf(batchListCard({ ...view, requests: [pending!, declined!], besidesOf: () => order }, texts));

    assert.equal(words.match(/To know: 2\nAn order is still under way/g)?.length, 1);
  });
});

describe('the question whether to suspend for several customers', () => {
  const NAMED = { namedNonce: `${NONCE}.x`, yesNonce: `${NONCE}.y` };

  it('names everything, page by page, each below whose it is, and asks on the last page only', () => {
    const suspendable = (n: number): Suspendable[] =>
      Array.from({ length: 5 }, (_, at) => ({ holdingId: guidNumber(at), name: `Plan ${n}-${at}.`, quantity: 1 }));
    const members = Array.from({ length: 9 }, (_, n) =>
      memberOf(n, { kind: 'clear-here', suspendable: suspendable(n) }),
    );
    const pages = [0, 1, 2].map((page) =>
      batchClearCard({ ...{ batch: BATCH, members, page, nonce: NONCE }, ...NAMED, isSandbox: false }, texts),
    );

    const words = pages.map(wordsOf);
    for (const { name } of members.flatMap((_, n) => suspendable(n)))
      assert.equal(words.join('\n').split(`•  ${name} × 1`).length, 2, name);
    assert.match(words[1]!, /\nCustomer 4 · customer4\.example\n• {2}Plan 4-0\./);
    assert.match(words[1]!, /21–40 of 45/);
    // Where *Next* was there is *Back*: the second press of a double press decides nothing.
    assert.deepEqual(pages.map(titlesOf), [
      ['Next', 'Back'],
      ['Next', 'Back'],
      ['Back', 'Yes, suspend'],
    ]);
    // Turning the page says what was named, so that what comes meanwhile is noticed.
    assert.deepEqual(buttonTitled(pages[0]!, 'Next')?.['data'], {
      ...{ verb: 'batch.clear', batchId: BATCH.id, nonce: `${NONCE}.x`, page: 1 },
    });
    assert.deepEqual(buttonTitled(pages[2]!, 'Yes, suspend')?.['data'], {
      ...{ verb: 'batch.confirm-clear', batchId: BATCH.id, nonce: `${NONCE}.y` },
    });
  });

  const asked = (more: Partial<Suspendable>): string => {
    const customer = { id: guidNumber(1), companyName: 'Contoso', domain: 'contoso.example' };
    const suspendable = [{ holdingId: guidNumber(2), name: 'Azure plan', quantity: 1, ...more }];
    const reading = { at: READ_AT, kind: 'clear-here' as const, count: 1, suspendable };
    const members = [{ customer, line: 1, reading }];
    const view = { ...{ batch: BATCH, members, page: 0, nonce: NONCE }, ...NAMED, isSandbox: false };
    return wordsOf(batchClearCard(view, textsFor('en')));
  };

  it('says what it means: for licences, for Azure, for add-ons', () => {
    assert.match(asked({ class: 'legacy-licence' }), /after 90 days/);
    assert.doesNotMatch(asked({ class: 'legacy-licence' }), /add-ons|under it/);
    assert.match(
      asked({ class: 'azure-plan' }),
      /Everything that runs under it stops\. .*deletes the data after 90 days/,
    );
    assert.doesNotMatch(asked({ class: 'azure-plan' }), /Users lose access/);
    assert.match(asked({ class: 'legacy-licence', hasAddOns: true }), /Its add-ons are suspended with it\./);
  });
});
