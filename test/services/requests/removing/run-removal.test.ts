import assert from 'node:assert/strict';
import type { LogEntry } from '../../../../sandbox/partner-center/control/log.ts';
import { HOUR_MS, MINUTE_MS, SECOND_MS } from '../../../../services/clock.ts';
import { asPerson, PartnerCenterError } from '../../../../services/partner-center/partner-center.ts';
import type { RemovalRequest } from '../../../../services/requests/request.ts';
import { Crash, on, onRemoval, type Workbench, type WorkbenchOptions } from '../workbench.ts';

const NO_IDS = { requestId: '', correlationId: '' };
const unique = <T>(values: readonly T[]): readonly T[] => [...new Set(values)];
const requestIds = (calls: readonly LogEntry[]) => unique(calls.map(({ requestId }) => requestId));
const correlationIds = (calls: readonly LogEntry[]) => unique(calls.map(({ correlationId }) => correlationId));

/** How often, before each removal call after the first, somebody looked whether the customer is gone. */
async function looksBetween(bench: Workbench): Promise<readonly number[]> {
  const looks: number[] = [];
  let seen = 0;
  for (const { method, path, query } of await bench.log()) {
    if (path === '/v1/customers' && (query['filter'] ?? '').includes('Domain')) seen++;
    if (method !== 'PATCH') continue;
    looks.push(seen);
    seen = 0;
  }
  return looks.slice(1);
}

/** The order of intents, outcomes and what was verified, of the removal. */
const steps = async (bench: Workbench, id: string): Promise<readonly string[]> =>
  (await bench.audit(id)).filter(({ detail }) => detail?.['step'] === 'removal').map(({ action }) => action);

const subscriptionsOf = async (bench: Workbench, domain: string) => {
  const { id } = await bench.customer(domain);
  return bench.stand.world.customer(id)!.holdings.subscriptions;
};
/** Contoso, whose licences were suspended here, with an approved removal. */
async function cleared(bench: Workbench): Promise<string> {
  const id = await bench.suspend('contoso');
  await bench.settle(MINUTE_MS);
  assert.equal(await bench.approved('contoso'), id);
  return id;
}
const nothingWasRemoved = async (bench: Workbench): Promise<void> => {
  assert.deepEqual(await bench.removalCalls(), []);
};

describe('an approved removal', () => {
  it(
    'is sent once, is seen to be gone, and only then is done',
    on({}, async (bench) => {
      const id = await bench.approved('fabrikambikes');

      await bench.settle();

      const request = await bench.request(id);
      const calls = await bench.removalCalls();
      assert.equal(request.state, 'done');
      assert.deepEqual(
        calls.map(({ status, body, requestId, correlationId }) => ({ status, body, requestId, correlationId })),
        [
          {
            status: 200,
            body: { relationshipToPartner: 'none', attributes: { objectType: 'Customer' } },
            requestId: request.removal?.requestId,
            correlationId: request.removal?.correlationId,
          },
        ],
      );
      assert.ok(request.removal?.goneAt);
      assert.match(request.comeBackUrl ?? '', /^https:/);
      assert.deepEqual(await steps(bench, id), ['step.intent', 'step.outcome', 'step.verified']);
    }),
  );

  it(
    'reads everything about the customer again before it is sent',
    on({}, async (bench) => {
      await bench.approved('fabrikambikes');
      const readBefore = (await bench.log()).length;

      await bench.settle();

      const after = (await bench.log()).slice(readBefore);
      const sent = after.findIndex(({ method }) => method === 'PATCH');
      const { id } = await bench.customer('fabrikambikes');
      const paths = after.slice(0, sent).map(({ path }) => path.replace(`/v1/customers/${id}`, ''));
      for (const source of ['', '/subscriptions', '/entitlements', '/orders', '/transfers'])
        assert.ok(paths.includes(source), `${source || 'the customer'} was not read`);
    }),
  );

  it(
    'does not begin before the last approval that is needed, by another person',
    on({ policy: { approvalsRequired: 2 } }, async (bench) => {
      const id = await bench.send('fabrikambikes');
      await bench.settle();
      await bench.approve(id, 'bo');
      const second = await bench.removals.approve(id, bench.click('bo-admin'));
      await bench.settle();
      assert.equal(second?.kind, 'refused');
      await nothingWasRemoved(bench);

      await bench.approve(id, 'cy');
      await bench.settle();

      assert.equal((await bench.request(id)).state, 'done');
      assert.equal((await bench.request(id)).removal?.actAs, 'person:cy');
    }),
  );

  it(
    'ends a relationship whose subscriptions were suspended here',
    on({}, async (bench) => {
      const id = await cleared(bench);

      await bench.settle();

      assert.equal((await bench.request(id)).state, 'done');
    }),
  );

  it(
    'does not wait for the way back',
    on({}, async (bench) => {
      const id = await bench.approved('fabrikambikes');
      await bench.faults([{ method: 'GET', path: '/relationshiprequests', status: 403, code: '1' }]);

      await bench.settle();

      assert.equal((await bench.request(id)).state, 'done');
      assert.equal((await bench.request(id)).comeBackUrl, undefined);
    }),
  );
});

