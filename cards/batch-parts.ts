import type { Fate, Reading } from '../services/batches/batch.ts';
import type { Progress, Standing, StandingMember } from '../services/batches/standing.ts';
import type { RemovalRequest } from '../services/requests/request.ts';
import { execute, type Verb } from './actions.ts';
import type { Action, Element, RichTextBlock } from './adaptive-card.ts';
import { besidesPart } from './besides-part.ts';
import { plainName } from './customer-parts.ts';
import { cut } from './cut.ts';
import { headedRow, run, sentence, subheading } from './elements.ts';
import { stateText } from './requests-card.ts';
import { undoSummary } from './undo-part.ts';
import type { TextKey } from './texts/en.ts';
import type { Texts } from './texts/texts.ts';

/** Of a customer, in a table of many. */
const LONGEST_NAME = 60;

/** A customer in one line, by name and by what tells it apart. @param longest of its name. */
export const memberName = (
  { id, companyName, domain }: StandingMember['member']['customer'],
  longest = LONGEST_NAME,
): string => [cut(companyName, longest), cut(domain || id, LONGEST_NAME)].filter((one) => one !== '').join(' · ');

/** The same where groups have names too: only what it is called stands out. */
export function memberLine({ id, companyName, domain }: StandingMember['member']['customer']): RichTextBlock {
  const [name = '', ...rest] = [companyName, domain || id]
    .filter((one) => one !== '')
    .map((one) => cut(one, LONGEST_NAME));
  return { type: 'RichTextBlock', inlines: [run(name, { weight: 'bolder' }), ...rest.map((one) => run(` · ${one}`))] };
}

/** Groups of the table, in this order: what moves already, what can be done now, and what cannot. */
const GROUPS = [
  ...(['asked', 'ready', 'clear-here', 'approve-first', 'elsewhere', 'wait'] as const),
  ...(['open', 'unread', 'gone', 'reading'] as const),
];
type Group = (typeof GROUPS)[number];

function groupOf({ kind, ...standing }: Standing): Group {
  switch (kind) {
    case 'asked':
    case 'asking':
      return 'asked';
    case 'clearing':
      return 'clear-here';
    case 'reading':
      return 'reading';
    case 'read':
      return (standing as Extract<Standing, { kind: 'read' }>).reading.kind;
  }
}

/** One line of the table: a customer, or a line of the list that is none. */
export type TableRow =
  | { readonly kind: 'member'; readonly group: Group; readonly of: StandingMember }
  | { readonly kind: 'fate'; readonly fate: Fate };

/** Everything there is to show, in the order in which it is paged through. */
export const tableOf = (standings: readonly StandingMember[], fates: readonly Fate[]): readonly TableRow[] => [
  ...GROUPS.flatMap((group) =>
    standings
      .filter(({ standing }) => groupOf(standing) === group)
      .map((of): TableRow => ({ kind: 'member', group, of })),
  ),
  ...fates.toSorted((a, b) => a.line - b.line).map((fate): TableRow => ({ kind: 'fate', fate })),
];

/** The table that rows are of. */
export interface TableOf {
  readonly batchId: string;
  readonly nonce: string;
  readonly nonceOf: (request: RemovalRequest) => string;
}

export const tableRow = (row: TableRow, of: TableOf, texts: Texts): Element =>
  row.kind === 'fate' ? fateLine(row.fate, texts) : memberRow(row.of, of, texts);

/** The rows of one page, each group below its name and how many there are of it in all. */
export function tablePart(
  all: readonly TableRow[],
  shown: readonly TableRow[],
  of: TableOf,
  texts: Texts,
): readonly Element[] {
  const groups = [...new Set(shown.map(headOf))];
  return groups.flatMap((head) => [
    subheading(
      texts.say('line.named', {
        name: texts.say(head),
        said: String(all.filter((row) => headOf(row) === head).length),
      }),
    ),
    ...shown.filter((row) => headOf(row) === head).map((row) => tableRow(row, of, texts)),
  ]);
}

