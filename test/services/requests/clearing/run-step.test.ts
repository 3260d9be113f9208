import assert from 'node:assert/strict';
import type { LogEntry } from '../../../../sandbox/partner-center/control/log.ts';
import { DAY_MS, MINUTE_MS, SECOND_MS } from '../../../../services/clock.ts';
import { undoOf } from '../../../../services/requests/giving-back/giving-back.ts';
import { Crash, on, onSuspension, SUSPENSION_PATH, type Workbench, type WorkbenchOptions } from '../workbench.ts';

const unique = <T>(values: readonly T[]): readonly T[] => [...new Set(values)];
const requestIds = (calls: readonly LogEntry[]) => unique(calls.map(({ requestId }) => requestId));
const states = async (bench: Workbench, id: string) => (await bench.steps(id)).map(({ state }) => state);
const only = async (bench: Workbench, id: string) => (await bench.steps(id))[0]!;
const held = async (bench: Workbench, domain: string) =>
  bench.stand.world.customer((await bench.customer(domain)).id)!.holdings.subscriptions;
/** Northwind Traders have one licence, and nothing else. */
const one = 'northwindtraders';
const change = async (bench: Workbench, fields: object, domain = one): Promise<void> => {
  const [first] = await held(bench, domain);
  await bench.world({ customerId: (await bench.customer(domain)).id, setSubscription: { id: first!.id, ...fields } });
};
/** How often a subscription was read before each change after the first. */
async function readsBetween(bench: Workbench): Promise<readonly number[]> {
  const reads: number[] = [];
  let seen = 0;
  for (const { method, path } of await bench.log()) {
    if (!new RegExp(SUSPENSION_PATH).test(path)) continue;
    if (method === 'GET') seen++;
    else {
      reads.push(seen);
      seen = 0;
    }
  }
  return reads.slice(1);
}
const steps = async (bench: Workbench, id: string): Promise<readonly string[]> =>
  (await bench.audit(id)).filter(({ detail }) => detail?.['step'] === 'suspend').map(({ action }) => action);

describe('a confirmed step', () => {
  it(
    'is sent once, is seen, and only then has ended',
    on({}, async (bench) => {
      const id = await bench.suspend(one);

      await bench.settle(MINUTE_MS);

      const step = await only(bench, id);
      const [call, ...more] = await bench.suspensionCalls();
      assert.deepEqual([step.state, step.wasSoBefore, more], ['done', undefined, []]);
      assert.deepEqual([call!.requestId, call!.correlationId], [step.requestId, step.correlationId]);
      assert.equal((await held(bench, one))[0]!.status, 'suspended');
      assert.deepEqual(await steps(bench, id), ['step.asked', 'step.intent', 'step.outcome', 'step.verified']);
    }),
  );

  it(
    'keeps what else the subscription says',
    on({}, async (bench) => {
      await change(bench, { autoRenewEnabled: true });
      await bench.suspend(one);

      await bench.settle(MINUTE_MS);

      const [subscription] = await held(bench, one);
      assert.deepEqual([subscription!.status, subscription!.autoRenewEnabled], ['suspended', true]);
    }),
  );

  it(
    'touches nothing that was not confirmed',
    on({}, async (bench) => {
      const id = await bench.suspend('contoso', ['Visio Plan 2']);

      await bench.settle(MINUTE_MS);

      assert.equal((await bench.suspensionCalls()).length, 1);
      assert.deepEqual(
        (await held(bench, 'contoso')).map(({ offerName, status }) => `${offerName}: ${status}`).sort(),
        [
          'Microsoft Defender for Office 365 (Plan 1): active',
          'Office 365 E5: active',
          'Project Plan 3: active',
          'Visio Plan 2: suspended',
        ],
      );
      assert.equal((await bench.steps(id)).length, 1);
    }),
  );

  it(
    'of several is told ready once the last has ended and nothing stands in the way',
    on({}, async (bench) => {
      const id = await bench.suspend('contoso');

      await bench.settle(MINUTE_MS);

      const { rows } = await bench.store.read(`request:${id}`);
      const card = rows.get('outbox:ada:clearing')?.value as Record<string, unknown>;
      assert.deepEqual([card['mode'], card['headline']], ['new', 'ready']);
      assert.ok((await states(bench, id)).every((state) => state === 'done'));
    }),
  );

  it(
    'that shows later is waited for, and is not sent again',
    on({ switches: { statusDelayMs: 90_000 } }, async (bench) => {
      const id = await bench.suspend(one);

      await bench.settle(80 * SECOND_MS);
      const early = await states(bench, id);
      await bench.settle(MINUTE_MS);

      assert.deepEqual([early, await states(bench, id)], [['accepted'], ['done']]);
      assert.equal((await bench.suspensionCalls()).length, 1);
    }),
  );

  it(
    'that never shows is given up, and is not sent again',
    on({ switches: { statusDelayMs: 30 * DAY_MS } }, async (bench) => {
      const id = await bench.suspend(one);

      await bench.settle(20 * MINUTE_MS);

      assert.deepEqual(await states(bench, id), ['failed']);
      assert.equal((await bench.suspensionCalls()).length, 1);
    }),
  );
});

