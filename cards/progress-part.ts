import type { ClearingStep } from '../services/requests/clearing/clearing-step.ts';
import type { Element } from './adaptive-card.ts';
import { sentence } from './elements.ts';
import type { Texts } from './texts/texts.ts';

/** What has ended before tells how long the rest takes, once there is so much of it. */
const TELLING = 3;
const MINUTE_MS = 60_000;
const SMALL = { size: 'small', isSubtle: true, spacing: 'none' } as const;

/** What is being done right now, and about how long the rest takes, as far as that can be told; foreign text. */
export function goingOn(steps: readonly ClearingStep[], texts: Texts): readonly Element[] {
  const left = leftText(leftOf(steps), texts);
  return [...doneNow(steps, texts), ...(left === undefined ? [] : [sentence(left, SMALL)])];
}

/** What is being done right now; foreign text. */
export function doneNow(steps: readonly ClearingStep[], texts: Texts): readonly Element[] {
  const [now, ...others] = steps.filter(({ state }) => state === 'sent' || state === 'accepted');
  return now === undefined
    ? []
    : [sentence(texts.say('progress.now', { name: now.name, count: others.length }), SMALL)];
}

/** How long it takes until all of it has ended. */
export type Left =
  /** By the pace of what was begun with it; whole ones, rounded up. */
  | { readonly kind: 'minutes'; readonly minutes: number }
  | { readonly kind: 'less-than-a-minute' }
  /** All that is left was accepted by Partner Center, which shows it when it does. */
  | { readonly kind: 'up-to-partner-center' };

/** @returns `undefined` where nothing is left, or too little has ended to tell by. */
export function leftOf(steps: readonly ClearingStep[]): Left | undefined {
  const open = steps.filter(({ state }) => state !== 'done' && state !== 'failed');
  const [begun] = open.map(({ askedAt }) => askedAt).sort();
  if (begun === undefined) return undefined;
  if (open.every(({ state }) => state === 'accepted')) return { kind: 'up-to-partner-center' };
  const ended = steps
    .flatMap(({ askedAt, doneAt }) => (askedAt >= begun && doneAt !== undefined ? [doneAt] : []))
    .sort();
  const last = ended.at(-1);
  if (last === undefined || ended.length < TELLING) return undefined;
  const eachMs = (Date.parse(last) - Date.parse(begun)) / ended.length;
  const leftMs = eachMs * open.length;
  return leftMs < MINUTE_MS
    ? { kind: 'less-than-a-minute' }
    : { kind: 'minutes', minutes: Math.ceil(leftMs / MINUTE_MS) };
}

function leftText(left: Left | undefined, texts: Texts): string | undefined {
  switch (left?.kind) {
    case 'minutes':
      return texts.say('progress.left', { minutes: left.minutes });
    case 'less-than-a-minute':
      return texts.say('progress.left-seconds');
    case 'up-to-partner-center':
      return texts.say('progress.up-to-partner-center');
    case undefined:
      return undefined;
  }
}
