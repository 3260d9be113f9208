import type { Suspension } from '../services/requests/request.ts';
import { cut } from './cut.ts';
import type { Texts } from './texts/texts.ts';
import type { TextKey } from './texts/en.ts';

/** How far one suspension is, in a word or two. */
export function suspensionState({ state, wasSuspended }: Suspension, texts: Texts): string {
  return texts.say(state === 'suspended' && wasSuspended === true ? 'suspend.was-suspended' : `suspend.${state}`);
}

/** In one of many lines the service’s words end where a sentence has long ended. */
const LONGEST_DESCRIPTION = 200;

const FAILURES: Readonly<Record<string, TextKey>> = {
  throttled: 'suspend.failed-throttled',
  unavailable: 'suspend.failed-no-answer',
};

/** What went wrong with one that was not suspended, and the id to quote; foreign text. */
export function suspensionFault(suspension: Suspension, texts: Texts): readonly string[] {
  const { state, refused, correlationId } = suspension;
  if (state !== 'failed') return [];
  const id = refused?.ids.correlationId ?? correlationId;
  const silent = refused === undefined && suspension.sendings > 0 ? 'suspend.failed-not-seen' : 'suspend.failed-other';
  const key = refused?.meaning === undefined ? FAILURES[refused?.fault ?? ''] : (`code.${refused.meaning}` as const);
  const what = texts.say(key ?? silent);
  return [
    what,
    ...(refused?.description === undefined ? [] : [cut(refused.description, LONGEST_DESCRIPTION)]),
    ...(id === undefined ? [] : [texts.say('fault.reference', { id })]),
  ];
}
