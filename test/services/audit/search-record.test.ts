import assert from 'node:assert/strict';
import type { AuditEvent } from '../../../services/audit/audit-chain.ts';
import { searchRecord, type RecordPlace, type WantedEntries } from '../../../services/audit/search-record.ts';
import { DAY_MS } from '../../../services/clock.ts';
import type { UserId } from '../../../services/ids.ts';
import { StoreError } from '../../../services/storage/store.ts';
import { chainOf, Recorded } from './recorded.ts';

const by = (person: UserId, action: string): AuditEvent => ({ action, actor: `person:${person}` });

describe('a search of the record', () => {
  let recorded: Recorded;
  beforeEach(() => {
    recorded = new Recorded();
  });

  /** Goes on until the end, as somebody does who presses *Search on* each time. */
  const all = async (
    chains: readonly string[],
    wanted: WantedEntries = {},
  ): Promise<{ readonly found: readonly string[]; readonly steps: number }> => {
    const found: string[] = [];
    let after: RecordPlace | undefined;
    let steps = 0;
    do {
      const part = await searchRecord(recorded.store, chains, wanted, after);
      found.push(...part.entries.map(({ chain, seq }) => `${Number(chain.slice(-12))}/${seq}`));
      after = part.next;
      steps += 1;
    } while (after !== undefined && steps < 50);
    return { found, steps };
  };

  it('finds entries by who and what, the newest of each chain first', async () => {
    await recorded.append(chainOf(1), by('ada', 'request.sent'), by('bo', 'request.approved'), by('ada', 'refused'));
    await recorded.append(chainOf(2), by('ada', 'request.sent'));
    const chains = [chainOf(1), chainOf(2)];

    assert.deepEqual((await all(chains)).found, ['1/3', '1/2', '1/1', '2/1']);
    assert.deepEqual((await all(chains, { person: 'ada' })).found, ['1/3', '1/1', '2/1']);
    assert.deepEqual((await all(chains, { person: 'ada', action: 'request.sent' })).found, ['1/1', '2/1']);
    assert.deepEqual((await all(chains, { person: 'ad' })).found, []);
  });

  it('finds those of some days, the last one whole', async () => {
    await recorded.append(chainOf(1), by('ada', 'request.sent'));
    recorded.pass(DAY_MS);
    await recorded.append(chainOf(1), by('bo', 'request.approved'));
    const [first, second] = ['2026-03-01T00:00:00.000Z', '2026-03-02T00:00:00.000Z'];

    assert.deepEqual((await all([chainOf(1)], { from: first, before: second })).found, ['1/1']);
    assert.deepEqual((await all([chainOf(1)], { from: second })).found, ['1/2']);
  });

  it('does not read the chains of other days', async () => {
    const days = ['audit:2026-02-20.b', 'audit:2026-02-28.b', 'audit:2026-03-01.b', 'audit:2026-03-03.b'];
    const read: string[] = [];
    const source = {
      read: (chain: string) => {
        read.push(chain);
        return recorded.store.read(chain);
      },
    };

    await searchRecord(source, days, { from: '2026-02-28T00:00:00.000Z', before: '2026-03-01T00:00:00.000Z' });

    assert.deepEqual(
      read,
      ['audit:2026-03-01.b', 'audit:2026-02-28.b'],
      'the day after may hold what has waited to be stored',
    );
  });

  it('stops when it has found enough, and goes on behind it, leaving nothing out and nothing twice', async () => {
    await recorded.append(chainOf(1), ...Array.from({ length: 80 }, () => by('ada', 'refused')));
    recorded.pass(1);
    await recorded.append(chainOf(2), ...Array.from({ length: 80 }, () => by('ada', 'refused')));
    await recorded.append(chainOf(3), ...Array.from({ length: 60 }, () => by('ada', 'refused')));

    const { found, steps } = await all([chainOf(1), chainOf(2), chainOf(3)]);

    assert.deepEqual([found.length, new Set(found).size, steps], [220, 220, 3]);
  });

  it('looks through each chain once, in whatever order they come, and though some come and go in between', async () => {
    for (let n = 1; n <= 5; n += 1)
      await recorded.append(chainOf(n), ...Array.from({ length: 60 }, () => by('ada', 'refused')));
    await recorded.append('audit:2026-03-01.b', by('ada', 'refused'));
    const orders = [
      [5, 3, 1, 2, 4],
      [4, 2, 1, 3, 5],
      [1, 3, 4, 5],
      [5, 4, 3, 1, 4],
    ].map((order) => [...order.map(chainOf), 'audit:2026-03-01.b']);
    const found: string[] = [];
    let after: RecordPlace | undefined;
    for (const order of orders) {
      const part = await searchRecord(recorded.store, order, {}, after);
      found.push(...part.entries.map(({ chain, seq }) => `${chain}/${seq}`));
      after = part.next;
    }

    assert.equal(after, undefined);
    assert.equal(new Set(found).size, found.length, 'something was found twice');
    const wanted = [1, 3, 4, 5].flatMap((n) => Array.from({ length: 60 }, (_, at) => `${chainOf(n)}/${at + 1}`));
    assert.deepEqual(
      wanted.filter((one) => !found.includes(one)),
      [],
    );
  });

  it('stops when it has read enough, however little it has found', async () => {
    const chains = Array.from({ length: 450 }, (_, n) => chainOf(n + 1));
    await recorded.append(chainOf(450), by('ada', 'refused'));

    const first = await searchRecord(recorded.store, chains, {});

    assert.deepEqual([first.entries.length, first.looked, first.chains], [0, 200, 450]);
    assert.deepEqual(await all(chains), { found: ['450/1'], steps: 3 });
  });

  it('says which chain it could not read, and goes on without it', async () => {
    await recorded.append(chainOf(2), by('ada', 'refused'));
    const source = {
      read: (chain: string) =>
        chain === chainOf(1) ? Promise.reject(new StoreError('damaged', 'gone')) : recorded.store.read(chain),
    };

    const { entries, unreadable, next } = await searchRecord(source, [chainOf(1), chainOf(2)], {});

    assert.deepEqual([entries.length, unreadable, next], [1, [chainOf(1)], undefined]);
  });
});
