import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { readdirSync, readFileSync } from 'node:fs';
import type { IncomingMessage, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import type { LogEntry } from '../../sandbox/partner-center/control/log.ts';
import { auditKeyOf, HEAD_KEY, readAudit } from '../../services/audit/audit-chain.ts';
import { verifyRecord } from '../../services/audit/verify-record.ts';
import { OUTBOX_KEY } from '../../services/requests/change.ts';
import { createNonces } from '../../services/requests/nonces.ts';
import { openStoreReader } from '../../services/storage/store-reader.ts';
import type { Row } from '../../services/storage/store.ts';
import {
  customerIn,
  intentOf,
  liveCards,
  pictureOf,
  noncesOn,
  revisionsAhead,
  shownIn,
  SECRETS,
  type Change,
  type Evidence,
  type Kept,
  type ShownButton,
  type StoredRequest,
  type Told,
} from '../simulation/evidence.ts';
import type { Pressed } from '../simulation/life.ts';
import { INVARIANTS } from '../simulation/invariants.ts';
import { AUDIT_KEY, idOf } from '../simulation/simulated-world.ts';
import { partnerCenterControls } from '../support/journey.ts';
import { APPROVER, type CrashWorld } from './crash-world.ts';
import type { People } from './people.ts';
import type { Story } from './stories.ts';

const SECRET = Buffer.from(AUDIT_KEY, 'hex');
const REQUEST_STARTED = 'http.server.request.start';
/** A process that has just been started again may take its time on a busy machine. */
const QUIET_MS = 60_000;
/** A card that was edited a moment ago waits so long at most for its next edit. */
const SOON_MS = 60_000;

/** Watches from outside: what Partner Center is asked and people are shown, against what lies on the disk. */
export class Witness {
  readonly #world: CrashWorld;
  readonly #people: People;
  readonly #story: Story;
  readonly #changes: Change[] = [];
  readonly #shown: ShownButton[] = [];
  readonly #lost: string[] = [];
  /** Messages that were named in a request's rows at some time. */
  readonly #known = new Set<string>();

  constructor(world: CrashWorld, people: People, story: Story) {
    this.#world = world;
    this.#people = people;
    this.#story = story;
    world.onDeath = () => {
      this.#atDeath();
    };
    subscribe(REQUEST_STARTED, this.#atRequest);
  }

  stop(): void {
    unsubscribe(REQUEST_STARTED, this.#atRequest);
  }

  /** The moment at which a call has arrived and nothing has been done about it. */
  readonly #atRequest = (message: unknown): void => {
    const { request, server } = message as { readonly request: IncomingMessage; readonly server: Server };
    const { partnerCenter, folder } = this.#world;
    const { method = 'GET', url = '/' } = request;
    const isOurs = (server.address() as AddressInfo | null)?.port === partnerCenter.port;
    if (!isOurs || method === 'GET' || url.startsWith('/_')) return;
    const called = decodeURI(url);
    const header = (name: string): string => String(request.headers[name] ?? '');
    const correlationId = header('ms-correlationid');
    this.#changes.push({
      method,
      path: called,
      requestId: header('ms-requestid'),
      correlationId,
      kept: keptIn(folder).find(({ chain }) => intentOf(chain, correlationId) !== undefined),
      read: this.#activeNow(customerIn(called) ?? ''),
      pressed: this.#pressed(),
      approvers: new Set([idOf(APPROVER)]),
    });
  };

  /** Subscriptions of a customer that really are active, whatever the bot has read. */
  #activeNow(customerId: string): readonly string[] {
    const { subscriptions = [] } = this.#world.partnerCenter.world.customer(customerId)?.holdings ?? {};
    return subscriptions.filter(({ status }) => status === 'active').map(({ id }) => id);
  }

  #pressed(): readonly Pressed[] {
    return this.#people.pressed.map(({ person, verb, data, told }) => ({
      atMs: 0,
      how: 'execute',
      person,
      verb,
      data,
      wasAnswered: told !== undefined,
    }));
  }

  #noteMessages(): void {
    for (const rows of rowsIn(this.#world.folder))
      for (const { messageId } of shownIn('', rows)) this.#known.add(messageId);
  }

  /** Nothing that anybody was told is lost with the process. */
  #atDeath(): void {
    const { folder } = this.#world;
    this.#noteMessages();
    const requests = keptIn(folder);
    this.#shown.push(...this.#shownAhead(requests));
    const check = INVARIANTS['what a person was told is what a power cut leaves'];
    this.#lost.push(...(check?.({ ...NOTHING, told: this.#told(requests), requests }) ?? []), ...this.#lostOfLists());
  }

  /** What somebody was told about a list, and is not stored with its customers. */
  #lostOfLists(): readonly string[] {
    const members = rowsIn(this.#world.folder, 'batch').flatMap((rows) =>
      [...rows].filter(([key]) => key.startsWith('member:')).map(([, { value }]) => value as object),
    );
    return this.#people.pressed.flatMap(({ verb, told = '' }) =>
      this.#story.listed
        .filter((one) => one.verb === verb)
        .filter(({ key, words }) => members.filter((member) => key in member).length < (told.match(words)?.length ?? 0))
        .map(() => `${verb} was acknowledged and is lost`),
    );
  }

  #shownAhead(requests: readonly Kept[]): readonly ShownButton[] {
    const nonces = createNonces(SECRET, this.#world.clock);
    const { chat } = this.#world;
    return chat.people.flatMap(({ key }) =>
      chat
        .messages(key)
        .flatMap(({ card = {} }) => noncesOn(card))
        .map(([requestId, nonce]) => {
          const durableRevision = requests.find(({ request }) => request.id === requestId)?.request.revision ?? 0;
          const ahead = revisionsAhead(nonces, nonce, idOf(key), { id: requestId, revision: durableRevision });
          return { person: key, requestId, durableRevision, ahead };
        }),
    );
  }

  #told(requests: readonly Kept[]): readonly Told[] {
    const [only] = requests;
    return this.#people.pressed.flatMap(({ person, verb, data, told = '' }) =>
      this.#story.told
        .filter((one) => one.verb === verb && one.words.test(told))
        .map(({ action }) => {
          const named = data['requestId'] ?? only?.request.id;
          return { requestId: typeof named === 'string' ? named : 'the request', person: idOf(person), action };
        }),
    );
  }

  /** Waits until nothing is due any more. */
  async untilQuiet(): Promise<void> {
    for (const began = Date.now(); Date.now() - began < QUIET_MS;) {
      if (this.#due().length === 0 && this.#due(SOON_MS).every((key) => !key.startsWith(OUTBOX_KEY))) return;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  /** @param inMs what becomes due within that time, too. */
  #due(inMs = 0): readonly string[] {
    const until = new Date(this.#world.clock().getTime() + inMs).toISOString();
    return [...rowsIn(this.#world.folder), ...rowsIn(this.#world.folder, 'batch')].flatMap((rows) =>
      [...rows]
        // A head is due for the next checkpoint, which comes every ten minutes.
        .filter(([key, { dueAt }]) => key !== HEAD_KEY && dueAt !== undefined && dueAt <= until)
        .map(([key]) => key),
    );
  }

  async atTheEnd(): Promise<Evidence> {
    this.#noteMessages();
    const { folder, partnerCenter, chat, output } = this.#world;
    const requests = keptIn(folder);
    const reader = await openStoreReader(folder);
    const calls = (await partnerCenterControls(partnerCenter.url).calls()) as unknown as readonly LogEntry[];
    const { faults } = reader === undefined ? { faults: ['no store'] } : await verifyRecord(reader, auditKeyOf(SECRET));
    const nonces = createNonces(SECRET, this.#world.clock);
    const chats = chat.people.map((person) => ({ person, messages: chat.messages(person.key, { device: 'new' }) }));
    return {
      changes: this.#changes,
      pressed: this.#pressed(),
      approvers: new Set([idOf(APPROVER)]),
      calls,
      shown: this.#shown,
      told: this.#told(requests),
      requests,
      live: requests.flatMap((kept) => liveCards(nonces, chats, kept, this.#known)),
      pictures: rowsIn(folder)
        .flatMap((rows) => shownIn((rows.get('request')?.value as StoredRequest | undefined)?.id ?? '', rows))
        .flatMap((one) => pictureOf(one, chats)),
      recordFaults: faults,
      due: this.#due(),
      texts: [output, ...filesBelow(folder), JSON.stringify(calls), JSON.stringify(chat.calls)],
      secrets: SECRETS,
    };
  }

  get lost(): readonly string[] {
    return this.#lost;
  }
}

const NOTHING: Evidence = {
  changes: [],
  pressed: [],
  approvers: new Set(),
  calls: [],
  shown: [],
  told: [],
  requests: [],
  live: [],
  pictures: [],
  recordFaults: [],
  due: [],
  texts: [],
  secrets: [],
};

/** Every request that lies in a store's folder at this very moment, whoever works with it. */
const keptIn = (folder: string): readonly Kept[] =>
  rowsIn(folder).flatMap((rows) => {
    const request = rows.get('request')?.value as StoredRequest | undefined;
    return request === undefined ? [] : [{ request, chain: readAudit(rows) }];
  });

const rowsIn = (folder: string, kind: 'request' | 'batch' = 'request'): readonly ReadonlyMap<string, Row>[] =>
  filesBelow(path.join(folder, kind)).map(
    (text) => new Map(Object.entries((JSON.parse(text) as { readonly rows: Readonly<Record<string, Row>> }).rows)),
  );

/** What stands in the files of a folder that are there for good. */
function filesBelow(folder: string): readonly string[] {
  try {
    return readdirSync(folder, { withFileTypes: true, recursive: true })
      .filter((one) => one.isFile() && !one.name.startsWith('.') && !one.name.startsWith('owner.lock'))
      .map(({ parentPath, name }) => readFileSync(path.join(parentPath, name), 'utf8'));
  } catch {
    return []; // it is not there yet
  }
}
