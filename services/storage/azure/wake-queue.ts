/** What calls for work need of Azure Queue Storage: one queue, whose messages say nothing but that there is work. */
export interface WakeQueue {
  /** Names the queue for people, without a secret. */
  readonly name: string;
  /** Whether there is the queue. @throws {QueueError} */
  exists(): Promise<boolean>;
  /** Makes the queue where it is missing. @throws {QueueError} */
  make(): Promise<void>;
  /** Leaves a message, which is gone by itself after a minute. @throws {QueueError} */
  put(): Promise<void>;
  /** Takes what messages there are, away from everybody else. @returns how many. @throws {QueueError} */
  take(): Promise<number>;
}

/** So long a message lies: whoever looks for work by themselves has found it by then. */
export const MESSAGE_SECONDS = 60;
/** At most so many are taken at once. */
export const MOST_TAKEN = 32;

/** The queue cannot be used; the message says why, and nothing of what was sent. */
export class QueueError extends Error {
  override readonly name = 'QueueError';
}
