import type { Approver } from '../services/requests/whom-to-ask.ts';
import type { Element } from './adaptive-card.ts';
import { cut } from './cut.ts';
import { box, sentence } from './elements.ts';
import type { Texts } from './texts/texts.ts';

/** What was filled in before, so that a refused form can be mended. */
export interface FilledIn {
  readonly reason?: string;
  readonly domain?: string;
  readonly ticket?: string;
  readonly approver?: string;
}

export type FormField = 'reason' | 'domain' | 'ticket' | 'approver' | 'holdings';

/** What is wrong with a form: with one field of it, or else as a whole. Foreign text. */
export interface FormProblem {
  readonly field?: FormField;
  readonly text: string;
}

/** Right below a field: what is wrong with it. */
export const wrongWith = (field: FormField, problems: readonly FormProblem[] = []): readonly Element[] =>
  problems
    .filter((one) => one.field === field)
    .map(({ text }) => sentence(text, { tone: 'attention', weight: 'bolder', spacing: 'none' }));

/** What is wrong with a form before anything was filled in, on top of it. */
export const wrongFromTheStart = (filledIn: FilledIn, problems: readonly FormProblem[] = []): readonly Element[] =>
  wasSent(filledIn) ? [] : ofTheWhole(problems);

/** Where the eye is after *Send request*: what is wrong as a whole, and how much is to be mended further up. */
export function wrongWhenSent(
  filledIn: FilledIn,
  problems: readonly FormProblem[] = [],
  texts: Texts,
): readonly Element[] {
  const count = problems.filter(({ field }) => field !== undefined).length;
  return [
    ...(wasSent(filledIn) ? ofTheWhole(problems) : []),
    ...(count === 0 ? [] : [box('attention', sentence(texts.say('form.to-mend', { count })))]),
  ];
}

const wasSent = ({ reason, domain }: FilledIn): boolean => reason !== undefined || domain !== undefined;

const ofTheWhole = (problems: readonly FormProblem[]): readonly Element[] =>
  problems.filter(({ field }) => field === undefined).map(({ text }) => box('attention', sentence(text)));

/** Of an approver, in a list of them. */
const LONGEST_NAME = 80;

/** What every request asks of whoever makes it: why, the domain by hand, and a ticket if there is one. */
export const askedInputs = (
  { reason, domain, ticket }: FilledIn,
  reasonHint: string,
  problems: readonly FormProblem[] | undefined,
  texts: Texts,
): readonly Element[] => [
  {
    type: 'Input.Text',
    id: 'reason',
    label: texts.say('form.reason'),
    placeholder: reasonHint,
    isMultiline: true,
    maxLength: 500,
    ...(reason !== undefined && { value: reason }),
  },
  ...wrongWith('reason', problems),
  {
    type: 'Input.Text',
    id: 'domain',
    label: texts.say('form.domain'),
    maxLength: 255,
    ...(domain !== undefined && { value: domain }),
  },
  ...wrongWith('domain', problems),
  {
    type: 'Input.Text',
    id: 'ticket',
    label: texts.say('form.ticket'),
    maxLength: 60,
    ...(ticket !== undefined && { value: ticket }),
  },
  ...wrongWith('ticket', problems),
];

/** Whoever was chosen before, as long as they may decide; else the first who can be reached. */
export function approverInput(
  approvers: readonly Approver[],
  before: string | undefined,
  problems: readonly FormProblem[] | undefined,
  texts: Texts,
): readonly Element[] {
  const chosen =
    approvers.find(({ id }) => id === before) ?? approvers.find(({ person }) => person?.address) ?? approvers[0];
  if (chosen === undefined) return wrongWith('approver', problems);
  return [
    {
      type: 'Input.ChoiceSet',
      id: 'approver',
      label: texts.say('form.approver'),
      style: 'compact',
      choices: approvers.map(({ id, person }) => ({
        title: approverTitle(id, person, texts),
        value: id,
      })),
      value: chosen.id,
    },
    ...wrongWith('approver', problems),
  ];
}

/** Whom no card can reach is said to be so. */
function approverTitle(id: string, person: Approver['person'], texts: Texts): string {
  if (person === undefined) return texts.say('form.unknown-approver', { id });
  const name = cut(person.name, LONGEST_NAME);
  return person.address === undefined ? texts.say('form.unreachable-approver', { name }) : name;
}
