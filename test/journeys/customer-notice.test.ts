import assert from 'node:assert/strict';
import type { ShownMessage } from '../../sandbox/chat/chat.ts';
import { startJourney, type Journey } from '../support/journey.ts';
import { about, approves, asks, REMOVED, seatOf, type Seat } from './steps.ts';

/** Is written to in German, by its billing profile. */
const NAME = 'alpineskihouse';

describe('a text for the customer', () => {
  let journey: Journey;
  let requester: Seat;
  let manager: Seat;

  beforeEach(async () => {
    journey = await startJourney();
    requester = seatOf(journey, 'requester');
    manager = seatOf(journey, 'manager');
  });
  afterEach(() => journey.close());

  /** What stands in the field of the card that was answered with. */
  const textAfter = async (message: ShownMessage, button: string): Promise<string> => {
    await requester.presses(message, button);
    const field = (requester.now(message).card?.['body'] as { readonly id?: string; readonly value?: string }[]).find(
      ({ id }) => id === 'text',
    );
    return field?.value ?? '';
  };

  it('is there before the removal and after it, in the customer’s language and in each other one', async () => {
    const request = await asks(requester, NAME);
    await requester.sees(about(NAME), /Waiting for Elena Marsh/);

    assert.match(await textAfter(request, 'Notice to the customer'), /wir werden bald nicht mehr Ihr Reseller/);
    await requester.presses(request, 'Back');
    await approves(manager, NAME);
    const receipt = await requester.sees(about(NAME), REMOVED);

    assert.match(await textAfter(receipt, 'Notice to the customer'), /am .* zu Ende gegangen\.[^]*https:\/\/admin\./);
    assert.match(await textAfter(receipt, 'Français'), /a pris fin le/);
    assert.match(await requester.presses(receipt, 'Back'), REMOVED);
  });

  it('is on the approver’s receipt too, and changes nothing anywhere', async () => {
    await asks(requester, NAME);
    await approves(manager, NAME);
    const receipt = await manager.sees(about(NAME), REMOVED);

    assert.match(await manager.presses(receipt, 'Notice to the customer'), /The same text to copy \(Deutsch\)/);

    assert.equal((await journey.changes()).length, 1);
  });
});
