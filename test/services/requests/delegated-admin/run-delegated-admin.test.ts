import assert from 'node:assert/strict';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../../services/clock.ts';
import { asPerson } from '../../../../services/partner-center/partner-center.ts';
import type { RequestRecord } from '../../../../services/requests/request.ts';
import { outboxKey, requestPartition } from '../../../../services/requests/change.ts';
import { Crash, on, onRemoval, type Workbench } from '../workbench.ts';

/** Has one relationship that is active and one that expired long ago. */
const NAME = 'firstupconsultants';
const ENDED = { endDelegatedAdmin: true };
const GRAPH = 'delegatedAdminRelationships';

const statuses = async (bench: Workbench): Promise<readonly string[]> => {
  const { id } = await bench.customer(NAME);
  // Time alone brings terminations about, and they are seen when somebody looks.
  await fetch(`${bench.stand.url}/v1.0/tenantRelationships/${GRAPH}`);
  return bench.stand.world.customer(id)!.gdap.map(({ displayName, status }) => `${displayName}: ${status}`);
};
const addGdap = async (bench: Workbench, displayName: string, status = 'active'): Promise<void> => {
  const { id } = await bench.customer(NAME);
  await bench.world({ customerId: id, addGdap: { displayName, status } });
};
const onGraph = (fault: object): object => ({ path: GRAPH, ...fault });
const onEnding = (fault: object): object => ({ method: 'POST', path: `${GRAPH}/.+/requests`, times: 1, ...fault });

const of = (bench: Workbench, id: string) =>
  bench
    .request(id)
    .then(({ delegatedAdmin }) => delegatedAdmin ?? assert.fail('no delegated administration is being ended'));
const states = async (bench: Workbench, id: string): Promise<readonly string[]> =>
  (await of(bench, id)).relationships.map(({ name, state, why }) => `${name}: ${state}${why ? ` (${why})` : ''}`);

/** What is on its way to somebody: a new card, or an edited one. */
async function waitsFor(bench: Workbench, id: string, who: string, slot: 'request' | 'approval'): Promise<unknown> {
  const { rows } = await bench.store.read(requestPartition(id));
  const { mode, headline } = (rows.get(outboxKey(who, slot))?.value ?? {}) as Record<string, unknown>;
  return [mode, headline];
}
/** Whoever sends cards has sent all that waits. */
async function allIsShown(bench: Workbench, id: string): Promise<void> {
  const { rows, version } = await bench.store.read(requestPartition(id));
  const changes = [...rows.keys()]
    .filter((key) => key.startsWith('outbox:'))
    .map((key) => ({ key, remove: true as const }));
  await bench.store.commit(requestPartition(id), version, changes);
}

/** The removal is seen to be done before anything is asked of Microsoft Graph. */
async function beganAfterTheRemoval(bench: Workbench): Promise<boolean> {
  const calls = await bench.log();
  const first = calls.findIndex(({ method }) => method === 'POST');
  const removal = calls.findIndex(({ method, path }) => method === 'PATCH' && /\/customers\/[^/]+$/.test(path));
  return removal !== -1 && removal < first;
}

