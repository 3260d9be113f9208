import type { Row } from '../measuring/row.ts';
import type { Scope } from '../parts/part.ts';

/** Something that has to hold however much there is to do, and whether it did. */
export interface Check {
  readonly what: string;
  readonly holds: boolean;
  /** What was seen of it, by name. */
  readonly seen: Readonly<Record<string, number>>;
}

export interface Outcome {
  readonly checks: readonly Check[];
  /** How fast it was, which is told, and never a reason to fail. */
  readonly rows: readonly Row[];
}

export interface TrialScope extends Scope {
  /** How long a trial goes on whose length is chosen. */
  readonly minutes: number;
  /** A folder of its own for whatever a trial has to lay down, for as long as the command runs. */
  readonly folder: () => Promise<string>;
  /** Tells whoever looks on how far it is. */
  readonly tell: (sentence: string) => void;
}

/** A load that the product is put under, and what has to hold then. */
export interface Trial {
  readonly name: string;
  readonly run: (scope: TrialScope) => Promise<Outcome>;
}

export const check = (what: string, holds: boolean, seen: Check['seen'] = {}): Check => ({ what, holds, seen });

export function printedChecks(checks: readonly Check[]): string {
  return checks
    .flatMap(({ what, holds, seen }) => {
      const all = Object.entries(seen).map(([name, value]) => `${name} ${value.toLocaleString('en-GB')}`);
      return [`${holds ? 'held  ' : 'BROKEN'}  ${what}`, ...(all.length === 0 ? [] : [`        ${all.join(' · ')}`])];
    })
    .join('\n');
}
