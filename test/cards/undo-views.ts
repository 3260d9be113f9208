import { confirmStepCard } from '../../cards/confirm-step-card.ts';
import { requestCard } from '../../cards/request-card.ts';
import type { Texts } from '../../cards/texts/texts.ts';
import { undoCard } from '../../cards/undo-card.ts';
import type { UndoStanding } from '../../services/requests/giving-back/give-back.ts';
import { undoOf } from '../../services/requests/giving-back/giving-back.ts';
import { without } from '../../services/requests/moves.ts';
import type { RemovalRequest, RequestRecord } from '../../services/requests/request.ts';
import type { ClearingStep } from '../../services/requests/clearing/clearing-step.ts';
import type { ForeignTexts } from './foreign-texts.ts';
import type { Sketch, Sketches } from './sketch.ts';
import { customerOf, guidNumber, IDS, NONCE, offerOf, READ_AT, stepOf } from './readiness-views.ts';
import { everyRequest, recordOf, refusedCall } from './request-records.ts';

/** Ends without a removal, by the names that `everyRequest` has for them, and the one state in which it was refused. */
export const CAME_TO_NOTHING: readonly string[] = [
  ...['declined', 'withdrawn', 'expired', 'abandoned', 'closed', 'blocked'],
  ...['void by drift', 'void since something blocks'],
];
const TEAMS_ID = '29:1jW0pQx7bVb2s5rTzKc9uYdE4hFgA6mNnLiOeRtSvUwXyZ0aBcDeFgHiJkLmNoPq';

/** So many subscriptions that were left suspended. */
export const leftSuspended = (
  foreign: Pick<ForeignTexts, 'name'>,
  count: number,
  more: Partial<ClearingStep> = {},
): readonly ClearingStep[] =>
  Array.from({ length: count }, (_, n) =>
    stepOf(foreign, 'done', { holdingId: guidNumber(n + 1), doneAt: READ_AT, ...more }),
  );

export const standingOf = (record: RequestRecord, more: Partial<UndoStanding> = {}): UndoStanding => ({
  ...undoOf(record),
  isOvertaken: false,
  ...more,
});