describe('delegated administration that is to end after a removal', () => {
  it(
    'is ended once the customer is gone, and is read until it is over',
    on({}, async (bench) => {
      const id = await bench.approved(NAME, ENDED);

      await bench.settle();

      const calls = await bench.endingCalls();
      assert.deepEqual(
        calls.map(({ status, body }) => [status, body]),
        [[201, { action: 'terminate' }]],
      );
      assert.ok(await beganAfterTheRemoval(bench));
      assert.deepEqual(await statuses(bench), ['Service desk: terminated', 'Migration 2019: expired']);
      assert.deepEqual(await states(bench, id), ['Service desk: done']);
      assert.ok((await of(bench, id)).endedAt);
      const { requestId, correlationId } = (await of(bench, id)).relationships[0]!;
      assert.deepEqual([calls[0]?.requestId, calls[0]?.correlationId], [requestId, correlationId]);
    }),
  );

  it(
    'is on the record: the intent before the call, its outcome, and that it was seen to be over',
    on({}, async (bench) => {
      const id = await bench.approved(NAME, ENDED);
      await bench.settle();

      const entries = await bench.audit(id);
      const own = entries.filter(({ detail }) => detail?.['step'] === 'delegated-admin');
      assert.deepEqual(
        own.map(({ action, actor }) => [action, actor]),
        [
          ['step.intent', asPerson('bo')],
          ['step.outcome', asPerson('bo')],
          ['step.verified', 'bot'],
        ],
      );
      const relationship = (await of(bench, id)).relationships[0]?.id;
      assert.ok(own.every(({ detail }) => detail?.['relationship'] === relationship));
      assert.deepEqual(entries.find(({ action }) => action === 'request.sent')?.detail?.['delegatedAdmin'], [
        relationship,
      ]);
    }),
  );

  it(
    'edits the receipts of both while it goes on and when it has ended',
    on({}, async (bench) => {
      const id = await bench.approved(NAME, ENDED);
      await bench.until(id, 'done');
      const removed = [await waitsFor(bench, id, 'ada', 'request'), await waitsFor(bench, id, 'bo', 'approval')];
      await allIsShown(bench, id);

      await bench.settle();

      assert.deepEqual(removed, [
        ['new', 'removed'],
        ['new', 'removed'],
      ]);
      assert.deepEqual(await waitsFor(bench, id, 'ada', 'request'), ['edit', undefined]);
      assert.deepEqual(await waitsFor(bench, id, 'bo', 'approval'), ['edit', undefined]);
    }),
  );

  it(
    'stays as it is where nobody asked for its end',
    on({}, async (bench) => {
      const id = await bench.approved(NAME, { endDelegatedAdmin: false });

      await bench.settle(2 * DAY_MS);

      assert.equal((await bench.request(id)).delegatedAdmin, undefined);
      assert.deepEqual(await bench.endingCalls(), []);
    }),
  );

  it(
    'stays as it is when the removal is refused',
    on({}, async (bench) => {
      const id = await bench.approved(NAME, ENDED);
      await bench.faults([onRemoval({ status: 400, code: '600024', description: 'No.' })]);

      await bench.settle();

      assert.equal((await bench.request(id)).state, 'blocked');
      assert.deepEqual(await bench.endingCalls(), []);
    }),
  );

  it(
    'waits while the outcome of the removal is unknown',
    on({ switches: { staleListMs: 2 * HOUR_MS } }, async (bench) => {
      const id = await bench.approved(NAME, ENDED);

      await bench.until(id, 'unknown');
      await bench.settle();
      assert.equal((await bench.request(id)).state, 'unknown');
      assert.deepEqual(await bench.endingCalls(), []);

      await bench.settle(3 * HOUR_MS);
      assert.deepEqual(await states(bench, id), ['Service desk: done']);
    }),
  );

  it(
    'is no more than the approver saw: what came later is named and left',
    on({}, async (bench) => {
      const id = await bench.approved(NAME, ENDED);
      await addGdap(bench, 'Newcomer');

      await bench.until(id, 'done');
      await allIsShown(bench, id);
      await bench.settle();

      assert.equal((await bench.endingCalls()).length, 1);
      assert.deepEqual((await of(bench, id)).later, ['Newcomer']);
      assert.ok((await statuses(bench)).includes('Newcomer: active'));
      assert.deepEqual(await waitsFor(bench, id, 'ada', 'request'), ['new', 'delegated-admin-open']);
    }),
  );

  it(
    'is all of what the approver saw, each by a call of its own',
    on({}, async (bench) => {
      await addGdap(bench, 'Second');
      await addGdap(bench, 'Third');
      const id = await bench.approved(NAME, ENDED);

      await bench.settle();

      assert.deepEqual(await states(bench, id), ['Second: done', 'Service desk: done', 'Third: done']);
      const calls = await bench.endingCalls();
      assert.equal(new Set(calls.map(({ path }) => path)).size, 3);
      assert.equal(new Set(calls.map(({ requestId }) => requestId)).size, 3);
    }),
  );

  it(
    'needs no call where somebody else has ended it already',
    on({ switches: { gdapEndsWithRemoval: true } }, async (bench) => {
      const id = await bench.approved(NAME, ENDED);

      await bench.settle();

      assert.deepEqual(await states(bench, id), ['Service desk: done']);
      assert.deepEqual(await bench.endingCalls(), []);
      assert.ok((await bench.audit(id)).some(({ detail }) => detail?.['why'] === 'ended-already'));
    }),
  );
});

