import { LANGUAGES } from '../../cards/texts/texts.ts';
import type { LogEntry } from '../../sandbox/partner-center/control/log.ts';
import type { AuditEntry } from '../../services/audit/audit-chain.ts';
import type { MostAllowed } from '../../services/requests/sending/limits.ts';
import {
  customerIn,
  intentOf,
  isRecordOf,
  sentencesIn,
  type Change,
  type Evidence,
  type Kept,
  type Look,
  type Picture,
  type StoredStep,
} from './evidence.ts';
import type { Pressed } from './life.ts';
import { UNANSWERED } from './schedule.ts';
import { humanOf, idOf } from './simulated-world.ts';

const FINAL = new Set(['done', 'declined', 'withdrawn', 'expired', 'void', 'abandoned', 'closed']);
/** States in which a person has to act, and was told so. */
const HANDED_OVER = new Set(['blocked']);
const ENDS = ['declined', 'withdrawn', 'expired', 'void', 'abandoned'].map((state) => `request.${state}`);

/** States whose cards say that nothing was removed. */
const NOTHING_REMOVED = new Set(['declined', 'withdrawn', 'expired', 'void', 'abandoned']);

/** With each of these somebody carries it out from then on. */
const CARRY_OUT = new Set(['request.approved', 'request.taken-over', 'request.remove-now']);

const DECISIONS_OF_APPROVERS: ReadonlyMap<string, string> = new Map([
  ['request.approved', 'approval.confirm-approve'],
  ['request.declined', 'approval.confirm-decline'],
]);

