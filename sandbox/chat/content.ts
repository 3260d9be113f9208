import { isObject, listAt, textAt, type JsonObject } from './json.ts';
import type { Content, FileCard } from './messages.ts';

const ADAPTIVE_CARD = 'application/vnd.microsoft.card.adaptive';

/** Teams refuses a larger message, 413. */
export const LARGEST_MESSAGE_BYTES = 100 * 1_024;

/** What an activity from the bot shows. @returns a sentence when Teams would not show it. */
export function readContent(activity: JsonObject): Content | string {
  const [attachment, ...more] = listAt(activity, 'attachments');
  if (more.length > 0) return 'More than one attachment is not supported here.';
  const text = textAt(activity, 'text');
  const summary = textAt(activity, 'summary');
  const said = { ...(text !== undefined && { text }), ...(summary !== undefined && { summary }) };
  if (attachment === undefined) return text === undefined ? 'The activity has neither text nor attachments.' : said;
  const file = readFile(attachment);
  if (file !== undefined) return { ...said, file };
  const card = readCard(attachment);
  return card === undefined ? 'The attachment is not a card that Teams shows.' : { ...said, card };
}

function readCard(attachment: unknown): Record<string, unknown> | undefined {
  if (!isObject(attachment)) return undefined;
  const { contentType, content } = attachment;
  if (typeof contentType !== 'string' || !isObject(content)) return undefined;
  if (contentType === ADAPTIVE_CARD) return content['type'] === 'AdaptiveCard' ? content : undefined;
  const isOlderCard = /^application\/vnd\.microsoft\.card\.(hero|thumbnail|oauth|signin)$/.test(contentType);
  return isOlderCard ? asAdaptiveCard(content) : undefined;
}

const FILE = /^application\/vnd\.microsoft\.teams\.card\.file\.(consent|info)$/;

/** @see "Send and receive files from a bot" */
function readFile(attachment: unknown): FileCard | undefined {
  if (!isObject(attachment) || !isObject(attachment['content'])) return undefined;
  const { contentType, content } = attachment;
  const [, kind] = FILE.exec(typeof contentType === 'string' ? contentType : '') ?? [];
  const name = textAt(attachment, 'name');
  if (kind === undefined || name === undefined || !isObject(content)) return undefined;
  if (kind === 'info') {
    const contentUrl = textAt(attachment, 'contentUrl');
    const isKnown = textAt(content, 'uniqueId') !== undefined && textAt(content, 'fileType') !== undefined;
    return contentUrl === undefined || !isKnown ? undefined : { kind: 'info', name, contentUrl };
  }
  const { sizeInBytes, acceptContext, declineContext } = content;
  if (typeof sizeInBytes !== 'number') return undefined;
  return {
    ...{ kind: 'consent', name, description: textAt(content, 'description') ?? '' },
    ...{ sizeInBytes, acceptContext, declineContext },
  };
}

/** A card of the older kinds, drawn as Teams draws it: title, text, buttons. */
function asAdaptiveCard(content: JsonObject): Record<string, unknown> {
  const line = (name: string, style: JsonObject): JsonObject[] => {
    const text = textAt(content, name);
    return text === undefined ? [] : [{ type: 'TextBlock', text, wrap: true, ...style }];
  };
  return {
    type: 'AdaptiveCard',
    version: '1.5',
    body: [
      ...line('title', { weight: 'bolder', size: 'medium' }),
      ...line('subtitle', { isSubtle: true }),
      ...line('text', {}),
    ],
    actions: listAt(content, 'buttons').filter(isObject).map(olderButton),
  };
}

function olderButton(button: JsonObject): JsonObject {
  const { type, title, value } = button;
  if (type === 'openUrl') return { type: 'Action.OpenUrl', title, url: value };
  return { type: 'Action.Submit', title, data: { msteams: { type, value } } };
}
