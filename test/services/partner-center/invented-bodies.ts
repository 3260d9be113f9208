/**
 * Bodies in the shapes that Microsoft publishes, by the name of the published file: the members of the real ones, in
 * their spelling and nesting, with names and ids that are nobody's.
 */
const CUSTOMER_ID = '1f0e7c52-9a4d-4c1b-8a75-0d6b3e2f4c11';
const PLAN_ID = '2f0e7c52-9a4d-4c1b-8a75-0d6b3e2f4c12';
const LICENCE_ID = '3f0e7c52-9a4d-4c1b-8a75-0d6b3e2f4c13';
const OFFER_ID = '4F0E7C52-9A4D-4C1B-8A75-0D6B3E2F4C14';
const AZURE_ID = '5f0e7c52-9a4d-4c1b-8a75-0d6b3e2f4c15';
const TRANSFER_ID = '6f0e7c52-9a4d-4c1b-8a75-0d6b3e2f4c16';

const link = (uri: string) => ({ uri, method: 'GET', headers: [] });
const collection = (totalCount: number, items: readonly object[]) => ({
  totalCount,
  items,
  attributes: { objectType: 'Collection' },
});

const customer = {
  id: CUSTOMER_ID.toUpperCase(),
  companyProfile: {
    tenantId: CUSTOMER_ID,
    domain: 'litware.example',
    companyName: 'Litware Gardens',
    attributes: { objectType: 'CustomerCompanyProfile' },
  },
  relationshipToPartner: 'reseller',
  attributes: { objectType: 'Customer' },
};

const savingsPlan = {
  id: PLAN_ID,
  offerId: 'PRODUCT00001:0001:AVAILABLE001',
  offerName: 'Compute savings plan, 1 Year',
  friendlyName: 'Garden compute',
  productType: { id: 'Azure', displayName: 'Azure', subType: { id: 'SavingsPlan', displayName: 'SavingsPlan' } },
  quantity: 1,
  unitType: 'Benefit',
  commitmentEndDate: '2031-05-17T00:00:00Z',
  status: 'active',
  autoRenewEnabled: true,
  isTrial: false,
  billingType: 'benefit',
  billingCycle: 'one_time',
  termDuration: 'P1Y',
  isMicrosoftProduct: true,
  partnerId: '',
  contractType: 'subscription',
  links: { product: link('/products/PRODUCT00001?country=DE') },
  lineItems: [{ id: 'line', scope: { type: 'single', entitlementId: AZURE_ID } }],
};

const azureSubscription = { id: AZURE_ID, friendlyName: ' Greenhouse', status: 'active', subscriptionId: PLAN_ID };

const order = {
  id: 'InventedOrder0001',
  referenceCustomerId: CUSTOMER_ID,
  billingCycle: 'one_time',
  currencyCode: 'EUR',
  lineItems: [
    {
      lineItemNumber: 0,
      offerId: 'PRODUCT00002:0002:AVAILABLE002',
      friendlyName: 'Reserved greenhouse',
      quantity: 1,
      links: { sku: link('/products/PRODUCT00002/skus/0002?country=DE') },
    },
  ],
  creationDate: '2030-03-13T22:49:54.3396949Z',
  status: 'completed',
  attributes: { objectType: 'Order' },
};

const software = (skuId: string) => ({
  includedEntitlements: [],
  referenceOrder: { id: 'InventedOrder0002', lineItemId: '0' },
  productId: 'PRODUCT00003',
  quantity: 1,
  entitledArtifacts: [],
  skuId,
  entitlementType: 'software',
});

