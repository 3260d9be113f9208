import { createHmac } from 'node:crypto';

export interface Signed {
  readonly id: string;
  /** Seconds since 1970: of this sending, so that an old one that was overheard is known as such. */
  readonly timestamp: number;
  readonly body: string;
}

/**
 * The headers by which whoever gets a message knows that it is from us, and new. One signature for each secret, so that a
 * secret can be changed without a gap.
 *
 * @see Standard Webhooks, https://www.standardwebhooks.com
 */
export const signatureHeaders = (
  { id, timestamp, body }: Signed,
  secrets: readonly Uint8Array[],
): Readonly<Record<string, string>> => ({
  'webhook-id': id,
  'webhook-timestamp': String(timestamp),
  'webhook-signature': secrets
    .map((secret) => `v1,${createHmac('sha256', secret).update(`${id}.${timestamp}.${body}`).digest('base64')}`)
    .join(' '),
});