const headOf = (row: TableRow): TextKey => (row.kind === 'fate' ? 'batch.group-fates' : `batch.group-${row.group}`);

function memberRow({ member, standing, left }: StandingMember, of: TableOf, texts: Texts): Element {
  const told = saidOf(standing, member.customer, texts);
  const lines = [
    ...(told === '' ? [] : [sentence(told, { spacing: 'none' })]),
    ...leftPart(left, texts),
    ...(left === undefined ? suspendedPart(standing, texts) : []),
    ...(standing.kind === 'read' ? besidesPart(standing.reading.besides, texts) : []),
  ];
  const actions = rowButtons({ member, standing, ...(left && { left }) }, of, texts);
  return headedRow([memberLine(member.customer)], lines, actions, { separator: false });
}

/** What a request that came to nothing has left suspended, in a sentence: its own card lists it. */
export const leftPart = (left: StandingMember['left'], texts: Texts): readonly Element[] =>
  left === undefined ? [] : [sentence(undoSummary(plainName(left.request.customer), left, texts), { spacing: 'none' })];

/** What an earlier request has left suspended, or one that is worked on: said where the customer stands. */
const suspendedPart = (standing: Standing, texts: Texts): readonly Element[] =>
  standing.kind !== 'read' || standing.reading.suspendedHere === undefined
    ? []
    : [sentence(texts.say('batch.row-suspended-here', { count: standing.reading.suspendedHere }), { spacing: 'none' })];

/** Has the request's own card come, or shows all that was read of the customer. */
function rowButtons(
  { member: { customer }, standing, left }: StandingMember,
  { batchId, nonce, nonceOf }: TableOf,
  texts: Texts,
): readonly Action[] {
  if (left !== undefined) return [openButton('batch.open', left.request, nonceOf, texts)];
  if (standing.kind === 'asked') return [openButton('batch.open', standing.request, nonceOf, texts)];
  const isShown = standing.kind === 'read' && hasDetails(standing.reading);
  const data = { batchId, customerId: customer.id, nonce };
  return isShown ? [execute('batch.customer', texts.say('button.details'), data)] : [];
}

/** Whether there is more to see of a customer than its row says. */
const hasDetails = ({ kind, besides, suspendedHere }: Reading): boolean =>
  besides !== undefined ||
  suspendedHere !== undefined ||
  !(['ready', 'open', 'gone'] as const).some((one) => one === kind);

/** Has the request's own card come. */
export const openButton = (
  verb: Extract<Verb, 'batch.open' | 'list.open'>,
  request: RemovalRequest,
  nonceOf: (request: RemovalRequest) => string,
  texts: Texts,
): Action => execute(verb, texts.say('button.show'), { requestId: request.id, nonce: nonceOf(request) });

/** How a customer stands, in a sentence or a word. */
function saidOf(standing: Standing, customer: StandingMember['member']['customer'], texts: Texts): string {
  switch (standing.kind) {
    case 'asked':
      return askedText(standing.request, standing.stop, texts);
    case 'asking':
      return texts.say('batch.row-asking');
    case 'clearing':
      return texts.say('readiness.progress', { done: standing.done, total: standing.total });
    case 'reading':
      return '';
    case 'read':
      return [
        readText(standing, customer, texts),
        ...(standing.notAsked === undefined ? [] : [notAskedText(standing.notAsked, texts)]),
        ...(standing.notCleared === undefined ? [] : [notClearedText(standing.notCleared, texts)]),
      ]
        .filter((one) => one !== '')
        .join(' ');
  }
}