describe('an approval of what could not be read', () => {
  it(
    'is not asked for: the request is not sent, and can be sent without the tick',
    on({}, async (bench) => {
      await bench.faults([onGraph({ status: 403 })]);
      const id = await bench.send(NAME, ENDED);
      await bench.settle(MINUTE_MS);
      const { state, notSent } = await bench.request(id);
      assert.deepEqual([state, notSent?.why], ['draft', 'unread-delegated-admin']);

      await bench.send(NAME, { endDelegatedAdmin: false });
      await bench.until(id, 'pending');
      assert.equal((await bench.request(id)).plan?.delegatedAdmin, undefined);
    }),
  );
});

describe('a call that ends delegated administration without an answer', () => {
  const ways: readonly [name: string, fault: object, applied: boolean][] = [
    ['a line that was cut before it was carried out', { kind: 'reset' }, false],
    ['a line that was cut after it was carried out', { kind: 'apply-then-reset' }, true],
    ['503, and not carried out', { status: 503 }, false],
    ['500, and carried out', { kind: 'apply-then-answer', status: 500 }, true],
    ['half an answer', { kind: 'truncate' }, true],
  ];
  for (const [name, fault, applied] of ways)
    it(
      `(${name}) is ${applied ? 'not sent again' : 'sent again under one id, after looking'}`,
      on({}, async (bench) => {
        const id = await bench.approved(NAME, ENDED);
        await bench.faults([onEnding(fault)]);

        await bench.settle(HOUR_MS);

        const calls = await bench.endingCalls();
        assert.equal(calls.length, applied ? 1 : 2);
        assert.equal(new Set(calls.map(({ requestId }) => requestId)).size, 1);
        assert.deepEqual(await states(bench, id), ['Service desk: done']);
      }),
    );
});

describe('a call that ends delegated administration, sent again after one without an answer', () => {
  for (const [name, refusal] of [
    ['400', { status: 400 }],
    ['403', { status: 403 }],
    ['401', { status: 401 }],
    ['404', { status: 404 }],
    ['409', { status: 409 }],
    ['429', { status: 429, headers: { 'Retry-After': '20' } }],
  ] as const)
    it(
      `and refused (${name}), keeps its id: what became of the first nobody knows`,
      on({}, async (bench) => {
        const id = await bench.approved(NAME, ENDED);
        await bench.faults([onEnding({ kind: 'reset' }), onEnding(refusal), onEnding(refusal)]);

        await bench.settle(DAY_MS);

        const calls = await bench.endingCalls();
        assert.ok(calls.length >= 4, String(calls.length));
        assert.equal(new Set(calls.map(({ requestId }) => requestId)).size, 1);
        assert.deepEqual(await states(bench, id), ['Service desk: done']);
      }),
    );

  it(
    'is another call only where an answer to the first was seen',
    on({}, async (bench) => {
      const id = await bench.approved(NAME, ENDED);
      await bench.faults([onEnding({ status: 400 })]);

      await bench.settle(DAY_MS);

      assert.equal(new Set((await bench.endingCalls()).map(({ requestId }) => requestId)).size, 2);
      assert.deepEqual(await states(bench, id), ['Service desk: done']);
    }),
  );
});

