/* Several processes with one store: what storage is asked for, what a second process is worth, and jobs through kills. `npm run verify -- replicas [--kills <n>]`. */
import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { openAzureReader } from '../../services/storage/azure/azure-reader.ts';
import { auditKeyOf } from '../../services/audit/audit-chain.ts';
import { verifyRecord } from '../../services/audit/verify-record.ts';
import type { ShownMessage } from '../../sandbox/chat/chat.ts';
import {
  about,
  buttonTitles,
  dataOf,
  domainOf,
  REASON,
  removalsOf,
  REMOVED,
  seatOf,
  suspensionsOf,
  waits,
} from '../journeys/steps.ts';
import { activityFrom, newest, readMessage } from '../support/journey.ts';
import { startReplicas, type ReplicasWorld } from './world.ts';

const { values } = parseArgs({ options: { kills: { type: 'string', default: '6' }, only: { type: 'string' } } });
const KILLS = Number(values.kills);
const CLEAR_NAMES = ['fabrikambikes', 'alpineskihouse', 'wideworldimporters', 'margiestravel'];
const TO_CLEAR = [
  ['contosobakery', 2],
  ['graphicdesigninstitute', 6],
] as const;
const IDLE_MS = 30_000;
const MEASURED_MS = 8_000;
const AT_ONCE = 16;

/** Answers a second of one process. */
let ofOne = 0;

/** What storage is asked for by one process that does nothing, by a click, and by a removal from the first word to the receipt. */
async function counted(): Promise<void> {
  const world = await startReplicas({ count: 1, env: { LEASE_SECONDS: '60', VERIFY_EVERY_SECONDS: '15' } });
  try {
    const during = async (what: string, work: () => Promise<unknown>, times = 1): Promise<void> => {
      await delay(2_000);
      const before = new Map(world.transactions);
      await work();
      await delay(2_000);
      const spent = [...world.transactions].map(([kind, n]) => [kind, (n - (before.get(kind) ?? 0)) * times] as const);
      const sum = spent.reduce((all, [, n]) => all + n, 0);
      const parts = spent.filter(([, n]) => n > 0).map(([kind, n]) => `${kind} ${Math.round(n)}`);
      console.log(`transactions, ${what}: ${Math.round(sum)} (${parts.join(', ')})`);
    };
    const [requester, manager] = [seatOf(world, 'requester'), seatOf(world, 'manager')];
    await during('an idle process, an hour', () => delay(IDLE_MS), 3_600_000 / (IDLE_MS + 4_000));
    await during('a typed word', () => requester.says('help'));
    let shown: Awaited<ReturnType<typeof waits>> | undefined;
    await during('a removal up to the approval card', async () => {
      shown = await waits(world, 'fabrikambikes');
    });
    const { approval } = shown ?? assert.fail();
    await during('a click that changes nothing', () => manager.presses(approval, 'Approve'));
    await during('a removal from the approval to both receipts', async () => {
      await manager.presses(approval, 'Yes, approve');
      for (const seat of [requester, manager]) await seat.sees(about('fabrikambikes'), REMOVED);
    });
  } finally {
    await world.close();
  }
}

/** Answers to a button that shows a request, as many as so many at the same time get. Printed, and compared; never asserted. */
async function throughput(count: number): Promise<void> {
  const world = await startReplicas({ count });
  try {
    const { approval } = await waits(world, 'fabrikambikes');
    const data = dataOf(approval, 'approval.approve');
    const action = { type: 'Action.Execute', verb: 'request.show', data: { ...data, verb: 'request.show' } };
    const given = { type: 'invoke', name: 'adaptiveCard/action', value: { action, trigger: 'manual' } };
    const ends = performance.now() + MEASURED_MS;
    let answers = 0;
    let next = 0;
    const press = async (): Promise<void> => {
      while (performance.now() < ends) {
        const body = JSON.stringify(activityFrom(world, 'requester', given));
        const headers = { 'Content-Type': 'application/json' };
        const url = `${world.addressOf(next++ % count)}/api/messages`;
        const response = await fetch(url, { method: 'POST', headers, body });
        assert.equal(response.status, 200);
        await response.arrayBuffer();
        answers += 1;
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, press));
    const perSecond = (answers * 1_000) / MEASURED_MS;
    if (count === 1) ofOne = perSecond;
    const ratio = count === 1 ? '' : `, ${(perSecond / ofOne).toFixed(2)} times what one does`;
    console.log(
      `answers a second, ${count} process(es) on this machine with everything around them: ${perSecond.toFixed(1)}${ratio}`,
    );
  } finally {
    await world.close();
  }
}