/** What holds whatever happens: each says of what a life has left what breaks it. */
export const INVARIANTS: Readonly<Record<string, (evidence: Evidence) => readonly string[]>> = {
  'nothing irreversible happens before enough others than the requester have approved it, durably': ({ changes }) =>
    changes.filter(isIrreversible).flatMap(withoutApprovals),

  'nobody decides on what they asked for, without the role, or without a click': ({ requests, pressed, approvers }) =>
    requests.flatMap(({ request, chain }) =>
      chain.flatMap(({ action, actor }) => {
        const verb = DECISIONS_OF_APPROVERS.get(action);
        const person = personOf(actor);
        if (verb === undefined) return [];
        return [
          ...(humanOf(person) === humanOf(request.requester.id) ? [`${action} by whoever asked for it`] : []),
          ...(approvers.has(person) ? [] : [`${action} by ${humanOf(person)}, who is no approver`]),
          ...(wasPressed(pressed, person, verb, request.id) ? [] : [`${action} by ${humanOf(person)} without a click`]),
        ];
      }),
    ),

  'nothing reversible happens that its requester has not asked for with a click': ({ changes }) =>
    changes.filter(isStep).flatMap(withoutAsking),

  'a call has one MS-RequestId until an answer to it was seen': (evidence) => [
    ...evidence.changes.flatMap(({ kept, correlationId, requestId, path }) => {
      const intended = kept && intentOf(kept.chain, correlationId)?.detail?.['requestId'];
      return kept === undefined || intended === requestId ? [] : [`${path} under another MS-RequestId than intended`];
    }),
    ...secondRequestIds(evidence),
  ],

  'no relationship is ended that the last reading showed something to block': ({ changes }) =>
    changes.filter(isRemoval).flatMap(({ read }) => {
      if (read === undefined) return ['a removal without a reading before it'];
      return read.length === 0 ? [] : ['a removal although the last reading showed something that blocks'];
    }),

  'what is changed is changed with the token of whoever stands for it': ({ changes, executeAs }) =>
    changes.flatMap(({ path, caller, kept, correlationId, approvers }) => {
      if (caller === undefined || kept === undefined) return [];
      const { id } = kept.request.requester;
      const isApproved = isIrreversible({ path, kept, correlationId });
      const before = chainBefore(kept, correlationId);
      const wanted = isApproved ? before.findLast(({ action }) => CARRY_OUT.has(action))?.actor : `person:${id}`;
      const mayCarryOut =
        executeAs === 'requester' ? caller === id : approvers.has(caller) && humanOf(caller) !== humanOf(id);
      return [
        ...(wanted === `person:${caller}` ? [] : [`${path} with the token of ${humanOf(caller)}, not of ${wanted}`]),
        ...(isApproved && !mayCarryOut ? [`${path} by ${humanOf(caller)}, who may not carry it out`] : []),
      ];
    }),

  'nothing is cancelled but what was approved, and only while it can be': ({ changes }) =>
    changes.flatMap((change) => {
      const { path, kept } = change;
      if (kept === undefined || !isIntended(change, 'cancel')) return [];
      const { kind, cancels = [] } = kept.request;
      const intent = intentOf(kept.chain, change.correlationId);
      const purchase = cancels.find(({ holdingId }) => holdingId === intent?.detail?.['subscription']);
      if (kind !== 'cancellation' || purchase === undefined) return [`${path} was never asked for`];
      const last = decodeURIComponent(path.split('/').at(-1) ?? '').toLowerCase();
      const isIt = last === (purchase.order?.orderId ?? purchase.holdingId).toLowerCase();
      return [
        ...(isIt ? [] : [`${path} is another purchase than was approved`]),
        ...(intent !== undefined && intent.at > purchase.until ? [`${path} after its window`] : []),
      ];
    }),

  'no more is asked for on one day, or by one person, than the limits allow': ({ requests, most }) =>
    most === undefined
      ? []
      : [...tooManySent(requests, most), ...tooManyOpen(requests, most), ...tooManySuspended(requests, most)],

  'no call names a customer that is not the request’s': ({ changes }) =>
    changes.flatMap(({ path, kept }) =>
      kept === undefined || isEndOfDelegation(path) || customerIn(path) === kept.request.customer.id
        ? []
        : [`${path} is another customer`],
    ),

  'what a person was told is what a power cut leaves': ({ shown, told, requests }) => [
    ...shown
      .filter(({ ahead }) => ahead > 0)
      .map(
        ({ person, durableRevision, ahead }) =>
          `${person} was shown revision ${durableRevision + ahead} while ${durableRevision} was durable`,
      ),
    ...told
      .filter(
        (one) =>
          requests
            .find(({ request }) => request.id === one.requestId)
            ?.chain.some((entry) => isRecordOf(entry, one)) !== true,
      )
      .map(({ action, person }) => `${action} of ${humanOf(person)} was acknowledged and is lost`),
  ],

  'every change has a durable intent before it and an outcome after it': (evidence) => [
    ...evidence.changes
      .filter(({ kept }) => kept === undefined)
      .map(({ method, path }) => `${method} ${path} without a durable intent`),
    ...evidence.calls.filter(isChange).flatMap((call) => withoutOutcome(call, evidence)),
  ],

  'every request ends, or says whom it waits for': ({ requests, due }) => [
    ...requests
      .filter(({ request: { state, waitingFor } }) => !FINAL.has(state) && !HANDED_OVER.has(state) && !waitingFor)
      .map(({ request: { state } }) => `${state} for ever, and nobody knows why`),
    ...due.map((key) => `${key} is due and not done`),
  ],

  'nobody is told that nothing was removed where it was': ({ removed = [], requests }) =>
    requests
      .filter(({ request, chain }) => NOTHING_REMOVED.has(request.state) && chain.some(isIntentToRemove))
      .filter(({ request: { customer } }) => removed.includes(customer.id) && !requests.some(isRemovalOf(customer.id)))
      .map(({ request: { state } }) => `the removal was sent and carried out, and its request is ${state}`),

  'each customer on a list has a request of its own, and none has two at a time': ({ requests }) =>
    requests.flatMap((one) => {
      const { batch, customer, state } = one.request;
      const same = requests.filter(({ request }) => request.customer.id === customer.id && !FINAL.has(request.state));
      return batch !== undefined && !FINAL.has(state) && same.length > 1
        ? [`${same.length} requests for one customer`]
        : [];
    }),

  'the record is whole': ({ recordFaults }) => recordFaults.map((fault) => JSON.stringify(fault)),

  'nothing is changed after a request has ended but what is given back': ({ calls, requests }) =>
    calls.filter(isChange).flatMap(({ correlationId, path }) => {
      for (const { chain } of requests) {
        const intent = intentOf(chain, correlationId);
        if (intent === undefined) continue;
        const isOver = chain.slice(0, chain.indexOf(intent)).some(({ action }) => ENDS.includes(action));
        if (isOver && intent.detail?.['step'] !== 'reactivate') return [`${path} after the request had ended`];
      }
      return [];
    }),

  'what was suspended from here can be given back once the request has come to nothing': ({
    suspended = [],
    calls,
    requests,
  }) =>
    suspended.flatMap(({ customerId, subscriptionId }) => {
      const newest = requests
        .filter(({ request }) => request.customer.id === customerId)
        .sort((a, b) => openedAt(a).localeCompare(openedAt(b)))
        .at(-1);
      const isOurs = calls.some((call) => isSuspending(call, customerId, subscriptionId));
      if (!isOurs || newest?.undo === undefined || newest.undo.includes(subscriptionId)) return [];
      return [`${subscriptionId} was suspended from here, and one ${newest.request.state} does not offer it`];
    }),

  'no card is left saying that something is under way that is not': (evidence) =>
    looksIn(evidence).flatMap(({ pictures, requests }) =>
      pictures.flatMap((picture) => notUnderWay(picture, requests)),
    ),

  'what somebody is told of a step was seen at Partner Center, durably': ({ said = [] }) =>
    said.flatMap(({ person, subscriptionId, says, isDurable, is }) => [
      ...(isDurable ? [] : [`${person} was told that ${subscriptionId} is ${says}, which a power cut would undo`]),
      ...(is === undefined || is === says ? [] : [`${person} was told that ${subscriptionId} is ${says}: it is ${is}`]),
    ]),

  'the card of whoever has something suspended shows that, and nothing else': (evidence) =>
    looksIn(evidence).flatMap((look) =>
      look.requests
        .filter((kept) => kept.undo !== undefined || kept.request.state === 'draft')
        .filter((kept) => isNewestOfCustomer(kept, look.requests))
        .flatMap((kept) => wrongOnItsCard(kept, look, evidence.changedElsewhere)),
    ),

  'no secret stands in a log, a file, a card or a call': ({ texts, secrets }) =>
    texts
      .filter((text) => secrets.some((secret) => text.includes(secret)))
      .map((text) => `a secret in ${text.slice(0, 80)}`),

  'nobody has two messages that decide on a request or begin to, nor one on a request that has ended': ({
    live,
    requests,
  }) =>
    requests.flatMap(({ request: { id, state } }) => {
      const cards = live.filter(({ requestId }) => requestId === id);
      const people = new Set(cards.map(({ person }) => person));
      return [
        ...(FINAL.has(state) ? [...people].map((person) => `a card of ${person} still decides on one ${state}`) : []),
        ...(people.size < cards.length ? ['somebody has two cards that decide'] : []),
      ];
    }),

  'every card shows what a request has come to': ({ pictures, requests, pressed }) =>
    pictures.flatMap(({ person, slot, requestId, text, locale }) => {
      const kept = requests.find(({ request }) => request.id === requestId);
      if (kept === undefined || !FINAL.has(kept.request.state) || !OF_THE_END.has(slot)) return [];
      // Whoever asks again from a card of theirs goes on with it: it shows what they ask then, or a newer request has it.
      if (slot === 'request' && pressed.some((click) => isAskingAgain(click, kept))) return [];
      const wentOn = slot === 'request' && requests.some((other) => isNewer(other, kept));
      const meant = [namesOf(kept), ...(wentOn ? ['request.continues-below'] : [])];
      return meant.flatMap((name) => wordsOf(locale, name)).some((one) => text.includes(one))
        ? []
        : [`the card "${slot}" of ${person} does not say that it is ${kept.request.state}`];
    }),
};

