import assert from 'node:assert/strict';
import { MANAGER_OBJECT_ID } from '../../sandbox/chat/chat.ts';
import { startJourney, type Journey } from '../support/journey.ts';
import { about, approves, asks, buttonTitles, dataOf, REMOVED, seatOf, type Seat } from './steps.ts';

/** Has one delegated admin relationship that is active, *Service desk*, which stays here. */
const NAME = 'firstupconsultants';
const OPEN = /☐ {2}A granular delegated admin relationship stays: Service desk\./;
const SEEN_TO = /☑ {2}A granular delegated admin relationship stays: Service desk\.\nSeen to by: \nJonas Weber/;

describe('what stays open after a removal', () => {
  let journey: Journey;
  let requester: Seat;
  let manager: Seat;

  beforeEach(async () => {
    journey = await startJourney();
    requester = seatOf(journey, 'requester');
    manager = seatOf(journey, 'manager');
    await asks(requester, NAME);
    await approves(manager, NAME);
    for (const seat of [requester, manager]) await seat.sees(about(NAME), REMOVED, OPEN);
  });
  afterEach(() => journey.close());

  it('is ticked by one of them, shown to both, kept over a restart, and taken back by the other', async () => {
    const receipt = await requester.sees(about(NAME), REMOVED, OPEN);
    const answer = await requester.presses(receipt, 'Done');

    assert.match(answer, SEEN_TO);
    const other = await manager.sees(about(NAME), REMOVED, SEEN_TO);

    await journey.restart();
    assert.ok(buttonTitles(manager.now(other)).includes('Not done'));
    assert.match(await manager.presses(other, 'Not done'), OPEN);
    await requester.sees(about(NAME), REMOVED, OPEN);
  });

  it('is on the record with who has ticked it', async () => {
    await journey.restart({ AUDITORS: MANAGER_OBJECT_ID });
    const receipt = await requester.sees(about(NAME), REMOVED, OPEN);
    await requester.presses(receipt, 'Done');
    const { requestId } = dataOf(requester.now(receipt), 'request.untick');

    await manager.says(`audit ${String(requestId)}`);

    await manager.sees(
      /The record is whole/,
      /Open point: seen to\nBy: \nJonas Weber\nWhat: \ndelegated administration\n/,
    );
  });

  it('is nothing that somebody else ticks', async () => {
    const receipt = await requester.sees(about(NAME), REMOVED, OPEN);
    const data = dataOf(receipt, 'request.tick');

    const refused = await manager.forges(await manager.sees(about(NAME), REMOVED, OPEN), 'request.tick', data);

    assert.match(refused, /This card was out of date/);
    assert.match(refused, OPEN);
    assert.match(requester.reads(receipt), OPEN);
  });
});
