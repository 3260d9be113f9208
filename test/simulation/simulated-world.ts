import type { HttpClient, PipelineRequest } from '@azure/core-rest-pipeline';
import path from 'node:path';
import { startBot, type Bot } from '../../bot/compose.ts';
import { parseConfig, type Config } from '../../bot/config/config.ts';
import { SendError } from '../../bot/channel/messenger.ts';
import { createLog } from '../../bot/log.ts';
import type { Activity } from '../../sandbox/chat/activities.ts';
import type { Answer } from '../../sandbox/chat/http.ts';
import { CHAT_TENANT_ID, type Person } from '../../sandbox/chat/people.ts';
import type { Holdings } from '../../sandbox/partner-center/world/records.ts';
import type { SwitchSettings } from '../../sandbox/partner-center/world/switches.ts';
import { HEAD_KEY } from '../../services/audit/audit-chain.ts';
import type { ActAs } from '../../services/partner-center/partner-center.ts';
import { SignInNeededError, type TokenSource } from '../../services/partner-center/token-source.ts';
import type { MostAllowed } from '../../services/requests/sending/limits.ts';
import { openFileStore } from '../../services/storage/file-store.ts';
import { RememberedPartitions } from '../../services/storage/remembered-partitions.ts';
import { openAzureStore, azureStoreOf } from '../../services/storage/azure/azure-store.ts';
import { HEAD, partitionKeyOf } from '../../services/storage/azure/layout.ts';
import { pictureOf } from '../../services/storage/azure/picture.ts';
import { ConflictError, type Entity, type Tables } from '../../services/storage/azure/tables.ts';
import { partitionFile } from '../../services/storage/partition-file.ts';
import type { Row, Store } from '../../services/storage/store.ts';
import { TableModel, type TableCall, type TableFault } from '../support/table-model.ts';
import { gatedTables } from './simulated-tables.ts';
import { Tally } from './tally.ts';
import { MemoryDisk, type DiskCall } from './memory-disk.ts';
import { PARTNER_CENTER_URL, PartnerCenterInProcess } from './partner-center-in-process.ts';
import { Random } from './random.ts';
import { LineInProcess } from './line-in-process.ts';
import { deliver, InProcessDoor, TeamsInProcess, type DoorAnswer, type KeptTeams } from './teams-in-process.ts';
import { VirtualTime } from './virtual-time.ts';

const START = Date.parse('2026-06-15T10:00:00.000Z');
const DISTANT = new Date('2999-01-01T00:00:00Z');
export const FOLDER = '/data';
/** A secret that the bot is given and that must be nowhere else. */
export const AUDIT_KEY = '5ec2e7'.repeat(10) + '5ec2';

/** Whoever may approve, as long as they do not lose the role. */
export const APPROVERS = ['ada', 'bo', 'cy', 'ada-admin', 'bo-admin'];
const REQUESTERS = ['ada', 'dan'];
/** Who is told when nobody decides, and can decide nothing. */
const TOLD = 'eve';

const personAt = (at: number, key: string): Person => ({
  key,
  name: key,
  aadObjectId: `00000000-0000-4000-8000-00000000000${at}`,
  id: `29:${key}`,
  locale: key === 'cy' ? 'ru-RU' : 'en-US',
});
/** Ada and Dan ask, Bo and Cy decide, Eve has no business here; Ada and Bo have a second account each. */
export const PEOPLE = ['ada', 'dan', 'bo', 'cy', 'eve', 'ada-admin', 'bo-admin'].map((key, at) => personAt(at, key));
export const idOf = (key: string): string => PEOPLE.find((one) => one.key === key)?.aadObjectId ?? '';
export const humanOf = (id: string): string =>
  (PEOPLE.find(({ aadObjectId }) => aadObjectId === id)?.key ?? id).replace(/-admin$/, '');

/** How a call of the bot to Teams goes wrong. */
export type TeamsFault =
  { readonly kind: 'answer'; readonly status: number } | { readonly kind: 'reset' | 'hang' | 'apply-then-reset' };
export interface DiskFault {
  readonly call: DiskCall;
  readonly code: string;
}
/** How a process ends without being asked. */
export type Crash = 'killed' | 'power-cut';

