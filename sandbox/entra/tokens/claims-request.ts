import { isObject, parseJson, type Json, type JsonObject } from '../../partner-center/json.ts';

/**
 * What a claims request asks of an access token, claim by claim.
 *
 * @see "Claims challenges, claims requests, and client capabilities"
 */
function askedOf(claims: string): ReadonlyMap<string, readonly string[]> {
  const request = parseJson(claims);
  const ofToken = isObject(request) ? request['access_token'] : undefined;
  if (!isObject(ofToken)) return new Map();
  return new Map(
    Object.entries(ofToken).flatMap(([name, wanted]) => {
      // `xms_cc` says what the client can do; it asks for nothing.
      if (name === 'xms_cc' || !isObject(wanted)) return [];
      return [[name, valuesIn(wanted)] as const];
    }),
  );
}

function valuesIn({ value, values }: JsonObject): string[] {
  const all: readonly Json[] = Array.isArray(values) ? values : [];
  return [...all, value].filter((one) => typeof one === 'string');
}

/** Every value asked for, as `acrs=c1`. */
export const valuesOf = (claims: string): string[] =>
  [...askedOf(claims)].flatMap(([name, values]) => values.map((value) => `${name}=${value}`));

/** Whether one value of each claim asked for is among those met. */
export const isMet = (claims: string, met: ReadonlySet<string>): boolean =>
  [...askedOf(claims)].every(
    ([name, values]) => values.length === 0 || values.some((value) => met.has(`${name}=${value}`)),
  );

/** The part of a claims request that is about the access token; clients add some about the ID token. */
export function ofAccessToken(claims: string): string {
  const request = parseJson(claims);
  return JSON.stringify({ access_token: isObject(request) ? request['access_token'] : undefined });
}
