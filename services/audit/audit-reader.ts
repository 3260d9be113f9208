import type { Store } from '../storage/store.ts';
import { readAudit, verifyAudit, type AuditEntry, type AuditKey, type AuditVerdict } from './audit-chain.ts';

/** A chain as it can be shown: its entries, and whether it is whole. */
export interface ReadChain {
  readonly entries: readonly AuditEntry[];
  readonly verdict: AuditVerdict;
}

/** Reads and verifies one chain, by the name of its partition. */
export const createAuditReader =
  ({ store, auditKey }: { readonly store: Pick<Store, 'read'>; readonly auditKey: AuditKey }) =>
  async (chain: string): Promise<ReadChain> => {
    const { rows } = await store.read(chain);
    return { entries: readAudit(rows), verdict: verifyAudit(rows, chain, auditKey) };
  };

export type AuditReader = ReturnType<typeof createAuditReader>;
