import type { Texts } from '../../cards/texts/texts.ts';
import type { AuditScreen } from '../../dialogs/audit-screen.ts';
import type { AuditLog } from '../../services/audit/audit-log.ts';
import type { Refusals } from '../../services/audit/refusals.ts';
import { isGuid, sameCase } from '../../services/ids.ts';
import type { Person } from '../../services/people/person.ts';
import type { Roles } from '../../services/people/roles.ts';
import type { RemovalRequests } from '../../services/requests/removal-requests.ts';
import type { ButtonAnswer } from './button-answer.ts';

export interface AuditAnswerParts {
  readonly roles: Roles;
  readonly removals: Pick<RemovalRequests, 'find' | 'ofCustomer'>;
  readonly screen: AuditScreen;
  readonly log: AuditLog;
  readonly refusals: Pick<Refusals, 'note'>;
}

/**
 * Shows an auditor the record of a request, by its number or as the newest for a tenant id; who has seen it is recorded
 * too, and who wanted to.
 */
export const createAuditAnswers =
  ({ roles, removals, screen, log, refusals }: AuditAnswerParts) =>
  async (asked: string, page: number | undefined, person: Person, texts: Texts): Promise<ButtonAnswer> => {
    const id = sameCase(asked.replace(/^\{(.*)\}$/, '$1'));
    if (!roles.isAuditor(person.id)) {
      await refusals.note(person.id, { what: 'audit', why: 'not-an-auditor', ...(isGuid(id) && { target: id }) });
      return { sentence: texts.say('audit.refused') };
    }
    if (!isGuid(id)) return { sentence: texts.say('audit.which') };
    const record = (await removals.find(id)) ?? (await removals.ofCustomer(id));
    if (record === undefined) return { sentence: texts.say('request.refused-unknown') };
    const shown = await screen(record, page, person, texts);
    await log.record({ action: 'audit.shown', actor: `person:${person.id}`, target: record.request.id });
    return { shown };
  };

export type AuditAnswers = ReturnType<typeof createAuditAnswers>;
