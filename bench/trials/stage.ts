import { setTimeout as delay } from 'node:timers/promises';
import { SendRates } from '../../sandbox/chat/send-rates.ts';
import type { StoreReader } from '../../services/storage/store-reader.ts';
import { openStoreReader } from '../../services/storage/store-reader.ts';
import { Line } from '../load/open-loop.ts';
import { startBot, type BotProcess } from '../world/bot.ts';
import { APPROVERS, REQUESTERS, says, startChannel, type Channel } from '../world/channel.ts';
import { startPartnerCenter, type PartnerCenterProcess } from '../world/partner-center.ts';
import { customersOf, type StoredRequest } from '../world/prepared-store.ts';
import { Visits } from '../world/visits.ts';
import { Ledger } from './ledger.ts';
import { Traffic } from './traffic.ts';
import type { TrialScope } from './trial.ts';

export interface StageOptions {
  /** How many requests there are already. */
  readonly stored: number;
  /** `free`: no customer holds anything, so that all that is approved can be carried out. */
  readonly holding?: 'many' | 'free';
  readonly auth?: 'teams' | 'none';
  /** Told of Teams before the bot is started. */
  readonly onChannel?: (channel: Channel) => void;
  /** Where the bot asks for Partner Center (its own address). */
  readonly partnerCenterUrl?: (url: string) => Promise<string>;
  readonly env?: Readonly<Record<string, string>>;
  readonly nodeOptions?: readonly string[];
}

/** The bot with a store that is in use, Teams before it and Partner Center behind it. */
export interface Stage {
  readonly folder: string;
  readonly requests: readonly StoredRequest[];
  readonly channel: Channel;
  readonly partnerCenter: PartnerCenterProcess;
  readonly bot: BotProcess;
  readonly ledger: Ledger;
  readonly traffic: Traffic;
  /** What the bot has stored so far, read beside it. */
  readonly reader: StoreReader;
  /** How often Teams would have turned a message of the bot away, since they came too fast. */
  tooFast(): number;
}

/** More customers than have requests, so that there are some of whom nobody has asked anything. */
const FREE_CUSTOMERS = 50;

export async function setStage(
  scope: TrialScope,
  later: (end: () => unknown) => void,
  options: StageOptions,
): Promise<Stage> {
  const { stored, holding, auth = 'teams', onChannel, partnerCenterUrl, env = {}, nodeOptions } = options;
  const store = await scope.store(stored);
  const channel = await startChannel(auth);
  later(() => channel.close());
  onChannel?.(channel);
  const customers = Math.ceil(stored * 1.2) + FREE_CUSTOMERS;
  const partnerCenter = await startPartnerCenter(customers, holding);
  later(() => partnerCenter.end());
  const folder = store.copy();
  const bot = await startBot({
    folder,
    partnerCenterUrl: (await partnerCenterUrl?.(partnerCenter.url)) ?? partnerCenter.url,
    env: { ...channel.env, ...env },
    ...(nodeOptions && { nodeOptions }),
  });
  later(() => bot.end());
  const reader = await openStoreReader(folder);
  if (reader === undefined) throw new Error('there is no store');

  const ledger = new Ledger();
  const rates = new SendRates();
  let tooFast = 0;
  channel.listen((sent) => {
    ledger.see(sent);
  });
  channel.turnsAway = (conversationId) => {
    const retryAfterSeconds = rates.refuse(conversationId, Date.now());
    if (retryAfterSeconds === undefined) return undefined;
    tooFast++;
    return { kind: 'throttled', retryAfterSeconds };
  };
  const visits = new Visits(store.requests, customersOf(customers).slice(stored));
  const traffic = new Traffic(bot.port, channel, visits, ledger);
  later(() => {
    traffic.close();
  });
  await meetEverybody(bot.port, channel);
  // The list of customers is there, as it is but for the first seconds after a start.
  await delay(scope.size(3_000, 300));
  return {
    ...{ folder, requests: store.requests, channel, partnerCenter, bot, ledger, traffic, reader },
    tooFast: () => tooFast,
  };
}

/** Everybody has written to the bot from where they are now, so that they can be written to. */
async function meetEverybody(port: number, channel: Channel): Promise<void> {
  const line = new Line(port);
  const met = [...REQUESTERS, ...APPROVERS].map((user) => line.send(channel.request(user, says('help'))));
  const others = (await Promise.all(met)).filter(({ status }) => status !== 200);
  line.close();
  if (others.length > 0) throw new Error(`${others.length} people were not answered`);
}
