import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { admitsBot } from '../../sandbox/channel/bot-tokens.ts';
import { channelClaims } from '../../sandbox/channel/channel-keys.ts';
import {
  CHAT_BOT_ID,
  CHAT_TENANT_ID,
  defaultPeople,
  MANAGER_OBJECT_ID,
  REQUESTER_OBJECT_ID,
  startChat,
} from '../../sandbox/chat/chat.ts';
import type { Chat } from '../../sandbox/chat/chat.ts';
import { createGraph, type Graph } from '../../sandbox/graph/graph.ts';
import { startPartnerCenter, type PartnerCenterStandIn } from '../../sandbox/partner-center/server.ts';
import { directoryOf, startSignedTenant, type SignedTenant } from '../../sandbox/signed-tenant.ts';
import { freePort } from '../support/free-port.ts';
import {
  activityFrom,
  journeyEnv,
  partnerCenterControls,
  startBotProcess,
  type BotProcess,
} from '../support/journey.ts';
import { about, approves, opens, removalsOf, REMOVED, seatOf, sends, suspensionsOf } from './steps.ts';

const NAME = 'contosobakery';
const ANOTHER_TENANT = '99999999-1111-4222-8333-444444444444';
const CONNECTOR_SCOPE = 'https://api.botframework.com/.default';

/** `bot/main.ts` as it is installed, between stand-ins that let in nobody without the right token. */
/** As it is in the organisation's catalogue. */
const APP = {
  id: 'b1c5353a-7aca-41b3-830f-27d5218fe0e5',
  externalId: CHAT_BOT_ID,
  displayName: 'Reseller Offboarding',
};

