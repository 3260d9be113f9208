import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { Switches } from '../../../sandbox/partner-center/world/switches.ts';

const tests = new URL('../../', import.meta.url);

describe('the switches of the stand-in', () => {
  it('are each turned by a test', async () => {
    const own = new URL(import.meta.url).pathname;
    const files = (await readdir(tests, { recursive: true })).filter((name) => name.endsWith('.test.ts'));
    const texts = await Promise.all(
      files
        .map((name) => new URL(name, tests))
        .filter(({ pathname }) => pathname !== own)
        .map((file) => readFile(file, 'utf8')),
    );

    const untouched = Object.keys(Switches.shape).filter((name) => !texts.some((text) => text.includes(`${name}:`)));

    assert.deepEqual(untouched, []);
  });
});
