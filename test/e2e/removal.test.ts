import assert from 'node:assert/strict';
import { LANGUAGES, textsFor, type Texts } from '../../cards/texts/texts.ts';
import type { Subscription } from '../../sandbox/partner-center/world/records.ts';
import { story, type Story } from './page-objects.ts';

const REASON = 'They move to another provider on 1 December.';

type Say = Texts['say'];

/** Who is removed, and what of theirs stands in the way; the first line is suspended by itself. */
interface Case {
  readonly language: 'en' | 'ru';
  readonly customer: string;
  readonly domain: string;
  readonly lines: readonly string[];
  readonly relationship: readonly [before: string, after: string];
  readonly suspended: string;
  /** From what is typed to the customer's readiness. */
  readonly find: (story: Story, say: Say) => Promise<void>;
}

const cases: readonly Case[] = [
  {
    language: 'en',
    customer: 'Contoso Ltd',
    domain: 'contoso.onmicrosoft.com',
    lines: ['Visio Plan 2', 'Office 365 E5', 'Project Plan 3'],
    relationship: ['Reseller', 'Removed'],
    suspended: 'suspended',
    async find({ requester }, say) {
      const { region } = requester();
      await requester().say('remove cont');
      await requester().sees(say('pick.title'), 'Contoso Bakery', 'Continental Cargo');

      await region.getByRole('combobox', { name: say('pick.type') }).pressSequentially('contoso l');
      await region.getByRole('option', { name: /Contoso Ltd/ }).click();
      await requester().press(say('button.choose'), say('pick.title'));
    },
  },
  {
    language: 'ru',
    customer: 'Graphic Design Institute',
    domain: 'graphicdesigninstitute.onmicrosoft.com',
    lines: ['Campus West', 'Campus Centre', 'Campus East', 'Campus Evening', 'Campus North', 'Campus South'],
    relationship: ['Реселлер', 'Удалён'],
    suspended: 'приостановлена',
    async find({ requester }, say) {
      await requester().say('удалить');
      const first = await requester().sees(say('pick.title'), 'Adventure Works');
      assert.equal(await first.getByText('Graphic Design Institute').count(), 0);

      await requester().press(say('button.more'), say('pick.title'));
      await requester().sees('Graphic Design Institute');
      await requester().press(say('button.back'), say('pick.title'));
      await requester().sees(say('pick.title'), 'Adventure Works');
      await requester().press(say('button.more'), say('pick.title'));
      await requester().pressBeside('Graphic Design Institute', say('button.choose'), say('pick.title'));
    },
  },
];

