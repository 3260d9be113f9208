import type { Instant } from '../clock.ts';
import type { CustomerId, HoldingId } from '../ids.ts';
import type { Meaning } from '../partner-center/known-codes.ts';
import type { CallIds, Customer, PartnerCenterFault } from '../partner-center/partner-center.ts';
import type { NoteSourceName, SourceName } from './holdings.ts';

/** What a customer can hold, as Partner Center's own documents tell it apart. */
export type HoldingClass =
  | 'legacy-licence'
  | 'legacy-add-on'
  | 'legacy-azure'
  | 'new-commerce-licence'
  | 'new-commerce-trial'
  | 'software-subscription'
  | 'perpetual-software'
  | 'marketplace'
  | 'azure-plan'
  | 'savings-plan'
  | 'reservation'
  | 'unknown';

/** What clears a blocker. */
export type Remedy =
  /** Here, from chat; can be taken back. */
  | { readonly kind: 'suspend' }
  /** Goes when its base subscription is suspended. */
  | { readonly kind: 'with-parent'; readonly parentId: HoldingId; readonly parentName: string }
  /** Here, from chat, once it is approved; until that moment only, and not to be taken back. */
  | { readonly kind: 'cancel'; readonly until: Instant; readonly by: CancelledBy }
  /** The customer's next partner creates a transfer, and we accept it in Partner Center. */
  | { readonly kind: 'transfer' }
  | { readonly kind: 'elsewhere'; readonly where: 'azure-portal' | 'partner-center' }
  /** `billingEnds`: whether it is known that waiting by itself ends billing; new commerce goes on monthly unless told to stop at the end of the term, which no field says. */
  | { readonly kind: 'wait'; readonly until: Instant; readonly billingEnds: boolean }
  | { readonly kind: 'support' };

/** Where a purchase is cancelled: `status: deleted` on the subscription, or its line of the order. */
export type CancelledBy = 'subscription' | 'order';

/** What can be done with one holding from chat. */
export type StepAction = 'suspend' | 'reactivate' | 'auto-renew-off' | 'cancel';

/** One step that can be taken from chat today. */
export interface Offer {
  readonly action: StepAction;
  readonly holdingId: HoldingId;
  readonly class: HoldingClass;
  /** Foreign text. */
  readonly name: string;
  readonly quantity: number;
  /** Whether it takes away what stands in the way: suspending new commerce does not. */
  readonly clears: boolean;
  /** The end of the running term, up to which it is billed. */
  readonly billedUntil?: Instant;
  /** The last moment, where there is one. */
  readonly until?: Instant;
  /** What is cancelled, where it is not the subscription itself. */
  readonly order?: OrderLineToCancel;
  /** What goes with it: the active add-ons of a base that is suspended. */
  readonly addOns?: readonly AddOn[];
}

/** An add-on that is suspended with its base. */
export interface AddOn {
  readonly holdingId: HoldingId;
  /** Foreign text. */
  readonly name: string;
  readonly quantity: number;
}

/** One line of an order. @see "Cancel software purchases" */
export interface OrderLineToCancel {
  readonly orderId: string;
  readonly lineItemNumber: number;
  readonly offerId: string;
}

/** One line of the list that people see. */
export type Line =
  | {
      readonly group: 'blocks' | 'may-block' | 'to-know';
      readonly kind: 'holding';
      readonly holdingId: HoldingId;
      readonly class: HoldingClass;
      /** Foreign text. */
      readonly name: string;
      readonly quantity: number;
      /** As the service says it. */
      readonly status: string;
      /** The first one is what we would do. */
      readonly remedies: readonly Remedy[];
      readonly billedUntil?: Instant;
      /** Active Azure subscriptions under an Azure plan. */
      readonly activeAzure?: number;
      /** Why it cannot move to another partner just now, as the service says it. Foreign text. */
      readonly notTransferable?: string;
    }
  | {
      readonly group: 'blocks';
      readonly kind: 'unread';
      readonly source: SourceName;
      readonly fault: PartnerCenterFault;
      /** What the service's code means, where it is known. */
      readonly meaning?: Meaning;
      readonly ids: CallIds;
      /** How long the service asked to stay away. */
      readonly retryAfterMs?: number;
    }
  /** The list names another relationship than that of a reseller. */
  | { readonly group: 'blocks'; readonly kind: 'not-a-reseller'; readonly relationship: string }
  | {
      readonly group: 'to-know';
      readonly kind: 'pending-order';
      readonly holdingId: HoldingId;
      readonly status: string;
    }
  | {
      readonly group: 'to-know';
      readonly kind: 'transfer';
      readonly holdingId: HoldingId;
      readonly status: string;
      readonly count: number;
      /** Foreign text. */
      readonly items?: readonly string[];
      /** The partner that takes over. Foreign text. */
      readonly to?: string;
    }
  /** Granular delegated admin relationships that are not over; removal does not end them. Foreign text. */
  | { readonly group: 'to-know'; readonly kind: 'delegated-admin'; readonly names: readonly string[] }
  /** Resellers of ours through whom the customer buys: removal ends it for all of them. Foreign text. */
  | { readonly group: 'to-know'; readonly kind: 'resellers'; readonly names: readonly string[] }
  /** Azure role assignments outlive the relationship, and nothing here can see them. */
  | { readonly group: 'to-know'; readonly kind: 'azure-roles' }
  | {
      readonly group: 'to-know';
      readonly kind: 'unread-note';
      readonly source: NoteSourceName;
      readonly fault: PartnerCenterFault;
      /** What the service's code means, where it is known. */
      readonly meaning?: Meaning;
      readonly ids: CallIds;
      /** How long the service asked to stay away. */
      readonly retryAfterMs?: number;
    };

