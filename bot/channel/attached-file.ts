import { z } from 'zod';
import { SECOND_MS } from '../../services/clock.ts';
import { isLoopback } from '../config/loopback.ts';

/** What Teams says of a file that somebody has sent to the bot. @see "Send and receive files from a bot" */
const Attachment = z.looseObject({
  contentType: z.literal('application/vnd.microsoft.teams.file.download.info'),
  name: z.string().max(1_000),
  content: z.looseObject({ downloadUrl: z.string().max(8_000) }),
});

export interface AttachedFile {
  /** Foreign text. */
  readonly name: string;
  readonly downloadUrl: string;
}

/** Where files may be fetched from. */
export interface FileHosts {
  /** What the host has to end in, as `.sharepoint.com`. */
  readonly endings: readonly string[];
  /** Any address of this machine too, over plain http: where Teams is played. */
  readonly loopback: boolean;
}

/** Where OneDrive keeps what is sent in a chat: of the public cloud, and of those of the US government and of China. */
export const SHAREPOINT: readonly string[] = [
  '.sharepoint.com',
  '.sharepoint.us',
  '.sharepoint-mil.us',
  '.sharepoint.cn',
];

export type FileRefusal =
  /** Neither CSV nor plain text. */
  | 'type'
  /** Not where Teams keeps files. */
  | 'place'
  | 'too-large'
  | 'unread';

export type FileText =
  { readonly kind: 'text'; readonly text: string } | { readonly kind: 'refused'; readonly why: FileRefusal };

/** Larger than any list that is read. */
export const MOST_BYTES = 256 * 1_024;
const PATIENCE_MS = 10 * SECOND_MS;

/** The first file that was sent with a message; what was pasted as a picture or quoted is none. */
export function attachedFile(attachments: unknown): AttachedFile | undefined {
  const all: readonly unknown[] = Array.isArray(attachments) ? attachments : [];
  const found = all.map((one) => Attachment.safeParse(one).data).find((one) => one !== undefined);
  return found && { name: found.name, downloadUrl: found.content.downloadUrl };
}

/**
 * Fetches a list that somebody has sent. The address comes with an activity and holds a key of its own, so no token of
 * ours goes with it, nothing is followed to another place, and it may lead to where Teams keeps files only.
 */
export async function readFileText(
  { name, downloadUrl }: AttachedFile,
  hosts: FileHosts,
  fetching: typeof fetch = fetch,
): Promise<FileText> {
  if (!/\.(?:csv|tsv|txt)$/i.test(name.trim())) return { kind: 'refused', why: 'type' };
  if (!isAllowed(downloadUrl, hosts)) return { kind: 'refused', why: 'place' };
  try {
    const response = await fetching(downloadUrl, { redirect: 'error', signal: AbortSignal.timeout(PATIENCE_MS) });
    if (!response.ok) {
      await response.body?.cancel();
      return { kind: 'refused', why: 'unread' };
    }
    const bytes = await bounded(response);
    return bytes === undefined ? { kind: 'refused', why: 'too-large' } : { kind: 'text', text: decoded(bytes) };
  } catch {
    // Not reached, not in time, sent elsewhere, or cut off: whoever sent it is told that it could not be read.
    return { kind: 'refused', why: 'unread' };
  }
}

function isAllowed(address: string, { endings, loopback }: FileHosts): boolean {
  if (!URL.canParse(address)) return false;
  const url = new URL(address);
  if (url.username !== '' || url.password !== '') return false;
  if (loopback && isLoopback(url.hostname)) return true;
  const host = url.hostname.toLowerCase();
  return url.protocol === 'https:' && url.port === '' && endings.some((ending) => host.endsWith(ending));
}

/** @returns `undefined` for what is larger than a list may be; the rest of it is not read. */
async function bounded(response: Response): Promise<Uint8Array | undefined> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of response.body ?? []) {
    size += (part as Uint8Array).byteLength;
    if (size > MOST_BYTES) return undefined;
    parts.push(part as Uint8Array);
  }
  return Buffer.concat(parts);
}

/** UTF-8 with or without a mark, UTF-16 with one, and else what older programs write. */
function decoded(bytes: Uint8Array): string {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}
