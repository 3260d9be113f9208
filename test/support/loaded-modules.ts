// Put before a program (`--import`): once it ends, says on standard error what of OpenTelemetry was loaded.
import { writeSync } from 'node:fs';
import { registerHooks } from 'node:module';

const loaded = new Set<string>();

registerHooks({
  load(url, context, next) {
    const [, name] = /\/node_modules\/(@opentelemetry\/[\w-]+)\//.exec(url) ?? [];
    if (name !== undefined) loaded.add(name);
    return next(url, context);
  },
});

process.on('exit', () => {
  writeSync(2, `loaded: ${[...loaded].sort().join(' ')}\n`);
});
