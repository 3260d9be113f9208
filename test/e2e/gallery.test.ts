import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser, Page } from 'playwright-core';
import type { Gallery } from '../../sandbox/gallery/server.ts';
import { readingOf } from '../cards/walk.ts';
import { launchWithOneFont } from '../support/browser.ts';
import { cardsFor, GALLERY_LANGUAGES, startGalleryPage } from '../support/gallery-page.ts';

const IS_ALL = process.env['GALLERY'] === 'all';
/** All languages, or those that need most room: `npm run verify -- gallery` looks at all of them. */
const LANGUAGES_SEEN = IS_ALL ? GALLERY_LANGUAGES : (['en', 'ru', 'pseudo'] as const);
const NARROW = { width: 320, height: 800 };
const THEMES = ['light', 'dark', 'contrast'] as const;
type Look = readonly [language: string, theme: (typeof THEMES)[number]];
/** Where axe looks at every card; colours are the same in every language, and all else in every theme. */
const SEEN_WHOLE: readonly Look[] = IS_ALL
  ? GALLERY_LANGUAGES.flatMap((language) => THEMES.map((theme): Look => [language, theme]))
  : [['en', 'light']];
/** Where it looks at some of them, in which there is everything. */
const SAMPLED: readonly Look[] = IS_ALL
  ? []
  : [...(['ru', 'pseudo'] as const).map((language): Look => [language, 'light']), ['en', 'dark'], ['en', 'contrast']];
/** Has itself put into the page. */
const AXE = readFileSync(
  createRequire(createRequire(import.meta.url).resolve('@axe-core/playwright')).resolve('axe-core/axe.min.js'),
  'utf8',
);
/** Cards with everything that can be filled in and pressed. */
const DENSE = ['form', 'cancellation form', 'picker', 'confirm', 'undo'];

/** So much of what a part looks like as the rules of axe depend on. */
const LOOKS = ['type', 'style', 'color', 'size', 'weight', 'isSubtle', 'isMultiline', 'isMultiSelect', 'isVisible'];

/** Few cards with everything that can be on one: every part in every look, in every kind of box. */
const SAMPLES = samples();
function samples(): readonly string[] {
  const seen = new Set<string>();
  const looksIn = (value: unknown, within: string): readonly string[] => {
    if (Array.isArray(value)) return value.flatMap((one) => looksIn(one, within));
    if (typeof value !== 'object' || value === null) return [];
    const node = value as Readonly<Record<string, unknown>>;
    const look = JSON.stringify(LOOKS.map((name) => node[name]));
    const inside = node['type'] === 'Container' ? look : within;
    const parts = ['body', 'items', 'columns', 'inlines', 'actions'].flatMap((name) => looksIn(node[name], inside));
    return [`${look} in ${within}`, ...parts];
  };
  return (cardsFor('en', 'everyday') ?? [])
    .map(({ id, card }) => ({ id, looks: new Set(looksIn(card, '')) }))
    .toSorted((one, other) => other.looks.size - one.looks.size)
    .filter(({ looks }) => {
      const isNew = looks.difference(seen).size > 0;
      for (const look of looks) seen.add(look);
      return isNew;
    })
    .map(({ id }) => id);
}

