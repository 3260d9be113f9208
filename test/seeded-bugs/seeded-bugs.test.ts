import assert from 'node:assert/strict';
import { PROOFS } from './proofs.ts';
import { applyHunks, parsePatch } from './patch.ts';
import { seededBugs, withBug } from './seeded-bugs.ts';

describe('the seeded bugs', () => {
  it('still fit the program', async () => {
    const bugs = await seededBugs();

    const planted = await Promise.all(bugs.map(withBug));

    assert.ok(planted.length > 0);
    assert.ok(planted.every(({ size }) => size > 0));
  });

  it('are looked for by proofs that there are', async () => {
    for (const { name, foundBy } of await seededBugs())
      for (const proof of foundBy) assert.ok(proof in PROOFS, `${name} by ${proof}`);
  });

  it('are refused where the lines that they change have changed', () => {
    const patch = parsePatch('About.\n--- a/x.ts\n+++ b/x.ts\n@@ -1,2 +1,2 @@\n one\n-two\n+deux\n');
    const [file] = patch.files;

    assert.equal(applyHunks(file!, 'zero\none\ntwo\nthree\n'), 'zero\none\ndeux\nthree\n');
    assert.throws(() => applyHunks(file!, 'one\ntoo\n'), /0 times/);
    assert.throws(() => applyHunks(file!, 'one\ntwo\none\ntwo\n'), /2 times/);
  });
});
