import assert from 'node:assert/strict';
import type { ShownMessage } from '../../sandbox/chat/chat.ts';
import { activityFrom, post, startJourney, type Journey, type JourneyOptions } from '../support/journey.ts';
import { eventually } from '../support/eventually.ts';
import { plain, readPdf } from '../support/pdf-text.ts';
import { about, approves, asks, dataOf, removalsOf, REMOVED, seatOf, type Seat } from './steps.ts';

const NAME = 'alpineskihouse';

describe('a receipt that is to be filed', function () {
  this.timeout(60_000);
  let journey: Journey;
  let requester: Seat;
  let receipt: ShownMessage;

  const start = async (options: JourneyOptions = {}): Promise<void> => {
    journey = await startJourney(options);
    requester = seatOf(journey, 'requester');
    await asks(requester, NAME);
    await approves(seatOf(journey, 'manager'), NAME);
    receipt = await requester.sees(about(NAME), REMOVED);
  };
  afterEach(() => journey.close());

  const files = (kind: 'consent' | 'info', key = 'requester') =>
    journey.chat.messages(key).filter(({ file }) => file?.kind === kind);
  const asked = async (): Promise<ShownMessage> => {
    const messages = await journey.chat.until('requester', () => files('consent').length > 0);
    return messages.find(({ file }) => file?.kind === 'consent')!;
  };

  it('is put into the person’s files once they allow it, and says what the card says', async () => {
    await start();
    assert.match(await requester.presses(receipt, 'Receipt as PDF'), /Teams asks you below/);
    const question = await asked();

    const answer = await journey.chat.answerFile('requester', question.id, 'accept');

    assert.equal(answer.status, 200);
    await journey.chat.until('requester', () => files('info').length === 1);
    const [{ file } = assert.fail()] = files('info');
    assert.ok(file?.kind === 'info');
    assert.match(file.name, /^removal-alpineskihouse\.onmicrosoft\.com-\d{4}-\d\d-\d\d\.pdf$/);
    const { text } = await readPdf(new Uint8Array(await (await fetch(file.contentUrl)).arrayBuffer()));
    const [removal] = await removalsOf(journey, NAME);
    assert.ok(plain(text).includes(plain(removal!.correlationId)));
    assert.match(text, /Asked by: Jonas Weber[^]*Approved by: Elena Marsh/);
    // The question is answered, and gone, and the receipt says where the file is.
    await eventually(() => files('consent').length === 0, 'the question is still there');
    const put = new RegExp(`^The PDF is in your OneDrive: ${file.name.replaceAll('.', '\\.')}$`, 'm');
    await eventually(() => put.test(requester.reads(receipt)), 'the receipt does not say where the file is');
    assert.match(requester.reads(receipt), REMOVED);
    assert.doesNotMatch(requester.reads(receipt), /Teams asks you below/);
    // A card renews itself whenever it is looked at.
    assert.match(await requester.forges(receipt, 'request.show', dataOf(receipt, 'request.pdf')), put);
  });

  it('is put nowhere where they decline, and the receipt stays', async () => {
    await start();
    await requester.presses(receipt, 'Receipt as PDF');

    assert.equal((await journey.chat.answerFile('requester', (await asked()).id, 'decline')).status, 200);

    await eventually(() => files('consent').length === 0, 'the question is still there');
    const declined = 'The PDF was put nowhere: you declined';
    await eventually(() => requester.reads(receipt).includes(declined), 'the receipt does not say that they declined');
    assert.deepEqual(files('info'), []);
    assert.match(requester.reads(receipt), REMOVED);
    assert.doesNotMatch(requester.reads(receipt), /Teams asks you below/);
  });

  it('is asked about once, and put there once, however often Teams delivers it', async () => {
    await start({ chat: { duplicates: 4 } });
    await requester.presses(receipt, 'Receipt as PDF');
    const question = await asked();
    await journey.chat.answerFile('requester', question.id, 'accept');

    await journey.chat.until('requester', () => files('info').length > 0);
    await requester.says('status');
    await requester.sees(/Your requests/);
    assert.deepEqual([files('info').length, files('consent').length], [1, 0]);
  });

  it('goes nowhere but into OneDrive, whatever an answer names', async () => {
    const reached: string[] = [];
    const watching: typeof fetch = (input, init) => {
      reached.push(new Request(input).url);
      return fetch(input, init);
    };
    await start({ fetch: watching });
    const { requestId } = dataOf(receipt, 'request.pdf');
    const value = {
      ...{ type: 'fileUpload', action: 'accept', context: { requestId } },
      uploadInfo: {
        ...{ uploadUrl: 'https://evil.example/put', contentUrl: 'https://evil.example/get' },
        ...{ name: 'a.pdf', uniqueId: '1', fileType: 'pdf' },
      },
    };

    const { status } = await post(
      journey,
      activityFrom(journey, 'requester', { type: 'invoke', name: 'fileConsent/invoke', value }),
    );

    assert.equal(status, 200);
    await requester.sees(/named a place for the PDF that is not OneDrive/);
    assert.ok(reached.every((address) => address.startsWith(journey.chat.url)));
    assert.deepEqual(files('info'), []);
  });

  it('is said to have failed where it could not be put there, and can be tried again', async () => {
    const refusing: typeof fetch = (input, init) =>
      new Headers(init?.headers).has('Content-Range')
        ? Promise.resolve(new Response(null, { status: 403 }))
        : fetch(input, init);
    await start({ fetch: refusing });
    await requester.presses(receipt, 'Receipt as PDF');

    await journey.chat.answerFile('requester', (await asked()).id, 'accept');

    await requester.sees(/could not be put into your OneDrive/);
    const isAsking = (): boolean => requester.reads(receipt).includes('Teams asks you below');
    await eventually(() => !isAsking(), 'the receipt still says that something is asked');
    assert.deepEqual(files('info'), []);
  });
});
