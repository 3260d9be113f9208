import { z } from 'zod';
import { DAY_MS, HOUR_MS, later, type Instant } from '../clock.ts';
import type { Line, Readiness } from '../readiness/readiness.ts';
import type { SourceName } from '../readiness/holdings.ts';
import { isNoLongerOurs } from '../readiness/relationship.ts';
import { sourcesOf } from '../readiness/sources-of.ts';
import { Blocker, blockersOf, comparedWith } from './blockers.ts';

const Sources = z.array(z.custom<SourceName>((value) => typeof value === 'string'));

/** What a look saw, as far as the next look has to know it. What came later is missing in what earlier versions kept. */
export const Seen = z.object({
  readAt: z.string(),
  isClear: z.boolean(),
  /** Everything was read but what takes a person's sign-in, and nothing of it stands in the way. */
  isClearSoFar: z.boolean().exactOptional(),
  /** People know that nothing stands in the way, of what can be read without them at least, and nothing has come since. */
  isKnownClear: z.boolean().exactOptional(),
  /** The customer was said to be none of ours, so that nothing else could be read. */
  isGone: z.boolean().exactOptional(),
  /** What stood in the way, or may do so unseen. */
  blockers: z.array(Blocker),
  unread: Sources,
  /** Of these, what no look has read yet: what is found there later may have been there all the time. */
  neverRead: Sources.exactOptional(),
  /** Of these, what only takes a person's sign-in. */
  signInNeeded: Sources.exactOptional(),
  /** Ids of the transfers that were open when they were last read; missing where they never were. */
  transfers: z.array(z.string()).exactOptional(),
  /** Windows that people were told of already: what, until when. */
  told: z.array(z.string()),
});
export type Seen = z.output<typeof Seen>;

/** What is worth telling people who watch a customer. */
export const News = z.object({
  /** The customer is none of ours: the service says so of it, or its list does as well, and it is watched no longer. Nothing else is told then. */
  gone: z.enum(['said', 'ended']).exactOptional(),
  /** Nothing known stands in the way; said only after a complete reading. */
  isClear: z.boolean(),
  /** Nothing stands in the way of what can be read without a person; the rest takes their sign-in. */
  isClearSoFar: z.boolean().default(false),
  /** What no longer stands in the way, by name. Foreign text. */
  cleared: z.array(z.string()),
  /** What has come in the way, by name. Foreign text. */
  added: z.array(z.string()).default([]),
  /** Transfers to another partner that have been opened, and wait to be accepted. `to` is foreign text. */
  transfers: z
    .array(z.object({ id: z.string(), status: z.string(), count: z.number(), to: z.string().exactOptional() }))
    .default([]),
  /** What stood in the way when it was last read, and takes a person's sign-in to be read, by name. Foreign text. */
  left: z.array(z.string()).default([]),
  /** What can soon no longer be cancelled. `name` is foreign text. */
  closing: z.array(z.object({ name: z.string(), until: z.string() })),
  /** What this look could not read, and so says nothing about. */
  unread: Sources,
  /** Of these, what only takes a person's sign-in: no trouble, and nothing new. */
  signInNeeded: Sources.default([]),
});
export type News = z.output<typeof News>;

/** A customer that has left is watched no longer. */
export const ENDED: News = {
  ...{ gone: 'ended', isClear: false, isClearSoFar: false },
  ...{ cleared: [], added: [], transfers: [], left: [], closing: [], unread: [], signInNeeded: [] },
};

/** A window is about to close this long before it does. */
const CLOSING_MS = 2 * DAY_MS;
/** Terms end at the end of their day, and the service takes its time: the day after is looked at from here on. */
const AFTER_TERM_MS = 6 * HOUR_MS;

/**
 * What a look has found, against the one before it. What could not be read is neither gone nor there: what stood in the
 * way and may come from there is carried over, and nothing is called clear. Where that is for want of a person's sign-in
 * alone, it is told once that nothing else stands in the way, and again only after something has. Of a customer that is none
 * of ours that is told, once, in the place of all that cannot be read.
 */
