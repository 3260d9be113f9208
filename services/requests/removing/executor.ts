import { asPerson, type ActAs } from '../../partner-center/partner-center.ts';
import type { PersonRef } from '../../people/person.ts';
import type { Work } from '../change.ts';
import type { RemovalRequest } from '../request.ts';

/** Whose token the one irreversible call is made with: the last approver's, or the requester's. */
export type ExecuteAs = 'approver' | 'requester';

/** Who carries it out, if this person gives the last approval: whoever has to be able to read the customer before. */
export const executorOnceApproved = (
  { requester }: Pick<RemovalRequest, 'requester'>,
  approver: PersonRef,
  executeAs: ExecuteAs,
): PersonRef => (executeAs === 'requester' ? requester : approver);

/** Who carries out what was approved; somebody else once they have taken it over. */
export const executorOf = ({ executor, approvals, requester }: RemovalRequest): PersonRef =>
  executor ?? approvals.at(-1)?.by ?? requester;

/**
 * In whose name a piece of work is done. A person's is done by a process that can act as them; any other may only read
 * about it as the bot, and say who is waited for.
 */
export function actAsOf(work: Work, request: RemovalRequest): ActAs {
  switch (work) {
    case 'run':
    case 'gdap':
      return asPerson(request.state === 'draft' ? request.requester.id : executorOf(request).id);
    case 'look':
      return asPerson(request.requester.id);
    case 'clock':
    case 'undo':
      return 'bot';
  }
}
