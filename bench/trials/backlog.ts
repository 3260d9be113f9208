import { setTimeout as delay } from 'node:timers/promises';
import { OUTBOX_KEY } from '../../services/requests/change.ts';
import type { StoreReader } from '../../services/storage/store-reader.ts';

/** What there still is to be done for some requests: steps to be carried out, and cards to be shown. */
export interface Backlog {
  readonly unfinished: number;
  readonly cards: number;
}

/** In these the bot is at work, without anybody's click. */
const AT_WORK: ReadonlySet<string> = new Set(['approved', 'executing', 'verifying', 'unknown']);

export async function backlogOf(reader: StoreReader, requestIds: readonly string[]): Promise<Backlog> {
  let [unfinished, cards] = [0, 0];
  for (const id of requestIds) {
    const { rows } = await reader.read(`request:${id}`);
    const { state = '' } = (rows.get('request')?.value ?? {}) as { readonly state?: string };
    if (AT_WORK.has(state)) unfinished++;
    cards += [...rows.keys()].filter((key) => key.startsWith(OUTBOX_KEY)).length;
  }
  return { unfinished, cards };
}

/**
 * Waits until nothing is left to be done.
 *
 * @returns how long that took, and what was left after the longest that it may take.
 */
export async function cleared(
  reader: StoreReader,
  requestIds: () => readonly string[],
  {
    withinMs,
    everyMs,
    tell,
  }: { readonly withinMs: number; readonly everyMs: number; readonly tell?: (left: Backlog) => void },
): Promise<Backlog & { readonly ms: number }> {
  const began = performance.now();
  for (;;) {
    const left = await backlogOf(reader, requestIds());
    const ms = performance.now() - began;
    if (left.unfinished + left.cards === 0 || ms > withinMs) return { ...left, ms };
    tell?.(left);
    await delay(everyMs);
  }
}
