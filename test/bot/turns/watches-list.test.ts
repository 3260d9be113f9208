import assert from 'node:assert/strict';
import { createWatchesList } from '../../../bot/turns/watches-list.ts';
import { watchesCard } from '../../../cards/watches-card.ts';
import { textsFor } from '../../../cards/texts/texts.ts';
import { DAY_MS } from '../../../services/clock.ts';
import { asPerson, type PartnerCenter } from '../../../services/partner-center/partner-center.ts';
import type { Readiness } from '../../../services/readiness/readiness.ts';
import { createNonces } from '../../../services/requests/nonces.ts';
import { createMemoryStore } from '../../../services/storage/memory-store.ts';
import { createWatchedBy } from '../../../services/watching/watched-by.ts';
import { createWatches, WATCH_KEY } from '../../../services/watching/watches.ts';
import { titlesOf, wordsOf } from '../../cards/walk.ts';
import { ELENA, JONAS } from '../../dialogs/world.ts';

const NOW = new Date('2031-03-09T09:30:00.000Z');
const clock = (): Date => NOW;
const texts = textsFor('en');
const customer = (n: number, companyName: string) => ({
  id: `0c9f7a52-7d1e-4b7c-9a35-2f6f0c9d${String(n).padStart(4, '0')}`,
  companyName,
  domain: `c${n}.onmicrosoft.com`,
  relationshipToPartner: 'reseller',
});

