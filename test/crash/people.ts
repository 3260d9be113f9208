import { buttonsOf, withInputs, type CardButton } from '../../sandbox/chat/card-actions.ts';
import { DeliveryError, type InvokeAnswer, type ShownMessage } from '../../sandbox/chat/chat.ts';
import { textsOf } from '../support/journey.ts';
import { APPROVER, REQUESTER, type CrashWorld } from './crash-world.ts';
import type { Pressed, Story } from './stories.ts';

/** What Teams delivers again. */
const DELIVERIES = 4;
/** So long nothing changes before somebody tries again what they can; twice as long each further time, and so often in a row. */
const PATIENCE_MS = 3_000;
const MOST_TRIES = 4;

interface Move {
  readonly person: string;
  readonly message: ShownMessage;
  readonly button: CardButton;
}

/** Two people who want customers removed, and go on with what they see until they are. */
export class People {
  readonly pressed: Pressed[] = [];
  readonly #world: CrashWorld;
  readonly #story: Story;

  constructor(world: CrashWorld, story: Story) {
    this.#world = world;
    this.#story = story;
  }

  /** From the first word to both receipts. @throws when it goes no further. */
  async lead(): Promise<void> {
    for (const person of Object.keys(this.#story.next)) await this.#insist(() => this.#world.chat.install(person));
    await this.#say();
    let last = '';
    let tries = 0;
    while (!this.#hasEnded()) {
      const picture = this.#picture();
      const move = this.#next();
      const key = move === undefined ? '' : `${move.message.id} ${JSON.stringify(move.message.card)}`;
      if (move !== undefined && key !== last) {
        last = key;
        await this.#press(move);
      } else if (await this.#changed(picture, PATIENCE_MS * 2 ** tries)) tries = 0;
      else {
        tries += 1;
        if (tries > MOST_TRIES) throw new Error(`nothing goes on any more:\n${this.#whatTheySee()}`);
        if (move !== undefined) last = '';
        else await this.#tryAgain();
      }
    }
  }

  #hasEnded(): boolean {
    return this.#story.hasEnded((person) => this.#cards(person));
  }

  /** As long as nobody was asked, whoever asks can look again, or begin again. */
  async #tryAgain(): Promise<void> {
    if (this.#story.wasAsked((person) => this.#cards(person))) return;
    const check = this.#moveBy(REQUESTER, [this.#story.again]);
    await (check === undefined ? this.#say() : this.#press(check));
  }

  #cards(person: string): readonly ShownMessage[] {
    return this.#world.chat.messages(person).filter(({ from, card }) => from === 'bot' && card !== undefined);
  }

  #next(): Move | undefined {
    for (const [person, verbs] of Object.entries(this.#story.next)) {
      const move = this.#moveBy(person, verbs);
      if (move !== undefined) return move;
    }
    return undefined;
  }

  #moveBy(person: string, verbs: readonly string[]): Move | undefined {
    const { looksAt, isWanted } = this.#story;
    const cards = this.#cards(person);
    for (const message of cards.slice(-looksAt).toReversed())
      for (const verb of verbs) {
        const button = buttonsOf(message.card ?? {}).find(
          (one) => one.verb === verb && one.isEnabled && isWanted(one, cards, this.pressed),
        );
        if (button !== undefined) return { person, message, button };
      }
    return undefined;
  }

  async #press({ person, message, button }: Move): Promise<void> {
    const { chat } = this.#world;
    const verb = button.verb ?? '';
    const data = withInputs(
      message.card ?? {},
      button,
      this.#story.filledIn[verb]?.(button, textsOf(message.card)) ?? {},
    );
    const pressed: Pressed = { person, verb, data };
    this.pressed.push(pressed);
    for (let deliveries = 0; deliveries < DELIVERIES; deliveries++) {
      await this.#world.untilUp();
      const { run } = this.#world;
      const answer = await this.#world.orFailed(chat.press(person, message.id, { verb, data }));
      if (answer.status < 500) {
        pressed.told = wordsOf(answer);
        return;
      }
      await this.#world.untilUpAfter(run);
    }
    throw new Error(`${verb} of ${person} was not answered in ${DELIVERIES} deliveries`);
  }

  async #say(): Promise<void> {
    await this.#insist(() => this.#world.chat.say(REQUESTER, this.#story.words));
  }

  /** Until the bot takes it. */
  async #insist(deliver: () => Promise<void>): Promise<void> {
    for (let deliveries = 0; ; deliveries++) {
      await this.#world.untilUp();
      const { run } = this.#world;
      try {
        await this.#world.orFailed(deliver());
        return;
      } catch (error) {
        if (!(error instanceof DeliveryError) || deliveries === DELIVERIES) throw error;
        await this.#world.untilUpAfter(run);
      }
    }
  }

  #picture(): string {
    return JSON.stringify(Object.keys(this.#story.next).map((person) => this.#cards(person)));
  }

  /** @returns whether somebody sees something new before their patience ends. */
  async #changed(before: string, timeoutMs: number): Promise<boolean> {
    await this.#world.untilUp();
    const { chat } = this.#world;
    const changed = chat.until(APPROVER, () => this.#picture() !== before, { timeoutMs });
    return this.#world.orFailed(
      changed.then(
        () => true,
        () => false,
      ),
    );
  }

  #whatTheySee(): string {
    return Object.keys(this.#story.next)
      .map(
        (person) =>
          `${person}:\n${this.#cards(person)
            .slice(-2)
            .map(({ card }) => textsOf(card))
            .join('\n--\n')}`,
      )
      .join('\n\n');
  }
}

function wordsOf({ body }: InvokeAnswer): string {
  const { value } = (body ?? {}) as { readonly value?: unknown };
  return typeof value === 'string' ? value : textsOf(value);
}
