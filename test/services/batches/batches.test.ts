import assert from 'node:assert/strict';
import { isClearable, isReady, namesToAsk, namesToClear } from '../../../services/batches/batch-rules.ts';
import type { BatchRecord, Member } from '../../../services/batches/batch.ts';
import type { BatchClick } from '../../../services/batches/batches.ts';
import { readCustomerList } from '../../../services/batches/customer-list.ts';
import { progressOf, standingsOf, stoppable } from '../../../services/batches/standing.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../services/clock.ts';
import type { RequestRecord } from '../../../services/requests/request.ts';
import { Crash, on, personOf, type Workbench } from '../requests/workbench.ts';

const domain = (name: string): string => `${name}.onmicrosoft.com`;
const READY = ['fabrikambikes', 'alpineskihouse', 'margiestravel'] as const;
const FORM = { reason: 'We no longer serve this region.', notice: true, nextProvider: true, approver: 'bo' };

async function begun(bench: Workbench, names: readonly string[], more = ''): Promise<string> {
  for (const person of ['ada', 'bo', 'cy', 'dan']) await bench.people.learn(personOf(person));
  const list = readCustomerList(`${names.map(domain).join('\n')}\n${more}`);
  const { batch } = await bench.batches.begin(personOf('ada'), list);
  await bench.settle(MINUTE_MS);
  return batch.id;
}
const batchOf = async (bench: Workbench, id: string): Promise<BatchRecord> =>
  (await bench.batches.find(id)) ?? assert.fail(`no batch ${id}`);
const memberOf = async (bench: Workbench, id: string, name: string): Promise<Member> =>
  (await batchOf(bench, id)).members.find(({ customer }) => customer.domain === domain(name)) ??
  assert.fail(`${name} is in the batch`);
const click = (person = 'ada'): BatchClick => ({ person: personOf(person), isCurrent: () => true });
const sameAs =
  (wanted: readonly string[]) =>
  (names: readonly string[]): boolean =>
    JSON.stringify(names) === JSON.stringify(wanted);

async function asked(bench: Workbench, id: string): Promise<void> {
  const names = namesToAsk((await batchOf(bench, id)).members.filter(isReady));
  const answer = await bench.batches.ask(id, click(), FORM, sameAs(names));
  assert.equal(answer?.kind, 'done', JSON.stringify(answer));
}

const requestsOf = async (bench: Workbench, id: string): Promise<readonly RequestRecord[]> => [
  ...(await bench.batches.requestsOf(await batchOf(bench, id))).values(),
];
const progress = async (bench: Workbench, id: string) => {
  const record = await batchOf(bench, id);
  return progressOf(standingsOf(record, await bench.batches.requestsOf(record)));
};

