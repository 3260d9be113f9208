import type { Approver } from '../services/requests/sending/whom-to-ask.ts';
import type { Element } from './adaptive-card.ts';
import { cut } from './cut.ts';
import { box, bullets, sentence } from './elements.ts';
import type { TextKey } from './texts/en.ts';
import type { Texts } from './texts/texts.ts';

/** What was filled in before, so that a refused form can be mended. */
export interface FilledIn {
  readonly reason?: string;
  readonly domain?: string;
  /** How many customers, where a form is about several. */
  readonly count?: string;
  readonly ticket?: string;
  readonly approver?: string;
}

export type FormField = 'reason' | 'domain' | 'count' | 'ticket' | 'approver' | 'holdings';

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

/** Where the eye is after *Send request*: what is wrong as a whole, and which fields are to be mended further up. */
export function wrongWhenSent(
  filledIn: FilledIn,
  problems: readonly FormProblem[] = [],
  texts: Texts,
): readonly Element[] {
  const fields = problems.flatMap(({ field }) => field ?? []);
  return [
    ...(wasSent(filledIn) ? ofTheWhole(problems) : []),
    ...(fields.length === 0
      ? []
      : [
          box(
            'attention',
            sentence(texts.say('form.to-mend', { count: fields.length }), { weight: 'bolder' }),
            ...bullets(fields.map((field) => texts.say(LABELS[field]))),
          ),
        ]),
  ];
}

/** What each field is called on its form. */
const LABELS = {
  ...{ reason: 'form.reason', domain: 'form.domain', ticket: 'form.ticket', approver: 'form.approver' },
  ...{ holdings: 'cancellation.what', count: 'batch.form-count' },
} as const satisfies Record<FormField, TextKey>;

const wasSent = ({ reason, domain, count }: FilledIn): boolean =>
  reason !== undefined || domain !== undefined || count !== undefined;

const ofTheWhole = (problems: readonly FormProblem[]): readonly Element[] =>
  problems.filter(({ field }) => field === undefined).map(({ text }) => box('attention', sentence(text)));

/** Of an approver, in a list of them. */
const LONGEST_NAME = 80;

/** What every request asks of whoever makes it: why, by hand the domain or how many customers these are, and a ticket if there is one. */
export const askedInputs = (
  { reason, ticket, ...typed }: FilledIn,
  reasonHint: string,
  problems: readonly FormProblem[] | undefined,
  texts: Texts,
  byHand: 'domain' | 'count' = 'domain',
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
    id: byHand,
    label: texts.say(byHand === 'domain' ? 'form.domain' : 'batch.form-count'),
    maxLength: 255,
    ...(typed[byHand] !== undefined && { value: typed[byHand] }),
  },
  ...wrongWith(byHand, problems),
  {
    type: 'Input.Text',
    id: 'ticket',
    label: texts.say('form.ticket'),
    maxLength: 60,
    ...(ticket !== undefined && { value: ticket }),
  },
  ...wrongWith('ticket', problems),
];

/** More than anybody looks through, and as many as fit a card in any case. */
const MOST_CHOICES = 50;

/** Whoever was chosen before, as long as they may decide; else who is proposed. Of many, those who can be reached come first. */
export function approverInput(
  approvers: readonly Approver[],
  before: string | undefined,
  problems: readonly FormProblem[] | undefined,
  texts: Texts,
): readonly Element[] {
  const chosen =
    approvers.find(({ id }) => id === before) ?? approvers.find((one) => one.isProposed === true) ?? approvers[0];
  if (chosen === undefined) return wrongWith('approver', problems);
  const shown = approvers.length > MOST_CHOICES ? shortlist(approvers, chosen) : approvers;
  return [
    {
      type: 'Input.ChoiceSet',
      id: 'approver',
      label: texts.say('form.approver'),
      style: 'compact',
      choices: shown.map((one) => ({ title: approverTitle(one, texts), value: one.id })),
      value: chosen.id,
    },
    ...wrongWith('approver', problems),
  ];
}

const hasAddress = ({ person }: Approver): boolean => person?.address !== undefined;

function shortlist(approvers: readonly Approver[], chosen: Approver): readonly Approver[] {
  const others = approvers.filter((one) => one !== chosen);
  const ordered = [...others.filter(hasAddress), ...others.filter((one) => !hasAddress(one))];
  return [chosen, ...ordered].slice(0, MOST_CHOICES);
}

/** Whom no card can reach is said to be so, and for whom the bot would be installed. */
function approverTitle({ id, person, name: named, canBeAdded = false }: Approver, texts: Texts): string {
  const known = person?.name ?? named;
  if (known === undefined) return texts.say('form.unknown-approver', { id });
  const name = cut(known, LONGEST_NAME);
  if (person?.address !== undefined) return name;
  if (canBeAdded) return texts.say('form.added-approver', { name });
  return texts.say(person === undefined ? 'form.new-approver' : 'form.unreachable-approver', { name });
}

/** Something that is said besides, and may be left out. */
export const tick = (id: string, title: string, value = false): Element => ({
  type: 'Input.Toggle',
  id,
  title,
  wrap: true,
  value: value ? 'true' : 'false',
});
