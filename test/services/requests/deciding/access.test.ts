import assert from 'node:assert/strict';
import { readAs, type NoAccess } from '../../../../services/requests/deciding/access.ts';
import { MINUTE_MS } from '../../../../services/clock.ts';
import { against, clientOf, countedIds } from '../../partner-center/scripted-server.ts';
import { on, type Workbench } from '../workbench.ts';

const GET_CUSTOMER = { method: 'GET', path: '/v1/customers/[^/]+$' };
/** Reads of a single customer; approving is the only thing that asks for one by itself here. */
const customerReads = async (bench: Workbench): Promise<number> =>
  (await bench.log()).filter(({ method, path }) => method === 'GET' && /\/v1\/customers\/[^/]+$/.test(path)).length;
const asked = async (bench: Workbench): Promise<string> => {
  const id = await bench.send('fabrikambikes');
  await bench.settle(MINUTE_MS);
  return id;
};

describe('an approval of somebody whom Partner Center does not let read the customer', () => {
  const answers: readonly [name: string, fault: object, why: NoAccess][] = [
    ['forbids it', { status: 403 }, 'no-access'],
    ['says that their role does not allow it', { status: 403, code: '900308' }, 'no-access'],
    ['refuses it for a reason of its own', { status: 400, code: '123456' }, 'no-access'],
    ['says that there is no relationship', { status: 403, code: '20002' }, 'no-relationship'],
    ['knows no such customer', { status: 404, code: '60003' }, 'no-relationship'],
    ['takes no token of theirs', { status: 401 }, 'sign-in'],
    ['wants multifactor authentication', { status: 401, code: '900421' }, 'sign-in'],
    ['asks to stay away for long', { status: 429, headers: { 'Retry-After': '120' } }, 'unread'],
    ['is in trouble', { status: 503 }, 'unread'],
    ['cuts the line', { kind: 'reset' }, 'unread'],
    ['answers with something else', { status: 200, body: '<html>' }, 'unread'],
  ];
  for (const [name, fault, why] of answers)
    it(
      `counts for nothing where it ${name}: ${why}`,
      on({}, async (bench) => {
        const id = await asked(bench);
        const before = await bench.request(id);
        await bench.faults([{ ...GET_CUSTOMER, ...fault }]);

        const decision = await bench.removals.approve(id, bench.click('bo'));

        assert.ok(decision?.kind === 'refused');
        assert.deepEqual([decision.why, decision.barred?.name], [why, 'bo']);
        assert.deepEqual(await bench.request(id), before);
        const { action, actor, detail } = (await bench.audit(id)).at(-1)!;
        assert.deepEqual([action, actor, detail?.['why']], ['refused', 'person:bo', why]);
        const calls = await bench.log();
        assert.ok(calls.some(({ correlationId }) => correlationId === detail?.['correlationId']));

        await bench.faults([]);
        await bench.approve(id);
        assert.equal((await bench.request(id)).state, 'approved');
      }),
    );
});

describe('an approval', () => {
  it(
    'is on the record with the read that showed that it can be carried out',
    on({}, async (bench) => {
      const id = await asked(bench);

      await bench.approve(id);

      const { detail } = (await bench.audit(id)).findLast(({ action }) => action === 'request.approved')!;
      assert.equal(detail?.['readAs'], 'person:bo');
      const read = (await bench.log()).find(({ correlationId }) => correlationId === detail['correlationId']);
      assert.deepEqual([read?.method, read?.status], ['GET', 200]);
    }),
  );

  it(
    'that comes four times reads once, and is one try where it is refused',
    on({}, async (bench) => {
      const id = await asked(bench);
      const reads = await customerReads(bench);
      const entries = (await bench.audit(id)).length;
      await bench.faults([{ ...GET_CUSTOMER, status: 403, delayMs: 100 }]);

      const decisions = await Promise.all([1, 2, 3, 4].map(() => bench.removals.approve(id, bench.click('bo'))));

      assert.deepEqual(
        decisions.map((one) => one?.kind === 'refused' && one.why),
        Array(4).fill('no-access'),
      );
      assert.equal(await customerReads(bench), reads + 1);
      assert.equal((await bench.audit(id)).length, entries + 1);
    }),
  );

  const worthless: readonly [name: string, person: string][] = [
    ['of who asked for it', 'ada'],
    ['of who is no approver', 'eve'],
  ];
  for (const [name, person] of worthless)
    it(
      `${name} reads nothing`,
      on({}, async (bench) => {
        const id = await asked(bench);
        const reads = await customerReads(bench);

        const decision = await bench.removals.approve(id, bench.click(person));

        assert.equal(decision?.kind, 'refused');
        assert.equal(await customerReads(bench), reads);
      }),
    );

  it(
    'does not count where the request was withdrawn while Partner Center was asked',
    on({}, async (bench) => {
      const id = await asked(bench);
      await bench.faults([{ ...GET_CUSTOMER, delayMs: 200 }]);

      const approving = bench.removals.approve(id, bench.click('bo'));
      await bench.removals.withdraw(id, bench.click('ada'));

      const decision = await approving;
      assert.ok(decision?.kind === 'refused');
      assert.deepEqual([decision.why, decision.record.request.state], ['already-decided', 'withdrawn']);
    }),
  );
});

describe('the read that an approval waits for', () => {
  const CUSTOMER = '11111111-aaaa-4bbb-8ccc-222222222222';
  const found = { json: { id: CUSTOMER, companyProfile: { companyName: 'Contoso', domain: 'contoso.com' } } };

  it(
    'is made however many others wait for their turn to read',
    against([found], async (server) => {
      const sleep = (): Promise<never> => new Promise(() => undefined);
      const partnerCenter = clientOf(server, { sleep, lanes: 1_000 });
      const readers = Array.from({ length: 500 }, () => partnerCenter.customer(CUSTOMER, { actAs: 'bot' }));
      for (const reader of readers) reader.catch(() => undefined);

      const access = await readAs({ id: 'bo', name: 'bo' }, CUSTOMER, { partnerCenter, newId: countedIds() });

      assert.equal(access.kind, 'read');
    }),
  );
});
