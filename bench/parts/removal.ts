import { setTimeout as delay } from 'node:timers/promises';
import { Line } from '../load/open-loop.ts';
import { median, round } from '../measuring/histogram.ts';
import { PlainCaller } from '../peers/caller.ts';
import { PEERS, type Peer } from '../peers/peers.ts';
import { startBot } from '../world/bot.ts';
import {
  among,
  APPROVERS,
  REQUESTERS,
  says,
  startChannel,
  type Act,
  type Channel,
  type User,
} from '../world/channel.ts';
import { startPartnerCenter, type PartnerCenterProcess } from '../world/partner-center.ts';
import { customersOf, type PreparedStore } from '../world/prepared-store.ts';
import { buttonIn, pressing, turning, type Shown } from '../world/visits.ts';
import { clearingUp, type Part } from './part.ts';

const LATENCY_MS = 150;
/** So many calls a minute the service takes for one customer. @see "API throttling guidance" */
const PER_MINUTE = 500;
const LONGEST_MS = 300_000;
const RUNS = 3;
/** Each run has the machine for itself while it works. */
const APART_MS = 16_000;
/** Whoever decides takes a minute at least; by then the calls of before count no more at the service. */
const DECIDING_MS = 61_000;

/** A customer with many legacy subscriptions, from the yes to the suspensions until the relationship is gone; as we do it and as others do. */
export const removal: Part = {
  name: 'removal',
  measure: (scope) =>
    clearingUp(async (later) => {
      const stored = scope.size(1_000, 20);
      const store = await scope.store(stored);
      const channel = await startChannel('teams');
      later(() => channel.close());
      const partnerCenter = await startPartnerCenter(stored + 200);
      later(() => partnerCenter.end());
      const count = scope.size(200, 4);
      const customers = await holders(partnerCenter, stored, count, Object.keys(PEERS).length + scope.size(RUNS, 1));
      const latencyMs = scope.size(LATENCY_MS, 5);
      await partnerCenter.behave({ latencyMs, switches: { requestsPerMinute: PER_MINUTE, staleListMs: 0 } });

      // Each on a customer of its own; whoever calls one after another leaves the machine idle most of the time.
      const peers = Object.keys(PEERS).map(async (peer): Promise<[string, Worked]> => [
        peer,
        await byPeer(peer as Peer, partnerCenter, customers.pop() ?? ''),
      ]);
      const running = Promise.all(
        Array.from({ length: scope.size(RUNS, 1) }, async (_, run) => {
          const [requester, approver] = [among(REQUESTERS, run), among(APPROVERS, run)];
          const customerId = customers.pop() ?? '';
          await delay(run * APART_MS);
          const deciding = (): Promise<unknown> => delay(scope.size(DECIDING_MS, 0));
          return byUs({ store, channel, partnerCenter, customerId, stored, requester, approver, deciding });
        }),
      );
      const [runs, ended] = await Promise.all([running, Promise.all(peers)]);
      const others = Object.fromEntries(ended) as Record<Peer, Worked>;
      const of = (what: keyof Worked): number => median(runs.map((run) => run[what]));
      return [
        {
          id: 'removal',
          what: `${count} legacy subscriptions suspended, and the relationship removed, each seen to be so`,
          unit: 's',
          ours: round(of('seconds')),
          floor: { what: 'one after another', value: round(others.powershellReadBack.seconds) },
          goal: { of: 'faster', at: 'least', value: 6 },
          details: {
            latencyMs,
            ...callsOf('ours', {
              ...{ seconds: of('seconds'), calls: of('calls') },
              ...{ mostCalls: of('mostCalls'), turnedAway: of('turnedAway') },
            }),
            ...callsOf('one after another', others.powershellReadBack),
            ...callsOf('PowerShell, nothing looked at', others.powershell),
            ...callsOf('CIPP, nothing read', others.cipp),
            ...callsOf('the SDK’s sample', others.sdkSample),
          },
        },
        {
          id: 'removal-429',
          what: `how often that was too fast for the service, at ${PER_MINUTE} calls a minute`,
          unit: '',
          ours: Math.max(...runs.map(({ turnedAway }) => turnedAway)),
          goal: { of: 'ours', at: 'most', value: 0 },
          details: { mostCallsInAMinute: Math.max(...runs.map(({ mostCalls }) => mostCalls)) },
        },
      ];
    }),
};

interface Worked {
  readonly seconds: number;
  readonly calls: number;
  /** In any 60 s. */
  readonly mostCalls: number;
  readonly turnedAway: number;
}

const callsOf = (who: string, { seconds, calls, mostCalls, turnedAway }: Worked): Readonly<Record<string, number>> => ({
  [`${who}: seconds`]: round(seconds),
  [`${who}: calls`]: calls,
  [`${who}: most calls in a minute`]: mostCalls,
  [`${who}: 429`]: turnedAway,
});

function mostInAMinute(calls: readonly { readonly at: string }[]): number {
  const at = calls.map((call) => Date.parse(call.at)).sort((a, b) => a - b);
  let [most, first] = [0, 0];
  for (const [last, ms] of at.entries()) {
    while (ms - (at[first] ?? ms) >= 60_000) first++;
    most = Math.max(most, last - first + 1);
  }
  return most;
}

