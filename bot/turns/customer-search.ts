import { z } from 'zod';
import { CUSTOMER_DATASET } from '../../cards/customer-picker-card.ts';
import type { Directory } from '../../services/customers/directory.ts';
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

/** Answers an invoke `application/search`: customers while somebody types, from the directory alone. */
export function createCustomerSearch({ directory, roles }: { readonly directory: Directory; readonly roles: Roles }) {
  return (value: unknown, person: Person): SearchAnswer => {
    const search = Search.safeParse(value).data;
    const isAllowed = search?.dataset === CUSTOMER_DATASET && roles.isRequester(person.id);
    const words = search?.queryText.slice(0, LONGEST_QUERY) ?? '';
    const { matches } = isAllowed ? directory.search(words, MOST_RESULTS) : { matches: [] };
    return {
      statusCode: 200,
      type: 'application/vnd.microsoft.search.searchResponse',
      value: {
        results: matches.map(({ id, companyName, domain }) => ({ title: `${companyName} (${domain})`, value: id })),
      },
    };
  };
}

export type CustomerSearch = ReturnType<typeof createCustomerSearch>;
