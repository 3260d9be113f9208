import { z } from 'zod';
import type { Customer } from '../world/customer.ts';
import { gdapOf } from '../world/gdap-relationships.ts';
import { HoldingsBuilder } from '../world/holdings-builder.ts';
import { sameId } from '../world/ids.ts';
import { completeTransfer } from '../world/purchases.ts';
import type { Subscription } from '../world/records.ts';
import type { World } from '../world/world.ts';

const HoldingClass = z.enum([
  'legacy-licence',
  'legacy-add-on',
  'legacy-azure',
  'new-commerce-licence',
  'new-commerce-trial',
  'software-subscription',
  'marketplace',
  'azure-plan',
  'savings-plan',
]);

/** A change behind the caller's back. Names of classes are those of `GET /_state`. */
export const WorldChange = z.strictObject({
  customerId: z.string(),
  addSubscription: z
    .strictObject({
      class: HoldingClass,
      offerName: z.string().optional(),
      id: z.guid().optional(),
      quantity: z.int().min(1).optional(),
      status: z.string().optional(),
      startedDaysAgo: z.number().optional(),
      term: z.string().optional(),
      autoRenewEnabled: z.boolean().optional(),
      /** The id of the base, for an add-on. */
      parentId: z.string().optional(),
      partnerId: z.string().optional(),
      /** Statuses of the Azure subscriptions under an Azure plan. */
      azure: z.array(z.enum(['active', 'inactive'])).optional(),
    })
    .optional(),
  setSubscription: z
    .strictObject({
      id: z.string(),
      status: z.string().optional(),
      quantity: z.int().min(0).optional(),
      friendlyName: z.string().optional(),
      autoRenewEnabled: z.boolean().optional(),
      cancelAtEndOfTerm: z.boolean().optional(),
      statusDelayMs: z.int().min(0).optional(),
      termEnd: z.iso.datetime().optional(),
      /** `null` closes the window for good. */
      cancellableUntil: z.iso.datetime().nullable().optional(),
      /** Sets all Azure subscriptions under an Azure plan. */
      azureStatus: z.enum(['active', 'inactive']).optional(),
    })
    .optional(),
  removeSubscription: z.string().optional(),
  rename: z.string().optional(),
  domain: z.string().optional(),
  addEntitlement: z
    .strictObject({
      type: z.enum(['reservation', 'perpetual-software']),
      name: z.string().optional(),
      quantity: z.int().min(0).optional(),
      startedDaysAgo: z.number().optional(),
      /** More lines of the same order of perpetual software. */
      also: z.array(z.string()).optional(),
    })
    .optional(),
  /** Adds a transfer of these subscriptions, or of all. */
  addTransfer: z
    .strictObject({ status: z.string().optional(), subscriptionIds: z.array(z.string()).optional() })
    .optional(),
  /** What becomes of the open transfers: what accepted ones name leaves this partner. */
  completeTransfers: z.boolean().optional(),
  cancelTransfers: z.boolean().optional(),
  addOrder: z.strictObject({ name: z.string().optional(), status: z.string().optional() }).optional(),
  addGdap: z.strictObject({ displayName: z.string().optional(), status: z.string().optional() }).optional(),
  relationship: z.enum(['reseller', 'advisor', 'none']).optional(),
});
export type WorldChange = z.output<typeof WorldChange>;

