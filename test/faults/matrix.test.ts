import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const ROOT = path.resolve(import.meta.dirname, '../..');
const range = (from: number, to: number): readonly string[] =>
  Array.from({ length: to - from + 1 }, (_, at) => `F${from + at}`);
const FAULTS = range(1, 40);

/** Which faults the tests of a file are named for. */
function named(file: string): ReadonlySet<string> {
  const found = readFileSync(path.join(ROOT, file), 'utf8').matchAll(/['"`](F\d+): /g);
  return new Set([...found].map(([, id = '']) => id));
}

/** The rows of the table of faults, by fault: the files that it names. */
function rowsOfTable(): ReadonlyMap<string, readonly string[]> {
  const text = readFileSync(path.join(ROOT, 'docs/verification.md'), 'utf8');
  const rows = text.matchAll(/^\| (F\d+) \|.*\| ([^|]+) \|$/gm);
  return new Map(
    [...rows].map(([, id = '', files = '']) => [id, [...files.matchAll(/`([^`]+)`/g)].map(([, one = '']) => one)]),
  );
}

describe('the matrix of faults', () => {
  it('has a test that is named for each of them', () => {
    const files = readdirSync(path.join(ROOT, 'test'), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.test.ts'))
      .map((file) => named(path.join('test', file)));

    assert.deepEqual(
      FAULTS.filter((fault) => !files.some((ids) => ids.has(fault))),
      [],
    );
  });

  it('is what docs/verification.md says of it: each fault, and where it is tested', () => {
    const rows = rowsOfTable();

    assert.deepEqual([...rows.keys()], FAULTS);
    for (const [fault, files] of rows) {
      assert.ok(files.length > 0, `no file is named for ${fault}`);
      for (const file of files) assert.ok(named(`test/${file}`).has(fault), `${file} has no test named for ${fault}`);
    }
  });
});
