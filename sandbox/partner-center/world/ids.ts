import { hash } from 'node:crypto';

/** Every id is made from what it names, so that a scenario has the same ids at every start. */
const digest = (parts: readonly (string | number)[], encoding: 'hex' | 'base64url'): string =>
  hash('sha256', parts.join('\u0000'), encoding);

/** A GUID of version 4's form. */
export function guidOf(...parts: readonly (string | number)[]): string {
  const hex = digest(parts, 'hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** The long kind of order id: 33 characters, ending in 1. Source: "Order resources". */
export const orderIdOf = (...parts: readonly (string | number)[]): string =>
  `${digest(['order', ...parts], 'base64url').slice(0, 32)}1`;

/** The short kind of order id, `alternateId` of an order: twelve hex digits. */
export const alternateIdOf = (...parts: readonly (string | number)[]): string =>
  digest(['alternate', ...parts], 'hex').slice(0, 12);

/** A catalogue id such as `CFQ7` and eight more characters. */
export const productIdOf = (prefix: string, ...parts: readonly (string | number)[]): string =>
  prefix +
  digest(['product', ...parts], 'hex')
    .toUpperCase()
    .slice(0, 12 - prefix.length);

export const isGuid = (text: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);

/** GUIDs in any case of letters name the same thing. */
export const sameId = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();
