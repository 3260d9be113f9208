import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What Node's own server can do: it takes in a body and answers with nothing. `STATUS` says how. */
const status = Number(process.env['STATUS'] ?? 200);
const server = createServer((request, response) => {
  request.resume();
  response.writeHead(status, { 'Content-Length': 0 });
  response.end();
});
server.listen(0, '127.0.0.1', () => {
  console.log(`listens on ${(server.address() as AddressInfo).port}.`);
});
// So that a profile of it is written.
process.once('SIGTERM', () => process.exit(0));
