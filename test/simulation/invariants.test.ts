import assert from 'node:assert/strict';
import type { LogEntry } from '../../sandbox/partner-center/control/log.ts';
import type { AuditEntry } from '../../services/audit/audit-chain.ts';
import type { UserId } from '../../services/ids.ts';
import type { Change, Evidence, Kept, Picture, StoredRequest, StoredStep } from './evidence.ts';
import { liveCards } from './evidence.ts';
import { brokenIn, INVARIANTS } from './invariants.ts';
import { createNonces } from '../../services/requests/nonces.ts';
import type { Pressed } from './life.ts';
import { idOf } from './simulated-world.ts';

const CUSTOMER = 'cb8455c5-a713-4696-ad14-f7d79b233795';
const OTHER = '534e9dc1-942a-4a38-a265-7c24025e7f0b';
const LICENCE = '4e14805e-3550-4f5e-accb-31452f19c168';
const OTHER_LICENCE = 'b0bc09e8-aa7c-4496-a1a8-19ec148e7383';
const REQUEST = '11111111-1111-4111-8111-111111111111';
const removalPath = `/v1/customers/${CUSTOMER}`;
const stepPath = `/v1/customers/${CUSTOMER}/subscriptions/${LICENCE}`;

const actorOf = (who: string): AuditEntry['actor'] => (who === 'bot' ? 'bot' : `person:${idOf(who) as UserId}`);
const entry = (action: string, who: string, detail: AuditEntry['detail'] = {}): AuditEntry => ({
  seq: 1,
  at: '2026-06-15T10:00:00.000Z',
  action,
  actor: actorOf(who),
  detail,
  prev: '',
  mac: '',
});
const click = (person: string, verb: string, how: Pressed['how'] = 'execute'): Pressed => ({
  atMs: 0,
  person,
  verb,
  data: { requestId: REQUEST },
  how,
  wasAnswered: true,
});
const request: StoredRequest = {
  id: REQUEST,
  state: 'done',
  revision: 7,
  requester: { id: idOf('ada') },
  approvalsRequired: 1,
  customer: { id: CUSTOMER },
};

// What a removal leaves that went as it should: one step of clearing, one approval, one call.
const asked = entry('step.asked', 'ada', { subscriptions: [LICENCE] });
const stepIntent = entry('step.intent', 'bot', {
  ...{ step: 'suspend', subscription: LICENCE },
  ...{ correlationId: 'c1', requestId: 'r1' },
});
const approved = entry('request.approved', 'bo');
const intent = entry('step.intent', 'bot', { step: 'removal', correlationId: 'c2', requestId: 'r2' });
const outcomeOf = (requestId: string, step = 'removal'): AuditEntry =>
  entry('step.outcome', 'bot', { step, requestId });
const outcome = outcomeOf('r2');
const cleared = [asked, stepIntent, outcomeOf('r1', 'suspend')];
const chain = [...cleared, entry('request.sent', 'ada'), approved, intent, outcome, entry('request.done', 'bot')];
const pressed = [click('ada', 'subscription.confirm-suspend'), click('bo', 'approval.confirm-approve')];

