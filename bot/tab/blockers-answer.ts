import { z } from 'zod';
import type { TextKey } from '../../cards/texts/en.ts';
import type { Refusals } from '../../services/audit/refusals.ts';
import type { Roles } from '../../services/people/roles.ts';
import {
  pageOfBlocked,
  type BlockerKey,
  type BlockersByKind,
  type WatchedBlockers,
} from '../../services/watching/blockers-by-kind.ts';
import { TabRefusal, type Asker } from './asker.ts';
import { customerView } from './request-views.ts';

export interface BlockersAnswersParts {
  readonly watchedBlockers: WatchedBlockers;
  readonly roles: Roles;
  readonly refusals: Pick<Refusals, 'note'>;
}

/** Customers of one answer. */
const PAGE = 50;
const Wanted = z.object({ kind: z.string().max(60), after: z.string().max(60).optional() });

/**
 * What stands in the way, by kind, over all customers that are watched. Numbers are for everybody with a role; which customers
 * these are is for those who may look for any customer, and for auditors.
 */
export function createBlockersAnswers({ watchedBlockers, roles, refusals }: BlockersAnswersParts) {
  const seesNames = ({ id, isAuditor }: Asker): boolean => isAuditor || roles.standing('requester', id) === 'held';

  return {
    async counts(asker: Asker) {
      const { texts } = asker;
      const counted = await watchedBlockers();
      const { customers, clear, incomplete, notLooked, oldestLook, isCut } = counted;
      const notes: readonly (readonly [TextKey, number])[] = [
        ['tab.clear', clear],
        ['tab.incomplete', incomplete],
        ['tab.not-looked', notLooked],
      ];
      const isOpen = seesNames(asker);
      return {
        customers,
        watched: texts.say('tab.watched', { count: customers }),
        kinds: [...kindsOf(counted, texts), ...unreadOf(counted, texts)].map(({ key, ...kind }) => ({
          ...kind,
          ...(isOpen && { key }),
        })),
        ...(oldestLook !== undefined && { oldestLook }),
        notes: [
          ...notes.filter(([, number]) => number > 0).map(([key, number]) => texts.say(key, { count: number })),
          ...(isCut ? [texts.say('tab.watched-cut', { count: customers })] : []),
        ],
      };
    },

    /** The customers at which one kind stands in the way, those with the most of it first. */
    async customers(asker: Asker, query: unknown) {
      const { kind, after } = Wanted.parse(query);
      if (!seesNames(asker)) {
        await refusals.note(asker.id, { what: 'tab.blockers', why: 'not-a-requester' });
        throw new TabRefusal(403, 'not-a-requester');
      }
      const { customersOf } = await watchedBlockers();
      const { shown, next } = pageOfBlocked(customersOf.get(kind as BlockerKey) ?? [], { after, limit: PAGE });
      return {
        rows: shown.map(({ customer, purchases, lookedAt }) => ({
          customer: customerView(customer),
          ...(purchases > 0 && { purchases }),
          lookedAt,
        })),
        ...(next !== undefined && { next }),
      };
    },
  };
}

interface KindView {
  readonly key: BlockerKey;
  readonly label: string;
  readonly customers: number;
  readonly purchases?: number;
}

const kindsOf = ({ kinds }: BlockersByKind, texts: Asker['texts']): readonly KindView[] =>
  kinds.map(({ kind, customers, purchases }) => ({
    key: kind,
    label: texts.say(kind === 'before' ? 'tab.kind-before' : `line.class-${kind}`),
    customers,
    purchases,
  }));

/** What could not be read may hold anything. */
const unreadOf = ({ unread }: BlockersByKind, texts: Asker['texts']): readonly KindView[] =>
  unread.map(({ source, customers, signInNeeded }) => ({
    key: `unread-${source}`,
    label: texts.say(signInNeeded ? 'tab.kind-sign-in' : 'tab.kind-unread', { what: texts.say(`source.${source}`) }),
    customers,
  }));
