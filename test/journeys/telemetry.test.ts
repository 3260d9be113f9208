import assert from 'node:assert/strict';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { mkdtemp, rm } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { MANAGER_OBJECT_ID, REQUESTER_OBJECT_ID, startChat, type Chat } from '../../sandbox/chat/chat.ts';
import { startPartnerCenter, type PartnerCenterStandIn } from '../../sandbox/partner-center/server.ts';
import { readAudit } from '../../services/audit/audit-chain.ts';
import { openFileStore } from '../../services/storage/file-store.ts';
import { freePort } from '../support/free-port.ts';
import {
  activityFrom,
  journeyEnv,
  partnerCenterControls,
  startBotProcess,
  type BotProcess,
  type Journey,
} from '../support/journey.ts';
import { startOtlpReceiver, type OtlpReceiver, type ReceivedSpan } from '../support/otlp-receiver.ts';
import { about, APPROVAL_WANTED, customerIdOf, domainOf, REASON, REMOVED, removalsOf, seatOf, waits } from './steps.ts';

const NAME = 'fabrikambikes';
const COMMENT = 'Agreed with legal on the phone.';
/** Nothing that a person has written, is called or is known by, and nothing that opens something. */
const PRIVATE = [
  ...[REASON, COMMENT, 'CHG-4711', 'Jonas', 'Weber', 'Elena', 'Marsh', 'Fabrikam', domainOf(NAME)],
  ...[REQUESTER_OBJECT_ID, MANAGER_OBJECT_ID, '29:', '11'.repeat(32), 'Bearer', 'telemetry-key', 'AdaptiveCard'],
];

