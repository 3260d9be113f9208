// Tries what the configuration names, before a start or beside a running bot, and changes nothing: `npm run check-config`.
import { createDefaultHttpClient } from '@azure/core-rest-pipeline';
import { checkConfig } from '../bot/checking/check-config.ts';
import { lineOf } from '../bot/checking/finding.ts';
import { ConfigError, parseConfig } from '../bot/config/config.ts';
import { firstSteps } from '../bot/config/names.ts';

/** `EX_CONFIG` of sysexits, as of the bot itself. */
const EXIT_CONFIG = 78;

try {
  const config = parseConfig(process.env);
  const counts = { ok: 0, warning: 0, wrong: 0 };
  const world = { config, http: createDefaultHttpClient(), fetch, now: () => new Date() };
  for await (const finding of checkConfig(world)) {
    counts[finding.verdict] += 1;
    console.log(lineOf(finding));
  }
  console.log(`${counts.ok} ok, ${counts.warning} warning, ${counts.wrong} wrong`);
  process.exitCode = counts.wrong === 0 ? 0 : 1;
} catch (error) {
  if (!(error instanceof ConfigError)) throw error;
  for (const fault of [...error.faults, ...firstSteps(process.env)]) console.error(fault);
  process.exitCode = EXIT_CONFIG;
}
