import { DAY_MS, HOUR_MS, instant, later, MINUTE_MS, SECOND_MS, type Clock } from '../../services/clock.ts';
import { NoticesRow, type Notice } from '../../services/requests/announcing/notices.ts';
import { changePartition } from '../../services/storage/change-partition.ts';
import { claimedRow, type Claim } from '../../services/storage/claim.ts';
import { releasedLease } from '../../services/storage/leases.ts';
import type { RowChange, Store } from '../../services/storage/store.ts';
import { createCount } from '../../services/telemetry/instruments.ts';
import type { WebhookConfig } from '../config/webhook.ts';
import type { Log } from '../log.ts';
import { signatureHeaders } from './signature.ts';

export interface WebhookParts {
  readonly store: Store;
  /** Missing where there is none (any more): what waits is dropped. */
  readonly config: WebhookConfig | undefined;
  readonly fetch: typeof fetch;
  readonly clock: Clock;
  readonly log: Log;
  /** How long one sending may take (10 s). */
  readonly timeoutMs?: number;
}

/** Pauses after the first, second … try in vain, three days in all. @see Standard Webhooks, "Deliverability and reliability" */
const PAUSES_MS = [
  ...[5 * SECOND_MS, 5 * MINUTE_MS, 30 * MINUTE_MS],
  ...[2, 5, 10, 14, 20, 24].map((hours) => hours * HOUR_MS),
];
/** A system that hangs may not take the places of what carries requests out. */
const MOST_AT_ONCE = 4;
const NO_PLACE_MS = SECOND_MS;
const LONGEST_RETRY_AFTER_MS = DAY_MS;
/** The system has said that it wants nothing more of this. */
const GONE = 410;

type Outcome =
  | { readonly kind: 'taken' }
  | { readonly kind: 'not-now' }
  | { readonly kind: 'failed'; readonly status?: number; readonly retryAfterMs?: number };

/**
 * Tells another system what became of a request: what is oldest first, one after the other, until it is taken. At least
 * once; the id is the same each time. Nothing of an answer counts but its status, and no redirect is followed.
 */
export function createWebhook(parts: WebhookParts): (claim: Claim) => Promise<void> {
  const { store, config, clock, log, timeoutMs = 10 * SECOND_MS } = parts;
  const count = createCount('offboarding.webhook.given_up', '{notice}', 'Notices that another system has not taken.');
  let sending = 0;

  return async (claim) => {
    const { rows } = await store.read(claim.partition);
    const [oldest] = NoticesRow.safeParse(rows.get(claim.key)?.value).data?.notices ?? [];
    if (oldest === undefined || config === undefined) {
      if (oldest !== undefined) log.warn('a notice is dropped, since no webhook is configured', subjectOf(claim));
      await settle(claim, () => undefined);
      return;
    }
    const outcome = await inPlace(() => send(oldest, config));
    await settle(claim, (stored, now) => after(stored, outcome, claim, now));
  };

  async function inPlace(work: () => Promise<Outcome>): Promise<Outcome> {
    if (sending >= MOST_AT_ONCE) return { kind: 'not-now' };
    sending += 1;
    try {
      return await work();
    } finally {
      sending -= 1;
    }
  }

  async function send({ id, body }: Notice, { url, secrets }: WebhookConfig): Promise<Outcome> {
    const timestamp = Math.floor(clock().getTime() / SECOND_MS);
    try {
      const answer = await parts.fetch(url, {
        method: 'POST',
        body,
        headers: {
          'Content-Type': 'application/json',
          'User-Agent': 'Reseller-Offboarding',
          ...signatureHeaders({ id, timestamp, body }, secrets.reveal()),
        },
        redirect: 'manual',
        signal: AbortSignal.timeout(timeoutMs),
      });
      await answer.body?.cancel();
      if (answer.ok) return { kind: 'taken' };
      const seconds = Number(answer.headers.get('retry-after') ?? Number.NaN);
      const retryAfterMs = Math.min(seconds * SECOND_MS, LONGEST_RETRY_AFTER_MS);
      return { kind: 'failed', status: answer.status, ...(retryAfterMs > 0 && { retryAfterMs }) };
    } catch {
      // No answer, or none in time. What is thrown may quote the address, which may hold a key.
      return { kind: 'failed' };
    }
  }

  /** What is left to tell, and when. */
  function after(
    { notices, tries }: NoticesRow,
    outcome: Outcome,
    claim: Claim,
    now: Date,
  ): { readonly left: NoticesRow; readonly dueAt: string } {
    if (outcome.kind === 'not-now') return { left: { notices, tries }, dueAt: later(now, NO_PLACE_MS) };
    const rest = { left: { notices: notices.slice(1), tries: 0 }, dueAt: instant(now) };
    if (outcome.kind === 'taken') return rest;
    const { status, retryAfterMs = 0 } = outcome;
    const fields = { ...subjectOf(claim), attempt: tries + 1, status };
    const pauseMs = PAUSES_MS[tries];
    if (pauseMs === undefined || status === GONE) {
      count({ ...(status !== undefined && { 'http.response.status_code': status }) });
      log.error('a notice is given up: the webhook has not taken it', fields);
      return rest;
    }
    log.warn('the webhook has not taken a notice, which is sent again', fields);
    return { left: { notices, tries: tries + 1 }, dueAt: later(now, Math.max(pauseMs, retryAfterMs)) };
  }

  async function settle(
    claim: Claim,
    decide: (stored: NoticesRow, now: Date) => { readonly left: NoticesRow; readonly dueAt: string } | undefined,
  ): Promise<void> {
    await changePartition(store, claim.partition, (partition) => {
      const row = claimedRow(partition, claim);
      const stored = NoticesRow.safeParse(row.value).data ?? { notices: [], tries: 0 };
      const now = clock();
      const decided = decide(stored, now);
      const lease = releasedLease(row.lease, now);
      const change: RowChange =
        decided === undefined || decided.left.notices.length === 0
          ? { key: claim.key, remove: true }
          : { key: claim.key, row: { value: decided.left, dueAt: decided.dueAt, ...(lease && { lease }) } };
      return { changes: [change], result: undefined };
    });
  }
}

const subjectOf = ({ partition }: Claim) => ({ requestId: partition.slice(partition.indexOf(':') + 1) });