/** Jobs on four processes, each click delivered four times, while one process after another is killed and started again. */
async function throughKills(): Promise<void> {
  const world = await startReplicas({ count: 4, chat: { duplicates: 4 } });
  try {
    const jobs = { done: false };
    const killing = kill(world, jobs);
    const names = [...CLEAR_NAMES, ...TO_CLEAR.map(([name]) => name)];
    for (const name of names) await carriedThrough(world, name);
    jobs.done = true;
    const kills = await killing;
    for (const name of names) {
      const removals = await removalsOf(world, name);
      assert.equal(
        new Set(removals.map(({ requestId }) => requestId)).size,
        1,
        `${name}: one call, however often it was sent`,
      );
      assert.equal(
        removals.filter(({ status }) => status >= 200 && status < 300).length,
        1,
        `${name}: carried out once`,
      );
    }
    for (const [name, most] of TO_CLEAR) {
      const paths = (await suspensionsOf(world, name))
        .filter(({ status }) => status >= 200 && status < 300)
        .map(({ path }) => path);
      assert.deepEqual([paths.length, new Set(paths).size], [most, most], `${name}: each suspended once`);
    }
    const reader = (await openAzureReader(world.tables)) ?? assert.fail('there is a store');
    const { faults, entries } = await verifyRecord(reader, auditKeyOf(Buffer.from('11'.repeat(32), 'hex')));
    assert.deepEqual(faults, []);
    console.log(
      `${names.length} removals through ${kills} kills of 4 processes: each carried out once; the record is intact, ${entries} entries`,
    );
  } finally {
    await world.close();
  }
}

async function kill(world: ReplicasWorld, jobs: { readonly done: boolean }): Promise<number> {
  let kills = 0;
  while (!jobs.done && kills < KILLS) {
    await delay(4_000);
    const which = kills % 4;
    await world.end(which, kills % 3 === 2 ? 'SIGTERM' : 'SIGKILL');
    kills += 1;
    await delay(1_500);
    await world.start(which);
  }
  return kills;
}

/** In this order, whatever the card that is there offers. */
const NEXT = [
  /^Send request$/,
  /^Yes, suspend$/,
  /^Suspend \d+ legacy subscriptions$/,
  /^Request removal$/,
  /^Yes, approve$/,
  /^Approve$/,
];
const JOB_MS = 180_000;

/** What two people do who look at their newest card and press what it offers, and once more where nothing came of it. */
async function carriedThrough(world: ReplicasWorld, name: string): Promise<void> {
  const ends = performance.now() + JOB_MS;
  const cardOf = (seat: string) => newest(world.chat.messages(seat), about(name));
  const isDone = (seat: string): boolean => REMOVED.test(readMessage(cardOf(seat) ?? NOTHING));
  await seatOf(world, 'requester')
    .says(`remove ${domainOf(name)}`)
    .catch(() => undefined);
  while (!(isDone('requester') && isDone('manager'))) {
    assert.ok(performance.now() < ends, `${name}: ${readMessage(cardOf('requester') ?? NOTHING)}`);
    for (const seat of ['requester', 'manager']) {
      const card = cardOf(seat);
      if (card === undefined && seat === 'requester')
        await seatOf(world, seat)
          .says(`remove ${domainOf(name)}`)
          .catch(() => undefined);
      const button = NEXT.map((title) => buttonTitles(card ?? NOTHING).find((one) => title.test(one))).find(Boolean);
      if (card === undefined || button === undefined) continue;
      const inputs = button === 'Send request' ? { reason: REASON, domain: domainOf(name) } : {};
      // It may be answered by a process that is being killed, or have become another card meanwhile.
      await world.chat.press(seat, card.id, button, inputs).catch(() => undefined);
    }
    await delay(500);
  }
}

const NOTHING: ShownMessage = { id: '', from: 'bot', edits: 0, at: '' };

if (values.only !== 'kills') {
  await counted();
  for (const count of [1, 2]) await throughput(count);
}
await throughKills();
