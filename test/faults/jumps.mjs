/** Loaded before the bot's own process: from the moment the file that `CLOCK_JUMPS_ONCE` names is there, it is a day earlier. */
import { existsSync } from 'node:fs';

const Machine = globalThis.Date;
const now = () => Machine.now() - (existsSync(process.env['CLOCK_JUMPS_ONCE'] ?? '') ? 86_400_000 : 0);
globalThis.Date = class extends Machine {
  static now() {
    return now();
  }
  constructor(...given) {
    if (given.length === 0) super(now());
    else super(...given);
  }
};