const suspension: Change = {
  method: 'PATCH',
  path: stepPath,
  requestId: 'r1',
  correlationId: 'c1',
  kept: { request, chain: cleared.slice(0, 2) },
  read: [LICENCE],
  pressed,
  approvers: new Set(['bo', 'cy'].map(idOf)),
};
const removal: Change = {
  ...suspension,
  path: removalPath,
  requestId: 'r2',
  correlationId: 'c2',
  kept: { request, chain: chain.slice(0, chain.indexOf(intent) + 1) },
  read: [],
};
const call = (of: Change, answer: Partial<LogEntry> = {}): LogEntry => ({
  seq: 1,
  at: '',
  method: of.method,
  path: of.path,
  query: {},
  requestId: of.requestId ?? '',
  correlationId: of.correlationId,
  authorization: 'none',
  status: 200,
  ...answer,
});
const good: Evidence = {
  changes: [suspension, removal],
  pressed,
  approvers: suspension.approvers,
  calls: [call(suspension), call(removal)],
  shown: [{ person: 'bo', requestId: REQUEST, durableRevision: 5, ahead: 0 }],
  told: [{ requestId: REQUEST, person: idOf('bo'), action: 'request.approved' }],
  requests: [{ request, chain }],
  live: [],
  pictures: [
    {
      person: 'bo',
      slot: 'approval',
      requestId: REQUEST,
      text: '{"text":"The relationship is removed. The customer is gone from your list."}',
      locale: 'en-US',
    },
  ],
  suspended: [{ customerId: CUSTOMER, subscriptionId: LICENCE }],
  recordFaults: [],
  due: [],
  texts: ['{"level":"info"}'],
  secrets: ['5ec2e7'],
};
const keptWith = (of: Kept | undefined, different: Partial<StoredRequest>, entries?: readonly AuditEntry[]): Kept => ({
  request: { ...request, ...different },
  chain: entries ?? of?.chain ?? [],
});
const withRemoval = (different: Partial<Change>): Evidence => ({
  ...good,
  changes: [suspension, { ...removal, ...different }],
});
const withStep = (different: Partial<Change>): Evidence => ({
  ...good,
  changes: [{ ...suspension, ...different }, removal],
});
const without = (...entries: readonly AuditEntry[]): readonly AuditEntry[] =>
  (removal.kept?.chain ?? []).filter((one) => !entries.includes(one));
const inState = (state: string, more: Partial<Evidence> = {}): Evidence => ({
  ...good,
  requests: [{ request: { ...request, state }, chain }],
  pictures: [],
  ...more,
});
const decided = (by: AuditEntry, who: string): Evidence => ({
  ...good,
  pressed: [...pressed, click(who, 'approval.confirm-approve'), click(who, 'approval.confirm-decline')],
  approvers: new Set(['ada', 'ada-admin', 'bo'].map(idOf)),
  requests: [{ request, chain: [...chain, by] }],
});
const ORDER = 'a1b2c3';
const PURCHASE = { holdingId: LICENCE, until: '2026-06-19T10:00:00.000Z' };
const cancelIntent = entry('step.intent', 'bo', {
  step: 'cancel',
  subscription: LICENCE,
  correlationId: 'c1',
  requestId: 'r1',
});
/** A cancellation that went as it should, up to its call. */
const cancelling = (different: Partial<StoredRequest> = {}, change: Partial<Change> = {}): Evidence => {
  const cancellation = { ...request, kind: 'cancellation', cancels: [PURCHASE], ...different };
  const upToHere = [entry('request.sent', 'ada'), approved, cancelIntent];
  const whole = [...upToHere, outcomeOf('r1', 'cancel')];
  return {
    ...good,
    changes: [{ ...suspension, kept: { request: cancellation, chain: upToHere }, ...change }],
    calls: [call(suspension)],
    requests: [{ request: cancellation, chain: whole }],
    pictures: [],
  };
};

const MOST = { openPerRequester: 10, removalsPerDay: 10, suspensionsPerDay: 10 };
const sentAt = (at: string): AuditEntry => ({ ...entry('request.sent', 'ada'), at });
const ofToday = (id: string, ...more: readonly AuditEntry[]): Kept => ({
  request: { ...request, id, state: 'pending' },
  chain: [sentAt(`2026-06-15T1${id}:00:00.000Z`), ...more],
});
const ofList = (id: string, batch: string, customer = CUSTOMER): Kept => {
  const kept = ofToday(id);
  return { ...kept, request: { ...kept.request, batch: { id: batch }, customer: { id: customer } } };
};
const limited = (most: Partial<typeof MOST>, ...requests: readonly Kept[]): Evidence => ({
  ...good,
  most: { ...MOST, ...most },
  requests,
});
const withdrawnAt = (at: string): AuditEntry => ({ ...entry('request.withdrawn', 'ada'), at });

