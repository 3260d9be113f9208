import { z } from 'zod';
import type { PointName } from '../services/requests/following-up/open-points.ts';
import { LANGUAGES, type Language } from './texts/texts.ts';

const CustomerOf = { customerId: z.guid().toLowerCase(), nonce: z.string().max(100) };
const RequestOf = { requestId: z.guid().toLowerCase(), nonce: z.string().max(100) };
const HoldingOf = { ...CustomerOf, holdingId: z.string().min(1).max(200) };
const UndoneOf = { ...RequestOf, holdingId: HoldingOf.holdingId.optional() };
/** What somebody typed; how long it may be is the services' to say, in words. */
const typed = z.string().max(10_000);
const BatchOf = { batchId: z.guid().toLowerCase(), nonce: z.string().max(100) };
const Page = z.coerce.number().int().min(0).max(100_000);
/** What the customer is chosen for, where it is not a removal. */
const PickFor = z.enum(['watch.start', 'dry-run.show']);
export type PickFor = z.output<typeof PickFor>;
const Picker = { then: PickFor.optional() };
/** `reseller`: only among the customers of this indirect reseller, by its tenant id. */
const Listed = { ...Picker, reseller: z.guid().toLowerCase().optional() };
const LANGUAGE_TAGS = Object.keys(LANGUAGES) as [Language, ...Language[]];
/** What a removal can leave open. */
const POINTS = [
  ...(['delegated-admin', 'delegated-admin-unread', 'delegated-admin-left', 'delegated-admin-later'] as const),
  ...(['azure-roles', 'pending-orders', 'transfers', 'charges', 'suspended'] as const),
] as const satisfies readonly PointName[];
const ticked = z.enum(['true', 'false']).optional();

/** Which of somebody's requests are listed. */
const RequestFilter = z.enum(['open', 'waiting', 'ended']);
export type RequestFilter = z.output<typeof RequestFilter>;
export const REQUEST_FILTERS: readonly RequestFilter[] = RequestFilter.options;

/**
 * Every button the bot puts on a card, and what each one sends back. A card carries ids and a nonce, never
 * decisions or names: what comes back is written by a client, so whoever handles it loads the rest from
 * the store.
 */
