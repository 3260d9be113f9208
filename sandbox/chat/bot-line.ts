import { request as httpRequest } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { newInvokeId, type Activity } from './activities.ts';
import { parseJson } from './json.ts';

/** What came back from the bot. 502: it could not be reached; 504: it did not answer in time. */
export interface InvokeAnswer {
  readonly status: number;
  /** Of a button: an AdaptiveCardInvokeResponse. */
  readonly body: unknown;
}

export interface LineOptions {
  /** How often each invoke is delivered; the third and later with an activity id of their own, as Teams does. */
  readonly duplicates: number;
  /** How long an answer is waited for. */
  readonly answerWithinMs: number;
  /** Whether an invoke that is not answered in time is delivered again, up to four times in all. */
  readonly redeliver: boolean;
  /** The value of the Authorization header. Without it none is sent. */
  readonly authorize?: (() => Promise<string | undefined>) | undefined;
}

const DELIVERIES = 4;
const SAME_ID_DELIVERIES = 2;

/** The way from Teams to the bot. */
export class BotLine {
  readonly #options: LineOptions;
  readonly #closed = new AbortController();
  #url: string | undefined;

  constructor(options: LineOptions) {
    this.#options = options;
  }

  /** Where the bot is, without what comes after the host; undefined until one is connected. */
  get origin(): string | undefined {
    return this.#url === undefined ? undefined : new URL(this.#url).origin;
  }

  connect(url: string): void {
    this.#url = url;
  }

  close(): void {
    this.#closed.abort();
  }

  /** Delivers once and waits for the end of the bot's turn. */
  async deliver(activity: Activity): Promise<InvokeAnswer> {
    return (await this.#withinTime(this.#send(activity))) ?? outOfTime;
  }

  /** Delivers an invoke as often as Teams would. @returns the answer that came first, or 504. */
  async invoke(activity: Activity): Promise<InvokeAnswer> {
    const { duplicates, redeliver } = this.#options;
    const sent = Array.from({ length: duplicates }, (_, index) => this.#send(asDelivered(activity, index)));
    for (let next = duplicates; ; next += 1) {
      const answer = await this.#withinTime(Promise.race(sent));
      if (answer !== undefined) {
        // The others are waited for too, so that a test sees all that a repeated click has done.
        return (await this.#withinTime(Promise.all(sent).then(() => answer))) ?? answer;
      }
      if (!redeliver || next >= DELIVERIES) return outOfTime;
      sent.push(this.#send(asDelivered(activity, next)));
    }
  }

  async #withinTime(answer: Promise<InvokeAnswer>): Promise<InvokeAnswer | undefined> {
    const answered = new AbortController();
    const signal = AbortSignal.any([answered.signal, this.#closed.signal]);
    const late = delay(this.#options.answerWithinMs, undefined, { signal }).catch(() => undefined);
    try {
      return await Promise.race([answer, late]);
    } finally {
      answered.abort();
    }
  }

  async #send(activity: Activity): Promise<InvokeAnswer> {
    if (this.#url === undefined) return unreachable('No bot is connected.');
    const authorization = await this.#options.authorize?.();
    return post(this.#url, JSON.stringify(activity), authorization, this.#closed.signal);
  }
}

const outOfTime: InvokeAnswer = { status: 504, body: { error: 'The bot did not answer in time.' } };
const unreachable = (error: string): InvokeAnswer => ({ status: 502, body: { error } });

const asDelivered = (activity: Activity, index: number): Activity =>
  index < SAME_ID_DELIVERIES ? activity : { ...activity, id: newInvokeId() };

/** A connection of its own each time: a bot that was killed and started again leaves no half-dead ones behind. */
function post(
  url: string,
  body: string,
  authorization: string | undefined,
  signal: AbortSignal,
): Promise<InvokeAnswer> {
  return new Promise((resolve) => {
    const headers = {
      'Content-Type': 'application/json; charset=utf-8',
      'Content-Length': Buffer.byteLength(body),
      ...(authorization !== undefined && { Authorization: authorization }),
    };
    const request = httpRequest(url, { method: 'POST', headers, agent: false, signal }, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('end', () => {
        const text = Buffer.concat(parts).toString('utf8');
        resolve({ status: response.statusCode ?? 502, body: text === '' ? undefined : (parseJson(text) ?? text) });
      });
      response.on('error', ({ message }) => {
        resolve(unreachable(message));
      });
    });
    request.on('error', ({ message }) => {
      resolve(unreachable(message));
    });
    request.end(body);
  });
}
