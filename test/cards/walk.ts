/** Ways through a card for tests that look at all of it. */

export type Node = Readonly<Record<string, unknown>>;
/** One text somewhere in a card: what it is a member of, and under which name. */
export interface Said {
  readonly owner: Node;
  readonly name: string;
  readonly text: string;
}

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Cards do not change, and many tests look at each of them. */
const walked = new WeakMap<object, readonly Node[]>();

/** Every object of a card, each before what is in it. */
export function nodesOf(value: unknown): readonly Node[] {
  if (typeof value !== 'object' || value === null) return [];
  const known = walked.get(value) ?? [...walk(value)];
  walked.set(value, known);
  return known;
}

function* walk(value: unknown): Generator<Node> {
  if (isNode(value)) yield value;
  if (typeof value === 'object' && value !== null) for (const inner of Object.values(value)) yield* walk(inner);
}

export const ofType = (card: unknown, ...types: readonly string[]): readonly Node[] =>
  nodesOf(card).filter(({ type }) => types.includes(String(type)));

/** Every text of a card, seen or not. */
export const everythingSaid = (card: unknown): readonly Said[] =>
  nodesOf(card).flatMap((owner) => {
    const said: Said[] = [];
    for (const [name, value] of Object.entries(owner))
      for (const text of Array.isArray(value) ? value : [value])
        if (typeof text === 'string') said.push({ owner, name, text });
    return said;
  });

const read = new WeakMap<object, readonly string[]>();

/** What somebody reads on a card, a line for each block, in the order of the card. */
export function readingOf(card: unknown): readonly string[] {
  if (typeof card !== 'object' || card === null) return [];
  const known = read.get(card) ?? linesOf(card);
  read.set(card, known);
  return known;
}

function linesOf(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(linesOf);
  if (!isNode(value)) return [];
  if (value['type'] === 'RichTextBlock') return [readingOfRuns(value['inlines'])];
  const own = ['text', 'title', 'label'].flatMap((name) => (typeof value[name] === 'string' ? [value[name]] : []));
  const inner = ['body', 'items', 'columns', 'actions', 'choices'].flatMap((name) => linesOf(value[name]));
  return [...own, ...inner];
}

/** The sign before words that have a colour says what they say. */
const isSign = (text: unknown): boolean => /^[✓▸⚠✗]\u00a0$/u.test(String(text));

const readingOfRuns = (runs: unknown): string =>
  nodesOf(runs)
    .map(({ text }) => (isSign(text) ? '' : String(text)))
    .join('');

/** The same as one text. */
export const wordsOf = (card: unknown): string => readingOf(card).join('\n');

/** Titles of the buttons people see; what a card does by itself and what stands in for a button is none. */
export const buttonsOf = (card: unknown): readonly Node[] =>
  ofType(card, 'ActionSet').flatMap(({ actions }) => actions as readonly Node[]);
export const titlesOf = (card: unknown): readonly string[] => buttonsOf(card).map(({ title }) => String(title));
export const buttonTitled = (card: unknown, title: string): Node | undefined =>
  buttonsOf(card).find((button) => button['title'] === title);
/** The button that sends this verb. */
export const buttonSaying = (card: unknown, verb: string): Node | undefined =>
  buttonsOf(card).find((button) => button['verb'] === verb);
