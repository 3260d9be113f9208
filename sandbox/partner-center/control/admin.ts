import type { IncomingMessage } from 'node:http';
import { z } from 'zod';
import type { Answer } from '../api/answers.ts';
import { DAY_MS } from '../world/clock.ts';
import { FaultSettings, type Faults } from './faults.ts';
import { readBody } from '../api/http.ts';
import { parseJson, type Json } from '../json.ts';
import type { CallLog } from './log.ts';
import { scenarios } from '../scenarios/scenarios.ts';
import { showState } from './state.ts';
import { changeWorld, WorldChange } from './world-changes.ts';
import type { World } from '../world/world.ts';

/** What the people behind the curtain may touch. */
export interface AdminParts {
  readonly world: World;
  readonly faults: Faults;
  readonly log: CallLog;
}

const ResetOptions = z.strictObject({
  scenario: z.enum(scenarios.map(({ name }) => name)).default('everyday'),
  customers: z.int().min(0).max(200_000).optional(),
  seed: z.int().optional(),
});
const ClockMove = z.strictObject({
  now: z.iso.datetime({ offset: true }).optional(),
  advanceMs: z.number().optional(),
  advanceDays: z.number().optional(),
});

const LAST_MOMENT = new Date('3000-01-01T00:00:00Z');

const done = (body: Json): Answer => ({ status: 200, body });
const wrong = (error: string): Answer => ({ status: 400, body: { error } });

/** `/_…`: the log, the faults, the clock and the world itself. Never part of the log. */
export async function answerAdmin(parts: AdminParts, request: IncomingMessage, address: URL): Promise<Answer> {
  const text = await readBody(request);
  if (text === undefined) return { status: 413, body: { error: 'The body is too large.' } };
  const body = text === '' ? {} : parseJson(text);
  if (body === undefined) return wrong('The body is not JSON.');
  const actions = actionsAt(parts, address);
  if (actions === undefined) return { status: 404, body: { error: `There is nothing at ${address.pathname}.` } };
  const action = actions[request.method ?? 'GET'];
  if (action === undefined)
    return { status: 405, body: { error: 'Not that way.' }, headers: { Allow: Object.keys(actions).join(', ') } };
  return action(body);
}

type Action = (body: Json) => Answer;

function actionsAt(
  { world, faults, log }: AdminParts,
  { pathname, searchParams }: URL,
): Record<string, Action> | undefined {
  const showFaults = (): Answer => done({ ...faults.show(), switches: world.switches });
  const showClock = (): Answer => done({ now: world.clock.now().toISOString() });
  switch (pathname.replace(/\/$/, '')) {
    case '/_log':
      return {
        GET: () => done({ entries: log.since(Number(searchParams.get('since') ?? 0)) as unknown as Json }),
        DELETE: () => {
          log.clear();
          return done({});
        },
      };
    case '/_reset':
      return {
        POST: parsed(ResetOptions, (options) => {
          world.reset(options);
          return done({
            scenario: world.scenario,
            customers: world.customers.length,
            now: world.clock.now().toISOString(),
          });
        }),
      };
    case '/_scenarios':
      return { GET: () => done({ scenarios: scenarios.map(({ name, about }) => ({ name, about })) }) };
    case '/_faults':
      return {
        GET: showFaults,
        POST: parsed(FaultSettings, (settings) => {
          faults.set(settings);
          world.setSwitches(settings.switches);
          return showFaults();
        }),
      };
    case '/_clock':
      return {
        GET: showClock,
        POST: parsed(ClockMove, ({ now, advanceMs = 0, advanceDays = 0 }) => {
          const from = now === undefined ? world.clock.now() : new Date(now);
          const to = new Date(from.getTime() + advanceMs + advanceDays * DAY_MS);
          if (!(to.getTime() > 0 && to < LAST_MOMENT)) return wrong('The clock does not go that far.');
          world.clock.moveTo(to);
          return showClock();
        }),
      };
    case '/_state':
      return {
        GET: () => {
          const limit = Number(searchParams.get('limit') ?? 200);
          return done(showState(world, { customer: searchParams.get('customer'), limit }));
        },
      };
    case '/_world':
      return {
        POST: parsed(WorldChange, (change) => {
          const missing = changeWorld(world, change);
          if (missing !== undefined) return wrong(missing);
          return done(showState(world, { customer: change.customerId, limit: 1 }));
        }),
      };
    default:
      return undefined;
  }
}

const parsed =
  <T>(schema: z.ZodType<T>, act: (value: T) => Answer): Action =>
  (body) => {
    const result = schema.safeParse(body);
    if (result.success) return act(result.data);
    return wrong(result.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; '));
  };
