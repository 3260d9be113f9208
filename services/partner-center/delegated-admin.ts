import { z } from 'zod';
import { cleanName } from '../clean-text.ts';
import { SECOND_MS } from '../clock.ts';
import { isGuid, sameCase, type CustomerId } from '../ids.ts';
import type { PartnerCenterClientParts } from './client.ts';
import { createGraphTransport } from './graph-transport.ts';
import type { CallOptions, ChangeAccepted } from './partner-center.ts';
import { nextQuery } from './next-link.ts';
import { parsed } from './paging.ts';
import type { Call } from './transport.ts';
import { Member, Moment, NeededText, optionalPart, Text, withoutUndefined, wireObject } from './wire-values.ts';

/** A granular delegated admin relationship (GDAP) with a customer. */
export interface DelegatedAdminRelationship {
  readonly id: string;
  /** Foreign text. */
  readonly displayName: string;
  /** In lower case: `active`, `terminated` …; unknown values come through. */
  readonly status: string;
  readonly endDateTime?: string;
  /** How many Entra roles it gives, where that is told. */
  readonly roles?: number;
  /** Whether it goes on by itself on that day. */
  readonly autoExtends: boolean;
}

/**
 * GDAP, which is Microsoft Graph's and not Partner Center's. Ending the reseller relationship does not end it, by
 * all that is documented.
 */
export interface DelegatedAdmin {
  /**
   * All relationships with one customer, in every state. App+User.
   *
   * @throws {PartnerCenterError}
   * @see Microsoft Graph, "List delegatedAdminRelationships"
   */
  relationships(id: CustomerId, options: CallOptions): Promise<readonly DelegatedAdminRelationship[]>;
  /**
   * One relationship, asked for by its own id.
   *
   * @throws {PartnerCenterError} `malformed` also for another customer's.
   * @see Microsoft Graph, "Get delegatedAdminRelationship"
   */
  relationship(id: CustomerId, relationshipId: string, options: CallOptions): Promise<DelegatedAdminRelationship>;
  /**
   * Asks for the end of one that is `active`; it ends a while later: read it to see the effect. App+User only.
   *
   * @throws {PartnerCenterError}
   * @see Microsoft Graph, "Create requests" with the action `terminate`
   */
  terminate(relationshipId: string, options: CallOptions & { readonly requestId: string }): Promise<ChangeAccepted>;
}

const WireRelationship = wireObject({
  id: NeededText,
  displayName: Text,
  status: Member,
  endDateTime: Moment,
  customer: optionalPart(wireObject({ tenantId: Text })),
  accessDetails: optionalPart(wireObject({ unifiedRoles: optionalPart(z.array(z.unknown())) })),
  autoExtendDuration: Text,
});
const WirePage = z.object({ value: z.array(z.unknown()), '@odata.nextLink': z.string().optional() });

const PATH = ['tenantRelationships', 'delegatedAdminRelationships'];
const MAX_PAGES = 100;
const LIMITS = { callsPerMinute: 200, keptForChanges: 0, timeoutMs: 30 * SECOND_MS };

/** Microsoft Graph over HTTP, by the same policies as Partner Center. */
export function createDelegatedAdmin(parts: PartnerCenterClientParts): DelegatedAdmin {
  const transport = createGraphTransport(parts, LIMITS);

  return {
    async relationships(id, options) {
      // The id stands inside a filter: nothing but a GUID gets there.
      if (!isGuid(id)) throw new Error('a customer is named by a GUID');
      const found: DelegatedAdminRelationship[] = [];
      let query: Call['query'] = { $filter: `customer/tenantId eq '${sameCase(id)}'` };
      for (let page = 0; page < MAX_PAGES; page++) {
        const call: Call = { operation: 'list delegated admin relationships', method: 'GET', path: PATH, query };
        const answer = await transport(call, options);
        const { value, '@odata.nextLink': next } = parsed(WirePage, answer.json, answer);
        for (const item of value) {
          const wire = parsed(WireRelationship, item, answer);
          if (isOf(wire, id)) found.push(relationshipOf(wire));
        }
        if (next === undefined) return found;
        query = nextQuery(next, { url: parts.url, path: `/v1.0/${PATH.join('/')}` }, answer);
      }
      throw new Error('the list of delegated admin relationships never ends');
    },
    async relationship(id, relationshipId, options) {
      const path = [...PATH, relationshipId];
      const answer = await transport({ operation: 'get a delegated admin relationship', method: 'GET', path }, options);
      const wire = parsed(WireRelationship, answer.json, answer);
      if (sameCase(wire.id) !== sameCase(relationshipId) || !isOf(wire, id)) throw answer.malformed();
      return relationshipOf(wire);
    },
    async terminate(relationshipId, options) {
      const path = [...PATH, relationshipId, 'requests'];
      const body = { action: 'terminate' };
      const call: Call = { operation: 'end a delegated admin relationship', method: 'POST', path, body };
      const { status, ids } = await transport(call, options);
      return { status, ...ids };
    },
  };
}

type WireRelationship = z.output<typeof WireRelationship>;

/** One that names no customer is taken for that of whoever was asked for. */
const isOf = ({ customer }: WireRelationship, id: CustomerId): boolean =>
  customer?.tenantId === undefined || sameCase(customer.tenantId) === sameCase(id);

/** `PT0S` and `P0D` are no time at all. */
const NO_TIME = /^P(T?0+[A-Z])*$/i;

function relationshipOf({ id, status, displayName, endDateTime, accessDetails, autoExtendDuration }: WireRelationship) {
  return withoutUndefined({
    id,
    displayName: cleanName(displayName ?? id),
    status,
    endDateTime,
    roles: accessDetails?.unifiedRoles?.length,
    autoExtends: autoExtendDuration !== undefined && !NO_TIME.test(autoExtendDuration),
  });
}
