import assert from 'node:assert/strict';
import type { Subscription } from '../../../../sandbox/partner-center/world/records.ts';
import { on, type Workbench, type WorkbenchOptions } from '../workbench.ts';

export const DOMAIN = 'continentalcargo';
export const PLANNER = 'Planner Plan 1';
export const VISIO = 'Visio Plan 2';

/** Three new-commerce subscriptions in their window. */
async function three(bench: Workbench): Promise<string> {
  const { id: customerId } = await bench.customer(DOMAIN);
  for (const [offerName, quantity] of [
    [PLANNER, 4],
    [VISIO, 2],
  ] as const)
    await bench.world({
      customerId,
      addSubscription: { class: 'new-commerce-licence', offerName, quantity, startedDaysAgo: 1 },
    });
  return customerId;
}

/** On a customer with three subscriptions in their window. */
export const onThree = (test: (bench: Workbench) => Promise<void>, options: WorkbenchOptions = {}) =>
  on(options, async (bench) => {
    await three(bench);
    await test(bench);
  });

export async function subscription(bench: Workbench, name: string, domain = DOMAIN): Promise<Subscription> {
  const { id } = await bench.customer(domain);
  const all = bench.stand.world.customer(id)!.holdings.subscriptions;
  return all.find(({ offerName }) => offerName === name) ?? assert.fail(`no ${name}`);
}

/** How far each is. */
export const told = async (bench: Workbench, id: string): Promise<readonly string[]> =>
  (await bench.steps(id))
    .filter(({ action }) => action === 'cancel')
    .map(({ name, state }) => `${name}: ${state}`)
    .sort();

/** So many were cancelled, each by what was carried out once, and under one id of its own. */
export async function assertOnceEach(bench: Workbench, id: string, count: number): Promise<void> {
  const calls = await bench.cancelCalls();
  assert.deepEqual([...new Set(calls.map(({ path }) => path))].length, count);
  assert.equal(new Set(calls.map(({ requestId }) => requestId)).size, count);
  const carriedOut = calls.filter(({ status }) => status === 200).map(({ path }) => path);
  assert.equal(new Set(carriedOut).size, carriedOut.length, 'one was cancelled twice');
  assert.ok((await told(bench, id)).every((one) => one.endsWith(': done')));
}
