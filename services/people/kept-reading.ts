import { MINUTE_MS, SECOND_MS, type Clock } from '../clock.ts';

/** What was read counts for so long, from when the reading began. */
export const COUNTS_FOR_MS = 5 * MINUTE_MS;
/** From then on it is read anew, while what is there still counts. */
const RENEWED_AFTER_MS = 2 * MINUTE_MS;
/** Where the newest word is wanted, this is new enough. */
const NEW_FOR_MS = 5 * SECOND_MS;
/** Nobody waits longer for a reading, or not much. */
const SLOW_MS = 2 * SECOND_MS;
/** After a reading that has failed. */
const RETRIED_AFTER_MS = 10 * SECOND_MS;

/** Something that is read time and again, by one reading at a time, and counts for five minutes. */
export class KeptReading<T> {
  readonly #read: () => Promise<T>;
  readonly #clock: Clock;
  readonly #onFailed: (error: unknown) => void;
  #last: { readonly value: T; readonly readAt: number } | undefined;
  #failedAt: number | undefined;
  #beganAt: number | undefined;
  #reading: Promise<void> | undefined;

  constructor(read: () => Promise<T>, clock: Clock, onFailed: (error: unknown) => void) {
    this.#read = read;
    this.#clock = clock;
    this.#onFailed = onFailed;
  }

  /** `undefined` when it has not been read for so long that it counts no more. */
  get value(): T | undefined {
    return this.#isWithin(COUNTS_FOR_MS) ? this.#last?.value : undefined;
  }

  /**
   * The same for what cannot be taken back: `undefined`, too, where a newer word was asked for and did not come. A reading
   * that only takes its time leaves what was read just before it, so that a large group holds nothing up for good.
   */
  get certain(): T | undefined {
    const isNewest = this.#failedAt === undefined && (!this.#isSlow() || this.#isWithin(RENEWED_AFTER_MS));
    return isNewest ? this.value : undefined;
  }

  /**
   * Begins a reading where one is due.
   *
   * @param anew what is wanted is what holds now, and not only what counts.
   * @returns the reading, where it has to be waited for; it never rejects.
   */
  renew(anew = false): Promise<void> | undefined {
    const isDue = !this.#isWithin(anew ? NEW_FOR_MS : RENEWED_AFTER_MS);
    if (isDue && this.#reading === undefined && !this.#hasJustFailed()) this.#begin();
    return this.#isWithin(anew ? NEW_FOR_MS : COUNTS_FOR_MS) ? undefined : this.#reading;
  }

  /** A clock that was set back makes nothing fresh. */
  #isWithin(ms: number): boolean {
    if (this.#last === undefined) return false;
    const age = this.#clock().getTime() - this.#last.readAt;
    return age >= 0 && age < ms;
  }

  #isSlow(): boolean {
    if (this.#beganAt === undefined) return false;
    const since = this.#clock().getTime() - this.#beganAt;
    return since < 0 || since >= SLOW_MS;
  }

  #hasJustFailed(): boolean {
    if (this.#failedAt === undefined) return false;
    const ago = this.#clock().getTime() - this.#failedAt;
    return ago >= 0 && ago < RETRIED_AFTER_MS;
  }

  #begin(): void {
    const readAt = this.#clock().getTime();
    this.#beganAt = readAt;
    this.#reading = this.#read()
      .then(
        (value) => {
          this.#last = { value, readAt };
          this.#failedAt = undefined;
        },
        (error: unknown) => {
          this.#failedAt = this.#clock().getTime();
          this.#onFailed(error);
        },
      )
      .finally(() => {
        this.#reading = undefined;
        this.#beganAt = undefined;
      });
  }
}