const ENDED_STEPS = new Set(['done', 'failed']);
/** What the texts are called that say that something is under way, each with the steps of which that is true. */
const UNDER_WAY: Readonly<Record<string, (step: StoredStep) => boolean>> = {
  'step.asked': ({ state }) => state === 'asked',
  ...Object.fromEntries(
    ['suspend', 'reactivate', 'auto-renew-off', 'cancel'].map((name) => [
      `step.${name}-under-way`,
      ({ action }: StoredStep) => action === name,
    ]),
  ),
  'readiness.verdict-being-cleared': () => true,
};

const isNewestOfCustomer = ({ request, chain }: Kept, requests: readonly Kept[]): boolean =>
  !requests.some(
    (other) => other.request.customer.id === request.customer.id && openedAt(other) > openedAt({ request, chain }),
  );

const looksIn = (evidence: Evidence): readonly Look[] => [
  ...(evidence.meanwhile ? [evidence.meanwhile] : []),
  evidence,
];

function notUnderWay({ person, slot, requestId, text, locale }: Picture, requests: readonly Kept[]): readonly string[] {
  const customer = requests.find(({ request }) => request.id === requestId)?.request.customer.id;
  const open = requests
    .filter(({ request }) => request.customer.id === customer)
    .flatMap(({ steps = [] }) => steps.filter(({ state }) => !ENDED_STEPS.has(state)));
  const sentences = sentencesIn(text);
  return Object.entries(UNDER_WAY)
    .filter(([name]) => {
      const [words = ''] = textsOf(locale, name);
      return sentences.some((one) => one === words || one.endsWith(`: ${words}`));
    })
    .filter(([, isIt]) => !open.some(isIt))
    .map(([name]) => `the card "${slot}" of ${person} says ${name}, and nothing is`);
}

