import assert from 'node:assert/strict';
import fc from 'fast-check';
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '../../../../services/clock.ts';
import { newGuid } from '../../../../services/ids.ts';
import { asPerson } from '../../../../services/partner-center/partner-center.ts';
import { createLimits, type MostAllowed } from '../../../../services/requests/sending/limits.ts';
import { isFinal, STATES, type StateName } from '../../../../services/requests/life.ts';
import { createPersonRequests } from '../../../../services/requests/person-requests.ts';
import type { RemovalRequest, RequestRecord } from '../../../../services/requests/request.ts';
import type { ClearingStep } from '../../../../services/requests/clearing/clearing-step.ts';
import { createMemoryStore } from '../../../../services/storage/memory-store.ts';
import { recordFor, requestIn } from '../request-in.ts';

const START = Date.parse('2026-06-15T10:00:00.000Z');
const TODAY = '2026-06-15';
const TOMORROW = '2026-06-16';

/** Counters on a store, among the requests that a test says there are, at a moment that it moves. */
function bench(most: Partial<MostAllowed>) {
  const store = createMemoryStore({ boot: 'boot-1' });
  const stored = new Map<string, RequestRecord>();
  let ms = START;
  const clock = (): Date => new Date(ms);
  const limits = createLimits({
    store,
    requests: { read: (id) => Promise.resolve(stored.get(id)) },
    clock,
    newId: newGuid,
    most: { openPerRequester: 3, removalsPerDay: 2, suspensionsPerDay: 5, ...most },
  });
  const persons = createPersonRequests(store);
  return {
    ...limits,
    store,
    put(id: string, state: StateName, more: Partial<RemovalRequest> = {}, steps: readonly ClearingStep[] = []): void {
      stored.set(id, recordFor({ ...requestIn(state), id, ...more }, steps));
    },
    /** As when a draft is opened. */
    note: (person: string, id: string) => persons.note(person, id, clock().toISOString()),
    advance(by: number): void {
      ms += by;
    },
    now: clock,
    rows: async (partition: string) => [...(await store.read(partition)).rows.keys()],
  };
}
type Bench = ReturnType<typeof bench>;

/** A place, and the request that comes with it a moment later. */
async function sent(on: Bench, id: string): Promise<string> {
  const { day, isToday } = await on.removalDays.take(id);
  if (isToday) on.put(id, 'pending');
  else on.put(id, 'draft', { sendingSince: on.now().toISOString(), plannedFor: { day, most: 2 } });
  return day;
}

