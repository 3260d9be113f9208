import { z } from 'zod';
import { cleanText } from '../clean-text.ts';
import type { Json } from '../storage/store.ts';

export type JsonObject = Readonly<Record<string, Json | undefined>>;

export const isJsonObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * An object of Partner Center whose keys come in camelCase from some calls and in PascalCase from others.
 * Only the named fields are taken over, each under the name given here.
 */
export const wireObject = <Shape extends z.ZodRawShape>(shape: Shape) => {
  const names = Object.keys(shape);
  return z.preprocess((value) => (isJsonObject(value) ? picked(value, names) : value), z.object(shape));
};

function picked(value: JsonObject, names: readonly string[]): Record<string, unknown> {
  let keys: ReadonlyMap<string, string> | undefined;
  const fields: Record<string, unknown> = {};
  for (const name of names) {
    // As a rule they are written as here, and nobody has to look for others.
    if (!Object.hasOwn(value, name)) keys ??= new Map(Object.keys(value).map((key) => [key.toLowerCase(), key]));
    fields[name] = value[Object.hasOwn(value, name) ? name : (keys?.get(name.toLowerCase()) ?? name)];
  }
  return fields;
}

const textOf = (value: unknown): string | undefined => {
  if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') return undefined;
  const text = String(value).trim();
  return text === '' ? undefined : text;
};

/** Text, or nothing: `null`, blank and what is no text at all read as missing. A number becomes its digits. */
export const Text = z.unknown().transform(textOf);

/** Text without which the object makes no sense. */
export const NeededText = z.unknown().transform((value, context) => {
  const text = textOf(value);
  if (text !== undefined) return text;
  context.addIssue({ code: 'custom', message: 'is missing' });
  return z.NEVER;
});

/** Longer than any member of an enumeration that anybody has seen. */
const MEMBER_LENGTH = 60;
/** A member of an open enumeration, in lower case; what is missing is `unknown`. It is shown to people, so it is cleaned. */
export const Member = z
  .unknown()
  .transform((value) => cleanText(textOf(value)?.toLowerCase() ?? '', MEMBER_LENGTH) || 'unknown');

/** A count. One that cannot be read is 1, so that nothing is taken for absent by mistake. */
export const Count = z.unknown().transform((value) => {
  const count = typeof value === 'number' ? value : Number(textOf(value) ?? Number.NaN);
  return Number.isFinite(count) && count >= 0 ? count : 1;
});

/** `true`, `false` or missing; also as text. */
export const Flag = z.unknown().transform((value) => {
  const text = textOf(value)?.toLowerCase();
  return text === 'true' ? true : text === 'false' ? false : undefined;
});

/**
 * A moment as Partner Center writes it. Stray blanks are taken out (they occur in its published samples),
 * a time without a zone is UTC, and the year 1 (an empty .NET date) is no date. What is no date at all
 * stays as it is: the rules decide what an unreadable date means.
 */
export const Moment = z.unknown().transform((value) => {
  const text = textOf(value)?.replace(/\s+/g, '');
  if (text === undefined || text.startsWith('0001-01-01')) return undefined;
  return /T[\d:.]+$/.test(text) ? `${text}Z` : text;
});

/** A part of an object that may be missing or be something else without harm. */
export const optionalPart = <T>(schema: z.ZodType<T>) => z.unknown().transform((value) => schema.safeParse(value).data);

type Defined<T> = { [K in keyof T as undefined extends T[K] ? never : K]: T[K] } & {
  [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>;
};
/** Leaves out what has no value: a field is there, or it is not. */
export const withoutUndefined = <T extends object>(value: T): Defined<T> =>
  Object.fromEntries(Object.entries(value).filter(([, part]) => part !== undefined)) as Defined<T>;