describe('a batch of customers', () => {
  it(
    'says of each what stands in the way, as its own reading does',
    on({}, async (bench) => {
      const id = await begun(bench, [
        ...['fabrikambikes', 'contosobakery', 'continentalcargo', 'humongousinsurance', 'woodgrovebank'],
      ]);

      const { members } = await batchOf(bench, id);

      assert.deepEqual(
        members.map(({ customer, reading }) => [customer.domain.split('.')[0], reading?.kind]),
        [
          ['fabrikambikes', 'ready'],
          ['contosobakery', 'clear-here'],
          ['continentalcargo', 'approve-first'],
          ['humongousinsurance', 'elsewhere'],
          ['woodgrovebank', 'wait'],
        ],
      );
      assert.deepEqual(
        members.map(({ line }) => line),
        [1, 2, 3, 4, 5],
      );
    }),
  );

  it(
    'calls nobody ready whom it could not read, and reads them again when asked',
    on({}, async (bench) => {
      await bench.faults([{ method: 'GET', path: '/orders', status: 400 }]);
      const id = await begun(bench, ['fabrikambikes']);
      const before = await memberOf(bench, id, 'fabrikambikes');

      await bench.faults([]);
      await bench.batches.check(id, click());
      await bench.settle(MINUTE_MS);

      assert.equal(before.reading?.kind, 'unread');
      assert.equal((await memberOf(bench, id, 'fabrikambikes')).reading?.kind, 'ready');
    }),
  );

  it(
    'holds back whose delegated administration is to be ended and could not be read',
    on({}, async (bench) => {
      await bench.faults([{ path: 'delegatedAdminRelationships', status: 403 }]);
      const name = 'firstupconsultants';
      const id = await begun(bench, [name]);
      const { reading } = await memberOf(bench, id, name);

      await bench.batches.ask(id, click(), { ...FORM, endDelegatedAdmin: true }, () => true);
      await bench.settle(MINUTE_MS);

      const [asked] = await requestsOf(bench, id);
      assert.equal(reading?.delegatedAdmin, 'unread');
      assert.deepEqual([asked?.request.state, asked?.request.notSent?.why], ['draft', 'unread-delegated-admin']);
    }),
  );

  it(
    'says whose open request stands in the way',
    on({}, async (bench) => {
      const other = await bench.send('fabrikambikes');
      await bench.until(other, 'pending');

      const id = await begun(bench, ['fabrikambikes']);

      const { reading } = await memberOf(bench, id, 'fabrikambikes');
      assert.deepEqual([reading?.kind, reading?.holder], ['open', 'ada']);
    }),
  );

  it(
    'says what is suspended from here though its request came to nothing',
    on({}, async (bench) => {
      const cleared = await bench.clear('contosobakery', 'suspend');
      await bench.settle(MINUTE_MS);
      await bench.removals.withdraw(cleared, bench.click('ada'));

      const id = await begun(bench, ['contosobakery', 'fabrikambikes']);

      assert.equal((await memberOf(bench, id, 'contosobakery')).reading?.suspendedHere, 2);
      assert.equal((await memberOf(bench, id, 'fabrikambikes')).reading?.suspendedHere, undefined);
    }),
  );

  it(
    'asks for each by a request of its own, with the same rules, and removes nothing by itself',
    on({}, async (bench) => {
      const id = await begun(bench, READY);

      await asked(bench, id);
      await bench.settle(MINUTE_MS);

      const requests = await requestsOf(bench, id);
      assert.deepEqual(
        requests.map(({ request }) => [request.customer.domain, request.form?.domain, request.state]),
        READY.map((name) => [domain(name), domain(name), 'pending']),
      );
      for (const { request } of requests) {
        assert.deepEqual(request.approvals, []);
        assert.equal(request.approvalsRequired, 1);
        const entries = await bench.audit(request.id);
        assert.ok(entries.some(({ action, detail }) => action === 'request.sending' && detail?.['batch'] === id));
      }
      assert.deepEqual(await bench.removalCalls(), []);
    }),
  );

  it(
    'carries out what was approved, and nothing else',
    on({}, async (bench) => {
      const id = await begun(bench, READY);
      await asked(bench, id);
      await bench.settle(MINUTE_MS);
      const [first, second] = await requestsOf(bench, id);

      await bench.approve(first!.request.id);
      await bench.removals.decline(second!.request.id, { ...bench.click('bo'), reason: 'They have just paid.' });
      await bench.until(first!.request.id, 'done');

      assert.equal((await bench.removalCalls()).length, 1);
      assert.deepEqual(await progress(bench, id), {
        ...{ asked: 3, planned: 0, waiting: 1, approved: 0, removed: 1, failed: 1 },
      });
    }),
  );

  it(
    'is asked for only as it was shown: with a customer more nothing is asked for',
    on({}, async (bench) => {
      const id = await begun(bench, READY);
      const shown = namesToAsk((await batchOf(bench, id)).members.filter(isReady)).slice(1);

      const answer = await bench.batches.ask(id, click(), FORM, sameAs(shown));
      await bench.settle(MINUTE_MS);

      assert.deepEqual([answer?.kind, answer?.kind === 'refused' && answer.why], ['refused', 'changed']);
      assert.deepEqual(await requestsOf(bench, id), []);
    }),
  );

  it(
    'is nobody else’s',
    on({}, async (bench) => {
      const id = await begun(bench, READY);

      for (const person of ['dan', 'bo']) {
        const answer = await bench.batches.ask(id, click(person), FORM, () => true);
        assert.deepEqual(answer?.kind === 'refused' && answer.why, 'not-yours');
        assert.equal((await bench.batches.stop(id, click(person)))?.kind, 'refused');
      }
      assert.deepEqual(await requestsOf(bench, id), []);
    }),
  );

  it(
    'counts as one of the requests that somebody may have on their way',
    on({ most: { openPerRequester: 1 } }, async (bench) => {
      const id = await begun(bench, READY);
      await asked(bench, id);
      await bench.settle(MINUTE_MS);

      const states = (await requestsOf(bench, id)).map(({ request }) => request.state);
      const other = await bench.removals.send({
        person: personOf('ada'),
        customer: await bench.customer('firstupconsultants'),
        form: { ...FORM, domain: domain('firstupconsultants') },
      });

      assert.deepEqual(states, ['pending', 'pending', 'pending']);
      assert.deepEqual(await bench.removals.openOf('ada'), { count: 1, most: 1 });
      assert.equal(other.kind === 'refused' && other.why, 'too-many-open');
    }),
  );

  it(
    'has no place where somebody has as many on their way as they may, and says so of each',
    on({ most: { openPerRequester: 1 } }, async (bench) => {
      const single = await bench.send('firstupconsultants');
      await bench.until(single, 'pending');
      const id = await begun(bench, READY);
      await asked(bench, id);
      await bench.settle(MINUTE_MS);

      const { members } = await batchOf(bench, id);
      assert.deepEqual(
        members.map(({ ask }) => ask?.outcome?.why),
        ['too-many-open', 'too-many-open', 'too-many-open'],
      );
      assert.deepEqual(await requestsOf(bench, id), []);
    }),
  );

  it(
    'queues what is more than one day takes, each on its planned day',
    on({ most: { removalsPerDay: 1 } }, async (bench) => {
      const id = await begun(bench, READY);
      await asked(bench, id);
      await bench.settle(MINUTE_MS);
      const planned = (await requestsOf(bench, id)).map(({ request }) => request.plannedFor?.day);
      const now = await progress(bench, id);
      await bench.settle(2 * DAY_MS);

      assert.deepEqual(planned, [undefined, '2026-06-16', '2026-06-17']);
      assert.deepEqual([now.waiting, now.planned], [1, 2]);
      assert.equal((await progress(bench, id)).planned, 0);
    }),
  );

  it(
    'is stopped at any time: what is not decided is withdrawn, what is not begun is not begun, what is done stays done',
    on({ most: { removalsPerDay: 2 } }, async (bench) => {
      const id = await begun(bench, [...READY, 'contosobakery']);
      await asked(bench, id);
      await bench.settle(MINUTE_MS);
      const [first] = await requestsOf(bench, id);
      await bench.approve(first!.request.id);
      await bench.until(first!.request.id, 'done');

      await bench.batches.stop(id, click());
      await bench.settle(3 * DAY_MS);

      const { members } = await batchOf(bench, id);
      assert.deepEqual(
        (await requestsOf(bench, id)).map(({ request }) => request.state),
        ['done', 'withdrawn', 'abandoned'],
      );
      assert.deepEqual(
        members.map(({ stop }) => stop),
        ['over', 'withdrawn', 'withdrawn', undefined],
      );
      assert.equal((await bench.removalCalls()).length, 1);
      assert.equal((await bench.batches.ask(id, click(), FORM, () => true))?.kind, 'refused');
    }),
  );

  it(
    'clears what was named, and asks for it afterwards',
    on({}, async (bench) => {
      const id = await begun(bench, ['contosobakery', 'northwindtraders', 'woodgrovebank']);
      const names = namesToClear((await batchOf(bench, id)).members.filter(isClearable));

      const answer = await bench.batches.clear(id, click(), sameAs(names));
      await bench.settle(10 * MINUTE_MS);
      const requests = await requestsOf(bench, id);
      for (const { request } of requests) await cardOf(bench, request.id, 'clearing');
      await bench.settle(MINUTE_MS);
      await asked(bench, id);
      await bench.settle(MINUTE_MS);

      assert.equal(answer?.kind, 'done');
      assert.equal(names.length, 3);
      assert.equal((await bench.suspensionCalls()).length, 3);
      assert.deepEqual(
        (await requestsOf(bench, id)).map(({ request }) => [request.customer.domain, request.state]),
        [
          [domain('contosobakery'), 'pending'],
          [domain('northwindtraders'), 'pending'],
        ],
      );
    }),
  );

  it(
    'reads anew by itself what has been cleared in another way since it was read, and offers it no more',
    on({}, async (bench) => {
      const name = 'contosobakery';
      const lists = [await begun(bench, [name]), await begun(bench, [name])] as const;
      for (const id of lists) {
        await bench.batches.clear(id, click(), () => true);
        await bench.settle(MINUTE_MS);
      }

      const [, second] = lists;
      const { clear, reading } = await memberOf(bench, second, name);
      assert.equal(reading?.kind, 'ready');
      assert.equal(clear, undefined, 'nobody is told to look again');
    }),
  );

  it(
    'offers to clear nothing that is being cleared, until it was read again',
    on({}, async (bench) => {
      const id = await begun(bench, ['northwindtraders']);
      const member = await memberOf(bench, id, 'northwindtraders');
      const readAt = Date.parse(member.reading?.at ?? '');
      const cleared = (afterMs: number, outcome?: NonNullable<Member['clear']>['outcome']): Member => ({
        ...member,
        clear: { at: new Date(readAt + afterMs).toISOString(), holdingIds: [], ...(outcome && { outcome }) },
      });

      const offered = [member, cleared(1), cleared(1, {}), cleared(1, { why: 'taken' }), cleared(-1, {})].map(
        isClearable,
      );

      assert.deepEqual(offered, [true, false, false, true, true]);
    }),
  );

  it(
    'suspends no more than one day takes',
    on({ most: { suspensionsPerDay: 1 } }, async (bench) => {
      const id = await begun(bench, ['northwindtraders', 'contosobakery']);

      await bench.batches.clear(id, click(), () => true);
      await bench.settle(10 * MINUTE_MS);

      assert.equal((await bench.suspensionCalls()).length, 1);
      assert.equal((await memberOf(bench, id, 'contosobakery')).clear?.outcome?.why, 'no-suspensions-left');
    }),
  );

  it(
    'is deleted once nobody asks for it any more',
    on({}, async (bench) => {
      const id = await begun(bench, READY);

      bench.advance(119 * DAY_MS);
      const early = await bench.batchStore.deleteOld(new Date(bench.clock().getTime() - 120 * DAY_MS), () =>
        Promise.resolve(false),
      );
      await allIsShown(bench, id);
      bench.advance(2 * DAY_MS);
      const late = await bench.batches.deleteOld();

      assert.deepEqual([early, late], [0, 1]);
      assert.equal(await bench.batches.find(id), undefined);
    }),
  );
}).timeout(60_000);

