import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

type Value = string | number | boolean;

/** A span as a collector got it, by the names of OTLP. */
export interface ReceivedSpan {
  readonly name: string;
  /** 1 internal, 2 server, 3 client. */
  readonly kind: number;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId: string | undefined;
  readonly attributes: Readonly<Record<string, Value>>;
  readonly isError: boolean;
}

/** One value of one metric. */
export interface ReceivedPoint {
  readonly metric: string;
  readonly attributes: Readonly<Record<string, Value>>;
  /** Of a histogram, how many were measured. */
  readonly value: number;
}

/** A collector that takes OTLP over HTTP and, where it is JSON, reads it. */
export interface OtlpReceiver {
  readonly url: string;
  readonly port: number;
  /** All bodies, as text. */
  readonly bodies: readonly string[];
  /** What was asked for, with what: `/v1/traces application/json`. */
  readonly requests: readonly string[];
  readonly connections: () => number;
  readonly headers: readonly NodeJS.Dict<string | string[]>[];
  spans(): readonly ReceivedSpan[];
  points(): readonly ReceivedPoint[];
  /** What it knows of the processes that have sent something. */
  resources(): readonly Readonly<Record<string, Value>>[];
  /** Waits until something that it got is so. */
  until(isSo: (receiver: OtlpReceiver) => boolean): Promise<void>;
  close(): Promise<void>;
}

interface WireAttribute {
  readonly key: string;
  readonly value: { readonly stringValue?: string; readonly intValue?: number | string; readonly doubleValue?: number };
}
interface WirePoint {
  readonly attributes?: readonly WireAttribute[];
  readonly asInt?: number | string;
  readonly asDouble?: number;
  readonly count?: number | string;
}
interface WireMetric {
  readonly name: string;
  readonly gauge?: { readonly dataPoints: readonly WirePoint[] };
  readonly sum?: { readonly dataPoints: readonly WirePoint[] };
  readonly histogram?: { readonly dataPoints: readonly WirePoint[] };
}
interface WireSpan {
  readonly name: string;
  readonly kind: number;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly attributes: readonly WireAttribute[];
  readonly status: { readonly code?: number };
}
interface Wire {
  readonly resourceSpans?: readonly {
    readonly resource: { readonly attributes: readonly WireAttribute[] };
    readonly scopeSpans: readonly { readonly spans: readonly WireSpan[] }[];
  }[];
  readonly resourceMetrics?: readonly {
    readonly resource: { readonly attributes: readonly WireAttribute[] };
    readonly scopeMetrics: readonly { readonly metrics: readonly WireMetric[] }[];
  }[];
}

const attributesOf = (attributes: readonly WireAttribute[] = []): Readonly<Record<string, Value>> =>
  Object.fromEntries(
    attributes.map(({ key, value: { stringValue, intValue, doubleValue } }) => [
      key,
      stringValue ?? Number(intValue ?? doubleValue),
    ]),
  );

/** @param manners `silent`: takes connections, and answers nobody. */
export async function startOtlpReceiver(manners: 'answers' | 'silent' = 'answers'): Promise<OtlpReceiver> {
  const bodies: string[] = [];
  const requests: string[] = [];
  const headers: NodeJS.Dict<string | string[]>[] = [];
  const read: Wire[] = [];
  let waiting: (() => void)[] = [];
  let connections = 0;
  const server = createServer((request, response) => {
    const type = request.headers['content-type'] ?? '';
    requests.push(`${request.url ?? ''} ${type}`);
    headers.push(request.headers);
    if (manners === 'silent') return;
    void request.toArray().then((parts: Buffer[]) => {
      const body = Buffer.concat(parts).toString();
      bodies.push(body);
      if (type === 'application/json') read.push(JSON.parse(body) as Wire);
      response.setHeader('Content-Type', type);
      response.end(type === 'application/json' ? '{}' : '');
      const woken = waiting;
      waiting = [];
      for (const wake of woken) wake();
    });
  });
  server.on('connection', () => (connections += 1));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;

  const receiver: OtlpReceiver = {
    url: `http://127.0.0.1:${port}`,
    port,
    bodies,
    requests,
    headers,
    connections: () => connections,
    spans: () =>
      read
        .flatMap(({ resourceSpans = [] }) => resourceSpans.flatMap(({ scopeSpans }) => scopeSpans))
        .flatMap(({ spans }) => spans)
        .map(({ attributes, status, parentSpanId, ...span }) => ({
          ...span,
          parentSpanId: parentSpanId === '' ? undefined : parentSpanId,
          attributes: attributesOf(attributes),
          isError: status.code === 2,
        })),
    points: () =>
      read
        .flatMap(({ resourceMetrics = [] }) => resourceMetrics.flatMap(({ scopeMetrics }) => scopeMetrics))
        .flatMap(({ metrics }) => metrics)
        .flatMap(({ name, gauge, sum, histogram }) =>
          (gauge ?? sum ?? histogram)!.dataPoints.map(({ attributes, asInt, asDouble, count }) => ({
            metric: name,
            attributes: attributesOf(attributes),
            value: Number(asInt ?? asDouble ?? count),
          })),
        ),
    resources: () =>
      read
        .flatMap(({ resourceSpans = [], resourceMetrics = [] }) => [...resourceSpans, ...resourceMetrics])
        .map(({ resource }) => attributesOf(resource.attributes)),
    async until(isSo) {
      while (!isSo(receiver)) await new Promise<void>((resolve) => waiting.push(resolve));
    },
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
  return receiver;
}
