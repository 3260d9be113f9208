import { once } from 'node:events';
import { createServer } from 'node:net';

/**
 * A port that nobody listens on, and that stays so while a bot is started again: systems give outgoing connections
 * higher ones.
 */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = 15_000 + Math.floor(Math.random() * 15_000);
    const probe = createServer();
    const isFree = new Promise<boolean>((resolve) => {
      probe.once('error', () => {
        resolve(false);
      });
      probe.once('listening', () => {
        resolve(true);
      });
    });
    probe.listen(port, '127.0.0.1');
    if (!(await isFree)) continue;
    probe.close();
    await once(probe, 'close');
    return port;
  }
}