describe('a batch that does not show a request', () => {
  it(
    'leaves its cards to the request itself',
    on({}, async (bench) => {
      const id = await begun(bench, READY);
      await asked(bench, id);
      await bench.settle(MINUTE_MS);
      const { requestId = '', customer } = await memberOf(bench, id, READY[0]);
      const known = await cardOf(bench, requestId, 'request');
      const { version } = await bench.store.read(`batch:${id}`);
      await bench.store.commit(`batch:${id}`, version, [{ key: `member:${customer.id}`, remove: true }]);
      const unknown = await cardOf(bench, requestId, 'request');

      assert.deepEqual([known, unknown], [true, false]);
    }),
  );

  it(
    'is kept as long as one of its requests is open',
    on({ policy: { approvalTtlMs: 365 * DAY_MS } }, async (bench) => {
      const id = await begun(bench, READY);
      await asked(bench, id);
      await bench.settle(MINUTE_MS);
      await allIsShown(bench, id);
      bench.advance(121 * DAY_MS);

      assert.equal(await bench.batches.deleteOld(), 0);
      await bench.batches.stop(id, click());
      await bench.settle(0);
      await allIsShown(bench, id);
      assert.equal(await bench.batches.deleteOld(), 1);
    }),
  );
}).timeout(60_000);

