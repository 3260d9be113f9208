import { AuditTrail } from './audit-trail.ts';
import { MovableClock } from './clock.ts';
import type { Customer } from './customer.ts';
import { settle } from './lifecycle.ts';
import { generateCustomers } from '../scenarios/generator.ts';
import { scenarioNamed } from '../scenarios/scenarios.ts';
import { Switches, type SwitchSettings } from './switches.ts';

export interface WorldOptions {
  readonly scenario?: string | undefined;
  /** At least so many customers: what the scenario does not bring is generated. */
  readonly customers?: number | undefined;
  /** Of the scenario's customers only these, by the first part of their domain (all of them). */
  readonly only?: readonly string[] | undefined;
  readonly seed?: number | undefined;
}

/** Everything on Partner Center's side: the customers, the clock, how the service behaves today. */
export class World {
  readonly clock: MovableClock;
  readonly audit: AuditTrail;
  switches: Switches = Switches.parse({});
  scenario = '';
  /** Called whenever the world starts again, so that nothing of the old one is left elsewhere. */
  readonly resetListeners = new Set<() => void>();
  readonly #defaults: SwitchSettings;
  #customers: Customer[] = [];
  #byId = new Map<string, Customer>();

  /** @throws {Error} when there is no scenario of that name. */
  constructor(now: () => Date, options: WorldOptions, defaults: SwitchSettings = {}) {
    this.clock = new MovableClock(now);
    this.audit = new AuditTrail(this.clock);
    this.#defaults = defaults;
    this.reset(options);
  }

  /** Starts again: same names and ids, nothing of what happened since. */
  reset({ scenario = 'everyday', customers, only, seed = 1 }: WorldOptions = {}): void {
    const { build } = scenarioNamed(scenario);
    this.clock.reset();
    const now = this.clock.now();
    const all = build({ now, customers, seed });
    const named = only === undefined ? all : all.filter(({ domain }) => only.includes(domain.split('.')[0] ?? ''));
    const missing = Math.max(0, (customers ?? 0) - named.length);
    this.#customers = [...named, ...generateCustomers(missing, { now, seed })];
    this.#byId = new Map(this.#customers.map((customer) => [customer.id.toLowerCase(), customer]));
    this.scenario = scenario;
    this.switches = Switches.parse(this.#defaults);
    this.audit.clear();
    for (const listener of this.resetListeners) listener();
  }

  /**
   * Turns these switches and puts all others back.
   *
   * @throws {Error} when there is no such switch or setting.
   */
  setSwitches(settings: SwitchSettings | Readonly<Record<string, unknown>>): void {
    this.switches = Switches.parse({ ...this.#defaults, ...settings });
  }

  /** In the order in which the list shows them, removed ones included. */
  get customers(): readonly Customer[] {
    return this.#customers;
  }

  /** The customer as it is now: terms have ended, delayed changes have arrived. */
  customer(id: string): Customer | undefined {
    const customer = this.#byId.get(id.toLowerCase());
    if (customer !== undefined) this.settle(customer);
    return customer;
  }

  settle(customer: Customer): void {
    settle(customer, this);
  }

  /** Whether `GET /customers` shows it: a removed one stays for a while. */
  isListed({ removed, relationship }: Customer): boolean {
    if (removed === undefined) return relationship !== 'none';
    return this.clock.elapsedMs(removed) < this.switches.staleListMs;
  }

  /** Whether calls about this customer are still answered. */
  isReachable(customer: Customer): boolean {
    if (customer.relationship !== 'none') return true;
    return this.switches.afterRemoval === 'refused-when-unlisted' && this.isListed(customer);
  }
}
