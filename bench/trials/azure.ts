import { setTimeout as delay } from 'node:timers/promises';
import { Link } from '../../sandbox/control/link.ts';
import { MINUTE_MS } from '../../services/clock.ts';
import type { Customer } from '../../services/partner-center/partner-center.ts';
import { openAzureReader } from '../../services/storage/azure/azure-reader.ts';
import { dataTables, TABLE } from '../../services/storage/azure/data-tables.ts';
import { accountOfConnectionString } from '../../services/storage/azure/tables-account.ts';
import { Line } from '../load/open-loop.ts';
import { round } from '../measuring/histogram.ts';
import { clearingUp } from '../parts/part.ts';
import { startAzurite } from '../world/azurite.ts';
import { startBot } from '../world/bot.ts';
import {
  among,
  APPROVERS,
  presses,
  REQUESTERS,
  says,
  startChannel,
  type Act,
  type Sent,
  type User,
} from '../world/channel.ts';
import { startPartnerCenter } from '../world/partner-center.ts';
import { customersOf } from '../world/prepared-store.ts';
import { buttonIn, pressing, type Shown } from '../world/visits.ts';
import { cleared } from './backlog.ts';
import { Ledger } from './ledger.ts';
import { cardIn } from './traffic.ts';
import { check, type Trial } from './trial.ts';

const LONGEST_MS = 2 * MINUTE_MS;
const REASON = 'They move to another partner at the end of the month.';

/** The store is in Azure (Azurite), which is away for a while just as many decide. */
export const azure: Trial = {
  name: 'azure',
  run: (scope) =>
    clearingUp(async (later) => {
      const wanted = scope.size(40, 2);
      const azurite = await startAzurite();
      later(() => azurite.end());
      const link = await Link.to(azurite.url);
      later(() => link.cut());
      const channel = await startChannel('teams');
      later(() => channel.close());
      const partnerCenter = await startPartnerCenter(wanted, 'free');
      later(() => partnerCenter.end());
      const bot = await startBot({
        folder: '',
        partnerCenterUrl: partnerCenter.url,
        env: {
          ...channel.env,
          ...{ STORE: 'azure', AZURE_STORAGE_CONNECTION_STRING: azurite.connectionString(link.url), BACKUPS_KEPT: '' },
          ...{ MAX_REMOVALS_PER_DAY: '1000', VERIFY_EVERY_SECONDS: '1', LEASE_SECONDS: scope.isQuick ? '3' : '60' },
        },
      });
      later(() => bot.end());
      await partnerCenter.behave({ latencyMs: 20, switches: { staleListMs: 500 } });
      const account = accountOfConnectionString(azurite.connectionString());
      const reader = account && (await openAzureReader(dataTables({ account, table: TABLE })));
      if (reader === undefined) throw new Error('there is no store');

      const ledger = new Ledger();
      const people = new People(bot.port, channel, ledger);
      later(() => {
        people.close();
      });
      for (const user of APPROVERS) await people.does(user, says('help'));
      const asked: Asked[] = [];
      for (const [n, customer] of customersOf(wanted).entries())
        asked.push(await people.ask(customer, among(REQUESTERS, n), among(APPROVERS, n)));

      await link.cut();
      const from = performance.now();
      // Confirm views were open already; what they decide cannot be stored.
      await Promise.all(asked.map((one) => people.approve(one)));
      const acknowledgedWithout = ledger.decisions.length;
      await delay(Math.max(0, scope.size(30_000, 500) - (performance.now() - from)));
      const awayMs = performance.now() - from;
      await link.restore();
      const back = performance.now();
      for (const one of asked) await people.approveUntilTold(one, LONGEST_MS);
      const left = await cleared(reader, () => ledger.requestIds, {
        withinMs: LONGEST_MS,
        everyMs: scope.size(1_000, 200),
      });
      const ms = performance.now() - back;
      await bot.end();

      const changes = (await partnerCenter.log()).filter(({ method }) => method !== 'GET');
      const removed = asked.filter(
        ({ customer }) =>
          changes.filter(({ path, status }) => path.endsWith(customer.id) && status === 200).length === 1,
      );
      return {
        checks: [
          check('every click and every message was answered', people.unanswered === 0, {
            sent: people.sent,
            unanswered: people.unanswered,
          }),
          check('nobody was told of a decision that could not be stored', acknowledgedWithout === 0, {
            told: acknowledgedWithout,
          }),
          check(
            'each removal was sent exactly once, and nothing else',
            removed.length === wanted && changes.length === wanted,
            {
              wanted,
              once: removed.length,
              changes: changes.length,
            },
          ),
          check('nothing was left to be done', left.unfinished + left.cards === 0, {
            unfinished: left.unfinished,
            cards: left.cards,
          }),
          ...(await ledger.checks(reader)),
        ],
        rows: [
          {
            id: 'load-azure-back',
            what: `the store away for ${round(awayMs / 1_000)} s: until ${wanted} removals were approved again and done`,
            ...{ unit: 's', ours: round(ms / 1_000) },
            details: { pressed: people.approvals },
          },
          {
            id: 'load-azure-answer',
            what: 'the longest answer to a click',
            ...{ unit: 'ms', ours: round(people.longestMs) },
            details: {},
          },
        ],
      };
    }),
};