/** As the outbox does with what waits to be shown of one of its requests. */
async function cardOf(bench: Workbench, requestId: string, slot: 'clearing' | 'request'): Promise<boolean> {
  const record = await bench.record(requestId);
  const row = { recipient: 'ada', slot, mode: 'edit', n: 1, tries: 0, since: bench.clock().toISOString() } as const;
  return bench.batches.requestChanged(record, row, false);
}

async function allIsShown(bench: Workbench, id: string): Promise<void> {
  const { rows, version } = await bench.store.read(`batch:${id}`);
  const keys = [...rows.keys()].filter((key) => key.startsWith('outbox:'));
  await bench.store.commit(
    `batch:${id}`,
    version,
    keys.map((key) => ({ key, remove: true })),
  );
}

/** Does something around the first call of a use case, which may end the process. */
function around(
  { removals }: Workbench,
  what: 'send' | 'clear',
  moment: 'before' | 'after',
  does: () => Promise<unknown>,
): void {
  const real = removals[what].bind(removals) as (asked: object) => Promise<unknown>;
  const once = async (asked: object): Promise<unknown> => {
    Object.assign(removals, { [what]: real });
    if (moment === 'before') await does();
    const answer = await real(asked);
    if (moment === 'after') await does();
    return answer;
  };
  Object.assign(removals, { [what]: once });
}

