import assert from 'node:assert/strict';
import { DAY_MS, MINUTE_MS, SECOND_MS } from '../../services/clock.ts';
import { ofType } from '../cards/walk.ts';
import { converse, type Talk } from './converse.ts';
import { ELENA, JONAS, MIRA, startWorld, type World } from './world.ts';

describe('clearing what stands in the way', () => {
  let world: World;
  let jonas: Talk;
  beforeEach(async () => {
    world = await startWorld();
    jonas = converse(world, JONAS);
  });
  afterEach(() => world.close());

  /** Names of the subscriptions that Partner Center was told to suspend. */
  const suspended = async (): Promise<readonly string[]> =>
    (await world.changes()).map(({ method, body }) => {
      const { status, friendlyName } = body as { readonly status: string; readonly friendlyName: string };
      assert.deepEqual([method, status], ['PATCH', 'suspended']);
      return friendlyName;
    });

  it('suspends one only after it was named, what it means was said, and yes was pressed', async () => {
    await jonas.says('remove contoso bakery');

    const asked = await jonas.presses(jonas.button('Suspend', /Exchange/));
    assert.match(asked, /^Suspend\?\nContoso Bakery\n/);
    assert.match(asked, /This subscription will be suspended:\n• {2}Exchange Online \(Plan 1\) × 4\n/);
    assert.match(asked, /Users lose access at once\. Billing stops\. Microsoft deletes the data after 90 days/);
    assert.deepEqual(jonas.titles(), ['Back', 'Yes, suspend']);
    assert.deepEqual(await suspended(), []);

    const shown = await jonas.presses('Yes, suspend');
    assert.match(shown, /0 of 1 suspended\n• {2}Exchange Online \(Plan 1\): waiting/);
    await world.work();
    assert.deepEqual(await suspended(), ['Exchange Online (Plan 1)']);
  });

  describe('and then gives it up', () => {
    const dropped = async (): Promise<void> => {
      await jonas.says('remove contoso bakery');
      await jonas.presses('Suspend 2 legacy subscriptions');
      await jonas.presses('Yes, suspend');
      await world.work();
      const draft = await world.removals.ofCustomer(world.customer('contosobakery'));
      await world.removals.withdraw(draft!.request.id, { person: JONAS, isCurrent: () => true });
    };
    const LEFT = /Suspended from here\nUsers have no access to this until it is reactivated\.\n/;

    it('is told what is suspended still, until when there is time, and how it is given back', async () => {
      await dropped();

      const shown = await jonas.says('remove contoso bakery');
      assert.match(shown, LEFT);
      assert.match(shown, /Exchange Online \(Plan 1\) × 4\nMicrosoft deletes its data on /);
      assert.equal(jonas.titles().filter((title) => title === 'Reactivate').length, 2);
      assert.ok(jonas.titles().includes('Reactivate all'));

      const { requestId, nonce } = jonas.button('Reactivate all').data as { requestId: string; nonce: string };
      const { request, steps } = (await world.requests.read(requestId))!;
      assert.ok(world.nonces.isOfRequest(nonce, JONAS.id, request));
      const holdingIds = steps.map(({ holdingId }) => holdingId);
      await world.removals.giveBack(requestId, { person: JONAS, holdingIds, isCurrent: () => true });
      await world.work();
      assert.doesNotMatch(await jonas.says('remove contoso bakery'), LEFT);
    });

    it('leaves somebody else to see it too, and to give it back one by one', async () => {
      await dropped();
      const mira = converse(world, MIRA);

      assert.match(
        await mira.says('remove contoso bakery'),
        /Пока это не активировано снова, у пользователей нет доступа/,
      );
      assert.deepEqual(
        mira.titles().filter((title) => title.startsWith('Активировать')),
        Array(2).fill('Активировать снова'),
      );
      await mira.presses(mira.button('Активировать снова', /Exchange/));
      await mira.presses('Да, активировать');
      await world.work();
      const [, , last] = await world.changes();
      assert.equal(last?.body?.status, 'active');
    });

    it('says so to everybody while somebody works on the customer, without buttons', async () => {
      await jonas.says('remove contoso bakery');
      await jonas.presses('Suspend 2 legacy subscriptions');
      await jonas.presses('Yes, suspend');
      await world.work();
      const mira = converse(world, MIRA);

      assert.match(await mira.says('remove contoso bakery'), /Приостановлено отсюда\n[^]*Exchange Online/);
      assert.ok(!mira.titles().includes('Активировать снова'));
    });

    it('does not say so of what was made active again in Partner Center', async () => {
      await dropped();
      const customerId = world.customer('contosobakery');
      const { steps } = (await world.removals.ofCustomer(customerId))!;
      for (const { holdingId: id } of steps)
        await world.control('_world', { customerId, setSubscription: { id, status: 'active' } });
      world.reader.forget(customerId);

      assert.doesNotMatch(await jonas.says('remove contoso bakery'), LEFT);
    });
  });

  it('changes nothing when somebody goes back', async () => {
    await jonas.says('remove contoso bakery');
    await jonas.presses(jonas.button('Suspend', /Exchange/), {}, 'submit');

    assert.match(await jonas.presses('Back', {}, 'submit'), /^End the reseller relationship\nContoso Bakery\n/);

    await world.work();
    assert.deepEqual(await suspended(), []);
    assert.equal(await world.removals.ofCustomer(world.customer('contosobakery')), undefined);
  });

  it('suspends all legacy ones together, and an add-on goes with its base', async () => {
    assert.match(await jonas.says('remove contoso.onmicrosoft.com'), /Clear 3 things here first/);

    const asked = await jonas.presses('Suspend 3 legacy subscriptions');
    assert.match(asked, /These 3 subscriptions will be suspended:\n• {2}Office 365 E5 × 120\n/);
    assert.match(asked, /Its add-ons are suspended with it\./);
    assert.doesNotMatch(asked, /• {2}Microsoft Defender/);

    await jonas.presses('Yes, suspend');
    await world.work();
    assert.deepEqual([...(await suspended())].sort(), ['Office 365 E5', 'Project Plan 3', 'Visio Plan 2']);
    assert.match(await jonas.presses('Check again'), /Nothing known stands in the way\./);
  });

  it('says of an Azure plan that everything under it stops', async () => {
    await jonas.says('remove adventureworks.onmicrosoft.com');

    const asked = await jonas.presses('Suspend');

    assert.match(
      asked,
      /Everything that runs under it stops\. Billing stops\. Microsoft deletes the data after 90 days/,
    );
    assert.doesNotMatch(asked, /Users lose access/);
  });

  it('suspends nothing that was not named, not even what has come since', async () => {
    await jonas.says('remove contoso bakery');
    await jonas.presses('Suspend 2 legacy subscriptions');
    await world.control('_world', {
      customerId: world.customer('contosobakery'),
      addSubscription: { class: 'legacy-licence', offerName: 'Visio Plan 2' },
    });
    world.pass(11 * MINUTE_MS);

    const shown = await jonas.presses('Yes, suspend');

    await world.work();
    assert.deepEqual(await suspended(), []);
    assert.match(shown, /This card was out of date\. Here is how it stands now; nothing was changed\./);
    assert.ok(jonas.titles().includes('Suspend 3 legacy subscriptions'));
  });

  it('suspends what was named when the names come from an older showing of the card, as long as they are the same', async () => {
    await jonas.says('remove contoso bakery');
    await jonas.presses('Suspend 2 legacy subscriptions');
    const yes = jonas.button('Yes, suspend');
    await jonas.says('remove northwind');

    await jonas.presses(yes);

    await world.work();
    assert.deepEqual([...(await suspended())].sort(), ['Exchange Online (Plan 1)', 'Office 365 E3']);
  });

  it('goes on by itself after the yes, whatever the person does next', async () => {
    await jonas.says('remove northwind');
    await jonas.presses('Suspend');
    await jonas.presses('Yes, suspend');
    await jonas.says('remove fabrikam');

    await world.work();

    assert.deepEqual(await suspended(), ['Office 365 E1']);
  });

  it('is the same once and twice: a second yes sends nothing', async () => {
    await jonas.says('remove contoso bakery');
    await jonas.presses('Suspend 2 legacy subscriptions');
    const yes = jonas.button('Yes, suspend');

    const once = await jonas.presses(yes);
    const twice = await jonas.presses(yes);
    await world.work();
    await jonas.presses(yes);
    await world.work();

    assert.match(once, /0 of 2 suspended/);
    assert.match(twice, /0 of 2 suspended/);
    assert.equal((await suspended()).length, 2);
    const record = await world.removals.ofCustomer(world.customer('contosobakery'));
    assert.deepEqual(
      record?.steps.map(({ state, wasSoBefore }) => [state, wasSoBefore]),
      [
        ['done', undefined],
        ['done', undefined],
      ],
    );
  });

  it('offers no button for what is under way, and no request before it has ended', async () => {
    await jonas.says('remove northwind');
    await jonas.presses('Suspend');

    await jonas.presses('Yes, suspend');
    assert.deepEqual(jonas.titles(), ['Check again', 'Dry run', 'Drop this draft']);
    await world.work();

    await jonas.presses('Check again');
    assert.deepEqual(jonas.titles(), ['Reactivate', 'Request removal', 'Check again', 'Dry run', 'Drop this draft']);
  });

  describe('with a yes that does not count', () => {
    const yesWith = async (nonce: string, how: 'one' | 'all'): Promise<string> => {
      const customerId = world.customer('contosobakery');
      await jonas.says('remove contoso bakery');
      if (how === 'all') return jonas.forges('legacy.confirm-suspend', { customerId, nonce });
      const { data } = jonas.button('Suspend', /Exchange/);
      return jonas.forges('subscription.confirm-suspend', { customerId, holdingId: data['holdingId'], nonce });
    };
    const STALE = /^This card was out of date\. Here is how it stands now; nothing was changed\.\nEnd the reseller/;

    for (const how of ['one', 'all'] as const) {
      it(`changes nothing: the nonce of somebody else, ${how}`, async () => {
        const nonce = world.nonces.ofCustomer(MIRA.id, world.customer('contosobakery'));

        assert.match(await yesWith(nonce, how), STALE);

        await world.work();
        assert.deepEqual(await suspended(), []);
      });

      it(`changes nothing: the nonce of another customer, ${how}`, async () => {
        const nonce = world.nonces.ofCustomer(JONAS.id, world.customer('northwindtraders'));

        assert.match(await yesWith(nonce, how), STALE);

        await world.work();
        assert.deepEqual(await suspended(), []);
      });

      it(`changes nothing: no nonce of ours, ${how}`, async () => {
        assert.match(await yesWith('', how), STALE);

        await world.work();
        assert.deepEqual(await suspended(), []);
      });
    }

    it('changes nothing: a card of three days ago', async () => {
      await jonas.says('remove contoso bakery');
      await jonas.presses(jonas.button('Suspend', /Exchange/));
      world.pass(3 * DAY_MS);

      assert.match(await jonas.presses('Yes, suspend'), STALE);

      await world.work();
      assert.deepEqual(await suspended(), []);
    });

    it('but one of yesterday evening does count', async () => {
      await jonas.says('remove contoso bakery');
      await jonas.presses(jonas.button('Suspend', /Exchange/));
      world.pass(DAY_MS);

      await jonas.presses('Yes, suspend');

      await world.work();
      assert.deepEqual(await suspended(), ['Exchange Online (Plan 1)']);
    });

    it('changes nothing: a holding that cannot be suspended', async () => {
      const customerId = world.customer('treyresearch');
      await jonas.says('remove trey');
      const nonce = world.nonces.ofCustomer(JONAS.id, customerId);
      const holdingId = (await world.reader.read(customerId, 'bot')).facts.holdings[0]!.id;

      const shown = await jonas.forges('subscription.confirm-suspend', { customerId, holdingId, nonce });

      assert.match(shown, /^There is nothing here that this could be done with \(any more\)\./);
      await world.work();
      assert.deepEqual(await suspended(), []);
    });

    it('changes nothing: somebody who may not ask for removals', async () => {
      const customerId = world.customer('contosobakery');
      const elena = converse(world, ELENA);
      await elena.says('remove contoso bakery');
      assert.deepEqual(elena.titles(), ['Check again']);
      await elena.forges('legacy.suspend', { customerId, nonce: world.nonces.ofCustomer(ELENA.id, customerId) });

      const shown = await elena.presses('Yes, suspend');

      assert.match(shown, /^You are not among those who may ask for removals\. Nothing was changed\./);
      await world.work();
      assert.deepEqual(await suspended(), []);
    });
  });

  it('says that there is nothing to suspend any more', async () => {
    await jonas.says('remove northwind');
    const suspend = jonas.button('Suspend');
    await jonas.presses(suspend);
    const customerId = world.customer('northwindtraders');
    const { holdings } = (await world.reader.read(customerId, 'bot')).facts;
    await world.control('_world', { customerId, setSubscription: { id: holdings[0]!.id, status: 'suspended' } });
    world.pass(11 * MINUTE_MS);

    assert.match(
      await jonas.presses('Yes, suspend'),
      /^There is nothing here that this could be done with \(any more\)\./,
    );
    assert.match(await jonas.presses(suspend), /^There is nothing here that this could be done with \(any more\)\./);

    await world.work();
    assert.deepEqual(await suspended(), []);
  });

  it('is one person’s at a time, who is named to the other', async () => {
    const mira = converse(world, MIRA);
    await jonas.says('remove contoso bakery');
    await mira.says('remove contoso bakery');
    await mira.presses('Приостановить 2 устаревшие');
    await jonas.presses(jonas.button('Suspend', /Exchange/));
    await jonas.presses('Yes, suspend');

    const refused = await mira.presses('Да, приостановить');

    assert.match(refused, /^С этим клиентом уже работает Jonas Weber\./);
    assert.deepEqual(mira.titles(), ['Проверить снова', 'Пробный прогон']);
    await world.work();
    assert.deepEqual(await suspended(), ['Exchange Online (Plan 1)']);
  });

  it('answers typed words with a sentence, and the card still works', async () => {
    await jonas.says('remove northwind');

    assert.equal(await jonas.says('suspend it please'), 'Please use the buttons of the card above, or write help.');
    await jonas.presses('Suspend');
    assert.equal(await jonas.says('yes'), 'Please use the buttons of the card above, or write help.');
    await world.work();
    assert.deepEqual(await suspended(), []);

    assert.match(await jonas.presses('Yes, suspend'), /0 of 1 suspended/);
  });

  it('begins where a button of an old card leads, whatever the chat is at', async () => {
    await jonas.says('remove contoso bakery');
    const suspend = jonas.button('Suspend', /Exchange/);
    const again = jonas.button('Check again');
    await jonas.says('remove');
    const choose = jonas.button('Choose', /Alpine/);
    await jonas.says('remove northwind');

    assert.match(await jonas.presses(suspend), /^Suspend\?\nContoso Bakery\n/);
    assert.match(await jonas.presses(choose), /^End the reseller relationship\nAlpine Ski House\n/);
    assert.match(await jonas.presses(again, {}, 'submit'), /^End the reseller relationship\nContoso Bakery\n/);
    assert.match(await jonas.presses(suspend, {}, 'submit'), /^Suspend\?\nContoso Bakery\n/);
    assert.match(await converse(world, JONAS).presses(suspend), /^Suspend\?\nContoso Bakery\n/);
  });

  it('asks about the line whose button is pressed, also while it asks about another one', async () => {
    await jonas.says('remove contoso bakery');
    const office = jonas.button('Suspend', /Office/);
    await jonas.presses(jonas.button('Suspend', /Exchange/));

    assert.match(await jonas.presses(office), /• {2}Office 365 E3 × 10/);
  });

  it('shows all that stands in the way page by page, and leads back', async () => {
    const customerId = world.customer('fabrikambikes');
    for (let n = 0; n < 30; n++)
      await world.control('_world', {
        customerId,
        addSubscription: { class: 'legacy-licence', offerName: `Plan ${n}` },
      });
    const first = await jonas.says('remove fabrikam');
    assert.match(first, /and 20 more/);

    assert.match(await jonas.presses('More'), /Lines 1–12 of 30\n/);
    const second = jonas.button('More');
    assert.match(await jonas.presses(second), /Lines 13–24 of 30\n/);
    assert.match(await jonas.presses(jonas.button('Suspend', /Plan/)), /^Suspend\?/);
    assert.match(await jonas.presses(second), /Lines 13–24 of 30\n/);
    assert.match(await jonas.presses('Back'), /Lines 1–12 of 30\n/);
    assert.equal(await jonas.presses('Back'), first);
    assert.deepEqual(await suspended(), []);
  });

  const addsPlans = async (count: number): Promise<void> => {
    const customerId = world.customer('fabrikambikes');
    for (let n = 0; n < count; n++)
      await world.control('_world', {
        customerId,
        addSubscription: { class: 'legacy-licence', offerName: `Plan ${n}` },
      });
  };

  it('names all of many page by page, and suspends exactly those', async () => {
    await addsPlans(30);
    await jonas.says('remove fabrikam');

    const pages = [await jonas.presses('Suspend 30 legacy subscriptions')];
    const titles = [jonas.titles()];
    for (const button of ['Next', 'Previous', 'Next', 'Next']) pages.push(await jonas.presses(button));
    titles.push(jonas.titles());

    assert.deepEqual(
      pages.map((words) => [/Lines (.*)/.exec(words)?.[1], words.match(/• {2}Plan /g)?.length]),
      [
        ['1–12 of 30', 12],
        ['13–24 of 30', 12],
        ['1–12 of 30', 12],
        ['13–24 of 30', 12],
        ['25–30 of 30', 6],
      ],
    );
    assert.deepEqual(titles, [
      ['Next', 'Back'],
      ['Previous', 'Back', 'Yes, suspend'],
    ]);
    await jonas.presses('Yes, suspend');
    await world.work();
    assert.equal((await suspended()).length, 30);
  });

  it('takes no yes with what a page before the last one sends', async () => {
    await addsPlans(30);
    await jonas.says('remove fabrikam');
    await jonas.presses('Suspend 30 legacy subscriptions');
    const { customerId, nonce } = jonas.button('Next').data;

    const shown = await jonas.forges('legacy.confirm-suspend', { customerId, nonce });

    assert.match(shown, /This card was out of date/);
    await world.work();
    assert.deepEqual(await suspended(), []);
  });

  it('begins anew with naming them where one has come between two pages', async () => {
    await addsPlans(30);
    await jonas.says('remove fabrikam');
    await jonas.presses('Suspend 30 legacy subscriptions');
    await addsPlans(1);
    world.pass(11 * MINUTE_MS);

    const shown = await jonas.presses('Next');

    assert.match(shown, /This card was out of date/);
    assert.match(shown, /These 31 subscriptions will be suspended:/);
    assert.match(shown, /Lines 1–12 of 31/);
    assert.deepEqual(await suspended(), []);
  });
});

