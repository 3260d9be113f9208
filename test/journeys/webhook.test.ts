import assert from 'node:assert/strict';
import { Webhook } from 'standardwebhooks';
import { startJourney, type Journey } from '../support/journey.ts';
import { eventually } from '../support/eventually.ts';
import {
  assertSigned,
  startWebhookReceiver,
  WEBHOOK_SECRET,
  type WebhookReceiver,
} from '../support/webhook-receiver.ts';
import { about, approves, asks, removalsOf, REMOVED, seatOf } from './steps.ts';

const NAME = 'alpineskihouse';

describe('another system that is told of a removal', function () {
  this.timeout(30_000);
  let receiver: WebhookReceiver;
  let journey: Journey;

  beforeEach(async () => {
    receiver = await startWebhookReceiver();
    journey = await startJourney({ env: { WEBHOOK_URL: receiver.url, WEBHOOK_SECRET } });
  });
  afterEach(async () => {
    await journey.close();
    await receiver.close();
  });
  const types = (): readonly string[] => receiver.got.map(({ body }) => body.type);

  it('hears of each step in order, with the ticket and the ids to quote, over a restart too', async () => {
    receiver.answers = [503];
    await asks(seatOf(journey, 'requester'), NAME, { ticket: 'INC-4711' });
    await eventually(() => receiver.got.length === 1, 'nothing was told');
    await approves(seatOf(journey, 'manager'), NAME);
    await seatOf(journey, 'requester').sees(about(NAME), REMOVED);

    await journey.restart();
    journey.advance(5_000);

    await eventually(() => types().includes('request.removed'), `only ${types().join(', ')} came`);
    assert.deepEqual(types(), [
      ...['request.sent', 'request.sent', 'request.approved', 'request.executing', 'request.removed'],
    ]);
    for (const got of receiver.got) {
      assertSigned(got);
      new Webhook(WEBHOOK_SECRET).verify(got.text, got.headers as Record<string, string>);
    }
    const { data } = receiver.got.at(-1)!.body;
    const [removal] = await removalsOf(journey, NAME);
    assert.equal(data['ticket'], 'INC-4711');
    assert.equal(data['msCorrelationId'], removal!.correlationId);
    assert.equal(data['msRequestId'], removal!.requestId);
  });

  it('keeps nothing from being removed where it does not answer', async () => {
    receiver.answers = Array.from({ length: 20 }, () => 'hang' as const);
    await asks(seatOf(journey, 'requester'), NAME);
    await approves(seatOf(journey, 'manager'), NAME);

    await seatOf(journey, 'requester').sees(about(NAME), REMOVED);
    assert.ok(receiver.got.length >= 1);
  });
});
