import assert from 'node:assert/strict';
import { openPointsOf, type PointName } from '../../../../services/requests/following-up/open-points.ts';
import { tick } from '../../../../services/requests/following-up/ticking.ts';
import { STATES } from '../../../../services/requests/life.ts';
import type { RemovalRequest } from '../../../../services/requests/request.ts';
import {
  ada,
  adaAdmin,
  bo,
  by,
  changeOf,
  contoso,
  cy,
  eve,
  NOW,
  recordFor,
  requestIn,
  roles,
  whyOf,
} from '../request-in.ts';

const UNTIL = '2031-03-12T00:00:00.000Z';

/** A removal that left all there is. */
const done = (more: Partial<RemovalRequest> = {}): RemovalRequest => {
  const request = requestIn('done');
  assert.ok(request.plan);
  return {
    ...request,
    plan: {
      ...request.plan,
      lines: [
        { group: 'to-know', kind: 'delegated-admin', names: ['Service desk'] },
        { group: 'to-know', kind: 'azure-roles' },
        { group: 'to-know', kind: 'pending-order', holdingId: 'o', status: 'pending' },
        { group: 'to-know', kind: 'transfer', holdingId: 't', status: 'active', count: 2, to: 'Fabrikam' },
        {
          ...{ group: 'may-block', kind: 'holding', holdingId: 'h', class: 'new-commerce-licence', name: 'Power BI' },
          ...{ quantity: 3, status: 'suspended', remedies: [], billedUntil: UNTIL },
        },
      ],
      inactive: [{ name: 'Exchange', status: 'suspended' }],
    },
    ...more,
  };
};
const namesOf = (request: RemovalRequest): readonly PointName[] =>
  openPointsOf(recordFor(request)).map(({ name }) => name);
const tries = (person: typeof ada, point: string, isDone = true, request = done()) =>
  tick(recordFor(request), NOW, roles, { ...by(person), point, isDone });

describe('what stays open after a removal', () => {
  it('is what was read of this customer, and nothing else', () => {
    assert.deepEqual(namesOf(done()), [
      ...['delegated-admin', 'azure-roles', 'pending-orders', 'transfers', 'charges', 'suspended'],
    ]);
    assert.deepEqual(namesOf(requestIn('done')), []);
  });

  it('names no term that was over before the removal', () => {
    const request = done();
    const gone = { ...request.removal!, goneAt: UNTIL };

    assert.ok(!namesOf({ ...request, removal: gone }).includes('charges'));
  });

  it('is nothing before the removal is done, and nothing of a cancellation', () => {
    const others = STATES.filter((state) => state !== 'done').map((state) => done({ state }));

    for (const request of [...others, done({ kind: 'cancellation' })]) assert.deepEqual(namesOf(request), []);
  });

  it('is delegated administration that was to end only once it is a person’s turn', () => {
    const one = { id: '1', name: 'Service desk', state: 'asked', sendings: 0, looks: 0 } as const;
    const ending = { relationships: [one], later: [], until: UNTIL, pauses: 0 };
    const plan = { ...done().plan!, delegatedAdmin: [{ id: '1', name: 'Service desk', autoExtends: false }] };
    const isToTick = (delegatedAdmin: NonNullable<RemovalRequest['delegatedAdmin']>): readonly boolean[] =>
      openPointsOf(recordFor(done({ plan, delegatedAdmin })))
        .filter(({ name }) => name.startsWith('delegated-admin'))
        .map((point) => point.isToTick);

    assert.deepEqual(isToTick(ending), [false]);
    assert.deepEqual(isToTick({ ...ending, endedAt: UNTIL }), [true]);
    assert.deepEqual(isToTick({ ...ending, relationships: [{ ...one, why: 'role-missing' }] }), [true]);
    assert.deepEqual(isToTick({ ...ending, relationships: [{ ...one, state: 'done' }], later: ['New'] }), [true]);
    assert.deepEqual(isToTick({ ...ending, relationships: [{ ...one, state: 'done' }] }), []);
  });
});