describe('a customer that somebody asks for by name', () => {
  let world: World;
  let jonas: Talk;
  const customerId = () => world.customer('fabrikambikes');
  const readings = async (): Promise<number> =>
    (await world.calls()).filter(({ path }) => path === `/v1/customers/${customerId()}/subscriptions`).length;
  /** Somebody buys something at Partner Center itself. */
  const buys = () =>
    world.control('_world', {
      customerId: customerId(),
      addSubscription: { class: 'legacy-licence', offerName: 'Visio Plan 2' },
    });
  beforeEach(async () => {
    world = await startWorld();
    jonas = converse(world, JONAS);
    assert.match(await jonas.says('remove fabrikam'), /Nothing known stands in the way\./);
    await buys();
  });
  afterEach(() => world.close());

  it('is shown as it stands now, however lately it was read', async () => {
    assert.match(await jonas.says('remove fabrikam'), /Clear 1 thing here first\./);
  });

  it('is read once for whoever asks twice at the same time', async () => {
    world.beImpatient();
    const before = await readings();
    await jonas.says('remove fabrikam');
    await jonas.says('remove fabrikam');
    await jonas.followUp();

    assert.match(jonas.words(), /Clear 1 thing here first\./);
    assert.equal(await readings(), before + 1);
  });

  it('is asked to be removed on nothing that was read more than a minute ago', async () => {
    const request = jonas.button('Request removal');
    world.pass(MINUTE_MS + SECOND_MS);

    const shown = await jonas.presses(request);

    assert.match(shown, /Clear 1 thing here first\./);
    assert.deepEqual(ofType(jonas.card(), 'Input.Text'), []);
  });

  it('is rehearsed with suspending last of all where something else is waited for, as its card has it', async () => {
    const card = await jonas.says('remove thephonecompany');
    const rehearsed = await jonas.says('dry run thephonecompany');

    for (const shown of [card, rehearsed]) {
      assert.match(shown, /Can be suspended here, last of all\./);
      assert.doesNotMatch(shown, /Suspend it here\./);
    }
  });

  it('is rehearsed on nothing that was read more than a minute ago', async () => {
    world.pass(MINUTE_MS + SECOND_MS);

    assert.match(await jonas.says('dry run fabrikam'), /Visio Plan 2/);
  });
});

