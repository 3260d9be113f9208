import { createHmac } from 'node:crypto';
import * as nodeDisk from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { instant } from '../clock.ts';
import { canonicalJson } from '../storage/canonical-json.ts';
import { isMissing, makeFolder, readText, syncFolder, writeNewFile, type Disk } from '../storage/disk.ts';
import type { AuditEvent, AuditKey } from './audit-chain.ts';
import type { AuditLog } from './audit-log.ts';

// The store belongs to one process, the bot. What another one has to record lies beside it until the bot takes it in.

/** Its name is none of a kind of partitions, so that the store leaves it alone. */
const FOLDER = 'audit-spool';
const ENDING = '.event';

const Event = z.strictObject({
  id: z.guid(),
  at: z.string(),
  action: z.enum(['audit.verified', 'audit.exported']),
  detail: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
});
const Spooled = z.strictObject({ event: Event, mac: z.string() });
export type SpooledEvent = z.output<typeof Event>;

/** @throws {StoreError} or the disk's error, when it cannot be kept. */
export async function spool(
  folder: string,
  { id, at, action, detail }: Omit<SpooledEvent, 'at'> & { readonly at: Date },
  key: AuditKey,
): Promise<void> {
  const event: SpooledEvent = { id, at: instant(at), action, detail };
  const path = join(folder, FOLDER);
  await makeFolder(nodeDisk, path);
  await writeNewFile(nodeDisk, join(path, `${id}${ENDING}`), JSON.stringify({ event, mac: macOf(event, key) }));
  await syncFolder(nodeDisk, path);
}

export interface SpoolParts {
  /** The store's. */
  readonly folder: string;
  readonly auditKey: AuditKey;
  readonly log: AuditLog;
  /** The machine's own. */
  readonly disk?: Disk;
}

/**
 * Records what was spooled, and removes it once it is stored; after a crash in between it is recorded twice, under one
 * id. What was not written with the key is no event: that it was there is recorded, and it stays where it is.
 */
export function createSpoolIntake({ folder, auditKey, log, disk = nodeDisk }: SpoolParts): () => Promise<void> {
  const path = join(folder, FOLDER);
  const refused = new Set<string>();
  /** Given to the log already, which goes on trying to store it. */
  const given = new Set<string>();

  return async () => {
    for (const name of await namesIn(disk, path)) {
      if (refused.has(name)) continue;
      const event = spooledIn((await readText(disk, join(path, name))) ?? '', auditKey);
      if (event === undefined) {
        refused.add(name);
        await log.record({ action: 'spool.refused', actor: 'bot', detail: { file: name.slice(0, 100) } });
        continue;
      }
      const isStored = await log.record(...(given.has(name) ? [] : [recordedOf(event)]));
      given.add(name);
      if (isStored) await disk.unlink(join(path, name));
    }
  };
}

const recordedOf = ({ id, at, action, detail }: SpooledEvent): AuditEvent => ({
  action,
  actor: 'bot',
  detail: { ...detail, spooled: id, at },
});

async function namesIn(disk: Disk, path: string): Promise<readonly string[]> {
  try {
    return (await disk.readdir(path)).filter((name) => name.endsWith(ENDING)).sort();
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}

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