export const cardActions = {
  /** What can be written; changes nothing. */
  'help.show': z.object({}),

  /** Opens the choice of a customer. */
  'customer.pick': z.object({}),
  'customer.search': z.object({ ...Listed, search: typed.optional(), customer: typed.optional() }),
  'customer.page': z.object({ ...Listed, page: z.coerce.number().int().min(0).max(100_000) }),
  /** `customer` is what was chosen as-you-type, where the button names no customer itself. */
  'customer.choose': z.object({ ...Picker, customerId: z.guid().toLowerCase().optional(), customer: typed.optional() }),

  /** `page`: of the list of everything, the line with which it begins, counted from 1; none shows all at a glance. */
  'readiness.show': z.object({ ...CustomerOf, page: z.coerce.number().int().min(1).max(100_000).optional() }),
  'readiness.check': z.object(CustomerOf),
  'subscription.suspend': z.object(HoldingOf),
  'subscription.confirm-suspend': z.object(HoldingOf),
  /** `page`: of what is named, from 0. */
  'subscription.reactivate': z.object({ ...HoldingOf, page: Page.optional() }),
  'subscription.confirm-reactivate': z.object(HoldingOf),
  'subscription.auto-renew-off': z.object(HoldingOf),
  'subscription.confirm-auto-renew-off': z.object(HoldingOf),
  'legacy.suspend': z.object({ ...CustomerOf, page: Page.optional() }),
  'legacy.confirm-suspend': z.object(CustomerOf),

  /** `page`: of the list of everything, counted from 1; none shows what matters at a glance. */
  'dry-run.show': z.object({ ...CustomerOf, page: z.coerce.number().int().min(1).max(100_000).optional() }),
  'watch.start': z.object(CustomerOf),
  'watch.stop': z.object(CustomerOf),
  /** What somebody watches; a page of it, from 0. */
  'watches.list': z.object({ page: Page.optional() }),
  /** The same as `watch.stop`, and shows what is left of the list. */
  'watches.stop': z.object({ ...CustomerOf, page: Page.optional() }),

  'cancellation.form': z.object({ ...CustomerOf, holdingId: HoldingOf.holdingId.optional() }),
  /** `holdings`: what was chosen, each as `encodeURIComponent` writes it, with commas between. */
  'cancellation.send': z.object({
    ...CustomerOf,
    holdings: typed.optional(),
    reason: typed.optional(),
    domain: typed.optional(),
    ticket: typed.optional(),
    approver: typed.optional(),
  }),

  'removal.form': z.object(CustomerOf),
  'removal.send': z.object({
    ...CustomerOf,
    reason: typed.optional(),
    domain: typed.optional(),
    ticket: typed.optional(),
    approver: typed.optional(),
    notice: ticked,
    nextProvider: ticked,
    endDelegatedAdmin: ticked,
  }),

  /** Several customers at once. Shows how they stand, a page where one is named; changes nothing. */
  'batch.show': z.object({ ...BatchOf, page: Page.optional() }),
  'batch.check': z.object(BatchOf),
  /** Names what is suspended, page by page. */
  'batch.clear': z.object({ ...BatchOf, page: Page.optional() }),
  'batch.confirm-clear': z.object(BatchOf),
  'batch.form': z.object(BatchOf),
  /** All that was read of one of its customers; a page of it, from 0. Changes nothing. */
  'batch.customer': z.object({ ...BatchOf, customerId: CustomerOf.customerId, page: Page.optional() }),
  /** `count`: how many customers, as it was typed by hand. */
  'batch.send': z.object({
    ...BatchOf,
    reason: typed.optional(),
    count: typed.optional(),
    domain: typed.optional(),
    ticket: typed.optional(),
    approver: typed.optional(),
    notice: ticked,
    nextProvider: ticked,
    endDelegatedAdmin: ticked,
  }),
  'batch.stop': z.object(BatchOf),
  'batch.confirm-stop': z.object(BatchOf),
  /** Has the card of one of its requests come, for whoever asked. */
  'batch.open': z.object(RequestOf),
  /** The same for whoever decides, and the card that lists what they are asked to decide. */
  'list.open': z.object(RequestOf),
  'list.show': z.object({ ...BatchOf, page: Page.optional() }),

  /** What waits for somebody's decision, and what they have asked for; a page of it, from 0. */
  'requests.list': z.object({ filter: RequestFilter.optional(), page: Page.optional() }),

  /** Shows the present state to whoever asks; changes nothing, and is what cards refresh themselves with. `page` as above. */
  'request.show': z.object({ ...RequestOf, page: z.coerce.number().int().min(1).max(100_000).optional() }),
  'request.withdraw': z.object(RequestOf),
  'request.confirm-withdraw': z.object(RequestOf),
  'request.continue': z.object(RequestOf),
  /** By somebody whose own token carries it out. */
  'request.sign-in': z.object(RequestOf),
  'request.go-on': z.object(RequestOf),
  'request.remove': z.object(RequestOf),
  'request.confirm-remove': z.object(RequestOf),
  /** By an auditor, where nobody knows the outcome. */
  'request.close': z.object(RequestOf),
  'request.confirm-close': z.object({ ...RequestOf, reason: typed.optional() }),
  /** One of what a request has left suspended, or all of it. */
  'request.reactivate': z.object({ ...UndoneOf, page: Page.optional() }),
  'request.confirm-reactivate': z.object(UndoneOf),

  /** Something that stays open after a removal was seen to, or was not after all. */
  'request.tick': z.object({ ...RequestOf, point: z.enum(POINTS) }),
  'request.untick': z.object({ ...RequestOf, point: z.enum(POINTS) }),

  /** The receipt as a file, to be filed. */
  'request.pdf': z.object(RequestOf),
  /** A text for the customer, in a language of theirs; changes nothing. */
  'request.notice': z.object({ ...RequestOf, language: z.enum(LANGUAGE_TAGS).optional() }),

  /** A page of the record of a request, 0 the newest, which none means too; changes nothing. */
  'audit.show': z.object({ ...RequestOf, page: z.coerce.number().int().min(0).max(100_000).optional() }),

  /**
   * What is found in all of the record; days are days of UTC, `to` is the last one, and `after` the place to go on from. `anyId`: of
   * whomever or whatever it is.
   */
  'audit.search': z.object({
    anyId: z.guid().toLowerCase().optional(),
    requestId: z.guid().toLowerCase().optional(),
    customerId: z.guid().toLowerCase().optional(),
    personId: z.guid().toLowerCase().optional(),
    from: z.iso.date().optional(),
    to: z.iso.date().optional(),
    after: z.string().max(300).optional(),
  }),

  'approval.approve': z.object(RequestOf),
  'approval.confirm-approve': z.object({ ...RequestOf, comment: typed.optional() }),
  'approval.decline': z.object(RequestOf),
  'approval.pass': z.object(RequestOf),
  /** `instead`: of whom, where more than one is asked. */
  'approval.confirm-pass': z.object({ ...RequestOf, approver: typed.optional(), instead: typed.optional() }),
  'approval.confirm-decline': z.object({ ...RequestOf, reason: typed.optional() }),
} as const;

