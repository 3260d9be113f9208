import assert from 'node:assert/strict';
import { DAY_MS } from '../../../../services/clock.ts';
import { assessRemoval } from '../../../../services/readiness/assess.ts';
import { asPerson } from '../../../../services/partner-center/partner-center.ts';
import type { DriftLine, Readiness } from '../../../../services/readiness/readiness.ts';
import { createRoles } from '../../../../services/people/roles.ts';
import type { Change } from '../../../../services/requests/change.ts';
import {
  intendRemoval,
  recheck,
  removalAnswered,
  removalDone,
  removalRefused,
  removalUnanswered,
  voidRequest,
  waitFor,
  type Waiting,
} from '../../../../services/requests/removing/executing.ts';
import { refusedCall } from '../../../../services/requests/removing/refused-call.ts';
import type { RemovalRequest, VoidReason } from '../../../../services/requests/request.ts';
import { faultOf } from '../../readiness/fake-partner-center.ts';
import { assess, BLOCKS, holdingsOf, read, subscriptions, unread, type Held } from '../../readiness/holdings-of.ts';
import {
  ada,
  after,
  bo,
  contoso,
  ids,
  NOW,
  policy,
  recordFor,
  refusedBySomething,
  requestIn,
  roles,
} from '../request-in.ts';

const suspended = { ...subscriptions.legacyLicence, status: 'suspended', quantity: 5 };
const approvedWith = (held: Held): RemovalRequest => {
  const { readAt, digest, facts, lines } = assess(held);
  return { ...requestIn('approved'), plan: { readAt, digest, facts, lines, inactive: [] } };
};
const renamedTo = (domain: string): Readiness =>
  assessRemoval(holdingsOf({}, { customer: read({ ...contoso, domain }) }), BLOCKS, NOW);
const told = ({ outbox = [] }: Change) => outbox.map(({ recipient, mode, headline }) => [recipient, mode, headline]);

describe('what was approved, against what is there now', () => {
  const cases: readonly [name: string, held: Held, now: Readiness, kind: string, drift: readonly DriftLine[]][] = [
    ['the same', { subscriptions: [suspended] }, assess({ subscriptions: [suspended] }), 'as-approved', []],
    ['nothing any more', { subscriptions: [suspended] }, assess({}), 'as-approved', []],
    [
      'fewer of them',
      { subscriptions: [suspended] },
      assess({ subscriptions: [{ ...suspended, quantity: 4 }] }),
      'as-approved',
      [],
    ],
    [
      'one that is new, suspended as it is',
      {},
      assess({ subscriptions: [suspended] }),
      'void: drift',
      [{ kind: 'new', name: 'Office 365 E3', class: 'legacy-licence', quantity: 5 }],
    ],
    [
      'one that is active again',
      { subscriptions: [suspended] },
      assess({ subscriptions: [subscriptions.legacyLicence] }),
      'void: drift',
      [{ kind: 'blocks-now', name: 'Office 365 E3' }],
    ],
    [
      'more of them',
      { subscriptions: [suspended] },
      assess({ subscriptions: [{ ...suspended, quantity: 6 }] }),
      'void: drift',
      [{ kind: 'more', name: 'Office 365 E3', from: 5, to: 6 }],
    ],
    [
      'another domain',
      {},
      renamedTo('contoso.net'),
      'void: drift',
      [{ kind: 'domain', from: 'contoso.com', to: 'contoso.net' }],
    ],
    ['the domain in capitals', {}, renamedTo('CONTOSO.COM'), 'as-approved', []],
    [
      'what blocked then and still does',
      { subscriptions: [subscriptions.legacyLicence] },
      assess({ subscriptions: [subscriptions.legacyLicence] }),
      'void: blocked',
      [],
    ],
    ['a source that cannot be read', {}, assessRemoval(holdingsOf({}, { orders: unread }), BLOCKS, NOW), 'unread', []],
    [
      'something new beside a source that cannot be read',
      {},
      assessRemoval(holdingsOf({ subscriptions: [subscriptions.unknown] }, { orders: unread }), BLOCKS, NOW),
      'unread',
      [],
    ],
    [
      'a customer that cannot be read',
      {},
      assessRemoval(holdingsOf({}, { customer: unread }), BLOCKS, NOW),
      'unread',
      [],
    ],
    [
      'a customer of another kind',
      {},
      assessRemoval(holdingsOf({}, { customer: read({ ...contoso, relationshipToPartner: 'advisor' }) }), BLOCKS, NOW),
      'void: blocked',
      [],
    ],
  ];
  for (const [name, held, now, expected, drift] of cases)
    it(`is ${expected} where there is ${name}`, () => {
      const found = recheck(approvedWith(held), now);

      assert.equal(found.kind === 'void' ? `void: ${found.why}` : found.kind, expected);
      assert.deepEqual(found.kind === 'void' ? found.drift : [], drift);
    });

  it('is void where nothing says what was approved', () => {
    const { plan, ...without } = requestIn('approved');
    assert.ok(plan);

    assert.deepEqual(recheck(without, assess({})), { kind: 'void', why: 'blocked', drift: [] });
  });
});

