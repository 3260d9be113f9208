import assert from 'node:assert/strict';
import { batchClearCard } from '../../cards/batch-card.ts';
import { textsFor } from '../../cards/texts/texts.ts';
import type { Suspendable } from '../../services/batches/batch.ts';
import { guidNumber, NONCE, READ_AT } from './readiness-views.ts';
import { wordsOf } from './walk.ts';

describe('the question whether to suspend for several customers', () => {
  const asked = (more: Partial<Suspendable>): string => {
    const customer = { id: guidNumber(1), companyName: 'Contoso', domain: 'contoso.example' };
    const suspendable = [{ holdingId: guidNumber(2), name: 'Azure plan', quantity: 1, ...more }];
    const reading = { at: READ_AT, kind: 'clear-here' as const, count: 1, suspendable };
    const batch = {
      ...{ schema: 1 as const, id: 'b-1', requester: { id: 'ada', name: 'Ada' }, begunAt: READ_AT, revision: 1 },
      ...{ fates: [], more: 0, forms: [] },
    };
    const members = [{ customer, line: 1, reading }];
    const view = { batch, members, page: 0, nonce: NONCE, namedNonce: NONCE, isSandbox: false };
    return wordsOf(batchClearCard(view, textsFor('en')));
  };

  it('says what it means: for licences, for Azure, for add-ons', () => {
    assert.match(asked({ class: 'legacy-licence' }), /after 90 days/);
    assert.doesNotMatch(asked({ class: 'legacy-licence' }), /add-ons|under it/);
    assert.match(asked({ class: 'azure-plan' }), /Everything that runs under it stops\./);
    assert.doesNotMatch(asked({ class: 'azure-plan' }), /90 days/);
    assert.match(asked({ class: 'legacy-licence', hasAddOns: true }), /Its add-ons are suspended with it\./);
  });
});
