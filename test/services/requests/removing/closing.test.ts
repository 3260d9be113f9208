import assert from 'node:assert/strict';
import { asPerson } from '../../../../services/partner-center/partner-center.ts';
import { createRoles } from '../../../../services/people/roles.ts';
import { close } from '../../../../services/requests/removing/closing.ts';
import { STATES, type StateName } from '../../../../services/requests/life.ts';
import {
  ada,
  adaAdmin,
  bo,
  boAdmin,
  by,
  changeOf,
  contoso,
  cy,
  eve,
  NOW,
  recordFor,
  requestIn,
  whyOf,
} from '../request-in.ts';

const REASON = 'Gone from our list since this morning, says the portal.';
const roles = createRoles({
  requesters: ['ada'],
  approvers: ['bo', 'bo-admin', 'cy'],
  auditors: ['eve', 'ada', 'ada-admin', 'bo', 'bo-admin', 'cy'],
  samePerson: [
    ['ada', 'ada-admin'],
    ['bo', 'bo-admin'],
  ],
});
const tries = (person: typeof ada, state: StateName = 'unknown', reason = REASON) =>
  close(recordFor(requestIn(state)), NOW, roles, { ...by(person), reason });

describe('closing a request whose outcome is unknown', () => {
  it('takes an auditor and a reason, ends the looking, and tells everybody', () => {
    const { request, audit, outbox = [], work } = changeOf(tries(eve));

    assert.deepEqual([request.state, request.waitingFor], ['closed', undefined]);
    assert.deepEqual(request.closed, { by: eve, at: NOW.toISOString(), reason: REASON });
    assert.deepEqual(audit, [
      { action: 'request.closed', actor: 'person:eve', target: contoso.id, detail: { reason: REASON } },
    ]);
    assert.deepEqual(
      outbox.map(({ recipient, mode, headline }) => [recipient, mode, headline]),
      [
        ['ada', 'new', 'closed'],
        ['bo', 'new', 'closed'],
        ['cy', 'edit', 'closed'],
      ],
    );
    assert.deepEqual(work, { run: null, clock: null });
  });

  it('is open to an approver who has not decided, as long as they are an auditor', () => {
    assert.equal(changeOf(tries(cy)).request.state, 'closed');
  });

  for (const [who, person] of [
    ['whoever asked', ada],
    ['a second account of whoever asked', adaAdmin],
    ['whoever approved', bo],
    ['a second account of whoever approved', boAdmin],
  ] as const)
    it(`is not for ${who}`, () => {
      assert.equal(whyOf(tries(person)), 'has-a-part');
    });

  it('is not for whoever has sent the call, though somebody else is to go on with it', () => {
    const request = requestIn('unknown');
    const sent = { ...request, removal: { ...request.removal!, actAs: asPerson('cy') } };

    assert.equal(whyOf(close(recordFor(sent), NOW, roles, { ...by(cy), reason: REASON })), 'has-a-part');
  });

  it('is for auditors only', () => {
    const none = createRoles({ requesters: ['ada'], approvers: ['bo'], auditors: [], samePerson: [] });

    const tried = close(recordFor(requestIn('unknown')), NOW, none, { ...by(eve), reason: REASON });

    assert.equal(whyOf(tried), 'not-an-auditor');
  });

  for (const state of STATES.filter((one) => one !== 'unknown'))
    it(`is not for one that is ${state}`, () => {
      const isOver = ['done', 'declined', 'withdrawn', 'expired', 'void', 'abandoned', 'closed'].includes(state);
      assert.equal(whyOf(tries(eve, state)), isOver ? 'already-decided' : 'not-unknown');
    });

  for (const [reason, why] of [
    ['', 'reason-too-short'],
    ['   gone   ', 'reason-too-short'],
    ['x'.repeat(501), 'reason-too-long'],
  ] as const)
    it(`takes no reason of ${reason.length} characters`, () => {
      assert.equal(whyOf(tries(eve, 'unknown', reason)), why);
    });

  it('is not done from an old card', () => {
    const click = { ...by(eve), isCurrent: () => false, reason: REASON };
    assert.equal(whyOf(close(recordFor(requestIn('unknown')), NOW, roles, click)), 'stale-card');
  });
});
