import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { fetchPublishedKeys, KeysError, type KeysFault } from '../../../bot/channel/published-keys.ts';
import { createSigningKeys, type SigningKeys, type SigningKeysParts } from '../../../bot/channel/signing-keys.ts';
import { HOUR_MS, MINUTE_MS } from '../../../services/clock.ts';
import { answerJson, ChannelKeys } from '../../../sandbox/channel/channel-keys.ts';
import { quietLog } from '../quiet-log.ts';

const DAY_MS = 24 * HOUR_MS;

describe('the signing keys of the channel', () => {
  let published: ChannelKeys;
  let keys: SigningKeys;
  let nowMs: number;
  let lines: readonly Readonly<Record<string, unknown>>[];
  /** Pauses that wait to be over. */
  let pauses: { readonly ms: number; readonly over: () => void }[];

  const create = (more: Partial<SigningKeysParts> = {}): void => {
    const quiet = quietLog();
    ({ lines } = quiet);
    pauses = [];
    keys = createSigningKeys({
      openIdMetadataUrl: published.openIdMetadataUrl,
      fetch,
      now: () => new Date(nowMs),
      log: quiet.log,
      sleep: (ms, signal) =>
        new Promise((resolve, reject) => {
          pauses.push({ ms, over: resolve });
          signal.addEventListener('abort', reject, { once: true });
        }),
      ...more,
    });
  };
  const isKnown = async (kid: string): Promise<boolean> => (await keys.find(kid)) !== undefined;
  /** How often the keys themselves were asked for. */
  const asked = (): number => published.asked.filter((path) => path === '/keys').length;
  /** Waits until the keys were fetched, or could not be, and the next time is waited for. */
  const paused = async (): Promise<number> => {
    while (pauses.length === 0) await delay(1);
    return pauses[0]?.ms ?? 0;
  };
  const goOn = (): void => {
    pauses.shift()?.over();
  };
  const unavailable = (): void => {
    published.answerWith((_request, response) => {
      response.statusCode = 503;
      response.end();
    });
  };

  beforeEach(async () => {
    nowMs = Date.parse('2026-06-15T10:00:00Z');
    published = await ChannelKeys.start();
    create();
  });
  afterEach(async () => {
    keys.stop();
    await published.close();
  });

  it('are fetched at the start and once a day', async () => {
    keys.start();
    keys.start();
    assert.equal(await paused(), DAY_MS);
    const first = published.kid;
    const second = await published.rotate();
    goOn();
    await paused();

    assert.equal(asked(), 2);
    assert.deepEqual([await isKnown(second), await isKnown(first)], [true, false], 'what is gone counts no more');
  });

  it('F30: are fetched once, however many tokens wait for them', async () => {
    keys.start();

    const found = await Promise.all(Array.from({ length: 100 }, () => isKnown(published.kid)));

    assert.ok(found.every(Boolean));
    assert.deepEqual(published.asked, ['/openid', '/keys']);
  });

  it('F30: are looked for anew at once when a token names a new one', async () => {
    keys.start();
    await paused();
    const rotated = await published.rotate();

    assert.ok((await Promise.all(Array.from({ length: 100 }, () => isKnown(rotated)))).every(Boolean));
    assert.equal(asked(), 2);
  });

  it('F30: are looked for at most once a minute, whatever keys strangers think up', async () => {
    keys.start();
    await paused();
    for (let n = 0; n < 1_000; n += 1) assert.equal(await isKnown(`made-up-${n}`), false);
    const afterTheFirst = asked();
    nowMs += MINUTE_MS;
    await Promise.all(Array.from({ length: 1_000 }, (_, n) => isKnown(`made-up-${n}`)));

    assert.deepEqual([afterTheFirst, asked()], [2, 3]);
    assert.ok(await isKnown(published.kid));
  });

  it('F30: hold for five days while newer ones cannot be had, and no longer', async () => {
    keys.start();
    await paused();
    const { kid } = published;
    unavailable();
    goOn();
    await paused();
    const asksBefore = published.asked.length;

    nowMs += 5 * DAY_MS;
    const stale = await isKnown(kid);
    const asksForStale = published.asked.length - asksBefore;
    nowMs += 1;
    const tooOld = await isKnown(kid);

    assert.deepEqual([stale, asksForStale, tooOld], [true, 0, false]);
    assert.deepEqual(
      lines.map(({ level, msg }) => [level, msg]),
      [
        ['info', 'the signing keys of the channel were fetched'],
        ['warn', 'newer signing keys of the channel could not be fetched'],
        ['error', 'there are no signing keys of the channel: nobody is believed'],
      ],
    );
    assert.deepEqual((lines[1]?.['error'] as { fault: string; status: number }).fault, 'unavailable');
  });

  it('F30: are asked for again and again, further and further apart, until they can be had', async () => {
    unavailable();
    keys.start();
    const waited: number[] = [];
    for (let n = 0; n < 8; n += 1) {
      waited.push((await paused()) / 1_000);
      if (n === 7) published.answerWith(undefined);
      goOn();
    }

    assert.deepEqual(waited, [1, 2, 5, 15, 30, 60, 60, 60]);
    assert.equal(await paused(), DAY_MS);
    assert.ok(await isKnown(published.kid));
  });

  it('F30: are waited for no longer than they may take', async () => {
    create({ timeoutMs: 50 });
    published.answerWith(() => undefined);
    keys.start();

    assert.equal(await isKnown(published.kid), false);
    published.answerWith((request, response) => {
      if (request.url === '/keys') response.write('{"keys":[');
      else answerJson(response, { jwks_uri: `${published.url}/keys` });
    });
    nowMs += MINUTE_MS;
    assert.equal(await isKnown(published.kid), false);
  });

  it('F30: are not replaced by none, or by such as Teams does not sign with', async () => {
    keys.start();
    await paused();
    const { kid } = published;
    const instead: unknown[] = [{ keys: [] }, { keys: [{ kid: 'x', kty: 'EC' }] }, {}, [], null, 5];
    for (const body of instead) {
      published.answerWith((request, response) => {
        answerJson(response, request.url === '/keys' ? body : { jwks_uri: `${published.url}/keys` });
      });
      goOn();
      assert.notEqual(await paused(), DAY_MS, JSON.stringify(body));
      assert.ok(await isKnown(kid));
    }
  });

  it('are not asked for any more once the bot stops', async () => {
    published.answerWith(() => undefined);
    keys.start();
    const waiting = isKnown(published.kid);
    keys.stop();

    assert.equal(await waiting, false);
    assert.equal(await isKnown(published.kid), false);
    assert.deepEqual(lines, []);
  });

  describe('published in another way', () => {
    const fetched = (url = published.openIdMetadataUrl, send: typeof fetch = fetch): Promise<unknown> =>
      fetchPublishedKeys(url, send, AbortSignal.timeout(5_000));
    const faultOf = async (work: Promise<unknown>): Promise<KeysFault | undefined> => {
      const error = await work.then(
        () => undefined,
        (thrown: unknown) => thrown,
      );
      assert.ok(error === undefined || error instanceof KeysError, String(error));
      return error?.fault;
    };

    const answers: [what: string, status: number, body: string, fault: KeysFault][] = [
      ['as no JSON', 200, '<html>', 'malformed'],
      ['as nothing', 200, '', 'malformed'],
      ['without saying where', 200, '{}', 'malformed'],
      ['with 500', 500, '{}', 'unavailable'],
      ['with 204', 204, '', 'unavailable'],
      ['in 2 MB', 200, JSON.stringify('a'.repeat(2_000_000)), 'too-large'],
    ];
    for (const [what, status, body, fault] of answers) {
      it(`${what} are none: ${fault}`, async () => {
        published.answerWith((_request, response) => {
          response.statusCode = status;
          response.end(body);
        });

        assert.equal(await faultOf(fetched()), fault);
      });
    }

    it('are not followed elsewhere', async () => {
      published.answerWith((request, response) => {
        response.statusCode = request.url === '/openid' ? 302 : 200;
        response.setHeader('Location', '/elsewhere');
        answerJson(response, { jwks_uri: `${published.url}/keys` });
      });

      assert.equal(await faultOf(fetched()), 'unavailable');
      assert.deepEqual(published.asked, ['/openid']);
    });

    const official = 'https://login.botframework.com/v1/.well-known/openidconfiguration';
    const addresses: [where: string, address: string, isAsked: boolean][] = [
      ['on the same host', 'https://login.botframework.com/v1/.well-known/keys', true],
      ['on another host', 'https://evil.example/keys', false],
      ['on a host of theirs', 'https://keys.login.botframework.com/keys', false],
      ['on another port', 'https://login.botframework.com:8443/keys', false],
      ['without TLS', 'http://login.botframework.com/keys', false],
      ['on this machine', 'http://127.0.0.1/keys', false],
      ['behind a name', 'https://login.botframework.com@evil.example/keys', false],
      ['with a password', 'https://a:b@login.botframework.com/keys', false],
      ['in a file', 'file:///etc/keys', false],
      ['nowhere', 'keys', false],
    ];
    for (const [where, address, isAsked] of addresses) {
      it(`${where} are ${isAsked ? '' : 'not '}asked for`, async () => {
        const asked: string[] = [];
        const send = (input: unknown): Promise<Response> => {
          asked.push(String(input));
          return Promise.resolve(Response.json(input === official ? { jwks_uri: address } : { keys: [] }));
        };

        assert.equal(await faultOf(fetched(official, send)), isAsked ? 'no-keys' : 'address');
        assert.deepEqual(asked, isAsked ? [official, address] : [official]);
      });
    }
  });
});