describe('a removal call of which the first sending got no answer', () => {
  for (const [what, refusal] of [
    ['409', { status: 409, code: '900112' }],
    ['400/3000', { status: 400, code: '3000' }],
    ['403', { status: 403, code: '2032' }],
  ] as const)
    it(
      `and the second was refused with ${what} is not called refused: nobody knows what became of the first`,
      on({}, async (bench) => {
        const id = await bench.approved('fabrikambikes');
        await bench.faults([onRemoval({ kind: 'reset' }), onRemoval(refusal)]);

        await bench.settle(2 * HOUR_MS);

        const calls = await bench.removalCalls();
        assert.ok(calls.length >= 2);
        assert.equal(new Set(calls.map(({ requestId }) => requestId)).size, 1);
        assert.equal((await bench.request(id)).refused, undefined);
        assert.ok(['done', 'unknown'].includes((await bench.request(id)).state));
      }),
    );
});

describe('a removal call without an answer', () => {
  const hanging: WorkbenchOptions = { timeoutMs: 400 };
  type Way = readonly [name: string, fault: object, applied: boolean, options?: WorkbenchOptions];
  const ways: readonly Way[] = [
    ['F7: a line that was cut before it was carried out', { kind: 'reset' }, false],
    ['F6: a line that was cut after it was carried out', { kind: 'apply-then-reset' }, true],
    ['F7: no answer at all, and not carried out', { kind: 'hang' }, false, hanging],
    ['F6: no answer at all, and carried out', { kind: 'apply-then-hang' }, true, hanging],
    ...[500, 502, 503, 504].map((status): Way => [`F8: ${status}, and not carried out`, { status }, false]),
    ['F8: 500, and carried out', { kind: 'apply-then-answer', status: 500 }, true],
    ['F6: half an answer', { kind: 'truncate' }, true],
    ['F19: a page of HTML, and not carried out', { status: 200, body: '<html></html>' }, false],
    ['a redirect, and not carried out', { status: 302, headers: { Location: 'http://127.0.0.1:1/' } }, false],
  ];
  const services = ['honours', 'ignores'] as const;
  for (const repeatedRequestId of services)
    for (const [name, fault, applied, options] of ways)
      it(
        `${name}, is ${applied ? 'never sent again' : 'sent again under one id, after looking'}, by a service that ${repeatedRequestId} ids`,
        on({ ...options, switches: { repeatedRequestId } }, async (bench) => {
          const id = await bench.approved('fabrikambikes');
          await bench.faults([onRemoval(fault)], { repeatedRequestId });

          await bench.until(id, applied ? 'done' : 'unknown');
          await bench.settle();

          const calls = await bench.removalCalls();
          assert.equal((await bench.request(id)).state, 'done');
          assert.equal(calls.length, applied ? 1 : 2);
          assert.equal(requestIds(calls).length, 1);
          assert.equal(correlationIds(calls).length, calls.length);
          assert.ok((await looksBetween(bench)).every((looks) => looks >= 2));
          assert.equal((await steps(bench, id)).filter((action) => action === 'step.intent').length, calls.length);
        }),
      );

  it(
    'is told to be unknown meanwhile',
    on({}, async (bench) => {
      const id = await bench.approved('fabrikambikes');
      await bench.faults([onRemoval({ kind: 'reset' })]);

      await bench.step();

      const { state, waitingFor } = await bench.request(id);
      assert.deepEqual([state, waitingFor?.why, waitingFor?.refused?.fault], ['unknown', 'no-answer', 'unavailable']);
    }),
  );

  it(
    'F6: is not sent again while nobody can see whether it was carried out',
    on({}, async (bench) => {
      const id = await bench.approved('fabrikambikes');
      await bench.faults([onRemoval({ kind: 'reset' })]);
      await bench.step();
      await bench.faults([{ method: 'GET', path: '^/v1/customers(/[^/]{36})?$', status: 503 }]);

      await bench.settle(30 * MINUTE_MS);

      assert.equal((await bench.request(id)).state, 'unknown');
      assert.equal((await bench.removalCalls()).length, 1);
      await bench.faults([]);
      await bench.settle(30 * MINUTE_MS);
      assert.equal((await bench.request(id)).state, 'done');
      assert.equal(requestIds(await bench.removalCalls()).length, 1);
    }),
  );

  const worse: readonly [name: string, happens: (bench: Workbench, customerId: string) => unknown][] = [
    [
      'its approval has run out',
      (bench) => {
        bench.advance(HOUR_MS);
      },
    ],
    [
      'there is more by now',
      (bench, customerId) => bench.world({ customerId, addSubscription: { class: 'legacy-licence' } }),
    ],
    ['who approved it may no longer', (bench) => bench.lists.approvers.splice(0)],
  ];
  for (const [name, happens] of worse)
    it(
      `is a person's turn when ${name}, and cannot be made again under another id`,
      on({}, async (bench) => {
        const id = await bench.approved('fabrikambikes');
        await bench.faults([onRemoval({ kind: 'reset' })]);
        await bench.step();
        await happens(bench, (await bench.customer('fabrikambikes')).id);

        await bench.until(id, 'blocked');

        const continued = await bench.removals.continueAfterRefusal(id, bench.click('ada'));
        assert.equal(continued?.kind, 'refused');
        await bench.settle(2 * HOUR_MS);
        assert.equal((await bench.request(id)).state, 'expired');
        assert.equal((await bench.removalCalls()).length, 1);
      }),
    );
});