describe('the day on which a removal is sent', () => {
  it('is today while there are places, and then the first day that has one', async () => {
    const on = bench({ removalsPerDay: 2 });

    const days = [];
    for (const id of ['a', 'b', 'c', 'd', 'e']) days.push(await sent(on, id));

    assert.deepEqual(days, [TODAY, TODAY, TOMORROW, TOMORROW, '2026-06-17']);
  });

  it('is the same for the same request, however often it is asked for', async () => {
    const on = bench({ removalsPerDay: 1 });
    await sent(on, 'a');
    await sent(on, 'b');

    assert.deepEqual([await sent(on, 'a'), await sent(on, 'b'), await sent(on, 'b')], [TODAY, TOMORROW, TOMORROW]);
    assert.equal((await on.rows('limits:removals')).length, 2);
  });

  it('is the planned one once that has come', async () => {
    const on = bench({ removalsPerDay: 1 });
    await sent(on, 'a');
    await sent(on, 'b');
    on.advance(14 * HOUR_MS);

    assert.deepEqual(await on.removalDays.take('b'), { day: TOMORROW, isToday: true, most: 1 });
  });

  it('is another one where the planned one has passed, and its place is not kept', async () => {
    const on = bench({ removalsPerDay: 1 });
    await sent(on, 'a');
    await sent(on, 'b');
    on.advance(3 * DAY_MS);

    assert.equal(await sent(on, 'b'), '2026-06-18');
    assert.deepEqual(
      (await on.rows('limits:removals')).filter((key) => key.endsWith(':b')),
      ['2026-06-18:b'],
    );
  });

  for (const state of STATES.filter((one) => one !== 'draft'))
    it(`is ${isFinal(state) && state !== 'done' && state !== 'closed' ? 'free again' : 'taken'} with a request that is ${state}`, async () => {
      const on = bench({ removalsPerDay: 1 });
      await sent(on, 'a');
      on.put('a', state);

      const isFree = isFinal(state) && state !== 'done' && state !== 'closed';
      assert.equal(await sent(on, 'b'), isFree ? TODAY : TOMORROW);
    });

  it('is free again where the request was never stored, after a minute', async () => {
    const on = bench({ removalsPerDay: 1 });
    await on.removalDays.take('lost');

    assert.equal((await on.removalDays.take('b')).day, TOMORROW);
    on.advance(MINUTE_MS);
    assert.equal((await on.removalDays.take('c')).day, TODAY);
  });

  it('is free again where the request was not sent after all', async () => {
    const on = bench({ removalsPerDay: 1 });
    await on.removalDays.take('a');
    on.put('a', 'draft', { notSent: { why: 'blocked', at: on.now().toISOString() } });
    on.advance(MINUTE_MS);

    assert.equal(await sent(on, 'b'), TODAY);
  });

  it('keeps what was planned when the setting changes, and counts it', async () => {
    const before = bench({ removalsPerDay: 3 });
    for (const id of ['a', 'b', 'c']) await sent(before, id);
    const limits = createLimits({
      store: before.store,
      requests: { read: () => Promise.resolve(recordFor(requestIn('pending'))) },
      clock: before.now,
      newId: newGuid,
      most: { openPerRequester: 3, removalsPerDay: 1, suspensionsPerDay: 5 },
    });

    assert.equal((await limits.removalDays.take('c')).day, TODAY);
    assert.equal((await limits.removalDays.take('d')).day, TOMORROW);
  });

  it('never is that of more requests than may be sent, however many ask at the same time', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 4 }),
        fc.array(fc.constantFrom('sent', 'lost', 'declined', 'done'), { minLength: 1, maxLength: 25 }),
        async (most, fates) => {
          const on = bench({ removalsPerDay: most });
          const days = await Promise.all(
            fates.map(async (_, n) => {
              const { day } = await on.removalDays.take(`${n}`);
              return day;
            }),
          );
          const perDay = Map.groupBy(days, (day) => day);
          assert.ok([...perDay.values()].every((requests) => requests.length <= most));
          // No day is left out either.
          assert.equal(perDay.size, Math.ceil(fates.length / most));

          fates.forEach((fate, n) => {
            const planned = { plannedFor: { day: days[n] ?? '', most }, sendingSince: on.now().toISOString() };
            if (fate === 'sent') on.put(`${n}`, days[n] === TODAY ? 'pending' : 'draft', planned);
            if (fate === 'declined') on.put(`${n}`, 'declined');
            if (fate === 'done') on.put(`${n}`, 'done');
          });
          on.advance(2 * MINUTE_MS);
          const heldToday = fates.filter((fate, n) => days[n] === TODAY && (fate === 'sent' || fate === 'done')).length;
          const more = [];
          for (let n = 0; n < most + 1; n++) more.push((await on.removalDays.take(`more-${n}`)).day);
          assert.equal(more.filter((day) => day === TODAY).length, most - heldToday);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('is forgotten when it is over', async () => {
    const on = bench({ removalsPerDay: 1 });
    await sent(on, 'a');
    await sent(on, 'b');
    on.advance(DAY_MS);

    assert.equal(await on.deleteOld(), 1);
    assert.deepEqual(await on.rows('limits:removals'), [`${TOMORROW}:b`]);
    assert.equal(await on.deleteOld(), 0);
  });
});

const step = (holdingId: string, askedAt: string): ClearingStep => ({
  ...{ action: 'suspend', holdingId, class: 'legacy-licence', name: holdingId, quantity: 1, actAs: asPerson('ada') },
  ...{ askedAt, state: 'asked', requestId: 'r', sendings: 0, looks: 0 },
});
const ids = (count: number): readonly string[] => Array.from({ length: count }, (_, n) => `holding-${n}`);