describe('a void request', () => {
  const reasons: readonly VoidReason[] = ['drift', 'blocked', 'no-longer-requester', 'no-longer-approver'];
  for (const why of reasons)
    it(`because of ${why} says so to its requester and to whoever has approved, and ends all work`, () => {
      const change = voidRequest(recordFor(requestIn('approved')), NOW, why);

      assert.deepEqual(change.request.voided, { why, drift: [] });
      assert.deepEqual(change.work, { run: null, clock: null });
      assert.deepEqual(told(change), [
        ['ada', 'new', 'void'],
        ['bo', 'new', 'void'],
        ['cy', 'edit', 'void'],
      ]);
    });

  it('keeps the difference, on the record too', () => {
    const drift: readonly DriftLine[] = [{ kind: 'more', name: 'Office 365 E3', from: 5, to: 6 }];

    const { request, audit } = voidRequest(recordFor(requestIn('approved')), NOW, 'drift', drift);

    assert.deepEqual(request.voided?.drift, drift);
    assert.deepEqual(audit[0]?.detail, { why: 'drift', drift: [JSON.stringify(drift[0])] });
  });

  it('waits for nothing any more', () => {
    const waiting: RemovalRequest = { ...requestIn('approved'), waitingFor: { why: 'unread', looks: 1 } };

    assert.equal(voidRequest(recordFor(waiting), NOW, 'drift').request.waitingFor, undefined);
  });
});

describe('the intent of the removal', () => {
  const actAs = asPerson('bo');

  it('is stored with all that the call will say, and stays with whoever is at it', () => {
    const approved = requestIn('approved');

    const change = intendRemoval(recordFor(approved), after(7), { actAs, ...ids });

    assert.equal(change.request.state, 'executing');
    assert.deepEqual(change.request.removal, {
      ...ids,
      digest: approved.plan?.digest,
      actAs,
      sentAt: after(7).toISOString(),
      sendings: 1,
    });
    assert.deepEqual(change.work, { run: { held: true }, clock: null });
    assert.deepEqual(change.audit, [
      {
        action: 'step.intent',
        actor: actAs,
        target: contoso.id,
        detail: { step: 'removal', ...ids, digest: approved.plan?.digest, sending: 1 },
      },
    ]);
  });

  for (const state of ['executing', 'unknown'] as const)
    it(`keeps its MS-RequestId and digest when it is sent again from ${state}, under another correlation id`, () => {
      const before = requestIn(state);

      const again = { actAs, requestId: 'another-request-id', correlationId: 'correlation-id-2' };
      const { request, audit } = intendRemoval(recordFor(before), after(9), again);

      assert.deepEqual(
        [
          request.removal?.requestId,
          request.removal?.correlationId,
          request.removal?.digest,
          request.removal?.sendings,
        ],
        [ids.requestId, 'correlation-id-2', before.removal?.digest, 2],
      );
      assert.equal(audit[0]?.detail?.['requestId'], ids.requestId);
      assert.equal(request.waitingFor, undefined);
    });
});

