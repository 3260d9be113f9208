import { z } from 'zod';
import { FaultRules } from '../control/fault-rules.ts';

/** Strikes calls that fit `method` and `path`. */
const Rule = z.strictObject({
  kind: z.enum(['answer', 'slow', 'hang', 'reset', 'apply-then-reset']).default('answer'),
  method: z.string().optional(),
  /** A part of the path, as `/manager`. */
  path: z.string().default(''),
  /** How many calls that fit it strikes; all of them when left out. */
  times: z.int().min(0).optional(),
  /** How many calls that fit it lets through first. */
  skip: z.int().min(0).default(0),
  /** For `answer`. */
  status: z.int().min(400).max(599).default(503),
  code: z.string().optional(),
  message: z.string().default('Set by a rule.'),
  retryAfterSeconds: z.int().min(0).optional(),
  /** For `slow`. */
  delayMs: z.int().min(0).default(1_000),
});
export type Rule = z.output<typeof Rule>;

const Switches = z.strictObject({
  /** Whether a call without a good token is refused. One with a token for another audience always is. */
  requireToken: z.boolean().default(false),
  /** Ids of those for whom an administrator's policy blocks the app. */
  appBlockedFor: z.array(z.string()).default([]),
  /** How many entries a page has at most, whatever `$top` says. */
  pageCap: z.int().min(1).default(999),
});
export type Switches = z.output<typeof Switches>;

export const FaultSettings = z.strictObject({
  rules: z.array(Rule).default([]),
  switches: Switches.default(Switches.parse({})),
});
export type FaultSettings = z.input<typeof FaultSettings>;

export class Faults {
  #settings = FaultSettings.parse({});
  readonly #rules = new FaultRules<Rule>();

  get switches(): Switches {
    return this.#settings.switches;
  }

  show(): z.output<typeof FaultSettings> {
    return this.#settings;
  }

  /** Replaces what was set; `{}` clears. */
  set(settings: FaultSettings): void {
    this.#settings = FaultSettings.parse(settings);
    this.#rules.set(this.#settings.rules);
  }

  /** The first rule that fits and is not used up. */
  strike(method: string, path: string): Rule | undefined {
    return this.#rules.strike(
      (rule) =>
        (rule.method === undefined || rule.method === method) && path.toLowerCase().includes(rule.path.toLowerCase()),
    );
  }
}
