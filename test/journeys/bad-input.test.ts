import assert from 'node:assert/strict';
import { buttonsOf, CHAT_TENANT_ID, MANAGER_OBJECT_ID, REQUESTER_OBJECT_ID } from '../../sandbox/chat/chat.ts';
import { activityFrom, post, readMessage, type Journey } from '../support/journey.ts';
import {
  about,
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
import { newMessages, startWithMorePeople, stranger } from './more-people.ts';

describe('what people write and press that was not meant so', () => {
  let journey: Journey;
  let requester: Seat;
  let manager: Seat;

  /** Each has a world of its own, so that nobody writes more than Teams takes. */
  const inAWorldOfItsOwn = (): void => {
    before(async () => {
      journey = await startWithMorePeople();
      requester = seatOf(journey, 'requester');
      manager = seatOf(journey, 'manager');
    });
    after(() => journey.close());
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
          const [told = '', ...more] = await newMessages(journey, seat, () => seat.says(text));

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
        const [told = ''] = await newMessages(journey, manager, async () => {
          const { status } = await post(journey, activityFrom(journey, 'manager', { type: 'message', ...given }));
          assert.equal(status, 200);
        });

        assert.match(told, /What you can write/);
      });
    }

    it('points to the card that waits, and the card still works', async () => {
      const card = await opens(requester, 'contosobakery', /Clear 2 things here first/);

      const [told = ''] = await newMessages(journey, requester, () => requester.says('the first one'));
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
        const [shown = ''] = await newMessages(journey, requester, () => requester.says(words));

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

      const byId = await newMessages(journey, requester, () => requester.says(`remove ${customerIdOf(name)}`));
      const byName = await newMessages(journey, requester, () => requester.says('remove fabrikam'));

      for (const told of [byId, byName])
        assert.match(
          told.join('\n'),
          /Already removed on [^]*The customer is no longer yours\. Nothing was changed by this\./,
        );
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
      ['asdf qwer', /No customer matches “asdf qwer”[^]*What you can write[^]*Which customer\?/],
    ] as const)
      it(`is understood, or leads to what can be written: ${typed}`, async () => {
        await requester.says('remove');
        await requester.says(typed);
        await requester.sees(told);
      });

    it('is no name where it is but a yes, a no or a thanks, and the card waits on', async () => {
      await requester.says('remove');
      const picker = await requester.sees(/Which customer\?/, /Customers 1–8 of/);

      const told = [];
      for (const typed of ['approve', 'thank you', '👍'])
        told.push(...(await newMessages(journey, requester, () => requester.says(typed))));
      const more = await requester.presses(picker, 'More');
      const [found = ''] = await newMessages(journey, requester, () => requester.says('relecloud'));

      assert.deepEqual(told, Array(3).fill('Please use the buttons of the card above, or write help.'));
      assert.match(more, /Customers 9–16 of/);
      assert.match(found, about('relecloud'));
    });

    it('is a name where a customer is called so', async () => {
      await requester.says('remove');

      const [told = ''] = await newMessages(journey, requester, () => requester.says('no'));

      assert.match(told, about('northwindtraders'));
    });
  });
}).timeout(30_000);
