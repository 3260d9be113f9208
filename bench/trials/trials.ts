import { clicks } from './clicks.ts';
import { junk } from './junk.ts';
import { queue } from './queue.ts';
import type { Trial } from './trial.ts';

export const TRIALS: readonly Trial[] = [clicks, junk, queue];