describe('a step without an answer', () => {
  const hanging: WorkbenchOptions = { timeoutMs: 400 };
  type Way = readonly [name: string, fault: object, applied: boolean, options?: WorkbenchOptions];
  const ways: readonly Way[] = [
    ['F7: a line that was cut before it was carried out', { kind: 'reset' }, false],
    ['F6: a line that was cut after it was carried out', { kind: 'apply-then-reset' }, true],
    ['F7: no answer at all, and not carried out', { kind: 'hang' }, false, hanging],
    ['F6: no answer at all, and carried out', { kind: 'apply-then-hang' }, true, hanging],
    ...[500, 502, 503, 504].map((status): Way => [`F8: ${status}, and not carried out`, { status }, false]),
    ['F8: 500, and carried out', { kind: 'apply-then-answer', status: 500 }, true],
    ['F19: a page of HTML', { kind: 'apply-then-answer', status: 200, body: '<html></html>' }, true],
  ];
  for (const repeatedRequestId of ['honours', 'ignores'] as const)
    for (const [name, fault, applied, options] of ways)
      it(
        `${name}, is ${applied ? 'never sent again' : 'sent again under one id, after a reading'}, by a service that ${repeatedRequestId} ids`,
        on(options ?? {}, async (bench) => {
          await bench.faults([onSuspension(fault)], { repeatedRequestId });
          const id = await bench.suspend(one);

          await bench.settle(MINUTE_MS);

          const calls = await bench.suspensionCalls();
          assert.deepEqual(await states(bench, id), ['done']);
          assert.equal(calls.length, applied ? 1 : 2);
          assert.equal(requestIds(calls).length, 1);
          assert.equal(unique(calls.map(({ correlationId }) => correlationId)).length, calls.length);
          assert.ok((await readsBetween(bench)).every((reads) => reads >= 1));
        }),
      );

  for (const repeatedRequestId of ['honours', 'ignores'] as const)
    it(
      `F6: that was carried out, and shows later, is found out, by a service that ${repeatedRequestId} ids`,
      on({}, async (bench) => {
        await bench.faults([onSuspension({ kind: 'apply-then-reset' })], { repeatedRequestId, statusDelayMs: 20_000 });
        const id = await bench.suspend(one);

        await bench.settle(5 * MINUTE_MS);

        assert.deepEqual(await states(bench, id), ['done']);
        assert.equal((await held(bench, one))[0]!.status, 'suspended');
      }),
    );

  it(
    'F8: however often it is sent is given up after five times, and says so',
    on({}, async (bench) => {
      await bench.faults([onSuspension({ kind: 'reset', times: 100 })]);
      const id = await bench.suspend(one);

      await bench.settle(10 * MINUTE_MS);

      const calls = await bench.suspensionCalls();
      const { state, refused } = await only(bench, id);
      assert.deepEqual([state, refused?.fault], ['failed', 'unavailable']);
      assert.deepEqual([calls.length, requestIds(calls).length], [5, 1]);
    }),
  );
});

