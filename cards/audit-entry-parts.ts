import type { AuditEntry } from '../services/audit/audit-chain.ts';
import type { Element } from './adaptive-card.ts';
import { fact, sentence, timeLine } from './elements.ts';
import { en, type TextKey } from './texts/en.ts';
import type { Texts } from './texts/texts.ts';

const ACTIONS: Readonly<Record<string, TextKey>> = {
  'request.opened': 'audit.opened',
  'request.sending': 'audit.sending',
  'request.sent': 'audit.sent',
  'request.not-sent': 'audit.not-sent',
  'request.planned': 'audit.planned',
  'request.approved': 'audit.approved',
  'request.declined': 'audit.declined',
  'request.passed': 'audit.passed',
  'request.reminded': 'audit.reminded',
  'request.expiring': 'audit.expiring',
  'request.escalated': 'audit.escalated',
  'request.still-unknown': 'audit.still-unknown',
  'request.withdrawn': 'audit.withdrawn',
  'request.abandoned': 'audit.abandoned',
  'request.expired': 'audit.expired',
  'request.void': 'audit.void',
  'request.continued': 'audit.continued',
  'request.taken-over': 'audit.taken-over',
  'request.remove-now': 'audit.remove-now',
  'request.closed': 'audit.closed',
  'approval.undelivered': 'audit.undelivered',
  'cancellation.begun': 'audit.cancellation-begun',
  'cancellation.ended': 'audit.cancellation-ended',
  'suspension.asked': 'audit.suspension-asked',
  'open-point.ticked': 'audit.point-ticked',
  'open-point.unticked': 'audit.point-unticked',
  'batch.begun': 'audit.batch-begun',
  'batch.clearing': 'audit.batch-clearing',
  'batch.asked': 'audit.batch-asked',
  'batch.stopped': 'audit.batch-stopped',
  'undo.reminded': 'audit.undo-reminded',
  'delegated-admin.left-open': 'audit.delegated-admin-left-open',
  refused: 'audit.refused-try',
  'refused.more': 'audit.refused-more',
  'audit.shown': 'audit.was-shown',
  'audit.searched': 'audit.was-searched',
  'audit.exported': 'audit.was-exported',
  'audit.verified': 'audit.was-verified',
  'bot.started': 'audit.started',
  'bot.stopped': 'audit.stopped',
};

/** One entry in plain words: what, who, what is worth knowing of it, and when. */
export function entryParts(entry: AuditEntry, who: string, texts: Texts): readonly Element[] {
  return [
    sentence(`${entry.seq}.  ${whatText(entry, texts)}`, { weight: 'bolder', spacing: 'medium' }),
    fact(texts, texts.say('audit.by'), who, 'none'),
    ...detailsOf(entry, texts).map(([label, value]) => fact(texts, label, value, 'none')),
    ...(Number.isNaN(Date.parse(entry.at)) ? [] : [timeLine(texts.moment(entry.at))]),
  ];
}

/** The kinds of entries there are, but for those of single steps, in plain words. */
export const entryKinds = (texts: Texts): readonly { readonly action: string; readonly text: string }[] =>
  Object.entries(ACTIONS).map(([action, key]) => ({ action, text: texts.say(key) }));

/** What an entry says has happened. */
export function whatText({ action, detail }: AuditEntry, texts: Texts): string {
  const [area, step] = action.split('.');
  const stepKey = `audit.step-${step ?? ''}`;
  if (area === 'step' && isTextKey(stepKey)) return texts.say(stepKey, { step: stepText(detail?.['step'], texts) });
  const key = ACTIONS[action];
  return key === undefined ? texts.say('audit.other', { action }) : texts.say(key);
}

function stepText(step: unknown, texts: Texts): string {
  const key = `audit.of-${textOf(step)}`;
  return isTextKey(key) ? texts.say(key) : textOf(step);
}

/** What is worth knowing of an entry, each with what it is. What others wrote, and ids to quote, stand as they are. */
export function detailsOf(
  { action, detail = {} }: AuditEntry,
  texts: Texts,
): readonly (readonly [label: string, value: string])[] {
  const why = textOf(detail['why']);
  const whyKey = `audit.why-${why}`;
  const point = textOf(detail['point']);
  const pointKey = `open.name-${point}`;
  const answer = [detail['status'], detail['code'], detail['fault']].map(textOf).filter((part) => part !== '');
  const facts: readonly (readonly [TextKey, string])[] = [
    ['audit.why', isTextKey(whyKey) ? texts.say(whyKey) : why],
    ['audit.point', isTextKey(pointKey) ? texts.say(pointKey) : point],
    ['request.reason', textOf(detail['reason'])],
    ['request.comment', textOf(detail['comment'])],
    action === 'request.approved'
      ? ['audit.approvals-of', shareOf(detail['approvals'], detail['of'])]
      : ['audit.cancelled-of', shareOf(detail['done'], detail['of'])],
    ['request.code', answer.join(' / ')],
    ['request.correlation', textOf(detail['correlationId'])],
  ];
  return facts.filter(([, value]) => value !== '').map(([label, value]) => [texts.say(label), value]);
}

/** So many of so many; nothing where that is not kept. */
const shareOf = (count: unknown, of: unknown): string =>
  textOf(count) === '' || textOf(of) === '' ? '' : `${textOf(count)} / ${textOf(of)}`;

const textOf = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : '';

const isTextKey = (key: string): key is TextKey => Object.hasOwn(en, key);
