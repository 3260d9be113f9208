const known = new WeakSet();

/** The same value, which nobody can change any more: what is kept, and given to many. It is made of JSON. */
export function frozen<T>(value: T): T {
  if (typeof value !== 'object' || value === null || known.has(value)) return value;
  for (const part of Object.values(value)) frozen(part);
  known.add(Object.freeze(value));
  return value;
}

/** Whether nobody can change a value any more. */
export const isFrozen = (value: object): boolean => known.has(value);
