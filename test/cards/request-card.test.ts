import assert from 'node:assert/strict';
import { movedCard, requestCard, withdrawCard } from '../../cards/request-card.ts';
import { textsFor } from '../../cards/texts/texts.ts';
import { STATES } from '../../services/requests/life.ts';
import type { RemovalRequest } from '../../services/requests/request.ts';
import type { ClearingStep } from '../../services/requests/clearing/clearing-step.ts';
import { openPointsOf } from '../../services/requests/following-up/open-points.ts';
import { FOREIGN } from './foreign-texts.ts';
import { CORRELATION_ID, everyLine, IDS, linesOf, NONCE, READ_AT, stepOf } from './readiness-views.ts';
import { APPROVER_ID, COME_BACK_URL, everyRequest, planOf, recordOf, requestOf, UNTIL } from './request-records.ts';
import { everyCancellation } from './cancellation-views.ts';
import { ofType, readingOf, titlesOf, wordsOf } from './walk.ts';
import { standingOfCancellation } from '../../services/requests/cancelling/cancellation.ts';
import { createRoles } from '../../services/people/roles.ts';
import { barsWithdrawal } from '../../services/requests/deciding/deciding.ts';

const foreign = { ...FOREIGN['everyday']!, name: 'Contoso', reason: 'They move to another provider' };
const requests = everyRequest(foreign);
const at = (point: string): RemovalRequest => {
  const request = requests[point];
  assert.ok(request, `there is no request that is ${point}`);
  return request;
};
/** Whoever asked may still ask. */
const rolesOf = ({ requester }: RemovalRequest) =>
  createRoles({ requesters: [requester.id], approvers: [], auditors: [], samePerson: [] });
const draw = (request: RemovalRequest, steps: readonly ClearingStep[] = [], language = 'en') =>
  requestCard(
    {
      record: recordOf(request, steps),
      openPoints: openPointsOf(recordOf(request, steps)),
      teamsId: '29:1',
      nonce: NONCE,
      isRequester: true,
      canWithdraw: barsWithdrawal(request, request.requester, rolesOf(request)) === undefined,
      isSandbox: false,
    },
    textsFor(language),
  );
const words = (point: string): string => wordsOf(draw(at(point)));