describe('a process that ends', () => {
  const crash = (): never => {
    throw new Crash();
  };
  const crashWhen = (wanted: 'before' | 'after') => (moment: 'before' | 'after') => {
    if (moment === wanted) crash();
  };

  for (const [name, moment, sendings] of [
    ['between the intent and the call', 'before', 2],
    ['between the call and its outcome', 'after', 1],
  ] as const)
    it(
      `${name} is followed by one that looks first`,
      on({}, async (bench) => {
        const id = await bench.approved('fabrikambikes');
        bench.aroundChange = crashWhen(moment);
        await assert.rejects(bench.step(), Crash);
        const { state, removal } = await bench.request(id);
        assert.equal(state, 'executing');

        bench.restart();
        await bench.settle();

        const calls = await bench.removalCalls();
        assert.equal((await bench.request(id)).state, 'done');
        assert.deepEqual(requestIds(calls), [removal?.requestId]);
        assert.equal(calls.length, sendings - (moment === 'before' ? 1 : 0));
        assert.equal((await steps(bench, id)).filter((action) => action === 'step.intent').length, sendings);
      }),
    );

  it(
    'between the intent and the call is not taken for a call that was turned away, by one who cannot sign in',
    on({}, async (bench) => {
      const id = await bench.approved('fabrikambikes');
      bench.aroundChange = crashWhen('after');
      await bench.faults([onRemoval({ kind: 'reset' })]);
      await assert.rejects(bench.step(), Crash);
      bench.restart();
      bench.signedOut.add(asPerson('bo'));
      await bench.settle(5 * MINUTE_MS);
      assert.equal((await bench.removalCalls()).length, 1);

      bench.signedOut.clear();
      await bench.settle();

      assert.equal((await bench.request(id)).state, 'done');
      assert.ok(
        (await looksBetween(bench)).every((looks) => looks >= 2),
        'sent again without looking',
      );
    }),
  );

  it(
    'F2: at any commit, before or after it, leaves a request that comes to its end, by one id',
    on({}, async (bench) => {
      let commits = 0;
      bench.aroundCommit = (moment) => {
        if (moment === 'before') commits++;
      };
      await bench.approved('fabrikambikes');
      commits = 0;
      await bench.settle();
      assert.ok(commits >= 4, `${commits} commits`);

      for (const moment of ['before', 'after'] as const)
        for (let at = 1; at <= commits; at++) {
          await on({}, async (again) => {
            const id = await again.approved('fabrikambikes');
            let seen = 0;
            again.aroundCommit = (now) => {
              if (now === moment && ++seen === at) crash();
            };
            await assert.rejects(again.settle(), Crash);
            again.restart();
            await again.settle();

            const calls = await again.removalCalls();
            assert.equal((await again.request(id)).state, 'done', `${moment} commit ${at}`);
            assert.deepEqual([calls.length, requestIds(calls).length], [1, 1], `${moment} commit ${at}`);
            await again.audit(id);
          })();
        }
    }),
  );
});

