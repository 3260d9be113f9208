import { plainName } from '../cards/customer-parts.ts';
import { type ReadinessView, readinessCard, readingCard } from '../cards/readiness-card.ts';
import { removedCard } from '../cards/removed-card.ts';
import type { TextKey } from '../cards/texts/en.ts';
import type { Texts } from '../cards/texts/texts.ts';
import { MINUTE_MS, type Clock, type Instant } from '../services/clock.ts';
import type { Directory } from '../services/customers/directory.ts';
import { asPerson, type Customer } from '../services/partner-center/partner-center.ts';
import type { Person } from '../services/people/person.ts';
import { offering, type Roles } from '../services/people/roles.ts';
import type { ReadinessReader } from '../services/readiness/reader.ts';
import type { Offer, Readiness, Verdict } from '../services/readiness/readiness.ts';
import { cancellable } from '../services/requests/cancelling/cancellation.ts';
import { isFinal } from '../services/requests/life.ts';
import type { Nonces } from '../services/requests/nonces.ts';
import { isNoLongerOurs, saysGone } from '../services/readiness/relationship.ts';
import { legacySuspendable } from '../services/readiness/suspending.ts';
import { stillSuspended } from '../services/requests/giving-back/giving-back.ts';
import type { RemovalRequests } from '../services/requests/removal-requests.ts';
import type { RequestRecord } from '../services/requests/request.ts';
import { waitingForSignIn } from '../services/requests/clearing/pausing-clearing.ts';
import { isOpen } from '../services/requests/clearing/clearing-step.ts';
import type { Watches } from '../services/watching/watches.ts';
import type { Shown } from './turn-facts.ts';

export interface ScreenParts {
  readonly reader: ReadinessReader;
  readonly clock: Clock;
  readonly removals: Pick<RemovalRequests, 'ofCustomer' | 'suspensionsLeft'>;
  readonly watches: Pick<Watches, 'isWatching' | 'saw' | 'watched'>;
  readonly directory: Pick<Directory, 'byId'>;
  readonly roles: Roles;
  readonly nonces: Nonces;
  /** Removal in an integration sandbox deletes the customer's tenant, and every card says so. */
  readonly isSandbox: boolean;
}

export interface Asked {
  readonly person: Person;
  readonly customerId: string;
  readonly texts: Texts;
  readonly problem?: string;
  /** What was done just now. */
  readonly notice?: string;
}

/** The readiness of a customer as one person sees it, built from what was read and what is stored. */
export interface ReadinessScreen {
  /**
   * @param fresh reads again what was read, or is being read, by whomever.
   * @param anew shows nothing that was read before; a reading that is under way is shared.
   * @param from shows a part of the whole list, from this line on.
   */
  show(
    asked: Asked,
    options?: { readonly fresh?: boolean; readonly anew?: boolean; readonly from?: number },
  ): Promise<Shown>;
  /** The card while everything is being read. */
  reading(asked: Asked): Shown;
  /** What was read last, or is read now. @param young takes nothing that was read more than a minute ago. */
  readiness(asked: Pick<Asked, 'person' | 'customerId'>, options?: { readonly young?: boolean }): Promise<Readiness>;
  /** As read, or else as it was called before; without name and domain where nobody knows them. */
  customerOf(customerId: string, readiness: Readiness | undefined): Customer;
  /** The same where nothing was read yet; of a customer that has left the list what is stored of it tells the name. */
  recall(customerId: string): Promise<Customer>;
  /**
   * The request by which the customer was removed, as long as Partner Center says that there is no relationship. A
   * customer that has come back, or cannot be read, is none that was removed.
   */
  removed(asked: Pick<Asked, 'person' | 'customerId'>): Promise<RequestRecord | undefined>;
  /** Why this person can change nothing for this customer now, if so. */
  bar(asked: Pick<Asked, 'person' | 'customerId' | 'texts'>): Promise<string | undefined>;
}

/** What begins a request, or shows what one would send, rests on nothing older than this. */
const YOUNG_MS = MINUTE_MS;
/** Names of so many customers are remembered that were read, for when they are no longer answered. */
const RECALLED = 500;

