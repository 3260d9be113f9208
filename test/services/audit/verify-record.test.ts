import assert from 'node:assert/strict';
import fc from 'fast-check';
import { appendAudit, auditKeyOf, headOf } from '../../../services/audit/audit-chain.ts';
import { anchorsIn, isHead } from '../../../services/audit/anchors.ts';
import { entriesOf } from '../../../services/audit/export-record.ts';
import { exportText } from '../../../services/audit/export-text.ts';
import { faultLine } from '../../../services/audit/record-fault.ts';
import { tombstoneFor } from '../../../services/audit/tombstone.ts';
import { verifyRecord } from '../../../services/audit/verify-record.ts';
import { DAY_MS, MINUTE_MS } from '../../../services/clock.ts';
import { applyChanges } from '../../../services/storage/rows.ts';
import type { Json, Partition } from '../../../services/storage/store.ts';
import { chainOf, deprived, event, key, Recorded } from './recorded.ts';

type Rows = Partition['rows'];
const [ONE, TWO, THREE] = [chainOf(1), chainOf(2), chainOf(3)];
const FIRST_DAY = 'checkpoint:2026-03-01';
const SECOND_DAY = 'checkpoint:2026-03-02';

const entryKey = (seq: number): string => `audit:${String(seq).padStart(6, '0')}`;
const without = (rows: Rows, ...keys: string[]): Rows => new Map([...rows].filter(([name]) => !keys.includes(name)));
const edited = (rows: Rows, name: string, more: Record<string, Json>): Rows =>
  new Map([...rows, [name, { value: { ...(rows.get(name)!.value as Record<string, Json>), ...more } }]]);
/** A whole chain with the right key, and another story. */
const rewritten = (chain: string, length: number, words: string, at: Date): Rows => {
  const events = Array.from({ length }, (_, n) => event(n + 1, words));
  return applyChanges(new Map(), appendAudit(new Map(), events, at, chain, key));
};

/** Three chains with two days of checkpoints. */
async function twoDays(): Promise<Recorded> {
  const recorded = new Recorded();
  await recorded.append(ONE, event(1), event(2));
  await recorded.append(TWO, event(1), event(2));
  await recorded.checkpoint();
  recorded.pass(10 * MINUTE_MS);
  await recorded.append(ONE, event(3));
  await recorded.checkpoint();
  recorded.pass(DAY_MS);
  await recorded.append(TWO, event(3));
  await recorded.append(THREE, event(1));
  await recorded.checkpoint();
  return recorded;
}

