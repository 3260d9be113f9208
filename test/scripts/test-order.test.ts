import assert from 'node:assert/strict';
import { globSync } from 'node:fs';
import path from 'node:path';
import { longestFirst, PLACES } from '../../scripts/test-order.ts';

const filesOf = (...names: readonly string[]): readonly string[] =>
  names.map((name) => path.join('test', ...name.split('/')));

describe('the order of the tests', () => {
  it('begins with what takes long, what works beside what waits, and leaves out nothing', () => {
    const files = filesOf(
      'cards/a',
      'crash/a',
      'e2e/a',
      'faults/a',
      'journeys/a',
      'journeys/b',
      'journeys/c',
      'services/x/a',
    );

    const order = longestFirst(files);

    assert.deepEqual(
      order,
      filesOf('crash/a', 'journeys/a', 'journeys/b', 'e2e/a', 'journeys/c', 'faults/a', 'cards/a', 'services/x/a'),
    );
  });

  it('is the same however the files were found', () => {
    const files = filesOf('cards/b', 'cards/a', 'e2e/b', 'e2e/a');

    assert.deepEqual(longestFirst(files), longestFirst(files.toReversed()));
  });

  it('knows every folder and file it names', () => {
    const files = globSync('test/**/*.test.ts');

    assert.deepEqual(
      PLACES.filter((place) => !files.some((file) => file.split(path.sep).join('/').startsWith(`test/${place}`))),
      [],
    );
  });
});
