import { isLoopback } from './loopback.ts';
import { Secret } from './secret.ts';
import { oneOf, otlpEndpoint, pairs, ratio, text, wholeNumber } from './values.ts';
import type { VariableName } from './names.ts';
import type { Variables } from './variables.ts';

/** Where traces, or metrics, go. */
export type Exporter =
  /** Standard output. */
  | { readonly kind: 'console' }
  | {
      readonly kind: 'otlp';
      /** The whole address, its path included. */
      readonly url: string;
      readonly protocol: 'http/protobuf' | 'http/json';
      readonly headers: Secret<Readonly<Record<string, string>>>;
    };

const SAMPLERS = [
  'always_on',
  'always_off',
  'traceidratio',
  'parentbased_always_on',
  'parentbased_always_off',
  'parentbased_traceidratio',
] as const;

/** By OpenTelemetry's own variables. @see OpenTelemetry, "Environment Variable Specification" */
export interface TelemetryConfig {
  readonly serviceName: string;
  /** What else is said of this process. */
  readonly resource: Readonly<Record<string, string>>;
  readonly traces?: {
    readonly exporter: Exporter;
    readonly sampler: (typeof SAMPLERS)[number];
    /** Of how many traces, from 0 to 1, a sampler by ratio keeps them. */
    readonly ratio: number;
  };
  readonly metrics?: { readonly exporter: Exporter; readonly everyMs: number };
}

/** The variables of one signal, and where its exporter adds to a common endpoint. */
interface Signal {
  readonly exporter: VariableName;
  readonly endpoint: VariableName;
  readonly protocol: VariableName;
  readonly headers: VariableName;
  readonly path: string;
}
const TRACES: Signal = {
  exporter: 'OTEL_TRACES_EXPORTER',
  endpoint: 'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT',
  protocol: 'OTEL_EXPORTER_OTLP_TRACES_PROTOCOL',
  headers: 'OTEL_EXPORTER_OTLP_TRACES_HEADERS',
  path: 'v1/traces',
};
const METRICS: Signal = {
  exporter: 'OTEL_METRICS_EXPORTER',
  endpoint: 'OTEL_EXPORTER_OTLP_METRICS_ENDPOINT',
  protocol: 'OTEL_EXPORTER_OTLP_METRICS_PROTOCOL',
  headers: 'OTEL_EXPORTER_OTLP_METRICS_HEADERS',
  path: 'v1/metrics',
};
const ENDPOINT = 'OTEL_EXPORTER_OTLP_ENDPOINT';
const HEADERS = 'OTEL_EXPORTER_OTLP_HEADERS';
const PROTOCOL = 'OTEL_EXPORTER_OTLP_PROTOCOL';
const protocols = oneOf('http/protobuf', 'http/json');

/** @returns `undefined` where nothing is sent anywhere: unless an endpoint or an exporter is named. */
export function readTelemetry(variables: Variables): TelemetryConfig | undefined {
  const isDisabled = variables.withDefault('OTEL_SDK_DISABLED', oneOf('true', 'false'), 'false') === 'true';
  const serviceName = variables.withDefault('OTEL_SERVICE_NAME', text, 'reseller-offboarding');
  const resource = variables.withDefault('OTEL_RESOURCE_ATTRIBUTES', pairs, {});
  const sampler = readSampler(variables);
  const everyMs = variables.withDefault('OTEL_METRIC_EXPORT_INTERVAL', wholeNumber(100, 86_400_000), 60_000);
  const common = readCommon(variables);
  const traces = readExporter(variables, TRACES, common);
  const metrics = readExporter(variables, METRICS, common);
  if (isDisabled || (traces === undefined && metrics === undefined)) return undefined;
  return {
    serviceName,
    resource,
    ...(traces && { traces: { exporter: traces, ...sampler } }),
    ...(metrics && { metrics: { exporter: metrics, everyMs } }),
  };
}

function readSampler(variables: Variables): Pick<NonNullable<TelemetryConfig['traces']>, 'sampler' | 'ratio'> {
  const sampler = variables.withDefault('OTEL_TRACES_SAMPLER', oneOf(...SAMPLERS), 'parentbased_always_on');
  if (variables.isSet('OTEL_TRACES_SAMPLER_ARG') && !sampler.endsWith('traceidratio'))
    variables.fault(['OTEL_TRACES_SAMPLER_ARG', 'OTEL_TRACES_SAMPLER'], 'is for samplers by ratio only');
  return { sampler, ratio: variables.withDefault('OTEL_TRACES_SAMPLER_ARG', ratio, 1) };
}

/** What holds for both signals, unless a variable of its own says otherwise. */
function readCommon(variables: Variables) {
  return {
    endpoint: variables.optional(ENDPOINT, otlpEndpoint),
    protocol: variables.withDefault(PROTOCOL, protocols, 'http/protobuf'),
    headers: variables.withDefault(HEADERS, pairs, {}),
  };
}

function readExporter(
  variables: Variables,
  names: Signal,
  common: ReturnType<typeof readCommon>,
): Exporter | undefined {
  const own = variables.optional(names.endpoint, otlpEndpoint);
  const url = own ?? (common.endpoint && `${common.endpoint.replace(/\/$/, '')}/${names.path}`);
  const protocol = variables.withDefault(names.protocol, protocols, common.protocol);
  const headers = variables.withDefault(names.headers, pairs, common.headers);
  const isNamed = variables.isSet(ENDPOINT) || variables.isSet(names.endpoint);
  const kind = variables.withDefault(names.exporter, oneOf('none', 'otlp', 'console'), isNamed ? 'otlp' : 'none');
  if (kind === 'none') return undefined;
  if (kind === 'console') return { kind };
  if (!isNamed) variables.fault([names.exporter, ENDPOINT], 'an otlp exporter has to know where to send to');
  if (url !== undefined && Object.keys(headers).length > 0 && !isPrivate(url))
    variables.fault(
      [own === undefined ? ENDPOINT : names.endpoint, variables.isSet(names.headers) ? names.headers : HEADERS],
      'must be https, since what is in the headers may be a key',
    );
  return { kind, url: url ?? '', protocol, headers: new Secret(headers) };
}

function isPrivate(url: string): boolean {
  const { protocol, hostname } = new URL(url);
  return protocol === 'https:' || isLoopback(hostname);
}