describe('the list of what somebody watches', () => {
  const worldOf = (
    names: readonly string[],
    reads: {
      readonly read?: () => Promise<Readiness>;
      readonly latest?: (id: string, actAs: string) => Readiness | undefined;
    } = {},
  ) => {
    const store = createMemoryStore({ boot: 'test' });
    const nonces = createNonces(new Uint8Array(32).fill(7), clock);
    const reader = {
      read: () => Promise.reject(new Error('nobody looks here')),
      latest: () => undefined,
      forget: () => undefined,
      ...reads,
    };
    const watches = createWatches({
      ...{ store, reader, partnerCenter: {} as PartnerCenter, clock },
      ...{ everyMs: DAY_MS, wake: { due: () => undefined } },
    });
    const list = createWatchesList({
      ...{ watchedBy: createWatchedBy({ store, clock }), watches, nonces, reader, clock },
    });
    const customers = names.map((name, n) => customer(n, name));
    return { store, watches, list, nonces, customers };
  };

  it('has theirs alone, by name, each with a way to it and a way to stop', async () => {
    const { watches, list, customers } = worldOf(['Zava', 'Adatum', 'Contoso']);
    for (const one of customers.slice(0, 2)) await watches.start(one, JONAS.id);
    await watches.start(customers[2]!, ELENA.id);

    const { card, summary } = await list.show(JONAS, texts);

    assert.equal(summary, 'Customers that you watch');
    assert.match(
      wordsOf(card),
      /^Customers that you watch\nAdatum\nc1\.onmicrosoft\.com\n.*\nNot looked at yet\.\n[^]*\nZava\n/,
    );
    assert.doesNotMatch(wordsOf(card), /Contoso/);
    assert.deepEqual(titlesOf(card), ['Show', 'Stop watching', 'Show', 'Stop watching']);
  });

  it('names what a look could not read, and shows what they have read in their own name since then', async () => {
    const readAt = (at: string, isWhole: boolean): Readiness => ({
      ...{ customerId: customer(0, '').id, offers: [], digest: '' },
      facts: { customerId: customer(0, '').id, domain: '', resellers: [], holdings: [], policyVersion: 1 },
      ...{ readAt: at, verdict: isWhole ? { kind: 'clear' } : { kind: 'cannot-tell', sources: ['entitlements'] } },
      lines: isWhole
        ? []
        : [
            {
              group: 'blocks',
              kind: 'unread',
              source: 'entitlements',
              fault: 'forbidden',
              ids: { requestId: 'r', correlationId: 'c' },
            },
          ],
    });
    let own: Readiness | undefined = readAt('2031-03-09T09:00:00.000Z', true);
    const { store, watches, list, customers } = worldOf(['Adatum'], {
      read: () => Promise.resolve(readAt('2031-03-09T09:10:00.000Z', false)),
      latest: (_id, actAs) => (actAs === asPerson(JONAS.id) ? own : undefined),
    });
    for (const { id } of [JONAS, ELENA]) await watches.start(customers[0]!, id);
    const partition = `customer:${customers[0]!.id}`;
    const { version, rows } = await store.read(partition);
    const lease = { owner: 'test', until: NOW.toISOString(), fence: 1 };
    await store.commit(partition, version, [{ key: WATCH_KEY, row: { ...rows.get(WATCH_KEY)!, lease } }]);
    await watches.look({ partition, key: WATCH_KEY, lease });
    const shown = async (person: typeof JONAS): Promise<string> => wordsOf((await list.show(person, texts)).card);

    assert.match(await shown(JONAS), /This look could not read: reservations and software\. “Show” reads it/);
    own = readAt('2031-03-09T09:20:00.000Z', true);
    assert.doesNotMatch(await shown(JONAS), /could not read/);
    assert.match(await shown(ELENA), /This look could not read: reservations and software\./);
  });

  it('says of one that is no longer ours nothing else', () => {
    const seen = { readAt: NOW.toISOString(), isClear: false, blockers: [], told: [], isGone: true };
    const watched = {
      customer: { id: 'c', companyName: 'Adatum', domain: 'adatum.com' },
      seen: { ...seen, unread: ['customer' as const, 'subscriptions' as const] },
    };
    const view = { watched: [{ watched, nonce: 'n' }], from: 1, total: 1, page: 0, hasMore: false };

    assert.match(
      wordsOf(watchesCard(view, texts)),
      /\nYou have no reseller relationship with this customer \(any more\)\.\nLooked at on /,
    );
  });

  it('says once which button reads what was not read, whatever the reasons', () => {
    const seen = { readAt: NOW.toISOString(), isClear: false, blockers: [], told: [] };
    const watched = {
      customer: { id: 'c', companyName: 'Adatum', domain: 'adatum.com' },
      seen: { ...seen, unread: ['entitlements' as const, 'orders' as const], signInNeeded: ['entitlements' as const] },
    };
    const view = { watched: [{ watched, nonce: 'n' }], from: 1, total: 1, page: 0, hasMore: false };

    assert.match(
      wordsOf(watchesCard(view, texts)),
      /could not read: orders\. It takes your sign-in to read reservations and software\. “Show” reads it in your name\.\n/,
    );
  });

  it('says how to begin where nothing is watched', async () => {
    const { list } = worldOf([]);

    assert.match(wordsOf((await list.show(JONAS, texts)).card), /You watch no customer\. Write “watch” and a name/);
  });

  it('has pages, and shows the last one to whoever asks for one behind it', async () => {
    const { watches, list, customers } = worldOf(Array.from({ length: 9 }, (_, n) => `Customer ${n + 1}`));
    for (const one of customers) await watches.start(one, JONAS.id);

    const first = await list.show(JONAS, texts);
    assert.match(wordsOf(first.card), /Customers 1–8 of 9/);
    assert.ok(titlesOf(first.card).includes('Next'));
    const last = await list.show(JONAS, texts, 7);
    assert.match(wordsOf(last.card), /Customers 9–9 of 9\nCustomer 9\n/);
    assert.ok(titlesOf(last.card).includes('Previous'));
  });

  it('has one watched no longer, says so, and shows what is left', async () => {
    const { watches, list, nonces, customers } = worldOf(['Adatum', 'Zava']);
    for (const one of customers) await watches.start(one, JONAS.id);
    const [{ id: customerId }] = customers as [(typeof customers)[number]];
    const nonce = nonces.ofCustomer(JONAS.id, customerId);

    const { card } = await list.stop({ customerId, nonce }, JONAS, texts);

    assert.match(wordsOf(card), /No longer watched: Adatum\nCustomers that you watch\nZava\n/);
    assert.equal(await watches.isWatching(customerId, JONAS.id), false);
    assert.match(
      wordsOf((await list.stop({ customerId, nonce }, JONAS, texts)).card),
      /I was not watching this customer\./,
    );
  });

  it('stops nothing by a card of somebody else', async () => {
    const { watches, list, nonces, customers } = worldOf(['Adatum']);
    const [one] = customers as [(typeof customers)[number]];
    await watches.start(one, JONAS.id);

    const nonce = nonces.ofCustomer(ELENA.id, one.id);
    const { card } = await list.stop({ customerId: one.id, nonce }, JONAS, texts);

    assert.match(wordsOf(card), /This card was out of date\./);
    assert.ok(await watches.isWatching(one.id, JONAS.id));
  });
});
