import assert from 'node:assert/strict';
import type { Asker } from '../../../bot/tab/asker.ts';
import { createOwnRequests } from '../../../bot/tab/own-requests.ts';
import { createRequestsAnswers } from '../../../bot/tab/requests-answers.ts';
import { textsFor } from '../../../cards/texts/texts.ts';
import { auditKeyOf } from '../../../services/audit/audit-chain.ts';
import { DAY_MS, later, MINUTE_MS } from '../../../services/clock.ts';
import { UNDO_POLICY } from '../../../services/requests/giving-back/undo-clock.ts';
import type { StateName } from '../../../services/requests/life.ts';
import { createAllRequests } from '../../../services/requests/overview/all-requests.ts';
import { createAskedOf, createPersonRequests } from '../../../services/requests/person-requests.ts';
import { createWaitingForDecision } from '../../../services/requests/deciding/waiting-for-decision.ts';
import { createRequestStore, type RequestStore } from '../../../services/requests/request-store.ts';
import { createMemoryStore } from '../../../services/storage/memory-store.ts';
import type { Store } from '../../../services/storage/store.ts';
import { NOW, requestIn, roles } from '../../services/requests/request-in.ts';

const auditKey = auditKeyOf(new Uint8Array(32).fill(5));
const texts = textsFor('en-US');
const requester: Asker = { id: 'ada', texts, isAuditor: false };
const approver: Asker = { id: 'bo', texts, isAuditor: false };
const idOf = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;

describe('somebody’s own requests', () => {
  let store: Store;
  let requests: RequestStore;
  /** How many requests were read. */
  let read: number;
  let answers: ReturnType<typeof createRequestsAnswers>;

  beforeEach(() => {
    store = createMemoryStore({ boot: 'boot-1' });
    read = 0;
    const clock = (): Date => NOW;
    const stored = createRequestStore({
      ...{ store, clock, auditKey, boot: 'boot-1', leaseMs: MINUTE_MS, undo: UNDO_POLICY },
      wake: { due: () => undefined, claimed: () => undefined },
    });
    requests = {
      ...stored,
      read: (id) => {
        read += 1;
        return stored.read(id);
      },
    };
    const askedOf = createAskedOf(store);
    answers = createRequestsAnswers({
      ...{ store, requests, roles },
      all: createAllRequests({ store, requests, clock }),
      own: createOwnRequests({ requests, personRequests: createPersonRequests(store), askedOf }),
      removals: { waitingFor: createWaitingForDecision({ requests, asked: askedOf, roles }) },
      refusals: { note: () => Promise.resolve() },
    });
  });

  const put = async (n: number, state: StateName): Promise<void> => {
    await requests.change(idOf(n), () => ({ request: { ...requestIn(state), id: idOf(n) }, audit: [] }));
  };
  /** Notes requests with a person, a day apart, the one with the highest number last; `isOver` as somebody who has counted has noted it. */
  const note = async (
    person: string,
    kind: 'request' | 'asked',
    ns: readonly number[],
    isOver = false,
  ): Promise<void> => {
    for (let from = 0; from < ns.length; from += 80) {
      const { version } = await store.read(`person:${person}`);
      await store.commit(
        `person:${person}`,
        version,
        ns.slice(from, from + 80).map((n) => ({
          key: `${kind}:${idOf(n)}`,
          row: { value: { at: later(NOW, n * DAY_MS), ...(isOver && { isOver }) } },
        })),
      );
    }
  };
  const upTo = (count: number, from = 0): readonly number[] => Array.from({ length: count }, (_, n) => from + n + 1);
  type Show = 'open' | 'waiting' | 'ended';
  /** All parts of a list, and how many requests were read for each. */
  const listed = async (asker: Asker, show: Show) => {
    const ids: string[] = [];
    const reads: number[] = [];
    let after: string | undefined;
    do {
      read = 0;
      const { rows, next } = await answers.list(asker, { show, after });
      ids.push(...rows.map(({ id }) => id));
      reads.push(read);
      after = next;
    } while (after !== undefined);
    return { ids, reads };
  };

  for (const [count, most] of [
    [10, 10],
    [400, 100],
    [4_000, 100],
  ] as const)
    it(`are read as far as they are shown: of ${count} at most ${most} in a look`, async () => {
      await put(count, 'pending');
      await put(count - 1, 'done');
      await note('ada', 'request', upTo(count));

      for (const show of ['open', 'ended', 'waiting'] as const) {
        read = 0;
        await answers.list(requester, { show });
        assert.ok(read <= most, `${show}: ${read}`);
      }
      read = 0;
      await answers.waiting(requester);
      assert.ok(read <= most, `what waits for whom: ${read}`);
    }).timeout(20_000);

  it('are listed part by part, each once, those that came last first, whether they have ended or not', async () => {
    const [open, ended] = [upTo(120), upTo(70, 120)];
    for (const n of open) await put(n, 'pending');
    for (const n of ended) await put(n, 'done');
    await note('ada', 'request', [...open, ...ended]);

    const shown = await listed(requester, 'open');
    assert.deepEqual(shown.ids, open.toReversed().map(idOf));
    assert.ok(
      shown.reads.every((reads) => reads <= 100),
      shown.reads.join(),
    );
    assert.deepEqual((await listed(requester, 'ended')).ids, ended.toReversed().map(idOf));
  });

  it('that are known to have ended are not read to find those that are open', async () => {
    await put(1, 'pending');
    for (const n of upTo(60, 240)) await put(n, 'done');
    await note('ada', 'request', [1]);
    await note('ada', 'request', upTo(299, 1), true);

    const { ids, reads } = await listed(requester, 'open');

    assert.deepEqual([ids, reads], [[idOf(1)], [51]], 'the newest are read for the numbers by state');
  });

  it('say that older ones may be there, where none of those that were looked at is wanted', async () => {
    for (const n of upTo(150)) await put(n, 'done');
    await put(1, 'pending');
    await note('ada', 'request', upTo(150));

    const first = await answers.list(requester, { show: 'open' });
    assert.deepEqual([first.rows, first.next !== undefined], [[], true]);
    assert.deepEqual(
      (await answers.list(requester, { show: 'open', after: first.next })).rows.map(({ id }) => id),
      [idOf(1)],
    );
  });

  it('are counted by state, the newest where there are many, and that is said', async () => {
    for (const n of upTo(60)) await put(n, n > 40 ? 'pending' : 'done');
    await note('ada', 'request', upTo(60));

    const { counts, notes } = await answers.list(requester, {});

    assert.deepEqual(
      counts.map(({ label, count }) => [label, count]),
      [
        ['waiting for approval', 20],
        ['removed', 30],
      ],
    );
    assert.deepEqual(notes, ['Only the newest 50 requests are counted by state.']);
  });

  it('are said to be counted all where one that is noted was never stored', async () => {
    for (const n of upTo(50)) await put(n, 'pending');
    await note('ada', 'request', upTo(51));

    const { counts, notes } = await answers.list(requester, {});

    assert.deepEqual([counts.map(({ count }) => count), notes], [[50], undefined]);
  });

  it('that wait for an approver are read once in a look, asked for or not', async () => {
    for (const n of upTo(20)) await put(n, 'pending');
    await note('bo', 'asked', upTo(20));

    read = 0;
    const { rows } = await answers.list(approver, { show: 'waiting' });

    assert.deepEqual(rows.map(({ id }) => id).toSorted(), upTo(20).map(idOf));
    assert.ok(read <= 40, `${read}`);
  });
});
