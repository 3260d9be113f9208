import assert from 'node:assert/strict';
import { createRoles } from '../../../../services/people/roles.ts';
import type { Change } from '../../../../services/requests/change.ts';
import { approve, decline, type Click } from '../../../../services/requests/deciding/deciding.ts';
import { mayDecide } from '../../../../services/requests/who-may.ts';
import { STATES } from '../../../../services/requests/life.ts';
import { approverIds } from '../../../../services/requests/moves.ts';
import {
  barsPassing,
  othersToAsk,
  othersToPassTo,
  passedTo,
  passOn,
  undecided,
} from '../../../../services/requests/deciding/passing.ts';
import type { RemovalRequest } from '../../../../services/requests/request.ts';
import {
  ada,
  adaAdmin,
  after,
  bo,
  boAdmin,
  by,
  changeOf,
  contoso,
  cy,
  eve,
  NOW,
  policy,
  recordFor,
  requestIn,
  roles,
  twoNeeded,
  whyOf,
} from '../request-in.ts';

type Person = Click['person'];
const gil = { id: 'gil', name: 'Gil' };
/** Ada asks; Bo, Cy and Gil may approve. */
const three = createRoles({
  requesters: ['ada'],
  approvers: ['ada', 'ada-admin', 'bo', 'bo-admin', 'cy', 'gil'],
  auditors: [],
  samePerson: [
    ['ada', 'ada-admin'],
    ['bo', 'bo-admin'],
  ],
});
/** Bo alone is asked. */
const askedOfBo = (): RemovalRequest => ({ ...requestIn('pending'), approvers: [bo] });
/** Bo and Cy are asked, and both are needed. */
const askedOfBoth = (): RemovalRequest => ({ ...requestIn('pending', { with: twoNeeded }), approvers: [bo, cy] });
const pass = (
  request: RemovalRequest,
  person: Person,
  to: Person,
  more: { readonly instead?: string; readonly isCurrent?: boolean; readonly at?: Date } = {},
) => {
  const { instead, isCurrent = true, at = NOW } = more;
  const click = { person, isCurrent: () => isCurrent, to, ...(instead !== undefined && { instead }) };
  return passOn(recordFor(request), at, three, click);
};
const passed = (...args: Parameters<typeof pass>): Change => changeOf(pass(...args));

