import { setTimeout as delay } from 'node:timers/promises';
import { SECOND_MS } from '../../services/clock.ts';
import { SHAREPOINT } from '../channel/attached-file.ts';
import { isLoopback } from '../config/loopback.ts';
import type { ServiceHosts } from '../channel/service-hosts.ts';

const LONGEST_URL = 8_000;

/**
 * Whether a file may be put there, or a link lead there. The address comes with an activity: whoever could choose it freely
 * would be given a receipt, and could have the bot call what is beside it. So it is SharePoint's, or one of this machine
 * that is named as a host of the channel.
 */
export function isFilePlace(address: string, { hosts, loopback }: ServiceHosts): boolean {
  if (address.length > LONGEST_URL || !URL.canParse(address)) return false;
  const { protocol, username, password, host, hostname, port } = new URL(address);
  if (username !== '' || password !== '') return false;
  if (protocol === 'https:' && port === '' && SHAREPOINT.some((ending) => host.endsWith(ending))) return true;
  return isLoopback(hostname) && (protocol === 'http:' || protocol === 'https:') && (loopback || hosts.includes(host));
}

/** A file could not be put where Teams said. Holds no address: that is as good as a key. */
export class UploadError extends Error {
  override readonly name = 'UploadError';
  /** Missing where no answer came. */
  readonly status?: number;

  constructor(status?: number, options?: ErrorOptions) {
    super('the file could not be put where Teams said', options);
    if (status !== undefined) this.status = status;
  }
}

const LONGEST_MS = 30 * SECOND_MS;
/** Before the second, and the third try. The same bytes in the same place are one file. */
const PAUSES_MS = [SECOND_MS, 5 * SECOND_MS];

/** Puts all of a file there in one piece. No redirect is followed, and of the answer nothing but its status is read. @throws {UploadError} */
export async function upload(
  address: string,
  bytes: Uint8Array,
  send: typeof fetch,
  sleep: (ms: number) => Promise<void> = (ms) => delay(ms, undefined, { ref: false }),
): Promise<void> {
  for (const pauseMs of [...PAUSES_MS, undefined]) {
    const failure = await tryUpload(address, bytes, send);
    if (failure === undefined) return;
    if (pauseMs === undefined || !isTransient(failure)) throw failure;
    await sleep(pauseMs);
  }
}

async function tryUpload(address: string, bytes: Uint8Array, send: typeof fetch): Promise<UploadError | undefined> {
  try {
    const answer = await send(address, {
      method: 'PUT',
      body: bytes.slice(),
      headers: {
        'Content-Type': 'application/pdf',
        'Content-Range': `bytes 0-${bytes.byteLength - 1}/${bytes.byteLength}`,
      },
      redirect: 'manual',
      signal: AbortSignal.timeout(LONGEST_MS),
    });
    await answer.body?.cancel();
    return answer.ok ? undefined : new UploadError(answer.status);
  } catch (error) {
    return new UploadError(undefined, { cause: error });
  }
}

const isTransient = ({ status }: UploadError): boolean => status === undefined || status === 429 || status >= 500;
