import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { SIGNS } from '../../cards/elements.ts';
import { en, type TextKey } from '../../cards/texts/en.ts';
import { textsFor, type Texts } from '../../cards/texts/texts.ts';
import { cardsFor } from '../support/gallery-page.ts';
import { FOREIGN } from './foreign-texts.ts';
import { gallery, hang, type Hung } from './gallery.ts';
import { buttonsOf, nodesOf, readingOf, titlesOf } from './walk.ts';

const everyday = gallery.filter(({ whose }) => whose === 'everyday');
const SHOWN_FAULTS = 10;
/** A card is read on a phone: so many lines at most, the choices of a list not counted. */
const MOST_LINES = 110;
const INPUTS = ['Input.Text', 'Input.ChoiceSet', 'Input.Toggle'];

function wrong(rule: (hung: Hung) => readonly unknown[], cards: readonly Hung[] = everyday): readonly string[] {
  return cards
    .flatMap((hung) => rule(hung).map((what) => `${hung.name}: ${JSON.stringify(what)}`))
    .slice(0, SHOWN_FAULTS);
}

const sources = (folder: string): string =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
    .map((name) => readFileSync(`${folder}/${name}`, 'utf8'))
    .join('\n');

describe('the gallery', () => {
  it('has a state of every kind of card', () => {
    const drawing = sources('test/cards');
    const kinds = readdirSync('cards')
      .filter((name) => name.endsWith('-card.ts'))
      .flatMap((name) => [
        ...readFileSync(`cards/${name}`, 'utf8').matchAll(/^export (?:const|function) (\w+Card)\b/gm),
      ])
      .map(([, name = '']) => name);

    assert.ok(kinds.length > 20);
    assert.deepEqual(
      kinds.filter((name) => !new RegExp(`\\b${name}\\(`).test(drawing)),
      [],
    );
  });

  it('has every state in which a card says something else', () => {
    const said = new Set<TextKey>();
    const texts = textsFor('en');
    const listening: Texts = {
      ...texts,
      say(key, values) {
        said.add(key);
        return texts.say(key, values);
      },
    };
    for (const language of ['everyday', 'long']) hang(language, FOREIGN[language]!, 'en', listening);

    const written = sources('cards');
    const begun = [...written.matchAll(/`([a-z][\w-]*\.[\w.-]*)\$\{/g)].map(([, begins = '']) => begins);
    const onCards = (Object.keys(en) as TextKey[]).filter(
      (key) => written.includes(`'${key}'`) || begun.some((begins) => key.startsWith(begins)),
    );
    assert.ok(onCards.length > 300);
    assert.deepEqual(
      onCards.filter((key) => !said.has(key) && !ELSEWHERE.test(key)),
      [],
    );
  });

  it('has a name of its own for every card that one can link to', () => {
    const ids = cardsFor('en', 'everyday')?.map(({ id }) => id) ?? [];

    assert.equal(new Set(ids).size, ids.length);
  });
});

/** Of closed lists that the services keep, which one stands there is no other state of a card; some is on paper, or said as a problem. */
const ELSEWHERE =
  /^(?:(?:code|fault|paper)\.|form\.fault-|open\.name-|(?:audit\.(?:was-.*|batch-.*|started|stopped|refused-more)|provider\.refused|limit\.open|clearing\.refused-taken|notice\.charges)$)/;

describe('the design of every card', () => {
  it('has one primary action at most', () => {
    assert.deepEqual(
      wrong(({ card }) => {
        const primary = buttonsOf(card).filter(({ style }) => style !== undefined);
        return primary.length > 1 ? [primary.map(({ title }) => title)] : [];
      }),
      [],
    );
  });

  it('names the customer, by name and by domain or tenant id, before anything can be done', () => {
    const out = wrong(({ card, customer }) => {
      if (customer === undefined) return [];
      const at = nodesOf(card.body).findIndex(({ type }) => [...INPUTS, 'ActionSet'].includes(String(type)));
      const before = nodesOf(card.body)
        .slice(0, at < 0 ? undefined : at)
        .map(({ text }) => String(text));
      const isKnown = before.some((text) => text.includes(customer.domain) || text.includes(customer.id));
      return isKnown ? [] : [before.slice(0, 8)];
    });

    assert.deepEqual(out, []);
  });

  it('names it among the first lines', () => {
    const out = wrong(({ card, customer, title }) => {
      if (customer === undefined || title.startsWith('provider')) return [];
      const lines = card.body.map((element) => readingOf(element).join(' '));
      const at = lines.findIndex((line) => line === customer.domain || line.includes(customer.id));
      // After what was refused or done just now, the title, and the name.
      return at >= 0 && at <= 4 ? [] : [at];
    });

    assert.deepEqual(out, []);
  });

  it('never says by colour alone how something stands', () => {
    const bare = wrong(({ card }) =>
      nodesOf(card).flatMap((node) => {
        const { type, style, items } = node;
        if (type === 'Container' && isTone(style)) return beginsWith(SIGNS[style], items) ? [] : [readingOf(node)];
        if (type !== 'RichTextBlock' && type !== 'TextBlock') return [];
        const [color] = [node, ...nodesOf(node['inlines'])].flatMap((one) => one['color'] ?? []);
        return isTone(color) && !beginsWith(SIGNS[color], node) ? [readingOf(node)] : [];
      }),
    );

    assert.deepEqual(bare, []);
  });

  it('is no longer than somebody reads on a phone', () => {
    assert.deepEqual(
      wrong(({ card }) => {
        const lines = nodesOf(card.body).filter(({ type }) => LINES.includes(String(type))).length;
        return lines <= MOST_LINES ? [] : [lines];
      }),
      [],
    );
  });

  it('leads to the rest of every list of what stands in the way and of requests', () => {
    const lost = wrong(
      ({ card }) => (titlesOf(card).includes('More') || titlesOf(card).includes('Back') ? [] : ['no way on']),
      everyday.filter(
        ({ title, language, card }) =>
          language === 'en' && title.startsWith('readiness') && /^and \d+ more$/m.test(groupsOf(card)),
      ),
    );

    assert.deepEqual(lost, []);
  });

  it('gives whom it is about the whole width: no domain stands beside a button, where it would be broken on a phone', () => {
    const { domain } = FOREIGN['everyday']!;

    const beside = wrong(({ card }) =>
      nodesOf(card)
        .filter(({ type, columns }) => type === 'ColumnSet' && (columns as readonly unknown[]).length > 1)
        .flatMap((row) => nodesOf(row).map(({ text }) => String(text)))
        .filter((text) => text === domain || text.endsWith(` · ${domain}`)),
    );

    assert.deepEqual(beside, []);
  });

  it('says of long work how much of how much is done', () => {
    const silent = wrong(
      ({ card }) => (/\b\d+ of \d+\b/.test(readingOf(card).join('\n')) ? [] : ['n of m']),
      everyday.filter(({ title, language }) => language === 'en' && LONG_WORK.test(title)),
    );

    assert.deepEqual(silent, []);
    assert.ok(everyday.some(({ title }) => LONG_WORK.test(title)));
  });

  it('says what is being done now, and about how long the rest takes', () => {
    const words = (title: string): string =>
      readingOf(everyday.find((one) => one.language === 'en' && one.title === `readiness: ${title}`)?.card).join('\n');

    assert.match(
      words('12 of 30 suspended, and going on'),
      /12 of 30 suspended\nNow: Zanzibar Spices and 3 more\nAbout 18 minutes left\./,
    );
    assert.match(words('12 of 30 suspended, and nearly done'), /\nLess than a minute left\./);
    assert.match(
      words('12 of 13 suspended, and Partner Center does not show the last one yet'),
      /12 of 13 suspended\nNow: Zanzibar Spices\nPartner Center has accepted it, and takes its own time to show it\./,
    );
  });
});

type ToneName = keyof typeof SIGNS;
const isTone = (name: unknown): name is ToneName => typeof name === 'string' && Object.hasOwn(SIGNS, name);
const beginsWith = (sign: string, value: unknown): boolean =>
  String(nodesOf(value).find(({ text }) => text !== undefined)?.['text']).startsWith(sign);
const LINES = ['TextBlock', 'RichTextBlock', 'ActionSet', ...INPUTS];
const LONG_WORK =
  /^(?:request of mine: (?:approved|executing|verifying)|undo: (?:under way|refused, and under way)|readiness: every step)/;
/** What is counted in the list of what was done from here is told there. */
const groupsOf = (card: unknown): string =>
  readingOf(card)
    .join('\n')
    .replace(/^(?:Suspended|Done) from here[^]*?(?=Stands in the way)/m, '');
