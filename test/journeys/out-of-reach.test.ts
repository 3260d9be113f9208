import assert from 'node:assert/strict';
import { MANAGER_OBJECT_ID } from '../../sandbox/chat/chat.ts';
import { activityFrom, post, startJourney, type Journey } from '../support/journey.ts';
import {
  about,
  APPROVAL_WANTED,
  approves,
  CLEAR,
  domainOf,
  opens,
  REASON,
  removalsOf,
  REMOVED,
  seatOf,
  waits,
} from './steps.ts';

describe('an approver who cannot be reached', () => {
  let journey: Journey;
  afterEach(() => journey.close());

  it('because they have never opened the bot is named at once; nothing is sent until they have', async () => {
    journey = await startJourney({ installed: ['requester'] });
    const requester = seatOf(journey, 'requester');
    const manager = seatOf(journey, 'manager');
    const name = 'fabrikambikes';
    const form = await opens(requester, name, CLEAR);
    await requester.presses(form, 'Request removal');

    const refused = await requester.presses(form, 'Send request', { reason: REASON, domain: domainOf(name) });
    await requester.says('requests');
    await requester.sees(/You have not asked for anything yet/);
    await journey.chat.install('manager');
    await requester.presses(form, 'Send request');

    assert.match(refused, /has never opened this bot.*Nothing was sent/);
    assert.match(refused, new RegExp(MANAGER_OBJECT_ID));
    const asked = await manager.sees(about(name), APPROVAL_WANTED);
    assert.ok(manager.reads(asked).includes(REASON));
    await approves(manager, name);
    await requester.sees(about(name), REMOVED);
    assert.equal((await removalsOf(journey, name)).length, 1);
  });

  it('because they have removed the app is said, and the form can be sent once they are back', async () => {
    journey = await startJourney();
    const requester = seatOf(journey, 'requester');
    const name = 'fabrikambikes';
    const form = await opens(requester, name, CLEAR);
    await requester.presses(form, 'Request removal');
    await journey.chat.uninstall('manager');

    const refused = await requester.presses(form, 'Send request', { reason: REASON, domain: domainOf(name) });
    await journey.chat.install('manager');
    await requester.presses(form, 'Send request');

    assert.match(refused, /Elena Marsh has never opened this bot.*Nothing was sent/);
    await seatOf(journey, 'manager').sees(about(name), APPROVAL_WANTED);
  });

  it('because they removed the app while a request waited decides once they have it again', async () => {
    journey = await startJourney();
    const requester = seatOf(journey, 'requester');
    const manager = seatOf(journey, 'manager');
    const name = 'fabrikambikes';
    const { approval } = await waits(journey, name);
    await journey.chat.uninstall('manager');
    await journey.chat.install('manager');

    await manager.presses(approval, 'Approve');
    await manager.presses(approval, 'Yes, approve');

    await requester.sees(about(name), REMOVED);
    await manager.sees(about(name), REMOVED);
  });

  it('loses nothing: what came while the app was removed is there after a minute at most', async () => {
    journey = await startJourney();
    const requester = seatOf(journey, 'requester');
    const manager = seatOf(journey, 'manager');
    const name = 'fabrikambikes';
    const { sent } = await waits(journey, name);
    await journey.chat.uninstall('requester');
    const card = await manager.sees(about(name), APPROVAL_WANTED);
    await manager.presses(card, 'Decline');
    await manager.presses(card, 'Yes, decline', { reason: 'They have signed again.' });
    await journey.chat.install('requester');

    journey.advance(61_000);

    const told = await requester.sees(about(name), /They have signed again\./);
    assert.equal(told.summary, `Declined: ${domainOf(name)}`);
    const stub = await requester.sees(about(name), /Continued further down/);
    assert.equal(stub.id, sent.id);
  });

  it('is not asked in the requester’s place: a request to an approver who is gone can be taken back', async () => {
    journey = await startJourney();
    const requester = seatOf(journey, 'requester');
    const name = 'fabrikambikes';
    const { sent } = await waits(journey, name);
    await journey.chat.uninstall('manager');

    await requester.presses(sent, 'Withdraw');
    const told = await requester.presses(sent, 'Yes, withdraw');

    assert.match(told, /Withdrawn\. Nothing was removed/);
    assert.deepEqual(await removalsOf(journey, name), []);
  });
}).timeout(30_000);

describe('a removed app', () => {
  it('leaves its person out of reach, whatever Teams still tells of them', async () => {
    const journey = await startJourney();
    try {
      const name = 'fabrikambikes';
      await waits(journey, name);
      await journey.chat.uninstall('manager');
      const gone = { membersRemoved: [{ id: 'x' }] };
      await post(journey, activityFrom(journey, 'manager', { type: 'conversationUpdate', ...gone }));

      const form = await opens(seatOf(journey, 'requester'), 'alpineskihouse', CLEAR);
      const requester = seatOf(journey, 'requester');
      await requester.presses(form, 'Request removal');
      const refused = await requester.presses(form, 'Send request', {
        reason: REASON,
        domain: domainOf('alpineskihouse'),
      });

      assert.match(refused, /Nothing was sent/);
    } finally {
      await journey.close();
    }
  });

  for (const first of ['installationUpdate', 'conversationUpdate']) {
    it(`welcomes its person once, also when Teams begins with the ${first}`, async () => {
      const journey = await startJourney({ installed: [] });
      try {
        const told: Readonly<Record<string, unknown>>[] = [
          { type: 'installationUpdate', action: 'add' },
          { type: 'conversationUpdate', membersAdded: [{ id: '28:bot' }] },
        ];
        const ordered = told.toSorted(({ type }) => (type === first ? -1 : 1));

        const answers = [];
        for (const given of ordered) answers.push(await post(journey, activityFrom(journey, 'requester', given)));

        assert.deepEqual(
          answers.map(({ status }) => status),
          [200, 200],
        );
        const said = journey.chat.calls.filter(({ method }) => method === 'POST');
        assert.equal(said.length, 1);
        assert.match(JSON.stringify(said[0]?.body), /End a reseller relationship, step by step/);
      } finally {
        await journey.close();
      }
    });
  }
}).timeout(30_000);
