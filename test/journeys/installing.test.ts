import assert from 'node:assert/strict';
import { CHAT_BOT_ID, defaultPeople, MANAGER_OBJECT_ID, REQUESTER_OBJECT_ID } from '../../sandbox/chat/chat.ts';
import type { FaultSettings } from '../../sandbox/graph/faults.ts';
import type { Graph } from '../../sandbox/graph/graph.ts';
import { HOUR_MS, MINUTE_MS } from '../../services/clock.ts';
import { startSignedBot, type SignedBot } from '../bot/channel/signed-bot.ts';
import type { Journey } from '../support/journey.ts';
import { accounts, deputy, DEPUTY_OBJECT_ID } from './people.ts';
import {
  about,
  APPROVAL_WANTED,
  approves,
  asks,
  CLEAR,
  domainOf,
  opens,
  REASON,
  REMOVED,
  seatOf,
  waits,
  type Seat,
} from './steps.ts';

const NAME = 'fabrikambikes';
const GROUP = '10000000-0000-4000-8000-000000000002';
const APP = {
  id: '20000000-0000-4000-8000-000000000001',
  externalId: CHAT_BOT_ID,
  displayName: 'Reseller Offboarding',
};

describe('an approver who has not the app', function () {
  this.timeout(40_000);
  let bot: SignedBot;
  let journey: Journey;
  let graph: Graph;
  let requester: Seat;

  const start = async (
    given: {
      readonly faults?: FaultSettings;
      readonly catalogue?: readonly (typeof APP)[];
      readonly installed?: readonly string[];
      readonly had?: boolean;
      /** Teams names none of the manager, and the directory has them prefer this. */
      readonly language?: string;
      readonly env?: Readonly<Record<string, string>>;
    } = {},
  ): Promise<void> => {
    bot = await startSignedBot({
      directory: {
        users: accounts.map((one) => ({
          ...one,
          ...(given.language !== undefined && { preferredLanguage: given.language }),
        })),
        groups: [{ id: GROUP, displayName: 'May decide', members: [MANAGER_OBJECT_ID] }],
        teamsApps: given.catalogue ?? [APP],
        ...(given.had === true && { installed: [{ userId: MANAGER_OBJECT_ID, teamsAppId: APP.id }] }),
        ...(given.faults && { faults: given.faults }),
      },
      chat: {
        people: [...defaultPeople(), deputy('en-US')].map((one) => ({
          ...one,
          ...(given.language !== undefined && one.key === 'manager' && { locale: '' }),
        })),
      },
      installed: given.installed ?? ['requester'],
      env: { APPROVERS: `group:${GROUP}`, ...given.env },
    });
    ({ journey } = bot);
    graph = journey.graph!;
    requester = seatOf(journey, 'requester');
  };
  afterEach(() => bot.close());
  const installs = () => graph.log.since(0).filter(({ method }) => method === 'POST');

  it('gets it when the request is sent, and then the card, which they decide on', async () => {
    await start();
    const ready = await opens(requester, NAME, CLEAR);

    assert.match(await requester.presses(ready, 'Request removal'), /Elena Marsh \(gets this bot when you send\)/);
    assert.deepEqual(installs(), []);
    await requester.presses(ready, 'Send request', { reason: REASON, domain: domainOf(NAME) });

    const manager = seatOf(journey, 'manager');
    await approves(manager, NAME);
    await requester.sees(about(NAME), REMOVED);
    assert.deepEqual(
      installs().map(({ path, status }) => [path, status]),
      [[`/v1.0/users/${MANAGER_OBJECT_ID}/teamwork/installedApps`, 201]],
    );
  });

  it('is asked in the language that the directory has them prefer, where Teams names none, in the notification too', async () => {
    await start({ language: 'de-DE' });
    await asks(requester, NAME);

    const { summary } = await seatOf(journey, 'manager').sees(about(NAME), /Genehmigen/);

    assert.equal(summary, `Genehmigung erbeten: Beziehung mit ${domainOf(NAME)} beenden`);
  });

  it('gets the card once Teams brings the chat, where they had it before', async () => {
    await start({ had: true });
    await asks(requester, NAME);
    assert.deepEqual(
      installs().map(({ status }) => status),
      [409],
    );
    const manager = seatOf(journey, 'manager');
    assert.equal(manager.all(), '');

    await journey.chat.install('manager');

    await manager.sees(about(NAME), APPROVAL_WANTED);
  });

  it('who never comes is told of on the requester’s card', async () => {
    await start({ had: true });
    await asks(requester, NAME);
    await requester.sees(about(NAME), /Waiting for Elena Marsh/);

    journey.advance(HOUR_MS + MINUTE_MS);

    await requester.sees(about(NAME), /The card could not be shown to Elena Marsh so far/);
  });

  it('whom a policy keeps from it is said to be so before anything is sent, and the form stays', async () => {
    await start({ faults: { switches: { appBlockedFor: [MANAGER_OBJECT_ID] } } });
    const ready = await opens(requester, NAME, CLEAR);
    await requester.presses(ready, 'Request removal');

    const told = await requester.presses(ready, 'Send request', { reason: REASON, domain: domainOf(NAME) });

    assert.match(told, /Elena Marsh does not have this bot, and it could not be installed for them/);
    assert.match(JSON.stringify(requester.now(ready).card), new RegExp(REASON));
    assert.deepEqual(await journey.changes(), []);
  });

  const unreachable: readonly (readonly [why: string, given: Parameters<typeof start>[0]])[] = [
    ['the app is not in the catalogue', { catalogue: [] }],
    ['the catalogue may not be read', { faults: { rules: [{ path: '/appCatalogs', status: 403 }] } }],
  ];
  for (const [why, given] of unreachable)
    it(`is said to be out of reach before anything is filled in where ${why}`, async () => {
      await start(given);
      const ready = await opens(requester, NAME, CLEAR);

      const form = await requester.presses(ready, 'Request removal');

      assert.match(form, /None of those who may approve can be reached by this bot/);
      assert.match(form, /Elena Marsh \(has not opened this bot\)/);
      assert.deepEqual(installs(), []);
    });

  it('gets it when a request is passed to them', async () => {
    await start({ installed: ['requester', 'manager'] });
    graph.directory.changeMembers(GROUP, [MANAGER_OBJECT_ID, DEPUTY_OBJECT_ID]);
    journey.advance(5 * MINUTE_MS);
    const { approval } = await waits(journey, NAME, { approver: MANAGER_OBJECT_ID });
    const manager = seatOf(journey, 'manager');
    await manager.presses(approval, 'Pass to another approver');

    await manager.presses(approval, 'Yes, pass it on', { approver: DEPUTY_OBJECT_ID });

    await seatOf(journey, 'deputy').sees(about(NAME), APPROVAL_WANTED);
    assert.equal(installs().length, 1);
  });

  it('gets it where it takes more approvals than can be reached, and nobody else does', async () => {
    await start({ installed: ['requester', 'manager'], env: { APPROVALS_REQUIRED: '2' } });
    graph.directory.changeMembers(GROUP, [MANAGER_OBJECT_ID, DEPUTY_OBJECT_ID, REQUESTER_OBJECT_ID]);
    journey.advance(5 * MINUTE_MS);

    await asks(requester, NAME, { approver: MANAGER_OBJECT_ID });

    for (const key of ['manager', 'deputy']) await seatOf(journey, key).sees(about(NAME), APPROVAL_WANTED);
    assert.deepEqual(
      installs().map(({ path }) => path),
      [`/v1.0/users/${DEPUTY_OBJECT_ID}/teamwork/installedApps`],
    );
  });
});
