import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import fc from 'fast-check';
import { appendAudit, auditKeyOf, readAudit, verifyAudit } from '../../../services/audit/audit-chain.ts';
import type { AuditEvent } from '../../../services/audit/audit-chain.ts';
import type { UserId } from '../../../services/ids.ts';
import { createMemoryStore } from '../../../services/storage/memory-store.ts';
import { applyChanges } from '../../../services/storage/rows.ts';
import { NEVER_WRITTEN, StoreError } from '../../../services/storage/store.ts';
import type { Json, Row } from '../../../services/storage/store.ts';

type Rows = ReadonlyMap<string, Row>;

const CHAIN = '0b0f6c1e-24c5-4b2f-8d24-2f6a1f1f9a01';
const OTHER_CHAIN = '0b0f6c1e-24c5-4b2f-8d24-2f6a1f1f9a02';
const key = auditKeyOf(new Uint8Array(32).fill(7));
const at = new Date('2026-03-01T09:00:00.000Z');

const person = (id: UserId): AuditEvent['actor'] => `person:${id}`;
const events: readonly AuditEvent[] = [
  { action: 'request.sent', actor: person('ada'), target: 'contoso', detail: { reason: 'moved', ticket: undefined } },
  { action: 'refused', actor: person('eve'), detail: { why: 'not-an-approver' } },
  { action: 'step.intent', actor: 'bot', target: 'relationship' },
  { action: 'step.outcome', actor: 'bot', target: 'relationship', detail: { status: 200 } },
];
const chainOf = (count: number, chain = CHAIN): Rows => {
  let rows: Rows = new Map([['head', { value: 'not audited' }]]);
  for (let n = 0; n < count; n += 1) {
    rows = applyChanges(rows, appendAudit(rows, [events[n % events.length]!], at, chain, key));
  }
  return rows;
};
const keyOf = (seq: number): string => `audit:${String(seq).padStart(6, '0')}`;
const without = (rows: Rows, ...keys: string[]): Rows => new Map([...rows].filter(([k]) => !keys.includes(k)));
const withValue = (rows: Rows, k: string, value: Json): Rows => new Map([...rows, [k, { value }]]);
const object = (rows: Rows, k: string): Record<string, Json> =>
  structuredClone(rows.get(k)!.value) as Record<string, Json>;