describe('a process that ends while it suspends', () => {
  for (const [name, moment, sendings] of [
    ['between the intent and the call', 'before', 1],
    ['between the call and its outcome', 'after', 1],
  ] as const)
    it(
      `${name} is followed by one that reads first`,
      on({}, async (bench) => {
        const id = await bench.suspend(one);
        bench.aroundChange = (now) => {
          if (now === moment) throw new Crash();
        };
        await assert.rejects(bench.step(), Crash);
        const { state, requestId } = await only(bench, id);
        assert.equal(state, 'sent');

        bench.restart();
        await bench.settle(MINUTE_MS);

        const calls = await bench.suspensionCalls();
        assert.deepEqual(await states(bench, id), ['done']);
        assert.deepEqual([calls.length, requestIds(calls)], [sendings, [requestId]]);
      }),
    );

  it(
    'F2: at any commit, before or after it, leaves steps that come to their end, each by one id',
    on({}, async (bench) => {
      let commits = 0;
      await bench.suspend(one);
      bench.aroundCommit = (moment) => {
        if (moment === 'before') commits++;
      };
      await bench.settle(MINUTE_MS);
      assert.ok(commits >= 4, `${commits} commits`);

      for (const moment of ['before', 'after'] as const)
        for (let at = 1; at <= commits; at++)
          await on({}, async (again) => {
            const id = await again.suspend(one);
            let seen = 0;
            again.aroundCommit = (now) => {
              if (now === moment && ++seen === at) throw new Crash();
            };
            await assert.rejects(again.settle(MINUTE_MS), Crash);
            again.restart();
            await again.settle(5 * MINUTE_MS);

            const calls = await again.suspensionCalls();
            assert.deepEqual(await states(again, id), ['done'], `${moment} commit ${at}`);
            assert.deepEqual([calls.length, requestIds(calls).length], [1, 1], `${moment} commit ${at}`);
            assert.deepEqual((await again.audit(id)).at(-1)?.action, 'step.verified');
          })();
    }),
  );
});

describe('a step that is sent more than once', () => {
  for (const [name, fault, times] of [
    ['asked to slow down', { status: 429, headers: { 'Retry-After': '5' } }, 2],
    ['a line that was cut', { kind: 'reset' }, 2],
    ['500', { status: 500 }, 1],
    ['an error that is called 200', { status: 200, code: '400072', description: 'Not found.' }, 2],
  ] as const)
    it(
      `is on record with what came of each time: ${name}`,
      on({}, async (bench) => {
        await bench.faults([onSuspension({ ...fault, times })]);
        const id = await bench.suspend(one);

        await bench.settle(5 * MINUTE_MS);

        const made = (await bench.suspensionCalls()).map(({ correlationId }) => correlationId);
        const recorded = (await bench.audit(id)).filter(({ action }) => action === 'step.outcome');
        assert.deepEqual(await states(bench, id), ['done']);
        assert.equal(made.length, times + 1);
        assert.deepEqual(
          recorded.map(({ detail }) => detail?.['correlationId']),
          made,
        );
      }),
    );
});