describe('a removal call that was turned away for a while', () => {
  it(
    'F9: is made again under the same id when the service has said so, after everything was read again',
    on({}, async (bench) => {
      const id = await bench.approved('fabrikambikes');
      await bench.faults([onRemoval({ status: 429, headers: { 'Retry-After': '57' } })]);

      await bench.step();
      const waiting = await bench.request(id);
      await bench.settle();

      const [first, second, ...more] = await bench.removalCalls();
      assert.deepEqual([waiting.state, waiting.waitingFor?.why], ['executing', 'throttled']);
      assert.equal((await bench.request(id)).state, 'done');
      assert.ok(Date.parse(second!.at) - Date.parse(first!.at) >= 57 * SECOND_MS);
      assert.equal(second!.requestId, first!.requestId);
      assert.notEqual(second!.correlationId, first!.correlationId);
      assert.deepEqual(more, []);
      const between = (await bench.log()).filter(({ seq }) => seq > first!.seq && seq < second!.seq);
      assert.ok(between.some(({ path }) => path.endsWith('/subscriptions')));
    }),
  );

  it(
    'is on record with the answer to each time that it was made',
    on({}, async (bench) => {
      const id = await bench.approved('fabrikambikes');
      await bench.faults([onRemoval({ status: 429, headers: { 'Retry-After': '5' }, times: 2 })]);

      await bench.settle();

      const made = (await bench.removalCalls()).map(({ correlationId, status }) => ({ correlationId, status }));
      const outcomes = (await bench.audit(id)).filter(({ action }) => action === 'step.outcome');
      const recorded = outcomes.map(({ detail }) => ({
        correlationId: detail?.['correlationId'],
        status: detail?.['status'],
      }));
      assert.deepEqual(
        made.map(({ status }) => status),
        [429, 429, 200],
      );
      assert.deepEqual(recorded, made);
    }),
  );

  it(
    'is not said to be unknown because something cannot be read meanwhile',
    on({}, async (bench) => {
      const id = await bench.approved('fabrikambikes');
      await bench.faults([onRemoval({ status: 429, headers: { 'Retry-After': '5' } })]);
      await bench.step();
      await bench.faults([{ method: 'GET', path: '/orders$', status: 503 }]);

      await bench.settle(3 * MINUTE_MS);
      const meanwhile = await bench.request(id);
      await bench.faults([]);
      await bench.settle();

      assert.equal(meanwhile.state, 'executing');
      assert.equal((await bench.request(id)).state, 'done');
      assert.equal(requestIds(await bench.removalCalls()).length, 1);
    }),
  );

  it(
    'is not made again once its approval has run out',
    on({}, async (bench) => {
      const id = await bench.approved('fabrikambikes');
      bench.advance(59 * MINUTE_MS);
      await bench.faults([onRemoval({ status: 429, headers: { 'Retry-After': '120' } })]);

      await bench.settle();

      assert.equal((await bench.request(id)).state, 'expired');
      assert.equal((await bench.removalCalls()).length, 1);
    }),
  );
});

describe('a customer that somebody removes in Partner Center', () => {
  const removes = async (bench: Workbench): Promise<void> => {
    const { id } = await bench.customer('fabrikambikes');
    bench.stand.world.customer(id)!.relationship = 'none';
  };
  const ended = async (bench: Workbench, id: string): Promise<void> => {
    const { state, voided, delegatedAdmin } = await bench.request(id);
    assert.deepEqual([state, voided?.why, delegatedAdmin], ['void', 'gone', undefined]);
    assert.ok((await bench.outbox(id)).some(({ headline }) => headline === 'gone'));
    assert.equal((await bench.removalCalls()).length, 1);
    assert.deepEqual(await bench.endingCalls(), []);
    assert.ok((await bench.audit(id)).every(({ action }) => action !== 'step.verified'));
  };

  it(
    'after our call was turned away is not said to be removed by us, and nothing follows',
    on({}, async (bench) => {
      const id = await bench.approved('fabrikambikes', { endDelegatedAdmin: true });
      await bench.faults([onRemoval({ status: 429, headers: { 'Retry-After': '57' } })]);
      await bench.step();
      await removes(bench);

      await bench.settle();

      await ended(bench, id);
    }),
  );

  it(
    'after our call was turned away, and the store was put back, is not said to be removed by us',
    on({}, async (bench) => {
      const id = await bench.approved('fabrikambikes', { endDelegatedAdmin: true });
      await bench.faults([onRemoval({ status: 429, headers: { 'Retry-After': '57' } })]);
      await bench.step();
      await removes(bench);
      const restore = await bench.backUp();
      await restore();

      await bench.settle();

      const { state, voided } = await bench.request(id);
      assert.deepEqual([state, voided?.why], ['void', 'restored-gone']);
    }),
  );

  it(
    'after a call of ours without an answer is taken for removed by that call',
    on({ switches: { repeatedRequestId: 'ignores' } }, async (bench) => {
      const id = await bench.approved('fabrikambikes');
      await bench.faults([onRemoval({ kind: 'reset' }), onRemoval({ status: 429, headers: { 'Retry-After': '57' } })]);
      await bench.until(id, 'unknown');
      await bench.until(id, 'executing');
      await removes(bench);

      await bench.settle();

      assert.equal((await bench.request(id)).state, 'done');
    }),
  );
});

