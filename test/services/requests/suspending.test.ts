import assert from 'node:assert/strict';
import { faultOf } from '../readiness/fake-partner-center.ts';
import { asPerson } from '../../../services/partner-center/partner-center.ts';
import { isOpen, type Suspension } from '../../../services/requests/request.ts';
import {
  intendSuspension,
  lookAgain,
  lookedAfterClearing,
  suspend,
  suspensionAccepted,
  suspensionEnded,
} from '../../../services/requests/suspending.ts';
import type { HoldingLine } from '../../../services/readiness/readiness.ts';
import { assess, subscriptions } from '../readiness/holdings-of.ts';
import { after, contoso, NOW, recordFor, requestIn } from './request-in.ts';

const actAs = asPerson('ada');
const lineOf = (id: string): HoldingLine =>
  assess({ subscriptions: [{ ...subscriptions.legacyLicence, id }] }).lines.find((line) => line.kind === 'holding')!;
const wanted = (...ids: readonly string[]) => ids.map((id) => ({ line: lineOf(id), requestId: `request-id-${id}` }));
const asked = (id: string, more: Partial<Suspension> = {}): Suspension => ({
  holdingId: id,
  class: 'legacy-licence',
  name: 'Office 365 E3',
  quantity: 5,
  actAs,
  askedAt: NOW.toISOString(),
  state: 'asked',
  requestId: `request-id-${id}`,
  sendings: 0,
  looks: 0,
  ...more,
});
const draftWith = (...suspensions: readonly Suspension[]) => recordFor(requestIn('draft'), suspensions);
const outcomeOf = ({ suspensions = [] }: ReturnType<typeof lookAgain>): Suspension => suspensions[0]!.suspension;

describe('what a requester wants suspended', () => {
  it('is begun in this process, each by an id of its own, and nothing else is', () => {
    const before = draftWith();

    const change = suspend(before, NOW, { actAs, lines: wanted('a', 'b'), messageId: 'm1' });

    assert.deepEqual(change.suspensions, [
      { suspension: asked('a'), due: { here: true } },
      { suspension: asked('b'), due: { here: true } },
    ]);
    assert.equal(change.request.revision, before.request.revision + 1);
    assert.deepEqual(change.shown, [{ recipient: 'ada', slot: 'clearing', messageId: 'm1' }]);
    assert.deepEqual(change.audit, [
      {
        action: 'suspension.asked',
        actor: 'person:ada',
        target: contoso.id,
        detail: { subscriptions: ['a', 'b'] },
      },
    ]);
  });

  for (const state of ['asked', 'sent', 'accepted'] as const)
    it(`is not begun again while it is ${state}`, () => {
      const change = suspend(draftWith(asked('a', { state })), NOW, { actAs, lines: wanted('a', 'b') });

      assert.deepEqual(
        change.suspensions?.map(({ suspension }) => suspension.holdingId),
        ['b'],
      );
    });

  it('can be begun again after it has failed', () => {
    const change = suspend(draftWith(asked('a', { state: 'failed', sendings: 5 })), after(1), {
      actAs,
      lines: [{ line: lineOf('a'), requestId: 'another-id' }],
    });

    assert.deepEqual(outcomeOf(change), asked('a', { askedAt: after(1).toISOString(), requestId: 'another-id' }));
  });
});

describe('the intent of a suspension', () => {
  it('is stored with its id, and stays with whoever is at it', () => {
    const change = intendSuspension(draftWith(asked('a')), asked('a'), { correlationId: 'c1' });

    const sent = asked('a', { state: 'sent', sendings: 1, correlationId: 'c1' });
    assert.deepEqual(change.suspensions, [{ suspension: sent, due: { held: true } }]);
    assert.deepEqual(change.audit, [
      {
        action: 'step.intent',
        actor: actAs,
        target: contoso.id,
        detail: {
          step: 'suspend',
          subscription: 'a',
          requestId: 'request-id-a',
          correlationId: 'c1',
          state: 'sent',
          sending: 1,
        },
      },
    ]);
  });

  it('keeps the id when it is sent again, and has a correlation id of its own each time', () => {
    const first = outcomeOf(intendSuspension(draftWith(), asked('a'), { correlationId: 'c1' }));

    const second = outcomeOf(intendSuspension(draftWith(), first, { correlationId: 'c2' }));

    assert.deepEqual([second.requestId, second.correlationId, second.sendings], ['request-id-a', 'c2', 2]);
  });

  it('makes no button old: what can be pressed is the same', () => {
    const record = draftWith(asked('a'));

    assert.deepEqual(intendSuspension(record, asked('a'), { correlationId: 'c' }).request, record.request);
  });
});