/** Every card in every state, as a browser draws it on the narrowest phone. */
describe('the gallery on a narrow phone', function () {
  this.timeout(120_000);
  this.slow(20_000);
  let gallery: Gallery;
  let browser: Browser;
  let page: Page;
  const faults: string[] = [];

  before(async () => {
    [gallery, browser] = await Promise.all([startGalleryPage(), launchWithOneFont()]);
    const context = await browser.newContext({ viewport: NARROW, locale: 'en-US', reducedMotion: 'reduce' });
    page = await context.newPage();
    page.setDefaultTimeout(30_000);
    page.on('pageerror', ({ message }) => faults.push(message));
  });
  after(async () => {
    await browser.close();
    await gallery.close();
    assert.deepEqual(faults, [], 'the page has thrown an error');
  });

  const open = async (asked: Readonly<Record<string, string>>): Promise<void> => {
    await page.goto(`${gallery.url}/?${String(new URLSearchParams(asked))}`);
    await page.locator('#cards:not([aria-busy])').waitFor();
  };
  const found = (script: string): Promise<readonly string[]> => page.evaluate<readonly string[]>(script);

  for (const language of LANGUAGES_SEEN)
    describe(`in ${language}`, () => {
      before(async () => {
        await open({ language });
      });

      it('shows every card, each under a name that one can link to', async () => {
        const ids = (cardsFor(language, 'everyday') ?? []).map(({ id }) => id);

        assert.deepEqual(await found(`[...document.querySelectorAll('.hung')].map(({ id }) => id)`), ids);
        assert.deepEqual(
          await found(`[...document.querySelectorAll('.hung:not(:has(.ac-adaptiveCard))')].map(({ id }) => id)`),
          [],
        );
      });

      it('has nothing that reaches beside the screen or is cut off', async () => {
        assert.deepEqual(await found(tooWide), []);
      });

      it('has a label on every input and words on every button', async () => {
        assert.deepEqual(await found(unnamed), []);
      });

      it('is read in the order of its body, which is the order in which it is seen', async () => {
        assert.deepEqual(await found(outOfOrder), []);
        const texts = await found(
          `[...document.querySelectorAll('.hung .card')].map(({ textContent }) => textContent)`,
        );
        const lost = (cardsFor(language, 'everyday') ?? []).flatMap(({ id, card }, n) =>
          firstLost(readingOf(card), texts[n] ?? '').map((line) => `${id}: ${line}`),
        );

        assert.deepEqual(lost.slice(0, 10), []);
      });

      it('can be reached with the keyboard, all that can be pressed or filled in', async () => {
        assert.deepEqual(await found(unreachable), []);
      });
    });

  for (const [language, theme] of SEEN_WHOLE)
    it(`has no serious finding of axe on any card in the ${theme} theme (${language})`, async () => {
      await open({ language, theme });
      await page.evaluate(AXE);

      assert.deepEqual(await found(axeOnAll), []);
    }).timeout(300_000);

  for (const [language, theme] of SAMPLED)
    it(`has no serious finding of axe in the ${theme} theme (${language})`, async () => {
      await open({ language, theme, only: SAMPLES.join() });
      await page.evaluate(AXE);

      assert.deepEqual(await found(axeOnAll), []);
    });

  for (const group of DENSE)
    it(`takes the keyboard through all of it in order (${group})`, async () => {
      await open({ group });
      const count = Number(await page.evaluate(`(window.stops = [...${reachable}]).length`));
      await page.evaluate(
        `document.querySelector('#count').focus(); document.activeElement.blur(); window.scrollTo(0, 0)`,
      );
      await page.locator('select[name=theme]').focus();

      const seen: number[] = [];
      for (let n = 0; n < count; n++) {
        await page.keyboard.press('Tab');
        seen.push(Number(await page.evaluate(`window.stops.indexOf(document.activeElement)`)));
      }

      assert.deepEqual(
        seen,
        Array.from({ length: count }, (_, n) => n),
      );
    });

  it('presses a button with Enter, and shows what is hidden with the space bar', async () => {
    await open({ group: 'readiness' });
    const last = page.locator('#readiness-suspend-last');
    const hidden = last.getByRole('button', { name: 'Suspend', exact: true });
    assert.equal(await hidden.first().isVisible(), false);

    await last.getByRole('button', { name: 'Suspend anyway' }).press('Space');
    await hidden.first().press('Enter');

    const pressed = await last.locator('.pressed').textContent();
    assert.match(pressed ?? '', /"verb":"subscription\.suspend"/);
  });
});

/** The first line that does not come after those before it. */
function firstLost(lines: readonly string[], text: string): readonly string[] {
  const said = plain(text);
  let from = 0;
  for (const line of lines) {
    // A moment is put into the reader's own time.
    if (line.includes('{{')) continue;
    const at = said.indexOf(plain(line), from);
    if (at < 0) return [line];
    from = at + plain(line).length;
  }
  return [];
}

const plain = (text: string): string => text.replaceAll(/\s+/g, '');

