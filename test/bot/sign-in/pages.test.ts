import assert from 'node:assert/strict';
import { createChannelGuard } from '../../../bot/channel/channel-guard.ts';
import { createServer } from '../../../bot/channel/server.ts';
import { createSignInPages } from '../../../bot/sign-in/pages.ts';
import { quietLog } from '../quiet-log.ts';

describe('the pages to sign in on', () => {
  const { log } = quietLog();
  const handed: (readonly [string, string])[] = [];
  const pages = createSignInPages({
    fallbackLanguage: 'en',
    log,
    clock: () => new Date(),
    browser: {
      linkFor: () => Promise.resolve(''),
      begin: (ticket) =>
        ticket === 'broken'
          ? Promise.reject(new Error('Entra is down'))
          : Promise.resolve(ticket === 'good' ? 'https://login.example/authorize?state=1' : undefined),
      end: (state, code) => {
        handed.push([state, code]);
        return Promise.resolve(state === 'good' ? 'handed-over' : undefined);
      },
      turnedBack: (state) => Promise.resolve(state === 'good'),
      redeem: () => Promise.resolve(undefined),
    },
  });
  const server = createServer({
    onActivity: () => Promise.resolve(),
    isReady: () => Promise.resolve(true),
    log,
    pages,
  });
  let url = '';
  before(async () => {
    ({ url } = await server.listen(0, '127.0.0.1'));
  });
  after(() => server.close());
  const get = (path: string, headers: Record<string, string> = {}): Promise<Response> =>
    fetch(`${url}${path}`, { redirect: 'manual', headers });

  it('lead to Entra', async () => {
    const response = await get('/auth/start?ticket=good');

    assert.equal(response.status, 302);
    assert.equal(response.headers.get('location'), 'https://login.example/authorize?state=1');
    assert.equal(await response.text(), '');
  });

  it('tell Teams once Entra has led back, with nothing in them that another page could use', async () => {
    const response = await get('/auth/end?state=good&code=the-code');
    const page = await response.text();

    assert.equal(response.status, 200);
    assert.match(page, /notifySuccess\("handed-over"\)/);
    assert.doesNotMatch(page, /the-code/);
    assert.deepEqual(handed.at(-1), ['good', 'the-code']);
    const policy = response.headers.get('content-security-policy') ?? '';
    assert.match(policy, /^default-src 'none'; script-src 'nonce-[\w+/=]+';/);
    assert.match(policy, /frame-ancestors 'none'/);
    assert.equal(response.headers.get('cache-control'), 'no-store');
    assert.equal(response.headers.get('referrer-policy'), 'no-referrer');
    for (const [, nonce] of page.matchAll(/<script nonce="([^"]*)">/g)) assert.ok(policy.includes(`'nonce-${nonce}'`));
    assert.equal([...page.matchAll(/^<script/gm)].length, 2);
  });

  for (const path of [
    '/auth/start',
    '/auth/start?ticket=',
    '/auth/start?ticket=somebody%27s',
    '/auth/end',
    '/auth/end?code=a',
    '/auth/end?state=good',
    '/auth/end?state=bad&code=a',
    '/auth/end?error=access_denied&error_description=%3Cscript%3Ealert(1)%3C/script%3E&state=good',
  ])
    it(`say what to do where nothing can come of it: ${path}`, async () => {
      const response = await get(path);
      const page = await response.text();

      assert.equal(response.status, 400);
      assert.match(page, /You were not signed in\. Close this window/);
      assert.doesNotMatch(page, /<script|access_denied|somebody/);
    });

  it('say so where Entra cannot be had', async () => {
    assert.equal((await get('/auth/start?ticket=broken')).status, 503);
  });

  describe('to strangers', () => {
    let door: string;
    let close: () => Promise<void>;
    before(async () => {
      const appId = '9f3e6d10-4a8b-4c55-b1d2-7e0c5a9b8f64';
      const guard = createChannelGuard({
        ...{ log, now: () => new Date(), rules: { serviceHosts: { hosts: [], loopback: false } } },
        signed: { appId, keys: { find: () => Promise.resolve(undefined), known: () => undefined } },
      });
      const limited = createServer({
        onActivity: () => Promise.resolve(),
        isReady: () => Promise.resolve(true),
        onKnock: (request) => guard.knock(request),
        onRefused: (request, status, what) => guard.refuse(request, status, what),
        pages,
        log,
      });
      ({ url: door } = await limited.listen(0, '127.0.0.1'));
      close = () => limited.close();
    });
    after(() => close());
    const statusOf = async (path: string): Promise<number> => {
      const response = await fetch(`${door}${path}`, { redirect: 'manual' });
      const text = await response.text();
      if (response.status === 429) assert.equal(text, '');
      return response.status;
    };

    it('are closed after too many tries, and to nobody who has a link of the bot’s, behind the same address or not', async () => {
      const statuses = new Set<number>();
      for (let n = 0; n < 130; n += 1) {
        statuses.add(await statusOf('/auth/start?ticket=guessed'));
        statuses.add(await statusOf('/auth/end?state=guessed&code=guessed'));
      }

      assert.deepEqual([...statuses], [400, 429]);
      assert.equal(await statusOf('/auth/start?ticket=good'), 302);
      assert.equal(await statusOf('/auth/end?state=good&code=the-code'), 200);
      assert.equal(await statusOf('/auth/end?state=good&error=access_denied'), 400);
    });

    it('are not counted against whoever was led back without a code', async () => {
      for (let n = 0; n < 250; n += 1) assert.equal(await statusOf('/auth/end?state=good&error=access_denied'), 400);
    });
  });

  it('are in the language of the browser', async () => {
    const page = await (await get('/auth/start', { 'Accept-Language': 'ru-RU,ru;q=0.9,en;q=0.8' })).text();

    assert.match(page, /Вход не выполнен/);
    assert.match(page, /<html lang="ru">/);
  });

  it('answer nothing but a GET', async () => {
    for (const path of ['/auth/start', '/auth/end']) {
      const response = await fetch(`${url}${path}`, { method: 'POST', body: '{}' });
      assert.equal(response.status, 405);
      assert.equal(response.headers.get('allow'), 'GET');
    }
  });

  it('are not there where nobody signs in', async () => {
    const without = createServer({
      onActivity: () => Promise.resolve(),
      isReady: () => Promise.resolve(true),
      log,
    });
    const { url: address } = await without.listen(0, '127.0.0.1');
    try {
      for (const path of ['/auth/start', '/auth/end', '/tab/', '/api/tab/x'])
        assert.equal((await fetch(`${address}${path}`)).status, 404);
    } finally {
      await without.close();
    }
  });
});