export type Verb = keyof typeof cardActions;
export type ActionData<V extends Verb> = z.output<(typeof cardActions)[V]>;
/** A pressed button after its data was read. */
export type PressedButton = { readonly [V in Verb]: { readonly verb: V; readonly data: ActionData<V> } }[Verb];

/** Verbs that decide or start something that cannot be taken back: they act as Execute only, never as Submit. */
export const DECIDING_VERBS: ReadonlySet<Verb> = new Set([
  'subscription.confirm-suspend',
  'subscription.confirm-reactivate',
  'subscription.confirm-auto-renew-off',
  'legacy.confirm-suspend',
  'removal.send',
  'cancellation.send',
  'batch.confirm-clear',
  'batch.send',
  'batch.confirm-stop',
  'request.confirm-withdraw',
  'request.continue',
  'request.sign-in',
  'request.confirm-remove',
  'request.confirm-close',
  'request.confirm-reactivate',
  'approval.confirm-approve',
  'approval.confirm-decline',
  'approval.confirm-pass',
]);

export const isVerb = (verb: unknown): verb is Verb => typeof verb === 'string' && Object.hasOwn(cardActions, verb);

/** @returns `undefined` when the verb is none of ours, or the data is not what its button holds. */
export function readButton(verb: unknown, data: unknown): PressedButton | undefined {
  if (!isVerb(verb)) return undefined;
  const parsed = cardActions[verb].safeParse(data);
  return parsed.success ? ({ verb, data: parsed.data } as PressedButton) : undefined;
}

/** What a button holds before the person fills in the card's own inputs. */
type Prefilled<V extends Verb> = Partial<z.input<(typeof cardActions)[V]>>;
export type ButtonStyle = 'positive' | 'destructive';

export interface ExecuteAction {
  readonly type: 'Action.Execute';
  readonly title: string;
  readonly verb: Verb;
  readonly data: Readonly<Record<string, unknown>>;
  readonly style?: ButtonStyle;
  /** `none`: the card's inputs are neither checked nor sent. */
  readonly associatedInputs?: 'none';
  readonly fallback: {
    readonly type: 'Action.Submit';
    readonly title: string;
    readonly data: Readonly<Record<string, unknown>>;
    readonly associatedInputs?: 'none';
  };
}

/** `inputs` is for buttons that send what was filled in; all others leave the card's inputs alone. */
export function execute<V extends Verb>(
  verb: V,
  title: string,
  data: Prefilled<V>,
  look: { readonly style?: ButtonStyle; readonly inputs?: boolean } = {},
): ExecuteAction {
  const sent = { verb, ...data };
  const rest = look.inputs === true ? {} : ({ associatedInputs: 'none' } as const);
  return {
    type: 'Action.Execute',
    title,
    verb,
    data: sent,
    ...(look.style && { style: look.style }),
    ...rest,
    fallback: { type: 'Action.Submit', title, data: sent, ...rest },
  };
}
