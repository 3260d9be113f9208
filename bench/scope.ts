import type { Scope } from './parts/part.ts';
import { prepareStore, type PreparedStore } from './world/prepared-store.ts';

/** Prepares each store once, since that takes longer than most of what is measured on it. */
export function createScope(isQuick: boolean): Scope & { clear(): void } {
  const stores = new Map<number, Promise<PreparedStore>>();
  const made: PreparedStore[] = [];
  return {
    isQuick,
    size: (usual, quick) => (isQuick ? quick : usual),
    store(requests) {
      const store =
        stores.get(requests) ??
        prepareStore(requests).then((prepared) => {
          made.push(prepared);
          return prepared;
        });
      stores.set(requests, store);
      return store;
    },
    clear() {
      for (const store of made) store.remove();
    },
  };
}
