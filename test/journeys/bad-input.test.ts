import assert from 'node:assert/strict';
import {
  CHAT_BOT_ID,
  buttonsOf,
  CHAT_TENANT_ID,
  defaultPeople,
  MANAGER_OBJECT_ID,
  REQUESTER_OBJECT_ID,
  type ShownMessage,
} from '../../sandbox/chat/chat.ts';
import { readAudit } from '../../services/audit/audit-chain.ts';
import { openStoreReader } from '../../services/storage/store-reader.ts';
import { activityFrom, post, readMessage, startJourney, type Journey } from '../support/journey.ts';
import {
  about,
  answered,
  APPROVAL_WANTED,
  approves,
  asks,
  buttonTitles,
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

const both = {
  key: 'both',
  name: 'Mara Quist',
  aadObjectId: '0d3f4b52-3333-4c1a-9a35-2f6f0c9d1e42',
  id: '29:1both',
  locale: 'en-US',
};
const stranger = {
  key: 'stranger',
  name: 'Tom Ferro',
  aadObjectId: '0d3f4b52-4444-4c1a-9a35-2f6f0c9d1e42',
  id: '29:1stranger',
  locale: 'en-US',
};

/** Everyday customers' names, of which somebody without a role sees none. */
const CUSTOMER_NAMES = /contoso|fabrikam|northwind|alpine|adventure|onmicrosoft/i;

const NOT_A_REQUESTER =
  /^You are not among those who may ask for removals\. Nothing was changed\. Whoever runs this bot decides who may\.$/;

describe('what people do that they were not meant to', () => {
  let journey: Journey;
  let requester: Seat;
  let manager: Seat;
  /** A request that waits, where there is one. */
  let standing: ShownMessage;

  /** Each has a world of its own, so that nobody writes more than Teams takes. */
  const inAWorldOfItsOwn = (): void => {
    before(async () => {
      journey = await startJourney({
        chat: { people: [...defaultPeople(), both, stranger] },
        env: {
          REQUESTERS: `${REQUESTER_OBJECT_ID},${both.aadObjectId}`,
          APPROVERS: `${MANAGER_OBJECT_ID},${both.aadObjectId}`,
        },
        installed: ['requester', 'manager', 'both', 'stranger'],
      });
      requester = seatOf(journey, 'requester');
      manager = seatOf(journey, 'manager');
    });
    after(() => journey.close());
  };

  const newMessages = async (seat: Seat, act: () => Promise<unknown>): Promise<readonly string[]> => {
    const count = (): number => journey.chat.messages(seat.key).filter(({ from }) => from === 'bot').length;
    const before = count();
    await act();
    await journey.chat.until(seat.key, () => count() > before);
    return journey.chat
      .messages(seat.key)
      .filter(({ from }) => from === 'bot')
      .slice(before)
      .map(readMessage);
  };

  describe('a message that is no word of the bot’s', () => {
    inAWorldOfItsOwn();

    const typed: [name: string, text: string, words: RegExp][] = [
      ['a question', 'What can you do for me', /I do not know “What can you do for me”/],
      ['only emoji', '🙂🙃', /I do not know “🙂🙃”/],
      ['markup', '<script>alert(1)</script> **x** [y](http://z)', /This is what I understand/],
      ['control characters', '\u0000\u0007\u001b[2J', /This is what I understand/],
      ['a pasted book', 'x '.repeat(50_000), /This is what I understand/],
      ['what an approver would say', 'approve', /I do not know “approve”/],
    ];
    for (const [name, text, words] of typed) {
      it(`is answered with help: ${name}`, async () => {
        for (const seat of [requester, manager]) {
          const [told = '', ...more] = await newMessages(seat, () => seat.says(text));

          assert.deepEqual(more, []);
          assert.match(told, words);
          assert.match(told, /What you can write/);
        }
      });
    }

    const without: [name: string, given: Readonly<Record<string, unknown>>][] = [
      ['an empty text', { text: '' }],
      ['no text at all', {}],
      ['a text that is null', { text: null }],
      ['blanks', { text: ' \r\n\t ' }],
      ['only a mention', { text: '<at>Reseller Offboarding</at>' }],
      ['a picture', { attachments: [{ contentType: 'image/png', contentUrl: 'https://x.example/p.png' }] }],
      [
        'a file',
        {
          text: '',
          attachments: [{ contentType: 'application/vnd.microsoft.teams.file.download.info', name: 'x.pdf' }],
        },
      ],
    ];
    for (const [name, given] of without) {
      it(`is answered with help where there is nothing to read: ${name}`, async () => {
        const [told = ''] = await newMessages(manager, async () => {
          const { status } = await post(journey, activityFrom(journey, 'manager', { type: 'message', ...given }));
          assert.equal(status, 200);
        });

        assert.match(told, /What you can write/);
      });
    }

    it('points to the card that waits, and the card still works', async () => {
      const card = await opens(requester, 'contosobakery', /Clear 2 things here first/);

      const [told = ''] = await newMessages(requester, () => requester.says('the first one'));
      const confirm = await requester.presses(card, 'Suspend');

      assert.match(told, /Please use the buttons of the card above, or write help/);
      assert.match(confirm, /Users lose access at once/);
      await requester.presses(card, 'Back');
    });
  });

  describe('a customer', () => {
    inAWorldOfItsOwn();

    const looked: [name: string, words: string, told: RegExp][] = [
      ['that nobody has', 'remove no such company', /No customer matches “no such company”/],
      [
        'by a tenant id that is nobody’s',
        'remove 00000000-1111-4222-8333-444444444444',
        /You have no customer with the tenant id 00000000/,
      ],
      ['that is the partner itself', `remove {${CHAT_TENANT_ID.toUpperCase()}}`, /That is your own tenant/],
      ['by half a tenant id', 'remove 63c5c5aa-668a', /No customer matches/],
      ['by markup', 'remove [click](https://evil.example)', /No customer matches/],
      ['without a name', 'remove', /Which customer\?/],
    ];
    for (const [name, words, told] of looked) {
      it(`${name} is answered with the choice of a customer`, async () => {
        const before = await journey.changes();
        const [shown = ''] = await newMessages(requester, () => requester.says(words));

        assert.match(shown, told);
        assert.match(shown, /Which customer\?/);
        assert.deepEqual(await journey.changes(), before);
      });
    }

    it('of a name that several have is chosen by domain and tenant id', async () => {
      await requester.says('remove adventure works');
      const card = await requester.sees(/2 customers match “adventure works”/);

      const words = requester.reads(card);
      const chosen = await requester.forges(card, 'customer.choose', {
        customerId: customerIdOf('adventureworkscycles'),
      });

      for (const name of ['adventureworks', 'adventureworkscycles']) {
        assert.match(words, about(name));
        assert.ok(words.includes(customerIdOf(name)));
      }
      assert.match(chosen, about('adventureworkscycles'));
    });

    it('that is chosen while typing is the one that was offered', async () => {
      await requester.says('remove');
      const card = await requester.sees(/Which customer\?/, /Customers 1–8 of/);

      const offered = await journey.chat.search('requester', card.id, 'customer', 'city power');
      await requester.presses(card, 'Choose', { customer: offered[0]?.value ?? '' });

      assert.deepEqual(offered, [
        { title: 'City Power & Light (citypowerlight.onmicrosoft.com)', value: customerIdOf('citypowerlight') },
      ]);
      await requester.sees(about('citypowerlight'), /savings plan/);
    });

    it('whose name is markup is shown as it is, in text that is no markup', async () => {
      const card = await opens(requester, 'libertyslight', /Clear 1 thing here first/);

      const runs = JSON.stringify(card.card).match(/"type":"TextBlock","text":"[^"]*"/g) ?? [];

      assert.match(requester.reads(card), /Liberty \[Prize\]\(https:\/\/evil\.example\) \*\*Delight\*\*/);
      assert.ok(runs.every((run) => !run.includes('evil.example')));
      assert.ok(buttonsOf(card.card ?? {}).every((button) => !JSON.stringify(button.data).includes('evil')));
    });

    it('that is advised and not resold to cannot be asked for', async () => {
      const card = await opens(requester, 'consolidatedmessenger', /This is no reseller relationship/);

      assert.ok(!buttonTitles(card).includes('Request removal'));
    });

    it('that was removed already is said to be so, by id as by name', async () => {
      const name = 'fabrikambikes';
      await asks(requester, name, { approver: MANAGER_OBJECT_ID });
      await approves(manager, name);
      await requester.sees(about(name), REMOVED);

      const byId = await newMessages(requester, () => requester.says(`remove ${customerIdOf(name)}`));
      const byName = await newMessages(requester, () => requester.says('remove fabrikam'));

      assert.match(byId.join('\n'), /You have no customer with the tenant id .* It may have been removed already/);
      assert.match(byName.join('\n'), /No customer matches “fabrikam”[^]*was removed already/);
      assert.equal((await removalsOf(journey, name)).length, 1);
    });
  });

  describe('a form', () => {
    inAWorldOfItsOwn();

    const name = 'margiestravel';
    const wrong: [name: string, inputs: Readonly<Record<string, string>>, told: RegExp][] = [
      ['without anything in it', {}, /The reason is too short/],
      ['with a reason of nine characters', { reason: '123456789', domain: domainOf(name) }, /The reason is too short/],
      ['with a reason of blanks', { reason: ' '.repeat(20), domain: domainOf(name) }, /The reason is too short/],
      ['without a domain', { reason: REASON }, /not this customer’s domain/],
      ['with another customer’s domain', { reason: REASON, domain: domainOf('contoso') }, /not this customer’s domain/],
      [
        'with a look-alike domain',
        { reason: REASON, domain: 'mаrgiestravel.onmicrosoft.com' },
        /not this customer’s domain/,
      ],
      [
        'with an approver who is none',
        { reason: REASON, domain: domainOf(name), approver: stranger.aadObjectId },
        /Choose somebody from the list/,
      ],
      [
        'with the requester for an approver',
        { reason: REASON, domain: domainOf(name), approver: REQUESTER_OBJECT_ID },
        /Choose somebody from the list/,
      ],
    ];
    for (const [fault, inputs, told] of wrong) {
      it(`${fault} is refused in words, and what was typed is still there`, async () => {
        const ready = await opens(requester, name, CLEAR);
        await requester.presses(ready, 'Request removal');

        const answer = await requester.presses(ready, 'Send request', inputs);

        assert.match(answer, told);
        const card = JSON.stringify(requester.now(ready).card);
        if (inputs['domain'] !== undefined) assert.ok(card.includes(inputs['domain']));
        assert.ok(buttonTitles(requester.now(ready)).includes('Send request'));
      });
    }

    it('with too long a reason or ticket, from a client that does not check, is refused in words', async () => {
      const ready = await opens(requester, name, CLEAR);
      await requester.presses(ready, 'Request removal');
      const data = dataOf(requester.now(ready), 'removal.send');
      const good = { reason: REASON, domain: domainOf(name), approver: MANAGER_OBJECT_ID };

      const reason = await requester.forges(ready, 'removal.send', { ...data, ...good, reason: 'x'.repeat(501) });
      const ticket = await requester.forges(ready, 'removal.send', { ...data, ...good, ticket: 'x'.repeat(61) });

      assert.match(reason, /The reason is too long/);
      assert.match(ticket, /The ticket number is too long/);
    });

    it('is taken with the domain in capitals and blanks around it, once it is right', async () => {
      const ready = await opens(requester, name, CLEAR);
      await requester.presses(ready, 'Request removal');

      await requester.presses(ready, 'Send request', {
        reason: REASON,
        domain: 'x.example',
        approver: MANAGER_OBJECT_ID,
      });
      await requester.presses(ready, 'Send request', { domain: ` ${domainOf(name).toUpperCase()} ` });

      const card = await manager.sees(about(name), APPROVAL_WANTED);
      assert.ok(manager.reads(card).includes(REASON));
    });
  });

  describe('a button of an old card', () => {
    inAWorldOfItsOwn();

    it('of a request that was decided shows how it stands, and changes nothing', async () => {
      const name = 'alpineskihouse';
      await asks(requester, name, { approver: MANAGER_OBJECT_ID });
      const card = await manager.sees(about(name), APPROVAL_WANTED);
      const data = dataOf(card, 'approval.approve');
      await manager.presses(card, 'Decline');
      await manager.presses(card, 'Yes, decline', { reason: 'They have signed again.' });
      await requester.sees(about(name), /Declined/);

      for (const verb of [
        'approval.approve',
        'approval.confirm-approve',
        'approval.decline',
        'approval.confirm-decline',
      ])
        assert.match(
          await manager.forges(card, verb, { ...data, reason: REASON }),
          /Declined\. Nothing was removed/,
          verb,
        );
      for (const verb of ['request.withdraw', 'request.confirm-withdraw', 'request.continue'])
        assert.match(await requester.forges(card, verb, data), /Declined\. Nothing was removed/, verb);

      assert.deepEqual(await removalsOf(journey, name), []);
    });

    it('of a confirm view that was overtaken does nothing, and the present one works', async () => {
      const name = 'wideworldimporters';
      const { sent, approval } = await waits(journey, name, { approver: MANAGER_OBJECT_ID });
      const old = dataOf(approval, 'approval.approve');
      await requester.presses(sent, 'Withdraw');
      await requester.presses(sent, 'Yes, withdraw');
      journey.advance(3_000);
      await manager.sees(about(name), /Withdrawn/);

      const told = await manager.forges(approval, 'approval.confirm-approve', old);

      assert.match(told, /Withdrawn\. Nothing was removed/);
      assert.deepEqual(await removalsOf(journey, name), []);
    });

    it('of a card from before the request was sent shows the request, and sends no second one', async () => {
      const name = 'firstupconsultants';
      const ready = await opens(requester, name, CLEAR);
      const check = dataOf(ready, 'readiness.check');
      await sends(requester, ready, name, { approver: MANAGER_OBJECT_ID });
      await manager.sees(about(name), APPROVAL_WANTED);

      const form = await requester.forges(ready, 'removal.form', check);
      const again = await requester.forges(ready, 'removal.send', {
        ...check,
        reason: REASON,
        domain: domainOf(name),
        approver: MANAGER_OBJECT_ID,
      });
      const suspend = await requester.forges(ready, 'legacy.confirm-suspend', check);

      for (const told of [form, suspend])
        assert.match(told, /There is a request for this customer already|Waiting for Elena Marsh/);
      assert.ok(!buttonTitles(requester.now(ready)).includes('Send request'));
      assert.match(again, /Waiting for Elena Marsh\./);
      const asked = journey.chat.messages('manager').filter((message) => about(name).test(readMessage(message)));
      assert.equal(asked.length, 1);
    });

    it('of a picker that was left opens what it says', async () => {
      await requester.says('remove');
      const picker = await requester.sees(/Which customer\?/, /Customers 1–8 of/);
      await requester.says('help');

      const more = await requester.presses(picker, 'More');
      const found = await requester.presses(picker, 'Search', { search: 'relecloud' });

      assert.match(more, /Customers 9–16 of/);
      assert.match(found, about('relecloud'));
    });

    it('that suspends what is suspended already changes nothing', async () => {
      const name = 'northwindtraders';
      const card = await opens(requester, name, /Clear 1 thing here first/);
      await requester.presses(card, 'Suspend');
      const yes = dataOf(requester.now(card), 'subscription.confirm-suspend');
      await requester.presses(card, 'Yes, suspend');
      await requester.sees(about(name), CLEAR);

      const told = await requester.forges(card, 'subscription.confirm-suspend', yes);

      assert.match(told, /nothing here that this could be done with|There is nothing|Suspended from here/);
      assert.equal((await suspensionsOf(journey, name)).length, 1);
    });
  });

  describe('a word with a slip of the pen, while a card waits for a customer’s name', () => {
    inAWorldOfItsOwn();

    for (const [typed, told] of [
      ['wath alpine', /Alpine Ski House/],
      ['statsu contoso', /Your requests/],
      ['thank you', /No customer matches “thank you”[^]*What you can write[^]*Which customer\?/],
      ['asdf qwer', /No customer matches “asdf qwer”[^]*What you can write[^]*Which customer\?/],
    ] as const)
      it(`is understood, or leads to what can be written: ${typed}`, async () => {
        await requester.says('remove');
        await requester.says(typed);
        await requester.sees(told);
      });
  });

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

      const [told = ''] = await newMessages(manager, () => journey.chat.submit('manager', card.id, 'Yes, approve'));

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

        const [told = ''] = await newMessages(requester, () =>
          journey.chat.submit('requester', card.id, title, inputs),
        );

        assert.match(told, /needs a newer Teams client\. Nothing was changed/);
        assert.deepEqual(await suspensionsOf(journey, name), []);
        assert.deepEqual(await removalsOf(journey, name), []);
      });
    }

    it('can be prepared on an old client: what decides nothing works there too', async () => {
      const [told = ''] = await newMessages(manager, () => journey.chat.submit('manager', card.id, 'Approve'));

      assert.match(told, /Approve the removal\?/);
    });

    it('as a message with a value that is no button is answered', async () => {
      for (const value of [{}, { verb: 'approval.confirm-approve' }, [], 'approve', { approved: true }]) {
        const [told = ''] = await newMessages(manager, () =>
          post(journey, activityFrom(journey, 'manager', { type: 'message', value })),
        );
        assert.match(told, /This card is out of date\. Nothing was changed/, JSON.stringify(value));
      }
    });

    it('that is a decision counts after all of that', async () => {
      await approves(manager, name);

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
        await newMessages(seat(), () => seat().says(text));

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
