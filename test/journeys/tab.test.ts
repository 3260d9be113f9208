import assert from 'node:assert/strict';
import { openStoreReader } from '../../services/storage/store-reader.ts';
import { readAudit, type AuditEntry } from '../../services/audit/audit-chain.ts';
import { namesOf } from '../../services/audit/verify-record.ts';
import { newGuid } from '../../services/ids.ts';
import { MANAGER_OBJECT_ID, REQUESTER_OBJECT_ID } from '../../sandbox/chat/chat.ts';
import { eventually } from '../support/eventually.ts';
import { startJourney } from '../support/journey.ts';
import { readPdf } from '../support/pdf-text.ts';
import { startSignedOnJourney, type SignedOnJourney } from '../support/signed-on.ts';
import { accounts, DEPUTY_OBJECT_ID as AUDITOR } from './people.ts';
import { about, approves, dataOf, REMOVED, seatOf, waits } from './steps.ts';

const NAME = 'fabrikambikes';
const STRANGER = '0d3f4b52-5555-4c1a-9a35-2f6f0c9d1e42';

interface Row {
  readonly id: string;
  readonly customer: { readonly name: string; readonly domain: string };
  readonly state: string;
  readonly wait?: { readonly what: string; readonly people: readonly string[]; readonly since: string };
}
interface Entry {
  readonly what: string;
  readonly who: string;
  readonly at: string;
  readonly details?: readonly (readonly [string, string])[];
  readonly request?: string;
  readonly customer?: string;
}
interface Answered {
  readonly error?: string;
  readonly isAuditor?: boolean;
  readonly rows?: readonly Row[];
  readonly next?: string;
  readonly counts?: readonly { readonly label: string; readonly count: number }[];
  readonly people?: readonly { readonly id?: string; readonly name: string; readonly count?: number }[];
  readonly entries?: readonly Entry[];
  readonly verdict?: { readonly isWhole: boolean; readonly head?: string };
  readonly facts?: readonly (readonly [string, string])[];
  readonly hasReceipt?: boolean;
  readonly watched?: string;
  readonly kinds?: readonly {
    readonly key?: string;
    readonly label: string;
    readonly customers: number;
    readonly purchases?: number;
  }[];
  readonly customers?: readonly { readonly id: string; readonly name: string }[];
}

