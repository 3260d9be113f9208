import { plainStateText } from '../../cards/requests-card.ts';
import type { Texts } from '../../cards/texts/texts.ts';
import type { Instant } from '../../services/clock.ts';
import { STATES, type StateName } from '../../services/requests/life.ts';
import type { Wait } from '../../services/requests/overview/wait.ts';
import type { RequestSummary } from '../../services/requests/overview/request-summary.ts';

/** How something looks: a colour of the page. */
export type Tone = 'good' | 'attention' | 'running' | 'over';

/** What the page shows of a request in a list. Names are foreign text. */
export interface RequestRow {
  readonly id: string;
  readonly customer: CustomerView;
  readonly state: string;
  readonly tone: Tone;
  readonly requester: string;
  readonly opened: Instant;
  readonly since: Instant;
  readonly wait?: WaitView;
}

export interface CustomerView {
  readonly name: string;
  readonly domain: string;
  readonly id: string;
}

export interface WaitView {
  readonly what: string;
  readonly people: readonly string[];
  readonly since: Instant;
  readonly until?: Instant;
}

export function requestRow(summary: RequestSummary, texts: Texts): RequestRow {
  const { id, customer, state, requester, openedAt, stateSince, wait } = summary;
  return {
    id,
    customer: customerView(customer),
    state: plainStateText(summary, texts),
    tone: toneOf(state),
    requester: requester.name,
    opened: openedAt,
    since: stateSince,
    ...(wait && { wait: waitView(wait, texts) }),
  };
}

/** Two customers of one name are told apart by domain and tenant id. */
export const customerView = ({ id, companyName, domain }: RequestSummary['customer']): CustomerView => ({
  name: companyName === '' ? domain || id : companyName,
  domain,
  id,
});

export const waitView = ({ kind, people, since, until }: Wait, texts: Texts): WaitView => ({
  what: texts.say(`tab.wait-${kind}`),
  people: people.map(({ name }) => name),
  since,
  ...(until !== undefined && { until }),
});

export function toneOf(state: StateName): Tone {
  switch (state) {
    case 'done':
      return 'good';
    case 'unknown':
    case 'blocked':
      return 'attention';
    case 'draft':
    case 'pending':
    case 'approved':
    case 'executing':
    case 'verifying':
      return 'running';
    case 'declined':
    case 'withdrawn':
    case 'expired':
    case 'void':
    case 'abandoned':
    case 'closed':
      return 'over';
  }
}

/** How many requests are in each state, in the order of a request's life; a cancellation removes nobody, and is counted by itself. */
export function stateCounts(
  summaries: readonly Pick<RequestSummary, 'kind' | 'state'>[],
  texts: Texts,
): readonly { readonly label: string; readonly tone: Tone; readonly count: number }[] {
  return KINDS.flatMap((kind) => {
    const counts = Map.groupBy(
      summaries.filter((one) => one.kind === kind),
      ({ state }) => state,
    );
    return STATES.flatMap((state) => {
      const count = counts.get(state)?.length ?? 0;
      return count === 0 ? [] : [{ label: plainStateText({ kind, state }, texts), tone: toneOf(state), count }];
    });
  });
}
const KINDS = ['removal', 'cancellation'] as const;

/** So many requests that wait are shown. */
const MOST_WAITING = 100;

/** What waits for whom: what has waited for longest comes first. */
export function waitingView(summaries: readonly RequestSummary[], texts: Texts) {
  const waiting = summaries
    .filter((summary) => summary.wait !== undefined)
    .sort((a, b) => ((a.wait?.since ?? '') < (b.wait?.since ?? '') ? -1 : 1));
  const people = Map.groupBy(
    waiting.flatMap(({ wait }) => wait?.people ?? []),
    ({ id }) => id,
  );
  return {
    rows: waiting.slice(0, MOST_WAITING).map((summary) => requestRow(summary, texts)),
    more: Math.max(0, waiting.length - MOST_WAITING),
    people: [...people.values()]
      .map((same) => ({ name: same[0]?.name ?? '', count: same.length }))
      .sort((a, b) => b.count - a.count || a.name.localeCompare(b.name)),
  };
}
