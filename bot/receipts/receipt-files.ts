import { z } from 'zod';
import type { Paper } from '../../cards/receipt-paper.ts';
import type { TextKey } from '../../cards/texts/en.ts';
import type { Texts } from '../../cards/texts/texts.ts';
import type { ShowLater } from '../../dialogs/later.ts';
import type { RequestScreen } from '../../dialogs/request-screen.ts';
import { cleanText } from '../../services/clean-text.ts';
import { HOUR_MS, MINUTE_MS, SECOND_MS, type Clock } from '../../services/clock.ts';
import type { Person } from '../../services/people/person.ts';
import type { RemovalRequests } from '../../services/requests/removal-requests.ts';
import type { RequestRecord } from '../../services/requests/request.ts';
import { createShortMemory } from '../../services/sign-in/short-memory.ts';
import { isReachable, SendError, type Messenger, type OutgoingFile } from '../channel/messenger.ts';
import type { ServiceHosts } from '../channel/service-hosts.ts';
import type { Log } from '../log.ts';
import { loggableError } from '../loggable-error.ts';
import type { SayLater } from '../turns/later-cards.ts';
import { isFilePlace, upload } from './upload.ts';

export interface ReceiptFilesParts {
  readonly removals: Pick<RemovalRequests, 'find'>;
  readonly screen: Pick<RequestScreen, 'paper' | 'of'>;
  readonly messenger: Pick<Messenger, 'send' | 'delete'>;
  readonly serviceHosts: ServiceHosts;
  readonly fetch: typeof fetch;
  readonly clock: Clock;
  readonly sayLater: SayLater;
  readonly showLater: ShowLater;
  readonly log: Log;
}

/** Receipts as files in a one-to-one chat, where a bot asks first. @see "Send and receive files from a bot" */
export interface ReceiptFiles {
  /**
   * Asks whether the receipt may be put among the person's files, as soon as it is printed; nothing where there is none that
   * is theirs to have.
   *
   * @param cardId the message with the receipt, which says what has come of it once it is answered.
   */
  offer(record: RequestRecord, person: Person, texts: Texts, cardId?: string): void;
  /**
   * What they have answered to that. What comes of it is said afterwards.
   *
   * @param messageId the message that has asked.
   * @returns `false` where it is no answer to a question of ours.
   */
  answered(value: unknown, messageId: string | undefined, person: Person, texts: Texts): Promise<boolean>;
  /** What a receipt says of its file: that Teams asks, or what has come of it. It says so for an hour, so that a card that renews itself does not lose it. */
  saidOf(requestId: string, person: Person, texts: Texts): string | undefined;
}

const text = (most: number): z.ZodString => z.string().min(1).max(most);
const Place = z.looseObject({
  ...{ uploadUrl: text(10_000), contentUrl: text(10_000), uniqueId: text(200) },
  /** As it is called there, where another one of its name has been before. */
  name: text(1_000).optional(),
});
const Answer = z.looseObject({
  type: z.literal('fileUpload'),
  action: z.enum(['accept', 'decline']),
  context: z.looseObject({ requestId: z.guid().toLowerCase(), cardId: text(500).optional() }),
  uploadInfo: Place.optional(),
});
type Place = z.output<typeof Place>;

/** What a receipt says of its file. */
type Said =
  { readonly key: 'paper.offered' | 'paper.declined' } | { readonly key: 'paper.is-put'; readonly name: string };

interface PrintedFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** Teams delivers one click several times. */
const ONE_CLICK_MS = 10 * SECOND_MS;
const ONE_ANSWER_MS = 15 * MINUTE_MS;
const SAID_MS = HOUR_MS;
const MOST_KEPT = 1_000;
const LONGEST_NAME = 200;

