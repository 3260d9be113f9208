import assert from 'node:assert/strict';
import { startJourney, type Journey } from '../support/journey.ts';
import { about, buttonTitles, customerIdOf, dataOf, removalsOf, REMOVED, seatOf, waits, type Seat } from './steps.ts';

const name = 'fabrikambikes';
const READ = { method: 'GET', path: `/v1/customers/${customerIdOf(name)}$` };

describe('an approver whom Partner Center does not let read the customer', () => {
  let journey: Journey;
  let requester: Seat;
  let manager: Seat;

  beforeEach(async () => {
    journey = await startJourney();
    requester = seatOf(journey, 'requester');
    manager = seatOf(journey, 'manager');
  });
  afterEach(() => journey.close());

  it('is told so, has approved nothing, and may try again', async () => {
    const { approval, sent } = await waits(journey, name);
    await journey.control('_faults', { rules: [{ ...READ, status: 403 }] });
    await manager.presses(approval, 'Approve');

    const told = await manager.presses(approval, 'Yes, approve');

    assert.match(told, /Nothing was approved\. .* does not let Elena Marsh read this customer/);
    assert.match(told, /Correlation id [0-9a-f-]{36}/);
    assert.match(told, /^Approve$/m);
    assert.match(requester.reads(sent), /Waiting for Elena Marsh/);
    assert.deepEqual(await removalsOf(journey, name), []);

    await journey.control('_faults', { rules: [] });
    await manager.presses(approval, 'Approve');
    assert.match(await manager.presses(approval, 'Yes, approve'), /You approved this/);
    await requester.sees(about(name), REMOVED);
  });

  it('is told so in Russian', async () => {
    const { approval } = await waits(journey, name);
    journey.chat.people.find(({ key }) => key === 'manager')!.locale = 'ru-RU';
    await journey.control('_faults', { rules: [{ ...READ, status: 403 }] });

    const told = await manager.forges(approval, 'approval.confirm-approve', dataOf(approval, 'approval.approve'));

    assert.match(told, /Ничего не одобрено\. .*\(Elena Marsh\)/);
    assert.doesNotMatch(told, /Nothing was approved/);
  });
}).timeout(30_000);

describe('an approval while Partner Center is slow', () => {
  let journey: Journey;

  beforeEach(async () => {
    journey = await startJourney();
  });
  afterEach(() => journey.close());

  it('is not there yet, says so in time, and counts by itself once Partner Center has answered', async () => {
    const manager = seatOf(journey, 'manager');
    const { approval } = await waits(journey, name);
    await journey.control('_faults', { rules: [{ ...READ, times: 1, delayMs: 4_500 }] });
    await manager.presses(approval, 'Approve');

    const told = await manager.presses(approval, 'Yes, approve');

    assert.match(told, /Nothing is approved yet/);
    assert.deepEqual(await removalsOf(journey, name), []);
    await manager.sees(about(name), /You approved this/);
    await seatOf(journey, 'requester').sees(about(name), REMOVED);
    assert.equal((await removalsOf(journey, name)).length, 1);
  });

  it('ends with the card as it was, and why, where Partner Center refuses in the end', async () => {
    const manager = seatOf(journey, 'manager');
    const { approval } = await waits(journey, name);
    await journey.control('_faults', { rules: [{ ...READ, times: 1, delayMs: 4_000, status: 403 }] });
    await manager.presses(approval, 'Approve');
    assert.match(await manager.presses(approval, 'Yes, approve'), /Nothing is approved yet/);

    const card = await manager.sees(about(name), /does not let Elena Marsh read this customer/);

    assert.equal(card.id, approval.id);
    assert.deepEqual(buttonTitles(card), ['Approve', 'Decline']);
    assert.deepEqual(await removalsOf(journey, name), []);
  });

  it('is none where the bot ends meanwhile: the card decides as before', async () => {
    const manager = seatOf(journey, 'manager');
    const { approval } = await waits(journey, name);
    await journey.control('_faults', { rules: [{ ...READ, times: 1, kind: 'hang' }] });
    await manager.presses(approval, 'Approve');
    assert.match(await manager.presses(approval, 'Yes, approve'), /Nothing is approved yet/);

    await journey.restart();

    assert.deepEqual(await removalsOf(journey, name), []);
    await manager.presses(approval, 'Approve');
    assert.match(await manager.presses(approval, 'Yes, approve'), /You approved this/);
    await seatOf(journey, 'requester').sees(about(name), REMOVED);
  });
}).timeout(40_000);
