import type { ShownMessage } from '../../sandbox/chat/messages.ts';
import type { Person } from '../../sandbox/chat/people.ts';
import type { LogEntry } from '../../sandbox/partner-center/control/log.ts';
import { DECIDING_VERBS, isVerb } from '../../cards/actions.ts';
import { LANGUAGES } from '../../cards/texts/texts.ts';
import { auditKeyOf, readAudit, type AuditEntry } from '../../services/audit/audit-chain.ts';
import { verifyRecord } from '../../services/audit/verify-record.ts';
import { undoOf } from '../../services/requests/giving-back/giving-back.ts';
import { recordOf } from '../../services/requests/request-rows.ts';
import type { RequestRecord } from '../../services/requests/request.ts';
import { leavesCustomer } from '../../services/requests/giving-back/undo-clock.ts';
import { ShownCard } from '../../services/requests/card-slots.ts';
import { createNonces, type Nonces } from '../../services/requests/nonces.ts';
import type { MostAllowed } from '../../services/requests/sending/limits.ts';
import type { Row, Store } from '../../services/storage/store.ts';
import type { Life, Pressed } from './life.ts';
import { APPROVERS, AUDIT_KEY, idOf, type DurableRows, type SimulatedWorld } from './simulated-world.ts';
import { buttonsOn, type SeenCard } from './teams-in-process.ts';

/** What is looked at of a stored request, whatever else it has. */
export interface StoredRequest {
  readonly id: string;
  readonly kind?: string;
  readonly state: string;
  readonly revision: number;
  readonly requester: { readonly id: string };
  readonly approvalsRequired: number;
  readonly waitingFor?: { readonly why: string };
  readonly customer: { readonly id: string };
  readonly cancels?: readonly StoredPurchase[];
  readonly batch?: { readonly id: string };
}

/** A purchase that others have approved to cancel. */
export interface StoredPurchase {
  readonly holdingId: string;
  readonly order?: { readonly orderId: string };
  readonly until: string;
}
/** A step of clearing, or of a cancellation, as it is stored. */
export interface StoredStep {
  readonly holdingId: string;
  readonly action: string;
  readonly state: string;
  readonly name: string;
}
/** A request and its chain in the record, as they were stored at some moment. */
export interface Kept {
  readonly request: StoredRequest;
  readonly chain: readonly AuditEntry[];
  readonly steps?: readonly StoredStep[];
  /** Subscriptions that its card offers to give back, in the end; missing where it has ended with the removal, or not at all. */
  readonly undo?: readonly string[];
}

/** A subscription that Partner Center shows as suspended, of a customer that is ours. */
export interface Suspended {
  readonly customerId: string;
  readonly subscriptionId: string;
}

/** A change that was asked of Partner Center, as things were right before its first byte. */
export interface Change {
  readonly method: string;
  readonly path: string;
  readonly requestId: string | undefined;
  readonly correlationId: string;
  /** Whose token it was sent with: an object id, `app-only`, or nobody’s. */
  readonly caller?: string | undefined;
  /** What a power cut would have left of the request that has an intent for it. */
  readonly kept: Kept | undefined;
  /** Subscriptions of the customer that the newest complete reading has shown as active. */
  readonly read: readonly string[] | undefined;
  /** The clicks that Teams had handed over. */
  readonly pressed: readonly Pressed[];
  /** Who had the role of an approver: object ids. */
  readonly approvers: ReadonlySet<string>;
}

/** A button of a request that somebody was shown. */
export interface ShownButton {
  readonly person: string;
  readonly requestId: string;
  readonly durableRevision: number;
  /** By how many revisions it is ahead of what a power cut would have left. */
  readonly ahead: number;
}

/** A decision that was on record when the bot answered the click. */
export interface Told {
  readonly requestId: string;
  /** An object id. */
  readonly person: string;
  readonly action: string;
}

/** A message whose card decides on a request, or begins to, in the end; one that the bot knows nothing of is none. */
export interface LiveCard {
  readonly person: string;
  readonly messageId: string;
  readonly requestId: string;
}

/** What the message says that shows a card of a request, in the end. */
export interface Picture {
  readonly person: string;
  readonly slot: string;
  readonly requestId: string;
  /** Its words, in the language of whoever it was shown to. */
  readonly text: string;
  readonly locale: string;
}

/** A line of a card on which somebody was told what became of a step. */
export interface SaidOfStep {
  readonly person: string;
  readonly subscriptionId: string;
  readonly says: 'suspended' | 'active';
  /** Whether a power cut would have left that this was seen. */
  readonly isDurable: boolean;
  /** How the subscription stood then, where the newest step of it is this one and nobody else has changed it. */
  readonly is?: string | undefined;
}

