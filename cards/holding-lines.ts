import type { DriftLine, HoldingLine, Line, Remedy } from '../services/readiness/readiness.ts';
import { someNames } from './some-names.ts';
import type { Texts } from './texts/texts.ts';

/** So many names fit into a line; the rest is counted. */
const SHOWN_NAMES = 5;

/** What a line of the list is about; foreign text. */
export function lineTitle(line: Line, texts: Texts): string {
  switch (line.kind) {
    case 'holding':
      return texts.say('line.name', { name: line.name, quantity: line.quantity });
    case 'unread':
      return unreadTitle([line], texts);
    case 'not-a-reseller':
      return texts.say('line.not-a-reseller', { relationship: line.relationship });
    case 'pending-order':
      return texts.say('line.pending-order', { status: statusText(line.status, texts) });
    case 'transfer':
      return transferText(line, texts);
    case 'delegated-admin':
    case 'resellers':
      return texts.say(`line.${line.kind}`, {
        names: someNames(line.names, SHOWN_NAMES, texts),
        count: line.names.length,
      });
    case 'azure-roles':
      return texts.say('line.azure-roles');
    case 'unread-note':
      return unreadTitle([line], texts);
  }
}

/** An open transfer, and to whom where that is known; foreign text. */
export const transferText = (
  { to, count, status }: Pick<Extract<Line, { readonly kind: 'transfer' }>, 'to' | 'count' | 'status'>,
  texts: Texts,
): string =>
  texts.say(to === undefined ? 'line.transfer' : 'line.transfer-to', {
    ...{ count, status: statusText(status, texts) },
    ...(to !== undefined && { to }),
  });

/** What could not be read. */
export type UnreadLine = Extract<Line, { readonly kind: 'unread' | 'unread-note' }>;

/** Of one kind, all in one sentence, which begins as sentences do. */
export function unreadTitle(lines: readonly UnreadLine[], texts: Texts): string {
  const source = texts.list(lines.map((line) => texts.say(`source.${line.source}`)));
  const said = texts.say(lines[0]?.kind === 'unread-note' ? 'line.unread-note' : 'line.unread', { source });
  return said.charAt(0).toLocaleUpperCase(texts.language) + said.slice(1);
}

/** Why, once for all of them, and the ids to quote. */
export function unreadDetails(lines: readonly UnreadLine[], texts: Texts): readonly string[] {
  const [first] = lines;
  const ids = lines.map((line) => line.ids.correlationId).filter((id) => id !== '');
  const [id] = ids;
  return [
    ...(first === undefined
      ? []
      : [texts.say(first.meaning === undefined ? `fault.${first.fault}` : `code.${first.meaning}`)]),
    ...(ids.length > 1
      ? [texts.say('fault.references', { ids: ids.join(', ') })]
      : id === undefined
        ? []
        : [texts.say('fault.reference', { id })]),
  ];
}

/** Where a subscription can be suspended: with a button beside its line, one level down, or somewhere on the card. */
export type Suspending = 'button' | 'last' | 'here';

/** What it is, what clears it, until when it is billed; foreign text. */
export function lineDetails(line: Line, texts: Texts, suspending: Suspending = 'here'): readonly string[] {
  switch (line.kind) {
    case 'holding':
      return [
        classAndStatus(line, texts),
        ...line.remedies
          .filter(({ kind }) => kind !== 'suspend' || suspending !== 'button')
          .map((remedy) => remedyText(remedy, line, suspending, texts)),
        ...(line.notTransferable === undefined
          ? []
          : [texts.say('line.not-transferable', { reason: line.notTransferable })]),
        ...billedUntil(line, texts),
      ];
    case 'unread':
    case 'unread-note':
      return unreadDetails([line], texts);
    case 'transfer':
      return line.items === undefined ? [] : [someNames(line.items, SHOWN_NAMES, texts)];
    default:
      return [];
  }
}

/** What it is, and what matters most about it: until when it costs something, or else what kind of thing it is. */
export function lineInShort(line: Line, texts: Texts): string {
  const name = lineTitle(line, texts);
  if (line.kind !== 'holding') return name;
  const [said = classAndStatus(line, texts)] = billedUntil(line, texts);
  return texts.say('line.named', { name, said });
}

/** What may go on after the end of its term is billed until then at least. */
function billedUntil({ billedUntil: until, remedies }: HoldingLine, texts: Texts): readonly string[] {
  if (until === undefined) return [];
  const mayGoOn = remedies.some((remedy) => remedy.kind === 'wait' && !remedy.billingEnds);
  return [texts.say(mayGoOn ? 'line.billed-until-at-least' : 'line.billed-until', { date: texts.day(until) })];
}

/** States that are known have words in every language; any other is shown as the service says it. */
const KNOWN_STATUSES = [
  ...(['active', 'suspended', 'pending', 'none', 'unknown', 'expired', 'disabled', 'deleted'] as const),
  ...(['pending_review', 'pending_po_upload', 'po_upload_complete', 'po_review_rejected'] as const),
];

export function statusText(status: string, texts: Texts): string {
  const known = KNOWN_STATUSES.find((one) => one === status.replaceAll(/[\s-]/g, '_'));
  return known === undefined ? status : texts.say(`status.${known}`);
}

function classAndStatus(line: HoldingLine, texts: Texts): string {
  const said = texts.say('line.status', {
    class: texts.say(`line.class-${line.class}`),
    status: statusText(line.status, texts),
  });
  if (line.activeAzure === undefined) return said;
  return `${said}; ${texts.say('line.active-azure', { count: line.activeAzure })}`;
}

function remedyText(remedy: Remedy, of: HoldingLine, suspending: Suspending, texts: Texts): string {
  switch (remedy.kind) {
    case 'suspend':
      return texts.say(suspending === 'last' ? 'line.remedy-suspend-last' : 'line.remedy-suspend');
    case 'transfer':
      return texts.say('line.remedy-transfer');
    case 'support':
      return texts.say(of.remedies[0] === remedy ? 'line.remedy-support' : 'line.remedy-support-otherwise');
    case 'with-parent':
      return texts.say('line.remedy-with-parent', { parent: remedy.parentName });
    case 'cancel':
      return texts.say('line.remedy-cancel', { date: texts.day(remedy.until) });
    case 'elsewhere':
      return texts.say(`line.remedy-${remedy.where}`);
    case 'wait': {
      const date = texts.day(remedy.until);
      if (remedy.billingEnds) return texts.say('line.remedy-wait', { date });
      // A savings plan is cancelled from here at no time.
      return texts.say(of.class === 'savings-plan' ? 'line.remedy-wait-renews' : 'line.remedy-wait-billing', { date });
    }
  }
}

/** One difference between what was approved and what is there; foreign text. */
export const driftText = (line: DriftLine, texts: Texts): string => {
  const { kind, ...values } = line;
  return texts.say(`drift.${kind}`, values);
};
