import type { IncomingMessage } from 'node:http';
import { z } from 'zod';
import type { Answer } from '../../partner-center/api/answers.ts';
import { readBody } from '../../partner-center/api/http.ts';
import { parseJson, type Json } from '../../partner-center/json.ts';
import type { EntraStandIn } from '../stand-in.ts';
import { FaultSettings, type Faults } from './faults.ts';

const ClockMove = z.strictObject({
  now: z.iso.datetime({ offset: true }).optional(),
  advanceMs: z.number().default(0),
});
const Rotation = z.strictObject({ forgetOld: z.boolean().default(false) });
const Revocation = z.strictObject({ person: z.string() });

const done = (body: Json): Answer => ({ status: 200, body });
const wrong = (error: string): Answer => ({ status: 400, body: { error } });

/** `/_…`: the log, the faults, the clock, the keys. Never part of the log. */
export async function answerControl(
  entra: EntraStandIn,
  faults: Faults,
  request: IncomingMessage,
  address: URL,
): Promise<Answer> {
  const text = await readBody(request);
  const body = text === '' ? {} : parseJson(text ?? '');
  if (body === undefined) return wrong('The body is not JSON.');
  const actions = actionsAt(entra, faults, address);
  if (actions === undefined) return { status: 404, body: { error: `There is nothing at ${address.pathname}.` } };
  const action = actions[request.method ?? 'GET'];
  if (action === undefined)
    return { status: 405, body: { error: 'Not that way.' }, headers: { Allow: Object.keys(actions).join(', ') } };
  return action(body);
}

type Action = (body: Json) => Answer;

function actionsAt(
  entra: EntraStandIn,
  faults: Faults,
  { pathname, searchParams }: URL,
): Record<string, Action> | undefined {
  const showFaults = (): Answer => done(faults.show());
  const showClock = (): Answer => done({ now: entra.now().toISOString() });
  switch (pathname) {
    case '/_log':
      return {
        GET: () => done({ entries: entra.log(Number(searchParams.get('since') ?? 0)) as unknown as Json }),
        DELETE: () => {
          entra.clearLog();
          return done({});
        },
      };
    case '/_faults':
      return {
        GET: showFaults,
        POST: parsed(FaultSettings, (settings) => {
          entra.setFaults(settings);
          return showFaults();
        }),
      };
    case '/_reset':
      return {
        POST: () => {
          entra.reset();
          return done({});
        },
      };
    case '/_clock':
      return {
        GET: showClock,
        POST: parsed(ClockMove, ({ now, advanceMs }) => {
          const from = now === undefined ? entra.now() : new Date(now);
          entra.moveClock(new Date(from.getTime() + advanceMs));
          return showClock();
        }),
      };
    case '/_keys':
      return {
        POST: parsed(Rotation, ({ forgetOld }) => {
          entra.rotateKeys(forgetOld);
          return done({});
        }),
      };
    case '/_revoke':
      return {
        POST: parsed(Revocation, ({ person }) => {
          entra.revoke(person);
          return done({});
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
