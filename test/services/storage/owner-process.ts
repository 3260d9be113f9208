// A process that wants a folder, for tests that kill it: waits for a line, opens the store, says how that went,
// and, told to `write` or to `move`, commits one version after another and says each. Ends with its input.
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

/** Moves partitions into the archive and back; says each version that was acknowledged, and where it is. */
async function move(store: Store): Promise<never> {
  const dueAt = '2026-03-01T10:00:00.000Z';
  for (let n = 0; ; n += 1) {
    const partition = `request:${n % 3}`;
    const { version } = await store.read(partition);
    const closed = await store.commit(partition, version, [{ key: 'n', row: { value: n } }]);
    say(`${partition} ${closed} working`);
    await store.archive(partition, closed, '2026-03');
    say(`${partition} ${closed} archive`);
    const kept = await store.commit(partition, closed, [{ key: 'n', row: { value: n } }]);
    say(`${partition} ${kept} archive`);
    const back = await store.commit(partition, kept, [{ key: 'n', row: { value: n, dueAt } }]);
    say(`${partition} ${back} working`);
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
  if (task === 'move') await move(store);
  await ended;
  await store.close();
} catch (error) {
  say(error instanceof StoreError ? error.fault : String(error));
}