interface Sent {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

describe('the personal tab', function () {
  this.timeout(60_000);
  let world: SignedOnJourney;
  let id = '';

  before(async () => {
    world = await startSignedOnJourney({
      env: { AUDITORS: AUDITOR },
      directory: { users: accounts, faults: { switches: { requireToken: true } } },
    });
    const { approval } = await waits(world.journey, NAME);
    id = String(dataOf(approval, 'approval.approve')['requestId']);
  });
  after(() => world.close());

  const origin = (): string => new URL(world.journey.botUrl).origin;
  const tokenOf = (person: string, claims: Readonly<Record<string, unknown>> = {}): string =>
    world.entra.ssoToken(REQUESTER_OBJECT_ID, { oid: person, ...claims });
  const send = (path: string, token: string | undefined, more: Sent = {}): Promise<Response> =>
    fetch(`${origin()}${path}`, {
      ...more,
      headers: {
        Connection: 'close',
        ...(token !== undefined && { Authorization: `Bearer ${token}` }),
        ...more.headers,
      },
    });
  const ask = async (person: string, what: string, more?: Sent) => {
    const response = await send(`/api/tab/${what}`, tokenOf(person), more);
    return { status: response.status, body: (await response.json()) as Answered };
  };
  const told = async (person: string, what: string): Promise<Answered> => {
    const { status, body } = await ask(person, what);
    assert.equal(status, 200, JSON.stringify(body));
    return body;
  };
  const idsIn = async (person: string, what: string): Promise<readonly string[]> =>
    ((await told(person, what)).rows ?? []).map((row) => row.id);
  const ofProcesses = async (): Promise<readonly AuditEntry[]> => {
    const reader = (await openStoreReader(world.journey.folder))!;
    const chains = await namesOf(reader, 'audit');
    return (await Promise.all(chains.map(async (chain) => readAudit((await reader.read(chain)).rows)))).flat();
  };
  const exportAs = (person: string, body: unknown): Promise<Response> =>
    send('/api/tab/audit/export', tokenOf(person), {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    });

  describe('at its door', () => {
    const addresses = [
      'me',
      'requests',
      'requests/archived?month=2026-01',
      'request?id=x',
      'waiting',
      'blockers',
      'blockers/customers?kind=legacy-licence',
      'audit',
    ];

    it('tells a stranger nothing, whatever they ask for', async () => {
      for (const address of addresses) {
        const response = await send(`/api/tab/${address}`, undefined);
        assert.deepEqual([response.status, await response.json()], [401, { error: 'sign-in' }], address);
      }
    });

    it('takes no token that is not Entra’s, for this bot, of this tenant, and good now', async () => {
      const past = Math.floor(Date.now() / 1000) - 3_600;
      const [head = '', , signature = ''] = tokenOf(AUDITOR).split('.');
      const forged = Buffer.from(JSON.stringify({ oid: AUDITOR, exp: past + 9_999 })).toString('base64url');
      const bad: Readonly<Record<string, string>> = {
        expired: tokenOf(AUDITOR, { exp: past, nbf: past - 100, iat: past - 100 }),
        'of another app': tokenOf(AUDITOR, { aud: newGuid() }),
        'of another tenant': tokenOf(AUDITOR, { tid: newGuid() }),
        'of another issuer': tokenOf(AUDITOR, { iss: 'https://sts.windows.net/other/' }),
        'without the permission': tokenOf(AUDITOR, { scp: 'openid' }),
        'of an app': tokenOf(AUDITOR, { scp: undefined, roles: ['access_as_user'] }),
        'of nobody': tokenOf(AUDITOR, { oid: '' }),
        forged: [head, forged, signature].join('.'),
        none: 'abc',
      };
      for (const [name, token] of Object.entries(bad)) {
        const response = await send('/api/tab/requests', token);
        assert.deepEqual([response.status, await response.json()], [401, { error: 'sign-in' }], name);
      }
    });

    it('shows nothing to whoever has no role, and records that they tried', async () => {
      assert.deepEqual(await ask(STRANGER, 'requests'), { status: 403, body: { error: 'no-role' } });

      const tries = (await ofProcesses()).filter(({ actor }) => actor.endsWith(STRANGER));
      assert.deepEqual(
        tries.map(({ action, detail }) => [action, detail]),
        [['refused', { what: 'tab', why: 'no-role' }]],
      );
    });

    it('knows no other method, and no address that is not its own', async () => {
      const statuses = await Promise.all([
        send('/api/tab/requests', tokenOf(AUDITOR), { method: 'POST' }),
        send('/api/tab/audit/export', tokenOf(AUDITOR)),
        send('/api/tab/', tokenOf(AUDITOR)),
        send('/tab/nothing.js', undefined),
        send('/tab/../compose.ts', undefined),
        send('/tab/tsconfig.json', undefined),
      ]);

      assert.deepEqual(
        statuses.map(({ status }) => status),
        [405, 405, 404, 404, 404, 404],
      );
    });

    it('has a page that loads nothing from elsewhere, and is framed by Teams only', async () => {
      const page = await send('/tab', undefined);
      const policy = page.headers.get('content-security-policy') ?? '';

      assert.equal(page.status, 200);
      assert.match(policy, /^default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; /);
      assert.match(policy, /frame-ancestors 'self'$/, 'on a loopback address the page that plays Teams is its own');
      assert.equal(page.headers.get('x-content-type-options'), 'nosniff');
      assert.doesNotMatch(await page.text(), /<script(?![^>]* src="\/tab\/)|<style| style=| on\w+=/);
    });

    it('does not send again what the browser has', async () => {
      const first = await send('/tab/app.js', undefined);
      const again = await send('/tab/app.js', undefined, {
        headers: { 'If-None-Match': first.headers.get('etag') ?? '' },
      });

      assert.deepEqual([first.status, again.status, await again.text()], [200, 304, '']);
    });

    it('has the words of each language, by what Teams says', async () => {
      for (const [locale, word] of [
        ['de-DE', 'Anträge'],
        ['fr-FR', 'Demandes'],
        ['ru-RU', 'Заявки'],
        ['ja-JP', 'Requests'],
      ] as const) {
        const response = await send('/tab/words', undefined, { headers: { 'Accept-Language': locale } });
        const { words } = (await response.json()) as { readonly words: Readonly<Record<string, string>> };
        assert.equal(words['requests'], word);
      }
    });
  });

  describe('shows requests', () => {
    it('to whoever asked, was asked, and audits', async () => {
      for (const person of [REQUESTER_OBJECT_ID, MANAGER_OBJECT_ID, AUDITOR])
        assert.deepEqual(await idsIn(person, 'requests'), [id], person);
      assert.deepEqual(await idsIn(AUDITOR, 'requests?show=ended'), []);
    });

    it('that wait for somebody to those alone', async () => {
      assert.deepEqual(await idsIn(MANAGER_OBJECT_ID, 'requests?show=waiting'), [id]);
      assert.deepEqual(await idsIn(REQUESTER_OBJECT_ID, 'requests?show=waiting'), []);
      assert.deepEqual(await idsIn(AUDITOR, 'requests?show=waiting'), []);
    });

    it('with what they wait for, whom, and since when, in the reader’s language', async () => {
      const german = { headers: { 'Accept-Language': 'de-DE' } };
      const { body } = await ask(AUDITOR, 'waiting', german);
      const [row] = body.rows ?? [];

      assert.deepEqual([row?.wait?.what, row?.wait?.people], ['eine Entscheidung', ['Elena Marsh']]);
      assert.ok(Date.now() - Date.parse(row?.wait?.since ?? '') < 60_000);
      assert.deepEqual(body.people, [{ name: 'Elena Marsh', count: 1 }]);
      assert.deepEqual(
        (await told(AUDITOR, 'requests')).counts?.map(({ label, count }) => [label, count]),
        [['waiting for approval', 1]],
      );
    });

    it('one by one, from the first click on, without others’ refused tries to all but auditors', async () => {
      const own = await told(REQUESTER_OBJECT_ID, `request?id=${id}`);
      const audited = await told(AUDITOR, `request?id=${id.toUpperCase()}`);

      const [first] = own.entries ?? [];
      assert.equal(first?.what, 'Draft begun');
      assert.equal(first.who, 'Jonas Weber');
      assert.equal(own.verdict, undefined);
      assert.equal(audited.verdict?.isWhole, true);
      assert.deepEqual(
        (await ofProcesses())
          .filter(({ action }) => action === 'audit.shown')
          .map(({ actor, target }) => [actor, target]),
        [[`person:${AUDITOR}`, id]],
      );
    });

    it('of others to nobody, just as if there were none, and records who tried', async () => {
      await world.journey.restart({ REQUESTERS: `${REQUESTER_OBJECT_ID},${STRANGER}` });
      const missing = { status: 404, body: { error: 'not-found' } };

      assert.deepEqual(await ask(REQUESTER_OBJECT_ID, `request?id=${newGuid()}`), missing);
      const response = await ask(STRANGER, `request?id=${id}`);
      // The directory knows no such account, so the role by name is none.
      assert.equal(response.status, 403);
      await world.journey.restart({
        REQUESTERS: REQUESTER_OBJECT_ID,
        APPROVERS: `${MANAGER_OBJECT_ID},${AUDITOR}`,
        AUDITORS: MANAGER_OBJECT_ID,
      });

      assert.deepEqual(await ask(AUDITOR, `request?id=${id}`), missing);
      const tries = (await ofProcesses()).filter(({ target, action }) => target === id && action === 'refused');
      assert.deepEqual(
        tries.map(({ actor, detail }) => [actor, detail]),
        [[`person:${AUDITOR}`, { what: 'tab', why: 'not-asked' }]],
      );
      await world.journey.restart({ APPROVERS: MANAGER_OBJECT_ID, AUDITORS: AUDITOR });
    });

    it('and refuses what is no question', async () => {
      for (const address of [
        'requests?show=all',
        'request?id=1',
        'request',
        'requests/archived?month=26',
        'audit?from=today',
      ])
        assert.deepEqual(await ask(AUDITOR, address), { status: 400, body: { error: 'malformed' } }, address);
    });
  });

  describe('shows the record', () => {
    it('to auditors alone', async () => {
      for (const what of ['audit', 'audit/kinds', 'requests/archived?month=2026-01'])
        assert.deepEqual(await ask(MANAGER_OBJECT_ID, what), { status: 403, body: { error: 'not-an-auditor' } });
      const refused = await exportAs(MANAGER_OBJECT_ID, { format: 'csv' });
      assert.deepEqual([refused.status, await refused.json()], [403, { error: 'not-an-auditor' }]);

      const tries = (await ofProcesses()).filter(({ detail }) => detail?.['why'] === 'not-an-auditor');
      assert.deepEqual(
        tries.map(({ actor, detail }) => [actor, detail?.['what']]),
        ['tab.search', 'tab.record', 'tab.archived', 'tab.export'].map((what) => [`person:${MANAGER_OBJECT_ID}`, what]),
      );
    });

    it('by who did what, in which request, on which days', async () => {
      const { people, kinds: whats } = await told(AUDITOR, 'audit/kinds');
      assert.ok(people?.some(({ id: person, name }) => person === REQUESTER_OBJECT_ID && name === 'Jonas Weber'));
      assert.ok((whats?.length ?? 0) > 20);
      const today = new Date().toISOString().slice(0, 10);
      const found = await told(AUDITOR, `audit?person=${REQUESTER_OBJECT_ID}&action=request.opened&from=${today}`);
      const none = await told(AUDITOR, 'audit?action=request.opened&to=2020-01-01');

      assert.deepEqual(
        found.entries?.map(({ what, who, request }) => [what, who, request]),
        [['Draft begun', 'Jonas Weber', id]],
      );
      assert.deepEqual(none.entries, []);
      const [last] = (await told(AUDITOR, 'audit?action=audit.searched')).entries ?? [];
      assert.deepEqual(last?.details, [['Looked for', '– 2020-01-01 · Draft begun']]);
    });

    it('of a customer: what happened to its requests, and nothing else, the newest first', async () => {
      const { customers = [] } = await told(AUDITOR, 'audit/kinds');
      const [fabrikam] = customers;
      const { entries = [] } = await told(AUDITOR, `audit?customer=${fabrikam?.id ?? ''}`);

      assert.match(fabrikam?.name ?? '', /^Fabrikam Bikes · fabrikambikes\./);
      assert.equal(entries.at(-1)?.what, 'Draft begun');
      assert.ok(entries.every(({ request, customer }) => request === id && customer === 'Fabrikam Bikes'));
      const times = entries.map(({ at }) => at);
      assert.deepEqual(times, times.toSorted().toReversed());
      assert.deepEqual((await told(AUDITOR, `audit?customer=${newGuid()}`)).entries, []);
    });

    it('as a file, of one request or whole, in the form that the command writes', async () => {
      const csv = await exportAs(AUDITOR, { format: 'csv', request: id });
      // One at a time for each person.
      const lines = (await csv.text()).trim().split('\r\n');
      const json = await exportAs(AUDITOR, { format: 'json' });

      assert.equal(csv.headers.get('content-type'), 'text/csv; charset=utf-8');
      assert.match(
        csv.headers.get('content-disposition') ?? '',
        /^attachment; filename="record-\d{4}-\d\d-\d\d\.csv"$/,
      );
      assert.match(lines[0] ?? '', /"chain","seq","time","action"/);
      assert.ok(lines.slice(1).every((line) => line.startsWith(`"request:${id}"`)));
      const entries = (await json.json()) as readonly { readonly chain: string; readonly action: string }[];
      assert.ok(entries.some(({ chain }) => chain === `request:${id}`));
      assert.ok(entries.some(({ action }) => action === 'bot.started'));
    });

    it('and keeps who has searched and exported what', async () => {
      const done = (await ofProcesses()).filter(({ action }) => /^audit\.(searched|exported)$/.test(action));

      assert.ok(done.every(({ actor }) => actor.endsWith(AUDITOR)));
      assert.deepEqual(
        done.filter(({ action }) => action === 'audit.exported').map(({ detail }) => detail),
        [{ format: 'csv', request: id }, { format: 'json' }],
      );
      assert.equal(done.filter(({ action }) => action === 'audit.searched').length, 5);
    });

    it('to nobody who has not sent a token, before what they send is read', async () => {
      const response = await send('/api/tab/audit/export', undefined, { method: 'POST', body: 'x'.repeat(100_000) });

      assert.deepEqual([response.status, await response.text()], [401, '']);
      const odd = await exportAs(AUDITOR, { format: 'xml' });
      assert.deepEqual([odd.status, await odd.json()], [400, { error: 'malformed' }]);
    });
  });

  describe('shows, once it is there,', () => {
    it('the whole way to the receipt', async () => {
      await approves(seatOf(world.journey, 'manager'), NAME);
      await seatOf(world.journey, 'requester').sees(about(NAME), REMOVED);

      const { entries = [] } = await told(REQUESTER_OBJECT_ID, `request?id=${id}`);

      const whats = entries.map(({ what }) => what);
      for (const what of ['Draft begun', 'Request sent to those who approve', 'Approved', 'Removal: seen to be done'])
        assert.ok(whats.includes(what), `${what}: ${whats.join(', ')}`);
      assert.deepEqual(await idsIn(AUDITOR, 'requests?show=ended'), [id]);
      assert.deepEqual(await idsIn(AUDITOR, 'requests'), []);
    });

    it('the receipt, as a PDF, to those who have it in their chats', async () => {
      const own = await send(`/api/tab/receipt?id=${id}`, tokenOf(REQUESTER_OBJECT_ID));

      assert.deepEqual([own.status, own.headers.get('content-type')], [200, 'application/pdf']);
      assert.match((await readPdf(new Uint8Array(await own.arrayBuffer()))).text, /Fabrikam Bikes/);
      assert.equal((await told(REQUESTER_OBJECT_ID, `request?id=${id}`)).hasReceipt, true);
      const none = await ask(REQUESTER_OBJECT_ID, `receipt?id=${newGuid()}`);
      assert.deepEqual(none, { status: 404, body: { error: 'not-found' } });
    });

    it('blockers by kind over watched customers, to everybody with a role', async () => {
      const requester = seatOf(world.journey, 'requester');
      assert.equal((await told(MANAGER_OBJECT_ID, 'blockers')).watched, 'No customer is watched.');
      await requester.says('watch contosobakery');
      await requester.sees(
        about('contosobakery'),
        /I watch this customer, and tell you when something changes\. I look without you at all but/,
      );

      // A count is kept for a moment.
      const isCounted = async (): Promise<boolean> => {
        const { watched, kinds = [] } = await told(MANAGER_OBJECT_ID, 'blockers');
        const of = kinds.find(({ label }) => label === 'legacy subscription');
        return watched === '1 customer is watched.' && of?.customers === 1 && of.purchases === 2;
      };
      await eventually(isCounted, 'the first look at it is counted');

      await requester.says('watch humongous');
      const news = await requester.sees(
        about('humongousinsurance'),
        /Nothing that I can read without you stands in the way\.\n[^]*It takes your sign-in to read reservations and software\./,
      );
      const reservations = async (): Promise<readonly (number | undefined)[]> => {
        const { kinds = [] } = await told(MANAGER_OBJECT_ID, 'blockers');
        const of = (what: string) => kinds.find(({ label }) => label === what);
        return [
          of('takes a person’s sign-in to read: reservations and software')?.customers,
          of('Azure reservation')?.purchases,
        ];
      };
      const areCounted = (count: number) => async (): Promise<boolean> =>
        (await reservations()).join() === `2,${count}`;
      await eventually(areCounted(2), 'what takes a sign-in is no trouble, and what is known of it is counted');
      const { id: customerId } = world.journey.partnerCenter.world.customers.find(({ domain }) =>
        domain.startsWith('humong'),
      )!;
      await world.journey.control('_world', { customerId, addEntitlement: { type: 'reservation' } });
      await requester.presses(news, 'Check again');
      await eventually(areCounted(3), 'what a person has read is known of what looks cannot read');
    });

    it('the customers behind them, to those who may look for any, and to auditors', async () => {
      const { kinds = [] } = await told(REQUESTER_OBJECT_ID, 'blockers');
      const key = kinds.find(({ label }) => label === 'legacy subscription')?.key ?? '';

      for (const person of [REQUESTER_OBJECT_ID, AUDITOR]) {
        const { rows = [], next } = await told(person, `blockers/customers?kind=${key}`);
        assert.deepEqual(
          [rows.map(({ customer }) => customer.domain), next],
          [['contosobakery.onmicrosoft.com'], undefined],
        );
      }
      assert.ok((await told(MANAGER_OBJECT_ID, 'blockers')).kinds?.every((kind) => kind.key === undefined));
      assert.deepEqual(await ask(MANAGER_OBJECT_ID, `blockers/customers?kind=${key}`), {
        ...{ status: 403, body: { error: 'not-a-requester' } },
      });
      assert.ok(
        (await ofProcesses()).some(
          ({ action, actor, detail }) =>
            action === 'refused' && actor.endsWith(MANAGER_OBJECT_ID) && detail?.['why'] === 'not-a-requester',
        ),
      );
    });
  });
});

describe('a bot that nobody signs in to', () => {
  it('has no tab: all its addresses are as unknown as any', async () => {
    const journey = await startJourney({ env: { AUDITORS: MANAGER_OBJECT_ID } });
    try {
      const { origin } = new URL(journey.botUrl);
      for (const path of ['/tab', '/tab/app.js', '/tab/words', '/api/tab/me', '/api/tab/audit/export'])
        for (const method of ['GET', 'POST'])
          assert.equal((await fetch(origin + path, { method, headers: { Connection: 'close' } })).status, 404, path);
    } finally {
      await journey.close();
    }
  });
});
