import { auditCard, pageOf } from '../cards/audit-card.ts';
import type { Texts } from '../cards/texts/texts.ts';
import type { AuditReader } from '../services/audit/audit-reader.ts';
import type { RequestId } from '../services/ids.ts';
import type { People } from '../services/people/people.ts';
import type { Person } from '../services/people/person.ts';
import { requestPartition } from '../services/requests/change.ts';
import type { Nonces } from '../services/requests/nonces.ts';
import type { RemovalRequests } from '../services/requests/removal-requests.ts';
import type { Shown } from './turn-facts.ts';

export interface AuditScreenParts {
  readonly read: AuditReader;
  readonly removals: Pick<RemovalRequests, 'find'>;
  readonly people: Pick<People, 'find'>;
  readonly nonces: Nonces;
}

/** The record of a request as an auditor sees it; `undefined` where there is no such request. */
export type AuditScreen = (
  id: RequestId,
  page: number | undefined,
  person: Person,
  texts: Texts,
) => Promise<Shown | undefined>;

export const createAuditScreen =
  ({ read, removals, people, nonces }: AuditScreenParts): AuditScreen =>
  async (requestId, page, person, texts) => {
    const record = await removals.find(requestId);
    if (record === undefined) return undefined;
    const { entries, verdict } = await read(requestPartition(requestId));
    const turn = page !== undefined && { page };
    const ids = new Set(pageOf({ entries, ...turn }).shown.map(({ actor }) => actor.slice(actor.indexOf(':') + 1)));
    const found = await Promise.all([...ids].filter((id) => id !== 'bot').map((id) => people.find(id)));
    const names = new Map(found.filter((one) => one !== undefined).map(({ id, name }) => [id, name]));
    const { customer } = record.request;
    const nonce = nonces.ofRequest(person.id, record.request);
    return {
      card: auditCard({ requestId, customer, entries, verdict, names, nonce, ...turn }, texts),
      summary: texts.say('audit.summary', { id: requestId }),
    };
  };