describe('a refusal', () => {
  it(
    'is told in the service’s own words, and nothing is sent again by itself',
    on({}, async (bench) => {
      const id = await bench.approved('munsonspickles');

      await bench.settle();

      const { state, refused } = await bench.request(id);
      assert.equal(state, 'blocked');
      assert.match(refused?.description ?? '', /active software purchases/);
      assert.equal((await bench.removalCalls()).length, 1);
    }),
  );

  it(
    'comes with what a new reading finds in the way',
    on({}, async (bench) => {
      const id = await bench.approved('fabrikambikes');
      const { id: customerId } = await bench.customer('fabrikambikes');
      await bench.faults([onRemoval({ status: 400, code: '900100', description: 'Something is active.' })]);
      await bench.until(id, 'blocked');
      await bench.world({ customerId, addSubscription: { class: 'legacy-licence', offerName: 'Office 365 E1' } });

      await bench.settle(MINUTE_MS);

      const { state, inTheWay = [] } = await bench.request(id);
      assert.equal(state, 'blocked');
      assert.deepEqual(
        inTheWay.map((line) => line.kind === 'holding' && line.name),
        ['Office 365 E1'],
      );
      assert.equal((await bench.removalCalls()).length, 1);
    }),
  );

  it(
    'is stored before anything more is read, so that a crash after the answer does not lose it',
    on({}, async (bench) => {
      const id = await bench.approved('fabrikambikes');
      await bench.faults([onRemoval({ status: 400, code: '900100', description: 'Something is active.' })]);

      await bench.step();

      const { state, inTheWay } = await bench.request(id);
      const log = await bench.log();
      const [removal] = await bench.removalCalls();
      assert.deepEqual([state, inTheWay], ['blocked', undefined]);
      assert.deepEqual(
        log.filter(({ seq }) => seq > (removal?.seq ?? 0)),
        [],
      );
    }),
  );

  it(
    'can be gone on from, with another call under another id',
    on({}, async (bench) => {
      const id = await bench.approved('munsonspickles');
      await bench.until(id, 'blocked');
      await bench.faults([], { oldPerpetualSoftwareBlocks: false });

      assert.equal((await bench.removals.continueAfterRefusal(id, bench.click('ada')))?.kind, 'changed');
      await bench.settle();

      const calls = await bench.removalCalls();
      assert.equal((await bench.request(id)).state, 'done');
      assert.deepEqual([calls.length, requestIds(calls).length], [2, 2]);
    }),
  );

  it(
    'can be gone on from only as long as the approval covers what is there',
    on({}, async (bench) => {
      const id = await bench.approved('munsonspickles');
      await bench.until(id, 'blocked');
      const { id: customerId } = await bench.customer('munsonspickles');
      await bench.world({ customerId, addSubscription: { class: 'legacy-licence' } });

      await bench.removals.continueAfterRefusal(id, bench.click('ada'));
      await bench.settle();

      assert.equal((await bench.request(id)).state, 'void');
      assert.equal((await bench.removalCalls()).length, 1);
    }),
  );

  it(
    'that nobody goes on from expires with the approval',
    on({}, async (bench) => {
      const id = await bench.approved('munsonspickles');

      await bench.settle(2 * HOUR_MS);

      assert.equal((await bench.request(id)).state, 'expired');
    }),
  );

  it(
    'F14: because another operation is pending is one too',
    on({}, async (bench) => {
      const id = await bench.approved('fabrikambikes');
      await bench.faults([onRemoval({ status: 409, code: '900278', description: 'Another operation is pending.' })]);

      await bench.settle();

      const { state, refused } = await bench.request(id);
      assert.deepEqual([state, refused?.status, refused?.code], ['blocked', 409, '900278']);
      assert.equal(refused?.description, 'Another operation is pending.');
    }),
  );
});

