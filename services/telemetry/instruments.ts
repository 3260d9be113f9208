import { metrics } from '@opentelemetry/api';
import { SCOPE, type Attributes } from './attributes.ts';

/** Measures how long things take. */
export type Durations = (ms: number, attributes: Attributes) => void;

/** The boundaries, in seconds, that OpenTelemetry wants for HTTP, and some above for what waits on a service. */
const BOUNDARIES = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10, 30, 60];

/** A histogram in seconds. Counts nothing where telemetry was not started before. */
export function createDurations(name: string, description: string): Durations {
  const histogram = metrics
    .getMeter(SCOPE)
    .createHistogram(name, { unit: 's', description, advice: { explicitBucketBoundaries: BOUNDARIES } });
  return (ms, attributes) => {
    histogram.record(ms / 1_000, attributes);
  };
}

/** Counts things. */
export type Count = (attributes: Attributes) => void;

/** @param unit what is counted, as UCUM has it: `{call}`. */
export function createCount(name: string, unit: string, description: string): Count {
  const counter = metrics.getMeter(SCOPE).createCounter(name, { unit, description });
  return (attributes) => {
    counter.add(1, attributes);
  };
}
