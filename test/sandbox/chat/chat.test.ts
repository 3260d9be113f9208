import assert from 'node:assert/strict';
import { buttonsOf, NotPossibleError, startChat, type Chat, type ChatOptions } from '../../../sandbox/chat/chat.ts';
import {
  answerCard,
  answerMessage,
  asMessage,
  BotDouble,
  buttonRow,
  callConnector,
  cardOf,
  executeButton,
  textBlock,
  type Json,
} from './bot-double.ts';

describe('the chat service, towards a bot', () => {
  let bot: BotDouble;
  let chat: Chat;

  const start = async (options: ChatOptions = {}): Promise<void> => {
    chat = await startChat(options);
    chat.connect(bot.url);
  };
  const conversationId = (): string => bot.received.at(-1)!.conversation.id;
  const show = async (card: Json): Promise<string> => {
    const path = `v3/conversations/${conversationId()}/activities`;
    return String((await callConnector(chat.serviceUrl, 'POST', path, asMessage(card))).body['id']);
  };

  beforeEach(async () => {
    bot = await BotDouble.start();
  });
  afterEach(async () => {
    await chat.close();
    await bot.close();
  });

  describe('an installation', () => {
    it('arrives as an installation update and then as a new member', async () => {
      await start();

      await chat.install('requester');

      const [installation, members] = bot.received;
      assert.equal(installation?.type, 'installationUpdate');
      assert.equal(installation['action'], 'add');
      assert.equal(members?.type, 'conversationUpdate');
      assert.deepEqual(members['membersAdded'], [members['recipient'] && { id: (members['recipient'] as Json)['id'] }]);
    });

    it('that is taken back tells the bot and ends its right to write', async () => {
      await start();
      await chat.install('requester');

      await chat.uninstall('requester');

      assert.equal(bot.received.at(-1)?.['action'], 'remove');
      const path = `v3/conversations/${conversationId()}/activities`;
      const { status, body } = await callConnector(chat.serviceUrl, 'POST', path, { type: 'message', text: 'Hello?' });
      assert.equal(status, 403);
      assert.equal((body['error'] as Json)['code'], 'MessageWritesBlocked');
    });
  });

  describe('a typed message', () => {
    it('looks as Teams sends it', async () => {
      await start({ tenantId: '11111111-2222-4333-8444-555555555555', botId: 'the-bot', botName: 'Some Bot' });
      chat.people[0]!.locale = 'ru-RU';
      await chat.install('requester');

      await chat.say('requester', 'remove <contoso>');

      const { headers, timestamp, localTimestamp, localTimezone, id, ...activity } = bot.received.at(-1)!;
      const person = chat.people[0]!;
      const [shown] = chat.messages('requester');
      assert.equal(id, shown?.id);
      assert.equal(headers['authorization'], undefined);
      assert.ok(Date.parse(String(timestamp)) > 0 && Date.parse(String(localTimestamp)) > 0);
      assert.deepEqual(activity, {
        channelId: 'msteams',
        serviceUrl: chat.serviceUrl,
        from: { id: person.id, name: person.name, aadObjectId: person.aadObjectId },
        recipient: { id: '28:the-bot', name: 'Some Bot' },
        conversation: {
          id: activity.conversation.id,
          conversationType: 'personal',
          tenantId: '11111111-2222-4333-8444-555555555555',
        },
        locale: 'ru-RU',
        entities: [{ type: 'clientInfo', locale: 'ru-RU', country: 'RU', platform: 'Web', timezone: localTimezone }],
        type: 'message',
        text: 'remove <contoso>',
        textFormat: 'plain',
        attachments: [{ contentType: 'text/html', content: '<p>remove &lt;contoso&gt;</p>' }],
        channelData: { tenant: { id: '11111111-2222-4333-8444-555555555555' } },
      });
      assert.match(activity.conversation.id, /^a:1/);
    });

    it('carries the authorization that was asked for', async () => {
      await start({ authorize: () => Promise.resolve('Bearer abc') });
      await chat.install('requester');

      await chat.say('requester', 'help');

      assert.equal(bot.received.at(-1)?.headers['authorization'], 'Bearer abc');
    });

    it('that the bot fails on is reported to the one who sent it', async () => {
      await start();
      bot.onActivity = () => ({ status: 500 });

      await assert.rejects(chat.say('requester', 'help'), { name: 'DeliveryError', status: 500 });
    });
  });

  describe('a pressed button', () => {
    const form = cardOf([
      textBlock('Readiness'),
      { type: 'Input.Text', id: 'reason', label: 'Reason', isRequired: true, maxLength: 20 },
      { type: 'Input.Text', id: 'ticket', label: 'Ticket' },
      { type: 'Input.Toggle', id: 'gdap', title: 'End GDAP', valueOn: 'yes', valueOff: 'no' },
      {
        type: 'Container',
        items: [buttonRow(executeButton('Send request', 'request.send', { requestId: '7', ticket: 'old' }))],
        selectAction: executeButton('Open', 'request.open', {}, { associatedInputs: 'none' }),
      },
    ]);

    it('arrives with the inputs over its data, and empty inputs left out', async () => {
      await start();
      await chat.install('requester');
      const id = await show(form);
      bot.onActivity = () => answerMessage('Sent.');

      const answer = await chat.press('requester', id, 'Send request', { reason: 'Moved away' });

      const { type, name, value, replyToId } = bot.received.at(-1)!;
      assert.deepEqual({ type, name, replyToId }, { type: 'invoke', name: 'adaptiveCard/action', replyToId: id });
      assert.deepEqual(value, {
        action: {
          type: 'Action.Execute',
          title: 'Send request',
          verb: 'request.send',
          data: { requestId: '7', ticket: 'old', reason: 'Moved away', gdap: 'no' },
        },
        trigger: 'manual',
      });
      assert.deepEqual(answer, answerMessage('Sent.'));
    });

    it('is found behind an element too, and leaves the inputs out when it says so', async () => {
      await start();
      await chat.install('requester');
      const id = await show(form);

      await chat.press('requester', id, 'Open');

      assert.deepEqual((bot.received.at(-1)?.value?.['action'] as Json)['data'], {});
    });

    it('is not sent while Teams would not send it', async () => {
      await start();
      await chat.install('requester');
      const id = await show(form);
      const before = bot.received.length;

      await assert.rejects(chat.press('requester', id, 'Send request'), NotPossibleError);
      await assert.rejects(chat.press('requester', id, 'Send request', { reason: 'x'.repeat(21) }), NotPossibleError);
      await assert.rejects(chat.press('requester', id, 'Send request', { reason: 'y', other: 'z' }), NotPossibleError);
      await assert.rejects(chat.press('requester', id, 'Approve'), /it has "Send request", "Open"/);

      assert.equal(bot.received.length, before);
    });

    it('with forged data is sent exactly so', async () => {
      await start();
      await chat.install('manager');

      await chat.press('manager', '1', { verb: 'removal.approve', data: { requestId: 'forged' } });

      assert.deepEqual(bot.received.at(-1)?.value?.['action'], {
        type: 'Action.Execute',
        verb: 'removal.approve',
        data: { requestId: 'forged' },
      });
    });

    it('shows the card it is answered with on the pressing device alone, until the bot edits the message', async () => {
      await start();
      await chat.install('requester');
      const id = await show(form);
      const sent = cardOf([textBlock('Sent')]);
      const approved = cardOf([textBlock('Approved')]);
      bot.onActivity = () => answerCard(sent);

      await chat.press('requester', id, 'Open', {}, { device: 'phone' });

      assert.deepEqual(chat.messages('requester', { device: 'phone' })[0]?.card, sent);
      assert.deepEqual(chat.messages('requester', { device: 'laptop' })[0]?.card, form);
      await callConnector(chat.serviceUrl, 'PUT', `v3/conversations/${conversationId()}/activities/${id}`, {
        ...asMessage(approved),
        id,
      });
      assert.deepEqual(chat.messages('requester', { device: 'phone' })[0]?.card, approved);
      assert.deepEqual(chat.messages('requester', { device: 'laptop' })[0]?.card, approved);
      assert.equal(chat.messages('requester')[0]?.edits, 1);
    });

    it('keeps the card when the answer is an error', async () => {
      await start();
      await chat.install('requester');
      const id = await show(form);
      const failed = cardOf([textBlock('Failed')]);
      bot.onActivity = () => ({
        status: 200,
        body: { statusCode: 500, type: 'application/vnd.microsoft.card.adaptive', value: failed },
      });

      await chat.press('requester', id, 'Open');

      assert.deepEqual(chat.messages('requester')[0]?.card, form);
    });

    it('is delivered as often as was asked for, from the third time on with another id', async () => {
      await start({ duplicates: 4 });
      await chat.install('requester');
      const before = bot.received.length;
      bot.onActivity = () => answerMessage('Once.');

      const answer = await chat.press('requester', '1', { verb: 'a.b', data: {} });

      const ids = bot.received.slice(before).map(({ id }) => id);
      assert.equal(ids.length, 4);
      assert.equal(new Set(ids).size, 3);
      assert.deepEqual(answer, answerMessage('Once.'));
    });

    it('is delivered again while it is not answered, at most four times', async () => {
      await start({ answerWithinMs: 20, redeliver: true });
      await chat.install('requester');
      bot.onActivity = () => new Promise(() => undefined);

      const { status } = await chat.press('requester', '1', { verb: 'a.b', data: {} });

      assert.equal(status, 504);
      assert.equal(bot.received.filter(({ type }) => type === 'invoke').length, 4);
    });

    it('tells when there is no bot to reach', async () => {
      await start();
      chat.connect('http://127.0.0.1:9/api/messages');

      assert.equal((await chat.press('requester', '1', { verb: 'a.b', data: {} })).status, 502);
    });
  });

  describe('an old client', () => {
    it('sends the fallback as a message with a value and no text', async () => {
      await start();
      await chat.install('requester');
      const id = await show(
        cardOf([
          { type: 'Input.Text', id: 'search' },
          buttonRow(executeButton('Search', 'customer.search', { page: 1 })),
        ]),
      );

      await chat.submit('requester', id, 'Search', { search: 'fab' });

      const { type, text, value, replyToId } = bot.received.at(-1)!;
      assert.deepEqual(
        { type, text, value, replyToId },
        {
          type: 'message',
          text: undefined,
          value: { verb: 'customer.search', page: 1, search: 'fab' },
          replyToId: id,
        },
      );
    });
  });

  describe('an input that searches', () => {
    it('asks the bot, and offers at most fifteen results', async () => {
      await start();
      await chat.install('requester');
      const id = await show(
        cardOf([
          {
            type: 'Input.ChoiceSet',
            id: 'customer',
            'choices.data': { type: 'Data.Query', dataset: 'customers' },
          },
        ]),
      );
      const results = Array.from({ length: 20 }, (_, n) => ({ title: `Customer ${n}`, value: String(n) }));
      bot.onActivity = () => ({
        status: 200,
        body: { statusCode: 200, type: 'application/vnd.microsoft.search.searchResponse', value: { results } },
      });

      const choices = await chat.search('requester', id, 'customer', 'cus');

      assert.deepEqual(choices, results.slice(0, 15));
      assert.equal(bot.received.at(-1)?.name, 'application/search');
      assert.deepEqual(bot.received.at(-1)?.value, {
        queryText: 'cus',
        queryOptions: { skip: 0, top: 15 },
        dataset: 'customers',
      });
    });
  });

  describe('a card that refreshes', () => {
    const refreshing = (userIds?: readonly string[]): Json =>
      cardOf([textBlock('Old')], {
        refresh: {
          action: executeButton('Refresh', 'request.refresh', { requestId: '7' }),
          ...(userIds && { userIds }),
        },
      });

    it('does so by itself for those it names', async () => {
      await start();
      await chat.install('manager');
      const id = await show(refreshing([chat.people[1]!.id]));
      const newer = cardOf([textBlock('New')]);
      bot.onActivity = () => answerCard(newer);

      await chat.refresh('manager', id);

      assert.equal(bot.received.at(-1)?.value?.['trigger'], 'automatic');
      assert.deepEqual(chat.messages('manager')[0]?.card, newer);
    });

    it('is asked for no more once another card stands in its place', async () => {
      await start();
      await chat.install('manager');
      const { id: manager } = chat.people[1]!;
      const old = cardOf([textBlock('Old')], {
        refresh: { action: executeButton('Refresh', 'request.refresh', { requestId: '7' }), userIds: [manager] },
      });
      const id = await show(old);
      bot.onActivity = ({ value }) =>
        answerCard(cardOf([textBlock((value?.['action'] as Json)['verb'] === 'request.do' ? 'Really?' : 'New')]));
      await chat.press('manager', id, { verb: 'request.do', data: {} });

      // What the page had on its way when the button was answered.
      const action = { verb: 'request.refresh', data: { requestId: '7' }, title: 'Refresh' };
      const asked = { person: 'manager', device: 'tests', messageId: id, action, trigger: 'automatic' };
      const headers = { 'Content-Type': 'application/json' };
      const { status } = await fetch(new URL('/api/action', chat.url), {
        ...{ method: 'POST', headers, body: JSON.stringify(asked) },
      });

      assert.equal(status, 200);
      assert.deepEqual(chat.messages('manager')[0]?.card, cardOf([textBlock('Really?')]));
    });

    it('does so for others when they ask', async () => {
      await start();
      await chat.install('manager');
      const id = await show(refreshing());

      await chat.refresh('manager', id);

      assert.equal(bot.received.at(-1)?.value?.['trigger'], 'manual');
    });
  });

  describe('waiting for messages', () => {
    it('ends as soon as they are as wanted', async () => {
      await start();
      await chat.install('requester');
      const waiting = chat.until('requester', (messages) => messages.length === 2);

      await show(cardOf([textBlock('One')]));
      await show(cardOf([textBlock('Two')]));

      assert.equal((await waiting).length, 2);
    });

    it('says what is there instead when it takes too long', async () => {
      await start();
      await chat.install('requester');
      await show(cardOf([textBlock('Only this')]));

      await assert.rejects(
        chat.until('requester', () => false, { timeoutMs: 1 }),
        /Only this/,
      );
    });
  });

  it('tells which buttons a card has, with what they carry', async () => {
    await start();
    const card = cardOf([buttonRow(executeButton('Suspend', 'holding.suspend', { holdingId: 'a' }))], {
      refresh: { action: executeButton('Refresh', 'request.refresh') },
    });

    assert.deepEqual(
      buttonsOf(card).map(({ title, verb, data }) => ({ title, verb, data })),
      [{ title: 'Suspend', verb: 'holding.suspend', data: { holdingId: 'a' } }],
    );
  });
});
