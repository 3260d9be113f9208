import type { PlainEvent } from '../../services/audit/audit-chain.ts';
import type { AuditLog } from '../../services/audit/audit-log.ts';
import { TabRefusal, type Asker } from './asker.ts';

/**
 * Records what an auditor is about to be told, before they are.
 *
 * @throws {TabRefusal} 503 where that could not be stored: then they are told nothing.
 */
export async function recordFirst(
  log: Pick<AuditLog, 'record'>,
  { id }: Pick<Asker, 'id'>,
  event: Omit<PlainEvent, 'actor'>,
): Promise<void> {
  const isRecorded = await log.record({ ...event, actor: `person:${id}` });
  if (!isRecorded) throw new TabRefusal(503, 'unavailable');
}
