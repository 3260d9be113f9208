import { createHmac } from 'node:crypto';
import { z } from 'zod';
import { instant } from '../clock.ts';
import { canonicalJson } from '../storage/canonical-json.ts';
import type { AuditEvent, AuditKey } from './audit-chain.ts';
import type { AuditLog } from './audit-log.ts';

// Chains of the record are the bot's to write. What another program has to record lies beside the store until a bot takes it in.

const Event = z.strictObject({
  id: z.guid(),
  at: z.string(),
  action: z.enum(['audit.verified', 'audit.exported']),
  detail: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
});
const Spooled = z.strictObject({ event: Event, mac: z.string() });
export type SpooledEvent = z.output<typeof Event>;

/** Where it lies meanwhile. */
export interface SpoolBox {
  /** @throws when it cannot be kept. */
  put(name: string, text: string): Promise<void>;
  names(): Promise<readonly string[]>;
  /** @returns `undefined`, where somebody else has taken it in meanwhile. */
  read(name: string): Promise<string | undefined>;
  remove(name: string): Promise<void>;
}

/** @throws when it cannot be kept. */
export async function spool(
  box: SpoolBox,
  { id, at, action, detail }: Omit<SpooledEvent, 'at'> & { readonly at: Date },
  key: AuditKey,
): Promise<void> {
  const event: SpooledEvent = { id, at: instant(at), action, detail };
  await box.put(id, JSON.stringify({ event, mac: macOf(event, key) }));
}

export interface SpoolParts {
  readonly box: SpoolBox;
  readonly auditKey: AuditKey;
  readonly log: AuditLog;
}

/**
 * Records what was spooled, and removes it once it is stored; after a crash in between it is recorded twice, under one
 * id. What was not written with the key is no event: that it was there is recorded, and it stays where it is.
 */
export function createSpoolIntake({ box, auditKey, log }: SpoolParts): () => Promise<void> {
  const refused = new Set<string>();
  /** Given to the log already, which goes on trying to store it. */
  const given = new Set<string>();

  return async () => {
    for (const name of await box.names()) {
      if (refused.has(name)) continue;
      const text = await box.read(name);
      if (text === undefined) continue;
      const event = spooledIn(text, auditKey);
      if (event === undefined) {
        refused.add(name);
        await log.record({ action: 'spool.refused', actor: 'bot', detail: { file: name.slice(0, 100) } });
        continue;
      }
      const isStored = await log.record(...(given.has(name) ? [] : [recordedOf(event)]));
      given.add(name);
      if (isStored) await box.remove(name);
    }
  };
}

const recordedOf = ({ id, at, action, detail }: SpooledEvent): AuditEvent => ({
  action,
  actor: 'bot',
  detail: { ...detail, spooled: id, at },
});

function spooledIn(text: string, key: AuditKey): SpooledEvent | undefined {
  try {
    const { event, mac } = Spooled.parse(JSON.parse(text));
    return mac === macOf(event, key) ? event : undefined;
  } catch {
    return undefined;
  }
}

const macOf = (event: SpooledEvent, key: AuditKey): string =>
  createHmac('sha256', key)
    .update(canonicalJson({ spooled: event }))
    .digest('hex');
