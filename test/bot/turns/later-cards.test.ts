import assert from 'node:assert/strict';
import { setImmediate as soon } from 'node:timers/promises';
import { SendError, type Messenger, type Outgoing } from '../../../bot/channel/messenger.ts';
import { sentenceOf, toldOf } from '../../../bot/turns/faults.ts';
import { createLaterCards, type LaterCards } from '../../../bot/turns/later-cards.ts';
import { textsFor } from '../../../cards/texts/texts.ts';
import type { Shown } from '../../../dialogs/turn-facts.ts';
import { PartnerCenterError } from '../../../services/partner-center/partner-center.ts';
import type { Person } from '../../../services/people/person.ts';
import { StoreError } from '../../../services/storage/store.ts';
import { readMessage } from '../../support/journey.ts';
import { quietLog } from '../quiet-log.ts';

const REFERENCE = '33333333-3333-4333-8333-333333333333';
const CUSTOMER = {
  id: '63c5c5aa-668a-4508-ae06-36ed258265a4',
  companyName: 'Contoso',
  domain: 'contoso.example',
  relationshipToPartner: 'reseller',
};
const ids = {
  requestId: '11111111-1111-4111-8111-111111111111',
  correlationId: '22222222-2222-4222-8222-222222222222',
};
const ada: Person = {
  id: 'ada',
  name: 'Ada',
  teamsId: '29:ada',
  locale: 'en-US',
  address: { conversationId: 'a:1', serviceUrl: 'http://127.0.0.1/', tenantId: 't', botId: '28:bot' },
};

