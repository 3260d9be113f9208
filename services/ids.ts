import { randomUUID } from 'node:crypto';

declare const brand: unique symbol;
type Branded<Name extends string> = string & { readonly [brand]?: Name };

/** The customer's Microsoft Entra tenant id, a GUID in lower case. */
export type CustomerId = Branded<'customer'>;
/** A person's Entra object id (`aadObjectId`), a GUID in lower case. */
export type UserId = Branded<'user'>;
/** A request of ours, a GUID. */
export type RequestId = Branded<'request'>;
/** What a customer holds: the id of a subscription, or of an order line for an entitlement. */
export type HoldingId = Branded<'holding'>;

/** Makes a new GUID. Comes from outside, so that a test can foresee it. */
export type NewId = () => string;
export const newGuid: NewId = () => randomUUID();

const GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
export const isGuid = (text: string): boolean => GUID.test(text);
/** Partner Center writes one GUID in different cases; ours are lower case, so that they compare. */
export const sameCase = (guid: string): string => guid.toLowerCase();
