import type { AuditEntry } from '../services/audit/audit-chain.ts';
import { execute, type ActionData } from './actions.ts';
import type { AdaptiveCard, Element } from './adaptive-card.ts';
import { daysText, detailsOf, whatText, type NamesOfThings } from './audit-entry-parts.ts';
import { buttons, card, fact, heading, idFact, openUrl, sentence, timeLine } from './elements.ts';
import { fitting } from './fitting.ts';
import type { Texts } from './texts/texts.ts';

/** An entry, with what it belongs to. */
export interface FoundEntryView {
  readonly entry: AuditEntry;
  /** Where to go on behind it. */
  readonly place: string;
  /** Foreign text. */
  readonly who: string;
  /** Whom its request is for, where it belongs to one; foreign text. */
  readonly customer?: string;
  /** Where its request is still there. */
  readonly request?: { readonly requestId: string; readonly nonce: string };
  /** Of its request. */
  readonly things?: NamesOfThings;
}

export interface FoundEntriesView {
  /** What was looked for, as it is sent again to go on. */
  readonly sought: Omit<ActionData<'audit.search'>, 'after'>;
  /** The same in words: foreign text. */
  readonly customer?: string;
  readonly person?: string;
  /** The newest first, no more than a card has room for. */
  readonly entries: readonly FoundEntryView[];
  /** Whether this is not where the search begins. */
  readonly isFurther: boolean;
  /** Where to go on, and how far back it has been looked. */
  readonly next?: { readonly after: string; readonly at: string };
  /** Chains that could not be read. */
  readonly unreadable: number;
  /** Whether the customer was meant by a name that may be another one's too, whose request was not read yet. */
  readonly mayBeOther?: boolean;
  /** Where there is more room to search. */
  readonly tabUrl?: string;
}

/** What was found in the record, over all requests and what belongs to none: one list, the newest first. */
export const foundEntriesCard = (view: FoundEntriesView, texts: Texts): AdaptiveCard =>
  fitting((room) => {
    const { sought, customer, person, entries, isFurther, unreadable, mayBeOther = false, tabUrl } = view;
    const shown = entries.slice(0, room(entries.length));
    // What there is no room for is on the next card.
    const last = shown.length < entries.length ? shown.at(-1) : undefined;
    const next = last === undefined ? view.next : { after: last.place, at: last.entry.at };
    const days = daysText(sought);
    return card(texts, texts.say('audit.found-title'), [
      heading(texts.say('audit.found-title')),
      ...(customer === undefined ? [] : [fact(texts, texts.say('audit.customer'), customer)]),
      ...(person === undefined ? [] : [fact(texts, texts.say('audit.by'), person)]),
      ...(sought.anyId === undefined ? [] : [idFact(texts, texts.say('audit.id'), sought.anyId)]),
      ...(days === '' ? [] : [fact(texts, texts.say('audit.days'), days)]),
      ...(sought.requestId === undefined ? [] : [idFact(texts, texts.say('request.number'), sought.requestId)]),
      ...(mayBeOther ? [sentence(texts.say('audit.found-others-unread'))] : []),
      ...(entries.length === 0 ? [sentence(texts.say(next ? 'audit.found-none-so-far' : 'audit.found-none'))] : []),
      ...shown.flatMap((one, at) => entryParts(one, shown[at - 1], texts)),
      ...(next === undefined ? [] : [timeLine(texts.say('audit.found-back-to', { at: texts.moment(next.at) }))]),
      ...(unreadable === 0 ? [] : [sentence(texts.say('tab.unreadable', { count: unreadable }))]),
      ...buttons(
        next && execute('audit.search', texts.say('button.earlier'), { ...sought, after: next.after }),
        isFurther ? execute('audit.search', texts.say('button.newest'), sought) : undefined,
        tabUrl === undefined ? undefined : openUrl(texts.say('button.overview'), tabUrl),
      ),
    ]);
  });

/** Its request is named where the entry above belongs to another one. */
function entryParts(
  { entry, who, customer, request, things }: FoundEntryView,
  above: FoundEntryView | undefined,
  texts: Texts,
): readonly Element[] {
  const isSame = request !== undefined && above?.request?.requestId === request.requestId;
  return [
    sentence(whatText(entry, texts), { weight: 'bolder', spacing: 'medium' }),
    ...(customer === undefined ? [] : [fact(texts, texts.say('audit.customer'), customer, 'none')]),
    fact(texts, texts.say('audit.by'), who, 'none'),
    ...detailsOf(entry, texts, things).map(([label, value]) => fact(texts, label, value, 'none')),
    ...(Number.isNaN(Date.parse(entry.at)) ? [] : [timeLine(texts.moment(entry.at))]),
    ...(request === undefined || isSame ? [] : buttons(execute('audit.show', texts.say('button.its-record'), request))),
  ];
}
