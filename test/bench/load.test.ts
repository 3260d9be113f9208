import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { slope } from '../../bench/measuring/trend.ts';
import type { Outcome } from '../../bench/trials/trial.ts';
import { TRIALS } from '../../bench/trials/trials.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');

type Kept = Outcome & { readonly name: string; readonly isQuick: boolean };

describe('npm run load', () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'load-test-'));
  });
  after(() => rm(folder, { recursive: true, force: true }));

  const load = (...args: readonly string[]): Promise<{ readonly code: number | string; readonly out: string }> =>
    new Promise((resolve) => {
      const command = ['scripts/on-node-24.mjs', 'bench/load-main.ts', '--into', folder, ...args];
      execFile(process.execPath, command, { cwd: ROOT }, (error, out, errors) => {
        resolve({ code: error === null ? 0 : (error.code ?? 'none'), out: out + errors });
      });
    });

  it('loses nothing and does everything once, in little of each of its trials', async () => {
    const { code, out } = await load('--quick');

    const kept = await Promise.all(
      (await readdir(folder)).map(async (file) => JSON.parse(await readFile(path.join(folder, file), 'utf8')) as Kept),
    );
    const broken = kept.flatMap(({ name, checks }) =>
      checks.filter(({ holds }) => !holds).map(({ what, seen }) => `${name}: ${what} ${JSON.stringify(seen)}`),
    );
    assert.deepEqual(broken, []);
    assert.equal(code, 0, out);
    assert.deepEqual(kept.map(({ name }) => name).sort(), TRIALS.map(({ name }) => name).sort());
    for (const { name, checks, rows } of kept) {
      assert.ok(checks.length > 3 && rows.length > 1, name);
      assert.ok(
        rows.every(({ ours }) => Number.isFinite(ours)),
        name,
      );
    }
  }).timeout(240_000);

  it('says how it is used, where it is asked for something else', async () => {
    for (const args of [['everything'], ['--minutes', '0'], ['--minutes', 'long']]) {
      const { code, out } = await load(...args);

      assert.equal(code, 2);
      assert.match(out, /^usage: npm run load -- /m);
    }
  });
});

describe('what grows', () => {
  it('is told by least squares', () => {
    const points = [0, 1, 2, 3].map((at) => [at, 5 + 2 * at] as const);

    assert.equal(slope(points), 2);
    assert.equal(slope(points.map(([at]) => [at, 7])), 0);
    assert.ok(Number.isNaN(slope([])));
  });
});