const everyRequest = async (bench: Workbench): Promise<readonly RequestRecord['request'][]> => {
  const partitions = await Array.fromAsync(bench.store.partitions('request'));
  return Promise.all(partitions.map((one) => bench.request(one.slice('request:'.length))));
};

describe('stopping a batch', () => {
  for (const moment of ['before', 'after'] as const)
    it(
      `withdraws the one that is being handed in, pressed ${moment} it is`,
      on({}, async (bench) => {
        const id = await begun(bench, READY);
        await asked(bench, id);
        around(bench, 'send', moment, () => bench.batches.stop(id, click()));

        await bench.settle(HOUR_MS);

        const { members } = await batchOf(bench, id);
        const all = await everyRequest(bench);
        assert.deepEqual(
          all.map(({ state }) => state),
          ['abandoned'],
        );
        assert.deepEqual(
          members.map(({ requestId, stop, ask }) => [requestId, stop, ask === undefined]),
          [
            [all[0]!.id, 'withdrawn', false],
            [undefined, undefined, true],
            [undefined, undefined, true],
          ],
        );
      }),
    );

  it(
    'withdraws what was handed in before a crash, and not yet noted',
    on({}, async (bench) => {
      const id = await begun(bench, READY);
      await asked(bench, id);
      around(bench, 'send', 'after', () => Promise.reject(new Crash()));
      await assert.rejects(bench.settle(HOUR_MS), Crash);

      bench.restart();
      await bench.batches.stop(id, click());
      await bench.settle(HOUR_MS);

      const all = await everyRequest(bench);
      assert.deepEqual(
        all.map(({ state }) => ['abandoned', 'withdrawn'].includes(state)),
        [true],
      );
      assert.equal((await memberOf(bench, id, READY[0])).requestId, all[0]!.id);
    }),
  );

  it(
    'hands nothing in twice where it goes on after such a crash',
    on({}, async (bench) => {
      const id = await begun(bench, READY);
      await asked(bench, id);
      around(bench, 'send', 'after', () => Promise.reject(new Crash()));
      await assert.rejects(bench.settle(HOUR_MS), Crash);

      bench.restart();
      await bench.settle(HOUR_MS);

      const all = await everyRequest(bench);
      assert.deepEqual(
        all.map(({ state }) => state),
        ['pending', 'pending', 'pending'],
      );
      assert.deepEqual(
        (await requestsOf(bench, id)).map(({ request }) => request.id).toSorted(),
        all.map((one) => one.id).toSorted(),
      );
    }),
  );

  for (const ends of [false, true])
    it(
      `knows what is being cleared${ends ? ' after a crash' : ''}, and leaves it as it is`,
      on({}, async (bench) => {
        const id = await begun(bench, ['contosobakery', 'northwindtraders']);
        await bench.batches.clear(id, click(), () => true);
        around(bench, 'clear', 'after', () => (ends ? Promise.reject(new Crash()) : bench.batches.stop(id, click())));
        if (ends) {
          await assert.rejects(bench.settle(HOUR_MS), Crash);
          bench.restart();
          await bench.batches.stop(id, click());
        } else await bench.settle(0);
        await bench.settle(HOUR_MS);

        const [contoso, northwind] = (await batchOf(bench, id)).members;
        const all = await everyRequest(bench);
        assert.deepEqual(
          all.map(({ state }) => state),
          ['draft'],
        );
        assert.deepEqual([contoso!.requestId, contoso!.stop], [all[0]!.id, 'kept']);
        assert.deepEqual([northwind!.requestId, northwind!.clear], [undefined, undefined]);
        assert.equal((await bench.suspensionCalls()).length, 2);
      }),
    );

  it(
    'leaves alone what was sent by itself, though the list has cleared the way for it',
    on({}, async (bench) => {
      const id = await begun(bench, ['northwindtraders', 'fabrikambikes']);
      await bench.batches.clear(id, click(), () => true);
      await bench.settle(10 * MINUTE_MS);
      const single = await bench.send('northwindtraders');
      await bench.until(single, 'pending');
      await asked(bench, id);
      await bench.settle(MINUTE_MS);
      const record = await batchOf(bench, id);
      const counted = stoppable(record, await bench.batches.requestsOf(record));

      await bench.batches.stop(id, click());
      await bench.settle(MINUTE_MS);

      assert.equal((await memberOf(bench, id, 'northwindtraders')).requestId, single);
      assert.equal((await bench.request(single)).state, 'pending');
      const { requestId = '' } = await memberOf(bench, id, 'fabrikambikes');
      assert.equal((await bench.request(requestId)).state, 'withdrawn');
      assert.deepEqual(counted, { notBegun: 0, withdrawn: 1, clearing: 0, tooLate: 0 });
    }),
  );
}).timeout(60_000);