const FORMS = ['form.title', 'cancellation.form-title'];

/** Of what others have changed nobody is told before they look. */
function wrongOnItsCard(
  { request, steps = [] }: Kept,
  { suspended = [], requests, pictures }: Look,
  changedElsewhere: ReadonlySet<string> = new Set(),
): readonly string[] {
  const own = pictures.filter(
    ({ requestId, person }) => requestId === request.id && idOf(person) === request.requester.id,
  );
  const card = own.find(({ slot }) => slot === 'request') ?? own.find(({ slot }) => slot === 'clearing');
  if (card === undefined) return [];
  const sentences = sentencesIn(card.text);
  const isDraft = request.state === 'draft';
  const shows = (name: string): boolean => textsOf(card.locale, name).some((one) => sentences.includes(one));
  // Whoever fills in a form, or is asked whether they are sure, has that in the place of the card.
  if (FORMS.some(shows) || (isDraft && !shows('readiness.title'))) return [];
  // So has whoever is asked whether to give something back: that names what they have chosen, of what is left.
  const isAsking = !isDraft && shows('step.title-reactivate');
  const isList = isDraft || isAsking || shows('undo.title');
  const [[done = ''], [failed = '']] = [
    textsOf(card.locale, 'step.suspend-done'),
    textsOf(card.locale, 'step.suspend-failed'),
  ];
  const isShown = (name: string): boolean =>
    isDraft
      ? sentences.includes(`•  ${name}: ${done}`)
      : sentences.some((one) => one.replace(/^•\s+/, '').startsWith(`${name} ×`) && !one.endsWith(`: ${failed}`));
  const isSuspended = (id: string): boolean =>
    suspended.some(({ customerId, subscriptionId }) => customerId === request.customer.id && subscriptionId === id) &&
    requests.some(({ chain }) => chain.some((entry) => isIntentToSuspend(entry, id)));
  const byName = [...Map.groupBy(steps, ({ name }) => name)];
  if (isAsking && !byName.some(([name]) => isShown(name))) return [`the card "${card.slot}" asks about nothing`];
  return byName.flatMap(([name, ofName]) => {
    const ids = ofName.map(({ holdingId }) => holdingId.toLowerCase());
    if (ids.some((id) => changedElsewhere.has(id))) return [];
    const [says, is] = [isShown(name), ids.some(isSuspended)];
    if (is && !says && !isAsking) return [`${name} is suspended, and the card "${card.slot}" does not say so`];
    return says && !is && isList ? [`the card "${card.slot}" says that ${name} is suspended`] : [];
  });
}

