import type { AuditEvent } from '../../../services/audit/audit-chain.ts';

// What is written is of a kind that readers have words for: `audit-entry-parts.ts` does not compile with one left out.

export const known: AuditEvent = { action: 'spool.refused', actor: 'bot' };

// @ts-expect-error -- nobody would know what this says
export const unknown: AuditEvent = { action: 'request.somehow', actor: 'bot' };
