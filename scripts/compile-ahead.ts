/*
 * Loads what the processes of the tests load, so that Node keeps it compiled (NODE_COMPILE_CACHE): the tests end most of
 * them in ways that leave no time for that, and each would compile it anew.
 */
import { flushCompileCache } from 'node:module';

for (const program of [
  '../bot/compose.ts',
  '../bot/open-store.ts',
  '../bot/receipts/print-pdf.ts',
  '../sandbox/chat/chat.ts',
  '../sandbox/graph/graph.ts',
  '../sandbox/partner-center/server.ts',
  '../sandbox/signed-tenant.ts',
])
  await import(program);
flushCompileCache();
process.exit(0);