describe('a card that comes after its turn', () => {
  /** What each message shows, by conversation and id. */
  let shown: Map<string, Outgoing>;
  let pictures: string[];
  let isDown: boolean;
  let lines: ReturnType<typeof quietLog>['lines'];
  let laterCards: LaterCards;
  /** Edits wait for it, as they do for their turn in a conversation. */
  let turn: Promise<unknown>;

  beforeEach(() => {
    shown = new Map();
    pictures = [];
    isDown = false;
    turn = Promise.resolve();
    const messenger: Pick<Messenger, 'edit'> = {
      async edit(to, messageId, message) {
        await soon();
        await turn;
        if (isDown) throw new SendError('unavailable');
        const picture = typeof message === 'function' ? message() : message;
        if (picture === undefined) return;
        shown.set(`${to.address.conversationId} ${messageId}`, picture);
        pictures.push(picture.summary);
      },
    };
    const quiet = quietLog();
    lines = quiet.lines;
    laterCards = createLaterCards({ messenger, newId: () => REFERENCE, fallbackLanguage: 'en', log: quiet.log });
  });

  const saying = (summary: string): Shown => ({
    card: {
      type: 'AdaptiveCard',
      $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
      version: '1.5',
      lang: 'en',
      fallbackText: summary,
      body: [],
    },
    summary,
  });
  const settled = async (): Promise<void> => {
    for (let n = 0; n < 10; n++) await soon();
  };

  it('never comes on top of one that was asked for later, however long it takes to be drawn', async () => {
    const slow = Promise.withResolvers<Shown>();
    laterCards.show(ada, '1', slow.promise);
    laterCards.show(ada, '1', Promise.resolve(saying('second')));
    await settled();

    slow.resolve(saying('first'));
    await settled();

    assert.deepEqual(pictures, ['second']);
  });

  it('that waits for its turn is left out once another was asked for', async () => {
    const { promise, resolve } = Promise.withResolvers();
    turn = promise;
    laterCards.show(ada, '1', Promise.resolve(saying('Approve?')));
    await settled();
    laterCards.show(ada, '1', Promise.resolve(saying('Approved.')));
    await settled();

    resolve(undefined);
    await settled();

    assert.deepEqual(pictures, ['Approved.']);
  });

  it('that waits for its turn is left out once its message was answered with another', async () => {
    const { promise, resolve } = Promise.withResolvers();
    turn = promise;
    laterCards.show(ada, '1', Promise.resolve(saying('Approve?')));
    laterCards.show(ada, '2', Promise.resolve(saying('another message')));
    await settled();
    laterCards.overtake(ada, '1');

    resolve(undefined);
    await settled();
    assert.deepEqual(pictures, ['another message']);

    laterCards.show(ada, '1', Promise.resolve(saying('Approved.')));
    await settled();
    assert.deepEqual(pictures, ['another message', 'Approved.']);
  });

  it('is told of once it is there, or may be; one that was left out is not, and a fault of that is a line in the log', async () => {
    const told: string[] = [];
    const show = (summary: string, fails = false): void => {
      laterCards.show(ada, '1', Promise.resolve(saying(summary)), undefined, () => {
        told.push(`${summary} after ${pictures.join()}`);
        return fails ? Promise.reject(new StoreError('unwritable', 'ENOSPC')) : Promise.resolve();
      });
    };
    const { promise, resolve } = Promise.withResolvers();
    turn = promise;
    show('left out');
    await settled();
    show('first', true);
    await settled();
    resolve(undefined);
    await settled();
    show('second');
    await settled();

    assert.deepEqual(told, ['first after first', 'second after first,second']);
    assert.equal(lines.length, 1);
  });

  it('comes also where the one before it fails while it waits', async () => {
    const { promise, reject } = Promise.withResolvers();
    turn = promise;
    laterCards.show(ada, '1', Promise.resolve(saying('old')));
    await settled();
    laterCards.show(ada, '1', Promise.reject(new TypeError('oops')));
    turn = Promise.resolve();
    reject(new SendError('unavailable'));
    await settled();

    laterCards.show(ada, '1', Promise.resolve(saying('new')));
    await settled();

    assert.equal(pictures.at(-1), 'new');
  });

  it('waits for no other message, nor for one of the same id in another chat', async () => {
    laterCards.show(ada, '1', new Promise(() => undefined));
    laterCards.show(ada, '2', Promise.resolve(saying('another message')));
    const address = { ...ada.address!, conversationId: 'a:2' };
    laterCards.show({ ...ada, id: 'bob', address }, '1', Promise.resolve(saying('another chat')));

    await settled();

    assert.deepEqual(pictures.sort(), ['another chat', 'another message']);
  });

  const failures: [name: string, error: Error, reference: string][] = [
    [
      'Partner Center has not answered',
      new PartnerCenterError('unavailable', { operation: 'get customer', ids }, { status: 503 }),
      ids.correlationId,
    ],
    ['the store fails', new StoreError('unwritable', 'ENOSPC in /var/lib/secret'), REFERENCE],
    ['the bot makes a mistake', new TypeError('secret is not a function'), REFERENCE],
  ];
  for (const [name, error, reference] of failures) {
    it(`says what a turn would say where ${name}, with an id to quote that the log has too`, async () => {
      laterCards.show(ada, '1', Promise.reject(error));
      await settled();

      const card = shown.get('a:1 1')?.card;
      assert.ok(card);
      const read = readMessage({ id: '1', from: 'bot', edits: 1, at: '', card: { ...card } });
      for (const line of sentenceOf(toldOf(error, REFERENCE, textsFor('en-US'))).split('\n'))
        assert.ok(read.includes(line));
      assert.ok(read.includes(reference));
      assert.ok(!JSON.stringify([card, lines]).includes('secret is'));
      assert.equal(lines.length, 1);
      assert.ok(JSON.stringify(lines).includes(reference));
    });
  }

  it('offers to read again where it has failed, about the same customer', async () => {
    laterCards.show(ada, '1', Promise.reject(new TypeError('oops')), { customer: CUSTOMER, nonce: 'n' });
    await settled();

    const card = JSON.stringify(shown.get('a:1 1')?.card);
    assert.match(card, /"verb":"readiness.check"/);
    assert.ok(card.includes(CUSTOMER.id) && card.includes('Contoso'));
  });

  it('says that it has failed in the person’s own language', async () => {
    laterCards.show({ ...ada, locale: 'ru-RU' }, '1', Promise.reject(new TypeError('oops')));
    await settled();

    assert.equal(shown.get('a:1 1')?.card.lang, 'ru');
    assert.match(shown.get('a:1 1')?.summary ?? '', /[а-я]/);
  });

  it('is followed by the next one also where it has failed or could not be sent', async () => {
    isDown = true;
    laterCards.show(ada, '1', Promise.resolve(saying('not sent')));
    await settled();
    isDown = false;
    laterCards.show(ada, '1', Promise.reject(new TypeError('oops')));
    laterCards.show(ada, '1', Promise.resolve(saying('there')));
    await settled();

    assert.deepEqual(pictures, ['there']);
  });

  it('is only a line in the log when Teams does not take it', async () => {
    isDown = true;
    laterCards.show(ada, '1', Promise.resolve(saying('not sent')));
    await settled();

    assert.equal(shown.size, 0);
    assert.equal(lines.length, 1);
  });

  it('is nobody’s where the person has no chat', async () => {
    const { id, name, teamsId, locale } = ada;
    laterCards.show({ id, name, teamsId, locale }, '1', Promise.resolve(saying('there')));
    await settled();

    assert.equal(shown.size, 0);
  });
});
