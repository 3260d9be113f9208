import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import sinon from 'sinon';
import { startChat } from '../../../sandbox/chat/chat.ts';
import { bench } from '../partner-center/support.ts';
import { asMessage, buttonRow, cardOf, executeButton, textBlock, type Json } from './bot-double.ts';
import { eventually } from '../../support/eventually.ts';
import { pageBench } from './page-bench.ts';

const { bot, chat, page, open, region, send, show, update, remove, received } = pageBench();

const box = (name: 'Requester' | 'Manager'): Locator =>
  region(name).getByRole('textbox', { name: 'Message', exact: true });
/** Of an element: the browser's own types are not known here. */
type Scrolled = { readonly scrollHeight: number; readonly clientHeight: number; readonly scrollTop: number };

const textRun = (text: string): Json => ({ type: 'RichTextBlock', inlines: [{ type: 'TextRun', text }] });

describe('the chat page', () => {
  it('has a chat for each of the two, and a strip for Partner Center', async () => {
    await open();

    await box('Requester').waitFor();
    await box('Manager').waitFor();
    await region('Partner Center').getByText('There is no stand-in of Partner Center here.').waitFor();
    assert.equal(await page().getByRole('log', { name: 'Messages of Jonas Weber' }).count(), 1);
  });

  it('sends what is typed with Enter, and keeps the lines made with Shift+Enter', async () => {
    await open();

    await box('Requester').pressSequentially('remove');
    await box('Requester').press('Shift+Enter');
    await box('Requester').pressSequentially('contoso');
    await box('Requester').press('Enter');

    const { text, from } = await received(({ type }) => type === 'message');
    assert.deepEqual([text, from.name], ['remove\ncontoso', 'Jonas Weber']);
    await region('Requester').getByRole('listitem').filter({ hasText: 'remove' }).waitFor();
    assert.equal(await box('Requester').inputValue(), '');
    assert.equal(await region('Manager').getByRole('listitem').count(), 0);
  });

  it('sends a file that is chosen, and the bot is told where it lies', async () => {
    await open();
    const choosing = page().waitForEvent('filechooser');
    await region('Requester').getByRole('button', { name: 'Attach a file' }).click();
    const buffer = Buffer.from('contoso.com\n');
    await (await choosing).setFiles({ name: 'customers.csv', mimeType: 'text/csv', buffer });

    const { attachments, from } = await received(({ type }) => type === 'message');
    const [file] = attachments as readonly {
      readonly name: string;
      readonly content: { readonly downloadUrl: string };
    }[];
    const kept = await fetch(file!.content.downloadUrl);

    assert.deepEqual([file!.name, from.name], ['customers.csv', 'Jonas Weber']);
    assert.equal(await kept.text(), 'contoso.com\n');
    await region('Requester').getByRole('listitem').filter({ hasText: 'customers.csv' }).waitFor();
  });

  it('says so when the bot does not take a message', async () => {
    await open();
    bot().onActivity = () => ({ status: 500 });

    await box('Manager').fill('help');
    await region('Manager').getByRole('button', { name: 'Send', exact: true }).click();

    await region('Manager').getByRole('alert').getByText('The bot did not take this.').waitFor();
    assert.match(
      String(await region('Manager').getByRole('listitem').textContent()),
      /help.*The bot did not take this/,
    );

    bot().onActivity = () => ({ status: 200 });
    await region('Manager').getByRole('button', { name: 'Send again' }).click();
    await region('Manager').getByText('The bot did not take this.').waitFor({ state: 'detached' });
    const taken = bot().received.filter(({ type, text }) => type === 'message' && text === 'help');
    assert.equal(new Set(taken.map(({ id }) => id)).size, 1);
    assert.equal(await region('Manager').getByRole('listitem').count(), 1);
  });

  it('writes the example into the box of the requester, and explains itself no more once told', async () => {
    await open();

    await page().getByRole('button', { name: 'remove contoso' }).click();
    await page().getByRole('button', { name: 'Close', exact: true }).click();
    await page().reload();

    await box('Requester').waitFor();
    assert.equal(await page().getByText('As the requester, type').isVisible(), false);
  });

  it('shows the bot’s words as Teams does, edits them in place and takes them away', async () => {
    await open();
    const first = await send('requester', { type: 'message', text: '**Two** match:\n\n- <b>Contoso</b>\n- Fabrikam' });
    await send('requester', { type: 'message', text: 'The second' });
    const messages = region('Requester').locator('.message');
    await messages.nth(1).waitFor();
    assert.equal(await messages.nth(0).locator('strong').textContent(), 'Two');
    assert.equal(await messages.nth(0).locator('li').first().textContent(), '<b>Contoso</b>');

    await update('requester', first, { type: 'message', text: 'None matches' });
    await messages.nth(0).getByText('None matches').waitFor();
    assert.equal(await messages.nth(0).getByText('Edited').isVisible(), true);

    await remove('requester', first);
    await messages.nth(1).waitFor({ state: 'detached' });
    assert.match((await messages.allTextContents()).join(), /The second/);
  });

  it('notifies with the summary of a card, and of a card without one as Teams does', async () => {
    await open();
    const toast = page().locator('.toast');

    await show('manager', cardOf([textBlock('Approve?')]), 'Jonas Weber asks for a removal');
    await toast.getByText('Jonas Weber asks for a removal').waitFor();

    await show('requester', cardOf([textBlock('Readiness')]));
    await toast.getByText('Sent a card').waitFor();
  });

  it('notifies of the other chat only, and not of the one that is being read', async () => {
    await open();
    await box('Requester').focus();

    await send('requester', { type: 'message', text: 'Read at once' });
    await region('Requester').getByText('Read at once').waitFor();
    await send('manager', { type: 'message', text: 'Not seen yet' });

    await page().locator('.toast').getByText('Not seen yet').waitFor();
    assert.deepEqual(await page().locator('.toast-text').allTextContents(), ['Not seen yet']);
  });

  it('shows that the bot is typing until it has written', async () => {
    await open();

    await send('requester', { type: 'typing' });
    await region('Requester').getByText('The bot is typing').waitFor({ state: 'attached' });
    assert.equal(await region('Requester').locator('.typing').isVisible(), true);
    await send('requester', { type: 'message', text: 'Done' });

    await region('Requester').locator('.typing').waitFor({ state: 'hidden' });
  });

  it('keeps the newest message in view, and offers it to whoever has scrolled up', async () => {
    await open();
    const log = region('Requester').getByRole('log');
    for (let line = 1; line <= 30; line += 1) await send('requester', { type: 'message', text: `Line ${line}` });
    await log.getByText('Line 30', { exact: true }).waitFor();
    const isAtEnd = () =>
      log.evaluate(
        ({ scrollHeight, clientHeight, scrollTop }: Scrolled) => scrollHeight - clientHeight - scrollTop < 2,
      );
    await eventually(isAtEnd, 'the log is not at its end');

    await log.hover();
    await page().mouse.wheel(0, -10_000);
    await eventually(async () => !(await isAtEnd()), 'the log is still at its end');
    await page().evaluate('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))');
    await send('requester', { type: 'message', text: 'The newest' });
    await region('Requester').getByRole('button', { name: 'New messages' }).click();

    await eventually(isAtEnd, 'the newest message is not in view');
    await region('Requester').getByRole('button', { name: 'New messages' }).waitFor({ state: 'hidden' });
  });

  it('shows a card that is longer than the view from its beginning, as it comes, grows and is found again', async () => {
    await open();
    const long = (first: string): Json =>
      cardOf([textBlock(first), ...Array.from({ length: 60 }, () => textBlock('More of it'))]);
    const begins = (first: string) => async (): Promise<boolean> => {
      const place = await region('Requester').getByText(first, { exact: true }).boundingBox();
      const log = await region('Requester').getByRole('log').boundingBox();
      return place !== null && log !== null && place.y >= log.y && place.y < log.y + 120;
    };
    for (let line = 1; line <= 30; line += 1) await send('requester', { type: 'message', text: `Line ${line}` });

    const id = await show('requester', cardOf([textBlock('Reading')]));
    await region('Requester').getByText('Reading').waitFor();
    await update('requester', id, asMessage(long('Has grown')));
    await eventually(begins('Has grown'), 'what has grown is not shown from its beginning');
    await page().reload();
    await eventually(begins('Has grown'), 'it is not shown from its beginning after a reload');
    await region('Requester').getByRole('textbox', { name: 'Message' }).fill('on');
    await region('Requester').getByRole('textbox', { name: 'Message' }).press('Enter');
    await region('Requester').getByText('on', { exact: true }).waitFor();
    await show('requester', long('Has come'));

    await eventually(begins('Has come'), 'what has come is not shown from its beginning');
  });

  it('stays at the end of a long card that changes there, and follows what comes below it', async () => {
    await open();
    const long = (first: string, length = 60): Json =>
      cardOf([textBlock(first), ...Array.from({ length }, () => textBlock('More of it'))]);
    const id = await show('requester', long('The receipt'));
    await region('Requester').getByText('The receipt').waitFor();
    const log = region('Requester').getByRole('log');
    const isAtEnd = () =>
      log.evaluate(
        ({ scrollHeight, clientHeight, scrollTop }: Scrolled) => scrollHeight - clientHeight - scrollTop < 2,
      );
    await log.hover();
    await page().mouse.wheel(0, 10_000);
    await eventually(isAtEnd, 'the log is not at its end');
    await page().evaluate('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))');

    await update('requester', id, asMessage(long('You are asked below', 64)));
    await region('Requester').getByText('You are asked below').waitFor({ state: 'attached' });
    await send('requester', { type: 'message', text: 'May it be put there?' });

    await log.getByText('May it be put there?').waitFor();
    await eventually(isAtEnd, 'what came below is not in view');
  });

  it('starts empty after the chat service has', async () => {
    await open();
    await send('requester', { type: 'message', text: 'Old' });
    await region('Requester').locator('.message').waitFor();

    await fetch(`${chat().url}/_reset`, { method: 'POST' });

    await region('Requester').getByText('Nothing here yet.').waitFor();
  });

  it('finds everything again when the chat service was away', async () => {
    await open();
    await send('requester', { type: 'message', text: 'Before' });
    await region('Requester').getByText('Before').first().waitFor();
    const port = Number(new URL(chat().url).port);

    await chat().close();
    await page().getByText('Not connected.').waitFor();
    const again = await startChat({ port, botName: 'Reborn' });
    try {
      await page().getByText('Not connected.').waitFor({ state: 'hidden' });
      await region('Requester').getByText('Jonas Weber has not added the app.').waitFor();
      await eventually(() => box('Requester').isDisabled(), 'the box can be written in');
      again.connect(bot().url);
      await again.install('requester');
      await eventually(() => box('Requester').isEnabled(), 'the box stays disabled');
    } finally {
      await again.close();
    }
  });
});

