import { rmSync } from 'node:fs';

/**
 * Loaded ahead of a child process's own program: ends it when its parent is gone, however that has ended. The parent
 * holds the other end of standard input and never writes to it. What the parent can no longer clear away, its folder
 * for what is temporary, is cleared away here.
 */
const ENDING_MS = 5_000;

process.stdin.once('end', () => {
  process.once('exit', () => {
    const folder = process.env['SANDBOX_FOLDER'];
    if (folder !== undefined) rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  });
  setTimeout(() => process.exit(1), ENDING_MS).unref();
  // The program may not have come so far as to end in its own way.
  if (process.listenerCount('SIGTERM') === 0) process.exit(1);
  process.kill(process.pid, 'SIGTERM');
});
process.stdin.resume();
if ('unref' in process.stdin) process.stdin.unref();
