import assert from 'node:assert/strict';
import { defaultPeople, MANAGER_OBJECT_ID, REQUESTER_OBJECT_ID } from '../../sandbox/chat/chat.ts';
import type { Graph } from '../../sandbox/graph/graph.ts';
import { MINUTE_MS } from '../../services/clock.ts';
import { startJourney, type Journey, type JourneyOptions } from '../support/journey.ts';
import { accounts, deputy, DEPUTY_OBJECT_ID } from './people.ts';
import {
  about,
  APPROVAL_WANTED,
  approves,
  asks,
  buttonTitles,
  CLEAR,
  opens,
  removalsOf,
  REMOVED,
  seatOf,
  waits,
  type Seat,
} from './steps.ts';

const NAME = 'fabrikambikes';
const [ASKING, DECIDING, LOOKING] = [
  '10000000-0000-4000-8000-000000000001',
  '10000000-0000-4000-8000-000000000002',
  '10000000-0000-4000-8000-000000000003',
] as const;
const UNREAD = /I cannot read who may do this right now/;
const MAY_NOT = /You are not among those who may/;

const directory = {
  users: accounts,
  groups: [
    { id: ASKING, displayName: 'May ask', members: [REQUESTER_OBJECT_ID] },
    { id: DECIDING, displayName: 'May decide', members: [MANAGER_OBJECT_ID] },
    { id: LOOKING, displayName: 'May look', members: [] },
  ],
};
const byGroup = { REQUESTERS: `group:${ASKING}`, APPROVERS: `group:${DECIDING}`, AUDITORS: `group:${LOOKING}` };

