import assert from 'node:assert/strict';
import { DAY_MS } from '../../../services/clock.ts';
import type { PartnerCenter } from '../../../services/partner-center/partner-center.ts';
import { openAzureStore } from '../../../services/storage/azure/azure-store.ts';
import { openFileStore } from '../../../services/storage/file-store.ts';
import type { Store } from '../../../services/storage/store.ts';
import { createWatchedBy } from '../../../services/watching/watched-by.ts';
import { createWatches } from '../../../services/watching/watches.ts';
import { TableModel } from '../../support/table-model.ts';
import { tempFolders } from '../storage/temp-folder.ts';

const ADA = '00000000-0000-4000-8000-00000000000a';
const BO = '00000000-0000-4000-8000-00000000000b';
const customer = (n: number) => ({
  id: `0c9f7a52-7d1e-4b7c-9a35-2f6f0c9d${String(n).padStart(4, '0')}`,
  companyName: `Customer ${n}`,
  domain: `c${n}.onmicrosoft.com`,
  relationshipToPartner: 'reseller',
});

describe('what somebody watches', () => {
  const newFolder = tempFolders();
  const STORES: Readonly<Record<string, () => Promise<Store>>> = {
    'the file store': async () => openFileStore({ folder: await newFolder(), boot: 'boot' }),
    'the store in tables': () => openAzureStore({ boot: 'boot', tables: new TableModel({ pageSize: 7 }) }),
  };

  for (const [name, open] of Object.entries(STORES))
    describe(`in ${name}`, () => {
      let store: Store;
      let now = new Date('2031-03-09T09:30:00.000Z');
      const clock = (): Date => now;
      /** Partitions that were read. */
      const reads: string[] = [];
      const watchedBy = () =>
        createWatchedBy({
          store: {
            read: (partition) => {
              reads.push(partition);
              return store.read(partition);
            },
            commit: (...args) => store.commit(...args),
            partitions: (kind) => store.partitions(kind),
          },
          clock,
        });
      const watches = () =>
        createWatches({
          store,
          clock,
          everyMs: DAY_MS,
          wake: { due: () => undefined },
          partnerCenter: {} as PartnerCenter,
          reader: {
            read: () => Promise.reject(new Error('nobody looks here')),
            latest: () => undefined,
            forget: () => undefined,
          },
        });
      const namesOf = async (person: string): Promise<readonly string[]> =>
        (await watchedBy()(person)).map((one) => one.customer.companyName).sort();
      const notesOf = async (person: string): Promise<readonly string[]> =>
        [...(await store.read(`person:${person}`)).rows.keys()].filter((key) => key.startsWith('watch:'));
      /** As it was kept when nothing was noted with the person. */
      const startsUnnoted = async (n: number, person: string): Promise<void> => {
        const { id, companyName, domain } = customer(n);
        const { version } = await store.read(`customer:${id}`);
        await store.commit(`customer:${id}`, version, [
          { key: `watcher:${person}`, row: { value: { since: now.toISOString() } } },
          { key: 'watch', row: { value: { customer: { id, companyName, domain } }, dueAt: now.toISOString() } },
        ]);
      };

      beforeEach(async () => {
        now = new Date('2031-03-09T09:30:00.000Z');
        store = await open();
      });
      afterEach(() => store.close());

      it('is read, and nothing that others watch', async () => {
        for (let n = 0; n < 20; n++) await watches().start(customer(n), BO);
        for (const n of [3, 30]) await watches().start(customer(n), ADA);
        await watchedBy()(ADA);
        reads.length = 0;

        assert.deepEqual(await namesOf(ADA), ['Customer 3', 'Customer 30']);
        assert.deepEqual(
          [...new Set(reads)].sort(),
          [`customer:${customer(3).id}`, `customer:${customer(30).id}`, `person:${ADA}`].sort(),
        );
      });

      it('is all there where it was begun before anything was noted, and is looked for once', async () => {
        for (let n = 0; n < 90; n++) await startsUnnoted(n, ADA);
        await startsUnnoted(100, BO);
        await watches().start(customer(101), ADA);

        assert.equal((await namesOf(ADA)).length, 91);
        reads.length = 0;
        assert.equal((await namesOf(ADA)).length, 91);
        assert.ok(!reads.includes(`customer:${customer(100).id}`));
        assert.deepEqual(await namesOf(BO), ['Customer 100']);
      });

      it('is what was not stopped, or was begun again', async () => {
        for (const n of [1, 2, 3]) await watches().start(customer(n), ADA);
        for (const n of [1, 2]) await watches().stop(customer(n).id, ADA);
        await watches().start(customer(1), ADA);

        assert.deepEqual(await namesOf(ADA), ['Customer 1', 'Customer 3']);
      });

      it('is not what was noted only; that is forgotten a day later, and not before', async () => {
        await watches().start(customer(1), ADA);
        await watches().stop(customer(1).id, ADA);

        assert.deepEqual(await namesOf(ADA), []);
        assert.equal((await notesOf(ADA)).length, 1);
        now = new Date(now.getTime() + DAY_MS + 1);
        assert.deepEqual(await namesOf(ADA), []);
        assert.deepEqual(await notesOf(ADA), []);
      });
    });
});
