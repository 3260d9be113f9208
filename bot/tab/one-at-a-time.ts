import type { UserId } from '../../services/ids.ts';
import { TabRefusal } from './asker.ts';

/** What takes much: one at a time for each person. */
export class OneAtATime {
  readonly #busy = new Set<UserId>();

  /**
   * @returns what is called at the end.
   * @throws {TabRefusal} 429, while something of theirs is under way.
   */
  begin(person: UserId): () => void {
    if (this.#busy.has(person)) throw new TabRefusal(429, 'busy');
    this.#busy.add(person);
    return () => {
      this.#busy.delete(person);
    };
  }
}
