import type { NamesOfThings } from '../cards/audit-entry-parts.ts';
import type { RequestRecord } from '../services/requests/request.ts';

/** Everything of a request that has a name. */
export const namesOfThings = ({ request, steps }: RequestRecord): NamesOfThings =>
  new Map([
    ...(request.plan?.delegatedAdmin ?? []).map(({ id, name }) => [id, name] as const),
    ...(request.delegatedAdmin?.relationships ?? []).map(({ id, name }) => [id, name] as const),
    ...(request.cancels ?? []).map(({ holdingId, name }) => [holdingId, name] as const),
    ...steps.map(({ holdingId, name }) => [holdingId, name] as const),
  ]);
