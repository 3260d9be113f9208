import assert from 'node:assert/strict';
import { DAY_MS, HOUR_MS, later } from '../../../../services/clock.ts';
import { STATES, canMove, type StateName } from '../../../../services/requests/life.ts';
import { moveTo } from '../../../../services/requests/moves.ts';
import type { ClearingStep } from '../../../../services/requests/clearing/clearing-step.ts';
import {
  reminderAt,
  remindedBy,
  remindingOnceEnded,
  UNDO_POLICY,
} from '../../../../services/requests/giving-back/undo-clock.ts';
import { stepOf } from '../../../cards/readiness-views.ts';
import { after, NOW, recordFor, requestIn } from '../request-in.ts';

const E3 = { name: 'E3' };
const suspended = stepOf(E3, 'done', { doneAt: NOW.toISOString() });
const ENDS: readonly StateName[] = ['declined', 'withdrawn', 'expired', 'void', 'abandoned', 'closed'];
const edges = STATES.flatMap((from) => STATES.filter((to) => canMove(from, to)).map((to) => [from, to] as const));

/** When the first reminder of a request that moves so is due. */
const dueAfter = (from: StateName, to: StateName, steps: readonly ClearingStep[]) =>
  remindingOnceEnded(
    recordFor(requestIn(from), steps),
    { request: moveTo(requestIn(from), to, NOW), audit: [], work: { run: null } },
    UNDO_POLICY,
  ).work?.undo;

describe('a request that leaves something suspended', () => {
  for (const [from, to] of edges) {
    const isEnd = ENDS.includes(to);

    it(`is ${isEnd ? '' : 'not '}reminded of when it goes from ${from} to ${to}`, () => {
      const first = { at: later(NOW, DAY_MS) };

      assert.deepEqual(dueAfter(from, to, [suspended]), isEnd ? first : undefined);
      assert.equal(dueAfter(from, to, []), undefined);
    });
  }

  const may: readonly [name: string, step: ClearingStep, isReminded: boolean][] = [
    ['is being suspended', stepOf(E3, 'sent'), true],
    ['is being given back', stepOf(E3, 'sent', { action: 'reactivate' }), true],
    ['could not be given back', stepOf(E3, 'failed', { action: 'reactivate' }), true],
    ['was suspended before', { ...suspended, wasSoBefore: true }, false],
    ['was given back', stepOf(E3, 'done', { action: 'reactivate' }), false],
    ['has only its auto-renew off', stepOf(E3, 'done', { action: 'auto-renew-off' }), false],
  ];
  for (const [name, step, isReminded] of may)
    it(`is ${isReminded ? '' : 'not '}reminded of when it ${name} at its end`, () => {
      assert.equal(dueAfter('pending', 'declined', [step]) !== undefined, isReminded);
    });

  for (const why of ['gone', 'restored-gone'] as const)
    it(`is not reminded of where the customer is gone (${why})`, () => {
      const request = { ...moveTo(requestIn('approved'), 'void', NOW), voided: { why, drift: [] } };

      const { work } = remindingOnceEnded(
        recordFor(requestIn('approved'), [suspended]),
        { request, audit: [] },
        UNDO_POLICY,
      );

      assert.equal(work?.undo, undefined);
    });

  it('begins no second time with what is changed after its end', () => {
    const change = { request: requestIn('declined'), audit: [] };

    assert.equal(remindingOnceEnded(recordFor(requestIn('declined'), [suspended]), change, UNDO_POLICY), change);
  });
});

describe('the reminders', () => {
  const record = recordFor(requestIn('declined'), [suspended]);
  const dueOf = (steps: readonly ClearingStep[]): readonly string[] =>
    [0, 1, 2, 3, 4].map((one) => reminderAt(recordFor(requestIn('declined'), steps), UNDO_POLICY, one));

  it('come after a day, a week, 60 and 80 days, and the day after that to somebody else', () => {
    assert.deepEqual(
      dueOf([suspended]),
      [1, 7, 60, 80, 81].map((days) => later(NOW, days * DAY_MS)),
    );
  });

  it('come sooner where the data of what was suspended long before has fewer days left', () => {
    const old = { ...suspended, doneAt: later(NOW, -50 * DAY_MS) };

    assert.deepEqual(
      dueOf([suspended, old]),
      [1, 7, 35, 35, 35].map((days) => later(NOW, days * DAY_MS)),
    );
  });

  it('never come before the first day is over', () => {
    const older = { ...suspended, doneAt: later(NOW, -200 * DAY_MS) };

    assert.deepEqual(new Set(dueOf([older])), new Set([later(NOW, DAY_MS)]));
  });

  it('that were missed are not made up for', () => {
    assert.equal(remindedBy(record, UNDO_POLICY, 1, after(DAY_MS + HOUR_MS)), 1);
    assert.equal(remindedBy(record, UNDO_POLICY, 1, after(61 * DAY_MS)), 3);
    assert.equal(remindedBy(record, UNDO_POLICY, 1, after(300 * DAY_MS)), 4);
  });
});
