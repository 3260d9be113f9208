import assert from 'node:assert/strict';
import { canMove, EDGES, isFinal, STATES, type StateName } from '../../../services/requests/life.ts';
import { moveTo } from '../../../services/requests/moves.ts';
import { after, NOW, requestIn } from './request-in.ts';

/** Every way from one state to another; what is not here does not happen. */
const LIFE: Readonly<Record<StateName, readonly StateName[]>> = {
  draft: ['pending', 'abandoned', 'void'],
  pending: ['pending', 'approved', 'declined', 'withdrawn', 'expired', 'void'],
  approved: ['executing', 'void', 'blocked', 'withdrawn', 'expired'],
  executing: ['verifying', 'unknown', 'blocked'],
  verifying: ['done', 'unknown'],
  unknown: ['done', 'executing', 'blocked', 'closed'],
  blocked: ['approved', 'void', 'withdrawn', 'expired'],
  done: [],
  declined: [],
  withdrawn: [],
  expired: [],
  void: [],
  abandoned: [],
  closed: [],
};
const FINAL: readonly StateName[] = ['done', 'declined', 'withdrawn', 'expired', 'void', 'abandoned', 'closed'];

function reachableFrom(state: StateName): ReadonlySet<StateName> {
  const reached = new Set([state]);
  for (const one of reached) for (const next of EDGES[one]) reached.add(next);
  return reached;
}

describe('the life of a request', () => {
  it('has exactly these ways from one state to another', () => {
    assert.deepEqual(EDGES, LIFE);
  });

  it('ends in seven ways', () => {
    assert.deepEqual(STATES.filter(isFinal).sort(), [...FINAL].sort());
  });

  it('leads from a draft to every state there is', () => {
    assert.deepEqual([...reachableFrom('draft')].sort(), [...STATES].sort());
  });

  for (const state of STATES.filter((one) => !isFinal(one))) {
    it(`leads out of "${state}" to an end`, () => {
      assert.ok([...reachableFrom(state)].some((one) => one !== state && isFinal(one)));
    });
  }

  it('begins no removal that was not approved', () => {
    const into = STATES.filter((state) => canMove(state, 'executing'));

    assert.deepEqual(into, ['approved', 'unknown']);
  });

  it('gives a request up by its requester, or by the clock, only while no removal call may be on its way', () => {
    for (const given of ['withdrawn', 'expired', 'void', 'declined'] as const)
      for (const state of ['executing', 'verifying', 'unknown'] as const) assert.ok(!canMove(state, given));
  });
});

describe('moving a request', () => {
  for (const from of STATES) {
    for (const to of LIFE[from])
      it(`goes from ${from} to ${to}, and makes the buttons of older cards old`, () => {
        const before = requestIn(from);

        const moved = moveTo(before, to, after(5_000));

        const stateSince = after(5_000).toISOString();
        assert.deepEqual(moved, { ...before, state: to, stateSince, revision: before.revision + 1 });
      });

    it(`goes nowhere else from ${from}`, () => {
      const before = requestIn(from);

      for (const to of STATES.filter((one) => !LIFE[from].includes(one)))
        assert.throws(() => moveTo(before, to, NOW), new RegExp(`no request goes from ${from} to ${to}`));
    });
  }

  it('leaves the request it was given as it is', () => {
    const before = requestIn('draft');
    const copy = structuredClone(before);

    moveTo(before, 'pending', NOW);

    assert.deepEqual(before, copy);
  });
});

describe('the states of these tests', () => {
  for (const state of STATES)
    it(`are reached by the rules: ${state}`, () => {
      assert.equal(requestIn(state).state, state);
    });
});
