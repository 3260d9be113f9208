import type { ClearingStep } from '../services/requests/clearing/clearing-step.ts';
import type { Element } from './adaptive-card.ts';
import { sentence } from './elements.ts';
import type { Texts } from './texts/texts.ts';

/** What has ended before tells how long the rest takes, once there is so much of it. */
const TELLING = 3;
const MINUTE_MS = 60_000;

/** What is being done right now, and about how long the rest takes; foreign text. */
export function goingOn(steps: readonly ClearingStep[], texts: Texts): readonly Element[] {
  const open = steps.filter(({ state }) => state !== 'done' && state !== 'failed');
  const [now, ...others] = open.filter(({ state }) => state !== 'asked');
  const minutes = minutesLeft(steps, open);
  const small = { size: 'small', isSubtle: true, spacing: 'none' } as const;
  return [
    ...(now === undefined
      ? []
      : [sentence(texts.say('progress.now', { name: now.name, count: others.length }), small)]),
    ...(minutes === undefined ? [] : [sentence(texts.say('progress.left', { minutes }), small)]),
  ];
}

/** By the pace of those that were begun with them. */
function minutesLeft(steps: readonly ClearingStep[], open: readonly ClearingStep[]): number | undefined {
  const [begun] = open.map(({ askedAt }) => askedAt).sort();
  if (begun === undefined) return undefined;
  const ended = steps
    .flatMap(({ askedAt, doneAt }) => (askedAt >= begun && doneAt !== undefined ? [doneAt] : []))
    .sort();
  const last = ended.at(-1);
  if (last === undefined || ended.length < TELLING) return undefined;
  const eachMs = (Date.parse(last) - Date.parse(begun)) / ended.length;
  return Math.max(1, Math.ceil((eachMs * open.length) / MINUTE_MS));
}
