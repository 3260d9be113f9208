import assert from 'node:assert/strict';
import { MANAGER_OBJECT_ID, REQUESTER_OBJECT_ID } from '../../sandbox/chat/chat.ts';
import { startSignedOnJourney, type SignedOnJourney } from '../support/signed-on.ts';
import { about, APPROVAL_WANTED, CLEAR, opens, removalsOf, REMOVED, seatOf, sends, type Seat } from './steps.ts';

const BIKES = 'fabrikambikes';

describe('people who sign in', () => {
  let world: SignedOnJourney;
  let requester: Seat;
  let manager: Seat;

  beforeEach(async () => {
    world = await startSignedOnJourney({ chat: { duplicates: 4 } });
    requester = seatOf(world.journey, 'requester');
    manager = seatOf(world.journey, 'manager');
  });
  afterEach(() => world.close());

  it('act at Partner Center in their own names, each change and the removal', async () => {
    const { journey } = world;
    const card = await opens(requester, BIKES, CLEAR);
    await sends(requester, card, BIKES);
    const wanted = await manager.sees(about(BIKES), APPROVAL_WANTED);
    await manager.presses(wanted, 'Approve');
    await manager.presses(wanted, 'Yes, approve');
    await requester.sees(about(BIKES), REMOVED);

    const [removal, ...more] = await removalsOf(journey, BIKES);
    assert.deepEqual(more, []);
    assert.equal(removal?.caller, MANAGER_OBJECT_ID);
    const callers = new Set((await journey.calls()).map(({ caller }) => caller));
    assert.deepEqual(callers, new Set(['app-only', REQUESTER_OBJECT_ID, MANAGER_OBJECT_ID]));
    for (const token of world.teams.sent) {
      assert.ok(!journey.logLines.some((line) => line.includes(token)));
    }
  });
});
