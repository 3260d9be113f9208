// Whether the bot of this container is alive; the image has no curl. Ends with 0 or 1.
/* global fetch, AbortSignal */
const port = process.env['PORT'] ?? '3978';
const alive = await fetch(`http://127.0.0.1:${port}/healthz`, { signal: AbortSignal.timeout(5_000) }).then(
  (response) => response.status === 200,
  () => false,
);
process.exitCode = alive ? 0 : 1;
