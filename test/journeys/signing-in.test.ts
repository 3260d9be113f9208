import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { MANAGER_OBJECT_ID, REQUESTER_OBJECT_ID, type ShownMessage } from '../../sandbox/chat/chat.ts';
import type { FaultSettings } from '../../sandbox/entra/control/faults.ts';
import { eventually } from '../support/eventually.ts';
import { activityFrom, post } from '../support/journey.ts';
import { startSignedOnJourney, type SignedOnJourney } from '../support/signed-on.ts';
import {
  about,
  answered,
  APPROVAL_WANTED,
  CLEAR,
  customerIdOf,
  opens,
  removalsOf,
  REMOVED,
  seatOf,
  sends,
  type Seat,
} from './steps.ts';

const BIKES = 'fabrikambikes';

describe('people who sign in', () => {
  let world: SignedOnJourney;
  let requester: Seat;
  let manager: Seat;

  const begin = async (env: Readonly<Record<string, string>> = {}): Promise<void> => {
    world = await startSignedOnJourney({ chat: { duplicates: 4 }, env });
    requester = seatOf(world.journey, 'requester');
    manager = seatOf(world.journey, 'manager');
  };
  afterEach(() => world.close());

  /** A request that waits for the manager, whose confirm view is open. */
  const asked = async (): Promise<ShownMessage> => {
    const ready = await opens(requester, BIKES, CLEAR);
    await sends(requester, ready, BIKES);
    const card = await manager.sees(about(BIKES), APPROVAL_WANTED);
    await manager.presses(card, 'Approve');
    return card;
  };
  /** The button's own answer, whatever it is. */
  const approves = async (card: ShownMessage): Promise<{ readonly statusCode?: number; readonly value?: unknown }> => {
    const { status, body } = await world.journey.chat.press('manager', card.id, 'Yes, approve');
    assert.equal(status, 200);
    return body as { readonly statusCode?: number; readonly value?: unknown };
  };
  /** Nothing was approved, and nothing was sent. */
  const nothingHappened = async (card: ShownMessage): Promise<void> => {
    assert.deepEqual(await removalsOf(world.journey, BIKES), []);
    const { id } = await requester.sees(about(BIKES), /Waiting for Elena Marsh/);
    assert.doesNotMatch(requester.reads({ id }), /Approved/);
    assert.doesNotMatch(manager.reads(card), /Approved/);
  };
  const isRemovedBy = async (person: string): Promise<void> => {
    await requester.sees(about(BIKES), REMOVED);
    const removals = await removalsOf(world.journey, BIKES);
    assert.deepEqual(
      removals.map(({ caller }) => caller),
      [person],
    );
  };

  it('act at Partner Center in their own names, and their tokens stand in no log and no file', async () => {
    await begin();
    const card = await asked();
    await manager.presses(card, 'Yes, approve');
    await isRemovedBy(MANAGER_OBJECT_ID);

    const callers = new Set((await world.journey.calls()).map(({ caller }) => caller));
    assert.deepEqual(callers, new Set(['app-only', REQUESTER_OBJECT_ID, MANAGER_OBJECT_ID]));
    assert.ok(world.teams.sent.length >= 2);
    for (const token of world.teams.sent)
      assert.ok(!world.journey.logLines.some((line) => line.includes(token.split('.')[2] ?? token)));
    assert.deepEqual(await world.filesWith(world.teams.sent), []);
    assert.ok((await world.filesWith([MANAGER_OBJECT_ID])).length > 0, 'it looks where the store is');
  });

  it('have what they typed go on by itself, once, however often Teams says that they have signed in', async () => {
    await begin();

    await opens(requester, BIKES, CLEAR);

    const cards = world.journey.chat.messages('requester').filter(({ from }) => from === 'bot');
    assert.equal(cards.filter(({ summary }) => summary?.startsWith('Nothing known stands in the way')).length, 1);
    assert.equal(world.teams.sent.length, 1);
  });

  it('see the readiness of a customer with the word’s own answer after they have signed in on the page', async () => {
    await begin();
    world.teams.silent = false;

    await opens(requester, BIKES, CLEAR);

    assert.equal(world.teams.opened.length, 1);
    assert.match(world.teams.opened[0] ?? '', /\/auth\/start$/);
    const authorized = world.entra.log().filter(({ pkce }) => pkce === 'S256');
    assert.ok(authorized.length > 0);
  });

  const hopeless: readonly (readonly [name: string, faults: FaultSettings, sentence: RegExp])[] = [
    ['Entra is down', { rules: [{ kind: 'down', grant: 'on_behalf_of' }] }, /Entra does not answer/],
    ['nobody has consented', { obstacles: [{ code: 65001 }] }, /Ask your administrator to give consent/],
    ['a policy lets nobody in', { obstacles: [{ code: 53003 }] }, /Conditional Access/],
  ];
  for (const [name, faults, sentence] of hopeless)
    it(`are told at once, once, and are sent through no window where that leads to the same: ${name}`, async () => {
      await begin();
      world.entra.setFaults(faults);

      await requester.says(`remove ${BIKES}`);
      const said = (): number =>
        world.journey.chat.messages('requester').filter(({ text }) => sentence.test(text ?? '')).length;
      await eventually(() => said() > 0, 'nothing was said');

      assert.equal(said(), 1);
      assert.deepEqual(world.teams.opened, []);
    });

  it('are asked with the reason, and without effect where what comes back is longer than any page’s', async () => {
    await begin();
    const card = await asked();
    Object.assign(world.teams, { silent: false, finishes: false });
    const { value } = await approves(card);

    world.teams.replay = 'x'.repeat(2_000);
    const { statusCode } = await approves(card);

    assert.match(String((value as { readonly text?: unknown }).text), /in your own name.*Sign in/);
    assert.equal(statusCode, 401);
    await nothingHappened(card);
  });

  it('are not asked to sign in for what they may not do', async () => {
    await begin({ REQUESTERS: MANAGER_OBJECT_ID, APPROVERS: `${MANAGER_OBJECT_ID},${REQUESTER_OBJECT_ID}` });
    const data = { customerId: customerIdOf(BIKES), nonce: 'n' };
    const value = { action: { type: 'Action.Execute', verb: 'readiness.show', data }, trigger: 'manual' };

    const answer = await post(
      world.journey,
      activityFrom(world.journey, 'requester', { type: 'invoke', name: 'adaptiveCard/action', value }),
    );

    assert.match(answered(answer), /not among those who may ask/);
  });

  it('change nothing with a button as long as they have not', async () => {
    await begin();
    const card = await asked();
    Object.assign(world.teams, { silent: false, finishes: false });

    const { statusCode, value } = await approves(card);

    assert.equal(statusCode, 401);
    const { tokenExchangeResource, buttons } = value as {
      readonly tokenExchangeResource: { readonly uri: string };
      readonly buttons: readonly { readonly type: string; readonly value: string }[];
    };
    assert.match(tokenExchangeResource.uri, /^api:\/\//);
    assert.deepEqual(
      buttons.map(({ type }) => type),
      ['signin'],
    );
    await nothingHappened(card);
  });

  it('do nothing with another person’s token', async () => {
    await begin();
    const card = await asked();
    Object.assign(world.teams, { forged: world.entra.ssoToken(REQUESTER_OBJECT_ID), finishes: false });

    const { statusCode, value } = await approves(card);

    assert.equal(statusCode, 412);
    assert.match(JSON.stringify(value), /another person’s/);
    await nothingHappened(card);
  });

  for (const [name, overrides] of [
    ['for another app', { aud: 'https://graph.microsoft.com' }],
    ['of another tenant', { tid: '99999999-1111-4222-8333-444444444444' }],
    ['without the permission', { scp: 'openid' }],
    ['that has lapsed', { exp: 1_700_000_000, nbf: 1_699_990_000, iat: 1_699_990_000 }],
  ] as const)
    it(`do nothing with a token ${name}`, async () => {
      await begin();
      const card = await asked();
      Object.assign(world.teams, { overrides, finishes: false });

      assert.equal((await approves(card)).statusCode, 412);
      await nothingHappened(card);
    });

  it('are led to the page with what their organisation asks for, and go on from there', async () => {
    await begin();
    const card = await asked();
    world.entra.setFaults({
      obstacles: [{ code: 50076, person: MANAGER_OBJECT_ID }],
      switches: { automaticSignIn: false },
    });

    await manager.presses(card, 'Yes, approve');

    await isRemovedBy(MANAGER_OBJECT_ID);
    assert.equal(world.teams.opened.length, 1);
  });

  it('are led to the page for a second factor, since Partner Center takes nobody without', async () => {
    await begin();
    const card = await asked();
    world.entra.setFaults({ withoutMfa: [MANAGER_OBJECT_ID] });

    await manager.presses(card, 'Yes, approve');

    await isRemovedBy(MANAGER_OBJECT_ID);
    const claims = world.entra.log().flatMap(({ claims: asked }) => asked ?? []);
    assert.ok(claims.some((one) => one.includes('mfa')));
  });

  it('F16: are told when Partner Center finds no second factor, and nothing has changed', async () => {
    await begin();
    const card = await asked();
    await world.journey.control('_faults', { switches: { noMfa: true } });

    assert.match(await manager.presses(card, 'Yes, approve'), /Nothing was approved\..*multifactor/s);
    await nothingHappened(card);

    await world.journey.control('_faults', { switches: { noMfa: false } });
    const again = await manager.sees(about(BIKES), APPROVAL_WANTED);
    await manager.presses(again, 'Approve');
    await manager.presses(again, 'Yes, approve');
    await isRemovedBy(MANAGER_OBJECT_ID);
    assert.equal(world.teams.opened.length, 1, 'the sign-on of before is of no use any more');
  });

  it('F15: have a token that is refused in the middle renewed once, and the call made under the same id', async () => {
    await begin();
    const card = await asked();
    await world.journey.control('_faults', {
      rules: [{ method: 'PATCH', kind: 'answer', status: 401, body: {}, times: 1 }],
    });

    await manager.presses(card, 'Yes, approve');

    await requester.sees(about(BIKES), REMOVED);
    const removals = await removalsOf(world.journey, BIKES);
    assert.deepEqual(
      removals.map(({ status }) => status),
      [401, 200],
    );
    assert.equal(new Set(removals.map(({ requestId }) => requestId)).size, 1);
  });

  it('F15: are waited for where a renewed one is refused too, and the removal goes on once they sign in', async () => {
    await begin();
    const card = await asked();
    await world.journey.control('_faults', {
      rules: [{ method: 'PATCH', kind: 'answer', status: 401, body: {}, times: 2 }],
    });

    await manager.presses(card, 'Yes, approve');

    const waiting = await manager.sees(about(BIKES), /Sign in and remove|sign in and remove/);
    assert.deepEqual(
      (await removalsOf(world.journey, BIKES)).map(({ status }) => status),
      [401, 401],
    );
    await manager.presses(waiting, 'Sign in and remove');
    await requester.sees(about(BIKES), REMOVED);
  });

  it('F31: need not come back where Entra does not answer in the middle: it goes on once it does, under the same id', async () => {
    await begin();
    const card = await asked();
    await manager.says('sign in');
    await manager.sees(/You are signed in/);
    await world.journey.control('_faults', {
      rules: [{ method: 'PATCH', kind: 'answer', status: 401, body: {}, times: 1 }],
    });
    world.entra.setFaults({ rules: [{ kind: 'down', grant: 'on_behalf_of' }] });

    await manager.presses(card, 'Yes, approve');
    await requester.sees(about(BIKES), /Next look on/);
    const meanwhile = await removalsOf(world.journey, BIKES);
    world.entra.setFaults({});
    await requester.sees(about(BIKES), REMOVED);

    const removals = await removalsOf(world.journey, BIKES);
    assert.deepEqual(
      [meanwhile.map(({ status }) => status), removals.map(({ status }) => status)],
      [[401], [401, 200]],
    );
    assert.equal(new Set(removals.map(({ requestId }) => requestId)).size, 1);
    assert.deepEqual(new Set(removals.map(({ caller }) => caller)), new Set([MANAGER_OBJECT_ID]));
    assert.equal(world.teams.sent.length, 2, 'each of the two has signed in once');
  });

  it('are waited for after the bot was started again: it has kept no token', async () => {
    await begin();
    const card = await asked();
    await world.journey.control('_faults', { rules: [{ method: 'GET', path: '/orders$', kind: 'hang', times: 1 }] });
    await manager.presses(card, 'Yes, approve');
    await requester.sees(about(BIKES), /Approved\. Everything is read/);

    await world.journey.restart();

    const waiting = await manager.sees(about(BIKES), /sign in and remove/i);
    assert.deepEqual(await removalsOf(world.journey, BIKES), []);
    await manager.presses(waiting, 'Sign in and remove');
    await isRemovedBy(MANAGER_OBJECT_ID);
  });

  it('meet an authentication context where they approve, and nowhere else', async () => {
    await begin({ APPROVAL_AUTH_CONTEXT: 'c1' });
    const card = await asked();
    assert.equal(world.teams.opened.length, 0);

    await manager.presses(card, 'Yes, approve');

    await isRemovedBy(MANAGER_OBJECT_ID);
    assert.equal(world.teams.opened.length, 1);
    assert.ok(world.entra.log().some(({ claims }) => claims?.includes('acrs') === true && claims.includes('c1')));
  });

  it('meet it where they approve what somebody else then carries out, and so does whoever does', async () => {
    await begin({ APPROVAL_AUTH_CONTEXT: 'c1', EXECUTE_AS: 'requester' });
    const card = await asked();

    await manager.presses(card, 'Yes, approve');
    const ready = await requester.sees(about(BIKES), /remove now/i);
    const openedByManager = world.teams.opened.length;
    await requester.presses(ready, 'Remove now');
    await requester.presses(ready, 'Yes, remove');

    await isRemovedBy(REQUESTER_OBJECT_ID);
    assert.deepEqual([openedByManager, world.teams.opened.length], [1, 2]);
  });

  it('are asked for the authentication context again, whatever a page has handed over before', async () => {
    await begin({ APPROVAL_AUTH_CONTEXT: 'c1' });
    const card = await asked();
    world.teams.silent = false;
    await manager.says('sign in');
    await manager.sees(/You are signed in/);
    const [handedOver = ''] = world.teams.handedOver.slice(-1);
    assert.notEqual(handedOver, '');
    Object.assign(world.teams, { replay: handedOver });

    assert.match(await manager.presses(card, 'Yes, approve'), /That sign-in cannot be used/);
    await nothingHappened(card);
  });

  it('are waited for with the authentication context after a restart, and a weaker sign-in does not do', async () => {
    await begin({ APPROVAL_AUTH_CONTEXT: 'c1' });
    const card = await asked();
    await world.journey.control('_faults', { rules: [{ method: 'GET', path: '/orders$', kind: 'hang', times: 1 }] });
    await manager.presses(card, 'Yes, approve');
    await requester.sees(about(BIKES), /Approved\. Everything is read/);
    await world.journey.restart();
    const waiting = await manager.sees(about(BIKES), /sign in and remove/i);

    // Entra has forgotten what was met before, so that this sign-in is without it.
    world.entra.setFaults({});
    await manager.says('sign in');
    await manager.sees(/You are signed in/);
    // With a sign-in that does, it goes on by itself within three seconds.
    await delay(6_000);
    assert.deepEqual(await removalsOf(world.journey, BIKES), []);

    await manager.presses(waiting, 'Sign in and remove');
    await isRemovedBy(MANAGER_OBJECT_ID);
    assert.ok(world.entra.log().some(({ claims }) => claims?.includes('acrs') === true && claims.includes('c1')));
  });

  it('are enough where the bot has no registration of its own: everything is then asked in their names', async () => {
    await begin({ PARTNER_CENTER_APP_ID: '', PARTNER_CENTER_APP_SECRET: '' });
    const card = await asked();

    await manager.presses(card, 'Yes, approve');

    await isRemovedBy(MANAGER_OBJECT_ID);
    const callers = new Set((await world.journey.calls()).map(({ caller }) => caller));
    assert.deepEqual(callers, new Set([REQUESTER_OBJECT_ID, MANAGER_OBJECT_ID]));
  });

  it('sign out, and sign in anew', async () => {
    await begin();
    await opens(requester, BIKES, CLEAR);

    await requester.says('sign out');
    await requester.sees(/You are signed out/);
    await requester.says('sign in');
    await requester.sees(/You are signed in/);

    assert.equal(world.teams.sent.length, 2);
  });

  it('F31: are told that Entra does not answer, and nothing has changed', async () => {
    await begin();
    const card = await asked();
    world.entra.setFaults({ rules: [{ kind: 'down', endpoint: 'token' }] });

    assert.match(await manager.presses(card, 'Yes, approve'), /Entra does not answer/);
    await nothingHappened(card);

    world.entra.setFaults({});
    await manager.presses(card, 'Yes, approve');
    await isRemovedBy(MANAGER_OBJECT_ID);
  });

  it('F22: are told once why a sign-in on the page did not count, however often Teams brings it', async () => {
    await begin();
    world.entra.setFaults({ rules: [{ kind: 'down', grant: 'on_behalf_of' }] });

    await requester.says('sign in');
    await requester.sees(/Entra does not answer/);
    world.entra.setFaults({});
    await requester.says('sign in');
    await requester.sees(/You are signed in/);

    const told = world.journey.chat.messages('requester').map(({ text = '' }) => text);
    assert.equal(told.filter((text) => text.includes('Entra does not answer')).length, 1);
    assert.ok(!told.some((text) => text.includes('not valid')));
  });

  it('are told that an administrator has to consent, by the button itself: no window would lead to anything else', async () => {
    await begin();
    const card = await asked();
    world.entra.setFaults({ obstacles: [{ code: 65001, person: MANAGER_OBJECT_ID }] });

    const { statusCode, value } = await approves(card);

    assert.equal(statusCode, 200);
    assert.match(String(value), /Ask your administrator to give consent/);
    assert.deepEqual(world.teams.opened, []);
    await nothingHappened(card);
  });
}).timeout(40_000);
