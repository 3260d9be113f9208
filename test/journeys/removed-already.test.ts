import assert from 'node:assert/strict';
import { eventually } from '../support/eventually.ts';
import { readMessage, startJourney, type Journey } from '../support/journey.ts';
import {
  about,
  approves,
  asks,
  buttonTitles,
  customerIdOf,
  dataOf,
  domainOf,
  opens,
  CLEAR,
  REASON,
  removalsOf,
  REMOVED,
  seatOf,
  type Seat,
} from './steps.ts';

const name = 'fabrikambikes';
const ALREADY =
  /^Already removed\n.*\nfabrikambikes\.onmicrosoft\.com\n.*\n✓\u00a0Already removed on \{\{DATE\(.*\nThe customer is no longer yours\. Nothing was changed by this\.\nRequest: \n[0-9a-f-]{36}\n/;

describe('an old card of a customer that was removed', () => {
  let journey: Journey;
  let requester: Seat;
  let old: Awaited<ReturnType<typeof opens>>;
  /** What its buttons carry. */
  let data: Readonly<Record<string, unknown>>;

  beforeEach(async () => {
    journey = await startJourney();
    requester = seatOf(journey, 'requester');
    old = await opens(requester, name, CLEAR);
    data = dataOf(old, 'dry-run.show');
    await asks(requester, name);
    await approves(seatOf(journey, 'manager'), name);
    await requester.sees(about(name), REMOVED);
  });
  afterEach(() => journey.close());

  it('says when it was removed and by which request, whichever button is pressed', async () => {
    const sent = { ...data, reason: REASON, domain: domainOf(name) };
    const holdingId = customerIdOf(name);
    for (const [verb, more] of [
      ['readiness.show', data],
      ['readiness.check', data],
      ['dry-run.show', data],
      ['watch.start', data],
      ['removal.form', data],
      ['removal.send', sent],
      ['cancellation.form', data],
      ['cancellation.send', { ...sent, holdings: holdingId }],
      ['subscription.suspend', { ...data, holdingId }],
      ['subscription.confirm-suspend', { ...data, holdingId }],
      ['legacy.confirm-suspend', data],
    ] as const)
      assert.match(await requester.forges(old, verb, more), ALREADY, verb);

    assert.equal((await journey.changes()).length, 1);
    assert.equal((await removalsOf(journey, name)).length, 1);
    assert.deepEqual(buttonTitles(requester.now(old)), ['Show', 'Check again']);
    assert.match(await requester.presses(old, 'Show'), /^Receipt of a removal\n/);
  });

  it('is what whoever had it removed is told who types its domain, its name or its tenant id anew', async () => {
    const told = (): number =>
      journey.chat.messages('requester').filter((message) => ALREADY.test(readMessage(message))).length;
    for (const [at, words] of [domainOf(name), 'FABRIKAM bikes', customerIdOf(name), 'fabrikam', name].entries()) {
      await requester.says(`remove ${words}`);
      await eventually(() => told() === at + 1, `${words} leads to nothing`);
    }
    assert.equal((await removalsOf(journey, name)).length, 1);
  });

  it('says so in Russian to whoever reads Russian', async () => {
    journey.chat.people.find(({ key }) => key === 'requester')!.locale = 'ru-RU';

    const told = await requester.forges(old, 'readiness.check', data);

    assert.match(
      told,
      /^Уже удалено\n(.*\n){3}✓\u00a0Отношения уже удалены: \{\{DATE\(.*\n.*\nЗаявка: \n[0-9a-f-]{36}\n/,
    );
  });

  it('does not say so where Partner Center cannot be read', async () => {
    await journey.control('_faults', { rules: [{ path: '/v1/customers', status: 503 }] });

    const told = await requester.forges(old, 'readiness.check', data);

    assert.doesNotMatch(told, /Already removed/);
  });

  it('does not say so of a customer that has come back', async () => {
    await journey.control('_world', { customerId: customerIdOf(name), relationship: 'reseller' });

    await requester.forges(old, 'readiness.check', data);

    await requester.sees(about(name), CLEAR);
    assert.doesNotMatch(requester.reads(old), /Already removed/);
  });
}).timeout(40_000);