const isIntentToSuspend = ({ action, detail }: AuditEntry, id: string): boolean =>
  action === 'step.intent' && detail?.['step'] === 'suspend' && detail['subscription'] === id;
const isIntentToRemove = ({ action, detail }: AuditEntry): boolean =>
  action === 'step.intent' && detail?.['step'] === 'removal';
const isRemovalOf =
  (customerId: string) =>
  ({ request: { customer, state } }: Kept): boolean =>
    customer.id === customerId && state === 'done';

/** Cards that say how a request has ended. */
const OF_THE_END = new Set(['request', 'approval', 'escalation']);

/** What the texts are called that say that a request is in the state in which it is: so, or so and more. */
const namesOf = ({ request: { kind, state } }: Kept): string =>
  `${kind === 'cancellation' ? 'cancellation' : 'request'}.state-${state}`;

const words = new Map<string, readonly string[]>();
/** Texts of this name, or of one that begins so, up to what is put in. */
function textsOf(locale: string, name: string): readonly string[] {
  const language = locale.startsWith('ru') ? 'ru' : 'en';
  const known = words.get(`${language} ${name}`);
  if (known !== undefined) return known;
  const found = Object.entries(LANGUAGES[language])
    .filter(([key]) => key === name || key.startsWith(`${name}-`))
    .map(([, text]) => text.split('{')[0] ?? '');
  words.set(`${language} ${name}`, found);
  return found;
}
/** The same as they stand in a card. */
const wordsOf = (locale: string, name: string): readonly string[] =>
  textsOf(locale, name).map((text) => JSON.stringify(text).slice(1, -1));

const isAskingAgain = ({ person, verb, data }: Pressed, { request: { requester, customer } }: Kept): boolean =>
  verb === 'readiness.check' && idOf(person) === requester.id && data['customerId'] === customer.id;

/** Whether the same person asked for the same customer again. */
const isNewer = (one: Kept, than: Kept): boolean =>
  one.request.customer.id === than.request.customer.id &&
  one.request.requester.id === than.request.requester.id &&
  openedAt(one) > openedAt(than);

/** Everything that broke, each with what it broke. */
export const brokenIn = (evidence: Evidence): readonly string[] =>
  Object.entries(INVARIANTS).flatMap(([name, check]) => check(evidence).map((what) => `${name}: ${what}`));

const isChange = ({ method }: { readonly method: string }): boolean => method !== 'GET';
const isRemoval = ({ path }: Pick<Change, 'path'>): boolean => /\/customers\/[^/]+$/.test(path);
/** Names no customer; which relationship it is, is approved with the removal. */
const isEndOfDelegation = (path: string): boolean => path.includes('/delegatedAdminRelationships/');
const isIntended = (change: Pick<Change, 'kept' | 'correlationId'>, step: string): boolean =>
  change.kept !== undefined && intentOf(change.kept.chain, change.correlationId)?.detail?.['step'] === step;
const isIrreversible = (change: Pick<Change, 'path' | 'kept' | 'correlationId'>): boolean =>
  isRemoval(change) ||
  isEndOfDelegation(change.path) ||
  change.path.includes('/orders/') ||
  isIntended(change, 'cancel');