interface Asked {
  readonly customer: Customer;
  readonly requestId: string;
  readonly approver: User;
  /** The confirm view that the approver has open. */
  readonly open: Shown;
}

/** People who go the whole way by the cards that they get. */
class People {
  sent = 0;
  unanswered = 0;
  approvals = 0;
  longestMs = 0;
  readonly #channel;
  readonly #line: Line;
  readonly #ledger: Ledger;
  readonly #waiting = new Set<(sent: Sent) => void>();

  constructor(port: number, channel: Awaited<ReturnType<typeof startChannel>>, ledger: Ledger) {
    this.#channel = channel;
    this.#line = new Line(port);
    this.#ledger = ledger;
    channel.listen((sent) => {
      ledger.see(sent);
      for (const see of this.#waiting) see(sent);
    });
  }

  close(): void {
    this.#line.close();
  }

  async does(user: User, act: Act): Promise<Shown> {
    this.sent++;
    const began = performance.now();
    const { status, body } = await this.#line.send(this.#channel.request(user, act));
    this.longestMs = Math.max(this.longestMs, performance.now() - began);
    if (status !== 200) this.unanswered++;
    const shown = status === 200 ? cardIn(body) : undefined;
    if (shown !== undefined) this.#ledger.see({ userId: user.id, card: shown });
    return shown;
  }

  async ask(customer: Customer, requester: User, approver: User): Promise<Asked> {
    const readiness = this.#card(requester, 'removal.form');
    await this.does(requester, says(`remove ${customer.domain}`));
    const form = await this.does(requester, pressing(await readiness, 'removal.form'));
    const approval = this.#card(approver, 'approval.approve');
    const filledIn = { reason: REASON, domain: customer.domain, approver: approver.id };
    await this.does(requester, pressing(form, 'removal.send', filledIn));
    const card = await approval;
    const requestId = String(buttonIn(card, 'approval.approve')?.data['requestId']);
    return { customer, requestId, approver, open: await this.does(approver, pressing(card, 'approval.approve')) };
  }

  async approve({ requestId, approver, open }: Asked): Promise<void> {
    if (buttonIn(open, 'approval.confirm-approve') === undefined) return;
    this.approvals++;
    this.#ledger.press('approved', requestId, approver.id);
    await this.does(approver, pressing(open, 'approval.confirm-approve'));
  }

  async approveUntilTold(asked: Asked, withinMs: number): Promise<void> {
    const { requestId, approver } = asked;
    for (const until = performance.now() + withinMs; performance.now() < until;) {
      const show = presses('request.show', { requestId, nonce: '' }, 'automatic');
      const card = await this.does(approver, show);
      if (buttonIn(card, 'approval.approve') !== undefined) {
        const open = await this.does(approver, pressing(card, 'approval.approve'));
        await this.approve({ ...asked, open });
      }
      if (await this.#ledger.isTold(requestId, approver.id, 3_000)) return;
    }
  }

  /** The next card with such a button that the bot sends somebody. */
  #card({ id }: User, verb: string): Promise<Shown> {
    return new Promise((resolve, reject) => {
      const see = ({ userId, card }: Sent): void => {
        if (userId !== id || buttonIn(card, verb) === undefined) return;
        clearTimeout(late);
        this.#waiting.delete(see);
        resolve(card);
      };
      const late = setTimeout(() => {
        reject(new Error(`there was no card with ${verb}`));
      }, LONGEST_MS);
      this.#waiting.add(see);
    });
  }
}