describe('a file that a bot has for somebody', () => {
  const asking: Json = {
    type: 'message',
    attachments: [
      {
        contentType: 'application/vnd.microsoft.teams.card.file.consent',
        name: 'receipt.pdf',
        content: {
          ...{ description: 'The receipt.', sizeInBytes: 20_480 },
          ...{ acceptContext: { id: 1 }, declineContext: { id: 2 } },
        },
      },
    ],
  };
  const answered = () => received(({ name }) => name === 'fileConsent/invoke');

  it('is asked about, put where Teams says once it is allowed, and can be taken from there', async () => {
    await open();
    bot().onActivity = async ({ value }) => {
      const { uploadUrl } = (value?.['uploadInfo'] ?? {}) as { readonly uploadUrl?: string };
      const headers = { 'Content-Range': 'bytes 0-3/4' };
      if (uploadUrl !== undefined) await fetch(uploadUrl, { method: 'PUT', body: '%PDF', headers });
      return { status: 200 };
    };
    await send('requester', asking);
    const chatOf = region('Requester');
    await chatOf.getByText('The receipt. (20 kB)').waitFor();

    await chatOf.getByRole('button', { name: 'Allow' }).click();

    const { value } = await answered();
    const place = value?.['uploadInfo'] as { readonly contentUrl: string; readonly uniqueId: string };
    assert.deepEqual([value?.['type'], value?.['action'], value?.['context']], ['fileUpload', 'accept', { id: 1 }]);
    await chatOf.getByText('Allowed.').waitFor();
    await send('requester', {
      type: 'message',
      attachments: [
        {
          contentType: 'application/vnd.microsoft.teams.card.file.info',
          ...{ name: 'receipt.pdf', contentUrl: place.contentUrl },
          content: { uniqueId: place.uniqueId, fileType: 'pdf' },
        },
      ],
    });
    const [file] = await Promise.all([
      page().waitForEvent('download'),
      chatOf.getByRole('link', { name: 'Download' }).click(),
    ]);
    assert.equal(file.suggestedFilename(), 'receipt.pdf');
    assert.equal(await (await fetch(place.contentUrl)).text(), '%PDF');
  });

  it('is named nowhere where it is declined', async () => {
    await open();
    await send('requester', asking);

    await region('Requester').getByRole('button', { name: 'Decline' }).click();

    const { value } = await answered();
    assert.deepEqual(value, { type: 'fileUpload', action: 'decline', context: { id: 2 } });
    await region('Requester').getByText('Declined.').waitFor();
  });
});

