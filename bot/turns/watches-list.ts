import type { ActionData } from '../../cards/actions.ts';
import type { Texts } from '../../cards/texts/texts.ts';
import { watchesCard } from '../../cards/watches-card.ts';
import type { Shown } from '../../dialogs/turn-facts.ts';
import { fold } from '../../services/customers/fold.ts';
import type { Clock } from '../../services/clock.ts';
import type { Person } from '../../services/people/person.ts';
import type { ReadinessReader } from '../../services/readiness/reader.ts';
import type { Nonces } from '../../services/requests/nonces.ts';
import { look } from '../../services/watching/watch.ts';
import { asPerson } from '../../services/partner-center/partner-center.ts';
import type { WatchedBy } from '../../services/watching/watched-by.ts';
import type { Watched, Watches } from '../../services/watching/watches.ts';

export interface WatchesListParts {
  readonly watchedBy: WatchedBy;
  readonly watches: Pick<Watches, 'stop'>;
  readonly nonces: Nonces;
  readonly reader: Pick<ReadinessReader, 'latest'>;
  readonly clock: Clock;
}

/** Lists what somebody watches, by name, and has it watched no longer. */
export interface WatchesList {
  /** @param page from 0; the last one where there are not so many. */
  show(person: Person, texts: Texts, page?: number): Promise<Shown>;
  stop(data: ActionData<'watches.stop'>, person: Person, texts: Texts): Promise<Shown>;
}

/** As many as anybody scrolls through on a phone. */
const PAGE = 8;

export function createWatchesList(parts: WatchesListParts): WatchesList {
  const { watches, nonces, reader, clock } = parts;

  const watchedBy = async ({ id }: Person): Promise<readonly Watched[]> => (await parts.watchedBy(id)).toSorted(byName);

  /** What they have read in their own name since the last look, which may be more than the bot can read in its own. */
  const newest = (watched: Watched, { id }: Person): Watched => {
    const own = reader.latest(watched.customer.id, asPerson(id));
    const isNewer = own !== undefined && (watched.seen === undefined || own.readAt > watched.seen.readAt);
    return isNewer ? { ...watched, seen: look(undefined, own, clock()).seen } : watched;
  };

  const shown = (
    all: readonly Watched[],
    person: Person,
    texts: Texts,
    wanted: number,
    said: { readonly problem?: string; readonly notice?: string } = {},
  ): Shown => {
    const page = Math.min(wanted, Math.max(0, Math.ceil(all.length / PAGE) - 1));
    const from = page * PAGE;
    const view = {
      watched: all.slice(from, from + PAGE).map((watched) => ({
        watched: newest(watched, person),
        nonce: nonces.ofCustomer(person.id, watched.customer.id),
      })),
      ...{ from: from + 1, total: all.length, page, hasMore: all.length > from + PAGE },
      ...said,
    };
    return { card: watchesCard(view, texts), summary: texts.say('watches.title') };
  };

  return {
    async show(person, texts, page = 0) {
      return shown(await watchedBy(person), person, texts, page);
    },
    async stop({ customerId, nonce, page = 0 }, person, texts) {
      const before = await watchedBy(person);
      if (!nonces.isOfCustomer(nonce, person.id, customerId))
        return shown(before, person, texts, page, { problem: texts.say('request.refused-stale-card') });
      const wasWatching = await watches.stop(customerId, person.id);
      const stopped = before.find(({ customer }) => customer.id === customerId);
      const left = before.filter((one) => one !== stopped);
      const name = stopped === undefined ? customerId : nameOf(stopped);
      const notice = wasWatching ? texts.say('watches.stopped', { name }) : texts.say('watch.not-watching');
      return shown(left, person, texts, page, { notice });
    },
  };
}

const nameOf = ({ customer: { id, companyName, domain } }: Watched): string => companyName || domain || id;

const byName = (a: Watched, b: Watched): number =>
  fold(nameOf(a)).localeCompare(fold(nameOf(b))) || (a.customer.id < b.customer.id ? -1 : 1);
