import assert from 'node:assert/strict';
import type { Subscription } from '../../../../sandbox/partner-center/world/records.ts';
import { DAY_MS, HOUR_MS, later, MINUTE_MS, SECOND_MS } from '../../../../services/clock.ts';
import { isUnknown } from '../../../../services/requests/cancelling/cancellation.ts';
import type { RemovalRequest, RequestRecord } from '../../../../services/requests/request.ts';
import type { ClearingStep } from '../../../../services/requests/clearing/clearing-step.ts';
import { DOMAIN, onThree, PLANNER, subscription, told, VISIO } from './cancelling-on.ts';
import { Crash, on, onSuspension, type Workbench } from '../workbench.ts';

/** The first subscription of the customer, whatever it is called. */
async function first(bench: Workbench, domain = DOMAIN): Promise<Subscription> {
  const { id } = await bench.customer(domain);
  return bench.stand.world.customer(id)!.holdings.subscriptions[0]!;
}

const stepOf = async (bench: Workbench, id: string, name: string): Promise<ClearingStep> =>
  (await bench.steps(id)).find((step) => step.action === 'cancel' && step.name === name) ?? assert.fail(name);

/** What no test may ever see: a call before the approval, or one under two ids without an answer to the first. */
async function assertApproved(bench: Workbench, id: string): Promise<void> {
  const entries = await bench.audit(id);
  const approvedAt = entries.find(({ action }) => action === 'request.approved')?.at;
  for (const { at } of await bench.cancelCalls()) assert.ok(approvedAt !== undefined && at >= approvedAt, 'too early');
}

