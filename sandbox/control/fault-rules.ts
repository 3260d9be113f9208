import { z } from 'zod';

/** How often a rule of faults strikes. */
export interface Limits {
  /** How many requests that fit it strikes; all of them when left out. */
  readonly times?: number | undefined;
  /** How many requests that fit it lets through first. */
  readonly skip?: number | undefined;
}

export interface Armed<Rule> {
  readonly rule: Rule;
  /** How many requests have fitted so far, those it let through among them. */
  matched: number;
  struck: number;
}

/** The rules of faults that are set. The first one that fits and is not used up strikes. */
export class FaultRules<Rule extends Limits> {
  #armed: readonly Armed<Rule>[] = [];

  /** Replaces what was set, and counts from nothing. */
  set(rules: readonly Rule[]): void {
    this.#armed = rules.map((rule) => ({ rule, matched: 0, struck: 0 }));
  }

  strike(fits: (rule: Rule) => boolean): Rule | undefined {
    for (const armed of this.#armed) {
      const { rule } = armed;
      if (armed.struck >= (rule.times ?? Infinity) || !fits(rule)) continue;
      armed.matched += 1;
      if (armed.matched <= (rule.skip ?? 0)) continue;
      armed.struck += 1;
      return rule;
    }
    return undefined;
  }

  get armed(): readonly Readonly<Armed<Rule>>[] {
    return this.#armed;
  }
}

const isRegExp = (text: string): boolean => {
  try {
    new RegExp(text);
    return true;
  } catch {
    return false;
  }
};

/** The text of a regular expression. */
export const Pattern = z.string().refine(isRegExp, 'not a regular expression');