/** Customers of whom nobody has asked anything, that hold so many legacy subscriptions and nothing else. */
async function holders(
  partnerCenter: PartnerCenterProcess,
  after: number,
  count: number,
  many: number,
): Promise<string[]> {
  const claimed = new Set(customersOf(after).map(({ id }) => id.toLowerCase()));
  const clear = await partnerCenter.clearCustomers(after + 200);
  const chosen = clear.filter((id) => !claimed.has(id.toLowerCase())).slice(0, many);
  if (chosen.length < many) throw new Error('there are too few customers without anything');
  for (const id of chosen) await partnerCenter.sell(id, Array<string>(count).fill('legacy-licence'));
  return chosen;
}

async function byPeer(peer: Peer, { url }: PartnerCenterProcess, customerId: string): Promise<Worked> {
  const caller = new PlainCaller(url, customerId);
  const began = performance.now();
  await PEERS[peer](caller);
  const seconds = (performance.now() - began) / 1_000;
  caller.close();
  const { sentAt, turnedAway } = caller;
  return { seconds, calls: sentAt.length, mostCalls: mostInAMinute(sentAt.map((at) => ({ at }))), turnedAway };
}

interface World {
  readonly store: PreparedStore;
  readonly channel: Channel;
  readonly partnerCenter: PartnerCenterProcess;
  readonly customerId: string;
  readonly stored: number;
  readonly requester: User;
  readonly approver: User;
  /** As long as it takes to make up one's mind. */
  readonly deciding: () => Promise<unknown>;
}

/** What people wait for: the time between their clicks is not counted. */
const byUs = ({ store, channel, partnerCenter, customerId, stored, ...people }: World): Promise<Worked> =>
  clearingUp(async (later) => {
    // Newly started, so that what it asked in the minute before does not count.
    const bot = await startBot({ folder: store.copy(), partnerCenterUrl: partnerCenter.url, env: channel.env });
    later(() => bot.end());
    const line = new Line(bot.port);
    later(() => {
      line.close();
    });
    const { requester, approver, deciding } = people;
    const { domain = '' } =
      customersOf(stored + 200).find(({ id }) => id.toLowerCase() === customerId.toLowerCase()) ?? {};
    const does = async (user: User, act: Act): Promise<Shown> => {
      const { status, body } = await line.send(channel.request(user, act));
      if (status !== 200) throw new Error(`answered ${status}`);
      return body === '' ? undefined : (JSON.parse(body) as { readonly value?: Shown }).value;
    };
    const seen = (user: User, isWanted: (card: Shown) => boolean): Promise<Shown> => {
      const { promise, resolve, reject } = Promise.withResolvers<Shown>();
      const timer = setTimeout(() => {
        reject(new Error('a card that was waited for has not come'));
      }, LONGEST_MS);
      const stop = channel.listen(({ userId, card }) => {
        if (userId !== user.id || !isWanted(card)) return;
        clearTimeout(timer);
        stop();
        resolve(card);
      });
      // Something else may fail before anybody waits for it.
      promise.catch(() => undefined);
      return promise;
    };
    const has =
      (verb: string) =>
      (card: Shown): boolean =>
        buttonIn(card, verb) !== undefined;

    await does(approver, says('help'));
    const offered = seen(requester, has('legacy.suspend'));
    await does(requester, says(`remove ${domain}`));
    let asked = await does(requester, pressing(await offered, 'legacy.suspend'));
    // All that would be suspended is named, and the *Yes* stands on the last page of it.
    while (!has('legacy.confirm-suspend')(asked)) asked = await does(requester, turning(asked, 'legacy.suspend'));
    const from = (await partnerCenter.log()).at(-1)?.seq ?? 0;

    let began = performance.now();
    const cleared = seen(requester, has('removal.form'));
    await does(requester, pressing(asked, 'legacy.confirm-suspend'));
    const ready = await cleared;
    let seconds = performance.now() - began;

    const form = await does(requester, pressing(ready, 'removal.form'));
    const wanted = seen(approver, has('approval.approve'));
    const reason = 'They move to another partner at the end of the month.';
    await does(requester, pressing(form, 'removal.send', { reason, domain, approver: approver.id }));
    const confirming = await does(approver, pressing(await wanted, 'approval.approve'));

    await deciding();
    began = performance.now();
    const gone = seen(requester, (card) => JSON.stringify(card).includes('The relationship is removed.'));
    await does(approver, pressing(confirming, 'approval.confirm-approve'));
    await gone;
    seconds += performance.now() - began;

    const own = (await partnerCenter.log()).filter(
      ({ seq, path, application }) =>
        seq > from && application === 'reseller-offboarding' && path.toLowerCase().includes(customerId.toLowerCase()),
    );
    const turnedAway = own.filter(({ status }) => status === 429).length;
    return { seconds: seconds / 1_000, calls: own.length, mostCalls: mostInAMinute(own), turnedAway };
  });
