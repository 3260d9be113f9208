import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { AuditEvent } from '../../../services/audit/audit-chain.ts';
import { readAudit } from '../../../services/audit/audit-chain.ts';
import { createRecordSearch, type RecordSearch, type SoughtEntries } from '../../../services/audit/record-search.ts';
import {
  newestFirst,
  type FoundEntry,
  type RecordPlace,
  type SearchedRecord,
} from '../../../services/audit/search-record.ts';
import { tombstoneFor } from '../../../services/audit/tombstone.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../services/clock.ts';
import type { UserId } from '../../../services/ids.ts';
import type { StepName } from '../../../services/audit/audit-actions.ts';
import type { RequestSummary } from '../../../services/requests/overview/request-summary.ts';
import { StoreError } from '../../../services/storage/store.ts';
import { chainOf, key, Recorded } from './recorded.ts';

const by = <Action extends AuditEvent['action']>(person: UserId, action: Action, target?: string) => ({
  ...{ action, actor: `person:${person}` as const },
  ...(target !== undefined && { target }),
});
const refusals = (count: number): readonly AuditEvent[] => Array.from({ length: count }, () => by('ada', 'refused'));
const nameOf = ({ chain, seq }: Pick<FoundEntry, 'chain' | 'seq'>): string =>
  `${chain.startsWith('request:') ? Number(chain.slice(-12)) : chain}/${seq}`;

