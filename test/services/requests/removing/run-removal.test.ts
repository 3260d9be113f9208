import assert from 'node:assert/strict';
import { HOUR_MS, MINUTE_MS } from '../../../../services/clock.ts';
import { asPerson } from '../../../../services/partner-center/partner-center.ts';
import { on } from '../workbench.ts';
import { steps, cleared, nothingWasRemoved } from './approved-removal.ts';

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
