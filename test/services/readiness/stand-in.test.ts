import assert from 'node:assert/strict';
import { createDefaultHttpClient } from '@azure/core-rest-pipeline';
import { startPartnerCenter, type PartnerCenterStandIn } from '../../../sandbox/partner-center/server.ts';
import { newGuid } from '../../../services/ids.ts';
import { createPartnerCenterClient } from '../../../services/partner-center/client.ts';
import { asPerson, type Customer, type PartnerCenter } from '../../../services/partner-center/partner-center.ts';
import { noTokens } from '../../../services/partner-center/token-source.ts';
import { createReadinessReader, type ReadinessReader } from '../../../services/readiness/reader.ts';
import type { Readiness } from '../../../services/readiness/readiness.ts';
import { isGone } from '../../../services/readiness/relationship.ts';
import { expectFault } from '../partner-center/expect-fault.ts';

const ada = { actAs: asPerson('ada') };
const change = () => ({ ...ada, requestId: newGuid() });

interface World {
  readonly standIn: PartnerCenterStandIn;
  readonly client: PartnerCenter;
  readonly reader: ReadinessReader;
  readonly customer: (domain: string) => Promise<Customer>;
  readonly readiness: (domain: string) => Promise<Readiness>;
}

/** Starts a stand-in with these ways of behaving, and closes it whatever happens. */
const against =
  (
    switches: NonNullable<Parameters<typeof startPartnerCenter>[0]>['switches'],
    test: (world: World) => Promise<void>,
  ) =>
  async (): Promise<void> => {
    const standIn = await startPartnerCenter({ scenario: 'everyday', switches: { staleListMs: 0, ...switches } });
    const client = createPartnerCenterClient({
      url: standIn.url,
      tokens: noTokens,
      http: createDefaultHttpClient(),
      newId: newGuid,
      now: () => new Date(),
      sleep: () => Promise.resolve(),
    });
    const clock = (): Date => standIn.world.clock.now();
    const reader = createReadinessReader({
      partnerCenter: client,
      policy: { suspendedNewCommerce: 'blocks', environment: 'production' },
      clock,
      lanes: 10,
    });
    const customer = async (domain: string): Promise<Customer> => {
      const found = await client.customersStartingWith('Domain', `${domain}.`, ada);
      return found[0] ?? assert.fail(`no customer at ${domain}`);
    };
    const readiness = async (domain: string) => reader.read((await customer(domain)).id, ada.actAs);
    try {
      await test({ standIn, client, reader, customer, readiness });
    } finally {
      await standIn.close();
    }
  };

/** What the sandbox holds, by what its scenario says about each customer. */
const verdicts: readonly [domain: string, verdict: string, groups: readonly string[]][] = [
  ['contosobakery', 'clear-here', ['blocks', 'blocks']],
  ['fabrikambikes', 'clear', []],
  ['alpineskihouse', 'clear', []],
  ['continentalcargo', 'clear-here', ['blocks']],
  ['woodgrovebank', 'not-before', ['blocks']],
  ['proseware', 'not-before', ['blocks']],
  ['treyresearch', 'not-before', ['blocks']],
  ['litware', 'clear-here', ['blocks']],
  ['lucernepublishing', 'not-before', ['blocks']],
  ['lamnahealthcare', 'clear-here', ['blocks']],
  ['munsonspickles', 'clear', ['may-block']],
  ['vanarsdel', 'elsewhere', ['blocks', 'to-know']],
  ['adventureworks', 'clear-here', ['blocks', 'to-know']],
  ['adventureworkscycles', 'clear-here', ['blocks', 'to-know']],
  ['citypowerlight', 'elsewhere', ['blocks']],
  ['humongousinsurance', 'elsewhere', ['blocks', 'blocks']],
  ['wideworldimporters', 'clear', []],
  ['tailspintoys', 'elsewhere', ['blocks']],
  ['margiestravel', 'clear', []],
  ['fourthcoffee', 'clear', ['to-know']],
  ['schooloffineart', 'not-before', ['blocks', 'to-know']],
  ['consolidatedmessenger', 'elsewhere', ['blocks']],
];

const ways: readonly [name: string, switches: Parameters<typeof against>[0]][] = [
  ['as documented', {}],
  [
    'with GUIDs in mixed letters, PascalCase answers and codes that are numbers',
    { mixedCaseIds: true, pascalCaseAnswers: true, numericCodes: true },
  ],
];