const again = { ...removal, requestId: 'r3', correlationId: 'c3' };
const intentAgain = entry('step.intent', 'bot', { step: 'removal', correlationId: 'c3', requestId: 'r3' });

const NAME = 'Office 365 E3';
const step = (action: string, state: string): StoredStep => ({ holdingId: LICENCE, action, state, name: NAME });
const cardOf = (person: string, slot: string, lines: readonly string[]): Picture => ({
  ...{ person, slot, requestId: REQUEST, locale: 'en-US' },
  text: JSON.stringify({ body: lines.map((text) => ({ text })) }),
});
const withCard = (slot: string, lines: readonly string[], steps: readonly StoredStep[]): Evidence => ({
  ...good,
  requests: [{ request: { ...request, state: 'draft' }, chain, steps }],
  pictures: [cardOf('ada', slot, lines)],
});
const ofAnother: Evidence = {
  ...good,
  requests: [
    { request, chain, steps: [] },
    { request: { ...request, id: OTHER, customer: { id: OTHER } }, chain, steps: [step('suspend', 'sent')] },
  ],
};
const suspendedInDraft = withCard('clearing', [], [step('suspend', 'done')]);
const draftCard = (line: string): Picture => cardOf('ada', 'clearing', ['End the reseller relationship', line]);
const NOT_OURS = 'You have no reseller relationship with this customer (any more).';
const saidOfStep = { person: 'ada', subscriptionId: LICENCE, says: 'suspended', isDurable: true } as const;
/** A request that was given up, and has left something suspended. */
const left = (lines: readonly string[], slot = 'request'): Evidence => ({
  ...{ ...good, calls: [call(suspension)] },
  requests: [
    {
      ...keptWith(undefined, { state: 'withdrawn' }, [...cleared, entry('request.withdrawn', 'ada')]),
      ...{ steps: [step('suspend', 'done')], undo: [LICENCE] },
    },
  ],
  pictures: [cardOf('ada', slot, lines)],
});
/** And another beside it. */
const leftTwo = (lines: readonly string[]): Evidence => {
  const one = left(lines);
  const intentOfOther = entry('step.intent', 'bot', { step: 'suspend', subscription: OTHER_LICENCE });
  const other = { ...step('suspend', 'done'), holdingId: OTHER_LICENCE, name: 'Exchange Online' };
  return {
    ...one,
    requests: one.requests.map((kept) => ({
      ...kept,
      ...{ chain: [intentOfOther, ...kept.chain], steps: [...(kept.steps ?? []), other] },
    })),
    suspended: [LICENCE, OTHER_LICENCE].map((subscriptionId) => ({ customerId: CUSTOMER, subscriptionId })),
  };
};

