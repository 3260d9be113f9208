// A process that wants a folder, for tests that kill it: waits for a line, opens the store, says how that went,
// and, told to `write`, commits one version after another and says each. Ends with its input.
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { openFileStore } from '../../../services/storage/file-store.ts';
import { StoreError } from '../../../services/storage/store.ts';
import type { Store } from '../../../services/storage/store.ts';

const [folder = '', task = 'hold'] = process.argv.slice(2);
const say = (line: string): boolean => process.stdout.write(`${line}\n`);

async function write(store: Store): Promise<never> {
  for (;;) {
    const { version } = await store.read('request:a');
    const next = { key: 'n', row: { value: Number(version) + 1 } };
    say(await store.commit('request:a', version, [next, { key: 'text', row: { value: 'x'.repeat(50_000) } }]));
  }
}

say('ready');
const input = createInterface(process.stdin);
const ended = once(input, 'close');
await Promise.race([once(input, 'line'), ended]);
try {
  const store = await openFileStore({ folder, boot: `boot-of-${process.pid}` });
  say('open');
  if (task === 'write') await write(store);
  await ended;
  await store.close();
} catch (error) {
  say(error instanceof StoreError ? error.fault : String(error));
}
