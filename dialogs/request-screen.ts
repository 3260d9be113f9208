import { approvalCard, confirmApproveCard, confirmDeclineCard } from '../cards/approval-card.ts';
import { plainName } from '../cards/customer-parts.ts';
import { escalationCard } from '../cards/escalation-card.ts';
import { requestFormCard } from '../cards/request-form-card.ts';
import { movedCard, removeNowCard, requestCard, withdrawCard } from '../cards/request-card.ts';
import { passCard } from '../cards/pass-card.ts';
import { confirmStepCard, confirmTitle } from '../cards/confirm-step-card.ts';
import type { Texts } from '../cards/texts/texts.ts';
import { undoCard } from '../cards/undo-card.ts';
import { undoSummary } from '../cards/undo-part.ts';
import type { Person, PersonRef } from '../services/people/person.ts';
import type { Roles } from '../services/people/roles.ts';
import { barsWithdrawal } from '../services/requests/deciding.ts';
import { barsExecution, mayDecide, passedFrom } from '../services/requests/who-may.ts';
import { waitsForPerson } from '../services/requests/carrying-out.ts';
import { undoOf, type UndoItem } from '../services/requests/giving-back.ts';
import type { Nonces } from '../services/requests/nonces.ts';
import { barsPassing, passedTo, undecided } from '../services/requests/passing.ts';
import type { RemovalRequests } from '../services/requests/removal-requests.ts';
import type { Headline, RequestRecord } from '../services/requests/request.ts';
import { naming } from './named-nonce.ts';
import type { Shown } from './turn-facts.ts';

export interface RequestScreenParts {
  readonly roles: Roles;
  readonly nonces: Nonces;
  readonly removals: Pick<RemovalRequests, 'approversFor' | 'undoOf'>;
  readonly isSandbox: boolean;
}

export interface Said {
  readonly problem?: string;
  /** What is under way, where nothing has come of it yet. */
  readonly notice?: string;
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
  /** Asks the requester whether it is to be carried out now. */
  remove(record: RequestRecord, person: Person, texts: Texts): Shown;
  decline(record: RequestRecord, person: Person, texts: Texts, said?: Said): Shown;
  /** Asks who is to decide instead of whom. */
  pass(record: RequestRecord, others: readonly PersonRef[], person: Person, texts: Texts, said?: Said): Shown;
  /** Asks whether this is to be given back; all of what is named at once, or one. */
  reactivate(
    record: RequestRecord,
    items: readonly UndoItem[],
    person: Person,
    texts: Texts,
    options: { readonly all: boolean },
  ): Shown;
  /** What is still suspended, for whoever is told besides the requester. */
  undone(record: RequestRecord, texts: Texts): Promise<Shown>;
  /** Who waits for whom, for whoever is told besides them. */
  escalated(record: RequestRecord, texts: Texts): Shown;
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

  /** What is void or has run out can be asked for anew: that is another request, which names this one. */
  const canAskAgain = ({ state, voided, requester }: RequestRecord['request'], { id }: Person): boolean =>
    requester.id === id &&
    roles.isRequester(id) &&
    (state === 'expired' || (state === 'void' && voided?.why !== 'gone' && voided?.why !== 'restored-gone'));

  /** What could not be sent can be mended and sent again. */
  const form = async (record: RequestRecord, person: Person, texts: Texts, problem: string): Promise<Shown> => {
    const { customer, form: filledIn } = record.request;
    const card = requestFormCard(
      {
        customer: { ...customer, relationshipToPartner: 'reseller' },
        approvers: await removals.approversFor(person.id),
        filledIn: filledIn ?? {},
        // It may be taken off, whatever could not be read.
        ...(filledIn?.endDelegatedAdmin !== undefined && { delegatedAdmin: { kind: 'live', names: [] } }),
        nonce: nonces.ofCustomer(person.id, customer.id),
        isSandbox,
        problem,
      },
      texts,
    );
    return { card, summary: texts.say('request.summary-not-sent', domainOf(record)) };
  };

  /** What it waits for, where this person may carry it out. */
  const waitsForMe = (request: RequestRecord['request'], person: Person) =>
    barsExecution(request, person, roles) === undefined ? waitsForPerson(request) : undefined;

