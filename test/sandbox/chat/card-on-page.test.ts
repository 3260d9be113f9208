import assert from 'node:assert/strict';
import type { Locator, Page } from 'playwright-core';
import { CHAT_BOT_ID } from '../../../sandbox/chat/chat.ts';
import {
  answerCard,
  answerMessage,
  asMessage,
  buttonRow,
  cardOf,
  executeButton,
  textBlock,
  type Json,
} from './bot-double.ts';
import { eventually } from '../../support/eventually.ts';
import { pageBench } from './page-bench.ts';

const { bot, chat, page, open, region, send, show, update, received } = pageBench();

const box = (name: 'Requester' | 'Manager'): Locator =>
  region(name).getByRole('textbox', { name: 'Message', exact: true });
const pressed = (verb: string) =>
  received(({ name, value }) => name === 'adaptiveCard/action' && (value?.['action'] as Json)['verb'] === verb);
const textRun = (text: string): Json => ({ type: 'RichTextBlock', inlines: [{ type: 'TextRun', text }] });

describe('a card on the page', () => {
  const form = cardOf([
    textBlock('Ask for the removal', { style: 'heading' }),
    { type: 'Input.Text', id: 'reason', label: 'Reason', isRequired: true, errorMessage: 'Say why.' },
    { type: 'Input.Toggle', id: 'dryRun', title: 'Dry run', value: 'false' },
    buttonRow(executeButton('Send request', 'request.send', { requestId: 'r-1' })),
  ]);

  it('sends its inputs with a button, and is replaced in place by the answer', async () => {
    await open();
    bot().onActivity = ({ type }) =>
      type === 'invoke' ? answerCard(cardOf([textBlock('Waits for approval')])) : { status: 200 };
    const id = await show('requester', form);
    await send('requester', { type: 'message', text: 'Later' });

    await region('Requester').getByLabel('Reason').fill('Moved away');
    await region('Requester').getByLabel('Dry run').check();
    await region('Requester').getByRole('button', { name: 'Send request' }).click();

    const { value, replyToId } = await pressed('request.send');
    assert.equal(replyToId, id);
    assert.deepEqual(value, {
      action: {
        type: 'Action.Execute',
        title: 'Send request',
        verb: 'request.send',
        data: { requestId: 'r-1', reason: 'Moved away', dryRun: 'true' },
      },
      trigger: 'manual',
    });
    const [first] = await region('Requester').locator('.message').all();
    await first?.getByText('Waits for approval').waitFor();
    assert.equal(await region('Requester').getByRole('button', { name: 'Send request' }).count(), 0);
    await region('Requester').locator('.card:focus').waitFor();
  });

  it('is not sent while a required input is empty', async () => {
    await open();
    await show('requester', form);
    const before = bot().received.length;

    await region('Requester').getByRole('button', { name: 'Send request' }).click();

    await region('Requester').getByText('Say why.').waitFor();
    assert.equal(bot().received.length, before);
  });

  it('shows a short text below when the bot answers with one', async () => {
    await open();
    bot().onActivity = ({ type }) => (type === 'invoke' ? answerMessage('Somebody was faster.') : { status: 200 });
    await show('manager', cardOf([textBlock('Approve?'), buttonRow(executeButton('Approve', 'removal.approve'))]));

    await region('Manager').getByRole('button', { name: 'Approve' }).click();

    await region('Manager').getByRole('status').getByText('Somebody was faster.').waitFor();
    await eventually(
      () => region('Manager').getByRole('button', { name: 'Approve' }).isEnabled(),
      'the button stays disabled',
    );
  });

  it('shows Teams’ own error when the bot answers with one, fails, or is not there', async () => {
    await open();
    await show('manager', cardOf([textBlock('Approve?'), buttonRow(executeButton('Approve', 'removal.approve'))]));
    const approve = region('Manager').getByRole('button', { name: 'Approve' });
    const error = region('Manager').locator('.card-note');

    const refusal = { statusCode: 400, type: 'application/vnd.microsoft.error', value: { code: '1', message: 'No.' } };
    bot().onActivity = () => ({ status: 200, body: refusal });
    await approve.click();
    await error.getByText('Something went wrong. Please try again.').waitFor();

    chat().connect('http://127.0.0.1:1/api/messages');
    await approve.click();
    await error.getByText('Unable to reach app. Please try again.').waitFor();
    assert.equal(await error.getAttribute('role'), 'alert');
  });

  describe('a bot that wants somebody signed in', () => {
    const SIGN_IN_PAGE = 'https://sign-in.example/';
    const asksFor = { text: 'Please', connectionName: 'graph', buttons: [{ type: 'signin', value: SIGN_IN_PAGE }] };
    const note = () => region('Manager').locator('.card-note');
    /** What the page in the window does. */
    const atPage = (script: string): Promise<unknown> =>
      page()
        .context()
        .route(`${SIGN_IN_PAGE}**`, (route) =>
          route.fulfill({ contentType: 'text/html', body: `<title>Page</title><script>${script}</script>` }),
        );
    const presses = async (): Promise<Page> => {
      const [opened] = await Promise.all([
        page().waitForEvent('popup'),
        note().getByRole('button', { name: 'Sign in', exact: true }).click(),
      ]);
      return opened;
    };
    beforeEach(async () => {
      await open();
      bot().onActivity = ({ type, value }) => {
        if (type !== 'invoke') return { status: 200 };
        const { state } = value as { readonly state?: string };
        if (state !== undefined) return answerMessage(`Signed in with ${state}.`);
        return {
          status: 200,
          body: { statusCode: 401, type: 'application/vnd.microsoft.activity.loginRequest', value: asksFor },
        };
      };
      await show('manager', cardOf([buttonRow(executeButton('Remove', 'removal.run'))]));
      await region('Manager').getByRole('button', { name: 'Remove' }).click();
      await note().getByText('The app needs you to sign in.').waitFor();
    });

    it('has its page opened in a window, and the button pressed again with what the page hands over', async () => {
      await atPage(`opener.postMessage({ func: 'authentication.authenticate.success', args: ['word'] }, '*')`);

      const opened = await presses();

      await note().getByText('Signed in with word.').waitFor();
      if (!opened.isClosed()) await opened.waitForEvent('close');
    });

    it('is waited for no longer than its window is open, and believed from there only', async () => {
      await atPage('');
      const opened = await presses();
      await note().getByText('Sign in in the window that has opened.').waitFor();
      await page().evaluate(`postMessage({ func: 'authentication.authenticate.success', args: ['forged'] }, '*')`);

      await opened.close();

      await note().getByText('The app needs you to sign in.').waitFor();
      assert.ok(!bot().received.some(({ value }) => JSON.stringify(value ?? '').includes('forged')));
    });
  });

  it('looks up choices while they are typed, by keyboard too, and sends the value of the chosen one', async () => {
    await open();
    const results = [
      { title: 'Contoso Bakery', value: 'id-bakery' },
      { title: 'Contoso Ltd', value: 'id-ltd' },
      { title: 'Northwind, found by its domain', value: 'id-northwind' },
    ];
    bot().onActivity = ({ name }) => ({
      status: 200,
      body: name === 'application/search' && {
        statusCode: 200,
        type: 'application/vnd.microsoft.search.searchResponse',
        value: { results },
      },
    });
    const customers = { type: 'Data.Query', dataset: 'customers' };
    const input = {
      type: 'Input.ChoiceSet',
      id: 'customer',
      label: 'Customer',
      choices: [],
      'choices.data': customers,
    };
    await show('requester', cardOf([input, buttonRow(executeButton('Choose', 'customer.choose'))]));
    const combobox = region('Requester').getByRole('combobox', { name: 'Customer' });
    const options = region('Requester').getByRole('listbox').getByRole('option');

    await combobox.pressSequentially('cont');
    await options.nth(2).waitFor();
    assert.deepEqual(
      await options.allTextContents(),
      results.map(({ title }) => title),
    );
    await combobox.press('ArrowDown');
    await combobox.press('ArrowDown');
    await combobox.press('Enter');
    assert.equal(await combobox.inputValue(), 'Contoso Ltd');
    await region('Requester').getByRole('button', { name: 'Choose' }).click();

    const search = await received(({ name }) => name === 'application/search');
    assert.equal(search.value?.['dataset'], 'customers');
    assert.equal(search.value['queryText'], 'cont');
    const { value } = await pressed('customer.choose');
    assert.deepEqual((value?.['action'] as Json)['data'], { customer: 'id-ltd' });
  });

  it('takes no text for a choice that was not found', async () => {
    await open();
    bot().onActivity = () => ({ status: 200, body: { statusCode: 200, value: { results: [] } } });
    const customers = { type: 'Data.Query', dataset: 'customers' };
    const input = {
      type: 'Input.ChoiceSet',
      id: 'customer',
      label: 'Customer',
      choices: [],
      'choices.data': customers,
    };
    const row = buttonRow(executeButton('Choose', 'customer.choose'));
    await show('requester', cardOf([{ ...input, errorMessage: 'Choose one.' }, row]));

    await region('Requester').getByRole('combobox', { name: 'Customer' }).fill('nobody');
    await region('Requester').getByText('No results found').waitFor();
    await region('Requester').getByRole('button', { name: 'Choose' }).click();

    await region('Requester').getByText('Choose one.').waitFor();
    assert.equal(
      bot().received.some(({ name }) => name === 'adaptiveCard/action'),
      false,
    );
  });

  it('refreshes by itself for whom it names, once, and for nobody else', async () => {
    await open();
    const [requester] = chat().people;
    bot().onActivity = ({ type }) =>
      type === 'invoke' ? answerCard(cardOf([textBlock('Only for you')])) : { status: 200 };
    const refreshing = (userIds: unknown[]) =>
      cardOf([textBlock('For all')], { refresh: { userIds, action: executeButton('', 'card.refresh', { n: 1 }) } });

    await show('manager', refreshing([requester?.id]));
    const id = await show('requester', refreshing([requester?.id]));
    await region('Requester').getByText('Only for you').waitFor();
    const { refresh } = refreshing([requester?.id]);
    await update('requester', id, asMessage(cardOf([textBlock('Once more')], { refresh })));
    await region('Requester').getByText('Once more').waitFor();
    await box('Requester').fill('help');
    await box('Requester').press('Enter');
    await received(({ text }) => text === 'help');

    const refreshed = bot().received.filter(({ name }) => name === 'adaptiveCard/action');
    assert.deepEqual(
      refreshed.map(({ from, value }) => [from.id, value?.['trigger']]),
      [[requester?.id, 'automatic']],
    );
    await region('Manager').getByText('For all').waitFor();
  });

  it('does not refresh a card that a button has put another in the place of', async () => {
    await open();
    const [requester] = chat().people;
    bot().onActivity = ({ type }) => (type === 'invoke' ? answerCard(cardOf([textBlock('Really?')])) : { status: 200 });
    await show('requester', cardOf(Array.from({ length: 60 }, (_, at) => textBlock(`Line ${at}`))));
    const log = region('Requester').getByRole('log');
    await log.getByText('Line 59').waitFor();
    await log.evaluate((element: { scrollTop: number }) => {
      element.scrollTop = 0;
    });
    const refresh = { userIds: [requester?.id], action: executeButton('', 'card.refresh', { n: 1 }) };
    await show('requester', cardOf([buttonRow(executeButton('Do it', 'card.do'))], { refresh }));

    // Out of sight, where nothing refreshes.
    await log.getByRole('button', { name: 'Do it' }).dispatchEvent('click');
    await log.getByText('Really?').scrollIntoViewIfNeeded();
    await box('Requester').fill('help');
    await box('Requester').press('Enter');
    await received(({ text }) => text === 'help');

    const pressed = bot().received.filter(({ name }) => name === 'adaptiveCard/action');
    assert.deepEqual(
      pressed.map(({ value }) => value?.['trigger']),
      ['manual'],
    );
    assert.equal(await log.getByText('Really?').isVisible(), true);
  });

  it('sends a Submit as a message with a value', async () => {
    await open();
    const submit = { type: 'Action.Submit', title: 'Search', data: { verb: 'customer.search' } };
    await show('requester', cardOf([{ type: 'Input.Text', id: 'search', label: 'Search for' }, buttonRow(submit)]));

    await region('Requester').getByLabel('Search for').fill('fab');
    await region('Requester').getByRole('button', { name: 'Search' }).click();

    const { type, text, value } = await received((activity) => activity.value !== undefined);
    assert.deepEqual([type, text, value], ['message', undefined, { verb: 'customer.search', search: 'fab' }]);
  });

  it('keeps what is typed when it is sent again as it was, and not when it has changed', async () => {
    await open();
    const id = await show('requester', form);
    const reason = region('Requester').getByLabel('Reason');
    await reason.fill('Half a rea');

    await update('requester', id, asMessage(form));
    await region('Requester').getByText('Edited').waitFor();
    assert.equal(await reason.inputValue(), 'Half a rea');

    await update('requester', id, asMessage(cardOf([textBlock('Once more'), ...(form['body'] as Json[])])));
    await region('Requester').getByText('Once more').waitFor();
    assert.equal(await reason.inputValue(), '');
  });

  it('reads markup in a TextBlock alone', async () => {
    await open();
    const markup = '**Bold** <img src=x> [site](https://a.example/)';
    const choices = [{ title: '**Choice**', value: '1' }];
    await show(
      'requester',
      cardOf([textBlock(markup), textRun(markup), { type: 'Input.ChoiceSet', id: 'c', style: 'expanded', choices }]),
    );
    const card = region('Requester').locator('.card');

    assert.equal(await card.locator('.ac-textBlock strong').first().textContent(), 'Bold');
    assert.equal(await card.getByRole('link', { name: 'site' }).count(), 1);
    assert.equal(await card.locator('.ac-richTextBlock').textContent(), markup);
    assert.equal(await card.getByText('**Choice**', { exact: true }).count(), 1);
    assert.equal(await card.locator('img').count(), 0);
  });

  it('writes dates and times in its own language', async () => {
    await open({}, { timezoneId: 'Europe/Berlin' });
    const text = 'Until {{DATE(2026-03-04T15:16:00Z, LONG)}} {{TIME(2026-03-04T15:16:00Z)}}';
    await show('requester', cardOf([textBlock(text)], { lang: 'ru' }));

    await region('Requester')
      .getByText(/Until среда, 4 марта 2026.* 16:16/)
      .waitFor();
  });

  it('opens cards within it, shows what is hidden, and opens pages elsewhere', async () => {
    await open();
    const url = `${chat().url}/icon.svg`;
    await show(
      'requester',
      cardOf([
        textBlock('More about it', { id: 'more', isVisible: false }),
        buttonRow(
          { type: 'Action.ShowCard', title: 'Decline', card: form },
          { type: 'Action.ToggleVisibility', title: 'Details', targetElements: ['more'] },
          { type: 'Action.OpenUrl', title: 'Policy', url },
        ),
      ]),
    );

    await region('Requester').getByRole('button', { name: 'Decline' }).click();
    await region('Requester').getByLabel('Reason').waitFor();
    await region('Requester').getByRole('button', { name: 'Details' }).click();
    await region('Requester').getByText('More about it').waitFor();
    const opened = page().context().waitForEvent('page');
    await region('Requester').getByRole('link', { name: 'Policy' }).click();
    assert.equal((await opened).url(), url);
  });

  it('opens the tab where a link leads to it, at its request', async () => {
    await open();
    const context = encodeURIComponent(JSON.stringify({ subEntityId: 'request-1' }));
    const url = `https://teams.microsoft.com/l/entity/${CHAT_BOT_ID}/overview?context=${context}`;
    await show('requester', cardOf([buttonRow({ type: 'Action.OpenUrl', title: 'Time line', url })]));

    const opened = page().context().waitForEvent('page');
    await region('Requester').getByRole('link', { name: 'Time line' }).click();
    assert.equal((await opened).url(), `${chat().url}/teams-tab.html?person=requester&request=request-1`);
  });

  it('of a version that Teams does not show says its fallback text instead', async () => {
    await open();

    await show('requester', { ...form, version: '1.6', fallbackText: 'Update Teams, please.' });

    await region('Requester').getByText('Update Teams, please.').waitFor();
    assert.equal(await region('Requester').getByLabel('Reason').count(), 0);
  });
});
