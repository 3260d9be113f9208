import assert from 'node:assert/strict';
import { helpCard, type HelpView } from '../../cards/help-card.ts';
import { requestFormCard } from '../../cards/request-form-card.ts';
import { requestsCard } from '../../cards/requests-card.ts';
import { textsFor } from '../../cards/texts/texts.ts';
import { welcomeCard } from '../../cards/welcome-card.ts';
import { FOREIGN } from './foreign-texts.ts';
import { customerOf, NONCE, REQUEST_ID } from './readiness-views.ts';
import { APPROVER_ID, everyRequest, recordOf, REQUESTER_ID } from './request-records.ts';
import { buttonsOf, ofType, readingOf, titlesOf, wordsOf, type Node } from './walk.ts';

const foreign = FOREIGN['everyday']!;
const texts = textsFor('en');

describe('help', () => {
  const help = (isRequester: boolean, isApprover: boolean, unknown?: string, isAuditor = false) =>
    helpCard(
      { isRequester, isApprover, isAuditor, personId: REQUESTER_ID, ...(unknown !== undefined && { unknown }) },
      texts,
    );

  it('names what a requester can write, and begins with a button', () => {
    assert.match(wordsOf(help(true, false)), /What you can write\n• {2}remove and a name/);
    assert.deepEqual(titlesOf(help(true, false)), ['Remove a customer']);
  });

  it('names to an auditor the word for the record, and leaves nobody without a role who has one', () => {
    assert.match(wordsOf(help(true, false, undefined, true)), /• {2}audit and a number/);
    assert.match(wordsOf(help(false, false, undefined, true)), /• {2}audit and a number/);
    assert.doesNotMatch(wordsOf(help(false, false, undefined, true)), /object id/);
    assert.doesNotMatch(wordsOf(help(true, true)), /audit/);
  });

  it('tells an approver that cards come by themselves, and offers them nothing to remove', () => {
    assert.match(wordsOf(help(false, true)), /You are an approver\./);
    assert.deepEqual(titlesOf(help(false, true)), []);
  });

  it('tells somebody without a role so, with the object id to show to whoever runs the bot', () => {
    assert.match(wordsOf(help(false, false)), new RegExp(`show them your object id: ${REQUESTER_ID}`));
  });

  it('says first what was not understood', () => {
    assert.equal(
      readingOf(help(true, true, 'order pizza'))[0],
      'I do not know “order pizza”. This is what I understand:',
    );
  });
});

describe('the welcome', () => {
  const welcome = (more: Partial<HelpView>) =>
    welcomeCard({ isRequester: false, isApprover: false, isAuditor: false, personId: REQUESTER_ID, ...more }, texts);

  it('says what the bot does, and shows a requester three things to try', () => {
    const card = welcome({ isRequester: true, isApprover: true });

    assert.match(wordsOf(card), /^End a reseller relationship, step by step\nI find everything that stands in the way/);
    assert.match(wordsOf(card), /3 things to try\n(?:• .*\n){3}/);
    assert.deepEqual(titlesOf(card), ['Remove a customer', 'Dry run', 'What you can write']);
  });

  it('shows an approver and an auditor three things of theirs', () => {
    assert.match(wordsOf(welcome({ isApprover: true })), /3 things to try\n• {2}See what waits for your decision\./);
    assert.deepEqual(titlesOf(welcome({ isApprover: true })), ['What waits for me', 'What you can write']);
    assert.match(wordsOf(welcome({ isAuditor: true })), /3 things to try\n• {2}audit and a number/);
  });

  it('offers an indirect reseller no dry run, and somebody without a role nothing to try', () => {
    assert.doesNotMatch(wordsOf(welcome({ isRequester: true, endedByProvider: true })), /[Dd]ry run/);
    assert.deepEqual(titlesOf(welcome({})), []);
    assert.match(wordsOf(welcome({})), new RegExp(`show them your object id: ${REQUESTER_ID}`));
    assert.match(wordsOf(welcome({ areRolesUnread: true })), /I cannot read right now who may do what\./);
  });
});

