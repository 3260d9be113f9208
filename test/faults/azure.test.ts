import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { createDefaultHttpClient, type HttpClient } from '@azure/core-rest-pipeline';
import { openAzureStore } from '../../services/storage/azure/azure-store.ts';
import {
  about,
  approves,
  CLEAR,
  dataOf,
  leavesConfirming,
  opens,
  removalsOf,
  REMOVED,
  seatOf,
  sends,
  suspensionsOf,
  waits,
} from '../journeys/steps.ts';
import { readMessage, startJourney, type Journey } from '../support/journey.ts';
import { TableModel } from '../support/table-model.ts';
import type { Tables } from '../../services/storage/azure/tables.ts';
import { startTwoBots, type TwoBots } from '../support/two-bots.ts';

const NOT_STORED = /could not be stored/;
const name = 'fabrikambikes';
const times = (bots: Pick<TwoBots, 'chat'>, seat: string, words: RegExp): number =>
  bots.chat
    .messages(seat)
    .filter(({ from }) => from === 'bot')
    .map(readMessage)
    .filter((text) => about(name).test(text) && words.test(text)).length;

describe('two bots with one store in Azure', function () {
  this.timeout(60_000);
  let bots: TwoBots;
  afterEach(() => bots.close());

  it('F24: carry out once what both of them are told at the same time', async () => {
    bots = await startTwoBots({ chat: { duplicates: 4 } });
    const [requester, manager] = [seatOf(bots, 'requester'), seatOf(bots, 'manager')];
    const clears = 'contosobakery';

    const card = await opens(requester, clears, /Clear 2 things here first/);
    await requester.presses(card, 'Suspend 2 legacy subscriptions');
    await requester.presses(card, 'Yes, suspend');
    const ready = await requester.sees(about(clears), CLEAR);
    await sends(requester, ready, clears);
    await approves(manager, clears);
    await requester.sees(about(clears), REMOVED);
    await manager.sees(about(clears), REMOVED);

    assert.equal((await suspensionsOf(bots, clears)).length, 2);
    assert.equal((await removalsOf(bots, clears)).length, 1);
  });

  it('F24: let one of two decisions count that come to each of them at the same time', async () => {
    bots = await startTwoBots();
    const { approval } = await waits(bots, name);
    const manager = seatOf(bots, 'manager');
    await manager.presses(approval, 'Approve');
    const { requestId, nonce } = dataOf(manager.now(approval), 'approval.confirm-approve');
    const decline = { requestId, nonce, reason: 'They have signed again.' };

    await Promise.all([
      manager.forges(approval, 'approval.confirm-decline', decline),
      manager.presses(approval, 'Yes, approve'),
    ]);

    await seatOf(bots, 'requester').sees(about(name), /Declined\. Nothing was removed|The relationship is removed/);
    const isDeclined = times(bots, 'requester', /Declined\. Nothing was removed/) > 0;
    assert.equal((await removalsOf(bots, name)).length, isDeclined ? 0 : 1);
  });

  it('F37: take over from one that stands still, whose late call has the same id and whose late word does not count', async () => {
    const late = Promise.withResolvers<undefined>();
    const sent: string[] = [];
    const first = standingStill(late.promise, sent);
    bots = await startTwoBots({ http: [first.http, undefined], firstTables: first.tables });
    await waits(bots, name);
    bots.only(0);
    await approves(seatOf(bots, 'manager'), name);
    bots.only(1);

    await seatOf(bots, 'requester').sees(about(name), REMOVED);
    late.resolve(undefined);
    while (sent.length === 0) await delay(50);
    await seatOf(bots, 'manager').sees(about(name), REMOVED);
    // What the first one writes comes after this, if it comes at all.
    await delay(1_000);

    const removals = await removalsOf(bots, name);
    assert.ok(removals.length >= 2, 'the late one was sent, too');
    assert.equal(new Set(removals.map(({ requestId }) => requestId)).size, 1);
    assert.equal(times(bots, 'requester', REMOVED), 1);
    assert.equal(times(bots, 'manager', REMOVED), 1);
  });
});

