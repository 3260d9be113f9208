import assert from 'node:assert/strict';
import { defaultPeople, MANAGER_OBJECT_ID, type ShownMessage } from '../../sandbox/chat/chat.ts';
import { startJourney, type Journey } from '../support/journey.ts';
import { about, approves, buttonTitles, customerIdOf, dataOf, removalsOf, seatOf, waits, type Seat } from './steps.ts';

const name = 'fabrikambikes';
const AUDITOR_OBJECT_ID = 'e9c1d5a7-33b6-4f8d-8e29-83d9026b1c4a';
const auditor = {
  key: 'auditor',
  name: 'Ines Roth',
  aadObjectId: AUDITOR_OBJECT_ID,
  id: '29:1dI8oVz0eYf5v8uWcNf2xbAgH7kIjD9pQqOlRhUvWxYzBaC3dEfGhIjKlMnOpQrSt',
  locale: 'en-US',
};
const REASON = 'The portal shows it as removed, ticket 4711 with Microsoft.';
const UNKNOWN = /The outcome is unknown/;

describe('a request whose outcome stays unknown', () => {
  let journey: Journey;
  let requester: Seat;
  let manager: Seat;
  let closer: Seat;
  let approval: ShownMessage;

  beforeEach(async () => {
    journey = await startJourney({
      chat: { people: [...defaultPeople(), auditor] },
      env: { AUDITORS: `${AUDITOR_OBJECT_ID},${MANAGER_OBJECT_ID}`, VERIFY_FOR_MINUTES: '0.01' },
      installed: ['requester', 'manager', 'auditor'],
    });
    requester = seatOf(journey, 'requester');
    manager = seatOf(journey, 'manager');
    closer = seatOf(journey, 'auditor');
    // Accepted, and in the list for ever.
    await journey.control('_faults', { switches: { staleListMs: 3_600_000, afterRemoval: 'refused-when-unlisted' } });
    ({ approval } = await waits(journey, name));
    await approves(manager, name);
    await requester.sees(about(name), UNKNOWN);
  });
  afterEach(() => journey.close());

  it('is closed by an auditor who has found out; everybody is told, and the customer can be asked for again', async () => {
    const shown = await requester.sees(about(name), UNKNOWN);
    assert.match(requester.reads(shown), /An auditor who has no part in this can then close it/);
    assert.match(requester.reads(shown), /Unknown since/);
    assert.match(requester.reads(shown), /Next look on/);
    await closer.says(`audit ${customerIdOf(name)}`);
    const record = await closer.sees(/What the record says/, new RegExp(name));
    await closer.presses(record, 'Its record');
    await closer.presses(record, 'Show');
    const asked = await closer.presses(record, 'Close');
    assert.match(asked, /Close this request\?/);
    assert.match(await closer.presses(record, 'Yes, close', { reason: 'gone' }), /too short/);

    const told = await closer.presses(record, 'Yes, close', { reason: REASON });

    assert.match(told, /Closed by an auditor\./);
    for (const seat of [requester, manager]) {
      const card = await seat.sees(about(name), /Closed by an auditor\./);
      assert.match(seat.reads(card), /Ines Roth/);
      assert.ok(seat.reads(card).includes(REASON));
    }
    assert.equal((await removalsOf(journey, name)).length, 1);
    await waits(journey, name);
  });

  it('is not closed by the approver, whatever other role they have', async () => {
    const card = await manager.sees(about(name), UNKNOWN);
    assert.ok(!buttonTitles(card).includes('Close'));
    const { nonce, requestId } = dataOf(approval, 'approval.approve');

    const answer = await manager.forges(card, 'request.confirm-close', { nonce, requestId, reason: REASON });

    assert.match(answer, /You have a part in this request/);
    await requester.sees(about(name), UNKNOWN);
  });
}).timeout(40_000);