describe('the bot with telemetry', () => {
  let chat: Chat;
  let partnerCenter: PartnerCenterStandIn;
  let receiver: OtlpReceiver;
  let folder: string;
  let bot: BotProcess | undefined;
  let botUrl: string;
  let heard: IncomingMessage['headers'][];
  const hear = (message: unknown): void => {
    heard.push((message as { readonly request: IncomingMessage }).request.headers);
  };

  beforeEach(async () => {
    heard = [];
    subscribe('http.server.request.start', hear);
    partnerCenter = await startPartnerCenter({ staleListMs: 300 });
    chat = await startChat({ partnerCenterUrl: partnerCenter.url });
    receiver = await startOtlpReceiver();
    folder = await mkdtemp(path.join(tmpdir(), 'telemetry-'));
  });
  afterEach(async () => {
    bot?.send('SIGKILL');
    await bot?.ended;
    bot = undefined;
    unsubscribe('http.server.request.start', hear);
    await Promise.all([chat.close(), partnerCenter.close(), receiver.close()]);
    await rm(folder, { recursive: true, force: true });
  });

  const start = async (env: Readonly<Record<string, string>>): Promise<BotProcess> => {
    const port = await freePort();
    const own = { ...journeyEnv(partnerCenter.url, folder), PORT: String(port), ...env };
    bot = startBotProcess(own, ['--import', './test/support/loaded-modules.ts', 'bot/main.ts']);
    assert.ok(await bot.ready, bot.errors());
    botUrl = `http://127.0.0.1:${port}/api/messages`;
    chat.connect(botUrl);
    for (const key of ['requester', 'manager']) await chat.install(key);
    return bot;
  };
  const world = (): Pick<Journey, 'chat' | 'changes'> => ({
    chat,
    changes: partnerCenterControls(partnerCenter.url).changes,
  });
  const removes = async (whileItWaits: () => Promise<void> = async () => undefined): Promise<void> => {
    await waits(world(), NAME, { ticket: 'CHG-4711' });
    await whileItWaits();
    const manager = seatOf(world(), 'manager');
    const card = await manager.sees(about(NAME), APPROVAL_WANTED);
    await manager.presses(card, 'Approve');
    await manager.presses(card, 'Yes, approve', { comment: COMMENT });
    for (const key of ['requester', 'manager']) await seatOf(world(), key).sees(about(NAME), REMOVED);
  };
  const ends = async (process: BotProcess): Promise<void> => {
    process.send('SIGTERM');
    const late = delay(10_000, 'too late', { ref: false });
    assert.equal(await Promise.race([process.ended, late]), 0, process.errors());
  };

  it('leads from a click to the call, and by the id of the call to the log and the record', async () => {
    const process = await start({
      OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
      OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
      OTEL_EXPORTER_OTLP_HEADERS: 'x-key=telemetry-key',
      OTEL_SERVICE_NAME: 'offboarding-of-contoso',
      OTEL_RESOURCE_ATTRIBUTES: 'deployment.environment.name=trial%20run',
      OTEL_METRIC_EXPORT_INTERVAL: '200',
    });

    await removes(() =>
      receiver.until((got) =>
        got
          .points()
          .some(
            ({ metric, attributes, value }) =>
              metric === 'offboarding.requests' && attributes['offboarding.request.state'] === 'pending' && value === 1,
          ),
      ),
    );
    const stranger = '0af7651916cd43dd8448eb211c80319c';
    await fetch(botUrl, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        Connection: 'close',
        traceparent: `00-${stranger}-b7ad6b7169203331-01`,
      },
      body: JSON.stringify(activityFrom({ chat }, 'requester', { type: 'message', text: `remove ${NAME}` })),
    });
    await ends(process);

    const [removal, ...more] = await removalsOf(world(), NAME);
    assert.ok(removal);
    assert.deepEqual(more, []);
    const spans = receiver.spans();
    const parentOf = (span: ReceivedSpan): ReceivedSpan | undefined =>
      spans.find(({ spanId }) => spanId === span.parentSpanId);
    const call = spans.find(
      ({ kind, attributes }) => kind === 3 && attributes['ms.correlation_id'] === removal.correlationId,
    )!;
    assert.equal(call.name, 'PATCH remove relationship');
    assert.deepEqual(call.attributes, {
      'http.request.method': 'PATCH',
      'http.response.status_code': removal.status,
      'server.address': '127.0.0.1',
      'server.port': partnerCenter.port,
      'offboarding.operation': 'remove relationship',
      'offboarding.customer.id': customerIdOf(NAME),
      'ms.correlation_id': removal.correlationId,
      'ms.request_id': removal.requestId,
    });
    const work = parentOf(call)!;
    assert.equal(work.name, 'work run');
    assert.equal(work.attributes['ms.correlation_id'], removal.correlationId);
    const click = parentOf(work)!;
    assert.deepEqual(
      [click.name, click.kind, click.parentSpanId, click.attributes['offboarding.verb']],
      ['POST /api/messages', 2, undefined, 'approval.confirm-approve'],
    );
    assert.equal(click.attributes['http.response.status_code'], 200);
    assert.equal(click.attributes['offboarding.request.id'], work.attributes['offboarding.request.id']);
    assert.ok(
      spans.some(({ name, attributes }) => name === 'work outbox' && attributes['offboarding.slot'] === 'approval'),
    );
    for (const span of spans) if (span.name === 'work outbox') assert.equal(span.parentSpanId, undefined);

    const line = process
      .output()
      .split('\n')
      .find((one) => one.includes(removal.correlationId) && one.includes('"PATCH"'));
    assert.equal((JSON.parse(line ?? '') as { readonly traceId?: string }).traceId, click.traceId);
    const store = await openFileStore({ folder, boot: 'reader' });
    const { rows } = await store.read(`request:${String(work.attributes['offboarding.request.id'])}`);
    await store.close();
    const intent = readAudit(rows).find(
      ({ action, detail }) => action === 'step.intent' && detail?.['step'] === 'removal',
    );
    assert.equal(intent?.detail?.['correlationId'], removal.correlationId);

    const points = receiver.points();
    const newest = (metric: string, about: Readonly<Record<string, string | number>> = {}) =>
      points.findLast(
        (point) =>
          point.metric === metric && Object.entries(about).every(([name, value]) => point.attributes[name] === value),
      )?.value;
    assert.equal(newest('offboarding.request.state_changes', { 'offboarding.request.state': 'done' }), 1);
    assert.equal(newest('offboarding.requests', { 'offboarding.request.state': 'pending' }), 0);
    assert.equal(
      newest('http.client.request.duration', {
        'offboarding.operation': 'remove relationship',
        'http.response.status_code': removal.status,
      }),
      1,
    );
    for (const metric of ['work.due', 'work.oldest_age', 'outbox.waiting', 'outbox.oldest_age'])
      assert.ok(Number(newest(`offboarding.${metric}`)) >= 0, metric);
    assert.ok(Number(newest('offboarding.message.duration', { 'offboarding.operation': 'send message' })) >= 4);
    assert.ok(Number(newest('http.server.request.duration', { 'offboarding.activity': 'invoke' })) >= 3);
    assert.ok(Number(newest('offboarding.work.duration', { 'offboarding.work': 'run' })) >= 1);
    for (const resource of receiver.resources()) {
      assert.equal(resource['service.name'], 'offboarding-of-contoso');
      assert.equal(resource['deployment.environment.name'], 'trial run');
    }

    const sent = receiver.bodies.join('\n').toLowerCase();
    assert.deepEqual(
      PRIVATE.filter((words) => sent.includes(words.toLowerCase())),
      [],
    );
    assert.ok(receiver.headers.every((headers) => headers['x-key'] === 'telemetry-key'));
    assert.ok(!(process.output() + process.errors()).includes('telemetry-key'));

    assert.ok(!sent.includes(stranger));
    assert.ok(heard.some((headers) => headers['ms-correlationid'] === removal.correlationId));
    for (const headers of heard)
      for (const name of ['traceparent', 'tracestate', 'baggage']) assert.equal(headers[name], undefined, name);
  });

  it('sends protobuf unless told otherwise, and no trace that a sampler leaves out', async () => {
    const process = await start({
      OTEL_EXPORTER_OTLP_ENDPOINT: `${receiver.url}/otlp/`,
      OTEL_TRACES_SAMPLER: 'always_off',
    });
    await seatOf(world(), 'requester').says('help');
    await ends(process);

    assert.deepEqual([...new Set(receiver.requests)], ['/otlp/v1/metrics application/x-protobuf']);
    assert.ok(receiver.bodies.some((body) => body.includes('http.server.request.duration')));
  });

  for (const [where, url] of [
    ['that nobody listens at', async () => 'http://127.0.0.1:9'],
    ['that answers nobody', async () => (await silent()).url],
  ] as const) {
    it(`works on with an endpoint ${where}, says so, and stops in time`, async () => {
      const process = await start({
        OTEL_EXPORTER_OTLP_ENDPOINT: await url(),
        OTEL_EXPORTER_OTLP_TIMEOUT: '500',
        OTEL_METRIC_EXPORT_INTERVAL: '500',
      });

      await removes();
      while (!process.output().includes('"telemetry could not be sent"')) await delay(50);
      await ends(process);

      assert.equal((await removalsOf(world(), NAME)).length, 1);
    });
  }
  let silentOnes: OtlpReceiver[] = [];
  const silent = async (): Promise<OtlpReceiver> => {
    const one = await startOtlpReceiver('silent');
    silentOnes.push(one);
    return one;
  };
  afterEach(async () => {
    await Promise.all(silentOnes.map((one) => one.close()));
    silentOnes = [];
  });

  const off: readonly [name: string, env: () => Readonly<Record<string, string>>][] = [
    ['nothing says where to', () => ({})],
    ['it is disabled', () => ({ OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url, OTEL_SDK_DISABLED: 'true' })],
    [
      'both exporters are none',
      () => ({
        OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
        OTEL_TRACES_EXPORTER: 'none',
        OTEL_METRICS_EXPORTER: 'none',
      }),
    ],
  ];
  for (const [name, env] of off) {
    it(`loads and sends nothing where ${name}`, async () => {
      const process = await start(env());
      await seatOf(world(), 'requester').says('help');
      await ends(process);

      assert.match(process.errors(), /^loaded: @opentelemetry\/api$/m);
      assert.equal(receiver.connections(), 0);
      assert.doesNotMatch(process.output(), /traceId/);
    });
  }

  it('loads the SDK where it is on', async () => {
    const process = await start({ OTEL_METRICS_EXPORTER: 'console', LOG_LEVEL: 'warn' });
    await seatOf(world(), 'requester').says('help');
    await ends(process);

    assert.match(process.errors(), /^loaded: .*@opentelemetry\/sdk-metrics/m);
    assert.match(process.output(), /http\.server\.request\.duration/);
    assert.equal(receiver.connections(), 0);
  });
}).timeout(60_000);
