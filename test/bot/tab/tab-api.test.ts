import assert from 'node:assert/strict';
import { createChannelGuard } from '../../../bot/channel/channel-guard.ts';
import { createServer } from '../../../bot/channel/server.ts';
import { createAskerOf } from '../../../bot/tab/asker.ts';
import { OneAtATime } from '../../../bot/one-at-a-time.ts';
import { createRecordAnswers } from '../../../bot/tab/record-answers.ts';
import { createTabApi } from '../../../bot/tab/tab-api.ts';
import type { AuditEvent } from '../../../services/audit/audit-chain.ts';
import { rolesFrom } from '../../../services/people/roles.ts';
import { summaryOf, type RequestSummary } from '../../../services/requests/overview/request-summary.ts';
import type { RequestRecord } from '../../../services/requests/request.ts';
import { StoreError } from '../../../services/storage/store.ts';
import { chainOf, event, Recorded } from '../../services/audit/recorded.ts';
import { requestIn } from '../../services/requests/request-in.ts';
import { eventually } from '../../support/eventually.ts';
import { quietLog } from '../quiet-log.ts';

const EVE = '22222222-aaaa-4bbb-8ccc-222222222222';
/** Of the shape of a token. */
const GOOD = 'e30.e30.good';

describe('what the tab asks', () => {
  let recorded: Recorded;
  let isRecording = true;
  let areRolesUnread = false;
  let isEntraThere = true;
  let isListed = true;
  let unread = 0;
  let summaries: readonly RequestSummary[] = [];
  let stored: RequestRecord | undefined;
  /** What storing an entry of the record waits for. */
  let storing: Promise<unknown> = Promise.resolve();
  let onStoring = (): void => undefined;
  /** What a reading of the store waits for. */
  let held: Promise<unknown> = Promise.resolve();
  let onRead = (): void => undefined;
  let damaged: string | undefined;
  const told: AuditEvent[] = [];
  const refused: string[] = [];
  let url = '';
  let close: () => Promise<void>;

  beforeEach(async () => {
    recorded = new Recorded();
    [isRecording, areRolesUnread, isEntraThere, held, damaged] = [true, false, true, Promise.resolve(), undefined];
    [isListed, storing, unread, summaries, stored] = [true, Promise.resolve(), 0, [], undefined];
    onRead = onStoring = () => undefined;
    told.length = 0;
    refused.length = 0;
    const { log } = quietLog();
    const roles = rolesFrom({
      standing: (role, person) =>
        areRolesUnread ? 'unread' : role === 'auditor' && person === EVE ? 'held' : 'not-held',
      approvers: () => [],
      areApproversUnread: () => false,
      samePerson: [],
    });
    const refusals = {
      note: (person: string) => {
        refused.push(person);
        return Promise.resolve();
      },
    };
    const record = createRecordAnswers({
      store: {
        ...recorded.store,
        read: async (chain) => {
          onRead();
          await held;
          if (chain === damaged) throw new StoreError('damaged', 'not as it was written');
          return recorded.store.read(chain);
        },
      },
      all: {
        note: () => undefined,
        look: async () => undefined,
        isListed: () => isListed,
        unread: () => unread,
        summaries: () => summaries,
      },
      requests: { read: async () => stored },
      roles,
      people: { find: async () => undefined },
      log: {
        record: async (...events) => {
          onStoring();
          await storing;
          if (isRecording) told.push(...events);
          return isRecording;
        },
      },
      refusals,
      clock: () => new Date(),
      oneAtATime: new OneAtATime(),
    });
    // All tries of a test come in one moment, however long they take.
    const moment = new Date();
    const guard = createChannelGuard({
      ...{ log, now: () => moment, rules: { serviceHosts: { hosts: [], loopback: false } } },
      signed: { appId: EVE, keys: { find: () => Promise.resolve(undefined), known: () => undefined } },
    });
    const api = createTabApi({
      askerOf: createAskerOf({
        readSignedOn: async (token) => {
          if (!isEntraThere) return 'unavailable';
          return token === GOOD
            ? { person: EVE, assertion: token, expiresOnTimestamp: 0, authContexts: [] }
            : 'not-valid';
        },
        ...{ roles, refusals, freshRoles: () => Promise.resolve(), fallbackLanguage: 'en' },
      }),
      answers: {
        me: async () => ({}),
        broken: () => Promise.reject(new Error('something nobody has foreseen')),
        audit: (asker, query) => record.search(asker, query),
        'audit/kinds': (asker) => record.kinds(asker),
      },
      forms: { 'audit/export': (asker, body) => record.export(asker, body) },
    });
    const server = createServer({
      onActivity: () => Promise.resolve(),
      isReady: () => Promise.resolve(true),
      onKnock: (request) => guard.knock(request),
      onRefused: (request, status, what) => guard.refuse(request, status, what),
      ...api,
      log,
    });
    ({ url } = await server.listen(0, '127.0.0.1'));
    close = () => server.close();
  });
  afterEach(() => close());

  const get = (what: string, token = GOOD): Promise<Response> =>
    fetch(`${url}/api/tab/${what}`, { headers: { Authorization: `Bearer ${token}` } });
  const exported = (token = GOOD, format = 'json', signal?: AbortSignal): Promise<Response> =>
    fetch(`${url}/api/tab/audit/export`, {
      ...(signal && { signal }),
      method: 'POST',
      headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
      body: JSON.stringify({ format }),
    });

  it('is closed to strangers after too many tries, and to nobody with a good token behind the same address', async () => {
    const statuses = new Set<number>();
    for (let n = 0; n < 120; n += 1) {
      statuses.add((await get('me', 'e30.e30.bad')).status);
      statuses.add((await exported('e30.e30.bad')).status);
    }

    assert.deepEqual([...statuses], [401, 429]);
    assert.deepEqual([(await get('me')).status, (await exported()).status], [200, 200]);
  });

  it('is refused for now, and by nobody’s fault, while Entra or the directory says nothing', async () => {
    areRolesUnread = true;
    const unread = await get('me');
    assert.deepEqual([unread.status, await unread.json()], [503, { error: 'roles-unread' }]);

    isEntraThere = false;
    const unavailable = await get('me');
    assert.deepEqual([unavailable.status, await unavailable.json()], [503, { error: 'unavailable' }]);
    assert.equal((await exported()).status, 503);
    assert.deepEqual(refused, []);
  });

  it('is answered with nothing but 503 where something goes wrong that nobody has foreseen', async () => {
    const response = await get('broken');

    assert.deepEqual([response.status, await response.text()], [503, '']);
  });

  it('is exported only once that is recorded', async () => {
    await recorded.append(chainOf(1), event(1));
    isRecording = false;
    const refusedExport = await exported();
    assert.deepEqual([refusedExport.status, await refusedExport.json()], [503, { error: 'unavailable' }]);

    isRecording = true;
    const entries = (await (await exported()).json()) as readonly { readonly chain: string }[];
    assert.deepEqual(
      [entries.map(({ chain }) => chain), told.map(({ action }) => action)],
      [[chainOf(1)], ['audit.exported']],
    );
  });

  it('breaks off where a chain cannot be read, so that nobody takes it for whole, and can be asked for again', async () => {
    await recorded.append(chainOf(1), event(1));
    await recorded.append(chainOf(2), event(2));
    damaged = chainOf(2);

    await assert.rejects(async () => (await exported()).text());

    damaged = undefined;
    assert.equal(((await (await exported()).json()) as readonly unknown[]).length, 2);
  });

  it('says what a search could not read', async () => {
    await recorded.append(chainOf(1), event(1));
    await recorded.append(chainOf(2), event(2));
    damaged = chainOf(2);
    const { entries, leftOut } = (await (await get('audit')).json()) as {
      readonly entries: readonly unknown[];
      readonly leftOut: readonly string[];
    };
    assert.deepEqual([entries.length, leftOut], [1, [chainOf(2)]]);
  });

  it('says by name what an entry is about, where its request tells', async () => {
    const request = requestIn('pending');
    const holdingId = 'b5058fe5-0000-4000-8000-000000000001';
    stored = {
      request: {
        ...request,
        cancels: [{ holdingId, class: 'legacy-licence', name: 'Visio Plan 2', quantity: 1, until: request.stateSince }],
      },
      steps: [],
      shown: () => undefined,
    };
    await recorded.append(chainOf(1), { ...event(1), action: 'step.asked', detail: { subscription: holdingId } });

    const { entries } = (await (await get('audit')).json()) as { readonly entries: readonly { details: unknown }[] };

    assert.deepEqual(
      entries.map(({ details }) => details),
      [[['About', 'Visio Plan 2']]],
    );
  });

  it('is offered with the customers and people of the newest requests, and with a word on all others', async () => {
    type Offered = {
      readonly customers: readonly unknown[];
      readonly people: readonly unknown[];
      readonly notes: unknown;
    };
    const offered = async (): Promise<Offered> => (await (await get('audit/kinds')).json()) as Offered;
    const request = requestIn('pending');
    summaries = Array.from({ length: 250 }, (_, n) =>
      summaryOf({
        request: { ...request, id: chainOf(n).slice(8), customer: { ...request.customer, id: `customer-${n}` } },
        steps: [],
        shown: () => undefined,
      }),
    );
    const others = 'Everybody else is searched by id, also customers whose requests all ended more than 90 days ago.';
    const { customers, notes } = await offered();
    assert.deepEqual(
      [customers.length, notes],
      [200, [`Offered by name: customers and people of the newest 200 requests. ${others}`]],
    );

    summaries = [];
    unread = 2;
    assert.deepEqual((await offered()).notes, [
      `Nobody is offered by name yet. ${others}`,
      '2 requests have not been read yet. Refresh in a moment.',
    ]);
  });

  it('is searched or exported by one person once at a time', async () => {
    await recorded.append('audit:2026-03-01.b', event(1));
    const reading = Promise.withResolvers<undefined>();
    held = reading.promise;

    const begun = new Promise<void>((resolve) => {
      onRead = resolve;
    });
    const first = get('audit');
    await begun;
    const second = await get('audit');
    const third = await exported();
    reading.resolve(undefined);

    assert.deepEqual([second.status, third.status, (await first).status], [429, 429, 200]);
    assert.equal((await get('audit')).status, 200);
  });

  const REQUEST = chainOf(1).slice('request:'.length);
  type Found = {
    readonly entries: readonly { readonly what: string; readonly details: unknown }[];
    readonly next?: string;
    readonly error?: string;
  };
  const searched = async (query = ''): Promise<{ readonly status: number; readonly body: Found }> => {
    const response = await get(`audit${query}`);
    return { status: response.status, body: (await response.json()) as Found };
  };

  it('is searched only once that is recorded', async () => {
    await recorded.append('audit:2026-03-01.b', event(1));
    isRecording = false;
    assert.deepEqual(await searched(), { status: 503, body: { error: 'unavailable' } });

    isRecording = true;
    assert.equal((await searched()).body.entries.length, 1);
    assert.deepEqual(
      told.map(({ action, actor }) => [action, actor]),
      [['audit.searched', `person:${EVE}`]],
    );
  });

  it('is searched part by part, each of them recorded with what was looked for', async () => {
    for (const from of [0, 60])
      await recorded.append('audit:2026-03-01.b', ...Array.from({ length: 60 }, (_, n) => event(from + n)));
    const first = await searched('?action=request.sent');
    const second = await searched(`?from=2026-03-01&after=${encodeURIComponent(first.body.next ?? '')}`);
    const third = await searched(`?after=${encodeURIComponent(second.body.next ?? '')}`);

    assert.deepEqual(
      [first, second, third].map(({ body }) => [body.entries.length, body.next?.replace(/^\S+ /, '')]),
      [
        [50, '71 audit:2026-03-01.b'],
        [50, '21 audit:2026-03-01.b'],
        [20, undefined],
      ],
    );
    assert.deepEqual(
      told.map(({ detail }) => detail),
      [
        { action: 'request.sent' },
        { from: '2026-03-01T00:00:00.000Z', after: first.body.next },
        { after: second.body.next },
      ],
    );
  });

  it('is searched for each thing that is offered, and what was looked for is shown in words', async () => {
    const { kinds } = (await (await get('audit/kinds')).json()) as { kinds: { action: string; text: string }[] };
    const sent = kinds.find(({ text }) => text === 'Removal: the call is about to be sent')!;
    await recorded.append(chainOf(1), event(1), { ...event(1), action: 'step.intent', detail: { step: 'removal' } });

    const { body } = await searched(`?action=${sent.action}`);
    await recorded.append('audit:2026-03-01.b', told.at(-1)!);
    const looks = (await searched('?action=audit.searched')).body.entries;

    assert.deepEqual(
      body.entries.map(({ what }) => what),
      [sent.text],
    );
    assert.deepEqual(
      looks.map(({ details }) => details),
      [[['Looked for', sent.text]]],
    );
    for (const { action } of kinds) assert.equal((await searched(`?action=${action}`)).status, 200, action);
  });

  it('is not searched from a place that there cannot be', async () => {
    await recorded.append('audit:2026-03-01.b', event(1));
    const at = '2026-03-01T09:00:00.000Z';
    const places = [
      'x',
      at.slice(0, 10),
      `${at} x`,
      `${at} 0`,
      `${at} -1 ${chainOf(1)}`,
      `${at} 1 checkpoint:2026-03-01`,
    ];
    for (const place of [...places, `${at} 1 person:x`, `${at} 1.5 ${chainOf(1)}`, '2026-13-01T09:00:00.000Z'])
      assert.deepEqual(
        await searched(`?after=${encodeURIComponent(place)}`),
        { status: 400, body: { error: 'malformed' } },
        place,
      );
    const elsewhere = await searched(`?request=${REQUEST}&after=${encodeURIComponent(`${at} 5 ${chainOf(2)}`)}`);
    assert.equal(elsewhere.status, 400);
    assert.deepEqual(told, []);
  });

  it('is searched though nobody has read yet which requests there are: the record itself knows what has happened when', async () => {
    await recorded.append(chainOf(1), event(1));
    isListed = false;

    for (const query of ['', `?request=${REQUEST}`, `?customer=${REQUEST}`])
      assert.equal((await searched(query)).status, 200);
    assert.equal((await searched()).body.entries.length, 1);
  });

  it('is exported again after a browser went away while that was being recorded', async () => {
    await recorded.append(chainOf(1), event(1));
    const stored = Promise.withResolvers<undefined>();
    storing = stored.promise;
    const begun = new Promise<void>((resolve) => {
      onStoring = resolve;
    });
    const leaving = new AbortController();
    const first = exported(GOOD, 'json', leaving.signal);
    await begun;
    const gone = assert.rejects(first, { name: 'AbortError' });
    leaving.abort();
    await gone;
    assert.equal((await exported()).status, 429, 'it is still being recorded');
    stored.resolve(undefined);

    await eventually(async () => (await exported()).status === 200, 'the export is let in again');
  });
});
