import assert from 'node:assert/strict';
import type { Work } from '../../../../services/requests/change.ts';
import { approve } from '../../../../services/requests/deciding/deciding.ts';
import {
  actAsOf,
  executorOf,
  executorOnceApproved,
  type ExecuteAs,
} from '../../../../services/requests/removing/executor.ts';
import type { StateName } from '../../../../services/requests/life.ts';
import type { RemovalRequest } from '../../../../services/requests/request.ts';
import { barsExecution } from '../../../../services/requests/who-may.ts';
import {
  ada,
  adaAdmin,
  bo,
  boAdmin,
  by,
  changeOf,
  cy,
  eve,
  NOW,
  recordFor,
  requestIn,
  roles,
  twoNeeded,
} from '../request-in.ts';

describe('who carries out what was approved', () => {
  it('is the last approver, or the requester where their token is to be used', () => {
    const request = requestIn('pending');

    assert.deepEqual(executorOnceApproved(request, bo, 'approver'), bo);
    assert.deepEqual(executorOnceApproved(request, bo, 'requester'), ada);
  });

  for (const executeAs of ['approver', 'requester'] as const satisfies ExecuteAs[])
    it(`is who would have been, by the last approval, in the name of the ${executeAs}`, () => {
      const settings = { ...twoNeeded, executeAs };
      const first = changeOf(
        approve(recordFor(requestIn('pending', { with: settings })), NOW, settings, roles, by(bo)),
      );
      const last = changeOf(approve(recordFor(first.request), NOW, settings, roles, by(cy)));

      assert.equal(first.request.executor, undefined);
      assert.deepEqual(last.request.executor, executorOnceApproved(first.request, cy, executeAs));
      assert.deepEqual(executorOf(last.request), last.request.executor);
    });

  it('is the last approver too where that was stored before it was written down', () => {
    const { executor, ...older } = requestIn('approved');

    assert.deepEqual(executor, bo);
    assert.deepEqual(executorOf(older), bo);
  });
});

describe('a piece of work is done in the name of', () => {
  const names: readonly [work: Work, state: StateName, actAs: string, more?: Partial<RemovalRequest>][] = [
    ['run', 'draft', 'person:ada'],
    ['run', 'approved', 'person:bo'],
    ['run', 'executing', 'person:bo'],
    ['run', 'verifying', 'person:bo'],
    ['run', 'unknown', 'person:cy', { executor: cy }],
    ['run', 'approved', 'person:ada', { executor: ada }],
    ['look', 'draft', 'person:ada'],
    ['clock', 'pending', 'bot'],
    ['undo', 'void', 'bot'],
  ];
  for (const [work, state, actAs, more = {}] of names)
    it(`${actAs}: ${work} of a request that is ${state}`, () => {
      assert.equal(actAsOf(work, { ...requestIn(state), ...more }), actAs);
    });
});

describe('who may carry it out with their own token', () => {
  const cases: readonly [executor: typeof bo, person: typeof bo, why: string | undefined][] = [
    [bo, bo, undefined],
    [bo, cy, undefined],
    [bo, boAdmin, undefined],
    [bo, ada, 'own-request'],
    [bo, adaAdmin, 'own-request'],
    [bo, eve, 'not-an-approver'],
    [ada, ada, undefined],
    [ada, bo, 'not-the-requester'],
    [ada, adaAdmin, 'not-the-requester'],
  ];
  for (const [executor, person, why] of cases)
    it(`${person.name}, where ${executor.name} carries it out: ${why ?? 'yes'}`, () => {
      assert.equal(barsExecution({ ...requestIn('approved'), executor }, person, roles), why);
    });
});
