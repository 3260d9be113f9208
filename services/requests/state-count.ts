import { createCount } from '../telemetry/instruments.ts';
import type { RemovalRequest } from './request.ts';

/** Counts how often requests come into which state, once it is stored. */
export function createStateCount() {
  const count = createCount(
    'offboarding.request.state_changes',
    '{change}',
    'How often requests have come into a state.',
  );
  return (
    before: Pick<RemovalRequest, 'state'> | undefined,
    { kind, state }: Pick<RemovalRequest, 'kind' | 'state'>,
  ) => {
    if (before?.state === state) return;
    count({ 'offboarding.request.kind': kind, 'offboarding.request.state': state });
  };
}
