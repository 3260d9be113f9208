import { z } from 'zod';
import { DAY_MS, MINUTE_MS } from './clock.ts';

/** How the service behaves where Partner Center's behaviour varies, is undocumented, or is to be tried. */
export const Switches = z.strictObject({
  /** Writes `code` as a number, as captured answers do, not as text, as documented. */
  numericCodes: z.boolean().default(false),
  /** Writes GUIDs in capitals in collections and in small letters elsewhere. */
  mixedCaseIds: z.boolean().default(false),
  /** Answers subscription changes with PascalCase keys. */
  pascalCaseAnswers: z.boolean().default(false),
  /** Says this instead of `active`. */
  unknownStatus: z.string().min(1).nullable().default(null),
  /** Takes every caller for an application without a user. */
  appOnly: z.boolean().default(false),
  /** Takes every user's token for one made without multifactor authentication. */
  noMfa: z.boolean().default(false),
  /** Whether such a token is refused, or only reported when `ValidateMfa` asks. */
  mfaEnforced: z.boolean().default(true),
  /** Refuses calls without a bearer token. */
  requireToken: z.boolean().default(false),
  /** Above 0, status changes are answered 202 and seen only after this time. */
  statusDelayMs: z.int().min(0).default(0),
  /** Whether members that a change leaves out count as off, so that a thin body ends renewal and drops instructions. */
  thinBodyResets: z.boolean().default(true),
  /** What a legacy subscription's old etag is answered: 400/2055, as documented for it, or 412, as for etags in general. */
  staleEtag: z.enum(['2055', '412']).default('2055'),
  /** Whether suspending new commerce turns its renewal off and drops what was scheduled for the next term. */
  suspensionEndsRenewal: z.boolean().default(true),
  /** How long after the end of a term new commerce is renewed; until then its status and renewal cannot be changed. */
  renewalWindowMs: z.int().min(0).max(DAY_MS).default(0),
  /** How long the list still shows a customer that was removed. */
  staleListMs: z.int().min(0).default(4_000),
  /** When customer-scoped calls start to be refused after a removal. */
  afterRemoval: z.enum(['refused-at-once', 'refused-when-unlisted']).default('refused-at-once'),
  /** What a second removal is answered: 403/20002 or 400/3000. */
  secondRemoval: z.enum(['20002', '3000']).default('20002'),
  /** Whether a change repeated under the same `MS-RequestId` is answered again instead of being done again. */
  repeatedRequestId: z.enum(['honours', 'ignores']).default('honours'),
  /** Whether a suspended new-commerce subscription prevents removal. */
  nceSuspendedBlocks: z.boolean().default(true),
  /** Whether perpetual software that can no longer be cancelled prevents removal. */
  oldPerpetualSoftwareBlocks: z.boolean().default(true),
  /** Whether a new-commerce term that ends unrenewed goes on as a paid monthly extension. */
  extendedServiceTerm: z.boolean().default(true),
  /** Whether add-ons suspended with their base come back with it. */
  addOnsFollowReactivation: z.boolean().default(true),
  azureCancelMs: z
    .int()
    .min(0)
    .default(10 * MINUTE_MS),
  /** How long a cancelled software order still looks as before. */
  orderCancelDelayMs: z.int().min(0).default(0),
  auditDelayMs: z.int().min(0).default(0),
  gdapTerminationMs: z.int().min(0).default(2_000),
  /** Whether removing the relationship ends granular delegated administration too. */
  gdapEndsWithRemoval: z.boolean().default(false),
  /** Direct-bill partners may not ask for a customer's resellers. */
  partnerType: z.enum(['direct', 'indirect-provider']).default('direct'),
  /** In the integration sandbox a removal deletes the customer. */
  environment: z.enum(['production', 'sandbox']).default('production'),
  /** Calls a minute for one customer, or for the partner's own resources; above it the gateway answers 429. */
  requestsPerMinute: z.int().min(1).nullable().default(null),
});
export type Switches = z.output<typeof Switches>;
export type SwitchSettings = z.input<typeof Switches>;