const FORGED: Readonly<Record<keyof typeof INVARIANTS, readonly (readonly [what: string, evidence: Evidence])[]>> = {
  'nothing irreversible happens before enough others than the requester have approved it, durably': [
    ['nobody approved', withRemoval({ kept: keptWith(undefined, {}, without(approved)) })],
    ['one of two approved', withRemoval({ kept: keptWith(removal.kept, { approvalsRequired: 2 }) })],
    [
      'two accounts of one person approved',
      withRemoval({
        kept: keptWith(undefined, { approvalsRequired: 2 }, [
          ...without(intent),
          entry('request.approved', 'bo-admin'),
          intent,
        ]),
        pressed: [...pressed, click('bo-admin', 'approval.confirm-approve')],
        approvers: new Set(['bo', 'bo-admin'].map(idOf)),
      }),
    ],
    [
      'the requester’s second account approved',
      withRemoval({
        kept: keptWith(undefined, {}, [...without(approved, intent), entry('request.approved', 'ada-admin'), intent]),
        pressed: [...pressed, click('ada-admin', 'approval.confirm-approve')],
        approvers: new Set(['bo', 'ada-admin'].map(idOf)),
      }),
    ],
    ['the approver has lost the role', withRemoval({ approvers: new Set([idOf('cy')]) })],
    ['the approver pressed nothing', withRemoval({ pressed: pressed.slice(0, 1) })],
    [
      'the approver’s card refreshed itself',
      withRemoval({ pressed: [click('bo', 'approval.confirm-approve', 'automatic')] }),
    ],
    [
      'an order is cancelled that nobody approved',
      withRemoval({ path: `${removalPath}/orders/1`, kept: keptWith(undefined, {}, without(approved)) }),
    ],
  ],
  'nobody decides on what they asked for, without the role, or without a click': [
    ['a requester declined it', decided(entry('request.declined', 'ada'), 'ada')],
    ['the requester’s second account approved it', decided(entry('request.approved', 'ada-admin'), 'ada-admin')],
    ['somebody without business here approved it', decided(entry('request.approved', 'eve'), 'eve')],
    ['nobody pressed', { ...good, pressed: pressed.slice(0, 1) }],
  ],
  'nothing reversible happens that its requester has not asked for with a click': [
    ['nobody asked', withStep({ kept: keptWith(undefined, {}, [stepIntent]) })],
    ['another subscription was asked for', withStep({ path: `${stepPath}0` })],
    ['nobody pressed anything', withStep({ pressed: [] })],
    [
      'another requester asked',
      withStep({ kept: keptWith(undefined, {}, [{ ...asked, actor: actorOf('dan') }, stepIntent]) }),
    ],
  ],
  'a call has one MS-RequestId until an answer to it was seen': [
    ['another than was intended', withRemoval({ requestId: 'r9' })],
    [
      'another one after no answer',
      {
        ...good,
        calls: [call(suspension), call(removal, { status: 0 }), call(again)],
        requests: [{ request, chain: [...chain.slice(0, -1), intentAgain, outcomeOf('r3')] }],
      },
    ],
    [
      'another one after an answer of a service in trouble',
      {
        ...good,
        calls: [call(suspension), call(removal, { status: 503, fault: 'unserved' }), call(again)],
        requests: [{ request, chain: [...chain.slice(0, -1), intentAgain, outcomeOf('r3')] }],
      },
    ],
  ],
  'no relationship is ended that the last reading showed something to block': [
    ['something is active', withRemoval({ read: [LICENCE] })],
    ['nothing was read', withRemoval({ read: undefined })],
  ],
  'what is changed is changed with the token of whoever stands for it': [
    ['a removal with the requester’s token', withRemoval({ caller: idOf('ada') })],
    ['a removal with the bot’s own', withRemoval({ caller: 'app-only' })],
    [
      'a removal with the token of the approver who is followed by another',
      withRemoval({
        caller: idOf('bo'),
        kept: keptWith(undefined, {}, [...without(intent), entry('request.taken-over', 'cy'), intent]),
      }),
    ],
    ['a suspension with an approver’s', withStep({ caller: idOf('bo') })],
    [
      'a removal that the requester has taken over',
      withRemoval({
        caller: idOf('ada'),
        kept: keptWith(undefined, {}, [...without(intent), entry('request.taken-over', 'ada'), intent]),
      }),
    ],
    [
      'a removal of the approver where it is the requester’s',
      { ...withRemoval({ caller: idOf('bo') }), executeAs: 'requester' },
    ],
  ],
  'nothing is cancelled but what was approved, and only while it can be': [
    ['another purchase', cancelling({ cancels: [{ ...PURCHASE, holdingId: `${LICENCE}0` }] })],
    ['nothing was to be cancelled', cancelling({ cancels: [] })],
    ['only the removal was approved', cancelling({ kind: 'removal' })],
    ['the address is another one’s', cancelling({}, { path: `${stepPath}0` })],
    ['another order', cancelling({ cancels: [{ ...PURCHASE, order: { orderId: ORDER } }] })],
    ['the window is over', cancelling({ cancels: [{ ...PURCHASE, until: '2026-06-15T09:59:59.000Z' }] })],
  ],
  'no more is asked for on one day, or by one person, than the limits allow': [
    ['two removals on one day', limited({ removalsPerDay: 1 }, ofToday('1'), ofToday('2'))],
    ['two requests of one person', limited({ openPerRequester: 1 }, ofToday('1'), ofToday('2'))],
    ['requests of two lists', limited({ openPerRequester: 1 }, ofList('1', 'list'), ofList('2', 'another', OTHER))],
    [
      'two requests of one person, of which one ends later',
      limited({ openPerRequester: 1 }, ofToday('1', withdrawnAt('2026-06-15T13:00:00.000Z')), ofToday('2')),
    ],
    [
      'two subscriptions are suspended on one day',
      limited(
        { suspensionsPerDay: 1 },
        {
          request,
          chain: [entry('step.asked', 'ada', { step: 'suspend', subscriptions: [LICENCE, `${LICENCE}0`] })],
        },
      ),
    ],
  ],
  'each customer on a list has a request of its own, and none has two at a time': [
    ['there is a second one', limited({}, ofList('1', 'list'), ofToday('2'))],
    ['the same list has asked twice', limited({}, ofList('1', 'list'), ofList('2', 'list'))],
  ],
  'no call names a customer that is not the request’s': [
    ['another customer', withRemoval({ path: `/v1/customers/${OTHER}` })],
  ],
  'what a person was told is what a power cut leaves': [
    ['a card of the future', { ...good, shown: [{ person: 'bo', requestId: REQUEST, durableRevision: 5, ahead: 1 }] }],
    ['a decision is lost', { ...good, told: [{ requestId: REQUEST, person: idOf('cy'), action: 'request.declined' }] }],
  ],
  'every change has a durable intent before it and an outcome after it': [
    ['no intent', withRemoval({ kept: undefined })],
    [
      'no intent on record in the end',
      { ...good, requests: [{ request, chain: chain.filter((one) => one !== stepIntent) }] },
    ],
    [
      'the outcome is another call’s',
      { ...good, requests: [{ request, chain: [asked, stepIntent, outcome, approved, intent, outcome] }] },
    ],
    ['no outcome', { ...good, requests: [{ request, chain: chain.slice(0, chain.indexOf(intent) + 1) }] }],
  ],
  'every request ends, or says whom it waits for': [
    ['approved for ever', inState('approved')],
    ['unknown for ever', inState('unknown')],
    ['work is left', { ...good, due: ['run'] }],
  ],
  'nobody is told that nothing was removed where it was': [
    ['expired, and the removal was done later', inState('expired', { removed: [CUSTOMER] })],
  ],
  'the record is whole': [['an entry was edited', { ...good, recordFaults: [{ kind: 'edited' }] }]],
  'nothing is changed after a request has ended but what is given back': [
    [
      'a removal after a withdrawal',
      { ...good, requests: [{ request, chain: [...cleared, entry('request.withdrawn', 'ada'), intent, outcome] }] },
    ],
  ],
  'what was suspended from here can be given back once the request has come to nothing': [
    [
      'nothing is offered',
      {
        ...inState('declined', { calls: [call(suspension, { body: { status: 'suspended' } })] }),
        requests: [{ ...keptWith(undefined, { state: 'declined' }, cleared), undo: [] }],
      },
    ],
  ],
  'no card is left saying that something is under way that is not': [
    ['nothing is', withCard('clearing', [`•  ${NAME}: being suspended`], [step('suspend', 'done')])],
    ['nothing was', { ...good, meanwhile: withCard('clearing', ['being suspended'], [step('suspend', 'done')]) }],
    ['something else is', withCard('request', [`${NAME}: being reactivated`], [step('suspend', 'sent')])],
    ['it was given up', withCard('clearing', [`${NAME} × 1`, 'waiting'], [step('suspend', 'failed')])],
    [
      'that is all that is left',
      withCard('clearing', ['What you confirmed is being carried out. Nothing else stands in the way.'], []),
    ],
    ['it is another customer’s', { ...ofAnother, pictures: withCard('clearing', ['being suspended'], []).pictures }],
  ],
  'what somebody is told of a step was seen at Partner Center, durably': [
    ['it is still active', { ...good, said: [{ ...saidOfStep, is: 'active' }] }],
    ['it is gone', { ...good, said: [{ ...saidOfStep, is: 'deleted' }] }],
    ['it is not stored yet', { ...good, said: [{ ...saidOfStep, isDurable: false }] }],
  ],
  'the card of whoever has something suspended shows that, and nothing else': [
    ['it shows nothing', left(['Nothing is left suspended'])],
    ['it shows what is active again', { ...left(['Left suspended', `${NAME} × 1`]), suspended: [] }],
    ['the card of the steps shows nothing', left(['Contoso'], 'clearing')],
    ['it shows one of two', leftTwo(['Left suspended', `${NAME} × 1`])],
    ['it asks about what is active again', { ...left(['Reactivate?', `•  ${NAME} × 1`]), suspended: [] }],
    ['it asks about something else', left(['Reactivate?', '•  Exchange Online × 1'])],
    ['a draft’s says that it is none of ours', { ...suspendedInDraft, pictures: [draftCard(NOT_OURS)] }],
    ['a draft’s did not in between', { ...good, meanwhile: { ...suspendedInDraft, pictures: [draftCard('Contoso')] } }],
    [
      'a draft’s did where nothing is',
      { ...good, meanwhile: { ...suspendedInDraft, suspended: [], pictures: [draftCard(`•  ${NAME}: suspended`)] } },
    ],
  ],
  'no secret stands in a log, a file, a card or a call': [
    ['a key in a log', { ...good, texts: ['key: 5ec2e75ec2e7'] }],
  ],
  'every card shows what a request has come to': ['request', 'approval', 'escalation'].map(
    (slot): readonly [string, Evidence] => [
      `the card "${slot}"`,
      {
        ...good,
        pictures: [{ person: 'eve', slot, requestId: REQUEST, text: '{"text":"Waiting for Cy."}', locale: 'en-US' }],
      },
    ],
  ),
  'nobody has two messages that decide on a request or begin to, nor one on a request that has ended': [
    ['one that has ended', inState('declined', { live: [{ person: 'bo', messageId: '1', requestId: REQUEST }] })],
    [
      'two cards',
      inState('pending', {
        requests: [{ request: { ...request, state: 'pending', waitingFor: { why: 'unread' } }, chain }],
        live: ['1', '2'].map((messageId) => ({ person: 'bo', messageId, requestId: REQUEST })),
      }),
    ],
  ],
};