describe('a request as its requester sees it', () => {
  it('is drawn in every state there is', () => {
    const drawn = new Set(Object.values(requests).map(({ state }) => state));

    assert.deepEqual(
      STATES.filter((state) => !drawn.has(state)),
      [],
    );
  });

  const sentences: [point: string, sentence: RegExp][] = [
    ['being sent', /Everything is read once more, then the request is sent\./],
    ['pending', /Waiting for Contoso\./],
    ['pending with one of two approvals', /1 of 2 approvals\./],
    ['approved', /Approved\. Everything is read again before the removal\./],
    ['approved and waiting: unread', /cannot be read completely right now/],
    ['approved and waiting: throttled', /asked us to slow down/],
    [
      'approved and waiting: sign-in',
      /Waiting for Contoso: sign in and remove\.\nAny other approver may do it instead/,
    ],
    ['approved and waiting: remove-now', /Waiting for Contoso: remove now\./],
    ['approved and waiting for its requester: sign-in', /Waiting for Contoso: sign in and remove\.\n(?!Any other)/],
    ['executing and waiting: sign-in', /Waiting for Contoso: sign in and remove\.(.*\n)+?.*multifactor/],
    [
      'unknown and waiting: sign-in',
      /The outcome is unknown.*\nNo answer from Partner Center tells.*\nWaiting for Contoso: sign in/,
    ],
    ['executing', /The removal is being carried out\./],
    ['executing and throttled', /asked us to slow down/],
    ['verifying', /I look until the customer is really gone/],
    ['unknown without an answer', /The outcome is unknown.*\nNo answer from Partner Center tells whether/],
    ['unknown and still listed', /The outcome is unknown.*\n.*the customer is still in the list/],
    ['blocked', /Partner Center refused\. Nothing was changed\./],
    ['blocked and not sent again', /its approval no longer allows sending it again/],
    ['done', /The relationship is removed\. The customer is gone from your list\./],
    ['declined', /Declined\. Nothing was removed\./],
    ['withdrawn', /Withdrawn\. Nothing was removed\./],
    ['expired', /[Ee]xpired.*Nothing was removed\./],
    ['void by drift', /void, because what was approved has changed\. Nothing was removed\./],
    ['void since the requester is none any more', /somebody’s role has changed\. Nothing was removed\./],
    ['void since the approver is none any more', /somebody’s role has changed\. Nothing was removed\./],
    [
      'void, and the customer gone',
      /somebody has removed the relationship outside of this request\. Nothing was sent\./,
    ],
    [
      'void, and the customer gone after a refusal',
      /outside of this request\. Partner Center did not carry out the removal call(?!(.*\n)+.*Nothing was sent)/,
    ],
    ['abandoned', /This draft was dropped\. Nothing was removed\./],
    ['closed', /Closed by an auditor\./],
  ];
  for (const [point, sentence] of sentences) {
    it(`says how it stands: ${point}`, () => {
      assert.match(words(point), sentence);
    });
  }

  it('says how far it is, and promises no time that nobody knows', () => {
    for (const [point, step] of [
      ['approved', 2],
      ['executing', 3],
      ['verifying', 4],
    ] as const)
      assert.match(words(point), new RegExp(`Step ${step} of 4\\. How long this takes is up to Partner Center\\.`));
    assert.match(words('pending'), /Step 1 of 4\.\n/);
  });

  it('shows who asked, why, and what the approver is to know', () => {
    assert.match(words('pending'), /Asked by: Contoso\nReason: They move to another provider\nTicket: Contoso/);
    assert.match(words('pending'), /✓ {2}The notice our contract asks for was given\./);
    assert.match(words('pending'), /✓ {2}The customer has its next provider, or wants none\./);
  });

  it('says nothing of what was not ticked', () => {
    assert.doesNotMatch(words('pending without ticket and ticks'), /✓|Ticket/);
  });

  it('brings the reason of a decline, and who declined', () => {
    const reason = 'The contract runs until June.';
    const declined = requestOf(foreign, 'declined', {
      declined: { by: { id: APPROVER_ID, name: 'Elena Marsh' }, at: UNTIL, reason },
    });

    assert.match(wordsOf(draw(declined)), /Declined by: Elena Marsh\nReason: The contract runs until June\./);
  });

  it('brings the comment of an approval', () => {
    const approvals = [{ by: { id: APPROVER_ID, name: 'Elena Marsh' }, at: UNTIL, comment: 'Agreed with sales.' }];

    const card = draw(requestOf(foreign, 'approved', { approvals, executeBy: UNTIL }));

    assert.match(wordsOf(card), /Approved by: Elena Marsh\nComment: Agreed with sales\./);
  });

  it('brings code, description and correlation id of a refusal', () => {
    const text = words('blocked');

    assert.match(text, /Partner Center says: Zanzibar has active subscriptions\./);
    assert.match(text, /Code: 400 \/ 600024/);
    assert.ok(text.includes(`Correlation id: ${IDS.correlationId}`));
  });

  it('says what has changed since the approval, each change by name', () => {
    const text = words('void by drift');

    assert.match(text, /What has changed since\n• {2}New: Contoso × 4\n• {2}Contoso: 9 instead of 4/);
    assert.match(text, /• {2}Contoso stands in the way now/);
    assert.match(text, /• {2}The domain is zanzibar\.onmicrosoft\.com instead of zanzibar\.onmicrosoft\.com/);
    assert.match(text, /• {2}The rules of this bot have changed/);
  });

  it('counts what has changed beyond the twelfth', () => {
    assert.match(words('void by much drift'), /and 288 more/);
  });

  it('says that something stands in the way where no difference is known', () => {
    assert.match(words('void since something blocks'), /• {2}Something stands in the way that did not before/);
  });

  it('says until when it has to be decided, carried out, looked at', () => {
    const moment = String.raw`\{\{DATE\(2031-03-12T07:05:06Z, SHORT\)\}\} \{\{TIME\(2031-03-12T07:05:06Z\)\}\}`;

    assert.match(words('pending'), new RegExp(`To be decided before ${moment}`));
    assert.match(words('approved'), new RegExp(`To be carried out before ${moment}`));
    assert.match(words('blocked'), new RegExp(`To be carried out before ${moment}`));
    assert.match(words('unknown without an answer'), new RegExp(`Next look on ${moment}`));
  });

  it('lists what may stand in the way and what is to know, as it was when it was sent', () => {
    const request = requestOf(foreign, 'pending', { plan: planOf(foreign, everyLine(foreign)) });

    const text = wordsOf(draw(request));

    assert.match(text, /May stand in the way\nPartner Center decides\./);
    assert.match(text, /To know\n/);
  });
});

describe('the number of a request', () => {
  it('stands on its card, however it stands', () => {
    for (const [point, request] of Object.entries(requests))
      assert.ok(wordsOf(draw(request)).includes(`Request: ${request.id}`), point);
    for (const [point, record] of Object.entries(everyCancellation(foreign)))
      assert.ok(wordsOf(draw(record.request)).includes(`Request: ${record.request.id}`), point);
  });
});

