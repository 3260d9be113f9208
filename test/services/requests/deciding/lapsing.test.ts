import assert from 'node:assert/strict';
import { asPerson } from '../../../../services/partner-center/partner-center.ts';
import { lapse } from '../../../../services/requests/deciding/lapsing.ts';
import { STATES, type StateName } from '../../../../services/requests/life.ts';
import type { RemovalRequest } from '../../../../services/requests/request.ts';
import type { ClearingStep } from '../../../../services/requests/clearing/clearing-step.ts';
import { takeSteps } from '../../../../services/requests/clearing/clearing.ts';
import { assess, subscriptions } from '../../readiness/holdings-of.ts';
import { after, changeOf, contoso, form, NOW, policy, recordFor, requestIn } from '../request-in.ts';

const CENTURY = after(100 * 365 * 86_400_000);
const clocks: readonly [state: StateName, ms: number, becomes: StateName][] = [
  ['draft', policy.draftTtlMs, 'abandoned'],
  ['pending', policy.approvalTtlMs, 'expired'],
  ['approved', policy.executionTtlMs, 'expired'],
  ['blocked', policy.executionTtlMs, 'expired'],
];
const offer = assess({ subscriptions: [subscriptions.legacyLicence] }).offers[0]!;
const steps = (): readonly ClearingStep[] =>
  takeSteps(recordFor(requestIn('draft')), NOW, {
    actAs: asPerson('ada'),
    steps: [{ ...offer, action: 'suspend', requestId: 'r' }],
  }).steps!.map(({ step }) => step);

describe('the time of a request', () => {
  for (const [state, ms, becomes] of clocks) {
    it(`that is ${state} is not over a millisecond before its end`, () => {
      assert.equal(lapse(recordFor(requestIn(state)), after(ms - 1), policy), undefined);
    });

    it(`that is ${state} is over at its very end, and makes it ${becomes}`, () => {
      const { request, audit, work } = changeOf(lapse(recordFor(requestIn(state)), after(ms), policy));

      assert.deepEqual([request.state, request.stateSince], [becomes, after(ms).toISOString()]);
      assert.deepEqual(
        audit.map(({ action, actor, target }) => [action, actor, target]),
        [[`request.${becomes}`, 'bot', contoso.id]],
      );
      assert.deepEqual([work?.run, work?.clock], [null, null]);
    });
  }

  for (const state of STATES.filter((one) => !clocks.some(([timed]) => timed === one)))
    it(`that is ${state} is never over`, () => {
      assert.equal(lapse(recordFor(requestIn(state)), CENTURY, policy), undefined);
    });

  it('of a first approval does not begin again with it', () => {
    const pending: RemovalRequest = {
      ...requestIn('pending'),
      stateSince: after(policy.approvalTtlMs - 1).toISOString(),
    };

    assert.equal(lapse(recordFor(pending), after(policy.approvalTtlMs), policy)?.request.state, 'expired');
  });

  it('is over where nobody knows when it would be', () => {
    const pending = { ...requestIn('pending') };
    delete pending.approveBy;

    assert.equal(lapse(recordFor(pending), NOW, policy)?.request.state, 'expired');
  });
});

describe('a request that has expired', () => {
  it('is told to its requester and to whoever has approved it, and settles the other cards', () => {
    const { outbox } = changeOf(lapse(recordFor(requestIn('approved')), after(policy.executionTtlMs), policy));

    assert.deepEqual(
      outbox?.map(({ recipient, mode, headline }) => [recipient, mode, headline]),
      [
        ['ada', 'new', 'expired'],
        ['bo', 'new', 'expired'],
        ['cy', 'edit', 'expired'],
      ],
    );
  });

  it('waits for nothing any more', () => {
    const waiting: RemovalRequest = { ...requestIn('approved'), waitingFor: { why: 'unread', looks: 3 } };

    assert.equal(lapse(recordFor(waiting), after(policy.executionTtlMs), policy)?.request.waitingFor, undefined);
  });
});

describe('a draft that nobody went on with', () => {
  const abandoned = (request: RemovalRequest, done: readonly ClearingStep[] = []) =>
    changeOf(lapse(recordFor(request, done), after(policy.draftTtlMs), policy));

  it('is not sent any more', () => {
    const sending = { ...requestIn('draft'), sendingSince: NOW.toISOString() };

    assert.equal(abandoned(sending).request.sendingSince, undefined);
  });

  it('shows nobody a card who saw none before', () => {
    assert.deepEqual(abandoned(requestIn('draft')).outbox, []);
  });

  it('settles the card of what was cleared', () => {
    assert.deepEqual(abandoned(requestIn('draft'), steps()).outbox, [
      { recipient: 'ada', slot: 'clearing', mode: 'edit' },
    ]);
  });

  it('settles the card of what was asked', () => {
    assert.deepEqual(abandoned({ ...requestIn('draft'), form }).outbox, [
      { recipient: 'ada', slot: 'request', mode: 'edit' },
    ]);
  });

  it('counts from when it was opened, whatever was done meanwhile', () => {
    const busy = {
      ...requestIn('draft'),
      revision: 9,
      notSent: { why: 'blocked' as const, at: CENTURY.toISOString() },
    };

    assert.equal(abandoned(busy).request.state, 'abandoned');
  });
});
