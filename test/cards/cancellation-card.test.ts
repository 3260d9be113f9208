import assert from 'node:assert/strict';
import { approvalCard } from '../../cards/approval-card.ts';
import { requestCard } from '../../cards/request-card.ts';
import { textsFor } from '../../cards/texts/texts.ts';
import { knownCodes } from '../../services/partner-center/known-codes.ts';
import type { RequestRecord } from '../../services/requests/request.ts';
import { standingOfCancellation } from '../../services/requests/cancelling/cancellation.ts';
import { cancellationOf, everyCancellation } from './cancellation-views.ts';
import { FOREIGN } from './foreign-texts.ts';
import { NONCE } from './readiness-views.ts';
import { refusedCall } from './request-records.ts';
import { wordsOf } from './walk.ts';

const texts = textsFor('en');
const foreign = FOREIGN['everyday']!;
const cancellations = everyCancellation(foreign);
const viewOf = (point: string) => {
  const record = cancellations[point];
  assert.ok(record, `there is no cancellation that is ${point}`);
  return viewOfRecord(record);
};
const viewOfRecord = (record: RequestRecord) => {
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

describe('a purchase that was not cancelled', () => {
  it('is not to be checked again where no button does that: the request says what is done about it', () => {
    for (const point of Object.keys(cancellations))
      for (const words of [ofRequester(point), ofManager(point)]) assert.doesNotMatch(words, /check again/i, point);
    assert.match(ofRequester('unknown and waiting for a sign-in'), /outcome unknown/);
    for (const [, meaning] of knownCodes()) {
      const step = { state: 'failed', refused: refusedCall(foreign, { meaning }) } as const;
      const view = {
        ...viewOfRecord(cancellationOf(foreign, 'blocked', [step])),
        isRequester: true,
        canWithdraw: false,
      };
      assert.doesNotMatch(wordsOf(requestCard(view, texts)), /check again/i, meaning);
    }
  });
});