describe('the name of a card of a request', () => {
  it('says that it is a receipt once it is done, and not before', () => {
    for (const [point, request] of Object.entries(requests))
      assert.equal(
        readingOf(draw(request))[0],
        request.state === 'done' ? 'Receipt of a removal' : 'Removal request',
        point,
      );
    assert.equal(readingOf(draw(at('done'), [], 'ru'))[0], 'Квитанция об удалении');
  });

  it('says of purchases whether they are to be cancelled, are being, were or were not', () => {
    const named = (point: string, language = 'en'): string => {
      const record = everyCancellation(foreign)[point]!;
      const cancellation = standingOfCancellation(record)!;
      const view = { record, cancellation, openPoints: [], teamsId: '29:1', nonce: NONCE, isSandbox: false };
      return wordsOf(requestCard({ ...view, isRequester: true, canWithdraw: false }, textsFor(language)));
    };

    for (const point of ['pending', 'approved']) assert.match(named(point), /What is to be cancelled/, point);
    for (const point of ['executing', 'verifying', 'unknown without an answer'])
      assert.match(named(point), /What is being cancelled/, point);
    for (const point of ['declined', 'withdrawn', 'expired', 'blocked for good', 'void by drift'])
      assert.match(named(point), /What was to be cancelled/, point);
    assert.match(named('done'), /^Receipt of a cancellation\n(.*\n)+What was cancelled/);
    assert.match(named('done', 'ru'), /^Квитанция об отмене\n(.*\n)+Что отменено/);
  });
});

describe('the link by which a customer can come back', () => {
  const linked = (comeBackUrl: string) => ofType(draw({ ...at('done'), comeBackUrl }), 'Action.OpenUrl');

  it('can be opened, and read', () => {
    assert.deepEqual(
      linked(COME_BACK_URL).map(({ url }) => url),
      [COME_BACK_URL],
    );
    assert.ok(words('done').includes(COME_BACK_URL));
  });

  it('is only shown where it leads anywhere but to Microsoft’s admin center', () => {
    for (const url of [
      'https://admin.microsoft.com.evil.example/',
      'https://admin.microsoft.com@evil.example/',
      'http://admin.microsoft.com/',
      'javascript:alert(1)',
      'admin.microsoft.com',
    ]) {
      assert.deepEqual(linked(url), [], url);
      assert.ok(wordsOf(draw({ ...at('done'), comeBackUrl: url })).includes(url), url);
    }
  });
});

describe('whom a card could not be shown', () => {
  it('is named, and that somebody else can be asked only where that is so', () => {
    const request = at('pending, and the card not shown');
    const view = { record: recordOf(request), openPoints: [], teamsId: '29:1', nonce: NONCE, isSandbox: false };
    const shown = (canPass: boolean): string =>
      wordsOf(requestCard({ ...view, isRequester: true, canWithdraw: true, canPass }, textsFor('en')));

    assert.match(shown(true), /could not be shown to Contoso(.*\n)+You can have somebody else asked\./);
    assert.match(shown(false), /could not be shown to Contoso/);
    assert.doesNotMatch(shown(false), /somebody else asked/);
  });
});

describe('what the requester of a request can do', () => {
  const possible: [point: string, titles: readonly string[]][] = [
    ['being sent', ['Withdraw']],
    ['pending', ['Withdraw']],
    ['approved', ['Withdraw']],
    ['executing', []],
    ['verifying', []],
    ['unknown without an answer', []],
    ['blocked', ['Continue', 'Withdraw']],
    ['blocked and not sent again', ['Withdraw']],
    ['done', ['Open the link']],
    ['declined', []],
    ['withdrawn', []],
    ['expired', []],
    ['void by drift', []],
    ['abandoned', []],
    ['closed', []],
  ];
  for (const [point, titles] of possible) {
    it(`depends on how it stands: ${point}`, () => {
      assert.deepEqual(titlesOf(draw(at(point))), titles);
    });
  }

  it('is said by the name of a button that is there, where Partner Center has refused', () => {
    const said = { status: 400, code: '3000', meaning: 'not-as-things-stand' } as const;
    const refused = requestOf(foreign, 'blocked', {
      executeBy: UNTIL,
      refused: { fault: 'refused', ids: IDS, ...said },
    });

    const words = wordsOf(draw(refused));

    assert.match(words, /Once that is settled, Continue tries it again under the same approval\./);
    assert.match(words, /cancel or suspend these first/);
    assert.doesNotMatch(words, /check again/i);
    assert.match(wordsOf(draw(at('blocked and not sent again'))), /Withdraw this request, and ask again/);
  });

  for (const [waitsForMe, title] of [
    ['remove-now', 'Remove now'],
    ['sign-in', 'Sign in and remove'],
  ] as const)
    it(`is theirs alone where it waits for them: ${title}`, () => {
      const request = at(`approved and waiting: remove-now`);
      const view = { record: recordOf(request), openPoints: [], teamsId: '29:1', nonce: NONCE, isSandbox: false };
      const mine = requestCard({ ...view, isRequester: true, canWithdraw: true, waitsForMe }, textsFor('en'));

      assert.deepEqual(titlesOf(mine), [title, 'Withdraw']);
      assert.ok(!titlesOf(draw(request)).includes(title));
    });

  it('nobody else can', () => {
    const view = { record: recordOf(at('blocked')), openPoints: [], teamsId: '29:1', nonce: NONCE, isSandbox: false };

    assert.deepEqual(titlesOf(requestCard({ ...view, isRequester: false, canWithdraw: false }, textsFor('en'))), []);
  });
});

