import { randomBytes } from 'node:crypto';
import type { JsonObject } from './json.ts';
import { nextStamp, type Changes, type Content, type ShownMessage } from './messages.ts';
import type { Person } from './people.ts';

export interface KeptConversation {
  readonly id: string;
  readonly installed: boolean;
  readonly messages: readonly ShownMessage[];
}

/**
 * One person's chat with the bot, as Teams keeps it.
 *
 * A message is the same on all of the person's devices, except that the card with which the bot answers a
 * button is seen on the pressing device alone, until the bot edits the message.
 */
export class Conversation {
  readonly id: string;
  readonly person: Person;
  /** Set once the person has removed the app: writing is refused with another code then. */
  blocked = false;
  readonly #changes: Changes;
  #installed = false;
  #messages: ShownMessage[] = [];
  readonly #answers = new Map<string, Map<string, Record<string, unknown>>>();
  /** Ids of messages that nobody sees yet. */
  readonly #hidden = new Set<string>();

  /** @param kept what a chat like this one held, to go on from there. */
  constructor(person: Person, changes: Changes, kept?: KeptConversation) {
    this.person = person;
    this.#changes = changes;
    this.id = kept?.id ?? `a:1${randomBytes(36).toString('base64url')}`;
    this.#installed = kept?.installed ?? false;
    this.#messages = [...(kept?.messages ?? [])];
  }

  /** What everybody sees; what was answered to one device only is not kept. */
  keep(): KeptConversation {
    return { id: this.id, installed: this.#installed, messages: [...this.#messages] };
  }

  /** Whether the person has the app. Without it the bot may not write. */
  get installed(): boolean {
    return this.#installed;
  }

  set installed(installed: boolean) {
    this.#installed = installed;
    this.#changes.tell({ kind: 'person', person: this.person.key });
  }

  /** @param options.hidden nobody sees it before it is revealed */
  add(from: ShownMessage['from'], content: Content, { hidden = false } = {}): ShownMessage {
    const stamp = nextStamp();
    const message = { id: String(stamp), from, ...content, edits: 0, at: new Date(stamp).toISOString() };
    this.#messages.push(message);
    if (hidden) this.#hidden.add(message.id);
    else this.#changes.tell({ kind: 'message', person: this.person.key, message });
    return message;
  }

  reveal(id: string): void {
    const message = this.#messages.find((one) => one.id === id);
    if (!this.#hidden.delete(id) || message === undefined) return;
    this.#changes.tell({ kind: 'message', person: this.person.key, message });
  }

  /** @returns undefined when there is no such message. */
  edit(id: string, content: Content): ShownMessage | undefined {
    const index = this.#messages.findIndex((message) => message.id === id);
    const old = this.#messages[index];
    if (old === undefined) return undefined;
    const { from, at, edits } = old;
    const message = { id, from, ...content, edits: edits + 1, at };
    this.#messages[index] = message;
    for (const answers of this.#answers.values()) answers.delete(id);
    if (this.#hidden.has(id)) return message;
    this.#changes.tell({ kind: 'edited', person: this.person.key, message });
    return message;
  }

  /** Whether the bot has taken what the person has written. */
  markSent(id: string, isSent: boolean): void {
    const index = this.#messages.findIndex((message) => message.id === id);
    const old = this.#messages[index];
    if (old === undefined) return;
    const { isNotSent, ...sent } = old;
    if ((isNotSent !== true) === isSent) return;
    const message: ShownMessage = isSent ? sent : { ...sent, isNotSent: true };
    this.#messages[index] = message;
    this.#changes.tell({ kind: 'edited', person: this.person.key, message });
  }

  delete(id: string): boolean {
    const before = this.#messages.length;
    this.#messages = this.#messages.filter((message) => message.id !== id);
    if (this.#messages.length === before) return false;
    if (this.#hidden.delete(id)) return true;
    this.#changes.tell({ kind: 'deleted', person: this.person.key, id });
    return true;
  }

  /** Shows the bot's answer to a button in the place of the card, on the device where it was pressed. */
  answer(device: string, id: string, card: JsonObject): void {
    if (!this.#messages.some((message) => message.id === id)) return;
    const answers = this.#answers.get(device) ?? new Map<string, Record<string, unknown>>();
    this.#answers.set(device, answers.set(id, card));
    this.#changes.tell({ kind: 'answered', person: this.person.key, device, id, card });
  }

  typing(): void {
    this.#changes.tell({ kind: 'typing', person: this.person.key });
  }

  seenOn(device: string): readonly ShownMessage[] {
    const answers = this.#answers.get(device);
    const shown = this.#messages.filter(({ id }) => !this.#hidden.has(id));
    return shown.map((message) => {
      const card = answers?.get(message.id);
      return card === undefined ? message : { ...message, card };
    });
  }

  find(device: string, id: string): ShownMessage | undefined {
    return this.seenOn(device).find((message) => message.id === id);
  }

  clear(): void {
    this.#messages = [];
    this.#hidden.clear();
    this.#answers.clear();
  }
}
