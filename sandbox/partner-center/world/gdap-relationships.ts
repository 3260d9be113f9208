import { DAY_MS } from './clock.ts';
import { guidOf } from './ids.ts';
import type { Gdap } from './records.ts';

/** A granular delegated admin relationship with a customer. */
export function gdapOf(customerId: string, displayName: string, now: Date, status = 'active'): Gdap {
  const created = new Date(now.getTime() - 200 * DAY_MS);
  const wasActive = status !== 'created' && status !== 'approvalPending';
  return {
    id: `${guidOf(customerId, 'gdap', displayName)}-${guidOf('partner of', displayName)}`,
    displayName,
    duration: 'P730D',
    autoExtendDuration: 'P180D',
    status,
    createdDateTime: created,
    lastModifiedDateTime: created,
    requests: [],
    ...(wasActive && {
      activatedDateTime: created,
      endDateTime: new Date(created.getTime() + (status === 'expired' ? 100 : 730) * DAY_MS),
    }),
  };
}
