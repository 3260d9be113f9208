import type { Instant } from '../clock.ts';
import { StoreError, type Json } from '../storage/store.ts';
import { readAudit, type AuditEvent } from './audit-chain.ts';
import { CHECKED_KINDS, CHECKPOINT_CHAINS, REQUEST_CHAINS } from './chains.ts';
import { namesOf, type RecordSource } from './verify-record.ts';

export type ExportedEntry = {
  readonly chain: string;
  readonly seq: number;
  readonly time: Instant;
  readonly action: string;
  readonly actor: AuditEvent['actor'];
  readonly target?: string;
  readonly detail?: Readonly<Record<string, Json | undefined>>;
  /** Last, so that an export can be an anchor. */
  readonly mac: string;
};

export interface ExportedPart {
  readonly request?: string;
  /** The first instant, and the one after the last. */
  readonly from?: Instant;
  readonly before?: Instant;
}

/** The entries of a record, chain by chain. @param onUnreadable told of what is left out because it cannot be read. */
export async function* entriesOf(
  source: RecordSource,
  { request, from = '', before }: ExportedPart,
  onUnreadable: (chain: string, error: StoreError) => void,
): AsyncIterable<ExportedEntry> {
  for (const chain of await chainsOf(source, request)) {
    try {
      for (const { seq, at, action, actor, target, detail, mac } of readAudit((await source.read(chain)).rows)) {
        if (at < from || (before !== undefined && at >= before)) continue;
        const told = { ...(target !== undefined && { target }), ...(detail !== undefined && { detail }) };
        yield { chain, seq, time: at, action, actor, ...told, mac };
      }
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
      onUnreadable(chain, error);
    }
  }
}

async function chainsOf(source: RecordSource, request: string | undefined): Promise<readonly string[]> {
  if (request !== undefined) return [`${REQUEST_CHAINS}:${request}`];
  const names = await Promise.all([...CHECKED_KINDS, CHECKPOINT_CHAINS].map((kind) => namesOf(source, kind)));
  return names.flat();
}
