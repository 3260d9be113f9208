import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { variableNames } from '../../bot/config/names.ts';

const page = await readFile(new URL('../../docs/configuration.md', import.meta.url), 'utf8');
/** What stands in the first column of a table, or is said to be refused. */
const explained = page
  .split('\n')
  .filter((line) => line.startsWith('| `') || line.startsWith('Refused, '))
  .map((line) => (line.startsWith('|') ? (line.split('|')[1] ?? '') : line))
  .flatMap((text) => [...text.matchAll(/`([A-Z][A-Za-z_]+|[A-Z][A-Z_]+)(?:=[^`]*)?`/g)])
  .map(([, name = '']) => name);

describe('docs/configuration.md', () => {
  it('explains every variable that is read', () => {
    assert.deepEqual(
      variableNames.filter((name) => !explained.includes(name)),
      [],
    );
  });

  it('names no variable that nobody reads', () => {
    const known: readonly string[] = variableNames;

    assert.deepEqual(
      explained.filter((name) => !known.includes(name)),
      [],
    );
  });
});
