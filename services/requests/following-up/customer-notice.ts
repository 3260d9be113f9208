import type { RemovalRequest } from '../request.ts';
import type { StateName } from '../life.ts';

/** What comes of it is known well enough to tell a customer: it is asked for, or done. */
const TELLABLE: ReadonlySet<StateName> = new Set(['pending', 'approved', 'blocked', 'done']);

/** Whether there is a text for the customer: before a removal, and after it. */
export const hasNotice = ({ kind, state }: Pick<RemovalRequest, 'kind' | 'state'>): boolean =>
  kind === 'removal' && TELLABLE.has(state);
