import assert from 'node:assert/strict';
import { DAY_MS, MINUTE_MS } from '../../services/clock.ts';
import type { RequestRecord } from '../../services/requests/request.ts';
import { textsFor } from '../../cards/texts/texts.ts';
import { ofType, wordsOf } from '../cards/walk.ts';
import { converse, type Talk } from './converse.ts';
import { ELENA, JONAS, MIRA, startWorld, UNREACHABLE, type World } from './world.ts';

const REASON = 'They move to another provider in spring';
const DOMAIN = 'fabrikambikes.onmicrosoft.com';
const FILLED = {
  reason: REASON,
  domain: DOMAIN,
  ticket: 'INC-7',
  approver: ELENA.id,
  notice: 'true',
  nextProvider: 'false',
};

describe('asking for a removal', () => {
  let world: World;
  let jonas: Talk;
  beforeEach(async () => {
    world = await startWorld();
    jonas = converse(world, JONAS);
  });
  afterEach(() => world.close());

  const record = (): Promise<RequestRecord | undefined> => world.removals.ofCustomer(world.customer('fabrikambikes'));
  const openForm = async (talk = jonas): Promise<string> => {
    await talk.says('remove fabrikam');
    return talk.presses(talk.titles().at(0)!);
  };

  it('begins with a form that needs a reason and the domain, and has somebody chosen who can be reached', async () => {
    assert.match(await openForm(), /^Request removal\nFabrikam Bikes\nfabrikambikes\.onmicrosoft\.com\n/);

    assert.deepEqual(jonas.titles(), ['Send request', 'Back']);
    assert.deepEqual(jonas.inputs(), {
      reason: '',
      domain: '',
      ticket: '',
      approver: ELENA.id,
      notice: 'false',
      nextProvider: 'false',
    });
    assert.equal(await record(), undefined);
  });

  it('sends what was filled in, once everything was read again', async () => {
    await openForm();

    const shown = await jonas.presses('Send request', FILLED);
    assert.match(shown, /^Removal request\nFabrikam Bikes\n/);
    assert.match(shown, /Everything is read once more, then the request is sent\./);

    await world.work();
    const sent = await record();
    assert.equal(sent?.request.state, 'pending');
    assert.deepEqual(sent.request.form, {
      reason: REASON,
      domain: DOMAIN,
      ticket: 'INC-7',
      approver: ELENA.id,
      notice: true,
      nextProvider: false,
    });
    assert.deepEqual(sent.request.approvers, [{ id: ELENA.id, name: ELENA.name }]);
    assert.deepEqual(await world.changes(), []);
  });

  it('takes the domain whatever its case and the blanks around it', async () => {
    await openForm();

    await jonas.presses('Send request', { reason: REASON, domain: ` ${DOMAIN.toUpperCase()} ` });

    await world.work();
    assert.equal((await record())?.request.state, 'pending');
  });

  it('is told that the customer is no longer theirs, whoever has ended it meanwhile, and sends nothing', async () => {
    await openForm();
    const customerId = world.customer('fabrikambikes');
    await world.control('_world', { customerId, relationship: 'none' });
    world.directory.removed(customerId);
    world.pass(11 * MINUTE_MS);

    const told = await jonas.presses('Send request', FILLED);

    assert.match(
      told,
      /^Partner Center says that you have no reseller relationship with this customer \(any more\)\. Nothing was sent\.\n/,
    );
    assert.match(told, /\nFabrikam Bikes\n/);
    assert.doesNotMatch(told, /could not|cannot/);
    assert.equal(await record(), undefined);
  });

  it('is a draft again, which says so, where Partner Center says that they have no relationship and lists them still', async () => {
    await openForm();
    await world.control('_faults', {
      rules: [
        { path: `/customers/${world.customer('fabrikambikes')}`, status: 403, code: '20002', description: 'None.' },
      ],
    });

    await jonas.presses('Send request', FILLED);
    await world.work();

    const kept = (await record())!;
    assert.deepEqual([kept.request.state, kept.request.notSent?.why], ['draft', 'no-relationship']);
    const { card } = await world.requestScreen.ofRequester(kept, JONAS, textsFor('en'));
    assert.match(
      wordsOf(card),
      /you have no reseller relationship with this customer \(any more\)\. Nothing was sent\./,
    );
  });

  const refusals: [name: string, wrong: Readonly<Record<string, string>>, sentence: RegExp][] = [
    ['a short reason', { reason: 'no' }, /^The reason is too short: at least 10 characters\./m],
    ['a reason of blanks', { reason: `${' '.repeat(40)}x` }, /^The reason is too short/m],
    ['a reason of what cannot be seen', { reason: '\u200b'.repeat(40) }, /^The reason is too short/m],
    ['a long reason', { reason: 'x'.repeat(501) }, /^The reason is too long: at most 500 characters\./m],
    ['the domain of another customer', { domain: 'contoso.onmicrosoft.com' }, /^That is not this customer’s domain\./m],
    ['no domain', { domain: '' }, /^That is not this customer’s domain\./m],
    ['a long ticket', { ticket: '7'.repeat(61) }, /^The ticket number is too long: at most 60 characters\./m],
    ['an approver who never opened the bot', { approver: UNREACHABLE.id }, /^Otto Brandt has never opened this bot/m],
    ['somebody who is no approver', { approver: MIRA.id }, /^Choose somebody from the list\./m],
    ['themselves as approver', { approver: JONAS.id }, /^Choose somebody from the list\./m],
  ];
  for (const [name, wrong, sentence] of refusals) {
    it(`is refused with what was typed still there, and can be mended: ${name}`, async () => {
      await openForm();

      const refused = await jonas.presses('Send request', { ...FILLED, ...wrong });
      assert.match(refused, sentence);
      const { reason, domain, ticket, notice, approver } = jonas.inputs();
      const typed = { ...FILLED, ...wrong };
      const blank = (text: string): string => text.replace(/[\u200b\s]+/g, ' ').trim();
      assert.deepEqual([reason, domain, ticket, notice], [blank(typed.reason), typed.domain, typed.ticket, 'true']);
      assert.equal(approver, [ELENA.id, UNREACHABLE.id].includes(typed.approver) ? typed.approver : ELENA.id);
      await world.work();
      assert.notEqual((await record())?.request.state, 'pending');

      const sent = await jonas.presses('Send request', FILLED);
      assert.match(sent, /Everything is read once more/);
      await world.work();
      assert.equal((await record())?.request.state, 'pending');
    });
  }

  it('is told everything that is wrong at once, each once, and sends nothing', async () => {
    await openForm();
    const wrong = { reason: 'no', domain: 'contoso.onmicrosoft.com', ticket: '7'.repeat(61), approver: UNREACHABLE.id };

    const told = await jonas.presses('Send request', wrong);

    for (const sentence of [
      'The reason is too short: at least 10 characters.',
      'That is not this customer’s domain. Type it exactly as it stands above.',
      'The ticket number is too long: at most 60 characters.',
      'Otto Brandt has never opened this bot',
      'Nothing was sent. 4 things above have to be mended first.',
    ])
      assert.equal(told.split(sentence).length, 2, sentence);
    assert.deepEqual((await world.changes()).length, 0);
    assert.notEqual((await record())?.request.state, 'pending');
  });

  it('is told so in Russian to whoever reads Russian', async () => {
    const mira = converse(world, MIRA);
    await mira.says('remove fabrikam bikes');
    await mira.presses(mira.titles().at(0)!);

    const told = await mira.presses(mira.titles().at(0)!, { reason: 'нет', domain: '' });

    assert.match(told, /Ничего не отправлено\. Сначала исправьте 2 места выше\./);
  });

  it('keeps whoever is preselected where a client sends no choice and something else was refused', async () => {
    await openForm();

    await jonas.presses('Send request', { reason: 'no', domain: DOMAIN });

    assert.equal(jonas.inputs()['approver'], ELENA.id);
  });

  describe('of a customer with delegated administration', () => {
    const customer = 'firstupconsultants';
    const filled = { ...FILLED, domain: `${customer}.onmicrosoft.com` };
    const stored = async () => (await world.removals.ofCustomer(world.customer(customer)))?.request;
    const openOther = async (): Promise<string> => {
      await jonas.says('remove first up');
      return jonas.presses(jonas.titles().at(0)!);
    };
    const unread = (): Promise<void> =>
      world.control('_faults', { rules: [{ path: 'delegatedAdminRelationships', status: 403 }] });

    it('asks whether that is to end too, and by default leaves it', async () => {
      const form = await openOther();

      assert.match(form, /After the removal, end the granular delegated admin relationships\./);
      assert.match(form, /There is 1 now: Service desk\./);
      assert.equal(jonas.inputs()['endDelegatedAdmin'], 'false');
      await jonas.presses('Send request', { ...filled, endDelegatedAdmin: 'false' });
      await world.work();
      assert.deepEqual([(await stored())?.state, (await stored())?.plan?.delegatedAdmin], ['pending', undefined]);
    });

    it('has what was read just before sending ended, where it was ticked', async () => {
      await openOther();
      await world.control('_world', { customerId: world.customer(customer), addGdap: { displayName: 'Migration' } });

      await jonas.presses('Send request', { ...filled, endDelegatedAdmin: 'true' });
      await world.work();

      const planned = (await stored())?.plan?.delegatedAdmin ?? [];
      assert.deepEqual(
        planned.map(({ name, roles, autoExtends }) => [name, roles, autoExtends]),
        [
          ['Migration', 1, true],
          ['Service desk', 1, true],
        ],
      );
    });

    it('keeps the tick where something else was refused', async () => {
      await openOther();

      await jonas.presses('Send request', { ...filled, reason: 'no', endDelegatedAdmin: 'true' });

      assert.equal(jonas.inputs()['endDelegatedAdmin'], 'true');
    });

    it('says that it could not be read, has no tick, and can be sent', async () => {
      await unread();

      assert.match(await openOther(), /Granular delegated admin relationships could not be read/);
      assert.equal(jonas.inputs()['endDelegatedAdmin'], undefined);
      await jonas.presses('Send request', filled);
      await world.work();
      assert.equal((await stored())?.state, 'pending');
    });

    it('is not sent where it was ticked and cannot be read any more, and can be sent without', async () => {
      await openOther();
      const send = jonas.button('Send request');
      await unread();
      await jonas.presses(send, { ...filled, endDelegatedAdmin: 'true' });
      await world.work();

      const record = (await world.removals.ofCustomer(world.customer(customer)))!;
      const { card } = await world.requestScreen.ofRequester(record, JONAS, textsFor('en-US'));
      const [toggle] = ofType(card, 'Input.Toggle').filter(({ id }) => id === 'endDelegatedAdmin');
      assert.match(JSON.stringify(card), /could not be read, so nothing was sent/);
      assert.equal(toggle?.['value'], 'true');
      await jonas.presses(send, { ...filled, endDelegatedAdmin: 'false' });
      await world.work();
      assert.equal((await stored())?.state, 'pending');
    });
  });

  it('goes back to the readiness card, and nothing was asked', async () => {
    await openForm();

    assert.match(await jonas.presses('Back'), /Nothing known stands in the way\./);

    assert.deepEqual(jonas.titles(), ['Request removal', 'Check again', 'Dry run']);
    assert.equal(await record(), undefined);
  });

  it('answers typed words with a sentence, and the form still works', async () => {
    await openForm();

    assert.equal(await jonas.says(REASON), 'Please use the buttons of the card above, or write help.');

    await jonas.presses('Send request', FILLED);
    await world.work();
    assert.equal((await record())?.request.state, 'pending');
  });

  it('works from a form that was left, whatever the chat is at', async () => {
    await openForm();
    const send = jonas.button('Send request');
    await jonas.says('remove contoso');

    assert.match(await jonas.presses(send, FILLED), /Everything is read once more/);

    await world.work();
    assert.equal((await record())?.request.state, 'pending');
  });

  it('is one request for two clicks, and each shows it as it is', async () => {
    await openForm();
    const send = jonas.button('Send request');

    const once = await jonas.presses(send, FILLED);
    const twice = await jonas.presses(send, FILLED);
    await world.work();
    const late = await jonas.presses(send, FILLED);

    assert.match(once, /^Removal request\n.*\n.*\n.*\nEverything is read once more/);
    assert.equal(twice, once);
    assert.match(late, /^Removal request\n.*\n.*\n.*\nWaiting for Elena Marsh\./);
    assert.deepEqual(jonas.titles(), ['Pass to another approver', 'Notice to the customer', 'Withdraw']);
  });

  it('is not possible from a form of three days ago, nor of somebody else', async () => {
    await openForm();
    const send = jonas.button('Send request');
    world.pass(3 * DAY_MS);

    assert.match(await jonas.presses(send, FILLED), /^This card was out of date\. Here is how it stands now;/);
    const customerId = world.customer('fabrikambikes');
    const nonce = world.nonces.ofCustomer(MIRA.id, customerId);
    assert.match(await jonas.forges('removal.send', { ...FILLED, customerId, nonce }), /^This card was out of date\./);

    await world.work();
    assert.equal(await record(), undefined);
  });

  it('is not possible for a customer that something stands in the way of', async () => {
    const customerId = world.customer('northwindtraders');
    await jonas.says('remove northwind');
    assert.equal(jonas.titles().includes('Request removal'), false);
    const nonce = world.nonces.ofCustomer(JONAS.id, customerId);

    const form = await jonas.forges('removal.form', { customerId, nonce });
    const sent = await jonas.forges('removal.send', {
      ...FILLED,
      domain: 'northwindtraders.onmicrosoft.com',
      customerId,
      nonce,
    });
    await world.work();

    assert.match(form, /Clear 1 thing here first\./);
    assert.doesNotMatch(sent, /Waiting for/);
    assert.equal((await world.removals.ofCustomer(customerId))?.request.state, 'draft');
  });

  it('is not possible beside a request of a colleague, who is named', async () => {
    const mira = converse(world, MIRA);
    await openForm(mira);
    await openForm();
    await jonas.presses('Send request', FILLED);

    const refused = await mira.presses('Отправить запрос', FILLED);

    assert.match(refused, /^С этим клиентом уже работает Jonas Weber\./);
    assert.deepEqual(mira.titles(), ['Проверить снова', 'Пробный прогон']);
    await world.work();
    assert.equal((await record())?.request.requester.id, JONAS.id);
  });

  it('is not possible twice: the readiness of a customer with a request says so', async () => {
    await openForm();
    await jonas.presses('Send request', FILLED);
    await world.work();

    assert.match(await jonas.says('remove fabrikam'), /^There is a request for this customer already\./);
    assert.deepEqual(jonas.titles(), ['Show the request', 'Check again', 'Dry run']);
    const { requestId } = jonas.button('Show the request').data;
    assert.equal(requestId, (await record())?.request.id);
  });

  it('is not possible for somebody who may not ask', async () => {
    const elena = converse(world, ELENA);
    await elena.says('remove fabrikam');
    assert.deepEqual(elena.titles(), ['Check again']);
    const customerId = world.customer('fabrikambikes');
    const nonce = world.nonces.ofCustomer(ELENA.id, customerId);

    const refused = await elena.forges('removal.send', { ...FILLED, customerId, nonce });

    assert.match(refused, /^You are not among those who may ask for removals\. Nothing was changed\./);
    await world.work();
    assert.equal(await record(), undefined);
  });

  it('comes back as a form with everything in it when something has come in the way', async () => {
    await openForm();
    await world.control('_world', {
      customerId: world.customer('fabrikambikes'),
      addSubscription: { class: 'legacy-licence', offerName: 'Office 365 E1' },
    });
    await jonas.presses('Send request', FILLED);
    await world.work();

    const notSent = await record();
    assert.deepEqual([notSent?.request.state, notSent?.request.notSent?.why], ['draft', 'blocked']);
    const { card } = await world.requestScreen.ofRequester(notSent!, JONAS, textsFor('en'));
    jonas.receives(card);
    assert.match(jonas.words(), /Something stands in the way now\. Nothing was sent: check again\./);
    assert.deepEqual(jonas.inputs(), FILLED);

    assert.match(await jonas.presses('Back'), /Clear 1 thing here first\./);
    await jonas.presses('Suspend');
    await jonas.presses('Yes, suspend');
    await world.work();
    jonas.receives(card);
    assert.match(await jonas.presses('Send request', FILLED), /Everything is read once more/);
    await world.work();
    assert.equal((await record())?.request.state, 'pending');
  });

  it('reads again what was read long ago before it shows the form', async () => {
    await jonas.says('remove fabrikam');
    await world.control('_world', {
      customerId: world.customer('fabrikambikes'),
      addSubscription: { class: 'legacy-licence', offerName: 'Office 365 E1' },
    });
    world.pass(11 * MINUTE_MS);

    assert.match(await jonas.presses('Request removal'), /Clear 1 thing here first\./);

    assert.deepEqual(ofType(jonas.card(), 'Input.Text'), []);
  });
});