describe('the list of somebody’s requests', () => {
  const record = recordOf(everyRequest(foreign)['pending']!);

  it('says of each whose it is and how it stands, and leads to it', () => {
    const card = requestsCard({ requests: [{ record, nonce: NONCE }] }, texts);

    assert.match(
      wordsOf(card),
      /Zanzibar Spices\nzanzibar\.onmicrosoft\.com\nTenant .*\nwaiting for approval\n.*\nRequest: .*\nShow/,
    );
    assert.deepEqual(
      buttonsOf(card).map(({ data }) => data),
      [
        { verb: 'request.show', requestId: REQUEST_ID, nonce: NONCE },
        ...['open', 'waiting', 'ended'].map((filter) => ({ verb: 'requests.list', filter })),
      ],
    );
  });

  it('says when it was asked for, since when it stands as it does, and its number', () => {
    const moment = String.raw`\{\{DATE\(2031-03-09T07:05:06Z, SHORT\)\}\} \{\{TIME\(2031-03-09T07:05:06Z\)\}\}`;
    const said = (language: string): string =>
      wordsOf(requestsCard({ requests: [{ record, nonce: NONCE }] }, textsFor(language)));

    assert.match(said('en'), new RegExp(`Asked for: ${moment}\\. In this state since: ${moment}\\.`));
    assert.match(said('ru'), new RegExp(`Запрошено: ${moment}\\. В этом состоянии с: ${moment}\\.`));
    assert.match(said('en'), new RegExp(`Request: ${REQUEST_ID}`));
    assert.match(said('ru'), new RegExp(`Заявка: ${REQUEST_ID}`));
  });

  it('turns to the next page where there is one, and back', () => {
    const turns = (at: number, hasMore: boolean) =>
      buttonsOf(requestsCard({ requests: [{ record, nonce: NONCE }], page: { at, hasMore } }, texts))
        .filter(({ title }) => title === 'More' || title === 'Back')
        .map(({ title, data }) => [title, (data as Node)['page']]);

    assert.deepEqual(turns(0, false), []);
    assert.deepEqual(turns(0, true), [['More', 1]]);
    assert.deepEqual(turns(1, true), [
      ['Back', undefined],
      ['More', 2],
    ]);
    assert.deepEqual(turns(2, false), [['Back', 1]]);
  });

  it('shows ten of what waits for a decision, and counts the rest', () => {
    const waiting = Array.from({ length: 13 }, () => ({ record, nonce: NONCE }));

    const card = requestsCard({ waiting }, texts);

    assert.equal(titlesOf(card).filter((title) => title === 'Show').length, 10);
    assert.match(wordsOf(card), /3 more/);
  });

  it('says that there is none, or none for these words', () => {
    assert.match(wordsOf(requestsCard({ requests: [] }, texts)), /You have not asked for anything yet\./);
    assert.match(wordsOf(requestsCard({ requests: [], words: 'acme' }, texts)), /You have no request for “acme”\./);
  });
});