describe('the record of a request', () => {
  it('keeps every event in order, with who and when', () => {
    const rows = applyChanges(new Map(), appendAudit(new Map(), events, at, CHAIN, key));

    const entries = readAudit(rows);

    assert.deepEqual(
      entries.map((entry) => [entry.seq, entry.action, entry.actor, entry.at]),
      events.map((event, n) => [n + 1, event.action, event.actor, at.toISOString()]),
    );
    assert.equal(entries[0]?.prev, '0'.repeat(64));
    assert.equal(entries[1]?.prev, entries[0].mac);
  });

  it('is the same whether events came together or one by one', () => {
    const together = applyChanges(new Map(), appendAudit(new Map(), events, at, CHAIN, key));

    assert.deepEqual(readAudit(together), readAudit(chainOf(events.length)));
    assert.deepEqual(verifyAudit(together, CHAIN, key), verifyAudit(chainOf(events.length), CHAIN, key));
  });

  it('stays whole through the store, in the commit of the change itself', async () => {
    const store = createMemoryStore({ boot: 'boot-1' });
    const partition = `request:${CHAIN}`;
    const first = await store.commit(partition, NEVER_WRITTEN, [
      { key: 'request', row: { value: { state: 'pending' } } },
      ...appendAudit(new Map(), events.slice(0, 2), at, CHAIN, key),
    ]);
    const { rows } = await store.read(partition);

    await store.commit(partition, first, appendAudit(rows, events.slice(2), at, CHAIN, key));

    const stored = (await store.read(partition)).rows;
    assert.deepEqual(stored.get('request'), { value: { state: 'pending' } });
    const verdict = verifyAudit(stored, CHAIN, key);
    assert.equal(verdict.kind === 'intact' && verdict.entries, events.length);
    assert.equal(verdict.kind === 'intact' && verdict.head, object(stored, 'audit-head')['mac']);
  });

  it('is intact while nothing was recorded, and changes nothing for no event', () => {
    assert.deepEqual(verifyAudit(new Map(), CHAIN, key), { kind: 'intact', head: '0'.repeat(64), entries: 0 });
    assert.deepEqual(appendAudit(new Map(), [], at, CHAIN, key), []);
  });

  const tampering: [name: string, rows: Rows, at: number, why: string][] = [
    ['an edited reason', edited(chainOf(4), 1, { detail: { reason: 'asked to' } }), 1, 'edited'],
    ['another actor', edited(chainOf(4), 3, { actor: 'person:ada' }), 3, 'edited'],
    ['another time', edited(chainOf(4), 2, { at: '2026-02-28T09:00:00.000Z' }), 2, 'edited'],
    ['a word put in', edited(chainOf(4), 2, { note: 'as agreed' }), 2, 'edited'],
    ['a name of a chain put in', edited(chainOf(4), 2, { chain: CHAIN }), 2, 'edited'],
    ['an entry that is none', withValue(chainOf(4), keyOf(2), 'gone'), 2, 'edited'],
    ['an entry taken out', without(chainOf(4), keyOf(2)), 2, 'missing'],
    ['the first entry taken out', without(chainOf(4), keyOf(1)), 1, 'missing'],
    ['two entries changing places', swapped(chainOf(4), 2, 3), 2, 'out-of-order'],
    ['an entry shown twice', withValue(chainOf(4), keyOf(5), chainOf(4).get(keyOf(4))!.value), 5, 'out-of-order'],
    ['the last entry cut off', without(chainOf(4), keyOf(4)), 4, 'cut'],
    ['all entries cut off', without(chainOf(2), keyOf(1), keyOf(2)), 1, 'cut'],
    ['the head taken away', without(chainOf(4), 'audit-head'), 4, 'head'],
    ['the head of an earlier time', withValue(chainOf(4), 'audit-head', object(chainOf(3), 'audit-head')), 4, 'head'],
    [
      'a cut tail with a head made of what is left',
      withValue(without(chainOf(4), keyOf(4)), 'audit-head', { seq: 3, mac: object(chainOf(4), keyOf(3))['mac']! }),
      3,
      'head',
    ],
    ['a head that is none', withValue(chainOf(4), 'audit-head', 5), 4, 'head'],
    ['a chain moved here from another request', chainOf(4, OTHER_CHAIN), 1, 'edited'],
  ];
  for (const [name, rows, place, why] of tampering) {
    it(`shows ${name}`, () => {
      assert.deepEqual(verifyAudit(rows, CHAIN, key), { kind: 'broken', at: place, why });
    });
  }

  it('cannot be made with another key', () => {
    const otherKey = auditKeyOf(new Uint8Array(32).fill(8));

    assert.deepEqual(verifyAudit(chainOf(4), CHAIN, otherKey), { kind: 'broken', at: 1, why: 'edited' });
  });

  it('shows whatever is done to any of its rows', () => {
    const length = fc.integer({ min: 1, max: 12 });
    const whole = fc.tuple(length, fc.nat(), fc.constantFrom('edit', 'delete', 'swap', 'cut', 'move'), fc.nat());
    fc.assert(
      fc.property(whole, ([count, pick, what, other]) => {
        const rows = chainOf(count);
        const seq = (pick % count) + 1;
        const neighbour = (other % count) + 1;
        fc.pre(what !== 'swap' || neighbour !== seq);
        const done: Readonly<Record<typeof what, () => Rows>> = {
          edit: () => edited(rows, seq, { action: `action-${other}` }),
          delete: () => without(rows, keyOf(seq)),
          swap: () => swapped(rows, seq, neighbour),
          cut: () => without(rows, ...Array.from({ length: count - seq + 1 }, (_, n) => keyOf(seq + n))),
          move: () => withValue(rows, keyOf(seq), object(chainOf(count, OTHER_CHAIN), keyOf(seq))),
        };

        const verdict = verifyAudit(done[what](), CHAIN, key);

        assert.equal(verdict.kind, 'broken');
        assert.equal(verdict.at, what === 'swap' ? Math.min(seq, neighbour) : seq);
      }),
    );
  });

  it('refuses to go on where its end is gone, so that no entry is ever written over', () => {
    const broken = [
      without(chainOf(3), 'audit-head'),
      without(chainOf(3), keyOf(3)),
      without(chainOf(3), keyOf(1), keyOf(2), keyOf(3)),
      withValue(chainOf(3), 'audit-head', object(chainOf(2), 'audit-head')),
    ];

    for (const rows of broken) {
      assert.throws(
        () => appendAudit(rows, events, at, CHAIN, key),
        (error) => error instanceof StoreError && error.fault === 'damaged',
      );
    }
  });
});

describe('the key of the record', () => {
  it('needs a secret of 32 bytes', () => {
    assert.throws(() => auditKeyOf(new Uint8Array(31)), RangeError);
  });

  it('does not show in a log', () => {
    const secret = 'a secret of at least thirty-two bytes';

    assert.ok(!inspect(auditKeyOf(new TextEncoder().encode(secret)), { depth: 9 }).includes('secret of'));
  });
});

function edited(rows: Rows, seq: number, change: Readonly<Record<string, Json>>): Rows {
  return withValue(rows, keyOf(seq), { ...object(rows, keyOf(seq)), ...change });
}

function swapped(rows: Rows, a: number, b: number): Rows {
  return new Map([...rows, [keyOf(a), rows.get(keyOf(b))!], [keyOf(b), rows.get(keyOf(a))!]]);
}
