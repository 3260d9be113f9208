import type { Language, Texts } from '../../cards/texts/texts.ts';
import { textsFor } from '../../cards/texts/texts.ts';
import type { Refusals } from '../../services/audit/refusals.ts';
import type { UserId } from '../../services/ids.ts';
import { hasRole, RolesUnreadError, type Roles } from '../../services/people/roles.ts';
import type { ReadSignedOn } from '../../services/sign-in/sign-on-token.ts';
import type { PageRequest } from '../channel/page.ts';
import type { FreshRoles } from '../turns/fresh-roles.ts';

/** Somebody who has signed on in the tab, and may do something here. */
export interface Asker {
  readonly id: UserId;
  readonly texts: Texts;
  readonly isAuditor: boolean;
}

/** Why somebody is told nothing. The page has words for each. */
export class TabRefusal extends Error {
  override readonly name = 'TabRefusal';
  readonly status: number;
  readonly code: TabRefusalCode;
  constructor(status: number, code: TabRefusalCode) {
    super(code);
    this.status = status;
    this.code = code;
  }
}

export type TabRefusalCode =
  | 'sign-in'
  | 'no-role'
  | 'not-an-auditor'
  | 'not-a-requester'
  | 'not-found'
  | 'malformed'
  | 'busy'
  | 'unavailable'
  | 'roles-unread'
  | 'not-listed';

export interface AskerParts {
  readonly readSignedOn: ReadSignedOn;
  readonly roles: Roles;
  readonly freshRoles: FreshRoles;
  readonly refusals: Pick<Refusals, 'note'>;
  readonly fallbackLanguage: Language;
}

const BEARER = /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/i;

export const textsOf = ({ acceptLanguage }: Pick<PageRequest, 'acceptLanguage'>, fallback: Language): Texts =>
  textsFor(acceptLanguage.slice(0, 35), fallback);

/**
 * Who asks: whoever the sign-on token was issued to, by Entra and for this bot. Nothing else in a request says who somebody is.
 *
 * @throws {TabRefusal} 401 without a token that is good now, 403 for whoever has no role, 503 where nobody can tell.
 */
export function createAskerOf({ readSignedOn, roles, freshRoles, refusals, fallbackLanguage }: AskerParts) {
  return async (request: PageRequest): Promise<Asker> => {
    const [, token] = BEARER.exec(request.authorization) ?? [];
    const signedOn = token === undefined ? 'not-valid' : await readSignedOn(token);
    if (signedOn === 'unavailable') throw new TabRefusal(503, 'unavailable');
    if (typeof signedOn === 'string') throw new TabRefusal(401, 'sign-in');
    const { person: id } = signedOn;
    await freshRoles(id);
    if (!hasRole(roles, id)) {
      await refusals.note(id, { what: 'tab', why: 'no-role' });
      throw new TabRefusal(403, 'no-role');
    }
    return { id, texts: textsOf(request, fallbackLanguage), isAuditor: roles.isAuditor(id) };
  };
}

export type AskerOf = ReturnType<typeof createAskerOf>;

/** What somebody is told who is told nothing; `undefined` for what nobody has foreseen. */
export function refusalOf(error: unknown): TabRefusal | undefined {
  if (error instanceof TabRefusal) return error;
  return error instanceof RolesUnreadError ? new TabRefusal(503, 'roles-unread') : undefined;
}
