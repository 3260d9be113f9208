import type { Line, Readiness } from './readiness.ts';

/** One step that the bot would take, if it were not a dry run. */
export type DryStep =
  /** `PATCH …/subscriptions/{id}` with `status: suspended`, after a confirm. Foreign text. */
  | { readonly kind: 'suspend'; readonly name: string; readonly subscriptionId: string }
  /** Nothing is sent for it: it goes with its base. Foreign text. */
  | { readonly kind: 'with-parent'; readonly name: string; readonly parentName: string }
  | { readonly kind: 'ask-for-approval' }
  | { readonly kind: 'read-again' }
  /** `PATCH customers/{id}` with `relationshipToPartner: none`. */
  | { readonly kind: 'remove' }
  | { readonly kind: 'read-back' }
  /** `POST …/delegatedAdminRelationships/{id}/requests` with `action: terminate`, where the request asks for it. Foreign text. */
  | { readonly kind: 'end-delegated-admin'; readonly names: readonly string[] };

/** What a removal would do now, or why it would not get there. */
export type DryRun =
  | { readonly kind: 'would-remove'; readonly steps: readonly DryStep[] }
  /** These would stop it; what could be suspended before is left out, since it would gain nothing. */
  | { readonly kind: 'would-stop'; readonly because: readonly Line[] };

/** Everything a removal would send, in order, from one reading. Sends nothing. */
export function dryRun({ lines, delegatedAdmin }: Readiness): DryRun {
  const blockers = lines.filter(({ group }) => group === 'blocks');
  const steps = blockers.map(clearingStep);
  if (steps.some((step) => step === undefined))
    return { kind: 'would-stop', because: blockers.filter((line) => clearingStep(line) === undefined) };
  const rest = (['ask-for-approval', 'read-again', 'remove', 'read-back'] as const).map((kind) => ({ kind }));
  const live = delegatedAdmin?.kind === 'read' ? delegatedAdmin.live : [];
  return {
    kind: 'would-remove',
    steps: [
      ...steps.filter((step) => step !== undefined),
      ...rest,
      ...(live.length === 0 ? [] : [{ kind: 'end-delegated-admin' as const, names: live.map(({ name }) => name) }]),
    ],
  };
}

function clearingStep(line: Line): DryStep | undefined {
  if (line.kind !== 'holding') return undefined;
  for (const remedy of line.remedies) {
    if (remedy.kind === 'suspend') return { kind: 'suspend', name: line.name, subscriptionId: line.holdingId };
    if (remedy.kind === 'with-parent') return { kind: 'with-parent', name: line.name, parentName: remedy.parentName };
  }
  return undefined;
}