export function look(
  before: Seen | undefined,
  readiness: Readiness,
  now: Date,
): { readonly seen: Seen; readonly news?: News } {
  const { lines } = readiness;
  const missing = lines.filter((line) => line.kind === 'unread');
  const unread = missing.map(({ source }) => source);
  const signInNeeded = missing.filter(takesSignIn).map(({ source }) => source);
  const found = blockersOf(lines);
  const { carried, cleared, added } = comparedWith(before, { lines, found, unread });
  const neverRead = unread.filter((source) => (before?.neverRead ?? before?.unread ?? unread).includes(source));
  const open = unread.includes('transfers') ? undefined : openTransfers(lines);
  const transfers = open?.map(({ id }) => id) ?? before?.transfers;

  const isClear = readiness.verdict.kind === 'clear';
  const isInTheWay = lines.some(({ group, kind }) => group === 'blocks' && kind !== 'unread');
  const isClearSoFar = !isInTheWay && isMissingSignInOnly(unread, signInNeeded);
  const wasKnownClear = before?.isKnownClear ?? before?.isClear ?? false;
  const isKnownClear = !isInTheWay && (isClear || isClearSoFar || wasKnownClear);
  const closing = closingWindows(lines, now);
  const told = closing.map(windowKey);
  const seen: Seen = {
    ...{ readAt: readiness.readAt, isClear, isClearSoFar, isKnownClear },
    ...{ blockers: [...carried, ...found], unread, neverRead, signInNeeded, told },
    ...(transfers && { transfers }),
  };
  if (isNoLongerOurs(readiness))
    return {
      seen: { ...seen, isGone: true },
      ...(before?.isGone !== true && { news: { ...ENDED, gone: 'said' } }),
    };

  const isNewlySoFar = isClearSoFar && !wasKnownClear;
  // The first look is what later ones are compared with.
  if (before === undefined && !isNewlySoFar) return { seen };
  const news: News = {
    isClear: before !== undefined && isClear && !before.isClear,
    isClearSoFar: isNewlySoFar,
    cleared: cleared.map(({ name }) => name),
    added: added.map(({ name }) => name),
    transfers: open?.filter(({ id }) => before?.transfers?.includes(id) === false) ?? [],
    left: isNewlySoFar ? carried.map(({ name }) => name) : [],
    closing: closing.filter((window) => before?.told.includes(windowKey(window)) === false),
    unread: unread.filter((source) => before?.unread.includes(source) === false),
    signInNeeded,
  };
  return { seen, ...(isWorthTelling(news) && { news: { ...news, unread } }) };
}

/**
 * Whether a look would have something to tell now, by what somebody has read in their own name: what looks cannot read
 * without a person is left out of it.
 */
export function wouldTell(before: Seen, own: Readiness, now: Date): boolean {
  const { signInNeeded: beyond = [] } = before;
  const isTheirs = (line: Line): boolean =>
    line.kind === 'unread'
      ? beyond.includes(line.source)
      : line.kind === 'holding' && sourcesOf(line.class).some((source) => beyond.includes(source));
  const ids = { requestId: '', correlationId: '' };
  const unread = beyond.map(
    (source) => ({ group: 'blocks', kind: 'unread', source, fault: 'sign-in-needed', ids }) as const,
  );
  const lines = [...own.lines.filter((line) => !isTheirs(line)), ...unread];
  const verdict = beyond.length === 0 ? own.verdict : { kind: 'cannot-tell' as const, sources: beyond };
  return look(before, { ...own, lines, verdict }, now).news !== undefined;
}

/** What of news that wait still holds after a later look; `undefined` where nothing of it does. */
export function stillTrue(
  { gone, ...news }: News,
  { isClear, isKnownClear, isGone, blockers, transfers: open }: Seen,
): News | undefined {
  const isClearSoFar = news.isClearSoFar && isKnownClear === true;
  const left = isClearSoFar ? news.left : [];
  const isInTheWay = (name: string): boolean => blockers.some((one) => one.name === name);
  const cleared = news.cleared.filter((name) => !isInTheWay(name));
  const added = news.added.filter(isInTheWay);
  const transfers = news.transfers.filter(({ id }) => open?.includes(id) !== false);
  const now: News = {
    ...{ ...news, isClear: news.isClear && isClear, isClearSoFar, left, cleared, added, transfers },
    ...(gone !== undefined && isGone === true && { gone }),
  };
  return isWorthTelling(now) ? now : undefined;
}

/** Without what only undoes news that wait and were never told: what came and went, or went and came back. */
export function besides(waiting: News, news: News): News | undefined {
  const added = news.added.filter((name) => !waiting.cleared.includes(name));
  const cleared = news.cleared.filter((name) => !waiting.added.includes(name));
  const rest: News = { ...news, added, cleared };
  return isWorthTelling(rest) ? rest : undefined;
}

const isWorthTelling = (news: News): boolean =>
  news.gone !== undefined ||
  news.isClear ||
  news.isClearSoFar ||
  news.cleared.length > 0 ||
  news.added.length > 0 ||
  news.transfers.length > 0 ||
  news.closing.length > 0 ||
  news.unread.some((source) => !news.signInNeeded.includes(source));

/** The bot has no sign-in of its own there, or what it has is refused since it takes a person. */
const takesSignIn = ({ fault, meaning }: Extract<Line, { kind: 'unread' }>): boolean =>
  fault === 'sign-in-needed' || meaning === 'needs-a-person';

/** Whether a person's sign-in is all that is missing. Without the customer and its subscriptions nothing was seen at all. */
const isMissingSignInOnly = (unread: readonly SourceName[], signInNeeded: readonly SourceName[]): boolean =>
  unread.length > 0 &&
  unread.every((source) => signInNeeded.includes(source)) &&
  !unread.some((source) => source === 'customer' || source === 'subscriptions');

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

const openTransfers = (lines: readonly Line[]): News['transfers'] =>
  lines.flatMap((line) => {
    if (line.kind !== 'transfer') return [];
    const { holdingId: id, status, count, to } = line;
    return [{ id, status, count, ...(to !== undefined && { to }) }];
  });

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