const reachable =
  `document.querySelectorAll('.hung h2 a, .card :is(button, input, textarea, select):not(:disabled)')`.concat(
    `.values().filter((element) => element.checkVisibility())`,
  );

/** Each of these runs in the page and finds what is wrong there. */
const tooWide = `(() => {
  // What nobody speaks may be cut off; nor does a little matter, since the font of Teams is narrower than this one.
  const isLanguage = !location.search.includes('pseudo');
  const wide = document.scrollingElement.scrollWidth > innerWidth ? ['the page'] : [];
  for (const hung of document.querySelectorAll('.hung')) {
    const card = hung.querySelector('.card');
    const { left, right } = card.getBoundingClientRect();
    for (const element of card.querySelectorAll('*')) {
      const box = element.getBoundingClientRect();
      const isOut = box.width > 0 && (box.right > right + 0.5 || box.left < left - 0.5);
      const isCut = element.matches('.ac-pushButton, .ac-pushButton *, .ac-textBlock, .ac-richTextBlock, label') &&
        isLanguage && !hung.id.includes('300') && element.scrollWidth > element.clientWidth * 1.06 && element.clientWidth > 0;
      if (isOut || isCut) {
        wide.push(hung.id + ': ' + element.textContent.slice(0, 60));
        break;
      }
    }
  }
  return wide.slice(0, 10);
})()`;

/** Some cards at a time are in the page meanwhile, since what axe takes for one grows with all that is there. */
const axeOnAll = `(async () => {
  const place = document.querySelector('#cards');
  const all = [...document.querySelectorAll('.hung')];
  const serious = [];
  for (let at = 0; at < all.length; at += 30) {
    place.replaceChildren(...all.slice(at, at + 30));
    const { violations } = await axe.run(place, {
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'],
      resultTypes: ['violations'],
      preload: false,
    });
    for (const { id, impact, nodes } of violations)
      if (impact === 'serious' || impact === 'critical')
        serious.push(id + ': ' + nodes.slice(0, 5).map(({ html }) => html).join(' '));
  }
  return serious;
})()`;

const unnamed = `(() => {
  const bare = [];
  for (const hung of document.querySelectorAll('.hung'))
    for (const element of hung.querySelectorAll('.card :is(button, input, textarea, select)')) {
      const by = (element.getAttribute('aria-labelledby') ?? '').split(' ').filter(Boolean);
      const names = by.map((id) => document.getElementById(id)?.textContent ?? '').join('');
      const name = element.tagName === 'BUTTON' ? element.textContent : names || (element.closest('label')?.textContent ?? '');
      if (name.trim() === '') bare.push(hung.id + ': ' + element.outerHTML.slice(0, 80));
    }
  return bare.slice(0, 10);
})()`;

/** What comes later stands below what came before, or beside it to the right. */
const outOfOrder = `(() => {
  const odd = [];
  for (const hung of document.querySelectorAll('.hung')) {
    const parts = [...hung.querySelectorAll('.card :is(.ac-textBlock, .ac-richTextBlock, button, input, textarea, select)')]
      .map((element) => ({ element, box: element.getBoundingClientRect() }))
      .filter(({ box }) => box.width > 0 && box.height > 0);
    for (const [n, { element, box }] of parts.entries()) {
      const before = parts[n - 1];
      if (before === undefined) continue;
      if (box.top < before.box.top - 1 && box.left < before.box.right - 1) {
        odd.push(hung.id + ': ' + element.textContent.slice(0, 40) + ' after ' + before.element.textContent.slice(0, 40));
        break;
      }
    }
  }
  return odd.slice(0, 10);
})()`;

const unreachable = `[...document.querySelectorAll('.hung')].flatMap((hung) =>
  [...hung.querySelectorAll('.card *')]
    .filter((element) => element.checkVisibility() &&
      (element.tabIndex > 0 ||
        (element.matches('button, input, textarea, select, a[href]') && (element.tabIndex < 0 || element.disabled))))
    .map((element) => hung.id + ': ' + element.outerHTML.slice(0, 80)),
).slice(0, 10)`;
