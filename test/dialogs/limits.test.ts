import assert from 'node:assert/strict';
import { converse, type Talk } from './converse.ts';
import { JONAS, MIRA, startWorld, type World } from './world.ts';

const SENT = { reason: 'They move to another provider in spring', domain: 'fabrikambikes.onmicrosoft.com' };

describe('asking for more than may be asked for', () => {
  let world: World;
  let jonas: Talk;
  const start = async (most: NonNullable<Parameters<typeof startWorld>[1]>['most'] & object): Promise<void> => {
    world = await startWorld({}, { most });
    jonas = converse(world, JONAS);
  };
  afterEach(() => world.close());

  it('has no form for one request too many, and says how many there are and how to get below', async () => {
    await start({ openPerRequester: 1 });
    await jonas.says('remove fabrikam');
    await jonas.presses('Request removal');
    await jonas.presses('Send request', SENT);
    await world.work();

    await jonas.says('remove alpine');
    const told = await jonas.presses('Request removal');

    assert.match(told, /^You have 1 request on its way, and 1 is the most at one time\. Withdraw one/);
    assert.match(told, /Nothing known stands in the way/);
  });

  it('keeps what was filled in where another request was sent in between', async () => {
    await start({ openPerRequester: 1 });
    await jonas.says('remove alpine');
    await jonas.presses('Request removal');
    const send = jonas.button('Send request');
    await jonas.says('remove fabrikam');
    await jonas.presses('Request removal');
    await jonas.presses('Send request', SENT);
    await world.work();

    const refused = await jonas.presses(send, { ...SENT, domain: 'alpineskihouse.onmicrosoft.com' });

    assert.match(refused, /You have 1 request on its way/);
    assert.equal(jonas.inputs()['reason'], SENT.reason);
  });

  it('says before it is confirmed how many suspensions are left for today, and begins no more', async () => {
    await start({ suspensionsPerDay: 2 });
    await jonas.says('remove contoso.onmicrosoft.com');

    const question = await jonas.presses('Suspend 3 legacy subscriptions');
    const begun = await jonas.presses('Yes, suspend');
    await world.work();

    assert.match(
      question,
      /2 more suspensions can be begun today: 2 are the most for one day, of everybody together\./,
    );
    assert.match(begun, /No more suspensions can be begun today: 2 are the most for one day/);
    assert.equal((await world.changes()).length, 2);
  });

  it('asks for no confirmation when none are left, in the reader’s language', async () => {
    await start({ suspensionsPerDay: 1 });
    await jonas.says('remove contosobakery.onmicrosoft.com');
    await jonas.presses('Suspend 2 legacy subscriptions');
    await jonas.presses('Yes, suspend');
    await world.work();
    const mira = converse(world, MIRA);

    await mira.says('удалить contoso.onmicrosoft.com');
    const told = await mira.presses('Приостановить 3 устаревшие');

    assert.match(
      told,
      /^Сегодня больше нельзя начать ни одной приостановки: за день у всех вместе не больше 1 приостановки\. Дальше можно с /,
    );
    assert.equal((await world.changes()).length, 1);
  });
});
