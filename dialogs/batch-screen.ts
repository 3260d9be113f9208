import { batchCard, batchClearCard, batchListCard, batchMovedCard, batchStopCard } from '../cards/batch-card.ts';
import { batchCustomerCard } from '../cards/batch-customer-card.ts';
import { batchFormCard } from '../cards/batch-form-card.ts';
import { batchToldCard } from '../cards/batch-told-card.ts';
import { plainName } from '../cards/customer-parts.ts';
import type { RemovalFilledIn } from '../cards/request-form-card.ts';
import type { FormProblem } from '../cards/form-inputs.ts';
import { suspensionsLeft } from '../cards/limit-texts.ts';
import type { Texts } from '../cards/texts/texts.ts';
import type { BatchRecord, Member } from '../services/batches/batch.ts';
import type { BatchHeadline, BatchSlot } from '../services/batches/batch-cards.ts';
import { isClearable, isReady, namesToAsk, namesToClear } from '../services/batches/batch-rules.ts';
import type { Batches } from '../services/batches/batches.ts';
import { leftBy, progressOf, standingsOf, stoppable } from '../services/batches/standing.ts';
import type { Person } from '../services/people/person.ts';
import { besidesOf, type Besides } from '../services/readiness/besides.ts';
import { isNoLongerOurs } from '../services/readiness/relationship.ts';
import type { RemovalRequest } from '../services/requests/request.ts';
import { approverIds, toldBesides } from '../services/requests/moves.ts';
import type { Nonces } from '../services/requests/nonces.ts';
import type { RemovalRequests } from '../services/requests/removal-requests.ts';
import { confirming, naming } from './named-nonce.ts';
import type { ReadinessScreen } from './readiness-screen.ts';
import type { Shown } from './turn-facts.ts';

export interface BatchScreenParts {
  readonly batches: Pick<Batches, 'requestsOf'>;
  readonly readiness: Pick<ReadinessScreen, 'readiness'>;
  readonly removals: Pick<RemovalRequests, 'approversFor' | 'cannotAsk' | 'suspensionsLeft'>;
  readonly nonces: Nonces;
  readonly isSandbox: boolean;
}

export interface BatchSaid {
  readonly page?: number;
  readonly problem?: string;
  readonly notice?: string;
}

/** A batch as its requester and as each approver sees it. */
export interface BatchScreen {
  show(record: BatchRecord, person: Person, texts: Texts, said?: BatchSaid): Promise<Shown>;
  clear(record: BatchRecord, person: Person, texts: Texts, said?: BatchSaid): Promise<Shown>;
  /** All that is read of one customer of it. */
  customer(record: BatchRecord, member: Member, person: Person, texts: Texts, page: number): Promise<Shown>;
  /** The same card while it is being read. */
  readingCustomer(record: BatchRecord, member: Member, person: Person, texts: Texts): Shown;
  form(
    record: BatchRecord,
    person: Person,
    texts: Texts,
    filledIn?: RemovalFilledIn,
    problems?: readonly FormProblem[],
  ): Promise<Shown>;
  stop(record: BatchRecord, person: Person, texts: Texts): Promise<Shown>;
  /** What this person is asked to decide of it. */
  list(record: BatchRecord, person: Person, texts: Texts, said?: BatchSaid): Promise<Shown>;
  /** What this person was told of, without having a part in it. */
  told(record: BatchRecord, person: Person, texts: Texts): Promise<Shown>;
  moved(slot: BatchSlot, texts: Texts): Shown;
  headline(slot: BatchSlot, headline: BatchHeadline | undefined, texts: Texts): string;
}

