import { createDefaultHttpClient } from '@azure/core-rest-pipeline';
import { newGuid } from '../services/ids.ts';
import { StoreError } from '../services/storage/store.ts';
import { startBot, type Bot } from './compose.ts';
import { ConfigError, parseConfig } from './config/config.ts';
import { firstSteps } from './config/names.ts';
import { createLog } from './log.ts';
import { openStore } from './open-store.ts';
import { PortTakenError } from './channel/server.ts';

/** `EX_CONFIG` of sysexits: starting again without changing something will not help. */
const EXIT_CONFIG = 78;
/** `EX_IOERR` of sysexits: the disk does not keep what is written. Starting again shows what is really there. */
const EXIT_DISK = 74;

try {
  const config = parseConfig(process.env);
  const log = createLog({ level: config.logLevel });
  const clock = (): Date => new Date();
  // Before the parts are built: what they measure with is given out once.
  const telemetry = config.telemetry && (await import('./telemetry/sdk.ts')).startTelemetry(config.telemetry, log);
  const running: { bot?: Bot } = {};
  let isStopping = false;
  const end = (exitCode: number): void => {
    if (isStopping) return;
    isStopping = true;
    // Before it has started there is nobody who waits for an answer.
    if (running.bot === undefined) process.exit(exitCode);
    const exit = async (code: number): Promise<void> => {
      await telemetry?.stop();
      process.exit(code);
    };
    running.bot.stop().then(
      () => exit(exitCode),
      () => exit(exitCode === 0 ? 1 : exitCode),
    );
  };
  const bot = await startBot({
    config,
    clock,
    elapsedMs: () => performance.now(),
    newId: newGuid,
    http: createDefaultHttpClient(),
    openStore: (boot) =>
      openStore(config.store, {
        boot,
        now: clock,
        onUnsynced: () => {
          log.error('the disk did not keep what was written: the bot stops');
          end(EXIT_DISK);
        },
        onOpenToOthers: () => {
          log.warn('other accounts of this machine can read the store: see "Who can read it" in docs/operations.md');
        },
      }),
    log,
  });
  running.bot = bot;
  const stop = (signal: NodeJS.Signals): void => {
    if (!isStopping) log.info('the bot stops', { signal });
    end(0);
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  // Whoever waits for this line may end the bot right after it.
  console.log(`The bot listens on ${bot.url}/api/messages`);
} catch (error) {
  if (error instanceof ConfigError)
    for (const fault of [...error.faults, ...firstSteps(process.env)]) console.error(fault);
  else if (error instanceof StoreError || error instanceof PortTakenError) console.error(error.message);
  else console.error(error);
  process.exit(error instanceof ConfigError || isLasting(error) ? EXIT_CONFIG : 1);
}

/** What stays so until somebody looks after it; a lock may be given back any moment. */
function isLasting(error: unknown): boolean {
  return error instanceof StoreError && ['damaged', 'too-new', 'moved'].includes(error.fault);
}