const openedAt = ({ chain }: Kept): string => chain[0]?.at ?? '';
const isSuspending = ({ method, path, body }: LogEntry, customerId: string, subscriptionId: string): boolean =>
  method === 'PATCH' &&
  path.toLowerCase().endsWith(`/customers/${customerId}/subscriptions/${subscriptionId}`) &&
  (body as { readonly status?: string } | undefined)?.status === 'suspended';
const isStep = (change: Change): boolean => change.path.includes('/subscriptions/') && !isIntended(change, 'cancel');

function withoutApprovals({ kept, correlationId, path, pressed, approvers }: Change): readonly string[] {
  if (kept === undefined) return [];
  const { request } = kept;
  const approvals = chainBefore(kept, correlationId).filter(({ action }) => action === 'request.approved');
  const people = approvals.map(({ actor }) => personOf(actor));
  const humans = new Set(people.map(humanOf));
  return [
    ...(humans.size < request.approvalsRequired ? [`${path} with ${humans.size} durable approvals`] : []),
    ...(humans.has(humanOf(request.requester.id)) ? [`${path} approved by whoever asked for it`] : []),
    ...people.filter((person) => !approvers.has(person)).map((person) => `${humanOf(person)} is no approver`),
    ...people
      .filter((person) => !wasPressed(pressed, person, 'approval.confirm-approve', request.id))
      .map((person) => `${humanOf(person)} never pressed that button`),
  ];
}

function withoutAsking({ kept, correlationId, path, pressed }: Change): readonly string[] {
  if (kept === undefined) return [];
  const { request } = kept;
  const subscription = decodeURIComponent(path.split('/').at(-1) ?? '').toLowerCase();
  const asked = chainBefore(kept, correlationId).filter(
    ({ action, detail }) =>
      action === 'step.asked' && (detail?.['subscriptions'] as readonly string[]).includes(subscription),
  );
  if (asked.length === 0) return [`${path} was asked for by nobody`];
  return asked
    .map(({ actor }) => personOf(actor))
    .filter((person) => person !== request.requester.id || !wasPressed(pressed, person, '.confirm-'))
    .map((person) => `${path} was asked for by ${humanOf(person)} without a click`);
}

const SENT = 'request.sent';
const dayIn = (at: string): string => at.slice(0, 10);
const sentAt = ({ chain }: Kept): string | undefined => chain.find(({ action }) => action === SENT)?.at;

/** Whether a request had come to nothing by then. */
const wasNothingAt = ({ chain }: Kept, at: string): boolean =>
  chain.some((entry) => ENDS.includes(entry.action) && entry.at <= at);

/** Whether nothing was on its way of a request by then. */
function wasOverAt(kept: Kept, at: string): boolean {
  if (wasNothingAt(kept, at)) return true;
  if (!FINAL.has(kept.request.state)) return false;
  // What is ended after the removal, its delegated administration, takes nobody's place any more.
  const last = kept.chain.findLast(({ action, detail }) =>
    action === 'step.verified'
      ? detail?.['step'] === 'removal'
      : /^(cancellation\.ended|request\.closed)$/.test(action),
  );
  return last !== undefined && last.at <= at;
}

/** Requests that were sent before this one, or with it. */
const sentBefore = (requests: readonly Kept[], one: Kept): readonly Kept[] =>
  requests.filter((other) => other !== one && (sentAt(other) ?? '9') <= (sentAt(one) ?? ''));

function tooManySent(requests: readonly Kept[], { removalsPerDay }: MostAllowed): readonly string[] {
  const removals = requests.filter(({ request }) => request.kind !== 'cancellation');
  return removals.flatMap((one) => {
    const at = sentAt(one);
    if (at === undefined) return [];
    const others = sentBefore(removals, one).filter(
      (other) => dayIn(sentAt(other) ?? '') === dayIn(at) && !wasNothingAt(other, at),
    );
    return others.length < removalsPerDay ? [] : [`${others.length + 1} removals sent on ${dayIn(at)}`];
  });
}