describe('an answer to the removal call', () => {
  it('that says yes is no success: the customer has to be gone', () => {
    const change = removalAnswered(recordFor(requestIn('executing')), after(3), policy, { status: 200, ids });

    const { state, removal, waitingFor } = change.request;
    assert.deepEqual([state, removal?.acceptedAt], ['verifying', after(3).toISOString()]);
    const nextLookAt = after(1_003).toISOString();
    assert.deepEqual(waitingFor, { why: 'still-listed', since: after(3).toISOString(), looks: 0, nextLookAt });
    assert.deepEqual(change.work, { run: { at: nextLookAt } });
    assert.ok(told(change).every(([, mode]) => mode === 'edit'));
  });

  it('is looked after at once also where looks are seconds apart, and sooner where they are closer', () => {
    const often = { ...policy, verifyEveryMs: 200 };

    const change = removalAnswered(recordFor(requestIn('executing')), NOW, often, { status: 200, ids });

    assert.deepEqual(change.work, { run: { at: after(200).toISOString() } });
  });

  it('that says no is told with the service’s own words, and leaves the clock running', () => {
    const change = removalRefused(recordFor(requestIn('executing')), NOW, refusedBySomething);

    assert.deepEqual([change.request.state, change.request.refused], ['blocked', refusedBySomething]);
    // What stands in the way is read next.
    assert.deepEqual(change.work, {
      run: { at: NOW.toISOString() },
      clock: { at: after(policy.executionTtlMs).toISOString() },
    });
    assert.deepEqual(told(change), [
      ['ada', 'new', 'blocked'],
      ['bo', 'new', 'blocked'],
      ['cy', 'edit', 'blocked'],
    ]);
    assert.deepEqual(change.audit[0]?.detail, {
      step: 'removal',
      requestId: ids.requestId,
      fault: 'refused',
      status: 400,
      code: '900',
      correlationId: ids.correlationId,
      refused: true,
    });
  });

  it('that did not come is said to be unknown, and is looked after', () => {
    const error = faultOf('unavailable', { status: 500 });

    const change = removalUnanswered(recordFor(requestIn('executing')), NOW, policy, 'no-answer', { error });

    const nextLookAt = after(policy.verifyEveryMs).toISOString();
    assert.deepEqual(
      [change.request.state, change.request.waitingFor],
      ['unknown', { why: 'no-answer', since: NOW.toISOString(), looks: 0, nextLookAt, refused: refusedCall(error) }],
    );
    assert.deepEqual(change.work, { run: { at: nextLookAt }, clock: { at: after(DAY_MS).toISOString() } });
    assert.deepEqual(told(change)[0], ['ada', 'new', 'unknown']);
    assert.equal(change.audit[0]?.detail?.['unknown'], true);
  });

  it('keeps the removal it belongs to, whatever it says', () => {
    const { removal } = requestIn('executing');

    for (const state of ['unknown', 'blocked'] as const) assert.deepEqual(requestIn(state).removal, removal);
  });
});

describe('a removal that is done', () => {
  it('is told to everybody who waits for it, with the way back', () => {
    const change = removalDone(recordFor(requestIn('verifying')), after(8), 'https://example.org/invite');

    const { state, removal, comeBackUrl, waitingFor } = change.request;
    assert.deepEqual(
      [state, removal?.goneAt, comeBackUrl, waitingFor],
      ['done', after(8).toISOString(), 'https://example.org/invite', undefined],
    );
    assert.deepEqual(change.work, { run: null, clock: null });
    assert.deepEqual(told(change).slice(0, 2), [
      ['ada', 'new', 'removed'],
      ['bo', 'new', 'removed'],
    ]);
    assert.deepEqual(change.audit[0]?.detail, { step: 'removal', correlationId: ids.correlationId });
  });

  it('is done without a way back too', () => {
    assert.ok(!('comeBackUrl' in removalDone(recordFor(requestIn('unknown')), NOW, undefined).request));
  });
});

describe('waiting', () => {
  const wait = (request: RemovalRequest, waiting: Partial<Waiting> = {}): Change =>
    waitFor(recordFor(request), NOW, roles, { why: 'still-listed', forMs: 4_000, ...waiting });

  it('says when it is looked again, and makes no button old', () => {
    const before = requestIn('verifying');

    const { request, work, audit } = wait(before, { looks: 1 });

    const nextLookAt = after(4_000).toISOString();
    const since = NOW.toISOString();
    assert.deepEqual(request, { ...before, waitingFor: { why: 'still-listed', since, looks: 1, nextLookAt } });
    assert.deepEqual([work, audit], [{ run: { at: nextLookAt } }, []]);
  });

  it('keeps since when it is this that is waited for', () => {
    const { request } = wait(requestIn('approved'), { why: 'unread' });
    const later = waitFor(recordFor(request), after(9_000), roles, { why: 'unread', forMs: 1 }).request;
    const other = waitFor(recordFor(later), after(9_000), roles, { why: 'throttled', forMs: 1 }).request;

    assert.equal(later.waitingFor?.since, NOW.toISOString());
    assert.equal(other.waitingFor?.since, after(9_000).toISOString());
  });

  it('keeps what went wrong', () => {
    const refused = refusedCall(faultOf('unavailable'));

    assert.deepEqual(wait(requestIn('verifying'), { refused }).request.waitingFor?.refused, refused);
  });

  it('is shown once, not at every look', () => {
    const throttled: RemovalRequest = { ...requestIn('verifying'), waitingFor: { why: 'throttled', looks: 1 } };

    assert.deepEqual(told(wait(throttled)), [
      ['ada', 'edit', undefined],
      ['bo', 'edit', undefined],
      ['cy', 'edit', undefined],
    ]);
    assert.deepEqual(told(wait(wait(throttled).request)), []);
  });
});

