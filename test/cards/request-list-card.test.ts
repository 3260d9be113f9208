import assert from 'node:assert/strict';
import { requestCard } from '../../cards/request-card.ts';
import { requestListCard } from '../../cards/request-list-card.ts';
import { textsFor } from '../../cards/texts/texts.ts';
import { FOREIGN } from './foreign-texts.ts';
import { guidNumber, linesOf, NONCE, stepOf } from './readiness-views.ts';
import { everyRequest, planOf, recordOf } from './request-records.ts';
import { buttonsOf, buttonTitled, wordsOf, type Node } from './walk.ts';

const foreign = FOREIGN['everyday']!;
const texts = textsFor('en');
const pending = everyRequest(foreign)['pending']!;
const numbered = <T extends { readonly name: string }>(all: readonly T[], name: string): readonly T[] =>
  all.map((one, n) => ({ ...one, name: `${name} ${n}.` }));

const plan = planOf(foreign, [
  ...numbered(linesOf(foreign, 'may-block', 40), 'May block'),
  ...numbered(linesOf(foreign, 'to-know', 7), 'To know'),
]);
const steps = Array.from({ length: 20 }, (_, n) =>
  stepOf({ name: `Suspended ${n}.` }, 'done', { holdingId: guidNumber(n) }),
);
const record = recordOf({ ...pending, plan }, steps);
const ask = (more: typeof record) =>
  requestCard(
    {
      ...{ record: more, openPoints: [], teamsId: '29:1', nonce: NONCE, isRequester: true },
      canWithdraw: true,
      isSandbox: false,
    },
    texts,
  );

describe('the list of everything a request is about', () => {
  it('has each line once, page by page, from the card on that has no room for all', () => {
    const seen: string[] = [];
    let card = ask(record);
    for (let more = buttonTitled(card, 'More'); more !== undefined; more = buttonTitled(card, 'More')) {
      assert.equal(more['verb'], 'request.show');
      card = requestListCard({ record, nonce: NONCE, from: Number((more['data'] as Node)['page']) }, texts);
      seen.push(...(wordsOf(card).match(/(?<=^•\u0020{2})(?:May block|To know|Suspended) \d+\./gm) ?? []));
    }

    const names = [...steps, ...plan.lines].flatMap((one) => ('name' in one ? one.name : []));
    assert.equal(names.length, 67);
    assert.deepEqual(seen, names);
    assert.match(wordsOf(card), /Lines 61–67 of 67/);
  });

  it('leads back by pages, and from the first one to the request', () => {
    const backOf = (from: number): unknown =>
      (buttonTitled(requestListCard({ record, nonce: NONCE, from }, texts), 'Back')?.['data'] as Node)['page'];

    assert.deepEqual([1, 5, 13, 25, 9_999].map(backOf), [undefined, 1, 1, 13, 55]);
  });

  it('is not offered where everything is seen', () => {
    assert.deepEqual(
      buttonsOf(ask(recordOf(pending))).filter(({ title }) => title === 'More'),
      [],
    );
  });
});
