import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { chartOf } from '../../bench/measuring/chart.ts';
import { Histogram, median } from '../../bench/measuring/histogram.ts';
import { holds, type Row } from '../../bench/measuring/row.ts';
import { cellsOf } from '../../bench/measuring/table.ts';
import { withNumbers } from '../../bench/publish.ts';

describe('what was measured', () => {
  it('is summed up by the value that so large a share does not exceed', () => {
    const all = new Histogram();
    for (let ms = 100; ms > 0; ms--) all.add(ms);

    assert.deepEqual(all.summary, { count: 100, p50: 50, p99: 99, max: 100 });
    assert.equal(median([3, 1, 2]), 2);
    assert.ok(Number.isNaN(median([])));
  });

  const row: Row = { id: 'x', what: 'something', unit: 'ms', ours: 20, details: {} };
  const beside = { ...row, floor: { what: 'others', value: 100 } };
  const goals: [goal: string, row: Row, is: boolean | undefined, cells: readonly string[]][] = [
    ['no goal', row, undefined, ['', '']],
    ['most', { ...row, goal: { of: 'ours', at: 'most', value: 20 } }, true, ['≤ 20 ms', 'yes']],
    ['most, exceeded', { ...row, goal: { of: 'ours', at: 'most', value: 19 } }, false, ['≤ 19 ms', 'NO']],
    ['least', { ...row, goal: { of: 'ours', at: 'least', value: 21 } }, false, ['≥ 21 ms', 'NO']],
    ['a ratio', { ...beside, goal: { of: 'ratio', at: 'most', value: 0.2 } }, true, ['≤ 0.2 ×', 'yes']],
    [
      'so many times faster',
      { ...beside, goal: { of: 'faster', at: 'least', value: 6 } },
      false,
      ['≥ 6 × faster', 'NO'],
    ],
  ];
  for (const [goal, measured, is, cells] of goals)
    it(`is held against ${goal}`, () => {
      assert.equal(holds(measured), is);
      assert.deepEqual(cellsOf(measured).slice(-2), cells);
    });

  it('is held against nothing that was not measured', () => {
    assert.throws(() => holds({ ...row, goal: { of: 'ratio', at: 'most', value: 1 } }), /no floor/);
  });
});

describe('what was measured, as it is published', () => {
  const rows: readonly Row[] = [
    {
      id: 'a',
      what: 'an <answer> & a "word"',
      unit: 'ms',
      ours: 20,
      goal: { of: 'ours', at: 'most', value: 10 },
      details: { p99: 30 },
    },
    { id: 'b', what: 'what is lost', unit: '', ours: 0, goal: { of: 'ours', at: 'most', value: 0 }, details: {} },
    { id: 'c', what: 'refusals', unit: '/s', ours: 9e6, goal: { of: 'ours', at: 'least', value: 10 }, details: {} },
  ];
  const machine = { cpu: 'A cpu', cores: 2, memoryGb: 24, os: 'Linux 6', node: 'v24.0.0' };
  const result = { commit: 'abc1234', at: '2031-03-01T09:00:00.000Z', isQuick: false, seconds: 480, machine, rows };

  it('is a picture that says in words what it shows, and lets no text be markup', () => {
    const svg = chartOf(result);

    assert.match(svg, /<title id="title">Performance beside its goals<\/title>/);
    assert.match(
      svg,
      /1 of 2 numbers reach their goals\. an &lt;answer&gt; &amp; a &quot;word&quot;: 20 ms, goal ≤ 10 ms, not reached\./,
    );
    assert.equal(svg.match(/<rect x/g)?.length, 2, 'of which nothing at all may be is no bar');
    assert.doesNotMatch(svg, /NaN|Infinity|undefined/);
  });

  it('takes the place of what was measured before', () => {
    const page = 'A page.\n\n<!-- numbers: begin -->\n\nof last year\n\n<!-- numbers: end -->\n\nThe rest.\n';
    const first = withNumbers(page, result);

    assert.match(
      first,
      /^A page\.\n[^]*Commit abc1234, 2031-03-01, in 480 s; A cpu, 2 cores, 24 GB[^]*\| an <answer>[^]*- an <answer>[^]*The rest\.\n$/,
    );
    assert.doesNotMatch(first, /of last year/);
    assert.equal(withNumbers(first, result), first);
    assert.throws(() => withNumbers('A page.', result), /no place/);
  });

  it('has its place on the page about it', async () => {
    const page = await readFile(path.resolve(import.meta.dirname, '../../docs/performance.md'), 'utf8');

    assert.match(withNumbers(page, result), /abc1234/);
  });
});
