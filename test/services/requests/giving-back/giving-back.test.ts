import assert from 'node:assert/strict';
import { DAY_MS, later } from '../../../../services/clock.ts';
import { createRoles } from '../../../../services/people/roles.ts';
import type { Standing } from '../../../../services/requests/claims.ts';
import {
  barsGivingBack,
  giveBack,
  hasUndo,
  isSettling,
  seenOtherwise,
  stepsBack,
  takenOver,
  undoOf,
} from '../../../../services/requests/giving-back/giving-back.ts';
import { STATES, type StateName } from '../../../../services/requests/life.ts';
import type { ClearingStep } from '../../../../services/requests/clearing/clearing-step.ts';
import { IDS, stepOf } from '../../../cards/readiness-views.ts';
import { ada, adaAdmin, bo, by, changeOf, eve, NOW, recordFor, requestIn, roles, whyOf } from '../request-in.ts';

const E3 = { name: 'E3' };
const suspended = (holdingId: string, more: Partial<ClearingStep> = {}): ClearingStep =>
  stepOf(E3, 'done', { holdingId, doneAt: NOW.toISOString(), ...more });
const addOn = { holdingId: 'add-on', name: 'Audio', quantity: 2 };
const newest: Standing = { kind: 'newest' };
let number = 0;
const newId = (): string => `id-${++number}`;
const takenBy = (state: StateName, requester = ada): Standing => ({
  kind: 'overtaken',
  by: recordFor({ ...requestIn(state), id: 'request-2', requester }),
});

describe('what was suspended from here', () => {
  const open = ['declined', 'withdrawn', 'expired', 'void', 'abandoned', 'closed', 'blocked'];
  for (const state of STATES)
    it(`can ${open.includes(state) ? '' : 'not '}be given back from the card of a request that is ${state}`, () => {
      assert.equal(hasUndo(recordFor(requestIn(state))), open.includes(state));
    });

  it('cannot be given back where the customer is somebody else’s already', () => {
    assert.equal(hasUndo(recordFor({ ...requestIn('void'), voided: { why: 'gone', drift: [] } })), false);
  });

  const bars: readonly [name: string, state: StateName, person: typeof ada, standing: Standing, why?: string][] = [
    ['by its requester after a decline', 'declined', ada, newest],
    ['by its requester after a refusal', 'blocked', ada, newest],
    ['by somebody else who may ask', 'declined', bo, newest, 'not-the-requester'],
    ['by a stranger', 'declined', eve, newest, 'not-the-requester'],
    ['by a second account of its requester', 'declined', adaAdmin, newest, 'not-the-requester'],
    ['while it waits for an approval', 'pending', ada, newest, 'too-late'],
    ['while it is carried out', 'executing', ada, newest, 'too-late'],
    ['after the removal', 'done', ada, newest, 'already-decided'],
    ['while somebody else’s draft is open', 'declined', ada, takenBy('draft', bo), 'taken'],
    ['while somebody else’s request is sent', 'declined', ada, takenBy('pending', bo), 'taken'],
    ['while somebody is about to open one', 'declined', ada, { kind: 'being-overtaken' }, 'taken'],
    ['while their own newer draft is open', 'declined', ada, takenBy('draft'), 'overtaken'],
    ['while their own newer request is sent', 'declined', ada, takenBy('pending'), 'request-open'],
    ['after a newer request has ended', 'declined', ada, takenBy('withdrawn', bo), 'overtaken'],
  ];
  for (const [name, state, person, standing, why] of bars)
    it(`${why === undefined ? 'may' : 'may not'} be given back ${name}`, () => {
      assert.equal(barsGivingBack(recordFor(requestIn(state)), person, roles, standing), why);
    });

  it('may not be given back by a requester who is none any more', () => {
    const nobody = createRoles({ requesters: [], approvers: [], auditors: [], samePerson: [] });

    assert.equal(barsGivingBack(recordFor(requestIn('declined')), ada, nobody, newest), 'not-a-requester');
  });
});

