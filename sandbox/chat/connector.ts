import { readContent, LARGEST_MESSAGE_BYTES } from './content.ts';
import type { Conversation } from './conversation.ts';
import type { Answer } from './http.ts';
import { isObject, listAt, parseJson, textAt, type JsonObject } from './json.ts';
import { nextStamp, type Content } from './messages.ts';
import type { SendRates } from './send-rates.ts';
import { oauthCardOf, type SignInWanted } from './single-sign-on.ts';

export interface ConnectorParts {
  readonly conversations: readonly Conversation[];
  readonly tenantId: string;
  /** Without it a bot may write as often as it likes. */
  readonly rates?: SendRates | undefined;
  /** Told when a bot wants somebody signed in with a card of its own, which nobody sees before it is revealed. */
  readonly onSignIn?: ((conversation: Conversation, messageId: string, wanted: SignInWanted) => void) | undefined;
}

export interface ConnectorCall {
  readonly method: string;
  /** Path below the service url, as `/v3/conversations/…`. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: string;
}

const refuse = (status: number, code: string, message: string, headers?: Answer['headers']): Answer => ({
  status,
  body: { error: { code, message } },
  ...(headers && { headers }),
});

const notFound = refuse(404, 'ConversationNotFound', 'Conversation not found.');
const activityNotFound = refuse(404, 'ActivityNotFoundInConversation', 'Activity not found.');
const notInstalled = refuse(403, 'ForbiddenOperationException', "Bot is not installed in user's personal scope.");
const blocked = refuse(403, 'MessageWritesBlocked', 'User blocked the conversation with the bot.');
const tooLarge = refuse(413, 'MessageSizeTooBig', 'Message size too large.');

/**
 * The Bot Framework's connector, version 3, as Teams answers it in one-to-one chats.
 *
 * @see Send and receive messages with the Bot Connector service; Bot API error codes in Teams
 */
export function answerConnector(parts: ConnectorParts, call: ConnectorCall): Answer {
  const { method, path } = call;
  const [root, collection, conversationId, kind, id, ...rest] = path.split('/').slice(1).map(decodeURIComponent);
  if (root !== 'v3' || collection !== 'conversations' || rest.length > 0) return notFound;
  if (conversationId === undefined) return method === 'POST' ? createConversation(parts, call) : notAllowed;
  const conversation = parts.conversations.find((one) => one.id === conversationId);
  if (conversation === undefined) return notFound;
  if (kind === 'activities') return answerActivities(parts, call, conversation, id);
  if (method === 'GET' && (kind === 'members' || kind === 'pagedmembers')) {
    return answerMembers(parts, conversation, kind, id);
  }
  return notAllowed;
}

const notAllowed = refuse(405, 'MethodNotAllowed', 'The method is not supported.');

/** Teams finds the one chat of bot and person, and makes none for somebody who has not the app. */
function createConversation(parts: ConnectorParts, { body }: ConnectorCall): Answer {
  const wanted = parseJson(body);
  if (!isObject(wanted)) return refuse(400, 'BadSyntax', 'Could not parse the conversation.');
  const [member, ...more] = listAt(wanted, 'members');
  const memberId = isObject(member) ? textAt(member, 'id') : undefined;
  if (memberId === undefined || more.length > 0) {
    return refuse(400, 'BadSyntax', 'Incorrect conversation creation parameters: one member is expected.');
  }
  const conversation = parts.conversations.find(({ person }) => isMember(person, memberId));
  if (conversation === undefined) return refuse(400, 'BadArgument', 'Failed to decrypt pairwise id.');
  const channelData = isObject(wanted['channelData']) ? wanted['channelData'] : {};
  const tenant = isObject(channelData['tenant']) ? textAt(channelData['tenant'], 'id') : undefined;
  const tenantId = tenant ?? textAt(wanted, 'tenantId');
  if (tenantId === undefined) return refuse(400, 'BadSyntax', 'The tenant is missing.');
  if (tenantId !== parts.tenantId) return notInstalled;
  const refused = refuseWriting(conversation);
  if (refused !== undefined) return refused;
  if (!isObject(wanted['activity'])) return { status: 201, body: { id: conversation.id } };
  const sent = send(parts, conversation, wanted['activity'], body);
  if (sent.status !== 201) return sent;
  return { status: 201, body: { id: conversation.id, activityId: isObject(sent.body) ? sent.body['id'] : undefined } };
}

function answerActivities(
  parts: ConnectorParts,
  { method, body }: ConnectorCall,
  conversation: Conversation,
  id: string | undefined,
): Answer {
  const refused = refuseWriting(conversation);
  if (refused !== undefined) return refused;
  if (method === 'DELETE' && id !== undefined) return deleteMessage(conversation, id);
  const activity = parseJson(body);
  if (!isObject(activity)) return refuse(400, 'BadSyntax', 'Could not parse the activity.');
  if (method === 'POST') return send(parts, conversation, activity, body);
  if (method === 'PUT' && id !== undefined) return edit(parts, conversation, id, activity, body);
  return notAllowed;
}

/** What a bot writes to a chat: a new message, another picture of one, or that there is one no longer. */
export type Writing =
  | { readonly kind: 'send'; readonly activity: JsonObject; readonly body: string }
  | { readonly kind: 'edit'; readonly id: string; readonly activity: JsonObject; readonly body: string }
  | { readonly kind: 'delete'; readonly id: string };

/** The connector's answer to what has no way over HTTP behind it. */
export function answerWriting(parts: ConnectorParts, conversationId: string, writing: Writing): Answer {
  const conversation = parts.conversations.find((one) => one.id === conversationId);
  if (conversation === undefined) return notFound;
  const refused = refuseWriting(conversation);
  if (refused !== undefined) return refused;
  if (writing.kind === 'delete') return deleteMessage(conversation, writing.id);
  const { activity, body } = writing;
  return writing.kind === 'send'
    ? send(parts, conversation, activity, body)
    : edit(parts, conversation, writing.id, activity, body);
}

/** The connector's answer to who somebody in a chat is. */
export function answerMember(parts: ConnectorParts, conversationId: string, id: string): Answer {
  const conversation = parts.conversations.find((one) => one.id === conversationId);
  return conversation === undefined ? notFound : answerMembers(parts, conversation, 'members', id);
}

const deleteMessage = (conversation: Conversation, id: string): Answer =>
  conversation.delete(id) ? { status: 200 } : activityNotFound;

function send(parts: ConnectorParts, conversation: Conversation, activity: JsonObject, body: string): Answer {
  const slowDown = refuseRate(parts, conversation);
  if (slowDown !== undefined) return slowDown;
  if (activity['type'] === 'typing') {
    conversation.typing();
    return { status: 201, body: { id: String(nextStamp()) } };
  }
  const content = readMessage(activity, body);
  if ('status' in content) return content;
  const { text, card, summary } = content;
  if (text !== undefined && card !== undefined) {
    conversation.add('bot', { text });
    conversation.add('bot', { card, ...(summary !== undefined && { summary }) });
    return { status: 201, body: {} };
  }
  const wanted = oauthCardOf(activity);
  const { id } = conversation.add('bot', content, { hidden: wanted !== undefined && parts.onSignIn !== undefined });
  if (wanted !== undefined) parts.onSignIn?.(conversation, id, wanted);
  return { status: 201, body: { id } };
}

function edit(
  parts: ConnectorParts,
  conversation: Conversation,
  id: string,
  activity: JsonObject,
  body: string,
): Answer {
  const slowDown = refuseRate(parts, conversation);
  if (slowDown !== undefined) return slowDown;
  const content = readMessage(activity, body);
  if ('status' in content) return content;
  return conversation.edit(id, content) === undefined ? activityNotFound : { status: 200, body: { id } };
}

function readMessage(activity: JsonObject, body: string): Content | Answer {
  if (Buffer.byteLength(body) > LARGEST_MESSAGE_BYTES) return tooLarge;
  if (activity['type'] !== 'message') return refuse(400, 'BadSyntax', 'The activity type is not supported.');
  const content = readContent(activity);
  return typeof content === 'string' ? refuse(400, 'BadSyntax', content) : content;
}

function refuseWriting({ installed, blocked: isBlocked }: Conversation): Answer | undefined {
  if (installed) return undefined;
  return isBlocked ? blocked : notInstalled;
}

function refuseRate({ rates }: ConnectorParts, { id }: Conversation): Answer | undefined {
  const seconds = rates?.refuse(id, Date.now());
  if (seconds === undefined) return undefined;
  return refuse(429, 'TooManyRequests', 'Too many requests.', { 'Retry-After': String(seconds) });
}

function answerMembers(
  { tenantId }: ConnectorParts,
  { person }: Conversation,
  kind: 'members' | 'pagedmembers',
  id: string | undefined,
): Answer {
  const [givenName = person.name, ...family] = person.name.split(' ');
  const email = `${person.key}@partner.example`;
  const member = {
    id: person.id,
    name: person.name,
    objectId: person.aadObjectId,
    aadObjectId: person.aadObjectId,
    givenName,
    surname: family.join(' '),
    email,
    userPrincipalName: email,
    tenantId,
    userRole: 'user',
  };
  if (kind === 'pagedmembers') return { status: 200, body: { members: [member] } };
  if (id === undefined) return { status: 200, body: [member] };
  return isMember(person, id)
    ? { status: 200, body: member }
    : refuse(404, 'MemberNotFoundInConversation', 'Member not found.');
}

/** Teams takes a person's Entra object id as well as the id that it gave to the bot. */
const isMember = ({ id, aadObjectId }: Conversation['person'], wanted: string): boolean =>
  id === wanted || aadObjectId === wanted.toLowerCase();
