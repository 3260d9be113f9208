import { azure } from './azure.ts';
import { clicks } from './clicks.ts';
import { junk } from './junk.ts';
import { outage } from './outage.ts';
import { queue } from './queue.ts';
import { soak } from './soak.ts';
import type { Trial } from './trial.ts';

export const TRIALS: readonly Trial[] = [clicks, junk, queue, soak, outage, azure];
