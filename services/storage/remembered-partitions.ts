import type { Codec } from './durable-file.ts';
import type { StoredPartition } from './partition-file.ts';
import { inOrder } from './rows.ts';

/** So many characters of files are remembered, of those that were used last (4 million). */
const MOST_CHARACTERS = 4_000_000;

interface Remembered {
  readonly text: string;
  readonly stored: StoredPartition;
}

/**
 * What the texts said that were read from files or printed last: whoever finds the same text there again knows what it says.
 * Every read still reads the file, so that nothing is believed that the disk does not hold.
 */
export class RememberedPartitions {
  readonly #most: number;
  /** By the file, below the store's folder. */
  readonly #known = new Map<string, Remembered>();
  #characters = 0;

  constructor(most = MOST_CHARACTERS) {
    this.#most = most;
  }

  /** @param file which one, below the store's folder. */
  codec(file: string, codec: Codec<StoredPartition>): Codec<StoredPartition> {
    return {
      parse: (text) => {
        const known = this.#known.get(file);
        const stored = known?.text === text ? known.stored : codec.parse(text);
        this.#remember(file, { text, stored });
        return stored;
      },
      print: (data) => {
        const text = codec.print(data);
        this.#remember(file, { text, stored: { ...data, rows: inOrder(data.rows) } });
        return text;
      },
    };
  }

  #remember(file: string, read: Remembered): void {
    this.#forget(file);
    this.#known.set(file, read);
    this.#characters += read.text.length;
    for (const oldest of this.#known.keys()) {
      if (this.#characters <= this.#most) return;
      this.#forget(oldest);
    }
  }

  #forget(file: string): void {
    const known = this.#known.get(file);
    if (known === undefined) return;
    this.#known.delete(file);
    this.#characters -= known.text.length;
  }
}
