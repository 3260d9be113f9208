import assert from 'node:assert/strict';
import { startJourney, type Journey } from '../support/journey.ts';
import {
  about,
  approves,
  APPROVAL_WANTED,
  asks,
  buttonTitles,
  CLEAR,
  customerIdOf,
  opens,
  removalsOf,
  REMOVED,
  seatOf,
  sends,
  waits,
} from './steps.ts';

const name = 'fabrikambikes';
const bought = { id: '7f3a1c20-8b5d-4e6f-9a10-2b3c4d5e6f70', name: 'Office 365 E3' };

describe('a request whose approval is void, since something has changed', () => {
  let journey: Journey;
  beforeEach(async () => {
    journey = await startJourney();
  });
  afterEach(() => journey.close());

  const change = (what: object): Promise<void> =>
    journey.control('_world', { customerId: customerIdOf(name), ...what });

  it('is asked for again from its card, and whoever approves again sees the difference', async () => {
    const requester = seatOf(journey, 'requester');
    const manager = seatOf(journey, 'manager');
    await waits(journey, name);
    await change({ addSubscription: { class: 'legacy-licence', offerName: bought.name, id: bought.id, quantity: 7 } });
    await approves(manager, name);
    const voided = await requester.sees(about(name), /The approval is void/, /New: Office 365 E3 × 7/);
    assert.deepEqual(await removalsOf(journey, name), []);
    await change({ setSubscription: { id: bought.id, status: 'suspended' } });

    await requester.presses(voided, 'Ask again');
    const ready = await requester.sees(about(name), CLEAR);
    await sends(requester, ready, name);

    const card = await manager.sees(about(name), APPROVAL_WANTED, /What is different from what was approved before/);
    assert.match(manager.reads(card), /What is different from what was approved before\n• {2}New: Office 365 E3 × 7/);
    assert.match(manager.reads(card), /Approved before, and void: \n[0-9a-f-]{36}/);
    await manager.presses(card, 'Approve');
    await manager.presses(card, 'Yes, approve');
    await requester.sees(about(name), REMOVED);
    assert.equal((await removalsOf(journey, name)).length, 1);
  });

  it('shows no difference on a request that has nothing to do with it', async () => {
    const { approval } = await waits(journey, name);

    assert.doesNotMatch(seatOf(journey, 'manager').reads(approval), /different from what was approved/);
    assert.ok(!buttonTitles(approval).includes('Ask again'));
  });
}).timeout(40_000);

describe('a request for which nobody can be asked', () => {
  it('says so as soon as its form is opened, and what to do', async () => {
    const journey = await startJourney({ installed: ['requester'] });
    try {
      const requester = seatOf(journey, 'requester');
      const ready = await opens(requester, name, CLEAR);

      const form = await requester.presses(ready, 'Request removal');

      assert.match(
        form,
        /None of those who may approve can be reached by this bot\. Ask one of them to open it in Teams/,
      );
      await journey.chat.install('manager');
      await asks(requester, name);
      await seatOf(journey, 'manager').sees(about(name), APPROVAL_WANTED);
    } finally {
      await journey.close();
    }
  });
}).timeout(40_000);
