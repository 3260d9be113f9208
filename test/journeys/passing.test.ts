import assert from 'node:assert/strict';
import { defaultPeople, MANAGER_OBJECT_ID } from '../../sandbox/chat/chat.ts';
import { startJourney, type Journey } from '../support/journey.ts';
import { deputy, DEPUTY_OBJECT_ID } from './people.ts';
import {
  about,
  APPROVAL_WANTED,
  approves,
  buttonTitles,
  dataOf,
  removalsOf,
  REMOVED,
  seatOf,
  waits,
  type Seat,
} from './steps.ts';

const name = 'fabrikambikes';

describe('an approver who passes a request on', () => {
  let journey: Journey;
  let requester: Seat;
  let manager: Seat;
  let other: Seat;

  const start = async (installed: readonly string[]): Promise<void> => {
    journey = await startJourney({
      chat: { people: [...defaultPeople(), deputy('ru-RU')] },
      env: { APPROVERS: `${MANAGER_OBJECT_ID},${DEPUTY_OBJECT_ID}` },
      installed,
    });
    requester = seatOf(journey, 'requester');
    manager = seatOf(journey, 'manager');
    other = seatOf(journey, 'deputy');
  };
  beforeEach(() => start(['requester', 'manager', 'deputy']));
  afterEach(() => journey.close());

  const chosen = { approver: MANAGER_OBJECT_ID };

  it('is asked whom, and that one decides; everybody sees who is asked now', async () => {
    const { approval, sent } = await waits(journey, name, chosen);
    assert.match(await manager.presses(approval, 'Pass to another approver'), /Cyrus Hale/);

    const told = await manager.presses(approval, 'Yes, pass it on', { approver: DEPUTY_OBJECT_ID });

    assert.match(told, /You passed this to Cyrus Hale\./);
    assert.deepEqual(buttonTitles(manager.now(approval)), []);
    const card = await other.sees(about(name), /Передано вам\. Кто передал: Elena Marsh\./);
    assert.match(card.summary ?? '', /fabrikambikes/);
    journey.advance(3_000);
    await requester.sees(about(name), /Waiting for Cyrus Hale/);
    assert.equal(sent.id, (await requester.sees(about(name), /Waiting for Cyrus Hale/)).id);

    await other.presses(card, 'Одобрить');
    await other.presses(card, 'Да, одобрить');
    await requester.sees(about(name), REMOVED);
    journey.advance(3_000);
    await manager.sees(about(name), REMOVED, /You passed this to Cyrus Hale/);
    assert.equal((await removalsOf(journey, name)).length, 1);
  });

  it('decides nothing any more, whatever an old card says', async () => {
    const { approval } = await waits(journey, name, chosen);
    const old = dataOf(approval, 'approval.approve');
    await manager.presses(approval, 'Pass to another approver');
    await manager.presses(approval, 'Yes, pass it on');

    for (const verb of ['approval.approve', 'approval.confirm-approve', 'approval.decline', 'approval.confirm-decline'])
      assert.match(await manager.forges(approval, verb, old), /passed to somebody else, who decides now/, verb);

    assert.deepEqual(await removalsOf(journey, name), []);
  });

  it('may have it passed back', async () => {
    const { approval } = await waits(journey, name, chosen);
    await manager.presses(approval, 'Pass to another approver');
    await manager.presses(approval, 'Yes, pass it on');
    const card = await other.sees(about(name), /Передано вам/);
    await other.presses(card, 'Передать другому');
    await other.presses(card, 'Да, передать');

    await manager.sees(about(name), APPROVAL_WANTED, /Passed to you by Cyrus Hale/);
    await approves(manager, name);

    await requester.sees(about(name), REMOVED);
  });

  it('passes it to nobody but somebody from the list', async () => {
    const { approval } = await waits(journey, name, chosen);
    const data = dataOf(approval, 'approval.approve');

    for (const approver of [MANAGER_OBJECT_ID, '5b0f7a52-7d1e-4b7c-9a35-2f6f0c9d1e41', 'constructor', ''])
      assert.match(
        await manager.forges(approval, 'approval.confirm-pass', { ...data, approver }),
        /cannot be asked \(any more\)/,
        approver,
      );

    await requester.sees(about(name), /Waiting for Elena Marsh/);
  });

  it('can be helped by whoever asked, as when they are on holiday', async () => {
    const { sent, approval } = await waits(journey, name, chosen);
    await requester.presses(sent, 'Pass to another approver');

    assert.match(await requester.presses(sent, 'Yes, pass it on'), /Waiting for Cyrus Hale/);

    await other.sees(about(name), /Передано вам\. Кто передал: Jonas Weber\./);
    journey.advance(3_000);
    const settled = await manager.sees(about(name), /Jonas Weber passed this to Cyrus Hale\./);
    assert.equal(settled.id, approval.id);
    assert.deepEqual(buttonTitles(settled), []);
  });

  it('is told where nobody else has opened the bot; where nobody else may decide, it is not offered', async () => {
    await journey.close();
    await start(['requester', 'manager']);
    const { approval } = await waits(journey, name, chosen);

    assert.match(await manager.presses(approval, 'Pass to another approver'), /none of them has opened this bot/);
    await journey.restart({ APPROVERS: MANAGER_OBJECT_ID });

    const old = dataOf(approval, 'approval.pass');
    const shown = await manager.forges(approval, 'request.show', old);
    assert.match(shown, APPROVAL_WANTED);
    assert.deepEqual(buttonTitles(manager.now(approval)), ['Approve', 'Decline']);
    const told = await manager.forges(approval, 'approval.pass', old);
    assert.match(told, /There is nobody else who may decide on this/);
    assert.match(told, APPROVAL_WANTED);
  });
}).timeout(40_000);
