import { requestsCard } from '../../cards/requests-card.ts';
import type { Texts } from '../../cards/texts/texts.ts';
import type { Shown } from '../../dialogs/turn-facts.ts';
import { fold } from '../../services/customers/fold.ts';
import type { Person } from '../../services/people/person.ts';
import type { Roles } from '../../services/people/roles.ts';
import type { Nonces } from '../../services/requests/nonces.ts';
import type { RemovalRequests } from '../../services/requests/removal-requests.ts';
import type { RequestRecord } from '../../services/requests/request.ts';

export interface RequestsListParts {
  readonly removals: Pick<RemovalRequests, 'ofPerson' | 'waitingFor'>;
  readonly roles: Roles;
  readonly nonces: Nonces;
}

/** What is listed: so many, and only what a word is found in. */
export interface Wanted {
  readonly words?: string;
  readonly most?: number;
  /** From 0; all of them together have no words. */
  readonly page?: number | undefined;
}

/** Lists what waits for a person's decision, and what they have asked for. */
export type RequestsList = (person: Person, texts: Texts, wanted?: Wanted) => Promise<Shown>;

/** A card has room for so many requests; so many are looked through for a name. */
const SHOWN_REQUESTS = 10;
const SEARCHED_REQUESTS = 200;

export function createRequestsList({ removals, roles, nonces }: RequestsListParts): RequestsList {
  return async ({ id }, texts, { words = '', most = SHOWN_REQUESTS, page = 0 } = {}) => {
    const wanted = fold(words);
    const found = (all: readonly RequestRecord[]) =>
      all
        .filter(({ request: { customer } }) =>
          [customer.companyName, customer.domain, customer.id].some((name) => fold(name).includes(wanted)),
        )
        .map((record) => ({ record, nonce: nonces.ofRequest(id, record.request) }));
    const mayDecide = roles.standing('approver', id) === 'held';
    const mayAsk = roles.standing('requester', id) === 'held';
    // What somebody has looked for is a list of its own, and has no pages.
    const isPaged = wanted === '' && most === SHOWN_REQUESTS;
    const from = isPaged ? page * most : 0;
    const until = from + most;
    // One more than is shown tells whether there are more.
    const all = found(await removals.ofPerson(id, wanted === '' ? until + 1 : SEARCHED_REQUESTS));
    const waiting = mayDecide ? found(await removals.waitingFor(id)) : [];
    const own = all.slice(from, until);
    const view = {
      ...(mayDecide && { waiting: isPaged ? waiting.slice(from, until) : waiting }),
      ...((mayAsk || own.length > 0 || !mayDecide) && { requests: own }),
      ...(wanted !== '' && { words }),
      ...(isPaged && { page: { at: page, hasMore: Math.max(all.length, waiting.length) > until } }),
    };
    return { card: requestsCard(view, texts), summary: texts.say('requests.summary') };
  };
}
