import { NOTICES_KEY } from '../../services/requests/announcing/notices.ts';
import { OUTBOX_KEY, STEP_KEY } from '../../services/requests/change.ts';
import type { UserId } from '../../services/ids.ts';
import type { Memberships } from '../../services/people/memberships.ts';
import type { RemovalRequest } from '../../services/requests/request.ts';
import type { RequestStore } from '../../services/requests/request-store.ts';
import type { StateName } from '../../services/requests/life.ts';
import { whoseRolesCount } from '../../services/requests/who-may.ts';
import type { Claim } from '../../services/storage/claim.ts';

export interface FreshWorkParts {
  readonly memberships: Pick<Memberships, 'fresh' | 'isByDirectory'>;
  readonly requests: Pick<RequestStore, 'read'>;
  /** Who stands behind a batch. */
  readonly requesterOf: (batch: string) => Promise<UserId | undefined>;
  readonly work: (claim: Claim) => Promise<unknown>;
}

/** In these what was approved may be sent for the first time, or again. */
const SENDABLE: ReadonlySet<StateName> = new Set(['approved', 'executing', 'unknown']);

/**
 * Has the roles read that a piece of work hangs on before it is done: of whoever gets a card, and of whoever stands behind a
 * request. Whatever may send what was approved begins with what the directory says at that moment.
 */
export const createFreshWork =
  ({ memberships, requests, requesterOf, work }: FreshWorkParts) =>
  async (claim: Claim): Promise<unknown> => {
    // Another system is told what has happened, whoever may do what.
    if (!memberships.isByDirectory || claim.key === NOTICES_KEY) return work(claim);
    const { partition, key } = claim;
    const [kind, id = ''] = partition.split(':');
    const request = kind === 'request' ? (await requests.read(id))?.request : undefined;
    const requester = kind === 'batch' ? await requesterOf(id) : undefined;
    const behind = request === undefined ? [requester].filter((one) => one !== undefined) : whoseRolesCount(request);
    const people = [...recipientIn(key), ...behind];
    const anew = request !== undefined && maySendIrreversibly(request, key);
    if (people.length > 0) await memberships.fresh(people, { anew });
    return work(claim);
  };

/** Whether a piece of work may send what cannot be taken back. */
function maySendIrreversibly({ kind, state }: RemovalRequest, key: string): boolean {
  if (key === 'gdap') return true;
  if (key === 'run') return SENDABLE.has(state);
  return key.startsWith(STEP_KEY) && kind === 'cancellation' && state === 'executing';
}

/** `outbox:<person>:<slot>` */
const recipientIn = (key: string): readonly UserId[] =>
  key.startsWith(OUTBOX_KEY) ? key.slice(OUTBOX_KEY.length).split(':').slice(0, 1) : [];
