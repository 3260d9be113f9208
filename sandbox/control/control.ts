import type { IncomingMessage, ServerResponse } from 'node:http';
import type { z } from 'zod';
import { ok, type Answer } from '../partner-center/api/answers.ts';
import { readBody, send } from '../partner-center/api/http.ts';
import { parseJson, type Json } from '../partner-center/json.ts';
import type { Logged, RequestLog } from './request-log.ts';

/** What is done at an address behind the curtain. No body counts as `{}`. */
export type Action = (body: Json, query: URLSearchParams) => Answer;
/** By HTTP method. */
export type Actions = Readonly<Record<string, Action>>;
/** By path. */
export type Controls = Readonly<Record<string, Actions>>;

export const wrong = (error: string): Answer => ({ status: 400, body: { error } });

/** Answers what is not part of what is stood in for, and never part of the log: `/_…`. */
export async function answerControl(
  controls: Controls,
  request: IncomingMessage,
  response: ServerResponse,
  address: URL,
): Promise<void> {
  const told = await answerOf(controls, request, address);
  send(response, told, JSON.stringify(told.body ?? null));
}

async function answerOf(
  controls: Controls,
  request: IncomingMessage,
  { pathname, searchParams }: URL,
): Promise<Answer> {
  const text = await readBody(request);
  if (text === undefined) return { status: 413, body: { error: 'The body is too large.' } };
  const body = text === '' ? {} : parseJson(text);
  if (body === undefined) return wrong('The body is not JSON.');
  const actions = controls[pathname.replace(/\/$/, '')];
  if (actions === undefined) return { status: 404, body: { error: `There is nothing at ${pathname}.` } };
  const action = actions[request.method ?? 'GET'];
  if (action === undefined)
    return { status: 405, body: { error: 'Not that way.' }, headers: { Allow: Object.keys(actions).join(', ') } };
  return action(body, searchParams);
}

/** An action whose body has to be of a shape; what is wrong with one that is not stands in the answer. */
export const parsed =
  <T>(schema: z.ZodType<T>, act: (value: T) => Answer): Action =>
  (body) => {
    const result = schema.safeParse(body);
    if (result.success) return act(result.data);
    return wrong(result.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; '));
  };

/** An action that has nothing to tell. */
export const doing =
  (act: () => void): Action =>
  () => {
    act();
    return ok({});
  };

/** Something that is shown, and set as a whole. */
export const setting = <T>(schema: z.ZodType<T>, show: () => Json, set: (value: T) => void): Actions => ({
  GET: () => ok(show()),
  POST: parsed(schema, (value) => {
    set(value);
    return ok(show());
  }),
});

/** The log, from the number `since` on. */
export const logActions = <Entry extends Logged>(log: RequestLog<Entry>): Actions => ({
  GET: (_body, query) => ok({ entries: log.since(Number(query.get('since') ?? 0)) as unknown as Json }),
  DELETE: doing(() => {
    log.clear();
  }),
});
