import assert from 'node:assert/strict';
import { defaultPeople } from '../../sandbox/chat/chat.ts';
import { DAY_MS, HOUR_MS } from '../../services/clock.ts';
import { eventually } from '../support/eventually.ts';
import { startJourney, type Journey } from '../support/journey.ts';
import {
  about,
  APPROVAL_WANTED,
  approves,
  asks,
  buttonTitles,
  CLEAR,
  dataOf,
  domainOf,
  opens,
  REASON,
  removalsOf,
  REMOVED,
  seatOf,
  suspensionsOf,
  waits,
  type Seat,
} from './steps.ts';

const [FIRST, SECOND] = ['fabrikambikes', 'alpineskihouse'] as const;

describe('how much may be asked for', () => {
  let journey: Journey;
  let requester: Seat;
  let manager: Seat;

  const start = async (env: Readonly<Record<string, string>>, locale = 'en-US'): Promise<void> => {
    const [one, other] = defaultPeople();
    journey = await startJourney({ env, chat: { people: [{ ...one!, locale }, other!] } });
    // Far from midnight, whatever the machine's own time is.
    journey.advance(DAY_MS - (Date.now() % DAY_MS) + 10 * HOUR_MS);
    requester = seatOf(journey, 'requester');
    manager = seatOf(journey, 'manager');
  };
  afterEach(() => journey.close());

  it('plans a removal for the next day when today’s places are taken, and sends it then', async () => {
    await start({ MAX_REMOVALS_PER_DAY: '1' });
    await waits(journey, FIRST);
    await asks(requester, SECOND);
    const planned = await requester.sees(about(SECOND), /Planned for .* UTC: 1 removal is sent or planned/);
    const before = manager.all();

    journey.advance(15 * HOUR_MS);
    await approves(manager, SECOND);
    await requester.sees(about(SECOND), REMOVED);

    assert.deepEqual(buttonTitles(planned), ['Withdraw']);
    assert.ok(!before.includes(domainOf(SECOND)));
    assert.equal((await removalsOf(journey, SECOND)).length, 1);
  });

  it('keeps a planned request over a restart, and lets it be withdrawn', async () => {
    await start({ MAX_REMOVALS_PER_DAY: '1' });
    await waits(journey, FIRST);
    await asks(requester, SECOND);
    const planned = await requester.sees(about(SECOND), /Planned for/);

    await journey.restart();
    const question = await requester.presses(planned, 'Withdraw');
    const withdrawn = await requester.presses(planned, 'Yes, withdraw');
    journey.advance(2 * DAY_MS);
    await requester.says('requests');
    await requester.sees(/Your requests/);

    assert.match(question, /Withdraw this request\?/);
    assert.match(withdrawn, /Withdrawn\. Nothing was removed\./);
    assert.ok(!manager.all().includes(domainOf(SECOND)));
  });

  it('gives the place of a declined request to the next one, on the same day', async () => {
    await start({ MAX_REMOVALS_PER_DAY: '1' });
    const { approval } = await waits(journey, FIRST);
    await manager.presses(approval, 'Decline');
    await manager.presses(approval, 'Yes, decline', { reason: 'Not before the audit.' });

    await asks(requester, SECOND);

    await manager.sees(about(SECOND), APPROVAL_WANTED);
  });

  it('tells a planned day in Russian', async () => {
    await start({ MAX_REMOVALS_PER_DAY: '1' }, 'ru-RU');
    for (const name of [FIRST, SECOND]) {
      await requester.says(`удалить ${domainOf(name)}`);
      const ready = await requester.sees(about(name), /Ничего/i);
      await requester.forges(ready, 'removal.form', dataOf(ready, 'removal.form'));
      const form = requester.now(ready);
      await requester.forges(form, 'removal.send', {
        ...dataOf(form, 'removal.send'),
        ...{ reason: REASON, domain: domainOf(name) },
      });
      if (name === FIRST) await manager.sees(about(name), APPROVAL_WANTED);
    }

    await requester.sees(about(SECOND), /Запланировано на .*отправлено или запланировано 1 удаление/);
  });

  it('lets nobody have more requests on their way than may be, and says how to get below', async () => {
    await start({ MAX_OPEN_PER_REQUESTER: '1' });
    const { sent } = await waits(journey, FIRST);
    const ready = await opens(requester, SECOND, CLEAR);

    const refused = await requester.presses(ready, 'Request removal');
    await requester.presses(sent, 'Withdraw');
    await requester.presses(sent, 'Yes, withdraw');
    await asks(requester, SECOND);

    assert.match(refused, /You have 1 request on its way, and 1 is the most at one time\. Withdraw one/);
    await manager.sees(about(SECOND), APPROVAL_WANTED);
  });

  it('says so in Russian', async () => {
    await start({ MAX_OPEN_PER_REQUESTER: '1' }, 'ru-RU');
    await requester.says(`удалить ${domainOf(FIRST)}`);
    const first = await requester.sees(about(FIRST), /Ничего/i);
    await requester.forges(first, 'removal.form', dataOf(first, 'removal.form'));
    const form = requester.now(first);
    await requester.forges(form, 'removal.send', {
      ...dataOf(form, 'removal.send'),
      ...{ reason: REASON, domain: domainOf(FIRST) },
    });
    await manager.sees(about(FIRST), APPROVAL_WANTED);
    await requester.says(`удалить ${domainOf(SECOND)}`);
    const second = await requester.sees(about(SECOND), /Ничего/i);

    const refused = await requester.forges(second, 'removal.form', dataOf(second, 'removal.form'));

    assert.match(refused, /У вас 1 открытая заявка, а одновременно их может быть не больше 1\. Отзовите одну/);
  });

  it('begins no more suspensions than are left for today, and goes on the next day', async () => {
    await start({ MAX_SUSPENSIONS_PER_DAY: '2' });
    const name = 'contoso';
    const card = await opens(requester, name, /Clear \d things here first/);

    const question = await requester.presses(card, 'Suspend 3 legacy subscriptions');
    await requester.presses(card, 'Yes, suspend');
    const short = await requester.sees(
      about(name),
      /Clear 1 thing here first/,
      /No more suspensions can be begun today/,
    );
    const refused = await requester.presses(short, 'Suspend');
    const before = (await suspensionsOf(journey, name)).length;
    journey.advance(15 * HOUR_MS);
    await requester.presses(short, 'Check again');
    await eventually(() => buttonTitles(requester.now(short)).includes('Suspend'), 'it has been read again');
    await requester.presses(short, 'Suspend');
    await requester.presses(short, 'Yes, suspend');
    await requester.sees(about(name), CLEAR);

    assert.match(question, /2 more suspensions can be begun today: 2 are the most for one day/);
    assert.match(refused, /^No more suspensions can be begun today/);
    assert.equal(before, 2);
    assert.equal((await suspensionsOf(journey, name)).length, 3);
  });

  it('holds over a restart with other settings', async () => {
    await start({ MAX_REMOVALS_PER_DAY: '1' });
    await waits(journey, FIRST);
    await asks(requester, SECOND);
    await requester.sees(about(SECOND), /Planned for/);

    await journey.restart({ MAX_REMOVALS_PER_DAY: '10' });
    const third = 'margiestravel';
    await asks(requester, third);

    // What is planned keeps its day; whoever sends next has today's free places.
    await manager.sees(about(third), APPROVAL_WANTED);
    assert.ok(!manager.all().includes(domainOf(SECOND)));
    journey.advance(15 * HOUR_MS);
    await manager.sees(about(SECOND), APPROVAL_WANTED);
  });
}).timeout(60_000);
