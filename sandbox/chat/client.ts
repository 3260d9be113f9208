import { isDeepStrictEqual } from 'node:util';
import {
  fileActivity,
  installationActivity,
  invokeActivity,
  membersAddedActivity,
  messageActivity,
  submitActivity,
  type Activity,
  type Channel,
} from './activities.ts';
import type { BotLine, InvokeAnswer } from './bot-line.ts';
import { buttonsOf, NotPossibleError, partsOf, refreshOf, withInputs, type CardButton } from './card-actions.ts';
import type { Conversation } from './conversation.ts';
import type { SentFiles } from './sent-files.ts';
import { isObject, listAt, textAt, type JsonObject } from './json.ts';
import { OneDrive } from './one-drive.ts';
import { isPreconditionFailed, loginRequestOf, type SignInWanted, type SingleSignOn } from './single-sign-on.ts';

/** What Teams sends of a pressed Action.Execute. */
export interface ExecutedAction {
  readonly title?: string;
  readonly id?: string;
  readonly verb: string;
  readonly data: unknown;
}

export interface Choice {
  readonly title: string;
  readonly value: string;
}

/** Teams shows no more results of a search than these. */
const MOST_CHOICES = 15;

/** The bot did not take a message as it should. */
export class DeliveryError extends Error {
  override readonly name = 'DeliveryError';
  readonly status: number;

  constructor(what: string, { status, body }: InvokeAnswer) {
    super(`The bot answered ${status} to ${what}: ${JSON.stringify(body ?? null).slice(0, 200)}`);
    this.status = status;
  }
}

/** What the bot answered to a button. */
export interface ButtonAnswer extends InvokeAnswer {
  /** Where the person has to sign in, where single sign-on was not enough. */
  readonly signIn?: string;
}

/** What a person does in Teams, and what Teams makes of it towards the bot. */
export class Client {
  readonly #channel: Channel;
  readonly #line: BotLine;
  readonly #signOn: () => SingleSignOn | undefined;
  readonly #files: SentFiles;

  readonly #drive: OneDrive;

  /** @param signOn what Teams has people signed in with; without it a bot that wants it is left waiting. */
  constructor(
    channel: Channel,
    line: BotLine,
    files: SentFiles,
    signOn: () => SingleSignOn | undefined = () => undefined,
    drive: OneDrive = new OneDrive(() => 'http://127.0.0.1'),
  ) {
    this.#channel = channel;
    this.#files = files;
    this.#line = line;
    this.#signOn = signOn;
    this.#drive = drive;
  }

  async install(conversation: Conversation): Promise<void> {
    conversation.installed = true;
    conversation.blocked = false;
    await this.#deliver(installationActivity(this.#channel, conversation, 'add'), 'the installation');
    await this.#deliver(membersAddedActivity(this.#channel, conversation), 'the new member');
  }

  /** From here on writing is refused, also while the bot is being told. */
  async uninstall(conversation: Conversation): Promise<void> {
    conversation.installed = false;
    conversation.blocked = true;
    await this.#deliver(installationActivity(this.#channel, conversation, 'remove'), 'the removal of the app');
  }

  /**
   * Somebody's Teams speaks another language. Teams itself tells no bot: it comes with what they do next. Here whoever is played
   * has had that language all the time, so that the bot hears of it as when an app is updated.
   */
  async speak(conversation: Conversation, locale: string): Promise<void> {
    if (conversation.person.locale === locale) return;
    conversation.person.locale = locale;
    if (conversation.installed)
      await this.#deliver(installationActivity(this.#channel, conversation, 'add-upgrade'), 'an update of the app');
  }

  async say(conversation: Conversation, text: string): Promise<void> {
    const { id } = conversation.add('person', { text });
    await this.#sayAs(conversation, id, text);
  }

