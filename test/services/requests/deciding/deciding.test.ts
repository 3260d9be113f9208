import assert from 'node:assert/strict';
import { createRoles } from '../../../../services/people/roles.ts';
import {
  approve,
  continueAfterRefusal,
  decline,
  withdraw,
  type Click,
} from '../../../../services/requests/deciding/deciding.ts';
import { mayDecide } from '../../../../services/requests/who-may.ts';
import type { Change } from '../../../../services/requests/change.ts';
import { STATES, type StateName } from '../../../../services/requests/life.ts';
import type { RequestPolicy } from '../../../../services/requests/moves.ts';
import type { RemovalRequest } from '../../../../services/requests/request.ts';
import type { Refused } from '../../../../services/requests/request-store.ts';
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

const REASON = 'Not before the audit.';
type Decided = Change | Refused<unknown>;
interface Asked {
  readonly request: RemovalRequest;
  readonly click: ReturnType<typeof by>;
  readonly at?: Date;
  readonly policy?: RequestPolicy;
}
const deeds = {
  approve: ({ request, click, at = NOW, policy: rules = policy }: Asked): Decided =>
    approve(recordFor(request), at, rules, roles, click),
  decline: ({ request, click, at = NOW }: Asked): Decided =>
    decline(recordFor(request), at, roles, { ...click, reason: REASON }),
  withdraw: ({ request, click, at = NOW }: Asked): Decided => withdraw(recordFor(request), at, roles, click),
  continue: ({ request, click, at = NOW }: Asked): Decided =>
    continueAfterRefusal(recordFor(request), at, roles, click),
};
type Deed = keyof typeof deeds;
const DECISIONS: readonly Deed[] = ['approve', 'decline'];

/** The state that a decision leads to, or why it does not count. */
const outcome = (decided: Decided): unknown =>
  'request' in decided ? decided.request.state : `refused: ${decided.why as string}`;
const onAnOldCard = (person: Click['person']): Asked['click'] => ({ ...by(person), isCurrent: () => false });
const isOfRevision = (person: Click['person'], revision: number): Asked['click'] => ({
  ...by(person),
  isCurrent: (request) => request.revision === revision,
});

/** What each decision comes to in every state, by the one person who may take it. */
const decidedIn: Readonly<Record<StateName, Readonly<Record<Deed, string>>>> = {
  draft: { approve: 'already-decided', decline: 'already-decided', withdraw: '→ abandoned', continue: 'repeated' },
  pending: { approve: '→ approved', decline: '→ declined', withdraw: '→ withdrawn', continue: 'repeated' },
  approved: { approve: 'repeated', decline: 'repeated', withdraw: '→ withdrawn', continue: 'repeated' },
  executing: { approve: 'repeated', decline: 'repeated', withdraw: 'too-late', continue: 'repeated' },
  verifying: { approve: 'repeated', decline: 'repeated', withdraw: 'too-late', continue: 'repeated' },
  unknown: { approve: 'repeated', decline: 'repeated', withdraw: 'too-late', continue: 'repeated' },
  blocked: { approve: 'repeated', decline: 'repeated', withdraw: '→ withdrawn', continue: '→ approved' },
  done: { approve: 'repeated', decline: 'repeated', withdraw: 'already-decided', continue: 'already-decided' },
  declined: { approve: 'repeated', decline: 'repeated', withdraw: 'already-decided', continue: 'already-decided' },
  withdrawn: {
    approve: 'already-decided',
    decline: 'already-decided',
    withdraw: 'repeated',
    continue: 'already-decided',
  },
  expired: { approve: 'expired', decline: 'expired', withdraw: 'already-decided', continue: 'already-decided' },
  void: { approve: 'repeated', decline: 'repeated', withdraw: 'already-decided', continue: 'already-decided' },
  abandoned: {
    approve: 'already-decided',
    decline: 'already-decided',
    withdraw: 'repeated',
    continue: 'already-decided',
  },
  closed: { approve: 'repeated', decline: 'repeated', withdraw: 'already-decided', continue: 'already-decided' },
};
const decider: Readonly<Record<Deed, Click['person']>> = { approve: bo, decline: bo, withdraw: ada, continue: ada };

