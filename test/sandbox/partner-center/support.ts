import assert from 'node:assert/strict';
import {
  startPartnerCenter,
  type PartnerCenterStandIn,
  type StandInOptions,
} from '../../../sandbox/partner-center/server.ts';

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
}

interface Sent {
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
}

/** A stand-in as a client over HTTP sees it, and the levers behind it. */
export interface Bench {
  /** Runs inside tests only. */
  readonly stand: () => PartnerCenterStandIn;
  readonly get: (path: string, headers?: Record<string, string>) => Promise<Reply>;
  readonly send: (method: string, path: string, sent?: Sent) => Promise<Reply>;
  /** Reads a subscription and sends the whole of it back with these fields changed, as a client is meant to. */
  readonly change: (path: string, fields: object, headers?: Record<string, string>) => Promise<Reply>;
  /** `POST` to one of the `/_…` addresses; fails when it is refused. */
  readonly set: (path: string, body?: unknown) => Promise<unknown>;
  /** The tenant id of a customer of the scenario, by its name or its domain. */
  readonly id: (name: string) => string;
  /** The address of one of its subscriptions, by position. */
  readonly subscription: (name: string, position?: number) => string;
}

/** The moment at which every world of these tests starts. Its clock stands still unless moved. */
export const START = new Date('2026-06-15T10:00:00.000Z');

/** Starts one stand-in for the tests of a file, and starts its world again before each of them. */
export function bench(options: StandInOptions = {}): Bench {
  let running: PartnerCenterStandIn | undefined;
  const stand = (): PartnerCenterStandIn => {
    assert.ok(running, 'the stand-in runs inside tests only');
    return running;
  };
  before(async () => {
    running = await startPartnerCenter({ now: () => START, ...options });
  });
  beforeEach(() => {
    stand().world.reset(options);
  });
  after(() => running?.close());

  const send: Bench['send'] = async (method, path, { body, headers } = {}) => {
    const payload = body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
    const response = await fetch(stand().url + path, { method, headers: headers ?? {}, body: payload ?? null });
    const text = await response.text();
    return { status: response.status, headers: response.headers, body: parsed(text) };
  };
  const get: Bench['get'] = (path, headers = {}) => send('GET', path, { headers });
  const customer = (name: string): { id: string; subscriptions: readonly { id: string }[] } => {
    const found = stand().world.customers.find(({ companyName, domain }) => companyName === name || domain === name);
    assert.ok(found, `no customer ${name}`);
    return { id: found.id, subscriptions: found.holdings.subscriptions };
  };
  return {
    stand,
    send,
    get,
    change: async (path, fields, headers = {}) => {
      const { body } = await get(path);
      return send('PATCH', path, { body: { ...(body as object), ...fields }, headers });
    },
    set: async (path, body = {}) => {
      const reply = await send('POST', path, { body });
      assert.equal(reply.status, 200, JSON.stringify(reply.body));
      return reply.body;
    },
    id: (name) => customer(name).id,
    subscription: (name, position = 0) => {
      const { id, subscriptions } = customer(name);
      return `/v1/customers/${id}/subscriptions/${subscriptions[position]?.id ?? 'none'}`;
    },
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

/** What stands in a body under these keys. */
export function at(value: unknown, ...keys: readonly (string | number)[]): unknown {
  return keys.reduce<unknown>(
    (inner, key) => (typeof inner === 'object' && inner !== null ? (inner as Record<string, unknown>)[key] : undefined),
    value,
  );
}

export function items(reply: Reply): readonly Record<string, unknown>[] {
  const found = at(reply.body, 'items');
  assert.ok(Array.isArray(found), `no items in ${JSON.stringify(reply.body)}`);
  return found as Record<string, unknown>[];
}

/** HTTP status and Partner Center's code, which only together mean something. */
export const statusAndCode = (reply: Reply): readonly [number, unknown] => [reply.status, at(reply.body, 'code')];

export const REMOVAL = { relationshipToPartner: 'none', attributes: { objectType: 'Customer' } };
