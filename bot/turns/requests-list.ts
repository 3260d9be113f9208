import type { RequestFilter } from '../../cards/actions.ts';
import type { TabLink } from '../../cards/links.ts';
import { requestsCard } from '../../cards/requests-card.ts';
import type { Texts } from '../../cards/texts/texts.ts';
import type { Shown } from '../../dialogs/turn-facts.ts';
import { fold } from '../../services/customers/fold.ts';
import type { UserId } from '../../services/ids.ts';
import type { Person } from '../../services/people/person.ts';
import type { Roles } from '../../services/people/roles.ts';
import { isFinal } from '../../services/requests/life.ts';
import type { Nonces } from '../../services/requests/nonces.ts';
import { waitsFor } from '../../services/requests/overview/waits-for.ts';
import type { RemovalRequests } from '../../services/requests/removal-requests.ts';
import type { RequestRecord } from '../../services/requests/request.ts';

export interface RequestsListParts {
  readonly removals: Pick<RemovalRequests, 'ofPerson' | 'waitingFor'>;
  readonly roles: Roles;
  readonly nonces: Nonces;
  readonly tabLink?: TabLink;
}

/** What is listed: so many, and only what a word is found in. */
export interface Wanted {
  readonly words?: string;
  readonly most?: number;
  readonly filter?: RequestFilter | undefined;
  /** From 0; what somebody has looked for has no pages. */
  readonly page?: number | undefined;
}

/** Lists what waits for a person's decision, and what they have asked for. */
export type RequestsList = (person: Person, texts: Texts, wanted?: Wanted) => Promise<Shown>;

/** A card has room for so many requests; so many are looked through for a name. */
const SHOWN_REQUESTS = 10;
const SEARCHED_REQUESTS = 200;

export function createRequestsList({ removals, roles, nonces, tabLink }: RequestsListParts): RequestsList {
  return async ({ id }, texts, { words = '', most = SHOWN_REQUESTS, filter, page = 0 } = {}) => {
    const wanted = fold(words);
    const found = (all: readonly RequestRecord[]) =>
      all
        .filter(({ request: { customer } }) =>
          [customer.companyName, customer.domain, customer.id].some((name) => fold(name).includes(wanted)),
        )
        .map((record) => ({ record, nonce: nonces.ofRequest(id, record.request) }));
    const mayDecide = roles.standing('approver', id) === 'held';
    const mayAsk = roles.standing('requester', id) === 'held';
    const isPaged = wanted === '' && most === SHOWN_REQUESTS;
    const from = isPaged ? page * most : 0;
    const until = from + most;
    const isAll = wanted === '' && filter === undefined;
    // One more than is shown tells whether there are more.
    const ofThem = await removals.ofPerson(id, isAll ? until + 1 : SEARCHED_REQUESTS);
    const all = found(ofThem.filter((record) => isIn(filter, record, id)));
    const own = all.slice(from, until);
    const asked = mayDecide && filter !== 'ended' ? found(await removals.waitingFor(id)) : undefined;
    const waiting = asked?.filter(({ record }) => record.request.state === 'pending');
    const signIns = asked?.filter(({ record }) => record.request.state !== 'pending');
    const shownOf = (rows: typeof all) => (isPaged ? rows.slice(from, until) : rows);
    const hasMore = [all, waiting ?? [], signIns ?? []].some(({ length }) => length > until);
    const tabUrl = tabLink?.();
    const view = {
      ...(tabUrl && { tabUrl }),
      ...(waiting && { waiting: shownOf(waiting) }),
      ...(signIns && { signIns: shownOf(signIns) }),
      ...((mayAsk || own.length > 0 || asked === undefined) && { requests: own }),
      ...(wanted !== '' && { words }),
      ...(filter && { filter }),
      ...(isPaged && { page: { at: page, hasMore } }),
    };
    return { card: requestsCard(view, texts), summary: texts.say('requests.summary') };
  };

  function isIn(filter: RequestFilter | undefined, record: RequestRecord, person: UserId): boolean {
    switch (filter) {
      case undefined:
        return true;
      case 'open':
        return !isFinal(record.request.state);
      case 'ended':
        return isFinal(record.request.state);
      case 'waiting':
        return waitsFor(record, person, roles);
    }
  }
}
