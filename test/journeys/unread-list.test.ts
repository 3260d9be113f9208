import assert from 'node:assert/strict';
import { readMessage, startJourney, type Journey } from '../support/journey.ts';
import { seatOf, type Seat } from './steps.ts';

describe('a list of customers that cannot be read', () => {
  let journey: Journey;
  let requester: Seat;

  before(async () => {
    journey = await startJourney();
    requester = seatOf(journey, 'requester');
    await journey.control('_faults', { rules: [{ path: '^/v1/customers$', status: 403, code: '900421' }] });
    await journey.restart();
  });
  after(() => journey.close());

  /** The ids in what was shown, each of which Partner Center has seen on a call that it did not answer. */
  const quoted = async (shown: string): Promise<readonly string[]> => {
    const ids = [...shown.matchAll(/Correlation id (\S+)/g)].map(([, id]) => id ?? '');
    const failed = (await journey.calls()).filter(({ status }) => status === 403);
    for (const id of ids) assert.ok(failed.some(({ correlationId }) => correlationId === id));
    return ids;
  };

  it('is not taken for one in which nobody matches: the search says so, with the id to quote', async () => {
    await requester.says('remove zzz');
    const shown = readMessage(await requester.sees(/Which customer\?/, /“zzz”/));

    assert.match(shown, /Whether a customer matches “zzz” is not known/);
    assert.doesNotMatch(shown, /No customer matches|was removed already/);
    assert.equal((await quoted(shown)).length, 1);
  });

  it('is not shown as empty', async () => {
    await requester.says('remove');
    const shown = readMessage(await requester.sees(/Which customer\?/, /The list of customers could not be read yet/));

    assert.doesNotMatch(shown, /There are no customers/);
    assert.equal((await quoted(shown)).length, 1);
  });

  it('says so also while somebody types, and the line that says it searches for the words', async () => {
    await requester.says('remove');
    const picker = await requester.sees(/Which customer\?/, /The list of customers could not be read yet/);

    const [offered, ...others] = await journey.chat.search('requester', picker.id, 'customer', 'contoso');

    assert.deepEqual(others, []);
    assert.match(offered?.title ?? '', /^The list of customers could not be read yet\./);
    assert.equal((await quoted(offered?.title ?? '')).length, 1);
    const shown = await requester.presses(picker, 'Choose', { customer: offered?.value ?? '' });
    assert.match(shown, /Whether a customer matches “contoso” is not known/);
  });

  it('is searched again as soon as it can be', async () => {
    await journey.control('_faults', {});

    await requester.says('remove contosobakery.onmicrosoft.com');

    await requester.sees(/^End the reseller relationship$/m, /^Contoso Bakery$/m);
  });
}).timeout(30_000);
