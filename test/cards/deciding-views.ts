import { approvalCard, type ApprovalView } from '../../cards/approval-card.ts';
import { escalationCard } from '../../cards/escalation-card.ts';
import { closeCard } from '../../cards/close-card.ts';
import { passCard } from '../../cards/pass-card.ts';
import { requestCard } from '../../cards/request-card.ts';
import type { Texts } from '../../cards/texts/texts.ts';
import type { DriftLine } from '../../services/readiness/readiness.ts';
import type { ForeignTexts } from './foreign-texts.ts';
import { guidNumber, NONCE, REQUEST_ID } from './readiness-views.ts';
import { APPROVER_ID, everyRequest, passOf, planOf, recordOf, REQUESTER_ID } from './request-records.ts';
import type { Sketch, Sketches } from './sketch.ts';

/** What is seen around a decision that is not there yet: passed on, looked into, barred, and told to somebody else. */
export function decidingCards(foreign: ForeignTexts, texts: Texts): Sketches {
  const { name, description } = foreign;
  const requests = everyRequest(foreign);
  const record = recordOf(requests['pending']!);
  const decision = { record, openPoints: [], nonce: NONCE, isSandbox: true };
  const approval = (view: Partial<ApprovalView>): Sketch => ({
    kind: 'request',
    card: approvalCard({ ...decision, teamsId: '29:1', canDecide: true, canPass: true, ...view }, texts),
  });
  const barred: Sketches = Object.fromEntries(
    (['no-access', 'no-relationship', 'sign-in', 'unread'] as const).map((why) => [
      `approval barred: ${why}`,
      approval({ problem: `${texts.say(`approval.barred-${why}`, { name })} ${description}` }),
    ]),
  );
  const told: Sketches = Object.fromEntries(
    [
      'pending',
      'pending, and others told',
      'unknown without an answer',
      'done',
      'declined',
      'expired',
      'void by drift',
    ].map((point) => [
      `undecided, told: ${point}`,
      { card: escalationCard({ record: recordOf(requests[point]!), isSandbox: true }, texts) },
    ]),
  );
  const person = { id: APPROVER_ID, name };
  const again = (lines: readonly DriftLine[]): Sketch =>
    approval({
      record: recordOf({
        ...requests['pending']!,
        plan: { ...planOf(foreign, []), since: { requestId: REQUEST_ID, lines } },
      }),
    });
  return {
    'approval passed to you': approval({ passedTo: passOf(foreign) }),
    'approval passed on': approval({ canDecide: false, canPass: false, passedFrom: passOf(foreign) }),
    'approval passed on by whoever asked': approval({
      ...{ canDecide: false, canPass: false, passedFrom: passOf(foreign, REQUESTER_ID) },
    }),
    'approval wanted again': again(everyRequest(foreign)['void by drift']?.voided?.drift ?? []),
    'approval wanted again, nothing different': again([]),
    'request void, to be asked for again': {
      kind: 'request',
      card: requestCard(
        {
          ...{ ...decision, record: recordOf(requests['void by drift']!), teamsId: '29:1' },
          ...{ isRequester: true, canWithdraw: false, askAgain: { customerNonce: NONCE } },
        },
        texts,
      ),
    },
    'approval being looked into': approval({ notice: texts.say('approval.reading') }),
    ...barred,
    ...told,
    'request unknown, as an auditor may close it': {
      kind: 'request',
      card: requestCard(
        {
          ...{ ...decision, record: recordOf(requests['unknown and still listed']!), teamsId: '29:1' },
          ...{ isRequester: false, canWithdraw: false, canClose: true },
        },
        texts,
      ),
    },
    'confirm: close': { kind: 'confirm', card: closeCard({ ...decision }, texts) },
    'confirm: close, refused': {
      kind: 'confirm',
      card: closeCard({ ...decision, typed: name, problem: texts.say('approval.refused-reason-too-short') }, texts),
    },
    'confirm: pass': { kind: 'confirm', card: passCard({ ...decision, others: [person], asked: [person] }, texts) },
    'confirm: pass, of several, refused': {
      kind: 'confirm',
      card: passCard(
        {
          ...decision,
          others: Array.from({ length: 40 }, (_, n) => ({ id: guidNumber(n), name })),
          asked: [person, { id: REQUESTER_ID, name }],
          chosen: guidNumber(7),
          problem: texts.say('approval.refused-not-available'),
        },
        texts,
      ),
    },
  };
}
