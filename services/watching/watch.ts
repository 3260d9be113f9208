import { z } from 'zod';
import { DAY_MS, HOUR_MS, later, type Instant } from '../clock.ts';
import type { HoldingClass, Line, Readiness } from '../readiness/readiness.ts';
import type { SourceName } from '../readiness/holdings.ts';

/** What a look saw, as far as the next look has to know it. */
export const Seen = z.object({
  readAt: z.string(),
  isClear: z.boolean(),
  /** What stood in the way, by id, name and what kind of purchase it is, which earlier versions did not keep. */
  blockers: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      kind: z.custom<HoldingClass>((value) => typeof value === 'string').exactOptional(),
    }),
  ),
  unread: z.array(z.custom<SourceName>((value) => typeof value === 'string')),
  /** Windows that people were told of already: what, until when. */
  told: z.array(z.string()),
});
export type Seen = z.output<typeof Seen>;

/** What is worth telling people who watch a customer. */
export const News = z.object({
  /** Nothing known stands in the way; said only after a complete reading. */
  isClear: z.boolean(),
  /** What no longer stands in the way, by name. Foreign text. */
  cleared: z.array(z.string()),
  /** What can soon no longer be cancelled. `name` is foreign text. */
  closing: z.array(z.object({ name: z.string(), until: z.string() })),
  /** What this look could not read, and so says nothing about. */
  unread: z.array(z.custom<SourceName>((value) => typeof value === 'string')),
});
export type News = z.output<typeof News>;

/** A window is about to close this long before it does. */
const CLOSING_MS = 2 * DAY_MS;
/** Terms end at the end of their day, and the service takes its time: the day after is looked at from here on. */
const AFTER_TERM_MS = 6 * HOUR_MS;

/**
 * What a look has found, against the one before it. What could not be read is neither gone nor there: it is
 * said to be unread, once, and nothing is called clear.
 */
export function look(
  before: Seen | undefined,
  readiness: Readiness,
  now: Date,
): { readonly seen: Seen; readonly news?: News } {
  const unread = readiness.lines.flatMap((line) => (line.kind === 'unread' ? [line.source] : []));
  const found = blockersOf(readiness.lines);
  // After an incomplete look, what was known before and is not seen may be there all the same.
  const blockers =
    unread.length === 0
      ? found
      : [...new Map([...(before?.blockers ?? []), ...found].map((one) => [one.id, one])).values()];
  const isClear = readiness.verdict.kind === 'clear';
  const closing = closingWindows(readiness.lines, now);
  const told = closing.map(windowKey);

  const seen: Seen = { readAt: readiness.readAt, isClear, blockers, unread, told };
  if (before === undefined) return { seen };
  const left = new Set(blockers.map(({ id }) => id));
  const news: News = {
    isClear: isClear && !before.isClear,
    cleared: before.blockers.filter(({ id }) => !left.has(id)).map(({ name }) => name),
    closing: closing.filter((window) => !before.told.includes(windowKey(window))),
    unread: unread.filter((source) => !before.unread.includes(source)),
  };
  const isWorthTelling = news.isClear || news.cleared.length > 0 || news.closing.length > 0 || news.unread.length > 0;
  return { seen, ...(isWorthTelling && { news: { ...news, unread } }) };
}

/** When to look next: every so often, on the day after each term ends, and before each window closes. */
export function nextLook(readiness: Readiness, now: Date, everyMs: number): Instant {
  const regular = later(now, everyMs);
  const moments = readiness.lines
    .flatMap((line) => (line.kind === 'holding' ? line.remedies : []))
    .flatMap((remedy) => {
      if (remedy.kind === 'wait') return [dayAfter(remedy.until)];
      return remedy.kind === 'cancel' ? [later(new Date(remedy.until), -CLOSING_MS)] : [];
    });
  const earliest = later(now, Math.min(everyMs, HOUR_MS));
  return moments.filter((moment) => moment > earliest && moment < regular).sort()[0] ?? regular;
}

const dayAfter = (until: Instant): Instant => {
  const day = Math.floor(new Date(until).getTime() / DAY_MS) + 1;
  return new Date(day * DAY_MS + AFTER_TERM_MS).toISOString();
};

const blockersOf = (lines: readonly Line[]): Seen['blockers'] =>
  lines.flatMap((line) =>
    line.kind === 'holding' && line.group === 'blocks'
      ? [{ id: line.holdingId, name: line.name, kind: line.class }]
      : [],
  );

type Window = News['closing'][number] & { readonly id: string };

function closingWindows(lines: readonly Line[], now: Date): readonly Window[] {
  const soon = later(now, CLOSING_MS);
  return lines.flatMap((line) => {
    if (line.kind !== 'holding') return [];
    const cancel = line.remedies.find((remedy) => remedy.kind === 'cancel');
    return cancel === undefined || cancel.until > soon
      ? []
      : [{ id: line.holdingId, name: line.name, until: cancel.until }];
  });
}

const windowKey = ({ id, until }: Window): string => `${id} ${until}`;