describe('what was suspended before, for an earlier request perhaps', () => {
  const own = stepOf({ name: 'Office 365 E3' }, 'done');
  const ended = [
    { name: 'Visio Plan 2', status: 'suspended' },
    { name: 'Project Plan 3', status: 'expired' },
  ];
  const plan = { ...planOf(foreign, []), inactive: ended };

  it('is named beside what was suspended for this one', () => {
    const text = wordsOf(draw({ ...at('pending'), plan }, [own]));

    assert.match(
      text,
      /Suspended for it\n• {2}Office 365 E3 × 10: suspended\nNo longer active\n• {2}Visio Plan 2: suspended\n• {2}Project Plan 3: expired\n/,
    );
  });

  it('is not an add-on that went with its base for this one, which is named with it', () => {
    const base = { ...own, addOns: [{ holdingId: 'add-on', name: 'Defender', quantity: 5 }] };

    const text = wordsOf(draw({ ...at('pending'), plan }, [base]));

    assert.match(
      text,
      /Suspended for it\n• {2}Office 365 E3 × 10: suspended\n• {2}Defender × 5: suspended\nNo longer active/,
    );
  });

  it('is what the receipt warns of too', () => {
    const expired = { ...plan, inactive: ended.slice(1) };

    assert.match(wordsOf(draw({ ...at('done'), plan })), /Microsoft deletes its data after 90 days/);
    assert.doesNotMatch(wordsOf(draw({ ...at('done'), plan: expired })), /after 90 days/);
    assert.doesNotMatch(words('done'), /after 90 days/);
  });
});

