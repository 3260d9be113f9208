/**
 * Has another process look for due work sooner than it would by itself. A call may be lost or come twice: what is due
 * stands in the store, and everybody looks there by themselves every few seconds.
 */
export interface WakeUps {
  /** Tells one of the others that there is work that this process leaves to them. Nobody waits for it. */
  call(): void;
  /** Hears calls from now on. */
  start(listener: WakeListener): void;
  /** Whether calls can be made and heard at this moment. */
  isReachable(): Promise<boolean>;
  /** Hears and makes no calls any more; the last one is waited for. */
  stop(): Promise<void>;
}

export interface WakeListener {
  readonly onCall: () => void;
  /** Whether this process could begin something: a call is heard by one, and is for whoever has time. */
  readonly hasTime: () => boolean;
}
