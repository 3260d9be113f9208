import assert from 'node:assert/strict';
import type { Readiness } from '../../../../services/readiness/readiness.ts';
import { assessRemoval } from '../../../../services/readiness/assess.ts';
import { asPerson } from '../../../../services/partner-center/partner-center.ts';
import type { RemovalRequest } from '../../../../services/requests/request.ts';
import type { ClearingStep } from '../../../../services/requests/clearing/clearing-step.ts';
import { askToSend, isDomain, reasonFault, sendAfterReading } from '../../../../services/requests/sending/sending.ts';
import {
  assess,
  BLOCKS,
  holdingsOf,
  MAY_BLOCK,
  order,
  read,
  subscriptions,
  unread,
} from '../../readiness/holdings-of.ts';
import { ada, after, bo, contoso, cy, form, NOW, policy, recordFor, requestIn } from '../request-in.ts';

const sending = (): RemovalRequest =>
  askToSend(recordFor(requestIn('draft')), NOW, { form, approvers: [bo, cy] }).request;

describe('a reason', () => {
  const reasons: readonly [reason: string, fault: string | undefined][] = [
    ['', 'reason-too-short'],
    ['x'.repeat(9), 'reason-too-short'],
    [`${' '.repeat(20)}x`, 'reason-too-short'],
    ['x'.repeat(10), undefined],
    [` ${'x'.repeat(500)} `, undefined],
    ['x'.repeat(501), 'reason-too-long'],
  ];
  for (const [reason, fault] of reasons)
    it(`of ${reason.length} characters, ${reason.trim().length} of them no blanks, is ${fault ?? 'good'}`, () => {
      assert.equal(reasonFault(reason), fault);
    });
});

describe('a domain typed by hand', () => {
  const typed: readonly [typed: string, domain: string, isIt: boolean][] = [
    ['contoso.com', 'contoso.com', true],
    ['Contoso.COM', 'contoso.com', true],
    [' contoso.com\t', 'contoso.com', true],
    ['contoso.com', 'Contoso.com ', true],
    ['contoso', 'contoso.com', false],
    ['contoso.co', 'contoso.com', false],
    ['cоntoso.com', 'contoso.com', false], // a Cyrillic о
    ['fabrikam.com', 'contoso.com', false],
    ['', 'contoso.com', false],
    ['', '', false],
  ];
  for (const [words, domain, isIt] of typed)
    it(`"${words}" is ${isIt ? '' : 'not '}that of "${domain}"`, () => {
      assert.equal(isDomain(words, domain), isIt);
    });
});

describe('a request that is sent', () => {
  it('names the customer as it is called now, not as it was when the draft was opened', () => {
    const renamed: Readiness = { ...assess({}), customer: { ...contoso, companyName: 'Contoso Global' } };

    const { request } = sendAfterReading(recordFor(sending()), NOW, policy, renamed);

    assert.equal(request.state, 'pending');
    assert.deepEqual(request.customer, { id: contoso.id, companyName: 'Contoso Global', domain: contoso.domain });
  });
});

describe('asking for a request to be sent', () => {
  it('keeps what was filled in, and begins the reading in this process', () => {
    const change = askToSend(recordFor(requestIn('draft')), NOW, { form, approvers: [bo, cy], messageId: 'm1' });

    const { state, form: kept, approvers, sendingSince } = change.request;
    assert.deepEqual([state, kept, approvers, sendingSince], ['draft', form, [bo, cy], NOW.toISOString()]);
    assert.deepEqual(change.work, { run: { here: true } });
    assert.deepEqual(change.shown, [{ recipient: 'ada', slot: 'request', messageId: 'm1' }]);
    assert.deepEqual(change.audit, [{ action: 'request.sending', actor: 'person:ada', target: contoso.id }]);
  });

  it('makes the form’s own buttons old, so that it is sent once', () => {
    const draft = requestIn('draft');

    assert.equal(askToSend(recordFor(draft), NOW, { form, approvers: [bo] }).request.revision, draft.revision + 1);
  });

  it('forgets why it was not sent before', () => {
    const draft = { ...requestIn('draft'), notSent: { why: 'blocked' as const, at: NOW.toISOString() } };

    assert.equal(askToSend(recordFor(draft), NOW, { form, approvers: [bo] }).request.notSent, undefined);
  });

  it('asks no approver before everything was read again', () => {
    const { outbox } = askToSend(recordFor(requestIn('draft')), NOW, { form, approvers: [bo, cy] });

    assert.deepEqual(
      outbox?.map(({ recipient }) => recipient),
      ['ada'],
    );
  });
});