describe('a process that ends while delegated administration is being ended', () => {
  for (const moment of ['before', 'after'] as const)
    it(
      `(${moment} the call) is gone on from, and nothing is asked for twice under two ids`,
      on({}, async (bench) => {
        const id = await bench.approved(NAME, ENDED);
        bench.aroundChange = (when, what) => {
          if (what === 'gdap' && when === moment) throw new Crash();
        };
        await assert.rejects(bench.settle(), Crash);
        assert.equal((await bench.request(id)).state, 'done');

        bench.restart();
        await bench.settle(HOUR_MS);

        assert.deepEqual(await states(bench, id), ['Service desk: done']);
        const calls = await bench.endingCalls();
        assert.equal(calls.length, 1);
        assert.equal(new Set(calls.map(({ requestId }) => requestId)).size, 1);
      }),
    );

  it(
    'is gone on from wherever a commit was the last thing that happened',
    on({}, async (bench) => {
      const id = await bench.approved(NAME, ENDED);
      await bench.until(id, 'verifying');
      // One more commit each time, until it gets through.
      for (let commits = 0, isDone = false; !isDone; commits++) {
        let left = commits;
        bench.aroundCommit = (moment) => {
          if (moment === 'after' && left-- <= 0) throw new Crash();
        };
        isDone = await bench.settle(HOUR_MS).then(
          () => true,
          (error: unknown) => {
            assert.ok(error instanceof Crash);
            bench.restart();
            return false;
          },
        );
        assert.ok(commits < 30);
      }

      assert.deepEqual(await states(bench, id), ['Service desk: done']);
      assert.equal(new Set((await bench.endingCalls()).map(({ requestId }) => requestId)).size, 1);
    }),
  );
});

