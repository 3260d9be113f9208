/** What travels in a body. `undefined` members are left out when it is written. */
export type Json = string | number | boolean | null | readonly Json[] | JsonObject;
export type JsonObject = { readonly [key: string]: Json | undefined };

export const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A member by its name in any case of letters: clients send camelCase, Microsoft's own SDK sends PascalCase. */
export function member(of: JsonObject, name: string): Json | undefined {
  const wanted = name.toLowerCase();
  const key = Object.keys(of).find((own) => own.toLowerCase() === wanted);
  return key === undefined ? undefined : of[key];
}

/** The same value with every key starting with a capital, as some answers of Partner Center come. */
export function pascalCase(value: Json): Json {
  if (Array.isArray(value)) return value.map((item: Json) => pascalCase(item));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key.charAt(0).toUpperCase() + key.slice(1),
      inner === undefined ? undefined : pascalCase(inner),
    ]),
  );
}

const DEEPEST = 64;

/** @returns undefined when the text is not JSON, or nested so deeply that it could not be written again. */
export function parseJson(text: string): Json | undefined {
  try {
    const value = JSON.parse(text) as Json;
    return isShallow(value, DEEPEST) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isShallow(value: Json | undefined, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return true;
  return levels > 0 && Object.values(value).every((inner: Json | undefined) => isShallow(inner, levels - 1));
}
