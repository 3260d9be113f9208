import type { TurnContext } from 'botbuilder';
import { cancelCard } from '../../cards/cancel-card.ts';
import { startOfWord } from '../../dialogs/remove-relationship-dialog.ts';
import { factsOf, reply, say } from '../../dialogs/turn-facts.ts';
import type { Refusals } from '../../services/audit/refusals.ts';
import { cleanText } from '../../services/clean-text.ts';
import type { Directory } from '../../services/customers/directory.ts';
import { hasRole, type Roles } from '../../services/people/roles.ts';
import type { ChatSignIn } from '../sign-in/chat-sign-in.ts';
import { attachedFile } from '../channel/attached-file.ts';
import type { AuditAnswers } from './audit-answers.ts';
import { filterOf, guessCommand, isSmallTalk, meansAll, readCommand, textAfterWord, type Command } from './commands.ts';
import type { BatchWords } from './batch-words.ts';
import type { Conversations } from './conversation.ts';
import type { FreshRoles } from './fresh-roles.ts';
import type { Help } from './help.ts';
import type { RequestsList } from './requests-list.ts';
import type { WatchesList } from './watches-list.ts';

export interface TypedWordsParts {
  readonly conversations: Conversations;
  readonly directory: Pick<Directory, 'search'>;
  readonly requestsList: RequestsList;
  readonly watchesList: Pick<WatchesList, 'show'>;
  readonly help: Help;
  readonly roles: Roles;
  readonly freshRoles: FreshRoles;
  /** In an indirect reseller's tenant. */
  readonly endedByProvider: boolean;
  readonly audit: AuditAnswers;
  readonly batchWords: BatchWords;
  /** Missing where nobody signs in. */
  readonly signIn?: ChatSignIn;
  readonly refusals: Pick<Refusals, 'note'>;
}

/** Nobody's name is longer. */
const LONGEST_NAME = 100;
/** *status* alone is a glance. */
const STATUS_REQUESTS = 3;

