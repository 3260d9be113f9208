import type { Texts } from '../../cards/texts/texts.ts';
import type { AuditScreen } from '../../dialogs/audit-screen.ts';
import type { AuditLog } from '../../services/audit/audit-log.ts';
import type { Refusals } from '../../services/audit/refusals.ts';
import { isGuid, sameCase } from '../../services/ids.ts';
import type { Person } from '../../services/people/person.ts';
import type { Roles } from '../../services/people/roles.ts';
import type { ButtonAnswer } from './request-buttons.ts';

export interface AuditAnswerParts {
  readonly roles: Roles;
  readonly screen: AuditScreen;
  readonly log: AuditLog;
  readonly refusals: Pick<Refusals, 'note'>;
}

/** Shows an auditor the record of a request; who has seen it is recorded too, and who wanted to. */
export const createAuditAnswers =
  ({ roles, screen, log, refusals }: AuditAnswerParts) =>
  async (asked: string, page: number | undefined, person: Person, texts: Texts): Promise<ButtonAnswer> => {
    const id = sameCase(asked.replace(/^\{(.*)\}$/, '$1'));
    const target = isGuid(id) && { target: id };
    if (!roles.isAuditor(person.id)) {
      await refusals.note(person.id, { what: 'audit', why: 'not-an-auditor', ...target });
      return { sentence: texts.say('audit.refused') };
    }
    if (!target) return { sentence: texts.say('audit.which') };
    const shown = await screen(id, page, person, texts);
    if (shown === undefined) return { sentence: texts.say('request.refused-unknown') };
    await log.record({ action: 'audit.shown', actor: `person:${person.id}`, ...target });
    return { shown };
  };

export type AuditAnswers = ReturnType<typeof createAuditAnswers>;