describe('the receipt of a removal', () => {
  it('shows the correlation id of the removal call, the request’s number and the link back as text', () => {
    const reading = readingOf(draw(at('done')));

    assert.ok(reading.includes(`Correlation id: ${CORRELATION_ID}`));
    assert.ok(reading.includes(`Request: ${at('done').id}`));
    assert.ok(reading.includes(COME_BACK_URL));
  });

  it('prints the head of the request’s record, so that a copy of it is kept elsewhere', () => {
    const auditHead = 'ab'.repeat(32);
    const view = {
      openPoints: [],
      teamsId: '29:1',
      nonce: NONCE,
      isRequester: true,
      canWithdraw: false,
      isSandbox: false,
    };
    const card = requestCard({ ...view, record: { ...recordOf(at('done')), auditHead } }, textsFor('en'));

    assert.ok(readingOf(card).includes(`Head of the record: ${auditHead}`));
    assert.doesNotMatch(wordsOf(draw(at('done'))), /Head of the record/);
  });

  it('says where the link is when it could not be read', () => {
    assert.match(words('done without a link'), /The link could not be read\. Partner Center shows it under Customers/);
  });

  it('says what stays open, as it was when the request was sent', () => {
    const plan = planOf(foreign, [
      { group: 'to-know', kind: 'delegated-admin', names: ['Service desk'] },
      { group: 'to-know', kind: 'azure-roles' },
      { group: 'to-know', kind: 'pending-order', holdingId: 'o', status: 'pending' },
      { group: 'to-know', kind: 'transfer', holdingId: 't', status: 'active', count: 3, to: 'Fabrikam' },
      { group: 'to-know', kind: 'transfer', holdingId: 'u', status: 'active', count: 1 },
    ]);
    const text = wordsOf(draw({ ...at('done'), plan }));

    assert.match(text, /What stays open\n/);
    assert.match(text, /A granular delegated admin relationship stays: Service desk\./);
    assert.match(text, /Azure role assignments stay/);
    assert.match(
      text,
      /☐ {2}An order was still under way: o \(pending\)\. It may become a subscription all the same\./,
    );
    assert.match(text, /☐ {2}Azure role assignments stay/);
    assert.match(
      text,
      /☐ {2}2 transfers were still open: Fabrikam \(active\) and u \(active\)\. Look in Partner Center/,
    );
    assert.doesNotMatch(text, /Charges|What is suspended stays suspended/);
  });

  it('speaks of charges where a term runs beyond the removal, and says until when', () => {
    const holding = { ...linesOf(foreign, 'may-block', 1)[0]!, name: 'Power BI' };
    const receipt = (billedUntil: string): string =>
      wordsOf(draw({ ...at('done'), plan: planOf(foreign, [{ ...holding, billedUntil }]) }));

    assert.match(receipt(UNTIL), /stay owed: Power BI, until Mar 12, 2031 UTC\./);
    assert.doesNotMatch(receipt(READ_AT), /stay owed/);
  });

  it('says that nothing stays open where nothing does', () => {
    assert.match(words('done'), /What stays open\nNothing that I know of stays open\./);
  });

  it('has a check list of what stays open, with who has seen to what', () => {
    const view = { teamsId: '29:1', nonce: NONCE, isRequester: true, canWithdraw: false, isSandbox: false };
    const record = recordOf(at('done, some of it seen to'));
    const openPoints = openPointsOf(record);
    const card = (canTick: boolean) => requestCard({ ...view, record, openPoints, canTick }, textsFor('en'));

    assert.match(wordsOf(card(true)), /What stays open\n1 of 2 seen to\n/);
    assert.match(wordsOf(card(true)), /☑ {2}Azure role assignments stay.*\nSeen to by: Contoso\n\{\{DATE/);
    assert.deepEqual(
      titlesOf(card(true)).filter((title) => /[Dd]one$/.test(title)),
      ['Done', 'Not done'],
    );
    assert.ok(!titlesOf(card(false)).includes('Done'));
  });

  it('has nothing to be ticked of what is only good to know', () => {
    const view = { teamsId: '29:1', nonce: NONCE, isRequester: true, canWithdraw: false, isSandbox: false };
    const record = recordOf({ ...at('done') }, [stepOf({ name: 'Office 365 E3' }, 'done')]);
    const openPoints = openPointsOf(record);
    const card = requestCard({ ...view, record, openPoints, canTick: true }, textsFor('en'));

    assert.deepEqual(
      openPoints.map(({ name }) => name),
      ['suspended'],
    );
    assert.match(
      wordsOf(card),
      /What stays open\nNothing that I know of is left to do\.\nGood to know\n• {2}What is suspended stays suspended/,
    );
    assert.ok(!titlesOf(card).includes('Done'));
  });

  it('reminds of what was suspended, whose data is deleted', () => {
    const text = wordsOf(draw(at('done'), [stepOf({ name: 'Office 365 E3' }, 'done')]));

    assert.match(text, /• {2}Office 365 E3 × 10: suspended/);
    assert.match(text, /What is suspended stays suspended, and Microsoft deletes its data on Jun 7, 2031 UTC\./);
  });
});

describe('the question whether to withdraw', () => {
  it('says that nothing is removed, and that suspended things stay so', () => {
    const card = withdrawCard(
      { record: recordOf(at('pending')), nonce: NONCE, customerNonce: 'of-customer' },
      textsFor('en'),
    );

    assert.match(wordsOf(card), /Nothing is removed\. What was suspended stays suspended\./);
    assert.deepEqual(titlesOf(card), ['Back', 'Yes, withdraw']);
  });

  it('leads back to what stands in the way, where a draft would be given up', () => {
    const card = withdrawCard(
      { record: recordOf(at('being sent')), nonce: NONCE, customerNonce: 'of-customer' },
      textsFor('en'),
    );

    assert.match(JSON.stringify(card), /"verb":"readiness\.show"/);
    assert.match(JSON.stringify(card), /of-customer/);
  });
});

describe('a card that goes on elsewhere', () => {
  for (const [where, said] of [
    ['below', /Contoso\nzanzibar\.onmicrosoft\.com\nTenant .*\nContinued further down\./],
    ['elsewhere', /Contoso\nzanzibar\.onmicrosoft\.com\nTenant .*\nContinues on another card in this chat\./],
  ] as const)
    it(`says so, whose it is, and has no button any more: ${where}`, () => {
      const card = movedCard(recordOf(at('pending')), where, textsFor('en'));

      assert.match(wordsOf(card), said);
      assert.deepEqual(titlesOf(card), []);
    });
});