/** Where the bot keeps everything. */
export type StoreKind = 'file' | 'azure';

export interface KeptWorld {
  readonly nowMs: number;
  readonly files: ReadonlyMap<string, string>;
  readonly entities: readonly Entity[];
  readonly teams: KeptTeams;
  readonly customerId: string;
  readonly holdings: Holdings;
}
export interface WorldSettings {
  readonly seed: number;
  readonly approvalsRequired: number;
  readonly switches: SwitchSettings;
  /** How many bots work with the one store (1). */
  readonly replicas?: number;
  readonly store?: StoreKind | undefined;
  readonly signIn?: boolean | undefined;
  readonly executeAs?: 'approver' | 'requester';
  readonly most?: MostAllowed | undefined;
  /** Whether Teams comes and is reached by the SDK and over HTTP, and not at the bot's own ports. */
  readonly overHttp?: boolean | undefined;
  /** Where to go on from; otherwise nobody knows the bot, and its disk is empty. */
  readonly kept?: KeptWorld | undefined;
}

const never = (): Promise<never> => new Promise(() => undefined);

/** A request as it would be found after a crash. */
export interface DurableRows {
  readonly text: string;
  readonly rows: () => ReadonlyMap<string, Pick<Row, 'value'>>;
}
const rowsIn = (text: string): ReadonlyMap<string, Pick<Row, 'value'>> =>
  new Map(Object.entries((JSON.parse(text) as { readonly rows: Readonly<Record<string, Row>> }).rows));

/** What of a call to the tables corresponds to one to the disk; anything else is a 503. */
const TABLE_FAULTS: Partial<Record<DiskCall, TableFault>> = {
  open: 'lost-before',
  sync: 'lost-after',
  rename: 'late',
};

const ANY_FAULT: readonly TableFault[] = ['503', 'lost-before', 'lost-after', 'late'];

/** One run of the process. Once it is gone nothing it waits for comes, and nothing it does has an effect. */
class Boot {
  isGone = false;
  bots: readonly Bot[] = [];
  /** Who has done something in each bot, so that it has their token. */
  readonly signedIn: Set<string>[] = [];
  store: Store | undefined;
  /** Where activities come in, where that is not over HTTP. */
  readonly lines: LineInProcess[] = [];
  /** Calls to Partner Center and Teams that have not ended. */
  calls = 0;
  readonly gone = Promise.withResolvers<'gone'>();
}

/** The same store for somebody else, whose end is not the store's. */
const sharedStore = (store: Store): Store =>
  new Proxy(store, {
    get(of, name) {
      if (name === 'close') return () => Promise.resolve();
      const value: unknown = Reflect.get(of, name, of);
      return typeof value === 'function' ? (value.bind(of) as unknown) : value;
    },
  });

/** What stores have read in any life: lives that begin alike read alike. */
const READ_BEFORE = new RememberedPartitions(8_000_000);

/** Where the log of the life that is lived now goes. */
let logLines: string[] = [];
const LOG = createLog({ level: 'info', write: (line) => logLines.push(line) });

interface Configured {
  readonly approvalsRequired: number;
  readonly executeAs: 'approver' | 'requester';
  readonly most: MostAllowed | undefined;
  readonly lost: ReadonlySet<string>;
}

const configs = new Map<string, Config>();
/** How the bot is configured, parsed once. */
function configOf({ approvalsRequired, executeAs, most, lost }: Configured): Config {
  const idsOf = (keys: readonly string[]): string =>
    keys
      .filter((key) => !lost.has(key))
      .map(idOf)
      .join();
  const [requesters, approvers] = [idsOf(REQUESTERS), idsOf(APPROVERS)];
  const name = JSON.stringify([approvalsRequired, executeAs, most, requesters, approvers]);
  const config =
    configs.get(name) ??
    parseConfig({
      PORT: '0',
      BOT_AUTH: 'none',
      PARTNER_TENANT_ID: CHAT_TENANT_ID,
      PARTNER_CENTER_URL,
      GRAPH_URL: PARTNER_CENTER_URL,
      PARTNER_CENTER_AUTH: 'none',
      REQUESTERS: requesters,
      APPROVERS: approvers,
      SAME_PERSON: ['ada', 'bo'].map((key) => `${idOf(key)}=${idOf(`${key}-admin`)}`).join(';'),
      APPROVALS_REQUIRED: String(approvalsRequired),
      EXECUTE_AS: executeAs,
      ESCALATE_TO: idOf(TOLD),
      ...(most && {
        MAX_OPEN_PER_REQUESTER: String(most.openPerRequester),
        MAX_REMOVALS_PER_DAY: String(most.removalsPerDay),
        MAX_SUSPENSIONS_PER_DAY: String(most.suspensionsPerDay),
      }),
      AUDIT_KEY,
      DIRECTORY_REFRESH_MINUTES: '1440',
      BACKUPS_KEPT: '0',
      STORE: `file:${FOLDER}`,
    });
  configs.set(name, config);
  return config;
}