export const inventedBodies = {
  'customers-list.json': { ...collection(1, [customer]), links: { self: link('/v1/customers?size=40') } },
  'customer-by-id.json': {
    ...customer,
    commerceId: TRANSFER_ID,
    billingProfile: { id: PLAN_ID, companyName: 'Litware Holding', defaultAddress: { country: 'DE' } },
    allowDelegatedAccess: true,
    customDomains: ['litware.example'],
  },
  'subscriptions-list-legacy.json': collection(37, [
    {
      id: LICENCE_ID,
      entitlementId: AZURE_ID,
      friendlyName: 'Garden mail',
      quantity: 3,
      unitType: 'none',
      // The published one has blanks in its times.
      commitmentEndDate: '2030-12-12T08: 00: 00Z',
      status: 'active',
      autoRenewEnabled: false,
      billingType: 'none',
      contractType: 'subscription',
      links: { offer: link(`/v1/offers/${OFFER_ID}`), self: link('/subscriptions?key=<key>') },
      orderId: PLAN_ID,
      attributes: { etag: 'invented-etag', objectType: 'Subscription' },
    },
  ]),
  'subscription-suspend-response-200.json': {
    Id: LICENCE_ID,
    FriendlyName: 'Garden mail',
    Quantity: 3,
    UnitType: 'none',
    ParentSubscriptionId: null,
    CommitmentEndDate: '2030-12-12T08:00:00Z',
    Status: 'suspended',
    AutoRenewEnabled: false,
    BillingType: 'none',
    PartnerId: null,
    Links: { Offer: { Uri: `/v1/offers/${OFFER_ID}`, Method: 'GET', Headers: [] } },
    OrderId: PLAN_ID,
    Attributes: { Etag: 'invented-etag', ObjectType: 'Subscription' },
  },
  'subscription-cancel-response-200.json': {
    id: LICENCE_ID,
    offerId: 'PRODUCT00004:0001:AVAILABLE004',
    offerName: 'Garden planner',
    friendlyName: 'Garden planner',
    quantity: 1,
    unitType: 'License(s)',
    status: 'deleted',
    isTrial: false,
    billingType: 'license',
    refundOptions: [{ type: 'Full', expiresAt: '2030-01-10T00:21:45.9263727+00:00' }],
    isMicrosoftProduct: false,
    partnerId: '',
    attributes: { etag: '', objectType: 'Subscription' },
  },
  'subscription-azure-savings-plan.json': savingsPlan,
  'subscriptions-list-azure-savings-plan.json': collection(1, [savingsPlan]),
  'entitlements-all.json': {
    totalCount: 2,
    items: [
      {
        includedEntitlements: [],
        referenceOrder: { id: 'InventedOrder0001', lineItemId: '0' },
        productId: 'PRODUCT00002',
        quantity: 1,
        entitledArtifacts: [{ link: link('/artifacts/invented'), resourceId: 'a', artifactType: 'reservedinstance' }],
        skuId: '0002',
        entitlementType: 'reservedinstance',
        dynamicAttributes: { reservationType: 'virtualmachines' },
      },
      { ...software('0001'), includedEntitlements: [software('0002'), software('0003')] },
    ],
  },
  'azure-entitlement-get.json': { ...azureSubscription, status: 'inactive', links: { self: link('/invented') } },
  'azure-entitlements-list.json': collection(1, [azureSubscription]),
  'order-by-id.json': order,
  'order-cancel-software-response-200.json': {
    ...order,
    alternateId: 'f00d5eed0001',
    lineItems: [
      { ...order.lineItems[0], quantity: 0, termDuration: 'P3Y', transactionType: 'New' },
      { ...order.lineItems[0], lineItemNumber: 1 },
    ],
  },
  'transfers-list.json': {
    id: TRANSFER_ID,
    status: 'Reject',
    customerTenantId: CUSTOMER_ID,
    partnertenantid: AZURE_ID,
    sourcePartnerName: 'Proseware Reselling',
    targetPartnerName: 'Trey Reselling',
    lineItems: [
      { id: 0, subscriptionId: LICENCE_ID.toUpperCase(), friendlyName: 'Garden mail', quantity: 1, addonItems: [] },
      { id: 0, subscriptionId: PLAN_ID.toUpperCase(), friendlyName: 'Garden planner', quantity: 20, addonItems: [] },
    ],
    attributes: { objectType: 'TransferEntity' },
  },
  'relationship-request-200.json': {
    url: 'https://partner.example/Adminportal/Home?invType=ResellerRelationship&DAP=false#/partner-invitation',
    attributes: { objectType: 'RelationshipRequest' },
  },
  'error-20002-no-relationship.json': { code: 20002, description: 'No relationship.', data: [], source: 'PartnerFD' },
  'error-429-throttled.json': { statusCode: 429, message: 'Rate limit is exceeded. Try again in 12 seconds.' },
} as const;
export type BodyName = keyof typeof inventedBodies;
