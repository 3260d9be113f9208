import type {
  AzureEntitlement,
  Customer,
  Entitlement,
  Order,
  Subscription,
  Transfer,
} from '../../../services/partner-center/partner-center.ts';
import { assessRemoval } from '../../../services/readiness/assess.ts';
import type { Holdings, Source } from '../../../services/readiness/holdings.ts';
import type { HoldingLine, Readiness, ReadinessPolicy } from '../../../services/readiness/readiness.ts';

export const CUSTOMER_ID = '11111111-aaaa-4bbb-8ccc-222222222222';
export const NOW = new Date('2026-03-01T12:00:00Z');
export const BLOCKS: ReadinessPolicy = { suspendedNewCommerce: 'blocks', environment: 'production' };
export const MAY_BLOCK: ReadinessPolicy = { suspendedNewCommerce: 'may-block', environment: 'production' };

export const read = <T>(value: T): Source<T> => ({ kind: 'read', value });
export const unread = {
  kind: 'unread',
  fault: 'unavailable',
  ids: { requestId: 'r', correlationId: 'c' },
} satisfies Source<never>;

export const contoso: Customer = {
  id: CUSTOMER_ID,
  companyName: 'Contoso',
  domain: 'contoso.com',
  relationshipToPartner: 'reseller',
};

export interface Held {
  readonly subscriptions?: readonly Subscription[];
  readonly entitlements?: readonly Entitlement[];
  readonly azure?: Readonly<Record<string, readonly AzureEntitlement[]>>;
  readonly orders?: readonly Order[];
  readonly transfers?: readonly Transfer[];
}

/** Everything was read, and this is what there is. */
export const holdingsOf = (held: Held, sources: Partial<Holdings> = {}): Holdings => ({
  customerId: CUSTOMER_ID,
  readAt: NOW.toISOString(),
  customer: read(contoso),
  subscriptions: read(held.subscriptions ?? []),
  entitlements: read(held.entitlements ?? []),
  azureEntitlements: new Map(Object.entries(held.azure ?? {}).map(([plan, list]) => [plan, read(list)])),
  orders: read(held.orders ?? []),
  transfers: read(held.transfers ?? []),
  ...sources,
});

export const assess = (held: Held, policy: ReadinessPolicy = BLOCKS): Readiness =>
  assessRemoval(holdingsOf(held), policy, NOW);

/** The one line about a holding, or `undefined`. */
export const onlyLine = ({ lines }: Readiness): HoldingLine | undefined =>
  lines.find((line) => line.kind === 'holding');

const OFFER = '0cca44d6-68e9-4762-94ee-31ece98783b9';
export const TERM_END = '2026-09-30T00:00:00Z';
export const TERM_ENDS_AT = '2026-09-30T23:59:59.000Z';

const base: Subscription = {
  id: 's',
  offerId: '',
  name: 'Something',
  quantity: 5,
  status: 'active',
  billingType: 'license',
  unitType: 'licenses',
  isTrial: false,
  autoRenewEnabled: false,
  commitmentEndDate: TERM_END,
  body: {},
};

/** One subscription of each class, with the marks by which the service lets it be known. */
export const subscriptions = {
  legacyLicence: { ...base, name: 'Office 365 E3', offerId: OFFER, etag: 'e' },
  legacyAddOn: { ...base, id: 'add-on', name: 'Audio', offerId: OFFER, etag: 'e', parentSubscriptionId: 's' },
  legacyAzure: { ...base, name: 'Azure', offerId: 'MS-AZR-0145P', billingType: 'usage', unitType: 'usage-based' },
  newCommerce: { ...base, name: 'Microsoft 365 E3', offerId: 'CFQ7TTC0LH18:0001:X', productType: 'OnlineServicesNCE' },
  trial: { ...base, name: 'Trial', offerId: 'CFQ7TTC0LH18:0001:X', productType: 'OnlineServicesNCE', isTrial: true },
  software: { ...base, name: 'SQL Server', offerId: 'DG7GMGF0F3YK:0002:X', productType: 'Software', orderId: 'short' },
  marketplace: { ...base, name: 'Backup', offerId: 'DZH318Z0BXWC:0001:X', isMicrosoftProduct: false },
  azurePlan: {
    ...base,
    id: 'plan',
    name: 'Azure plan',
    offerId: 'DZH318Z0BPS6:0001:DZH318Z0BML6',
    billingType: 'usage',
  },
  savingsPlan: {
    ...base,
    name: 'Savings',
    offerId: 'DZH318Z09V6F:0001:X',
    billingType: 'benefit',
    unitType: 'benefit',
    productType: 'Azure',
    productSubType: 'SavingsPlan',
  },
  unknown: { ...base, name: 'News', offerId: 'XYZ:1', productType: 'Metaverse' },
} satisfies Record<string, Subscription>;

export const reservation: Entitlement = {
  entitlementType: 'reservedinstance',
  orderId: 'Long',
  alternateOrderId: 'short',
  lineItemId: '0',
  productId: 'DZH318Z0BQ3W',
  skuId: '007J',
  quantity: 2,
  expiryDate: '2026-12-01T00:00:00Z',
};
export const software: Entitlement = {
  entitlementType: 'software',
  orderId: 'Long',
  alternateOrderId: 'short',
  lineItemId: '0',
  productId: 'DG7GMGF0DWTL',
  skuId: '0002',
  quantity: 1,
};
export const order: Order = {
  id: 'Long',
  alternateId: 'short',
  status: 'completed',
  creationDate: '2026-02-20T12:00:00Z',
  lines: [{ lineItemNumber: 0, offerId: 'a:b:c', friendlyName: 'Windows Server', quantity: 1 }],
};
