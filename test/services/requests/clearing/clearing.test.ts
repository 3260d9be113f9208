import type { Readiness } from '../../../../services/readiness/readiness.ts';
import assert from 'node:assert/strict';
import { faultOf } from '../../readiness/fake-partner-center.ts';
import { asPerson } from '../../../../services/partner-center/partner-center.ts';
import { isOpen, leftSuspended, type ClearingStep } from '../../../../services/requests/clearing/clearing-step.ts';
import {
  intendStep,
  lookAgain,
  lookedAfterClearing,
  takeSteps,
  stepAccepted,
  stepEnded,
  wantedSteps,
  type WantedStep,
} from '../../../../services/requests/clearing/clearing.ts';
import { assess, subscriptions } from '../../readiness/holdings-of.ts';
import { after, contoso, NOW, recordFor, requestIn } from '../request-in.ts';

const actAs = asPerson('ada');
/** What is offered for an active licence, with ids of their own. */
const wanted = (...ids: readonly string[]): readonly WantedStep[] =>
  ids.flatMap((id) => {
    const { offers } = assess({ subscriptions: [{ ...subscriptions.legacyLicence, id }] });
    return offers.flatMap((offer) =>
      wantedSteps({ ...offer, action: 'suspend' }, draftWith(), () => `request-id-${id}`),
    );
  });
