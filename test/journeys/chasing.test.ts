import assert from 'node:assert/strict';
import { defaultPeople, MANAGER_OBJECT_ID } from '../../sandbox/chat/chat.ts';
import { HOUR_MS } from '../../services/clock.ts';
import { readMessage, startJourney, type Journey } from '../support/journey.ts';
import { deputy, DEPUTY_OBJECT_ID } from './people.ts';
import { about, APPROVAL_WANTED, approves, buttonTitles, REMOVED, seatOf, waits, type Seat } from './steps.ts';

const name = 'fabrikambikes';

describe('a request that nobody decides on', () => {
  let journey: Journey;
  let requester: Seat;
  let manager: Seat;

  const start = async (env: Readonly<Record<string, string>> = {}): Promise<void> => {
    journey = await startJourney({
      chat: { people: [...defaultPeople(), deputy('ru-RU')] },
      env,
      installed: ['requester', 'manager', 'deputy'],
    });
    requester = seatOf(journey, 'requester');
    manager = seatOf(journey, 'manager');
  };
  afterEach(() => journey.close());

  const summaries = (key: string): readonly (string | undefined)[] =>
    journey.chat
      .messages(key)
      .filter((message) => about(name).test(readMessage(message)))
      .map(({ summary }) => summary);
  /** The bot is down while time passes, so that all of it is looked at when it starts. */
  const pass = async (hours: number): Promise<void> => {
    await journey.stop();
    journey.advance(hours * HOUR_MS);
    await journey.restart();
  };

  it('is reminded of by a new card, which decides; the one before says that it goes on below', async () => {
    await start();
    const { approval } = await waits(journey, name);

    await pass(4.1);
    await journey.chat.until('manager', () => summaries('manager').length === 2);

    assert.match(summaries('manager')[1] ?? '', /Reminder, your decision is waited for/);
    const card = await manager.sees(about(name), APPROVAL_WANTED, /Sent on/);
    assert.notEqual(card.id, approval.id);
    await journey.chat.until('manager', () => manager.reads(approval).includes('Continued further down'));
    await journey.restart();
    assert.equal(summaries('manager').length, 2);
    await approves(manager, name);
    await requester.sees(about(name), REMOVED);
  });

  it('goes to somebody else too, who decides, and whoever asked is told', async () => {
    await start({ APPROVERS: `${MANAGER_OBJECT_ID},${DEPUTY_OBJECT_ID}`, ESCALATE_TO: DEPUTY_OBJECT_ID });
    await waits(journey, name, { approver: MANAGER_OBJECT_ID });

    await pass(24.1);

    await requester.sees(about(name), /Waiting for Elena Marsh and Cyrus Hale/, /Cyrus Hale is asked too/);
    assert.match(summaries('requester').at(-1) ?? '', /Nobody has decided yet/);
    const other = seatOf(journey, 'deputy');
    const card = await other.sees(about(name), /Прекратить эти отношения реселлера\?/);
    await other.presses(card, 'Одобрить');
    await other.presses(card, 'Да, одобрить');
    await requester.sees(about(name), REMOVED);
  });

  it('is told to somebody who may not decide, with nothing to press, and its end too', async () => {
    await start({ ESCALATE_TO: DEPUTY_OBJECT_ID });
    await waits(journey, name);

    await pass(24.1);

    const other = seatOf(journey, 'deputy');
    const card = await other.sees(about(name), /Решения всё ещё нет/, /Elena Marsh/);
    assert.deepEqual(buttonTitles(card), []);
    await requester.sees(about(name), /Cyrus Hale was told so/);
    await approves(manager, name);
    await requester.sees(about(name), REMOVED);
    journey.advance(3_000);
    const settled = await other.sees(about(name), /Отношения прекращены|удал/i);
    assert.equal(settled.id, card.id);
  });

  it('is said to run out before it does', async () => {
    await start();
    await waits(journey, name);

    await pass(68.1);

    await journey.chat.until('requester', () => (summaries('requester').at(-1) ?? '').includes('running out'));
    await journey.chat.until('manager', () => (summaries('manager').at(-1) ?? '').includes('running out'));
    await pass(4);
    await requester.sees(about(name), /Expired: the time ran out/);
    journey.advance(3_000);
    await manager.sees(about(name), /Expired: the time ran out/);
  });

  const SOMEBODY_ELSE = '0d3f4b52-5555-4c1a-9a35-2f6f0c9d1e42';
  const VOID = /Void, because somebody’s role has changed\. Nothing was removed/;

  it('is void at the click of an approver once whoever asked may ask for nothing any more', async () => {
    await start();
    const { approval } = await waits(journey, name);
    await journey.restart({ REQUESTERS: SOMEBODY_ELSE });
    await manager.presses(approval, 'Approve');

    const told = await manager.presses(approval, 'Yes, approve');

    assert.match(told, VOID);
    assert.deepEqual(await journey.changes(), []);
  });

  it('is void instead of being reminded of, too', async () => {
    await start();
    await waits(journey, name);

    await journey.stop();
    journey.advance(4.1 * HOUR_MS);
    await journey.restart({ REQUESTERS: SOMEBODY_ELSE });

    await requester.sees(about(name), VOID);
    await manager.sees(about(name), VOID);
    assert.equal(summaries('manager').length, 1);
  });
}).timeout(60_000);
