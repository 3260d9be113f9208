import assert from 'node:assert/strict';
import {
  batchCardChange,
  batchCardKey,
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
