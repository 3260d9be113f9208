import type { ClearingStep } from '../services/requests/clearing-step.ts';
import { cut } from './cut.ts';
import type { Texts } from './texts/texts.ts';
import type { TextKey } from './texts/en.ts';

/** How far one step is, in a word or two. */
export function stepState({ action, state, wasSoBefore, goneAt }: ClearingStep, texts: Texts): string {
  if (goneAt !== undefined) return texts.say('step.gone');
  switch (state) {
    case 'asked':
      return texts.say('step.asked');
    case 'sent':
    case 'accepted':
      return texts.say(`step.${action}-under-way`);
    case 'done':
      return texts.say(wasSoBefore === true ? `step.${action}-before` : `step.${action}-done`);
    case 'failed':
      return texts.say(`step.${action}-failed`);
  }
}

/** In one of many lines the service’s words end where a sentence has long ended. */
const LONGEST_DESCRIPTION = 200;

const FAILURES: Readonly<Record<string, TextKey>> = {
  throttled: 'step.failed-throttled',
  unavailable: 'step.failed-no-answer',
};

/** What went wrong with one that was not done, and the id to quote; foreign text. */
export function stepFault(step: ClearingStep, texts: Texts): readonly string[] {
  const { state, refused, correlationId, endedFor } = step;
  if (state !== 'failed') return [];
  const id = refused?.ids.correlationId ?? correlationId;
  if (endedFor === 'restored') return [texts.say('step.failed-restored')];
  const silent = refused === undefined && step.sendings > 0 ? 'step.failed-not-seen' : 'step.failed-other';
  const key = refused?.meaning === undefined ? FAILURES[refused?.fault ?? ''] : (`code.${refused.meaning}` as const);
  const what = texts.say(key ?? silent);
  return [
    what,
    ...(refused?.description === undefined ? [] : [cut(refused.description, LONGEST_DESCRIPTION)]),
    ...(id === undefined ? [] : [texts.say('fault.reference', { id })]),
  ];
}
