import type { TabLink } from '../cards/links.ts';
import { approvalCard, confirmApproveCard, confirmDeclineCard } from '../cards/approval-card.ts';
import { cancellationFormCard } from '../cards/cancellation-form-card.ts';
import { closeCard } from '../cards/close-card.ts';
import { plainName } from '../cards/customer-parts.ts';
import { customerNoticeCard } from '../cards/customer-notice-card.ts';
import type { FormProblem } from '../cards/form-inputs.ts';
import { escalationCard } from '../cards/escalation-card.ts';
import { receiptPaper, type Paper } from '../cards/receipt-paper.ts';
import { requestFormCard } from '../cards/request-form-card.ts';
import { requestListCard } from '../cards/request-list-card.ts';
import { movedCard, removeNowCard, requestCard, withdrawCard } from '../cards/request-card.ts';
import { passCard } from '../cards/pass-card.ts';
import { confirmStepCard, confirmTitle } from '../cards/confirm-step-card.ts';
import type { TextKey } from '../cards/texts/en.ts';
import { someNames } from '../cards/some-names.ts';
import { textsFor, type Language, type Texts } from '../cards/texts/texts.ts';
import { undoCard } from '../cards/undo-card.ts';
import { undoSummary } from '../cards/undo-part.ts';
import { dataDeletion } from '../services/requests/following-up/data-deletion.ts';
import type { Person, PersonRef } from '../services/people/person.ts';
import { offering, type Roles } from '../services/people/roles.ts';
import { standingOfCancellation } from '../services/requests/cancelling/cancellation.ts';
import { barsClosing } from '../services/requests/removing/closing.ts';
import { barsWithdrawal } from '../services/requests/deciding/deciding.ts';
import { barsExecution, mayDecide, passedFrom } from '../services/requests/who-may.ts';
import { waitsForPerson } from '../services/requests/removing/carrying-out.ts';
import { hasNotice } from '../services/requests/following-up/customer-notice.ts';
import { openPointsOf } from '../services/requests/following-up/open-points.ts';
import { barsTicking } from '../services/requests/following-up/ticking.ts';
import { namedIn, undoOf, type UndoItem } from '../services/requests/giving-back/giving-back.ts';
import type { Nonces } from '../services/requests/nonces.ts';
import { barsPassing, othersToAsk, passedTo, undecided } from '../services/requests/deciding/passing.ts';
import type { RemovalRequests } from '../services/requests/removal-requests.ts';
import type { NotSent, RequestRecord } from '../services/requests/request.ts';
import type { Headline } from '../services/requests/card-slots.ts';
import { confirming, naming } from './named-nonce.ts';
import type { Shown } from './turn-facts.ts';

export interface RequestScreenParts {
  readonly roles: Roles;
  readonly nonces: Nonces;
  readonly removals: Pick<RemovalRequests, 'approversFor' | 'undoOf'>;
  readonly isSandbox: boolean;
  readonly tabLink?: TabLink;
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
  /** Everything it is about, from this line on; `undefined` for somebody it does not concern. */
  listed(record: RequestRecord, person: Person, texts: Texts, from: number): Shown | undefined;
  /**
   * A text for the customer, in this language, or in theirs as far as it is known; `undefined` where there is none, or this
   * person sees nothing of it.
   */
  notice(record: RequestRecord, person: Person, texts: Texts, language?: Language): Shown | undefined;
  /** The receipt to be filed; `undefined` where there is none, or this person sees nothing of it. */
  paper(record: RequestRecord, person: Person, texts: Texts): Paper | undefined;
  withdraw(record: RequestRecord, person: Person, texts: Texts): Shown;
  approve(record: RequestRecord, person: Person, texts: Texts, said?: Said): Shown;
  /** Asks the requester whether it is to be carried out now. */
  remove(record: RequestRecord, person: Person, texts: Texts): Shown;
  decline(record: RequestRecord, person: Person, texts: Texts, said?: Said): Shown;
  /** Asks an auditor what they have found out. */
  close(record: RequestRecord, person: Person, texts: Texts, said?: Said): Shown;
  /** Asks who is to decide instead of whom. */
  pass(record: RequestRecord, others: readonly PersonRef[], person: Person, texts: Texts, said?: Said): Shown;
  /** Asks whether this is to be given back; all of what is named at once, or one. */
  reactivate(
    record: RequestRecord,
    items: readonly UndoItem[],
    person: Person,
    texts: Texts,
    options: { readonly all: boolean; readonly page?: number; readonly problem?: string },
  ): Shown;
  /** What is still suspended, for whoever is told besides the requester. */
  undone(record: RequestRecord, texts: Texts): Promise<Shown>;
  /** Who waits for whom, for whoever is told besides them. */
  escalated(record: RequestRecord, texts: Texts): Shown;
  /** What is left of a card that goes on further down. */
  moved(record: RequestRecord, where: 'below' | 'elsewhere', texts: Texts): Shown;
  headline(record: RequestRecord, headline: Headline | undefined, texts: Texts): string;
}