export function createReadinessScreen(parts: ScreenParts): ReadinessScreen {
  const { reader, clock, removals, watches, directory, nonces, isSandbox } = parts;
  /** For what a card offers; who is shown what is by the roles themselves. */
  const roles = offering(parts.roles);

  const recalled = new Map<string, Customer>();
  const remember = (customer: Customer): Customer => {
    recalled.delete(customer.id);
    recalled.set(customer.id, customer);
    for (const [oldest] of recalled) if (recalled.size > RECALLED) recalled.delete(oldest);
    return customer;
  };
  const known = (customerId: string): Customer | undefined => directory.byId(customerId) ?? recalled.get(customerId);
  const customerOf: ReadinessScreen['customerOf'] = (customerId, readiness) =>
    (readiness?.customer && remember(readiness.customer)) ??
    known(customerId) ?? { id: customerId, companyName: '', domain: '', relationshipToPartner: '' };
  const recall: ReadinessScreen['recall'] = async (customerId) => {
    if (known(customerId) === undefined) {
      const stored = (await watches.watched(customerId)) ?? (await removals.ofCustomer(customerId))?.request.customer;
      if (stored !== undefined) remember({ ...stored, relationshipToPartner: '' });
    }
    return customerOf(customerId, undefined);
  };
  const isYoung = ({ readAt }: Readiness): boolean => clock().getTime() - Date.parse(readAt) <= YOUNG_MS;
  const read: ReadinessScreen['readiness'] = async ({ person, customerId }, { young = false } = {}) => {
    const kept = reader.latest(customerId, asPerson(person.id));
    const isUsable = kept !== undefined && (!young || isYoung(kept));
    if (isUsable && kept.readAt >= changedAt(await removals.ofCustomer(customerId))) return kept;
    return reader.read(customerId, asPerson(person.id));
  };

  const openAmong = (latest: RequestRecord | undefined): RequestRecord | undefined =>
    latest !== undefined && !isFinal(latest.request.state) ? latest : undefined;
  const openRequest = async (customerId: string): Promise<RequestRecord | undefined> =>
    openAmong(await removals.ofCustomer(customerId));

  const removed: ReadinessScreen['removed'] = async ({ person, customerId }) => {
    const latest = await removals.ofCustomer(customerId);
    if (latest?.request.kind !== 'removal' || latest.request.state !== 'done') return undefined;
    const { removal, stateSince } = latest.request;
    const known = await read({ person, customerId });
    const isOlder = known.readAt < (removal?.goneAt ?? stateSince);
    const readiness = isOlder ? await reader.read(customerId, asPerson(person.id), { fresh: true }) : known;
    return saysGone(readiness) ? latest : undefined;
  };

  const showRemoved = (record: RequestRecord, { person, customerId, texts }: Asked): Shown => {
    const isConcerned =
      record.request.requester.id === person.id || roles.isApprover(person.id) || roles.isAuditor(person.id);
    const view = {
      record,
      customerNonce: nonces.ofCustomer(person.id, customerId),
      ...(isConcerned && { nonce: nonces.ofRequest(person.id, record.request) }),
    };
    return { card: removedCard(view, texts), summary: texts.say('removed.title') };
  };

  /** What is suspended still; of their own open request its steps say so. Only who has it suspended gives back all of it at once. */
  const leftOf = (
    latest: RequestRecord | undefined,
    { offers }: Readiness,
    { id }: Person,
  ): Pick<ReadinessView, 'left'> => {
    if (latest === undefined) return {};
    const { request } = latest;
    const isOwn = request.requester.id === id;
    if (isOwn && !isFinal(request.state)) return {};
    const isActive = (holdingId: string): boolean =>
      offers.some((offer) => offer.holdingId === holdingId && offer.action === 'suspend');
    const items = stillSuspended(latest).filter(({ holdingId }) => !isActive(holdingId));
    if (items.length === 0) return {};
    const by = { requestId: request.id, nonce: nonces.ofRequest(id, request) };
    return { left: { items, ...(isOwn && roles.isRequester(id) && { by }) } };
  };

  /** Leads to a request that bars everything here, for whoever has a part in it. */
  const openOf = (open: RequestRecord | undefined, { id }: Person): Pick<ReadinessView, 'open'> => {
    if (open === undefined) return {};
    const { state, sendingSince, requester } = open.request;
    const isSent = state !== 'draft' || sendingSince !== undefined;
    const isConcerned = requester.id === id || (state !== 'draft' && roles.isApprover(id));
    return isSent && isConcerned
      ? { open: { requestId: open.request.id, nonce: nonces.ofRequest(id, open.request) } }
      : {};
  };

  return {
    customerOf,
    recall,
    readiness: read,
    removed,
    bar: async ({ person, customerId, texts }) => {
      const bar = barOf(await openRequest(customerId), person, texts);
      return bar ?? ((await removed({ person, customerId })) && texts.say('removed.about'));
    },
    async show(asked, { fresh = false, anew = false, from } = {}) {
      const { person, customerId, texts } = asked;
      if (fresh) reader.forget(customerId);
      if (anew) await reader.read(customerId, asPerson(person.id));
      const before = await removed(asked);
      if (before !== undefined) return showRemoved(before, asked);
      const [readiness, latest, isWatching, left] = await Promise.all([
        fresh ? reader.read(customerId, asPerson(person.id), { fresh }) : read(asked),
        removals.ofCustomer(customerId),
        watches.isWatching(customerId, person.id),
        removals.suspensionsLeft(),
      ]);
      if (isWatching) await watches.saw(customerId, person.id, readiness);
      const open = openAmong(latest);
      const customer = readiness.customer === undefined ? await recall(customerId) : customerOf(customerId, readiness);
      const bar = barOf(open, person, texts);
      // What bars everything comes before what was refused just now.
      const problem = bar ?? asked.problem;
      const steps = open?.request.requester.id === person.id ? open.steps : [];
      const isClear = readiness.verdict.kind === 'clear' && !steps.some(isOpen);
      const underWay = steps.filter(
        (one) => isOpen(one) || (one.state === 'done' && (one.doneAt ?? '') > readiness.readAt),
      );
      const begun = new Set(underWay.map(({ holdingId }) => holdingId));
      const isFree = ({ holdingId }: Offer): boolean => !begun.has(holdingId);
      const canAsk = bar === undefined && roles.isRequester(person.id) && !steps.some(isOpen);
      const offers = readiness.offers.filter(isFree);
      const suspensions = offers.filter(({ action }) => action === 'suspend').length;
      const view: ReadinessView = {
        customer,
        readiness,
        isNoLongerOurs: isNoLongerOurs(readiness),
        steps,
        ...leftOf(latest, readiness, person),
        underWay,
        ...(waitingForSignIn({ steps }).length > 0 && { signIn: { name: person.name } }),
        offers,
        ...(suspensions > left.count && { suspensionsLeft: left }),
        legacy: legacySuspendable(readiness).filter(isFree).length,
        canChange: bar === undefined && roles.isRequester(person.id),
        cancellable: canAsk
          ? cancellable(readiness, clock())
              .filter(isFree)
              .map(({ holdingId }) => holdingId)
          : [],
        canRequest: isClear && canAsk,
        suspendLast: !['clear', 'clear-here'].includes(readiness.verdict.kind),
        canDryRun: roles.isRequester(person.id),
        ...watchingOf(isWatching, readiness.verdict, roles.isRequester(person.id)),
        ...draftOf(open, person, nonces),
        ...openOf(open, person),
        nonce: nonces.ofCustomer(person.id, customerId),
        isSandbox,
        ...(problem !== undefined && { problem }),
        ...(asked.notice !== undefined && { notice: asked.notice }),
        ...(from !== undefined && { from }),
      };
      return {
        card: readinessCard(view, texts),
        summary: texts.say(summaryOf(readiness, isClear), { domain: plainName(customer) }),
      };
    },
    reading({ person, customerId, texts }) {
      const customer = customerOf(customerId, undefined);
      return {
        card: readingCard(customer, nonces.ofCustomer(person.id, customerId), texts),
        summary: texts.say('readiness.summary-reading', { domain: plainName(customer) }),
      };
    },
  };
}

