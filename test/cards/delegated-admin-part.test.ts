import assert from 'node:assert/strict';
import { approvalCard, confirmApproveCard } from '../../cards/approval-card.ts';
import { LINKS } from '../../cards/links.ts';
import { requestCard } from '../../cards/request-card.ts';
import { textsFor } from '../../cards/texts/texts.ts';
import type { LiveDelegatedAdmin } from '../../services/readiness/readiness.ts';
import type { RemovalRequest } from '../../services/requests/request.ts';
import type {
  EndingDelegatedAdmin,
  EndingRelationship,
} from '../../services/requests/delegated-admin/ending-relationships.ts';
import { openPointsOf } from '../../services/requests/following-up/open-points.ts';
import { FOREIGN } from './foreign-texts.ts';
import { NONCE, REQUEST_ID } from './readiness-views.ts';
import { APPROVER_ID, everyRequest, planOf, recordOf, requestOf } from './request-records.ts';
import { ofType, wordsOf } from './walk.ts';

const foreign = { ...FOREIGN['everyday']!, name: 'Contoso' };
const form = {
  ...{ reason: 'They move away.', domain: foreign.domain, notice: true, nextProvider: true, approver: APPROVER_ID },
  endDelegatedAdmin: true,
};
const SERVICE_DESK: LiveDelegatedAdmin = {
  ...{ id: '1', name: 'Service desk', roles: 3, endsAt: '2027-03-12T07:05:06Z', autoExtends: false },
};
const view = { openPoints: [], teamsId: '29:1', nonce: NONCE, isSandbox: false };
const LINE = { group: 'to-know', kind: 'delegated-admin', names: ['Service desk'] } as const;

const asked = (delegatedAdmin: readonly LiveDelegatedAdmin[]): RemovalRequest =>
  requestOf(foreign, 'pending', { form, plan: { ...planOf(foreign, [LINE]), delegatedAdmin } });
const ending = (
  relationships: readonly Partial<EndingRelationship>[],
  more: Partial<EndingDelegatedAdmin> = {},
): RemovalRequest => ({
  ...everyRequest(foreign)['done']!,
  executor: { id: APPROVER_ID, name: 'Elena Marsh' },
  approvals: [{ by: { id: APPROVER_ID, name: 'Elena Marsh' }, at: '2026-06-15T10:00:00.000Z' }],
  form,
  plan: { ...planOf(foreign, [LINE]), delegatedAdmin: [SERVICE_DESK] },
  delegatedAdmin: {
    relationships: relationships.map((one) => ({
      ...{ id: '1', name: 'Service desk', state: 'asked', sendings: 0, looks: 0 },
      ...one,
    })),
    ...{ later: [], until: '2026-06-16T10:00:00.000Z', pauses: 0 },
    ...more,
  },
});
const receipts = (request: RemovalRequest, language = 'en') => {
  const record = recordOf(request);
  const openPoints = openPointsOf(record);
  return [
    requestCard({ ...view, record, openPoints, isRequester: true, canWithdraw: false }, textsFor(language)),
    approvalCard({ ...view, record, openPoints, canDecide: false, decided: 'approved' }, textsFor(language)),
  ];
};

describe('delegated administration that an approver is to let end', () => {
  const draw = (request: RemovalRequest): string =>
    wordsOf(approvalCard({ ...view, record: recordOf(request), canDecide: true }, textsFor('en')));

  it('is named with the number of its roles and the day of its end, and does not stay', () => {
    const words = draw(asked([SERVICE_DESK]));

    assert.match(words, /✓ {2}After the removal, end the granular delegated admin relationships\./);
    assert.match(words, /ends after the removal\nIt is part of what is approved\./);
    assert.match(words, /• {2}Service desk: 3 roles, until Mar 12, 2027 UTC/);
    assert.doesNotMatch(words, /relationship stays|\(GDAP\) stay/);
    assert.match(words, /privileges \(DAP\) end.*\n.*\(GDAP\) named above are ended after the removal/);
  });

  it('is said to go on by itself where it would', () => {
    const words = draw(asked([{ ...SERVICE_DESK, roles: 1, autoExtends: true }]));

    assert.match(words, /Service desk: 1 role, goes on by itself on Mar 12, 2027 UTC/);
  });

  it('is part of the question that is answered with yes', () => {
    const record = recordOf(asked([SERVICE_DESK, { ...SERVICE_DESK, id: '2' }]));

    const words = wordsOf(confirmApproveCard({ record, nonce: NONCE, isSandbox: false }, textsFor('en')));

    assert.match(words, /After the removal 2 granular delegated admin relationships are ended too\./);
  });

  it('stays where it was not ticked, which is said', () => {
    const words = draw(
      requestOf(foreign, 'pending', { form: { ...form, endDelegatedAdmin: false }, plan: planOf(foreign, [LINE]) }),
    );

    assert.match(words, /✗ {2}Not ticked: After the removal, end the granular delegated admin relationships\./);
    assert.match(words, /A granular delegated admin relationship stays: Service desk\./);
    assert.match(words, /privileges \(DAP\) end.*\n.*\(GDAP\) stay: ending them is not part of this request/);
  });
});

