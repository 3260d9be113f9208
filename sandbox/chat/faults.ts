import { z } from 'zod';

const isRegExp = (text: string): boolean => {
  try {
    new RegExp(text);
    return true;
  } catch {
    return false;
  }
};

const Rule = z.strictObject({
  method: z.string().optional(),
  /** A regular expression on the path, as `/connector/v3/conversations/…/activities`. */
  path: z.string().refine(isRegExp, 'not a regular expression').optional(),
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

interface Armed {
  readonly rule: FaultRule;
  matched: number;
  struck: number;
}

/** What goes wrong when the bot calls. The first rule that fits and is not used up strikes. */
export class Faults {
  #armed: Armed[] = [];

  set(rules: readonly FaultRule[]): void {
    this.#armed = rules.map((rule) => ({ rule, matched: 0, struck: 0 }));
  }

  strike(method: string, path: string, person: string | undefined): FaultRule | undefined {
    for (const armed of this.#armed) {
      const { rule } = armed;
      if (rule.method !== undefined && rule.method.toUpperCase() !== method) continue;
      if (rule.person !== undefined && rule.person !== person) continue;
      if (armed.struck >= (rule.times ?? Infinity) || !new RegExp(rule.path ?? '').test(path)) continue;
      armed.matched += 1;
      if (armed.matched <= (rule.skip ?? 0)) continue;
      armed.struck += 1;
      return rule;
    }
    return undefined;
  }
}
