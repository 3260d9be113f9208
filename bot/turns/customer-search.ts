import { z } from 'zod';
import { CUSTOMER_DATASET } from '../../cards/customer-picker-card.ts';
import type { Texts } from '../../cards/texts/texts.ts';
import type { Refusals } from '../../services/audit/refusals.ts';
import type { Directory, DirectoryState } from '../../services/customers/directory.ts';
import { PartnerCenterError } from '../../services/partner-center/partner-center.ts';
import type { Person } from '../../services/people/person.ts';
import type { Roles } from '../../services/people/roles.ts';

const Search = z.looseObject({ queryText: z.string(), dataset: z.string() });

/** Teams shows no more. */
const MOST_RESULTS = 15;
const LONGEST_QUERY = 100;

export interface SearchAnswer {
  readonly statusCode: 200;
  readonly type: 'application/vnd.microsoft.search.searchResponse';
  readonly value: { readonly results: readonly { readonly title: string; readonly value: string }[] };
}

export interface CustomerSearchParts {
  readonly directory: Directory;
  readonly roles: Roles;
  readonly refusals: Pick<Refusals, 'note'>;
}

/**
 * Answers an invoke `application/search`: customers while somebody types, from the directory alone. Where that is
 * not complete and knows nobody, it says so, since nobody shown would look like nobody there; choosing that line
 * searches Partner Center for the words.
 */
export function createCustomerSearch({ directory, roles, refusals }: CustomerSearchParts) {
  return (value: unknown, person: Person, texts: Texts): SearchAnswer => {
    const search = Search.safeParse(value).data;
    const standing = roles.standing('requester', person.id);
    const isRequester = standing === 'held';
    const isAllowed = search?.dataset === CUSTOMER_DATASET && isRequester;
    // Never rejects, and nobody waits for it: people type.
    if (standing === 'not-held') void refusals.note(person.id, { what: 'search', why: 'not-a-requester' });
    const words = search?.queryText.slice(0, LONGEST_QUERY) ?? '';
    const { matches } = isAllowed ? directory.search(words, MOST_RESULTS) : { matches: [] };
    const unknown =
      standing === 'unread'
        ? texts.say('fault.roles-unread')
        : isAllowed && matches.length === 0
          ? whyUnknown(directory.state(), texts)
          : undefined;
    return {
      statusCode: 200,
      type: 'application/vnd.microsoft.search.searchResponse',
      value: {
        results:
          unknown === undefined
            ? matches.map(({ id, companyName, domain }) => ({ title: `${companyName} (${domain})`, value: id }))
            : [{ title: unknown, value: words }],
      },
    };
  };
}

function whyUnknown(state: DirectoryState, texts: Texts): string | undefined {
  switch (state.kind) {
    case 'ready':
      return undefined;
    case 'loading':
      return texts.say('pick.loading', { known: state.known });
    case 'failed':
      return [
        texts.say('pick.failed'),
        ...(state.error instanceof PartnerCenterError
          ? [texts.say('fault.reference', { id: state.error.ids.correlationId })]
          : []),
      ].join(' ');
  }
}

export type CustomerSearch = ReturnType<typeof createCustomerSearch>;