describe('waiting for somebody to sign in', () => {
  const signIn = (request: RemovalRequest): Change =>
    waitFor(recordFor(request), NOW, roles, { why: 'sign-in', forMs: 4_000 });

  it('is a new card for whoever carries it out, and one for everybody else who may', () => {
    const change = signIn({ ...requestIn('approved'), approvers: [bo] });

    assert.deepEqual(told(change), [
      ['ada', 'edit', undefined],
      ['bo', 'new', 'sign-in'],
      ['bo-admin', 'edit', 'sign-in'],
      ['cy', 'edit', 'sign-in'],
    ]);
    assert.deepEqual(change.request.alsoTold, ['bo-admin', 'cy']);
  });

  it('is a card for as many as are asked at most, and first for those who can be written to', () => {
    const others = Array.from({ length: 150 }, (_, n) => `approver-${n}`);
    const many = createRoles({ requesters: ['ada'], approvers: ['bo', 'cy', ...others], auditors: [], samePerson: [] });
    const change = waitFor(recordFor(requestIn('approved')), NOW, many, {
      ...{ why: 'sign-in', forMs: 4_000 },
      reachable: new Set(['approver-140', 'approver-149']),
    });

    const cards = told(change).map(([recipient]) => recipient);
    assert.deepEqual(cards.slice(0, 5), ['ada', 'bo', 'cy', 'approver-140', 'approver-149']);
    assert.equal(cards.length, 1 + 10);
  });

  it('is told once, and again when it comes anew', () => {
    const { request } = signIn(requestIn('unknown'));
    const looked = waitFor(recordFor(request), NOW, roles, { why: 'no-answer', forMs: 1 });

    assert.deepEqual(told(signIn(request)), []);
    assert.deepEqual(told(signIn(looked.request)), [
      ['ada', 'edit', undefined],
      ['bo', 'new', 'sign-in'],
      ['cy', 'edit', 'sign-in'],
      ['bo-admin', 'edit', 'sign-in'],
    ]);
    assert.deepEqual(
      looked.outbox?.map(({ recipient }) => recipient),
      ['ada', 'bo', 'cy', 'bo-admin'],
    );
  });

  it('is the requester’s alone where it is carried out in their name', () => {
    const change = signIn({ ...requestIn('approved'), executor: ada });

    assert.deepEqual(told(change), [
      ['ada', 'new', 'sign-in'],
      ['bo', 'edit', undefined],
      ['cy', 'edit', undefined],
    ]);
    assert.equal(change.request.alsoTold, undefined);
  });

  it('makes the buttons of cards from before old, and so does its end', () => {
    const before = requestIn('unknown');
    const { request } = signIn(before);
    const after = waitFor(recordFor(request), NOW, roles, { why: 'no-answer', forMs: 1 }).request;

    assert.deepEqual([request.revision, after.revision], [before.revision + 1, before.revision + 2]);
  });

  it('keeps that Partner Center did not accept how they were signed in', () => {
    const refused = refusedCall(faultOf('unauthorised', { status: 401, code: '900421' }));
    const waiting = waitFor(recordFor(requestIn('executing')), NOW, roles, { why: 'sign-in', forMs: 1, refused });

    assert.deepEqual(signIn(waiting.request).request.waitingFor?.refused, refused);
  });
});

describe('what is kept of a call that was not carried out', () => {
  it('is what support needs and nothing else', () => {
    const kept = refusedCall(faultOf('refused', { status: 400, code: '12345' }));

    assert.deepEqual(kept, {
      fault: 'refused',
      status: 400,
      code: '12345',
      ids: { requestId: 'r', correlationId: 'c' },
    });
    assert.deepEqual(Object.keys(refusedCall(faultOf('unavailable'))), ['fault', 'ids']);
  });
});
