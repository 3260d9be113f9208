import assert from 'node:assert/strict';
import fc from 'fast-check';
import { pageOf, type Page } from '../../cards/pages.ts';

/** All pages, turned one after the other. */
function turned<T>(lines: readonly T[], most: number, draw: (line: T) => unknown): readonly Page<T>[] {
  const pages: Page<T>[] = [];
  do pages.push(pageOf(lines, pages.length, most, draw));
  while (!pages.at(-1)!.isLast);
  return pages;
}

describe('pages of many lines', () => {
  it('have each line once, in order, whatever the lines are like', () => {
    const line = fc
      .string({ maxLength: 40 })
      .chain((text) => fc.constantFrom(text, text.repeat(200), text.repeat(2_000)));
    fc.assert(
      fc.property(fc.array(line, { maxLength: 60 }), fc.integer({ min: 1, max: 20 }), (lines, most) => {
        const pages = turned(lines, most, (text) => ({ text }));

        assert.deepEqual(
          pages.flatMap(({ shown }) => shown),
          lines,
        );
        for (const [at, { shown, page, from, to, total }] of pages.entries()) {
          assert.equal(page, at);
          assert.equal(total, lines.length);
          assert.ok(shown.length <= most);
          assert.deepEqual(lines.slice(from - 1, to), shown);
          assert.ok(shown.length <= 1 || Buffer.byteLength(JSON.stringify(shown)) < 18_000);
        }
      }),
    );
  });

  it('are shown at their last one where a later one is asked for', () => {
    const { shown, isLast } = pageOf([1, 2, 3], 7, 2, String);

    assert.deepEqual(shown, [3]);
    assert.ok(isLast);
  });
});
