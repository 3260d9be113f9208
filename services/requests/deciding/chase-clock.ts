import { DAY_MS, HOUR_MS, instant, later, SECOND_MS, type Instant } from '../../clock.ts';
import type { UserId } from '../../ids.ts';
import type { Person } from '../../people/person.ts';
import type { Roles } from '../../people/roles.ts';
import type { RemovalRequest } from '../request.ts';

/** When those who have not decided hear of a request again, in ms after it was sent. */
export interface ChasePolicy {
  /** The first reminder; then one a day, as long as there is time. */
  readonly remindAfterMs: number;
  /** When somebody else is asked too, or told. */
  readonly escalateAfterMs: number;
  readonly escalateTo?: UserId;
}

/** What the rules need to know of people who are reminded. */
export interface Chasers {
  readonly roles: Roles;
  /** Whoever is asked, or told, when nobody does anything: as far as they are known. */
  readonly escalateTo?: Person;
}

/** The end is announced so long before it comes, and never earlier than in the last quarter of the time. */
const LONGEST_NOTICE_MS = 4 * HOUR_MS;
/** Who is told of an end that is nearer than this has no time to do anything about it. */
const SHORTEST_NOTICE_MS = SECOND_MS;

/** What is due in the wait for a decision. */
export interface Chase {
  readonly reminder: boolean;
  readonly escalation: boolean;
  readonly warning: boolean;
  /** How many reminders have had their time: what was missed is not made up for. */
  readonly reminded: number;
}

type Asked = Pick<RemovalRequest, 'sentAt' | 'approveBy' | 'chased'>;

/** What is due now. */
export function chaseDue(request: Asked, policy: ChasePolicy, now: Date): Chase {
  const at = instant(now);
  const given = request.chased?.reminded ?? 0;
  let reminded = given;
  for (let next = reminderAt(request, policy, reminded); next !== undefined && next <= at;) {
    reminded += 1;
    next = reminderAt(request, policy, reminded);
  }
  const isDue = (moment: Instant | undefined): boolean => moment !== undefined && moment <= at;
  const warning = isDue(warningAt(request));
  return {
    reminder: reminded > given && !warning,
    escalation: isDue(escalationAt(request, policy)),
    warning,
    reminded,
  };
}

/** When a pending request is looked at next: something is due then, or its time is over. */
export function nextChaseAt(request: Asked, policy: ChasePolicy): Instant {
  const given = request.chased?.reminded ?? 0;
  const end = request.approveBy ?? later(new Date(0), 0);
  const moments = [reminderAt(request, policy, given), escalationAt(request, policy), warningAt(request), end];
  return moments.filter((at) => at !== undefined).sort()[0] ?? end;
}

/** Of the first, second … reminder; none in the time in which the end is announced. */
function reminderAt(
  { sentAt, approveBy, chased }: Asked,
  { remindAfterMs }: ChasePolicy,
  number: number,
): Instant | undefined {
  if (sentAt === undefined || approveBy === undefined) return undefined;
  const at = later(new Date(sentAt), remindAfterMs + number * DAY_MS);
  const last = warningAt({ sentAt, approveBy }) ?? approveBy;
  return at < last && chased?.warned !== true ? at : undefined;
}

function escalationAt(
  { sentAt, approveBy, chased }: Asked,
  { escalateAfterMs, escalateTo }: ChasePolicy,
): Instant | undefined {
  if (sentAt === undefined || approveBy === undefined || escalateTo === undefined || chased?.escalated !== undefined)
    return undefined;
  const at = later(new Date(sentAt), escalateAfterMs);
  return at < approveBy ? at : undefined;
}

function warningAt({ sentAt, approveBy, chased }: Asked): Instant | undefined {
  if (sentAt === undefined || approveBy === undefined || chased?.warned === true) return undefined;
  const end = new Date(approveBy);
  const noticeMs = Math.min(LONGEST_NOTICE_MS, (end.getTime() - Date.parse(sentAt)) / 4);
  return noticeMs < SHORTEST_NOTICE_MS ? undefined : later(end, -noticeMs);
}
