import { textsFor, type Language } from '../../cards/texts/texts.ts';
import { watchCard, watchSummary } from '../../cards/watch-card.ts';
import { later, type Clock } from '../../services/clock.ts';
import type { People } from '../../services/people/people.ts';
import type { Roles } from '../../services/people/roles.ts';
import type { Nonces } from '../../services/requests/nonces.ts';
import { changePartition } from '../../services/storage/change-partition.ts';
import { claimedRow, type Claim } from '../../services/storage/claim.ts';
import { releasedLease } from '../../services/storage/leases.ts';
import type { Row, RowChange, Store } from '../../services/storage/store.ts';
import { WaitingNews, type Watches } from '../../services/watching/watches.ts';
import type { Log } from '../log.ts';
import { loggableError } from '../loggable-error.ts';
import { isReachable, SendError, type Messenger } from '../channel/messenger.ts';
import { afterFailure, whileUnreachable, type NotSent } from './sending-again.ts';

export interface NewsParts {
  readonly store: Store;
  readonly people: People;
  readonly roles: Roles;
  readonly watches: Pick<Watches, 'stop'>;
  readonly messenger: Messenger;
  readonly nonces: Nonces;
  readonly clock: Clock;
  readonly fallbackLanguage: Language;
  readonly log: Log;
}

/**
 * Tells one person the news of a customer they watch, as a new message. Whoever may no longer ask for removals is
 * told nothing, and watches no longer.
 */
export function createNews(parts: NewsParts): (claim: Claim) => Promise<void> {
  const { store, people, roles, watches, messenger, nonces, clock, log } = parts;

  return async (claim) => {
    const waiting = WaitingNews.safeParse((await store.read(claim.partition)).rows.get(claim.key)?.value).data;
    if (waiting === undefined) return;
    if (roles.isRequester(waiting.recipient)) await settle(claim, waiting, await tell(waiting));
    else await watches.stop(waiting.customer.id, waiting.recipient);
  };

  async function tell(waiting: WaitingNews): Promise<NotSent | { readonly kind: 'sent' }> {
    const person = await people.find(waiting.recipient);
    if (!isReachable(person)) return whileUnreachable(waiting, clock());
    const texts = textsFor(person.locale, parts.fallbackLanguage);
    const { customer, news } = waiting;
    const view = { customer, news, nonce: nonces.ofCustomer(person.id, customer.id) };
    try {
      await messenger.send(person, { card: watchCard(view, texts), summary: watchSummary(view, texts) });
      return { kind: 'sent' };
    } catch (error) {
      if (!(error instanceof SendError)) throw error;
      log.warn('news could not be told', { attempt: waiting.tries, error: loggableError(error) });
      return afterFailure(error, waiting, clock());
    }
  }

  async function settle(claim: Claim, sent: WaitingNews, outcome: NotSent | { readonly kind: 'sent' }): Promise<void> {
    await changePartition(store, claim.partition, (partition) => {
      // Without its row, the person has stopped watching.
      if (!partition.rows.has(claim.key)) return { changes: [], result: undefined };
      return { changes: [rowAfter(claim.key, claimedRow(partition, claim), sent, outcome)], result: undefined };
    });
  }

  /** News that came while others were on their way are told next, with what was told already left as it is. */
  function rowAfter(key: string, row: Row, sent: WaitingNews, outcome: NotSent | { readonly kind: 'sent' }): RowChange {
    const now = clock();
    const waiting = WaitingNews.parse(row.value);
    const isOvertaken = waiting.n !== sent.n;
    if (outcome.kind !== 'later' && !isOvertaken) return { key, remove: true };
    const tries = outcome.kind === 'later' && outcome.failed ? waiting.tries + 1 : 0;
    const ms = outcome.kind === 'later' && !isOvertaken ? outcome.ms : 0;
    const lease = releasedLease(row.lease, now);
    return { key, row: { value: { ...waiting, tries }, dueAt: later(now, ms), ...(lease && { lease }) } };
  }
}
