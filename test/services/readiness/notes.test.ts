import assert from 'node:assert/strict';
import type { DelegatedAdminRelationship } from '../../../services/partner-center/delegated-admin.ts';
import { assessRemoval } from '../../../services/readiness/assess.ts';
import type { Holdings } from '../../../services/readiness/holdings.ts';
import type { Line } from '../../../services/readiness/readiness.ts';
import { BLOCKS, holdingsOf, NOW, onlyLine, read, subscriptions, unread } from './holdings-of.ts';

const assess = (sources: Partial<Holdings>) => assessRemoval(holdingsOf({}, sources), BLOCKS, NOW);
const notesOf = (sources: Partial<Holdings>): readonly Line[] => assess(sources).lines;
const gdap = (displayName: string, status: string): DelegatedAdminRelationship => ({
  id: displayName,
  displayName,
  status,
  autoExtends: false,
});

describe('what is only worth knowing', () => {
  it('names the delegated admin relationships that are not over', () => {
    const delegatedAdmin = read([gdap('Support', 'active'), gdap('Old', 'expired'), gdap('Asked', 'approvalpending')]);

    assert.deepEqual(notesOf({ delegatedAdmin }), [
      { group: 'to-know', kind: 'delegated-admin', names: ['Asked', 'Support'] },
    ]);
  });

  it('says nothing of delegated administration that has ended', () => {
    assert.deepEqual(notesOf({ delegatedAdmin: read([gdap('Old', 'terminated')]) }), []);
  });

  it('names the resellers for whom it ends too', () => {
    const resellers = read([
      { id: 'b', name: 'Quayside' },
      { id: 'a', name: 'Brightline' },
    ]);

    assert.deepEqual(notesOf({ resellers }), [
      { group: 'to-know', kind: 'resellers', names: ['Brightline', 'Quayside'] },
    ]);
  });

  for (const source of ['delegatedAdmin', 'resellers', 'transferEligibility'] as const) {
    it(`says that ${source} could not be read, and is clear all the same`, () => {
      const { lines, verdict } = assess({ [source]: unread });

      assert.deepEqual(
        lines.map(({ group, kind }) => [group, kind]),
        [['to-know', 'unread-note']],
      );
      assert.deepEqual(verdict, { kind: 'clear' });
    });
  }

  it('is no part of what an approval is bound to', () => {
    const without = assess({});
    const along = assess({ delegatedAdmin: read([gdap('Support', 'active')]) });

    assert.equal(along.digest, without.digest);
  });
});

describe('a transfer to another partner', () => {
  const held = { subscriptions: [subscriptions.newCommerce] };
  const lineWith = (sources: Partial<Holdings>) => onlyLine(assessRemoval(holdingsOf(held, sources), BLOCKS, NOW));
  const kinds = (sources: Partial<Holdings>) => lineWith(sources)?.remedies.map(({ kind }) => kind);
  const { id: subscriptionId } = subscriptions.newCommerce;

  it('is a way out of new commerce in the middle of its term', () => {
    assert.ok(kinds({ transferEligibility: read([{ subscriptionId, isEligible: true }]) })?.includes('transfer'));
  });

  it('is none where the service says that it is not possible, and why is told', () => {
    const transferEligibility = read([{ subscriptionId, isEligible: false, reason: 'in state: pending' }]);

    assert.equal(kinds({ transferEligibility })?.includes('transfer'), false);
    assert.equal(lineWith({ transferEligibility })?.notTransferable, 'in state: pending');
  });

  it('stays a way out where nobody could tell', () => {
    assert.ok(kinds({ transferEligibility: unread })?.includes('transfer'));
    assert.ok(kinds({})?.includes('transfer'));
  });

  it('is shown with what moves and to whom', () => {
    const transfers = read([
      { id: 't', status: 'active', lineItemCount: 1, items: ['Visio'], targetPartnerName: 'Lakeside Licensing' },
    ]);

    assert.deepEqual(notesOf({ transfers }), [
      {
        group: 'to-know',
        kind: 'transfer',
        holdingId: 't',
        status: 'active',
        count: 1,
        items: ['Visio'],
        to: 'Lakeside Licensing',
      },
    ]);
  });
});