describe('what is only to be known', () => {
  const standing = (request: RemovalRequest) =>
    openPointsOf(recordFor(request)).map(({ name, isToTick, isToKnow, ticked }) => ({
      ...{ name, isToTick, isToKnow, isTicked: ticked !== undefined },
    }));

  it('is what runs its course whatever anybody does', () => {
    assert.deepEqual(standing(done()), [
      { name: 'delegated-admin', isToTick: true, isToKnow: false, isTicked: false },
      { name: 'azure-roles', isToTick: true, isToKnow: false, isTicked: false },
      { name: 'pending-orders', isToTick: true, isToKnow: false, isTicked: false },
      { name: 'transfers', isToTick: true, isToKnow: false, isTicked: false },
      { name: 'charges', isToTick: false, isToKnow: true, isTicked: false },
      { name: 'suspended', isToTick: false, isToKnow: true, isTicked: false },
    ]);
  });

  it('is ticked by nobody, and not shown as ticked where an earlier version had it so', () => {
    for (const point of ['charges', 'suspended']) assert.equal(whyOf(tries(ada, point)), 'stale-card');
    const ticked = ['charges', 'azure-roles'].map((point) => ({ point, by: ada, at: NOW.toISOString() }));

    assert.deepEqual(
      standing(done({ ticked }))
        .filter(({ isTicked }) => isTicked)
        .map(({ name }) => name),
      ['azure-roles'],
    );
  });
});

describe('ticking what stays open', () => {
  it('keeps who and when, in the request and in the record, and shows it on both receipts', () => {
    const { request, audit, outbox = [] } = changeOf(tries(ada, 'azure-roles'));

    assert.deepEqual(request.ticked, [{ point: 'azure-roles', by: ada, at: NOW.toISOString() }]);
    assert.deepEqual(audit, [
      { action: 'open-point.ticked', actor: 'person:ada', target: contoso.id, detail: { point: 'azure-roles' } },
    ]);
    assert.deepEqual(
      outbox.map(({ recipient, slot, mode }) => [recipient, slot, mode]),
      [
        ['ada', 'request', 'edit'],
        ['bo', 'approval', 'edit'],
        ['cy', 'approval', 'edit'],
      ],
    );
    assert.equal(request.state, 'done');
  });

  it('can be taken back, by the other one too, and leaves what else is ticked', () => {
    const once = changeOf(tries(ada, 'azure-roles')).request;
    const twice = changeOf(tries(bo, 'delegated-admin', true, once)).request;

    const { request, audit } = changeOf(tries(bo, 'azure-roles', false, twice));

    assert.deepEqual(
      request.ticked?.map(({ point, by: who }) => [point, who.id]),
      [['delegated-admin', 'bo']],
    );
    assert.deepEqual(
      audit.map(({ action, actor }) => [action, actor]),
      [['open-point.unticked', 'person:bo']],
    );
  });

  it('changes nothing when it is so already', () => {
    const once = changeOf(tries(ada, 'azure-roles')).request;

    assert.equal(whyOf(tries(bo, 'azure-roles', true, once)), 'repeated');
    assert.equal(whyOf(tries(bo, 'azure-roles', false)), 'repeated');
  });

  it('is for whoever asked and for approvers of it, never for anybody else', () => {
    for (const person of [ada, bo, cy]) assert.equal(changeOf(tries(person, 'azure-roles')).request.ticked?.length, 1);
    assert.equal(whyOf(tries(eve, 'azure-roles')), 'not-an-approver');
    assert.equal(whyOf(tries(adaAdmin, 'azure-roles')), 'own-request');
  });

  it('is refused for what does not stay open, and from a card that was overtaken', () => {
    const stale = { person: ada, isCurrent: () => false, point: 'azure-roles', isDone: true };

    assert.equal(whyOf(tries(ada, 'delegated-admin-later')), 'stale-card');
    assert.equal(whyOf(tries(ada, 'azure-roles', true, requestIn('pending'))), 'stale-card');
    assert.equal(whyOf(tick(recordFor(done()), NOW, roles, stale)), 'stale-card');
  });
});