describe('what the simulation holds to', () => {
  it('is kept by a removal that went as it should', () => {
    assert.deepEqual(brokenIn(good), []);
  });

  it('is broken by nothing that may happen', () => {
    const restored = entry('step.intent', 'bot', { step: 'reactivate', correlationId: 'c1', requestId: 'r1' });
    const givenBack = [asked, entry('request.withdrawn', 'ada'), restored, outcomeOf('r1', 'reactivate')];
    assert.deepEqual(
      brokenIn({
        ...good,
        changes: [{ ...suspension, kept: { request, chain: givenBack.slice(0, 3) } }],
        calls: [call(suspension)],
        told: [],
        requests: [{ request: { ...request, state: 'withdrawn' }, chain: givenBack }],
        pictures: good.pictures.map((one) => ({ ...one, text: '{"text":"Withdrawn. Nothing was removed."}' })),
      }),
      [],
    );
    assert.deepEqual(brokenIn(inState('blocked')), []);
    assert.deepEqual(brokenIn(withRemoval({ caller: idOf('bo') })), []);
    assert.deepEqual(brokenIn(cancelling({}, { caller: idOf('bo') })), []);
    const order = { ...PURCHASE, order: { orderId: ORDER } };
    const orderPath = `${removalPath}/orders/${ORDER}`;
    assert.deepEqual(brokenIn(cancelling({ cancels: [order] }, { path: orderPath })), []);
    const [limits] = Object.entries(INVARIANTS).filter(([name]) => name.startsWith('no more is asked for'));
    const nothingCameOfIt = ofToday('1', withdrawnAt('2026-06-15T11:30:00.000Z'));
    const oneAfterTheOther = limited({ openPerRequester: 1, removalsPerDay: 1 }, nothingCameOfIt, ofToday('2'));
    assert.deepEqual(limits?.[1](oneAfterTheOther), []);
    const ofOneList = limited({ openPerRequester: 1 }, ofList('1', 'list'), ofList('2', 'list', OTHER));
    assert.deepEqual(limits[1](ofOneList), []);
    const answeredAgain = [call(suspension), call(removal, { status: 400 }), call(again)];
    const twice = { request, chain: [...chain.slice(0, -1), intentAgain, outcomeOf('r3')] };
    assert.deepEqual(brokenIn({ ...good, calls: answeredAgain, requests: [twice] }), []);
    const underWay = withCard(
      'clearing',
      [`•  ${NAME}: being suspended`, 'Waiting for Ada.'],
      [step('suspend', 'sent')],
    );
    assert.deepEqual(INVARIANTS['no card is left saying that something is under way that is not']?.(underWay), []);
    for (const is of ['suspended', undefined])
      assert.deepEqual(brokenIn({ ...good, said: [{ ...saidOfStep, is }] }), []);
    const withdrawn = left(['Withdrawn. Nothing was removed.', 'Left suspended', `${NAME} × 1: not reactivated`]);
    assert.deepEqual(brokenIn({ ...withdrawn, changes: [], told: [] }), []);
    const asksForOne = leftTwo(['Reactivate?', `•  ${NAME} × 1`]);
    assert.deepEqual(
      INVARIANTS['the card of whoever has something suspended shows that, and nothing else']?.(asksForOne),
      [],
    );
    const others = { ...withdrawn, suspended: [], changedElsewhere: new Set([LICENCE]) };
    assert.deepEqual(brokenIn({ ...others, changes: [], told: [] }), []);
  });

  for (const [name, check] of Object.entries(INVARIANTS))
    describe(name, () => {
      for (const [what, evidence] of FORGED[name] ?? [])
        it(`is broken where ${what}`, () => {
          assert.notDeepEqual(check(evidence), []);
        });
    });

  it('has an example of each being broken', () => {
    assert.deepEqual(Object.keys(FORGED).sort(), Object.keys(INVARIANTS).sort());
  });
});