describe('the list of what was left suspended', () => {
  const of = (...steps: readonly ClearingStep[]) => undoOf(recordFor(requestIn('declined'), steps));

  it('has what was suspended, what could not be given back, and what may have been suspended', () => {
    const { items } = of(
      suspended('a'),
      suspended('b', { wasSoBefore: true }),
      stepOf(E3, 'failed', { action: 'reactivate', holdingId: 'c' }),
      stepOf(E3, 'failed', { holdingId: 'd' }),
      stepOf(E3, 'failed', { holdingId: 'e', refused: { fault: 'refused', status: 400, ids: IDS } }),
      stepOf(E3, 'failed', { holdingId: 'f', sendings: 0 }),
      stepOf(E3, 'done', { action: 'reactivate', holdingId: 'g' }),
      stepOf(E3, 'done', { action: 'auto-renew-off', holdingId: 'h' }),
      suspended('i', { goneAt: NOW.toISOString() }),
    );

    assert.deepEqual(
      items.map(({ holdingId, isUncertain, failed }) => [holdingId, isUncertain, failed?.action]),
      [
        ['a', false, undefined],
        ['c', false, 'reactivate'],
        ['d', true, undefined],
      ],
    );
  });

  it('has an add-on with the base that it went with, until it is back', () => {
    const base = suspended('base', { addOns: [addOn] });
    const failed = stepOf(E3, 'failed', { action: 'reactivate', holdingId: 'add-on', baseId: 'base' });
    const back = { ...failed, state: 'done' as const };

    assert.deepEqual(
      [of(base), of(base, failed), of(base, back)].map(({ items }) =>
        items.map(({ holdingId, addOns }) => [holdingId, addOns.length]),
      ),
      [[['base', 1]], [['base', 1]], [['base', 0]]],
    );
  });

  it('has an add-on by itself whose base came back without it', () => {
    const base = stepOf(E3, 'done', { action: 'reactivate', holdingId: 'base', addOns: [addOn] });

    assert.deepEqual(
      of(base).items.map(({ holdingId, baseId, class: holdingClass }) => [holdingId, baseId, holdingClass]),
      [['add-on', 'base', 'legacy-add-on']],
    );
  });

  it('says since when its data counts its days, and of new commerce nothing', () => {
    const { items } = of(
      suspended('a'),
      suspended('b', { class: 'new-commerce-licence' }),
      stepOf(E3, 'failed', { action: 'reactivate', holdingId: 'c', suspendedAt: later(NOW, -DAY_MS) }),
    );

    assert.deepEqual(
      items.map(({ deletedAt }) => deletedAt),
      [later(NOW, 90 * DAY_MS), undefined, later(NOW, 89 * DAY_MS)],
    );
  });

  it('counts what was asked for since the end, and what was not yet', () => {
    const { progress } = of(
      suspended('a', { addOns: [addOn] }),
      stepOf(E3, 'done', { action: 'reactivate', holdingId: 'b', askedAt: later(NOW, 1) }),
      stepOf(E3, 'sent', { action: 'reactivate', holdingId: 'c', askedAt: later(NOW, 1) }),
      stepOf(E3, 'done', { action: 'reactivate', holdingId: 'before', askedAt: later(NOW, -1) }),
    );

    assert.deepEqual(progress, { done: 1, total: 4 });
  });
});

