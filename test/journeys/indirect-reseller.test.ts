import assert from 'node:assert/strict';
import { CHAT_TENANT_ID } from '../../sandbox/chat/chat.ts';
import { startJourney, type Journey } from '../support/journey.ts';
import {
  about,
  APPROVAL_WANTED,
  asks,
  CLEAR,
  customerIdOf,
  dataOf,
  opens,
  REASON,
  domainOf,
  seatOf,
  type Seat,
} from './steps.ts';

const TOLD = /Your indirect provider ends this relationship/;
const READINESS = /\/(subscriptions|entitlements|orders|transfers|relationships)/;

describe('a removal in an indirect reseller’s tenant', () => {
  let journey: Journey;
  let requester: Seat;
  let manager: Seat;

  beforeEach(async () => {
    journey = await startJourney({ env: { PARTNER_TYPE: 'indirect-reseller' } });
    requester = seatOf(journey, 'requester');
    manager = seatOf(journey, 'manager');
  });
  afterEach(async () => {
    assert.deepEqual(await journey.changes(), []);
    await journey.close();
  });

  it('is the provider’s: the requester is told what to send, and nothing is read of what the customer holds', async () => {
    await requester.says('remove contoso bakery');

    const { card } = await requester.sees(TOLD, /Domain: \ncontosobakery\.onmicrosoft\.com/);
    const said = JSON.stringify(card);
    assert.ok(said.includes(customerIdOf('contosobakery')) && said.includes(CHAT_TENANT_ID));
    await requester.says('help');
    const help = await requester.sees(/You are an indirect reseller, so your indirect provider ends relationships/);
    assert.doesNotMatch(JSON.stringify(help.card), /dry run|watch/);
    assert.deepEqual(
      (await journey.calls()).filter(({ path }) => READINESS.test(path)),
      [],
    );
  });

  it('cannot be begun, sent or approved by a card of the time before', async () => {
    await journey.restart({ PARTNER_TYPE: 'direct' });
    const blocked = await opens(requester, 'contosobakery', /Clear 2 things here first/);
    const ready = await opens(requester, 'fabrikambikes', CLEAR);
    const { id } = await asks(requester, 'alpineskihouse');
    const approval = await manager.sees(about('alpineskihouse'), APPROVAL_WANTED);
    await journey.restart({ PARTNER_TYPE: 'indirect-reseller' });

    assert.match(await requester.presses(blocked, 'Suspend'), TOLD);
    assert.match(await requester.presses(ready, 'Request removal'), TOLD);
    const nonce = 'any';
    const form = {
      customerId: customerIdOf('fabrikambikes'),
      nonce,
      reason: REASON,
      domain: domainOf('fabrikambikes'),
    };
    assert.match(await requester.forges(ready, 'removal.send', form), TOLD);
    const data = dataOf(approval, 'approval.approve');
    for (const verb of ['approval.approve', 'approval.confirm-approve'])
      assert.match(
        await manager.forges(approval, verb, data),
        /^Your indirect provider ends this relationship, not you/,
      );
    assert.match(await requester.forges({ id }, 'request.show', data), /Waiting for Elena Marsh/);
  });
}).timeout(30_000);
