import { Agent, get } from 'node:http';
import { createDefaultHttpClient } from '@azure/core-rest-pipeline';
import { newGuid } from '../../services/ids.ts';
import { createPartnerCenterClient } from '../../services/partner-center/client.ts';
import { createDelegatedAdmin } from '../../services/partner-center/delegated-admin.ts';
import type { TokenSource } from '../../services/partner-center/token-source.ts';
import { createReadinessReader, type ReadinessReader } from '../../services/readiness/reader.ts';
import { median, round } from '../measuring/histogram.ts';
import { startPartnerCenter } from '../world/partner-center.ts';
import { clearingUp, type Part } from './part.ts';

const LANES = 10;
const noTokens: TokenSource = {
  canActAs: () => true,
  tokenFor: () => Promise.resolve(undefined),
  refused: () => false,
};

/** What stands in a customer's way, read from Partner Center; beside two calls one after another, which is the least. */
export const readiness: Part = {
  name: 'readiness',
  measure: (scope) =>
    clearingUp(async (later) => {
      const partnerCenter = await startPartnerCenter(scope.size(100, 40));
      later(() => partnerCenter.end());
      const { url } = partnerCenter;
      const customers = await partnerCenter.clearCustomers(100);
      const sizes = scope.isQuick ? [1, 10] : [1, 10, 100, 1_000];
      for (const [n, size] of sizes.entries()) await partnerCenter.sell(customers[n] ?? '', holdings(size));
      await partnerCenter.behave({ latencyMs: scope.size(200, 5) });
      const reader = readerOf(url);
      const agent = new Agent({ keepAlive: true });
      later(() => {
        agent.destroy();
      });

      const rows = [];
      for (const [n, size] of sizes.entries()) {
        const id = customers[n] ?? '';
        const ours: number[] = [];
        const floor: number[] = [];
        for (let count = 0; count <= scope.size(5, 1); count++) {
          const read = await timed(() => reader.read(id, 'bot', { fresh: true }));
          const asked = await timed(async () => {
            await json(`${url}/v1/customers/${id}`, agent);
            await json(`${url}/v1/customers/${id}/subscriptions`, agent);
          });
          const { verdict, lines } = read.value;
          if (verdict.kind === 'cannot-tell' || lines.length < size)
            throw new Error(`the customer with ${size} was not read: ${JSON.stringify(verdict)}`);
          // The first one opens connections.
          if (count === 0) continue;
          ours.push(read.ms);
          floor.push(asked.ms);
        }
        rows.push({
          id: `readiness-${size}`,
          what: `what stands in the way of a customer with ${size.toLocaleString('en-GB')} subscriptions`,
          unit: 'ms' as const,
          ours: round(median(ours)),
          floor: { what: 'two calls one after another', value: round(median(floor)) },
          goal: { of: 'ratio' as const, at: 'most' as const, value: 1.2 },
          details: {},
        });
      }
      return rows;
    }),
};

/** One that is on Azure, and of the others three of five on legacy licences. */
const holdings = (count: number): readonly string[] =>
  Array.from({ length: count }, (_, n) =>
    n === 1 ? 'azure-plan' : n % 5 < 3 ? 'legacy-licence' : 'new-commerce-licence',
  );

function readerOf(url: string): ReadinessReader {
  const http = createDefaultHttpClient();
  const parts = { url, tokens: noTokens, http, newId: newGuid, now: () => new Date() };
  return createReadinessReader({
    partnerCenter: createPartnerCenterClient({ ...parts, lanes: LANES }),
    delegatedAdmin: createDelegatedAdmin(parts),
    policy: { suspendedNewCommerce: 'blocks', environment: 'production' },
    clock: parts.now,
    lanes: LANES,
  });
}

async function timed<T>(work: () => Promise<T>): Promise<{ readonly value: T; readonly ms: number }> {
  const began = performance.now();
  const value = await work();
  return { value, ms: performance.now() - began };
}

/** A call as plain as it can be. */
const json = (url: string, agent: Agent): Promise<unknown> =>
  new Promise((resolve, reject) => {
    get(url, { agent }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (part: string) => (text += part));
      response.on('end', () => {
        resolve(JSON.parse(text));
      });
    }).on('error', reject);
  });
