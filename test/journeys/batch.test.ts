import assert from 'node:assert/strict';
import { buttonsOf, defaultPeople } from '../../sandbox/chat/chat.ts';
import type { Person } from '../../sandbox/chat/people.ts';
import { DAY_MS, HOUR_MS } from '../../services/clock.ts';
import { deputy, DEPUTY_OBJECT_ID } from './people.ts';
import { activityFrom, post, readMessage, startJourney, type Journey } from '../support/journey.ts';
import {
  APPROVAL_WANTED,
  about,
  buttonTitles,
  customerIdOf,
  dataOf,
  domainOf,
  REASON,
  removalsOf,
  REMOVED,
  seatOf,
  suspensionsOf,
  type Seat,
  type Shown,
} from './steps.ts';

const [FIRST, SECOND, THIRD] = ['fabrikambikes', 'alpineskihouse', 'margiestravel'] as const;
const READY = [FIRST, SECOND, THIRD];
const LIST = /Several customers/;
const TO_DECIDE = /[Rr]emovals? to decide on/;

describe('several customers at once', () => {
  let journey: Journey;
  let requester: Seat;
  let manager: Seat;

  const start = async (
    env: Readonly<Record<string, string>> = {},
    locale = 'en-US',
    more: readonly Person[] = [],
  ): Promise<void> => {
    const [one, other] = defaultPeople();
    const people = [{ ...one!, locale }, other!, ...more];
    journey = await startJourney({ env, chat: { people }, installed: people.map(({ key }) => key) });
    // Far from midnight, whatever the machine's own time is.
    journey.advance(DAY_MS - (Date.now() % DAY_MS) + 10 * HOUR_MS);
    requester = seatOf(journey, 'requester');
    manager = seatOf(journey, 'manager');
  };
  afterEach(() => journey.close());

  const pastes = async (names: readonly string[], ...words: readonly RegExp[]): Promise<Shown> => {
    await requester.says(`remove several\n${names.map(domainOf).join('\n')}`);
    return requester.sees(LIST, ...words);
  };
  const teams = async (rules: readonly object[]): Promise<void> => {
    const body = JSON.stringify({ rules });
    assert.ok((await fetch(`${journey.chat.url}/_faults`, { method: 'POST', body })).ok);
  };
  const asks = async (card: Shown, count: number): Promise<string> => {
    await requester.presses(card, count === 1 ? 'Request 1 removal' : `Request ${count} removals`);
    return requester.presses(card, count === 1 ? 'Send 1 request' : `Send ${count} requests`, {
      ...{ reason: REASON, ...(count === 1 ? { domain: domainOf(FIRST) } : { count: String(count) }) },
    });
  };
  /** Presses the button of a row. */
  const opens = async (seat: Seat, card: Shown, name: string, verb: 'batch.open' | 'list.open'): Promise<void> => {
    const shown = seat.now(card);
    const text = JSON.stringify(shown.card);
    const at = text.indexOf(domainOf(name));
    assert.ok(at > 0, `${name} is on the card`);
    const data = /"data":(\{"verb":"(?:batch|list)\.open"[^}]*\})/.exec(text.slice(at))?.[1];
    assert.ok(data, 'its row has a button');
    await seat.forges(card, verb, JSON.parse(data));
  };
  const decides = async (name: string): Promise<void> => {
    const card = await manager.sees(about(name), APPROVAL_WANTED);
    await manager.presses(card, 'Approve');
    await manager.presses(card, 'Yes, approve');
  };

  it('asks for each by itself, from one list for whoever decides, and shows how far all are on one card', async () => {
    await start();
    const card = await pastes(READY, /Ready: 3/);

    await asks(card, 3);
    const list = await manager.sees(TO_DECIDE, /3 of them wait for a decision/);
    await opens(manager, list, FIRST, 'list.open');
    await decides(FIRST);
    await opens(manager, list, SECOND, 'list.open');
    const second = await manager.sees(about(SECOND), APPROVAL_WANTED);
    await manager.presses(second, 'Decline');
    await manager.presses(second, 'Yes, decline', { reason: 'Not before the audit.' });

    await requester.sees(LIST, /Removed: 1/, /Waiting for approval: 1/, /Came to nothing: 1/);
    await manager.sees(TO_DECIDE, /1 of them waits for a decision/);
    assert.equal((await removalsOf(journey, FIRST)).length, 1);
    assert.deepEqual(await removalsOf(journey, SECOND), []);
    assert.deepEqual(await removalsOf(journey, THIRD), []);
    // One list each: no other card asks the manager for what they have not opened.
    const wanted = journey.chat.messages('manager').filter((one) => APPROVAL_WANTED.test(readMessage(one)));
    assert.ok(!wanted.some((one) => readMessage(one).includes(domainOf(THIRD))));
    assert.equal(
      journey.chat.messages('manager').filter((one) => readMessage(one).includes('Several removals to decide on'))
        .length,
      1,
    );
  }).timeout(60_000);

  it('opens the receipt of one, with the correlation id', async () => {
    await start();
    const card = await pastes([FIRST], /Ready: 1/);
    await asks(card, 1);
    const list = await manager.sees(TO_DECIDE);
    await opens(manager, list, FIRST, 'list.open');
    await decides(FIRST);
    await requester.sees(/Removed: 1/);

    const finished = await requester.sees(LIST, /Removed: 1/);
    await opens(requester, finished, FIRST, 'batch.open');

    const receipt = await requester.sees(about(FIRST), REMOVED);
    const [call] = await removalsOf(journey, FIRST);
    assert.ok(readMessage(receipt).includes(call!.correlationId));
  }).timeout(60_000);

  it('lets nobody decide on their own, and nobody decide on all', async () => {
    const [one] = defaultPeople();
    await start({ APPROVERS: `${defaultPeople()[1]!.aadObjectId},${one!.aadObjectId}` });
    const card = await pastes(READY, /Ready: 3/);
    await asks(card, 3);
    const list = await manager.sees(TO_DECIDE, /3 of them wait/);

    const titles = buttonTitles(manager.now(list));
    const row = JSON.stringify(manager.now(list).card);
    const data = JSON.parse(/"data":(\{"verb":"list\.open"[^}]*\})/.exec(row)![1]!) as object;
    const own = await requester.forges(card, 'list.open', data);
    const forged = await requester.forges(card, 'approval.confirm-approve', data);

    assert.deepEqual([...new Set(titles)], ['Show']);
    assert.match(own, /not for you to see|is none of yours|not yours|somebody else/i);
    assert.match(forged, /your own/i);
    for (const name of READY) assert.deepEqual(await removalsOf(journey, name), []);
  }).timeout(60_000);

  it('says of each line why it is no customer of the list, and of each customer what it needs', async () => {
    await start();
    await requester.says(
      [
        'remove several',
        domainOf('contosobakery'),
        domainOf('woodgrovebank'),
        'Adventure Works',
        domainOf('contosobakery'),
        'nobody.example',
        domainOf('humongousinsurance'),
      ].join('\n'),
    );

    const card = await requester.sees(
      LIST,
      /Can be cleared here: 1/,
      /Has to wait: 1/,
      /Has to be cleared elsewhere: 1/,
    );

    const text = requester.reads(card);
    assert.match(text, /Line 3, “Adventure Works”: several are called so/);
    assert.match(text, /Line 4, “contosobakery\.onmicrosoft\.com”: the same customer as in line 1/);
    assert.match(text, /Line 5, “nobody\.example”: none of your customers/);
    // All that was read of one of them is one press away, and back.
    const details = buttonsOf(requester.now(card).card ?? {}).find(
      ({ verb, data }) => verb === 'batch.customer' && data['customerId'] === customerIdOf('woodgrovebank'),
    );
    assert.match(await requester.forges(card, 'batch.customer', details?.data), /Microsoft 365 E5 × 300/);
    assert.match(await requester.presses(card, 'Back'), LIST);
    assert.deepEqual(await journey.changes(), []);
  }).timeout(60_000);

  it('names everything that is suspended, suspends it, and then asks', async () => {
    await start();
    const card = await pastes(['contosobakery', 'northwindtraders'], /Can be cleared here: 2/);

    const question = await requester.presses(card, 'Suspend for 2 customers');
    // Whoever turns a page on which others were named begins anew.
    const stale = dataOf(requester.now(card), 'batch.show');
    assert.match(await requester.forges(card, 'batch.clear', { ...stale, page: 1 }), /Something has changed since/);
    const before = await journey.changes();
    await requester.presses(card, 'Yes, suspend');
    await requester.sees(LIST, /Ready: 2/);

    for (const word of [
      /Contoso Bakery/,
      /Northwind Traders/,
      /Office 365 E3 × 10/,
      /Exchange Online \(Plan 1\) × 4/,
      /Office 365 E1/,
    ])
      assert.match(question, word);
    assert.deepEqual(before, []);
    assert.equal((await suspensionsOf(journey, 'contosobakery')).length, 2);
    assert.equal((await suspensionsOf(journey, 'northwindtraders')).length, 1);
    await asks(card, 2);
    await manager.sees(TO_DECIDE, /2 of them wait/);
  }).timeout(60_000);

  it('asks for the domain of one customer alone, as its own form does: its number is not enough', async () => {
    await start();
    const card = await pastes([FIRST], /Ready: 1/);
    await requester.presses(card, 'Request 1 removal');

    const refused = await requester.presses(card, 'Send 1 request', { reason: REASON, domain: '1' });
    assert.match(refused, /That is not this customer’s domain/);
    assert.doesNotMatch(refused, /How many customers|each of them/);
    await requester.presses(card, 'Send 1 request', { reason: REASON, domain: domainOf(FIRST) });

    await manager.sees(/A removal to decide on/, /It waits for a decision/, new RegExp(domainOf(FIRST)));
  }).timeout(60_000);

  it('asks for nothing until the number is typed that is shown, and keeps what was filled in', async () => {
    await start();
    const card = await pastes(READY, /Ready: 3/);
    await requester.presses(card, 'Request 3 removals');

    const refused = await requester.presses(card, 'Send 3 requests', { reason: REASON, count: '2' });

    assert.match(refused, /That is not the number of customers listed above/);
    assert.match(JSON.stringify(requester.now(card).card), new RegExp(REASON.slice(0, 20)));
    for (const name of READY) assert.match(refused, new RegExp(domainOf(name)));
    assert.ok(!manager.all().includes(domainOf(FIRST)));
  }).timeout(60_000);

  it('queues what is more than one day takes, and shows the planned day', async () => {
    await start({ MAX_REMOVALS_PER_DAY: '1' });
    const card = await pastes(READY, /Ready: 3/);

    await asks(card, 3);

    await requester.sees(LIST, /Planned: 2/, /planned for .* UTC/);
    await manager.sees(/A removal to decide on/, /It waits for a decision/);
  }).timeout(60_000);

  it('stops: withdraws what is not decided, and says what cannot be stopped', async () => {
    await start();
    const card = await pastes(READY, /Ready: 3/);
    await asks(card, 3);
    const list = await manager.sees(TO_DECIDE, /3 of them wait/);
    await opens(manager, list, FIRST, 'list.open');
    await decides(FIRST);
    const shown = await requester.sees(LIST, /Removed: 1/);

    const question = await requester.presses(shown, 'Stop');
    await requester.presses(shown, 'Yes, stop');

    await requester.sees(LIST, /Stopped\. Nothing more is begun\./, /Came to nothing: 2/);
    assert.match(question, /2 requests are withdrawn/);
    await manager.sees(TO_DECIDE, /Nothing waits for a decision any more/);
    assert.equal((await removalsOf(journey, FIRST)).length, 1);
    assert.deepEqual(await removalsOf(journey, SECOND), []);
  }).timeout(60_000);

  it('leaves alone what its requester is asked on it, until they have answered', async () => {
    await start();
    const card = await pastes(READY, /Ready: 3/);
    await asks(card, 3);
    const list = await manager.sees(TO_DECIDE, /3 of them wait/);
    await requester.sees(LIST, /Waiting for approval: 3/);
    await requester.presses(card, 'Stop');

    await opens(manager, list, FIRST, 'list.open');
    const first = await manager.sees(about(FIRST), APPROVAL_WANTED);
    await manager.presses(first, 'Decline');
    await manager.presses(first, 'Yes, decline', { reason: 'Not before the audit.' });
    await manager.sees(TO_DECIDE, /2 of them wait/);
    const meanwhile = requester.reads(card);
    await requester.presses(card, 'Back');

    assert.match(meanwhile, /Stop this list\?/);
    await requester.sees(LIST, /Waiting for approval: 2/, /Came to nothing: 1/);
  }).timeout(60_000);

  it('says once that the list cannot be shown to whoever decides, and shows it once they have the app again', async () => {
    await start();
    const card = await pastes(READY, /Ready: 3/);
    // As Teams answers for somebody who has removed or blocked the app.
    await teams([{ person: 'manager', method: 'POST', status: 403 }]);
    await asks(card, 3);
    await requester.sees(LIST, /waiting for Elena Marsh/);

    journey.advance(HOUR_MS + 5 * 60_000);
    await requester.sees(LIST, /Elena Marsh could not be reached/);
    await teams([]);
    journey.advance(2 * 60_000);

    await manager.sees(TO_DECIDE, /3 of them wait/);
    await requester.sees(LIST, /waiting for Elena Marsh/);
  }).timeout(60_000);

  it('goes on after the bot has ended and begun again', async () => {
    await start();
    const card = await pastes(READY, /Ready: 3/);
    await asks(card, 3);

    await journey.restart();

    const list = await manager.sees(TO_DECIDE, /3 of them wait/);
    await opens(manager, list, THIRD, 'list.open');
    await decides(THIRD);
    await requester.sees(LIST, /Removed: 1/, /Waiting for approval: 2/);
    assert.equal((await removalsOf(journey, THIRD)).length, 1);
  }).timeout(60_000);

  it('shows the newest list again, and how to begin another one', async () => {
    await start();
    await requester.says('batch');
    await requester.sees(/Write “remove several”/);
    await pastes(READY, /Ready: 3/);
    const before = journey.chat
      .messages('requester')
      .filter((one) => readMessage(one).includes('Several customers')).length;

    await requester.says('batch');
    await journey.chat.until(
      'requester',
      (all) => all.filter((one) => readMessage(one).includes('Several customers')).length === before + 1,
    );
  }).timeout(60_000);

  it('tells in one message each what nobody has decided, and what is left suspended', async () => {
    await start({ ESCALATE_TO: DEPUTY_OBJECT_ID }, 'en-US', [deputy('en-US')]);
    const pass = async (hours: number): Promise<void> => {
      await journey.stop();
      journey.advance(hours * HOUR_MS);
      await journey.restart();
    };
    const card = await pastes(['contosobakery', 'northwindtraders'], /Can be cleared here: 2/);
    await requester.presses(card, 'Suspend for 2 customers');
    await requester.presses(card, 'Yes, suspend');
    await requester.sees(LIST, /Ready: 2/);
    await asks(card, 2);
    await manager.sees(TO_DECIDE, /2 of them wait/);

    await pass(24.1);

    const other = seatOf(journey, 'deputy');
    const names = [/Contoso Bakery · contosobakery/, /Northwind Traders · northwindtraders/];
    const told = await other.sees(/Several removals to know of/, /Nobody has decided yet: 2/, ...names);
    assert.deepEqual(buttonTitles(told), []);
    await pass(48);
    await requester.sees(LIST, /Came to nothing: 2/);
    const before = journey.chat.messages('requester').length;
    await pass(24.1);
    const still = (domain: string): RegExp =>
      new RegExp(`subscriptions? of ${domain}\\.onmicrosoft\\.com (?:is|are) still suspended`);
    const summaries = () => journey.chat.messages('requester').map(({ summary }) => summary);
    await journey.chat.until('requester', () =>
      summaries().includes('Subscriptions are still suspended for customers of a list'),
    );
    const reminded = await requester.sees(LIST, still('contosobakery'), still('northwindtraders'));
    await opens(requester, reminded, 'contosobakery', 'batch.open');
    await requester.sees(about('contosobakery'), /Left suspended/);

    // The reminder, and the card that was opened from it.
    assert.equal(journey.chat.messages('requester').length, before + 2);
    const ofDeputy = journey.chat
      .messages('deputy')
      .filter((one) => readMessage(one).includes('Several removals to know of'));
    assert.equal(ofDeputy.length, 1);
    assert.ok(!journey.chat.messages('deputy').some((one) => about('contosobakery').test(readMessage(one))));
  }).timeout(90_000);

  it('reads one list after the other', async () => {
    await start();
    await journey.control('_faults', { rules: [{ method: 'GET', path: '/subscriptions', delayMs: 7_000 }] });
    await pastes(READY, /of 3 read/);

    await requester.says(`batch\n${domainOf('contoso')}\n${domainOf('contosobakery')}`);

    await requester.sees(/Your last list is still being read/);
    await requester.sees(LIST, /Ready: 3/);
    assert.ok(!requester.all().includes(domainOf('contosobakery')));
  }).timeout(60_000);

  it('is nobody else’s to look at', async () => {
    await start();
    const card = await pastes(READY, /Ready: 3/);
    const data = dataOf(requester.now(card), 'batch.form');
    await manager.says('requests');
    const theirs = await manager.sees(/Waiting for your decision/);

    for (const verb of ['batch.form', 'batch.customer']) {
      const refused = await manager.forges(theirs, verb, { ...data, verb, customerId: customerIdOf(FIRST) });

      assert.ok(!refused.includes(domainOf(FIRST)), refused);
    }
  }).timeout(60_000);

  it('takes a CSV file, and says why it takes none of another kind', async () => {
    await start();
    const rows = ['Microsoft ID;Company name;Primary domain name', ...READY.map((name) => `;;${domainOf(name)}`)];

    await journey.chat.sendFile('requester', 'Customers.csv', `\uFEFF${rows.join('\r\n')}\r\n`);
    await requester.sees(LIST, /Ready: 3/);
    await journey.chat.sendFile('requester', 'customers.xlsx', 'PK');
    await requester.sees(/I read lists as CSV or plain text only/);
    await journey.chat.sendFile('requester', 'empty.csv', 'name;domain\n');
    await requester.sees(/There is no customer in this file/);
    await journey.chat.sendFile('requester', 'large.csv', 'x'.repeat(300_000));
    await requester.sees(/This file is too large/);
    await journey.chat.sendFile('manager', 'theirs.csv', domainOf(FIRST));

    await manager.sees(/You are not among those who may ask for removals/);
  }).timeout(60_000);

  it('fetches no file from anywhere else', async () => {
    await start();
    const content = { downloadUrl: 'https://evil.example/customers.csv', uniqueId: '1', fileType: 'csv' };
    const contentType = 'application/vnd.microsoft.teams.file.download.info';
    const attachments = [{ contentType, name: 'customers.csv', content }];

    await post(journey, activityFrom(journey, 'requester', { type: 'message', attachments }));

    await requester.sees(/does not lie where Teams keeps files/);
  }).timeout(60_000);

  it('speaks Russian', async () => {
    await start({}, 'ru-RU');
    await requester.says(`удалить несколько\n${READY.map(domainOf).join('\n')}`);

    await requester.sees(/Несколько клиентов/, /Готовы: 3/, /В списке 3 клиента/);
  }).timeout(60_000);
});
