import assert from 'node:assert/strict';
import {
  batchCardChange,
  batchCardKey,
  isOnBatchCard,
  onBatchCard,
  shownBatchKey,
  type BatchHeadline,
} from '../../../services/batches/batch-cards.ts';

describe('a new message about a batch', () => {
  const now = new Date('2026-06-15T10:00:00.000Z');
  const modeOf = (headline: BatchHeadline): unknown => {
    const value = { messageId: 'm-1', sentAt: '2026-06-15T09:59:00.000Z' };
    const rows = new Map([[shownBatchKey('bo', 'list'), { value }]]);
    const [change] = batchCardChange({ rows }, { recipient: 'bo', slot: 'list', mode: 'new', headline }, now);
    assert.equal(change?.key, batchCardKey('bo', 'list'));
    return 'row' in change && (change.row.value as { mode: string }).mode;
  };

  it('is an edit of one that was sent a short while ago, unless its reader has to act or it comes once', () => {
    assert.equal(modeOf('approval-wanted'), 'edit');
    assert.equal(modeOf('reminder'), 'edit');
    for (const headline of ['sign-in', 'undelivered', 'finished'] as const) assert.equal(modeOf(headline), 'new');
  });
});

describe('a card of a request of several', () => {
  const row = { recipient: 'dan', mode: 'new', n: 1, tries: 0, since: '2026-06-15T10:00:00.000Z' } as const;

  for (const [slot, headline, shownOn] of [
    ['escalation', 'undecided', 'told'],
    ['undo', 'still-suspended', 'told'],
    ['request', 'still-suspended', 'batch'],
    ['clearing', 'still-suspended', 'batch'],
    ['approval', 'reminder', 'list'],
  ] as const)
    it(`that says ${headline} in ${slot} is seen on one card with the others`, () => {
      assert.ok(isOnBatchCard({ slot, headline }, false));
      assert.deepEqual(onBatchCard({ ...row, slot, headline }, false), {
        ...{ recipient: 'dan', slot: shownOn, mode: 'new' },
        headline: headline === 'undecided' ? 'reminder' : headline,
      });
    });

  it('is sent by itself where its reader has it, or nobody knows what became of the request', () => {
    assert.equal(isOnBatchCard({ slot: 'escalation', headline: 'undecided' }, true), false);
    assert.equal(isOnBatchCard({ slot: 'escalation', headline: 'still-unknown' }, false), false);
    assert.equal(isOnBatchCard({ slot: 'request', headline: 'unknown' }, false), false);
  });

  it('changes nothing on the card of somebody who has none', () => {
    const card = onBatchCard({ ...row, slot: 'escalation', mode: 'edit' }, false);

    assert.deepEqual(batchCardChange({ rows: new Map() }, card, new Date()), []);
  });
});
