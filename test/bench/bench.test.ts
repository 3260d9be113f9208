import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import type { Row } from '../../bench/measuring/row.ts';

const run = promisify(execFile);
const ROOT = path.resolve(import.meta.dirname, '../..');

/** Of what there is to be nothing. */
const NONE = new Set(['removal-429', 'crash-lost']);

describe('npm run bench', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'bench-test-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('measures all of it, and keeps what it has seen without a word about whose machine it was', async () => {
    const args = ['scripts/on-node-24.mjs', 'bench/main.ts', '--quick', '--into', folder];
    const { stdout } = await run(process.execPath, args, { cwd: ROOT });

    const [file = ''] = await readdir(folder);
    const kept = JSON.parse(await readFile(path.join(folder, file), 'utf8')) as { readonly rows: readonly Row[] };
    assert.deepEqual(
      kept.rows.map(({ id }) => id),
      [
        ...['click-p50', 'click-p99', 'click-max'],
        ...['empty-turn', 'empty-turn-new-token', 'refresh'],
        ...['junk', 'good-under-junk'],
        ...['readiness-1', 'readiness-10', 'removal', 'removal-429'],
        ...['search-100', 'search-first-100', 'durable-change'],
        ...['start', 'memory-at-rest', 'memory-at-work', 'crash-resumed', 'crash-lost'],
      ],
    );
    for (const { id, ours, floor, what, details } of kept.rows) {
      assert.ok(ours > 0 || NONE.has(id), `${id} is ${ours}`);
      assert.ok(floor === undefined || floor.value > 0, id);
      assert.ok(Object.values(details).every(Number.isFinite), `${id}: ${JSON.stringify(details)}`);
      assert.ok(stdout.includes(what), id);
    }
    assert.ok(![ROOT, tmpdir(), process.env['HOME'] ?? ROOT].some((place) => JSON.stringify(kept).includes(place)));
  }).timeout(180_000);
});
