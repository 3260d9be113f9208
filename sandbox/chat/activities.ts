import { randomUUID } from 'node:crypto';
import type { Conversation } from './conversation.ts';
import type { JsonObject } from './json.ts';
import { nextStamp } from './messages.ts';

/** Where the activities of one chat service come from. */
export interface Channel {
  readonly serviceUrl: string;
  readonly tenantId: string;
  readonly botId: string;
  readonly botName: string;
}

export type Activity = JsonObject & { readonly type: string; readonly id: string };

const timezone = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** What every activity from Teams carries. */
function base(channel: Channel, conversation: Conversation, at: number): JsonObject {
  const { person, id } = conversation;
  return {
    channelId: 'msteams',
    serviceUrl: channel.serviceUrl,
    timestamp: new Date(at).toISOString(),
    localTimestamp: localTimestamp(new Date(at)),
    localTimezone: timezone,
    from: { id: person.id, name: person.name, aadObjectId: person.aadObjectId },
    recipient: { id: `28:${channel.botId}`, name: channel.botName },
    conversation: { id, conversationType: 'personal', tenantId: channel.tenantId },
    locale: person.locale,
    entities: [
      {
        type: 'clientInfo',
        locale: person.locale,
        country: person.locale.split('-')[1] ?? 'US',
        platform: 'Web',
        timezone,
      },
    ],
  };
}

/** A typed message. */
export function messageActivity(channel: Channel, conversation: Conversation, id: string, text: string): Activity {
  return {
    ...base(channel, conversation, Number(id)),
    type: 'message',
    id,
    text,
    textFormat: 'plain',
    attachments: [{ contentType: 'text/html', content: `<p>${escapeHtml(text)}</p>` }],
    channelData: { tenant: { id: channel.tenantId } },
  };
}

/** A file that a person has sent, which lies with Teams' own store of files. @see "Send and receive files from a bot" */
export function fileActivity(
  channel: Channel,
  conversation: Conversation,
  id: string,
  file: { readonly name: string; readonly url: string },
): Activity {
  const { name, url } = file;
  const fileType = name.split('.').at(-1) ?? '';
  return {
    ...base(channel, conversation, Number(id)),
    type: 'message',
    id,
    attachments: [
      {
        contentType: 'application/vnd.microsoft.teams.file.download.info',
        contentUrl: url,
        name,
        content: { downloadUrl: url, uniqueId: id, fileType },
      },
    ],
    channelData: { tenant: { id: channel.tenantId } },
  };
}

/** What a client older than Universal Actions sends for a button: a message with a value and no text. */
export function submitActivity(
  channel: Channel,
  conversation: Conversation,
  replyToId: string,
  value: JsonObject,
): Activity {
  const at = nextStamp();
  return {
    ...base(channel, conversation, at),
    type: 'message',
    id: String(at),
    replyToId,
    value,
    channelData: { tenant: { id: channel.tenantId }, source: { name: 'message' }, legacy: { replyToId } },
  };
}

export function invokeActivity(
  channel: Channel,
  conversation: Conversation,
  name:
    'adaptiveCard/action' | 'application/search' | 'signin/tokenExchange' | 'signin/verifyState' | 'fileConsent/invoke',
  value: JsonObject,
  replyToId: string,
): Activity {
  return {
    ...base(channel, conversation, nextStamp()),
    type: 'invoke',
    id: newInvokeId(),
    name,
    value,
    replyToId,
    channelData: {
      tenant: { id: channel.tenantId },
      source: { name: 'message' },
      legacy: { replyToId: `1:${replyToId}` },
    },
  };
}

/** What tells of an installation names nobody, only their ids. @see "installationUpdate", "conversationUpdate" */
function namelessBase(channel: Channel, conversation: Conversation): JsonObject {
  const { id, aadObjectId } = conversation.person;
  return { ...base(channel, conversation, nextStamp()), from: { id, aadObjectId } };
}

export function installationActivity(
  channel: Channel,
  conversation: Conversation,
  action: 'add' | 'add-upgrade' | 'remove',
): Activity {
  return {
    ...namelessBase(channel, conversation),
    type: 'installationUpdate',
    id: newInvokeId(),
    action,
    channelData: { tenant: { id: channel.tenantId }, settings: { selectedChannel: { id: conversation.id } } },
  };
}

export function membersAddedActivity(channel: Channel, conversation: Conversation): Activity {
  return {
    ...namelessBase(channel, conversation),
    type: 'conversationUpdate',
    id: newInvokeId(),
    membersAdded: [{ id: `28:${channel.botId}` }],
    channelData: { tenant: { id: channel.tenantId } },
  };
}

export const newInvokeId = (): string => `f:${randomUUID()}`;

const escapeHtml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** ISO 8601 in local time with the offset, as `2026-03-04T15:16:17.000+02:00`. */
function localTimestamp(at: Date): string {
  const offset = -at.getTimezoneOffset();
  const two = (value: number): string => String(Math.abs(value)).padStart(2, '0');
  const local = new Date(at.getTime() + offset * 60_000).toISOString().slice(0, -1);
  return `${local}${offset < 0 ? '-' : '+'}${two(Math.trunc(offset / 60))}:${two(offset % 60)}`;
}