/** A process that stands still right before the call that removes a relationship, and goes on when it is told to. */
function standingStill(until: Promise<undefined>, sent: string[]) {
  const client = createDefaultHttpClient();
  let standsStill: Promise<undefined> | undefined;
  const http: HttpClient = {
    async sendRequest(request) {
      const isRemoval = request.method === 'PATCH' && /\/customers\/[^/]+$/.test(new URL(request.url).pathname);
      if (isRemoval) standsStill = until;
      await standsStill;
      // Nothing told it meanwhile that it is too late.
      if (isRemoval) delete request.abortSignal;
      const answer = await client.sendRequest(request);
      if (isRemoval) sent.push(request.url);
      return answer;
    },
  };
  const tables = (of: Tables): Tables =>
    new Proxy(of, {
      get(target, name) {
        const value: unknown = Reflect.get(target, name, target);
        if (typeof value !== 'function') return value;
        return async (...args: readonly unknown[]): Promise<unknown> => {
          await standsStill;
          return value.apply(target, args) as unknown;
        };
      },
    });
  return { http, tables };
}

describe('a bot whose store in Azure does not answer', function () {
  this.timeout(60_000);
  let journey: Journey;
  let tables: TableModel;
  beforeEach(async () => {
    tables = new TableModel();
    journey = await startJourney({
      chat: { answerWithinMs: 5_000 },
      openStore: (boot) => openAzureStore({ boot, tables }),
    });
  });
  afterEach(async () => {
    tables.fault = () => undefined;
    await journey.close();
  });

  for (const kind of ['503', 'slow'] as const)
    it(`F25: tells whoever approves that it could not be stored, in time, and removes nothing (${kind})`, async () => {
      const manager = seatOf(journey, 'manager');
      const { approval } = await waits(journey, name);
      await manager.presses(approval, 'Approve');
      tables.failAfter = kind === 'slow' ? 1_500 : 0;
      tables.fault = () => '503';

      const answer = await manager.presses(approval, 'Yes, approve');

      assert.match(answer, NOT_STORED);
      assert.equal((await fetch(new URL('/readyz', journey.botUrl))).status, 503);
      tables.fault = () => undefined;
      assert.deepEqual(await removalsOf(journey, name), []);
      assert.doesNotMatch(manager.all(), /You approved this/);
      await leavesConfirming(manager, approval);
      await approves(manager, name);
      await seatOf(journey, 'requester').sees(about(name), REMOVED);
      assert.equal((await removalsOf(journey, name)).length, 1);
    });

  it('F25: begins nothing for whoever asks, and says so', async () => {
    const requester = seatOf(journey, 'requester');
    const ready = await opens(requester, name, CLEAR);
    tables.fault = () => '503';

    assert.match(await requester.presses(ready, 'Request removal'), NOT_STORED);
    tables.fault = () => undefined;
    assert.deepEqual(await journey.changes(), []);
  });

  it('F25: sends nothing to Partner Center whose intent is not stored, and goes on once it can be', async () => {
    await waits(journey, name);
    let isOut = false;
    // From the approval on nothing is stored any more.
    tables.onDone = (call, partition) => {
      isOut ||= call === 'batch' && partition.startsWith('request:') && approvedIn(tables);
    };
    tables.fault = () => (isOut ? '503' : undefined);

    await approves(seatOf(journey, 'manager'), name);
    await delay(4_000);

    assert.ok(isOut);
    assert.deepEqual(await removalsOf(journey, name), []);
    isOut = false;
    tables.onDone = () => undefined;
    tables.fault = () => undefined;
    await seatOf(journey, 'requester').sees(about(name), REMOVED);
    assert.equal((await removalsOf(journey, name)).length, 1);
  });
});

const approvedIn = (tables: TableModel): boolean =>
  tables.entities('request:').some(({ properties }) => (properties['v0'] ?? '').includes('"state":"approved"'));