export function createReceiptFiles(parts: ReceiptFilesParts): ReceiptFiles {
  const { removals, screen, messenger, serviceHosts, clock, log } = parts;
  const offered = createShortMemory<true>({ lastsMs: ONE_CLICK_MS, most: MOST_KEPT, clock });
  const said = createShortMemory<Said>({ lastsMs: SAID_MS, most: MOST_KEPT, clock });
  const taken = createShortMemory<true>({ lastsMs: ONE_ANSWER_MS, most: MOST_KEPT, clock });

  const print = async (paper: Paper): Promise<PrintedFile> => {
    // Loaded once somebody wants it: the fonts take a while, and some memory.
    const { printPdf } = await import('./print-pdf.ts');
    return { name: paper.fileName, bytes: await printPdf(paper, clock()) };
  };
  const sayFailed = (error: unknown, person: Person, texts: Texts): void => {
    log.warn('a receipt could not be put among somebody’s files', { error: loggableError(error) });
    parts.sayLater(person, texts.say('paper.failed'), texts);
  };

  /** @returns what it is called there, or what is said where there is no such receipt for this person. */
  const put = async (
    requestId: string,
    place: Place,
    person: Person,
    texts: Texts,
  ): Promise<{ readonly name: string } | { readonly refused: TextKey }> => {
    if (![place.uploadUrl, place.contentUrl].every((address) => isFilePlace(address, serviceHosts)))
      return { refused: 'paper.refused-place' };
    const record = await removals.find(requestId);
    const paper = record && screen.paper(record, person, texts);
    if (paper === undefined || !isReachable(person)) return { refused: 'request.refused-not-yours' };
    const file = await print(paper);
    const name = cleanText(place.name ?? '', LONGEST_NAME) || file.name;
    await upload(place.uploadUrl, file.bytes, parts.fetch);
    await messenger.send(person, {
      attachment: {
        contentType: 'application/vnd.microsoft.teams.card.file.info',
        name,
        contentUrl: place.contentUrl,
        content: { uniqueId: place.uniqueId, fileType: 'pdf' },
      },
      summary: texts.say('paper.put'),
    });
    return { name };
  };

  /** The question is answered, so that nobody presses it again. */
  const takeAway = async (messageId: string | undefined, person: Person): Promise<void> => {
    if (messageId === undefined || !isReachable(person)) return;
    try {
      await messenger.delete(person, messageId);
    } catch (error) {
      if (!(error instanceof SendError)) throw error;
    }
  };

  /** @returns what the receipt says of it. */
  const comesOf = async (
    { action, context, uploadInfo }: z.output<typeof Answer>,
    person: Person,
    texts: Texts,
  ): Promise<Said | undefined> => {
    if (action === 'decline' || uploadInfo === undefined) return { key: 'paper.declined' };
    const outcome = await put(context.requestId, uploadInfo, person, texts);
    if ('name' in outcome) return { key: 'paper.is-put', name: outcome.name };
    parts.sayLater(person, texts.say(outcome.refused), texts);
    return undefined;
  };

  const saidOf: ReceiptFiles['saidOf'] = (requestId, person, texts) => {
    const { key, ...values } = said.get(keyOf(person, requestId)) ?? {};
    return key === undefined ? undefined : texts.say(key, values);
  };

  /** The receipt no longer says that something is asked. */
  const settle = async (
    { requestId, cardId }: z.output<typeof Answer>['context'],
    person: Person,
    texts: Texts,
    outcome: Said | undefined,
  ): Promise<void> => {
    const key = keyOf(person, requestId);
    if (outcome === undefined) said.take(key);
    else said.set(key, outcome);
    const notice = saidOf(requestId, person, texts);
    if (cardId === undefined) return;
    const record = await removals.find(requestId);
    const shown = record && (await screen.of(record, person, texts, notice === undefined ? {} : { notice }));
    if (shown !== undefined) parts.showLater(person, cardId, Promise.resolve(shown));
  };

  return {
    saidOf,
    offer(record, person, texts, cardId) {
      const paper = screen.paper(record, person, texts);
      if (paper === undefined || !isReachable(person)) return;
      const key = keyOf(person, record.request.id);
      if (offered.get(key) === true) return;
      offered.set(key, true);
      said.set(key, { key: 'paper.offered' });
      const asked = print(paper).then((file) =>
        messenger.send(
          person,
          consentCard(file, { requestId: record.request.id, ...(cardId !== undefined && { cardId }) }, texts),
        ),
      );
      asked.catch((error: unknown) => {
        offered.take(key);
        said.take(key);
        sayFailed(error, person, texts);
      });
    },
    async answered(value, messageId, person, texts) {
      const answer = Answer.safeParse(value).data;
      if (answer === undefined) return false;
      const { context, uploadInfo } = answer;
      const after = async (): Promise<Said | undefined> => {
        const outcome = await comesOf(answer, person, texts);
        await takeAway(messageId, person);
        return outcome;
      };
      const key = `${person.id} ${context.requestId} ${uploadInfo?.uniqueId ?? ''} ${messageId ?? ''}`;
      if (taken.get(key) === true) return true;
      taken.set(key, true);
      after()
        .catch((error: unknown) => {
          taken.take(key);
          sayFailed(error, person, texts);
          return undefined;
        })
        .then((outcome) => settle(context, person, texts, outcome))
        .catch((error: unknown) => {
          log.warn('a receipt could not be drawn anew', { error: loggableError(error) });
        });
      return true;
    },
  };
}

const keyOf = ({ id }: Person, requestId: string): string => `${id} ${requestId}`;

/** @param context comes back with the answer, whichever process that comes to. */
function consentCard(
  { name, bytes }: PrintedFile,
  context: z.output<typeof Answer>['context'],
  texts: Texts,
): OutgoingFile {
  const description = texts.say('paper.consent');
  return {
    attachment: {
      contentType: 'application/vnd.microsoft.teams.card.file.consent',
      name,
      content: { description, sizeInBytes: bytes.byteLength, acceptContext: context, declineContext: context },
    },
    summary: description,
  };
}
