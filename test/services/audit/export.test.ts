import assert from 'node:assert/strict';
import type { ExportedEntry } from '../../../services/audit/export-record.ts';
import { entriesOf } from '../../../services/audit/export-record.ts';
import { exportText, type ExportFormat } from '../../../services/audit/export-text.ts';
import { DAY_MS } from '../../../services/clock.ts';
import { chainOf, event, Recorded } from './recorded.ts';

const entry: ExportedEntry = {
  chain: 'request:1',
  seq: 1,
  time: '2026-03-01T09:00:00.000Z',
  action: 'request.sent',
  actor: 'bot',
  mac: 'ab'.repeat(32),
};
const exported = async (format: ExportFormat, ...entries: readonly ExportedEntry[]): Promise<string> => {
  let text = '';
  for await (const part of exportText(
    (async function* () {
      yield* entries;
    })(),
    format,
  ))
    text += part;
  return text;
};

describe('an export as CSV', () => {
  it('begins with the mark by which Excel knows UTF-8, and with the names of the columns', async () => {
    assert.equal(await exported('csv'), '\ufeff"chain","seq","time","action","actor","target","detail","mac"\r\n');
  });

  it('has one line an entry, every field in quotes', async () => {
    const [, line] = (
      await exported('csv', { ...entry, target: 'ООО «Ромашка»', detail: { b: 1, a: 'x, "y"' } })
    ).split('\r\n');

    assert.equal(
      line,
      `"request:1","1","2026-03-01T09:00:00.000Z","request.sent","bot","ООО «Ромашка»","{""a"":""x, \\""y\\"""",""b"":1}","${entry.mac}"`,
    );
  });

  for (const dangerous of ['=cmd()', '+1', '-1', '@SUM(A1)', '\tx', '\rx'])
    it(`starts no formula: ${JSON.stringify(dangerous)}`, async () => {
      const text = await exported('csv', { ...entry, target: dangerous });

      assert.ok(text.includes(`"'${dangerous}"`));
    });

  it('keeps a line break and a quote inside their field', async () => {
    const text = await exported('csv', { ...entry, target: 'a"\nb' });

    assert.ok(text.includes('"a""\nb"'));
  });
});

describe('an export as JSON', () => {
  it('is a list of entries', async () => {
    const second = { ...entry, seq: 2, detail: { n: 1 } };

    assert.deepEqual(JSON.parse(await exported('json', entry, second)), [entry, second]);
    assert.deepEqual(JSON.parse(await exported('json')), []);
  });
});

describe('what is exported', () => {
  let recorded: Recorded;
  beforeEach(async () => {
    recorded = new Recorded();
    await recorded.append(chainOf(1), event(1));
    recorded.pass(DAY_MS);
    await recorded.append(chainOf(1), event(2));
    await recorded.append('audit:2026-03-02.boot-1', event(3));
    await recorded.checkpoint();
  });
  const entries = async (part: Parameters<typeof entriesOf>[1], store = recorded.store) => {
    const found: string[] = [];
    const unreadable: string[] = [];
    for await (const { chain, seq } of entriesOf(store, part, (name) => unreadable.push(name)))
      found.push(`${chain} ${seq}`);
    return { found, unreadable };
  };

  it('is every chain in order: of requests, of processes, of checkpoints', async () => {
    assert.deepEqual((await entries({})).found, [
      `${chainOf(1)} 1`,
      `${chainOf(1)} 2`,
      'audit:2026-03-02.boot-1 1',
      'checkpoint:2026-03-02 1',
    ]);
  });

  it('can be one request, or some days', async () => {
    const request = chainOf(1).slice('request:'.length);

    assert.deepEqual((await entries({ request })).found, [`${chainOf(1)} 1`, `${chainOf(1)} 2`]);
    assert.deepEqual((await entries({ request, from: '2026-03-02T00:00:00.000Z' })).found, [`${chainOf(1)} 2`]);
    assert.deepEqual((await entries({ before: '2026-03-02T00:00:00.000Z' })).found, [`${chainOf(1)} 1`]);
  });
});
