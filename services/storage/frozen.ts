/** The same value, which nobody can change any more: what is kept, and given to many. It is made of JSON, and frozen as a whole or not at all. */
export function frozen<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  for (const part of Object.values(value)) frozen(part);
  return Object.freeze(value);
}

/** Whether nobody can change a value any more. */
export const isFrozen = (value: object): boolean => Object.isFrozen(value);