/** The tokens of one bot: its own, and those of whoever has done something in it. */
function tokensOf({ signedIn }: Boot): TokenSource {
  const people = new Set<string>();
  signedIn.push(people);
  const canActAs = (actAs: ActAs): boolean => actAs === 'bot' || people.has(actAs.slice('person:'.length));
  return {
    canActAs,
    tokenFor: async (actAs) => {
      if (!canActAs(actAs)) throw new SignInNeededError(actAs);
      return actAs === 'bot' ? 'app-only' : actAs.replace('person:', 'user:');
    },
    refused: () => false,
  };
}

async function counted<T>(boot: Boot, call: Promise<T>): Promise<T> {
  boot.calls += 1;
  try {
    return await call;
  } finally {
    boot.calls -= 1;
  }
}
const countedBy = (boot: Boot, { sendRequest }: HttpClient): HttpClient => ({
  sendRequest: (request) => counted(boot, sendRequest(request)),
});

/** The bot as it is composed, in a world that can be stopped, broken and looked into at every moment. */
export class SimulatedWorld {
  readonly time = new VirtualTime(START);
  readonly disk = new MemoryDisk(this.time.clock);
  readonly #tables: TableModel | undefined;
  readonly partnerCenter: PartnerCenterInProcess;
  readonly teams: TeamsInProcess;
  readonly approvalsRequired: number;
  readonly executeAs: 'approver' | 'requester';
  /** The limits that may be met. */
  readonly most: MostAllowed | undefined;
  readonly #signIn: boolean;
  readonly #overHttp: boolean;
  readonly logLines: string[] = [];
  /** Calls that are yet to strike out, the next one first. */
  teamsFaults: TeamsFault[] = [];
  diskFaults: DiskFault[] = [];
  /** How likely it is that a call to the tables goes wrong (never). */
  tableTrouble = 0;
  /** Calls that take so long to reach Partner Center, and reach it even when nobody waits for them any more. */
  slowMs: number[] = [];
  /** Asked right before the first byte of a change reaches Partner Center. */
  beforeChange: (method: string, path: string, headers: ReadonlyMap<string, string>) => void = () => undefined;
  /** What else happens right before a call to Partner Center, the number of which is counted down. */
  readonly #atCalls: { calls: number; readonly happens: () => void }[] = [];
  /** Who has lost their roles; known to the bot once it is started again. */
  readonly lost = new Set<string>();
  /** What has happened here. */
  readonly met = new Tally();
  readonly #replicas: number;
  readonly #random: Random;
  readonly #door = new InProcessDoor();
  #boot = new Boot();
  #crashIn: number | undefined;
  #crashKind: Crash = 'killed';

  constructor(settings: WorldSettings) {
    const { seed, approvalsRequired, switches, kept, replicas = 1, store = 'file' } = settings;
    this.#tables = store === 'azure' ? new TableModel({ pageSize: 20 }) : undefined;
    this.#random = new Random(seed);
    this.#replicas = replicas;
    this.approvalsRequired = approvalsRequired;
    this.executeAs = settings.executeAs ?? 'approver';
    this.most = settings.most;
    this.#signIn = settings.signIn ?? false;
    this.#overHttp = settings.overHttp ?? false;
    this.partnerCenter = new PartnerCenterInProcess(this.time.clock, switches);
    this.teams = new TeamsInProcess(PEOPLE, kept?.teams);
    if (kept === undefined) return;
    this.time.nowMs = kept.nowMs;
    this.disk.fill(kept.files);
    if (kept.entities.length > 0) this.#tables?.fill(kept.entities);
    this.partnerCenter.putBack(kept.customerId, kept.holdings);
  }