/** What was left suspended, on each card that shows it. */
export function undoCards(foreign: ForeignTexts, texts: Texts): Sketches {
  const requests = everyRequest(foreign);
  const show = (
    request: RemovalRequest,
    steps: readonly ClearingStep[],
    more: Partial<UndoStanding> & { readonly canGiveBack?: boolean } = {},
  ): Sketch => {
    const { canGiveBack = true, ...standing } = more;
    const record = recordOf(request, steps);
    return {
      kind: 'request',
      card: requestCard(
        {
          ...{ record, openPoints: [], teamsId: TEAMS_ID, nonce: NONCE, isSandbox: true },
          ...{ isRequester: true, canWithdraw: false },
          ...{ undo: standingOf(record, standing), canGiveBack },
        },
        texts,
      ),
    };
  };
  const failedStep = (n: number): ClearingStep =>
    stepOf(foreign, 'failed', {
      action: 'reactivate',
      holdingId: guidNumber(n + 1),
      refused: refusedCall(foreign, { status: 409, code: '27009', meaning: 'base-not-active' }),
    });
  const addOns = [{ holdingId: guidNumber(900), name: foreign.name, quantity: 2 }];
  const uncertain = stepOf(foreign, 'failed', { holdingId: guidNumber(9), refused: refusedCall(foreign, UNANSWERED) });
  const unread = stepOf(foreign, 'failed', {
    holdingId: guidNumber(10),
    ...{ sendings: 1, acceptedAt: READ_AT, endedFor: 'unreadable' },
    unread: refusedCall(foreign, { status: 403, code: '900150', meaning: 'role-missing' }),
  });
  const declined = requests['declined'] ?? never();
  const escalated = (count: number, more: Partial<UndoStanding> = {}): Sketch => {
    const unread = { ...declined, undo: { reminded: 5, unreadAt: READ_AT } };
    const record = recordOf(unread, leftSuspended(foreign, count, { addOns }));
    return { card: undoCard({ record, undo: standingOf(record, more), isSandbox: true }, texts) };
  };
  const ask = (count: number, isBlocked: boolean, page = 0): Sketch => ({
    kind: 'confirm',
    card: confirmStepCard(
      {
        customer: customerOf(foreign),
        action: 'reactivate',
        offers: Array.from({ length: count }, (_, n) =>
          offerOf(foreign, {
            action: 'reactivate',
            holdingId: guidNumber(n + 1),
            class: n % 2 === 0 ? 'legacy-licence' : 'new-commerce-licence',
          }),
        ),
        addOnsBack: [foreign.name],
        all: count > 1,
        nonce: NONCE,
        yesNonce: NONCE,
        isSandbox: true,
        ofRequest: { id: declined.id, isBlocked },
        page,
      },
      texts,
    ),
  });
  return {
    ...Object.fromEntries(
      CAME_TO_NOTHING.flatMap((name) => {
        const request = requests[name] ?? never();
        return [0, 1, 3, 200].map((count) => [
          `undo: ${count} of 300 at most, ${name}`,
          show(request, leftSuspended(foreign, count)),
        ]);
      }),
    ),
    'undo: of a dropped draft without a form': show(without(requests['abandoned'] ?? never(), 'form'), [
      ...leftSuspended(foreign, 2, { addOns }),
      uncertain,
      unread,
    ]),
    'undo: under way, and some failed': show(declined, [
      ...leftSuspended(foreign, 1),
      stepOf(foreign, 'sent', { action: 'reactivate', holdingId: guidNumber(50), askedAt: READ_AT }),
      stepOf(foreign, 'done', { action: 'reactivate', holdingId: guidNumber(51), askedAt: READ_AT }),
      ...[2, 3].map(failedStep),
    ]),
    'undo: waits for a sign-in': show(declined, [
      ...leftSuspended(foreign, 1),
      stepOf(foreign, 'asked', {
        ...{ action: 'reactivate', holdingId: guidNumber(50), askedAt: READ_AT, sendings: 0 },
        waitsForSignIn: true,
      }),
      stepOf(foreign, 'failed', {
        ...{ action: 'reactivate', holdingId: guidNumber(51), askedAt: READ_AT, sendings: 0 },
        endedFor: 'no-sign-in',
      }),
    ]),
    'undo: 200 of 300 failed': show(
      declined,
      Array.from({ length: 200 }, (_, n) => failedStep(n)),
    ),
    'undo: refused, and under way': show(requests['blocked'] ?? never(), [
      stepOf(foreign, 'sent', { action: 'reactivate', holdingId: guidNumber(50), askedAt: READ_AT }),
    ]),
    'undo: all of it gone': show(declined, leftSuspended(foreign, 3, { goneAt: READ_AT })),
    'undo: taken over': show(declined, leftSuspended(foreign, 3), { isOvertaken: true }),
    'undo: of somebody who may no longer': show(declined, leftSuspended(foreign, 3), { canGiveBack: false }),
    'undo: unread': show({ ...declined, undo: { reminded: 1, unreadAt: READ_AT } }, leftSuspended(foreign, 1)),
    'undo for somebody else: 1': escalated(1),
    'undo for somebody else: 200 of 300': escalated(200),
    'undo for somebody else: taken over': escalated(3, { isOvertaken: true }),
    'undo for somebody else: nothing': escalated(0),
    'confirm: give back one': ask(1, false),
    'confirm: give back all': ask(5, true),
    'confirm: give back 300': { ...ask(300, false), kind: 'other' },
    'confirm: give back 300, last page': ask(300, false, 1_000),
  };
}

const UNANSWERED = { fault: 'unavailable', ids: IDS };

function never(): never {
  throw new Error('there is no such request');
}
