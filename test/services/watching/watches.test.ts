import assert from 'node:assert/strict';
import { createDefaultHttpClient } from '@azure/core-rest-pipeline';
import { textsFor } from '../../../cards/texts/texts.ts';
import { watchCard, watchSummary } from '../../../cards/watch-card.ts';
import { DAY_MS, HOUR_MS } from '../../../services/clock.ts';
import { newGuid } from '../../../services/ids.ts';
import { createPartnerCenterClient } from '../../../services/partner-center/client.ts';
import { asPerson } from '../../../services/partner-center/partner-center.ts';
import { noTokens, type TokenSource } from '../../../services/partner-center/token-source.ts';
import { createReadinessReader, type ReadinessReader } from '../../../services/readiness/reader.ts';
import { createMemoryStore } from '../../../services/storage/memory-store.ts';
import type { Store } from '../../../services/storage/store.ts';
import { News } from '../../../services/watching/watch.ts';
import { createWatches, WaitingNews, WATCH_KEY, watchedIn, type Watches } from '../../../services/watching/watches.ts';
import { wordsOf } from '../../cards/walk.ts';
import { startPartnerCenter, type PartnerCenterStandIn } from '../../../sandbox/partner-center/server.ts';

const BOOT = 'boot';
const ADA = '00000000-0000-4000-8000-00000000000a';
const BO = '00000000-0000-4000-8000-00000000000b';

