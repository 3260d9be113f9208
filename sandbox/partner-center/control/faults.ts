import { z } from 'zod';
import { FaultRules, Pattern } from '../../control/fault-rules.ts';
import { refuse, throttled, type Answer } from '../api/answers.ts';
import type { Json, JsonObject } from '../json.ts';
import { Switches } from '../world/switches.ts';

/** What goes wrong, for which calls and how often. */
const Rule = z.strictObject({
  id: z.string().optional(),
  method: z.string().optional(),
  /** A regular expression on the path, as in `/v1/customers/<id>`. */
  path: Pattern.optional(),
  /** How many matching calls it strikes; all of them when left out. */
  times: z.int().min(0).optional(),
  /** How many matching calls it lets through first. */
  skip: z.int().min(0).optional(),
  status: z.int().min(200).max(599).optional(),
  code: z.union([z.string(), z.number()]).optional(),
  description: z.string().optional(),
  /** Text is sent as it is. */
  body: z.json().optional(),
  headers: z.record(z.string(), z.string()).optional(),
  contentType: z.string().optional(),
  /** Waited before the call is handled; in `apply-then-…`, between the change and what the caller sees of it. */
  delayMs: z.int().min(0).optional(),
  kind: z
    .enum(['answer', 'reset', 'hang', 'apply-then-reset', 'apply-then-answer', 'apply-then-hang', 'truncate'])
    .default('answer'),
});
export type Rule = z.output<typeof Rule>;

export const FaultSettings = z.strictObject({
  latencyMs: z.int().min(0).default(0),
  rules: z.array(Rule).default([]),
  /** Those named are turned, all others are put back. */
  switches: z
    .record(z.string(), z.unknown())
    .default({})
    .superRefine((settings, context) => {
      const { error } = Switches.safeParse(settings);
      for (const { path, message } of error?.issues ?? []) context.addIssue({ code: 'custom', path, message });
    }),
});
export type FaultSettings = z.output<typeof FaultSettings>;

/** The faults that are set. */
export class Faults {
  latencyMs = 0;
  readonly #rules = new FaultRules<Rule>();

  set({ latencyMs, rules }: Pick<FaultSettings, 'latencyMs' | 'rules'>): void {
    this.latencyMs = latencyMs;
    this.#rules.set(rules);
  }

  clear(): void {
    this.set({ latencyMs: 0, rules: [] });
  }

  strike(method: string, path: string): Rule | undefined {
    return this.#rules.strike(
      (rule) =>
        (rule.method === undefined || rule.method.toUpperCase() === method) && new RegExp(rule.path ?? '').test(path),
    );
  }

  show(): JsonObject {
    return {
      latencyMs: this.latencyMs,
      rules: this.#rules.armed.map(({ rule, matched, struck }) => ({ ...(rule as JsonObject), matched, struck })),
    };
  }
}

/** What a rule answers. @returns undefined when it only delays. */
export function answerOf(rule: Rule): Answer | undefined {
  const { status, code, description, body, headers, contentType } = rule;
  const sent = { ...(headers && { headers }), ...(contentType !== undefined && { contentType }) };
  if (body === null) return { status: status ?? 200, text: 'null', ...sent };
  if (body !== undefined)
    return typeof body === 'string'
      ? { status: status ?? 200, text: body, ...sent }
      : { status: status ?? 200, body: body as Json, ...sent };
  if (code !== undefined || description !== undefined) {
    const error = refuse(status ?? 400, String(code ?? status ?? 400), description ?? 'The request was refused.');
    return { ...error, ...sent };
  }
  if (status === undefined) return rule.headers === undefined ? undefined : { status: 200, text: '', ...sent };
  if (status === 429) {
    const seconds = headers?.['Retry-After'] ?? headers?.['retry-after'];
    return { ...throttled(Number(seconds ?? 1)), ...sent };
  }
  if (status < 400) return { status, text: '', ...sent };
  return { ...refuse(status, String(status), 'The service could not answer.'), ...sent };
}
