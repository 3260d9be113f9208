import { parseArgs } from 'node:util';
import { startPartnerCenter } from './server.ts';

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: process.env['PORT'] ?? '7071' },
    host: { type: 'string', default: '127.0.0.1' },
    scenario: { type: 'string', default: 'everyday' },
    customers: { type: 'string' },
  },
});

try {
  const { url, world } = await startPartnerCenter({
    port: Number(values.port),
    host: values.host,
    scenario: values.scenario,
    ...(values.customers !== undefined && { customers: Number(values.customers) }),
  });
  console.log(`A stand-in of Partner Center: scenario ${world.scenario}, ${world.customers.length} customers.`);
  console.log(url);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
