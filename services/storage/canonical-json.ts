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
  if (Array.isArray(value)) return printList(value);
  if (isPlainObject(value)) return printMembers(value);
  throw new TypeError(`${Object.prototype.toString.call(value)} is not JSON`);
}

/** A hole is read as `undefined`, which is not JSON. */
function printList(list: readonly unknown[]): string {
  let text = '';
  for (const item of list) text += text === '' ? print(item) : `,${print(item)}`;
  return `[${text}]`;
}

function printMembers(object: Readonly<Record<string, unknown>>): string {
  let text = '';
  for (const key of inOrder(Object.keys(object))) {
    const value = object[key];
    if (value === undefined) continue;
    text += `${text === '' ? '' : ','}${JSON.stringify(key)}:${print(value)}`;
  }
  return `{${text}}`;
}

/** What was read from such a text is in order already. */
function inOrder(keys: string[]): readonly string[] {
  for (let at = 1; at < keys.length; at++) if ((keys[at - 1] ?? '') > (keys[at] ?? '')) return keys.sort();
  return keys;
}

function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
