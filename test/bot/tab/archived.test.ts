import assert from 'node:assert/strict';
import { createRequestsAnswers } from '../../../bot/tab/requests-answers.ts';
import { createOwnRequests } from '../../../bot/tab/own-requests.ts';
import type { Asker } from '../../../bot/tab/asker.ts';
import { textsFor } from '../../../cards/texts/texts.ts';
import { auditKeyOf } from '../../../services/audit/audit-chain.ts';
import { MINUTE_MS } from '../../../services/clock.ts';
import { UNDO_POLICY } from '../../../services/requests/giving-back/undo-clock.ts';
import { createAllRequests } from '../../../services/requests/overview/all-requests.ts';
import { createRequestStore } from '../../../services/requests/request-store.ts';
import { openAzureStore } from '../../../services/storage/azure/azure-store.ts';
import { createMemoryStore } from '../../../services/storage/memory-store.ts';
import type { Store } from '../../../services/storage/store.ts';
import { NOW, requestIn, roles } from '../../services/requests/request-in.ts';
import { TableModel } from '../../support/table-model.ts';

const auditKey = auditKeyOf(new Uint8Array(32).fill(5));
const auditor: Asker = { id: 'eve', texts: textsFor('en-US'), isAuditor: true };
const idOf = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;

const stores: readonly (readonly [string, () => Promise<Store>])[] = [
  ['in memory', async () => createMemoryStore({ boot: 'boot-1' })],
  ['in tables', async () => openAzureStore({ boot: 'boot-1', tables: new TableModel({ pageSize: 7 }) })],
];
for (const [where, open] of stores)
  describe(`archived requests of a store ${where}`, () => {
    let store: Store;
    let answers: ReturnType<typeof createRequestsAnswers>;

    beforeEach(async () => {
      store = await open();
      const clock = (): Date => NOW;
      const requests = createRequestStore({
        ...{ store, clock, auditKey, boot: 'boot-1', leaseMs: MINUTE_MS, undo: UNDO_POLICY },
        wake: { due: () => undefined, claimed: () => undefined },
      });
      for (let n = 1; n <= 60; n += 1) {
        const partition = `request:${idOf(n)}`;
        await requests.change(idOf(n), () => ({ request: { ...requestIn('done'), id: idOf(n) }, audit: [] }));
        const { version, rows } = await store.read(partition);
        const due = [...rows]
          .filter(([, row]) => row.dueAt !== undefined)
          .map(([key]) => ({ key, remove: true as const }));
        const next = due.length === 0 ? version : await store.commit(partition, version, due);
        await store.archive(partition, next, n <= 55 ? '2026-02' : '2026-03');
      }
      const noted = { notedOf: () => Promise.resolve([]) };
      answers = createRequestsAnswers({
        ...{ store, requests, roles },
        all: createAllRequests({ store, requests, clock }),
        own: createOwnRequests({ requests, personRequests: noted, askedOf: noted }),
        removals: { waitingFor: () => Promise.resolve([]) },
        refusals: { note: () => Promise.resolve() },
      });
    });
    afterEach(() => store.close());

    it('are listed to auditors by their month, page after page, and not among the others', async () => {
      const { rows, months } = await answers.list(auditor, { show: 'ended' });
      assert.deepEqual([rows, months], [[], ['2026-03', '2026-02']]);

      const first = await answers.archived(auditor, { month: '2026-02' });
      const second = await answers.archived(auditor, { month: '2026-02', after: first.next });

      assert.deepEqual([first.rows.length, second.rows.length, second.next], [50, 5, undefined]);
      assert.equal(new Set([...first.rows, ...second.rows].map(({ id }) => id)).size, 55);
      assert.deepEqual(
        (await answers.archived(auditor, { month: '2026-03' })).rows.map(({ id }) => id),
        [56, 57, 58, 59, 60].map(idOf),
      );
    });

    it('are not listed to anybody else', async () => {
      await assert.rejects(answers.archived({ ...auditor, id: 'ada', isAuditor: false }, { month: '2026-02' }), {
        status: 403,
      });
    });
  });
