import { invalidInput, type Answer } from './answers.ts';
import { queried, type Call } from './call.ts';
import { isObject, parseJson } from '../json.ts';

/** Where a list goes on, and with what it was asked for. */
export interface Seek {
  /** How many entries of the whole lie behind us. */
  readonly after: number;
  /** 0 means everything at once. */
  readonly size: number;
  /** The filter as it was sent, or empty. */
  readonly filter: string;
}

/**
 * Reads where a list is to go on. After the first page the token alone counts: it carries size and filter.
 *
 * @see "Get a list of customers"; the client that Microsoft publishes sends `seekOperation` and the token only
 */
export function seekOf(call: Call, defaultSize: number): Seek | Answer {
  const operation = queried(call, 'seekOperation');
  const token = call.headers['ms-continuationtoken'];
  if (operation !== undefined) {
    if (operation.toLowerCase() !== 'next') return invalidInput(`seekOperation ${operation} is not supported`);
    if (token === undefined) return invalidInput('seekOperation needs MS-ContinuationToken');
    return readToken(token) ?? invalidInput('MS-ContinuationToken is not valid');
  }
  const text = queried(call, 'size');
  const size = text === undefined || text === '' ? defaultSize : Number(text);
  if (!Number.isSafeInteger(size) || size < 0) return invalidInput('size must be a whole number');
  return { after: 0, size: size === 0 ? defaultSize : size, filter: queried(call, 'filter') ?? '' };
}

export const writeToken = (seek: Seek): string => Buffer.from(JSON.stringify(seek)).toString('base64');

function readToken(token: string): Seek | undefined {
  const seek = parseJson(Buffer.from(token, 'base64').toString());
  if (!isObject(seek)) return undefined;
  const { after, size, filter } = seek as Partial<Record<keyof Seek, unknown>>;
  const usable = Number.isSafeInteger(after) && Number.isSafeInteger(size) && typeof filter === 'string';
  return usable ? { after: Number(after), size: Number(size), filter } : undefined;
}
