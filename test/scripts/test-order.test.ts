import assert from 'node:assert/strict';
import path from 'node:path';
import { longestFirst } from '../../scripts/test-order.ts';

const filesOf = (...names: readonly string[]): readonly string[] =>
  names.map((name) => path.join('test', ...name.split('/')));

describe('the order of the tests', () => {
  it('begins with what takes long, spread among each other, and leaves out nothing', () => {
    const files = filesOf(
      'cards/a',
      'crash/a',
      'journeys/a',
      'journeys/b',
      'journeys/c',
      'e2e/a',
      'e2e/b',
      'services/x/a',
    );

    const order = longestFirst(files);

    assert.deepEqual(
      order,
      filesOf('crash/a', 'e2e/a', 'journeys/a', 'journeys/b', 'e2e/b', 'journeys/c', 'cards/a', 'services/x/a'),
    );
  });

  it('is the same however the files were found', () => {
    const files = filesOf('cards/b', 'cards/a', 'e2e/b', 'e2e/a');

    assert.deepEqual(longestFirst(files), longestFirst(files.toReversed()));
  });
});
