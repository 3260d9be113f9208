import type { ExecuteAction } from './actions.ts';
import type {
  Action,
  ActionSet,
  AdaptiveCard,
  Column,
  ColumnSet,
  Container,
  Element,
  OpenUrlAction,
  RichTextBlock,
  Spacing,
  TextBlock,
  TextRun,
  Tone,
} from './adaptive-card.ts';
import type { Texts } from './texts/texts.ts';

/** The name of a card or of a part of it, in our own words. */
export const heading = (text: string): TextBlock => ({
  type: 'TextBlock',
  text,
  wrap: true,
  style: 'heading',
  size: 'medium',
  weight: 'bolder',
});

export const subheading = (text: string, spacing: Spacing = 'medium'): TextBlock => ({
  type: 'TextBlock',
  text,
  wrap: true,
  weight: 'bolder',
  spacing,
});

/** Our own words with a moment in them, which Teams turns into the reader's own time here only. */
export const timeLine = (text: string): TextBlock => ({
  type: 'TextBlock',
  text,
  wrap: true,
  size: 'small',
  isSubtle: true,
  spacing: 'small',
});

interface SentenceLook {
  readonly tone?: Tone;
  readonly weight?: 'bolder';
  readonly isSubtle?: boolean;
  readonly size?: 'small' | 'medium' | 'large';
  readonly spacing?: Spacing;
}

/** Stands before words that have a colour: whoever does not see it is told the same. */
export const SIGNS = { good: '✓', accent: '▸', warning: '⚠', attention: '✗' } as const;
const signOf = (tone: string | undefined): string | undefined =>
  tone === undefined || !Object.hasOwn(SIGNS, tone) ? undefined : `${SIGNS[tone as keyof typeof SIGNS]}\u00a0`;

/** A sentence that may hold what others wrote: nothing in it is markup. */
export const sentence = (text: string, { spacing, tone, ...look }: SentenceLook = {}): RichTextBlock => {
  const sign = signOf(tone);
  const looks = { ...(tone && { color: tone }), ...look };
  return {
    type: 'RichTextBlock',
    inlines: [...(sign === undefined ? [] : [run(sign, looks)]), run(text, looks)],
    ...(spacing && { spacing }),
  };
};

/** What something is called, and what it is. */
export const fact = (texts: Texts, label: string, value: string, spacing: Spacing = 'small'): RichTextBlock => ({
  type: 'RichTextBlock',
  spacing,
  inlines: [run(texts.say('line.named', { name: label, said: '' }), { isSubtle: true }), run(value)],
});

/** What is quoted when somebody is asked for help, and read by nobody else. */
export const idFact = (texts: Texts, label: string, value: string, spacing: Spacing = 'none'): RichTextBlock => ({
  type: 'RichTextBlock',
  spacing,
  inlines: [
    run(texts.say('line.named', { name: label, said: '' }), { isSubtle: true, size: 'small' }),
    run(value, { isSubtle: true, size: 'small' }),
  ],
});

export const run = (text: string, look: Omit<TextRun, 'type' | 'text'> = {}): TextRun => ({
  type: 'TextRun',
  text,
  ...look,
});

export const bullets = (items: readonly string[]): readonly RichTextBlock[] =>
  items.map((item) => sentence(`•  ${item}`, { spacing: 'small' }));

/** A box that stands out; sign and words say what it is about, the colour only underlines it. */
export const box = (style: NonNullable<Container['style']>, ...items: readonly Element[]): Container => ({
  type: 'Container',
  style,
  spacing: 'medium',
  items: signed(signOf(style), items),
});

function signed(sign: string | undefined, items: readonly Element[]): readonly Element[] {
  const [first, ...rest] = items;
  if (sign === undefined || first === undefined) return items;
  if (first.type === 'TextBlock') return [{ ...first, text: `${sign}${first.text}` }, ...rest];
  if (first.type !== 'RichTextBlock') return items;
  const { weight } = first.inlines[0] ?? {};
  return [{ ...first, inlines: [run(sign, { ...(weight && { weight }) }), ...first.inlines] }, ...rest];
}

/** Buttons in one row; Teams shows six. */
export const buttons = (...actions: readonly (Action | undefined)[]): readonly ActionSet[] => {
  const shown = actions.filter((action) => action !== undefined);
  return shown.length === 0 ? [] : [{ type: 'ActionSet', spacing: 'medium', actions: shown }];
};

/**
 * The two buttons of a confirm view. *Back* comes first, where the button was that led here: the second press of a double
 * press leads back, and decides nothing.
 */
export const confirmButtons = (yes: Action, back: Action): readonly ActionSet[] => buttons(back, yes);

/**
 * The two buttons of a page that leads on to such a question. *Next* stands where *Back* is there: who presses twice by
 * mistake has decided nothing.
 */
export const pageButtons = (next: Action, back: Action): readonly ActionSet[] => buttons(next, back);

/** A longer title beside a line would leave no room for its words on a phone. */
const LONGEST_BESIDE = 14;

/** A line of a list, with its buttons beside it, or below where their titles are long. */
export function lineRow(
  told: readonly Element[],
  actions: readonly Action[],
  spacing: 'none' | 'small' | 'medium' = 'medium',
): ColumnSet {
  const isShort = ({ title }: Action): boolean => title.length <= LONGEST_BESIDE;
  const sets = (some: readonly Action[]) => some.map((action) => ({ type: 'ActionSet' as const, actions: [action] }));
  const beside = sets(actions.filter(isShort));
  const below = sets(actions.filter((action) => !isShort(action)));
  const columns: Column[] = [
    { type: 'Column', width: 'stretch', items: [...told, ...below] },
    ...(beside.length === 0
      ? []
      : [
          {
            type: 'Column' as const,
            width: 'auto' as const,
            verticalContentAlignment: 'center' as const,
            items: beside,
          },
        ]),
  ];
  return { type: 'ColumnSet', spacing, separator: spacing === 'medium', columns };
}

/**
 * A row of a list of customers. Whom it is about has the whole width, so that on a phone no domain is broken; the buttons
 * stand beside what is told below it.
 */
export const headedRow = (
  head: readonly Element[],
  told: readonly Element[],
  actions: readonly Action[],
  { separator = true } = {},
): Container => ({
  type: 'Container',
  spacing: 'small',
  ...(separator && { separator }),
  items: told.length + actions.length === 0 ? head : [...head, lineRow(told, actions, 'none')],
});

export const openUrl = (title: string, url: string): OpenUrlAction => ({ type: 'Action.OpenUrl', title, url });

/** A whole card. `fallbackText` is read out and shown where cards are not: our own words only. */
export function card(
  texts: Texts,
  fallbackText: string,
  body: readonly (Element | undefined)[],
  refresh?: { readonly action: ExecuteAction; readonly teamsId: string },
): AdaptiveCard {
  return {
    type: 'AdaptiveCard',
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    version: '1.5',
    lang: texts.language,
    fallbackText,
    body: body.filter((element) => element !== undefined),
    ...(refresh && { refresh: { action: refresh.action, userIds: [refresh.teamsId] } }),
  };
}
