import assert from 'node:assert/strict';
import { requestCard } from '../../cards/request-card.ts';
import { LANGUAGES, textsFor } from '../../cards/texts/texts.ts';
import { MINUTE_MS } from '../../services/clock.ts';
import type { Meaning } from '../../services/partner-center/known-codes.ts';
import type { StateName } from '../../services/requests/life.ts';
import type { RequestRecord } from '../../services/requests/request.ts';
import { wordsOf } from '../cards/walk.ts';
import { on, onRemoval, type Workbench } from '../services/requests/workbench.ts';

const DESCRIPTION = 'As the service says it.';
const CUSTOMER = 'fabrikambikes';

async function removedWith(bench: Workbench, fault: object): Promise<RequestRecord> {
  const id = await bench.approved(CUSTOMER);
  await bench.faults([onRemoval(fault)]);
  await bench.settle(20 * MINUTE_MS);
  return (await bench.removals.find(id))!;
}
const wordsIn = (record: RequestRecord, language: string): string =>
  wordsOf(
    requestCard(
      { record, openPoints: [], teamsId: '29:ada', nonce: 'n', isRequester: true, canWithdraw: true, isSandbox: false },
      textsFor(language),
    ),
  );

/** The customer is ours all the time: whatever the answer says, nothing was removed. */
const refusals: readonly [row: string, status: number, code: string, meaning: Meaning][] = [
  ['something stands in the way, or the relationship does not exist', 400, '3000', 'not-as-things-stand'],
  ['invalid customer ID', 400, '900118', 'wrong-id'],
  ['invalid request input', 400, '800002', 'wrong-id'],
  ['resource does not support application-only auth', 403, '900329', 'needs-a-person'],
  ['MFA claim missing', 401, '900421', 'needs-mfa'],
  ['token audience no longer supported', 401, '900420', 'wrong-audience'],
  ['access denied', 401, '400', 'bad-token'],
  ['no relationship between caller and account', 403, '20002', 'no-relationship'],
  ['the partner has no commerce relationship with the customer', 403, '900159', 'no-relationship'],
  ['tenant not found', 404, '60003', 'no-such-customer'],
  ['authorization failed', 403, '1002', 'direct-partners-not'],
  ['insufficient privileges', 403, '900308', 'role-missing'],
  ['role has no right to the operation', 403, '900150', 'role-missing'],
];

describe('an answer to the removal of a customer who is still there', () => {
  for (const [row, status, code, meaning] of refusals)
    it(
      `is told in plain words, with the service’s own and the ids: ${row} (${status}/${code})`,
      on({}, async (bench) => {
        const record = await removedWith(bench, { status, code, description: DESCRIPTION });

        const [call, ...more] = await bench.removalCalls();
        const { state, waitingFor } = record.request;
        // A sign-in that is not accepted is asked for anew; nothing else is refused by that.
        const isSignIn = status === 401;
        assert.equal(state, (isSignIn ? 'executing' : 'blocked') satisfies StateName);
        assert.equal(waitingFor?.why, isSignIn ? 'sign-in' : undefined);
        assert.deepEqual(more, []);
        for (const language of Object.keys(LANGUAGES)) {
          const words = wordsIn(record, language);
          for (const said of [textsFor(language).say(`code.${meaning}`), DESCRIPTION, `${status} / ${code}`])
            assert.ok(words.includes(said), `${language}: ${said}`);
          assert.ok(words.includes(call!.correlationId), language);
        }
      }),
    );

  it(
    'names what is in the way as the service says it, whatever the code: the blockers are still there',
    on({}, async (bench) => {
      const description =
        'Customer relationship cannot be removed due to active Azure reserved instances. Please cancel the following orders: 0bed3bbca6c';
      const record = await removedWith(bench, { status: 400, code: '999999', description });

      assert.equal(record.request.state, 'blocked');
      for (const language of Object.keys(LANGUAGES)) assert.ok(wordsIn(record, language).includes(description));
    }),
  );
});

describe('an answer to the removal of a customer who is gone already', () => {
  for (const [row, status, code] of [
    ['the relationship does not exist', 400, '3000'],
    ['no relationship between caller and account', 403, '20002'],
    ['the partner has no commerce relationship with the customer', 403, '900159'],
    ['tenant not found', 404, '60003'],
  ] as const)
    it(
      `means removed by somebody else, once the list agrees: ${row} (${status}/${code})`,
      on({}, async (bench) => {
        const id = await bench.approved(CUSTOMER);
        const { id: customerId } = await bench.customer(CUSTOMER);
        bench.aroundChange = () => {
          bench.stand.world.customer(customerId)!.relationship = 'none';
        };
        await bench.faults([onRemoval({ status, code })]);

        await bench.settle(20 * MINUTE_MS);

        const { state, voided, removal } = await bench.request(id);
        assert.deepEqual([state, voided?.why, removal?.acceptedAt], ['void', 'gone', undefined]);
        assert.equal((await bench.removalCalls()).length, 1);
      }),
    );
});
