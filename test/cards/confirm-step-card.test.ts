import assert from 'node:assert/strict';
import { confirmStepCard, type ConfirmStepView } from '../../cards/confirm-step-card.ts';
import { textsFor } from '../../cards/texts/texts.ts';
import { FOREIGN } from './foreign-texts.ts';
import { CUSTOMER_ID, customerOf, guidNumber, NONCE, offerOf } from './readiness-views.ts';
import { buttonTitled, titlesOf, wordsOf, type Node } from './walk.ts';

const office = { ...FOREIGN['everyday']!, name: 'Office 365 E3' };
const draw = (view: Partial<ConfirmStepView>) =>
  confirmStepCard(
    {
      customer: customerOf(office),
      action: 'suspend',
      offers: [offerOf(office)],
      all: false,
      nonce: NONCE,
      yesNonce: `${NONCE}.all`,
      isSandbox: false,
      ...view,
    },
    textsFor('en'),
  );

describe('the question whether to suspend', () => {
  it('names what is suspended, and sends which one it is', () => {
    const card = draw({});

    assert.match(wordsOf(card), /This subscription will be suspended:\n• {2}Office 365 E3 × 10/);
    assert.deepEqual(titlesOf(card), ['Back', 'Yes, suspend']);
    assert.deepEqual(buttonTitled(card, 'Yes, suspend')?.['data'], {
      verb: 'subscription.confirm-suspend',
      customerId: CUSTOMER_ID,
      holdingId: guidNumber(1),
      nonce: `${NONCE}.all`,
    });
  });

  it('names all of them when it asks about all, page by page with their number in sight, and asks on the last one only', () => {
    const offers = Array.from({ length: 45 }, (_, n) =>
      offerOf({ name: `Plan ${n + 1}.` }, { holdingId: guidNumber(n) }),
    );
    const pages = [0, 1, 2, 3].map((page) => draw({ all: true, offers, page }));

    const words = pages.map(wordsOf).join('\n');
    for (const { name } of offers) assert.equal(words.split(`•  ${name} × 10`).length, 2, name);
    for (const page of pages) assert.match(wordsOf(page), /These 45 subscriptions will be suspended:/);
    assert.match(wordsOf(pages[1]!), /Lines 13–24 of 45/);
    assert.deepEqual(pages.map(titlesOf), [
      ['Next', 'Back'],
      ['Previous', 'Next', 'Back'],
      ['Previous', 'Next', 'Back'],
      ['Previous', 'Back', 'Yes, suspend'],
    ]);
    assert.deepEqual(buttonTitled(pages[0]!, 'Next')?.['data'], {
      ...{ verb: 'legacy.suspend', customerId: CUSTOMER_ID, nonce: NONCE, page: 1 },
    });
    assert.equal((buttonTitled(pages[3]!, 'Yes, suspend')?.['data'] as Node)['nonce'], `${NONCE}.all`);
  });

  it('says what it means: for licences, for Azure, for add-ons, and for each of them together', () => {
    const azure = offerOf(office, { class: 'azure-plan' });

    assert.match(wordsOf(draw({})), /Users lose access at once\. Billing stops\..* after 90 days/);
    assert.doesNotMatch(wordsOf(draw({})), /add-ons|under it/);
    assert.match(
      wordsOf(draw({ offers: [azure] })),
      /Everything that runs under it stops\. .*deletes the data after 90 days,/,
    );
    assert.doesNotMatch(wordsOf(draw({ offers: [azure] })), /Users lose access/);
    assert.match(
      wordsOf(
        draw({
          offers: [offerOf(office, { addOns: [{ holdingId: guidNumber(2), name: 'Visio', quantity: 1 }] }), azure],
        }),
      ),
      /90 days.*\nEverything that runs under it stops\..*\nIts add-ons are suspended with it\./,
    );
  });
});