  /** Sends once more what the bot did not take: the same message. @throws {NotPossibleError} where there is none */
  async sayAgain(conversation: Conversation, messageId: string): Promise<void> {
    const message = conversation.find('', messageId);
    if (message?.isNotSent !== true || message.text === undefined)
      throw new NotPossibleError(`There is nothing to be sent again in message "${messageId}".`);
    conversation.markSent(messageId, true);
    await this.#sayAs(conversation, messageId, message.text);
  }

  async #sayAs(conversation: Conversation, id: string, text: string): Promise<void> {
    try {
      await this.#deliver(messageActivity(this.#channel, conversation, id, text), 'a message');
    } catch (error) {
      if (error instanceof DeliveryError) conversation.markSent(id, false);
      throw error;
    }
  }

  /** Sends a file, as it lies with the files of this Teams. */
  async sendFile(conversation: Conversation, name: string, content: Uint8Array): Promise<void> {
    const { id } = conversation.add('person', { text: name });
    const url = this.#files.keep(name, content);
    await this.#deliver(fileActivity(this.#channel, conversation, id, { name, url }), 'a file');
  }

  /** @throws {NotPossibleError} when the shown card has no such button, or Teams would not send what is filled in. */
  async press(
    conversation: Conversation,
    device: string,
    messageId: string,
    button: string | { readonly verb: string; readonly data?: unknown },
    inputs: Readonly<Record<string, string>> = {},
  ): Promise<InvokeAnswer> {
    if (typeof button !== 'string' && button.data !== undefined) {
      const data = isObject(button.data) ? { ...button.data, ...inputs } : button.data;
      return this.execute(conversation, device, messageId, { verb: button.verb, data }, 'manual');
    }
    const card = cardAt(conversation, device, messageId);
    const pressed = findExecute(card, button);
    return this.execute(
      conversation,
      device,
      messageId,
      asExecuted(pressed, withInputs(card, pressed, inputs)),
      'manual',
    );
  }

  /**
   * Sends a pressed button and, when the bot answers with a card, shows that in place on the pressing device.
   *
   * @param state what the sign-in page handed over, where the button is pressed once more for that.
   */
  async execute(
    conversation: Conversation,
    device: string,
    messageId: string,
    action: ExecutedAction,
    trigger: 'manual' | 'automatic',
    state?: string,
  ): Promise<ButtonAnswer> {
    const shown = (): JsonObject | undefined => conversation.find(device, messageId)?.card;
    const before = shown();
    // What refreshes a card that is shown no longer is of use to nobody; it may have been on its way.
    if (trigger === 'automatic' && !isRefreshOf(before, action)) return { status: 200, body: {} };
    const value = { action: { type: 'Action.Execute', ...action }, trigger };
    const send = (more: JsonObject = {}): Promise<InvokeAnswer> =>
      this.#line.invoke(
        invokeActivity(this.#channel, conversation, 'adaptiveCard/action', { ...value, ...more }, messageId),
      );
    const first = await send(state === undefined ? {} : { state });
    const wanted = loginRequestOf(first);
    const answer = wanted === undefined ? first : await this.#signedIn(conversation, wanted, first, send);
    const card = answeredCard(answer);
    // What was asked for by itself is out of date once something else is shown.
    const isOvertaken = trigger === 'automatic' && shown() !== before;
    if (card !== undefined && !isOvertaken) conversation.answer(device, messageId, card);
    return answer;
  }

  /** Repeats an action with a token, and where that is of no use with what the sign-in page hands over. */
  async #signedIn(
    { person }: Conversation,
    { connectionName, exchange, page }: SignInWanted,
    first: InvokeAnswer,
    send: (more: JsonObject) => Promise<InvokeAnswer>,
  ): Promise<ButtonAnswer> {
    const signOn = this.#signOn();
    const token = exchange && (await signOn?.token(person, exchange.uri));
    const exchanged =
      exchange === undefined || token === undefined
        ? undefined
        : await send({ authentication: { id: exchange.id, connectionName, token } });
    if (exchanged !== undefined && !isPreconditionFailed(exchanged)) return exchanged;
    const state = page === undefined ? undefined : await signOn?.page?.(person, page);
    if (state !== undefined) return send({ state });
    return { ...(exchanged ?? first), ...(page !== undefined && { signIn: page }) };
  }

  /** What Teams makes of an OAuth card, which it shows to nobody whom it can sign in by itself. */
  async signIn(conversation: Conversation, messageId: string, wanted: SignInWanted): Promise<void> {
    const { connectionName, exchange, page } = wanted;
    const signOn = this.#signOn();
    const token = exchange && (await signOn?.token(conversation.person, exchange.uri));
    if (exchange !== undefined && token !== undefined) {
      const value = { id: exchange.id, connectionName, token };
      const answer = await this.#line.invoke(
        invokeActivity(this.#channel, conversation, 'signin/tokenExchange', value, messageId),
      );
      if (answer.status === 200) {
        conversation.delete(messageId);
        return;
      }
    }
    conversation.reveal(messageId);
    const state = page === undefined ? undefined : await signOn?.page?.(conversation.person, page);
    if (state !== undefined) await this.signedIn(conversation, messageId, state);
  }

  /** Hands over what the sign-in page of an OAuth card has ended with. */
  signedIn(conversation: Conversation, messageId: string, state: string): Promise<InvokeAnswer> {
    return this.#line.invoke(invokeActivity(this.#channel, conversation, 'signin/verifyState', { state }, messageId));
  }

  /** Answers whether the bot may put a file into the person's OneDrive. @throws {NotPossibleError} where nobody asks. */
  answerFile(
    conversation: Conversation,
    device: string,
    messageId: string,
    action: 'accept' | 'decline',
  ): Promise<InvokeAnswer> {
    const file = conversation.find(device, messageId)?.file;
    if (file?.kind !== 'consent') throw new NotPossibleError(`Message "${messageId}" asks for no file.`);
    const value =
      action === 'accept'
        ? { type: 'fileUpload', action, context: file.acceptContext, uploadInfo: this.#drive.place(file.name) }
        : { type: 'fileUpload', action, context: file.declineContext };
    return this.#line.invoke(invokeActivity(this.#channel, conversation, 'fileConsent/invoke', value, messageId));
  }

  /** Teams refreshes by itself for those whom the card names, and for others when they ask for it. */
  async refresh(conversation: Conversation, device: string, messageId: string): Promise<InvokeAnswer> {
    const refresh = refreshOf(cardAt(conversation, device, messageId));
    if (refresh === undefined) throw new NotPossibleError('The card does not refresh.');
    const trigger = refresh.userIds.includes(conversation.person.id) ? 'automatic' : 'manual';
    const { action } = refresh;
    return this.execute(conversation, device, messageId, asExecuted(action, action.data), trigger);
  }

  async submit(
    conversation: Conversation,
    device: string,
    messageId: string,
    title: string,
    inputs: Readonly<Record<string, string>> = {},
  ): Promise<void> {
    const card = cardAt(conversation, device, messageId);
    const button = findSubmit(card, title);
    await this.sendSubmit(conversation, messageId, withInputs(card, button, inputs));
  }

  /** A Submit is a message with a value; `msteams` in the data makes it one with text instead. */
  async sendSubmit(conversation: Conversation, messageId: string, data: JsonObject): Promise<void> {
    const { msteams } = data;
    if (isObject(msteams) && msteams['type'] === 'imBack' && typeof msteams['value'] === 'string') {
      return this.say(conversation, msteams['value']);
    }
    await this.#deliver(submitActivity(this.#channel, conversation, messageId, data), 'a submit');
  }

  async search(
    conversation: Conversation,
    device: string,
    messageId: string,
    inputId: string,
    query: string,
  ): Promise<Choice[]> {
    const card = cardAt(conversation, device, messageId);
    const input = partsOf(card).find(({ type, id }) => type === 'Input.ChoiceSet' && id === inputId);
    const wanted = input?.['choices.data'];
    if (!isObject(wanted)) throw new NotPossibleError(`The card has no searching input "${inputId}".`);
    const answer = await this.searchDataset(conversation, messageId, textAt(wanted, 'dataset') ?? '', query);
    if (answer.status !== 200) throw new DeliveryError('a search', answer);
    return choicesOf(answer);
  }

  searchDataset(
    conversation: Conversation,
    messageId: string,
    dataset: string,
    queryText: string,
  ): Promise<InvokeAnswer> {
    const value = { queryText, queryOptions: { skip: 0, top: MOST_CHOICES }, dataset };
    return this.#line.invoke(invokeActivity(this.#channel, conversation, 'application/search', value, messageId));
  }

  async #deliver(activity: Activity, what: string): Promise<void> {
    const answer = await this.#line.deliver(activity);
    if (answer.status >= 400) throw new DeliveryError(what, answer);
  }
}