describe('a step that was turned away for a while', () => {
  it(
    'F9: is sent again under the same id, no earlier than the service has said',
    on({}, async (bench) => {
      await bench.faults([onSuspension({ status: 429, headers: { 'Retry-After': '57' } })]);
      const id = await bench.suspend(one);

      await bench.settle(5 * MINUTE_MS);

      const [first, second, ...more] = await bench.suspensionCalls();
      assert.deepEqual(await states(bench, id), ['done']);
      assert.ok(Date.parse(second!.at) - Date.parse(first!.at) >= 57 * SECOND_MS);
      assert.deepEqual([second!.requestId, more], [first!.requestId, []]);
    }),
  );

  for (const seconds of ['0', '-1', '1000000000', 'soon', ''])
    it(
      `F10: waits between a second and five minutes where the service says "${seconds}"`,
      on({}, async (bench) => {
        await bench.faults([onSuspension({ status: 429, body: {}, headers: { 'Retry-After': seconds } })]);
        const id = await bench.suspend(one);

        await bench.settle(10 * MINUTE_MS);

        const [first, second] = await bench.suspensionCalls();
        const waitedMs = Date.parse(second!.at) - Date.parse(first!.at);
        assert.deepEqual(await states(bench, id), ['done']);
        assert.ok(waitedMs >= SECOND_MS && waitedMs <= 5 * MINUTE_MS, `${waitedMs} ms`);
      }),
    );
});

describe('a subscription that was changed since it was read', () => {
  it(
    'F11: is read again, and then suspended by another call under an id of its own',
    on({}, async (bench) => {
      const [subscription] = await held(bench, one);
      bench.aroundChange = (moment) => {
        if (moment === 'before') subscription!.version += 1;
        bench.aroundChange = () => undefined;
      };
      const id = await bench.suspend(one);

      await bench.settle(MINUTE_MS);

      const calls = await bench.suspensionCalls();
      assert.deepEqual(
        calls.map(({ status, code }) => [status, code]),
        [
          [400, '2055'],
          [200, undefined],
        ],
      );
      assert.equal(requestIds(calls).length, 2);
      assert.ok((await readsBetween(bench)).every((reads) => reads >= 1));
      assert.deepEqual(await states(bench, id), ['done']);
    }),
  );

  it(
    'F11: every time is given up after five times',
    on({}, async (bench) => {
      await bench.faults([onSuspension({ status: 412, times: 100 })]);
      const id = await bench.suspend(one);

      await bench.settle(MINUTE_MS);

      assert.deepEqual(await states(bench, id), ['failed']);
      assert.equal((await bench.suspensionCalls()).length, 5);
    }),
  );
});