  /** What there is besides the process, as another world can go on with. */
  keep(customerId: string): KeptWorld {
    return {
      nowMs: this.time.nowMs,
      files: this.#filesOfStore(),
      entities: this.#tables?.entities() ?? [],
      teams: this.teams.keep(),
      customerId,
      holdings: this.partnerCenter.keep(customerId),
    };
  }

  get isUp(): boolean {
    return this.#boot.bots.length > 0 && !this.#boot.isGone;
  }

  /** Who may approve. */
  get approvers(): readonly string[] {
    return APPROVERS.filter((key) => !this.lost.has(key));
  }

  async open(): Promise<void> {
    this.time.install();
    this.#door.install();
    logLines = this.logLines;
    await this.ensureUp();
  }

  close(): void {
    this.#boot.isGone = true;
    this.#door.uninstall();
    this.time.uninstall();
  }

  /** Ends the process at its so-manieth call from now on. */
  crashIn(calls: number, kind: Crash): void {
    this.#crashIn = calls;
    this.#crashKind = kind;
  }

  /** Has something happen right before the so-manieth call to Partner Center from now on. */
  atCall(calls: number, happens: () => void): void {
    this.#atCalls.push({ calls, happens });
  }

  noCrash(): void {
    this.#crashIn = undefined;
  }

  /** Starts the bot again until it is up, as whatever runs it would. */
  async ensureUp(): Promise<void> {
    for (let tries = 0; !this.isUp; tries++) {
      if (tries > 0) this.time.moveTo(this.time.nowMs + 1_000);
      if (tries > 20) throw new Error(`the bot does not start: ${this.logLines.slice(-3).join('')}`);
      if (tries > 3) this.diskFaults = [];
      await this.#start();
    }
  }

  async #start(): Promise<void> {
    this.met.add('boots');
    const boot = new Boot();
    this.#boot = boot;
    this.disk.gate = (call, moment, file) => this.#atDisk(boot, call, moment, file);
    try {
      const first = await this.#started(boot, this.#startBot(boot));
      if (first === 'gone') return;
      const more = Array.from({ length: this.#replicas - 1 }, () => this.#startBot(boot));
      const others = await this.#started(boot, Promise.all(more));
      if (others !== 'gone') boot.bots = [first, ...others];
    } catch (error) {
      this.logLines.push(`${String(error)}\n`);
      this.#end(boot, 'killed');
    }
    await this.time.quiet();
  }

  /** On a disk nothing of a start needs time; over a network something is tried again after a while. */
  async #started<T>(boot: Boot, starting: Promise<T>): Promise<T | 'gone'> {
    let isSettled = this.#tables === undefined;
    const settled = (): void => {
      isSettled = true;
    };
    starting.then(settled, settled);
    void boot.gone.promise.then(settled);
    for (let waits = 0; waits < 1_000; waits++) {
      await this.time.quiet();
      if (isSettled) break;
      this.time.moveTo(this.time.nowMs + 100);
    }
    return Promise.race([starting, boot.gone.promise]);
  }

