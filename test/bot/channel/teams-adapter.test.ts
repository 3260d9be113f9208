import assert from 'node:assert/strict';
import type { TurnContext } from 'botbuilder';
import type { BotConfig } from '../../../bot/config/bot.ts';
import { Secret } from '../../../bot/config/secret.ts';
import { createTeamsAdapter } from '../../../bot/channel/teams-adapter.ts';
import { CHAT_BOT_ID, CHAT_TENANT_ID, MANAGER_OBJECT_ID } from '../../../sandbox/chat/chat.ts';
import { ChannelKeys } from '../../../sandbox/channel/channel-keys.ts';
import { localBot, startChattingBot, type ChattingBot, type ChattingBotOptions } from './chatting-bot.ts';
import { quietLog } from '../quiet-log.ts';

const answerOf = (status: number, body: unknown): object => ({ type: 'invokeResponse', value: { status, body } });
const cardAnswer = {
  statusCode: 200,
  type: 'application/vnd.microsoft.card.adaptive',
  value: { type: 'AdaptiveCard' },
};
const press = { verb: 'customer.pick', data: { verb: 'customer.pick' } };

describe("the bot's line to Teams", () => {
  let bot: ChattingBot;
  const turns: TurnContext['activity'][] = [];

  const start = async (options: ChattingBotOptions = {}): Promise<void> => {
    turns.length = 0;
    bot = await startChattingBot({
      ...options,
      logic: async (context) => {
        turns.push(context.activity);
        await options.logic?.(context);
      },
    });
  };
  const post = async (
    body: unknown,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<{ readonly status: number; readonly text: string }> => {
    const response = await fetch(bot.url, {
      method: 'POST',
      body: JSON.stringify(body),
      headers: { 'Content-Type': 'application/json', ...headers },
    });
    return { status: response.status, text: await response.text() };
  };
  /** What Teams would send, as the chat service sent it. */
  const message = (more: object = {}): object => ({
    type: 'message',
    id: '1',
    text: 'help',
    channelId: 'msteams',
    serviceUrl: bot.chat.serviceUrl,
    from: { id: '29:elena', name: 'Elena Marsh', aadObjectId: MANAGER_OBJECT_ID },
    recipient: { id: `28:${CHAT_BOT_ID}`, name: 'Bot' },
    conversation: { id: 'a:1', conversationType: 'personal', tenantId: CHAT_TENANT_ID },
    channelData: { tenant: { id: CHAT_TENANT_ID } },
    ...more,
  });

  afterEach(async () => {
    await bot.close();
  });

  it('brings what somebody says to the bot, and the reply back into the chat', async () => {
    await start({
      logic: async (context) => {
        if (context.activity.type === 'message') await context.sendActivity(`You said: ${context.activity.text}`);
      },
    });
    await bot.chat.install('requester');

    await bot.chat.say('requester', 'help');

    assert.deepEqual(
      turns.map(({ type }) => type),
      ['installationUpdate', 'conversationUpdate', 'message'],
    );
    assert.equal(bot.chat.messages('requester').at(-1)?.text, 'You said: help');
  });

  it('brings a pressed button to the bot, and its card back in the same exchange', async () => {
    await start({
      logic: async (context) => {
        if (context.activity.type === 'invoke') await context.sendActivity(answerOf(200, cardAnswer));
      },
    });
    await bot.chat.install('requester');

    const answer = await bot.chat.press('requester', '1', press);

    assert.deepEqual(answer, { status: 200, body: cardAnswer });
    assert.equal(turns.at(-1)?.name, 'adaptiveCard/action');
  });

  it('says of a button that nobody answers that there is nothing, not that the bot is broken', async () => {
    await start();
    await bot.chat.install('requester');
    const silent = await bot.chat.press('requester', '1', press);
    await bot.close();
    await start({
      logic: async (context) => {
        if (context.activity.type === 'invoke') await context.sendActivity(answerOf(501, 'no'));
      },
    });
    await bot.chat.install('requester');
    const unknown = await bot.chat.press('requester', '1', press);

    assert.deepEqual(
      [silent, unknown],
      [
        { status: 404, body: undefined },
        { status: 404, body: undefined },
      ],
    );
  });

  it('tells its operator of a turn that fails, and nobody else', async () => {
    const { log, lines } = quietLog();
    await start({ log, logic: () => Promise.reject(new Error('Contoso')) });

    const answer = await post(message());
    const pressed = await post(message({ type: 'invoke', name: 'adaptiveCard/action', value: { action: press } }));

    assert.deepEqual(answer, { status: 200, text: '' });
    assert.deepEqual(pressed, { status: 404, text: '' });
    assert.deepEqual(
      lines.map(({ msg, activityType }) => [msg, activityType]),
      [
        ['a turn failed', 'message'],
        ['a turn failed', 'invoke'],
      ],
    );
    assert.doesNotMatch(JSON.stringify(lines), /Contoso/);
    assert.deepEqual(bot.chat.calls, []);
  });

  it('is told of no language, name or member list that would break a turn', async () => {
    await start();
    const odd = [{ membersAdded: 'x' }, { entities: 5 }, { value: {} }, { attachments: null }, { replyToId: null }];

    for (const more of odd) assert.equal((await post(message(more))).status, 200);

    assert.equal(turns.length, odd.length);
  });

  it('refuses what is no activity, and what is not for the bot, with an empty body', async () => {
    const { log, lines } = quietLog();
    await start({ log, config: { allowedTenants: [CHAT_TENANT_ID] } });

    const answers = [
      await post(null),
      await post({}),
      await post(message({ channelId: 'emulator' })),
      await post(message({ serviceUrl: 'https://evil.example/' })),
      await post(message({ from: { id: '29:elena' } })),
      await post(message({ channelData: { tenant: { id: CHAT_BOT_ID } } })),
    ];

    assert.deepEqual(
      answers.map(({ status, text }) => [status, text]),
      [400, 400, 403, 403, 403, 403].map((status) => [status, '']),
    );
    assert.deepEqual(turns, []);
    assert.deepEqual(bot.chat.calls, []);
    assert.deepEqual(
      lines.map(({ kind }) => kind),
      ['no activity', 'channelId', 'serviceUrl', 'from.aadObjectId', 'tenant'],
      'each reason is told once, however often it occurs',
    );
  });

  describe('where Teams has to sign', () => {
    let keys: ChannelKeys;
    const appId = CHAT_BOT_ID;
    const inOneHour = Math.floor(Date.now() / 1_000) + 3_600;

    const startSigned = (more: Partial<BotConfig> = {}): Promise<void> =>
      start({
        config: {
          auth: 'teams',
          appId,
          appType: 'SingleTenant',
          appTenantId: CHAT_TENANT_ID,
          password: new Secret('password'),
          openIdMetadataUrl: keys.openIdMetadataUrl,
          ...more,
        },
      });
    const claims = (more: object = {}): Readonly<Record<string, unknown>> => ({
      iss: 'https://api.botframework.com',
      aud: appId,
      nbf: inOneHour - 3_600,
      exp: inOneHour,
      serviceurl: bot.chat.serviceUrl,
      ...more,
    });
    const bearer = (token: string): Readonly<Record<string, string>> => ({ Authorization: `Bearer ${token}` });

    before(async () => {
      keys = await ChannelKeys.start();
    });
    after(async () => {
      await keys.close();
    });

    it('takes what is signed for this bot', async () => {
      await startSigned();

      const answer = await post(message(), bearer(await keys.signed(claims())));

      assert.deepEqual(answer, { status: 200, text: '' });
      assert.equal(turns.length, 1);
    });

    it('refuses everything else with 401 and an empty body', async () => {
      await startSigned();
      const good = await keys.signed(claims());
      const [head = '', content = '', signature = ''] = good.split('.');
      const headers: [what: string, headers: Readonly<Record<string, string>>][] = [
        ['nothing', {}],
        ['a scheme alone', { Authorization: 'Bearer' }],
        ['another scheme', { Authorization: `Basic ${good}` }],
        ['three words', { Authorization: `Bearer ${good} x` }],
        ['no token', bearer('abc')],
        ['a token of no JSON', bearer(`${head}.abc.${signature}`)],
        ['a changed signature', bearer(`${head}.${content}.${signature.slice(0, -8)}AAAAAAAA`)],
        ['no signature', bearer(`${head}.${content}.`)],
        ['a signature by the public key', bearer(await keys.signedWithPublicKey(claims()))],
        ['a token for another bot', bearer(await keys.signed(claims({ aud: CHAT_TENANT_ID })))],
        ['a token for another address', bearer(await keys.signed(claims({ serviceurl: 'https://evil.example/' })))],
        ['a token that has lapsed', bearer(await keys.signed(claims({ exp: 1_000 })))],
        ['a token for later', bearer(await keys.signed(claims({ nbf: inOneHour })))],
        ['a token of another issuer', bearer(await keys.signed(claims({ iss: 'https://evil.example' })))],
      ];
      for (const [what, sent] of headers)
        assert.deepEqual(await post(message(), sent), { status: 401, text: '' }, what);

      assert.deepEqual(turns, []);
    });

    it('has no line to Teams without an identity', () => {
      for (const identity of [{}, { appId }, { appId: '', appType: 'SingleTenant' as const }]) {
        assert.throws(
          () => createTeamsAdapter({ ...localBot, auth: 'teams', ...identity }, quietLog().log),
          /no identity/,
        );
      }
    });

    it('refuses everything when it cannot be known who signed', async () => {
      await startSigned({ openIdMetadataUrl: 'http://127.0.0.1:1/openid' });

      assert.deepEqual(await post(message(), bearer(await keys.signed(claims()))), { status: 401, text: '' });
    });
  });
});