describe('delegated administration that cannot be ended', () => {
  const open = async (bench: Workbench, id: string): Promise<RequestRecord['request']> => {
    await bench.until(id, 'done');
    await allIsShown(bench, id);
    await bench.settle(2 * DAY_MS);
    return bench.request(id);
  };

  for (const status of [401, 403] as const)
    it(
      `(${status}) is tried for a day, is then a person’s turn, and does not undo the removal`,
      on({}, async (bench) => {
        const id = await bench.approved(NAME, ENDED);
        const body = { error: { code: 'Authorization_RequestDenied', message: 'Insufficient privileges' } };
        await bench.faults([onEnding({ status, body, times: 10_000 })]);

        const { state, delegatedAdmin } = await open(bench, id);

        assert.equal(state, 'done');
        assert.deepEqual(await states(bench, id), ['Service desk: asked (role-missing)']);
        assert.equal(delegatedAdmin?.relationships[0]?.refused?.description, 'Insufficient privileges');
        const calls = await bench.endingCalls();
        assert.ok(calls.length > 5 && calls.length < 60, `${calls.length} calls`);
        assert.deepEqual(await waitsFor(bench, id, 'ada', 'request'), ['new', 'delegated-admin-open']);
        assert.deepEqual(await waitsFor(bench, id, 'bo', 'approval'), ['new', 'delegated-admin-open']);
        const last = (await bench.audit(id)).at(-1);
        assert.deepEqual([last?.action, last?.detail?.['why']], ['delegated-admin.left-open', 'role-missing']);
      }),
    );

  it(
    'is ended as soon as the role is there, within that day',
    on({}, async (bench) => {
      const id = await bench.approved(NAME, ENDED);
      await bench.faults([onEnding({ status: 403, times: 10_000 })]);
      await bench.until(id, 'done');
      await bench.settle(2 * HOUR_MS);
      assert.deepEqual(await states(bench, id), ['Service desk: asked (role-missing)']);

      await bench.faults([]);
      await bench.settle(2 * HOUR_MS);

      assert.deepEqual(await states(bench, id), ['Service desk: done']);
    }),
  );

  it(
    'because nobody can act for that person any more says so at once, and is ended when they are back in time',
    on({}, async (bench) => {
      const id = await bench.approved(NAME, ENDED);
      await bench.until(id, 'done');
      bench.signedOut.add(asPerson('bo'));
      bench.restart();
      await bench.settle(5 * MINUTE_MS);
      assert.deepEqual(await states(bench, id), ['Service desk: asked (sign-in)']);
      assert.deepEqual(await bench.endingCalls(), []);

      bench.signedOut.clear();
      await bench.settle(2 * HOUR_MS);
      assert.deepEqual(await states(bench, id), ['Service desk: done']);
    }),
  );

  it(
    'because nobody can act for that person any more is left open after a day',
    on({}, async (bench) => {
      const id = await bench.approved(NAME, ENDED);
      await bench.until(id, 'done');
      bench.signedOut.add(asPerson('bo'));
      bench.restart();

      await bench.settle(2 * DAY_MS);

      assert.ok((await of(bench, id)).endedAt);
      assert.deepEqual(await bench.endingCalls(), []);
    }),
  );

  it(
    'waits as long as Microsoft Graph asks for',
    on({}, async (bench) => {
      const id = await bench.approved(NAME, ENDED);
      await bench.faults([onEnding({ status: 429, headers: { 'Retry-After': '200' } })]);
      await bench.until(id, 'done');

      await bench.settle(3 * MINUTE_MS);
      const early = await bench.endingCalls();
      assert.deepEqual(await states(bench, id), ['Service desk: asked (throttled)']);
      await bench.settle(HOUR_MS);

      assert.equal(early.length, 1);
      assert.deepEqual(await states(bench, id), ['Service desk: done']);
    }),
  );

  it(
    'because it is not active is looked at and never asked for',
    on({}, async (bench) => {
      await addGdap(bench, 'Never accepted', 'approvalPending');
      const id = await bench.approved(NAME, ENDED);

      await open(bench, id);

      assert.deepEqual(await states(bench, id), ['Never accepted: asked (not-active)', 'Service desk: done']);
      assert.equal((await bench.endingCalls()).length, 1);
    }),
  );

  it(
    'because Microsoft Graph cannot be read is not called ended',
    on({}, async (bench) => {
      const id = await bench.approved(NAME, ENDED);
      await bench.until(id, 'verifying');
      await bench.faults([onGraph({ status: 503 })]);

      await open(bench, id);

      assert.deepEqual(await states(bench, id), ['Service desk: asked (unread)']);
      assert.deepEqual(await bench.endingCalls(), []);
    }),
  );

  it(
    'is not called ended because the list no longer names it',
    on({}, async (bench) => {
      const id = await bench.approved(NAME, ENDED);
      await bench.until(id, 'verifying');
      await bench.faults([
        { method: 'GET', path: `${GRAPH}$`, status: 200, body: { value: [] } },
        onEnding({ status: 403, times: 10_000 }),
      ]);

      await open(bench, id);

      assert.deepEqual(await states(bench, id), ['Service desk: asked (role-missing)']);
    }),
  );

  it(
    'while the time is in doubt is neither sent nor given up',
    on({}, async (bench) => {
      const id = await bench.approved(NAME, ENDED);
      await bench.until(id, 'done');
      bench.isTimeInDoubt = true;
      bench.restart();
      await bench.settle(MINUTE_MS);
      assert.equal((await of(bench, id)).endedAt, undefined);
      assert.deepEqual(await bench.endingCalls(), []);

      bench.isTimeInDoubt = false;
      await bench.settle();
      assert.deepEqual(await states(bench, id), ['Service desk: done']);
    }),
  );

  it(
    'because somebody has lost their role is left as it is',
    on({}, async (bench) => {
      const id = await bench.approved(NAME, ENDED);
      await bench.until(id, 'done');
      bench.lists.requesters.splice(0, 1);
      await bench.settle();

      assert.deepEqual(await states(bench, id), ['Service desk: asked (no-longer-allowed)']);
      assert.ok((await of(bench, id)).endedAt);
      assert.deepEqual(await bench.endingCalls(), []);
    }),
  );
});

describe('delegated administration after the store was put back from a backup', () => {
  it(
    'is not ended by an approval from before it',
    on({}, async (bench) => {
      const id = await bench.approved(NAME, ENDED);
      await bench.until(id, 'done');
      const restore = await bench.backUp();

      await restore();
      await bench.settle(HOUR_MS);

      assert.deepEqual(await bench.endingCalls(), []);
      assert.deepEqual(await states(bench, id), ['Service desk: asked (restored)']);
      assert.deepEqual(await waitsFor(bench, id, 'ada', 'request'), ['new', 'delegated-admin-open']);
    }),
  );

  it(
    'is seen to be over where it was ended after the backup',
    on({}, async (bench) => {
      const id = await bench.approved(NAME, ENDED);
      await bench.until(id, 'done');
      const restore = await bench.backUp();
      await bench.settle();
      assert.equal((await bench.endingCalls()).length, 1);

      await restore();
      await bench.settle(HOUR_MS);

      assert.equal((await bench.endingCalls()).length, 1);
      assert.deepEqual(await states(bench, id), ['Service desk: done']);
    }),
  );
});