describe('the bot in a tenant in which nobody is believed', () => {
  let folder: string;
  let partnerCenter: PartnerCenterStandIn;
  let graph: Graph;
  let chat: Chat;
  let tenant: SignedTenant;
  let bot: BotProcess;
  let botUrl: string;

  before(async function () {
    this.timeout(60_000);
    folder = await mkdtemp(path.join(tmpdir(), 'whole-chain-'));
    graph = createGraph({
      ...directoryOf(defaultPeople()),
      teamsApps: [APP],
      faults: { switches: { requireToken: true } },
    });
    partnerCenter = await startPartnerCenter({
      staleListMs: 300,
      switches: { requireToken: true, mfaEnforced: true },
      alongside: [graph],
    });
    chat = await startChat();
    tenant = await startSignedTenant(chat, path.join(folder, 'ca.pem'));
    chat.behave({ ...tenant.manners, duplicates: 4 });
    const port = await freePort();
    bot = startBotProcess({
      ...journeyEnv(partnerCenter.url, path.join(folder, 'store')),
      ...tenant.env,
      PORT: String(port),
    });
    assert.ok(await bot.ready, bot.errors());
    botUrl = `http://127.0.0.1:${port}/api/messages`;
    chat.connect(botUrl);
    for (const person of ['requester', 'manager']) await chat.install(person);
  });
  after(async () => {
    bot.send('SIGTERM');
    await bot.ended;
    await Promise.all([chat.close(), tenant.close(), partnerCenter.close()]);
    await rm(folder, { recursive: true, force: true });
  });

  const journey = () => ({ chat, ...partnerCenterControls(partnerCenter.url) });

  it('does its whole job, each click delivered four times, with a right token at every one of its doors', async () => {
    const [requester, manager] = [seatOf({ chat }, 'requester'), seatOf({ chat }, 'manager')];

    let card = await opens(requester, NAME, /Clear 2 things here first/);
    for (const words of [/Clear 1 thing here first/, /^Request removal$/m]) {
      await requester.presses(card, 'Suspend');
      await requester.presses(card, 'Yes, suspend');
      card = await requester.sees(about(NAME), words);
    }
    await sends(requester, card, NAME);
    await approves(manager, NAME);
    const receipts = [await requester.sees(about(NAME), REMOVED), await manager.sees(about(NAME), REMOVED)];

    const removals = await removalsOf(journey(), NAME);
    assert.deepEqual(
      removals.map(({ status, caller }) => [status, caller]),
      [[200, MANAGER_OBJECT_ID]],
    );
    for (const receipt of receipts) assert.ok(JSON.stringify(receipt.card).includes(removals[0]!.correlationId));
    assert.deepEqual(
      (await suspensionsOf(journey(), NAME)).map(({ caller }) => caller),
      [REQUESTER_OBJECT_ID, REQUESTER_OBJECT_ID],
    );
    const asksForMembers = graph.log.since(0).filter(({ path: asked }) => asked.includes('/transitiveMembers/'));
    assert.deepEqual(new Set(asksForMembers.map(({ status }) => status)), new Set([200]), 'roles are read of groups');
    const calls = await journey().calls();
    assert.deepEqual(
      calls.filter(({ status }) => status === 401),
      [],
    );
    assert.deepEqual(
      new Set(calls.map(({ caller }) => caller)),
      new Set(['app-only', REQUESTER_OBJECT_ID, MANAGER_OBJECT_ID]),
    );
  });

  it('leads from a receipt to its time line in the tab, and from the list to the tab, by the app’s id in the catalogue', async () => {
    const link = `https://teams.microsoft.com/l/entity/${APP.id}/overview`;
    const [requester, manager] = [seatOf({ chat }, 'requester'), seatOf({ chat }, 'manager')];
    for (const seat of [requester, manager]) {
      const receipt = JSON.stringify(seat.now(await seat.sees(about(NAME), REMOVED)).card);
      const [, id = ''] = /"requestId":"([^"]+)"/.exec(receipt) ?? [];
      const context = encodeURIComponent(JSON.stringify({ subEntityId: id }));
      assert.ok(receipt.includes(`"url":"${link}?context=${context}"`), receipt);
    }

    await requester.says('requests');
    const list = JSON.stringify(requester.now(await requester.sees(/Your requests/)).card);
    assert.ok(list.includes(`"url":"${link}"`), list);
  });

  it('writes to Teams with its own token, asked for once of the Entra that it is told of', () => {
    const asked = tenant.entra.log().filter(({ clientId }) => clientId === CHAT_BOT_ID);

    assert.ok(chat.calls.length > 10);
    assert.deepEqual(
      chat.calls.filter(({ status }) => status === 401),
      [],
    );
    assert.deepEqual(
      asked.map(({ grant, scope, status }) => [grant, scope?.split(' ')[0], status]),
      [['client_credentials', CONNECTOR_SCOPE, 200]],
    );
  });

  const claims = (more = {}) => channelClaims({ appId: CHAT_BOT_ID, serviceUrl: chat.serviceUrl }, more);
  const refusals: readonly [
    name: string,
    status: number,
    token: () => string | undefined | Promise<string>,
    more?: object,
  ][] = [
    ['without a token', 401, () => undefined],
    ['with a token that is signed with a key of somebody’s own', 401, () => tenant.keys.signedByAnother(claims())],
    ['with a token that nobody has signed', 401, () => tenant.keys.unsigned(claims())],
    ['with a token for another bot', 401, () => tenant.keys.signed(claims({ aud: ANOTHER_TENANT }))],
    ['with a token that has lapsed', 401, () => tenant.keys.signed(claims({ exp: 1_700_000_000 }))],
    ['with a person’s token', 401, () => tenant.entra.ssoToken(REQUESTER_OBJECT_ID)],
    [
      'of another tenant',
      403,
      () => tenant.keys.signed(claims()),
      {
        conversation: { id: 'a:1', conversationType: 'personal', tenantId: ANOTHER_TENANT },
        channelData: { tenant: { id: ANOTHER_TENANT } },
      },
    ],
  ];
  for (const [name, status, token, more] of refusals)
    it(`refuses an activity ${name}, and says nothing`, async () => {
      const before = [chat.messages('requester').length, (await journey().calls()).length];
      const given = await token();

      const response = await fetch(botUrl, {
        method: 'POST',
        headers: {
          'Content-Type': 'application/json',
          ...(given !== undefined && { Authorization: `Bearer ${given}` }),
        },
        body: JSON.stringify(activityFrom({ chat }, 'requester', { type: 'message', text: 'help', ...more })),
      });

      assert.deepEqual([response.status, await response.text()], [status, '']);
      assert.deepEqual([chat.messages('requester').length, (await journey().calls()).length], before);
    });

  it('is told apart from other bots by its own token, which nothing but the connector takes', () => {
    const { entra } = tenant;
    const own = { aud: 'https://api.botframework.com', appid: CHAT_BOT_ID, tid: CHAT_TENANT_ID, exp: 4_000_000_000 };
    const admits = (more: object): boolean =>
      admitsBot(entra, CHAT_BOT_ID)(`Bearer ${entra.sign({ ...own, ...more })}`);

    assert.ok(admits({}));
    for (const wrong of [
      { aud: 'https://graph.microsoft.com' },
      { appid: ANOTHER_TENANT },
      { tid: ANOTHER_TENANT },
      { exp: 1 },
    ])
      assert.ok(!admits(wrong), JSON.stringify(wrong));
  });
}).timeout(60_000);
