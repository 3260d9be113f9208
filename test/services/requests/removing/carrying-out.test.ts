import assert from 'node:assert/strict';
import { HOUR_MS } from '../../../../services/clock.ts';
import { asPerson } from '../../../../services/partner-center/partner-center.ts';
import type { PersonRef } from '../../../../services/people/person.ts';
import { carryOut, waitsForPerson } from '../../../../services/requests/removing/carrying-out.ts';
import { approve } from '../../../../services/requests/deciding/deciding.ts';
import { waitFor } from '../../../../services/requests/removing/executing.ts';
import { STATES, type StateName } from '../../../../services/requests/life.ts';
import type { RemovalRequest } from '../../../../services/requests/request.ts';
import {
  ada,
  adaAdmin,
  after,
  bo,
  boAdmin,
  by,
  changeOf,
  cy,
  eve,
  NOW,
  policy,
  recordFor,
  requestIn,
  roles,
  whyOf,
} from '../request-in.ts';

const asRequester = { ...policy, executeAs: 'requester' as const };
const read = (person: PersonRef) => ({ actAs: asPerson(person.id), correlationId: 'read-1' });
const carry = (request: RemovalRequest, person: PersonRef, now = NOW, isCurrent = true) =>
  carryOut(recordFor(request), now, roles, { person, isCurrent: () => isCurrent, read: read(person) });
const waiting = (state: StateName): RemovalRequest =>
  waitFor(recordFor(requestIn(state)), NOW, roles, { why: 'sign-in', forMs: 1 }).request;
const removeNow = (): RemovalRequest =>
  changeOf(approve(recordFor(requestIn('pending')), NOW, asRequester, roles, by(bo))).request;
const told = (change: ReturnType<typeof changeOf>) =>
  (change.outbox ?? []).map(({ recipient, mode, headline }) => [recipient, mode, headline]);

describe('a removal that waits for somebody to sign in', () => {
  const open: readonly StateName[] = ['approved', 'executing', 'verifying', 'unknown'];
  for (const state of open)
    for (const person of [bo, cy, boAdmin])
      it(`(${state}) is carried out by ${person.name} from then on, by this process, with the call it has made`, () => {
        const before = waiting(state);

        const { request, work, audit } = changeOf(carry(before, person));

        assert.deepEqual([request.state, request.executor, request.waitingFor], [state, person, undefined]);
        assert.deepEqual(request.removal, before.removal);
        assert.deepEqual(work, { run: { here: true } });
        const from = person.id === bo.id ? {} : { from: 'bo' };
        assert.deepEqual(audit[0], {
          action: 'request.taken-over',
          actor: `person:${person.id}`,
          target: before.customer.id,
          detail: { ...from, readAs: `person:${person.id}`, correlationId: 'read-1' },
        });
        assert.equal(waitsForPerson(before), 'sign-in');
        assert.equal(waitsForPerson(request), undefined);
      });

  it('is shown to everybody who was told', () => {
    const before = waiting('approved');

    const recipients = (changeOf(carry(before, cy)).outbox ?? []).map(({ recipient }) => recipient);

    assert.deepEqual(recipients, ['ada', 'bo', 'cy', 'bo-admin']);
  });

  const refused: readonly [name: string, person: PersonRef, why: string][] = [
    ['whoever asked', ada, 'own-request'],
    ['a second account of whoever asked', adaAdmin, 'own-request'],
    ['somebody who may not approve', eve, 'not-an-approver'],
  ];
  for (const [name, person, why] of refused)
    it(`is not carried out by ${name}: ${why}`, () => {
      assert.equal(whyOf(carry(waiting('approved'), person)), why);
    });

  it('is carried out by whoever pressed first; another click changes nothing', () => {
    const { request } = changeOf(carry(waiting('approved'), cy));

    assert.equal(whyOf(carry(request, cy)), 'repeated');
    assert.equal(whyOf(carry(request, bo)), 'taken-over');
  });

  it('is not carried out from a card that was overtaken', () => {
    assert.equal(whyOf(carry(waiting('approved'), bo, NOW, false)), 'stale-card');
  });

  it('is not begun once its time is over; what may have been sent is followed whatever the time', () => {
    assert.equal(whyOf(carry(waiting('approved'), bo, after(HOUR_MS))), 'expired');
    assert.equal(changeOf(carry(waiting('unknown'), bo, after(HOUR_MS))).request.state, 'unknown');
  });

  it('cannot be taken while nobody is waited for, nor once it has ended', () => {
    for (const state of STATES) {
      const request = requestIn(state);
      assert.ok(!('request' in carry(request, cy)), state);
      assert.ok(!('request' in carry(request, ada)), state);
    }
  });
});

describe('a removal in the requester’s name', () => {
  it('waits for them once it is approved, for as long as the approval holds', () => {
    const change = changeOf(approve(recordFor(requestIn('pending')), NOW, asRequester, roles, by(bo)));

    assert.deepEqual([change.request.state, change.request.executor], ['approved', ada]);
    assert.equal(waitsForPerson(change.request), 'remove-now');
    assert.deepEqual(change.work, { run: null, clock: { at: change.request.executeBy } });
    assert.deepEqual(told(change), [
      ['ada', 'new', 'remove-now'],
      ['bo', 'edit', 'remove-now'],
      ['cy', 'edit', 'remove-now'],
    ]);
  });

  it('begins when they say so, in this process', () => {
    const { request, work, audit } = changeOf(carry(removeNow(), ada));

    assert.deepEqual([request.executor, request.waitingFor, work], [ada, undefined, { run: { here: true } }]);
    assert.deepEqual(
      audit.map(({ action, actor }) => [action, actor]),
      [['request.remove-now', 'person:ada']],
    );
  });

  for (const person of [bo, cy, adaAdmin, eve])
    it(`is nobody else’s to begin: ${person.name}`, () => {
      assert.equal(whyOf(carry(removeNow(), person)), 'not-the-requester');
    });

  it('is not begun once its time is over', () => {
    assert.equal(whyOf(carry(removeNow(), ada, after(HOUR_MS))), 'expired');
  });

  it('is begun once', () => {
    assert.equal(whyOf(carry(changeOf(carry(removeNow(), ada)).request, ada)), 'repeated');
  });
});
