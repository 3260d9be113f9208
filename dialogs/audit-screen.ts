import { auditCard, pageOf } from '../cards/audit-card.ts';
import type { TabLink } from '../cards/links.ts';
import type { Texts } from '../cards/texts/texts.ts';
import type { AuditReader } from '../services/audit/audit-reader.ts';
import type { People } from '../services/people/people.ts';
import type { Person } from '../services/people/person.ts';
import { requestPartition } from '../services/requests/change.ts';
import type { Nonces } from '../services/requests/nonces.ts';
import type { RequestRecord } from '../services/requests/request.ts';
import { namesOfThings } from './names-of-things.ts';
import type { Shown } from './turn-facts.ts';

export interface AuditScreenParts {
  readonly read: AuditReader;
  readonly people: Pick<People, 'find'>;
  readonly nonces: Nonces;
  readonly tabLink?: TabLink;
}

/** The record of a request as an auditor sees it. */
export type AuditScreen = (
  record: RequestRecord,
  page: number | undefined,
  person: Person,
  texts: Texts,
) => Promise<Shown>;

export const createAuditScreen =
  ({ read, people, nonces, tabLink }: AuditScreenParts): AuditScreen =>
  async (record, page, person, texts) => {
    const { request } = record;
    const { id: requestId, customer } = request;
    const { entries, verdict } = await read(requestPartition(requestId));
    const turn = page !== undefined && { page };
    const ids = new Set(pageOf({ entries, ...turn }).shown.map(({ actor }) => actor.slice(actor.indexOf(':') + 1)));
    const found = await Promise.all([...ids].filter((id) => id !== 'bot').map((id) => people.find(id)));
    const names = new Map(found.filter((one) => one !== undefined).map(({ id, name }) => [id, name]));
    const nonce = nonces.ofRequest(person.id, request);
    const tabUrl = tabLink?.(requestId);
    return {
      card: auditCard(
        {
          requestId,
          customer,
          entries,
          verdict,
          names,
          things: namesOfThings(record),
          nonce,
          ...turn,
          ...(tabUrl && { tabUrl }),
        },
        texts,
      ),
      summary: texts.say('audit.summary', { id: requestId }),
    };
  };