for (const [name, switches] of ways) {
  describe(`a service that answers ${name}`, () => {
    it(
      'leads to one verdict for each kind of holding',
      against(switches, async ({ readiness }) => {
        for (const [domain, verdict, groups] of verdicts) {
          const found = await readiness(domain);
          assert.deepEqual(
            [domain, found.verdict.kind, found.lines.map(({ group }) => group)],
            [domain, verdict, groups],
          );
        }
      }),
    );

    it(
      'lets a customer be cleared, removed and seen to be gone',
      against(switches, async ({ client, reader, customer, readiness }) => {
        const contoso = await customer('contoso');
        const before = await readiness('contoso');
        assert.equal(before.verdict.kind, 'clear-here');

        for (const subscription of await client.subscriptions(contoso.id, ada)) {
          const now = await client.subscription(contoso.id, subscription.id, ada);
          if (now.status === 'active') await client.changeSubscriptionStatus(contoso.id, now, 'suspended', change());
        }
        reader.forget(contoso.id);
        const after = await readiness('contoso');
        assert.deepEqual(after.verdict, { kind: 'clear' });
        assert.equal(after.facts.holdings.length, before.facts.holdings.length);
        assert.notEqual(after.digest, before.digest);

        assert.deepEqual(await isGone(client, contoso, ada), { kind: 'still-there' });
        const { status } = await client.removeRelationship(contoso.id, change());
        assert.equal(status, 200);
        assert.deepEqual(await isGone(client, contoso, ada), { kind: 'gone' });
        await expectFault(client.subscriptions(contoso.id, ada), 'forbidden');
      }),
    );
  });
}

describe('a service that takes its time', () => {
  it(
    'still names a removed customer for a while, and that is not gone',
    against({ staleListMs: 60_000 }, async ({ standIn, client, customer }) => {
      const bikes = await customer('fabrikambikes');
      await client.removeRelationship(bikes.id, change());

      assert.deepEqual(await isGone(client, bikes, ada), { kind: 'unclear' });
      await fetch(`${standIn.url}/_clock`, { method: 'POST', body: JSON.stringify({ advanceMs: 60_001 }) });
      assert.deepEqual(await isGone(client, bikes, ada), { kind: 'gone' });
    }),
  );

  it(
    'accepts a change that shows later',
    against({ statusDelayMs: 60_000 }, async ({ client, customer }) => {
      const { id } = await customer('northwindtraders');
      const [licence] = await client.subscriptions(id, ada);

      const { status } = await client.changeSubscriptionStatus(id, licence!, 'suspended', change());

      assert.equal(status, 202);
      assert.equal((await client.subscription(id, licence!.id, ada)).status, 'active');
    }),
  );
});

describe('a service that refuses', () => {
  it(
    'says why, in its own words, and changes nothing',
    against({}, async ({ client, customer }) => {
      const bakery = await customer('contosobakery');

      const error = await expectFault(client.removeRelationship(bakery.id, change()), 'refused');

      assert.ok((error.description ?? '').length > 10);
      assert.deepEqual(await isGone(client, bakery, ada), { kind: 'still-there' });
    }),
  );

  it(
    'refuses a subscription that has changed since it was read',
    against({}, async ({ client, customer }) => {
      const { id } = await customer('northwindtraders');
      const [read] = await client.subscriptions(id, ada);
      await client.changeSubscriptionStatus(id, read!, 'suspended', change());

      const error = await expectFault(client.changeSubscriptionStatus(id, read!, 'active', change()), 'refused');

      assert.equal(error.code, '2055');
    }),
  );

  it(
    'does not tell an application alone about entitlements, which is unread and not none',
    against({ appOnly: true }, async ({ readiness }) => {
      assert.deepEqual((await readiness('fabrikambikes')).verdict, { kind: 'cannot-tell', sources: ['entitlements'] });
    }),
  );

  it(
    'refuses who signed in without a second factor',
    against({ noMfa: true }, async ({ client, standIn }) => {
      const [someone] = [...standIn.world.customers.values()];

      const error = await expectFault(client.entitlements(someone!.id.toLowerCase(), ada), 'unauthorised');

      assert.equal(error.code, '900421');
    }),
  );
});
