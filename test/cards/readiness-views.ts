import type { ReadinessView } from '../../cards/readiness-card.ts';
import type { SourceName } from '../../services/readiness/holdings.ts';
import type {
  HoldingClass,
  HoldingLine,
  Offer,
  Line,
  Readiness,
  Remedy,
  Verdict,
} from '../../services/readiness/readiness.ts';
import { isNoLongerOurs } from '../../services/readiness/relationship.ts';
import { asPerson, type PartnerCenterFault } from '../../services/partner-center/partner-center.ts';
import type { ClearingStep } from '../../services/requests/clearing/clearing-step.ts';
import type { ForeignTexts } from './foreign-texts.ts';

export const CUSTOMER_ID = '1f6c2a4e-0b7d-4c19-8a35-5d2e9f7b4c10';
export const REQUEST_ID = '7d0e5b92-3c4a-4f68-b1d7-2a9c8e6f0b35';
export const CORRELATION_ID = '4b7e1d9c-6a2f-4803-9c5e-8d1f3a7b2e64';
export const NONCE = 'q2mZt0xYw9aBcDeFgHiJkL';
export const IDS = { requestId: '0c9d8e7f-1a2b-4c3d-8e5f-6a7b8c9d0e1f', correlationId: CORRELATION_ID };
export const TERM_END = '2031-05-06T23:59:59.000Z';
export const READ_AT = '2031-03-09T07:05:06.789Z';

export const customerOf = ({ name, domain }: ForeignTexts) => ({
  id: CUSTOMER_ID,
  companyName: name,
  domain,
  relationshipToPartner: 'reseller',
});

/** A GUID for the nth of something. */
export const guidNumber = (n: number): string => `5e1f0a00-0000-4000-8000-${String(n).padStart(12, '0')}`;

export const SUSPEND: Remedy = { kind: 'suspend' };
const WITH_PARENT = (parentName: string): Remedy => ({ kind: 'with-parent', parentId: guidNumber(1), parentName });
const CANCEL: Remedy = { kind: 'cancel', until: TERM_END, by: 'subscription' };
const WAIT: Remedy = { kind: 'wait', until: TERM_END, billingEnds: true };
const WAIT_BILLING: Remedy = { kind: 'wait', until: TERM_END, billingEnds: false };

export function holdingLine(
  { name, status }: Pick<ForeignTexts, 'name' | 'status'>,
  line: Partial<Omit<HoldingLine, 'kind'>> = {},
): HoldingLine {
  return {
    group: 'blocks',
    kind: 'holding',
    holdingId: guidNumber(1),
    class: 'legacy-licence',
    name,
    quantity: 10,
    status,
    remedies: [SUSPEND],
    ...line,
  };
}

/** What each class of holding looks like when it stands in the way. */
const REMEDIES: Readonly<Record<HoldingClass, (name: string) => readonly Remedy[]>> = {
  'legacy-licence': () => [SUSPEND],
  'legacy-add-on': (name) => [WITH_PARENT(name)],
  'legacy-azure': () => [SUSPEND],
  'new-commerce-licence': () => [CANCEL, { kind: 'transfer' }, WAIT_BILLING],
  'new-commerce-trial': () => [WAIT],
  'software-subscription': () => [WAIT, { kind: 'support' }],
  'perpetual-software': () => [{ kind: 'support' }],
  marketplace: () => [CANCEL, WAIT],
  'azure-plan': () => [{ kind: 'elsewhere', where: 'azure-portal' }],
  'savings-plan': () => [{ kind: 'elsewhere', where: 'azure-portal' }, WAIT_BILLING, { kind: 'support' }],
  reservation: () => [{ kind: 'elsewhere', where: 'partner-center' }],
  unknown: () => [{ kind: 'support' }],
};
export const CLASSES = Object.keys(REMEDIES) as readonly HoldingClass[];
export const SOURCES: readonly SourceName[] = [
  ...(['customer', 'subscriptions', 'entitlements', 'azure-entitlements', 'orders', 'transfers'] as const),
];
export const FAULTS: readonly PartnerCenterFault[] = [
  ...(['refused', 'unauthorised', 'forbidden', 'not-found'] as const),
  ...(['throttled', 'unavailable', 'malformed', 'sign-in-needed'] as const),
];

export const unreadLine = (source: SourceName, fault: PartnerCenterFault): Line => ({
  group: 'blocks',
  kind: 'unread',
  source,
  fault,
  ids: IDS,
});

/** As read of a customer that is no longer ours: the customer itself says so, and nothing else of it is answered. */
export const goneReadiness = (foreign: ForeignTexts): Readiness =>
  readinessOf(
    foreign,
    { kind: 'cannot-tell', sources: SOURCES },
    SOURCES.map((source, n) => ({
      ...unreadLine(source, 'forbidden'),
      meaning: 'no-relationship' as const,
      ids: { ...IDS, correlationId: guidNumber(n + 1) },
    })),
  );

