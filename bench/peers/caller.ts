import { randomUUID } from 'node:crypto';
import { Agent, request } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';

/** A subscription as the service says it; whatever else it says goes back with a change. */
export interface PlainSubscription {
  readonly id: string;
  readonly status: string;
  readonly attributes?: { readonly etag?: string };
}

/** Calls Partner Center one after another, as plainly as it can be done. What it asks to wait for is waited for. */
export class PlainCaller {
  /** When each call was made. */
  readonly sentAt: string[] = [];
  turnedAway = 0;
  readonly #url: string;
  readonly #customerId: string;
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 1 });

  constructor(url: string, customerId: string) {
    this.#url = url;
    this.#customerId = customerId;
  }

  /** All of them: there is one page. */
  async subscriptions(): Promise<readonly PlainSubscription[]> {
    const { items } = (await this.#ask('GET', '/subscriptions')) as { readonly items: readonly PlainSubscription[] };
    return items;
  }
  async subscription(id: string): Promise<PlainSubscription> {
    return (await this.#ask('GET', `/subscriptions/${id}`)) as PlainSubscription;
  }
  async suspend(subscription: PlainSubscription): Promise<void> {
    const etag = subscription.attributes?.etag;
    const headers = etag === undefined ? {} : { 'If-Match': `"${etag}"` };
    await this.#ask('PATCH', `/subscriptions/${subscription.id}`, { ...subscription, status: 'suspended' }, headers);
  }
  async remove(): Promise<void> {
    await this.#ask('PATCH', '', { relationshipToPartner: 'none', attributes: { objectType: 'Customer' } });
  }
  /** Looks until the customer cannot be read any more. */
  async seeGone(): Promise<void> {
    while (await this.#isThere()) await delay(1_000);
  }

  close(): void {
    this.#agent.destroy();
  }

  async #isThere(): Promise<boolean> {
    try {
      await this.#ask('GET', '');
      return true;
    } catch (error) {
      if (error instanceof CallError && error.status < 500) return false;
      throw error;
    }
  }

  async #ask(
    method: string,
    path: string,
    body?: object,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<unknown> {
    for (;;) {
      this.sentAt.push(new Date().toISOString());
      const answer = await this.#send(method, `/v1/customers/${this.#customerId}${path}`, headers, body);
      if (answer.status < 300) return answer.text === '' ? undefined : JSON.parse(answer.text);
      if (answer.status !== 429) throw new CallError(answer.status, answer.text);
      this.turnedAway += 1;
      await delay(Number(answer.retryAfter ?? 1) * 1_000);
    }
  }

  #send(
    method: string,
    path: string,
    headers: Readonly<Record<string, string>>,
    body?: object,
  ): Promise<{ readonly status: number; readonly text: string; readonly retryAfter?: string | undefined }> {
    return new Promise((resolve, reject) => {
      const sent = request(
        `${this.#url}${path}`,
        {
          ...{ method, agent: this.#agent },
          headers: { 'Content-Type': 'application/json', 'MS-RequestId': randomUUID(), ...headers },
        },
        (response) => {
          let text = '';
          response.setEncoding('utf8');
          response.on('data', (part: string) => (text += part));
          response.on('end', () => {
            resolve({ status: response.statusCode ?? 0, text, retryAfter: response.headers['retry-after'] });
          });
        },
      );
      sent.on('error', reject);
      sent.end(body && JSON.stringify(body));
    });
  }
}

class CallError extends Error {
  override readonly name = 'CallError';
  readonly status: number;

  constructor(status: number, text: string) {
    super(`answered ${status}: ${text}`);
    this.status = status;
  }
}
