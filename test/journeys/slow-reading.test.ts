import assert from 'node:assert/strict';
import { newest, readMessage, startJourney, type Journey } from '../support/journey.ts';

describe('a reading that takes longer than a turn', () => {
  let journey: Journey;

  before(async () => {
    journey = await startJourney();
  });
  after(() => journey.close());

  it('is followed by its card on every device, also when a button asked for it', async () => {
    const { chat } = journey;
    await chat.say('requester', 'remove northwind');
    const shown = await chat.until('requester', (messages) => newest(messages, /Office 365 E1/) !== undefined);
    const { id } = newest(shown, /Office 365 E1/)!;
    const cardOn = (device: string): string =>
      readMessage(chat.messages('requester', { device }).find((message) => message.id === id)!);
    await journey.control('_faults', { latencyMs: 600 });

    await chat.press('requester', id, 'Check again', {}, { device: 'phone' });
    assert.match(cardOn('phone'), /Reading everything/);
    await chat.until('requester', (messages) => messages.some((one) => one.id === id && one.edits > 0));
    // Whatever else was to be shown in its place is shown before this is answered.
    await chat.say('requester', 'help');
    await chat.until('requester', (messages) => readMessage(messages.at(-1)!).includes('What you can write'));

    for (const device of ['phone', 'desktop']) assert.match(cardOn(device), /Office 365 E1/, device);
  });
});