describe('roles by group', function () {
  this.timeout(30_000);
  let journey: Journey;
  let graph: Graph;
  let requester: Seat;
  let manager: Seat;
  let other: Seat;

  const start = async (options: JourneyOptions = {}): Promise<void> => {
    journey = await startJourney({
      directory,
      chat: { people: [...defaultPeople(), deputy('en-US')] },
      installed: ['requester', 'manager', 'deputy'],
      ...options,
      env: { ...byGroup, ...options.env },
    });
    graph = journey.graph!;
    requester = seatOf(journey, 'requester');
    manager = seatOf(journey, 'manager');
    other = seatOf(journey, 'deputy');
  };
  afterEach(() => journey.close());
  /** The directory counts for five minutes. */
  const later = (): void => {
    journey.advance(5 * MINUTE_MS);
  };
  const told = async (seat: Seat, text: string, words: RegExp): Promise<void> => {
    await seat.says(text);
    await seat.sees(words);
  };

  it('let members of a group ask and others decide, up to the removal', async () => {
    await start();
    await waits(journey, NAME);

    await approves(manager, NAME);

    await requester.sees(about(NAME), REMOVED);
    assert.equal((await removalsOf(journey, NAME)).length, 1);
  });

  it('let nobody ask or look who is in no group', async () => {
    await start();

    await told(other, `remove ${NAME}`, MAY_NOT);
    await told(other, 'audit 00000000-0000-4000-8000-000000000000', /auditors/i);
    assert.doesNotMatch(other.all(), /onmicrosoft/);
  });

  it('let somebody look once they are in the group', async () => {
    await start();
    const { approval } = await waits(journey, NAME);
    const requestId = /"requestId":"([^"]+)"/.exec(JSON.stringify(approval.card))![1]!;
    graph.directory.changeMembers(LOOKING, [DEPUTY_OBJECT_ID]);
    later();

    await told(other, `audit ${requestId}`, about(NAME));
  });

  const losses: Readonly<Record<string, (all: Graph['directory']) => void>> = {
    'leaves the group': (all) => {
      all.changeMembers(DECIDING, [DEPUTY_OBJECT_ID]);
    },
    'is disabled': (all) => {
      all.changeUser(MANAGER_OBJECT_ID, { accountEnabled: false });
    },
    'becomes a guest': (all) => {
      all.changeUser(MANAGER_OBJECT_ID, { userType: 'Guest' });
    },
    'leaves the tenant': (all) => {
      all.removeUser(MANAGER_OBJECT_ID);
    },
  };
  for (const [what, lose] of Object.entries(losses))
    for (const env of [{}, { APPROVERS: `${MANAGER_OBJECT_ID},${DEPUTY_OBJECT_ID}` }]) {
      const isByGroup = env.APPROVERS === undefined;
      if (!isByGroup && what === 'leaves the group') continue;
      it(`F35: carry nothing out once the approver ${what}, who has a role ${isByGroup ? 'by group' : 'by name'}`, async () => {
        await start({ env: { ...env, EXECUTE_AS: 'requester' } });
        await waits(journey, NAME, { approver: MANAGER_OBJECT_ID });
        await approves(manager, NAME);
        const card = await requester.sees(about(NAME), /remove now/i);
        lose(graph.directory);
        // Short of the time for which what was read before still counts.
        journey.advance(MINUTE_MS);

        await requester.presses(card, 'Remove now');
        await requester.presses(card, 'Yes, remove');

        await requester.sees(about(NAME), /Void, because somebody’s role has changed/);
        assert.deepEqual(await removalsOf(journey, NAME), []);
      });
    }

  it('F35: send nothing again, after a call that was turned away, once the approver is disabled', async () => {
    await start();
    await journey.control('_faults', {
      rules: [{ method: 'PATCH', kind: 'answer', status: 429, headers: { 'Retry-After': '60' }, times: 1 }],
    });
    await waits(journey, NAME, { approver: MANAGER_OBJECT_ID });
    await approves(manager, NAME);
    await requester.sees(about(NAME), /Partner Center asked us to slow down/);
    graph.directory.changeUser(MANAGER_OBJECT_ID, { accountEnabled: false });
    // Short of the time for which what was read before still counts.
    journey.advance(MINUTE_MS);

    await requester.sees(about(NAME), /Void, because somebody’s role has changed/);
    assert.equal((await removalsOf(journey, NAME)).length, 1);
  });

  it('keep a requester who has left the group from everything, and void what they asked for', async () => {
    await start();
    await waits(journey, NAME);
    graph.directory.changeMembers(ASKING, []);
    later();

    await told(requester, 'requests', MAY_NOT);
    await approves(manager, NAME);

    await manager.sees(about(NAME), /Void, because somebody’s role has changed/);
    assert.deepEqual(await removalsOf(journey, NAME), []);
  });

  describe('that cannot be read', () => {
    const breaks = (): void => {
      graph.faults.set({ rules: [{ kind: 'answer', status: 403, code: 'Authorization_RequestDenied' }] });
    };
    const heals = (): void => {
      graph.faults.set({});
      journey.advance(15_000);
    };

    it('are held for five minutes, and then nobody is told that they may not', async () => {
      await start();
      await opens(requester, NAME, CLEAR);
      breaks();
      journey.advance(4 * MINUTE_MS);
      await opens(requester, NAME, CLEAR);

      journey.advance(2 * MINUTE_MS);
      await told(requester, `remove ${NAME}`, UNREAD);
      await told(requester, 'help', /I cannot read right now who may do what/);

      heals();
      await opens(requester, NAME, CLEAR);
    });

    it('let nobody approve, void nothing, and let them approve once they can be read', async () => {
      await start();
      const { approval } = await waits(journey, NAME);
      await manager.presses(approval, 'Approve');
      breaks();
      later();

      assert.match(await manager.presses(approval, 'Yes, approve'), UNREAD);
      assert.deepEqual(await removalsOf(journey, NAME), []);

      heals();
      await manager.presses(approval, 'Yes, approve');
      await requester.sees(about(NAME), REMOVED);
    });

    it('hold up what was approved, which says so and goes on by itself', async () => {
      await start();
      const { approval } = await waits(journey, NAME);
      await manager.presses(approval, 'Approve');
      await journey.control('_faults', { rules: [{ method: 'GET', path: '/orders$', kind: 'answer', status: 400 }] });
      await manager.presses(approval, 'Yes, approve');
      await requester.sees(about(NAME), /Partner Center cannot be read completely/);
      breaks();
      // What was read a moment ago counts for all else, and not for this.
      journey.advance(10_000);

      await requester.sees(about(NAME), /Who may ask for this and approve it cannot be read/);
      assert.deepEqual(await removalsOf(journey, NAME), []);

      await journey.control('_faults', { rules: [] });
      heals();
      later();
      await requester.sees(about(NAME), REMOVED);
      assert.equal((await removalsOf(journey, NAME)).length, 1);
    });

    it('say before a request is sent that those who may approve cannot be read', async () => {
      await start();
      const ready = await opens(requester, NAME, CLEAR);
      graph.faults.set({ rules: [{ path: DECIDING, kind: 'answer', status: 403 }] });
      later();

      assert.match(await requester.presses(ready, 'Request removal'), /Not all of those who may approve can be read/);
    });
  });

  it('say before a request is sent that a group has too few approvers', async () => {
    await start({ env: { APPROVALS_REQUIRED: '2' } });
    const ready = await opens(requester, NAME, CLEAR);

    assert.match(await requester.presses(ready, 'Request removal'), /This takes more approvals than approvers/);

    graph.directory.changeMembers(DECIDING, [MANAGER_OBJECT_ID, DEPUTY_OBJECT_ID]);
    later();
    await asks(requester, NAME);
    await other.sees(about(NAME), APPROVAL_WANTED);
    await manager.sees(about(NAME), APPROVAL_WANTED);
  });

  it('let every member of the tenant ask where everybody may, and no guest', async () => {
    await start({ env: { REQUESTERS: '*' } });
    graph.directory.changeUser(DEPUTY_OBJECT_ID, { userType: 'Guest' });
    later();

    await told(other, `remove ${NAME}`, MAY_NOT);
    await waits(journey, NAME);
    await journey.restart();
    await approves(manager, NAME);
    await requester.sees(about(NAME), REMOVED);
  });
});

