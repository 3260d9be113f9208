import type { Customer } from '../world/customer.ts';
import type { Reseller } from '../world/records.ts';
import { guidOf } from '../world/ids.ts';
import type { JsonObject } from '../json.ts';
import { link } from './collections.ts';

/** What the list shows of a customer; the rest has to be asked for. @see "Get a list of customers" */
export const listedCustomer = (customer: Customer): JsonObject => ({
  id: customer.id,
  companyProfile: {
    tenantId: customer.id,
    domain: customer.domain,
    companyName: customer.companyName,
    attributes: { objectType: 'CustomerCompanyProfile' },
  },
  // A removed customer that the list still shows looks as it did before.
  relationshipToPartner: customer.relationship === 'none' ? 'reseller' : customer.relationship,
  attributes: { objectType: 'Customer' },
});

/** @see "Get a customer by ID" */
export function fullCustomer(customer: Customer): JsonObject {
  const { id, domain, companyName, culture } = customer;
  const [language = 'en', country = 'US'] = culture.split('-');
  const self = `/customers/${id}`;
  const address = { country, region: 'WA', city: 'Seattle', addressLine1: '4 Pier Road', postalCode: '98101' };
  return {
    id,
    commerceId: guidOf(id, 'commerce'),
    companyProfile: {
      tenantId: id,
      domain,
      companyName,
      ...(customer.delegatedAccess && { address, email: `office@${domain}` }),
      links: { self: link(`${self}/profiles/company`) },
      attributes: { objectType: 'CustomerCompanyProfile' },
    },
    billingProfile: {
      id: guidOf(id, 'billing'),
      firstName: 'Alex',
      lastName: 'Moreau',
      email: `billing@${domain}`,
      culture,
      language,
      companyName,
      defaultAddress: { ...address, state: 'WA', firstName: 'Alex', lastName: 'Moreau' },
      links: { self: link(`${self}/profiles/billing`) },
      attributes: { etag: '-2718281828459045235', objectType: 'CustomerBillingProfile' },
    },
    relationshipToPartner: customer.relationship === 'none' ? 'reseller' : customer.relationship,
    allowDelegatedAccess: customer.delegatedAccess,
    ...(customer.delegatedAccess && { customDomains: [domain] }),
    links: { self: link(self) },
    attributes: { objectType: 'Customer' },
  };
}

/** @see "Relationships resources" */
export const partnerRelationship = ({ tenantId, name, mpnId }: Reseller): JsonObject => ({
  id: tenantId,
  name,
  relationshipType: 'is_indirect_cloud_solution_provider_of',
  mpnId,
  attributes: { objectType: 'PartnerRelationship' },
});

/**
 * What a change of the relationship is answered with: PascalCase, and nothing but what was changed.
 *
 * @see "Remove a reseller relationship with a customer"
 */
export const changedCustomer = (changed: {
  readonly relationshipToPartner?: string;
  readonly allowDelegatedAccess?: boolean;
}): JsonObject => ({
  Id: null,
  CommerceId: null,
  CompanyProfile: null,
  BillingProfile: null,
  RelationshipToPartner: changed.relationshipToPartner ?? 'unknown',
  AllowDelegatedAccess: changed.allowDelegatedAccess ?? null,
  UserCredentials: null,
  CustomDomains: null,
  AssociatedPartnerId: null,
  Attributes: { ObjectType: 'Customer' },
});