describe('the suspensions of one day', () => {
  it('are as many as may be begun, the first of those that are wanted', async () => {
    const on = bench({ suspensionsPerDay: 5 });

    assert.deepEqual((await on.suspensions.take('a', ids(3))).taken, ids(3));
    assert.deepEqual((await on.suspensions.take('b', ids(4))).taken, ids(2));
    assert.deepEqual((await on.suspensions.take('c', ids(1))).taken, []);
    assert.deepEqual(await on.suspensions.left(), { count: 0, most: 5, next: `${TOMORROW}T00:00:00.000Z` });
  });

  it('are counted anew on the next day', async () => {
    const on = bench({ suspensionsPerDay: 2 });
    const { key } = await on.suspensions.take('a', ids(2));
    await on.suspensions.stored(key);
    on.advance(14 * HOUR_MS - SECOND_MS);
    assert.equal((await on.suspensions.left()).count, 0);

    on.advance(SECOND_MS);

    assert.equal((await on.suspensions.left()).count, 2);
    assert.equal(await on.deleteOld(), 1);
  });

  it('stay counted once they were stored, whatever becomes of them', async () => {
    const on = bench({ suspensionsPerDay: 2 });
    const { key } = await on.suspensions.take('a', ids(2));
    await on.suspensions.stored(key);

    on.advance(HOUR_MS);

    assert.equal((await on.suspensions.left()).count, 0);
  });

  it('are free again where the process ended before they were stored', async () => {
    const on = bench({ suspensionsPerDay: 2 });
    await on.suspensions.take('lost', ids(2));
    assert.equal((await on.suspensions.left()).count, 0);

    on.advance(MINUTE_MS);

    assert.equal((await on.suspensions.left()).count, 2);
    assert.deepEqual((await on.suspensions.take('b', ids(1))).taken, ids(1));
    assert.equal((await on.rows('limits:suspensions')).length, 1);
  });

  it('count where the process ended right after they were stored', async () => {
    const on = bench({ suspensionsPerDay: 3 });
    await on.suspensions.take('a', ids(3));
    on.put('a', 'draft', {}, [step('holding-0', on.now().toISOString()), step('holding-1', on.now().toISOString())]);

    on.advance(MINUTE_MS);

    assert.equal((await on.suspensions.left()).count, 1);
  });

  it('are never more than may be begun, however many begin some at the same time', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 20 }),
        fc.array(fc.record({ count: fc.integer({ min: 1, max: 8 }), isStored: fc.boolean() }), {
          minLength: 1,
          maxLength: 12,
        }),
        async (most, takers) => {
          const on = bench({ suspensionsPerDay: most });
          const taken = await Promise.all(
            takers.map(async ({ count, isStored }, n) => {
              const took = await on.suspensions.take(`${n}`, ids(count));
              if (isStored) await on.suspensions.stored(took.key);
              return { count: took.taken.length, isStored };
            }),
          );
          const total = taken.reduce((sum, { count }) => sum + count, 0);
          const wanted = takers.reduce((sum, { count }) => sum + count, 0);
          assert.equal(total, Math.min(most, wanted));

          // What was never stored is nobody's after a minute; all else stays counted.
          on.advance(MINUTE_MS);
          const kept = taken.filter(({ isStored }) => isStored).reduce((sum, { count }) => sum + count, 0);
          assert.equal((await on.suspensions.left()).count, most - kept);
        },
      ),
      { numRuns: 80 },
    );
  });
});