function cardAt(conversation: Conversation, device: string, messageId: string): JsonObject {
  const card = conversation.find(device, messageId)?.card;
  if (card === undefined) throw new NotPossibleError(`There is no card in message "${messageId}".`);
  return card;
}

function findExecute(card: JsonObject, wanted: string | { readonly verb: string }): CardButton {
  const buttons = buttonsOf(card).filter(({ type }) => type === 'Action.Execute');
  const found =
    typeof wanted === 'string'
      ? buttons.find(({ title }) => title === wanted)
      : buttons.find(({ verb }) => verb === wanted.verb);
  return usable(found, typeof wanted === 'string' ? wanted : wanted.verb, buttons);
}

/** An old client shows the fallback of each Execute it does not know. */
function findSubmit(card: JsonObject, wanted: string): CardButton {
  const buttons = buttonsOf(card).flatMap((button) => {
    if (button.type === 'Action.Submit') return [button];
    const { fallback } = button;
    return fallback?.type === 'Action.Submit' ? [{ ...fallback, title: fallback.title || button.title }] : [];
  });
  return usable(
    buttons.find(({ title }) => title === wanted),
    wanted,
    buttons,
  );
}

function usable(found: CardButton | undefined, wanted: string, all: readonly CardButton[]): CardButton {
  if (found === undefined) {
    const there = all.map(({ title, verb }) => title || verb).join('", "');
    throw new NotPossibleError(`The card has no button "${wanted}"; it has "${there}".`);
  }
  if (!found.isEnabled) throw new NotPossibleError(`The button "${wanted}" is disabled.`);
  return found;
}

