import type { IncomingMessage } from 'node:http';
import { z } from 'zod';
import type { Answer } from '../partner-center/api/answers.ts';
import { readBody } from '../partner-center/api/http.ts';
import { parseJson, type Json } from '../partner-center/json.ts';
import type { Directory } from './directory.ts';
import { FaultSettings, type Faults } from './faults.ts';
import type { GraphLog } from './log.ts';

/** What the people behind the curtain may touch. */
export interface ControlParts {
  readonly directory: Directory;
  readonly faults: Faults;
  readonly log: GraphLog;
  reset(): void;
}

const UserChange = z.strictObject({
  id: z.string(),
  accountEnabled: z.boolean().optional(),
  userType: z.enum(['Member', 'Guest']).optional(),
  displayName: z.string().optional(),
  /** `null` takes the manager away. */
  managerId: z.string().nullable().optional(),
});

const done = (body: Json): Answer => ({ status: 200, body });
const wrong = (error: string): Answer => ({ status: 400, body: { error } });

/** `/_graph/…`: the log, the faults, the people. Never part of the log. */
export async function answerControl(parts: ControlParts, request: IncomingMessage, address: URL): Promise<Answer> {
  const text = await readBody(request);
  const body = text === '' ? {} : parseJson(text ?? '');
  if (body === undefined) return wrong('The body is not JSON.');
  const actions = actionsAt(parts, address);
  if (actions === undefined) return { status: 404, body: { error: `There is nothing at ${address.pathname}.` } };
  const action = actions[request.method ?? 'GET'];
  if (action === undefined)
    return { status: 405, body: { error: 'Not that way.' }, headers: { Allow: Object.keys(actions).join(', ') } };
  return action(body);
}

type Action = (body: Json) => Answer;

function actionsAt(parts: ControlParts, { pathname, searchParams }: URL): Record<string, Action> | undefined {
  const { directory, faults, log } = parts;
  switch (pathname) {
    case '/_graph/log':
      return {
        GET: () => done({ entries: log.since(Number(searchParams.get('since') ?? 0)) as unknown as Json }),
        DELETE: () => {
          log.clear();
          return done({});
        },
      };
    case '/_graph/faults':
      return {
        GET: () => done(faults.show()),
        POST: parsed(FaultSettings, (settings) => {
          faults.set(settings);
          return done(faults.show());
        }),
      };
    case '/_graph/reset':
      return {
        POST: () => {
          parts.reset();
          return done({});
        },
      };
    case '/_graph/users':
      return {
        POST: parsed(UserChange, ({ id, managerId, ...change }) => {
          const user = directory.user(id);
          if (user === undefined) return wrong(`There is nobody with the id ${id}.`);
          const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
          directory.changeUser(id, { ...given, ...(managerId !== undefined && { managerId: managerId ?? undefined }) });
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
