import { MESSAGE_SECONDS, MOST_TAKEN, QueueError, type WakeQueue } from '../../services/storage/azure/wake-queue.ts';

/** What goes wrong with a call: nothing is done, or it is done and the answer is lost. */
export type QueueFault = 'away' | 'lost-after';
export type QueueCall = 'exists' | 'make' | 'put' | 'take';

/** A queue of Azure Queue Storage in memory, as far as calls for work use one; several processes may share it. */
export class QueueModel implements WakeQueue {
  readonly name = 'the queue of a test';
  readonly #nowMs: () => number;
  #ends: number[] | undefined;
  /** Asked before each call. */
  fault: (call: QueueCall) => QueueFault | undefined = () => undefined;
  /** How many calls of each kind came. */
  readonly calls: Record<QueueCall, number> = { exists: 0, make: 0, put: 0, take: 0 };

  constructor(nowMs: () => number = () => performance.now()) {
    this.#nowMs = nowMs;
  }

  async exists(): Promise<boolean> {
    return this.#call('exists', () => this.#ends !== undefined);
  }

  async make(): Promise<void> {
    await this.#call('make', () => {
      this.#ends ??= [];
    });
  }

  async put(): Promise<void> {
    await this.#call('put', () => {
      this.#there().push(this.#nowMs() + 1_000 * MESSAGE_SECONDS);
    });
  }

  async take(): Promise<number> {
    return this.#call('take', () => {
      this.#ends = this.#there().filter((end) => end > this.#nowMs());
      return this.#ends.splice(0, MOST_TAKEN).length;
    });
  }

  /** Somebody deletes it. */
  delete(): void {
    this.#ends = undefined;
  }

  #there(): number[] {
    if (this.#ends === undefined) throw new QueueError('there is no such queue');
    return this.#ends;
  }

  async #call<T>(call: QueueCall, work: () => T): Promise<T> {
    this.calls[call] += 1;
    const fault = this.fault(call);
    if (fault === 'away') throw new QueueError('it is away');
    const result = work();
    if (fault === 'lost-after') throw new QueueError('no answer in time');
    return Promise.resolve(result);
  }
}