/** @returns what could not be found, or undefined when the change was made. */
export function changeWorld(world: World, change: WorldChange): string | undefined {
  const customer = world.customer(change.customerId);
  if (customer === undefined) return `There is no customer ${change.customerId}.`;
  const { holdings } = customer;
  const find = (id: string): Subscription | undefined => holdings.subscriptions.find((one) => sameId(one.id, id));
  for (const id of [change.setSubscription?.id, change.removeSubscription, change.addSubscription?.parentId])
    if (id !== undefined && find(id) === undefined) return `The customer has no subscription ${id}.`;

  if (change.rename !== undefined) customer.companyName = change.rename;
  if (change.domain !== undefined) customer.domain = change.domain;
  if (change.relationship !== undefined) {
    customer.relationship = change.relationship;
    customer.removed = undefined;
  }
  addHoldings(world, customer, change);
  if (change.setSubscription) {
    const { id, ...fields } = change.setSubscription;
    const subscription = find(id);
    if (subscription) setSubscription(subscription, fields, world.clock.now());
  }
  const taken = change.removeSubscription === undefined ? undefined : find(change.removeSubscription);
  if (taken !== undefined) holdings.subscriptions.splice(holdings.subscriptions.indexOf(taken), 1);
  settleTransfers(world, customer, change);
  return undefined;
}

function settleTransfers(
  { clock }: World,
  { holdings }: Customer,
  { completeTransfers, cancelTransfers }: WorldChange,
): void {
  for (const transfer of holdings.transfers.filter(({ status }) => status === 'Active'))
    if (completeTransfers === true) completeTransfer(holdings, transfer, clock.now());
    else if (cancelTransfers === true) transfer.status = 'Cancel';
}

function addHoldings(world: World, customer: Customer, change: WorldChange): void {
  const { holdings } = customer;
  const made = holdings.subscriptions.length + holdings.orders.length + holdings.transfers.length;
  const builder = new HoldingsBuilder(customer.id, world.clock.now(), holdings, 1_000 + made);
  if (change.addSubscription) {
    const { class: holding, offerName, parentId, azure, ...options } = change.addSubscription;
    const parent = holdings.subscriptions.find(({ id }) => parentId !== undefined && sameId(id, parentId));
    const given = { ...present(options), ...(parent && { parent }) };
    if (holding === 'azure-plan') builder.azurePlan(azure ?? [], given);
    else builder.subscription(holding, offerName, given);
  }
  if (change.addEntitlement) {
    const { type, name, quantity = 1, startedDaysAgo = 100, also = [] } = change.addEntitlement;
    if (type === 'reservation')
      builder.reservation(name ?? 'Reserved_VM_Standard_D2s_v5', { quantity, startedDaysAgo });
    else
      builder.perpetualSoftware(name ?? 'Windows Server Standard', { quantity, boughtDaysAgo: startedDaysAgo, also });
  }
  if (change.addTransfer) {
    const { status, subscriptionIds } = change.addTransfer;
    const moving = holdings.subscriptions.filter(({ id }) => subscriptionIds?.some((one) => sameId(one, id)) ?? true);
    builder.transfer(moving, status);
  }
  if (change.addOrder) builder.pendingOrder(change.addOrder.name ?? 'Microsoft 365 E3', change.addOrder.status);
  if (change.addGdap) {
    const name = change.addGdap.displayName ?? `Support ${customer.gdap.length + 1}`;
    customer.gdap.push(gdapOf(customer.id, name, world.clock.now(), change.addGdap.status));
  }
}

function setSubscription(
  subscription: Subscription,
  { termEnd, cancellableUntil, azureStatus, ...fields }: Omit<NonNullable<WorldChange['setSubscription']>, 'id'>,
  now: Date,
): void {
  if (fields.status !== undefined && fields.status !== subscription.status) subscription.statusSince = now;
  Object.assign(subscription, present(fields));
  if (termEnd !== undefined) subscription.termEnd = new Date(termEnd);
  if (cancellableUntil !== undefined)
    subscription.cancellableUntil = cancellableUntil === null ? undefined : new Date(cancellableUntil);
  if (azureStatus !== undefined)
    for (const azure of subscription.azure) {
      azure.status = azureStatus;
      azure.cancelledAt = undefined;
    }
  subscription.version += 1;
}

type Present<T> = { [Key in keyof T]?: Exclude<T[Key], undefined> };

/** The same without members that are `undefined`. */
const present = <T extends object>(fields: T): Present<T> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Present<T>;
