import assert from 'node:assert/strict';
import { eventually } from '../support/eventually.ts';
import { startJourney, type Journey } from '../support/journey.ts';
import { startSignedOnJourney } from '../support/signed-on.ts';
import {
  about,
  approves,
  buttonTitles,
  dataOf,
  domainOf,
  REMOVED,
  seatOf,
  sends,
  opens,
  CLEAR,
  waits,
  type Seat,
} from './steps.ts';

const name = 'fabrikambikes';

describe('what waits for somebody, and what they have asked for', () => {
  let journey: Journey;
  let requester: Seat;
  let manager: Seat;

  beforeEach(async () => {
    journey = await startJourney({});
    requester = seatOf(journey, 'requester');
    manager = seatOf(journey, 'manager');
  });
  afterEach(() => journey.close());

  it('is, of customers that somebody watches, a list with a way to stop', async () => {
    await requester.says(`watch ${domainOf(name)}`);
    await requester.sees(about(name), /I watch this customer/);
    await requester.says('watches');
    const list = await requester.sees(/Customers that you watch/, about(name));

    assert.match(
      await requester.presses(list, 'Stop watching'),
      /No longer watched: Fabrikam Bikes\n[^]*You watch no customer/,
    );
    await manager.says('watches');
    await manager.sees(/not among those who may ask for removals/);
  });

  it('is found by an approver who has lost the card, and leads to the decision', async () => {
    await manager.says('requests');
    await manager.sees(/Nothing waits for your decision/);
    await waits(journey, name);
    const lost = await manager.sees(/End this reseller relationship\?/, about(name));

    await manager.says('status');
    const list = await manager.sees(/Waiting for your decision/, about(name), /To be decided until/);
    const shown = await manager.presses(list, 'Show');

    assert.match(shown, about(name));
    const card = manager.now(list);
    assert.deepEqual(buttonTitles(card), ['Approve', 'Decline']);
    await eventually(
      () => /Continue(?:d further down|s on another card in this chat)/.test(manager.reads(manager.now(lost))),
      'the card that was lost leads on',
    );
    await manager.presses(card, 'Approve');
    await manager.presses(manager.now(list), 'Yes, approve');
    await requester.sees(about(name), REMOVED);
    await manager.says('requests');
    await manager.sees(/Nothing waits for your decision/);
  });

  it('is not what was asked of somebody else, or has been decided', async () => {
    await waits(journey, name);

    await requester.says('requests');
    const own = requester.reads(await requester.sees(/Your requests/, about(name)));
    assert.doesNotMatch(own, /Waiting for your decision/);
    await approves(manager, name);
    await requester.sees(about(name), REMOVED);
    const ready = await opens(requester, 'alpineskihouse', CLEAR);
    await sends(requester, ready, 'alpineskihouse');
    await manager.sees(about('alpineskihouse'), /Approve/);

    await manager.says('requests');
    const list = manager.reads(await manager.sees(/Waiting for your decision/));
    assert.match(list, about('alpineskihouse'));
    assert.doesNotMatch(list, about(name));
  });

  it('is listed in part by a word behind it, in any language, and by the buttons below', async () => {
    await waits(journey, name);
    await approves(manager, name);
    await requester.sees(about(name), REMOVED);
    await waits(journey, 'alpineskihouse');

    await requester.says('requests open');
    const open = await requester.sees(/Your open requests/);
    assert.match(requester.reads(open), about('alpineskihouse'));
    assert.doesNotMatch(requester.reads(open), about(name));
    assert.deepEqual(buttonTitles(requester.now(open)).slice(-3), ['Waiting for you', 'Ended ones', 'All of them']);
    const ended = await requester.presses(open, 'Ended ones');
    assert.match(ended, about(name));
    assert.doesNotMatch(ended, about('alpineskihouse'));
    assert.match(await requester.presses(open, 'Waiting for you'), /There is none\./);
    const all = await requester.presses(open, 'All of them');
    assert.match(all, about(name));
    assert.match(all, about('alpineskihouse'));

    await requester.says('demandes terminées');
    await requester.sees(/Your requests that have ended/, about(name));
    await manager.says('requests waiting');
    await manager.sees(/Waiting for your decision/, about('alpineskihouse'));
    await requester.says('requests for contoso');
    await requester.sees(/I do not know “requests for contoso”/);
  });

  it('is reached from cancel, which asks what is meant and does nothing', async () => {
    await waits(journey, name);

    await requester.says(`cancel ${name}`);
    const asked = await requester.sees(/What is to be cancelled\?/);
    assert.deepEqual(buttonTitles(asked), ['My requests', 'Choose a customer']);
    assert.match(await requester.presses(asked, 'My requests'), about(name));
    assert.deepEqual(dataOf(requester.now(asked), 'request.show')['nonce'] === undefined, false);

    await manager.says('cancel');
    assert.deepEqual(buttonTitles(await manager.sees(/What is to be cancelled\?/)), ['My requests']);
    await manager.sees(about(name), /Approve/);

    for (const person of [requester, manager]) {
      await person.says('stop');
      await person.sees(/Write “requests” to see it; until it is carried out, whoever asked can withdraw it there/);
    }
    await manager.sees(about(name), /Approve/);
  });

  it('is understood with a slip of the pen, and a customer’s name that is no slip is looked for', async () => {
    await requester.says('rmeove "fabrikam bikes"');
    await requester.sees(about(name), CLEAR);

    await requester.says('remove');
    await requester.says('alpine');
    await requester.sees(about('alpineskihouse'), CLEAR);
  });
});

describe('what was approved and waits for a sign-in', function () {
  this.timeout(60_000);

  it('is in the list of the approvers who may carry it out, and leads to doing so', async () => {
    const world = await startSignedOnJourney();
    try {
      const { journey } = world;
      const manager = seatOf(journey, 'manager');
      await waits(journey, name);
      await journey.control('_faults', { rules: [{ method: 'GET', path: '/subscriptions$', status: 503 }] });
      await approves(manager, name);
      await eventually(
        async () => (await journey.calls()).some(({ status }) => status === 503),
        'it is read again before it is carried out',
      );
      await journey.restart();
      await journey.control('_faults', { rules: [] });
      await manager.sees(about(name), /Waiting for Elena Marsh/);

      await manager.says('requests waiting');
      const list = await manager.sees(/Waiting for a sign-in of yours, or of another approver/, about(name));
      await manager.presses(list, 'Show');
      await manager.presses(list, 'Sign in and remove');

      await seatOf(journey, 'requester').sees(about(name), REMOVED);
      await manager.says('requests waiting');
      const after = await manager.sees(/Nothing waits for your decision/);
      assert.doesNotMatch(manager.reads(after), about(name));
    } finally {
      await world.close();
    }
  });
});