describe('an answer that there is no relationship', () => {
  for (const secondRemoval of ['20002', '3000'] as const)
    it(
      `F17: (${secondRemoval}) is the end where the list agrees`,
      on({ switches: { secondRemoval } }, async (bench) => {
        const id = await bench.approved('fabrikambikes');
        const { id: customerId } = await bench.customer('fabrikambikes');
        bench.aroundChange = () => {
          bench.stand.world.customer(customerId)!.relationship = 'none';
        };

        await bench.settle();

        const [call, ...more] = await bench.removalCalls();
        assert.deepEqual([call!.code, more], [secondRemoval, []]);
        assert.equal((await bench.request(id)).state, 'done');
      }),
    );

  for (const answer of [
    { status: 403, code: '20002', description: 'No relationship between caller and account.' },
    { status: 404, code: '60003', description: 'Tenant not found.' },
  ])
    it(
      `F17: (${answer.code}) proves nothing where the customer is still there`,
      on({}, async (bench) => {
        const id = await bench.approved('fabrikambikes');
        await bench.faults([onRemoval(answer)]);

        await bench.settle(20 * MINUTE_MS);
        const early = await bench.request(id);
        await bench.settle(2 * HOUR_MS);

        assert.equal(early.state, 'verifying');
        assert.equal((await bench.request(id)).state, 'unknown');
        assert.equal((await bench.removalCalls()).length, 1);
      }),
    );

  it(
    '(3000) is a refusal where the customer still answers as ours',
    on({}, async (bench) => {
      const id = await bench.approved('fabrikambikes');
      await bench.faults([
        onRemoval({ status: 400, code: '3000', description: 'Please cancel the following orders.' }),
      ]);

      await bench.settle();

      const { state, refused } = await bench.request(id);
      assert.deepEqual([state, refused?.description], ['blocked', 'Please cancel the following orders.']);
    }),
  );

  it(
    '(3000) to a call that was sent before proves nothing either way: the first one may show yet',
    on({ switches: { repeatedRequestId: 'ignores' } }, async (bench) => {
      const id = await bench.approved('fabrikambikes');
      await bench.faults([
        onRemoval({ kind: 'reset' }),
        onRemoval({ status: 400, code: '3000', description: 'The relationship does not exist.' }),
      ]);

      await bench.until(id, 'verifying');
      await bench.settle(2 * HOUR_MS);

      assert.equal((await bench.request(id)).state, 'unknown');
      assert.equal(requestIds(await bench.removalCalls()).length, 1);
    }),
  );
});

describe('a removal that was accepted', () => {
  it(
    'F20: is being verified as long as the list still names the customer',
    on({ switches: { staleListMs: 10 * MINUTE_MS } }, async (bench) => {
      const id = await bench.approved('fabrikambikes');

      await bench.settle(9 * MINUTE_MS);
      const early = await bench.request(id);
      await bench.settle(5 * MINUTE_MS);

      assert.deepEqual([early.state, early.waitingFor?.why], ['verifying', 'still-listed']);
      assert.equal((await bench.request(id)).state, 'done');
      assert.equal((await bench.removalCalls()).length, 1);
    }),
  );

  it(
    'F20: is unknown when the customer is still listed after so long, is not sent again, and is done once it is gone',
    on({ switches: { staleListMs: 3 * HOUR_MS, afterRemoval: 'refused-when-unlisted' } }, async (bench) => {
      const id = await bench.approved('fabrikambikes');

      await bench.settle(29 * MINUTE_MS);
      const early = await bench.request(id);
      await bench.settle(2 * HOUR_MS);
      const late = await bench.request(id);
      await bench.settle(2 * HOUR_MS);

      assert.equal(early.state, 'verifying');
      assert.deepEqual([late.state, late.waitingFor?.why], ['unknown', 'still-listed']);
      assert.equal((await bench.request(id)).state, 'done');
      assert.equal((await bench.removalCalls()).length, 1);
    }),
  );

  it(
    'is not sent again because the person had to sign in meanwhile',
    on({ switches: { staleListMs: 5 * HOUR_MS, afterRemoval: 'refused-when-unlisted' } }, async (bench) => {
      const id = await bench.approved('fabrikambikes');
      await bench.until(id, 'unknown');
      bench.signedOut.add(asPerson('bo'));
      await bench.settle(30 * MINUTE_MS);
      bench.signedOut.clear();

      await bench.settle(HOUR_MS);

      assert.equal((await bench.removalCalls()).length, 1);
      const { state, waitingFor } = await bench.request(id);
      assert.deepEqual([state, waitingFor?.why], ['unknown', 'still-listed']);
    }),
  );

  it(
    'is looked after while the list cannot be read',
    on({}, async (bench) => {
      const id = await bench.approved('fabrikambikes');
      await bench.faults([{ method: 'GET', path: '^/v1/customers$', status: 503 }]);

      await bench.settle(5 * MINUTE_MS);
      const early = await bench.request(id);
      await bench.faults([]);
      await bench.settle(10 * MINUTE_MS);

      assert.deepEqual([early.state, early.waitingFor?.refused?.status], ['verifying', 503]);
      assert.equal((await bench.request(id)).state, 'done');
    }),
  );
});