export function createBatchScreen({ batches, readiness, removals, nonces, isSandbox }: BatchScreenParts): BatchScreen {
  const nonceFor = ({ batch }: BatchRecord, { id }: Person): string => nonces.ofRequest(id, batch);
  const nonceOf =
    ({ id }: Person) =>
    (request: RemovalRequest): string =>
      nonces.ofRequest(id, request);

  const headline: BatchScreen['headline'] = (slot, what, texts) => {
    if (slot === 'list' && what === 'sign-in') return texts.say('batch.list-summary-sign-in');
    if (slot === 'list') return texts.say(what === 'reminder' ? 'batch.list-summary-reminder' : 'batch.list-summary');
    if (what === 'still-suspended') return texts.say('batch.summary-still-suspended');
    if (slot === 'told') return texts.say('batch.told-summary');
    return what === 'sign-in' || what === 'undelivered' || what === 'finished'
      ? texts.say(`batch.summary-${what}`)
      : texts.say('batch.summary');
  };

  return {
    headline,
    async show(record, person, texts, { page = 0, problem, notice } = {}) {
      const standings = standingsOf(record, await batches.requestsOf(record));
      const view = {
        batch: record.batch,
        standings,
        progress: progressOf(standings),
        page,
        nonce: nonceFor(record, person),
        nonceOf: nonceOf(person),
        ready: record.members.filter(isReady).length,
        clearable: record.members.filter(isClearable).length,
        isSandbox,
        ...(problem !== undefined && { problem }),
        ...(notice !== undefined && { notice }),
      };
      return { card: batchCard(view, texts), summary: texts.say('batch.summary') };
    },
    async clear(record, person, texts, { page = 0, problem } = {}) {
      const members = record.members.filter(isClearable);
      const names = namesToClear(members);
      const nonce = nonceFor(record, person);
      const left = await removals.suspensionsLeft();
      const view = {
        ...{ batch: record.batch, members, page, nonce, isSandbox },
        namedNonce: naming(nonce, names),
        yesNonce: confirming(nonce, names),
        ...(names.length > left.count && { left: suspensionsLeft(left, texts) }),
        ...(problem !== undefined && { problem }),
      };
      return { card: batchClearCard(view, texts), summary: texts.say('batch.clear-title') };
    },
    async customer(record, { customer }, person, texts, page) {
      const read = await readiness.readiness({ person, customerId: customer.id });
      const view = {
        ...{ batch: record.batch, customer, readiness: read, isNoLongerOurs: isNoLongerOurs(read) },
        ...{ page, nonce: nonceFor(record, person), isSandbox },
      };
      const key = view.isNoLongerOurs ? 'readiness.summary-gone' : 'readiness.summary';
      const summary = texts.say(key, { domain: plainName(customer) });
      return { card: batchCustomerCard(view, texts), summary };
    },
    readingCustomer(record, { customer }, person, texts) {
      const view = { batch: record.batch, customer, page: 0, nonce: nonceFor(record, person), isSandbox };
      const summary = texts.say('readiness.summary-reading', { domain: plainName(customer) });
      return { card: batchCustomerCard(view, texts), summary, isProvisional: true };
    },
    async form(record, person, texts, filledIn = {}, problems) {
      const members = record.members.filter(isReady);
      const nonce = nonceFor(record, person);
      const cannotAsk = await removals.cannotAsk(person.id);
      const wrong = problems ?? (cannotAsk && [{ text: texts.say(`form.fault-${cannotAsk}`) }]);
      const view = {
        ...{ batch: record.batch, members, filledIn, nonce, isSandbox },
        approvers: await removals.approversFor(person.id),
        namedNonce: naming(nonce, namesToAsk(members)),
        ...(wrong !== undefined && { problems: wrong }),
      };
      return { card: batchFormCard(view, texts), summary: texts.say('form.title') };
    },
    async stop(record, person, texts) {
      const counted = stoppable(record, await batches.requestsOf(record));
      const view = { batch: record.batch, nonce: nonceFor(record, person), ...counted };
      return { card: batchStopCard(view, texts), summary: texts.say('batch.stop-title') };
    },
    async list(record, person, texts, { page = 0, problem } = {}) {
      const all = await batches.requestsOf(record);
      const requests = record.members.flatMap(({ requestId }) => {
        const request = requestId === undefined ? undefined : all.get(requestId)?.request;
        return request !== undefined && approverIds(request).includes(person.id) ? [request] : [];
      });
      const view = {
        batchId: record.batch.id,
        requests,
        page,
        nonce: nonceFor(record, person),
        nonceOf: nonceOf(person),
        besidesOf: besidesWith,
        isSandbox,
        ...(problem !== undefined && { problem }),
      };
      const summary = texts.say(requests.length === 1 ? 'batch.list-title-one' : 'batch.list-summary');
      return { card: batchListCard(view, texts), summary };
    },
    async told(record, person, texts) {
      const all = await batches.requestsOf(record);
      const requests = record.members.flatMap(({ requestId }) => {
        const known = requestId === undefined ? undefined : all.get(requestId);
        if (known === undefined || !isToldOf(known.request, person)) return [];
        const left = leftBy(known);
        return [{ request: known.request, ...(left !== undefined && { left }) }];
      });
      return { card: batchToldCard({ requests, isSandbox }, texts), summary: texts.say('batch.told-summary') };
    },
    moved: (slot, texts) => {
      const title = texts.say(TITLES[slot]);
      return { card: batchMovedCard(title, texts), summary: title };
    },
  };
}

const TITLES = { batch: 'batch.title', list: 'batch.list-title', told: 'batch.told-title' } as const;

const isToldOf = (request: RemovalRequest, { id }: Person): boolean =>
  toldBesides(request).includes(id) || request.undo?.escalatedTo === id;

/** What whoever decides has to know of a request; what is ended afterwards does not stay. */
const besidesWith = ({ plan }: RemovalRequest): Besides | undefined =>
  besidesOf((plan?.lines ?? []).filter(({ kind }) => kind !== 'delegated-admin' || plan?.delegatedAdmin === undefined));
