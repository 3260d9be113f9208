import type { Json } from './store.ts';

/**
 * The one JSON text of a value: keys in the order of their code units, no spaces, no absent keys. Equal
 * values have equal texts, so that a checksum or a MAC of the text is one of the value.
 *
 * @throws {TypeError} for what JSON cannot give back: a date, a class, a function, NaN, a hole in a list.
 */
export const canonicalJson = (value: Json): string => print(value);

function print(value: unknown): string {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return JSON.stringify(value);
  if (typeof value === 'number' && Number.isFinite(value)) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${Array.from(value, print).join(',')}]`;
  if (isPlainObject(value)) return `{${printMembers(value).join(',')}}`;
  throw new TypeError(`${Object.prototype.toString.call(value)} is not JSON`);
}

const printMembers = (object: Readonly<Record<string, unknown>>): string[] =>
  Object.keys(object)
    .sort()
    .filter((key) => object[key] !== undefined)
    .map((key) => `${JSON.stringify(key)}:${print(object[key])}`);

function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