describe('the requests that somebody has on their way', () => {
  const open = async (on: Bench, id: string, state: StateName = 'pending'): Promise<boolean> => {
    await on.note('ada', id);
    const isTaken = await on.open.take('ada', id);
    if (isTaken) on.put(id, state);
    return isTaken;
  };

  it('are at most so many, and one that has ended makes room', async () => {
    const on = bench({ openPerRequester: 2 });
    assert.deepEqual([await open(on, 'a'), await open(on, 'b'), await open(on, 'c')], [true, true, false]);
    assert.deepEqual(await on.open.of('ada'), { count: 2, most: 2 });

    on.put('a', 'declined');

    assert.equal(await open(on, 'c'), true);
  });

  for (const state of STATES)
    it(`are ${isFinal(state) || state === 'draft' ? 'not ' : ''}those that are ${state}`, async () => {
      const on = bench({});
      await on.note('ada', 'a');
      on.put('a', state);

      assert.equal((await on.open.of('ada')).count, isFinal(state) || state === 'draft' ? 0 : 1);
    });

  it('are those too that are being sent, or wait for their day', async () => {
    const on = bench({});
    for (const id of ['a', 'b']) await on.note('ada', id);
    on.put('a', 'draft', { sendingSince: on.now().toISOString() });
    on.put('b', 'draft', { sendingSince: on.now().toISOString(), plannedFor: { day: TOMORROW, most: 1 } });

    assert.equal((await on.open.of('ada')).count, 2);
  });

  it('are nobody else’s', async () => {
    const on = bench({ openPerRequester: 1 });
    await open(on, 'a');

    assert.equal(await on.open.take('bo', 'b'), true);
  });

  it('keep their place when they are sent again', async () => {
    const on = bench({ openPerRequester: 1 });
    await open(on, 'a');

    assert.equal(await on.open.take('ada', 'a'), true);
  });

  it('are not those whose place was taken and that were never sent, after a minute', async () => {
    const on = bench({ openPerRequester: 1 });
    await on.note('ada', 'lost');
    await on.open.take('ada', 'lost');
    assert.equal((await on.open.of('ada')).count, 1);

    on.advance(MINUTE_MS);

    assert.equal((await on.open.of('ada')).count, 0);
  });

  it('are counted when there was no such limit yet, and a lower one lets nobody in until they are fewer', async () => {
    const on = bench({ openPerRequester: 1 });
    for (const id of ['a', 'b', 'c']) {
      await on.note('ada', id);
      on.put(id, 'pending');
    }

    assert.deepEqual(await on.open.of('ada'), { count: 3, most: 1 });
    assert.equal(await on.open.take('ada', 'd'), false);
  });

  it('stay in the order in which they were opened', async () => {
    const on = bench({});
    for (const id of ['a', 'b']) {
      await open(on, id);
      on.advance(SECOND_MS);
    }
    on.put('a', 'done');
    await on.open.of('ada');

    assert.deepEqual(await createPersonRequests(on.store).of('ada'), ['b', 'a']);
  });

  it('are never more than may be, however many are sent at the same time, and nothing is lost', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 5 }),
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 0, max: 12 }),
        async (most, count, ended) => {
          const on = bench({ openPerRequester: most });
          const took = await Promise.all(Array.from({ length: count }, (_, n) => open(on, `${n}`)));
          assert.equal(took.filter(Boolean).length, Math.min(most, count));

          const inside = took.flatMap((isIn, n) => (isIn ? [`${n}`] : []));
          for (const id of inside.slice(0, ended)) on.put(id, 'withdrawn');
          on.advance(2 * MINUTE_MS);
          const left = Math.max(0, inside.length - ended);
          assert.equal((await on.open.of('ada')).count, left);
          const again = await Promise.all(Array.from({ length: most }, (_, n) => open(on, `again-${n}`)));
          assert.equal(again.filter(Boolean).length, most - left);
        },
      ),
      { numRuns: 80 },
    );
  });
});

describe('limits of which very much is over', () => {
  const MANY = 200;
  const ids = Array.from({ length: MANY }, (_, n) => `old-${n}`);

  it('take a place for a removal, also where many of today have come to nothing and fewer are allowed since', async () => {
    const before = bench({ removalsPerDay: MANY });
    for (const id of ids) await sent(before, id);
    for (const id of ids) before.put(id, 'declined');
    const limits = createLimits({
      store: before.store,
      requests: { read: (id) => Promise.resolve(recordFor({ ...requestIn('declined'), id })) },
      clock: before.now,
      newId: newGuid,
      most: { openPerRequester: 3, removalsPerDay: MANY - 95, suspensionsPerDay: 5 },
    });

    await limits.removalDays.take('new');

    assert.ok((await before.rows('limits:removals')).some((key) => key.endsWith(':new')));
  });

  it('take suspensions, also where many that were counted were never stored', async () => {
    const on = bench({ suspensionsPerDay: 2 * MANY });
    for (const id of ids) await on.suspensions.take(id, [`of-${id}`]);
    on.advance(2 * MINUTE_MS);

    assert.deepEqual((await on.suspensions.take('new', ['s'])).taken, ['s']);
  });

  it('take a place for a request of somebody who has many behind them', async () => {
    const on = bench({});
    for (const id of ids) {
      await on.note('ada', id);
      on.put(id, 'declined');
    }

    assert.equal(await on.open.take('ada', 'new'), true);
  });
});
