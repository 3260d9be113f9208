import assert from 'node:assert/strict';
import { createDirectory } from '../../../services/customers/directory.ts';
import {
  PartnerCenterError,
  type Customer,
  type CustomerPage,
} from '../../../services/partner-center/partner-center.ts';

const MINUTE_MS = 60_000;
const START = Date.parse('2026-03-01T12:00:00Z');
const named = (companyName: string, id = `id-${companyName.toLowerCase()}`): Customer => ({
  id,
  companyName,
  domain: `${companyName.toLowerCase()}.com`,
  relationshipToPartner: 'reseller',
});
const unavailable = new PartnerCenterError('unavailable', {
  operation: 'list customers',
  ids: { requestId: 'r', correlationId: 'c' },
});

/** A directory whose pages come one by one, when the test says so, and whose pauses end when the test says so. */
function loading() {
  let atMs = START;
  const asked: (string | undefined)[] = [];
  const pages: PromiseWithResolvers<CustomerPage>[] = [];
  const pauses: (PromiseWithResolvers<undefined> & { readonly ms: number })[] = [];
  const directory = createDirectory({
    partnerCenter: {
      customers: ({ continuation }) => {
        asked.push(continuation);
        const page = Promise.withResolvers<CustomerPage>();
        pages.push(page);
        return page.promise;
      },
    },
    clock: () => new Date(atMs),
    actAs: 'bot',
    refreshMs: 15 * MINUTE_MS,
    pageSize: 2,
    sleep: async (ms) => {
      const pause = Promise.withResolvers<undefined>();
      pauses.push({ ...pause, ms });
      await pause.promise;
    },
  });
  const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
  return {
    directory,
    asked,
    pauses,
    page: async (names: readonly (string | Customer)[], continuation?: string): Promise<void> => {
      const customers = names.map((name) => (typeof name === 'string' ? named(name) : name));
      pages.at(-1)!.resolve({ customers, ...(continuation !== undefined && { continuation }) });
      await settle();
    },
    fail: async (error: Error = unavailable): Promise<void> => {
      pages.at(-1)!.reject(error);
      await settle();
    },
    refresh: async (): Promise<void> => {
      pauses.at(-1)!.resolve(undefined);
      await settle();
    },
    passes: (ms: number): void => {
      atMs += ms;
    },
    names: (): string[] => directory.page(0, 100).map(({ companyName }) => companyName),
  };
}

describe('the directory while it loads for the first time', () => {
  it('knows nobody, and says that this is not everybody', () => {
    const { directory } = loading();
    directory.start();

    assert.deepEqual(directory.state(), { kind: 'loading', known: 0 });
    assert.deepEqual(directory.search('a', 5), { matches: [], more: false, complete: false });
  });

  it('finds whom it knows so far', async () => {
    const { directory, page } = loading();
    directory.start();
    await page(['Contoso', 'Alpine'], 'next');

    assert.deepEqual(directory.state(), { kind: 'loading', known: 2 });
    assert.deepEqual(directory.search('cont', 5), { matches: [named('Contoso')], more: false, complete: false });
    assert.deepEqual(directory.byId('id-alpine'), named('Alpine'));
  });

  it('asks for all pages, and is then ready', async () => {
    const { directory, page, asked, pauses, names } = loading();
    directory.start();
    await page(['Contoso', 'Alpine'], 'next');
    await page(['Bikes']);

    assert.deepEqual(asked, [undefined, 'next']);
    assert.deepEqual(directory.state(), { kind: 'ready', known: 3, at: '2026-03-01T12:00:00.000Z' });
    assert.deepEqual(names(), ['Alpine', 'Bikes', 'Contoso']);
    assert.equal(directory.search('b', 5).complete, true);
    assert.equal(pauses[0]?.ms, 15 * MINUTE_MS);
  });

  it('counts a customer once that is on two pages', async () => {
    const { directory, page } = loading();
    directory.start();
    await page(['Contoso', 'Contoso'], 'next');
    await page(['Contoso', 'Alpine']);

    assert.equal(directory.state().known, 2);
  });

  it('tries again when it fails, soon at first, and keeps whom it knows', async () => {
    const { directory, page, fail, refresh, pauses, names } = loading();
    directory.start();
    await page(['Contoso', 'Alpine'], 'next');
    await fail();

    assert.deepEqual(directory.state(), { kind: 'failed', known: 2, error: unavailable });
    await refresh();
    await fail();
    assert.deepEqual(
      pauses.map(({ ms }) => ms),
      [1_000, 2_000],
    );
    assert.deepEqual(names(), ['Alpine', 'Contoso']);

    await refresh();
    await page(['Contoso', 'Alpine'], 'next');
    await page(['Bikes']);
    assert.equal(directory.state().kind, 'ready');
    assert.equal(pauses.at(-1)?.ms, 15 * MINUTE_MS);
  });

  it('fails when the pages go round in a circle', async () => {
    const { directory, page } = loading();
    directory.start();
    await page(['Contoso'], 'a');
    await page(['Alpine'], 'b');
    await page(['Bikes'], 'a');

    assert.equal(directory.state().kind, 'failed');
  });
});