  const screen: RequestScreen = {
    async ofRequester(record, person, texts, { problem, notice } = {}) {
      const { request } = record;
      if (request.state === 'draft' && request.notSent !== undefined && request.requester.id === person.id)
        return form(record, person, texts, problem ?? texts.say(`form.fault-${request.notSent.why}`));
      const undo = await removals.undoOf(record);
      const mine = waitsForMe(request, person);
      return {
        card: requestCard(
          {
            ...view(record, person),
            isRequester: request.requester.id === person.id,
            ...(canAskAgain(request, person) && {
              askAgain: { customerNonce: nonces.ofCustomer(person.id, request.customer.id) },
            }),
            canPass: request.requester.id === person.id && barsPassing(request, person, roles) === undefined,
            canWithdraw: barsWithdrawal(request, person) === undefined,
            ...(mine && { waitsForMe: mine }),
            canGiveBack: request.requester.id === person.id && roles.isRequester(person.id),
            ...(undo && { undo }),
            ...(problem !== undefined && { problem }),
            ...(notice !== undefined && { notice }),
          },
          texts,
        ),
        summary: summary(record, texts),
      };
    },
    ofApprover(record, person, texts, { problem, notice } = {}) {
      const { request } = record;
      const decided = decisionOf(record, person);
      const from = decided === undefined ? passedFrom(request, person, roles) : undefined;
      const to = decided === undefined ? passedTo(request, person) : undefined;
      return {
        card: approvalCard(
          {
            ...view(record, person),
            canSignIn: waitsForMe(request, person) === 'sign-in',
            canPass: barsPassing(request, person, roles) === undefined,
            ...(from && { passedFrom: from }),
            ...(to && { passedTo: to }),
            canDecide: decided === undefined && mayDecide(request, person, roles) === undefined,
            ...(decided && { decided }),
            ...(problem !== undefined && { problem }),
            ...(notice !== undefined && { notice }),
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
    remove: (record, person, texts) => ({
      card: removeNowCard(view(record, person), texts),
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
    pass(record, others, person, texts, { problem, typed } = {}) {
      const isOwn = record.request.requester.id === person.id;
      const asked = {
        ...view(record, person),
        others,
        asked: isOwn ? undecided(record.request, roles) : [],
        ...(typed !== undefined && { chosen: typed }),
        ...(problem !== undefined && { problem }),
      };
      return { card: passCard(asked, texts), summary: summary(record, texts) };
    },
    reactivate(record, items, person, texts, { all }) {
      const { nonce } = view(record, person);
      const { customer, id, state } = record.request;
      const offers = items.map(({ holdingId, class: holdingClass, name, quantity }) => ({
        ...{ action: 'reactivate' as const, holdingId, class: holdingClass, name, quantity, clears: false },
      }));
      const ids = items.map(({ holdingId }) => holdingId);
      const asked = {
        customer: { ...customer, relationshipToPartner: 'reseller' },
        ...{ action: 'reactivate' as const, offers, all, isSandbox },
        addOnsBack: items.flatMap(({ addOns }) => addOns.map(({ name }) => name)),
        nonce: naming(nonce, ids),
        ofRequest: { id, isBlocked: state === 'blocked' },
      };
      return { card: confirmStepCard(asked, texts), summary: confirmTitle(asked, texts) };
    },
    async undone(record, texts) {
      const undo = (await removals.undoOf(record)) ?? { items: [], isUnderWay: false, isOvertaken: false };
      const summary = undoSummary(plainName(record.request.customer), undo, texts);
      return { card: undoCard({ record, undo, isSandbox }, texts), summary };
    },
    escalated: (record, texts) => ({
      card: escalationCard({ record, isSandbox }, texts),
      summary: summary(record, texts),
    }),
    moved: (record, texts) => ({ card: movedCard(record, texts), summary: summary(record, texts) }),
    headline: (record, headline, texts) => {
      if (headline === undefined) return summary(record, texts);
      if (headline === 'ready') return texts.say('readiness.summary-ready', domainOf(record));
      return headline === 'still-suspended'
        ? undoSummary(plainName(record.request.customer), undoOf(record), texts)
        : texts.say(`request.summary-${headline}`, domainOf(record));
    },
  };
  return screen;
}

function decisionOf({ request }: RequestRecord, { id }: Person): 'approved' | 'declined' | undefined {
  if (request.approvals.some(({ by }) => by.id === id)) return 'approved';
  return request.declined?.by.id === id ? 'declined' : undefined;
}