  #startBot(boot: Boot): Promise<Bot> {
    return startBot({
      config: configOf(this),
      ...(this.#signIn && { tokens: tokensOf(boot) }),
      clock: this.time.clock,
      elapsedMs: () => this.time.nowMs,
      newId: () => this.#random.guid(),
      http: countedBy(
        boot,
        this.partnerCenter.client((moment, request) => this.#atPartnerCenter(boot, moment, request)),
      ),
      fetch: (url, init) => counted(boot, this.#atTeams(boot, url instanceof Request ? url.url : url.toString(), init)),
      ...(!this.#overHttp && { line: this.#line(boot) }),
      openStore: (name) => this.#openStore(boot, name),
      log: LOG,
    });
  }

  #line(boot: Boot): LineInProcess {
    return new LineInProcess(
      this.teams,
      (work) => counted(boot, this.#onLine(boot, work)),
      (line) => boot.lines.push(line),
    );
  }

  /** One owner has the store; a second bot works with the same one, under a boot id of its own. */
  async #openStore(boot: Boot, name: string): Promise<Store> {
    const { store } = boot;
    if (this.#tables !== undefined) return this.#openInAzure(this.#tables, boot, name);
    if (store === undefined) {
      return (boot.store = await openFileStore({
        folder: FOLDER,
        boot: name,
        disk: this.disk.disk,
        now: this.time.clock,
        remembered: READ_BEFORE,
        onUnsynced: () => {
          this.#end(boot, 'killed');
        },
      }));
    }
    return sharedStore(store);
  }

  /** Several processes share the tables; each bot has its own way to them. */
  async #openInAzure(model: TableModel, boot: Boot, name: string): Promise<Store> {
    const tables = gatedTables(model, {
      passes: () => this.#passes(boot),
      fault: (call) => this.#tableFault(call),
    });
    boot.store ??= this.#onlooker(model);
    return openAzureStore({ ...this.#azureOptions(), boot: name, tables });
  }

  #azureOptions() {
    return {
      now: this.time.clock,
      newId: () => this.#random.guid(),
      patience: {
        elapsedMs: () => this.time.nowMs,
        sleep: (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms)),
      },
    };
  }

  /** What fails on a disk fails here in another way, and a whole rush of calls where the disk is full. */
  #tableFault(call: TableCall): TableFault | undefined {
    const fault =
      this.#diskFaultInTables(call) ??
      (this.#random.chance(this.tableTrouble) ? this.#random.pick(ANY_FAULT) : undefined);
    if (fault !== undefined) this.met.add(`tables ${fault}`);
    return fault;
  }

  #diskFaultInTables(call: TableCall): TableFault | undefined {
    const [next] = this.diskFaults;
    if (next === undefined) return undefined;
    const fault = TABLE_FAULTS[next.call] ?? '503';
    if (call !== 'batch' && fault !== '503') return undefined;
    this.diskFaults.shift();
    return fault;
  }

  crash(kind: Crash): void {
    if (!this.#boot.isGone) this.#end(this.#boot, kind);
  }

  #end(boot: Boot, kind: Crash): void {
    boot.isGone = true;
    boot.gone.resolve('gone');
    this.met.add(kind === 'killed' ? 'kills' : 'power cuts');
    this.#crashIn = undefined;
    this.#door.servers = [];
    this.time.forgetTimers();
    if (kind === 'killed') this.disk.killed();
    else this.disk.powerCut(() => this.#random.next());
    // The lock of a process that is gone is nobody's; this one lives on under the same number.
    for (const file of this.disk.files().keys()) if (file.startsWith(`${FOLDER}/owner.lock`)) this.disk.remove(file);
  }

  /** Asks the bot to end, as a deployment does, and starts it again. */
  async restart(): Promise<void> {
    const boot = this.#boot;
    const stopping = Promise.all(boot.bots.toReversed().map((bot) => bot.stop()));
    const ended = stopping.then(
      () => true,
      () => true,
    );
    for (let waits = 0; waits < 100; waits++) {
      await this.time.quiet();
      if (boot.isGone || (await Promise.race([ended, Promise.resolve(false)]))) break;
      this.time.moveTo(this.time.nowMs + 200);
    }
    if (!boot.isGone) this.#end(boot, 'killed');
    await this.ensureUp();
  }

  // What stands between the process and its world.

  /** @returns a promise for ever where the process ends here. */
  #passes(boot: Boot): Promise<never> | undefined {
    this.time.touch();
    if (boot.isGone) return never();
    if (this.#crashIn !== undefined && --this.#crashIn <= 0) {
      this.#end(boot, this.#crashKind);
      return never();
    }
    return undefined;
  }

  #atDisk(boot: Boot, call: DiskCall, moment: 'before' | 'after', file: string): Promise<void> | undefined {
    const end = this.#passes(boot);
    if (end !== undefined || moment === 'after') return end;
    const [next] = this.diskFaults;
    if (next?.call !== call || !file.startsWith(FOLDER)) return undefined;
    this.diskFaults.shift();
    this.met.add(`disk ${next.code}`);
    return Promise.reject(Object.assign(new Error(`${next.code}: the disk failed`), { code: next.code }));
  }

