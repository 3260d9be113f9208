import assert from 'node:assert/strict';
import { auditKeyOf, readAudit, verifyAudit } from '../../services/audit/audit-chain.ts';
import { openFileStore } from '../../services/storage/file-store.ts';
import { defaultPeople, MANAGER_OBJECT_ID } from '../../sandbox/chat/chat.ts';
import { startJourney, type Journey } from '../support/journey.ts';
import {
  about,
  APPROVAL_WANTED,
  approves,
  asks,
  buttonTitles,
  CLEAR,
  customerIdOf,
  dataOf,
  opens,
  REASON,
  removalsOf,
  REMOVED,
  seatOf,
  sends,
  suspensionsOf,
  waits,
  type Seat,
} from './steps.ts';

describe('the way from a name to a removed relationship', () => {
  let journey: Journey;
  let requester: Seat;
  let manager: Seat;

  before(async () => {
    journey = await startJourney();
    requester = seatOf(journey, 'requester');
    manager = seatOf(journey, 'manager');
  });
  after(() => journey.close());

  it('suspends one by one, asks, removes as approved, and gives both the id of the call', async () => {
    const name = 'contosobakery';

    let card = await opens(requester, name, /Clear 2 things here first/);
    for (const words of [/Clear 1 thing here first/, CLEAR]) {
      const confirm = await requester.presses(card, 'Suspend');
      assert.match(confirm, /Users lose access at once/);
      await requester.presses(card, 'Yes, suspend');
      card = await requester.sees(about(name), words);
    }
    await sends(requester, card, name);
    const decision = await approves(manager, name);
    const receipts = [await requester.sees(about(name), REMOVED), await manager.sees(about(name), REMOVED)];

    assert.match(decision, /You approved this/);
    const removals = await removalsOf(journey, name);
    assert.equal(removals.length, 1);
    assert.equal(removals[0]?.body?.relationshipToPartner, 'none');
    for (const receipt of receipts) {
      assert.ok(JSON.stringify(receipt.card).includes(removals[0].correlationId));
      assert.match(receipt.summary ?? '', /Removed: contosobakery/);
    }
    const steps = await suspensionsOf(journey, name);
    assert.deepEqual(
      steps.map(({ body }) => body?.status),
      ['suspended', 'suspended'],
    );
    assert.equal(new Set(steps.map(({ path }) => path)).size, 2);
  });

  it('lets a draft be given up, and the customer be begun with anew', async () => {
    const name = 'libertyslight';

    const card = await opens(requester, name, /Clear 1 thing here first/);
    await requester.presses(card, 'Suspend');
    await requester.presses(card, 'Yes, suspend');
    const ready = await requester.sees(about(name), CLEAR);
    const question = await requester.presses(ready, 'Drop this draft');
    const given = await requester.presses(ready, 'Yes, drop it');
    const anew = await opens(requester, name, CLEAR);

    assert.match(question, /What was suspended stays suspended/);
    assert.match(given, /This draft was dropped\. Nothing was removed/);
    assert.ok(buttonTitles(ready).includes('Drop this draft'));
    assert.ok(!buttonTitles(anew).includes('Drop this draft'));
  });

  it('suspends all legacy subscriptions at once, and the add-on goes with its base', async () => {
    const name = 'contoso';

    const card = await opens(requester, name, /Clear \d things here first/);
    const confirm = await requester.presses(card, 'Suspend 3 legacy subscriptions');
    await requester.presses(card, 'Yes, suspend');
    const ready = await requester.sees(about(name), CLEAR);

    assert.match(confirm, /Its add-ons are suspended with it/);
    assert.equal((await suspensionsOf(journey, name)).length, 3);
    assert.ok(buttonTitles(ready).includes('Request removal'));
  });

  it('has no removed customer in the list any more', async () => {
    const name = 'fabrikambikes';
    await asks(requester, name);
    await approves(manager, name);
    await requester.sees(about(name), REMOVED);

    await requester.says('remove fabrikam bikes');

    await requester.sees(about(name), /Already removed on /);
    assert.equal((await removalsOf(journey, name)).length, 1);
  });

  it('shows the reason of a decline to the requester, and removes nothing', async () => {
    const name = 'alpineskihouse';
    const reason = 'They have just signed for another year.';
    await asks(requester, name);
    const card = await manager.sees(about(name), APPROVAL_WANTED);

    await manager.presses(card, 'Decline');
    const tooShort = await manager.presses(card, 'Yes, decline', { reason: 'no' });
    const declined = await manager.presses(card, 'Yes, decline', { reason });
    const told = await requester.sees(about(name), /Declined\. Nothing was removed/);

    assert.match(tooShort, /The reason is too short/);
    assert.match(declined, /You declined this/);
    assert.match(requester.reads(told), new RegExp(reason));
    assert.equal(told.summary, 'Declined: alpineskihouse.onmicrosoft.com');
    assert.deepEqual(buttonTitles(manager.now(card)), []);
    assert.deepEqual(await removalsOf(journey, name), []);
  });

  it('lets the requester take a request back, and the approver sees that there is nothing to decide', async () => {
    const name = 'margiestravel';
    const { sent } = await waits(journey, name);

    await requester.presses(sent, 'Withdraw');
    const withdrawn = await requester.presses(sent, 'Yes, withdraw');

    assert.match(withdrawn, /Withdrawn\. Nothing was removed/);
    journey.advance(3_000);
    const settled = await manager.sees(about(name), /Withdrawn\. Nothing was removed/);
    assert.deepEqual(buttonTitles(settled), []);
    assert.deepEqual(await removalsOf(journey, name), []);
  });

  it('lets a customer be asked for again after a request that came to nothing', async () => {
    const name = 'wideworldimporters';
    const { sent: first } = await waits(journey, name);
    await requester.presses(first, 'Withdraw');
    await requester.presses(first, 'Yes, withdraw');
    // The card of the first request says so within 3 s; until then it looks like one to be decided on.
    await manager.sees(about(name), /Withdrawn\. Nothing was removed/);

    await asks(requester, name);
    await approves(manager, name);

    await manager.sees(about(name), REMOVED);
    assert.equal((await removalsOf(journey, name)).length, 1);
  });

  it('tells the approver all that there is to decide on', async () => {
    const name = 'firstupconsultants';

    await asks(requester, name, { ticket: 'CHG-4711', notice: 'true', nextProvider: 'true' });
    const card = manager.reads(await manager.sees(about(name), APPROVAL_WANTED));

    for (const words of [customerIdOf(name), 'Jonas Weber', REASON, 'CHG-4711', 'notice our contract asks for'])
      assert.ok(card.includes(words), words);
    assert.match(card, /The customer leaves your customer list/);
  });
}).timeout(40_000);

