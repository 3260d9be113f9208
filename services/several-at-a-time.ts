/** Does something with each item, so many at a time, in no certain order. Rejects with the first that has failed. */
export async function severalAtATime<T>(
  items: Iterable<T>,
  most: number,
  work: (item: T) => Promise<unknown>,
): Promise<void> {
  const next = Iterator.from(items);
  const someOf = async (): Promise<void> => {
    for (let step = next.next(); step.done !== true; step = next.next()) await work(step.value);
  };
  await Promise.all(Array.from({ length: most }, someOf));
}
