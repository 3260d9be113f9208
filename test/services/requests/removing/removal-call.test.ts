import assert from 'node:assert/strict';
import { receiptPaper } from '../../../../cards/receipt-paper.ts';
import { textsFor } from '../../../../cards/texts/texts.ts';
import { HOUR_MS, MINUTE_MS, SECOND_MS } from '../../../../services/clock.ts';
import { asPerson } from '../../../../services/partner-center/partner-center.ts';
import { Crash, on, onRemoval, type Workbench, type WorkbenchOptions } from '../workbench.ts';
import { requestIds, correlationIds, looksBetween, steps } from './approved-removal.ts';

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

const AN_ERROR = { code: 400072, description: 'The order could not be found.' };

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
    ['F19: an error that is called 200, and not carried out', { ...AN_ERROR, status: 200 }, false],
    [
      'F19: an error that is called 200, and carried out',
      { kind: 'apply-then-answer', ...AN_ERROR, status: 200 },
      true,
    ],
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

describe('a removal call without an answer that may not be made again', () => {
  const shows = async (bench: Workbench): Promise<void> => {
    const { id } = await bench.customer('fabrikambikes');
    bench.stand.world.customer(id)!.relationship = 'none';
  };

  const nothing = (): void => undefined;
  for (const [name, before, after] of [
    [
      'its approval has run out',
      (bench: Workbench) => {
        bench.advance(HOUR_MS - MINUTE_MS / 4);
      },
      nothing,
    ],
    ['who approved it may no longer', nothing, (bench: Workbench) => bench.lists.approvers.splice(0)],
  ] as const)
    it(
      `is not called not carried out sooner than one that was accepted may take to show, when ${name}`,
      on({}, async (bench) => {
        const id = await bench.approved('fabrikambikes');
        before(bench);
        await bench.faults([onRemoval({ kind: 'reset' })]);
        await bench.step();
        after(bench);
        await bench.settle(25 * MINUTE_MS);
        const meanwhile = await bench.request(id);
        await shows(bench);

        await bench.settle(2 * HOUR_MS);

        assert.deepEqual([meanwhile.state, meanwhile.waitingFor?.why], ['unknown', 'no-answer']);
        assert.equal((await bench.request(id)).state, 'done');
        assert.equal((await bench.removalCalls()).length, 1);
      }),
    );

  it(
    'is looked for also where the sending after it was turned away',
    on({ switches: { repeatedRequestId: 'ignores' } }, async (bench) => {
      const id = await bench.approved('fabrikambikes');
      await bench.faults([onRemoval({ kind: 'reset' }), onRemoval({ status: 429, headers: { 'Retry-After': '57' } })]);
      await bench.until(id, 'unknown');
      await bench.until(id, 'executing');
      bench.lists.approvers.splice(0);
      await bench.settle(5 * MINUTE_MS);
      const meanwhile = await bench.request(id);
      await shows(bench);

      await bench.settle(2 * HOUR_MS);

      assert.equal(meanwhile.state, 'unknown');
      assert.equal((await bench.request(id)).state, 'done');
    }),
  );
});