describe('the page after the sandbox was stopped', () => {
  const partnerCenter = bench();

  it('says so, and how to start it again, and goes on once it is', async () => {
    const partnerCenterUrl = partnerCenter.stand().url;
    await open({ partnerCenterUrl });
    await region('Partner Center').getByRole('heading', { name: 'Customers' }).waitFor();
    const port = Number(new URL(chat().url).port);

    await chat().close();
    await page().getByRole('status').getByText('“npm start” starts a new one').waitFor();
    await region('Partner Center').getByText('The sandbox has stopped').waitFor();
    assert.equal(await page().getByText('There is no stand-in').isVisible(), false);
    await box('Requester').fill('help');
    await box('Requester').press('Enter');
    await region('Requester').getByRole('alert').getByText('This was not sent: the sandbox has stopped.').waitFor();
    assert.equal(await box('Requester').inputValue(), 'help');

    const again = await startChat({ port, partnerCenterUrl });
    try {
      await region('Partner Center').getByRole('heading', { name: 'Customers' }).waitFor();
      await region('Partner Center').getByText('The sandbox has stopped').waitFor({ state: 'hidden' });
    } finally {
      await again.close();
    }
  });
});

describe('the look of the page', () => {
  it('changes the language of the page and of both people’s Teams, and remembers it', async () => {
    await open();

    await page().getByLabel('Language').selectOption('ru-RU');
    await page().getByRole('region', { name: 'Заявитель (Requester)', exact: true }).waitFor();
    await eventually(() => chat().people.every(({ locale }) => locale === 'ru-RU'), 'Teams keeps its language');
    // Also of whoever has said nothing yet.
    await received(
      ({ type, locale, from }) =>
        type === 'installationUpdate' && locale === 'ru-RU' && from.id === chat().people[1]?.id,
    );
    await page()
      .getByRole('region', { name: /\(Manager\)$/ })
      .getByRole('textbox', { name: /\(Message\)$/ })
      .fill('помощь');
    await page().keyboard.press('Enter');

    const { locale, from } = await received(({ text }) => text === 'помощь');
    assert.deepEqual([locale, from.name], ['ru-RU', 'Elena Marsh']);
    await page().reload();
    await page()
      .getByRole('region', { name: /\(Partner Center\)$/ })
      .waitFor();
    assert.equal(await page().locator('html').getAttribute('lang'), 'ru');
  });

  it('follows the system’s theme until another is chosen, and remembers that', async () => {
    await open({}, { colorScheme: 'dark' });
    const background = () => page().evaluate<string>('getComputedStyle(document.body).backgroundColor');
    const button = page().getByRole('button', { name: 'Dark theme' });
    const dark = await background();
    assert.equal(await button.getAttribute('aria-pressed'), 'true');

    await button.click();
    const light = await background();
    await page().reload();
    await box('Requester').waitFor();

    assert.notEqual(light, dark);
    assert.equal(await background(), light);
    assert.equal(await button.getAttribute('aria-pressed'), 'false');
  });

  for (const colorScheme of ['light', 'dark'] as const) {
    it(`can be read in the ${colorScheme} theme: every text is 4.5 times lighter or darker than what it stands on`, async () => {
      await open({}, { colorScheme });
      const pairs = [
        ...['text', 'text-2', 'text-3', 'brand-text', 'bad', 'good', 'warning'].flatMap((text) => [
          [text, 'surface'],
          [text, 'canvas'],
        ]),
        ...['text', 'text-2', 'text-3', 'bad'].map((text) => [text, 'page']),
        ...['good', 'warning', 'bad'].flatMap((tone) => [
          [tone, `${tone}-tint`],
          ['text', `${tone}-tint`],
          ['text-3', `${tone}-tint`],
        ]),
        ...['text', 'text-2', 'text-3', 'brand-text'].map((text) => [text, 'brand-tint']),
        ['text', 'own'],
        ['text', 'changed'],
        ['on-brand', 'brand'],
        ['on-brand', 'brand-hover'],
      ];

      const ratios = await page().evaluate<number[]>(`(${contrasts})(${JSON.stringify(pairs)})`);

      const measured = pairs.map((pair, index) => ({ pair, ratio: ratios[index] ?? 0 }));
      assert.deepEqual(
        measured.filter(({ ratio }) => ratio < 4.5),
        [],
      );
    });
  }

  it('shows one of the three at a time in a narrow window, and marks news of the others', async () => {
    await open({}, { viewport: { width: 390, height: 844 } });
    const tab = (name: string): Locator => page().getByRole('tab', { name, exact: true });
    await box('Requester').waitFor();
    assert.deepEqual([await box('Manager').count(), await region('Partner Center').count()], [0, 0]);

    await send('manager', { type: 'message', text: 'Something to approve' });
    await page().locator('.tab.has-news').getByText('Manager').waitFor();
    await page().locator('.toast').getByText('Something to approve').waitFor();
    await tab('Requester').focus();
    await page().keyboard.press('ArrowRight');

    await box('Manager').waitFor();
    await page().getByRole('tab', { name: 'Manager', exact: true, selected: true }).waitFor();
    await box('Requester').waitFor({ state: 'hidden' });
    await page().locator('.tab.has-news').waitFor({ state: 'detached' });
    await tab('Partner Center').click();
    await region('Partner Center').waitFor();

    for (const first of ['The oldest', 'The one between', 'The newest']) {
      await show('manager', cardOf([textBlock(first), ...Array.from({ length: 60 }, () => textBlock('More of it'))]));
      await page().locator('.log').getByText(first, { exact: true }).waitFor({ state: 'attached' });
    }
    await tab('Manager').click();
    const log = await page().getByRole('log').boundingBox();
    await eventually(async () => {
      const place = await page().getByText('The newest', { exact: true }).boundingBox();
      return place !== null && log !== null && place.y >= log.y && place.y < log.y + 120;
    }, 'the newest card is not shown from its beginning');
  });

  it('fits a window of 360 pixels, with buttons that a finger can hit', async () => {
    await open({}, { viewport: { width: 360, height: 640 }, hasTouch: true, isMobile: true });
    const long = 'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft';
    const titles = ['Suspend', 'Turn off auto-renew', 'Cancel subscription', 'Check again'];
    const facts = [{ title: 'Domain', value: `${long.toLowerCase()}.onmicrosoft.com` }];
    await show(
      'requester',
      cardOf([
        textRun(long),
        { type: 'FactSet', facts },
        { type: 'Input.Text', id: 'reason', label: long },
        buttonRow(...titles.map((title) => executeButton(title, 'x.y'))),
      ]),
    );
    const card = region('Requester').locator('.card');
    await card.getByRole('button', { name: 'Check again' }).waitFor();

    const overflowing = await page().evaluate<string[]>(
      `['html', '.log', '.card', '.ac-actionSet'].filter((name) => {
        const { scrollWidth, clientWidth } = document.querySelector(name);
        return scrollWidth > clientWidth;
      })`,
    );
    assert.deepEqual(overflowing, []);
    for (const button of await card.getByRole('button').all()) {
      const { height = 0, width = 0 } = (await button.boundingBox()) ?? {};
      assert.ok(height >= 44 && width >= 44, `a button is ${width} × ${height}`);
    }
    const { width = 0 } = (await card.boundingBox()) ?? {};
    assert.ok(width >= 300, `the card is ${width} wide`);
  });
});