/** How things stand at one moment: what is stored of requests, what their cards say, and what Partner Center shows. */
export interface Look {
  readonly requests: readonly Kept[];
  readonly pictures: readonly Picture[];
  /** Left out where nobody has looked. */
  readonly suspended?: readonly Suspended[];
}

/** What one life has left on the other side: everything that invariants are asserted on. */
export interface Evidence extends Look {
  /** Once everything has answered again for two hours, before people leave things alone for days. */
  readonly meanwhile?: Look | undefined;
  readonly changes: readonly Change[];
  /** Every click that Teams handed over. */
  readonly pressed: readonly Pressed[];
  /** Who had the role of an approver at some time: object ids. */
  readonly approvers: ReadonlySet<string>;
  /** Partner Center's own log. */
  readonly calls: readonly LogEntry[];
  readonly shown: readonly ShownButton[];
  readonly told: readonly Told[];
  readonly said?: readonly SaidOfStep[];
  /** Ids of subscriptions that somebody else has changed. */
  readonly changedElsewhere?: ReadonlySet<string>;
  /** With whose token what was approved is carried out (the approver’s). */
  readonly executeAs?: 'approver' | 'requester';
  /** How much could be asked for, where that could be met. */
  readonly most?: MostAllowed | undefined;
  /** In the end, as everything else below, and what a look has found. */
  readonly live: readonly LiveCard[];
  /** Ids of customers whose relationship is ended, where somebody has looked. */
  readonly removed?: readonly string[];
  readonly recordFaults: readonly unknown[];
  /** Work and cards of requests that are due and not done. */
  readonly due: readonly string[];
  /** Logs, stored files, cards and calls: where no secret may stand. */
  readonly texts: readonly string[];
  readonly secrets: readonly string[];
}

const SECRET = Buffer.from(AUDIT_KEY, 'hex');
/** Forms in which the secret might be found. */
export const SECRETS = [AUDIT_KEY, SECRET.toString('base64').slice(0, 40), SECRET.toString('base64url').slice(0, 40)];
const AUDIT_MAC_KEY = auditKeyOf(SECRET);
/** For cards of requests, which are of no day. */
const NONCES = createNonces(SECRET, () => new Date(0));
const DECISIONS: ReadonlyMap<string, string> = new Map([
  ['approval.confirm-approve', 'request.approved'],
  ['approval.confirm-decline', 'request.declined'],
  ['request.confirm-withdraw', 'request.withdrawn'],
]);

/** Watches a life from outside: what Partner Center is asked and people are shown, against what lies on the disk. */
export class Witness {
  readonly #world: SimulatedWorld;
  readonly #life: Life;
  readonly #nonces: Nonces;
  readonly #changes: Change[] = [];
  readonly #shown: ShownButton[] = [];
  readonly #told: Told[] = [];
  readonly #saidOfSteps: SaidOfStep[] = [];
  #meanwhile: Look | undefined;
  readonly #read = new Map<string, readonly string[]>();
  /** What a text of a request's file says: it is asked for with every card. */
  readonly #said = new Map<string, Kept>();
  /** Messages that were named in a request's rows at some time. */
  readonly #known = new Set<string>();

  constructor(world: SimulatedWorld, life: Life) {
    this.#world = world;
    this.#life = life;
    this.#nonces = NONCES;
    world.beforeChange = (method, called, headers) => {
      this.#noteChange(method, called, headers);
    };
    world.partnerCenter.onAnswer = ({ method, url }, status, body) => {
      const customer = customerIn(new URL(url).pathname, /\/customers\/([^/]+)\/subscriptions$/);
      if (method === 'GET' && status === 200 && customer !== undefined) this.#read.set(customer, activeIn(body));
    };
    world.teams.onShown = (shown) => {
      this.#noteShown(shown);
    };
  }

