import { invalidInput, ok, type Answer } from './answers.ts';
import type { AuditEntry } from '../world/audit-trail.ts';
import { queried, type Call, type Handler } from './call.ts';
import { DAY_MS, ticks } from '../world/clock.ts';
import { isObject, member, parseJson, type JsonObject } from '../json.ts';
import { seekOf, writeToken } from './paging.ts';
import { PARTNER_TENANT_ID, PARTNER_USER } from '../partner.ts';
import { collection, link } from '../wire/collections.ts';

const PAGE_SIZE = 500;

/** @see "Get a record of Partner Center activity by user" */
export const listAuditRecords: Handler = (call) => {
  const seek = seekOf(call, PAGE_SIZE);
  if ('status' in seek) return seek;
  const window = windowOf(call);
  if ('status' in window) return window;
  const matches = filterOf(seek.filter);
  if (typeof matches !== 'function') return matches;

  const { audit, clock, switches } = call.world;
  const entries = audit.entries
    .filter(({ at, mark }) => at >= window.from && at < window.to && clock.elapsedMs(mark) >= switches.auditDelayMs)
    .filter(matches);
  const page = entries
    .slice(seek.after, seek.after + seek.size)
    .map((entry, index) => recordBody(entry, seek.after + index));
  const startDate = window.from.toISOString().slice(0, 10);
  const self = link(`/auditrecords?startDate=${startDate}&size=${seek.size}`);
  if (seek.after + seek.size >= entries.length) return ok(collection(page, { self }));
  const token = writeToken({ ...seek, after: seek.after + seek.size });
  const headers = [{ key: 'MS-ContinuationToken', value: token }];
  const next = { uri: `/auditrecords?startDate=${startDate}&seekOperation=Next`, method: 'GET', headers };
  return ok({ ...collection(page, { self, next }), continuationToken: token });
};

/** At most 30 days, none of them older than 90. */
function windowOf(call: Call): { readonly from: Date; readonly to: Date } | Answer {
  const now = call.world.clock.now();
  const start = queried(call, 'startDate');
  const end = queried(call, 'endDate');
  if (start === undefined) return invalidInput('startDate is missing');
  const from = new Date(start);
  const to = end === undefined ? new Date(from.getTime() + 31 * DAY_MS) : new Date(new Date(end).getTime() + DAY_MS);
  if (Number.isNaN(from.getTime()) || Number.isNaN(to.getTime())) return invalidInput('dates are written yyyy-mm-dd');
  if (now.getTime() - from.getTime() > 91 * DAY_MS) return invalidInput('startDate is more than 90 days ago');
  if (to.getTime() - from.getTime() > 31 * DAY_MS) return invalidInput('a window holds at most 30 days');
  return { from, to };
}

function filterOf(text: string): ((entry: AuditEntry) => boolean) | Answer {
  if (text === '') return () => true;
  const filter = parseJson(text);
  if (!isObject(filter)) return invalidInput('filter is not a JSON object');
  const [field, value, operator] = ['Field', 'Value', 'Operator'].map((name) => {
    const part = member(filter, name);
    return typeof part === 'string' ? part.toLowerCase() : '';
  });
  if (value === undefined || value === '') return invalidInput('filter needs a Value');
  switch (`${field ?? ''} ${operator ?? ''}`) {
    case 'companyname substring':
      return ({ customerName }) => customerName.toLowerCase().includes(value);
    case 'customerid equals':
      return ({ customerId }) => customerId.toLowerCase() === value;
    case 'resourcetype equals':
      return ({ resourceType }) => resourceType === value;
    default:
      return invalidInput('there is no such filter');
  }
}

const recordBody = (entry: AuditEntry, index: number): JsonObject => ({
  id: [
    PARTNER_TENANT_ID,
    entry.customerId,
    entry.operationType.replaceAll('_', ''),
    `${entry.at.getTime()}${String(index).padStart(4, '0')}`,
  ].join('_'),
  partnerId: PARTNER_TENANT_ID,
  customerId: entry.customerId,
  customerName: entry.customerName,
  userPrincipalName: PARTNER_USER,
  ...(entry.application !== undefined && { applicationId: entry.application }),
  resourceType: entry.resourceType,
  resourceNewValue: JSON.stringify(entry.newValue),
  operationType: entry.operationType,
  originalCorrelationId: entry.correlationId,
  operationDate: ticks(entry.at),
  operationStatus: entry.succeeded ? 'succeeded' : 'failed',
  customizedData: Object.entries(entry.data).map(([key, value]) => ({ key, value })),
  attributes: { objectType: 'AuditRecord' },
});
