import assert from 'node:assert/strict';
import { newest, readMessage, startJourney, type Journey } from '../support/journey.ts';
import { about, APPROVAL_WANTED, CLEAR, customerIdOf, dataOf, seatOf, sends, type Seat } from './steps.ts';

describe('an indirect provider’s way to a removal', () => {
  let journey: Journey;
  let requester: Seat;

  before(async () => {
    journey = await startJourney({
      standIn: { switches: { partnerType: 'indirect-provider' } },
      env: { PARTNER_TYPE: 'indirect-provider' },
    });
    requester = seatOf(journey, 'requester');
  });
  after(() => journey.close());

  it('goes by a reseller to its customers, and names on each card for whom it ends too', async () => {
    const name = 'fabrikambikes';
    const ENDS_TOO = /Ends for your reseller too: Quayside Cloud\./;

    await requester.says('remove quayside');
    const picker = await requester.sees(/Customers of reseller Quayside Cloud \(PartnerID 5098342\)/);
    const { reseller } = dataOf(picker, 'customer.page');
    const listed = await requester.forges(picker, 'customer.page', { reseller, page: 0 });
    assert.match(listed, /Customers 1–3 of 3/);
    await requester.forges(picker, 'customer.choose', { customerId: customerIdOf(name) });
    const ready = await requester.sees(about(name), CLEAR, ENDS_TOO);
    await sends(requester, ready, name);

    await seatOf(journey, 'manager').sees(about(name), APPROVAL_WANTED, ENDS_TOO);
    const [call] = (await journey.calls()).filter(({ path }) => path === '/v1/relationships');
    assert.equal(call?.status, 200);
    assert.deepEqual(await journey.changes(), []);
  });

  it('shows customers, and says so, where Partner Center does not tell its resellers', async () => {
    await journey.restart();
    await journey.control('_faults', {
      switches: { partnerType: 'indirect-provider' },
      rules: [{ path: '^/v1/relationships', status: 403, code: '900308' }],
    });

    await requester.says('remove contoso');

    const shown = await journey.chat.until(
      'requester',
      (all) => newest(all, /2 customers match “contoso”/) !== undefined,
    );
    assert.match(readMessage(newest(shown, /2 customers match/)!), /Your resellers could not be read/);
  });
}).timeout(30_000);