  async #atPartnerCenter(
    boot: Boot,
    moment: 'before' | 'after',
    { method, url, headers }: PipelineRequest,
  ): Promise<void> {
    await this.#passes(boot);
    if (moment === 'after') return;
    for (const due of this.#atCalls.filter((one) => --one.calls === 0)) due.happens();
    if (method !== 'GET') {
      const names = new Map([...headers].map(([name, value]) => [name.toLowerCase(), value]));
      this.beforeChange(method, new URL(url).pathname, names);
    }
    const slow = this.slowMs.shift();
    if (slow === undefined) return;
    this.met.add('slow calls to Partner Center');
    await new Promise((resolve) => setTimeout(resolve, slow));
    this.time.touch();
  }

  async #atTeams(boot: Boot, url: string, init?: RequestInit): Promise<Response> {
    const came = await this.#passToTeams(boot, () => this.teams.answer(url, init));
    if ('answer' in came) return came.answer;
    if (came.kind === 'answer')
      return new Response(JSON.stringify({ error: { code: 'ServiceError' } }), { status: came.status });
    if (came.kind !== 'hang') throw new TypeError('fetch failed');
    return new Promise((_, reject) => {
      init?.signal?.addEventListener('abort', () => {
        reject(new DOMException('too late', 'TimeoutError'));
      });
    });
  }

  /** The same without HTTP: what is not answered comes to a `SendError`. */
  async #onLine(boot: Boot, work: () => Answer): Promise<Answer> {
    const came = await this.#passToTeams(boot, work);
    if ('answer' in came) return came.answer;
    if (came.kind === 'answer') return { status: came.status };
    if (came.kind === 'hang')
      await new Promise((resolve) => {
        AbortSignal.timeout(10_000).addEventListener('abort', resolve);
      });
    throw new SendError('unavailable');
  }

  /** @returns what Teams has answered, or how the call has gone wrong. */
  async #passToTeams<T>(boot: Boot, work: () => T): Promise<{ readonly answer: T } | TeamsFault> {
    await this.#passes(boot);
    const fault = this.teamsFaults.shift();
    this.met.add(fault === undefined ? 'calls to Teams' : 'calls to Teams that went wrong');
    if (fault !== undefined && fault.kind !== 'apply-then-reset') return fault;
    const answer = work();
    await this.#passes(boot);
    return fault ?? { answer };
  }

  // What people and time do.

  /** Hands an activity over, and waits for the answer as long as Teams does. @returns `undefined` where none came. */
  async deliver(activity: Activity): Promise<DoorAnswer | undefined> {
    const ways = this.#waysIn();
    const at = this.#random.below(ways.length);
    const way = ways[at];
    if (way === undefined) return undefined;
    this.#boot.signedIn[at]?.add((activity['from'] as Person).aadObjectId);
    this.met.add('turns');
    const boot = this.#boot;
    let answer: DoorAnswer | undefined;
    void way(activity).then((got) => {
      this.time.touch();
      if (!boot.isGone) answer = got;
    });
    for (let waits = 0; waits < 60; waits++) {
      await this.time.quiet();
      if (answer !== undefined || boot.isGone) return answer;
      this.time.moveTo(this.time.nowMs + 250);
    }
    return answer;
  }

  /** One for each bot. */
  #waysIn(): readonly ((activity: Activity) => Promise<DoorAnswer>)[] {
    if (this.#overHttp) return this.#door.servers.map((server) => (activity) => deliver(server, activity));
    return this.#boot.lines.map((line) => (activity) => line.take(activity));
  }

  /** Lets time pass: from one thing that is due to the next. */
  async pass(ms: number): Promise<void> {
    const end = this.time.nowMs + ms;
    for (let steps = 0; steps < 3_000; steps++) {
      await this.time.quiet();
      if (!this.isUp) await this.ensureUp();
      const next = await this.#nextAt();
      if (next === undefined || next > end) break;
      this.time.moveTo(next);
    }
    this.time.moveTo(end);
    await this.time.quiet();
    if (!this.isUp) await this.ensureUp();
  }

  /** When something happens next. Ticks matter where they find something that is due, deadlines where a call is open. */
  async #nextAt(): Promise<number | undefined> {
    const due = await this.#nextDue();
    const isOverdue = due !== undefined && due <= this.time.nowMs;
    const times = [
      this.time.nextAt('once'),
      isOverdue ? this.time.nextAt('interval') : due,
      this.#boot.calls > 0 ? this.time.nextAt('deadline') : undefined,
    ];
    const known = times.filter((at) => at !== undefined);
    return known.length === 0 ? undefined : Math.min(...known);
  }

  /** When work of a request, or a card, is due next. A chain that no checkpoint covers yet is none of it. */
  async #nextDue(): Promise<number | undefined> {
    const rows = (await this.#boot.store?.due(DISTANT, 1_000, { notBeginning: HEAD_KEY })) ?? [];
    const next = rows.find(({ partition }) => partition.startsWith('request:'));
    return next === undefined ? undefined : Date.parse(next.dueAt) - this.time.clock().getTime() + this.time.nowMs;
  }

  /** Whether a chain of a request has grown that no checkpoint covers yet. */
  async isUncovered(): Promise<boolean> {
    const heads = (await this.#boot.store?.due(DISTANT, 1_000, { beginning: HEAD_KEY })) ?? [];
    return heads.some(({ partition }) => partition.startsWith('request:'));
  }

  /** What a power cut would leave of a request: a text that is another one when it has changed, and its rows. */
  durable(requestId: string): DurableRows | undefined {
    const partition = `request:${requestId}`;
    if (this.#tables === undefined) {
      const text = this.disk.durable(path.join(FOLDER, partitionFile(partition)));
      return text === undefined ? undefined : { text, rows: () => rowsIn(text) };
    }
    const key = partitionKeyOf(partition);
    const entities = this.#tables.entities(key).filter(({ partitionKey }) => partitionKey === key);
    const head = entities.find(({ rowKey }) => rowKey === HEAD);
    if (head === undefined) return undefined;
    return {
      text: `${key} ${JSON.stringify(head.properties)}`,
      rows() {
        const picture = pictureOf(partition, entities);
        if (picture.kind === 'torn') throw new Error(picture.why);
        return picture.rows;
      },
    };
  }

  requestIds(): readonly string[] {
    if (this.#tables === undefined)
      return this.disk.names(path.join(FOLDER, 'request')).map((name) => name.replace(/\.json$/, ''));
    return this.#tables
      .entities('request:')
      .filter(({ rowKey }) => rowKey === HEAD)
      .map(({ partitionKey }) => partitionKey.slice('request:'.length));
  }

  /** Everything that is kept, to look for what must not be there. */
  storedTexts(): readonly string[] {
    const entities = this.#tables?.entities() ?? [];
    return [...this.disk.files().values(), ...entities.map(({ properties }) => JSON.stringify(properties))];
  }

  #filesOfStore(): ReadonlyMap<string, string> {
    return new Map([...this.disk.files()].filter(([file]) => !file.includes('owner.lock')));
  }

  /** A store that looks and changes nothing. */
  #onlooker(model: TableModel): Store {
    const refused = (): Promise<never> => Promise.reject(new ConflictError('it only looks'));
    const tables: Tables = {
      name: model.name,
      exists: () => model.exists(),
      make: () => Promise.resolve(),
      get: (...what) => model.get(...what),
      page: (...what) => model.page(...what),
      batch: refused,
      remove: refused,
    };
    return azureStoreOf({ ...this.#azureOptions(), tables, origin: { id: 'onlooker', createdAt: '' } });
  }

  /** A store of its own on what lies on the disk now, for looking only. */
  async look(): Promise<Store> {
    if (this.#tables !== undefined) return this.#onlooker(this.#tables);
    const copy = new MemoryDisk(this.time.clock);
    copy.fill(this.#filesOfStore());
    return openFileStore({
      folder: FOLDER,
      boot: 'onlooker',
      disk: copy.disk,
      now: this.time.clock,
      remembered: READ_BEFORE,
    });
  }
}
