import type { Approver } from '../services/requests/removal-requests.ts';
import type { ChoiceInput, TextInput } from './adaptive-card.ts';
import { cut } from './cut.ts';
import type { Texts } from './texts/texts.ts';

/** What was filled in before, so that a refused form can be mended. */
export interface FilledIn {
  readonly reason?: string;
  readonly domain?: string;
  readonly ticket?: string;
  readonly approver?: string;
}

/** Of an approver, in a list of them. */
const LONGEST_NAME = 80;

/** What every request asks of whoever makes it: why, the domain by hand, and a ticket if there is one. */
export const askedInputs = (
  { reason, domain, ticket }: FilledIn,
  reasonHint: string,
  texts: Texts,
): readonly TextInput[] => [
  {
    type: 'Input.Text',
    id: 'reason',
    label: texts.say('form.reason'),
    placeholder: reasonHint,
    isMultiline: true,
    maxLength: 500,
    ...(reason !== undefined && { value: reason }),
  },
  {
    type: 'Input.Text',
    id: 'domain',
    label: texts.say('form.domain'),
    maxLength: 255,
    ...(domain !== undefined && { value: domain }),
  },
  {
    type: 'Input.Text',
    id: 'ticket',
    label: texts.say('form.ticket'),
    maxLength: 60,
    ...(ticket !== undefined && { value: ticket }),
  },
];

/** Whoever was chosen before, as long as they may decide; else the first who can be reached. */
export function approverInput(
  approvers: readonly Approver[],
  before: string | undefined,
  texts: Texts,
): readonly ChoiceInput[] {
  const chosen =
    approvers.find(({ id }) => id === before) ?? approvers.find(({ person }) => person?.address) ?? approvers[0];
  if (chosen === undefined) return [];
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
  ];
}

/** Whom no card can reach is said to be so. */
function approverTitle(id: string, person: Approver['person'], texts: Texts): string {
  if (person === undefined) return texts.say('form.unknown-approver', { id });
  const name = cut(person.name, LONGEST_NAME);
  return person.address === undefined ? texts.say('form.unreachable-approver', { name }) : name;
}
