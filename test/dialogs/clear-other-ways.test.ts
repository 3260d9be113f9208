import assert from 'node:assert/strict';
import { confirming } from '../../dialogs/named-nonce.ts';
import { DAY_MS } from '../../services/clock.ts';
import { ofType } from '../cards/walk.ts';
import { converse, type Talk } from './converse.ts';
import { JONAS, startWorld, type World } from './world.ts';

describe('clearing in other ways than suspending what stands in the way', () => {
  let world: World;
  let jonas: Talk;
  beforeEach(async () => {
    world = await startWorld();
    jonas = converse(world, JONAS);
  });
  afterEach(() => world.close());

  /** What Partner Center was told: the name of each subscription, with what was changed about it. */
  const changed = async (): Promise<readonly string[]> =>
    (await world.changes()).map(({ body }) => {
      const { status, friendlyName, autoRenewEnabled } = body as Readonly<Record<string, unknown>>;
      return `${String(friendlyName)}: ${String(status)}, auto-renew ${autoRenewEnabled === true ? 'on' : 'off'}`;
    });

  it('suspends access to new commerce one level down only, after it was said what that does not do', async () => {
    await jonas.says('remove woodgrove');
    const hidden = ofType(jonas.card(), 'Container').find(({ isVisible }) => isVisible === false);
    assert.match(JSON.stringify(hidden), /Suspend access only/);

    const asked = await jonas.presses('Suspend access only');
    assert.match(asked, /^Suspend access only\?\nWoodgrove Bank\n/);
    assert.match(asked, /Billing goes on until .*\nIt stands in the way as before: this clears nothing\./);
    assert.deepEqual(await changed(), []);

    await jonas.presses('Yes, suspend');
    await world.work();
    assert.deepEqual(await changed(), ['Microsoft 365 E5: suspended, auto-renew on']);
    assert.match(await jonas.presses('Check again'), /new-commerce subscription, suspended/);
    assert.ok(jonas.titles().includes('Reactivate'));
  });

  it('turns auto-renew off with a confirm view, and says that it is off', async () => {
    await jonas.says('remove woodgrove');

    const asked = await jonas.presses('Turn off auto-renew');
    assert.match(asked, /^Turn off auto-renew\?\nWoodgrove Bank\n/);
    assert.match(asked, /does not end billing: unless “cancel at end of term” is set/);
    assert.deepEqual(await changed(), []);

    const shown = await jonas.presses('Yes, turn off auto-renew');
    assert.match(shown, /Done from here\n0 of 1 done\n• {2}Microsoft 365 E5: waiting/);
    await world.work();
    assert.deepEqual(await changed(), ['Microsoft 365 E5: active, auto-renew off']);
    assert.match(await jonas.presses('Check again'), /Microsoft 365 E5: auto-renew is off/);
    assert.ok(!jonas.titles().includes('Turn off auto-renew'));
  });

  it('reactivates new commerce that was suspended by whomever, so that it can be transferred', async () => {
    await jonas.says('remove proseware');

    const asked = await jonas.presses('Reactivate');
    assert.match(asked, /^Reactivate\?\nProseware\n/);
    assert.match(asked, /It was billed all the time\.\nAuto-renew stays off/);

    await jonas.presses('Yes, reactivate');
    await world.work();
    assert.match((await changed()).join(), /: active, auto-renew off$/);
    assert.match(await jonas.presses('Check again'), /new-commerce subscription, active/);
  });

  it('gives back what was suspended from here, its add-ons too, which are named', async () => {
    await jonas.says('remove contoso.onmicrosoft.com');
    await jonas.presses(jonas.button('Suspend', /Office 365 E5/));
    await jonas.presses('Yes, suspend');
    await world.work();
    await jonas.presses('Check again');

    const asked = await jonas.presses(jonas.button('Reactivate', /Office 365 E5/));
    assert.match(asked, /Its add-ons are reactivated too:\n• {2}Microsoft Defender for Office 365 \(Plan 1\)/);

    await jonas.presses('Yes, reactivate');
    await world.work();
    await jonas.presses('Check again');
    assert.match(jonas.words(), /Office 365 E5: active again/);
    assert.match(jonas.words(), /Clear 3 things here first/);
  });

  it('gives back nothing by a yes that does not name its add-ons', async () => {
    await jonas.says('remove contoso.onmicrosoft.com');
    await jonas.presses(jonas.button('Suspend', /Office 365 E5/));
    await jonas.presses('Yes, suspend');
    await world.work();
    await jonas.presses('Check again');
    const before = await changed();
    await jonas.presses(jonas.button('Reactivate', /Office 365 E5/));
    const customerId = world.customer('contoso');
    const { holdingId } = jonas.button('Yes, reactivate').data;
    const own = world.nonces.ofCustomer(JONAS.id, customerId);

    for (const nonce of [own, confirming(own, [String(holdingId)])]) {
      const shown = await jonas.forges('subscription.confirm-reactivate', { customerId, holdingId, nonce });
      assert.match(shown, /This card was out of date/);
    }
    await world.work();
    assert.deepEqual(await changed(), before);
  });

  describe('with a yes that does not count', () => {
    for (const [verb, label] of [
      ['subscription.confirm-reactivate', 'proseware'],
      ['subscription.confirm-auto-renew-off', 'woodgrovebank'],
    ] as const) {
      const press = async (nonce: string, holdingId?: string, how?: 'submit') => {
        const customerId = world.customer(label);
        const held = (await world.reader.read(customerId, 'bot')).facts.holdings[0]!.id;
        return jonas.forges(verb, { customerId, holdingId: holdingId ?? held, nonce }, how);
      };

      it(`changes nothing: another customer’s nonce (${verb})`, async () => {
        await jonas.says('remove northwind');
        await press(world.nonces.ofCustomer(JONAS.id, world.customer('northwindtraders')));

        await world.work();
        assert.deepEqual(await changed(), []);
      });

      it(`changes nothing: a card of three days ago (${verb})`, async () => {
        await jonas.says('remove northwind');
        const nonce = world.nonces.ofCustomer(JONAS.id, world.customer(label));
        world.pass(3 * DAY_MS);

        await press(nonce);

        await world.work();
        assert.deepEqual(await changed(), []);
      });

      it(`changes nothing: a subscription that this cannot be done with (${verb})`, async () => {
        await jonas.says('remove northwind');
        const shown = await press(world.nonces.ofCustomer(JONAS.id, world.customer(label)), 'some-id');

        assert.match(shown, /nothing here that this could be done with/);
        await world.work();
        assert.deepEqual(await changed(), []);
      });
    }
  });
});
