import assert from 'node:assert/strict';
import { confirmSuspendCard, type ConfirmSuspendView } from '../../cards/confirm-suspend-card.ts';
import { textsFor } from '../../cards/texts/texts.ts';
import { FOREIGN } from './foreign-texts.ts';
import { CUSTOMER_ID, customerOf, guidNumber, holdingLine, linesOf, NONCE } from './readiness-views.ts';
import { buttonTitled, titlesOf, wordsOf } from './walk.ts';

const office = { ...FOREIGN['everyday']!, name: 'Office 365 E3' };
const draw = (view: Partial<ConfirmSuspendView>) =>
  confirmSuspendCard(
    {
      customer: customerOf(office),
      lines: [holdingLine(office)],
      takesAddOns: false,
      all: false,
      nonce: NONCE,
      isSandbox: false,
      ...view,
    },
    textsFor('en'),
  );

describe('the question whether to suspend', () => {
  it('names what is suspended, and sends which one it is', () => {
    const card = draw({});

    assert.match(wordsOf(card), /This subscription will be suspended:\n• {2}Office 365 E3 × 10/);
    assert.deepEqual(titlesOf(card), ['Yes, suspend', 'Back']);
    assert.deepEqual(buttonTitled(card, 'Yes, suspend')?.['data'], {
      verb: 'subscription.confirm-suspend',
      customerId: CUSTOMER_ID,
      holdingId: guidNumber(1),
      nonce: NONCE,
    });
  });

  it('names all of them when it asks about all, and counts those it has no room for', () => {
    const words = wordsOf(draw({ all: true, lines: linesOf(office, 'blocks', 45) }));

    assert.match(words, /These 45 subscriptions will be suspended:/);
    assert.equal(words.match(/• {2}Office 365 E3 × 10/g)?.length, 40);
    assert.match(words, /and 5 more/);
  });

  it('says what it means: for licences, for Azure, for add-ons, and for each of them together', () => {
    const azure = holdingLine(office, { class: 'azure-plan' });

    assert.match(wordsOf(draw({})), /Users lose access at once\. Billing stops\..* after 90 days/);
    assert.doesNotMatch(wordsOf(draw({})), /add-ons|under it/);
    assert.match(wordsOf(draw({ lines: [azure] })), /Everything that runs under it stops\./);
    assert.doesNotMatch(wordsOf(draw({ lines: [azure] })), /90 days/);
    assert.match(
      wordsOf(draw({ lines: [holdingLine(office), azure], takesAddOns: true })),
      /90 days.*\nEverything that runs under it stops\..*\nIts add-ons are suspended with it\./,
    );
  });
});
