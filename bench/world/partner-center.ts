import type { LogEntry } from '../../sandbox/partner-center/control/log.ts';
import { startProgram, type Program } from './program.ts';

interface State {
  readonly customers: readonly {
    readonly id: string;
    readonly subscriptions: readonly unknown[];
    readonly entitlements: readonly unknown[];
    readonly pendingOrders: readonly unknown[];
    readonly transfers: readonly unknown[];
    readonly gdap: readonly unknown[];
  }[];
}

/** The stand-in of Partner Center, in a process of its own, so that it takes no time of whoever measures. */
export interface PartnerCenterProcess {
  readonly url: string;
  /** How it behaves from now on. */
  behave(how: { readonly latencyMs?: number; readonly switches?: object }): Promise<void>;
  /** Customers that hold nothing, of the first so many. */
  clearCustomers(among: number): Promise<readonly string[]>;
  /** Gives a customer subscriptions of these classes, one each. */
  sell(customerId: string, classes: readonly string[]): Promise<void>;
  /** What it was asked since the log was emptied, or after the entry of that number. */
  log(since?: number): Promise<readonly LogEntry[]>;
  clearLog(): Promise<void>;
  end(): Promise<void>;
}

/**
 * @param customers how many there are, with made-up names; those of {@link customersOf}.
 * @param scenario what they hold: a bit of everything, or nothing.
 */
export async function startPartnerCenter(
  customers: number,
  scenario: 'many' | 'free' = 'many',
): Promise<PartnerCenterProcess> {
  const program: Program = await startProgram(
    ['sandbox/partner-center/main.ts', '--port', '0', '--scenario', scenario, '--customers', String(customers)],
    {},
    /^(http:\S+)$/m,
  );
  const url = program.said;
  const ask = async (method: string, path: string, body?: object): Promise<unknown> => {
    const response = await fetch(`${url}/${path}`, { method, ...(body && { body: JSON.stringify(body) }) });
    if (!response.ok) throw new Error(`${path}: ${await response.text()}`);
    return response.json();
  };
  return {
    url,
    async behave(how) {
      await ask('POST', '_faults', how);
    },
    async clearCustomers(among) {
      const { customers } = (await ask('GET', `_state?limit=${among}`)) as State;
      const isClear = (one: State['customers'][number]): boolean =>
        [one.subscriptions, one.entitlements, one.pendingOrders, one.transfers, one.gdap].every(
          ({ length }) => length === 0,
        );
      return customers.filter(isClear).map(({ id }) => id);
    },
    async sell(customerId, classes) {
      for (const holding of classes) await ask('POST', '_world', { customerId, addSubscription: { class: holding } });
    },
    log: async (since = 0) =>
      ((await ask('GET', `_log?since=${since}`)) as { readonly entries: readonly LogEntry[] }).entries,
    async clearLog() {
      await ask('DELETE', '_log');
    },
    end: () => program.end(),
  };
}