describe('a suspension that was accepted', () => {
  it('is looked at right away, and has not ended', () => {
    const sent = asked('a', { state: 'sent', sendings: 1 });

    const change = suspensionAccepted(draftWith(sent), NOW, sent, { status: 202, correlationId: 'c1' });

    const accepted: Suspension = { ...sent, state: 'accepted', correlationId: 'c1' };
    assert.deepEqual(change.suspensions, [{ suspension: accepted, due: { at: NOW.toISOString() } }]);
    assert.ok(isOpen(accepted));
    assert.equal(change.audit[0]?.action, 'step.outcome');
    assert.equal(change.audit[0].detail?.['status'], 202);
  });

  it('is looked at a little later each time, and at least every ten seconds', () => {
    let suspension = asked('a', { state: 'accepted' });
    const pauses: number[] = [];
    for (let look = 0; look < 14; look++) {
      const change = lookAgain(draftWith(suspension), NOW, suspension);
      const due = change.suspensions?.[0]?.due;
      assert.ok(due && 'at' in due);
      pauses.push(Date.parse(due.at) - NOW.getTime());
      suspension = outcomeOf(change);
    }

    assert.deepEqual(
      pauses,
      pauses.toSorted((a, b) => a - b),
    );
    assert.deepEqual([pauses[0], pauses.at(-1), suspension.looks], [300, 10_000, 14]);
  });

  it('keeps what the last look met, until the next one', () => {
    const first = outcomeOf(
      lookAgain(draftWith(), NOW, asked('a'), { ms: 9, error: faultOf('unavailable', { status: 503, code: '9' }) }),
    );
    const second = outcomeOf(lookAgain(draftWith(), NOW, first));

    assert.deepEqual([first.refused?.fault, first.refused?.status, first.refused?.code], ['unavailable', 503, '9']);
    assert.equal(second.refused, undefined);
  });
});

describe('the end of a suspension', () => {
  const sent = (id: string): Suspension => asked(id, { state: 'sent', sendings: 1 });

  it('that was reached is kept with its moment, and is not worked on any more', () => {
    const change = suspensionEnded(draftWith(sent('a')), after(5), sent('a'), { kind: 'suspended' });

    assert.deepEqual(change.suspensions, [
      { suspension: { ...sent('a'), state: 'suspended', doneAt: after(5).toISOString() } },
    ]);
    assert.equal(change.audit[0]?.action, 'step.verified');
  });

  it('that somebody else had reached before us is told apart', () => {
    const ended = outcomeOf(suspensionEnded(draftWith(), NOW, asked('a'), { kind: 'suspended' }));

    assert.equal(ended.wasSuspended, true);
    assert.equal(
      outcomeOf(suspensionEnded(draftWith(), NOW, sent('a'), { kind: 'suspended' })).wasSuspended,
      undefined,
    );
  });

  it('that failed says why, in the service’s own words too', () => {
    const error = faultOf('refused', { status: 403, code: '900115' });

    const change = suspensionEnded(draftWith(sent('a')), NOW, sent('a'), { kind: 'failed', error });

    assert.deepEqual([outcomeOf(change).state, outcomeOf(change).refused?.code], ['failed', '900115']);
    assert.deepEqual([change.audit[0]?.action, change.audit[0]?.detail?.['why']], ['step.outcome', 'refused']);
  });

  it('that failed without an answer keeps what the looks before it met', () => {
    const waited = outcomeOf(lookAgain(draftWith(), NOW, sent('a'), { error: faultOf('unavailable') }));

    const ended = outcomeOf(suspensionEnded(draftWith(), NOW, waited, { kind: 'failed', why: 'no-answer' }));

    assert.equal(ended.refused?.fault, 'unavailable');
  });

  it('leads to another reading only after the last one', () => {
    const notLast = suspensionEnded(draftWith(sent('a'), sent('b')), NOW, sent('a'), { kind: 'suspended' });
    const last = suspensionEnded(draftWith(sent('a'), { ...sent('b'), state: 'failed' }), NOW, sent('a'), {
      kind: 'suspended',
    });

    assert.deepEqual([notLast.work, last.work], [undefined, { look: { here: true } }]);
  });
});

describe('the reading after clearing', () => {
  it('is told in a new message only when nothing stands in the way', () => {
    const clear = lookedAfterClearing(draftWith(), true);
    const blocked = lookedAfterClearing(draftWith(), false);

    assert.deepEqual(clear.outbox, [{ recipient: 'ada', slot: 'clearing', mode: 'new', headline: 'ready' }]);
    assert.deepEqual(blocked.outbox, [{ recipient: 'ada', slot: 'clearing', mode: 'edit' }]);
    assert.deepEqual([clear.work, blocked.work], [{ look: null }, { look: null }]);
  });
});