describe('what is done from the readiness card beside suspending', () => {
  let journey: Journey;
  let requester: Seat;

  before(async () => {
    journey = await startJourney();
    requester = seatOf(journey, 'requester');
  });
  after(() => journey.close());

  it('gives back what was suspended, and suspends it again', async () => {
    const name = 'romashka';
    const statuses = async () => (await suspensionsOf(journey, name)).map(({ body }) => body?.status);

    let card = await opens(requester, name, /Clear 1 thing here first/);
    for (const [button, yes, words] of [
      ['Suspend', 'Yes, suspend', CLEAR],
      ['Reactivate', 'Yes, reactivate', /active again/],
      ['Suspend', 'Yes, suspend', CLEAR],
    ] as const) {
      await requester.presses(card, button);
      await requester.presses(card, yes);
      card = await requester.sees(about(name), words);
      if (button === 'Reactivate') card = await requester.sees(about(name), /Clear 1 thing here first/);
    }

    assert.deepEqual(await statuses(), ['suspended', 'active', 'suspended']);
  });

  it('turns auto-renew off, and shows that it is off', async () => {
    const name = 'woodgrovebank';

    const card = await opens(requester, name, /No removal before/);
    assert.match(await requester.presses(card, 'Turn off auto-renew'), /does not end billing/);
    await requester.presses(card, 'Yes, turn off auto-renew');
    await requester.sees(about(name), /auto-renew is off/);

    const [change] = await suspensionsOf(journey, name);
    assert.deepEqual([change?.body?.status, change?.body?.autoRenewEnabled], ['active', false]);
  });
});

describe('the record of a request', () => {
  it('is whole after the removal, names every deed, and says who did it', async () => {
    const journey = await startJourney();
    try {
      const requester = seatOf(journey, 'requester');
      const name = 'northwindtraders';
      const card = await opens(requester, name, /Clear 1 thing here first/);
      await requester.presses(card, 'Suspend');
      await requester.presses(card, 'Yes, suspend');
      await sends(requester, await requester.sees(about(name), CLEAR), name);
      await approves(seatOf(journey, 'manager'), name);
      await requester.sees(about(name), REMOVED);

      await journey.stop();
      const store = await openFileStore({ folder: journey.folder, boot: 'reader' });
      const [partition = '', ...others] = await Array.fromAsync(store.partitions('request'));
      const { rows } = await store.read(partition);
      await store.close();

      assert.deepEqual(others, []);
      assert.equal(verifyAudit(rows, partition, auditKeyOf(Buffer.from('11'.repeat(32), 'hex'))).kind, 'intact');
      const entries = readAudit(rows);
      assert.deepEqual(
        entries.map(({ action, detail }) =>
          typeof detail?.['step'] === 'string' ? `${action} ${detail['step']}` : action,
        ),
        [
          'request.opened',
          'step.asked suspend',
          'step.intent suspend',
          'step.outcome suspend',
          'step.verified suspend',
          'request.sending',
          'request.sent',
          'request.approved',
          'step.intent removal',
          'step.outcome removal',
          'step.verified removal',
        ],
      );
      assert.equal(entries.find(({ action }) => action === 'request.approved')?.actor, `person:${MANAGER_OBJECT_ID}`);
    } finally {
      await journey.close();
    }
  });
}).timeout(40_000);

