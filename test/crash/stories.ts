import { guidOf } from '../../sandbox/partner-center/world/ids.ts';
import { textsOf } from '../support/journey.ts';
import { APPROVAL_WANTED, domainOf, REASON, REMOVED } from '../journeys/steps.ts';
import { APPROVER, REQUESTER } from './crash-world.ts';
import type { CardButton } from '../../sandbox/chat/card-actions.ts';
import type { ShownMessage } from '../../sandbox/chat/chat.ts';

/** A button that somebody has pressed. */
export interface Pressed {
  readonly person: string;
  readonly verb: string;
  readonly data: Readonly<Record<string, unknown>>;
  /** The words of the answer, as far as one came. */
  told?: string;
}

export type CardsOf = (person: string) => readonly ShownMessage[];

/** What two people do together, from the first word to the last receipt, and what has to have come of it. */
export interface Story {
  readonly name: 'one' | 'list';
  /** Whose relationship ends, by their names in the sandbox. */
  readonly customers: readonly string[];
  /** What the requester writes. */
  readonly words: string;
  /** What each of them goes on with, the furthest first. */
  readonly next: Readonly<Record<string, readonly string[]>>;
  /** What is typed for a button, on a card with these words. */
  readonly filledIn: Readonly<Record<string, (button: CardButton, words: string) => Readonly<Record<string, string>>>>;
  /** So many of their newest cards somebody looks at. */
  readonly looksAt: number;
  /** What the requester presses where nothing goes on. */
  readonly again: string;
  readonly isWanted: (button: CardButton, cards: readonly ShownMessage[], pressed: readonly Pressed[]) => boolean;
  readonly hasEnded: (cards: CardsOf) => boolean;
  /** Whether the approver was asked, so that the requester only waits. */
  readonly wasAsked: (cards: CardsOf) => boolean;
  /** What somebody is told who has decided, and what has to be on record by then. */
  readonly told: readonly { readonly verb: string; readonly words: RegExp; readonly action: string }[];
  /** What somebody is told of customers of a list, and what has to be stored with as many of them by then. */
  readonly listed: readonly {
    readonly verb: string;
    readonly words: RegExp;
    readonly key: 'ask' | 'clear';
  }[];
  /** How many things are changed at Partner Center, each once. */
  readonly changes: number;
}

const shows =
  (words: RegExp) =>
  ({ card }: ShownMessage): boolean =>
    words.test(textsOf(card));
const APPROVED = { verb: 'approval.confirm-approve', words: /You approved this/, action: 'request.approved' };

/** Two subscriptions are suspended, and the relationship is removed. */
export const ONE: Story = {
  name: 'one',
  customers: ['contosobakery'],
  words: `remove ${domainOf('contosobakery')}`,
  next: {
    [APPROVER]: ['approval.confirm-approve', 'approval.approve'],
    [REQUESTER]: ['legacy.confirm-suspend', 'removal.send', 'removal.form', 'legacy.suspend'],
  },
  filledIn: {
    'removal.send': () => ({
      reason: REASON,
      domain: domainOf('contosobakery'),
      notice: 'true',
      nextProvider: 'true',
    }),
  },
  looksAt: 2,
  again: 'readiness.check',
  isWanted: () => true,
  hasEnded: (cards) => [REQUESTER, APPROVER].every((person) => cards(person).some(shows(REMOVED))),
  wasAsked: (cards) => cards(APPROVER).some(shows(APPROVAL_WANTED)),
  told: [APPROVED, { verb: 'legacy.confirm-suspend', words: /0 of 2 suspended/, action: 'step.asked' }],
  listed: [],
  changes: 3,
};

const LISTED = ['contosobakery', 'fabrikambikes', 'alpineskihouse'];

/** Three customers are listed, two subscriptions of one of them are suspended, and all three are asked for, decided and removed. */
export const LIST: Story = {
  name: 'list',
  customers: LISTED,
  words: ['remove several', ...LISTED.map(domainOf)].join('\n'),
  next: {
    [APPROVER]: ['approval.confirm-approve', 'approval.approve', 'list.open'],
    [REQUESTER]: ['batch.confirm-clear', 'batch.send', 'batch.clear', 'batch.form'],
  },
  filledIn: {
    'batch.send': ({ title }, words) => ({
      ...(title === 'Send 1 request'
        ? { domain: /\S+\.onmicrosoft\.com/.exec(words)?.[0] ?? '' }
        : { count: /\d+/.exec(title)?.[0] ?? '' }),
      ...{ reason: REASON, notice: 'true', nextProvider: 'true' },
    }),
  },
  looksAt: 20,
  again: 'batch.check',
  isWanted({ verb = '', data }, cards, pressed) {
    // As many as can be together: not while some of them are read, or can still be cleared here.
    if (verb === 'batch.form') {
      const list = cards.findLast(({ card }) => JSON.stringify(card).includes('"batch.form"'));
      if (list !== undefined && shows(/Being read|of 2 suspended|subscriptions to suspend/)(list)) return false;
    }
    if (verb.startsWith('batch.')) return isOfNewestList(data, cards);
    const wasApproved = pressed.some(
      (one) =>
        one.verb === APPROVED.verb &&
        one.data['requestId'] === data['requestId'] &&
        (one.told ?? '').includes('You approved this'),
    );
    return verb !== 'list.open' || !wasApproved;
  },
  hasEnded: (cards) =>
    cards(REQUESTER).some(shows(/Removed: 3/)) && cards(APPROVER).filter(shows(REMOVED)).length >= LISTED.length,
  wasAsked: (cards) => cards(APPROVER).some(shows(/Several removals to decide on/)),
  told: [APPROVED],
  listed: [
    { verb: 'batch.send', words: /being handed in/g, key: 'ask' },
    { verb: 'batch.confirm-clear', words: /of 2 suspended/g, key: 'clear' },
  ],
  changes: 5,
};

/** A word that was not taken is said again, and may have begun a second list. */
function isOfNewestList(data: CardButton['data'], cards: readonly ShownMessage[]): boolean {
  const ids = cards.flatMap(({ card }) => /"batchId":"([^"]+)"/.exec(JSON.stringify(card))?.[1] ?? []);
  return data['batchId'] === ids.at(-1);
}

export const STORIES: Readonly<Record<Story['name'], Story>> = { one: ONE, list: LIST };

/** The path of a customer at Partner Center. */
export const pathOf = (customer: string): string => `/v1/customers/${guidOf('customer', domainOf(customer))}`;
