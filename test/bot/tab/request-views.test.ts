import assert from 'node:assert/strict';
import { stateCounts } from '../../../bot/tab/request-views.ts';
import { textsFor } from '../../../cards/texts/texts.ts';

describe('requests by state', () => {
  it('call nobody removed of whom something was only cancelled', () => {
    const counts = stateCounts(
      [
        { kind: 'cancellation', state: 'done' },
        { kind: 'removal', state: 'done' },
        { kind: 'cancellation', state: 'done' },
        { kind: 'cancellation', state: 'pending' },
        { kind: 'removal', state: 'pending' },
      ],
      textsFor('en'),
    );

    assert.deepEqual(
      counts.map(({ label, count }) => [label, count]),
      [
        ['waiting for approval', 1],
        ['removed', 1],
        ['Cancellation: waiting for approval', 1],
        ['Cancellation: cancelled', 2],
      ],
    );
  });
});