describe('a decision on a request', () => {
  for (const state of STATES)
    for (const deed of Object.keys(deeds) as Deed[]) {
      const expected = decidedIn[state][deed];
      it(`to ${deed} one that is ${state} comes to: ${expected}`, () => {
        const decided = deeds[deed]({ request: requestIn(state), click: by(decider[deed]) });

        assert.equal(outcome(decided), expected.startsWith('→') ? expected.slice(2) : `refused: ${expected}`);
      });
    }

  for (const state of STATES.filter((one) => one !== 'pending'))
    it(`cannot be made by an approver who has not decided yet, once it is ${state}`, () => {
      for (const deed of DECISIONS) {
        const why = whyOf(deeds[deed]({ request: requestIn(state), click: by(cy) }));

        assert.equal(why, state === 'expired' ? 'expired' : 'already-decided');
      }
    });

  const barred: readonly [name: string, person: Click['person'], why: string][] = [
    ['who asked for it, approver or not', ada, 'own-request'],
    ['who asked for it, by a second account', adaAdmin, 'own-request'],
    ['who is no approver', eve, 'not-an-approver'],
  ];
  for (const [name, person, why] of barred)
    for (const state of STATES)
      it(`is never one of a person ${name}, also while it is ${state}`, () => {
        const request = requestIn(state);

        assert.deepEqual(
          DECISIONS.map((deed) => whyOf(deeds[deed]({ request, click: by(person) }))),
          [why, why],
        );
        assert.equal(mayDecide(request, person, roles), why);
      });

  it('is the requester’s own alone where it takes something back or goes on', () => {
    for (const person of [bo, adaAdmin, eve])
      for (const state of STATES)
        for (const deed of ['withdraw', 'continue'] as const)
          assert.equal(whyOf(deeds[deed]({ request: requestIn(state), click: by(person) })), 'not-the-requester');
  });

  const stale: readonly [deed: Deed, state: StateName][] = [
    ['approve', 'pending'],
    ['decline', 'pending'],
    ['withdraw', 'draft'],
    ['withdraw', 'pending'],
    ['withdraw', 'approved'],
    ['withdraw', 'blocked'],
    ['continue', 'blocked'],
  ];
  for (const [deed, state] of stale)
    it(`to ${deed} one that is ${state} does not count from a card that was overtaken`, () => {
      const why = whyOf(deeds[deed]({ request: requestIn(state), click: onAnOldCard(decider[deed]) }));

      assert.equal(why, 'stale-card');
    });

  it('that comes again is told from a card that was overtaken', () => {
    const approved = requestIn('approved');

    assert.equal(
      whyOf(deeds.approve({ request: approved, click: isOfRevision(bo, approved.revision - 1) })),
      'repeated',
    );
  });

  for (const deed of DECISIONS) {
    it(`to ${deed} counts in the last millisecond, and in the next it does not`, () => {
      const request = requestIn('pending');
      const last = after(policy.approvalTtlMs - 1);
      const over = after(policy.approvalTtlMs);

      assert.ok('request' in deeds[deed]({ request, click: by(bo), at: last }));
      assert.equal(whyOf(deeds[deed]({ request, click: by(bo), at: over })), 'expired');
    });
  }

  it('to go on after a refusal counts in the last millisecond of the approval, and in the next it does not', () => {
    const request = requestIn('blocked');

    assert.equal(
      outcome(deeds.continue({ request, click: by(ada), at: after(policy.executionTtlMs - 1) })),
      'approved',
    );
    assert.equal(whyOf(deeds.continue({ request, click: by(ada), at: after(policy.executionTtlMs) })), 'expired');
  });
});

