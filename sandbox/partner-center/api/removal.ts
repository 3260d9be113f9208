import { invalidInput, ok, refuse, relationshipDoesNotExist, tenantNotFound } from './answers.ts';
import { audit, customerOf, unreachable, type Call, type Handler } from './call.ts';
import type { Customer } from '../world/customer.ts';
import { member, type JsonObject } from '../json.ts';
import { obstacles } from '../world/obstacles.ts';
import { changedCustomer } from '../wire/customers.ts';

/** What a change of a customer asks for. Members that are null or at their default ask for nothing. */
function askedFor(body: JsonObject): {
  readonly relationship: string | undefined;
  readonly access: boolean | undefined;
} {
  const relationship = member(body, 'relationshipToPartner');
  const access = member(body, 'allowDelegatedAccess');
  return {
    relationship:
      typeof relationship === 'string' && relationship !== 'unknown' ? relationship.toLowerCase() : undefined,
    access: typeof access === 'boolean' ? access : undefined,
  };
}

/**
 * Ends the reseller relationship, or delegated administration alone: which one is told by the member present.
 *
 * @see "Remove a reseller relationship with a customer", "Remove delegated admin privileges"
 */
export const patchCustomer: Handler = (call) => {
  const customer = customerOf(call);
  if ('status' in customer) return customer;
  const { relationship, access } = askedFor(call.body);
  if (relationship !== undefined && access !== undefined)
    return invalidInput('change either the relationship or delegated access');
  if (customer.relationship === 'none')
    return call.world.switches.secondRemoval === '3000' ? relationshipDoesNotExist() : unreachable(call, customer);
  if (access === false) return endDelegatedAccess(call, customer);
  if (relationship === undefined) return invalidInput('nothing to change');
  if (relationship !== 'none') return refuse(400, '3000', 'Invalid property: relationshipToPartner.');
  return removeRelationship(call, customer);
};

function endDelegatedAccess(call: Call, customer: Customer): ReturnType<Handler> {
  customer.delegatedAccess = false;
  const operationType = 'dap_admin_relationship_terminated';
  audit(call, customer, { operationType, resourceType: 'partner_customer_dap', succeeded: true });
  return ok(changedCustomer({ allowDelegatedAccess: false }));
}

function removeRelationship(call: Call, customer: Customer): ReturnType<Handler> {
  const deed = {
    operationType: 'remove_partner_customer_relationship',
    resourceType: 'partner_customer_relationship',
    newValue: { RelationshipToPartner: 'none' },
  };
  const inTheWay = customer.relationship === 'advisor' ? [] : obstacles(customer, call.world);
  const refusal =
    customer.relationship === 'advisor'
      ? relationshipDoesNotExist()
      : inTheWay.length > 0
        ? refuse(400, '3000', `Customer relationship cannot be removed. ${inTheWay.join(' ')}`.slice(0, 1_024))
        : undefined;
  if (refusal !== undefined) {
    audit(call, customer, { ...deed, succeeded: false });
    return refusal;
  }

  const { world } = call;
  customer.relationship = 'none';
  customer.delegatedAccess = false;
  customer.removed = world.clock.mark();
  if (world.switches.gdapEndsWithRemoval)
    for (const gdap of customer.gdap) if (gdap.status === 'active') gdap.terminationAsked = world.clock.mark();
  if (world.switches.environment === 'sandbox')
    audit(call, customer, { operationType: 'delete_tip_customer', resourceType: 'customer', succeeded: true });
  audit(call, customer, { ...deed, succeeded: true });
  return ok(changedCustomer({ relationshipToPartner: 'none' }));
}

/** Sandbox only: deletes the customer's tenant. @see "Delete a customer account from the integration sandbox" */
export const deleteCustomer: Handler = (call) => {
  const customer = customerOf(call);
  if ('status' in customer) return customer;
  if (call.world.switches.environment !== 'sandbox')
    return refuse(403, '900150', 'Customer accounts can be deleted in the integration sandbox only.');
  if (customer.relationship === 'none') return tenantNotFound();
  const answer = removeRelationship(call, customer);
  return answer.status === 200 ? { status: 204 } : answer;
};