  /** What a power cut would leave of a request. */
  #durable(requestId: string): Kept | undefined {
    const durable = this.#world.durable(requestId);
    if (durable === undefined) return undefined;
    const { text } = durable;
    const known = this.#said.get(text);
    if (known !== undefined) return known;
    const kept = keptIn(durable);
    this.#said.set(text, kept);
    for (const { messageId } of shownIn(requestId, durable.rows())) this.#known.add(messageId);
    return kept;
  }

  #noteChange(method: string, called: string, headers: ReadonlyMap<string, string>): void {
    const correlationId = headers.get('ms-correlationid') ?? '';
    this.#changes.push({
      method,
      path: called,
      requestId: headers.get('ms-requestid'),
      correlationId,
      caller: /^bearer (?:user:)?(\S+)/i.exec(headers.get('authorization') ?? '')?.[1],
      kept: this.#world
        .requestIds()
        .map((id) => this.#durable(id))
        .find((kept) => kept !== undefined && intentOf(kept.chain, correlationId) !== undefined),
      read: this.#read.get(customerIn(called) ?? ''),
      pressed: [...this.#life.pressed],
      approvers: new Set(this.#world.approvers.map(idOf)),
    });
  }

  #noteShown({ person, card }: SeenCard): void {
    for (const [requestId, nonce] of noncesOn(card)) {
      const durableRevision = this.#durable(requestId)?.request.revision ?? 0;
      const ahead = revisionsAhead(this.#nonces, nonce, idOf(person), { id: requestId, revision: durableRevision });
      this.#shown.push({ person, requestId, durableRevision, ahead });
    }
    this.#noteSteps(person, card);
  }

  /** What a card of a customer says of what this person has had suspended, or given back. */
  #noteSteps(person: string, card: SeenCard['card']): void {
    const sentences = sentencesIn(cardText(card));
    const about = SAYS.flatMap((one) => sentences.filter((line) => line.endsWith(one.words)).map(() => one));
    if (about.length === 0) return;
    const customers = new Set(buttonsOn(card).map(({ data }) => data['customerId']));
    for (const requestId of this.#world.requestIds()) {
      const kept = this.#durable(requestId);
      if (kept?.request.requester.id !== idOf(person) || !customers.has(kept.request.customer.id)) continue;
      const { steps = [] } = kept;
      for (const { action, says, words } of about)
        for (const { holdingId, name, ...step } of steps) {
          if (!sentences.includes(`•  ${name}${words}`)) continue;
          // Of two of one name nobody can tell which of them a line is about.
          if (steps.some((other) => other.name === name && other.holdingId !== holdingId)) continue;
          const isNewest = step.action === action && step.state === 'done';
          const isOurs = isNewest && !this.#life.changedElsewhere.has(holdingId.toLowerCase());
          this.#saidOfSteps.push({
            ...{ person, subscriptionId: holdingId, says, isDurable: this.#wasSeen(action, holdingId) },
            ...(isOurs && { is: this.#statusOf(kept.request.customer.id, holdingId) }),
          });
        }
    }
  }

  /** A request that took over what an earlier one had suspended shows what was seen in the course of that one. */
  #wasSeen(action: string, holdingId: string): boolean {
    return this.#world.requestIds().some((id) => wasSeen(this.#durable(id)?.chain ?? [], action, holdingId));
  }

  #statusOf(customerId: string, subscriptionId: string): string | undefined {
    const { customers } = this.#world.partnerCenter.world;
    const { holdings } = customers.find(({ id }) => id.toLowerCase() === customerId) ?? {};
    return holdings?.subscriptions.find(({ id }) => id.toLowerCase() === subscriptionId)?.status;
  }

  /** Called after every action: what was acknowledged so far must be there in the end. */
  note(): void {
    for (const id of this.#world.requestIds()) this.#durable(id);
    for (const { person, verb, data, wasAnswered } of this.#life.pressed) {
      const action = DECISIONS.get(verb);
      const { requestId } = data;
      if (action === undefined || !wasAnswered || typeof requestId !== 'string') continue;
      const told = { requestId, person: idOf(person), action };
      if (this.#told.some((one) => isTold(told, one))) continue;
      const isOnRecord = this.#durable(requestId)?.chain.some((entry) => isRecordOf(entry, told));
      if (isOnRecord === true) this.#told.push(told);
    }
  }

  async lookMeanwhile(): Promise<void> {
    this.#meanwhile = await this.#lookAt(await this.#world.look(), this.#chats());
  }

  #chats(): readonly SeenChat[] {
    return this.#world.teams.conversations.map((one) => ({ person: one.person, messages: one.seenOn('nobody’s') }));
  }

  async #lookAt(store: Store, chats: readonly SeenChat[]): Promise<Look> {
    const { requests, shown } = await requestsIn(store);
    return {
      requests,
      pictures: shown.flatMap((one) => pictureOf(one, chats)),
      suspended: this.#world.partnerCenter.world.customers
        .filter(({ relationship }) => relationship === 'reseller')
        .flatMap(({ id, holdings }) =>
          holdings.subscriptions
            .filter(({ status }) => status === 'suspended')
            .map((one) => ({ customerId: id.toLowerCase(), subscriptionId: one.id.toLowerCase() })),
        ),
    };
  }

  async atTheEnd(): Promise<Evidence> {
    const world = this.#world;
    const store = await world.look();
    const chats = this.#chats();
    const look = await this.#lookAt(store, chats);
    const { requests } = look;
    const { faults } = await verifyRecord(store, AUDIT_MAC_KEY);
    const due = await store.due(world.time.clock(), 100);
    return {
      ...look,
      meanwhile: this.#meanwhile,
      changes: this.#changes,
      pressed: this.#life.pressed,
      approvers: new Set(APPROVERS.map(idOf)),
      calls: world.partnerCenter.log,
      shown: this.#shown,
      told: this.#told,
      said: this.#saidOfSteps,
      changedElsewhere: this.#life.changedElsewhere,
      executeAs: world.executeAs,
      most: world.most,
      live: requests.flatMap((kept) => liveCards(this.#nonces, chats, kept, this.#known)),
      removed: world.partnerCenter.world.customers
        .filter(({ relationship }) => relationship !== 'reseller')
        .map(({ id }) => id.toLowerCase()),
      recordFaults: faults,
      due: due.filter(({ partition }) => /^(request|batch):/.test(partition)).map(({ key }) => key),
      texts: [...world.logLines, ...world.storedTexts(), ...world.teams.said, JSON.stringify(world.partnerCenter.log)],
      secrets: SECRETS,
    };
  }
}

const cardTexts = new WeakMap<object, string>();
/** Cards that were seen before a life began are the same in many. */
function cardText(card: SeenCard['card']): string {
  const text = cardTexts.get(card) ?? JSON.stringify(card);
  cardTexts.set(card, text);
  return text;
}

/** What there is to read on a card, a sentence each; of a title only what is not put together of several runs. */
export const sentencesIn = (text: string): readonly string[] =>
  Array.from(text.matchAll(/"text":("(?:[^"\\]|\\.)*")/g), ([, quoted = '""']) => JSON.parse(quoted) as string);

/** Words behind a name that say that a step was done; of the languages of those who clear. */
const SAYS = [
  { action: 'suspend', says: 'suspended', words: `: ${LANGUAGES.en['step.suspend-done']}` },
  { action: 'reactivate', says: 'active', words: `: ${LANGUAGES.en['step.reactivate-done']}` },
] as const;

const wasSeen = (chain: readonly AuditEntry[], action: string, holdingId: string): boolean =>
  chain.some(
    ({ action: event, detail }) =>
      event === 'step.verified' && detail?.['step'] === action && detail['subscription'] === holdingId,
  );

/** The chain is read where it is asked for: of most cards only the revision is. */
function keptIn({ rows }: DurableRows): Kept {
  const all = rows();
  let read: readonly AuditEntry[] | undefined;
  return {
    request: all.get('request')?.value as unknown as StoredRequest,
    get chain() {
      return (read ??= readAudit(all));
    },
    get steps() {
      return [...all].flatMap(([key, { value }]) => (key.startsWith('step:') ? [value as unknown as StoredStep] : []));
    },
  };
}

export const intentOf = (chain: readonly AuditEntry[], correlationId: string): AuditEntry | undefined =>
  chain.find(({ action, detail }) => action === 'step.intent' && detail?.['correlationId'] === correlationId);

/** By how many revisions a nonce is ahead of a request, as far as one can tell. */
export function revisionsAhead(
  nonces: Nonces,
  nonce: string,
  person: string,
  { id, revision }: Pick<StoredRequest, 'id' | 'revision'>,
): number {
  const isOf = (by: number): boolean => nonces.isOfRequest(nonce, person, { id, revision: revision + by });
  return isOf(0) ? 0 : ([1, 2, 3].find(isOf) ?? 0);
}

/** A chat as it is without what one device alone was answered. */
export interface SeenChat {
  readonly person: Pick<Person, 'key' | 'aadObjectId' | 'locale'>;
  readonly messages: readonly Pick<ShownMessage, 'id' | 'card' | 'edits'>[];
}

/** Decides, or begins to: whatever it was drawn for, and whatever the bot would answer. */
const ASKS = /^(approval\..*|request\.(sign-in|(confirm-)?remove|continue))$/;

/**
 * The messages whose card decides on a request, or begins to: also with buttons that are refused by now. A card that a
 * device was answered with, or refreshes, is none of the chat's.
 *
 * @param known messages that were named in a request's rows at some time. One that was not, and lies there as it was sent,
 *   is left out: the process ended before it stored the id, or never heard it, so that nobody can settle it.
 */
export function liveCards(
  nonces: Nonces,
  chats: readonly SeenChat[],
  { request: { id, revision } }: Kept,
  known: ReadonlySet<string>,
): readonly LiveCard[] {
  const decides = (person: string, card: ShownMessage['card']): boolean =>
    buttonsOn(card ?? {}).some(
      ({ verb, data }) =>
        isVerb(verb) &&
        data['requestId'] === id &&
        (ASKS.test(verb) ||
          (DECIDING_VERBS.has(verb) && nonces.isOfRequest(String(data['nonce']), person, { id, revision }))),
    );
  return chats.flatMap(({ person, messages }) =>
    messages
      .filter(({ id: messageId, edits }) => edits > 0 || known.has(messageId))
      .filter(({ card }) => decides(person.aadObjectId, card))
      .map((message) => ({ person: person.key, messageId: message.id, requestId: id })),
  );
}

export const isRecordOf = ({ action, actor }: AuditEntry, told: Told): boolean =>
  action === told.action && actor === `person:${told.person}`;

export const customerIn = (called: string, pattern = /\/customers\/([^/]+)/): string | undefined =>
  pattern.exec(called)?.[1]?.toLowerCase();

const isTold = (a: Told, b: Told): boolean =>
  a.requestId === b.requestId && a.person === b.person && a.action === b.action;

/** Each request's nonce on a card, once. */
export function noncesOn(card: Readonly<Record<string, unknown>>): readonly (readonly [string, string])[] {
  const found = new Map<string, readonly [string, string]>();
  for (const { data } of buttonsOn(card)) {
    const { requestId, nonce } = data;
    if (typeof requestId === 'string' && typeof nonce === 'string') found.set(requestId + nonce, [requestId, nonce]);
  }
  return [...found.values()];
}

/** Which message shows a card of a request, as the bot knows it. */
export interface ShownSlot {
  readonly requestId: string;
  readonly personId: string;
  readonly slot: string;
  readonly messageId: string;
}

async function requestsIn(
  store: Store,
): Promise<{ readonly requests: readonly Kept[]; readonly shown: readonly ShownSlot[] }> {
  const requests: Kept[] = [];
  const shown: ShownSlot[] = [];
  const add = async (partition: string): Promise<void> => {
    const read = await store.read(partition);
    const id = partition.slice('request:'.length);
    const record = recordOf(id, read);
    if (record === undefined) return;
    const { request, steps } = record;
    requests.push({ request, chain: readAudit(read.rows), steps, ...undoIn(record) });
    shown.push(...shownIn(id, read.rows));
  };
  for await (const partition of store.partitions('request')) await add(partition);
  for (const month of await store.archiveMonths())
    for await (const partition of store.archived(month)) if (partition.startsWith('request:')) await add(partition);
  return { requests, shown };
}

/** Which messages show the cards of a request, by its stored rows. */
export const shownIn = (requestId: string, rows: ReadonlyMap<string, Pick<Row, 'value'>>): readonly ShownSlot[] =>
  [...rows].flatMap(([key, { value }]) => {
    const [kind, personId = '', slot = ''] = key.split(':');
    return kind === 'card' ? [{ requestId, personId, slot, ...ShownCard.parse(value) }] : [];
  });

/** None where whoever it was shown to has deleted the message. */
export function pictureOf(
  { personId, messageId, slot, requestId }: ShownSlot,
  chats: readonly SeenChat[],
): readonly Picture[] {
  const chat = chats.find(({ person }) => person.aadObjectId === personId);
  const card = chat?.messages.find(({ id }) => id === messageId)?.card;
  if (chat === undefined || card === undefined) return [];
  const { key, locale } = chat.person;
  return [{ person: key, slot, requestId, text: cardText(card), locale }];
}

function undoIn(record: RequestRecord): Pick<Kept, 'undo'> {
  if (!leavesCustomer(record.request)) return {};
  const ids = undoOf(record).items.flatMap(({ holdingId, addOns }) => [
    holdingId,
    ...addOns.map((one) => one.holdingId),
  ]);
  return { undo: ids.map((id) => id.toLowerCase()) };
}

/** Names of what a list of subscriptions shows as active. */
function activeIn(body: string): readonly string[] {
  try {
    const { items = [] } = JSON.parse(body) as {
      readonly items?: readonly { readonly status?: string; readonly id?: string }[];
    };
    return items.filter(({ status }) => status?.toLowerCase() === 'active').map(({ id }) => id ?? '');
  } catch {
    return [];
  }
}