describe('a cancellation', () => {
  it(
    'is sent only once it was approved, each by a call of its own, and is done when all were seen',
    onThree(async (bench) => {
      const id = await bench.sendCancellation(DOMAIN);
      await bench.settle(MINUTE_MS);
      assert.equal((await bench.request(id)).state, 'pending');
      assert.deepEqual(await bench.cancelCalls(), []);

      await bench.approve(id);
      await bench.until(id, 'done');

      const calls = await bench.cancelCalls();
      assert.equal(calls.length, 3);
      assert.equal(new Set(calls.map(({ requestId }) => requestId)).size, 3);
      for (const name of [PLANNER, VISIO]) assert.equal((await subscription(bench, name)).status, 'deleted');
      assert.equal((await bench.removalCalls()).length, 0);
      await assertApproved(bench, id);
    }),
  );

  it(
    'cancels what was named and nothing else',
    onThree(async (bench) => {
      const id = await bench.approvedCancellation(DOMAIN, [VISIO]);
      await bench.until(id, 'done');

      assert.equal((await bench.cancelCalls()).length, 1);
      assert.equal((await subscription(bench, PLANNER)).status, 'active');
    }),
  );

  for (const [what, domain, path, wanted] of [
    ['marketplace by its subscription', 'relecloud', /\/subscriptions\//, 'deleted'],
    ['a software subscription by its order', 'litware', /\/orders\//, 'cancelled'],
    ['perpetual software by its order', 'lamnahealthcare', /\/orders\//, 'cancelled'],
  ] as const)
    it(
      `ends ${what}, once`,
      on({}, async (bench) => {
        const id = await bench.approvedCancellation(domain);
        await bench.until(id, 'done');

        const calls = await bench.cancelCalls();
        assert.equal(calls.length, 1);
        assert.match(calls[0]!.path, path);
        assert.equal((calls[0]!.body as { readonly status: string }).status, wanted);
        const { offers } = await bench.readiness(domain);
        assert.deepEqual(
          offers.filter(({ action }) => action === 'cancel'),
          [],
        );
      }),
    );

  it(
    'of several lines of one order changes the order one call at a time',
    on({}, async (bench) => {
      const { id: customerId } = await bench.customer('munsonspickles');
      const also = ['SQL Server 2022 Standard', 'Windows Server CAL'];
      await bench.world({ customerId, addEntitlement: { type: 'perpetual-software', startedDaysAgo: 1, also } });
      const id = await bench.approvedCancellation('munsonspickles');

      await bench.until(id, 'done');

      assert.deepEqual((await told(bench, id)).length, 3);
      assert.equal((await bench.cancelCalls()).length, 3);
    }),
  );

  it(
    'is on the record: asked, approved, begun, each call with intent and outcome, and how it ended',
    onThree(async (bench) => {
      const id = await bench.approvedCancellation(DOMAIN);
      await bench.until(id, 'done');

      const entries = await bench.audit(id);
      assert.deepEqual(
        Object.fromEntries(
          Map.groupBy(entries, ({ action }) => action)
            .entries()
            .map(([key, all]) => [key, all.length]),
        ),
        {
          ...{ 'request.opened': 1, 'request.sending': 1, 'request.sent': 1, 'request.approved': 1 },
          ...{ 'cancellation.begun': 1, 'step.intent': 3, 'step.outcome': 3, 'step.verified': 3 },
          'cancellation.ended': 1,
        },
      );
      assert.deepEqual(entries.at(-1)?.detail, { done: 3, of: 3 });
      const sent = entries.find(({ action }) => action === 'request.sent')?.detail;
      assert.equal((sent?.['cancels'] as readonly string[]).length, 3);
    }),
  );

  it(
    'tells who asked and who approved how far it is, by edits, and that it is done by a message',
    onThree(async (bench) => {
      const id = await bench.approvedCancellation(DOMAIN);
      await bench.until(id, 'done');

      const { rows } = await bench.store.read(`request:${id}`);
      const wishes = [...rows].filter(([key]) => key.startsWith('outbox:')).map(([, { value }]) => value);
      assert.deepEqual(
        wishes
          .map((value) => {
            const { recipient, slot, mode, headline } = value as Readonly<Record<string, string>>;
            return [recipient, slot, mode, headline];
          })
          .sort(),
        [
          ['ada', 'request', 'new', 'cancelled'],
          ['bo', 'approval', 'new', 'cancelled'],
        ],
      );
    }),
  );
});

describe('a call that cancels', () => {
  type Forged = (request: RemovalRequest, step: ClearingStep) => Partial<RemovalRequest>;
  const forgeries: [what: string, forged: Forged, endedFor: string][] = [
    ['a draft', () => ({ state: 'draft' }), 'not-approved'],
    ['a request that waits for its approval', () => ({ state: 'pending' }), 'not-approved'],
    ['a removal, approved as it may be', () => ({ kind: 'removal' }), 'not-approved'],
    [
      'one that only its requester approved',
      ({ requester: by }) => ({ approvals: [{ by, at: '2026-06-15T10:00:00.000Z' }] }),
      'not-approved',
    ],
    ['one that takes two approvals and has one', () => ({ approvalsRequired: 2 }), 'not-approved'],
    [
      'one that was approved twice by one person',
      ({ approvals }) => ({ approvalsRequired: 2, approvals: [...approvals, ...approvals] }),
      'not-approved',
    ],
    ['a cancellation of something else', () => ({ cancels: [] }), 'not-approved'],
    [
      'a cancellation of fewer',
      ({ cancels = [] }) => ({ cancels: cancels.map((one) => ({ ...one, quantity: 1 })) }),
      'not-approved',
    ],
    [
      'a cancellation of another class',
      ({ cancels = [] }) => ({ cancels: cancels.map((one) => ({ ...one, class: 'marketplace' })) }),
      'not-approved',
    ],
    ['one whose time is over', () => ({ executeBy: '2026-06-15T09:00:00.000Z' }), 'too-late'],
    ['one that has ended', () => ({ state: 'expired' }), 'ended'],
  ];
  for (const [what, forged, endedFor] of forgeries)
    it(
      `is never sent for ${what}, whatever is stored`,
      onThree(async (bench) => {
        const id = await bench.approvedCancellation(DOMAIN, [VISIO]);
        while ((await bench.request(id)).state !== 'executing') assert.ok(await bench.step());
        await bench.requests.change(id, ({ request, steps }: RequestRecord = assert.fail()) => ({
          request: { ...request, ...forged(request, steps[0]!) },
          audit: [],
        }));

        await bench.settle(MINUTE_MS);

        const step = await stepOf(bench, id, VISIO);
        assert.deepEqual([step.state, step.endedFor], ['failed', endedFor]);
        assert.deepEqual(await bench.cancelCalls(), []);
      }),
    );

  it(
    'is not sent once the window has closed between the reading and the call',
    onThree(async (bench) => {
      const id = await bench.approvedCancellation(DOMAIN, [VISIO]);
      while ((await bench.request(id)).state !== 'executing') assert.ok(await bench.step());
      const { id: customerId } = await bench.customer(DOMAIN);
      await bench.world({
        customerId,
        setSubscription: { id: (await subscription(bench, VISIO)).id, cancellableUntil: null },
      });

      await bench.until(id, 'blocked');

      assert.equal((await stepOf(bench, id, VISIO)).endedFor, 'window-is-over');
      assert.deepEqual(await bench.cancelCalls(), []);
    }),
  );

  it(
    'that shows a quarter of an hour later is waited for, and not sent again',
    on({ switches: { orderCancelDelayMs: 14 * MINUTE_MS } }, async (bench) => {
      const id = await bench.approvedCancellation('lamnahealthcare');

      await bench.until(id, 'done');

      assert.equal((await bench.cancelCalls()).length, 1);
    }),
  );
});

describe('before a cancellation is carried out', () => {
  const changes: [what: string, change: (one: Subscription) => object, drift: readonly string[]][] = [
    ['is more than it was', ({ id }) => ({ setSubscription: { id, quantity: 9 } }), ['more']],
    [
      'can no longer be cancelled',
      ({ id }) => ({ setSubscription: { id, cancellableUntil: null } }),
      ['not-cancellable'],
    ],
    ['is suspended', ({ id }) => ({ setSubscription: { id, status: 'suspended' } }), ['not-cancellable']],
    ['is of another domain', () => ({ domain: 'another.example' }), ['domain']],
  ];
  for (const [what, change, drift] of changes)
    it(
      `something that ${what} voids it, and nothing is sent`,
      onThree(async (bench) => {
        const id = await bench.approvedCancellation(DOMAIN);
        const { id: customerId } = await bench.customer(DOMAIN);
        await bench.world({ customerId, ...change(await subscription(bench, PLANNER)) });

        await bench.until(id, 'void');

        const { voided } = await bench.request(id);
        assert.deepEqual([voided?.why, voided?.drift.map(({ kind }) => kind)], ['drift', drift]);
        assert.deepEqual(await bench.cancelCalls(), []);
      }),
    );

  it(
    'what else the customer has does not matter',
    onThree(async (bench) => {
      const id = await bench.approvedCancellation(DOMAIN, [VISIO]);
      const { id: customerId } = await bench.customer(DOMAIN);
      await bench.world({ customerId, addSubscription: { class: 'legacy-licence', quantity: 30 } });
      await bench.world({ customerId, setSubscription: { id: (await subscription(bench, PLANNER)).id, quantity: 50 } });

      await bench.until(id, 'done');

      assert.equal((await bench.cancelCalls()).length, 1);
    }),
  );

  it(
    'fewer of it void nothing, and what others have cancelled is only noted',
    onThree(async (bench) => {
      const id = await bench.approvedCancellation(DOMAIN);
      const { id: customerId } = await bench.customer(DOMAIN);
      await bench.world({ customerId, setSubscription: { id: (await subscription(bench, PLANNER)).id, quantity: 1 } });
      await bench.world({
        customerId,
        setSubscription: { id: (await subscription(bench, VISIO)).id, status: 'deleted' },
      });

      await bench.until(id, 'done');

      assert.equal((await bench.cancelCalls()).length, 2);
      assert.equal((await stepOf(bench, id, VISIO)).wasSoBefore, true);
      assert.equal((await stepOf(bench, id, PLANNER)).wasSoBefore, undefined);
    }),
  );

  it(
    'all of it gone is nothing left to do, and says so',
    onThree(async (bench) => {
      const id = await bench.approvedCancellation(DOMAIN, [VISIO]);
      const { id: customerId } = await bench.customer(DOMAIN);
      await bench.world({ customerId, removeSubscription: (await subscription(bench, VISIO)).id });

      await bench.until(id, 'void');

      assert.equal((await bench.request(id)).voided?.why, 'nothing-left');
    }),
  );

  it(
    'what cannot be read completely is waited for',
    onThree(async (bench) => {
      const id = await bench.sendCancellation(DOMAIN);
      await bench.settle(0);
      await bench.faults([{ method: 'GET', path: '/entitlements', status: 500, times: 20 }]);
      await bench.approve(id);

      await bench.settle(10 * SECOND_MS);
      const { state, waitingFor } = await bench.request(id);
      assert.deepEqual([state, waitingFor?.why], ['approved', 'unread']);
      assert.deepEqual(await bench.cancelCalls(), []);

      await bench.faults([]);
      await bench.until(id, 'done');
    }),
  );

  for (const [who, role, why] of [
    ['the requester', 'requesters', 'no-longer-requester'],
    ['the approver', 'approvers', 'no-longer-approver'],
  ] as const)
    it(
      `${who} has to have their role still`,
      onThree(async (bench) => {
        const id = await bench.sendCancellation(DOMAIN);
        await bench.settle(0);
        await bench.approve(id);
        bench.lists[role].length = 0;

        await bench.until(id, 'void');

        assert.equal((await bench.request(id)).voided?.why, why);
        assert.deepEqual(await bench.cancelCalls(), []);
      }),
    );

  it(
    'a store that was put back from a backup voids it',
    onThree(async (bench) => {
      const id = await bench.approvedCancellation(DOMAIN);
      await (
        await bench.backUp()
      )();

      await bench.until(id, 'void');

      assert.equal((await bench.request(id)).voided?.why, 'restored');
      assert.deepEqual(await bench.cancelCalls(), []);
    }),
  );
});

describe('the window of what is to be cancelled', () => {
  /** The window of one ends so long from now. */
  const closing = async (bench: Workbench, name: string, ms: number): Promise<string> => {
    const { id: customerId } = await bench.customer(DOMAIN);
    const cancellableUntil = later(bench.clock(), ms);
    await bench.world({ customerId, setSubscription: { id: (await subscription(bench, name)).id, cancellableUntil } });
    return cancellableUntil;
  };

  it(
    'bounds the time to decide, and then the time to carry it out',
    onThree(async (bench) => {
      const until = await closing(bench, VISIO, 2 * HOUR_MS);
      const id = await bench.sendCancellation(DOMAIN);
      await bench.settle(0);

      const { approveBy, endsWithWindow } = await bench.request(id);
      assert.ok(approveBy !== undefined && approveBy < until && endsWithWindow === true);

      bench.advance(100 * MINUTE_MS);
      await bench.approve(id);
      const approved = await bench.request(id);
      assert.ok(approved.executeBy !== undefined && approved.executeBy < until && approved.endsWithWindow === true);
    }),
  );

  it(
    'expires it before it ends, and nothing is sent',
    onThree(async (bench) => {
      const until = await closing(bench, VISIO, 2 * HOUR_MS);
      const id = await bench.sendCancellation(DOMAIN);

      await bench.settle(3 * HOUR_MS);

      const { state, stateSince } = await bench.request(id);
      assert.equal(state, 'expired');
      assert.ok(stateSince < until);
    }),
  );

  it(
    'that ends too soon sends nothing to anybody, and what is left can be asked for',
    onThree(async (bench) => {
      await closing(bench, VISIO, 30 * MINUTE_MS);
      const id = await bench.sendCancellation(DOMAIN);
      await closing(bench, VISIO, 10 * MINUTE_MS);

      await bench.settle(0);

      const { state, notSent, cancels, kind } = await bench.request(id);
      assert.deepEqual([state, kind, notSent?.why, notSent?.names], ['draft', 'cancellation', 'no-time', [VISIO]]);
      assert.equal(cancels?.length, 2);
    }),
  );

  it(
    'does not matter to a removal, which the same draft may become',
    on({}, async (bench) => {
      const id = await bench.sendCancellation(DOMAIN);
      await bench.settle(0);
      await bench.approve(id);
      await bench.until(id, 'done');

      const next = await bench.send(DOMAIN);
      await bench.settle(0);

      const { kind, state, previous, cancels } = await bench.request(next);
      assert.deepEqual([kind, state, previous, cancels], ['removal', 'pending', id, undefined]);
      await bench.approve(next);
      await bench.until(next, 'done');
      assert.equal((await bench.removalCalls()).length, 1);
    }),
  );
});

describe('what was suspended before a cancellation', () => {
  it(
    'can be given back after it, and is the removal’s once that is asked for',
    onThree(async (bench) => {
      const { id: customerId } = await bench.customer(DOMAIN);
      await bench.world({
        customerId,
        addSubscription: { class: 'legacy-licence', offerName: 'Office 365 E1', quantity: 5 },
      });
      await bench.suspend(DOMAIN, ['Office 365 E1']);
      await bench.settle(0);
      const id = await bench.approvedCancellation(DOMAIN);
      await bench.until(id, 'done');

      const undo = await bench.removals.undoOf(await bench.record(id));
      assert.deepEqual(
        undo?.items.map(({ name }) => name),
        ['Office 365 E1'],
      );
      const { rows } = await bench.store.read(`request:${id}`);
      assert.ok(rows.get('undo')?.dueAt !== undefined, 'whoever asked is reminded of it');

      const next = await bench.send(DOMAIN);
      await bench.settle(0);
      assert.deepEqual(
        (await bench.steps(next)).map(({ name, action }) => [name, action]),
        [['Office 365 E1', 'suspend']],
      );
      assert.equal((await bench.removals.undoOf(await bench.record(id)))?.isOvertaken, true);
    }),
  );
});

describe('when Partner Center refuses a cancellation', () => {
  it(
    'what was cancelled is told apart from what was not, and why',
    onThree(async (bench) => {
      const id = await bench.sendCancellation(DOMAIN);
      await bench.settle(0);
      const { id: visio } = await subscription(bench, VISIO);
      await bench.faults([onSuspension({ path: `/subscriptions/${visio}$`, status: 400, code: '900117', times: 5 })]);
      await bench.approve(id);

      await bench.until(id, 'blocked');

      const premium = (await first(bench)).offerName;
      assert.deepEqual(await told(bench, id), [`${premium}: done`, `${PLANNER}: done`, `${VISIO}: failed`].sort());
      assert.equal((await stepOf(bench, id, VISIO)).refused?.meaning, 'window-is-over');
      assert.deepEqual((await bench.audit(id)).at(-1)?.detail, { done: 2, of: 3, failed: [visio] });

      // Its window is over for good, so there is nothing to go on with.
      const decision = await bench.removals.continueAfterRefusal(id, bench.click('ada'));
      assert.equal(decision?.kind === 'refused' && decision.why, 'too-late');
    }),
  );

  it(
    'a window that has just closed is a refusal in plain words',
    onThree(async (bench) => {
      const id = await bench.approvedCancellation(DOMAIN, [VISIO]);
      const { id: visio } = await subscription(bench, VISIO);
      await bench.faults([onSuspension({ path: `/subscriptions/${visio}$`, status: 400, code: '800040', times: 20 })]);

      await bench.until(id, 'blocked');

      const step = await stepOf(bench, id, VISIO);
      assert.deepEqual([step.state, step.refused?.code, isUnknown(step)], ['failed', '800040', false]);
      assert.equal((await subscription(bench, VISIO)).status, 'active');
    }),
  );

  it(
    'for a reason that passes, the rest is tried again by whoever asked, under ids of its own',
    onThree(async (bench) => {
      const id = await bench.sendCancellation(DOMAIN);
      await bench.settle(0);
      const { id: visio } = await subscription(bench, VISIO);
      await bench.faults([onSuspension({ path: `/subscriptions/${visio}$`, status: 403, code: '900150' })]);
      await bench.approve(id);
      await bench.until(id, 'blocked');

      const decision = await bench.removals.continueAfterRefusal(id, bench.click('ada'));
      assert.equal(decision?.kind, 'changed');
      await bench.until(id, 'done');

      const calls = (await bench.cancelCalls()).filter(({ path }) => path.endsWith(visio));
      assert.deepEqual(
        calls.map(({ status }) => status),
        [403, 200],
      );
      assert.equal(new Set(calls.map(({ requestId }) => requestId)).size, 2);
      assert.equal((await bench.cancelCalls()).length, 4);
      assert.deepEqual((await bench.audit(id)).at(-1)?.detail, { done: 3, of: 3 });
    }),
  );

  it(
    'the rest runs out with its window, and what was cancelled stays cancelled',
    onThree(async (bench) => {
      const id = await bench.sendCancellation(DOMAIN);
      await bench.settle(0);
      const { id: visio } = await subscription(bench, VISIO);
      await bench.faults([onSuspension({ path: `/subscriptions/${visio}$`, status: 403, code: '900150', times: 9 })]);
      await bench.approve(id);
      await bench.until(id, 'blocked');

      await bench.until(id, 'expired', 2 * HOUR_MS);

      assert.equal((await stepOf(bench, id, PLANNER)).state, 'done');
    }),
  );
});

describe('a cancellation without an answer', () => {
  const faults: [name: string, fault: object, applied: boolean][] = [
    ['no answer, and carried out', { kind: 'apply-then-answer', status: 500 }, true],
    ['a line that breaks, and carried out', { kind: 'apply-then-reset' }, true],
    ['no answer, and not carried out', { status: 500 }, false],
    ['asked to slow down', { status: 429 }, false],
  ];
  for (const [name, fault, applied] of faults)
    it(
      `${name}: is read first, sent again only if it was not, and under the same id`,
      onThree(async (bench) => {
        const id = await bench.sendCancellation(DOMAIN, [VISIO]);
        await bench.settle(0);
        await bench.faults([onSuspension(fault)]);
        await bench.approve(id);

        await bench.until(id, 'done');

        const calls = await bench.cancelCalls();
        assert.equal(calls.length, applied ? 1 : 2);
        assert.equal(new Set(calls.map(({ requestId }) => requestId)).size, 1);
        assert.equal((await subscription(bench, VISIO)).status, 'deleted');
        const outcomes = (await bench.audit(id)).filter(({ action }) => action === 'step.outcome');
        assert.deepEqual(
          outcomes.map(({ detail }) => detail?.['correlationId']),
          calls.map(({ correlationId }) => correlationId),
        );
      }),
    );

  it(
    'whatever is sent is unknown, looked at, and sent again under the same id while the approval holds',
    onThree(async (bench) => {
      const id = await bench.sendCancellation(DOMAIN);
      await bench.settle(0);
      const { id: visio } = await subscription(bench, VISIO);
      await bench.faults([onSuspension({ path: `/subscriptions/${visio}$`, status: 500, times: 6 })]);
      await bench.approve(id);

      await bench.until(id, 'unknown');
      assert.equal((await bench.request(id)).waitingFor?.why, 'no-answer');
      assert.equal(isUnknown(await stepOf(bench, id, VISIO)), true);
      assert.deepEqual((await bench.audit(id)).at(-1)?.detail, { done: 2, of: 3, unknown: [visio] });

      await bench.until(id, 'done');

      const calls = (await bench.cancelCalls()).filter(({ path }) => path.endsWith(visio));
      assert.equal(new Set(calls.map(({ requestId }) => requestId)).size, 1);
      assert.equal(calls.length, 7);
    }),
  );

  it(
    'is unknown at once, is sent again only after two looks, and is refused only then',
    onThree(async (bench) => {
      const id = await bench.sendCancellation(DOMAIN, [VISIO]);
      await bench.settle(0);
      await bench.faults([onSuspension({ status: 500 }), onSuspension({ status: 400, code: '900117' })]);
      await bench.approve(id);

      await bench.until(id, 'unknown');
      assert.equal(isUnknown(await stepOf(bench, id, VISIO)), true);
      const before = (await bench.log()).length;
      assert.equal((await bench.cancelCalls()).length, 1);

      await bench.until(id, 'blocked');
      const since = (await bench.log()).slice(before).filter(({ path }) => /\/subscriptions\/[^/]+$/.test(path));
      const sentAgain = since.findIndex(({ method }) => method === 'PATCH');
      assert.ok(since.slice(0, sentAgain).filter(({ method }) => method === 'GET').length >= 2);
      assert.equal(new Set((await bench.cancelCalls()).map(({ requestId }) => requestId)).size, 1);
    }),
  );

  it(
    'that was carried out after all is found by looking',
    onThree(async (bench) => {
      const id = await bench.sendCancellation(DOMAIN, [VISIO]);
      await bench.settle(0);
      await bench.faults([onSuspension({ status: 500, times: 100 })]);
      await bench.approve(id);
      await bench.until(id, 'unknown');

      const { id: customerId } = await bench.customer(DOMAIN);
      await bench.world({
        customerId,
        setSubscription: { id: (await subscription(bench, VISIO)).id, status: 'deleted' },
      });
      await bench.until(id, 'done');

      assert.equal((await stepOf(bench, id, VISIO)).wasSoBefore, undefined, 'by this request, as far as anybody knows');
    }),
  );

  it(
    'that reading shows to be undone when its time is over is called not done, and not sent again',
    onThree(async (bench) => {
      const id = await bench.sendCancellation(DOMAIN, [VISIO]);
      await bench.settle(0);
      await bench.faults([onSuspension({ status: 500, times: 500 })]);
      await bench.approve(id);

      await bench.until(id, 'expired', 3 * HOUR_MS);

      const step = await stepOf(bench, id, VISIO);
      assert.equal(step.state, 'failed');
      assert.ok(step.notDoneAt !== undefined);
      const calls = await bench.cancelCalls();
      assert.equal(new Set(calls.map(({ requestId }) => requestId)).size, 1);
      assert.ok(calls.length <= 15, String(calls.length));
      const { executeBy = '' } = await bench.request(id);
      assert.ok(calls.every(({ at }) => at < executeBy));
    }),
  );

  it(
    'is not called not done sooner than one that was accepted may take to show',
    onThree(async (bench) => {
      const id = await bench.sendCancellation(DOMAIN, [VISIO]);
      await bench.settle(0);
      await bench.faults([onSuspension({ status: 500 })]);
      await bench.approve(id);
      await bench.until(id, 'unknown');
      bench.lists.approvers.splice(0);
      await bench.settle(25 * MINUTE_MS);
      const meanwhile = await bench.request(id);
      const { id: customerId } = await bench.customer(DOMAIN);
      const { id: visio } = await subscription(bench, VISIO);
      await bench.world({ customerId, setSubscription: { id: visio, status: 'deleted' } });

      await bench.settle(2 * HOUR_MS);

      assert.deepEqual([meanwhile.state, meanwhile.waitingFor?.why], ['unknown', 'no-answer']);
      assert.equal((await bench.request(id)).state, 'done');
      assert.equal((await bench.cancelCalls()).length, 1);
    }),
  );

  it(
    'that was accepted and does not show stays unknown, and is never sent again',
    on({ switches: { orderCancelDelayMs: 3 * HOUR_MS } }, async (bench) => {
      const id = await bench.approvedCancellation('lamnahealthcare');

      await bench.until(id, 'unknown');
      assert.equal((await bench.request(id)).waitingFor?.why, 'still-listed');
      await bench.until(id, 'done', 5 * HOUR_MS);

      assert.equal((await bench.cancelCalls()).length, 1);
    }),
  );
});

describe('a crash in the course of a cancellation', () => {
  for (const moment of ['before', 'after'] as const)
    it(
      `${moment} a call: every purchase is cancelled once, and each under one id`,
      onThree(async (bench) => {
        const id = await bench.approvedCancellation(DOMAIN);
        let calls = 0;
        bench.aroundChange = (at) => {
          if (at === moment && ++calls === 2) throw new Crash();
        };
        await assert.rejects(bench.settle(MINUTE_MS), Crash);

        bench.restart();
        await bench.until(id, 'done');

        const sent = await bench.cancelCalls();
        assert.equal(sent.length, 3);
        assert.equal(new Set(sent.map(({ requestId }) => requestId)).size, 3);
      }),
    );

  for (const moment of ['before', 'after'] as const)
    it(
      `${moment} each of its commits leaves nothing that is not gone on with`,
      onThree(
        async (bench) => {
          const id = await bench.approvedCancellation(DOMAIN);
          for (let nth = 1; nth < 60; nth++) {
            let commits = 0;
            bench.aroundCommit = (at) => {
              if (at === moment && ++commits === nth) throw new Crash();
            };
            try {
              await bench.settle(MINUTE_MS);
            } catch (error) {
              assert.ok(error instanceof Crash);
            }
            bench.restart();
            if ((await bench.request(id)).state === 'done') break;
          }

          assert.equal((await bench.request(id)).state, 'done');
          const sent = await bench.cancelCalls();
          assert.equal(new Set(sent.map(({ requestId }) => requestId)).size, 3);
          const carriedOut = Map.groupBy(
            sent.filter(({ status }) => status === 200),
            ({ path }) => path,
          );
          assert.ok(carriedOut.values().every((all) => all.length === 1));
        },
        { policy: { executionTtlMs: 30 * DAY_MS } },
      ),
    );
});
