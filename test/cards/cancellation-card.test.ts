import assert from 'node:assert/strict';
import { approvalCard } from '../../cards/approval-card.ts';
import { requestCard } from '../../cards/request-card.ts';
import { textsFor } from '../../cards/texts/texts.ts';
import { standingOfCancellation } from '../../services/requests/cancelling/cancellation.ts';
import { everyCancellation } from './cancellation-views.ts';
import { FOREIGN } from './foreign-texts.ts';
import { NONCE } from './readiness-views.ts';
import { wordsOf } from './walk.ts';

const texts = textsFor('en');
const cancellations = everyCancellation(FOREIGN['everyday']!);
const viewOf = (point: string) => {
  const record = cancellations[point];
  assert.ok(record, `there is no cancellation that is ${point}`);
  const cancellation = standingOfCancellation(record);
  return {
    record,
    openPoints: [],
    teamsId: '29:1',
    nonce: NONCE,
    isSandbox: false,
    ...(cancellation && { cancellation }),
  };
};
const ofRequester = (point: string): string =>
  wordsOf(requestCard({ ...viewOf(point), isRequester: true, canWithdraw: false }, texts));
const ofManager = (point: string): string => wordsOf(approvalCard({ ...viewOf(point), canDecide: false }, texts));

describe('a cancellation that has ended', () => {
  it('names no day until which it could have been cancelled', () => {
    for (const told of [ofRequester('done'), ofManager('done'), ofManager('declined')]) {
      assert.doesNotMatch(told, /until/);
      assert.match(told, /new-commerce subscription/);
    }
    assert.match(ofManager('pending'), /new-commerce subscription, until/);
  });

  it('says what can be done next to whoever asked, and to nobody else', () => {
    assert.match(ofRequester('done'), /Write “remove” and the customer’s name/);
    assert.doesNotMatch(ofManager('done'), /Write/);
    assert.match(ofRequester('blocked, can go on'), /Continue tries the rest again/);
    assert.doesNotMatch(ofManager('blocked, can go on'), /Continue/);
  });
});
