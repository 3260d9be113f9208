import { heavier } from './facts.ts';
import type { Drift, DriftLine, Fact, Facts } from './readiness.ts';

/**
 * What has changed since an approval. Worse, and so the end of the approval, is anything new (also what
 * weighs nothing today), anything that weighs more, a higher quantity, another domain, another reseller
 * and other rules. Gone and lighter are noted and void nothing. A changed name is no difference.
 *
 * Compare complete readings only: what could not be read looks as if it were gone.
 */
export function driftBetween(approved: Facts, now: Facts): Drift {
  if (approved.customerId !== now.customerId) throw new Error('facts of two customers cannot be compared');
  const before = new Map(approved.holdings.map((fact) => [fact.id, fact]));
  const after = new Map(now.holdings.map((fact) => [fact.id, fact]));
  const worse: DriftLine[] = [...plan(approved, now)];
  const better: DriftLine[] = [];

  for (const fact of now.holdings) {
    const known = before.get(fact.id);
    // One id of another class is another thing: what was approved is not there any more.
    if (known?.class !== fact.class) {
      worse.push({ kind: 'new', name: fact.name, class: fact.class, quantity: fact.quantity });
      continue;
    }
    worse.push(...increase(known, fact));
    better.push(...decrease(known, fact));
  }
  for (const fact of approved.holdings) if (!after.has(fact.id)) better.push({ kind: 'gone', name: fact.name });
  for (const partnerId of missingFrom(now.resellers, approved.resellers)) better.push({ kind: 'reseller', partnerId });
  return { worse, better };
}

function* plan(approved: Facts, now: Facts): Generator<DriftLine> {
  if (approved.domain.toLowerCase() !== now.domain.toLowerCase())
    yield { kind: 'domain', from: approved.domain, to: now.domain };
  for (const partnerId of missingFrom(approved.resellers, now.resellers)) yield { kind: 'reseller', partnerId };
  if (approved.policyVersion !== now.policyVersion)
    yield { kind: 'policy', from: approved.policyVersion, to: now.policyVersion };
}

function* increase(known: Fact, fact: Fact): Generator<DriftLine> {
  if (fact.quantity > known.quantity) yield { kind: 'more', name: fact.name, from: known.quantity, to: fact.quantity };
  if (isHeavier(fact, known)) yield { kind: 'blocks-now', name: fact.name };
}

function* decrease(known: Fact, fact: Fact): Generator<DriftLine> {
  if (fact.quantity < known.quantity) yield { kind: 'less', name: fact.name, from: known.quantity, to: fact.quantity };
  if (isHeavier(known, fact)) yield { kind: 'blocks-less', name: fact.name };
}

const isHeavier = (a: Fact, b: Fact): boolean => a.weight !== b.weight && heavier(a.weight, b.weight) === a.weight;

/** What is in `there` and not in `here`. */
const missingFrom = (here: readonly string[], there: readonly string[]): readonly string[] =>
  there.filter((one) => !here.includes(one));
