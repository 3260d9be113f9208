import assert from 'node:assert/strict';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:http';
import { setImmediate as soon } from 'node:timers/promises';
import type { TurnContext } from 'botbuilder';
import type { ConnectorClient } from 'botframework-connector';
import {
  SendError,
  type Messenger,
  type Outgoing,
  type Reachable,
  type SendFault,
} from '../../../bot/channel/messenger.ts';
import { createOwnTurns } from '../../../bot/channel/conversation-turns.ts';
import { createTeamsMessenger, type TeamsMessengerParts } from '../../../bot/channel/teams-messenger.ts';
import type { AdaptiveCard } from '../../../cards/adaptive-card.ts';
import { callConnector, type Json } from '../../sandbox/chat/bot-double.ts';
import { localBot, startChattingBot, type ChattingBot, type ChattingBotOptions } from './chatting-bot.ts';

const cardSaying = (text: string): AdaptiveCard => ({
  type: 'AdaptiveCard',
  $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
  version: '1.5',
  lang: 'en',
  fallbackText: text,
  body: [{ type: 'TextBlock', text, wrap: true }],
});
const message = (text: string): Outgoing => ({ card: cardSaying(text), summary: `Summary: ${text}` });

describe('the messenger', () => {
  let bot: ChattingBot;
  let messenger: Messenger;
  let to: Reachable;

  const start = async (options: ChattingBotOptions = {}, more: Partial<TeamsMessengerParts> = {}): Promise<void> => {
    bot = await startChattingBot(options);
    to = await bot.person('requester');
    messenger = createTeamsMessenger({
      adapter: bot.adapter,
      serviceHosts: localBot.channelServiceHosts,
      ...more,
    });
  };
  const setFaults = (...rules: readonly Json[]): Promise<unknown> =>
    callConnector(bot.chat.url, 'POST', '/_faults', { rules });
  const faultOf = async (work: Promise<unknown>): Promise<SendError> => {
    const error = await work.then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    assert.ok(error instanceof SendError, String(error));
    return error;
  };
  const callsTo = (method: string): number => bot.chat.calls.filter((call) => call.method === method).length;

  afterEach(async () => {
    await bot.close();
  });

  it('sends a card alone, with a summary for the notification', async () => {
    await start();

    const id = await messenger.send(to, message('Approved.'));

    const [shown, ...more] = bot.chat.messages('requester');
    assert.deepEqual(more, []);
    assert.equal(shown?.id, id);
    assert.equal(shown.text, undefined);
    assert.equal(shown.summary, 'Summary: Approved.');
    assert.deepEqual(shown.card, cardSaying('Approved.'));
  });

  it('waits its turn behind what the bot has replied in the same chat', async () => {
    const waits: number[] = [];
    const logic = async (context: TurnContext): Promise<void> => {
      if (context.activity.type !== 'message') return;
      for (let reply = 0; reply < 7; reply++) await context.sendActivity('Here you are.');
    };
    const sleep = (ms: number): Promise<void> => {
      waits.push(ms);
      return Promise.resolve();
    };
    const turns = createOwnTurns({ now: () => new Date(), sleep });
    await start({ turns, logic }, { turns });
    await bot.chat.say('requester', 'help');

    await messenger.send(to, message('Approved.'));

    assert.equal(bot.chat.messages('requester').length, 1 + 7 + 1);
    assert.equal(waits.length, 1);
  });

  it('writes to each person where that person is, whoever was written to before', async () => {
    await start();
    const elsewhere = await startChattingBot();
    const somebody = await elsewhere.person('requester');

    for (const [person, text] of [
      [to, 'Here.'],
      [somebody, 'There.'],
      [to, 'Here again.'],
    ] as const)
      await messenger.send(person, message(text));

    const textsIn = ({ chat }: ChattingBot) => chat.messages('requester').map(({ summary }) => summary);
    assert.deepEqual(textsIn(bot), ['Summary: Here.', 'Summary: Here again.']);
    assert.deepEqual(textsIn(elsewhere), ['Summary: There.']);
    await elsewhere.close();
  });

  it('writes to the person it was told, and to nobody else', async () => {
    await start();
    const manager = await bot.person('manager');

    await messenger.send(manager, message('Approve?'));

    assert.equal(bot.chat.messages('requester').length, 0);
    assert.equal(bot.chat.messages('manager').length, 1);
  });

  it('edits a card in place', async () => {
    await start();
    const id = await messenger.send(to, message('Removing…'));
    await messenger.send(to, message('Something else.'));

    await messenger.edit(to, id, message('Removed.'));

    const shown = bot.chat.messages('requester');
    assert.deepEqual(
      shown.map((one) => one.card),
      [cardSaying('Removed.'), cardSaying('Something else.')],
    );
    assert.equal(shown[0]?.id, id);
  });

  it('deletes a card', async () => {
    await start();
    const id = await messenger.send(to, message('Approve?'));

    await messenger.delete(to, id);

    assert.notDeepEqual(bot.chat.messages('requester')[0]?.card, cardSaying('Approve?'));
    assert.equal((await faultOf(messenger.edit(to, id, message('Approve?')))).fault, 'gone');
  });

  it('says when the person has removed the app', async () => {
    await start();
    await bot.chat.uninstall('requester');

    const { fault, status, isTransient } = await faultOf(messenger.send(to, message('Approved.')));

    assert.deepEqual([fault, status, isTransient], ['not-installed', 403, false]);
  });

  it('says when there is no such conversation, and no such message', async () => {
    await start();
    const nowhere = { ...to, address: { ...to.address, conversationId: 'a:1nowhere' } };

    assert.equal((await faultOf(messenger.send(nowhere, message('Approved.')))).fault, 'gone');
    assert.equal((await faultOf(messenger.edit(to, '1', message('Approved.')))).fault, 'gone');
    assert.equal((await faultOf(messenger.delete(to, '1'))).fault, 'gone');
  });

  it('says when Teams takes no card of this size', async () => {
    await start();

    const { fault, status } = await faultOf(messenger.send(to, message('a'.repeat(60_000))));

    assert.deepEqual([fault, status], ['too-large', 413]);
  });

  const answers: [status: number, fault: SendFault, isTransient: boolean][] = [
    [400, 'refused', false],
    [401, 'unavailable', true],
    [403, 'not-installed', false],
    [404, 'gone', false],
    [412, 'throttled', true],
    [413, 'too-large', false],
    [429, 'throttled', true],
    [500, 'unavailable', true],
    [502, 'unavailable', true],
    [503, 'unavailable', true],
    [504, 'unavailable', true],
  ];
  for (const [status, fault, isTransient] of answers) {
    it(`F28: takes ${status} for ${fault}, and does not try again by itself`, async () => {
      await start();
      await setFaults({ status });

      const error = await faultOf(messenger.send(to, message('Approved.')));

      assert.deepEqual([error.fault, error.status, error.isTransient], [fault, status, isTransient]);
      assert.equal(callsTo('POST'), 1);
      assert.equal(bot.chat.messages('requester').length, 0);
    });
  }

  it('says how long Teams asks it to stay away', async () => {
    await start();
    await setFaults({ status: 429, retryAfterSeconds: 7 });

    const { fault, retryAfterMs } = await faultOf(messenger.edit(to, '1', message('Approved.')));

    assert.deepEqual([fault, retryAfterMs], ['throttled', 7_000]);
  });

  for (const kind of ['hang', 'reset', 'apply-then-hang', 'apply-then-reset']) {
    it(`F28: gives up on a line that does: ${kind}`, async () => {
      await start({ timeoutMs: 100 });
      await setFaults({ kind });

      const { fault, status } = await faultOf(messenger.send(to, message('Approved.')));

      assert.deepEqual([fault, status], ['unavailable', undefined]);
      assert.equal(callsTo('POST'), 1);
    });
  }

  it('gives up when it does not even get as far as the line', async () => {
    await start({}, { timeoutMs: 20, adapter: { reach: () => new Promise(() => undefined) } });

    assert.equal((await faultOf(messenger.send(to, message('Approved.')))).fault, 'unavailable');
  });

  it('takes what breaks before that for a line in trouble', async () => {
    await start({}, { adapter: { reach: () => Promise.reject(new Error('no token')) } });

    assert.equal((await faultOf(messenger.send(to, message('Approved.')))).fault, 'unavailable');
  });

  describe('towards an address that is not allowed', () => {
    const asked: string[] = [];
    const elsewhere = createServer((request, response) => {
      asked.push(request.url ?? '');
      response.end('{}');
    });
    let address: string;

    before(async () => {
      await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', resolve));
      address = `127.0.0.1:${(elsewhere.address() as AddressInfo).port}`;
    });
    after(() => elsewhere.close());

    it('sends nothing, not even when it is a stored one', async () => {
      await start();
      const strict = createTeamsMessenger({
        adapter: bot.adapter,
        serviceHosts: { hosts: [new URL(bot.chat.serviceUrl).host], loopback: false },
      });
      for (const serviceUrl of [`http://${address}/`, `http://me@${address}/`, 'http://127.0.0.1', '', 'nonsense']) {
        const edited = { ...to, address: { ...to.address, serviceUrl } };
        assert.equal((await faultOf(strict.send(edited, message('Approved.')))).fault, 'refused', serviceUrl);
        assert.equal((await faultOf(strict.edit(edited, '1', message('Approved.')))).fault, 'refused');
        assert.equal((await faultOf(strict.delete(edited, '1'))).fault, 'refused');
      }

      await strict.send(to, message('Approved.'));

      assert.deepEqual(asked, []);
      assert.equal(bot.chat.messages('requester').length, 1);
    });

    it('sends nothing when only the line itself knows', async () => {
      bot = await startChattingBot({ config: { channelServiceHosts: { hosts: [], loopback: false } } });
      const careless = createTeamsMessenger({ adapter: bot.adapter, serviceHosts: localBot.channelServiceHosts });
      const someone: Reachable = {
        id: 'ada',
        name: 'Ada',
        teamsId: '29:ada',
        locale: 'en-US',
        address: { conversationId: 'a:1', serviceUrl: `http://${address}/`, tenantId: 't', botId: '28:bot' },
      };

      assert.equal((await faultOf(careless.send(someone, message('Approved.')))).fault, 'refused');
      assert.deepEqual(asked, []);
    });

    it('follows nobody who sends it there', async () => {
      await start();
      const redirecting = createServer((_request, response) => {
        response.writeHead(307, { Location: `http://${address}/` });
        response.end();
      });
      await new Promise<void>((resolve) => redirecting.listen(0, '127.0.0.1', resolve));
      const serviceUrl = `http://127.0.0.1:${(redirecting.address() as AddressInfo).port}/`;

      const { fault, status } = await faultOf(
        messenger.send({ ...to, address: { ...to.address, serviceUrl } }, message('Approved.')),
      );
      redirecting.close();

      assert.deepEqual([fault, status], ['refused', 307]);
      assert.deepEqual(asked, []);
    });
  });

  describe('with much to say', () => {
    it('keeps to the rates of Teams by waiting', async () => {
      let nowMs = Date.now();
      const waits: number[] = [];
      await start(
        {},
        {
          now: () => new Date(nowMs),
          sleep: (ms) => {
            waits.push(ms);
            nowMs += ms;
            return Promise.resolve();
          },
        },
      );

      for (let n = 0; n < 9; n += 1) await messenger.send(to, message(`Message ${n}`));

      assert.equal(bot.chat.messages('requester').length, 9);
      assert.deepEqual(waits, [1_100, 1_000]);
    });

    it('is throttled by itself rather than waiting for long', async () => {
      await start({}, { now: () => new Date(0), mostWaitMs: 500 });
      for (let n = 0; n < 7; n += 1) await messenger.send(to, message(`Message ${n}`));

      const { fault, retryAfterMs } = await faultOf(messenger.send(to, message('One too many')));

      assert.deepEqual([fault, retryAfterMs], ['throttled', 1_100]);
      assert.equal(bot.chat.messages('requester').length, 7);
    });
  });

  describe('with several changes of one message', () => {
    /** What has reached Teams, in that order; each is under way until `answers` has its answer. */
    let reached: string[];
    let answers: PromiseWithResolvers<undefined>[];

    beforeEach(async () => {
      reached = [];
      answers = [];
      const take = (what: string): Promise<undefined> => {
        const answer = Promise.withResolvers<undefined>();
        reached.push(what);
        answers.push(answer);
        return answer.promise;
      };
      const conversations = {
        sendToConversation: () => Promise.resolve({ id: '9' }),
        updateActivity: (_: string, id: string, { summary }: { summary: string }) => take(`${id} ${summary}`),
        deleteActivity: (_: string, id: string) => take(`${id} deleted`),
      };
      const connector = { conversations } as unknown as ConnectorClient;
      await start({}, { adapter: { reach: (_, work) => work(connector) } });
    });
    const settled = async (): Promise<void> => {
      for (let n = 0; n < 10; n++) await soon();
    };

    it('makes one after another, in the order in which they were asked for', async () => {
      const done = [messenger.edit(to, '1', message('old')), messenger.edit(to, '1', message('new'))];
      done.push(messenger.delete(to, '1'));

      const seen: number[] = [];
      for (let n = 0; n < 3; n++) {
        await settled();
        seen.push(reached.length);
        answers[n]?.resolve(undefined);
      }
      await Promise.all(done);

      assert.deepEqual(seen, [1, 2, 3]);
      assert.deepEqual(reached, ['1 Summary: old', '1 Summary: new', '1 deleted']);
    });

    it('shows what is the newest when its turn comes, and nothing where that is nothing', async () => {
      let newest: Outgoing | undefined = message('old');
      const done = [
        messenger.edit(to, '1', message('first')),
        messenger.edit(to, '1', () => newest),
        messenger.edit(to, '1', () => undefined),
      ];
      await settled();
      newest = message('new');
      for (let n = 0; n < 2; n++) {
        answers[n]?.resolve(undefined);
        await settled();
      }
      await Promise.all(done);

      assert.deepEqual(reached, ['1 Summary: first', '1 Summary: new']);
    });

    it('goes on after one that failed, and says so to whoever asked for that one alone', async () => {
      const [failed, fine] = [messenger.edit(to, '1', message('old')), messenger.edit(to, '1', message('new'))];
      await settled();
      answers[0]?.reject(new SendError('unavailable'));
      await faultOf(failed);
      await settled();
      answers[1]?.resolve(undefined);
      await fine;

      assert.deepEqual(reached, ['1 Summary: old', '1 Summary: new']);
    });

    it('lets neither other messages wait, nor other chats, nor new messages', async () => {
      const elsewhere = { ...to, address: { ...to.address, conversationId: 'a:elsewhere' } };
      const done = [
        messenger.edit(to, '1', message('one')),
        messenger.edit(to, '2', message('another')),
        messenger.edit(elsewhere, '1', message('elsewhere')),
      ];

      const sent = await messenger.send(to, message('Approved.'));
      await settled();

      assert.equal(sent, '9');
      assert.deepEqual(reached, ['1 Summary: one', '2 Summary: another', '1 Summary: elsewhere']);
      for (const answer of answers) answer.resolve(undefined);
      await Promise.all(done);
    });
  });

  it('has no words of the message in its errors', async () => {
    await start();
    await setFaults({ status: 503 });

    const error = await faultOf(messenger.send(to, message('Contoso')));

    assert.doesNotMatch(`${error.message} ${error.stack ?? ''} ${JSON.stringify(error)}`, /Contoso/);
  });
});