export function createRequestScreen({
  roles: held,
  nonces,
  removals,
  isSandbox,
  tabLink,
}: RequestScreenParts): RequestScreen {
  /** For what a card offers; who is shown what is by the roles themselves. */
  const roles = offering(held);
  const domainOf = ({ request }: RequestRecord) => ({ domain: plainName(request.customer) });
  const summary = (record: RequestRecord, texts: Texts): string =>
    texts.say(`${areaOf(record)}.summary`, domainOf(record));
  const standing = (record: RequestRecord) => {
    const cancellation = standingOfCancellation(record);
    return cancellation === undefined ? {} : { cancellation };
  };
  const view = (record: RequestRecord, person: Person) => {
    const timeLineUrl = record.request.state === 'done' ? tabLink?.(record.request.id) : undefined;
    return {
      record,
      teamsId: person.teamsId,
      nonce: nonces.ofRequest(person.id, record.request),
      isSandbox,
      openPoints: openPointsOf(record),
      canTick: barsTicking(record.request, person, roles) === undefined,
      hasNotice: hasNotice(record.request),
      hasPaper: record.request.state === 'done',
      ...(timeLineUrl && { timeLineUrl }),
      ...standing(record),
    };
  };

  /** What is void or has run out can be asked for anew: that is another request, which names this one. */
  const canAskAgain = ({ state, voided, requester }: RequestRecord['request'], { id }: Person): boolean =>
    requester.id === id &&
    roles.isRequester(id) &&
    (state === 'expired' || (state === 'void' && voided?.why !== 'gone' && voided?.why !== 'restored-gone'));

  /** What could not be sent can be mended and sent again. */
  const form = async (record: RequestRecord, person: Person, texts: Texts, problem: FormProblem): Promise<Shown> => {
    const { customer, kind, cancels = [], form: filledIn } = record.request;
    const asked = {
      customer: { ...customer, relationshipToPartner: 'reseller' },
      approvers: await removals.approversFor(person.id),
      filledIn: filledIn ?? {},
      nonce: nonces.ofCustomer(person.id, customer.id),
      isSandbox,
      problems: [problem],
    };
    const summary = texts.say(`${areaOf(record)}.summary-not-sent`, domainOf(record));
    if (kind === 'cancellation') {
      const chosen = cancels.map(({ holdingId }) => holdingId);
      return { card: cancellationFormCard({ ...asked, cancels, chosen }, texts), summary };
    }
    // It may be taken off, whatever could not be read.
    const delegatedAdmin = filledIn?.endDelegatedAdmin !== undefined && {
      delegatedAdmin: { kind: 'live' as const, names: [] },
    };
    return { card: requestFormCard({ ...asked, ...delegatedAdmin }, texts), summary };
  };

  /** Whether this person may have somebody else asked, and there is somebody, whether a card can reach them or not. */
  const canPass = (request: RequestRecord['request'], person: Person): boolean =>
    barsPassing(request, person, roles) === undefined && othersToAsk(request, roles).length > 0;

  /** What it waits for, where this person may carry it out. */
  const waitsForMe = (request: RequestRecord['request'], person: Person) =>
    barsExecution(request, person, roles) === undefined ? waitsForPerson(request) : undefined;

  /** As what this person may see it, if at all. */
  const sideOf = (record: RequestRecord, person: Person): 'requester' | 'approver' | 'auditor' | undefined => {
    if (record.request.requester.id === person.id) return 'requester';
    if (held.isApprover(person.id) || decisionOf(record, person) !== undefined) return 'approver';
    return held.isAuditor(person.id) ? 'auditor' : undefined;
  };

  const screen: RequestScreen = {
    async ofRequester(record, person, texts, { problem, notice } = {}) {
      const { request } = record;
      if (request.state === 'draft' && request.notSent !== undefined && request.requester.id === person.id)
        return form(
          record,
          person,
          texts,
          problem === undefined ? notSentProblem(request.notSent, texts) : { text: problem },
        );
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
            canClose: barsClosing(record, person, roles) === undefined,
            canPass: request.requester.id === person.id && canPass(request, person),
            canWithdraw: barsWithdrawal(request, person, roles) === undefined,
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
            canClose: barsClosing(record, person, roles) === undefined,
            canSignIn: waitsForMe(request, person) === 'sign-in',
            canPass: canPass(request, person),
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
      switch (sideOf(record, person)) {
        case 'requester':
        case 'auditor':
          return screen.ofRequester(record, person, texts, said);
        case 'approver':
          return screen.ofApprover(record, person, texts, said);
        case undefined:
          return undefined;
      }
    },
    notice(record, person, texts, language) {
      if (sideOf(record, person) === undefined || !hasNotice(record.request)) return undefined;
      const wording = textsFor(language ?? record.request.plan?.customerLocale ?? '', texts.language);
      const { nonce, openPoints } = view(record, person);
      return {
        card: customerNoticeCard({ record, openPoints, deletion: dataDeletion(record), nonce, wording }, texts),
        summary: summary(record, texts),
      };
    },
    paper(record, person, texts) {
      if (sideOf(record, person) === undefined || record.request.state !== 'done') return undefined;
      const { openPoints } = view(record, person);
      return receiptPaper({ record, openPoints, isSandbox, ...standing(record) }, texts);
    },
    listed(record, person, texts, from) {
      if (sideOf(record, person) === undefined) return undefined;
      return {
        card: requestListCard({ ...view(record, person), from }, texts),
        summary: summary(record, texts),
      };
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
    close: (record, person, texts, said = {}) => ({
      card: closeCard({ ...view(record, person), ...said }, texts),
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
    reactivate(record, items, person, texts, { all, page = 0, problem }) {
      const { nonce } = view(record, person);
      const { customer, id, state } = record.request;
      const offers = items.map(({ holdingId, class: holdingClass, name, quantity }) => ({
        ...{ action: 'reactivate' as const, holdingId, class: holdingClass, name, quantity, clears: false },
      }));
      const names = namedIn(items);
      const asked = {
        customer: { ...customer, relationshipToPartner: 'reseller' },
        ...{ action: 'reactivate' as const, offers, all, page, isSandbox },
        ...(problem !== undefined && { problem }),
        addOnsBack: items.flatMap(({ addOns }) => addOns.map(({ name }) => name)),
        ...{ nonce: naming(nonce, names), yesNonce: confirming(nonce, names) },
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
      card: escalationCard({ record, isSandbox, ...standing(record) }, texts),
      summary: summary(record, texts),
    }),
    moved: (record, where, texts) => ({ card: movedCard(record, where, texts), summary: summary(record, texts) }),
    headline: (record, headline, texts) => {
      if (headline === undefined || headline === 'opened') return summary(record, texts);
      if (headline === 'ready') return texts.say('readiness.summary-ready', domainOf(record));
      return headline === 'still-suspended'
        ? undoSummary(plainName(record.request.customer), undoOf(record), texts)
        : texts.say(headlineKey(record, headline), domainOf(record));
    },
  };
  return screen;
}

const areaOf = ({ request }: RequestRecord): 'request' | 'cancellation' =>
  request.kind === 'removal' ? 'request' : 'cancellation';

type OfRequest = Exclude<Headline, 'ready' | 'still-suspended' | 'opened'>;

/** What a new card's toast says, in the words of its kind; each kind ends in its own way. */
function headlineKey(record: RequestRecord, headline: OfRequest): TextKey {
  if (headline === 'removed' || headline === 'delegated-admin-open' || headline === 'sign-in')
    return `request.summary-${headline}`;
  if (headline === 'cancelled') return 'cancellation.summary-cancelled';
  return `${areaOf(record)}.summary-${headline}`;
}

/** Beside the field that it is about, where it is about one. */
const notSentProblem = (notSent: NotSent, texts: Texts): FormProblem => ({
  ...(notSent.why === 'wrong-domain' && { field: 'domain' as const }),
  text: notSentText(notSent, texts),
});

/** Why what was handed in was not sent, in a sentence, naming what it is about where it is not all. */
function notSentText({ why, names = [] }: NotSent, texts: Texts): string {
  const named = { names: someNames(names, SHOWN_NAMES, texts) };
  switch (why) {
    case 'not-cancellable':
      return names.length === 0
        ? texts.say('cancellation.fault-not-cancellable')
        : texts.say('cancellation.fault-changed', named);
    case 'no-time':
      return texts.say('cancellation.fault-no-time', named);
    default:
      return texts.say(`form.fault-${why}`);
  }
}
const SHOWN_NAMES = 5;

function decisionOf({ request }: RequestRecord, { id }: Person): 'approved' | 'declined' | undefined {
  if (request.approvals.some(({ by }) => by.id === id)) return 'approved';
  return request.declined?.by.id === id ? 'declined' : undefined;
}
