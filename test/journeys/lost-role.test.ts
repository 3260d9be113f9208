import assert from 'node:assert/strict';
import type { ShownMessage } from '../../sandbox/chat/chat.ts';
import { readMessage, startJourney, type Journey } from '../support/journey.ts';
import { about, dataOf, domainOf, seatOf, waits, type Seat } from './steps.ts';

const SOMEBODY_ELSE = '0d3f4b52-5555-4c1a-9a35-2f6f0c9d1e42';
const NAME = 'fabrikambikes';
const REFUSED =
  'You are not among those who may ask for removals. Nothing was changed. Whoever runs this bot decides who may.';
/** Everyday customers' names. */
const CUSTOMER_NAMES = /contoso|fabrikam|northwind|alpine|adventure|onmicrosoft/i;

describe('somebody who may no longer ask for removals', () => {
  let journey: Journey;
  let requester: Seat;
  let sent: ShownMessage;
  let approval: ShownMessage;

  before(async () => {
    journey = await startJourney();
    requester = seatOf(journey, 'requester');
    ({ sent, approval } = await waits(journey, NAME));
    await requester.says('remove');
    await requester.sees(/Which customer\?/);
    await journey.restart({ REQUESTERS: SOMEBODY_ELSE });
  });
  after(() => journey.close());

  /** What the bot writes in answer. */
  const told = async (text: string): Promise<string> => {
    const count = (): number => journey.chat.messages('requester').filter(({ from }) => from === 'bot').length;
    const before = count();
    await requester.says(text);
    await journey.chat.until('requester', () => count() > before);
    const written = journey.chat.messages('requester').filter(({ from }) => from === 'bot');
    return written.slice(before).map(readMessage).join('\n');
  };

  for (const text of ['requests', 'заявки', 'status', `status ${NAME}`, `remove ${domainOf(NAME)}`])
    it(`is refused in the same words, and shown no customer: ${text}`, async () => {
      assert.equal(await told(text), REFUSED);
    });

  it('is not answered by the dialog that waited before', async () => {
    const answer = await told(domainOf('contoso'));

    assert.match(answer, /This is what I understand/);
    assert.doesNotMatch(answer.replaceAll(/“[^”]*”/g, ''), CUSTOMER_NAMES);
  });

  for (const verb of ['request.show', 'request.withdraw', 'request.confirm-withdraw', 'request.continue'])
    it(`is shown nothing of the request by its card's buttons: ${verb}`, async () => {
      assert.equal(await requester.forges(sent, verb, dataOf(sent, 'request.withdraw')), REFUSED);
    });

  for (const verb of ['approval.approve', 'approval.confirm-approve', 'approval.decline', 'approval.confirm-decline'])
    it(`decides nothing: ${verb}`, async () => {
      assert.equal(
        await requester.forges(sent, verb, dataOf(approval, 'approval.approve')),
        'You are not among those who may approve. Nothing was changed.',
      );
    });

  it('keeps an approver from nothing: they see the request and what they asked for', async () => {
    const manager = seatOf(journey, 'manager');

    await manager.says('requests');

    await manager.sees(/Waiting for your decision/, about(NAME));
    assert.match(await manager.forges(approval, 'request.show', dataOf(approval, 'approval.approve')), about(NAME));
  });

  it('sees their requests again once they may', async () => {
    await journey.restart({ REQUESTERS: `${SOMEBODY_ELSE},${requesterIdOf(journey)}` });

    assert.match(await told('requests'), about(NAME));
  });
}).timeout(30_000);

const requesterIdOf = ({ chat }: Journey): string => chat.people.find(({ key }) => key === 'requester')!.aadObjectId;
