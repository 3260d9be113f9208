import { SECOND_MS } from '../../services/clock.ts';
import type { Exporter, TelemetryConfig } from '../config/telemetry.ts';
import { ok, warning, type Finding } from './finding.ts';

const LONGEST_MS = 10 * SECOND_MS;

/** Whether the collector takes what the bot would send: it is sent a list of nothing. */
export async function checkTelemetry(
  config: TelemetryConfig | undefined,
  send: typeof fetch,
): Promise<readonly Finding[]> {
  const { traces, metrics } = config ?? {};
  const signals = [
    ['traces', traces?.exporter],
    ['metrics', metrics?.exporter],
  ] as const;
  return Promise.all(
    signals.flatMap(([about, exporter]) => (exporter?.kind === 'otlp' ? [tryCollector(about, exporter, send)] : [])),
  );
}

async function tryCollector(
  about: 'traces' | 'metrics',
  { url, protocol, headers }: Extract<Exporter, { kind: 'otlp' }>,
  send: typeof fetch,
): Promise<Finding> {
  const { host } = new URL(url);
  const todo = `The bot works all the same: correct OTEL_EXPORTER_OTLP_ENDPOINT and its headers, or let the bot reach ${host}`;
  try {
    const { status } = await send(url, {
      method: 'POST',
      // A message of protobuf in which nothing is set has no bytes at all.
      body: protocol === 'http/json' ? '{}' : '',
      headers: {
        ...headers.reveal(),
        'Content-Type': protocol === 'http/json' ? 'application/json' : 'application/x-protobuf',
      },
      redirect: 'manual',
      signal: AbortSignal.timeout(LONGEST_MS),
    });
    return status === 200
      ? ok(about, 'the collector takes them')
      : warning(about, `the collector answers ${status}`, todo);
  } catch {
    return warning(about, 'the collector does not answer', todo);
  }
}