describe('the tabs of a narrow window', () => {
  for (const width of [320, 360, 390])
    for (const locale of width === 320 ? ['en-US', 'de-DE', 'fr-FR', 'ru-RU'] : ['en-US', 'ru-RU'])
      it(`show their whole names at ${width} pixels (${locale})`, async () => {
        await open({}, { viewport: { width, height: 640 }, hasTouch: true, isMobile: true });
        await page().locator('#language').selectOption(locale);
        for (const tab of await page().getByRole('tab').all()) {
          await tab.click();
          const cut = await page().evaluate<string[]>(
            `[...document.querySelectorAll('.tab')].filter((tab) => {
              const words = document.createRange();
              words.selectNodeContents(tab);
              const inner = words.getBoundingClientRect();
              const outer = tab.getBoundingClientRect();
              return tab.scrollWidth > tab.clientWidth || tab.scrollHeight > tab.clientHeight ||
                inner.left < outer.left || inner.right > Math.min(outer.right, innerWidth);
            }).map(({ textContent }) => textContent)`,
          );
          assert.deepEqual(cut, []);
        }
      });
});

describe('the switch to a Teams as strict as the real one', () => {
  const scrolls = () =>
    page().evaluate<boolean>('document.scrollingElement.scrollWidth > document.documentElement.clientWidth');

  for (const locale of ['en-US', 'ru-RU'])
    it(`fits on a phone, says what it is, and asks for what is chosen (${locale})`, async () => {
      const asked: unknown[] = [];
      const onChangeTeams = (setting: unknown): Promise<void> => Promise.resolve(void asked.push(setting));
      await open({ onChangeTeams }, { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true });
      await page().locator('#language').selectOption(locale);

      await page().getByRole('button', { name: 'Real Teams' }).tap();
      await page().locator('#teams select').selectOption('no-consent');
      await eventually(() => asked.length === 2, 'nothing was asked for');

      assert.deepEqual(asked, [
        { isReal: true, signOn: 'enough' },
        { isReal: true, signOn: 'no-consent' },
      ]);
      assert.equal(await scrolls(), false);
    });

  it('says that it did not work, and is not there where Teams is played in one way only', async () => {
    await open({ onChangeTeams: () => Promise.reject(new Error('no')) });
    const logged = sinon.stub(console, 'error');
    try {
      await page().getByRole('button', { name: 'Real Teams' }).click();
      await page().getByText('This did not work.').waitFor();
    } finally {
      logged.restore();
    }

    await page().context().close();
    await chat().close();
    await open();
    assert.equal(await page().getByRole('button', { name: 'Real Teams' }).count(), 0);
  });
});

/** Runs in the page: the contrast of pairs of the page's own colours, as WCAG 2 computes it. */
const contrasts = `(pairs) => {
  const probe = document.body.appendChild(document.createElement('i'));
  const luminance = (name) => {
    probe.style.color = 'var(--' + name + ')';
    const [r, g, b] = getComputedStyle(probe).color.match(/[\\d.]+/g).map((part) => {
      const value = Number(part) / 255;
      return value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  return pairs.map((pair) => {
    const [darker, lighter] = pair.map(luminance).sort((a, b) => a - b);
    return (lighter + 0.05) / (darker + 0.05);
  });
}`;
