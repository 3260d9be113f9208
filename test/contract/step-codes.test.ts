import assert from 'node:assert/strict';
import { stepFault } from '../../cards/step-lines.ts';
import { LANGUAGES, textsFor } from '../../cards/texts/texts.ts';
import { MINUTE_MS } from '../../services/clock.ts';
import type { Meaning } from '../../services/partner-center/known-codes.ts';
import { on, onSuspension } from '../services/requests/workbench.ts';

/** What becomes of a confirmed suspension whose call is always answered so: how often it is sent, and what the card says. */
const rows: readonly [row: string, status: number, code: string, meaning: Meaning, sendings: number][] = [
  ['already deleted: can’t be updated', 400, '2011', 'already-deleted', 5],
  ['stale etag: re-GET', 400, '2055', 'changed-meanwhile', 5],
  ['status can’t change from X to Y', 400, '800040', 'not-from-this-state', 5],
  ['can’t update while suspended', 400, '800091', 'not-while-suspended', 5],
  ['status can’t be changed on this subscription', 400, '800096', 'status-is-fixed', 1],
  ['past the window in days', 400, '900117', 'window-is-over', 1],
  ['past the window in hours', 400, '900213', 'window-is-over', 1],
  ['past the window', 400, '900257', 'window-is-over', 1],
  ['expiring', 400, '900277', 'no-more-changes', 1],
  ['no more updates', 400, '900279', 'no-more-changes', 1],
  ['not now: the renewal is under way', 400, '900280', 'no-more-changes', 5],
  ['updated too many times', 400, '900311', 'changed-too-often', 1],
  ['Azure plan still has active Azure subscriptions', 403, '900115', 'azure-still-active', 1],
  ['savings plan: only in Azure portal', 403, '900321', 'savings-plan', 1],
  ['SaaS: cancel through the subscription', 403, '800077', 'cancel-the-subscription', 1],
  ['no such subscription', 404, '20003', 'no-such-subscription', 1],
  ['parent not active (on enable)', 409, '27009', 'base-not-active', 1],
  ['not ready, try later', 409, '800082', 'not-ready', 5],
  ['pending operation: 24 hours', 409, '900278', 'operation-pending', 5],
];

describe('an answer to a change of status', () => {
  for (const [row, status, code, meaning, sendings] of rows)
    it(
      `is told in plain words, and never taken for done: ${row} (${status}/${code})`,
      on({}, async (bench) => {
        await bench.faults([onSuspension({ status, code, description: 'As the service says it.', times: 100 })]);
        const id = await bench.suspend('northwindtraders');

        await bench.settle(60 * MINUTE_MS);

        const [step] = await bench.steps(id);
        const calls = await bench.suspensionCalls();
        assert.deepEqual([step?.state, calls.length], ['failed', sendings]);
        assert.equal(new Set(calls.map(({ requestId }) => requestId)).size, sendings, 'an answer was seen each time');
        for (const language of Object.keys(LANGUAGES)) {
          const texts = textsFor(language);
          assert.equal(stepFault(step!, texts)[0], texts.say(`code.${meaning}`), language);
        }
      }),
    );
});
