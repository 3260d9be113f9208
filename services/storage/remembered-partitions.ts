import type { Codec } from './durable-file.ts';
import type { StoredPartition } from './partition-file.ts';
import { inOrder } from './rows.ts';

/** So many characters of files are remembered, of those that were used last (4 million). */
const MOST_CHARACTERS = 4_000_000;
/** What is longer is not remembered: to find it again would cost as much as to read it. */
const MOST_OF_ONE = 100_000;

/**
 * What the texts said that were read from files or printed last: whoever finds the same text again knows what it says.
 * Every read still reads the file, so that nothing is believed that the disk does not hold.
 */
export class RememberedPartitions {
  readonly #most: number;
  readonly #known = new Map<string, { readonly file: string; readonly stored: StoredPartition }>();
  #characters = 0;

  constructor(most = MOST_CHARACTERS) {
    this.#most = most;
  }

  /** @param file which one, below the store's folder. */
  codec(file: string, codec: Codec<StoredPartition>): Codec<StoredPartition> {
    return {
      parse: (text) => {
        if (text.length > MOST_OF_ONE) return codec.parse(text);
        const known = this.#known.get(text);
        const stored = known?.file === file ? known.stored : codec.parse(text);
        this.#remember(text, { file, stored });
        return stored;
      },
      print: (data) => {
        const text = codec.print(data);
        this.#remember(text, { file, stored: { ...data, rows: inOrder(data.rows) } });
        return text;
      },
    };
  }

  #remember(text: string, known: { readonly file: string; readonly stored: StoredPartition }): void {
    if (text.length > MOST_OF_ONE) return;
    if (!this.#known.delete(text)) this.#characters += text.length;
    this.#known.set(text, known);
    for (const oldest of this.#known.keys()) {
      if (this.#characters <= this.#most) return;
      this.#known.delete(oldest);
      this.#characters -= oldest.length;
    }
  }
}
