import assert from 'node:assert/strict';
import { createTeamsMessenger } from '../../../bot/channel/teams-messenger.ts';
import { createNews } from '../../../bot/work/news.ts';
import type { PartnerCenter } from '../../../services/partner-center/partner-center.ts';
import { createPeople } from '../../../services/people/people.ts';
import { createRoles } from '../../../services/people/roles.ts';
import type { ReadinessReader } from '../../../services/readiness/reader.ts';
import { createNonces } from '../../../services/requests/nonces.ts';
import { createMemoryStore } from '../../../services/storage/memory-store.ts';
import type { Store } from '../../../services/storage/store.ts';
import { News } from '../../../services/watching/watch.ts';
import { createWatches, NEWS_KEY, type WaitingNews, type Watches } from '../../../services/watching/watches.ts';
import { MANAGER_OBJECT_ID, REQUESTER_OBJECT_ID } from '../../../sandbox/chat/chat.ts';
import { readMessage } from '../../support/journey.ts';
import { localBot, startChattingBot, type ChattingBot } from '../channel/chatting-bot.ts';
import { quietLog } from '../quiet-log.ts';

const BOOT = 'boot-1';
const CUSTOMER = {
  id: '63c5c5aa-668a-4508-ae06-36ed258265a4',
  companyName: 'Litware',
  domain: 'litware.example',
  relationshipToPartner: 'reseller',
};
const PARTITION = `customer:${CUSTOMER.id}`;

describe('news of a watched customer', () => {
  const now = new Date('2026-03-01T09:00:00.000Z');
  let bot: ChattingBot;
  let store: Store;
  let watches: Watches;

  beforeEach(async () => {
    bot = await startChattingBot({ timeoutMs: 200 });
    store = createMemoryStore({ boot: BOOT });
    watches = createWatches({
      store,
      reader: {} as ReadinessReader,
      partnerCenter: {} as PartnerCenter,
      clock: () => now,
      everyMs: 3_600_000,
      wake: { due: () => undefined },
    });
    for (const id of [REQUESTER_OBJECT_ID, MANAGER_OBJECT_ID]) await watches.start(CUSTOMER, id);
  });
  afterEach(() => bot.close());

  /** Has news wait for both, and tells each, as the worker does, where only these may ask for removals. */
  const tell = async (requesters: readonly string[]): Promise<void> => {
    const people = createPeople(store);
    for (const key of ['requester', 'manager']) await people.learn(await bot.person(key));
    const news = createNews({
      store,
      people,
      roles: createRoles({ requesters, approvers: [], auditors: [], samePerson: [] }),
      watches,
      messenger: createTeamsMessenger({ adapter: bot.adapter, serviceHosts: localBot.channelServiceHosts }),
      nonces: createNonces(Buffer.alloc(32, 1), () => now),
      clock: () => now,
      fallbackLanguage: 'en',
      log: quietLog().log,
    });
    for (const recipient of [REQUESTER_OBJECT_ID, MANAGER_OBJECT_ID]) {
      const key = `${NEWS_KEY}${recipient}:watch`;
      const value: WaitingNews = {
        recipient,
        customer: { id: CUSTOMER.id, companyName: CUSTOMER.companyName, domain: CUSTOMER.domain },
        news: News.parse({ isClear: true, cleared: ['Litware Plan'], closing: [], unread: [] }),
        n: 1,
        tries: 0,
        since: now.toISOString(),
      };
      const lease = { owner: BOOT, until: now.toISOString(), fence: 1 };
      const { version } = await store.read(PARTITION);
      await store.commit(PARTITION, version, [{ key, row: { value, dueAt: now.toISOString(), lease } }]);
      await news({ partition: PARTITION, key, lease });
    }
  };
  const cardsOf = (key: string): readonly string[] =>
    bot.chat
      .messages(key)
      .filter(({ from }) => from === 'bot')
      .map(readMessage);

  it('is told to everybody who watches and may ask for removals, once', async () => {
    await tell([REQUESTER_OBJECT_ID, MANAGER_OBJECT_ID]);

    for (const key of ['requester', 'manager']) {
      assert.equal(cardsOf(key).length, 1, key);
      assert.match(cardsOf(key)[0] ?? '', /litware\.example/);
    }
    for (const id of [REQUESTER_OBJECT_ID, MANAGER_OBJECT_ID])
      assert.equal(await watches.isWatching(CUSTOMER.id, id), true);
    assert.deepEqual(await waiting(), []);
  });

  it('is kept from a watcher who may no longer ask for removals, who watches no longer', async () => {
    await tell([MANAGER_OBJECT_ID]);

    assert.deepEqual(cardsOf('requester'), []);
    assert.equal(await watches.isWatching(CUSTOMER.id, REQUESTER_OBJECT_ID), false);
    assert.equal(cardsOf('manager').length, 1);
    assert.equal(await watches.isWatching(CUSTOMER.id, MANAGER_OBJECT_ID), true);
    assert.deepEqual(await waiting(), []);
  });

  it('leaves nothing to look at when the last watcher may no longer ask for removals', async () => {
    await tell([]);

    assert.deepEqual([...(await store.read(PARTITION)).rows.keys()], []);
  });

  const waiting = async (): Promise<readonly string[]> =>
    [...(await store.read(PARTITION)).rows.keys()].filter((key) => key.startsWith(NEWS_KEY));
});