describe('messages that decide on a request, or begin to', () => {
  const nonces = createNonces(Buffer.alloc(32, 1), () => new Date(0));
  const bo = { key: 'bo', aadObjectId: idOf('bo'), locale: 'en' };
  const withButton = (verb: string, nonce: string) => ({
    type: 'AdaptiveCard',
    body: [
      {
        type: 'ActionSet',
        actions: [{ type: 'Action.Execute', title: verb, verb, data: { requestId: REQUEST, nonce } }],
      },
    ],
  });
  const found = (verb: string, { edits = 0, known = ['1'], revision = request.revision } = {}) => {
    const nonce = nonces.ofRequest(bo.aadObjectId, { id: REQUEST, revision });
    const chats = [{ person: bo, messages: [{ id: '1', edits, card: withButton(verb, nonce) }] }];
    return liveCards(nonces, chats, { request, chain }, new Set(known)).length === 1;
  };

  it('are such, whatever revision they were drawn for', () => {
    for (const verb of ['approval.approve', 'approval.decline', 'approval.pass', 'approval.confirm-approve'])
      for (const revision of [1, request.revision]) assert.ok(found(verb, { revision }), `${verb} of ${revision}`);
    for (const verb of ['request.sign-in', 'request.remove', 'request.continue'])
      assert.ok(found(verb, { revision: 1 }), verb);
  });

  it('are such on a message that began as another one, and on none that the bot cannot know', () => {
    assert.ok(found('approval.approve', { edits: 1, known: [] }));
    assert.ok(!found('approval.approve', { known: [] }));
  });

  it('are none that only show something', () => {
    for (const verb of ['request.show', 'request.notice', 'list.open']) assert.ok(!found(verb), verb);
  });
});
