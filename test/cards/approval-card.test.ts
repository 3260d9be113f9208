import assert from 'node:assert/strict';
import type { AdaptiveCard } from '../../cards/adaptive-card.ts';
import { approvalCard, confirmApproveCard, confirmDeclineCard, type ApprovalView } from '../../cards/approval-card.ts';
import { textsFor } from '../../cards/texts/texts.ts';
import type { Line } from '../../services/readiness/readiness.ts';
import { sortLines } from '../../services/readiness/verdict.ts';
import { cancellationCards } from './cancellation-views.ts';
import { openPointsOf } from '../../services/requests/following-up/open-points.ts';
import { FOREIGN } from './foreign-texts.ts';
import { CORRELATION_ID, CUSTOMER_ID, everyLine, NONCE, stepOf, transferTo } from './readiness-views.ts';
import { COME_BACK_URL, everyRequest, planOf, recordOf } from './request-records.ts';
import { ofType, readingOf, titlesOf, wordsOf } from './walk.ts';

const foreign = { ...FOREIGN['everyday']!, name: 'Contoso', reason: 'They move to another provider' };
const requests = everyRequest(foreign);
const draw = (point: string, view: Partial<ApprovalView> = {}, language = 'en') => {
  const request = requests[point];
  assert.ok(request, `there is no request that is ${point}`);
  const record = recordOf({ ...request, plan: planOf(foreign, everyLine(foreign)) }, [
    stepOf({ name: 'Office 365 E3' }, 'done'),
  ]);
  return approvalCard(
    {
      record,
      openPoints: openPointsOf(record),
      teamsId: '29:1',
      nonce: NONCE,
      canDecide: request.state === 'pending',
      canPass: request.state === 'pending',
      isSandbox: false,
      ...view,
    },
    textsFor(language),
  );
};

describe('what waits for somebody to sign in', () => {
  for (const point of [
    'approved and waiting: sign-in',
    'executing and waiting: sign-in',
    'unknown and waiting: sign-in',
  ])
    it(`can be carried out by whoever may, and by nobody else: ${point}`, () => {
      assert.deepEqual(titlesOf(draw(point, { canSignIn: true, decided: 'approved' })), ['More', 'Sign in and remove']);
      assert.deepEqual(titlesOf(draw(point)), ['More']);
      assert.match(wordsOf(draw(point)), /Waiting for Contoso: sign in and remove\./);
      assert.match(wordsOf(draw(point, {}, 'ru')), /Ожидается Contoso: «Войти и удалить»\./);
    });
});

describe('a cancellation that waits for somebody to sign in', () => {
  for (const state of ['approved', 'executing', 'unknown'] as const)
    it(`says for whom, until when it is looked at again, and can be carried out by whoever may: ${state}`, () => {
      const name = `cancellation to approve: ${state} and waiting for a sign-in`;
      const card = (language: string) =>
        cancellationCards(foreign, textsFor(language))[name]?.card ?? assert.fail(name);

      assert.deepEqual(titlesOf(card('en')), ['Sign in and cancel']);
      assert.match(wordsOf(card('en')), /Waiting for Contoso to sign in\.\nAny other approver may do it instead\./);
      assert.match(wordsOf(card('en')), /Next look/i);
      assert.match(wordsOf(card('ru')), /Ожидается вход: Contoso\./);
    });
});

