import type { ClearingStep } from '../services/requests/clearing/clearing-step.ts';
import type { Action, Element } from './adaptive-card.ts';
import { cut } from './cut.ts';
import { box, buttons, sentence } from './elements.ts';
import type { Texts } from './texts/texts.ts';
import type { TextKey } from './texts/en.ts';

/** How far one step is, in a word or two. */
export function stepState(step: ClearingStep, texts: Texts): string {
  const { action, state, wasSoBefore, goneAt } = step;
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

/** Who has to sign in before what was confirmed goes on, with the button by which they do. */
export const waitingPart = (name: string, signIn: Action | undefined, texts: Texts): readonly Element[] => [
  box('warning', sentence(texts.say('step.waiting-sign-in', { name }), { weight: 'bolder' })),
  ...buttons(signIn),
];

/** In one of many lines the service’s words end where a sentence has long ended. */
const LONGEST_DESCRIPTION = 200;

const FAILURES: Readonly<Record<string, TextKey>> = {
  throttled: 'step.failed-throttled',
  unavailable: 'step.failed-no-answer',
};
const ENDS: Readonly<Record<string, TextKey>> = {
  // Of a sending before there was no answer, whatever the last one was answered with.
  'no-answer': 'step.failed-no-answer',
  'no-sign-in': 'step.failed-no-sign-in',
};

/**
 * What went wrong with one that was not done, and the id to quote; foreign text.
 *
 * @param instead what is said in the place of some texts, on a card from which not all can be done that they lead to.
 */
export function stepFault(
  step: ClearingStep,
  texts: Texts,
  instead: Partial<Readonly<Record<TextKey, TextKey>>> = {},
): readonly string[] {
  const say = (key: TextKey): string => texts.say(instead[key] ?? key);
  const { state, refused, unread, correlationId, endedFor } = step;
  if (state !== 'failed') return [];
  if (endedFor === 'restored') return [say('step.failed-restored')];
  const said = refused ?? unread;
  const id = said?.ids.correlationId ?? correlationId;
  return [
    say(whatHappened(step)),
    ...(refused === undefined && unread?.meaning !== undefined ? [say(`code.${unread.meaning}`)] : []),
    ...(said?.description === undefined ? [] : [cut(said.description, LONGEST_DESCRIPTION)]),
    ...(id === undefined ? [] : [texts.say('fault.reference', { id })]),
  ];
}

function whatHappened({ refused, unread, endedFor, acceptedAt, sendings }: ClearingStep): TextKey {
  // Another change under way may be this one; what Partner Center says of it tells more than that nobody knows.
  if (refused?.status === 409 && refused.meaning !== undefined) return `code.${refused.meaning}`;
  const ended = ENDS[endedFor ?? ''];
  if (ended !== undefined) return ended;
  if (refused?.meaning !== undefined) return `code.${refused.meaning}`;
  const known = FAILURES[refused?.fault ?? ''];
  if (known !== undefined) return known;
  if (refused !== undefined || sendings === 0) return 'step.failed-other';
  if (acceptedAt === undefined) return 'step.failed-no-answer';
  return unread === undefined ? 'step.failed-not-seen' : 'step.failed-unread';
}
