import assert from 'node:assert/strict';
import { buttonsOf, type Chat, type InvokeAnswer, type ShownMessage } from '../../sandbox/chat/chat.ts';
import { guidOf } from '../../sandbox/partner-center/world/ids.ts';
import { newest, readMessage, textsOf, type Journey, type LoggedCall } from '../support/journey.ts';

/** What a person does and sees in their chat with the bot. */
export interface Seat {
  readonly key: string;
  says(text: string): Promise<void>;
  /** The newest message of the bot that shows all of these words, waited for. */
  sees(...words: readonly RegExp[]): Promise<ShownMessage>;
  /** Presses a button of a message's card as it stands now. @returns the words of the answer. */
  presses(message: Shown, button: string, inputs?: Readonly<Record<string, string>>): Promise<string>;
  /** Sends a button that no card need have. */
  forges(message: Shown, verb: string, data: unknown): Promise<string>;
  /** The message as it stands now, and its words. */
  now(message: Shown): ShownMessage;
  reads(message: Shown): string;
  /** Everything the bot has shown so far that is still there. */
  all(): string;
}
export type Shown = Pick<ShownMessage, 'id'>;

export function seatOf({ chat }: { readonly chat: Chat }, key: string): Seat {
  const now = (message: Shown): ShownMessage => {
    const found = chat.messages(key).find(({ id }) => id === message.id);
    assert.ok(found, 'the message is still there');
    return found;
  };
  return {
    key,
    says: (text) => chat.say(key, text),
    async sees(...words) {
      const messages = await chat.until(key, (all) => newest(all, ...words) !== undefined);
      return newest(messages, ...words)!;
    },
    presses: async (message, button, inputs) => answered(await chat.press(key, message.id, button, inputs)),
    forges: async (message, verb, data) => answered(await chat.press(key, message.id, { verb, data })),
    now,
    reads: (message) => readMessage(now(message)),
    all: () =>
      chat
        .messages(key)
        .filter(({ from }) => from === 'bot')
        .map(readMessage)
        .join('\n'),
  };
}

/** The words of the bot's answer to a button: of a card, or a sentence. It is HTTP 200 whatever happens. */
export function answered({ status, body }: InvokeAnswer): string {
  assert.equal(status, 200, JSON.stringify(body));
  const { statusCode, type, value } = body as {
    readonly statusCode?: number;
    readonly type?: string;
    readonly value?: unknown;
  };
  assert.equal(statusCode, 200, JSON.stringify(body));
  if (type === 'application/vnd.microsoft.activity.message') {
    assert.equal(typeof value, 'string');
    return value as string;
  }
  assert.equal(type, 'application/vnd.microsoft.card.adaptive');
  return textsOf(value);
}

/** What a button of a shown card carries. */
export function dataOf({ card }: ShownMessage, verb: string): Readonly<Record<string, unknown>> {
  const button = buttonsOf(card ?? {}).find((one) => one.verb === verb);
  assert.ok(button, `the card has a button that does ${verb}`);
  return button.data;
}

export const buttonTitles = ({ card }: ShownMessage): readonly string[] =>
  buttonsOf(card ?? {}).map(({ title }) => title);

export const domainOf = (name: string): string => `${name}.onmicrosoft.com`;
/** The tenant id of a customer of the stand-in's everyday world. */
export const customerIdOf = (name: string): string => guidOf('customer', domainOf(name));
/** Words that only a card about this customer has. */
export const about = (name: string): RegExp => new RegExp(`^${domainOf(name).replaceAll('.', '\\.')}$`, 'm');

export const REASON = 'The contract has ended and nobody wants to go on.';
export const CLEAR = /Nothing known stands in the way/;
export const APPROVAL_WANTED = /End this reseller relationship\?/;
export const REMOVED = /The relationship is removed/;

/** Opens what stands in the way of removing a customer. */
export async function opens(seat: Seat, name: string, words: RegExp): Promise<ShownMessage> {
  await seat.says(`remove ${domainOf(name)}`);
  return seat.sees(about(name), words);
}

/** From the first word to the request handed in, for a customer with nothing in the way. */
export async function asks(
  seat: Seat,
  name: string,
  more: Readonly<Record<string, string>> = {},
): Promise<ShownMessage> {
  const ready = await opens(seat, name, CLEAR);
  return sends(seat, ready, name, more);
}

/** From a card that lets a removal be asked for to the request handed in. */
export async function sends(
  seat: Seat,
  ready: ShownMessage,
  name: string,
  more: Readonly<Record<string, string>> = {},
): Promise<ShownMessage> {
  await seat.presses(ready, 'Request removal');
  await seat.presses(ready, 'Send request', { reason: REASON, domain: domainOf(name), ...more });
  return ready;
}

/** A request that waits for the manager, with the requester's card and the manager's as they stand now. */
export async function waits(
  journey: Pick<Journey, 'chat'>,
  name: string,
  more: Readonly<Record<string, string>> = {},
): Promise<{ readonly sent: ShownMessage; readonly approval: ShownMessage }> {
  const requester = seatOf(journey, 'requester');
  const { id } = await asks(requester, name, more);
  const approval = await seatOf(journey, 'manager').sees(about(name), APPROVAL_WANTED);
  // By itself the requester's card shows it within 3 s.
  const shown = await requester.forges({ id }, 'request.show', dataOf(approval, 'approval.approve'));
  assert.match(shown, /Waiting for Elena Marsh/);
  return { sent: requester.now({ id }), approval };
}

/** Opens the card that asks an approver, and says yes to it. @returns the words of the last answer. */
export async function approves(seat: Seat, name: string): Promise<string> {
  const card = await seat.sees(about(name), APPROVAL_WANTED);
  await seat.presses(card, 'Approve');
  return seat.presses(card, 'Yes, approve');
}

/** Leaves a confirm view whose *Yes* was refused, unless a newer picture has taken its place by itself. */
export async function leavesConfirming(seat: Seat, message: Shown): Promise<void> {
  if (buttonTitles(seat.now(message)).includes('Back')) await seat.presses(message, 'Back');
}

/** Calls that end the relationship with a customer, whatever came of them. */
export async function removalsOf(journey: Pick<Journey, 'changes'>, name: string): Promise<readonly LoggedCall[]> {
  const path = `/v1/customers/${customerIdOf(name)}`;
  return (await journey.changes()).filter((call) => call.path.toLowerCase() === path);
}

/** Changes of a customer's subscriptions. */
export async function suspensionsOf(journey: Pick<Journey, 'changes'>, name: string): Promise<readonly LoggedCall[]> {
  const path = `/v1/customers/${customerIdOf(name)}/subscriptions/`;
  return (await journey.changes()).filter((call) => call.path.toLowerCase().startsWith(path));
}