describe('what an approver is asked', () => {
  it('is whether this relationship is to end, of this customer, for this reason', () => {
    const reading = readingOf(draw('pending'));

    assert.deepEqual(reading.slice(0, 4), [
      'End this reseller relationship?',
      'Contoso',
      'zanzibar.onmicrosoft.com',
      `Tenant ${CUSTOMER_ID}`,
    ]);
    assert.ok(reading.includes('Asked by: Contoso'));
    assert.ok(reading.includes('Reason: They move to another provider'));
  });

  it('comes with what was suspended, what may block, what removal does, and until when', () => {
    const words = wordsOf(draw('pending'));

    assert.match(words, /Suspended for it\n• {2}Office 365 E3 × 10: suspended/);
    assert.match(words, /May stand in the way/);
    assert.match(words, /What removal does/);
    assert.match(words, /To be decided before \{\{DATE/);
  });

  it('names the resellers for whom it ends too, before all else that is to know', () => {
    const orders = Array.from({ length: 40 }, (_, n): Line => ({
      group: 'to-know',
      kind: 'pending-order',
      holdingId: String(n),
      status: 'pending',
    }));
    const resellers: Line = { group: 'to-know', kind: 'resellers', names: ['Brightline IT', 'Quayside Cloud'] };
    const plan = planOf(foreign, sortLines([...orders, resellers]));
    const record = recordOf({ ...requests['pending']!, plan });

    const card = approvalCard(
      { record, openPoints: [], teamsId: '29:1', nonce: NONCE, canDecide: true, isSandbox: false },
      textsFor('en'),
    );

    assert.match(wordsOf(card), /To know\n• {2}Ends for 2 of your resellers too: Brightline IT and Quayside Cloud\./);
  });

  it('says that an open transfer should be over before the removal, also above the yes', () => {
    const plan = planOf(foreign, [transferTo({ ...foreign, name: 'Litware' }, 1)]);
    const record = recordOf({ ...requests['pending']!, plan });
    const view = { record, nonce: NONCE, isSandbox: false };

    for (const card of [
      approvalCard({ ...view, openPoints: [], teamsId: '29:1', canDecide: true }, textsFor('en')),
      confirmApproveCard(view, textsFor('en')),
    ])
      assert.match(wordsOf(card), /A transfer to Litware is open\. It should be accepted in Partner Center/);
  });

  it('says what was not ticked', () => {
    const words = wordsOf(draw('pending without ticket and ticks'));

    assert.match(words, /✗ {2}Not ticked: The notice our contract asks for was given\./);
    assert.match(words, /✗ {2}Not ticked: The customer has its next provider, or wants none\./);
    assert.doesNotMatch(words, /✓/);
  });

  it('is to approve or to decline, neither of which stands out', () => {
    const card = draw('pending');

    assert.deepEqual(titlesOf(card), ['More', 'Approve', 'Decline', 'Pass to another approver']);
    assert.deepEqual(
      ofType(card, 'Action.Execute').filter(({ style }) => style !== undefined),
      [],
    );
    assert.deepEqual(ofType(card, 'Input.Text', 'Input.Toggle', 'Input.ChoiceSet'), []);
  });

  it('is nothing any more once it was decided, by them or by anybody', () => {
    const buttons = (card: AdaptiveCard): readonly unknown[] =>
      ofType(card, 'Action.Execute').filter(({ verb }) => verb !== 'request.show');
    for (const point of Object.keys(requests)) {
      assert.deepEqual(buttons(draw(point, { canDecide: false, decided: 'approved' })), [], point);
      if (requests[point]?.state !== 'pending') assert.deepEqual(buttons(draw(point)), [], point);
    }
  });
});

describe('what an approver sees afterwards', () => {
  it('is what they decided', () => {
    assert.match(wordsOf(draw('approved', { decided: 'approved' })), /You approved this\./);
    assert.match(wordsOf(draw('declined', { decided: 'declined' })), /You declined this\./);
  });

  it('is that the time has run out, where nobody decided', () => {
    assert.match(wordsOf(draw('expired')), /[Ee]xpired/);
  });

  it('is a receipt with correlation id and link back, as the requester’s', () => {
    const reading = readingOf(draw('done', { decided: 'approved' }));

    assert.ok(reading.includes(`Correlation id: ${CORRELATION_ID}`));
    assert.ok(reading.includes(COME_BACK_URL));
  });

  it('is what Partner Center refused, by code and description', () => {
    const words = wordsOf(draw('blocked', { decided: 'approved' }));

    assert.match(words, /Partner Center says: Zanzibar has active subscriptions\./);
    assert.match(words, /Code: 400 \/ 600024/);
  });
});

describe('the question whether to approve', () => {
  const record = recordOf(requests['pending']!);

  it('says that it cannot be undone, and that drift makes it void', () => {
    const words = wordsOf(confirmApproveCard({ record, nonce: NONCE, isSandbox: false }, textsFor('en')));

    assert.match(words, /It cannot be undone by you/);
    assert.match(words, /If something has changed for the worse, your approval is void/);
  });

  it('says once more who asks, why, by which ticket, and what may still be refused', () => {
    const planned = recordOf({ ...requests['pending']!, plan: planOf(foreign, everyLine(foreign)) });
    const said = (language: string): string =>
      wordsOf(confirmApproveCard({ record: planned, nonce: NONCE, isSandbox: false }, textsFor(language)));

    assert.match(said('en'), /Asked by: Contoso\nReason: They move to another provider\nTicket: Contoso/);
    assert.match(said('en'), /May stand in the way\nPartner Center decides\..*\n• {2}Contoso × /);
    assert.match(said('ru'), /Заявитель: Contoso\n.*They move to another provider\n.*Contoso\nМожет помешать/);
    assert.doesNotMatch(said('en'), /To know/);
  });

  it('says once more what was not ticked, and nothing of what was', () => {
    const form = { ...requests['pending']!.form!, notice: false, nextProvider: true };
    const asked = recordOf({ ...requests['pending']!, form });
    const words = wordsOf(confirmApproveCard({ record: asked, nonce: NONCE, isSandbox: false }, textsFor('en')));

    assert.match(words, /✗ {2}Not ticked: The notice our contract asks for was given\./);
    assert.doesNotMatch(words, /next provider/);
  });

  it('takes a comment', () => {
    const card = confirmApproveCard({ record, nonce: NONCE, isSandbox: false, typed: 'As agreed' }, textsFor('en'));

    const inputs = ofType(card, 'Input.Text').map(({ id, value }) => ({ id, value }));
    assert.deepEqual(inputs, [{ id: 'comment', value: 'As agreed' }]);
    assert.deepEqual(titlesOf(card), ['Back', 'Yes, approve']);
  });
});

describe('the question whether to decline', () => {
  const record = recordOf(requests['pending']!);

  it('asks for a reason, and keeps what was typed when it was refused', () => {
    const problem = textsFor('en').say('approval.refused-reason-too-short');
    const card = confirmDeclineCard({ record, nonce: NONCE, isSandbox: false, typed: 'No.', problem }, textsFor('en'));

    const inputs = ofType(card, 'Input.Text').map(({ id, value }) => ({ id, value }));
    assert.deepEqual(inputs, [{ id: 'reason', value: 'No.' }]);
    assert.deepEqual(readingOf(card).slice(-4), [
      'Reason, 10 to 500 characters',
      'The reason is too short: at least 10 characters.',
      'Back',
      'Yes, decline',
    ]);
    assert.equal(readingOf(card).filter((one) => one === problem).length, 1);
    assert.deepEqual(titlesOf(card), ['Back', 'Yes, decline']);
  });
});
