import assert from 'node:assert/strict';
import { defaultPeople } from '../../sandbox/chat/chat.ts';
import { HOUR_MS } from '../../services/clock.ts';
import { startJourney, type Journey, type JourneyOptions, type LoggedCall } from '../support/journey.ts';
import { about, APPROVAL_WANTED, approves, asks, dataOf, removalsOf, REMOVED, seatOf, type Seat } from './steps.ts';

/** Has one delegated admin relationship that is active, *Service desk*. */
const NAME = 'firstupconsultants';
const TICKED = { endDelegatedAdmin: 'true' };

describe('a removal after which delegated administration is to end', () => {
  let journey: Journey;
  let requester: Seat;
  let manager: Seat;

  const start = async (options: JourneyOptions = {}): Promise<void> => {
    journey = await startJourney(options);
    requester = seatOf(journey, 'requester');
    manager = seatOf(journey, 'manager');
  };
  afterEach(() => journey.close());
  const endings = async (): Promise<readonly LoggedCall[]> =>
    (await journey.changes()).filter(({ method }) => method === 'POST');

  it('shows it to the approver, ends it once the customer is gone, and says so on both receipts', async () => {
    await start();
    await asks(requester, NAME, TICKED);
    const asked = manager.reads(await manager.sees(about(NAME), APPROVAL_WANTED));
    await approves(manager, NAME);

    for (const seat of [requester, manager]) await seat.sees(about(NAME), REMOVED, /Service desk: ended/);

    assert.match(asked, /Service desk: 1 role, goes on by itself on/);
    assert.doesNotMatch(asked, /relationship stays/);
    assert.equal((await endings()).length, 1);
    const [removal, ...others] = await removalsOf(journey, NAME);
    assert.deepEqual(others, []);
    const changes = await journey.changes();
    assert.ok(changes.indexOf(changes.find(({ requestId }) => requestId === removal?.requestId)!) < changes.length - 1);
    assert.equal(changes.at(-1)?.method, 'POST');
  });

  it('goes on after a restart, without another click and without a second call', async () => {
    await start();
    await journey.control('_faults', { switches: { gdapTerminationMs: HOUR_MS } });
    await asks(requester, NAME, TICKED);
    await approves(manager, NAME);
    await requester.sees(about(NAME), REMOVED, /Service desk: being ended/);

    await journey.restart();
    await journey.control('_clock', { advanceMs: HOUR_MS });

    await requester.sees(about(NAME), REMOVED, /Service desk: ended/);
    assert.equal((await endings()).length, 1);
  });

  it('that nobody may end is removed all the same, and is an open point that both are told of after a day', async () => {
    await start();
    const body = { error: { code: 'Authorization_RequestDenied', message: 'Insufficient privileges' } };
    await journey.control('_faults', { rules: [{ method: 'POST', path: 'delegatedAdmin', status: 403, body }] });
    await asks(requester, NAME, TICKED);
    await approves(manager, NAME);
    await requester.sees(about(NAME), REMOVED, /does not let Elena Marsh do it/, /Insufficient privileges/);
    // What is edited later has other words, and no toast.
    const toasts = journey.chat.calls
      .filter(({ method }) => method === 'POST')
      .map(({ body }) => (body as { readonly summary?: string }).summary);
    assert.ok(toasts.includes(`Removed: ${NAME}.onmicrosoft.com`));

    journey.advance(25 * HOUR_MS);

    for (const seat of [requester, manager]) {
      const told = await seat.sees(about(NAME), REMOVED, /Service desk: not ended$/m, /can end it in Partner Center/);
      assert.equal(told.summary, `Delegated administration is left: ${NAME}.onmicrosoft.com`);
    }
  });

  it('is told to each in their own language', async () => {
    const [one, other] = defaultPeople();
    await start({ chat: { people: [one!, { ...other!, locale: 'ru-RU' }] } });
    await asks(requester, NAME, TICKED);
    const approval = await manager.sees(about(NAME), /Service desk: 1 роль, само продлится/);
    const press = async (verb: string): Promise<void> => {
      const card = manager.now(approval);
      await manager.forges(card, verb, dataOf(card, verb));
    };
    await press('approval.approve');
    await press('approval.confirm-approve');

    await requester.sees(about(NAME), REMOVED, /Service desk: ended/);
    await manager.sees(about(NAME), /Делегированное администрирование/, /Service desk: завершено/);
  });

  it('stays where it was not ticked, and both receipts name it', async () => {
    await start();
    await asks(requester, NAME, { endDelegatedAdmin: 'false' });
    await approves(manager, NAME);

    for (const seat of [requester, manager])
      await seat.sees(about(NAME), REMOVED, /A granular delegated admin relationship stays: Service desk/);
    assert.deepEqual(await endings(), []);
  });
}).timeout(60_000);
