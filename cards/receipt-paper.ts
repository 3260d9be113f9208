import type { CancellationStanding } from '../services/requests/cancelling/cancellation.ts';
import type { OpenPoint } from '../services/requests/following-up/open-points.ts';
import type { RemovalRequest, RequestRecord } from '../services/requests/request.ts';
import type { Element, TextRun } from './adaptive-card.ts';
import { cancelledPart, howItStands } from './cancellation-parts.ts';
import { customerLines, plainName, sandboxBox } from './customer-parts.ts';
import { fact, heading, subheading, timeLine } from './elements.ts';
import type { Room } from './fitting.ts';
import { isOfMicrosoft } from './links.ts';
import { endPart, titleOf } from './request-card.ts';
import { askedFacts, clearedPart, idsPart } from './request-parts.ts';
import type { Language, Texts } from './texts/texts.ts';

export interface ReceiptPaperView {
  readonly record: RequestRecord;
  readonly openPoints: readonly OpenPoint[];
  /** How far it is, where it is a cancellation. */
  readonly cancellation?: CancellationStanding;
  readonly isSandbox: boolean;
}

/** A receipt to be printed, line by line. */
export interface Paper {
  readonly language: Language;
  readonly title: string;
  /** As a file may be called everywhere. */
  readonly fileName: string;
  readonly lines: readonly PaperLine[];
}

export interface PaperLine {
  readonly kind: 'title' | 'heading' | 'text';
  /** Foreign text. */
  readonly runs: readonly { readonly text: string; readonly isBold?: boolean; readonly isSubtle?: boolean }[];
  /** Where the line leads, which is all that it says. */
  readonly url?: string;
}

/** Paper has room for every line. */
const ALL: Room = () => Number.MAX_SAFE_INTEGER;

/**
 * The receipt as its card shows it, in the same words, with every line that a card would only count, and with what was
 * when. Moments are in UTC, and say so: paper has no reader whose time it could be.
 */
export function receiptPaper(view: ReceiptPaperView, texts: Texts): Paper {
  const { record, openPoints, cancellation, isSandbox } = view;
  const { request } = record;
  const title = titleOf(request, texts);
  const sandbox = sandboxBox(isSandbox, texts);
  const elements: readonly Element[] = [
    heading(title),
    ...customerLines(request.customer, texts),
    ...(sandbox === undefined ? [] : [sandbox]),
    ...howItStands(record, cancellation, texts, ALL),
    ...(cancellation === undefined ? [] : cancelledPart(request, cancellation, texts, ALL)),
    ...askedFacts(record, texts),
    ...whenPart(request, texts),
    ...clearedPart(record, texts, ALL),
    ...endPart({ record, openPoints, nonce: '' }, texts, ALL),
    ...idsPart(record, texts),
  ];
  const day = (request.removal?.goneAt ?? request.stateSince).slice(0, 10);
  return {
    language: texts.language,
    title: `${title}: ${plainName(request.customer)}`,
    fileName: `${request.kind}-${plainName(request.customer)}-${day}.pdf`,
    lines: elements.flatMap((element) => linesOf(element, texts)).map((line) => linked(line, request)),
  };
}

/** When it was asked for, approved by each, sent and accepted. */
function whenPart({ sentAt, approvals, removal }: RemovalRequest, texts: Texts): readonly Element[] {
  const at = (key: 'paper.asked-at' | 'paper.call-sent-at' | 'paper.accepted-at', moment: string | undefined) =>
    moment === undefined ? [] : [timeLine(texts.say(key, { moment: texts.moment(moment) }))];
  return [
    subheading(texts.say('paper.when')),
    ...at('paper.asked-at', sentAt),
    ...approvals.flatMap(({ by, at: moment }) => [
      fact(texts, texts.say('request.approved-by'), by.name),
      timeLine(texts.moment(moment)),
    ]),
    ...at('paper.call-sent-at', removal?.sentAt),
    ...at('paper.accepted-at', removal?.acceptedAt),
  ];
}

/** The way back is a link wherever its card has a button for it. */
function linked(line: PaperLine, { comeBackUrl }: RemovalRequest): PaperLine {
  const isWayBack = comeBackUrl !== undefined && line.runs.map(({ text }) => text).join('') === comeBackUrl;
  return isWayBack && isOfMicrosoft(comeBackUrl) ? { ...line, url: comeBackUrl } : line;
}

/** What can be read of an element; buttons and fields are none of it. */
function linesOf(element: Element, texts: Texts): readonly PaperLine[] {
  switch (element.type) {
    case 'TextBlock': {
      const text = withTimes(element.text, texts);
      if (element.style === 'heading') return [{ kind: 'title', runs: [{ text }] }];
      if (element.weight === 'bolder') return [{ kind: 'heading', runs: [{ text }] }];
      return [{ kind: 'text', runs: [{ text, ...(element.isSubtle === true && { isSubtle: true }) }] }];
    }
    case 'RichTextBlock':
      return [{ kind: 'text', runs: element.inlines.map(runOf) }];
    case 'Container':
      return element.items.flatMap((item) => linesOf(item, texts));
    case 'ColumnSet':
      return element.columns.flatMap(({ items }) => items.flatMap((item) => linesOf(item, texts)));
    default:
      return [];
  }
}

const runOf = ({ text, weight, isSubtle }: TextRun): PaperLine['runs'][number] => ({
  text,
  ...(weight === 'bolder' && { isBold: true }),
  ...(isSubtle === true && { isSubtle: true }),
});

/** What Teams would turn into the reader's own time. */
const MOMENT = /\{\{DATE\(([^,)]+), SHORT\)\}\} \{\{TIME\([^)]+\)\}\}/g;
const withTimes = (text: string, texts: Texts): string =>
  text.replace(MOMENT, (_, moment: string) => texts.time(moment));
