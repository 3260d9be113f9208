import type { Line, Offer, OrderLineToCancel, Readiness } from './readiness.ts';

/** One step that the bot would take, if it were not a dry run. */
export type DryStep =
  /** `PATCH …/subscriptions/{id}` with `status: suspended`, after a confirm. Foreign text. */
  | { readonly kind: 'suspend'; readonly name: string; readonly subscriptionId: string }
  /** Nothing is sent for it: it goes with its base. Foreign text. */
  | { readonly kind: 'with-parent'; readonly name: string; readonly parentName: string }
  /** Of the cancellations that follow. */
  | { readonly kind: 'ask-for-cancellation' }
  /** `PATCH …/subscriptions/{id}` with `status: deleted`, or of its order with `status: cancelled`. Foreign text. */
  | { readonly kind: 'cancel'; readonly name: string; readonly holdingId: string; readonly order?: OrderLineToCancel }
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
  /** These would stop it before anything is sent; the steps are what is left once they are out of the way. */
  | { readonly kind: 'would-stop'; readonly because: readonly Line[]; readonly steps: readonly DryStep[] };

/** Everything a removal would send, in order, from one reading. Sends nothing. */
export function dryRun({
  lines,
  offers,
  delegatedAdmin,
}: Pick<Readiness, 'lines' | 'offers' | 'delegatedAdmin'>): DryRun {
  const blockers = lines.filter(({ group }) => group === 'blocks');
  const found = blockers.map((line) => clearingStep(line, offers));
  const because = blockers.filter((_, index) => found[index] === undefined);
  const steps = found.filter((step) => step !== undefined);
  const cancellations = steps.filter(({ kind }) => kind === 'cancel');
  const rest = (['ask-for-approval', 'read-again', 'remove', 'read-back'] as const).map((kind) => ({ kind }));
  const live = delegatedAdmin?.kind === 'read' ? delegatedAdmin.live : [];
  const inOrder: readonly DryStep[] = [
    ...(cancellations.length > 0 ? [{ kind: 'ask-for-cancellation' } as const, ...cancellations] : []),
    ...steps.filter(({ kind }) => kind !== 'cancel'),
    ...rest,
    ...(live.length === 0 ? [] : [{ kind: 'end-delegated-admin' as const, names: live.map(({ name }) => name) }]),
  ];
  return because.length === 0
    ? { kind: 'would-remove', steps: inOrder }
    : { kind: 'would-stop', because, steps: inOrder };
}

/** What can be taken back is preferred to what cannot. */
function clearingStep(line: Line, offers: readonly Offer[]): DryStep | undefined {
  if (line.kind !== 'holding') return undefined;
  const { name, holdingId } = line;
  for (const remedy of line.remedies) {
    if (remedy.kind === 'suspend') return { kind: 'suspend', name, subscriptionId: holdingId };
    if (remedy.kind === 'with-parent') return { kind: 'with-parent', name, parentName: remedy.parentName };
  }
  const cancel = offers.find((one) => one.action === 'cancel' && one.holdingId === holdingId);
  return cancel && { kind: 'cancel', name, holdingId, ...(cancel.order && { order: cancel.order }) };
}
