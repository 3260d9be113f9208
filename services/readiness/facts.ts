import type { Finding, Weight } from './finding.ts';
import type { Holdings, Source } from './holdings.ts';
import { POLICY_VERSION, type Fact, type Facts } from './readiness.ts';
import { isOver } from './subscription-lines.ts';

const WEIGHTS: readonly Weight[] = ['nothing', 'may-block', 'blocks'];
export const heavier = (a: Weight, b: Weight): Weight => (WEIGHTS.indexOf(a) >= WEIGHTS.indexOf(b) ? a : b);

/**
 * What an approval is bound to, in an order that does not depend on the order of the answers. Holdings that
 * weigh nothing today are in it too: one that is suspended may be reactivated later.
 */
export function factsOf(holdings: Holdings, findings: readonly Finding[]): Facts {
  const customer = valueOf(holdings.customer);
  const live = (valueOf(holdings.subscriptions) ?? []).filter((subscription) => !isOver(subscription));
  const resellers = live.flatMap(({ partnerId }) => (partnerId === undefined || partnerId === '' ? [] : [partnerId]));
  return {
    customerId: holdings.customerId,
    domain: customer?.domain.toLowerCase() ?? '',
    resellers: [...new Set(resellers)].sort(),
    holdings: onePerId(findings.map(({ fact }) => fact)),
    policyVersion: POLICY_VERSION,
  };
}

/** Two rows with one id are one holding: their quantities add up, and the heavier one decides. */
function onePerId(facts: readonly Fact[]): readonly Fact[] {
  const byId = new Map<string, Fact>();
  for (const { fact } of facts.map((one) => ({ fact: one, content: contentOf(one) })).sort(byContent)) {
    const other = byId.get(fact.id);
    byId.set(
      fact.id,
      other === undefined
        ? fact
        : { ...other, quantity: other.quantity + fact.quantity, weight: heavier(other.weight, fact.weight) },
    );
  }
  return [...byId.values()];
}

const contentOf = ({ id, class: holdingClass, name, quantity, weight, parentId }: Fact): string =>
  JSON.stringify([id, holdingClass, name, quantity, weight, parentId]);
const byContent = (
  { content: a }: { readonly content: string },
  { content: b }: { readonly content: string },
): number => (a < b ? -1 : a > b ? 1 : 0);

export const valueOf = <T>(source: Source<T>): T | undefined => (source.kind === 'read' ? source.value : undefined);