describe('watching a customer', () => {
  let partnerCenter: PartnerCenterStandIn;
  let store: Store;
  let watches: Watches;
  let reader: ReadinessReader;
  let tokens: TokenSource;
  let now = new Date();

  const customer = (name: string) => {
    const { id, companyName, domain } = partnerCenter.world.customers.find((one) => one.companyName === name)!;
    return { id: id.toLowerCase(), companyName, domain, relationshipToPartner: 'reseller' };
  };
  const control = async (address: string, body: unknown): Promise<void> => {
    const response = await fetch(`${partnerCenter.url}/${address}`, { method: 'POST', body: JSON.stringify(body) });
    assert.equal(response.status, 200);
  };
  /** Claims and does what is due, as the worker does. */
  const lookAtWhatIsDue = async (): Promise<void> => {
    for (const { partition, key } of await store.due(now, 10)) {
      if (key !== WATCH_KEY) continue;
      const { version, rows } = await store.read(partition);
      const lease = { owner: BOOT, until: now.toISOString(), fence: (rows.get(key)?.lease?.fence ?? 0) + 1 };
      await store.commit(partition, version, [{ key, row: { ...rows.get(key)!, lease } }]);
      await watches.look({ partition, key, lease });
    }
  };
  const newsFor = async (id: string, person: string) =>
    WaitingNews.safeParse((await store.read(`customer:${id}`)).rows.get(`outbox:${person}:watch`)?.value).data?.news;

  /** As though the news were told. */
  const forget = async (id: string, person: string): Promise<void> => {
    const { version } = await store.read(`customer:${id}`);
    await store.commit(`customer:${id}`, version, [{ key: `outbox:${person}:watch`, remove: true }]);
  };

  beforeEach(async () => {
    now = new Date();
    tokens = { ...noTokens };
    partnerCenter = await startPartnerCenter();
    store = createMemoryStore({ boot: BOOT });
    const client = createPartnerCenterClient({
      url: partnerCenter.url,
      tokens: { ...noTokens, tokenFor: (...asked) => tokens.tokenFor(...asked) },
      http: createDefaultHttpClient(),
      newId: newGuid,
      now: () => now,
    });
    reader = createReadinessReader({
      partnerCenter: client,
      policy: { suspendedNewCommerce: 'blocks', environment: 'production' },
      clock: () => now,
      lanes: 10,
    });
    watches = createWatches({
      ...{ store, reader, partnerCenter: client, clock: () => now },
      ...{ everyMs: DAY_MS, wake: { due: () => undefined } },
    });
  });
  afterEach(() => partnerCenter.close());

  it('looks at once, and then has no news', async () => {
    const { id } = customer('Woodgrove Bank');

    assert.equal(await watches.start(customer('Woodgrove Bank'), ADA), true);
    await lookAtWhatIsDue();

    assert.equal(await newsFor(id, ADA), undefined);
    assert.equal((await store.due(now, 10)).length, 0);
  });

  it('tells each of a hundred who watch, and forgets all of them, with no more changes in one commit than Azure takes', async () => {
    const bank = customer('Northwind Traders');
    const people = Array.from({ length: 100 }, (_, n) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`);
    for (const person of people) await watches.start(bank, person);
    await lookAtWhatIsDue();
    const [held] = partnerCenter.world.customers.find(({ companyName }) => companyName === 'Northwind Traders')!
      .holdings.subscriptions;
    await control('_world', { customerId: bank.id, setSubscription: { id: held!.id, status: 'suspended' } });
    now = new Date(now.getTime() + DAY_MS);
    const sizes: number[] = [];
    const commit = store.commit.bind(store);
    store.commit = (partition, version, changes) => {
      sizes.push(changes.length);
      return commit(partition, version, changes);
    };

    await lookAtWhatIsDue();

    const told = await Promise.all(people.map((person) => newsFor(bank.id, person)));
    assert.equal(told.filter((news) => news !== undefined).length, 100);
    const partition = `customer:${bank.id}`;
    await watches.end({ partition, key: WATCH_KEY, lease: { owner: BOOT, until: now.toISOString(), fence: 9 } });
    assert.deepEqual([...(await store.read(partition)).rows.keys()], []);
    assert.ok(Math.max(...sizes) < 100, String(Math.max(...sizes)));
  });

  it('tells everybody who watches what became clear, after a day', async () => {
    const bank = customer('Northwind Traders');
    await watches.start(bank, ADA);
    await watches.start(bank, BO);
    await lookAtWhatIsDue();
    const [held] = partnerCenter.world.customers.find(({ companyName }) => companyName === 'Northwind Traders')!
      .holdings.subscriptions;
    await control('_world', { customerId: bank.id, setSubscription: { id: held!.id, status: 'suspended' } });

    now = new Date(now.getTime() + DAY_MS);
    await lookAtWhatIsDue();

    for (const person of [ADA, BO])
      assert.deepEqual(
        await newsFor(bank.id, person),
        News.parse({ isClear: true, cleared: ['Office 365 E1'], closing: [], unread: [] }),
      );
  });

  it('says what a look could not read, and calls nothing clear', async () => {
    const bank = customer('Woodgrove Bank');
    await watches.start(bank, ADA);
    await lookAtWhatIsDue();
    await control('_faults', { rules: [{ path: '/entitlements$', status: 403, code: '900308' }] });

    now = new Date(now.getTime() + DAY_MS);
    await lookAtWhatIsDue();

    const news = await newsFor(bank.id, ADA);
    assert.deepEqual(
      [news?.isClear, news?.isClearSoFar, news?.cleared, news?.unread],
      [false, false, [], ['entitlements']],
    );
  });

  describe('where people and the bot read in their own names', () => {
    const RESERVATION = 'Reserved_VM_Standard_D2s_v5';
    const northwind = () => customer('Northwind Traders');
    const setPlan = async (status: 'active' | 'suspended'): Promise<void> => {
      const { id } = partnerCenter.world.customers.find(({ companyName }) => companyName === 'Northwind Traders')!
        .holdings.subscriptions[0]!;
      await control('_world', { customerId: northwind().id, setSubscription: { id, status } });
    };
    const aDayLater = async (): Promise<void> => {
      now = new Date(now.getTime() + DAY_MS);
      await lookAtWhatIsDue();
    };
    beforeEach(async () => {
      tokens.tokenFor = (actAs) => Promise.resolve(actAs === 'bot' ? 'app-only' : `user:${ADA}`);
      const { id } = northwind();
      await control('_world', { customerId: id, addEntitlement: { type: 'reservation', name: RESERVATION } });
      // As the button does, with what Ada has read in her own name.
      await watches.start(northwind(), ADA, await reader.read(id, asPerson(ADA)));
      await lookAtWhatIsDue();
    });

    it('has no news because the bot cannot read what a person can', async () => {
      assert.equal(await newsFor(northwind().id, ADA), undefined);
    });

    it('tells once what is out of the way, that nothing else is in it, and what takes a sign-in', async () => {
      await setPlan('suspended');

      await aDayLater();

      const news = (await newsFor(northwind().id, ADA))!;
      const view = { customer: northwind(), news, nonce: 'n' };
      assert.equal(
        watchSummary(view, textsFor('en')),
        'Nothing I can read without you stands in the way for northwindtraders.onmicrosoft.com',
      );
      assert.match(
        wordsOf(watchCard(view, textsFor('en'))),
        new RegExp(
          `Nothing that I can read without you stands in the way\\.\nNo longer stands in the way\n• {2}Office 365 E1\n` +
            `Stood in the way when last read\n• {2}${RESERVATION}\n` +
            `It takes your sign-in to read reservations and software\\. “Check again” reads it in your name\\.`,
        ),
      );
      assert.equal(news.isClear, false);
      const again = await reader.read(northwind().id, asPerson(ADA), { fresh: true });
      assert.deepEqual(
        again.lines.flatMap((line) => (line.group === 'blocks' && line.kind === 'holding' ? [line.name] : [])),
        [RESERVATION],
      );

      await forget(northwind().id, ADA);
      await aDayLater();
      assert.equal(await newsFor(northwind().id, ADA), undefined);
      await setPlan('active');
      await aDayLater();
      await setPlan('suspended');
      await aDayLater();
      assert.equal((await newsFor(northwind().id, ADA))?.isClearSoFar, true);
    });

    it('knows from whoever watches what has become of what takes a sign-in', async () => {
      const { id } = northwind();
      const knows = async (): Promise<readonly (string | undefined)[]> =>
        watchedIn((await store.read(`customer:${id}`)).rows).flatMap(
          ({ seen }) => seen?.blockers.map(({ kind }) => kind) ?? [],
        );
      const readsAnew = async (): Promise<void> =>
        watches.saw(id, ADA, await reader.read(id, asPerson(ADA), { fresh: true }));
      assert.deepEqual([...(await knows())].sort(), ['legacy-licence', 'reservation']);

      await control('_faults', { rules: [{ path: '/entitlements$', status: 403, code: '900308' }] });
      await readsAnew();
      assert.deepEqual([...(await knows())].sort(), ['legacy-licence', 'reservation']);

      await control('_faults', { rules: [] });
      partnerCenter.world.customers
        .find((one) => one.companyName === 'Northwind Traders')!
        .holdings.entitlements.splice(0);
      await setPlan('suspended');
      await readsAnew();
      assert.deepEqual(await knows(), ['legacy-licence']);

      await aDayLater();
      const news = await newsFor(id, ADA);
      assert.deepEqual([news?.isClearSoFar, news?.cleared, news?.left], [true, ['Office 365 E1'], []]);
    });

    it('tells once that something has come in the way after that was told, and that a transfer was opened', async () => {
      await setPlan('suspended');
      await aDayLater();
      await forget(northwind().id, ADA);
      await control('_world', { customerId: northwind().id, addTransfer: {} });
      await setPlan('active');

      await aDayLater();

      const news = (await newsFor(northwind().id, ADA))!;
      const view = { customer: northwind(), news, nonce: 'n' };
      assert.match(
        wordsOf(watchCard(view, textsFor('en'))),
        /A transfer was opened\n• {2}A transfer of .+ is open \(.+\)\..*\nNow stands in the way\n• {2}Office 365 E1\n/,
      );
      await forget(northwind().id, ADA);
      await aDayLater();
      assert.equal(await newsFor(northwind().id, ADA), undefined);
    });

    it('adds what comes in the way to news that wait, and takes back what has gone meanwhile', async () => {
      const { id } = northwind();
      const buys = (offerName: string) =>
        control('_world', { customerId: id, addSubscription: { class: 'legacy-licence', offerName } });
      await buys('First');
      await aDayLater();
      await buys('Second');
      await aDayLater();
      assert.deepEqual((await newsFor(id, ADA))?.added, ['First', 'Second']);

      const { subscriptions } = partnerCenter.world.customers.find(
        ({ companyName }) => companyName === 'Northwind Traders',
      )!.holdings;
      const first = subscriptions.find(({ offerName }) => offerName === 'First')!;
      await control('_world', { customerId: id, setSubscription: { id: first.id, status: 'suspended' } });
      await aDayLater();

      const news = await newsFor(id, ADA);
      assert.deepEqual([news?.added, news?.cleared], [['Second'], []]);
    });

    it('tells what came in the way again, though that it was gone is just being told', async () => {
      const { id } = northwind();
      await setPlan('suspended');
      await aDayLater();
      const { version, rows } = await store.read(`customer:${id}`);
      const key = `outbox:${ADA}:watch`;
      const lease = { owner: BOOT, until: new Date(now.getTime() + 2 * DAY_MS).toISOString(), fence: 1 };
      await store.commit(`customer:${id}`, version, [{ key, row: { ...rows.get(key)!, lease } }]);
      await setPlan('active');

      await aDayLater();

      const news = await newsFor(id, ADA);
      assert.deepEqual([news?.isClearSoFar, news?.cleared, news?.added], [false, [], ['Office 365 E1']]);
    });

    it('does not say so any more, where that waits and something has come in the way meanwhile', async () => {
      await setPlan('suspended');
      await aDayLater();
      assert.equal((await newsFor(northwind().id, ADA))?.isClearSoFar, true);

      await setPlan('active');
      await aDayLater();

      assert.equal(await newsFor(northwind().id, ADA), undefined);
    });
  });

  describe('where one of several who watch has a look themselves', () => {
    const northwind = () => customer('Northwind Traders');
    const setPlan = async (status: 'active' | 'suspended'): Promise<void> => {
      const { id } = partnerCenter.world.customers.find(({ companyName }) => companyName === 'Northwind Traders')!
        .holdings.subscriptions[0]!;
      await control('_world', { customerId: northwind().id, setSubscription: { id, status } });
    };
    /** An hour later, long before the next look is due. */
    const looks = async (person: string): Promise<void> => {
      now = new Date(now.getTime() + HOUR_MS);
      const { id } = northwind();
      await watches.saw(id, person, await reader.read(id, asPerson(person), { fresh: true }));
      await lookAtWhatIsDue();
    };
    beforeEach(async () => {
      tokens.tokenFor = (actAs) => Promise.resolve(actAs === 'bot' ? 'app-only' : `user:${ADA}`);
      for (const person of [ADA, BO]) await watches.start(northwind(), person);
      await lookAtWhatIsDue();
    });

    it('tells the others at once what the bot sees of it, and not whoever has seen it', async () => {
      await setPlan('suspended');
      await control('_world', { customerId: northwind().id, addTransfer: {} });

      await looks(ADA);

      const news = await newsFor(northwind().id, BO);
      assert.deepEqual(
        [news?.isClearSoFar, news?.isClear, news?.cleared, news?.transfers.length],
        [true, false, ['Office 365 E1'], 1],
      );
      assert.equal(await newsFor(northwind().id, ADA), undefined);

      await setPlan('active');
      now = new Date(now.getTime() + DAY_MS);
      await lookAtWhatIsDue();
      assert.deepEqual((await newsFor(northwind().id, ADA))?.added, ['Office 365 E1']);
    });

    it('tells everybody that the customer is no longer ours, and that it is watched no longer', async () => {
      await control('_world', { customerId: northwind().id, relationship: 'none' });

      await looks(ADA);

      for (const person of [ADA, BO]) assert.equal((await newsFor(northwind().id, person))?.gone, 'ended');
    });

    it('looks at nothing before its time where only a person sees what is new, or nobody else watches', async () => {
      await control('_world', { customerId: northwind().id, addEntitlement: { type: 'reservation', name: 'VM' } });
      const { id } = northwind();
      const seenAt = async (): Promise<string | undefined> =>
        watchedIn((await store.read(`customer:${id}`)).rows)[0]?.seen?.readAt;
      const before = await seenAt();
      await looks(ADA);
      await looks(BO);
      assert.equal(await seenAt(), before);

      await watches.stop(id, BO);
      await setPlan('suspended');
      await looks(ADA);

      assert.equal(await seenAt(), before);
    });
  });

  describe('where the customer is no longer ours', () => {
    const bank = () => customer('Woodgrove Bank');
    const told = (news: News): readonly string[] => {
      const view = { customer: bank(), news, nonce: 'n' };
      return [watchSummary(view, textsFor('en')), wordsOf(watchCard(view, textsFor('en')))];
    };
    const aDayLater = async (): Promise<void> => {
      now = new Date(now.getTime() + DAY_MS);
      await lookAtWhatIsDue();
    };
    beforeEach(async () => {
      for (const person of [ADA, BO]) await watches.start(bank(), person);
      await lookAtWhatIsDue();
    });

    it('tells everybody that, in the place of what could not be read and of news that wait, and watches no longer', async () => {
      await control('_world', {
        customerId: bank().id,
        addSubscription: { class: 'legacy-licence', offerName: 'Plan' },
      });
      await aDayLater();
      assert.deepEqual((await newsFor(bank().id, ADA))?.added, ['Plan']);
      await forget(bank().id, BO);
      await control('_world', { customerId: bank().id, relationship: 'none' });

      await aDayLater();

      for (const person of [ADA, BO]) {
        const [toast, words] = told((await newsFor(bank().id, person))!);
        assert.equal(toast, 'No reseller relationship with woodgrovebank.onmicrosoft.com');
        assert.match(
          words!,
          /\nYou have no reseller relationship with this customer \(any more\)\.\nI no longer watch this customer\.\nCheck again$/,
        );
        assert.equal(await watches.isWatching(bank().id, person), false);
      }
      assert.deepEqual(
        [...(await store.read(`customer:${bank().id}`)).rows.keys()].sort(),
        [ADA, BO].map((person) => `outbox:${person}:watch`),
      );
    });

    it('drops what waits for somebody who may no longer be told', async () => {
      await control('_world', { customerId: bank().id, relationship: 'none' });
      await aDayLater();

      assert.equal(await watches.stop(bank().id, ADA), false);

      assert.equal(await newsFor(bank().id, ADA), undefined);
      assert.equal((await newsFor(bank().id, BO))?.gone, 'ended');
    });

    it('goes on watching, and says why that may be so, where the list names it still', async () => {
      const none = { status: 403, code: '20002', description: 'No relationship.' };
      await control('_faults', { rules: [{ path: `/customers/${bank().id}`, ...none }] });

      await aDayLater();

      const [toast, words] = told((await newsFor(bank().id, ADA))!);
      assert.equal(toast, 'No reseller relationship with woodgrovebank.onmicrosoft.com');
      assert.match(
        words!,
        /\(any more\)\.\nIf it is in your list all the same, your role .*\nCheck again\nStop watching$/,
      );
      assert.equal(await watches.isWatching(bank().id, ADA), true);
      await forget(bank().id, ADA);
      await aDayLater();
      assert.equal(await newsFor(bank().id, ADA), undefined);
      await control('_world', { customerId: bank().id, relationship: 'none' });
      await aDayLater();
      assert.equal((await newsFor(bank().id, ADA))?.gone, 'ended');
    });
  });

  it('is begun once and ended once, with its news', async () => {
    const bank = customer('Woodgrove Bank');
    await watches.start(bank, ADA);

    assert.equal(await watches.start(bank, ADA), false);
    assert.equal(await watches.isWatching(bank.id, ADA), true);
    assert.equal(await watches.stop(bank.id, ADA), true);
    assert.equal(await watches.stop(bank.id, ADA), false);
    assert.equal(await watches.isWatching(bank.id, ADA), false);
    assert.deepEqual(await store.due(new Date(now.getTime() + 9 * DAY_MS), 10), []);
  });

  it('goes on for others when one person stops', async () => {
    const bank = customer('Woodgrove Bank');
    await watches.start(bank, ADA);
    await watches.start(bank, BO);

    await watches.stop(bank.id, ADA);

    assert.equal((await store.due(now, 10)).length, 1);
  });

  it('can be ended for everybody, with nothing read', async () => {
    const { id } = customer('Woodgrove Bank');
    for (const person of [ADA, BO]) await watches.start(customer('Woodgrove Bank'), person);

    await watches.end({ partition: `customer:${id}`, key: WATCH_KEY, lease: { owner: BOOT, until: '', fence: 1 } });

    for (const person of [ADA, BO]) assert.equal(await watches.isWatching(id, person), false);
    assert.deepEqual(await store.due(new Date(now.getTime() + 30 * DAY_MS), 10), []);
    const response = await fetch(`${partnerCenter.url}/_log`);
    assert.deepEqual(((await response.json()) as { readonly entries: readonly unknown[] }).entries, []);
  });
});