describe('an approval', () => {
  it('that is the last one needed starts the removal in this process, and its clock', () => {
    const change = changeOf(
      approve(recordFor(requestIn('pending')), NOW, policy, roles, { ...by(bo), comment: 'Agreed with sales.' }),
    );

    const executeBy = after(policy.executionTtlMs).toISOString();
    assert.deepEqual(change.request.approvals, [{ by: bo, at: NOW.toISOString(), comment: 'Agreed with sales.' }]);
    assert.equal(change.request.executeBy, executeBy);
    assert.deepEqual(change.work, { run: { here: true }, clock: { at: executeBy } });
    assert.deepEqual(change.outbox, [
      { recipient: 'ada', slot: 'request', mode: 'new', headline: 'approved' },
      { recipient: 'bo', slot: 'approval', mode: 'edit', headline: 'approved' },
      { recipient: 'cy', slot: 'approval', mode: 'edit', headline: 'approved' },
    ]);
  });

  it('is on the record with what it covers', () => {
    const request = requestIn('pending');

    const { audit } = changeOf(approve(recordFor(request), NOW, policy, roles, by(bo)));

    assert.deepEqual(audit, [
      {
        action: 'request.approved',
        actor: 'person:bo',
        target: contoso.id,
        detail: {
          digest: request.plan?.digest,
          approvals: 1,
          of: 1,
          comment: undefined,
          readAs: 'person:bo',
          correlationId: 'correlation-id-0',
        },
      },
    ]);
  });

  it('for somebody who may ask for nothing any more makes the request void', () => {
    const left = createRoles({ requesters: ['dan'], approvers: ['bo'], auditors: [], samePerson: [] });

    const change = changeOf(approve(recordFor(requestIn('pending')), NOW, policy, left, by(bo)));

    assert.deepEqual(
      [change.request.state, change.request.voided?.why, change.request.approvals],
      ['void', 'no-longer-requester', []],
    );
    assert.deepEqual(change.work, { run: null, clock: null });
  });

  describe('of two that are needed', () => {
    const pending = (): RemovalRequest => requestIn('pending', { with: twoNeeded });
    const first = (): Change =>
      changeOf(deeds.approve({ request: pending(), click: by(bo), policy: twoNeeded, at: after(1) }));

    it('leaves the request pending when it is the first, with its time running on and nothing begun', () => {
      const before = pending();

      const { request, work, outbox } = first();

      assert.deepEqual(
        [request.state, request.stateSince, request.approveBy, request.executeBy],
        ['pending', before.stateSince, before.approveBy, undefined],
      );
      // Nobody else's buttons have changed, so a confirm view that is open somewhere stays good.
      assert.equal(request.revision, before.revision);
      assert.equal(work, undefined);
      assert.deepEqual(
        outbox?.map(({ mode }) => mode),
        ['edit', 'edit', 'edit'],
      );
    });

    it('is enough together with one of another person', () => {
      const second = changeOf(
        deeds.approve({ request: first().request, click: by(cy), policy: twoNeeded, at: after(2) }),
      );

      assert.equal(second.request.state, 'approved');
      assert.deepEqual(
        second.request.approvals.map(({ by: one }) => one.id),
        ['bo', 'cy'],
      );
      assert.equal(second.request.executeBy, after(twoNeeded.executionTtlMs + 2).toISOString());
    });

    it('counts once a person, however often they press', () => {
      assert.equal(whyOf(deeds.approve({ request: first().request, click: by(bo), policy: twoNeeded })), 'repeated');
    });

    it('counts once a person, whichever of their accounts they use', () => {
      assert.equal(
        whyOf(deeds.approve({ request: first().request, click: by(boAdmin), policy: twoNeeded })),
        'repeated',
      );
    });

    it('is not enough where the other one may approve no longer: that one is dropped, and said so on the record', () => {
      const left = createRoles({ requesters: ['ada'], approvers: ['cy', 'gil'], auditors: [], samePerson: [] });
      const gil = { id: 'gil', name: 'Gil' };

      const second = changeOf(approve(recordFor(first().request), after(2), twoNeeded, left, by(cy)));

      assert.deepEqual([second.request.state, second.request.approvals.map((one) => one.by.id)], ['pending', ['cy']]);
      assert.deepEqual(second.audit[0]?.detail?.['dropped'], ['bo']);
      const third = changeOf(approve(recordFor(second.request), after(3), twoNeeded, left, by(gil)));
      assert.deepEqual([third.request.state, third.audit[0]?.detail?.['dropped']], ['approved', undefined]);
    });

    it('does not keep another person from declining', () => {
      assert.equal(outcome(deeds.decline({ request: first().request, click: by(cy) })), 'declined');
    });
  });
});