describe('what has changed since the approval', () => {
  const changes: readonly [name: string, change: (customerId: string, first: string) => object, drift: RegExp][] = [
    [
      'a new subscription',
      () => ({ addSubscription: { class: 'legacy-licence', offerName: 'Visio Plan 1' } }),
      /new.*Visio/,
    ],
    [
      'a new one that is suspended',
      () => ({ addSubscription: { class: 'legacy-licence', status: 'suspended' } }),
      /new/,
    ],
    ['one that is active again', (_, id) => ({ setSubscription: { id, status: 'active' } }), /blocks-now.*E5/],
    ['more of one', (_, id) => ({ setSubscription: { id, quantity: 121 } }), /120.*more.*121/],
    ['a reservation', () => ({ addEntitlement: { type: 'reservation' } }), /reservation.*new/],
    ['another domain', () => ({ domain: 'contoso-group.onmicrosoft.com' }), /domain.*contoso-group/],
    ['a reseller', () => ({ addSubscription: { class: 'legacy-licence', partnerId: '777' } }), /reseller.*777/],
    ['another relationship', () => ({ relationship: 'advisor' }), /\[\]/],
  ];
  for (const [name, change, drift] of changes)
    it(
      `F21: (${name}) ends the approval, and nothing is removed`,
      on({ switches: { partnerType: 'indirect-provider' } }, async (bench) => {
        const id = await cleared(bench);
        const [first] = await subscriptionsOf(bench, 'contoso');
        const { id: customerId } = await bench.customer('contoso');
        await bench.world({ customerId, ...change(customerId, first!.id) });

        await bench.settle(2 * HOUR_MS);

        const { state, voided } = await bench.request(id);
        assert.equal(state, 'void');
        assert.match(JSON.stringify(voided?.drift), drift);
        await nothingWasRemoved(bench);
      }),
    );

  it(
    'F20: is seen also where only the subscription itself says that it is active again, and the list not yet',
    on({}, async (bench) => {
      const id = await cleared(bench);
      const [first] = await subscriptionsOf(bench, 'contoso');
      const { id: customerId } = await bench.customer('contoso');
      const list = (await bench.log()).findLast(({ path }) => path.endsWith('/subscriptions'))!.responseBody;
      await bench.world({ customerId, setSubscription: { id: first!.id, status: 'active' } });
      await bench.faults([{ method: 'GET', path: '/subscriptions$', body: list }]);

      await bench.settle();

      const { state, voided } = await bench.request(id);
      assert.deepEqual([state, voided?.drift], ['void', [{ kind: 'blocks-now', name: 'Office 365 E5' }]]);
      await nothingWasRemoved(bench);
    }),
  );

  it(
    'F21: for the better ends nothing',
    on({}, async (bench) => {
      const id = await cleared(bench);
      const [, , third] = await subscriptionsOf(bench, 'contoso');
      const { id: customerId } = await bench.customer('contoso');
      await bench.world({ customerId, removeSubscription: third!.id, rename: 'Contoso Holding' });

      await bench.settle();

      assert.equal((await bench.request(id)).state, 'done');
    }),
  );
});

describe('a source that cannot be read before the removal', () => {
  const sources = ['', '/subscriptions', '/entitlements', '/orders', '/transfers'];
  for (const source of sources)
    it(
      `(${source || 'the customer'}) is waited for, and then it goes on`,
      on({}, async (bench) => {
        const id = await bench.approved('fabrikambikes');
        await bench.faults([{ method: 'GET', path: `/customers/[^/]{36}${source}$`, status: 503 }]);

        await bench.settle(5 * MINUTE_MS);
        const early = await bench.request(id);
        await nothingWasRemoved(bench);
        await bench.faults([]);
        await bench.settle();

        assert.deepEqual([early.state, early.waitingFor?.why], ['approved', 'unread']);
        assert.equal((await bench.request(id)).state, 'done');
      }),
    );

  it(
    '(one that was suspended here) is waited for too',
    on({}, async (bench) => {
      const id = await cleared(bench);
      await bench.faults([{ method: 'GET', path: '/subscriptions/[^/]+$', status: 503 }]);

      await bench.settle(MINUTE_MS);
      const early = await bench.request(id);
      await nothingWasRemoved(bench);
      await bench.faults([]);
      await bench.settle();

      assert.deepEqual([early.state, early.waitingFor?.why], ['approved', 'unread']);
      assert.equal((await bench.request(id)).state, 'done');
    }),
  );

  it(
    'is waited for no longer than the approval holds',
    on({}, async (bench) => {
      const id = await bench.approved('fabrikambikes');
      await bench.faults([{ method: 'GET', path: '/orders$', status: 503 }]);

      await bench.settle(2 * HOUR_MS);
      await bench.faults([]);
      await bench.settle();

      assert.equal((await bench.request(id)).state, 'expired');
      await nothingWasRemoved(bench);
    }),
  );
});

