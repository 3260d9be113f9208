import {
  PartnerCenterError,
  type Customer,
  type PartnerCenter,
  type PartnerCenterFault,
  type Reseller,
} from '../../../services/partner-center/partner-center.ts';
import { contoso, subscriptions } from './holdings-of.ts';

export const faultOf = (
  fault: PartnerCenterFault,
  answer: { readonly status?: number; readonly code?: string } = {},
): PartnerCenterError =>
  new PartnerCenterError(fault, { operation: 'test', ids: { requestId: 'r', correlationId: 'c' } }, answer);

/** Partner Center in memory, reads only. Each call can be made to fail, and is written down. */
export class FakePartnerCenter implements Pick<PartnerCenter, 'customers'> {
  readonly calls: string[] = [];
  readonly failing = new Map<string, Error>();
  customersNow: readonly Customer[] = [contoso];
  resellersNow: readonly Reseller[] = [];
  /** Answers are held back until this is resolved. */
  held: Promise<void> = Promise.resolve();
  running = 0;
  mostAtOnce = 0;

  /** What a service takes it for: the calls that are not faked here fail as programming errors. */
  get port(): PartnerCenter {
    return this as unknown as PartnerCenter;
  }

  async #answer<T>(call: string, value: () => T): Promise<T> {
    this.calls.push(call);
    this.running++;
    this.mostAtOnce = Math.max(this.mostAtOnce, this.running);
    try {
      await this.held;
      const error = this.failing.get(call);
      if (error !== undefined) throw error;
      return value();
    } finally {
      this.running--;
    }
  }

  customers({ continuation = '0' }: { readonly continuation?: string }) {
    return this.#answer('customers', () => ({
      customers: this.customersNow.slice(Number(continuation), Number(continuation) + 1),
      ...(Number(continuation) + 1 < this.customersNow.length && { continuation: String(Number(continuation) + 1) }),
    }));
  }
  customersStartingWith(field: string, value: string): Promise<readonly Customer[]> {
    return this.#answer(field, () =>
      this.customersNow.filter(({ companyName, domain }) =>
        (field === 'Domain' ? domain : companyName).toLowerCase().startsWith(value.toLowerCase()),
      ),
    );
  }
  indirectResellers(): Promise<readonly Reseller[]> {
    return this.#answer('indirectResellers', () => this.resellersNow);
  }
  customersOfReseller(id: string): Promise<readonly Customer[]> {
    return this.#answer(`customersOf:${id}`, () => this.customersNow);
  }
  customer(id: string): Promise<Customer> {
    return this.#answer('customer', () => {
      const customer = this.customersNow.find((one) => one.id === id);
      if (customer === undefined) throw faultOf('forbidden', { status: 403, code: '20002' });
      return customer;
    });
  }
  subscriptions() {
    return this.#answer('subscriptions', () => [
      subscriptions.legacyLicence,
      subscriptions.azurePlan,
      { ...subscriptions.azurePlan, id: 'plan-2' },
    ]);
  }
  entitlements() {
    return this.#answer('entitlements', () => []);
  }
  azureEntitlements(_id: string, planId: string) {
    return this.#answer(`azure:${planId}`, () => [{ id: 'a', friendlyName: 'x', status: 'active' }]);
  }
  orders() {
    return this.#answer('orders', () => []);
  }
  transfers() {
    return this.#answer('transfers', () => []);
  }
}
