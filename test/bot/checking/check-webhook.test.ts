import assert from 'node:assert/strict';
import { checkWebhook } from '../../../bot/checking/check-webhook.ts';
import { lineOf } from '../../../bot/checking/finding.ts';
import { parseConfig } from '../../../bot/config/config.ts';
import { journeyEnv } from '../../support/journey.ts';
import { startWebhookReceiver, WEBHOOK_SECRET } from '../../support/webhook-receiver.ts';

const found = (env: Readonly<Record<string, string>>): readonly string[] =>
  checkWebhook(parseConfig({ ...journeyEnv('http://127.0.0.1:4000', './data'), ...env }).webhook).map(lineOf);

describe('checking where notices go', () => {
  it('says nothing where there is no webhook', () => {
    assert.deepEqual(found({}), []);
  });

  it('says whom the bot would tell and that it is signed, sends nothing, and shows neither path nor secret', async () => {
    const receiver = await startWebhookReceiver();
    try {
      const [line = '', ...more] = found({ WEBHOOK_URL: receiver.url, WEBHOOK_SECRET });

      assert.deepEqual(more, []);
      assert.match(line, /^ok {7}webhook: 127\.0\.0\.1:\d+ would be told what becomes of requests, signed; it was not/);
      assert.doesNotMatch(line, /hooks|4711|key=|whsec_/);
      assert.deepEqual(receiver.got, []);
    } finally {
      await receiver.close();
    }
  });

  it('says so while two secrets are in use', () => {
    const [line = ''] = found({
      WEBHOOK_URL: 'https://hooks.example/a',
      WEBHOOK_SECRET: `${WEBHOOK_SECRET},${WEBHOOK_SECRET}`,
    });

    assert.match(line, /signed with each of 2 secrets/);
  });
});