describe('an approval that no longer holds', () => {
  it(
    'F33: because its time is over leads to nothing',
    on({}, async (bench) => {
      const id = await bench.approved('fabrikambikes');
      bench.advance(HOUR_MS);

      await bench.settle();

      assert.equal((await bench.request(id)).state, 'expired');
      await nothingWasRemoved(bench);
    }),
  );

  const lost: readonly [name: string, happens: (bench: Workbench) => unknown, why: string][] = [
    ['its approver', (bench) => bench.lists.approvers.splice(0), 'no-longer-approver'],
    ['its requester', (bench) => bench.lists.requesters.splice(0), 'no-longer-requester'],
    ['the difference between the two', (bench) => bench.lists.samePerson.push(['ada', 'bo']), 'no-longer-approver'],
  ];
  for (const [name, happens, why] of lost)
    it(
      `because ${name} was lost is void, and leads to nothing`,
      on({}, async (bench) => {
        const id = await bench.approved('fabrikambikes');
        happens(bench);

        await bench.settle();

        const { state, voided } = await bench.request(id);
        assert.deepEqual([state, voided?.why], ['void', why]);
        await nothingWasRemoved(bench);
      }),
    );

  it(
    'because one of two approvers was lost is void, and leads to nothing',
    on({ policy: { approvalsRequired: 2 } }, async (bench) => {
      const id = await bench.approved('fabrikambikes');
      await bench.approve(id, 'cy');
      bench.lists.approvers.splice(bench.lists.approvers.indexOf('bo'), 1);

      await bench.settle();

      assert.equal((await bench.request(id)).state, 'void');
      await nothingWasRemoved(bench);
    }),
  );

  it(
    'F33: because its time ran out while everything was being read leads to nothing',
    on({}, async (bench) => {
      const id = await bench.approved('fabrikambikes');
      await bench.faults([{ method: 'GET', path: '/orders$', delayMs: 150 }]);

      const reading = bench.step();
      await new Promise((resolve) => setImmediate(resolve));
      bench.advance(HOUR_MS);
      await reading;

      assert.equal((await bench.request(id)).state, 'expired');
      await nothingWasRemoved(bench);
    }),
  );

  it(
    'F34: because it was withdrawn while everything was being read leads to nothing',
    on({}, async (bench) => {
      const id = await bench.approved('fabrikambikes');

      const reading = bench.step();
      const withdrawn = await bench.removals.withdraw(id, bench.click('ada'));
      await reading;
      await bench.settle();

      assert.equal(withdrawn?.kind, 'changed');
      assert.equal((await bench.request(id)).state, 'withdrawn');
      await nothingWasRemoved(bench);
    }),
  );

  it(
    'F34: cannot be withdrawn any more once the intent is stored',
    on({}, async (bench) => {
      const id = await bench.approved('fabrikambikes');
      let withdrawn: unknown;
      const pressed = Promise.withResolvers<undefined>();
      bench.aroundChange = (moment) => {
        if (moment === 'before')
          void bench.removals.withdraw(id, bench.click('ada')).then((decision) => {
            withdrawn = decision?.kind === 'refused' ? decision.why : decision?.kind;
            pressed.resolve(undefined);
          });
      };

      await bench.settle();
      await pressed.promise;

      assert.equal(withdrawn, 'too-late');
      assert.equal((await bench.request(id)).state, 'done');
    }),
  );
});

describe('a person who has to sign in', () => {
  it(
    'at the very moment of the call is waited for, and it is the same call then',
    on({}, async (bench) => {
      const id = await bench.approved('fabrikambikes');
      bench.aroundChange = () => {
        bench.aroundChange = () => undefined;
        throw new PartnerCenterError('sign-in-needed', { operation: 'remove relationship', ids: NO_IDS });
      };

      await bench.step();
      const early = await bench.request(id);
      await bench.settle();

      const calls = await bench.removalCalls();
      assert.deepEqual([early.state, early.waitingFor?.why], ['executing', 'sign-in']);
      assert.equal((await bench.request(id)).state, 'done');
      assert.deepEqual(requestIds(calls), [early.removal?.requestId]);
    }),
  );

  it(
    'is waited for, without a call',
    on({}, async (bench) => {
      const id = await bench.approved('fabrikambikes');
      bench.signedOut.add(asPerson('bo'));
      const before = (await bench.log()).length;

      await bench.settle(5 * MINUTE_MS);
      const early: RemovalRequest = await bench.request(id);
      assert.equal((await bench.log()).length, before);
      bench.signedOut.clear();
      await bench.settle();

      assert.deepEqual([early.state, early.waitingFor?.why], ['approved', 'sign-in']);
      assert.equal((await bench.request(id)).state, 'done');
    }),
  );
});