for (const { language, customer, domain, lines, relationship, suspended, find } of cases) {
  const texts = textsFor(language);
  const say: Say = (key, values) => texts.say(key, values);
  const [one = '', ...others] = lines;

  describe(`a removal by two people (${language})`, function () {
    this.timeout(30_000);
    const told = story({ installed: [] });
    const { journey, page, requester, manager, strip, steps, removals } = told;

    /** The customer's subscriptions as the other side knows them. */
    const held = (): readonly Subscription[] => {
      const found = journey().partnerCenter.world.customers.find((each) => each.domain === domain);
      assert.ok(found);
      return found.holdings.subscriptions;
    };
    const idOf = (name: string): string => {
      const found = held().find(({ friendlyName, offerName }) => [friendlyName, offerName].includes(name));
      assert.ok(found, `${name} is there`);
      return found.id;
    };

    it('begins with a welcome in the language that was chosen', async () => {
      const { chat } = journey();
      const heard = chat.people.map(({ key }) =>
        page().waitForRequest((sent) => sent.url().endsWith('/api/locale') && sent.postData()?.includes(key) === true),
      );
      await page()
        .getByLabel('Language')
        .selectOption(language === 'ru' ? 'ru-RU' : 'en-US');
      for (const request of heard) await (await request).response();
      for (const { key } of chat.people) await chat.install(key);

      await requester().sees(say('help.title'), say('help.words'));
      await manager().sees(say('help.title'), say('help.approver'));
      await strip().showsRelationship(domain, relationship[0]);
    });

    it('finds the customer, and says what removal does and what stands in the way', async () => {
      await find(told, say);

      const card = await requester().sees(say('readiness.title'), customer, domain);
      for (const part of ['list', 'support', 'admin', 'sales'] as const)
        await card.getByText(say(`readiness.consequence-${part}`)).waitFor();
      await card.getByText(say('readiness.irreversible')).waitFor();
      for (const line of lines) await card.getByText(line, { exact: false }).first().waitFor();
      assert.ok(!(await requester().buttons(customer)).includes(say('button.request-removal')));
      assert.deepEqual(await journey().changes(), []);
    });

    it('suspends nothing before the consequences were shown and confirmed', async () => {
      await requester().pressBeside(one, say('button.suspend'), say('readiness.title'));
      await requester().sees(say('step.title-suspend'), one, say('step.consequence-legacy'), domain);
      assert.deepEqual(await journey().changes(), []);

      await requester().press(say('button.back'), say('step.title-suspend'));
      await requester().sees(say('readiness.title'), customer);
      assert.deepEqual(await journey().changes(), []);
    });

    it('suspends the one that was confirmed, and no other', async () => {
      await requester().pressBeside(one, say('button.suspend'), say('readiness.title'));
      await requester().press(say('button.yes-suspend'), say('step.title-suspend'));

      await requester().sees(say('readiness.title'), say('readiness.progress', { done: 1, total: 1 }));
      await strip().showsStatus(idOf(one), suspended);
      assert.deepEqual(await steps(), [idOf(one)]);
      assert.equal((await journey().changes()).length, 1);
    });

    it('names all others before it suspends them together', async () => {
      const suspendAll = say('button.suspend-legacy', { count: others.length });
      await requester().press(suspendAll, say('readiness.title'));
      const card = await requester().sees(
        say('step.title-suspend'),
        say('step.names-suspend', { count: others.length }),
      );
      for (const line of others) await card.getByText(line, { exact: false }).first().waitFor();
      assert.equal((await steps()).length, 1);

      await requester().press(say('button.yes-suspend'), say('step.title-suspend'));

      await requester().sees(say('readiness.verdict-clear'), say('button.request-removal'));
      for (const line of others) await strip().showsStatus(idOf(line), suspended);
      assert.deepEqual((await steps()).toSorted(), lines.map(idOf).toSorted());
      assert.ok(held().every(({ status }) => status === 'suspended'));
    });

    it('refuses a form with another domain, and keeps what was typed', async () => {
      await requester().press(say('button.request-removal'), say('readiness.verdict-clear'));
      await requester().input(say('form.reason'), say('form.about')).fill(REASON);
      await requester().input(say('form.domain'), say('form.about')).fill('contoso.example');
      await requester().press(say('button.send-request'), say('form.about'));

      await requester().sees(say('form.fault-wrong-domain'));
      assert.equal(await requester().input(say('form.reason'), say('form.about')).inputValue(), REASON);
      assert.equal(await requester().input(say('form.domain'), say('form.about')).inputValue(), 'contoso.example');
      assert.equal(await manager().card(say('approval.title')).count(), 0);
    });

    it('sends the mended form to the manager, with all that the decision is about', async () => {
      await requester().input(say('form.domain'), say('form.about')).fill(domain);
      await requester().press(say('button.send-request'), say('form.about'));

      await manager().sees(say('approval.title'), customer, domain, REASON, 'Jonas Weber');
      const [first] = journey().partnerCenter.world.customers.filter((each) => each.domain === domain);
      await manager().sees(say('approval.title'), first!.id.toLowerCase(), ...lines);
      await manager().sees(say('approval.title'), say('readiness.irreversible'));
      await requester().sees(say('request.title'), domain);
      assert.equal((await journey().changes()).length, lines.length);
    });

    it('removes nothing when Approve is pressed, but asks once more', async () => {
      await manager().press(say('button.approve'), say('approval.title'));
      await manager().sees(say('approval.approve-title'), say('approval.irreversible'), domain);
      assert.deepEqual(await removals(), []);

      await manager().press(say('button.back'), say('approval.approve-title'));
      await manager().sees(say('approval.title'));
      assert.deepEqual(await removals(), []);
    });

    it('ends the relationship once it was approved: once, and both get the id of that call', async () => {
      await manager().press(say('button.approve'), say('approval.title'));
      await manager().input(say('approval.comment'), say('approval.approve-title')).fill('Agreed with the customer.');
      await manager().press(say('button.yes-approve'), say('approval.approve-title'));

      await requester().sees(say('request.state-done'), domain);
      await manager().sees(say('request.state-done'), domain);
      const [removal, ...more] = await removals();
      assert.ok(removal);
      assert.deepEqual(more, []);
      assert.deepEqual([removal.status, removal.body?.relationshipToPartner], [200, 'none']);
      for (const seat of [requester(), manager()])
        await seat.sees(say('request.state-done'), removal.correlationId, 'Elena Marsh', 'Agreed with the customer.');
    });

    it('shows on the other side that it has ended', async () => {
      await strip().showsRelationship(domain, relationship[1]);

      assert.equal((await journey().changes()).length, lines.length + 1);
    });

    it('has said nothing in another language', async () => {
      const other = language === 'en' ? 'ru' : 'en';
      const foreign = Object.values(LANGUAGES[other]).filter((text) => text.length > 14 && !text.includes('{'));
      const shown = (await page().locator('.from-bot').allInnerTexts()).join('\n');

      assert.deepEqual(
        foreign.filter((text) => shown.includes(text)),
        [],
      );
      const weekday = language === 'en' ? /(?<!\p{L})(пн|вт|ср|чт|пт|сб|вс),/u : /\b(Mon|Tue|Wed|Thu|Fri|Sat|Sun),/;
      assert.doesNotMatch(shown, weekday);
    });

    for (const theme of ['light', 'dark'])
      it(`can be read in the ${theme} theme, every word of every card`, async () => {
        await page().evaluate(`document.documentElement.dataset.theme = '${theme}'`);

        assert.deepEqual(await page().evaluate(faintTexts), []);
      });
  });
}

/** Runs in the page: the texts of cards that are less than 4.5 times lighter or darker than what they stand on. */
const faintTexts = `(() => {
  const canvas = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
  const drawn = (colors) => {
    canvas.clearRect(0, 0, 1, 1);
    for (const color of colors) {
      canvas.fillStyle = color;
      canvas.fillRect(0, 0, 1, 1);
    }
    const [r, g, b] = [...canvas.getImageData(0, 0, 1, 1).data].map((part) => {
      const value = part / 255;
      return value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const behind = (element) =>
    element === null ? [] : [...behind(element.parentElement), getComputedStyle(element).backgroundColor];
  const faint = [];
  for (const card of document.querySelectorAll('.card')) {
    const texts = document.createTreeWalker(card, NodeFilter.SHOW_TEXT);
    for (let text = texts.nextNode(); text !== null; text = texts.nextNode()) {
      const element = text.parentElement;
      if (text.data.trim() === '' || element.checkVisibility() === false) continue;
      const ground = behind(element);
      const [darker, lighter] = [drawn(ground), drawn([...ground, getComputedStyle(element).color])].sort((a, b) => a - b);
      if ((lighter + 0.05) / (darker + 0.05) < 4.5) faint.push(text.data);
    }
  }
  return faint;
})()`;