describe('giving back', () => {
  const record = recordFor(requestIn('declined'), [suspended('a', { addOns: [addOn] }), suspended('b')]);

  it('takes exactly what was named, each by an id of its own, and the add-on after its base', () => {
    const { steps = [], audit } = changeOf(giveBack(record, NOW, by(ada), stepsBack(record, ['a'], newId)));

    assert.deepEqual(
      steps.map(({ step: { action, holdingId, baseId, state, suspendedAt, actAs } }) => ({
        ...{ action, holdingId, baseId, state, suspendedAt, actAs },
      })),
      ['a', 'add-on'].map((holdingId) => ({
        ...{ action: 'reactivate', holdingId, baseId: holdingId === 'a' ? undefined : 'a', state: 'asked' },
        ...{ suspendedAt: NOW.toISOString(), actAs: 'person:ada' },
      })),
    );
    assert.equal(new Set(steps.map(({ step }) => step.requestId)).size, 2);
    assert.deepEqual(
      audit.map(({ action, actor, detail }) => [action, actor, detail?.['subscriptions']]),
      [['step.asked', 'person:ada', ['a', 'add-on']]],
    );
  });

  it('of what is on the way, or back, is the same click again', () => {
    const steps = stepsBack(record, ['b'], newId);
    const onTheWay = recordFor(record.request, [stepOf(E3, 'sent', { action: 'reactivate', holdingId: 'b' })]);

    assert.equal(whyOf(giveBack(onTheWay, NOW, by(ada), steps)), 'repeated');
  });

  it('from a card that was overtaken changes nothing', () => {
    const old = { ...by(ada), isCurrent: () => false };

    assert.equal(whyOf(giveBack(record, NOW, old, stepsBack(record, ['b'], newId))), 'stale-card');
  });

  it('of something that nobody suspended here does nothing', () => {
    assert.equal(whyOf(giveBack(record, NOW, by(ada), stepsBack(record, ['constructor'], newId))), 'repeated');
  });
});

describe('a newer request for the customer', () => {
  it('takes over what was left suspended, as suspended since the day it was', () => {
    const before = recordFor(requestIn('declined'), [
      suspended('a', { addOns: [addOn] }),
      stepOf(E3, 'failed', { action: 'reactivate', holdingId: 'b', suspendedAt: later(NOW, -DAY_MS) }),
      stepOf(E3, 'done', { action: 'reactivate', holdingId: 'c' }),
    ]);

    assert.deepEqual(
      takenOver(before).map(({ holdingId, action, state, doneAt, addOns = [] }) => ({
        ...{ holdingId, action, state, doneAt, addOns: addOns.length },
      })),
      [
        { holdingId: 'a', action: 'suspend', state: 'done', doneAt: NOW.toISOString(), addOns: 1 },
        { holdingId: 'b', action: 'suspend', state: 'done', doneAt: later(NOW, -DAY_MS), addOns: 0 },
      ],
    );
  });

  it('takes over nothing from one that was carried out, or that nobody knows', () => {
    assert.deepEqual(takenOver(recordFor(requestIn('done'), [suspended('a')])), []);
    assert.deepEqual(takenOver(undefined), []);
  });

  it('waits until the one before has settled', () => {
    const busy = [stepOf(E3, 'sent', { action: 'reactivate', holdingId: 'b' })];

    assert.equal(isSettling(recordFor(requestIn('declined'), busy)), true);
    assert.equal(isSettling(recordFor(requestIn('declined'), [suspended('a')])), false);
    assert.equal(isSettling(recordFor(requestIn('draft'), busy)), false);
  });
});

describe('what is seen to be otherwise', () => {
  it('is on the list no longer, whether it is active again or gone', () => {
    const record = recordFor(
      requestIn('declined'),
      ['a', 'b', 'c', 'd'].map((id) => suspended(id)),
    );
    const seen = new Map([
      ['a', 'active'],
      ['b', 'gone'],
      ['c', 'unread'],
      ['d', 'suspended'],
    ] as const);

    const changed = seenOtherwise(record, NOW, seen);

    const after = recordFor(record.request, [...changed, ...record.steps.slice(2)]);
    assert.deepEqual(
      undoOf(after).items.map(({ holdingId }) => holdingId),
      ['c', 'd'],
    );
    assert.deepEqual(changed[0]?.wasSoBefore, true);
  });
});