describe('the receipts of a removal with delegated administration', () => {
  const both = (request: RemovalRequest): readonly string[] => receipts(request).map((card) => wordsOf(card));

  const ways: readonly [name: string, request: RemovalRequest, said: RegExp, notSaid: RegExp][] = [
    [
      'that is about to be ended',
      ending([{}]),
      /Delegated administration\n0 of 1 ended\n• {2}Service desk: not ended yet\n[^]*I try by myself until/,
      /Open Partner Center/,
    ],
    [
      'that is being ended',
      ending([{ state: 'accepted', why: 'not-seen' }]),
      /• {2}Service desk: being ended\nMicrosoft Graph accepted it/,
      /Open Partner Center/,
    ],
    [
      'that has ended',
      ending([{ state: 'done' }], { endedAt: '2026-06-15T10:00:00.000Z' }),
      /• {2}Service desk: ended\nWhat stays open\nNothing that I know of stays open\./,
      /not ended|stays: Service desk|I try/,
    ],
    [
      'that nobody may end',
      ending([{ why: 'role-missing' }]),
      /does not let Elena Marsh do it\.[^]*What stays open\n☐ {2}A granular delegated admin relationship is not ended: Service desk\.\nElena Marsh, or anybody else who is an admin agent, can end it in Partner Center/,
      /being ended/,
    ],
    [
      'for whom nobody can act any more',
      ending([{ why: 'sign-in' }]),
      /I can no longer act in the name of Elena Marsh\.[^]*Elena Marsh, or anybody else/,
      /being ended/,
    ],
    [
      'that was left as it is',
      ending([{ why: 'not-active', status: 'approvalpending' }], { endedAt: '2026-06-15T10:00:00.000Z' }),
      /Service desk: not ended\nOnly what is active can be ended, and Microsoft Graph says “approvalpending”\./,
      /I try by myself/,
    ],
    [
      'that came after the approval',
      ending([{ state: 'done' }], { later: ['Newcomer'], endedAt: '2026-06-15T10:00:00.000Z' }),
      /came after the approval, so it was not ended: Newcomer\.[^]*can end it in Partner Center/,
      /Service desk: not ended/,
    ],
  ];
  for (const [name, request, said, notSaid] of ways)
    it(`say so: ${name}`, () => {
      for (const words of both(request)) {
        assert.match(words, said);
        assert.doesNotMatch(words.replace('Delegated administration is left', ''), notSaid);
      }
    });

  it('lead to Partner Center only where it is a person’s turn', () => {
    const urls = (request: RemovalRequest): readonly number[] =>
      receipts(request).map(
        (card) => ofType(card, 'Action.OpenUrl').filter(({ url }) => url === LINKS['partner-center']).length,
      );

    assert.deepEqual(urls(ending([{ why: 'throttled' }])), [0, 0]);
    assert.deepEqual(urls(ending([{ why: 'role-missing' }])), [1, 1]);
  });

  it('show what Microsoft Graph said, and the id to quote', () => {
    const ids = { requestId: REQUEST_ID, correlationId: 'c0ffee00-0000-4000-8000-000000000001' };
    const refused = { fault: 'forbidden', status: 403, description: 'Insufficient privileges', ids };

    for (const words of both(ending([{ why: 'role-missing', refused }]))) {
      assert.match(words, /Microsoft Graph says: Insufficient privileges/);
      assert.ok(words.includes(ids.correlationId));
    }
  });

  it('are in the reader’s language', () => {
    const [own = ''] = receipts(ending([{ why: 'role-missing' }]), 'ru').map((card) => wordsOf(card));

    assert.match(own, /Делегированное администрирование\nЗавершено: 0 из 1\n• {2}Service desk: ещё не завершено/);
    assert.match(own, /Завершить это в Центре партнёров/);
  });
});