describe('the form of a request', () => {
  const person = (name: string, isReachable: boolean) => ({
    id: APPROVER_ID,
    name,
    teamsId: '29:2',
    locale: 'en-US',
    ...(isReachable && { address: { conversationId: 'c', serviceUrl: 's', tenantId: 't', botId: 'b' } }),
  });
  const draw = (view: Partial<Parameters<typeof requestFormCard>[0]>) =>
    requestFormCard(
      { customer: customerOf(foreign), approvers: [], filledIn: {}, nonce: NONCE, isSandbox: false, ...view },
      texts,
    );
  const approverOf = (card: unknown): Node | undefined => ofType(card, 'Input.ChoiceSet')[0];

  it('has the one chosen who is proposed', () => {
    const approvers = [
      { id: 'a', person: person('Ada', false) },
      { id: 'b', person: person('Bo', true), isProposed: true },
      { id: 'c', person: person('Cy', true) },
    ];

    assert.equal(approverOf(draw({ approvers }))?.['value'], 'b');
    assert.equal(approverOf(draw({ approvers: approvers.slice(0, 1) }))?.['value'], 'a');
  });

  it('keeps who was chosen before, as long as they are among those who may decide', () => {
    const approvers = [
      { id: 'a', person: person('Ada', true) },
      { id: 'b', person: person('Bo', true) },
    ];

    assert.equal(approverOf(draw({ approvers, filledIn: { approver: 'b' } }))?.['value'], 'b');
    assert.equal(approverOf(draw({ approvers, filledIn: { approver: 'z' } }))?.['value'], 'a');
    assert.equal(approverOf(draw({ approvers, filledIn: { approver: '' } }))?.['value'], 'a');
  });

  it('counts what it does not name of the delegated admin relationships that can be ended too', () => {
    const names = Array.from({ length: 21 }, (_, n) => `Desk ${n + 1}`);
    const said = (count: number) => wordsOf(draw({ delegatedAdmin: { kind: 'live', names: names.slice(0, count) } }));

    assert.match(said(2), /There are 2 now: Desk 1 and Desk 2\./);
    assert.match(said(21), /There are 21 now: Desk 1, Desk 2, Desk 3, Desk 4, Desk 5, and 16 more\./);
  });

  it('names an approver who has never opened the bot by their id', () => {
    assert.match(wordsOf(draw({ approvers: [{ id: APPROVER_ID }] })), new RegExp(`Approver ${APPROVER_ID} \\(has not`));
  });

  it('says of each who has not the bot whether they get it, by the name that the directory has', () => {
    const approvers = [
      { id: 'a', name: 'Ada' },
      { id: 'b', name: 'Bo', canBeAdded: true },
      { id: 'c', person: person('Cy', false) },
      { id: 'd', person: person('Dan', false), canBeAdded: true },
      { id: 'e', person: person('Eve', true), canBeAdded: true },
    ];

    const titles = (approverOf(draw({ approvers }))?.['choices'] as readonly { title: string }[]).map(
      ({ title }) => title,
    );

    assert.deepEqual(titles, [
      'Ada (has not opened this bot)',
      'Bo (gets this bot when you send)',
      'Cy (cannot be reached: has removed this bot)',
      'Dan (gets this bot when you send)',
      'Eve',
    ]);
  });

  it('offers fifty of a large group, those who can be reached first, and whoever was chosen', () => {
    const crowd = Array.from({ length: 500 }, (_, n) => ({ id: `p${n}`, name: 'x'.repeat(200) }));
    const approvers = [...crowd, { id: 'a', person: person('Ada', true), isProposed: true }];

    const card = draw({ approvers, filledIn: { approver: 'p400' } });

    const choices = approverOf(card)?.['choices'] as readonly { value: string }[];
    assert.deepEqual(
      choices.slice(0, 3).map(({ value }) => value),
      ['p400', 'a', 'p0'],
    );
    assert.equal(choices.length, 50);
    assert.ok(JSON.stringify(card).length < 20_000);
  });

  it('asks for nobody where there is nobody to ask', () => {
    const problem = texts.say('form.fault-no-approver');

    const card = draw({ problems: [{ text: problem }] });

    assert.equal(approverOf(card), undefined);
    assert.match(readingOf(card)[0] ?? '', /^Nobody but you may approve/);
  });

  it('says each thing that is wrong once, right below its field, and above the button which fields those are', () => {
    const problems = [
      { field: 'reason' as const, text: 'Too short.' },
      { field: 'domain' as const, text: 'Another one.' },
      { text: 'Too many.' },
    ];
    const approvers = [{ id: 'a', person: person('Ada', true) }];

    const reading = readingOf(draw({ problems, approvers, filledIn: { reason: 'x', domain: 'y' } }));

    const at = (words: string): number => reading.findIndex((one) => one.includes(words));
    for (const { text } of problems) assert.equal(reading.filter((one) => one === text).length, 1, text);
    assert.equal(reading[at('Too short.') - 1], 'Reason');
    assert.equal(reading[at('Another one.') - 1], 'The customer’s domain, typed by hand');
    assert.deepEqual(reading.slice(at('Send request') - 4, at('Send request')), [
      'Too many.',
      'Nothing was sent. 2 things above have to be mended first.',
      '•  Reason',
      '•  The customer’s domain, typed by hand',
    ]);
  });

  it('ticks what was ticked', () => {
    const toggles = (filledIn: Parameters<typeof draw>[0]['filledIn']) =>
      ofType(draw({ filledIn: filledIn ?? {} }), 'Input.Toggle').map(({ id, value }) => [id, value]);

    assert.deepEqual(toggles({ notice: true }), [
      ['notice', 'true'],
      ['nextProvider', 'false'],
    ]);
  });
});
