import assert from 'node:assert/strict';
import type { LogEntry } from '../../../../sandbox/partner-center/control/log.ts';
import { MINUTE_MS } from '../../../../services/clock.ts';
import { type Workbench } from '../workbench.ts';

export const NO_IDS = { requestId: '', correlationId: '' };
export const unique = <T>(values: readonly T[]): readonly T[] => [...new Set(values)];
export const requestIds = (calls: readonly LogEntry[]) => unique(calls.map(({ requestId }) => requestId));
export const correlationIds = (calls: readonly LogEntry[]) => unique(calls.map(({ correlationId }) => correlationId));

/** How often, before each removal call after the first, somebody looked whether the customer is gone. */
export async function looksBetween(bench: Workbench): Promise<readonly number[]> {
  const looks: number[] = [];
  let seen = 0;
  for (const { method, path, query } of await bench.log()) {
    if (path === '/v1/customers' && (query['filter'] ?? '').includes('Domain')) seen++;
    if (method !== 'PATCH') continue;
    looks.push(seen);
    seen = 0;
  }
  return looks.slice(1);
}

/** The order of intents, outcomes and what was verified, of the removal. */
export const steps = async (bench: Workbench, id: string): Promise<readonly string[]> =>
  (await bench.audit(id)).filter(({ detail }) => detail?.['step'] === 'removal').map(({ action }) => action);

export const subscriptionsOf = async (bench: Workbench, domain: string) => {
  const { id } = await bench.customer(domain);
  return bench.stand.world.customer(id)!.holdings.subscriptions;
};
/** Contoso, whose licences were suspended here, with an approved removal. */
export async function cleared(bench: Workbench): Promise<string> {
  const id = await bench.suspend('contoso');
  await bench.settle(MINUTE_MS);
  assert.equal(await bench.approved('contoso'), id);
  return id;
}
export const nothingWasRemoved = async (bench: Workbench): Promise<void> => {
  assert.deepEqual(await bench.removalCalls(), []);
};
