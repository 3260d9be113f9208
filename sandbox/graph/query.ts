import type { Json, JsonObject } from '../partner-center/json.ts';

/** The members that `$select` names, or those that are given by default. */
export function selected(all: JsonObject, query: URLSearchParams, byDefault: readonly string[]): JsonObject {
  const asked = query
    .get('$select')
    ?.split(',')
    .map((name) => name.trim());
  return Object.fromEntries((asked ?? byDefault).flatMap((name) => (name in all ? [[name, all[name]]] : [])));
}

export interface Condition {
  readonly field: string;
  readonly value: string;
}

/** Conditions joined by `and`: `externalId eq '…'`. @returns undefined for anything else. */
export function conditionsOf(filter: string | null): readonly Condition[] | undefined {
  if (filter === null) return [];
  const parts = filter.split(/\s+and\s+/i).map((part) => /^\s*([\w/]+)\s+eq\s+'((?:[^']|'')*)'\s*$/.exec(part));
  const conditions: Condition[] = [];
  for (const part of parts) {
    const [, field, value] = part ?? [];
    if (field === undefined || value === undefined) return undefined;
    conditions.push({ field, value: value.replaceAll("''", "'") });
  }
  return conditions;
}

/** One page, with the address of the next where there is one. `$top` is 100 unless told. */
export function pageOf(all: readonly Json[], address: URL, cap: number): JsonObject {
  const query = address.searchParams;
  const top = Math.min(Number(query.get('$top') ?? 100), cap);
  const skip = Number(query.get('$skiptoken') ?? 0);
  const next = new URL(address);
  next.searchParams.set('$skiptoken', String(skip + top));
  return {
    value: all.slice(skip, skip + top),
    ...(skip + top < all.length && { '@odata.nextLink': next.href }),
  };
}
