import { appOnlyRefused, invalidInput, ok, type Answer } from './answers.ts';
import type { Call, CustomerHandler, Handler } from './call.ts';
import type { Customer } from '../world/customer.ts';
import { isObject, member, parseJson, type JsonObject } from '../json.ts';
import { seekOf, writeToken } from './paging.ts';
import { directRefused } from './resellers.ts';
import { PARTNER_TENANT_ID } from '../partner.ts';
import { collection, link } from '../wire/collections.ts';
import { fullCustomer, listedCustomer } from '../wire/customers.ts';

/** @see "Get a list of customers", "Get a list of customers filtered by a search field" */
export const listCustomers: Handler = (call) => {
  const seek = seekOf(call, 0);
  if ('status' in seek) return seek;
  const matches = filterOf(call, seek.filter);
  if (typeof matches !== 'function') return matches;

  const { world } = call;
  const items: JsonObject[] = [];
  let position = seek.after;
  let more = false;
  for (; position < world.customers.length; position++) {
    const customer = world.customers[position];
    if (customer === undefined || !matches(customer) || !world.isListed(customer)) continue;
    more = seek.size > 0 && items.length === seek.size;
    if (more) break;
    items.push(listedCustomer(customer));
  }

  const self = link(`/customers?size=${seek.size}${seek.filter && `&filter=${encodeURIComponent(seek.filter)}`}`);
  if (!more) return ok(collection(items, { self }));
  const token = writeToken({ ...seek, after: position });
  const next = {
    uri: `/customers?size=${seek.size}&seekOperation=Next`,
    method: 'GET',
    headers: [{ key: 'MS-ContinuationToken', value: token }],
  };
  return ok({ ...collection(items, { self, next }), continuationToken: token });
};

type Matcher = (customer: Customer) => boolean;

function filterOf(call: Call, text: string): Matcher | Answer {
  if (text === '') return () => true;
  const filter = parseJson(text);
  if (!isObject(filter)) return invalidInput('filter is not a JSON object');
  const [field, value, operator] = ['Field', 'Value', 'Operator'].map((name) => member(filter, name));
  if (typeof field !== 'string' || typeof value !== 'string' || value === '')
    return invalidInput('filter needs Field and Value');
  if (typeof operator !== 'string' || operator.toLowerCase() !== 'starts_with')
    return invalidInput('the only operator is starts_with');
  const wanted = value.toLowerCase();
  switch (field.toLowerCase()) {
    case 'companyname':
      return ({ companyName }) => companyName.toLowerCase().startsWith(wanted);
    case 'domain':
      return ({ domain }) => domain.toLowerCase().startsWith(wanted);
    case 'indirectreseller':
      if (call.appOnly) return appOnlyRefused();
      return (
        directRefused(call) ??
        (({ resellers }: Customer) => resellers.some(({ tenantId }) => tenantId.startsWith(wanted)))
      );
    default:
      return invalidInput(`there is no field ${field}`);
  }
}

export const getCustomer: CustomerHandler = (_call, customer) => ok(fullCustomer(customer));

/** The link by which a customer comes back; the partner's own, the same for all. @see "Request a reseller relationship" */
export const relationshipRequest: Handler = () =>
  ok({
    url: `https://admin.microsoft.com/Adminportal/Home?invType=ResellerRelationship&partnerId=${PARTNER_TENANT_ID}&msppId=0&DAP=false#/BillingAccounts/partner-invitation`,
    attributes: { objectType: 'RelationshipRequest' },
  });
