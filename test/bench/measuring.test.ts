import assert from 'node:assert/strict';
import { Histogram, median } from '../../bench/measuring/histogram.ts';
import { holds, type Row } from '../../bench/measuring/row.ts';
import { cellsOf } from '../../bench/measuring/table.ts';

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
