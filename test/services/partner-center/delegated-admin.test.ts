import assert from 'node:assert/strict';
import { createDefaultHttpClient } from '@azure/core-rest-pipeline';
import { createDelegatedAdmin, type DelegatedAdmin } from '../../../services/partner-center/delegated-admin.ts';
import { asPerson } from '../../../services/partner-center/partner-center.ts';
import { noTokens } from '../../../services/partner-center/token-source.ts';
import { newGuid } from '../../../services/ids.ts';
import { startPartnerCenter, type PartnerCenterStandIn } from '../../../sandbox/partner-center/server.ts';
import { expectFault } from './expect-fault.ts';

describe('delegated admin relationships, read from Microsoft Graph', () => {
  let graph: PartnerCenterStandIn;
  let delegatedAdmin: DelegatedAdmin;
  const bot = { actAs: 'bot' } as const;

  const customerIdOf = (name: string): string =>
    graph.world.customers.find(({ companyName }) => companyName === name)!.id;
  const control = async (address: string, body: unknown): Promise<void> => {
    await fetch(`${graph.url}/${address}`, { method: 'POST', body: JSON.stringify(body) });
  };

  beforeEach(async () => {
    graph = await startPartnerCenter();
    delegatedAdmin = createDelegatedAdmin({
      url: graph.url,
      tokens: noTokens,
      http: createDefaultHttpClient(),
      newId: newGuid,
      now: () => new Date(),
    });
  });
  afterEach(() => graph.close());

  it('are those of the customer, in every state', async () => {
    const found = await delegatedAdmin.relationships(customerIdOf('First Up Consultants'), bot);

    assert.deepEqual(
      found.map(({ displayName, status }) => [displayName, status]),
      [
        ['Service desk', 'active'],
        ['Migration 2019', 'expired'],
      ],
    );
  });

  it('are told with the number of their roles, their end, and whether they go on by themselves', async () => {
    const [first] = await delegatedAdmin.relationships(customerIdOf('First Up Consultants'), bot);

    assert.deepEqual([first?.roles, first?.autoExtends], [1, true]);
    assert.ok(!Number.isNaN(Date.parse(first?.endDateTime ?? '')));
  });

  for (const [duration, autoExtends] of [
    ['PT0S', false],
    ['P0D', false],
    ['P0DT0S', false],
    ['', false],
    ['P180D', true],
    ['PT1H', true],
  ] as const)
    it(`go on by themselves or not, as “${duration}” says, and roles that are not told are not counted`, async () => {
      const body = { value: [{ id: 'one', displayName: 'One', status: 'active', autoExtendDuration: duration }] };
      await control('_faults', { rules: [{ path: 'delegatedAdminRelationships', status: 200, body }] });

      const [one] = await delegatedAdmin.relationships(customerIdOf('Fabrikam Bikes'), bot);

      assert.deepEqual(one, { id: 'one', displayName: 'One', status: 'active', autoExtends });
    });

  it('are none where the customer has none', async () => {
    assert.deepEqual(await delegatedAdmin.relationships(customerIdOf('Fabrikam Bikes'), bot), []);
  });

  it('are read to the end of their pages', async () => {
    const customerId = customerIdOf('Fabrikam Bikes');
    for (let each = 0; each < 301; each++) await control('_world', { customerId, addGdap: {} });

    const found = await delegatedAdmin.relationships(customerId, bot);

    assert.equal(new Set(found.map(({ id }) => id)).size, 301);
  });

  it('are not read on at another address', async () => {
    const body = { value: [], '@odata.nextLink': 'https://elsewhere.example/v1.0/x?$skiptoken=1' };
    await control('_faults', { rules: [{ path: 'delegatedAdminRelationships', status: 200, body }] });

    await expectFault(delegatedAdmin.relationships(customerIdOf('Fabrikam Bikes'), bot), 'malformed');
  });

  it('that cannot be read are an error with its code, not an empty list', async () => {
    const body = { error: { code: 'Authorization_RequestDenied', message: 'Insufficient privileges' } };
    await control('_faults', { rules: [{ path: 'delegatedAdminRelationships', status: 403, body }] });

    await assert.rejects(delegatedAdmin.relationships(customerIdOf('Fabrikam Bikes'), bot), {
      name: 'PartnerCenterError',
      fault: 'forbidden',
      code: 'Authorization_RequestDenied',
      description: 'Insufficient privileges',
    });
  });

  describe('one by one', () => {
    const customer = (): string => customerIdOf('First Up Consultants');
    const oneOf = async () => (await delegatedAdmin.relationships(customer(), bot))[0]!;

    it('is the one that was asked for', async () => {
      const one = await oneOf();

      assert.deepEqual(await delegatedAdmin.relationship(customer(), one.id, bot), one);
    });

    it('is not found where there is none', async () => {
      await expectFault(delegatedAdmin.relationship(customer(), 'nobody-knows-it', bot), 'not-found');
    });

    it('is not taken for that of another customer', async () => {
      const { id } = await oneOf();

      await expectFault(delegatedAdmin.relationship(customerIdOf('Fabrikam Bikes'), id, bot), 'malformed');
    });

    it('is ended on demand, once, with the ids of the call', async () => {
      const { id } = await oneOf();
      const ada = { actAs: asPerson('ada'), requestId: newGuid(), correlationId: newGuid() };

      const accepted = await delegatedAdmin.terminate(id, ada);

      const { requestId, correlationId } = ada;
      assert.deepEqual(accepted, { status: 201, requestId, correlationId });
      assert.equal((await delegatedAdmin.relationship(customer(), id, bot)).status, 'terminationrequested');
      await expectFault(delegatedAdmin.terminate(id, { ...ada, requestId: newGuid() }), 'refused');
    });

    it('is not sent again where no answer came', async () => {
      const { id } = await oneOf();
      await control('_faults', { rules: [{ method: 'POST', path: 'requests$', status: 503, times: 1 }] });

      await expectFault(delegatedAdmin.terminate(id, { actAs: 'bot', requestId: newGuid() }), 'unavailable');

      assert.equal((await oneOf()).status, 'active');
    });
  });
});
