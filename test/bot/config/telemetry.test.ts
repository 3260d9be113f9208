import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import { ConfigError, parseConfig } from '../../../bot/config/config.ts';
import type { TelemetryConfig } from '../../../bot/config/telemetry.ts';
import { journeyEnv } from '../../support/journey.ts';

type Env = Readonly<Record<string, string>>;

const read = (env: Env): TelemetryConfig | undefined =>
  parseConfig({ ...journeyEnv('http://127.0.0.1:4000', './data'), ...env }).telemetry;
const faultsOf = (env: Env): readonly string[] => {
  try {
    read(env);
    return [];
  } catch (error) {
    assert.ok(error instanceof ConfigError);
    return error.faults;
  }
};
/** Without the headers, which show themselves to nobody. */
const shown = (env: Env): unknown => JSON.parse(JSON.stringify(read(env)));

const COLLECTOR = 'http://collector:4318';
const protobuf = { kind: 'otlp', protocol: 'http/protobuf', headers: '[secret]' };

describe('the configuration of telemetry', () => {
  const off: readonly [name: string, env: Env][] = [
    ['where nothing is said', {}],
    ['where variables are empty', { OTEL_EXPORTER_OTLP_ENDPOINT: '', OTEL_TRACES_EXPORTER: ' ' }],
    ['where it is disabled', { OTEL_EXPORTER_OTLP_ENDPOINT: COLLECTOR, OTEL_SDK_DISABLED: 'true' }],
    [
      'where both exporters are none',
      { OTEL_EXPORTER_OTLP_ENDPOINT: COLLECTOR, OTEL_TRACES_EXPORTER: 'none', OTEL_METRICS_EXPORTER: 'none' },
    ],
    ['with a name alone', { OTEL_SERVICE_NAME: 'bot', OTEL_RESOURCE_ATTRIBUTES: 'a=b' }],
  ];
  for (const [name, env] of off) {
    it(`is off ${name}`, () => {
      assert.equal(read(env), undefined);
    });
  }

  it('is on with an endpoint, for both signals, below its path', () => {
    assert.deepEqual(shown({ OTEL_EXPORTER_OTLP_ENDPOINT: `${COLLECTOR}/otlp/` }), {
      serviceName: 'reseller-offboarding',
      resource: {},
      traces: {
        exporter: { ...protobuf, url: `${COLLECTOR}/otlp/v1/traces` },
        sampler: 'parentbased_always_on',
        ratio: 1,
      },
      metrics: { exporter: { ...protobuf, url: `${COLLECTOR}/otlp/v1/metrics` }, everyMs: 60_000 },
    });
  });

  it('takes what a signal says for itself before what is said for both', () => {
    const config = read({
      OTEL_EXPORTER_OTLP_ENDPOINT: 'https://both.example',
      OTEL_EXPORTER_OTLP_HEADERS: 'api-key=common',
      OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'https://traces.example/in',
      OTEL_EXPORTER_OTLP_TRACES_PROTOCOL: 'http/json',
      OTEL_EXPORTER_OTLP_TRACES_HEADERS: 'api-key=own%2Ckey, x-tenant = 7',
      OTEL_TRACES_SAMPLER: 'parentbased_traceidratio',
      OTEL_TRACES_SAMPLER_ARG: '0.25',
      OTEL_METRIC_EXPORT_INTERVAL: '15000',
      OTEL_SERVICE_NAME: 'offboarding',
      OTEL_RESOURCE_ATTRIBUTES: 'deployment.environment.name=trial%20run,team=csp',
    });
    const { traces, metrics } = config ?? {};

    assert.deepEqual([traces?.sampler, traces?.ratio, metrics?.everyMs], ['parentbased_traceidratio', 0.25, 15_000]);
    assert.ok(traces?.exporter.kind === 'otlp' && metrics?.exporter.kind === 'otlp');
    assert.deepEqual([traces.exporter.url, traces.exporter.protocol], ['https://traces.example/in', 'http/json']);
    assert.deepEqual(traces.exporter.headers.reveal(), { 'api-key': 'own,key', 'x-tenant': '7' });
    assert.equal(metrics.exporter.protocol, 'http/protobuf');
    assert.deepEqual(metrics.exporter.headers.reveal(), { 'api-key': 'common' });
    assert.equal(config?.serviceName, 'offboarding');
    assert.deepEqual(config.resource, { 'deployment.environment.name': 'trial run', team: 'csp' });
    assert.doesNotMatch(inspect(config, { depth: 9 }) + JSON.stringify(config), /own|common/);
  });

  it('lets one signal be sent alone', () => {
    assert.deepEqual(shown({ OTEL_METRICS_EXPORTER: 'console' }), {
      serviceName: 'reseller-offboarding',
      resource: {},
      metrics: { exporter: { kind: 'console' }, everyMs: 60_000 },
    });
  });

  const on = { OTEL_EXPORTER_OTLP_ENDPOINT: COLLECTOR };
  const faults: readonly [name: string, env: Env, faults: readonly RegExp[]][] = [
    [
      'an exporter that there is not',
      { ...on, OTEL_TRACES_EXPORTER: 'zipkin' },
      [/^OTEL_TRACES_EXPORTER: must be none or otlp or console$/],
    ],
    [
      'a protocol that is not spoken',
      { ...on, OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc' },
      [/^OTEL_EXPORTER_OTLP_PROTOCOL: must be http\/protobuf or http\/json$/],
    ],
    [
      'an exporter that knows no address',
      { OTEL_METRICS_EXPORTER: 'otlp' },
      [/^OTEL_METRICS_EXPORTER, OTEL_EXPORTER_OTLP_ENDPOINT: .*where to send to$/],
    ],
    [
      'an address that is none',
      { OTEL_EXPORTER_OTLP_ENDPOINT: 'collector:4318' },
      [/^OTEL_EXPORTER_OTLP_ENDPOINT: must be an https or http address/],
    ],
    [
      'a password in an address',
      { OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'https://a:hunter2@b.example' },
      [/^OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: /],
    ],
    [
      'a key in plain text',
      { ...on, OTEL_EXPORTER_OTLP_HEADERS: 'key=hunter2', OTEL_METRICS_EXPORTER: 'none' },
      [/^OTEL_EXPORTER_OTLP_ENDPOINT, OTEL_EXPORTER_OTLP_HEADERS: must be https/],
    ],
    [
      'headers that are no pairs',
      { ...on, OTEL_EXPORTER_OTLP_HEADERS: 'hunter2' },
      [/^OTEL_EXPORTER_OTLP_HEADERS: must be name=value pairs/],
    ],
    ['a sampler that there is not', { ...on, OTEL_TRACES_SAMPLER: 'some' }, [/^OTEL_TRACES_SAMPLER: must be /]],
    [
      'a ratio above 1',
      { ...on, OTEL_TRACES_SAMPLER: 'traceidratio', OTEL_TRACES_SAMPLER_ARG: '2' },
      [/^OTEL_TRACES_SAMPLER_ARG: must be a number from 0 to 1$/],
    ],
    [
      'a ratio for a sampler without one',
      { ...on, OTEL_TRACES_SAMPLER_ARG: '0.5' },
      [/^OTEL_TRACES_SAMPLER_ARG, OTEL_TRACES_SAMPLER: /],
    ],
    [
      'an interval that is none',
      { ...on, OTEL_METRIC_EXPORT_INTERVAL: '1m' },
      [/^OTEL_METRIC_EXPORT_INTERVAL: must be a whole number/],
    ],
    [
      'a misspelt variable',
      { ...on, OTEL_TRACE_EXPORTER: 'none' },
      [/^OTEL_TRACE_EXPORTER: .*OTEL_TRACES_EXPORTER\?$/],
    ],
  ];
  for (const [name, env, wanted] of faults) {
    it(`refuses ${name}, in one line and without the value`, () => {
      const told = faultsOf(env);

      assert.equal(told.length, wanted.length, told.join('\n'));
      for (const [n, line] of told.entries()) assert.match(line, wanted[n]!);
      assert.doesNotMatch(told.join('\n'), /hunter2/);
    });
  }
});