describe('the form of a request', function () {
  this.timeout(30_000);
  let journey: Journey;
  let requester: Seat;
  afterEach(() => journey.close());

  const start = async (managerId: string | undefined, rules: readonly { path: string; kind: 'hang' }[] = []) => {
    const users = directory.users.map((one) =>
      one.id === REQUESTER_OBJECT_ID && managerId !== undefined ? { ...one, managerId } : one,
    );
    journey = await startJourney({
      directory: { ...directory, users, faults: { rules: [...rules] } },
      chat: { people: [...defaultPeople(), deputy('en-US')] },
      installed: ['requester', 'manager', 'deputy'],
      env: { REQUESTERS: `group:${ASKING}`, APPROVERS: `${MANAGER_OBJECT_ID},${DEPUTY_OBJECT_ID}` },
    });
    requester = seatOf(journey, 'requester');
  };
  const chosen = async (): Promise<unknown> => {
    const ready = await opens(requester, NAME, CLEAR);
    await requester.presses(ready, 'Request removal');
    const form = requester.now(ready);
    assert.ok(buttonTitles(form).includes('Send request'));
    return /"id":"approver".*?"value":"([^"]+)"}/.exec(
      JSON.stringify(form.card).replace(/"choices":\[.*?\],?/, ''),
    )?.[1];
  };

  it('has the requester’s own manager chosen', async () => {
    await start(DEPUTY_OBJECT_ID);

    assert.equal(await chosen(), DEPUTY_OBJECT_ID);
  });

  it('has somebody else chosen where the manager may not decide', async () => {
    await start(REQUESTER_OBJECT_ID);

    assert.equal(await chosen(), MANAGER_OBJECT_ID);
  });

  it('does not wait for a directory that does not say who it is', async () => {
    await start(DEPUTY_OBJECT_ID, [{ path: '/manager', kind: 'hang' }]);

    assert.equal(await chosen(), MANAGER_OBJECT_ID);
  });
});
