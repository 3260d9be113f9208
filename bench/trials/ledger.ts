import { auditKeyOf, readAudit, type AuditEntry } from '../../services/audit/audit-chain.ts';
import { verifyRecord } from '../../services/audit/verify-record.ts';
import type { StoreReader } from '../../services/storage/store-reader.ts';
import type { Row } from '../../services/storage/store.ts';
import { AUDIT_KEY } from '../world/bot.ts';
import type { Sent } from '../world/channel.ts';
import { check, type Check } from './trial.ts';

/** What somebody can decide about a request. */
export type Decided = 'approved' | 'declined' | 'withdrawn';

/** What a card says to whoever has decided so, in English. */
const SAYS: Readonly<Record<Decided, RegExp>> = {
  approved: /You approved this\./,
  declined: /You declined this\./,
  withdrawn: /Withdrawn\. Nothing was removed\./,
};
const KINDS = ['approved', 'declined', 'withdrawn'] as const;

interface Decision {
  readonly kind: Decided;
  readonly personId: string;
  readonly requestId: string;
}

/** What stands in a request's row, as far as decisions go. */
interface Stored {
  readonly state: string;
  readonly approvals: readonly { readonly by: { readonly id: string } }[];
  readonly declined?: { readonly by: { readonly id: string } };
}

/**
 * What people were told that they have decided, by a card in answer to their click or by one that came later. All of it has to be
 * in the store and in the record, whatever happened since.
 */
export class Ledger {
  readonly #told = new Map<string, Decision>();
  readonly #pressed = new Map<string, Decision>();
  readonly #waiting = new Map<string, () => void>();
  /** The last card that each person has got of each request. */
  readonly #cards = new Map<string, string>();

  /** Somebody presses the button that decides. */
  press(kind: Decided, requestId: string, personId: string): void {
    this.#pressed.set(nameOf(requestId, personId), { kind, requestId, personId });
  }

  /** Somebody sees a card. */
  see({ userId, card }: Sent): void {
    const text = JSON.stringify(card);
    const requestId = /"requestId":"([\da-f-]{36})"/.exec(text)?.[1];
    if (requestId === undefined) return;
    const name = nameOf(requestId, userId);
    this.#cards.set(name, text);
    const pressed = this.#pressed.get(name);
    if (pressed === undefined || !SAYS[pressed.kind].test(text)) return;
    this.#told.set(name, pressed);
    this.#waiting.get(name)?.();
    this.#waiting.delete(name);
  }

  /** @returns whether somebody is told within so long that they have decided. */
  async isTold(requestId: string, personId: string, withinMs: number): Promise<boolean> {
    const name = nameOf(requestId, personId);
    if (this.#told.has(name)) return true;
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<boolean>((resolve) => (timer = setTimeout(resolve, withinMs, false)));
    const told = new Promise<boolean>((resolve) => {
      this.#waiting.set(name, () => {
        resolve(true);
      });
    });
    const answer = await Promise.race([told, late]);
    clearTimeout(timer);
    return answer;
  }

  /** The last card that somebody has got of a request, as text. */
  cardOf(requestId: string, personId: string): string | undefined {
    return this.#cards.get(nameOf(requestId, personId));
  }

  get decisions(): readonly Decision[] {
    return [...this.#told.values()];
  }
  /** Requests about which somebody has pressed a deciding button. */
  get requestIds(): readonly string[] {
    return [...new Set([...this.#pressed.values()].map(({ requestId }) => requestId))];
  }

  /** Looks each of them up in the store and in the record, and verifies the record. */
  async checks(reader: StoreReader): Promise<readonly Check[]> {
    const all = this.decisions;
    let notStored = 0;
    let notRecorded = 0;
    for (const decision of all) {
      const { rows } = await reader.read(`request:${decision.requestId}`);
      if (!isStored(rows, decision)) notStored++;
      if (!readAudit(rows).some((entry) => isOf(entry, decision))) notRecorded++;
    }
    const { faults, entries, chains } = await verifyRecord(reader, auditKeyOf(Buffer.from(AUDIT_KEY, 'hex')));
    const told = Object.fromEntries(KINDS.map((kind) => [kind, all.filter((one) => one.kind === kind).length]));
    return [
      check('somebody was told of a decision of theirs', all.length > 0, { ...told, pressed: this.#pressed.size }),
      check('every decision that somebody was told of is in the store', notStored === 0, { missing: notStored }),
      check('and in the record', notRecorded === 0, { missing: notRecorded }),
      check('the record is whole', faults.length === 0, { faults: faults.length, entries, chains }),
    ];
  }
}

function isStored(rows: ReadonlyMap<string, Row>, { kind, personId }: Decision): boolean {
  const request = rows.get('request')?.value as Stored | undefined;
  if (request === undefined) return false;
  if (kind === 'approved') return request.approvals.some(({ by }) => by.id === personId);
  return kind === 'declined' ? request.declined?.by.id === personId : request.state === 'withdrawn';
}

const isOf = ({ action, actor }: AuditEntry, { kind, personId }: Decision): boolean =>
  action === `request.${kind}` && actor === `person:${personId}`;

const nameOf = (requestId: string, personId: string): string => `${requestId} ${personId}`;
