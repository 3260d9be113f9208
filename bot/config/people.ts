import { z } from 'zod';
import { isGuid, sameCase, type UserId } from '../../services/ids.ts';
import { guid, hours, listed, minutes, oneOf, wholeNumber } from './values.ts';
import type { VariableName } from './names.ts';
import type { Variables } from './variables.ts';

/** Who may do what, by Entra object id in lower case. */
export interface PeopleConfig {
  /** `*`: every member of the partner's tenant. */
  readonly requesters: readonly UserId[] | '*';
  readonly approvers: readonly UserId[];
  readonly auditors: readonly UserId[];
  /** Accounts that belong to one person, a list for each such person. No account is in two lists. */
  readonly samePerson: readonly (readonly UserId[])[];
}

export interface ApprovalConfig {
  /** How many different people have to approve. */
  readonly required: number;
  /** How long a request waits for its approvals. */
  readonly ttlMs: number;
  /** How long after the last approval the removal may begin. */
  readonly executionTtlMs: number;
  /** With whose token the irreversible call is made. */
  readonly executeAs: 'approver' | 'requester';
  readonly remindAfterMs: number;
  readonly escalateAfterMs: number;
  readonly escalateTo?: UserId;
}

const MOST_HOURS = 24 * 365;

export function readPeople(variables: Variables): PeopleConfig {
  const requesters = variables.required('REQUESTERS', personIdsOrAll, []);
  return {
    requesters,
    approvers: variables.required('APPROVERS', personIds, []),
    auditors: variables.withDefault('AUDITORS', personIds, []),
    samePerson: variables.withDefault('SAME_PERSON', accounts, []),
  };
}

export function readApproval(variables: Variables, people: PeopleConfig): ApprovalConfig {
  const escalateTo = variables.optional('ESCALATE_TO', guid);
  const required = variables.withDefault('APPROVALS_REQUIRED', wholeNumber(1, 20), 1);
  if (!isReachable(required, people)) {
    const asked: VariableName[] = ['APPROVALS_REQUIRED', 'APPROVERS'];
    if (people.requesters !== '*') asked.push('REQUESTERS');
    if (people.samePerson.length > 0) asked.push('SAME_PERSON');
    variables.fault(asked, 'more approvals are required than can be had; nobody approves their own request');
  }
  return {
    required,
    ttlMs: variables.withDefault('APPROVAL_TTL_HOURS', hours(MOST_HOURS), 72 * 3_600_000),
    executionTtlMs: variables.withDefault('EXECUTION_TTL_MINUTES', minutes(24 * 60), 60 * 60_000),
    executeAs: variables.withDefault('EXECUTE_AS', oneOf('approver', 'requester'), 'approver'),
    remindAfterMs: variables.withDefault('REMIND_AFTER_HOURS', hours(MOST_HOURS), 4 * 3_600_000),
    escalateAfterMs: variables.withDefault('ESCALATE_AFTER_HOURS', hours(MOST_HOURS), 24 * 3_600_000),
    ...(escalateTo !== undefined && { escalateTo }),
  };
}

/**
 * Whether every requester who is named finds enough approvers besides themself; two accounts of one person count as
 * one. Where everybody may ask, it is enough that a person who is no approver does.
 *
 * What cannot be read is a fault of its own and is not judged here.
 */
function isReachable(required: number, { requesters, approvers, samePerson }: PeopleConfig): boolean {
  if (approvers.length === 0 || requesters.length === 0) return true;
  const personOf = (account: UserId): UserId => samePerson.find((one) => one.includes(account))?.[0] ?? account;
  const people = new Set(approvers.map(personOf));
  if (requesters === '*') return required <= people.size;
  return requesters.every((requester) => required <= people.size - (people.has(personOf(requester)) ? 1 : 0));
}

/** Entra object ids between commas. */
const personIds: z.ZodType<readonly UserId[], string> = z.string().transform((written, context) => {
  const entries = listed(written);
  const refuse = (message: string): never => {
    context.addIssue({ code: 'custom', message });
    return z.NEVER;
  };
  if (entries.some((entry) => /^group:/i.test(entry))) {
    return refuse('groups are not available in this version; name Entra object ids');
  }
  if (entries.includes('*')) return refuse('* is for REQUESTERS only, and stands by itself');
  if (entries.length === 0 || !entries.every(isGuid)) return refuse('must be Entra object ids, separated by commas');
  return [...new Set(entries.map(sameCase))];
});

const personIdsOrAll: z.ZodType<readonly UserId[] | '*', string> = z.string().transform((written, context) => {
  if (written === '*') return written;
  const parsed = personIds.safeParse(written);
  if (parsed.success) return parsed.data;
  context.addIssue({ code: 'custom', message: parsed.error.issues[0]?.message });
  return z.NEVER;
});

/** `oid=oid;oid=oid=oid`. Lists that share an account are one person's. */
const accounts: z.ZodType<readonly (readonly UserId[])[], string> = z.string().transform((written, context) => {
  const people = written
    .split(';')
    .map((person) => person.split('=').map((account) => sameCase(account.trim())))
    .filter((person) => person.join('') !== '');
  if (people.every((person) => person.length > 1 && person.every(isGuid))) return people.reduce(joined, []);
  context.addIssue({ code: 'custom', message: 'must be Entra object ids joined by =, a semicolon between two people' });
  return z.NEVER;
});

function joined(people: readonly (readonly UserId[])[], more: readonly UserId[]): readonly (readonly UserId[])[] {
  const isHers = (person: readonly UserId[]): boolean => person.some((account) => more.includes(account));
  const all = new Set([...people.filter(isHers).flat(), ...more]);
  return [...people.filter((person) => !isHers(person)), [...all]];
}
