import { setTimeout as delay } from 'node:timers/promises';
import { createDefaultHttpClient } from '@azure/core-rest-pipeline';
import { createDirectory, type Directory } from '../../services/customers/directory.ts';
import { newGuid } from '../../services/ids.ts';
import { createPartnerCenterClient } from '../../services/partner-center/client.ts';
import type { Customer } from '../../services/partner-center/partner-center.ts';
import { Histogram, round } from '../measuring/histogram.ts';
import type { Row } from '../measuring/row.ts';
import { startPartnerCenter } from '../world/partner-center.ts';
import { customersOf } from '../world/prepared-store.ts';
import { clearingUp, type Part } from './part.ts';

const LATENCY_MS = 200;
const MOST_RESULTS = 15;

/** How long a keystroke takes until customers are found, and how soon the first ones can be. */
export const search: Part = {
  name: 'search',
  measure: async (scope) => {
    const rows: Row[] = [];
    for (const count of scope.isQuick ? [100] : [100, 5_000, 50_000])
      rows.push(...(await among(count, scope.size(400, 5))));
    return rows;
  },
};

const among = (count: number, people: number): Promise<readonly Row[]> =>
  clearingUp(async (later) => {
    const partnerCenter = await startPartnerCenter(count);
    later(() => partnerCenter.end());
    await partnerCenter.behave({ latencyMs: LATENCY_MS });
    const directory = createDirectory({
      partnerCenter: createPartnerCenterClient({
        url: partnerCenter.url,
        tokens: { canActAs: () => true, tokenFor: () => Promise.resolve(undefined), refused: () => false },
        ...{ http: createDefaultHttpClient(), newId: newGuid, now: () => new Date() },
      }),
      ...{ clock: () => new Date(), actAs: 'bot', refreshMs: 3_600_000 },
    });
    later(() => {
      directory.stop();
    });
    const began = performance.now();
    directory.start();
    await until(() => directory.state().known > 0);
    const firstMs = performance.now() - began;
    await until(() => directory.state().kind === 'ready');
    const allMs = performance.now() - began;

    const took = new Histogram();
    for (const words of typed(customersOf(count), people)) {
      const at = performance.now();
      directory.search(words, MOST_RESULTS);
      took.add(performance.now() - at);
    }
    checkThatItFinds(directory, customersOf(count));
    const known = count.toLocaleString('en-GB');
    return [
      {
        id: `search-${count}`,
        what: `a keystroke of a search among ${known} customers, p99`,
        unit: 'ms',
        ours: round(took.at(0.99)),
        goal: { of: 'ours', at: 'most', value: 10 },
        details: { p50Ms: round(took.at(0.5)), maxMs: round(took.at(1)), keystrokes: took.count },
      },
      {
        id: `search-first-${count}`,
        what: `from the start until the first of ${known} customers can be found`,
        unit: 'ms',
        ours: round(firstMs),
        floor: { what: 'one call', value: LATENCY_MS },
        goal: { of: 'ratio', at: 'most', value: 2 },
        details: { allMs: round(allMs) },
      },
    ];
  });

/** What people type, a letter more each time: names from their beginning, a word of them, domains, and what nobody is called. */
function* typed(customers: readonly Customer[], people: number): Generator<string> {
  for (let person = 0; person < people; person++) {
    const { companyName, domain } = customers[(person * 7_919) % customers.length] ?? { companyName: '', domain: '' };
    const [, ...words] = companyName.split(' ');
    const wanted = [companyName, words.join(' '), domain.slice(0, 12), `zz ${companyName}`, companyName.slice(2)][
      person % 5
    ];
    for (let length = 1; length <= Math.min(14, wanted?.length ?? 0); length++) yield wanted?.slice(0, length) ?? '';
  }
}

function checkThatItFinds(directory: Directory, customers: readonly Customer[]): void {
  for (const { id, domain } of customers.slice(0, 20))
    if (!directory.search(domain, MOST_RESULTS).matches.some((one) => one.id === id.toLowerCase()))
      throw new Error(`${domain} is not found`);
}

async function until(isSo: () => boolean): Promise<void> {
  const ends = performance.now() + 60_000;
  while (!isSo()) {
    if (performance.now() > ends) throw new Error('the list of customers was not read in time');
    await delay(1);
  }
}
