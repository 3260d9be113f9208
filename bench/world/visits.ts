import { buttonsOf, type CardButton } from '../../sandbox/chat/card-actions.ts';
import type { Customer } from '../../services/partner-center/partner-center.ts';
import { among, presses, REQUESTERS, says, types, type Act, type User } from './channel.ts';
import type { StoredRequest } from './prepared-store.ts';

/** What people do one after another; each waits for the answer to the one before. */
export type Visit = Generator<Step, void, Shown>;
export interface Step {
  readonly kind: string;
  readonly user: User;
  readonly act: Act;
}
/** The card of the answer, if it was one. */
export type Shown = Readonly<Record<string, unknown>> | undefined;

/**
 * What a large partner's people do in the course of a day, drawn from what is stored: mostly they look at cards again, ask
 * and search; now and then they decide.
 */
export class Visits {
  readonly #settled: readonly StoredRequest[];
  readonly #pending: StoredRequest[];
  readonly #customers: readonly Customer[];
  #turn = 0;

  /** @param customers of whom nobody has asked anything. */
  constructor(requests: readonly StoredRequest[], customers: readonly Customer[]) {
    this.#settled = requests.filter(({ fate }) => fate !== 'pending');
    this.#pending = requests.filter(({ fate }) => fate === 'pending');
    this.#customers = customers;
  }

  next(): Visit {
    const turn = this.#turn++;
    switch (turn % 10) {
      case 0:
        return this.#asks(turn);
      case 1:
        return this.#searches(turn);
      case 2:
        return this.#wants(turn);
      case 3:
        return this.#looksAndDeclines();
      case 4:
        return this.#withdraws();
      case 5:
        // One of five who open the question says yes: each yes is read for at Partner Center first.
        return this.#approves(turn % 50 === 5);
      default:
        return this.#looksAgain(turn);
    }
  }

  *#looksAgain(turn: number): Visit {
    const { id, requester } = this.#settled[(turn * 7_919) % this.#settled.length] ?? nobody();
    yield { kind: 'refresh', user: requester, act: presses('request.show', { requestId: id, nonce: '' }, 'automatic') };
  }

  *#asks(turn: number): Visit {
    const user = among(REQUESTERS, turn);
    yield { kind: 'help', user, act: says('help') };
    yield { kind: 'requests', user, act: says('requests') };
  }

  *#searches(turn: number): Visit {
    const user = among(REQUESTERS, turn);
    const { companyName } = this.#customer(turn);
    for (const length of [1, 2, 3, 5]) yield { kind: 'keystroke', user, act: types(companyName.slice(0, length)) };
  }

  *#wants(turn: number): Visit {
    yield { kind: 'readiness', user: among(REQUESTERS, turn), act: says(`remove ${this.#customer(turn).domain}`) };
  }

  *#looksAndDeclines(): Visit {
    const { id, approver: user } = this.#pending.shift() ?? nobody();
    const card = yield {
      kind: 'refresh',
      user,
      act: presses('request.show', { requestId: id, nonce: '' }, 'automatic'),
    };
    const asked = yield { kind: 'confirm view', user, act: pressing(card, 'approval.decline') };
    const reason = 'They have to pay the last invoice first.';
    yield { kind: 'decline', user, act: pressing(asked, 'approval.confirm-decline', { reason }) };
  }

  *#withdraws(): Visit {
    const { id, requester: user } = this.#pending.shift() ?? nobody();
    const card = yield {
      kind: 'refresh',
      user,
      act: presses('request.show', { requestId: id, nonce: '' }, 'automatic'),
    };
    const asked = yield { kind: 'confirm view', user, act: pressing(card, 'request.withdraw') };
    yield { kind: 'withdraw', user, act: pressing(asked, 'request.confirm-withdraw') };
  }

  *#approves(means: boolean): Visit {
    const { id, approver: user } = this.#pending.shift() ?? nobody();
    const card = yield {
      kind: 'refresh',
      user,
      act: presses('request.show', { requestId: id, nonce: '' }, 'automatic'),
    };
    const asked = yield { kind: 'confirm view', user, act: pressing(card, 'approval.approve') };
    if (means) yield { kind: 'approve', user, act: pressing(asked, 'approval.confirm-approve') };
    else yield { kind: 'back', user, act: pressing(asked, 'request.show') };
  }

  #customer(turn: number): Customer {
    return this.#customers[(turn * 31) % this.#customers.length] ?? nobody();
  }
}

/** Presses a button as the card has it, with what it carries. */
export function pressing(card: Shown, verb: string, inputs: object = {}): Act {
  const button = buttonIn(card, verb);
  if (button === undefined)
    throw new Error(`there is no button ${verb}: ${JSON.stringify(card ?? null).slice(0, 1_000)}`);
  return presses(verb, { ...button.data, ...inputs });
}
/** Leads to the next page of what a card names. */
export function turning(card: Shown, verb: string): Act {
  const pages = card === undefined ? [] : buttonsOf(card).filter((button) => button.verb === verb);
  const last = pages.toSorted((a, b) => Number(a.data['page'] ?? 0) - Number(b.data['page'] ?? 0)).at(-1);
  return last === undefined ? pressing(card, verb) : presses(verb, last.data);
}
export const buttonIn = (card: Shown, verb: string): CardButton | undefined =>
  card && buttonsOf(card).find((button) => button.verb === verb);

const nobody = (): never => {
  throw new Error('there is nothing left to be done');
};