function summaryOf(readiness: Readiness, isClear: boolean): TextKey {
  if (isClear) return 'readiness.summary-ready';
  return isNoLongerOurs(readiness) ? 'readiness.summary-gone' : 'readiness.summary';
}

/** When something of the customer was changed last: another process may have done it, and this one has read before. */
function changedAt(record: RequestRecord | undefined): Instant {
  if (record === undefined) return '';
  const { steps, request } = record;
  const moments = steps.flatMap(({ askedAt, acceptedAt, doneAt }) => [askedAt, acceptedAt ?? '', doneAt ?? '']);
  return [...moments, request.removal?.acceptedAt ?? '', request.removal?.goneAt ?? ''].sort().at(-1) ?? '';
}

/** What can be cleared here is not waited for, unless that cannot be taken back. */
function watchingOf(isWatching: boolean, verdict: Verdict, isRequester: boolean): Pick<ReadinessView, 'watching'> {
  if (isWatching) return { watching: 'on' };
  const isHere = verdict.kind === 'clear-here' && verdict.cancellations === undefined;
  return isRequester && verdict.kind !== 'clear' && !isHere ? { watching: 'off' } : {};
}

function draftOf(open: RequestRecord | undefined, person: Person, nonces: Nonces): Pick<ReadinessView, 'draft'> {
  if (open?.request.state !== 'draft' || open.request.requester.id !== person.id) return {};
  return { draft: { requestId: open.request.id, nonce: nonces.ofRequest(person.id, open.request) } };
}

/** Why this person can change nothing for this customer now, if so. */
function barOf(open: RequestRecord | undefined, person: Person, texts: Texts): string | undefined {
  if (open === undefined) return undefined;
  const { requester, state, sendingSince } = open.request;
  if (requester.id !== person.id) return texts.say('clearing.refused-taken', { name: requester.name });
  return state === 'draft' && sendingSince === undefined ? undefined : texts.say('readiness.open-request');
}
