import assert from 'node:assert/strict';
import { providerCard } from '../../cards/provider-card.ts';
import { textsFor } from '../../cards/texts/texts.ts';
import { CUSTOMER_ID, guidNumber } from './readiness-views.ts';
import { ofType, readingOf, wordsOf } from './walk.ts';

const contoso = { id: CUSTOMER_ID, companyName: 'Contoso', domain: 'contoso.onmicrosoft.com' };
const own = guidNumber(7);

describe('what an indirect reseller is shown', () => {
  it('is that the provider ends the relationship, and for whom', () => {
    const words = wordsOf(providerCard({ customer: contoso, partnerTenantId: own }, textsFor('en')));

    assert.match(words, /^Your indirect provider ends this relationship\n/);
    assert.match(words, /only they can remove it\. It then ends for all resellers of that provider/);
    assert.match(words, /Nothing was changed/);
  });

  it('is what to send the provider, a line each', () => {
    const reading = readingOf(providerCard({ customer: contoso, partnerTenantId: own }, textsFor('en')));

    assert.deepEqual(reading.slice(-7), [
      'Please end the reseller relationship with this customer.',
      'Customer: Contoso',
      'Domain: contoso.onmicrosoft.com',
      `The customer’s tenant id: ${CUSTOMER_ID}`,
      `Our tenant id, as indirect reseller: ${own}`,
      'Reason: (to be filled in)',
      'To end on: (to be filled in)',
    ]);
  });

  it('leaves to be filled in what is not known', () => {
    const reading = readingOf(providerCard({ customer: { companyName: 'Contoso' } }, textsFor('en')));

    assert.deepEqual(
      reading.filter((line) => line.endsWith(': (to be filled in)')).map((line) => line.split(':')[0]),
      ['Domain', 'The customer’s tenant id', 'Our tenant id, as indirect reseller', 'Reason', 'To end on'],
    );
  });

  it('has nothing to press', () => {
    const card = providerCard({ customer: contoso, partnerTenantId: own }, textsFor('ru'));

    assert.deepEqual(ofType(card, 'Action.Execute', 'Action.OpenUrl', 'Input.Text'), []);
    assert.match(wordsOf(card), /Эти отношения прекращает ваш косвенный поставщик/);
  });
});
