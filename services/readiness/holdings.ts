import type { CustomerId } from '../ids.ts';
import { meaningOf } from '../partner-center/known-codes.ts';
import type { DelegatedAdminRelationship } from '../partner-center/delegated-admin.ts';
import type {
  AzureEntitlement,
  CallIds,
  Customer,
  Entitlement,
  Order,
  PartnerCenterFault,
  Reseller,
  Subscription,
  Transfer,
  TransferEligibility,
} from '../partner-center/partner-center.ts';

/** Where the facts about a customer come from. Each is read by itself and may fail by itself. */
export type SourceName = 'customer' | 'subscriptions' | 'entitlements' | 'azure-entitlements' | 'orders' | 'transfers';

/** What is only worth knowing: where it cannot be read, that is said, and nothing more comes of it. */
export type NoteSourceName = 'delegated-admin' | 'resellers' | 'transfer-eligibility';

/** What one source answered. A source that could not be read is not an empty one. */
export type Source<T> =
  | { readonly kind: 'read'; readonly value: T }
  | {
      readonly kind: 'unread';
      readonly fault: PartnerCenterFault;
      readonly ids: CallIds;
      readonly status?: number;
      readonly code?: string;
      /** How long the service asked to stay away. */
      readonly retryAfterMs?: number;
    };

/** Everything that one reading of a customer brought, as Partner Center said it. */
export interface Holdings {
  readonly customerId: CustomerId;
  readonly readAt: string;
  readonly customer: Source<Customer>;
  readonly subscriptions: Source<readonly Subscription[]>;
  readonly entitlements: Source<readonly Entitlement[]>;
  /** By the id of the Azure plan (a subscription). */
  readonly azureEntitlements: ReadonlyMap<string, Source<readonly AzureEntitlement[]>>;
  readonly orders: Source<readonly Order[]>;
  readonly transfers: Source<readonly Transfer[]>;
  /** Missing where nobody asked: nothing is active that could move to another partner. */
  readonly transferEligibility?: Source<readonly TransferEligibility[]>;
  /** Missing where nobody asked: there is no Microsoft Graph to ask. */
  readonly delegatedAdmin?: Source<readonly DelegatedAdminRelationship[]>;
  /** Missing where nobody asked: only indirect providers have resellers. */
  readonly resellers?: Source<readonly Reseller[]>;
}

/** Why a source could not be read, as far as it is told. */
export function whyUnread(source: Extract<Source<unknown>, { readonly kind: 'unread' }>) {
  const { fault, status, code, ids, retryAfterMs } = source;
  const meaning = meaningOf(status, code);
  return {
    fault,
    ...(meaning !== undefined && { meaning }),
    ids,
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  };
}