describe('a search of the record', () => {
  let recorded: Recorded;
  /** What was read of the store. */
  let read: string[];
  let damaged: readonly string[];

  beforeEach(() => {
    begin();
  });

  /** A new record, and a process that searches it. */
  const begin = (): void => {
    recorded = new Recorded();
    read = [];
    damaged = [];
    gone = [];
    others = [];
    process();
  };
  let search: RecordSearch;
  const process = (): void => {
    const { store } = recorded;
    search = createRecordSearch({
      store: {
        ...store,
        async read(name) {
          read.push(name);
          if (damaged.includes(name)) throw new StoreError('damaged', 'not to be read');
          return gone.includes(name) ? { version: '0', rows: new Map() } : store.read(name);
        },
        async *partitions(kind) {
          for await (const name of store.partitions(kind)) if (!gone.includes(name)) yield name;
        },
      },
      all: { look: () => Promise.resolve(), summaries: () => others as readonly RequestSummary[] },
    });
  };

  let gone: readonly string[];
  let others: readonly { readonly id: string; readonly customer: { readonly id: string } }[];

  const part = (sought: SoughtEntries = {}, after?: RecordPlace, most?: number): Promise<SearchedRecord> =>
    search(sought, { after, ...(most !== undefined && { most }) });
  const chainsRead = (): readonly string[] =>
    read.filter((name) => name.startsWith('request:') || name.startsWith('audit:'));

  /** Goes on until the end, as somebody does who presses *Search on* each time. */
  const all = async (
    wanted: SoughtEntries = {},
    between: () => Promise<unknown> = () => Promise.resolve(),
  ): Promise<{
    readonly found: readonly string[];
    readonly entries: readonly FoundEntry[];
    readonly steps: number;
    readonly unreadable: readonly string[];
  }> => {
    const entries: FoundEntry[] = [];
    const unreadable = new Set<string>();
    let after: RecordPlace | undefined;
    let steps = 0;
    do {
      const { entries: some, next, unreadable: left } = await part(wanted, after);
      for (const name of left) unreadable.add(name);
      entries.push(...some);
      after = next;
      steps += 1;
      await between();
    } while (after !== undefined && steps < 50);
    return { found: entries.map(nameOf), entries, steps, unreadable: [...unreadable] };
  };

  it('gives one list of all chains, the newest entry first, covered by a checkpoint or not', async () => {
    await recorded.append(chainOf(1), by('ada', 'request.sent'));
    recorded.pass(MINUTE_MS);
    await recorded.append(chainOf(2), by('ada', 'request.sent'));
    recorded.pass(MINUTE_MS);
    await recorded.append('audit:2026-03-01.b', by('bo', 'refused'));
    recorded.pass(MINUTE_MS);
    await recorded.append(chainOf(1), by('bo', 'request.approved'));
    const inOrder = ['1/2', 'audit:2026-03-01.b/1', '2/1', '1/1'];
    assert.deepEqual((await all()).found, inOrder);

    await recorded.checkpoint();
    assert.deepEqual((await all()).found, inOrder);

    recorded.pass(HOUR_MS);
    await recorded.append(chainOf(2), by('bo', 'request.declined'));
    assert.deepEqual((await all()).found, ['2/2', ...inOrder]);
  });

  it('finds entries by who, what and which customer', async () => {
    await recorded.append(chainOf(1), by('ada', 'request.opened', 'contoso'), by('ada', 'step.intent', 'a-holding'));
    await recorded.append(chainOf(2), by('ada', 'request.opened', 'fabrikam'));
    await recorded.append('audit:2026-03-01.b', by('bo', 'refused', 'contoso'), by('bo', 'refused'), {
      ...by('eve', 'audit.searched'),
      detail: { customer: 'contoso' },
    });

    assert.deepEqual((await all({ customer: 'contoso' })).found, [
      'audit:2026-03-01.b/3',
      'audit:2026-03-01.b/1',
      '1/2',
      '1/1',
    ]);
    assert.deepEqual((await all({ person: 'ada' })).found, ['1/2', '1/1', '2/1']);
    assert.deepEqual((await all({ person: 'ada', action: 'request.opened' })).found, ['1/1', '2/1']);
    assert.deepEqual((await all({ person: 'ad' })).found, []);
    assert.deepEqual((await all({ request: chainOf(2).slice(8) })).found, ['2/1']);
  });

  it('finds what happened to one kind of step, and to each', async () => {
    const stepped = (action: 'step.intent' | 'step.outcome', step: StepName): AuditEvent => ({
      ...by('ada', action, 'contoso'),
      detail: { step },
    });
    await recorded.append(
      chainOf(1),
      stepped('step.intent', 'suspend'),
      stepped('step.outcome', 'suspend'),
      stepped('step.intent', 'removal'),
    );

    assert.deepEqual((await all({ action: 'step.intent:removal' })).found, ['1/3']);
    assert.deepEqual((await all({ action: 'step.outcome:removal' })).found, []);
    assert.deepEqual((await all({ action: 'step.intent' })).found, ['1/3', '1/1']);
  });

  it('says whom each request is for', async () => {
    const opened = { ...by('ada', 'request.opened', 'contoso'), detail: { domain: 'contoso.com' } };
    await recorded.append(chainOf(1), opened, by('ada', 'step.intent', 'a-holding'));

    assert.deepEqual(
      (await part()).entries.map(({ customer }) => customer),
      [1, 2].map(() => ({ id: 'contoso', domain: 'contoso.com' })),
    );
  });

  it('finds those of some days, the last one whole', async () => {
    await recorded.append(chainOf(1), by('ada', 'request.sent'));
    recorded.pass(DAY_MS);
    await recorded.append(chainOf(1), by('bo', 'request.approved'));

    assert.deepEqual((await all({ from: '2026-03-01', to: '2026-03-01' })).found, ['1/1']);
    assert.deepEqual((await all({ from: '2026-03-02' })).found, ['1/2']);
  });

  it('leaves nothing out and finds nothing twice, whatever was recorded when, and whatever comes in between', async () => {
    const step = fc.oneof(
      {
        weight: 6,
        arbitrary: fc.record({ chain: fc.integer({ min: 1, max: 6 }), count: fc.integer({ min: 1, max: 45 }) }),
      },
      { weight: 3, arbitrary: fc.record({ late: fc.integer({ min: 1, max: 20 * DAY_MS }) }) },
      { weight: 4, arbitrary: fc.record({ pass: fc.integer({ min: 0, max: 3 * DAY_MS }) }) },
      { weight: 1, arbitrary: fc.record({ pass: fc.integer({ min: 0, max: 40 * DAY_MS }) }) },
      { weight: 4, arbitrary: fc.record({ pass: fc.integer({ min: 0, max: 20 * MINUTE_MS }) }) },
      { weight: 4, arbitrary: fc.constant('checkpoint' as const) },
      { weight: 1, arbitrary: fc.record({ pass: fc.integer({ min: -2 * DAY_MS, max: -1 }) }) },
      { weight: 1, arbitrary: fc.record({ damage: fc.integer({ min: 1, max: 6 }) }) },
      { weight: 1, arbitrary: fc.constant('mend' as const) },
      { weight: 1, arbitrary: fc.constant('archive' as const) },
    );
    const archiveAll = async (): Promise<void> => {
      for (const kind of ['request', 'audit', 'checkpoint'])
        for (const name of (await Array.fromAsync(recorded.store.partitions(kind))).sort()) {
          const { version, rows } = await recorded.store.read(name);
          const month = name.startsWith('request:') ? '2026-03' : name.slice(name.indexOf(':') + 1).slice(0, 7);
          const isNewest =
            kind === 'checkpoint' && name === (await Array.fromAsync(recorded.store.partitions(kind))).sort().at(-1);
          if (isNewest || [...rows.values()].some(({ dueAt }) => dueAt !== undefined)) continue;
          await recorded.store.archive(name, version, month);
        }
    };
    const everything = async (): Promise<readonly FoundEntry[]> => {
      const names = new Set<string>();
      for (const kind of ['request', 'audit'])
        for await (const name of recorded.store.partitions(kind)) names.add(name);
      for (const month of await recorded.store.archiveMonths())
        for await (const name of recorded.store.archived(month)) if (!name.startsWith('checkpoint:')) names.add(name);
      const chains = await Promise.all(
        [...names].map(async (chain) =>
          readAudit(await recorded.rows(chain)).map((entry): FoundEntry => ({ ...entry, chain })),
        ),
      );
      return chains.flat().sort(newestFirst);
    };

    const foundOf = async (sought: SoughtEntries, between?: () => Promise<void>): Promise<readonly string[]> => {
      const { found, unreadable } = await all(sought, between);
      assert.deepEqual(unreadable, []);
      return found;
    };

    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { minLength: 1, maxLength: 60, size: 'max' }),
        fc.nat(1_000),
        async (steps, cut) => {
          begin();
          for (const one of steps) {
            if (one === 'checkpoint') await recorded.checkpoint();
            else if (one === 'mend') recorded.damaged = [];
            else if (one === 'archive') await archiveAll();
            else if ('damage' in one) recorded.damaged = [chainOf(one.damage)];
            else if ('pass' in one) recorded.pass(one.pass);
            else if ('late' in one) {
              const happened = new Date(recorded.now.getTime() - one.late);
              const chain = `audit:${recorded.now.toISOString().slice(0, 10)}.b`;
              await recorded.append(chain, { ...by('bo', 'bot.stopped'), happened } as AuditEvent);
            } else if (!recorded.damaged.includes(chainOf(one.chain)))
              await recorded.append(chainOf(one.chain), ...refusals(one.count));
          }
          recorded.damaged = [];
          const expected = await everything();
          const between = async (): Promise<void> => {
            recorded.pass(11 * MINUTE_MS);
            await recorded.append(chainOf(3), ...refusals(2));
            await recorded.checkpoint();
          };

          const found = await foundOf({}, between);
          assert.equal(new Set(found).size, found.length);
          // What comes in between is found too where its clock is behind the place.
          const before = new Set(expected.map(nameOf));
          assert.deepEqual(
            found.filter((name) => before.has(name)),
            expected.map(nameOf),
          );

          const day = expected[cut % Math.max(1, expected.length)]?.at.slice(0, 10) ?? '2026-03-01';
          assert.deepEqual(
            await foundOf({ from: day, to: day }),
            (await everything()).filter(({ at }) => at.startsWith(day)).map(nameOf),
          );
          assert.deepEqual(
            await foundOf({ to: day }),
            (await everything()).filter(({ at }) => at.slice(0, 10) <= day).map(nameOf),
          );
        },
      ),
      { numRuns: 60 },
    );
  }).timeout(60_000);

  it('reads only chains of the time at which it looks, on the first part and on later ones', async () => {
    for (let n = 1; n <= 300; n += 1) {
      await recorded.append(chainOf(n), ...refusals(2));
      recorded.pass(HOUR_MS);
      if (n % 4 === 0) await recorded.checkpoint();
    }

    const first = await part();
    assert.deepEqual([first.entries.length, first.entries[0]?.chain], [50, chainOf(300)]);
    assert.ok(chainsRead().length < 40, `${chainsRead().length} chains for 50 entries of 25`);
    assert.ok(read.length < 60, `${read.length} partitions in all, days of checkpoints with them`);

    read = [];
    const later = await part({}, first.next);
    assert.deepEqual([later.entries.length, later.entries[0]?.chain], [50, chainOf(275)]);
    assert.ok(read.length < 40, `${read.length} partitions for the second part: days that are over are known`);

    read = [];
    assert.equal((await part({ to: '2026-03-05' })).entries.length, 50);
    assert.ok(read.length < 40, `${read.length} partitions for what was long ago`);

    read = [];
    assert.deepEqual(await part({ to: '2026-02-01' }), { entries: [], unreadable: [] });
    assert.deepEqual(chainsRead(), []);
  });

  it('does not read what is known to be of no concern', async () => {
    for (let n = 1; n <= 9; n += 1) await recorded.append(chainOf(n), by('ada', 'request.opened', `customer-${n}`));
    others = [1, 2, 3, 4, 6, 7, 8, 9].map((n) => ({ id: chainOf(n).slice(8), customer: { id: `customer-${n}` } }));

    const { entries } = await part({ customer: 'customer-5' });

    assert.deepEqual([entries.map(nameOf), chainsRead()], [['5/1'], [chainOf(5)]]);
  });

  it('stops when it has read enough, however little it has found, and says how far back it has looked', async () => {
    for (let n = 1; n <= 450; n += 1) {
      await recorded.append(chainOf(n), by(n === 1 ? 'bo' : 'ada', 'refused'));
      recorded.pass(MINUTE_MS);
      if (n % 10 === 0) await recorded.checkpoint();
    }

    const first = await part({ person: 'bo' });

    assert.deepEqual([first.entries, first.next?.entry], [[], undefined]);
    const minutes = (recorded.now.getTime() - Date.parse(first.next?.at ?? '')) / MINUTE_MS;
    assert.ok(minutes > 150 && minutes < 250, `it has looked back ${minutes} minutes`);
    const { found, steps } = await all({ person: 'bo' });
    assert.deepEqual(found, ['1/1']);
    assert.ok(steps > 1 && steps < 5, `${steps} steps`);
  });

  it('says which chain it could not read, or not all of, and goes on without it', async () => {
    await recorded.append(chainOf(1), by('ada', 'refused'));
    await recorded.append(chainOf(2), by('ada', 'refused'), by('ada', 'refused'));
    const rows = new Map(await recorded.rows(chainOf(2)));
    rows.set('audit:000001', { value: 'gone' });
    await recorded.tamper(chainOf(2), rows);
    damaged = [chainOf(1)];

    const { entries, unreadable, next } = await part();

    assert.deepEqual(
      [entries.map(nameOf), unreadable.toSorted(), next],
      [['2/2'], [chainOf(1), chainOf(2)], undefined],
    );
  });

  it('says of its own day that a chain cannot be read which no checkpoint could cover', async () => {
    await recorded.append(chainOf(1), by('ada', 'refused'));
    recorded.damaged = damaged = [chainOf(1)];
    for (let n = 1; n <= 5; n += 1) {
      recorded.pass(DAY_MS);
      await recorded.append(chainOf(2), by('ada', 'refused'));
      await recorded.checkpoint();
    }

    assert.deepEqual(await part({ from: '2026-03-01', to: '2026-03-01' }), { entries: [], unreadable: damaged });
  });

  it('says that a chain is gone which a checkpoint names, and not so of one that was deleted at the end of its time', async () => {
    await recorded.append(chainOf(1), by('ada', 'refused'));
    await recorded.append(chainOf(2), by('ada', 'refused'));
    await recorded.checkpoint();
    gone = [chainOf(1)];
    const head = (await recorded.rows(chainOf(2))).get('audit-head')!;
    const said = { deletedAt: '', state: 'done', endedAt: '', rows: 2 };
    const tombstone = tombstoneFor(chainOf(2), { rows: new Map([['audit-head', head]]) }, said, key);
    await recorded.tamper(
      chainOf(2),
      new Map([
        ['audit-head', head],
        ['tombstone', { value: tombstone }],
      ]),
    );

    assert.deepEqual(await part(), { entries: [], unreadable: [chainOf(1)] });
  });

  describe('where days of checkpoints are lost', () => {
    const dayOf = (n: number): string => `checkpoint:2026-03-0${n}`;
    beforeEach(async () => {
      for (let n = 1; n <= 5; n += 1) {
        await recorded.append(chainOf(n), by('ada', 'refused'));
        await recorded.checkpoint();
        recorded.pass(DAY_MS);
      }
    });
    const everything = ['5/1', '4/1', '3/1', '2/1', '1/1'];

    for (const [which, days, named] of [
      ['one', [2], [2]],
      ['the oldest', [1, 2], [2]],
      ['the newest', [5], [5]],
      ['all of them', [1, 2, 3, 4, 5], [5]],
    ] as const) {
      it(`finds what is named nowhere any more, and says so: ${which} gone`, async () => {
        gone = days.map(dayOf);
        assert.deepEqual(await part(), { entries: (await all()).entries, unreadable: named.map(dayOf) });
        assert.deepEqual((await all()).found, everything);
      });

      it(`says it in a search of one day too: ${which} gone`, async () => {
        gone = days.map(dayOf);
        const { found, unreadable } = await all({ from: '2026-03-01', to: '2026-03-01' });
        assert.deepEqual([found, unreadable], [['1/1'], named.map(dayOf)]);
      });
    }

    it('says which day cannot be read, and no longer once it was put back', async () => {
      damaged = [dayOf(2)];
      assert.deepEqual([(await all()).found, (await all()).unreadable], [everything, [dayOf(2)]]);

      damaged = [];
      assert.deepEqual([(await all()).found, (await all()).unreadable], [everything, []]);
    });

    it('reads a chain of which a lost day has covered a part', async () => {
      await recorded.append(chainOf(1), by('bo', 'refused'));
      await recorded.checkpoint();
      recorded.pass(DAY_MS);
      await recorded.append(chainOf(1), by('ada', 'refused'));
      await recorded.checkpoint();
      gone = ['checkpoint:2026-03-06'];

      assert.deepEqual((await all({ from: '2026-03-06', to: '2026-03-06' })).found, ['1/2']);
    });
  });

  it('finds what was recorded by a clock that is ahead of the one that is there now', async () => {
    await recorded.append(chainOf(1), by('ada', 'refused'));
    recorded.pass(-2 * HOUR_MS);
    await recorded.append(chainOf(2), by('ada', 'refused'));
    assert.deepEqual((await all()).found, ['1/1', '2/1']);

    recorded.pass(3 * HOUR_MS);
    await recorded.checkpoint();
    recorded.pass(-3 * HOUR_MS);
    assert.deepEqual((await all()).found, ['1/1', '2/1']);
  });

  it('finds what was stored days late on its own day', async () => {
    const happened = recorded.now;
    recorded.pass(3 * DAY_MS);
    const late = { ...by('bo', 'bot.stopped'), happened } as AuditEvent;
    await recorded.append('audit:2026-03-04.b', late);
    await recorded.checkpoint();
    for (let n = 1; n <= 4; n += 1) {
      recorded.pass(HOUR_MS);
      await recorded.append(chainOf(1), by('ada', 'refused'));
      await recorded.checkpoint();
    }

    assert.deepEqual((await all({ from: '2026-03-01', to: '2026-03-01' })).found, ['audit:2026-03-04.b/1']);
  });
});