describe('a subscription that cannot be suspended as it was confirmed', () => {
  const given = (name: string, happens: (bench: Workbench) => Promise<void>, state: string, was?: boolean): void => {
    it(
      `because ${name} is left alone`,
      on({}, async (bench) => {
        const id = await bench.suspend(one);
        await happens(bench);

        await bench.settle(MINUTE_MS);

        const step = await only(bench, id);
        assert.deepEqual([step.state, step.wasSoBefore], [state, was]);
        assert.deepEqual(await bench.suspensionCalls(), []);
      }),
    );
  };
  given('somebody else has suspended it', (bench) => change(bench, { status: 'suspended' }), 'done', true);
  given('it is deleted', (bench) => change(bench, { status: 'deleted' }), 'failed');
  given('its state is one that nobody knows', (bench) => change(bench, { status: 'under_review' }), 'failed');
  given(
    'it is gone',
    async (bench) => {
      const [first] = await held(bench, one);
      await bench.world({ customerId: (await bench.customer(one)).id, removeSubscription: first!.id });
    },
    'failed',
  );
  given(
    'it has become something whose step cannot be taken back',
    async (bench) => {
      (await held(bench, one))[0]!.class = 'new-commerce-licence';
    },
    'failed',
  );
  given(
    'the customer is no longer ours',
    async (bench) => bench.world({ customerId: (await bench.customer(one)).id, relationship: 'none' }),
    'failed',
  );

  it(
    'because the service refuses it says so in the service’s own words, and is not sent again',
    on({}, async (bench) => {
      await bench.faults([onSuspension({ status: 403, code: '900115', description: 'Active Azure subscriptions.' })]);
      const id = await bench.suspend(one);

      await bench.settle(10 * MINUTE_MS);

      const { state, refused } = await only(bench, id);
      assert.deepEqual([state, refused?.description], ['failed', 'Active Azure subscriptions.']);
      assert.equal((await bench.suspensionCalls()).length, 1);
    }),
  );

  for (const code of ['800091', '800040'])
    it(
      `F12: (${code}) because it is suspended already is so after a reading`,
      on({}, async (bench) => {
        const [subscription] = await held(bench, one);
        bench.aroundChange = (moment) => {
          if (moment === 'after') Object.assign(subscription!, { status: 'suspended', statusSince: bench.clock() });
        };
        await bench.faults([onSuspension({ status: 400, code })]);
        const id = await bench.suspend(one);

        await bench.settle(MINUTE_MS);

        assert.deepEqual(await states(bench, id), ['done']);
        assert.equal((await bench.suspensionCalls()).length, 1);
      }),
    );

  it(
    'F14: because another operation is under way waits for it',
    on({}, async (bench) => {
      await bench.faults([onSuspension({ status: 409, code: '900278', description: 'Pending.', times: 2 })]);
      const id = await bench.suspend(one);

      await bench.settle(5 * MINUTE_MS);

      assert.deepEqual(await states(bench, id), ['done']);
      assert.equal((await bench.suspensionCalls()).length, 3);
      const recorded = (await bench.audit(id)).filter(({ detail }) => detail?.['step'] === 'suspend');
      assert.deepEqual(
        recorded.filter(({ action }) => action === 'step.outcome').map(({ detail }) => detail?.['status']),
        [409, 409, 200],
      );
      const idsOf = (action: string) =>
        recorded.filter((entry) => entry.action === action).map(({ detail }) => detail?.['requestId']);
      assert.deepEqual(idsOf('step.outcome'), idsOf('step.intent'), 'each call has its answer on record');
    }),
  );

  it(
    'F14: because another operation never ends is given up, with the service’s own words',
    on({}, async (bench) => {
      await bench.faults([onSuspension({ status: 409, code: '900278', description: 'Pending.', times: 99 })]);
      const id = await bench.suspend(one);

      await bench.settle(20 * MINUTE_MS);

      const { state, refused } = await only(bench, id);
      assert.deepEqual([state, refused?.description], ['failed', 'Pending.']);
      assert.equal((await bench.suspensionCalls()).length, 5);
    }),
  );
});

describe('a subscription that cannot be read', () => {
  const readable = { method: 'GET', path: SUSPENSION_PATH };

  it(
    'is not changed before it can be',
    on({}, async (bench) => {
      await bench.faults([{ ...readable, status: 503 }]);
      const id = await bench.suspend(one);

      await bench.settle(20 * SECOND_MS);
      assert.deepEqual(await bench.suspensionCalls(), []);
      await bench.faults([]);
      await bench.settle(MINUTE_MS);

      assert.deepEqual(await states(bench, id), ['done']);
    }),
  );

  it(
    'for long is given up',
    on({}, async (bench) => {
      await bench.faults([{ ...readable, status: 503 }]);
      const id = await bench.suspend(one);

      await bench.settle(20 * MINUTE_MS);

      const { state, refused } = await only(bench, id);
      assert.deepEqual([state, refused?.status], ['failed', 503]);
      assert.deepEqual(await bench.suspensionCalls(), []);
    }),
  );
});

describe('a suspension that was accepted, and cannot be read from then on', () => {
  for (const [name, answer] of [
    ['401', { status: 401, code: '900421' }],
    ['403', { status: 403, code: '2032' }],
    ['404', { status: 404, code: '400011' }],
    ['429', { status: 429, headers: { 'Retry-After': '5' } }],
    ['400', { status: 400, code: '2000' }],
    ['503', { status: 503 }],
  ] as const)
    it(
      `(${name}) is on the list of what can be given back`,
      on({}, async (bench) => {
        const id = await bench.suspend(one);
        await bench.step();
        await bench.faults([{ method: 'GET', path: SUSPENSION_PATH, ...answer }]);

        await bench.settle(20 * MINUTE_MS);
        await bench.removals.withdraw(id, bench.click('ada'));

        const step = await only(bench, id);
        const { items } = undoOf(await bench.record(id));
        assert.deepEqual([step.state, step.endedFor, step.refused], ['failed', 'unreadable', undefined]);
        assert.deepEqual(
          items.map(({ holdingId, isUncertain }) => [holdingId, isUncertain]),
          [[step.holdingId, true]],
        );
        assert.equal((await held(bench, one))[0]!.status, 'suspended');
      }),
    );

  it(
    'is reminded of',
    on({}, async (bench) => {
      const id = await bench.suspend(one);
      await bench.step();
      await bench.faults([{ method: 'GET', path: SUSPENSION_PATH, status: 403, code: '2032' }]);
      await bench.settle(20 * MINUTE_MS);
      await bench.removals.withdraw(id, bench.click('ada'));
      await bench.faults([]);

      await bench.settle(2 * DAY_MS);

      assert.ok((await bench.outbox(id)).some(({ headline }) => headline === 'still-suspended'));
    }),
  );
});

