import type { Line, Readiness } from '../services/readiness/readiness.ts';
import type { Element, RichTextBlock } from './adaptive-card.ts';
import type { GranularAdmin } from './consequences-part.ts';
import { isOnDelegatedAdmin } from './delegated-admin-part.ts';
import { lineRow, sentence, subheading } from './elements.ts';
import { lineTitle, unreadDetails, unreadTitle, type UnreadLine } from './holding-lines.ts';
import type { Texts } from './texts/texts.ts';
import { GROUPS, sorted, type Sort } from './what-to-do.ts';

export type DrawLine = (line: Line) => Element;

/** Some lines of the whole list, each below its group and what there is to do about it. */
export const lineGroups = (
  shown: readonly Line[],
  all: readonly Line[],
  draw: DrawLine,
  texts: Texts,
): readonly Element[] =>
  GROUPS.flatMap((name) => {
    const ofGroup = shown.filter(({ group }) => group === name);
    return ofGroup.length === 0
      ? []
      : [...groupTitle(name, texts), ...sorted(ofGroup, all).flatMap((sort) => sortLines(sort, draw, texts))];
  });

export const groupTitle = (name: Line['group'], texts: Texts): readonly Element[] => [
  subheading(texts.say(`readiness.group-${name}`)),
  ...(name === 'may-block' ? [sentence(texts.say('readiness.group-may-block-about'), { spacing: 'none' })] : []),
];

export const sortLines = ({ title, lines, count }: Sort, draw: DrawLine, texts: Texts): readonly Element[] => [
  ...(title === undefined || lines.length === 0
    ? []
    : [sentence(texts.say(title, { count }), { isSubtle: true, weight: 'bolder', spacing: 'medium' })]),
  ...drawn(lines, draw, texts),
];

/** What could not be read for the same reason is one line, in the place of the first: the reason is said once. */
function drawn(lines: readonly Line[], draw: DrawLine, texts: Texts): readonly Element[] {
  const alike = (line: UnreadLine): readonly UnreadLine[] =>
    lines.filter(isUnread).filter((one) => reasonOf(one) === reasonOf(line));
  return lines.flatMap((line) => {
    const together = isUnread(line) ? alike(line) : [];
    if (together.length < 2) return [draw(line)];
    if (together[0] !== line) return [];
    const small = { size: 'small', isSubtle: true, spacing: 'none' } as const;
    const details = unreadDetails(together, texts).map((detail) => sentence(detail, small));
    return [lineRow([sentence(unreadTitle(together, texts), { spacing: 'none' }), ...details], [])];
  });
}

const isUnread = (line: Line): line is UnreadLine => line.kind === 'unread' || line.kind === 'unread-note';
const reasonOf = ({ kind, fault, meaning }: UnreadLine): string => [kind, fault, meaning ?? ''].join(' ');

/** What it is, and below it in small what there is to say about it. */
export const toldOf = (line: Line, details: readonly string[], texts: Texts): readonly RichTextBlock[] => [
  sentence(lineTitle(line, texts), { spacing: 'none' }),
  ...details.map((detail) => sentence(detail, { size: 'small', isSubtle: true, spacing: 'none' })),
];

/** What is said of delegated administration in general: nothing where it was read, and there is none. */
export const granularAdmin = ({ lines, delegatedAdmin }: Readiness): GranularAdmin =>
  delegatedAdmin?.kind === 'read' && delegatedAdmin.live.length === 0 && !lines.some(isOnDelegatedAdmin)
    ? 'none'
    : 'may-be-asked';
