import assert from 'node:assert/strict';
import { requestCard } from '../../cards/request-card.ts';
import { textsFor } from '../../cards/texts/texts.ts';
import { undoCard } from '../../cards/undo-card.ts';
import { undoSummary } from '../../cards/undo-part.ts';
import type { UndoStanding } from '../../services/requests/giving-back/give-back.ts';
import { undoOf } from '../../services/requests/giving-back/giving-back.ts';
import type { ClearingStep } from '../../services/requests/clearing/clearing-step.ts';
import { FOREIGN } from './foreign-texts.ts';
import { CORRELATION_ID, guidNumber, IDS, NONCE, READ_AT, stepOf } from './readiness-views.ts';
import { everyRequest, recordOf } from './request-records.ts';
import { CAME_TO_NOTHING, leftSuspended } from './undo-views.ts';
import { buttonsOf, titlesOf, wordsOf, type Node } from './walk.ts';

const foreign = { ...FOREIGN['everyday']!, name: 'Office 365 E3' };
const requests = everyRequest(foreign);
const english = textsFor('en');
const draw = (
  point: string,
  steps: readonly ClearingStep[],
  more: Partial<UndoStanding> & { readonly canGiveBack?: boolean } = {},
) => {
  const { canGiveBack = true, ...standing } = more;
  const record = recordOf(requests[point]!, steps);
  return requestCard(
    {
      ...{
        record,
        openPoints: [],
        teamsId: '29:1',
        nonce: NONCE,
        isRequester: true,
        canWithdraw: false,
        isSandbox: false,
      },
      ...{ undo: { ...undoOf(record), isOvertaken: false, ...standing }, canGiveBack },
    },
    english,
  );
};
const backButtons = (card: unknown): readonly Node[] =>
  buttonsOf(card).filter(({ verb }) => verb === 'request.reactivate');
const holdingOf = ({ data }: Node): unknown => (data as Node)['holdingId'];

describe('what a request has left suspended, on its card', () => {
  for (const point of CAME_TO_NOTHING)
    for (const [count, titles] of [
      [0, []],
      [1, ['Reactivate']],
      [3, ['Reactivate', 'Reactivate', 'Reactivate', 'Reactivate all']],
    ] as const)
      it(`has a button for each, and one for all where there are more, ${point}: ${count}`, () => {
        assert.deepEqual(
          backButtons(draw(point, leftSuspended(foreign, count))).map(({ title }) => title),
          titles,
        );
      });

  it('names each once, with what its button gives back', () => {
    const card = draw('declined', leftSuspended(foreign, 3));

    assert.deepEqual(
      backButtons(card).map(holdingOf),
      [1, 2, 3].map(guidNumber).concat([undefined as unknown as string]),
    );
    assert.equal(wordsOf(card).match(/Office 365 E3 × 10/g)?.length, 3);
    assert.doesNotMatch(wordsOf(card), /Suspended for it/);
  });

  it('has room for some of 200, and the rest is counted and given back with all', () => {
    const card = draw('declined', leftSuspended(foreign, 200));

    const shown = backButtons(card).length - 1;
    assert.ok(shown > 0 && shown < 200);
    assert.match(wordsOf(card), new RegExp(`and ${200 - shown} more`));
    assert.ok(titlesOf(card).includes('Reactivate all'));
  });

  it('says what comes back with it, and when its data is deleted', () => {
    const addOns = [{ holdingId: guidNumber(9), name: 'Audio', quantity: 2 }];
    const words = wordsOf(draw('declined', leftSuspended(foreign, 1, { addOns, doneAt: '2030-01-01T00:00:00.000Z' })));

    assert.match(words, /1 add-on went with it, and comes back with it/);
    assert.match(words, /Microsoft deletes its data on Apr 1, 2030/);
  });

  it('says how far giving back is, and what went wrong with what can be tried again', () => {
    const of = (n: number, state: ClearingStep['state'], more: Partial<ClearingStep> = {}) =>
      stepOf(foreign, state, { action: 'reactivate', holdingId: guidNumber(n), askedAt: READ_AT, ...more });
    const refused = { fault: 'refused', status: 409, code: '27009', meaning: 'base-not-active' as const, ids: IDS };
    const card = draw('declined', [of(1, 'done'), of(2, 'done'), of(3, 'failed', { refused })]);
    const words = wordsOf(card);

    assert.match(words, /2 of 3 active again/);
    assert.match(words, /not reactivated\nMicrosoft deletes .*\nIts base subscription is not active\./);
    assert.match(words, /409 \/ 27009/);
    assert.ok(words.includes(CORRELATION_ID));
    assert.deepEqual(backButtons(card).map(holdingOf), [guidNumber(3)]);
  });

  it('says that a newer request has it, and has nothing to press then', () => {
    const card = draw('declined', leftSuspended(foreign, 3), { isOvertaken: true });

    assert.match(wordsOf(card), /A newer request for this customer has taken this over/);
    assert.deepEqual(titlesOf(card), []);
  });

  it('has nothing to press for somebody who may not', () => {
    assert.deepEqual(titlesOf(draw('declined', leftSuspended(foreign, 3), { canGiveBack: false })), []);
  });

  it('offers no *Continue* after a refusal while something is given back', () => {
    const busy = stepOf(foreign, 'sent', { action: 'reactivate', holdingId: guidNumber(2) });

    assert.ok(titlesOf(draw('blocked', leftSuspended(foreign, 1))).includes('Continue'));
    assert.ok(!titlesOf(draw('blocked', [...leftSuspended(foreign, 1), busy])).includes('Continue'));
  });

  it('of which nothing is there any more says so', () => {
    const words = wordsOf(draw('declined', leftSuspended(foreign, 1, { goneAt: READ_AT })));

    assert.match(words, /Nothing is left suspended/);
    assert.match(words, /Office 365 E3 × 10: no longer there/);
  });
});

describe('what is still suspended, told to somebody else', () => {
  it('is the list without anything to press, and whom to talk to', () => {
    const record = recordOf(requests['declined']!, leftSuspended(foreign, 3));
    const card = undoCard({ record, undo: { ...undoOf(record), isOvertaken: false }, isSandbox: false }, english);

    assert.deepEqual(titlesOf(card), []);
    assert.equal('refresh' in card, false);
    assert.match(wordsOf(card), /nobody has reactivated it/);
  });
});

describe('the toast of a reminder', () => {
  const record = recordOf(requests['declined']!, [
    ...leftSuspended(foreign, 1, { doneAt: '2030-01-05T00:00:00.000Z' }),
    ...leftSuspended(foreign, 1, { holdingId: guidNumber(7), doneAt: '2030-01-01T00:00:00.000Z' }),
  ]);
  const { items } = undoOf(record);

  it('says how many, of whom, and the first day on which data is deleted', () => {
    assert.equal(
      undoSummary('contoso.com', { items }, english),
      '2 subscriptions of contoso.com are still suspended; Microsoft deletes their data from Apr 1, 2030 UTC on',
    );
    assert.equal(
      undoSummary('contoso.com', { items: items.slice(0, 1) }, english),
      '1 subscription of contoso.com is still suspended; Microsoft deletes its data on Apr 5, 2030 UTC',
    );
  });

  it('names no day for new commerce, whose data stays to the end of the term', () => {
    const other = undoOf(recordOf(requests['declined']!, leftSuspended(foreign, 1, { class: 'new-commerce-licence' })));

    assert.equal(undoSummary('contoso.com', other, english), '1 subscription of contoso.com is still suspended');
  });
});