describe('declining', () => {
  it('is final by one person, and tells the requester why', () => {
    const change = changeOf(
      decline(recordFor(requestIn('pending')), NOW, roles, { ...by(bo), reason: `  ${REASON}\n` }),
    );

    assert.deepEqual(change.request.declined, { by: bo, at: NOW.toISOString(), reason: REASON });
    assert.deepEqual(change.work, { run: null, clock: null });
    assert.deepEqual(change.outbox?.[0], { recipient: 'ada', slot: 'request', mode: 'new', headline: 'declined' });
    assert.deepEqual(change.audit, [
      { action: 'request.declined', actor: 'person:bo', target: contoso.id, detail: { reason: REASON } },
    ]);
  });

  const reasons: readonly [name: string, reason: string, outcome: string][] = [
    ['nine characters', 'x'.repeat(9), 'refused: reason-too-short'],
    ['nine characters and blanks around them', `  ${'x'.repeat(9)}  `, 'refused: reason-too-short'],
    ['blanks only', ' '.repeat(40), 'refused: reason-too-short'],
    ['ten characters', 'x'.repeat(10), 'declined'],
    ['500 characters', 'x'.repeat(500), 'declined'],
    ['500 characters and blanks around them', ` ${'x'.repeat(500)} `, 'declined'],
    ['501 characters', 'x'.repeat(501), 'refused: reason-too-long'],
  ];
  for (const [name, reason, expected] of reasons)
    it(`for a reason of ${name} comes to: ${expected}`, () => {
      assert.equal(outcome(decline(recordFor(requestIn('pending')), NOW, roles, { ...by(bo), reason })), expected);
    });

  it('by somebody who may not decide is refused for that, whatever the reason says', () => {
    assert.equal(
      whyOf(decline(recordFor(requestIn('pending')), NOW, roles, { ...by(eve), reason: '' })),
      'not-an-approver',
    );
  });
});

describe('withdrawing', () => {
  it('ends all work and settles every card', () => {
    const change = changeOf(withdraw(recordFor(requestIn('approved')), NOW, roles, by(ada)));

    assert.deepEqual(change.work, { run: null, clock: null, look: null });
    assert.deepEqual(
      change.outbox?.map(({ recipient, slot, mode }) => `${recipient} ${slot} ${mode}`),
      ['ada request edit', 'bo approval edit', 'cy approval edit'],
    );
    assert.deepEqual(change.audit, [{ action: 'request.withdrawn', actor: 'person:ada', target: contoso.id }]);
  });

  it('of a draft that is being sent leaves nothing to be sent', () => {
    const sending = { ...requestIn('draft'), sendingSince: NOW.toISOString() };

    const { request } = changeOf(withdraw(recordFor(sending), NOW, roles, by(ada)));

    assert.deepEqual([request.state, request.sendingSince], ['abandoned', undefined]);
  });
});

describe('going on after a refusal', () => {
  it('begins again under the same approval, and forgets the call that was refused', () => {
    const blocked = requestIn('blocked');

    const change = changeOf(continueAfterRefusal(recordFor(blocked), NOW, roles, by(ada)));

    const { state, approvals, executeBy, removal, refused, waitingFor } = change.request;
    assert.deepEqual([state, approvals, executeBy], ['approved', blocked.approvals, blocked.executeBy]);
    assert.deepEqual([removal, refused, waitingFor], [undefined, undefined, undefined]);
    assert.deepEqual(change.work, { run: { here: true } });
    assert.deepEqual(change.audit, [{ action: 'request.continued', actor: 'person:ada', target: contoso.id }]);
  });

  it('is not possible after a call to which no answer was seen: it would be made again under another id', () => {
    const { refused, ...blocked } = requestIn('blocked');
    assert.ok(refused);
    const unanswered: RemovalRequest = { ...blocked, refused: { fault: 'not-resent', ids: refused.ids } };

    assert.equal(whyOf(continueAfterRefusal(recordFor(unanswered), NOW, roles, by(ada))), 'too-late');
  });
});

describe('a requester who has lost the role', () => {
  const nobody = createRoles({ requesters: [], approvers: ['ada', 'bo'], auditors: ['ada'], samePerson: [] });

  for (const state of ['draft', 'pending', 'approved', 'blocked'] as const)
    it(`withdraws nothing that is ${state}, whatever other role they have`, () => {
      assert.equal(whyOf(withdraw(recordFor(requestIn(state)), NOW, nobody, by(ada))), 'not-a-requester');
    });

  it('has nothing tried again', () => {
    const tried = continueAfterRefusal(recordFor(requestIn('blocked')), NOW, nobody, by(ada));

    assert.equal(whyOf(tried), 'not-a-requester');
  });
});