describe('a reading that takes its time', () => {
  let world: World;
  let jonas: Talk;
  beforeEach(async () => {
    world = await startWorld();
    jonas = converse(world, JONAS);
    world.beImpatient();
  });
  afterEach(() => world.close());

  it('is announced at once, and its card follows in the same place', async () => {
    const announced = await jonas.says('remove fabrikam');
    assert.match(announced, /Reading everything this customer holds…/);
    assert.deepEqual(jonas.titles(), ['Check again']);
    assert.equal(world.laterCards.length, 1);

    await jonas.followUp();

    assert.match(jonas.words(), /Nothing known stands in the way\./);
    assert.match(await jonas.presses('Request removal'), /^Request removal\n/);
  });

  it('names in its toast the customer, and the tenant of one that the list does not know', async () => {
    await jonas.says('remove fabrikam');
    assert.equal(jonas.toast(), 'Reading fabrikambikes.onmicrosoft.com');
    const id = world.customer('alpineskihouse');
    world.directory.removed(id);

    assert.match(await jonas.says(`remove ${id}`), new RegExp(`Tenant ${id}\nReading everything`));

    assert.equal(jonas.toast(), `Reading ${id}`);
  });

  it('of a pressed card follows in the place of that card', async () => {
    await jonas.says('remove fabrikam');
    await jonas.followUp();
    const { messageId } = jonas.button('Check again');

    assert.match(await jonas.presses('Check again'), /Reading everything/);

    assert.deepEqual(
      world.laterCards.map(([person, id]) => [person.id, id]),
      [[JONAS.id, messageId]],
    );
    await jonas.followUp();
    assert.match(jonas.words(), /Nothing known stands in the way\./);
  });

  it('shows the whole list even if Partner Center answers nothing of it', async () => {
    await world.control('_faults', { rules: [{ path: '/subscriptions|/orders', status: 500 }] });
    await jonas.says('remove fabrikam');

    await jonas.followUp();

    assert.match(jonas.words(), /I cannot tell: .*subscriptions.* could not be read\./);
    assert.equal(jonas.titles().includes('Request removal'), false);
    assert.deepEqual(ofType(jonas.card(), 'Input.Text'), []);
  });
});