describe('a request that is sent after the last reading', () => {
  const suspendedTrial = { ...subscriptions.trial, status: 'suspended' };
  const readiness = assessRemoval(
    holdingsOf({ subscriptions: [suspendedTrial], orders: [{ ...order, status: 'pending' }] }),
    MAY_BLOCK,
    NOW,
  );

  it('asks the approvers, for so long as there is time', () => {
    const change = sendAfterReading(recordFor(sending()), after(2_000), policy, readiness);

    const approveBy = after(2_000 + policy.approvalTtlMs).toISOString();
    const { state, sentAt, approveBy: until, sendingSince } = change.request;
    assert.deepEqual(
      [state, sentAt, until, sendingSince],
      ['pending', after(2_000).toISOString(), approveBy, undefined],
    );
    // The first that comes: those who have not decided are reminded.
    const reminder = after(2_000 + policy.chase.remindAfterMs).toISOString();
    assert.deepEqual(change.work, { run: null, clock: { at: reminder } });
    assert.deepEqual(change.outbox, [
      { recipient: 'ada', slot: 'request', mode: 'edit', headline: 'approval-wanted' },
      { recipient: 'bo', slot: 'approval', mode: 'new', headline: 'approval-wanted' },
      { recipient: 'cy', slot: 'approval', mode: 'new', headline: 'approval-wanted' },
    ]);
  });

  it('holds what differs from what was approved before, where that is void', () => {
    const before = requestIn('void');
    const plan = { ...before.plan!, facts: { ...before.plan!.facts, domain: 'contoso.example', holdings: [] } };

    const { since } = sendAfterReading(recordFor(sending()), NOW, policy, readiness, { ...before, plan }).request.plan!;

    assert.equal(since?.requestId, before.id);
    assert.deepEqual(
      since.lines.map(({ kind }) => kind),
      ['domain', 'new'],
    );
  });

  it('holds what is approved: the facts, their digest, and the lines that an approver sees', () => {
    const { plan } = sendAfterReading(recordFor(sending()), NOW, policy, readiness).request;

    assert.deepEqual(
      plan?.lines.map(({ group }) => group),
      ['may-block', 'to-know'],
    );
    assert.deepEqual(plan, {
      readAt: readiness.readAt,
      digest: readiness.digest,
      facts: readiness.facts,
      inactive: [],
      lines: readiness.lines,
    });
  });

  it('is on the record with the digest, the reason and who is asked', () => {
    const { audit } = sendAfterReading(recordFor(sending()), NOW, policy, readiness);

    assert.deepEqual(audit, [
      {
        action: 'request.sent',
        actor: 'person:ada',
        target: contoso.id,
        detail: {
          digest: readiness.digest,
          reason: form.reason,
          ticket: undefined,
          notice: true,
          nextProvider: true,
          approvers: ['bo', 'cy'],
        },
      },
    ]);
  });
});

describe('a request that cannot be sent', () => {
  const renamed = { ...contoso, domain: 'contoso.net' };
  const cases: readonly [name: string, readiness: Readiness, why: string][] = [
    ['something stands in the way', assess({ subscriptions: [subscriptions.legacyLicence] }), 'blocked'],
    ['only somebody else can clear what is there', assess({ subscriptions: [subscriptions.unknown] }), 'blocked'],
    ['one source could not be read', assessRemoval(holdingsOf({}, { orders: unread }), BLOCKS, NOW), 'unread'],
    ['the customer could not be read', assessRemoval(holdingsOf({}, { customer: unread }), BLOCKS, NOW), 'unread'],
    [
      'the domain is another one by now',
      assessRemoval(holdingsOf({}, { customer: read(renamed) }), BLOCKS, NOW),
      'wrong-domain',
    ],
  ];
  for (const [name, readiness, why] of cases)
    it(`because ${name} is a draft as before, and nobody was asked`, () => {
      const before = sending();

      const change = sendAfterReading(recordFor(before), NOW, policy, readiness);

      const { state, notSent, plan, sendingSince, revision } = change.request;
      assert.deepEqual([state, notSent], ['draft', { why, at: NOW.toISOString() }]);
      assert.deepEqual([plan, sendingSince, revision], [undefined, undefined, before.revision + 1]);
      assert.deepEqual(change.work, { run: null });
      assert.deepEqual(change.outbox, [{ recipient: 'ada', slot: 'request', mode: 'edit', headline: 'not-sent' }]);
      assert.deepEqual(change.audit, [
        { action: 'request.not-sent', actor: 'bot', target: contoso.id, detail: { why } },
      ]);
    });

  it('can be filled in and sent again', () => {
    const blocked = assess({ subscriptions: [subscriptions.legacyLicence] });
    const draft = sendAfterReading(recordFor(sending()), NOW, policy, blocked).request;

    const again = askToSend(recordFor(draft), NOW, { form, approvers: [bo] }).request;

    assert.equal(sendAfterReading(recordFor(again), NOW, policy, assess({})).request.state, 'pending');
  });

  it('is not sent without the form, whatever was read', () => {
    assert.equal(sendAfterReading(recordFor(requestIn('draft')), NOW, policy, assess({})).request.state, 'draft');
  });
});

describe('what a request says was no longer active', () => {
  it('is neither what was suspended for it nor the add-ons that went with that', () => {
    const base = { ...subscriptions.legacyLicence, status: 'suspended' };
    const addOn = { ...subscriptions.legacyAddOn, status: 'suspended' };
    const other = { ...subscriptions.legacyLicence, id: 'other', name: 'Visio', status: 'suspended' };
    const seen = assess({ subscriptions: [base, addOn, other] });
    const step: ClearingStep = {
      ...{ action: 'suspend', holdingId: base.id, class: 'legacy-licence', name: base.name, quantity: 5 },
      addOns: [{ holdingId: addOn.id, name: addOn.name, quantity: 5 }],
      ...{ actAs: asPerson('ada'), askedAt: NOW.toISOString(), state: 'done', requestId: 'r', sendings: 1, looks: 1 },
    };

    const { plan } = sendAfterReading(recordFor(sending(), [step]), NOW, policy, seen).request;

    assert.deepEqual(plan?.inactive, [{ name: 'Visio', status: 'suspended' }]);
  });
});

describe('the requester of a sent request', () => {
  it('stays the one who opened the draft', () => {
    assert.deepEqual(requestIn('pending').requester, ada);
  });
});