/** Answers what somebody types: a word of ours, an answer to the dialog that waits, or else help. Never silence. */
export function createTypedWords(parts: TypedWordsParts) {
  const { conversations, roles, freshRoles, endedByProvider, signIn } = parts;

  const showHelp = (context: TurnContext, unknown?: string): Promise<unknown> => {
    const { person, texts } = factsOf(context);
    return reply(context, parts.help.show(person, texts, unknown));
  };

  const refuse = async (context: TurnContext, what: string, why: string): Promise<void> => {
    const { person, texts } = factsOf(context);
    await parts.refusals.note(person.id, { what, why });
    await say(context, texts.say('fault.not-a-requester'));
  };

  /** @returns whether this was anything that can be answered. */
  const answerWord = async (context: TurnContext, command: Command): Promise<boolean> => {
    const { rest } = command;
    const word = namesSeveral(command, context) ? 'remove-several' : command.word;
    const { person, texts } = factsOf(context);
    switch (word) {
      case 'unknown':
        return false;
      case 'help':
        await showHelp(context);
        return true;
      case 'remove-several':
        if (endedByProvider) await say(context, texts.say('provider.refused'));
        else if (!roles.isRequester(person.id)) await refuse(context, word, 'not-a-requester');
        else if ((await signIn?.ask(context)) !== true)
          await parts.batchWords(context, textAfterWord(typedText(context)));
        return true;
      case 'remove':
      case 'watch':
      case 'dry-run':
        if (!roles.isRequester(person.id)) await refuse(context, word, 'not-a-requester');
        else if ((await signIn?.ask(context)) !== true) await conversations.start(context, startOfWord(word, rest));
        return true;
      case 'watches':
        if (endedByProvider) await say(context, texts.say('provider.refused'));
        else if (!roles.isRequester(person.id)) await refuse(context, word, 'not-a-requester');
        else await reply(context, await parts.watchesList.show(person, texts));
        return true;
      case 'status':
      case 'requests': {
        if (!hasRole(roles, person.id)) await refuse(context, word, 'no-role');
        else {
          const isGlance = word === 'status' && rest === '';
          const filter = word === 'requests' ? filterOf(rest) : undefined;
          const isAll = word === 'requests' && meansAll(rest);
          const wanted =
            filter === undefined
              ? { words: isAll ? '' : rest, ...(isGlance && { most: STATUS_REQUESTS }) }
              : { filter };
          await reply(context, await parts.requestsList(person, texts, wanted));
        }
        return true;
      }
      case 'audit': {
        const answer = await parts.audit.typed(rest, person, texts);
        await ('sentence' in answer ? say(context, answer.sentence) : reply(context, answer.shown));
        return true;
      }
      case 'stop': {
        const wasActive = await conversations.stop(context);
        const stopped = texts.say(wasActive ? 'help.stopped' : 'help.nothing-to-stop');
        // Whoever wants a removal stopped is told how, and that it was not.
        const isAsking = hasRole(roles, person.id) && !endedByProvider;
        await say(context, isAsking ? `${stopped} ${texts.say('help.goes-on')}` : stopped);
        return true;
      }
      case 'cancel': {
        const isRequester = roles.standing('requester', person.id) === 'held' && !endedByProvider;
        if (hasRole(roles, person.id))
          await reply(context, { card: cancelCard({ isRequester }, texts), summary: texts.say('cancel.title') });
        else await refuse(context, word, 'no-role');
        return true;
      }
      case 'sign-in':
        await (signIn === undefined ? say(context, texts.say('sign-in.nobody')) : signIn.signIn(context));
        return true;
      case 'sign-out':
        await (signIn === undefined ? say(context, texts.say('sign-in.nobody')) : signIn.signOut(context));
        return true;
    }
  };

  /** Goes to the dialog that waits. @returns whether one did, or the person has to sign in first. */
  const answerDialog = async (context: TurnContext): Promise<boolean> => {
    const isRequester = roles.standing('requester', factsOf(context).person.id) === 'held';
    if (!isRequester) return false;
    if (isNoAnswer(typedText(context)) && (await conversations.isWaiting(context))) {
      await say(context, factsOf(context).texts.say('help.card-needed'));
      return true;
    }
    // A dialog may still wait for somebody who was a requester when it began.
    if ((await conversations.isWaiting(context)) && (await signIn?.ask(context)) === true) return true;
    return conversations.typed(context);
  };

  /** Whether a customer may be called so, as far as the list of them is known. */
  const mayBeCustomer = (typed: string): boolean => {
    const { matches, complete } = parts.directory.search(cleanText(typed, LONGEST_NAME), 1);
    return matches.length > 0 || !complete;
  };

  /** *Thanks* answers no card, unless a customer is called so: what waits goes on waiting. */
  const isNoAnswer = (typed: string): boolean => isSmallTalk(typed) && !mayBeCustomer(typed);

  return {
    /** To somebody who has just come. */
    async welcome(context: TurnContext): Promise<void> {
      const { person, texts } = factsOf(context);
      await freshRoles(person.id);
      await reply(context, parts.help.welcome(person, texts));
    },
    /** A slip of the pen counts only where no customer is called so: a dialog may wait for a name. */
    async answer(context: TurnContext): Promise<void> {
      const typed = typedText(context);
      const command = hasList(context) ? { word: 'remove-several' as const, rest: '' } : readCommand(typed);
      await freshRoles(factsOf(context).person.id);
      if (await answerWord(context, command)) return;
      const guess = guessCommand(typed);
      if (guess.word !== 'unknown' && !mayBeCustomer(typed) && (await answerWord(context, guess))) return;
      if (await answerDialog(context)) return;
      if (await answerWord(context, guess)) return;
      await showHelp(context, command.rest === '' ? undefined : command.rest);
    },
  };
}

/** A file by itself is meant as a list. */
const hasList = (context: TurnContext): boolean =>
  attachedFile(context.activity.attachments) !== undefined &&
  ['unknown', 'remove', 'remove-several'].includes(readCommand(typedText(context)).word);

/** A list below the word for one customer is meant as a list. */
const namesSeveral = ({ word }: Command, context: TurnContext): boolean =>
  word === 'remove' &&
  textAfterWord(typedText(context))
    .trim()
    .split(/[\r\n]+/)
    .filter((line) => line.trim() !== '').length > 1;

/** A message may come without a text: a picture, a file, an empty line. */
const typedText = ({ activity }: TurnContext): string => (typeof activity.text === 'string' ? activity.text : '');

export type TypedWords = ReturnType<typeof createTypedWords>;
