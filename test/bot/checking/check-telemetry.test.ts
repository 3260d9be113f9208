import assert from 'node:assert/strict';
import { checkTelemetry } from '../../../bot/checking/check-telemetry.ts';
import { lineOf } from '../../../bot/checking/finding.ts';
import { parseConfig } from '../../../bot/config/config.ts';
import { journeyEnv } from '../../support/journey.ts';
import { startOtlpReceiver } from '../../support/otlp-receiver.ts';

const found = async (env: Readonly<Record<string, string>>): Promise<readonly string[]> => {
  const { telemetry } = parseConfig({ ...journeyEnv('http://127.0.0.1:4000', './data'), ...env });
  return (await checkTelemetry(telemetry, fetch)).map(lineOf);
};

describe('checking where telemetry goes', () => {
  it('says nothing where it is off, or goes to standard output', async () => {
    assert.deepEqual(await found({}), []);
    assert.deepEqual(await found({ OTEL_TRACES_EXPORTER: 'console' }), []);
  });

  for (const [protocol, type] of [
    ['http/json', 'application/json'],
    ['http/protobuf', 'application/x-protobuf'],
  ] as const) {
    it(`asks the collector whether it takes ${protocol}, and sends it nothing`, async () => {
      const receiver = await startOtlpReceiver();
      try {
        const lines = await found({
          OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
          OTEL_EXPORTER_OTLP_PROTOCOL: protocol,
          OTEL_EXPORTER_OTLP_HEADERS: 'x-key=telemetry-key',
        });

        assert.deepEqual(lines, [
          'ok       traces: the collector takes them.',
          'ok       metrics: the collector takes them.',
        ]);
        assert.deepEqual([...receiver.requests].sort(), [`/v1/metrics ${type}`, `/v1/traces ${type}`]);
        assert.ok(receiver.headers.every((headers) => headers['x-key'] === 'telemetry-key'));
        assert.deepEqual([...receiver.spans(), ...receiver.points()], []);
      } finally {
        await receiver.close();
      }
    });
  }

  it('warns where nobody answers, and names no key', async () => {
    const lines = await found({
      OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:9/secret-path',
      OTEL_EXPORTER_OTLP_HEADERS: 'x-key=telemetry-key',
      OTEL_METRICS_EXPORTER: 'none',
    });

    assert.equal(lines.length, 1);
    assert.match(lines[0] ?? '', /^warning {2}traces: the collector does not answer\. .*127\.0\.0\.1:9\.$/);
    assert.doesNotMatch(lines.join('\n'), /telemetry-key|secret-path/);
  });
});