/** One line of every kind there is. */
export const everyLine = (foreign: ForeignTexts): readonly Line[] => [
  ...CLASSES.map((one, n) =>
    holdingLine(foreign, {
      holdingId: guidNumber(n + 1),
      class: one,
      remedies: REMEDIES[one](foreign.name),
      ...(one.startsWith('new-commerce') && { billedUntil: TERM_END }),
      ...(one === 'azure-plan' && { activeAzure: 2 }),
    }),
  ),
  ...SOURCES.map((source, n) => unreadLine(source, FAULTS[n] ?? 'unavailable')),
  { group: 'blocks', kind: 'not-a-reseller', relationship: foreign.status },
  holdingLine(foreign, { group: 'may-block', holdingId: guidNumber(40), class: 'perpetual-software', remedies: [] }),
  ...[1, 5].map((count): Line => ({
    group: 'to-know',
    kind: 'transfer',
    holdingId: guidNumber(50 + count),
    status: foreign.status,
    count,
  })),
  { group: 'to-know', kind: 'pending-order', holdingId: guidNumber(40), status: foreign.status },
  ...(['delegated-admin', 'resellers'] as const).flatMap((kind) =>
    [1, 5, 60].map((count): Line => ({ group: 'to-know', kind, names: Array<string>(count).fill(foreign.name) })),
  ),
  { group: 'to-know', kind: 'azure-roles' },
  ...(['delegated-admin', 'resellers'] as const).map((source): Line => ({
    group: 'to-know',
    kind: 'unread-note',
    source,
    fault: 'forbidden',
    ids: IDS,
  })),
];

/** So many lines of one group. */
export const linesOf = (foreign: ForeignTexts, group: HoldingLine['group'], count: number): readonly HoldingLine[] =>
  Array.from({ length: count }, (_, n) =>
    holdingLine(foreign, { group, holdingId: guidNumber(n + 1), remedies: group === 'blocks' ? [SUSPEND] : [] }),
  );

/** What the line of something active offers, where suspending it clears the way. */
const suspendOffer = ({
  group,
  remedies,
  holdingId,
  class: holdingClass,
  name,
  quantity,
}: HoldingLine): readonly Offer[] =>
  group === 'blocks' && remedies.some(({ kind }) => kind === 'suspend')
    ? [{ action: 'suspend', holdingId, class: holdingClass, name, quantity, clears: true }]
    : [];

export const offerOf = (foreign: Pick<ForeignTexts, 'name'>, more: Partial<Offer> = {}): Offer => ({
  action: 'suspend',
  holdingId: guidNumber(1),
  class: 'legacy-licence',
  name: foreign.name,
  quantity: 10,
  clears: true,
  ...more,
});

export const readinessOf = (foreign: ForeignTexts, verdict: Verdict, lines: readonly Line[] = []): Readiness => ({
  customerId: CUSTOMER_ID,
  readAt: READ_AT,
  customer: customerOf(foreign),
  verdict,
  lines,
  offers: lines.flatMap((line) => (line.kind === 'holding' ? suspendOffer(line) : [])),
  facts: { customerId: CUSTOMER_ID, domain: foreign.domain, resellers: [], holdings: [], policyVersion: 1 },
  digest: '00'.repeat(32),
});

/** A view as the screen makes it: what has a button follows from the lines, and what is under way has none. */
export function readinessView(
  foreign: ForeignTexts,
  verdict: Verdict,
  view: Partial<ReadinessView> = {},
): ReadinessView {
  const readiness = view.readiness ?? readinessOf(foreign, verdict);
  const underWay = view.underWay ?? [];
  const begun = new Set(underWay.map(({ holdingId }) => holdingId));
  const offers = view.offers ?? readiness.offers.filter(({ holdingId }) => !begun.has(holdingId));
  return {
    customer: customerOf(foreign),
    readiness,
    isNoLongerOurs: isNoLongerOurs(readiness),
    steps: underWay,
    underWay,
    offers,
    legacy: offers.filter((one) => one.clears && one.class.startsWith('legacy-')).length,
    cancellable: offers.filter(({ action }) => action === 'cancel').map(({ holdingId }) => holdingId),
    canRequest: false,
    canChange: true,
    suspendLast: false,
    canDryRun: false,
    nonce: NONCE,
    isSandbox: false,
    ...view,
  };
}

/** A step that suspends, unless said otherwise. */
export const stepOf = (
  { name }: Pick<ForeignTexts, 'name'>,
  state: ClearingStep['state'],
  more: Partial<ClearingStep> = {},
): ClearingStep => ({
  action: 'suspend',
  holdingId: guidNumber(1),
  class: 'legacy-licence',
  name,
  quantity: 10,
  actAs: asPerson('5b0f7a52-7d1e-4b7c-9a35-2f6f0c9d1e41'),
  askedAt: READ_AT,
  state,
  requestId: IDS.requestId,
  sendings: 1,
  looks: 0,
  ...more,
});

export const STEP_STATES: readonly ClearingStep['state'][] = ['asked', 'sent', 'accepted', 'done', 'failed'];

/** Suspensions in every state, each way of failing among them. */
export const everyStep = (foreign: ForeignTexts): readonly ClearingStep[] => [
  ...STEP_STATES.map((state, n) => stepOf(foreign, state, { holdingId: guidNumber(n + 1) })),
  stepOf(foreign, 'done', { holdingId: guidNumber(6), wasSoBefore: true }),
  ...FAULTS.map((fault, n) =>
    stepOf(foreign, 'failed', {
      holdingId: guidNumber(n + 10),
      refused: { fault, status: 400, code: '800040', description: foreign.description, ids: IDS },
    }),
  ),
  stepOf(foreign, 'failed', {
    ...{ holdingId: guidNumber(28), acceptedAt: READ_AT, endedFor: 'unreadable' },
    unread: { fault: 'forbidden', status: 403, meaning: 'role-missing', description: foreign.description, ids: IDS },
  }),
  ...(['reactivate', 'auto-renew-off', 'cancel'] as const).flatMap((action, n) =>
    STEP_STATES.map((state, m) => stepOf(foreign, state, { action, holdingId: guidNumber(30 + n * 10 + m) })),
  ),
];

/** A transfer to another partner that nobody has accepted. */
export const transferTo = ({ name, status }: ForeignTexts, n: number): Line => ({
  ...{ group: 'to-know', kind: 'transfer', holdingId: guidNumber(60 + n), status, count: 1, to: name },
});