describe('a suspension without an answer whose next sending is refused', () => {
  it(
    'may have been carried out, and is on the list of what can be given back',
    on({}, async (bench) => {
      const id = await bench.suspend(one);
      await bench.faults([onSuspension({ kind: 'reset' }), onSuspension({ status: 403, code: '2032' })]);

      await bench.settle(20 * MINUTE_MS);
      await bench.removals.withdraw(id, bench.click('ada'));

      const step = await only(bench, id);
      assert.deepEqual([step.state, step.refused?.status, step.endedFor], ['failed', 403, 'no-answer']);
      assert.equal(undoOf(await bench.record(id)).items.length, 1);
    }),
  );

  it(
    'was not carried out where every sending was refused',
    on({}, async (bench) => {
      const id = await bench.suspend(one);
      await bench.faults([onSuspension({ status: 403, code: '2032' })]);

      await bench.settle(20 * MINUTE_MS);
      await bench.removals.withdraw(id, bench.click('ada'));

      assert.deepEqual(await states(bench, id), ['failed']);
      assert.deepEqual(undoOf(await bench.record(id)).items, []);
    }),
  );
});

describe('a request that ends while it is being cleared', () => {
  it(
    'F34: has nothing sent any more that was not sent yet',
    on({}, async (bench) => {
      const id = await bench.suspend(one);
      await bench.removals.withdraw(id, bench.click('ada'));

      await bench.settle(MINUTE_MS);

      assert.deepEqual(await bench.suspensionCalls(), []);
      assert.deepEqual(await states(bench, id), ['failed']);
    }),
  );

  it(
    'F34: has nothing sent any more whose reading was under way',
    on({}, async (bench) => {
      const id = await bench.suspend(one);

      const reading = bench.step();
      await bench.removals.withdraw(id, bench.click('ada'));
      await reading;
      await bench.settle(MINUTE_MS);

      assert.deepEqual(await bench.suspensionCalls(), []);
      assert.deepEqual(await states(bench, id), ['failed']);
    }),
  );

  it(
    'F34: has nothing sent again that was sent without an answer',
    on({}, async (bench) => {
      await bench.faults([onSuspension({ kind: 'reset' })]);
      const id = await bench.suspend(one);
      await bench.step();
      await bench.removals.withdraw(id, bench.click('ada'));

      await bench.settle(20 * MINUTE_MS);

      assert.equal((await bench.suspensionCalls()).length, 1);
      assert.deepEqual(await states(bench, id), ['failed']);
    }),
  );

  it(
    'F34: has what was sent followed to its end, so that it can be taken back',
    on({ switches: { statusDelayMs: 40_000 } }, async (bench) => {
      await bench.faults([onSuspension({ kind: 'apply-then-reset' })], { statusDelayMs: 40_000 });
      const id = await bench.suspend(one);
      await bench.step();
      await bench.removals.withdraw(id, bench.click('ada'));

      await bench.settle(20 * MINUTE_MS);

      const step = await only(bench, id);
      assert.deepEqual([step.state, step.wasSoBefore], ['done', undefined]);
      assert.equal((await bench.suspensionCalls()).length, 1);
    }),
  );
});
