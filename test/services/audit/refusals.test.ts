import assert from 'node:assert/strict';
import { readAudit } from '../../../services/audit/audit-chain.ts';
import { createAuditLog, type AuditLog } from '../../../services/audit/audit-log.ts';
import { isOver, RECORDED_PER_HOUR, tried, type Tries } from '../../../services/audit/refusal-limit.ts';
import { createRefusals } from '../../../services/audit/refusals.ts';
import { HOUR_MS, MINUTE_MS } from '../../../services/clock.ts';
import { createMemoryStore } from '../../../services/storage/memory-store.ts';
import type { Store } from '../../../services/storage/store.ts';
import { BEGIN, key } from './recorded.ts';

const after = (ms: number): Date => new Date(BEGIN.getTime() + ms);

describe('how many refused tries are recorded', () => {
  it('is each of the first in an hour, and then a count', () => {
    let tries: Tries | undefined;
    const recorded: boolean[] = [];
    for (let n = 0; n < RECORDED_PER_HOUR + 5; n += 1) {
      const next = tried(tries, after(n * MINUTE_MS));
      ({ tries } = next);
      recorded.push(next.isRecorded);
      assert.equal(next.over, undefined);
    }

    assert.equal(recorded.filter((isRecorded) => isRecorded).length, RECORDED_PER_HOUR);
    assert.deepEqual(tries, { since: BEGIN.toISOString(), recorded: RECORDED_PER_HOUR, more: 5 });
  });

  it('begins anew an hour after the first, and then the count is told', () => {
    const before: Tries = { since: BEGIN.toISOString(), recorded: RECORDED_PER_HOUR, more: 5 };

    assert.equal(isOver(before, after(HOUR_MS - 1)), false);
    assert.equal(tried(before, after(HOUR_MS - 1)).isRecorded, false);
    assert.deepEqual(tried(before, after(HOUR_MS)), {
      tries: { since: after(HOUR_MS).toISOString(), recorded: 1, more: 0 },
      isRecorded: true,
      over: before,
    });
    assert.equal(tried({ ...before, more: 0 }, after(HOUR_MS)).over, undefined);
  });
});

describe('refused tries', () => {
  let now: Date;
  let store: Store;
  let log: AuditLog;
  let refusals: ReturnType<typeof createRefusals>;
  const clock = (): Date => now;

  beforeEach(() => {
    now = BEGIN;
    store = createMemoryStore({ boot: 'boot-1' });
    log = createAuditLog({ store, clock, boot: 'boot-1', auditKey: key, onFault: () => assert.fail() });
    refusals = createRefusals({ log, clock });
  });
  const recorded = async () =>
    readAudit((await store.read('audit:2026-03-01.boot-1')).rows).map(({ action, actor, target, detail }) => ({
      action,
      actor,
      ...(target !== undefined && { target }),
      detail,
    }));

  it('say who tried what, and why not', async () => {
    await refusals.note('eve', { what: 'audit', why: 'not-an-auditor', target: 'request-1' });

    assert.deepEqual(await recorded(), [
      {
        action: 'refused',
        actor: 'person:eve',
        target: 'request-1',
        detail: { what: 'audit', why: 'not-an-auditor' },
      },
    ]);
  });

  it('of one person do not make the record grow without bound', async () => {
    for (let n = 0; n < 1_000; n += 1) await refusals.note('eve', { what: 'remove', why: 'not-a-requester' });
    await refusals.note('mallory', { what: 'remove', why: 'not-a-requester' });
    now = after(HOUR_MS);
    await refusals.note('eve', { what: 'remove', why: 'not-a-requester' });

    const all = await recorded();
    assert.equal(all.length, RECORDED_PER_HOUR + 1 + 2);
    assert.deepEqual(all.at(-2), {
      action: 'refused.more',
      actor: 'person:eve',
      detail: { since: BEGIN.toISOString(), more: 1_000 - RECORDED_PER_HOUR },
    });
  });

  it('count together, with a request and without', async () => {
    for (let n = 0; n < RECORDED_PER_HOUR; n += 1) assert.ok(refusals.admit('eve'));

    assert.equal(refusals.admit('eve'), false);
    await refusals.note('eve', { what: 'remove', why: 'not-a-requester' });
    assert.ok(refusals.admit('mallory'));
    assert.deepEqual(await recorded(), []);
  });

  it('that were only counted are recorded when the process ends', async () => {
    for (let n = 0; n < RECORDED_PER_HOUR + 3; n += 1) refusals.admit('eve');

    await refusals.close();

    assert.deepEqual(
      (await recorded()).map(({ detail }) => detail?.['more']),
      [3],
    );
  });
});