export function askedText(request: RemovalRequest, stop: StandingMember['member']['stop'], texts: Texts): string {
  const { state, approvers, notSent, undelivered = [] } = request;
  if (stop === 'too-late') return texts.say('batch.row-too-late', { state: stateText({ request }, texts) });
  const named = (people: typeof approvers): string => texts.list(people.map(({ name }) => cut(name, LONGEST_NAME)));
  const unreached = approvers.filter(({ id }) => undelivered.includes(id));
  if (state === 'pending' && unreached.length > 0)
    return texts.say('batch.row-undelivered', { names: named(unreached) });
  if (state === 'pending') return texts.say('batch.row-waiting', { names: named(approvers) });
  if (state === 'draft' && notSent !== undefined) return texts.say('batch.row-not-sent');
  return state === 'draft' &&
    request.sendingSince !== undefined &&
    request.plannedFor === undefined &&
    request.waitingFor === undefined
    ? texts.say('batch.row-asking')
    : stateText({ request }, texts);
}

function readText(
  { reading }: Extract<Standing, { kind: 'read' }>,
  customer: StandingMember['member']['customer'],
  texts: Texts,
): string {
  const { count = 0 } = reading;
  const name = plainName(customer);
  switch (reading.kind) {
    case 'ready':
    case 'gone':
      return '';
    case 'clear-here':
      return texts.say('batch.row-clear-here', { count: reading.suspendable?.length ?? count });
    case 'approve-first':
      return texts.say('batch.row-approve-first', { count, name });
    case 'elsewhere':
      return texts.say('batch.row-elsewhere', { count, name });
    case 'wait':
      return texts.say(
        reading.orTransfer === true ? 'readiness.verdict-not-before-transfer' : 'readiness.verdict-not-before',
        { date: texts.day(reading.until ?? reading.at) },
      );
    case 'open':
      return texts.say('batch.row-open', { name: cut(reading.holder ?? '', LONGEST_NAME) });
    case 'unread':
      return texts.say('batch.row-unread', {
        sources: texts.list((reading.sources ?? []).map((source) => texts.say(`source.${source}`))),
      });
  }
}

type NotAsked = NonNullable<Extract<Standing, { kind: 'read' }>['notAsked']>;
type NotCleared = NonNullable<Extract<Standing, { kind: 'read' }>['notCleared']>;

function notAskedText(why: NotAsked, texts: Texts): string {
  switch (why) {
    case 'taken':
      return texts.say('clearing.refused-just-taken');
    case 'request-open':
      return texts.say('clearing.refused-request-open');
    case 'too-many-open':
    case 'approver-unreachable':
    case 'restored':
      return texts.say(`batch.fault-${why}`);
    default:
      return texts.say(`form.fault-${why}`);
  }
}

function notClearedText(why: NotCleared, texts: Texts): string {
  switch (why) {
    case 'no-suspensions-left':
    case 'restored':
      return texts.say(`batch.fault-${why}`);
    case 'taken':
      return texts.say('clearing.refused-just-taken');
    default:
      return texts.say(`clearing.refused-${why}`);
  }
}

function fateLine(fate: Fate, texts: Texts): Element {
  const { line, text, why, of = 0, most = 0, names = [], at } = fate;
  const told = texts.say(`batch.fate-${why}`, {
    ...(why === 'duplicate' && { of }),
    ...((why === 'not-exact' || why === 'ambiguous' || why === 'contradicts') && {
      names: texts.list(names.map((name) => cut(name, LONGEST_NAME))),
    }),
    ...(why === 'removed' && { date: texts.day(at ?? '') }),
    ...(why === 'too-many' && { most }),
  });
  return sentence(texts.say('batch.fate-line', { line, text: cut(text, LONGEST_NAME), why: told }), {
    spacing: 'small',
  });
}

/** How far what was asked for has come, each number with what it counts; what there is none of is left out. */
export function progressText(progress: Progress, texts: Texts): string {
  const parts = (['asked', 'planned', 'waiting', 'approved', 'removed', 'failed'] as const).filter(
    (one) => progress[one] > 0,
  );
  return parts
    .map((one) => texts.say('line.named', { name: texts.say(`batch.count-${one}`), said: String(progress[one]) }))
    .join(' · ');
}
