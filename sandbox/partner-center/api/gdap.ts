import { refuseGraph, type Answer } from './answers.ts';
import { audit, type Call, type Handler } from './call.ts';
import { ticks } from '../world/clock.ts';
import type { Customer } from '../world/customer.ts';
import { guidOf, sameId } from '../world/ids.ts';
import { member, type JsonObject } from '../json.ts';
import type { Gdap } from '../world/records.ts';

const METADATA = 'https://graph.microsoft.com/v1.0/tenantRelationships/$metadata';
const PATH = '/v1.0/tenantRelationships/delegatedAdminRelationships';
const PAGE_SIZE = 300;

interface Pair {
  readonly customer: Customer;
  readonly gdap: Gdap;
}

/** @see Microsoft Graph, "List delegatedAdminRelationships" */
export const listGdap: Handler = ({ world, query, origin }) => {
  const matches = filterOf(query.get('$filter') ?? '');
  if (matches === undefined) return refuseGraph(400, 'BadRequest', 'Invalid filter clause.');
  const top = Number(query.get('$top') ?? PAGE_SIZE);
  const skip = Number(query.get('$skiptoken') ?? 0);
  if (!Number.isSafeInteger(top) || top < 1 || top > PAGE_SIZE || !Number.isSafeInteger(skip) || skip < 0)
    return refuseGraph(400, 'BadRequest', 'Invalid page size or skip token.');

  const withGdap = world.customers.filter(({ gdap }) => gdap.length > 0);
  withGdap.forEach((customer) => {
    world.settle(customer);
  });
  const pairs = withGdap.flatMap((customer) => customer.gdap.map((gdap) => ({ customer, gdap }))).filter(matches);
  const next = new URL(PATH, origin);
  for (const name of ['$filter', '$top']) if (query.has(name)) next.searchParams.set(name, query.get(name) ?? '');
  next.searchParams.set('$skiptoken', String(skip + top));
  return {
    status: 200,
    body: {
      '@odata.context': `${METADATA}#delegatedAdminRelationships`,
      value: pairs.slice(skip, skip + top).map(gdapBody),
      ...(skip + top < pairs.length && { '@odata.nextLink': next.href }),
    },
  };
};

/** Conditions joined by `and`: `status eq 'active'`, `customer/tenantId eq '…'`. @returns undefined for anything else. */
function filterOf(text: string): ((pair: Pair) => boolean) | undefined {
  if (text.trim() === '') return () => true;
  const conditions = text.split(/\s+and\s+/i).map((part) => /^[\s(]*([\w/]+)\s+eq\s+'([^']*)'[\s)]*$/.exec(part));
  const tests: ((pair: Pair) => boolean)[] = [];
  for (const condition of conditions) {
    const [, field, value = ''] = condition ?? [];
    if (field === 'status') tests.push(({ gdap }) => gdap.status === value);
    else if (field === 'customer/tenantId') tests.push(({ customer }) => sameId(customer.id, value));
    else return undefined;
  }
  return (pair) => tests.every((test) => test(pair));
}

function gdapBody({ customer, gdap }: Pair): JsonObject {
  const when = (date: Date | undefined): string | null => (date === undefined ? null : ticks(date));
  return {
    '@odata.type': '#microsoft.graph.delegatedAdminRelationship',
    '@odata.etag': etagOf(gdap),
    id: gdap.id,
    displayName: gdap.displayName,
    duration: gdap.duration,
    customer: { tenantId: customer.id, displayName: customer.companyName },
    accessDetails: { unifiedRoles: [{ roleDefinitionId: guidOf('role', gdap.displayName) }] },
    status: gdap.status,
    autoExtendDuration: gdap.autoExtendDuration,
    createdDateTime: ticks(gdap.createdDateTime),
    lastModifiedDateTime: ticks(gdap.lastModifiedDateTime),
    activatedDateTime: when(gdap.activatedDateTime),
    endDateTime: when(gdap.endDateTime),
  };
}

const etagOf = ({ id, status }: Gdap): string => `W/"${Buffer.from(`${id} ${status}`).toString('base64')}"`;

function pairOf({ world, params }: Call): Pair | Answer {
  const id = (params['relationshipId'] ?? '').toLowerCase();
  for (const customer of world.customers) {
    const gdap = customer.gdap.find((one) => one.id.toLowerCase() === id);
    if (gdap === undefined) continue;
    world.settle(customer);
    return { customer, gdap };
  }
  return refuseGraph(404, 'NotFound', 'The delegated admin relationship was not found.');
}

export const getGdap: Handler = (call) => {
  const pair = pairOf(call);
  return 'gdap' in pair ? { status: 200, body: gdapBody(pair) } : pair;
};

/** Asks for the end of an active relationship; it comes later. @see Microsoft Graph, "Create requests" */
export const requestGdap: Handler = (call) => {
  if (call.appOnly) return refuseGraph(403, 'Forbidden', 'Application permissions are not supported for this call.');
  const pair = pairOf(call);
  if (!('gdap' in pair)) return pair;
  const { customer, gdap } = pair;
  if (member(call.body, 'action') !== 'terminate')
    return refuseGraph(400, 'BadRequest', 'The only action here is terminate.');
  if (gdap.status !== 'active')
    return refuseGraph(400, 'BadRequest', `A relationship in status ${gdap.status} cannot be terminated.`);

  const { clock } = call.world;
  const request = {
    id: guidOf(gdap.id, 'request', gdap.requests.length),
    createdDateTime: clock.now(),
    status: 'created',
  };
  gdap.status = 'terminationRequested';
  gdap.lastModifiedDateTime = clock.now();
  gdap.terminationAsked = clock.mark();
  gdap.requests.push(request);
  audit(call, customer, {
    operationType: 'granular_admin_relationship_termination_requested',
    resourceType: 'granular_admin_relationship',
    succeeded: true,
    data: { RelationshipId: gdap.id },
  });
  return {
    status: 201,
    body: requestBody(request),
    headers: { Location: `https://graph.microsoft.com${PATH}/${gdap.id}/requests/${request.id}` },
  };
};

export const getGdapRequest: Handler = (call) => {
  const pair = pairOf(call);
  if (!('gdap' in pair)) return pair;
  const request = pair.gdap.requests.find(({ id }) => sameId(id, call.params['requestId'] ?? ''));
  if (request === undefined) return refuseGraph(404, 'NotFound', 'The request was not found.');
  return { status: 200, body: requestBody(request) };
};

const requestBody = ({ id, status, createdDateTime }: Gdap['requests'][number]): JsonObject => ({
  '@odata.type': '#microsoft.graph.delegatedAdminRelationshipRequest',
  '@odata.context': `${METADATA}#requests`,
  id,
  action: 'terminate',
  status,
  createdDateTime: ticks(createdDateTime),
  lastModifiedDateTime: ticks(createdDateTime),
});

/** Only what was never approved can be deleted. @see Microsoft Graph, "Delete delegatedAdminRelationship" */
export const deleteGdap: Handler = (call) => {
  const pair = pairOf(call);
  if (!('gdap' in pair)) return pair;
  const { customer, gdap } = pair;
  if (call.headers['if-match'] !== etagOf(gdap))
    return refuseGraph(412, 'PreconditionFailed', 'The etag does not match.');
  if (gdap.status !== 'created')
    return refuseGraph(400, 'BadRequest', `A relationship in status ${gdap.status} cannot be deleted.`);
  customer.gdap.splice(customer.gdap.indexOf(gdap), 1);
  return { status: 204 };
};
