// Runs a TypeScript file of this project as it is written. Types are stripped by Node 24, which the
// devDependency `node` brings; with npm's install scripts off one is back on the machine's own Node.
import { pathToFileURL } from 'node:url';
import path from 'node:path';

const [major] = process.versions.node.split('.').map(Number);
if (major === undefined || major < 24) {
  console.error(
    `This project runs on Node 24, and this is ${process.version}: run "npm ci" with npm's install scripts allowed, or install Node 24.`,
  );
  process.exit(1);
}
const [, , file, ...rest] = process.argv;
if (file === undefined) {
  console.error('usage: node scripts/on-node-24.mjs <file.ts> [arguments]');
  process.exit(2);
}
process.argv = [process.argv[0] ?? 'node', path.resolve(file), ...rest];
await import(pathToFileURL(path.resolve(file)).href);