describe('the directory while it refreshes', () => {
  it('serves the old list until the new one is complete', async () => {
    const { directory, page, refresh, passes, names } = loading();
    directory.start();
    await page(['Contoso', 'Alpine']);
    passes(15 * MINUTE_MS);
    await refresh();
    await page(['Bikes', 'Delta'], 'next');

    assert.deepEqual(names(), ['Alpine', 'Contoso']);
    await page(['Echo']);
    assert.deepEqual(names(), ['Bikes', 'Delta', 'Echo']);
    assert.deepEqual(directory.state(), { kind: 'ready', known: 3, at: '2026-03-01T12:15:00.000Z' });
    assert.equal(directory.byId('id-contoso'), undefined);
  });

  it('keeps the old list when it fails', async () => {
    const { directory, page, refresh, fail, pauses, names } = loading();
    directory.start();
    await page(['Contoso']);
    await refresh();
    await fail(new TypeError('whatever it is'));

    assert.deepEqual(names(), ['Contoso']);
    assert.deepEqual(directory.state(), { kind: 'ready', known: 1, at: '2026-03-01T12:00:00.000Z' });
    assert.equal(pauses.at(-1)?.ms, 1_000);
  });

  it('does not load any more once it is stopped', async () => {
    const { directory, page, refresh, asked } = loading();
    directory.start();
    directory.start();
    await page(['Contoso']);
    directory.stop();
    await refresh();

    assert.equal(asked.length, 1);
  });

  it('drops a page that comes after it was stopped', async () => {
    const { directory, page } = loading();
    directory.start();
    directory.stop();
    await page(['Contoso']);

    assert.equal(directory.state().known, 0);
  });
});

describe('a removed customer', () => {
  it('is dropped at once, and stays so while the list is stale', async () => {
    const { directory, page, refresh, passes, names } = loading();
    directory.start();
    await page(['Contoso', 'Alpine']);
    directory.removed('ID-Contoso');

    assert.deepEqual(names(), ['Alpine']);
    assert.equal(directory.byId('id-contoso'), undefined);
    assert.deepEqual(directory.search('contoso', 5).matches, []);

    passes(9 * MINUTE_MS);
    await refresh();
    await page(['Contoso', 'Alpine']);
    assert.deepEqual(names(), ['Alpine']);
  });

  it('is shown again when the list still names it after ten minutes', async () => {
    const { directory, page, refresh, passes, names } = loading();
    directory.start();
    await page(['Contoso', 'Alpine']);
    directory.removed('id-contoso');
    passes(10 * MINUTE_MS);
    await refresh();
    await page(['Contoso', 'Alpine']);

    assert.deepEqual(names(), ['Alpine', 'Contoso']);
  });

  it('does not come back with the next page of the first loading', async () => {
    const { directory, page, names } = loading();
    directory.start();
    await page(['Contoso', 'Alpine'], 'next');
    directory.removed('id-contoso');
    await page(['Bikes', 'Delta'], 'last');

    assert.deepEqual(names(), ['Alpine', 'Bikes', 'Delta']);
  });
});

describe('a customer in the directory', () => {
  const id = '0cca44d6-68e9-4762-94ee-31ece98783b9';

  it('is found by its tenant id, and then alone', async () => {
    const { directory, page } = loading();
    directory.start();
    await page([named('Contoso', id), named(`Not ${id}`)]);

    assert.deepEqual(directory.search(`{${id.toUpperCase()}}`, 5).matches, [named('Contoso', id)]);
    assert.deepEqual(directory.search('11111111-aaaa-4bbb-8ccc-222222222222', 5).matches, []);
    assert.deepEqual(directory.byId(id.toUpperCase()), named('Contoso', id));
  });

  it('is shown with the relationship that the list names', async () => {
    const { directory, page } = loading();
    directory.start();
    await page([{ ...named('Advised'), relationshipToPartner: 'advisor' }]);

    assert.equal(directory.search('advised', 5).matches[0]?.relationshipToPartner, 'advisor');
  });

  it('is on one page of the sorted list', async () => {
    const { directory, page } = loading();
    directory.start();
    await page(['c', 'a', 'd', 'b']);

    assert.deepEqual(
      directory.page(1, 2).map(({ companyName }) => companyName),
      ['b', 'c'],
    );
    assert.deepEqual(directory.page(9, 2), []);
  });
});
