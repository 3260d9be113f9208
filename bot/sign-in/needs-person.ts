import type { PressedButton, Verb } from '../../cards/actions.ts';
import type { UserId } from '../../services/ids.ts';
import type { RequestPolicy } from '../../services/requests/moves.ts';
import { executorOf, executorOnceApproved } from '../../services/requests/removing/executor.ts';
import type { RemovalRequests } from '../../services/requests/removal-requests.ts';
import type { Person } from '../../services/people/person.ts';
import { refOf } from '../../services/people/person.ts';

/** What a button takes of whoever presses it. */
export type Need =
  | 'nothing'
  /** Their own token: something is read or changed in their name. */
  | 'person'
  /** The same, for what cannot be taken back: it has to meet what the operator asks for besides. */
  | 'person-now'
  /** That they meet it, where the operator asks for something; nothing is done in their name. */
  | 'step-up';

/** Reads, or changes what can be changed back, in the name of whoever presses it. */
const AS_PERSON: ReadonlySet<Verb> = new Set([
  'customer.search',
  'customer.choose',
  'readiness.show',
  'readiness.check',
  'subscription.suspend',
  'subscription.confirm-suspend',
  'subscription.reactivate',
  'subscription.confirm-reactivate',
  'subscription.auto-renew-off',
  'subscription.confirm-auto-renew-off',
  'legacy.suspend',
  'legacy.confirm-suspend',
  'dry-run.show',
  'cancellation.form',
  'cancellation.send',
  'removal.form',
  'removal.send',
  'batch.check',
  'batch.customer',
  'batch.confirm-clear',
  'batch.send',
  'request.confirm-reactivate',
  'request.go-on',
  // The card that comes back is read anew.
  'watch.start',
  'watch.stop',
  // The customers of an indirect reseller are asked for.
  'customer.page',
]);

/** Whether a button takes its presser’s own token, whatever it is about. */
export const takesPerson = ({ verb }: PressedButton): boolean => AS_PERSON.has(verb);

export interface NeedsParts {
  readonly removals: Pick<RemovalRequests, 'find'>;
  readonly policy: Pick<RequestPolicy, 'executeAs'>;
}

/** Says what a button takes of whoever presses it. */
export function createNeeds({ removals, policy }: NeedsParts) {
  return async (button: PressedButton, person: Person): Promise<Need> => {
    if (takesPerson(button)) return 'person';
    switch (button.verb) {
      case 'request.sign-in':
        return (await isDraft(button.data.requestId)) ? 'person' : 'person-now';
      case 'request.confirm-remove':
        return 'person-now';
      case 'request.continue':
        return (await isExecutor(button.data.requestId, person)) ? 'person-now' : 'nothing';
      case 'approval.confirm-approve':
        return approving(button.data.requestId, person);
      default:
        return 'nothing';
    }
  };

  /** Whether it goes on in this person's name. */
  async function isExecutor(requestId: string, person: Person): Promise<boolean> {
    const record = await removals.find(requestId);
    return record !== undefined && executorOf(record.request).id === person.id;
  }

  /** Whether it is only read in somebody's name, before it is sent. */
  async function isDraft(requestId: string): Promise<boolean> {
    return (await removals.find(requestId))?.request.state === 'draft';
  }

  /** Once it is approved it may be carried out in this person's name, or in somebody else's. */
  async function approving(requestId: string, person: Person): Promise<Need> {
    const record = await removals.find(requestId);
    if (record?.request.state !== 'pending') return 'nothing';
    const id: UserId = executorOnceApproved(record.request, refOf(person), policy.executeAs).id;
    return id === person.id ? 'person-now' : 'step-up';
  }
}

export type Needs = ReturnType<typeof createNeeds>;
