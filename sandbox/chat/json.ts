export type JsonObject = Readonly<Record<string, unknown>>;

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A member that is text and not empty. */
export function textAt(of: JsonObject, name: string): string | undefined {
  const value = of[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** A member that is a list; an empty one where there is none. */
export function listAt(of: JsonObject, name: string): readonly unknown[] {
  const value = of[name];
  return Array.isArray(value) ? (value as readonly unknown[]) : [];
}

/** @returns undefined when the text is not JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