export type HoldingLine = Extract<Line, { readonly kind: 'holding' }>;

/** The one line that sums up. */
export type Verdict =
  | { readonly kind: 'clear' }
  /** `count` things can be cleared from chat, what goes with them not counted, and then nothing known stands in the way. */
  | {
      readonly kind: 'clear-here';
      readonly count: number;
      /** Of these, what is cancelled, and has to be approved first. */
      readonly cancellations?: number;
    }
  | { readonly kind: 'elsewhere'; readonly count: number }
  | {
      readonly kind: 'not-before';
      readonly date: Instant;
      readonly billingEnds: boolean;
      /** It can be sooner, where what is waited for moves to the customer's next partner. */
      readonly orTransfer?: true;
    }
  | { readonly kind: 'cannot-tell'; readonly sources: readonly SourceName[] };

/** What the manager's approval is bound to, one entry for each thing that matters. */
export type Facts = {
  readonly customerId: CustomerId;
  readonly domain: string;
  /** Partner ids of the resellers concerned, sorted. */
  readonly resellers: readonly string[];
  readonly holdings: readonly Fact[];
  readonly policyVersion: number;
};
export type Fact = {
  readonly id: string;
  readonly class: HoldingClass;
  readonly name: string;
  readonly quantity: number;
  readonly weight: 'blocks' | 'may-block' | 'nothing';
  /** As the service says it. Not part of what an approval is bound to: the weight is. */
  readonly status: string;
  readonly parentId?: string;
};

export interface Readiness {
  readonly customerId: CustomerId;
  readonly readAt: Instant;
  /** Missing when the customer itself could not be read. */
  readonly customer?: Customer;
  readonly verdict: Verdict;
  readonly lines: readonly Line[];
  /** What can be done from chat today. */
  readonly offers: readonly Offer[];
  readonly facts: Facts;
  readonly digest: string;
  /** Delegated administration that removal leaves as it is; missing where nobody asked. Stands in nobody's way. */
  readonly delegatedAdmin?:
    { readonly kind: 'read'; readonly live: readonly LiveDelegatedAdmin[] } | { readonly kind: 'unread' };
}

/** A granular delegated admin relationship that is not over, as far as it matters to whoever has it ended. */
export interface LiveDelegatedAdmin {
  readonly id: string;
  /** Foreign text. */
  readonly name: string;
  /** How many Entra roles it gives, where that is told. */
  readonly roles?: number;
  /** When it ends by itself, or would if it did not go on. */
  readonly endsAt?: Instant;
  readonly autoExtends: boolean;
}

/** What the operator decided about cases that Partner Center does not document. */
export interface ReadinessPolicy {
  readonly suspendedNewCommerce: 'blocks' | 'may-block';
  /** In the integration sandbox other purchases can be cancelled than in production. */
  readonly environment: 'production' | 'sandbox';
}

/** Raised with every change of the rules that could make an approved plan mean something else. */
export const POLICY_VERSION = 1;

/** How what is there now differs from what was approved. `worse` differences void an approval. */
export interface Drift {
  readonly worse: readonly DriftLine[];
  readonly better: readonly DriftLine[];
}
export type DriftLine =
  | { readonly kind: 'new'; readonly name: string; readonly class: HoldingClass; readonly quantity: number }
  | { readonly kind: 'more'; readonly name: string; readonly from: number; readonly to: number }
  | { readonly kind: 'less'; readonly name: string; readonly from: number; readonly to: number }
  | { readonly kind: 'blocks-now'; readonly name: string }
  | { readonly kind: 'blocks-less'; readonly name: string }
  | { readonly kind: 'gone'; readonly name: string }
  /** What was to be cancelled is there and cannot be cancelled any more. */
  | { readonly kind: 'not-cancellable'; readonly name: string }
  | { readonly kind: 'domain'; readonly from: string; readonly to: string }
  | { readonly kind: 'reseller'; readonly partnerId: string }
  | { readonly kind: 'policy'; readonly from: number; readonly to: number };
