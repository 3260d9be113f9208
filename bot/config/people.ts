import { z } from 'zod';
import { isGuid, sameCase, type UserId } from '../../services/ids.ts';
import type { Holders, RoleHolders } from '../../services/people/memberships.ts';
import { MOST_ASKED } from '../../services/requests/sending/whom-to-ask.ts';
import { guid, hours, listed, minutes, oneOf, wholeNumber } from './values.ts';
import type { VariableName } from './names.ts';
import type { Variables } from './variables.ts';

/** Who may do what, by Entra object ids of people and groups in lower case. No account is of two people. */
export type PeopleConfig = RoleHolders;

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
const NOBODY: Holders = { people: [], groups: [] };

export function readPeople(variables: Variables): PeopleConfig {
  return {
    requesters: variables.required('REQUESTERS', holdersOrAll, NOBODY),
    approvers: variables.required('APPROVERS', holders, NOBODY),
    auditors: variables.withDefault('AUDITORS', holders, NOBODY),
    samePerson: variables.withDefault('SAME_PERSON', accounts, []),
  };
}

export function readApproval(variables: Variables, people: PeopleConfig): ApprovalConfig {
  const escalateTo = variables.optional('ESCALATE_TO', guid);
  const required = variables.withDefault('APPROVALS_REQUIRED', wholeNumber(1, MOST_ASKED), 1);
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
 * one. Where everybody may ask, it is enough that a person who is no approver does. Who is in a group is not known
 * here: it is seen, and said, before a request is sent.
 *
 * What cannot be read is a fault of its own and is not judged here.
 */
function isReachable(required: number, people: PeopleConfig): boolean {
  const { requesters, approvers, samePerson } = people;
  if (approvers.groups.length > 0 || approvers.people.length === 0) return true;
  const personOf = (account: UserId): UserId => samePerson.find((one) => one.includes(account))?.[0] ?? account;
  const able = new Set(approvers.people.map(personOf));
  if (required > able.size) return false;
  if (requesters === '*') return true;
  return requesters.people.every((requester) => required <= able.size - (able.has(personOf(requester)) ? 1 : 0));
}

const GROUP = /^group:/i;

/** Entra object ids between commas, those of groups behind `group:`. */
const holders: z.ZodType<Holders, string> = z.string().transform((written, context) => {
  const entries = listed(written);
  const refuse = (message: string): never => {
    context.addIssue({ code: 'custom', message });
    return z.NEVER;
  };
  if (entries.includes('*')) return refuse('* is for REQUESTERS only, and stands by itself');
  const ids = (of: readonly string[]): readonly string[] => [...new Set(of.map(sameCase))];
  const groups = entries.filter((entry) => GROUP.test(entry)).map((entry) => entry.replace(GROUP, '').trim());
  const people = entries.filter((entry) => !GROUP.test(entry));
  if (entries.length === 0 || ![...people, ...groups].every(isGuid))
    return refuse('must be Entra object ids, of people or as group:<id>, separated by commas');
  return { people: ids(people), groups: ids(groups) };
});

const holdersOrAll: z.ZodType<Holders | '*', string> = z.string().transform((written, context) => {
  if (written === '*') return written;
  const parsed = holders.safeParse(written);
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