describe('a removal that was carried out, the answer to which was lost', () => {
  const answeredAs = async (bench: Workbench, relationshipToPartner: string): Promise<object> => {
    const { id, companyName, domain } = await bench.customer('fabrikambikes');
    const body = { id, companyProfile: { companyName, domain }, relationshipToPartner };
    return { method: 'GET', path: `^/v1/customers/${id}$`, times: 100_000, body };
  };

  it(
    'F6: is never said not to be carried out, or sent again, while the customer is answered with the relationship “none”',
    on({ switches: { repeatedRequestId: 'ignores' } }, async (bench) => {
      const id = await bench.approved('fabrikambikes');
      await bench.faults([onRemoval({ kind: 'apply-then-reset' })]);
      await bench.step();
      await bench.faults([await answeredAs(bench, 'none')]);

      await bench.settle(5 * HOUR_MS);

      const late = await bench.request(id);
      assert.deepEqual([late.state, late.waitingFor?.why, late.refused], ['unknown', 'no-answer', undefined]);
      await bench.faults([]);
      await bench.settle(3 * HOUR_MS);
      assert.equal((await bench.request(id)).state, 'done');
      assert.equal((await bench.removalCalls()).length, 1);
    }),
  );

  it(
    'F6: is never said not to be carried out, or sent again, while only a list from before names the customer',
    on({ switches: { repeatedRequestId: 'ignores', staleListMs: 4 * HOUR_MS } }, async (bench) => {
      const id = await bench.approved('fabrikambikes');
      await bench.faults([onRemoval({ kind: 'apply-then-reset' })]);

      await bench.settle(3 * HOUR_MS);
      const late = await bench.request(id);
      await bench.settle(3 * HOUR_MS);

      assert.deepEqual([late.state, late.waitingFor?.why, late.refused], ['unknown', 'no-answer', undefined]);
      assert.equal((await bench.request(id)).state, 'done');
      assert.equal((await bench.removalCalls()).length, 1);
    }),
  );

  it(
    'F6: is not said not to be carried out where the last look no longer shows the customer as ours',
    on({ switches: { repeatedRequestId: 'ignores' } }, async (bench) => {
      const id = await bench.approved('fabrikambikes');
      await bench.faults([onRemoval({ kind: 'reset' })]);
      await bench.step();
      bench.lists.approvers.splice(0);
      await bench.settle(25 * MINUTE_MS);
      await bench.faults([await answeredAs(bench, 'none')]);

      await bench.settle(2 * HOUR_MS);

      const { state, refused } = await bench.request(id);
      assert.deepEqual([state, refused], ['unknown', undefined]);
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
    'between the call and its outcome leaves no acceptance behind that nobody has seen, on record or on the receipt',
    on({}, async (bench) => {
      const id = await bench.approved('fabrikambikes');
      bench.aroundChange = crashWhen('after');
      await assert.rejects(bench.step(), Crash);

      bench.restart();
      await bench.settle();

      const { state, removal } = await bench.request(id);
      assert.deepEqual([state, removal?.acceptedAt], ['done', undefined]);
      assert.ok(removal?.goneAt);
      const outcomes = (await bench.audit(id)).filter(({ action }) => action === 'step.outcome');
      assert.deepEqual(
        outcomes.map(({ detail }) => [detail?.['why'], detail?.['status'], detail?.['correlationId']]),
        [['reconciled', undefined, removal.correlationId]],
      );
      const paper = receiptPaper({ record: await bench.record(id), openPoints: [], isSandbox: false }, textsFor('en'));
      const lines = paper.lines.flatMap(({ runs }) => runs.map(({ text }) => text));
      assert.ok(lines.some((line) => line.startsWith('Removal call sent on ')));
      assert.ok(lines.every((line) => !/accepted/i.test(line)));
    }),
  );

  it(
    'before an answer comes leaves a record of what came of each time that it was sent',
    on({}, async (bench) => {
      const id = await bench.approved('fabrikambikes');
      bench.aroundChange = crashWhen('after');
      await bench.faults([onRemoval({ kind: 'reset' })]);
      await assert.rejects(bench.step(), Crash);
      bench.restart();
      await bench.faults([{ method: 'GET', path: '^/v1/customers$', status: 503, times: 2 }]);

      await bench.settle();

      const made = (await bench.removalCalls()).map(({ correlationId }) => correlationId);
      const recorded = (await bench.audit(id)).filter(({ action }) => action === 'step.outcome');
      assert.equal(made.length, 2);
      assert.deepEqual(
        recorded.map(({ detail }) => [detail?.['correlationId'], detail?.['status']]),
        [
          [made[0], undefined],
          [made[1], 200],
        ],
      );
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

  /** How it ended, and whether anything of it says that a call got no answer. */
  const endOf = async (bench: Workbench, id: string) => {
    const { state, voided, refused } = await bench.request(id);
    const faults = (await bench.audit(id)).map(({ detail }) => detail?.['fault']);
    return { state, voided, refused, isUnanswered: faults.includes('not-resent') };
  };
  const turnedAway = async (bench: Workbench): Promise<string> => {
    const id = await bench.approved('fabrikambikes');
    await bench.faults([onRemoval({ status: 429, headers: { 'Retry-After': '57' } })]);
    await bench.step();
    return id;
  };

  it(
    'is void, and says what has changed, where there is more by then: no answer is missing',
    on({}, async (bench) => {
      const id = await turnedAway(bench);
      const { id: customerId } = await bench.customer('fabrikambikes');
      await bench.world({ customerId, addSubscription: { class: 'legacy-licence', offerName: 'Office 365 E1' } });

      await bench.settle();

      const { voided, ...end } = await endOf(bench, id);
      assert.deepEqual(end, { state: 'void', refused: undefined, isUnanswered: false });
      assert.deepEqual([voided?.why, JSON.stringify(voided?.drift).includes('Office 365 E1')], ['drift', true]);
      assert.equal((await bench.removalCalls()).length, 1);
    }),
  );

  it(
    'is void where who approved it may no longer',
    on({}, async (bench) => {
      const id = await turnedAway(bench);
      bench.lists.approvers.splice(0);

      await bench.settle();

      const { voided, ...end } = await endOf(bench, id);
      assert.deepEqual(end, { state: 'void', refused: undefined, isUnanswered: false });
      assert.equal(voided?.why, 'no-longer-approver');
      assert.equal((await bench.removalCalls()).length, 1);
    }),
  );

  it(
    'is not made again once its approval has run out',
    on({}, async (bench) => {
      const id = await bench.approved('fabrikambikes');
      bench.advance(59 * MINUTE_MS);
      await bench.faults([onRemoval({ status: 429, headers: { 'Retry-After': '120' } })]);

      await bench.settle();

      const end = await endOf(bench, id);
      assert.deepEqual(end, { state: 'expired', voided: undefined, refused: undefined, isUnanswered: false });
      assert.equal((await bench.removalCalls()).length, 1);
    }),
  );
});
