import assert from 'node:assert/strict';
import { CHAT_BOT_ID, CHAT_TENANT_ID, MANAGER_OBJECT_ID, type ShownMessage } from '../../sandbox/chat/chat.ts';
import { readAudit } from '../../services/audit/audit-chain.ts';
import { openStoreReader } from '../../services/storage/store-reader.ts';
import { activityFrom, post, type Journey } from '../support/journey.ts';
import {
  about,
  answered,
  APPROVAL_WANTED,
  CLEAR,
  customerIdOf,
  dataOf,
  domainOf,
  opens,
  REASON,
  removalsOf,
  REMOVED,
  seatOf,
  sends,
  suspensionsOf,
  waits,
  type Seat,
} from './steps.ts';
import { newMessages, startWithMorePeople, stranger } from './more-people.ts';

/** Everyday customers' names, of which somebody without a role sees none. */
const CUSTOMER_NAMES = /contoso|fabrikam|northwind|alpine|adventure|onmicrosoft/i;

const NOT_A_REQUESTER =
  /^You are not among those who may ask for removals\. Nothing was changed\. Whoever runs this bot decides who may\.$/;

describe('what people try that they may not', () => {
  let journey: Journey;
  let requester: Seat;
  let manager: Seat;
  /** A request that waits, where there is one. */
  let standing: ShownMessage;

  /** Each has a world of its own, so that nobody writes more than Teams takes. */
  const inAWorldOfItsOwn = (): void => {
    before(async () => {
      journey = await startWithMorePeople();
      requester = seatOf(journey, 'requester');
      manager = seatOf(journey, 'manager');
    });
    after(() => journey.close());
  };

  describe('a decision', () => {
    inAWorldOfItsOwn();
    const name = 'fourthcoffee';
    let waiting: ShownMessage;
    let card: ShownMessage;

    /** Why tries were turned away, as the record of the request has it. */
    const refusedIn = async (id: unknown): Promise<readonly unknown[]> => {
      const store = (await openStoreReader(journey.folder))!;
      const entries = readAudit((await store.read(`request:${String(id)}`)).rows);
      return entries.filter(({ action }) => action === 'refused').map(({ detail }) => detail?.['why']);
    };

    before(async () => {
      ({ sent: waiting, approval: card } = await waits(journey, name, { approver: MANAGER_OBJECT_ID }));
      ({ sent: standing } = await waits(journey, 'firstupconsultants', { approver: MANAGER_OBJECT_ID }));
    });

    it('on one’s own request is refused, also to an approver', async () => {
      const own = seatOf(journey, 'both');
      const ready = await opens(own, 'romashka', /Clear 1 thing here first/);
      await own.presses(ready, 'Suspend');
      await own.presses(ready, 'Yes, suspend');
      await sends(own, await own.sees(about('romashka'), CLEAR), 'romashka', { approver: MANAGER_OBJECT_ID });
      const approval = await manager.sees(about('romashka'), APPROVAL_WANTED);
      const data = dataOf(approval, 'approval.approve');

      for (const verb of [
        'approval.approve',
        'approval.confirm-approve',
        'approval.decline',
        'approval.confirm-decline',
      ])
        assert.match(await own.forges(ready, verb, { ...data, reason: REASON }), /This is your own request/, verb);
      assert.deepEqual(await refusedIn(data['requestId']), Array(4).fill('own-request'), 'each try is on record');

      assert.match(manager.reads(approval), APPROVAL_WANTED);
      assert.deepEqual(await removalsOf(journey, 'romashka'), []);
    });

    const forger: [who: string, told: RegExp][] = [
      ['stranger', /^You are not among those who may approve\. Nothing was changed\.$/],
      ['requester', /This is your own request/],
    ];
    for (const [who, told] of forger) {
      it(`by somebody who may not decide is refused, whatever the button: ${who}`, async () => {
        const seat = seatOf(journey, who);
        const data = dataOf(card, 'approval.approve');
        const message = journey.chat.messages(who).findLast(({ from }) => from === 'bot')!;

        for (const verb of [
          'approval.approve',
          'approval.confirm-approve',
          'approval.decline',
          'approval.confirm-decline',
        ])
          assert.match(await seat.forges(message, verb, { ...data, reason: REASON }), told, verb);
        // Whoever has no role at all is turned away before the request is looked at.
        const tried = who === 'requester' ? Array(4).fill('own-request') : [];
        assert.deepEqual(await refusedIn(data['requestId']), tried);

        assert.deepEqual(await removalsOf(journey, name), []);
        await manager.sees(about(name), APPROVAL_WANTED);
      });
    }

    it('that is forged or edited counts for nothing', async () => {
      const data = dataOf(card, 'approval.approve');
      const nonceOfAnother = dataOf(standing, 'request.withdraw')['nonce'];
      const forged: [name: string, data: unknown][] = [
        ['another nonce', { ...data, nonce: 'AAAAAAAAAAAAAAAAAAAAAA' }],
        ['no nonce', { requestId: data['requestId'] }],
        ['an empty nonce', { ...data, nonce: '' }],
        ['the nonce of another request', { ...data, nonce: nonceOfAnother }],
        ['the requester’s nonce', { ...data, nonce: dataOf(waiting, 'request.withdraw')['nonce'] }],
        ['another request’s id', { ...data, requestId: '77777777-7777-4777-8777-777777777777' }],
        ['approved: true', { ...data, nonce: 'x', approved: true, state: 'approved', approvers: [] }],
        [
          'a prototype',
          JSON.parse(`{"requestId":"${String(data['requestId'])}","__proto__":{"nonce":"${String(data['nonce'])}"}}`),
        ],
        ['a list for a nonce', { ...data, nonce: [data['nonce']] }],
        ['an object for a comment', { ...data, comment: { approved: true } }],
      ];

      for (const [what, sent] of forged) {
        const told = await manager.forges(card, 'approval.confirm-approve', sent);
        assert.match(told, /out of date|I do not know this request/, what);
      }

      assert.deepEqual(await removalsOf(journey, name), []);
      await manager.sees(about(name), APPROVAL_WANTED);
    });

    it('as a button of an old client changes nothing, and says so', async () => {
      await manager.presses(card, 'Approve');

      const [told = ''] = await newMessages(journey, manager, () =>
        journey.chat.submit('manager', card.id, 'Yes, approve'),
      );

      assert.match(told, /needs a newer Teams client\. Nothing was changed/);
      assert.deepEqual(await removalsOf(journey, name), []);
      await manager.presses(card, 'Back');
    });

    const deciding: [verb: string, title: string][] = [
      ['subscription.confirm-suspend', 'Yes, suspend'],
      ['removal.send', 'Send request'],
    ];
    for (const [verb, title] of deciding) {
      it(`as a button of an old client changes nothing, and says so: ${verb}`, async () => {
        const name = verb === 'removal.send' ? 'wideworldimporters' : 'contosobakery';
        const card = await opens(requester, name, verb === 'removal.send' ? CLEAR : /Clear 2 things/);
        await requester.presses(card, verb === 'removal.send' ? 'Request removal' : 'Suspend');
        const inputs = verb === 'removal.send' ? { reason: REASON, domain: domainOf(name) } : {};

        const [told = ''] = await newMessages(journey, requester, () =>
          journey.chat.submit('requester', card.id, title, inputs),
        );

        assert.match(told, /needs a newer Teams client\. Nothing was changed/);
        assert.deepEqual(await suspensionsOf(journey, name), []);
        assert.deepEqual(await removalsOf(journey, name), []);
      });
    }

    it('can be prepared on an old client: what decides nothing works there too', async () => {
      const [told = ''] = await newMessages(journey, manager, () => journey.chat.submit('manager', card.id, 'Approve'));

      assert.match(told, /Approve the removal\?/);
    });

    it('as a message with a value that is no button is answered', async () => {
      for (const value of [{}, { verb: 'approval.confirm-approve' }, [], 'approve', { approved: true }]) {
        const [told = ''] = await newMessages(journey, manager, () =>
          post(journey, activityFrom(journey, 'manager', { type: 'message', value })),
        );
        assert.match(told, /This card is out of date\. Nothing was changed/, JSON.stringify(value));
      }
    });

    it('that is a decision counts after all of that', async () => {
      // On the card on which it was prepared.
      await manager.presses(await manager.sees(about(name), /Approve the removal\?/), 'Yes, approve');

      await requester.sees(about(name), REMOVED);
      await manager.sees(about(name), REMOVED);
      assert.equal((await removalsOf(journey, name)).length, 1);
    });
  });

  describe('somebody without a role', () => {
    inAWorldOfItsOwn();

    before(async () => {
      ({ sent: standing } = await waits(journey, 'firstupconsultants', { approver: MANAGER_OBJECT_ID }));
    });

    const seat = (): Seat => seatOf(journey, 'stranger');

    it('sees no customer’s data, whatever they write', async () => {
      for (const text of [
        'help',
        'remove',
        'remove contoso',
        `remove ${customerIdOf('contoso')}`,
        'status contoso',
        'requests',
        'contoso',
      ])
        await newMessages(journey, seat(), () => seat().says(text));

      const shown = seat()
        .all()
        .replaceAll(/“[^”]*”/g, '');
      assert.doesNotMatch(shown, CUSTOMER_NAMES);
      assert.match(shown, new RegExp(stranger.aadObjectId));
    });

    it('sees no customer’s data, whatever they press', async () => {
      const message = journey.chat.messages('stranger').find(({ from }) => from === 'bot')!;
      const customer = { customerId: customerIdOf('contoso'), nonce: 'AAAAAAAAAAAAAAAAAAAAAA' };
      const buttons: [verb: string, data: unknown][] = [
        ['customer.pick', {}],
        ['customer.search', { search: 'contoso' }],
        ['customer.page', { page: 0 }],
        ['customer.choose', { customerId: customer.customerId }],
        ['readiness.show', customer],
        ['readiness.check', customer],
        ['subscription.suspend', { ...customer, holdingId: 'x' }],
        ['subscription.confirm-suspend', { ...customer, holdingId: 'x' }],
        ['legacy.suspend', customer],
        ['legacy.confirm-suspend', customer],
        ['removal.form', customer],
        ['removal.send', { ...customer, reason: REASON, domain: domainOf('contoso') }],
      ];

      for (const [verb, data] of buttons) assert.match(await seat().forges(message, verb, data), NOT_A_REQUESTER, verb);
    });

    it('sees no customer’s data in a search', async () => {
      const value = { queryText: 'contoso', dataset: 'customers', queryOptions: { skip: 0, top: 15 } };

      const { status, body } = await post(
        journey,
        activityFrom(journey, 'stranger', { type: 'invoke', name: 'application/search', value }),
      );

      assert.equal(status, 200);
      assert.deepEqual((body as { value: unknown }).value, { results: [] });
    });

    it('sees nothing of a request whose id they know', async () => {
      const message = journey.chat.messages('stranger').find(({ from }) => from === 'bot')!;
      const data = dataOf(standing, 'request.withdraw');

      for (const verb of [
        'request.show',
        'request.withdraw',
        'request.confirm-withdraw',
        'request.continue',
        'approval.approve',
        'approval.decline',
      ])
        assert.match(
          await seat().forges(message, verb, data),
          verb.startsWith('approval.') ? /^You are not among those who may approve\./ : NOT_A_REQUESTER,
          verb,
        );
    });
  });

  describe('a chat with more people in it', () => {
    inAWorldOfItsOwn();

    before(async () => {
      ({ sent: standing } = await waits(journey, 'firstupconsultants', { approver: MANAGER_OBJECT_ID }));
    });

    const group = {
      id: '19:meeting@thread.v2',
      conversationType: 'groupChat',
      tenantId: CHAT_TENANT_ID,
      isGroup: true,
    };

    it('is told to go on in a one-to-one chat, and shown nobody’s data', async () => {
      for (const conversation of [
        group,
        { ...group, conversationType: 'channel' },
        { id: group.id, tenantId: CHAT_TENANT_ID },
      ]) {
        const before = journey.chat.calls.length;
        const { status } = await post(
          journey,
          activityFrom(journey, 'requester', {
            type: 'message',
            text: '<at>Reseller Offboarding</at> remove contoso',
            conversation,
          }),
        );
        const said = journey.chat.calls.slice(before).map(({ body }) => JSON.stringify(body));

        assert.equal(status, 200);
        assert.match(said.join(), /I work in one-to-one chats only/);
        assert.ok(said.join().includes(`https://teams.microsoft.com/l/chat/0/0?users=28:${CHAT_BOT_ID}`));
        assert.doesNotMatch(said.join(), CUSTOMER_NAMES);
      }
    });

    it('is answered with a sentence and nothing else when a button is pressed or a name typed there', async () => {
      const data = dataOf(standing, 'request.withdraw');
      const invoke = (name: string, value: unknown) =>
        post(journey, activityFrom(journey, 'requester', { type: 'invoke', name, value, conversation: group }));

      const pressed = await invoke('adaptiveCard/action', {
        action: { verb: 'request.confirm-withdraw', data },
        trigger: 'manual',
      });
      const searched = await invoke('application/search', { queryText: 'contoso', dataset: 'customers' });

      assert.match(answered(pressed), /I work in one-to-one chats only.* https:\/\/teams\.microsoft\.com\/l\/chat\//);
      assert.doesNotMatch(JSON.stringify(searched.body ?? null), CUSTOMER_NAMES);
      assert.match(answered(await journey.chat.refresh('requester', standing.id)), /Waiting for/);
    });

    it('hears the same once when somebody adds the bot there, and nothing when it is taken out', async () => {
      const before = journey.chat.calls.length;
      for (const type of ['installationUpdate', 'conversationUpdate']) {
        const bot = { id: `28:${CHAT_BOT_ID}`, name: 'Bot' };
        await post(
          journey,
          activityFrom(journey, 'requester', { type, action: 'add', membersAdded: [bot], conversation: group }),
        );
      }
      await post(
        journey,
        activityFrom(journey, 'requester', { type: 'installationUpdate', action: 'remove', conversation: group }),
      );
      const said = journey.chat.calls.slice(before).map(({ body }) => JSON.stringify(body));

      assert.equal(said.length, 1);
      assert.match(said.join(), /I work in one-to-one chats only.* https:\/\/teams\.microsoft\.com\/l\/chat\//);
      assert.doesNotMatch(said.join(), CUSTOMER_NAMES);
    });

    it('is not where the bot writes afterwards: cards still come into the person’s own chat', async () => {
      const before = journey.chat.calls.length;
      await opens(requester, 'relecloud', /./);

      const paths = journey.chat.calls.slice(before).map(({ path }) => decodeURIComponent(path));

      assert.ok(paths.every((path) => !path.includes(group.id)));
    });
  });
}).timeout(30_000);
