import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { AuditEvent } from '../../../services/audit/audit-chain.ts';
import { readAudit } from '../../../services/audit/audit-chain.ts';
import {
  newestFirst,
  searchRecord,
  type FoundEntry,
  type RecordPlace,
  type SearchedRecord,
  type WantedEntries,
} from '../../../services/audit/search-record.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../services/clock.ts';
import type { UserId } from '../../../services/ids.ts';
import { StoreError } from '../../../services/storage/store.ts';
import { chainOf, Recorded } from './recorded.ts';

const by = (person: UserId, action: AuditEvent['action'], target?: string): AuditEvent => ({
  ...{ action, actor: `person:${person}` },
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
    recorded = new Recorded();
    read = [];
    damaged = [];
  });

  const part = (
    wanted: WantedEntries = {},
    after?: RecordPlace,
    mayHold?: (chain: string) => boolean,
  ): Promise<SearchedRecord> => {
    const index = {
      ...recorded.store,
      read: (name: string) => {
        read.push(name);
        if (damaged.includes(name)) return Promise.reject(new StoreError('damaged', 'gone'));
        return recorded.store.read(name);
      },
    };
    return searchRecord({ index, now: recorded.now, ...(mayHold && { mayHold }) }, wanted, after);
  };
  const chainsRead = (): readonly string[] => read.filter((name) => !name.startsWith('checkpoint:'));

  /** Goes on until the end, as somebody does who presses *Search on* each time. */
  const all = async (
    wanted: WantedEntries = {},
    between: () => Promise<unknown> = () => Promise.resolve(),
  ): Promise<{
    readonly found: readonly string[];
    readonly entries: readonly FoundEntry[];
    readonly steps: number;
  }> => {
    const entries: FoundEntry[] = [];
    let after: RecordPlace | undefined;
    let steps = 0;
    do {
      const { entries: some, next } = await part(wanted, after);
      entries.push(...some);
      after = next;
      steps += 1;
      await between();
    } while (after !== undefined && steps < 50);
    return { found: entries.map(nameOf), entries, steps };
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
    await recorded.append('audit:2026-03-01.b', by('bo', 'refused', 'contoso'), by('bo', 'refused'));

    assert.deepEqual((await all({ customer: 'contoso' })).found, ['audit:2026-03-01.b/1', '1/2', '1/1']);
    assert.deepEqual((await all({ person: 'ada' })).found, ['1/2', '1/1', '2/1']);
    assert.deepEqual((await all({ person: 'ada', action: 'request.opened' })).found, ['1/1', '2/1']);
    assert.deepEqual((await all({ person: 'ad' })).found, []);
    assert.deepEqual((await all({ chain: chainOf(2) })).found, ['2/1']);
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
    const [first, second] = ['2026-03-01T00:00:00.000Z', '2026-03-02T00:00:00.000Z'];

    assert.deepEqual((await all({ from: first, before: second })).found, ['1/1']);
    assert.deepEqual((await all({ from: second })).found, ['1/2']);
  });

  it('leaves nothing out and finds nothing twice, whatever was recorded when, and whatever comes in between', async () => {
    const step = fc.oneof(
      {
        weight: 6,
        arbitrary: fc.record({ chain: fc.integer({ min: 1, max: 6 }), count: fc.integer({ min: 1, max: 45 }) }),
      },
      { weight: 3, arbitrary: fc.record({ late: fc.integer({ min: 1, max: 20 * HOUR_MS }) }) },
      { weight: 4, arbitrary: fc.record({ pass: fc.integer({ min: 0, max: 3 * DAY_MS }) }) },
      { weight: 1, arbitrary: fc.record({ pass: fc.integer({ min: 0, max: 40 * DAY_MS }) }) },
      { weight: 4, arbitrary: fc.record({ pass: fc.integer({ min: 0, max: 20 * MINUTE_MS }) }) },
      { weight: 4, arbitrary: fc.constant('checkpoint' as const) },
      { weight: 1, arbitrary: fc.constant('put-back' as const) },
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

    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { minLength: 1, maxLength: 60, size: 'max' }),
        fc.nat(1_000),
        async (steps, cut) => {
          recorded = new Recorded();
          let putBacks = 0;
          for (const one of steps) {
            if (one === 'checkpoint') await recorded.checkpoint();
            else if (one === 'put-back') recorded.pass(++putBacks > 3 ? 0 : -4 * MINUTE_MS);
            else if (one === 'archive') await archiveAll();
            else if ('pass' in one) recorded.pass(one.pass);
            else if ('late' in one) {
              const happened = new Date(recorded.now.getTime() - one.late);
              const chain = `audit:${recorded.now.toISOString().slice(0, 10)}.b`;
              await recorded.append(chain, { ...by('bo', 'bot.stopped'), happened } as AuditEvent);
            } else await recorded.append(chainOf(one.chain), ...refusals(one.count));
          }
          const expected = await everything();
          const wanted = { before: new Date(recorded.now.getTime() + HOUR_MS).toISOString() };
          const between = async (): Promise<void> => {
            recorded.pass(11 * MINUTE_MS);
            await recorded.append(chainOf(3), ...refusals(2));
            await recorded.checkpoint();
          };

          assert.deepEqual((await all(wanted, between)).found, expected.map(nameOf));

          const from = expected[cut % Math.max(1, expected.length)]?.at ?? '2026';
          assert.deepEqual(
            (await all({ before: from })).found,
            (await everything()).filter(({ at }) => at < from).map(nameOf),
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

    read = [];
    const later = await part({}, { at: first.entries[49]!.at });
    assert.ok(
      later.entries.length > 0 && chainsRead().length < 50,
      `${chainsRead().length} chains for the second part`,
    );

    read = [];
    const longAgo = '2026-03-05T00:00:00.000Z';
    assert.equal((await part({ before: longAgo })).entries.length, 50);
    assert.ok(chainsRead().length < 50, `${chainsRead().length} chains for what was long ago`);
    assert.ok(read.length < 60, `${read.length} partitions in all`);

    read = [];
    assert.deepEqual(await part({ before: '2026-02-01T00:00:00.000Z' }), { entries: [], unreadable: [] });
    assert.ok(chainsRead().length <= 12, 'what the first checkpoints have covered may have begun before');
  });

  it('does not read what is known to be of no concern', async () => {
    for (let n = 1; n <= 9; n += 1) await recorded.append(chainOf(n), by('ada', 'request.opened', `customer-${n}`));

    const { entries } = await part({ customer: 'customer-5' }, undefined, (chain) => chain === chainOf(5));

    assert.deepEqual([entries.map(nameOf), read], [['5/1'], [chainOf(5)]]);
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

  it('says which chain it could not read, and goes on without it', async () => {
    await recorded.append(chainOf(1), by('ada', 'refused'));
    await recorded.append(chainOf(2), by('ada', 'refused'));
    damaged = [chainOf(1)];

    const { entries, unreadable, next } = await part();

    assert.deepEqual([entries.map(nameOf), unreadable, next], [['2/1'], [chainOf(1)], undefined]);
  });

  it('says which checkpoints cannot be read, or are gone, since what they name may be missing', async () => {
    for (let n = 1; n <= 3; n += 1) {
      await recorded.append(chainOf(n), by('ada', 'refused'));
      await recorded.checkpoint();
      recorded.pass(DAY_MS);
    }
    damaged = ['checkpoint:2026-03-02'];
    const { entries, unreadable } = await part();
    assert.deepEqual([entries.map(nameOf), unreadable], [['3/1', '1/1'], damaged]);

    damaged = [];
    const partitions = recorded.store.partitions.bind(recorded.store);
    recorded.store.partitions = async function* (kind) {
      for await (const name of partitions(kind)) if (name !== 'checkpoint:2026-03-02') yield name;
    };
    assert.deepEqual((await part()).unreadable, ['checkpoint:2026-03-02']);
  });
});
