import type { AuditEntry, AuditVerdict } from '../services/audit/audit-chain.ts';
import type { Customer } from '../services/partner-center/partner-center.ts';
import { execute } from './actions.ts';
import type { AdaptiveCard, Container } from './adaptive-card.ts';
import { entryParts, type NamesOfThings } from './audit-entry-parts.ts';
import { customerLines } from './customer-parts.ts';
import { box, buttons, card, heading, idFact, openUrl, sentence } from './elements.ts';
import type { Texts } from './texts/texts.ts';

export interface AuditView {
  readonly requestId: string;
  readonly customer: Pick<Customer, 'id' | 'companyName' | 'domain'>;
  readonly verdict: AuditVerdict;
  /** All of them, the newest last. */
  readonly entries: readonly AuditEntry[];
  /** Names of people by their object ids, where they are known; foreign text. */
  readonly names: ReadonlyMap<string, string>;
  readonly things: NamesOfThings;
  /** From 0, which is the newest and where it begins; the oldest where it is too high. */
  readonly page?: number;
  readonly nonce: string;
  /** Where the request has its time line in the tab. */
  readonly tabUrl?: string;
}

/** A card has room for so many entries. */
const PAGE = 8;

/** The entries of one page, and which page it is. They are counted from the newest on, so that the first one is full. */
export function pageOf({ entries, page = 0 }: Pick<AuditView, 'entries' | 'page'>) {
  const last = Math.max(0, Math.ceil(entries.length / PAGE) - 1);
  const at = Math.min(page, last);
  const end = entries.length - at * PAGE;
  return { at, last, shown: entries.slice(Math.max(0, end - PAGE), end) };
}

/** The record of one request: whether it is whole, its entries, and its head. */
export function auditCard(view: AuditView, texts: Texts): AdaptiveCard {
  const { requestId, customer, verdict, entries, names, things, nonce, tabUrl } = view;
  const { at, last, shown } = pageOf(view);
  const turn = (page: number, title: string) => execute('audit.show', title, { requestId, nonce, page });
  return card(texts, texts.say('audit.summary', { id: requestId }), [
    heading(texts.say('audit.title')),
    ...customerLines(customer, texts),
    idFact(texts, texts.say('request.number'), requestId),
    verdictBox(verdict, texts),
    sentence(shown.length === 0 ? texts.say('audit.none') : rangeText(shown, entries.length, texts), {
      isSubtle: true,
    }),
    ...shown.flatMap((entry) => entryParts(entry, whoText(entry, names, texts), things, texts)),
    ...(verdict.kind === 'intact' ? [idFact(texts, texts.say('audit.head'), verdict.head, 'medium')] : []),
    ...buttons(
      at < last ? turn(at + 1, texts.say('button.earlier')) : undefined,
      at > 0 ? turn(at - 1, texts.say('button.later')) : undefined,
      execute('request.show', texts.say('button.show'), { requestId, nonce }),
      tabUrl === undefined ? undefined : openUrl(texts.say('button.time-line'), tabUrl),
    ),
  ]);
}

function verdictBox(verdict: AuditVerdict, texts: Texts): Container {
  return verdict.kind === 'intact'
    ? box('good', sentence(texts.say('audit.whole', { count: verdict.entries }), { weight: 'bolder' }))
    : box(
        'attention',
        sentence(texts.say('audit.broken', { at: verdict.at }), { weight: 'bolder' }),
        sentence(texts.say(`audit.broken-${verdict.why}`), { spacing: 'small' }),
      );
}

const rangeText = (shown: readonly AuditEntry[], total: number, texts: Texts): string =>
  texts.say('audit.page', { from: shown[0]?.seq ?? 0, to: shown.at(-1)?.seq ?? 0, total });

function whoText({ actor }: AuditEntry, names: AuditView['names'], texts: Texts): string {
  if (actor === 'bot') return texts.say('audit.bot');
  const id = actor.slice(actor.indexOf(':') + 1);
  return names.get(id) ?? id;
}
