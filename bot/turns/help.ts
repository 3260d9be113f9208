import { helpCard, type HelpView } from '../../cards/help-card.ts';
import type { Texts } from '../../cards/texts/texts.ts';
import { welcomeCard } from '../../cards/welcome-card.ts';
import type { Shown } from '../../dialogs/turn-facts.ts';
import type { Person } from '../../services/people/person.ts';
import type { Roles } from '../../services/people/roles.ts';

export interface Help {
  /** What can be written; first of all, where that is so, that something was not understood. */
  show(person: Person, texts: Texts, unknown?: string): Shown;
  /** For somebody who has just come. */
  welcome(person: Person, texts: Texts): Shown;
}

export interface HelpParts {
  readonly roles: Pick<Roles, 'standing'>;
  /** In an indirect reseller's tenant. */
  readonly endedByProvider: boolean;
  readonly signsIn: boolean;
}

/** Tells each person what they can do here, by the roles that they have now. */
export function createHelp({ roles, endedByProvider, signsIn }: HelpParts): Help {
  const viewOf = ({ id }: Person): HelpView => {
    const standing = {
      requester: roles.standing('requester', id),
      approver: roles.standing('approver', id),
      auditor: roles.standing('auditor', id),
    };
    return {
      isRequester: standing.requester === 'held',
      isApprover: standing.approver === 'held',
      isAuditor: standing.auditor === 'held',
      areRolesUnread: Object.values(standing).includes('unread'),
      personId: id,
      endedByProvider,
      signsIn,
    };
  };
  return {
    show: (person, texts, unknown) => ({
      card: helpCard({ ...viewOf(person), ...(unknown !== undefined && { unknown }) }, texts),
      summary: texts.say('help.summary'),
    }),
    welcome: (person, texts) => ({ card: welcomeCard(viewOf(person), texts), summary: texts.say('help.title') }),
  };
}