describe('the question whether to suspend new commerce', () => {
  const newCommerce = offerOf(office, {
    class: 'new-commerce-licence',
    clears: false,
    billedUntil: '2031-05-06T23:59:59.000Z',
  });

  it('says that it stops access only: billing goes on, it blocks as before, and what it ends does not come back', () => {
    const words = wordsOf(draw({ offers: [newCommerce] }));

    assert.match(words, /^Suspend access only\?/);
    assert.match(words, /Billing goes on until May 6, 2031 UTC\./);
    assert.match(words, /It stands in the way as before: this clears nothing\./);
    assert.match(words, /Auto-renew goes off and scheduled changes are deleted\. Reactivating brings neither back\./);
    assert.match(words, /cannot be transferred to another partner/);
    assert.doesNotMatch(words, /Billing stops|90 days/);
  });

  it('does not say that it clears nothing where the operator lets Partner Center decide', () => {
    assert.doesNotMatch(wordsOf(draw({ offers: [{ ...newCommerce, clears: true }] })), /clears nothing/);
  });
});

describe('the question whether to reactivate', () => {
  it('names the add-ons that come back too, and says what does not', () => {
    const card = draw({ action: 'reactivate', offers: [offerOf(office)], addOnsBack: ['Visio Plan 2'] });

    assert.match(wordsOf(card), /^Reactivate\?/);
    assert.match(wordsOf(card), /Its add-ons are reactivated too:\n• {2}Visio Plan 2/);
    assert.match(wordsOf(card), /billed again\. It stands in the way of a removal again\./);
    assert.match(wordsOf(card), /Data that Microsoft has deleted does not come back\./);
    assert.deepEqual(titlesOf(card), ['Back', 'Yes, reactivate']);
    assert.equal(buttonTitled(card, 'Yes, reactivate')?.['verb'], 'subscription.confirm-reactivate');
  });

  it('asks below the last of its add-ons only, from the readiness card and from that of a request', () => {
    const addOnsBack = Array.from({ length: 20 }, (_, n) => `Add-on ${n + 1}.`);
    for (const ofRequest of [undefined, { id: guidNumber(9), isBlocked: false }]) {
      const pages = [0, 1].map((page) =>
        draw({ action: 'reactivate', addOnsBack, page, ...(ofRequest !== undefined && { ofRequest }) }),
      );

      assert.deepEqual(pages.map(titlesOf), [
        ['Next', 'Back'],
        ['Previous', 'Back', 'Yes, reactivate'],
      ]);
      assert.match(wordsOf(pages[0]!), /Lines 1–12 of 21/);
      assert.match(wordsOf(pages[1]!), /Data that Microsoft has deleted does not come back\./);
    }
  });

  it('says of new commerce that auto-renew and scheduled changes stay as they are', () => {
    const words = wordsOf(draw({ action: 'reactivate', offers: [offerOf(office, { class: 'new-commerce-licence' })] }));

    assert.match(words, /It was billed all the time\./);
    assert.match(words, /Auto-renew stays off and deleted scheduled changes stay deleted/);
  });
});

describe('the question whether to turn off auto-renew', () => {
  const ask = (more: Parameters<typeof offerOf>[1]) =>
    draw({ action: 'auto-renew-off', offers: [offerOf(office, { ...more, clears: false })] });

  it('says of new commerce that the end of the term is not the end of billing', () => {
    const card = ask({ class: 'new-commerce-licence', billedUntil: '2031-05-06T23:59:59.000Z' });

    assert.match(wordsOf(card), /^Turn off auto-renew\?/);
    assert.match(wordsOf(card), /does not renew when its term ends on May 6, 2031 UTC/);
    assert.match(wordsOf(card), /does not end billing: unless “cancel at end of term” is set/);
    assert.deepEqual(titlesOf(card), ['Back', 'Yes, turn off auto-renew']);
  });

  it('says nothing of it where there is no paid extension', () => {
    assert.doesNotMatch(wordsOf(ask({ class: 'marketplace' })), /end billing/);
  });
});
