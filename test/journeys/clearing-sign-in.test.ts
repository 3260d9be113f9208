import assert from 'node:assert/strict';
import { REQUESTER_OBJECT_ID } from '../../sandbox/chat/chat.ts';
import type { LoggedCall } from '../support/journey.ts';
import { startSignedOnJourney, type SignedOnJourney } from '../support/signed-on.ts';
import { about, buttonTitles, CLEAR, customerIdOf, opens, seatOf, suspensionsOf, type Seat } from './steps.ts';
import { eventually } from '../support/eventually.ts';

/** Two legacy subscriptions. */
const NAME = 'contosobakery';
const WAITING = /Waiting for Jonas Weber to sign in/;
const ONE_SUBSCRIPTION = '/subscriptions/[^/]+$';

describe('clearing that was confirmed before the bot was started again', function () {
  this.timeout(60_000);
  let world: SignedOnJourney;
  let requester: Seat;

  beforeEach(async () => {
    world = await startSignedOnJourney({ chat: { duplicates: 4 } });
    requester = seatOf(world.journey, 'requester');
  });
  afterEach(() => world.close());

  const calls = (): Promise<readonly LoggedCall[]> => suspensionsOf(world.journey, NAME);
  const statuses = (): readonly string[] =>
    world.journey.partnerCenter.world.customer(customerIdOf(NAME))!.holdings.subscriptions.map(({ status }) => status);
  const faults = (...rules: readonly object[]): Promise<void> => world.journey.control('_faults', { rules });
  const until = (isSo: () => Promise<boolean>): Promise<void> => eventually(isSo, 'it does not become so');
  const confirms = async (): Promise<void> => {
    const card = await opens(requester, NAME, /Clear 2 things here first/);
    await requester.presses(card, 'Suspend 2 legacy subscriptions');
    await requester.presses(card, 'Yes, suspend');
  };
  /** Each of them once, in the requester's name, each under one `MS-RequestId`. */
  const areSuspendedOnce = async (): Promise<void> => {
    const made = (await calls()).filter(({ status }) => status === 200);
    assert.equal(made.length, 2);
    assert.equal(new Set(made.map(({ path }) => path)).size, 2);
    for (const { path, requestId } of made)
      assert.deepEqual(
        new Set((await calls()).filter((one) => one.path === path).map((one) => one.requestId)),
        new Set([requestId]),
      );
    assert.ok((await calls()).every(({ caller }) => caller === REQUESTER_OBJECT_ID));
    assert.deepEqual(statuses(), ['suspended', 'suspended']);
  };

  it('waits for its requester, whose next sign-in makes it go on, once and under the same id', async () => {
    await faults({ method: 'PATCH', path: ONE_SUBSCRIPTION, status: 503 });
    await confirms();
    await until(async () => new Set((await calls()).map(({ path }) => path)).size === 2);

    await world.journey.restart();
    await faults();

    const { id } = await requester.sees(about(NAME), WAITING);
    const before = (await calls()).length;
    assert.ok(buttonTitles(requester.now({ id })).includes('Sign in'));
    assert.deepEqual(statuses(), ['active', 'active']);
    await requester.presses({ id }, 'Sign in');
    await requester.sees(about(NAME), CLEAR);
    assert.equal((await calls()).length, before + 2);
    await areSuspendedOnce();
  });

  it('goes on with whatever signs its requester in', async () => {
    await faults({ method: 'GET', path: ONE_SUBSCRIPTION, status: 503 });
    await confirms();

    await world.journey.restart();
    await faults();

    await requester.sees(about(NAME), WAITING);
    assert.deepEqual(await calls(), []);
    await requester.says('sign in');
    await requester.sees(about(NAME), CLEAR);
    await areSuspendedOnce();
  });

  it('waits, too, where it gives back what was suspended', async () => {
    await confirms();
    const cleared = await requester.sees(about(NAME), CLEAR);
    await requester.presses(cleared, 'Drop this draft');
    await requester.presses(cleared, 'Yes, drop it');
    const dropped = await requester.sees(about(NAME), /Left suspended/, /Reactivate all/);
    await faults({ method: 'PATCH', path: ONE_SUBSCRIPTION, status: 503 });
    await requester.presses(dropped, 'Reactivate all');
    await requester.presses(dropped, 'Yes, reactivate');

    await world.journey.restart();
    await faults();

    const { id } = await requester.sees(about(NAME), WAITING);
    await requester.presses({ id }, 'Sign in');
    await requester.sees(about(NAME), /2 of 2 active again/);
    assert.deepEqual(statuses(), ['active', 'active']);
  });
});
