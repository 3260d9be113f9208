import { randomUUID } from 'node:crypto';
import { context, diag, DiagLogLevel, metrics, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { OTLPMetricExporter as JsonMetricExporter } from '@opentelemetry/exporter-metrics-otlp-http';
import { OTLPMetricExporter as ProtobufMetricExporter } from '@opentelemetry/exporter-metrics-otlp-proto';
import { OTLPTraceExporter as JsonTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { OTLPTraceExporter as ProtobufTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import { defaultResource, resourceFromAttributes, type Resource } from '@opentelemetry/resources';
import {
  ConsoleMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
  type PushMetricExporter,
} from '@opentelemetry/sdk-metrics';
import {
  AlwaysOffSampler,
  AlwaysOnSampler,
  BatchSpanProcessor,
  ConsoleSpanExporter,
  ParentBasedSampler,
  TraceIdRatioBasedSampler,
  TracerProvider,
  type Sampler,
  type SpanExporter,
} from '@opentelemetry/sdk-trace';
import { MINUTE_MS, SECOND_MS } from '../../services/clock.ts';
import type { Exporter, TelemetryConfig } from '../config/telemetry.ts';
import type { Log } from '../log.ts';

export interface Telemetry {
  /** Sends what has not been sent yet, and waits 2 s for it at most: nobody's work hangs on it. */
  stop(): Promise<void>;
}

const LONGEST_STOP_MS = 2 * SECOND_MS;

/**
 * Has OpenTelemetry's API do something from now on. The only file that loads its SDK, and itself loaded only where telemetry
 * is on. No propagator is set: no trace of others is gone on with, and none of ours is told to anybody.
 */
export function startTelemetry({ serviceName, resource: more, ...config }: TelemetryConfig, log: Log): Telemetry {
  tellFaults(log);
  const resource = defaultResource().merge(
    resourceFromAttributes({ 'service.instance.id': randomUUID(), ...more, 'service.name': serviceName }),
  );
  const started: { shutdown(): Promise<unknown> }[] = [];
  if (config.traces !== undefined) {
    context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
    const provider = tracerProvider(config.traces, resource);
    trace.setGlobalTracerProvider(provider);
    started.push(provider);
  }
  if (config.metrics !== undefined) {
    const provider = meterProvider(config.metrics, resource);
    metrics.setGlobalMeterProvider(provider);
    started.push(provider);
  }
  return {
    async stop() {
      const ended = Promise.allSettled(started.map((provider) => provider.shutdown()));
      let limit: NodeJS.Timeout | undefined;
      const late = new Promise<void>((resolve) => {
        limit = setTimeout(resolve, LONGEST_STOP_MS);
      });
      await Promise.race([ended, late]);
      clearTimeout(limit);
    },
  };
}

function tracerProvider(
  { exporter, sampler, ratio }: NonNullable<TelemetryConfig['traces']>,
  resource: Resource,
): TracerProvider {
  return new TracerProvider({
    resource,
    sampler: samplerOf(sampler, ratio),
    spanProcessors: [new BatchSpanProcessor({ exporter: spanExporter(exporter) })],
  });
}

function samplerOf(name: NonNullable<TelemetryConfig['traces']>['sampler'], ratio: number): Sampler {
  switch (name) {
    case 'always_on':
      return new AlwaysOnSampler();
    case 'always_off':
      return new AlwaysOffSampler();
    case 'traceidratio':
      return new TraceIdRatioBasedSampler(ratio);
    case 'parentbased_always_on':
      return new ParentBasedSampler({ root: new AlwaysOnSampler() });
    case 'parentbased_always_off':
      return new ParentBasedSampler({ root: new AlwaysOffSampler() });
    case 'parentbased_traceidratio':
      return new ParentBasedSampler({ root: new TraceIdRatioBasedSampler(ratio) });
  }
}

function meterProvider(
  { exporter, everyMs }: NonNullable<TelemetryConfig['metrics']>,
  resource: Resource,
): MeterProvider {
  const reader = new PeriodicExportingMetricReader({
    exporter: metricExporter(exporter),
    exportIntervalMillis: everyMs,
  });
  return new MeterProvider({ resource, readers: [reader] });
}

function spanExporter(exporter: Exporter): SpanExporter {
  if (exporter.kind === 'console') return new ConsoleSpanExporter();
  const options = { url: exporter.url, headers: { ...exporter.headers.reveal() } };
  return exporter.protocol === 'http/json' ? new JsonTraceExporter(options) : new ProtobufTraceExporter(options);
}

function metricExporter(exporter: Exporter): PushMetricExporter {
  if (exporter.kind === 'console') return new ConsoleMetricExporter();
  const options = { url: exporter.url, headers: { ...exporter.headers.reveal() } };
  return exporter.protocol === 'http/json' ? new JsonMetricExporter(options) : new ProtobufMetricExporter(options);
}

/** The SDK's own words hold addresses and answers, so that only is said that there is something. */
function tellFaults(log: Log): void {
  let silentUntil = 0;
  const onFault = (): void => {
    if (performance.now() < silentUntil) return;
    silentUntil = performance.now() + MINUTE_MS;
    log.warn('telemetry could not be sent');
  };
  const nothing = (): void => undefined;
  diag.setLogger(
    { error: onFault, warn: onFault, info: nothing, debug: nothing, verbose: nothing },
    { logLevel: DiagLogLevel.WARN, suppressOverrideMessage: true },
  );
}
