import assert from 'node:assert/strict';
import { dryRun } from '../../../services/readiness/dry-run.ts';
import { assessRemoval } from '../../../services/readiness/assess.ts';
import { assess, BLOCKS, holdingsOf, NOW, read, subscriptions } from './holdings-of.ts';

const { legacyLicence, legacyAddOn, newCommerce } = subscriptions;
const ENDING = [{ kind: 'ask-for-approval' }, { kind: 'read-again' }, { kind: 'remove' }, { kind: 'read-back' }];

describe('a dry run', () => {
  it('of a customer with nothing in the way is the approval, the removal and the looking', () => {
    assert.deepEqual(dryRun(assess({})), { kind: 'would-remove', steps: ENDING });
  });

  it('names each step before that, and add-ons with their base', () => {
    const held = { subscriptions: [legacyLicence, { ...legacyAddOn, parentSubscriptionId: legacyLicence.id }] };

    assert.deepEqual(dryRun(assess(held)), {
      kind: 'would-remove',
      steps: [
        { kind: 'suspend', name: legacyLicence.name, subscriptionId: legacyLicence.id },
        { kind: 'with-parent', name: legacyAddOn.name, parentName: legacyLicence.name },
        ...ENDING,
      ],
    });
  });

  it('ends with delegated administration, where there is some', () => {
    const gdap = { id: 'g', displayName: 'Service desk', status: 'active', autoExtends: false };
    const old = { ...gdap, id: 'o', displayName: 'Old', status: 'expired' };
    const readiness = assessRemoval(holdingsOf({}, { delegatedAdmin: read([gdap, old]) }), BLOCKS, NOW);

    assert.deepEqual(dryRun(readiness), {
      kind: 'would-remove',
      steps: [...ENDING, { kind: 'end-delegated-admin', names: ['Service desk'] }],
    });
  });

  it('says what would stop it, and what is left to be done once that is out of the way', () => {
    const run = dryRun(assess({ subscriptions: [legacyLicence, { ...newCommerce, id: 'n' }] }));

    assert.deepEqual(
      run.kind === 'would-stop' && run.because.map((line) => line.kind === 'holding' && line.holdingId),
      ['n'],
    );
    assert.deepEqual(run.steps, [
      { kind: 'suspend', name: legacyLicence.name, subscriptionId: legacyLicence.id },
      ...ENDING,
    ]);
  });
});
