import { z } from 'zod';
import { FaultRules, Pattern } from '../control/fault-rules.ts';

const Rule = z.strictObject({
  method: z.string().optional(),
  /** A regular expression on the path, as `/connector/v3/conversations/…/activities`. */
  path: Pattern.optional(),
  /** Only calls for this person's conversation. */
  person: z.string().optional(),
  /** How many matching calls it strikes; all of them when left out. */
  times: z.int().min(0).optional(),
  /** How many matching calls it lets through first. */
  skip: z.int().min(0).optional(),
  status: z.int().min(200).max(599).default(503),
  code: z.string().optional(),
  retryAfterSeconds: z.number().min(0).optional(),
  /**
   * `answer`: nothing is done, and the bot gets the status. `hang`: nothing is done or answered. `reset`: the line is
   * cut. `apply-then-reset` and `apply-then-hang`: it is done, and the bot never learns of it.
   */
  kind: z.enum(['answer', 'hang', 'reset', 'apply-then-reset', 'apply-then-hang']).default('answer'),
});
export type FaultRule = z.output<typeof Rule>;

export const FaultSettings = z.strictObject({ rules: z.array(Rule).default([]) });

/** What goes wrong when the bot calls. */
export class Faults {
  readonly #rules = new FaultRules<FaultRule>();

  set(rules: readonly FaultRule[]): void {
    this.#rules.set(rules);
  }

  strike(method: string, path: string, person: string | undefined): FaultRule | undefined {
    return this.#rules.strike(
      (rule) =>
        (rule.method === undefined || rule.method.toUpperCase() === method) &&
        (rule.person === undefined || rule.person === person) &&
        new RegExp(rule.path ?? '').test(path),
    );
  }
}
