import assert from 'node:assert/strict';
import { Secret } from '../../../bot/config/secret.ts';
import type { WebhookConfig } from '../../../bot/config/webhook.ts';
import { createWebhook } from '../../../bot/webhook/webhook.ts';
import { auditKeyOf } from '../../../services/audit/audit-chain.ts';
import { DAY_MS, HOUR_MS, later, MINUTE_MS, SECOND_MS } from '../../../services/clock.ts';
import { NOTICES_KEY } from '../../../services/requests/announcing/notices.ts';
import { UNDO_POLICY } from '../../../services/requests/giving-back/undo-clock.ts';
import type { StateName } from '../../../services/requests/life.ts';
import { createRequestStore } from '../../../services/requests/request-store.ts';
import { LostLeaseError, type Claim } from '../../../services/storage/claim.ts';
import { createMemoryStore } from '../../../services/storage/memory-store.ts';
import type { Store } from '../../../services/storage/store.ts';
import { requestIn } from '../../services/requests/request-in.ts';
import {
  assertSigned,
  startWebhookReceiver,
  WEBHOOK_SECRET,
  type WebhookReceiver,
} from '../../support/webhook-receiver.ts';
import { createLog } from '../../../bot/log.ts';

const OLDER_SECRET = `whsec_${Buffer.alloc(24, 9).toString('base64')}`;
const bytesOf = (secret: string): Uint8Array => Buffer.from(secret.slice('whsec_'.length), 'base64');

