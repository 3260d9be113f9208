import { approvalCard, confirmApproveCard, confirmDeclineCard } from '../cards/approval-card.ts';
import { plainName } from '../cards/customer-parts.ts';
import { requestFormCard } from '../cards/request-form-card.ts';
import { movedCard, requestCard, withdrawCard } from '../cards/request-card.ts';
import type { Texts } from '../cards/texts/texts.ts';
import type { Person } from '../services/people/person.ts';
import type { Roles } from '../services/people/roles.ts';
import { barsWithdrawal, mayDecide } from '../services/requests/deciding.ts';
import type { Nonces } from '../services/requests/nonces.ts';
import type { RemovalRequests } from '../services/requests/removal-requests.ts';
import type { Headline, RequestRecord } from '../services/requests/request.ts';
import type { Shown } from './turn-facts.ts';

export interface RequestScreenParts {
  readonly roles: Roles;
  readonly nonces: Nonces;
  readonly removals: Pick<RemovalRequests, 'approversFor'>;
  readonly isSandbox: boolean;
}

export interface Said {
  readonly problem?: string;
  readonly typed?: string;
}

/** A request as each person sees it. */
export interface RequestScreen {
  ofRequester(record: RequestRecord, person: Person, texts: Texts, said?: Said): Promise<Shown>;
  ofApprover(record: RequestRecord, person: Person, texts: Texts, said?: Said): Shown;
  /** Whatever this person may see of it; `undefined` for somebody it does not concern. */
  of(record: RequestRecord, person: Person, texts: Texts, said?: Said): Promise<Shown | undefined>;
  withdraw(record: RequestRecord, person: Person, texts: Texts): Shown;
  approve(record: RequestRecord, person: Person, texts: Texts, said?: Said): Shown;
  decline(record: RequestRecord, person: Person, texts: Texts, said?: Said): Shown;
  /** What is left of a card that goes on further down. */
  moved(record: RequestRecord, texts: Texts): Shown;
  headline(record: RequestRecord, headline: Headline | undefined, texts: Texts): string;
}

export function createRequestScreen({ roles, nonces, removals, isSandbox }: RequestScreenParts): RequestScreen {
  const domainOf = ({ request }: RequestRecord) => ({ domain: plainName(request.customer) });
  const summary = (record: RequestRecord, texts: Texts): string => texts.say('request.summary', domainOf(record));
  const view = (record: RequestRecord, person: Person) => ({
    record,
    teamsId: person.teamsId,
    nonce: nonces.ofRequest(person.id, record.request),
    isSandbox,
  });

  /** What could not be sent can be mended and sent again. */
  const form = async (record: RequestRecord, person: Person, texts: Texts, problem: string): Promise<Shown> => {
    const { customer } = record.request;
    const card = requestFormCard(
      {
        customer: { ...customer, relationshipToPartner: 'reseller' },
        approvers: await removals.approversFor(person.id),
        filledIn: record.request.form ?? {},
        nonce: nonces.ofCustomer(person.id, customer.id),
        isSandbox,
        problem,
      },
      texts,
    );
    return { card, summary: texts.say('request.summary-not-sent', domainOf(record)) };
  };

  const screen: RequestScreen = {
    async ofRequester(record, person, texts, { problem } = {}) {
      const { request } = record;
      if (request.state === 'draft' && request.notSent !== undefined && request.requester.id === person.id)
        return form(record, person, texts, problem ?? texts.say(`form.fault-${request.notSent.why}`));
      return {
        card: requestCard(
          {
            ...view(record, person),
            isRequester: request.requester.id === person.id,
            canWithdraw: barsWithdrawal(request, person) === undefined,
            ...(problem !== undefined && { problem }),
          },
          texts,
        ),
        summary: summary(record, texts),
      };
    },
    ofApprover(record, person, texts, { problem } = {}) {
      const decided = decisionOf(record, person);
      return {
        card: approvalCard(
          {
            ...view(record, person),
            canDecide: decided === undefined && mayDecide(record.request, person, roles) === undefined,
            ...(decided && { decided }),
            ...(problem !== undefined && { problem }),
          },
          texts,
        ),
        summary: summary(record, texts),
      };
    },
    async of(record, person, texts, said) {
      if (record.request.requester.id === person.id) return screen.ofRequester(record, person, texts, said);
      const isConcerned = roles.isApprover(person.id) || decisionOf(record, person) !== undefined;
      if (isConcerned) return screen.ofApprover(record, person, texts, said);
      return roles.isAuditor(person.id) ? screen.ofRequester(record, person, texts, said) : undefined;
    },
    withdraw: (record, person, texts) => ({
      card: withdrawCard(
        { ...view(record, person), customerNonce: nonces.ofCustomer(person.id, record.request.customer.id) },
        texts,
      ),
      summary: summary(record, texts),
    }),
    approve: (record, person, texts, said = {}) => ({
      card: confirmApproveCard({ ...view(record, person), ...said }, texts),
      summary: summary(record, texts),
    }),
    decline: (record, person, texts, said = {}) => ({
      card: confirmDeclineCard({ ...view(record, person), ...said }, texts),
      summary: summary(record, texts),
    }),
    moved: (record, texts) => ({ card: movedCard(record, texts), summary: summary(record, texts) }),
    headline: (record, headline, texts) => {
      if (headline === undefined) return summary(record, texts);
      return headline === 'ready'
        ? texts.say('readiness.summary-ready', domainOf(record))
        : texts.say(`request.summary-${headline}`, domainOf(record));
    },
  };
  return screen;
}

function decisionOf({ request }: RequestRecord, { id }: Person): 'approved' | 'declined' | undefined {
  if (request.approvals.some(({ by }) => by.id === id)) return 'approved';
  return request.declined?.by.id === id ? 'declined' : undefined;
}
