/** Sends per conversation and window, as Teams documents them. */
const LIMITS: readonly (readonly [sends: number, windowMs: number])[] = [
  [7, 1_000],
  [8, 2_000],
  [60, 30_000],
  [1_800, 3_600_000],
];

/** How often a bot has written to one conversation lately. */
export class SendRates {
  readonly #sent = new Map<string, number[]>();

  /** @returns the seconds after which to try again, or undefined when the send is within the rates. */
  refuse(conversationId: string, now: number): number | undefined {
    const sent = (this.#sent.get(conversationId) ?? []).filter((at) => at > now - 3_600_000);
    this.#sent.set(conversationId, sent);
    for (const [sends, windowMs] of LIMITS) {
      const oldest = sent.at(-sends);
      if (oldest !== undefined && oldest > now - windowMs)
        return Math.max(1, Math.ceil((oldest + windowMs - now) / 1_000));
    }
    sent.push(now);
    return undefined;
  }

  clear(): void {
    this.#sent.clear();
  }
}
