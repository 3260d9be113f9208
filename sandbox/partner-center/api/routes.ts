import { listAuditRecords } from './audit-records.ts';
import { ofCustomer, withUser, type Handler } from './call.ts';
import { getCustomer, listCustomers, relationshipRequest } from './customers.ts';
import { deleteGdap, getGdap, getGdapRequest, listGdap, requestGdap } from './gdap.ts';
import {
  getArtifact,
  getOrder,
  getTransfer,
  listEntitlements,
  listOrders,
  listTransfers,
  patchOrder,
  transferEligibility,
} from './purchases.ts';
import { deleteCustomer, patchCustomer } from './removal.ts';
import { getRelationships, listResellers } from './resellers.ts';
import {
  cancelAzureEntitlement,
  getAzureEntitlement,
  getSubscription,
  listAddOns,
  listAzureEntitlements,
  listSubscriptions,
  patchSubscription,
} from './subscriptions.ts';

interface Route {
  readonly method: string;
  readonly pattern: RegExp;
  readonly handler: Handler;
}

/** `:name` stands for one segment. Letters count in no case, as some addresses are documented in two spellings. */
const route = (method: string, path: string, handler: Handler): Route => ({
  method,
  pattern: new RegExp(`^${path.replaceAll(/:(\w+)/g, '(?<$1>[^/]+)').replaceAll('.', '\\.')}/?$`, 'i'),
  handler,
});

const CUSTOMER = '/v1/customers/:customerId';
const SUBSCRIPTION = `${CUSTOMER}/subscriptions/:subscriptionId`;
const GDAP = '/v1.0/tenantRelationships/delegatedAdminRelationships';

/** Everything the stand-in answers, in the order in which addresses are tried. */
const routes: readonly Route[] = [
  route('GET', '/v1/customers', listCustomers),
  route('GET', '/v1/customers/relationshiprequests', withUser(relationshipRequest)),
  route('GET', '/v1/relationships', withUser(listResellers)),
  route('GET', '/v1/auditrecords', listAuditRecords),
  route('GET', CUSTOMER, ofCustomer(getCustomer)),
  route('PATCH', CUSTOMER, withUser(patchCustomer)),
  route('DELETE', CUSTOMER, deleteCustomer),
  route('GET', `${CUSTOMER}/relationships`, withUser(ofCustomer(getRelationships))),
  route('GET', `${CUSTOMER}/subscriptions`, ofCustomer(listSubscriptions)),
  route('GET', SUBSCRIPTION, ofCustomer(getSubscription)),
  route('PATCH', SUBSCRIPTION, ofCustomer(patchSubscription)),
  route('GET', `${SUBSCRIPTION}/addons`, ofCustomer(listAddOns)),
  route('GET', `${SUBSCRIPTION}/azureEntitlements`, ofCustomer(listAzureEntitlements)),
  route('GET', `${SUBSCRIPTION}/azureEntitlements/:entitlementId`, ofCustomer(getAzureEntitlement)),
  route('POST', `${SUBSCRIPTION}/azureEntitlements/:entitlementId/cancel`, ofCustomer(cancelAzureEntitlement)),
  route('GET', `${CUSTOMER}/entitlements`, withUser(ofCustomer(listEntitlements))),
  route(
    'GET',
    `${CUSTOMER}/artifacts/:artifactType/groups/:groupId/lineitems/:lineItemId/resource/:resourceId`,
    withUser(ofCustomer(getArtifact)),
  ),
  route('GET', `${CUSTOMER}/orders`, ofCustomer(listOrders)),
  route('GET', `${CUSTOMER}/orders/:orderId`, ofCustomer(getOrder)),
  route('PATCH', `${CUSTOMER}/orders/:orderId`, ofCustomer(patchOrder)),
  route('GET', `${CUSTOMER}/transfers`, ofCustomer(listTransfers)),
  route('GET', `${CUSTOMER}/transfers/:transferId`, ofCustomer(getTransfer)),
  route('GET', `${CUSTOMER}/transferseligibility`, ofCustomer(transferEligibility)),
  route('GET', GDAP, listGdap),
  route('GET', `${GDAP}/:relationshipId`, getGdap),
  route('DELETE', `${GDAP}/:relationshipId`, deleteGdap),
  route('POST', `${GDAP}/:relationshipId/requests`, requestGdap),
  route('GET', `${GDAP}/:relationshipId/requests/:requestId`, getGdapRequest),
];

export type Found =
  | { readonly kind: 'found'; readonly handler: Handler; readonly params: Readonly<Record<string, string>> }
  | { readonly kind: 'wrong-method'; readonly allowed: readonly string[] }
  | { readonly kind: 'unknown' };

/** Who answers this call. */
export function findRoute(method: string, path: string): Found {
  const allowed: string[] = [];
  for (const { method: own, pattern, handler } of routes) {
    const match = pattern.exec(path);
    if (match === null) continue;
    if (own === method) return { kind: 'found', handler, params: { ...match.groups } };
    allowed.push(own);
    // A fixed address hides the one with a variable in the same place.
    if (match.groups === undefined) break;
  }
  return allowed.length > 0 ? { kind: 'wrong-method', allowed } : { kind: 'unknown' };
}