describe('passing a request to another approver', () => {
  it('puts that one in the place of who passes it, with the time running on', () => {
    const before = askedOfBo();

    const { request, work } = passed(before, bo, cy);

    assert.deepEqual(request.approvers, [cy]);
    assert.deepEqual(request.passed, [{ from: bo, to: cy, by: bo, at: NOW.toISOString() }]);
    assert.deepEqual(
      [request.state, request.stateSince, request.approveBy],
      ['pending', before.stateSince, before.approveBy],
    );
    assert.equal(work, undefined);
    // Its buttons are others': what was pressed before does nothing after it.
    assert.equal(request.revision, before.revision + 1);
  });

  it('sends a card to the new one, and settles the others’', () => {
    assert.deepEqual(passed(askedOfBo(), bo, cy).outbox, [
      { recipient: 'ada', slot: 'request', mode: 'edit' },
      { recipient: 'cy', slot: 'approval', mode: 'new', headline: 'approval-wanted' },
      { recipient: 'bo', slot: 'approval', mode: 'edit' },
    ]);
  });

  it('is on the record', () => {
    assert.deepEqual(passed(askedOfBo(), bo, cy).audit, [
      { action: 'request.passed', actor: 'person:bo', target: contoso.id, detail: { from: 'bo', to: 'cy' } },
    ]);
  });

  it('leaves who passed it nothing to decide, by whichever account, until it is passed back', () => {
    const { request } = passed(askedOfBo(), bo, cy);
    for (const person of [bo, boAdmin]) {
      assert.equal(mayDecide(request, person, three), 'passed-on');
      assert.equal(whyOf(approve(recordFor(request), NOW, policy, three, by(person))), 'passed-on');
      assert.equal(
        whyOf(decline(recordFor(request), NOW, three, { ...by(person), reason: 'Not before the audit.' })),
        'passed-on',
      );
    }

    const back = passed(request, cy, bo).request;

    assert.equal(mayDecide(back, bo, three), undefined);
    assert.equal(mayDecide(back, cy, three), 'passed-on');
    assert.equal(passedTo(back, bo)?.by.id, 'cy');
    assert.equal(changeOf(approve(recordFor(back), NOW, policy, three, by(bo))).request.state, 'approved');
  });

  it('can be done by whoever asked too, instead of the one who is asked', () => {
    const { request } = passed(askedOfBo(), ada, gil);

    assert.deepEqual(request.approvers, [gil]);
    assert.deepEqual(request.passed, [{ from: bo, to: gil, by: ada, at: NOW.toISOString() }]);
  });

  it('replaces one of several, whom whoever asked may choose', () => {
    assert.deepEqual(passed(askedOfBoth(), ada, gil).request.approvers, [gil, cy]);
    assert.deepEqual(passed(askedOfBoth(), ada, gil, { instead: 'cy' }).request.approvers, [bo, gil]);
    assert.deepEqual(passed(askedOfBoth(), cy, gil).request.approvers, [bo, gil]);
    // An approver passes their own place only.
    assert.deepEqual(passed(askedOfBoth(), cy, gil, { instead: 'bo' }).request.approvers, [bo, gil]);
  });

  it('leaves approvals that were given as they are', () => {
    const first = changeOf(approve(recordFor(askedOfBoth()), NOW, twoNeeded, three, by(bo))).request;
    assert.deepEqual(undecided(first, three), [cy]);

    const { request } = passed(first, ada, gil);

    assert.deepEqual([request.approvers, request.approvals.map((one) => one.by)], [[bo, gil], [bo]]);
    assert.equal(whyOf(pass(first, ada, gil, { instead: 'bo' })), 'not-available');
    assert.equal(whyOf(pass(first, bo, gil)), 'already-decided');
  });

  const refusals: readonly [name: string, person: Person, to: Person, why: string][] = [
    ['by somebody who may approve and is not asked', gil, cy, 'not-asked'],
    ['by somebody who is no approver', eve, cy, 'not-an-approver'],
    ['by a second account of whoever asked', adaAdmin, cy, 'own-request'],
    ['by a second account of who is asked', boAdmin, cy, 'not-asked'],
    ['to whoever asked', bo, ada, 'not-available'],
    ['to a second account of whoever asked', bo, adaAdmin, 'not-available'],
    ['to a second account of their own', bo, boAdmin, 'not-available'],
    ['to themself', bo, bo, 'not-available'],
    ['to somebody who is no approver', bo, eve, 'not-available'],
  ];
  for (const [name, person, to, why] of refusals)
    it(`is refused ${name}: ${why}`, () => {
      assert.equal(whyOf(pass(askedOfBo(), person, to)), why);
    });

  it('is refused to somebody who is asked already, or has decided', () => {
    assert.equal(whyOf(pass(askedOfBoth(), bo, cy)), 'not-available');
    assert.deepEqual(othersToAsk(askedOfBoth(), three), ['gil']);
  });

  it('is refused where whoever asked may ask for nothing any more', () => {
    const nobody = createRoles({ requesters: [], approvers: ['bo', 'cy'], auditors: [], samePerson: [] });

    assert.equal(barsPassing(askedOfBo(), ada, nobody), 'not-a-requester');
  });

  it('is done once, however often the same click comes', () => {
    const { request } = passed(askedOfBo(), bo, cy);

    assert.equal(whyOf(pass(request, bo, cy, { isCurrent: false })), 'repeated');
    const back = passed(request, cy, bo).request;
    assert.equal(whyOf(pass(back, bo, cy, { isCurrent: false })), 'stale-card');
  });

  it('is refused from a card that was overtaken, and once the time is over', () => {
    assert.equal(whyOf(pass(askedOfBo(), bo, cy, { isCurrent: false })), 'stale-card');
    assert.equal(whyOf(pass(askedOfBo(), bo, cy, { at: after(policy.approvalTtlMs) })), 'expired');
  });

  for (const state of STATES.filter((one) => one !== 'pending'))
    it(`is refused once the request is ${state}`, () => {
      const why = state === 'expired' ? 'expired' : 'already-decided';

      assert.deepEqual(
        [ada, cy].map((person) => whyOf(pass(requestIn(state), person, gil))),
        [why, why],
      );
    });

  it('comes to an end: once as many have a card as may, it can only go back to one of them', () => {
    const ids = Array.from({ length: 12 }, (_, n) => `approver-${n}`);
    const many = createRoles({ requesters: ['ada'], approvers: ids, auditors: [], samePerson: [] });
    const refs = ids.map((id) => ({ id, name: id }));
    const to = (request: RemovalRequest, from: Person, next: Person) =>
      passOn(recordFor(request), NOW, many, { person: from, isCurrent: () => true, to: next });
    const first = { ...requestIn('pending'), approvers: refs.slice(0, 1) };
    const tenth = refs
      .slice(1, 10)
      .reduce((request, next, at) => changeOf(to(request, refs[at]!, next)).request, first);

    assert.equal(approverIds(tenth).length, 10);
    assert.equal(whyOf(to(tenth, refs[9]!, refs[10]!)), 'with-enough');
    assert.deepEqual(othersToPassTo(tenth, many), ids.slice(0, 9));
    const back = changeOf(to(tenth, refs[9]!, refs[0]!)).request;
    assert.equal(approverIds(back).length, 10);
  });

  it('leaves nobody where everybody who may decide is asked', () => {
    assert.deepEqual(othersToAsk(requestIn('pending'), roles), []);
  });
});
