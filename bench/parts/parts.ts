import { clicks } from './clicks.ts';
import { junk } from './junk.ts';
import type { Part } from './part.ts';
import { turns } from './turns.ts';

export const PARTS: readonly Part[] = [clicks, turns, junk];