describe('a request that nobody decides on in time', () => {
  it('expires, everybody is told, and approving it changes nothing', async () => {
    const journey = await startJourney({ env: { APPROVAL_TTL_HOURS: '0.0008' } });
    try {
      const requester = seatOf(journey, 'requester');
      const manager = seatOf(journey, 'manager');
      const name = 'fabrikambikes';
      await asks(requester, name);
      const card = await manager.sees(about(name), APPROVAL_WANTED);
      await manager.presses(card, 'Approve');

      const told = await requester.sees(about(name), /Expired: the time ran out/);
      const late = await manager.forges(card, 'approval.confirm-approve', dataOf(card, 'approval.approve'));

      assert.equal(told.summary, 'Expired: fabrikambikes.onmicrosoft.com');
      assert.match(late, /The time for this has run out\. Nothing was changed/);
      assert.deepEqual(await removalsOf(journey, name), []);
    } finally {
      await journey.close();
    }
  });
}).timeout(40_000);

describe('a removal that two of three have to approve', () => {
  const second = {
    key: 'second',
    name: 'Ines Roth',
    aadObjectId: '0d3f4b52-1111-4c1a-9a35-2f6f0c9d1e42',
    locale: 'en-US',
  };
  const third = {
    key: 'third',
    name: 'Oskar Lind',
    aadObjectId: '0d3f4b52-2222-4c1a-9a35-2f6f0c9d1e42',
    locale: 'en-US',
  };
  const people = [...defaultPeople(), { ...second, id: '29:1second' }, { ...third, id: '29:1third' }];

  const startWithThree = (): Promise<Journey> =>
    startJourney({
      chat: { people },
      env: {
        APPROVALS_REQUIRED: '2',
        APPROVERS: [MANAGER_OBJECT_ID, second.aadObjectId, third.aadObjectId].join(','),
      },
      installed: ['requester', 'manager', 'second', 'third'],
    });
  const seatsOf = (journey: Journey): readonly [Seat, Seat, Seat] => [
    seatOf(journey, 'requester'),
    seatOf(journey, 'manager'),
    seatOf(journey, 'second'),
  ];

  it('starts with the second approval, and never with the first one', async () => {
    const journey = await startWithThree();
    try {
      const [requester, manager, other] = seatsOf(journey);
      const name = 'fabrikambikes';
      await asks(requester, name);

      const first = await approves(manager, name);
      journey.advance(3_000);
      await requester.sees(about(name), /1 of 2 approvals/);
      const again = await manager.sees(about(name), /You approved this/);
      const before = await removalsOf(journey, name);
      await other.sees(about(name), APPROVAL_WANTED, /Approved by/);
      await approves(other, name);
      await requester.sees(about(name), REMOVED);

      assert.match(first, /You approved this/);
      assert.deepEqual(buttonTitles(again), []);
      assert.deepEqual(before, []);
      assert.equal((await removalsOf(journey, name)).length, 1);
      await other.sees(about(name), REMOVED);
      const leftOver = await seatOf(journey, 'third').sees(about(name), REMOVED);
      assert.deepEqual(buttonTitles(leftOver), ['Open the link', 'Receipt as PDF', 'Notice to the customer']);
    } finally {
      await journey.close();
    }
  });

  it('keeps an approver’s open confirm view good when another one approves meanwhile', async () => {
    const journey = await startWithThree();
    try {
      const [requester, manager, other] = seatsOf(journey);
      const name = 'fabrikambikes';
      await asks(requester, name);
      const card = await other.sees(about(name), APPROVAL_WANTED);
      await other.presses(card, 'Approve');
      await approves(manager, name);

      const told = await other.presses(card, 'Yes, approve', { comment: 'Seen by me, too.' });

      assert.match(told, /You approved this/);
      await requester.sees(about(name), REMOVED, /Seen by me, too\./);
    } finally {
      await journey.close();
    }
  });
}).timeout(40_000);