describe('notices for another system', () => {
  let receiver: WebhookReceiver;
  let store: Store;
  let now: Date;
  let lines: string[];
  let fence: number;

  beforeEach(async () => {
    receiver = await startWebhookReceiver();
    store = createMemoryStore({ boot: 'boot' });
    now = new Date('2026-06-15T10:00:00.000Z');
    lines = [];
    fence = 0;
  });
  afterEach(async () => {
    await receiver.close();
    await store.close();
  });

  const config = (secrets: readonly string[] = [WEBHOOK_SECRET]): WebhookConfig => ({
    url: receiver.url,
    secrets: new Secret(secrets.map(bytesOf)),
  });
  const log = createLog({ level: 'info', write: (line) => lines.push(line) });
  const senderWith = (configured: WebhookConfig | undefined = config()) =>
    createWebhook({ store, config: configured, fetch, clock: () => now, log, timeoutMs: 300 });

  /** Has a request go through these states, each in a commit. */
  const goesThrough = async (id: string, ...states: readonly StateName[]): Promise<void> => {
    const requests = createRequestStore({
      ...{ store, clock: () => now, auditKey: auditKeyOf(new Uint8Array(32)), boot: 'boot', leaseMs: 60_000 },
      ...{ wake: { due: () => undefined, claimed: () => undefined }, undo: UNDO_POLICY, announces: true },
    });
    for (const state of states) await requests.change(id, () => ({ request: { ...requestIn(state), id }, audit: [] }));
  };
  const partition = (id = 'r-1'): string => `request:${id}`;
  const rowOf = async (id?: string) => (await store.read(partition(id))).rows.get(NOTICES_KEY);
  const claim = async (id?: string): Promise<Claim> => {
    const { version, rows } = await store.read(partition(id));
    const row = rows.get(NOTICES_KEY)!;
    const lease = { owner: 'boot', until: later(now, MINUTE_MS), fence: ++fence };
    await store.commit(partition(id), version, [{ key: NOTICES_KEY, row: { ...row, lease } }]);
    return { partition: partition(id), key: NOTICES_KEY, lease };
  };
  /** Sends what is due, as often as something is. */
  const work = async (send = senderWith(), id?: string): Promise<void> => {
    for (let due = await rowOf(id); due?.dueAt !== undefined && due.dueAt <= now.toISOString(); due = await rowOf(id))
      await send(await claim(id));
  };
  const types = (): readonly string[] => receiver.got.map(({ body }) => body.type);

  it('are sent in the order in which it happened, each signed, and told of drafts nothing', async () => {
    await goesThrough('r-1', 'draft', 'pending', 'approved', 'executing', 'verifying', 'done');

    await work();

    assert.deepEqual(types(), ['request.sent', 'request.approved', 'request.executing', 'request.removed']);
    for (const got of receiver.got) assertSigned(got);
    assert.equal(new Set(receiver.got.map(({ headers }) => headers['webhook-id'])).size, 4);
    assert.equal(await rowOf(), undefined);
  });

  it('hold ids and states, and no name, reason or domain', async () => {
    await goesThrough('r-1', 'draft', 'pending', 'declined');
    await work();

    const [, declined] = receiver.got;
    assert.deepEqual(declined?.body.data, {
      schema: 1,
      requestId: 'r-1',
      kind: 'removal',
      state: 'declined',
      stateSince: requestIn('declined').stateSince,
      customerTenantId: requestIn('declined').customer.id,
      requesterId: 'ada',
      askedIds: ['bo', 'cy'],
      approvedByIds: [],
      declinedById: 'bo',
      previousState: 'pending',
    });
    for (const { text } of receiver.got) assert.doesNotMatch(text, /Ada|Bo\b|Contoso|contoso\.com|partner\.|audit\./);
  });

  it('are signed with both secrets while one takes over from the other', async () => {
    await goesThrough('r-1', 'draft', 'pending');
    await work(senderWith(config([WEBHOOK_SECRET, OLDER_SECRET])));

    const [got] = receiver.got;
    assertSigned(got!, WEBHOOK_SECRET);
    assertSigned(got!, OLDER_SECRET);
  });

  for (const answer of [500, 429, 404, { status: 302, headers: { Location: '/elsewhere' } }, 'hang'] as const)
    it(`are sent again, the same bytes under the same id, after ${JSON.stringify(answer)}; no redirect is followed`, async () => {
      receiver.answers = [answer];
      await goesThrough('r-1', 'draft', 'pending', 'approved');

      await work();
      assert.deepEqual(types(), ['request.sent']);
      now = new Date(now.getTime() + 5 * SECOND_MS);
      await work();

      assert.deepEqual(types(), ['request.sent', 'request.sent', 'request.approved']);
      const [first, second] = receiver.got;
      assert.equal(first?.headers['webhook-id'], second?.headers['webhook-id']);
      assert.equal(first?.text, second?.text);
      assert.equal(Number(second?.headers['webhook-timestamp']) - Number(first?.headers['webhook-timestamp']), 5);
      for (const got of receiver.got) assertSigned(got);
      assert.ok(receiver.got.every(({ path }) => path.startsWith('/hooks/')));
    });

  it('wait as long as the other system asks', async () => {
    receiver.answers = [{ status: 503, headers: { 'Retry-After': '3600' } }];
    await goesThrough('r-1', 'draft', 'pending');
    await work();

    assert.equal((await rowOf())?.dueAt, later(now, HOUR_MS));
  });

  it('are tried for three days, then given up with a line in the log, and the next one has its turn', async () => {
    receiver.answers = Array.from({ length: 10 }, () => 500);
    await goesThrough('r-1', 'draft', 'pending', 'approved');
    const began = now.getTime();
    while ((await rowOf()) !== undefined) {
      now = new Date((await rowOf())!.dueAt!);
      await work();
    }

    assert.deepEqual(types(), [...Array.from({ length: 10 }, () => 'request.sent'), 'request.approved']);
    assert.ok(now.getTime() - began > 3 * DAY_MS);
    const given = lines.filter((line) => line.includes('is given up'));
    assert.equal(given.length, 1);
    assert.match(given[0]!, /"requestId":"r-1".*"status":500/);
    assert.ok(lines.every((line) => !line.includes('hooks/4711') && !line.includes('key=secret')));
  });

  it('are given up at once where the other system says that it is gone', async () => {
    receiver.answers = [410];
    await goesThrough('r-1', 'draft', 'pending', 'approved');

    await work();

    assert.deepEqual(types(), ['request.sent', 'request.approved']);
  });

  it('come again after a process died between the answer and what it stored', async () => {
    await goesThrough('r-1', 'draft', 'pending');
    const send = senderWith();
    const lost = await claim();
    await claim();

    await assert.rejects(send(lost), LostLeaseError);
    await work();

    assert.deepEqual(types(), ['request.sent', 'request.sent']);
    assert.equal(receiver.got[0]?.headers['webhook-id'], receiver.got[1]?.headers['webhook-id']);
  });

  it('take what happens while one is on its way', async () => {
    await goesThrough('r-1', 'draft', 'pending');
    const meanwhile: typeof fetch = async (...call) => {
      if (receiver.got.length === 0) await goesThrough('r-1', 'withdrawn');
      return fetch(...call);
    };
    await work(createWebhook({ store, config: config(), fetch: meanwhile, clock: () => now, log }));

    assert.deepEqual(types(), ['request.sent', 'request.withdrawn']);
  });

  it('of many requests hold up no more places than four, where the other system hangs', async () => {
    const ids = Array.from({ length: 6 }, (_, n) => `r-${n}`);
    for (const id of ids) await goesThrough(id, 'draft', 'pending');
    receiver.answers = Array.from({ length: 6 }, () => 'hang' as const);
    const send = senderWith();
    const claims = [];
    for (const id of ids) claims.push(await claim(id));

    await Promise.all(claims.map(send));

    assert.equal(receiver.got.length, 4);
    const waits = await Promise.all(ids.map(async (id) => (await rowOf(id))?.value));
    assert.deepEqual(waits.map((value) => (value as { readonly tries: number }).tries).toSorted(), [0, 0, 1, 1, 1, 1]);
  });

  it('are dropped where no webhook is configured any more', async () => {
    await goesThrough('r-1', 'draft', 'pending');

    await createWebhook({ store, config: undefined, fetch, clock: () => now, log })(await claim());

    assert.equal(await rowOf(), undefined);
    assert.deepEqual(receiver.got, []);
  });
});