const asked = (id: string, more: Partial<ClearingStep> = {}): ClearingStep => ({
  action: 'suspend',
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
const draftWith = (...steps: readonly ClearingStep[]) => recordFor(requestIn('draft'), steps);
const outcomeOf = ({ steps = [] }: ReturnType<typeof lookAgain>): ClearingStep => steps[0]!.step;

describe('what a requester wants suspended', () => {
  it('is begun in this process, each by an id of its own, and nothing else is', () => {
    const before = draftWith();

    const change = takeSteps(before, NOW, { actAs, steps: wanted('a', 'b'), messageId: 'm1' });

    assert.deepEqual(change.steps, [
      { step: asked('a'), due: { here: true } },
      { step: asked('b'), due: { here: true } },
    ]);
    assert.equal(change.request.revision, before.request.revision + 1);
    assert.deepEqual(change.shown, [{ recipient: 'ada', slot: 'clearing', messageId: 'm1' }]);
    assert.deepEqual(change.audit, [
      {
        action: 'step.asked',
        actor: 'person:ada',
        target: contoso.id,
        detail: { step: 'suspend', subscriptions: ['a', 'b'] },
      },
    ]);
  });

  for (const state of ['asked', 'sent', 'accepted'] as const)
    it(`is not begun again while it is ${state}`, () => {
      const change = takeSteps(draftWith(asked('a', { state })), NOW, { actAs, steps: wanted('a', 'b') });

      assert.deepEqual(
        change.steps?.map(({ step }) => step.holdingId),
        ['b'],
      );
    });

  it('can be begun again after it has failed', () => {
    const change = takeSteps(draftWith(asked('a', { state: 'failed', sendings: 5 })), after(1), {
      actAs,
      steps: wanted('a').map((step) => ({ ...step, requestId: 'another-id' })),
    });

    assert.deepEqual(outcomeOf(change), asked('a', { askedAt: after(1).toISOString(), requestId: 'another-id' }));
  });
});

describe('what is wanted suspended again', () => {
  const before = after(1).toISOString();
  const done = asked('a', { state: 'done', sendings: 1, doneAt: after(2).toISOString() });
  const again = (step: ClearingStep, readAt: string) =>
    takeSteps(draftWith(step), after(5), { actAs, steps: wanted('a'), readAt });

  it('is not begun by the same yes that comes again, with what was read before it was done', () => {
    const change = again(done, before);

    assert.deepEqual([change.steps, change.audit], [[], []]);
  });

  it('is begun where it was read to be active since', () => {
    assert.equal(again(done, after(3).toISOString()).steps?.length, 1);
  });

  it('stays ours to give back where it turns out to be suspended still', () => {
    const taken = outcomeOf(again(done, after(3).toISOString()));

    const ended = outcomeOf(stepEnded(draftWith(taken), after(6), taken, { kind: 'done' }));

    assert.equal(ended.wasSoBefore, undefined);
    assert.equal(leftSuspended(ended), true);
  });

  it('stays ours to give back where nobody could carry it out', () => {
    const taken = outcomeOf(again(done, after(3).toISOString()));

    const ended = outcomeOf(stepEnded(draftWith(taken), after(6), taken, { kind: 'failed', why: 'no-sign-in' }));

    assert.equal(leftSuspended(ended), true);
  });

  it('is not ours where it was suspended by somebody else', () => {
    const theirs = { ...done, sendings: 0, wasSoBefore: true };
    const taken = outcomeOf(again(theirs, after(3).toISOString()));

    const ended = outcomeOf(stepEnded(draftWith(taken), after(6), taken, { kind: 'done' }));

    assert.equal(leftSuspended(ended), false);
  });
});

describe('the intent of a step', () => {
  it('is stored with its id, and stays with whoever is at it', () => {
    const change = intendStep(draftWith(asked('a')), asked('a'), { correlationId: 'c1' });

    const sent = asked('a', { state: 'sent', sendings: 1, correlationId: 'c1' });
    assert.deepEqual(change.steps, [{ step: sent, due: { held: true } }]);
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
    const first = outcomeOf(intendStep(draftWith(), asked('a'), { correlationId: 'c1' }));

    const second = outcomeOf(intendStep(draftWith(), first, { correlationId: 'c2' }));

    assert.deepEqual([second.requestId, second.correlationId, second.sendings], ['request-id-a', 'c2', 2]);
  });

  it('makes no button old: what can be pressed is the same', () => {
    const record = draftWith(asked('a'));

    assert.deepEqual(intendStep(record, asked('a'), { correlationId: 'c' }).request, record.request);
  });
});

describe('a step that was accepted', () => {
  it('is looked at right away, and has not ended', () => {
    const sent = asked('a', { state: 'sent', sendings: 1 });

    const change = stepAccepted(draftWith(sent), NOW, sent, { status: 202, correlationId: 'c1' });

    const accepted: ClearingStep = {
      ...sent,
      ...{ state: 'accepted', correlationId: 'c1', acceptedAt: NOW.toISOString(), looks: 0 },
    };
    assert.deepEqual(change.steps, [{ step: accepted, due: { at: NOW.toISOString() } }]);
    assert.ok(isOpen(accepted));
    assert.equal(change.audit[0]?.action, 'step.outcome');
    assert.equal(change.audit[0].detail?.['status'], 202);
  });

  it('is looked at a little later each time, and at least every ten seconds', () => {
    let step = asked('a', { state: 'accepted' });
    const pauses: number[] = [];
    for (let look = 0; look < 14; look++) {
      const change = lookAgain(draftWith(step), NOW, step);
      const due = change.steps?.[0]?.due;
      assert.ok(due && 'at' in due);
      pauses.push(Date.parse(due.at) - NOW.getTime());
      step = outcomeOf(change);
    }

    assert.deepEqual(
      pauses,
      pauses.toSorted((a, b) => a - b),
    );
    assert.deepEqual([pauses[0], pauses.at(-1), step.looks], [300, 10_000, 14]);
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

describe('the end of a step', () => {
  const sent = (id: string): ClearingStep => asked(id, { state: 'sent', sendings: 1 });

  it('that was reached is kept with its moment, and is not worked on any more', () => {
    const change = stepEnded(draftWith(sent('a')), after(5), sent('a'), { kind: 'done' });

    assert.deepEqual(change.steps, [{ step: { ...sent('a'), state: 'done', doneAt: after(5).toISOString() } }]);
    assert.equal(change.audit[0]?.action, 'step.verified');
  });

  it('that somebody else had reached before us is told apart', () => {
    const ended = outcomeOf(stepEnded(draftWith(), NOW, asked('a'), { kind: 'done' }));

    assert.equal(ended.wasSoBefore, true);
    assert.equal(outcomeOf(stepEnded(draftWith(), NOW, sent('a'), { kind: 'done' })).wasSoBefore, undefined);
  });

  it('that failed says why, in the service’s own words too', () => {
    const error = faultOf('refused', { status: 403, code: '900115' });

    const change = stepEnded(draftWith(sent('a')), NOW, sent('a'), { kind: 'failed', error });

    assert.deepEqual([outcomeOf(change).state, outcomeOf(change).refused?.code], ['failed', '900115']);
    assert.deepEqual([change.audit[0]?.action, change.audit[0]?.detail?.['why']], ['step.outcome', 'refused']);
  });

  it('that failed without an answer keeps what the looks before it met', () => {
    const waited = outcomeOf(lookAgain(draftWith(), NOW, sent('a'), { error: faultOf('unavailable') }));

    const ended = outcomeOf(stepEnded(draftWith(), NOW, waited, { kind: 'failed', why: 'no-answer' }));

    assert.equal(ended.refused?.fault, 'unavailable');
  });

  it('leads to another reading only after the last one', () => {
    const notLast = stepEnded(draftWith(sent('a'), sent('b')), NOW, sent('a'), { kind: 'done' });
    const last = stepEnded(draftWith(sent('a'), { ...sent('b'), state: 'failed' }), NOW, sent('a'), {
      kind: 'done',
    });

    assert.deepEqual([notLast.work, last.work], [undefined, { look: { here: true } }]);
  });
});

describe('the reading after clearing', () => {
  it('is told in a new message only when nothing stands in the way', () => {
    const found = (kind: 'clear' | 'elsewhere') =>
      ({ verdict: kind === 'clear' ? { kind } : { kind, count: 1 }, lines: [] }) as unknown as Readiness;
    const clear = lookedAfterClearing(draftWith(), NOW, found('clear'));
    const blocked = lookedAfterClearing(draftWith(), NOW, found('elsewhere'));

    assert.deepEqual(clear.outbox, [{ recipient: 'ada', slot: 'clearing', mode: 'new', headline: 'ready' }]);
    assert.deepEqual(blocked.outbox, [{ recipient: 'ada', slot: 'clearing', mode: 'edit' }]);
    assert.deepEqual([clear.work, blocked.work], [{ look: null }, { look: null }]);
  });
});
