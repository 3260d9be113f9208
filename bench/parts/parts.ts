import { clicks } from './clicks.ts';
import { crash } from './crash.ts';
import { junk } from './junk.ts';
import type { Part } from './part.ts';
import { readiness } from './readiness.ts';
import { removal } from './removal.ts';
import { search } from './search.ts';
import { start } from './start.ts';
import { store } from './store.ts';
import { turns } from './turns.ts';

export const PARTS: readonly Part[] = [clicks, turns, junk, readiness, removal, search, store, start, crash];
