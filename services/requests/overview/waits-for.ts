import type { UserId } from '../../ids.ts';
import type { Roles } from '../../people/roles.ts';
import { waitsForPerson } from '../removing/carrying-out.ts';
import type { RequestRecord } from '../request.ts';
import { barsExecution, mayDecide } from '../who-may.ts';
import { waitOf } from './wait.ts';

/**
 * Whether a request waits for this approver: for a decision of theirs, or for a sign-in with which they may carry out what
 * was approved.
 *
 * @throws {RolesUnreadError}
 */
export function waitsForApprover(record: RequestRecord, person: UserId, roles: Roles): boolean {
  const { request } = record;
  if (request.state === 'pending') {
    const hasDecided = request.approvals.some(({ by }) => roles.isSamePerson(by.id, person));
    return !hasDecided && mayDecide(request, { id: person }, roles) === undefined;
  }
  const isForSignIn = request.state !== 'draft' && waitsForPerson(request) === 'sign-in';
  return isForSignIn && barsExecution(request, { id: person }, roles) === undefined;
}

/** Whether a request waits for this person, as whoever asked for it or as an approver. */
export function waitsFor(record: RequestRecord, person: UserId, roles: Roles): boolean {
  const isDecision = waitOf(record)?.kind === 'decision';
  const isAwaited = !isDecision && waitOf(record)?.people.some(({ id }) => id === person) === true;
  return isAwaited || waitsForApprover(record, person, roles);
}
