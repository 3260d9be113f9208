import type { UserId } from '../services/ids.ts';

/** What takes much, in the chat and in the tab together: one at a time for each person. */
export class OneAtATime {
  readonly #busy = new Set<UserId>();

  /** @returns what is called at the end; `undefined` while something of theirs is under way. */
  begin(person: UserId): (() => void) | undefined {
    if (this.#busy.has(person)) return undefined;
    this.#busy.add(person);
    return () => {
      this.#busy.delete(person);
    };
  }
}
