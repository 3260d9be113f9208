import type { TurnContext } from 'botbuilder';
import { helpCard } from '../../cards/help-card.ts';
import { requestsCard } from '../../cards/requests-card.ts';
import { startOfWord } from '../../dialogs/remove-relationship-dialog.ts';
import { factsOf, reply, say } from '../../dialogs/turn-facts.ts';
import type { Refusals } from '../../services/audit/refusals.ts';
import { hasRole, type Roles } from '../../services/people/roles.ts';
import { fold } from '../../services/customers/fold.ts';
import type { Nonces } from '../../services/requests/nonces.ts';
import type { RemovalRequests } from '../../services/requests/removal-requests.ts';
import type { ChatSignIn } from '../sign-in/chat-sign-in.ts';
import type { AuditAnswers } from './audit-answers.ts';
import { readCommand } from './commands.ts';
import type { Conversations } from './conversation.ts';
import type { FreshRoles } from './fresh-roles.ts';

export interface TypedWordsParts {
  readonly conversations: Conversations;
  readonly removals: Pick<RemovalRequests, 'ofPerson'>;
  readonly roles: Roles;
  readonly freshRoles: FreshRoles;
  readonly nonces: Nonces;
  /** In an indirect reseller's tenant. */
  readonly endedByProvider: boolean;
  readonly audit: AuditAnswers;
  /** Missing where nobody signs in. */
  readonly signIn?: ChatSignIn;
  readonly refusals: Pick<Refusals, 'note'>;
}

/** A card has room for so many requests; so many are looked through for a name. */
const SHOWN_REQUESTS = 10;
const STATUS_REQUESTS = 3;
const SEARCHED_REQUESTS = 200;

/** Answers what somebody types: a word of ours, an answer to the dialog that waits, or else help. Never silence. */
export function createTypedWords(parts: TypedWordsParts) {
  const { conversations, removals, roles, freshRoles, nonces, endedByProvider, signIn } = parts;

  const showHelp = async (context: TurnContext, unknown?: string): Promise<void> => {
    const { person, texts } = factsOf(context);
    const { id } = person;
    const standing = {
      requester: roles.standing('requester', id),
      approver: roles.standing('approver', id),
      auditor: roles.standing('auditor', id),
    };
    const card = helpCard(
      {
        isRequester: standing.requester === 'held',
        isApprover: standing.approver === 'held',
        isAuditor: standing.auditor === 'held',
        areRolesUnread: Object.values(standing).includes('unread'),
        personId: id,
        endedByProvider,
        signsIn: signIn !== undefined,
        ...(unknown !== undefined && { unknown }),
      },
      texts,
    );
    await reply(context, { card, summary: texts.say('help.summary') });
  };

  const requests = async (context: TurnContext, words: string, most: number): Promise<void> => {
    const { person, texts } = factsOf(context);
    const wanted = fold(words);
    const all = await removals.ofPerson(person.id, wanted === '' ? most : SEARCHED_REQUESTS);
    const found = all.filter(({ request: { customer } }) =>
      [customer.companyName, customer.domain, customer.id].some((name) => fold(name).includes(wanted)),
    );
    const view = {
      requests: found.slice(0, most).map((record) => ({ record, nonce: nonces.ofRequest(person.id, record.request) })),
      ...(wanted !== '' && { words }),
    };
    await reply(context, { card: requestsCard(view, texts), summary: texts.say('requests.summary') });
  };

  const refuse = async (context: TurnContext, what: string, why: string): Promise<void> => {
    const { person, texts } = factsOf(context);
    await parts.refusals.note(person.id, { what, why });
    await say(context, texts.say('fault.not-a-requester'));
  };

  return {
    async help(context: TurnContext): Promise<void> {
      await freshRoles(factsOf(context).person.id);
      await showHelp(context);
    },
    async answer(context: TurnContext): Promise<void> {
      const { person, texts } = factsOf(context);
      const { word, rest } = readCommand(typedText(context));
      await freshRoles(person.id);
      switch (word) {
        case 'help':
          return showHelp(context);
        case 'remove':
        case 'watch':
        case 'dry-run':
          if (!roles.isRequester(person.id)) return refuse(context, word, 'not-a-requester');
          if ((await signIn?.ask(context)) === true) return;
          return conversations.start(context, startOfWord(word, rest));
        case 'status':
        case 'requests':
          if (!hasRole(roles, person.id)) return refuse(context, word, 'no-role');
          return word === 'requests'
            ? requests(context, '', SHOWN_REQUESTS)
            : requests(context, rest, rest === '' ? STATUS_REQUESTS : SHOWN_REQUESTS);
        case 'audit': {
          const answer = await parts.audit(rest, undefined, person, texts);
          if ('sentence' in answer) return say(context, answer.sentence);
          await reply(context, answer.shown);
          return;
        }
        case 'stop': {
          const wasActive = await conversations.stop(context);
          return say(context, texts.say(wasActive ? 'help.stopped' : 'help.nothing-to-stop'));
        }
        case 'sign-in':
          return signIn === undefined ? say(context, texts.say('sign-in.nobody')) : signIn.signIn(context);
        case 'sign-out':
          return signIn === undefined ? say(context, texts.say('sign-in.nobody')) : signIn.signOut(context);
        case 'unknown': {
          const isRequester = roles.standing('requester', person.id) === 'held';
          // A dialog may still wait for somebody who was a requester when it began.
          if (isRequester && (await conversations.isWaiting(context)) && (await signIn?.ask(context)) === true) return;
          if (!isRequester || !(await conversations.typed(context)))
            await showHelp(context, rest === '' ? undefined : rest);
        }
      }
    },
  };
}

/** A message may come without a text: a picture, a file, an empty line. */
const typedText = ({ activity }: TurnContext): string => (typeof activity.text === 'string' ? activity.text : '');

export type TypedWords = ReturnType<typeof createTypedWords>;
