const MAC = /^[0-9a-f]{64}$/;
/** At the end of a line, as it stands in what `verify` says, in a CSV, or in a list. */
const AT_END_OF_LINE = /(?:^|[\s,])"?([0-9a-f]{64})"?[ \t]*\r?$/gm;
const IN_JSON = /"mac":\s*"([0-9a-f]{64})"/g;

/** A head, copied from a receipt or from what `verify` said. */
export const isHead = (text: string): boolean => MAC.test(text.trim().toLowerCase());

/**
 * What an anchor file holds: heads, one at the end of a line, whatever stands before it; or the MACs of an export.
 * A digest inside an exported detail is none.
 */
export function anchorsIn(text: string): ReadonlySet<string> {
  const pattern = text.trimStart().startsWith('[') ? IN_JSON : AT_END_OF_LINE;
  return new Set(Array.from(text.matchAll(pattern), ([, mac = '']) => mac));
}
