import assert from 'node:assert/strict';
import { startChat, type Chat, type ChatOptions } from '../../../sandbox/chat/chat.ts';
import {
  asMessage,
  BotDouble,
  callConnector,
  cardOf,
  textBlock,
  type ConnectorAnswer,
  type Json,
} from './bot-double.ts';

describe('the chat service, as a connector', () => {
  let bot: BotDouble;
  let chat: Chat;
  let conversation: string;

  const start = async (options: ChatOptions = {}): Promise<void> => {
    chat = await startChat(options);
    chat.connect(bot.url);
    await chat.install('requester');
    conversation = `v3/conversations/${bot.received.at(-1)!.conversation.id}`;
  };
  const call = (method: string, path: string, body?: unknown): Promise<ConnectorAnswer> =>
    callConnector(chat.serviceUrl, method, path, body);
  const codeOf = ({ body }: ConnectorAnswer): unknown => (body['error'] as Json | undefined)?.['code'];
  const setFaults = (rules: readonly Json[]): Promise<ConnectorAnswer> =>
    callConnector(chat.url, 'POST', '/_faults', { rules });
  const hello = { type: 'message', text: 'Hello' };

  beforeEach(async () => {
    bot = await BotDouble.start();
  });
  afterEach(async () => {
    await chat.close();
    await bot.close();
  });

  describe('a conversation asked for', () => {
    const asked = (id: string): Json => ({
      isGroup: false,
      members: [{ id }],
      channelData: { tenant: { id: '7c1d4f0e-52ab-4c39-9d7e-3b6f8a2e9c15' } },
    });

    it('is the one there is, by either id of the person', async () => {
      await start();
      const { id, aadObjectId } = chat.people[0]!;

      const byTeamsId = await call('POST', 'v3/conversations', asked(id));
      const byObjectId = await call('POST', 'v3/conversations', asked(aadObjectId));

      assert.equal(byTeamsId.status, 201);
      assert.equal(`v3/conversations/${String(byTeamsId.body['id'])}`, conversation);
      assert.deepEqual(byObjectId.body, byTeamsId.body);
    });

    it('starts with a message when one comes along', async () => {
      await start();

      const { body } = await call('POST', 'v3/conversations', { ...asked(chat.people[0]!.id), activity: hello });

      assert.equal(body['activityId'], chat.messages('requester')[0]?.id);
    });

    it('is refused where the app is not installed', async () => {
      await start();

      const answer = await call('POST', 'v3/conversations', asked(chat.people[1]!.id));

      assert.equal(answer.status, 403);
      assert.equal(codeOf(answer), 'ForbiddenOperationException');
    });

    it('is refused for a stranger, and without a tenant', async () => {
      await start();

      assert.equal((await call('POST', 'v3/conversations', asked('29:stranger'))).status, 400);
      assert.equal((await call('POST', 'v3/conversations', { members: [{ id: chat.people[0]!.id }] })).status, 400);
    });
  });

  describe('a message', () => {
    it('is shown and gets an id, also as a reply', async () => {
      await start();

      const first = await call('POST', `${conversation}/activities`, hello);
      const second = await call('POST', `${conversation}/activities/1`, asMessage(cardOf([textBlock('Card')]), 'News'));

      assert.deepEqual([first.status, second.status], [201, 201]);
      const [text, card] = chat.messages('requester');
      assert.deepEqual({ ...text, at: '' }, { id: first.body['id'], from: 'bot', text: 'Hello', edits: 0, at: '' });
      assert.equal(card?.summary, 'News');
      assert.deepEqual(card.card, cardOf([textBlock('Card')]));
    });

    it('with text and a card becomes two, without an id', async () => {
      await start();

      const { status, body } = await call('POST', `${conversation}/activities`, {
        ...asMessage(cardOf([textBlock('Card')])),
        text: 'Look',
      });

      assert.deepEqual({ status, body }, { status: 201, body: {} });
      assert.deepEqual(
        chat.messages('requester').map(({ text, card }) => [text, card !== undefined]),
        [
          ['Look', false],
          [undefined, true],
        ],
      );
    });

    it('above 100 KB is refused', async () => {
      await start();

      const answer = await call('POST', `${conversation}/activities`, { type: 'message', text: 'x'.repeat(102_400) });

      assert.equal(answer.status, 413);
      assert.equal(codeOf(answer), 'MessageSizeTooBig');
    });

    it('with nothing in it, or of a kind that Teams does not show, is refused', async () => {
      await start();

      const attachments = [{ contentType: 'application/pdf', content: {} }];
      for (const activity of [{ type: 'message' }, { type: 'message', attachments }, { type: 'trace' }, []]) {
        assert.equal((await call('POST', `${conversation}/activities`, activity)).status, 400);
      }
      assert.deepEqual(chat.messages('requester'), []);
    });

    it('is edited in place', async () => {
      await start();
      const { body } = await call('POST', `${conversation}/activities`, hello);
      const id = String(body['id']);

      const edited = await call('PUT', `${conversation}/activities/${id}`, { type: 'message', text: 'Goodbye', id });

      assert.deepEqual([edited.status, edited.body], [200, { id }]);
      const [message] = chat.messages('requester');
      assert.deepEqual([message?.text, message?.edits], ['Goodbye', 1]);
    });

    it('is deleted', async () => {
      await start();
      const { body } = await call('POST', `${conversation}/activities`, hello);

      assert.equal((await call('DELETE', `${conversation}/activities/${String(body['id'])}`)).status, 200);

      assert.deepEqual(chat.messages('requester'), []);
    });

    it('that is not there is neither edited nor deleted', async () => {
      await start();

      const edited = await call('PUT', `${conversation}/activities/7`, hello);

      assert.equal(edited.status, 404);
      assert.equal(codeOf(edited), 'ActivityNotFoundInConversation');
      assert.equal((await call('DELETE', `${conversation}/activities/7`)).status, 404);
      assert.equal(codeOf(await call('POST', 'v3/conversations/a:1other/activities', hello)), 'ConversationNotFound');
    });

    it('that says the bot is typing is not kept', async () => {
      await start();

      assert.equal((await call('POST', `${conversation}/activities`, { type: 'typing' })).status, 201);

      assert.deepEqual(chat.messages('requester'), []);
    });
  });

  it('names who is in a conversation', async () => {
    await start();
    const { id, aadObjectId, name } = chat.people[0]!;

    const all = await call('GET', `${conversation}/members`);
    const paged = await call('GET', `${conversation}/pagedmembers`);
    const one = await call('GET', `${conversation}/members/${encodeURIComponent(id)}`);

    assert.deepEqual([one.body['id'], one.body['aadObjectId'], one.body['name']], [id, aadObjectId, name]);
    assert.deepEqual(all.body, [one.body] as unknown as Json);
    assert.deepEqual(paged.body, { members: [one.body] });
    assert.equal((await call('GET', `${conversation}/members/29:stranger`)).status, 404);
  });

  describe('faults', () => {
    it('strike the calls they are set for, as often as they say', async () => {
      await start();
      await setFaults([{ method: 'POST', path: 'activities', status: 429, retryAfterSeconds: 3, times: 1, skip: 1 }]);

      const answers = [
        await call('POST', `${conversation}/activities`, hello),
        await call('POST', `${conversation}/activities`, hello),
        await call('POST', `${conversation}/activities`, hello),
      ];

      assert.deepEqual(
        answers.map(({ status }) => status),
        [201, 429, 201],
      );
      assert.equal(answers[1]?.headers.get('Retry-After'), '3');
      assert.equal(codeOf(answers[1]), 'TooManyRequests');
    });

    it('can be meant for one person', async () => {
      await start();
      await chat.install('manager');
      await setFaults([{ person: 'manager', status: 403 }]);

      const manager = `v3/conversations/${bot.received.at(-1)!.conversation.id}`;

      assert.equal((await call('POST', `${manager}/activities`, hello)).status, 403);
      assert.equal((await call('POST', `${conversation}/activities`, hello)).status, 201);
    });

    it('can lose the answer to what was done', async () => {
      await start();
      await setFaults([{ kind: 'apply-then-reset' }]);

      await assert.rejects(call('POST', `${conversation}/activities`, hello));

      assert.equal(chat.messages('requester').length, 1);
    });

    it('can leave the bot without an answer, until they are reset', async () => {
      await start();
      await setFaults([{ kind: 'hang', times: 1 }]);
      const hanging = assert.rejects(call('POST', `${conversation}/activities`, hello));
      while (chat.calls.length === 0) await new Promise(setImmediate);

      await callConnector(chat.url, 'POST', '/_reset');

      await hanging;
      assert.equal((await call('POST', `${conversation}/activities`, hello)).status, 201);
    });

    it('that make no sense are refused', async () => {
      await start();

      assert.equal((await setFaults([{ path: '(' }])).status, 400);
      assert.equal((await setFaults([{ stauts: 429 }])).status, 400);
    });
  });

  it('refuses what comes faster than Teams takes it, when asked to', async () => {
    await start({ limitRates: true });

    let answer = await call('POST', `${conversation}/activities`, hello);
    while (answer.status === 201) answer = await call('POST', `${conversation}/activities`, hello);

    assert.equal(answer.status, 429);
    assert.ok(Number(answer.headers.get('Retry-After')) >= 1);
    assert.ok(chat.messages('requester').length >= 7);
  });

  it('remembers every call of the bot with its answer', async () => {
    await start();

    await call('POST', `${conversation}/activities`, hello);

    const [entry] = chat.calls;
    assert.deepEqual([entry?.method, entry?.status, entry?.body], ['POST', 201, hello]);
    assert.match(entry?.path ?? '', /^\/v3\/conversations\/a(:|%3A)1/);
  });

  it('forgets messages, faults and calls on a reset', async () => {
    await start();
    await call('POST', `${conversation}/activities`, hello);

    await callConnector(chat.url, 'POST', '/_reset');

    assert.deepEqual([chat.messages('requester'), chat.calls], [[], []]);
    assert.equal((await call('POST', `${conversation}/activities`, hello)).status, 201);
  });
});