const asExecuted = ({ title, id, verb = '' }: CardButton, data: JsonObject): ExecutedAction => ({
  ...(title !== '' && { title }),
  ...(id !== undefined && { id }),
  verb,
  data,
});

function isRefreshOf(card: JsonObject | undefined, { verb, data }: ExecutedAction): boolean {
  const wanted = card && refreshOf(card)?.action;
  return wanted?.verb === verb && isDeepStrictEqual(wanted.data, data);
}

/** The card of an answer that Teams would show. */
export function answeredCard({ status, body }: InvokeAnswer): JsonObject | undefined {
  if (status !== 200 || !isObject(body)) return undefined;
  const { statusCode, type, value } = body;
  if (type !== 'application/vnd.microsoft.card.adaptive' || (statusCode !== undefined && statusCode !== 200)) {
    return undefined;
  }
  return isObject(value) ? value : undefined;
}

/** The results of a search, as many as Teams shows. */
export function choicesOf({ body }: InvokeAnswer): Choice[] {
  const value = isObject(body) && isObject(body['value']) ? body['value'] : {};
  return listAt(value, 'results')
    .filter(isObject)
    .flatMap((result) => {
      const title = textAt(result, 'title');
      return title === undefined ? [] : [{ title, value: textAt(result, 'value') ?? title }];
    })
    .slice(0, MOST_CHOICES);
}
