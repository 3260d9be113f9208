/** Does a piece of work once all of the same name that came before it has settled, however that went. */
export type InTurn = <T>(name: string, work: () => Promise<T>) => Promise<T>;

/** A queue for each name that is in use; work of different names does not wait for each other. */
export function createQueues(): InTurn {
  const last = new Map<string, Promise<undefined>>();

  return async (name, work) => {
    const before = last.get(name);
    const { promise: ended, resolve: end } = Promise.withResolvers<undefined>();
    last.set(name, ended);
    try {
      await before;
      return await work();
    } finally {
      if (last.get(name) === ended) last.delete(name);
      end(undefined);
    }
  };
}
