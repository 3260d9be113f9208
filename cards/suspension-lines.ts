import type { Suspension } from '../services/requests/request.ts';
import type { Texts } from './texts/texts.ts';
import type { TextKey } from './texts/en.ts';

/** How far one suspension is, in a word or two. */
export function suspensionState({ state, wasSuspended }: Suspension, texts: Texts): string {
  return texts.say(state === 'suspended' && wasSuspended === true ? 'suspend.was-suspended' : `suspend.${state}`);
}

/** One of many lines: the service’s words are cut where a sentence has long ended. */
const LONGEST_DESCRIPTION = 200;
const cut = (text: string): string =>
  text.length <= LONGEST_DESCRIPTION ? text : `${text.slice(0, LONGEST_DESCRIPTION).replace(/[\ud800-\udbff]$/, '')}…`;

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
  const what = texts.say(FAILURES[refused?.fault ?? ''] ?? silent);
  return [
    what,
    ...(refused?.description === undefined ? [] : [cut(refused.description)]),
    ...(id === undefined ? [] : [texts.say('fault.reference', { id })]),
  ];
}