describe('the whole record', () => {
  let recorded: Recorded;
  beforeEach(async () => {
    recorded = await twoDays();
  });
  const lines = async (anchors: readonly string[] = []): Promise<readonly string[]> =>
    (await recorded.verify(anchors)).faults.map(faultLine);

  it('is intact as it was written, and says how much of it there is', async () => {
    const { newest, ...counts } = await recorded.verify();

    assert.deepEqual(counts, { faults: [], chains: 3, entries: 7 + 3, checkpoints: 3, uncovered: 0, buried: 0 });
    assert.deepEqual(newest, { chain: SECOND_DAY, ...headOf(await recorded.rows(SECOND_DAY)) });
  });

  it('is intact while it grows, and says how much no checkpoint covers yet', async () => {
    await recorded.append(ONE, event(4));
    await recorded.append(chainOf(4), event(1));

    const { faults, uncovered } = await recorded.verify();

    assert.deepEqual([faults, uncovered], [[], 2]);
  });

  it('is intact when a checkpoint is written while it is being read', async () => {
    let isWritten = false;
    const source = {
      partitions: (kind: string) => recorded.store.partitions(kind),
      read: async (partition: string) => {
        if (partition === ONE && !isWritten) {
          isWritten = true;
          await recorded.append(ONE, event(4));
          await recorded.checkpoint();
        }
        return recorded.store.read(partition);
      },
    };

    assert.deepEqual((await verifyRecord(source, key)).faults, []);
    assert.ok(isWritten);
  });

  describe('with a request that was deleted at the end of its time', () => {
    const HEAD = 'audit-head';
    const said = { deletedAt: '2033-04-01T00:00:00.000Z', state: 'done', endedAt: '2026-03-02T00:00:00.000Z', rows: 5 };
    const LONG_AFTER = new Date('2033-05-01T00:00:00.000Z');
    const buried = (rows: Rows, chain = ONE, how = said): Rows =>
      new Map([
        [HEAD, rows.get(HEAD)!],
        ['tombstone', { value: tombstoneFor(chain, { rows }, how, key) }],
      ]);

    it('is intact, says that it was deleted, and finds its head as an anchor', async () => {
      const rows = await recorded.rows(ONE);
      const { head } = headOf(rows)!;
      await recorded.tamper(ONE, buried(rows));

      const { faults, buried: count } = await verifyRecord(recorded.store, key, new Set([head]), LONG_AFTER);

      assert.deepEqual([faults, count], [[], 1]);
    });

    it('is not, where it was deleted long before its time, by whoever has the key', async () => {
      const rows = await recorded.rows(ONE);
      await recorded.tamper(ONE, buried(rows));
      const anchors = new Set([headOf(rows)!.head]);

      const { faults } = await verifyRecord(recorded.store, key, anchors, recorded.now);

      assert.deepEqual(faults.map(faultLine), [
        `${ONE}: deleted as at the end of its time, and begun on 2026-03-01T09:00:00.000Z`,
      ]);
    });

    it('is not, where it sums up to something else than a checkpoint has covered', async () => {
      const rows = new Map(await recorded.rows(ONE));
      const [last] = [...rows.keys()]
        .filter((name) => name.startsWith('audit:0'))
        .sort()
        .slice(-1);
      rows.delete(last!);
      rows.delete(HEAD);
      const events = [event(99, 'something else')];
      for (const change of appendAudit(new Map(), events, recorded.now, ONE, key))
        if ('row' in change) rows.set(change.key, change.row);
      await recorded.tamper(ONE, buried(rows));

      assert.deepEqual(
        (await verifyRecord(recorded.store, key, new Set(), LONG_AFTER)).faults.map(({ kind }) => kind),
        ['rewritten'],
      );
    });

    it('is not, where the tombstone was made by somebody without the key, or for another chain', async () => {
      const forged = (rows: Rows): Rows =>
        new Map([
          [HEAD, rows.get(HEAD)!],
          ['tombstone', { value: { ...said, mac: '0'.repeat(64) } }],
        ]);
      for (const tampered of [forged, (rows: Rows) => buried(rows, TWO)]) {
        const anew = await twoDays();
        await anew.tamper(ONE, tampered(await anew.rows(ONE)));
        assert.notEqual((await anew.verify()).faults.length, 0);
      }
    });
  });

  it('shows an edit: which chain, which entry', async () => {
    await recorded.tamper(ONE, edited(await recorded.rows(ONE), entryKey(2), { actor: 'person:bo' }));

    assert.deepEqual(await lines(), [`${ONE}: entry 2: the entry was edited, or the key is another one`]);
  });

  it('shows an entry taken out, and an end cut off', async () => {
    await recorded.tamper(ONE, without(await recorded.rows(ONE), entryKey(1)));
    await recorded.tamper(TWO, without(await recorded.rows(TWO), entryKey(3)));

    assert.deepEqual(await lines(), [
      `${ONE}: entry 1: the entry is missing`,
      `${TWO}: entry 3: the end is cut off from here`,
    ]);
  });

  it('shows two chains that have changed places', async () => {
    const [one, two] = [await recorded.rows(ONE), await recorded.rows(TWO)];
    await recorded.tamper(ONE, two);
    await recorded.tamper(TWO, one);

    assert.deepEqual(await recorded.kinds(), ['broken', 'broken']);
  });

  it('shows a chain that is gone as a whole', async () => {
    const { faults } = await verifyRecord(deprived(recorded.store, TWO), key);

    assert.deepEqual(faults.map(faultLine), [`${TWO}: missing, and up to entry 3 covered by ${SECOND_DAY} entry 1`]);
  });

  it('shows a chain whose entries are gone, also where none was covered', async () => {
    await recorded.append(chainOf(4), event(1));
    await recorded.tamper(chainOf(4), new Map([['request', { value: {} }]]));
    await recorded.tamper(ONE, new Map([['request', { value: {} }]]));

    assert.deepEqual(await recorded.kinds(), ['rolled-back', 'empty']);
  });

  it('shows an older copy of one chain', async () => {
    const older = rewritten(TWO, 2, 'as agreed', new Date('2026-03-01T09:00:00.000Z'));
    await recorded.tamper(TWO, older);

    assert.deepEqual(await lines(), [
      `${TWO}: entry 3: not there any more, and covered by ${SECOND_DAY} entry 1: an older copy was put back`,
    ]);
  });

  it('shows an older copy that has grown again since', async () => {
    await recorded.tamper(TWO, rewritten(TWO, 2, 'as agreed', new Date('2026-03-01T09:00:00.000Z')));
    recorded.pass(MINUTE_MS);
    await recorded.append(TWO, event(3), event(4));
    await recorded.checkpoint();

    assert.ok((await lines()).some((line) => line.startsWith(`${TWO}: entry 3: another one than was covered`)));
  });

  it('shows a chain that was written anew with the right key', async () => {
    await recorded.tamper(ONE, rewritten(ONE, 3, 'as nobody agreed', recorded.now));

    assert.deepEqual(await lines(), [`${ONE}: entry 2: another one than was covered by ${FIRST_DAY} entry 1`]);
  });

  it('shows a checkpoint that is gone', async () => {
    const rows = await recorded.rows(FIRST_DAY);
    await recorded.tamper(FIRST_DAY, without(rows, entryKey(2)));

    assert.deepEqual(await recorded.kinds(), ['broken', 'not-following', 'checkpoint-missing']);
  });

  it('shows a day of checkpoints that is gone, in the middle and at the end', async () => {
    const inTheMiddle = await verifyRecord(deprived(recorded.store, FIRST_DAY), key);
    const atTheEnd = await verifyRecord(deprived(recorded.store, SECOND_DAY), key);

    assert.ok(inTheMiddle.faults.some(({ kind }) => kind === 'not-following'));
    assert.deepEqual(
      atTheEnd.faults.map(({ kind }) => kind),
      ['checkpoint-missing', 'checkpoint-missing'],
    );
  });

  it('shows everything as edited to another key', async () => {
    const { faults } = await verifyRecord(recorded.store, auditKeyOf(new Uint8Array(32).fill(8)));

    assert.equal(faults.filter(({ kind }) => kind === 'broken').length, 5);
  });
});

