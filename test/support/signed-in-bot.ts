import { readFileSync } from 'node:fs';
import { createDefaultHttpClient } from '@azure/core-rest-pipeline';
import { startBot } from '../../bot/compose.ts';
import { parseConfig } from '../../bot/config/config.ts';
import { createLog } from '../../bot/log.ts';
import { openStore } from '../../bot/open-store.ts';
import { newGuid } from '../../services/ids.ts';
import type { ActAs } from '../../services/partner-center/partner-center.ts';
import { SignInNeededError, type TokenSource } from '../../services/partner-center/token-source.ts';

/**
 * The bot as a process, in whose hands are the tokens of those who stand in a file: `bot`, `person:<object id>`, or `everybody`.
 * The file is read anew each time, so that people sign in and are forgotten as a test wants it.
 */
const [, , signedIn = ''] = process.argv;
const canActAs = (actAs: ActAs): boolean => {
  const names = readFileSync(signedIn, 'utf8').split('\n');
  return names.includes('everybody') || names.includes(actAs);
};
const tokens: TokenSource = {
  canActAs,
  tokenFor: (actAs) =>
    canActAs(actAs)
      ? Promise.resolve(actAs === 'bot' ? 'app-only' : actAs.replace('person:', 'user:'))
      : Promise.reject(new SignInNeededError(actAs)),
  refused: () => false,
};
const config = parseConfig(process.env);
const clock = (): Date => new Date();
const bot = await startBot({
  ...{ config, clock, tokens },
  newId: newGuid,
  http: createDefaultHttpClient(),
  openStore: (boot) =>
    openStore(config.store, { boot, now: clock, onUnsynced: () => process.exit(1), onOpenToOthers: () => undefined }),
  log: createLog({ level: config.logLevel }),
});
process.on('SIGTERM', () => {
  bot.stop().then(
    () => process.exit(0),
    () => process.exit(1),
  );
});
process.stdout.write(`The bot listens on ${bot.url}/api/messages\n`);