describe('a batch, when the process ends in the middle of it', () => {
  /** @returns whether there was a crash at all. */
  async function goesOnAfterCrash(moment: 'before' | 'after', at: number): Promise<boolean> {
    let isCrashed = false;
    await on({ most: { openPerRequester: 1 } }, async (bench) => {
      const id = await begun(bench, [...READY, 'contosobakery']);
      let seen = 0;
      bench.aroundCommit = (when) => {
        if (when === moment && ++seen === at) throw new Crash();
      };
      const go = async (): Promise<void> => {
        const { members } = await batchOf(bench, id);
        // The same clicks again, delivered twice perhaps.
        await bench.batches.ask(id, click(), FORM, sameAs(namesToAsk(members.filter(isReady))));
        await bench.batches.clear(id, click(), sameAs(namesToClear(members.filter(isClearable))));
        await bench.settle(10 * MINUTE_MS);
      };
      try {
        await go();
      } catch (error) {
        if (!(error instanceof Crash)) throw error;
        isCrashed = true;
        bench.restart();
        await go();
        await bench.settle(HOUR_MS);
      }

      // One request each, however often it was begun, each waiting for a decision of its own.
      const requests = await requestsOf(bench, id);
      assert.deepEqual(
        requests.map(({ request }) => request.state),
        ['pending', 'pending', 'pending', 'draft'],
      );
      const all = await Array.fromAsync(bench.store.partitions('request'));
      assert.equal(all.length, 4, 'no request was begun twice');
      assert.equal((await bench.suspensionCalls()).length, 2);
      assert.deepEqual(await bench.removals.openOf('ada'), { count: 1, most: 1 });
      assert.deepEqual(await bench.removalCalls(), []);
      assert.equal((await bench.store.read(`batch:${id}`)).rows.get('work'), undefined);
    })();
    return isCrashed;
  }

  for (const moment of ['before', 'after'] as const)
    it(`asks for each once, and clears each once, after a crash ${moment} any commit`, async () => {
      let at = 1;
      while (await goesOnAfterCrash(moment, at)) at += 1;
      assert.ok(at > 20, `${at} points`);
    }).timeout(600_000);
});

describe('a batch in a store that was put back from a backup', () => {
  it(
    'says of what was being handed in, and was not, that it was not done, and asks nobody',
    on({}, async (bench) => {
      const id = await begun(bench, READY);
      await asked(bench, id);
      // The first is handed in, and the process ends; the others are not.
      let commits = 0;
      bench.aroundCommit = (moment) => {
        if (moment === 'after' && (commits += 1) > 6) throw new Crash();
      };
      await assert.rejects(bench.settle(MINUTE_MS), { name: 'Crash' });
      bench.aroundCommit = () => undefined;
      const restore = await bench.backUp();

      await restore();
      await bench.settle(2 * HOUR_MS);

      const states = (await requestsOf(bench, id)).map(({ request }) => [request.state, request.voided?.why]);
      const { members } = await batchOf(bench, id);
      const notDone = members.filter(({ ask }) => ask?.outcome?.why === 'restored');
      assert.ok(notDone.length > 0);
      assert.deepEqual(states, Array(READY.length - notDone.length).fill(['void', 'restored']));
      assert.equal(progressOf(standingsOf(await batchOf(bench, id), new Map())).waiting, 0);
      // Whoever listed them can ask for these anew.
      await asked(bench, id);
      await bench.settle(MINUTE_MS);
      assert.equal((await progress(bench, id)).waiting, notDone.length);
    }),
  );

  it(
    'suspends nothing that was confirmed before and was not begun',
    on({}, async (bench) => {
      const id = await begun(bench, ['contosobakery']);
      const names = namesToClear((await batchOf(bench, id)).members.filter(isClearable));
      assert.equal((await bench.batches.clear(id, click(), sameAs(names)))?.kind, 'done');
      const restore = await bench.backUp();

      await restore();
      await bench.settle(2 * HOUR_MS);

      assert.equal((await memberOf(bench, id, 'contosobakery')).clear?.outcome?.why, 'restored');
      assert.deepEqual(await bench.suspensionCalls(), []);
    }),
  );
});