describe('whatever is done to the rows of a record', () => {
  it('is found', async () => {
    const chains = [ONE, TWO, THREE, FIRST_DAY, SECOND_DAY];
    const whole = await twoDays();
    const stored = await Promise.all(chains.map(async (chain) => [chain, await whole.rows(chain)] as const));
    // Where a writer of checkpoints goes on is no part of the record.
    const ofTheWriter = new Set(['audit-checkpoint', 'audit-next-day']);
    const places = stored.flatMap(([chain, rows]) =>
      [...rows.keys()].filter((name) => !ofTheWriter.has(name)).map((name) => ({ chain, name })),
    );
    const deed = fc.record({
      place: fc.constantFrom(...places),
      /** How far into the text of the row; beyond it the row is taken away. */
      at: fc.double({ min: 0, max: 1.1, noNaN: true }),
      letter: fc.constantFrom(...'0123456789abcdefxyz"{}'.split('')),
    });

    await fc.assert(
      fc.asyncProperty(deed, async ({ place: { chain, name }, at, letter }) => {
        const rows = new Map(stored.find(([one]) => one === chain)![1]);
        const text = JSON.stringify(rows.get(name)!.value);
        const position = Math.floor(at * text.length);
        const changed = valueOf(text.slice(0, position) + letter + text.slice(position + 1));
        if (position >= text.length) rows.delete(name);
        else rows.set(name, { value: changed });
        fc.pre(position >= text.length || JSON.stringify(changed) !== text);

        const source = {
          partitions: (kind: string) => whole.store.partitions(kind),
          read: async (partition: string) =>
            partition === chain ? { version: '1', rows } : whole.store.read(partition),
        };

        assert.notEqual((await verifyRecord(source, key)).faults.length, 0);
      }),
      { numRuns: 1_000 },
    );
  });
});

/** What an editor may leave behind: another value, or what is no JSON at all. */
function valueOf(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return text;
  }
}

describe('an anchor', () => {
  let recorded: Recorded;
  /** What somebody kept elsewhere of a record at a later time. */
  let newest: string;
  let receipt: string;
  beforeEach(async () => {
    recorded = await twoDays();
    newest = (await recorded.verify()).newest!.head;
    receipt = headOf(await recorded.rows(TWO))!.head;
  });

  it('is found while the record only grows', async () => {
    await recorded.append(TWO, event(4));
    recorded.pass(MINUTE_MS);
    await recorded.checkpoint();

    await recorded.intact([newest, receipt]);
  });

  it('shows that the whole store was put back to an older copy, which is whole in itself', async () => {
    const older = new Recorded();
    await older.append(ONE, event(1), event(2));
    await older.append(TWO, event(1), event(2));
    await older.checkpoint();

    await older.intact();
    assert.deepEqual(await older.kinds([newest]), ['anchor-missing']);
    assert.deepEqual(await older.kinds([receipt]), ['anchor-missing']);
  });

  it('shows that the whole store was written anew with the right key', async () => {
    const anew = new Recorded();
    for (const chain of [ONE, TWO, THREE])
      await anew.append(chain, event(1, 'otherwise'), event(2, 'otherwise'), event(3, 'otherwise'));
    await anew.checkpoint();

    await anew.intact();
    assert.deepEqual((await anew.verify([newest])).faults, [{ kind: 'anchor-missing', anchor: newest }]);
  });

  for (const format of ['csv', 'json'] as const)
    it(`can be an export as ${format}, digests in it notwithstanding`, async () => {
      await recorded.append(ONE, { ...event(4), detail: { digest: 'ab'.repeat(32) } });
      let text = '';
      const entries = entriesOf(recorded.store, {}, () => assert.fail());
      for await (const part of exportText(entries, format)) text += part;

      const anchors = [...anchorsIn(text)];

      assert.equal(anchors.length, 8 + 3);
      await recorded.intact(anchors);
      const other = new Recorded();
      await other.append(ONE, event(1));
      assert.equal((await other.kinds(anchors)).length, anchors.length - 1);
    });

  it('is read from a list with words in front, and from nothing else', () => {
    const [a, b] = ['a1'.repeat(32), 'b2'.repeat(32)];

    assert.deepEqual([...anchorsIn(`kept on Monday ${a}\r\n\n${b}\n${a.slice(1)}\n${a} and so on\n`)], [a, b]);
    assert.ok(isHead(` ${a.toUpperCase()} `));
    assert.ok(!isHead('anchors.txt'));
  });
});