function tooManyOpen(requests: readonly Kept[], { openPerRequester }: MostAllowed): readonly string[] {
  return requests.flatMap((one) => {
    const at = sentAt(one);
    if (at === undefined) return [];
    const { id } = one.request.requester;
    const others = sentBefore(requests, one).filter(
      (other) => other.request.requester.id === id && !wasOverAt(other, at),
    );
    const places = new Set([one, ...others].map(({ request }) => request.batch?.id ?? request.id));
    return places.size <= openPerRequester ? [] : [`${humanOf(id)} has ${places.size} requests on their way`];
  });
}

function tooManySuspended(requests: readonly Kept[], { suspensionsPerDay }: MostAllowed): readonly string[] {
  const days = new Map<string, number>();
  for (const { action, at, detail } of requests.flatMap(({ chain }) => chain))
    if (action === 'step.asked' && detail?.['step'] === 'suspend')
      days.set(dayIn(at), (days.get(dayIn(at)) ?? 0) + (detail['subscriptions'] as readonly string[]).length);
  return [...days]
    .filter(([, count]) => count > suspensionsPerDay)
    .map(([day, count]) => `${count} suspended on ${day}`);
}

const personOf = (actor: string): string => actor.slice('person:'.length);

/** What was on record before the intent of a change. */
function chainBefore({ chain }: Kept, correlationId: string): readonly AuditEntry[] {
  const intent = intentOf(chain, correlationId);
  return intent === undefined ? [] : chain.slice(0, chain.indexOf(intent));
}

/** Whether Teams had handed over such a click of this person, as one that may decide. */
const wasPressed = (pressed: readonly Pressed[], person: string, verb: string, requestId?: string): boolean =>
  pressed.some(
    (one) =>
      one.how === 'execute' &&
      one.verb.includes(verb) &&
      idOf(one.person) === person &&
      (requestId === undefined || one.data['requestId'] === requestId),
  );

function withoutOutcome({ correlationId, method, path }: LogEntry, { requests }: Evidence): readonly string[] {
  const kept = requests.find(({ chain }) => intentOf(chain, correlationId) !== undefined);
  const intent = kept && intentOf(kept.chain, correlationId);
  if (kept === undefined || intent === undefined) return [`${method} ${path} without an intent on record`];
  const after = kept.chain.slice(kept.chain.indexOf(intent) + 1);
  const { requestId, step } = intent.detail ?? {};
  const isOutcome = ({ action, detail }: AuditEntry): boolean =>
    /^step\.(outcome|verified)$/.test(action) &&
    (detail?.['requestId'] === requestId || detail?.['correlationId'] === correlationId) &&
    detail?.['step'] === step;
  // What was given up says so instead.
  const isKnown = after.some((entry) => isOutcome(entry) || ENDS.includes(entry.action));
  return isKnown ? [] : [`${method} ${path} without an outcome on record`];
}

function secondRequestIds({ calls, requests }: Evidence): readonly string[] {
  const newest = new Map<string, LogEntry>();
  const found: string[] = [];
  for (const call of calls.filter(isChange)) {
    const kept = requests.find(({ chain }) => intentOf(chain, call.correlationId) !== undefined);
    if (kept === undefined) continue;
    const before = chainBefore(kept, call.correlationId);
    const asked = before.filter(({ action }) => action === 'step.asked' || action === 'request.continued').length;
    const step = `${kept.request.id} ${call.path} ${asked}`;
    const last = newest.get(step);
    if (last !== undefined && last.requestId !== call.requestId && !wasAnswered(last))
      found.push(`${call.path} under another one before an answer was seen (${last.fault ?? 'no fault'})`);
    newest.set(step, call);
  }
  return found;
}

const wasAnswered = ({ status, fault }: LogEntry): boolean =>
  status !== 0 && status < 500 && !UNANSWERED.has(fault ?? '');
