import { asPerson, type PartnerCenter } from '../partner-center/partner-center.ts';
import type { People } from '../people/people.ts';
import type { Roles } from '../people/roles.ts';
import type { ReadinessReader } from '../readiness/reader.ts';
import { STEP_KEY } from './change.ts';
import type { Chasers } from './deciding/chase-clock.ts';
import { chase } from './deciding/chasing.ts';
import { customerGone, isCustomerGone } from './removing/customer-gone.ts';
import { lapse } from './deciding/lapsing.ts';
import type { RequestPolicy } from './moves.ts';
import { type RequestStore, refuse } from './request-store.ts';
import type { Claim } from '../storage/claim.ts';
import type { CancellationRunner } from './cancelling/run-cancellation.ts';
import type { DelegatedAdminRunner } from './delegated-admin/run-delegated-admin.ts';
import type { RemovalRunner } from './removing/run-removal.ts';
import type { SendingRunner } from './sending/run-sending.ts';
import type { StepRunner } from './clearing/run-step.ts';
import type { UndoRunner } from './giving-back/run-undo.ts';
import { lookedAfterClearing } from './clearing/clearing.ts';
import { tellStillUnknown } from './removing/still-unknown.ts';

export interface WorkParts {
  readonly requests: RequestStore;
  readonly reader: ReadinessReader;
  readonly partnerCenter: PartnerCenter;
  readonly people: Pick<People, 'find'>;
  readonly roles: Roles;
  readonly policy: RequestPolicy;
  readonly runRemoval: RemovalRunner;
  readonly runCancellation: CancellationRunner;
  readonly runSending: SendingRunner;
  readonly runStep: StepRunner;
  readonly runUndo: UndoRunner;
  readonly runDelegatedAdmin: DelegatedAdminRunner;
}

/** Does the work of a request that is due and claimed, whichever piece it is. */
export function createRequestWork(parts: WorkParts): (claim: Claim) => Promise<unknown> {
  const { requests, reader, partnerCenter, policy, roles, people } = parts;

  const whoChases = async (): Promise<Chasers> => {
    const { escalateTo: id } = policy.chase;
    const escalateTo = id === undefined ? undefined : await people.find(id);
    return { roles, ...(escalateTo && { escalateTo }) };
  };

  return async (claim) => {
    const id = claim.partition.slice(claim.partition.indexOf(':') + 1);
    const { key } = claim;
    if (key.startsWith(STEP_KEY)) return parts.runStep(id, key, claim);

    const record = await requests.read(id);
    if (record === undefined) return undefined;
    const { request } = record;
    const actAs = asPerson(request.requester.id);
    switch (key) {
      case 'run': {
        if (request.state === 'draft') return parts.runSending(record, claim);
        return request.kind === 'removal' ? parts.runRemoval(id, claim) : parts.runCancellation(id, claim);
      }
      case 'look': {
        reader.forget(request.customer.id);
        const readiness = await reader.read(request.customer.id, actAs, { fresh: true });
        const isGone = request.state === 'draft' && (await isCustomerGone(readiness, request, partnerCenter));
        return requests.change(
          id,
          (stored, now) => {
            if (stored === undefined) return refuse('overtaken');
            const isDropped = isGone && stored.request.state === 'draft';
            return isDropped ? customerGone(stored, now) : lookedAfterClearing(stored, now, readiness);
          },
          claim,
        );
      }
      case 'clock': {
        const chasers = await whoChases();
        return requests.change(
          id,
          (stored, now) =>
            (stored &&
              (lapse(stored, now, policy) ??
                chase(stored, now, policy.chase, chasers) ??
                tellStillUnknown(stored, now, chasers))) ??
            refuse('not-yet'),
          claim,
        );
      }
      case 'undo':
        return parts.runUndo(id, claim);
      case 'gdap':
        return parts.runDelegatedAdmin(id, claim);
      default:
        throw new Error(`there is no work called "${key}"`);
    }
  };
}
