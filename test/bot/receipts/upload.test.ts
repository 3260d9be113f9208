import assert from 'node:assert/strict';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { isFilePlace, upload, UploadError } from '../../../bot/receipts/upload.ts';
import { TEAMS_HOSTS } from '../../../bot/channel/service-hosts.ts';

const TEAMS = { hosts: TEAMS_HOSTS, loopback: false };

describe('where a file may be put', () => {
  for (const address of [
    'https://contoso-my.sharepoint.com/personal/ada/_api/v2.0/drive/items/01/uploadSession?guid=1&tempauth=2',
    'https://contoso.sharepoint.com/a',
    'https://contoso-my.sharepoint.us/a',
    'https://contoso-my.sharepoint.cn/a',
  ])
    it(`is SharePoint: ${new URL(address).host}`, () => {
      assert.equal(isFilePlace(address, TEAMS), true);
    });

  for (const address of [
    'http://contoso-my.sharepoint.com/a',
    'https://contoso-my.sharepoint.com:8443/a',
    'https://sharepoint.com.evil.example/a',
    'https://evil.example/contoso-my.sharepoint.com',
    'https://contoso-my.sharepoint.com@evil.example/a',
    'https://a.b.sharepoint.com.evil.example/a',
    'https://evil-sharepoint.com/a',
    'https://169.254.169.254/metadata',
    'http://127.0.0.1:80/a',
    'http://localhost/a',
    'file:///etc/passwd',
    'https://smba.trafficmanager.net/a',
    'nonsense',
    `https://contoso.sharepoint.com/${'a'.repeat(9_000)}`,
  ])
    it(`is nowhere else: ${address.slice(0, 60)}`, () => {
      assert.equal(isFilePlace(address, TEAMS), false);
    });

  it('is this machine only where the operator names it', () => {
    const address = 'http://127.0.0.1:8080/drive/1';

    assert.equal(isFilePlace(address, { hosts: ['127.0.0.1:8080'], loopback: false }), true);
    assert.equal(isFilePlace(address, { hosts: ['127.0.0.1:8081'], loopback: false }), false);
    assert.equal(isFilePlace(address, { hosts: [], loopback: true }), true);
    assert.equal(isFilePlace('http://evil.example/a', { hosts: ['evil.example'], loopback: true }), false);
  });
});

describe('putting a file there', () => {
  const BYTES = new TextEncoder().encode('%PDF');
  const at = async (
    answers: readonly number[],
    test: (url: string, seen: readonly IncomingMessage[], bodies: readonly string[]) => Promise<void>,
  ): Promise<void> => {
    const seen: IncomingMessage[] = [];
    const bodies: string[] = [];
    const server = createServer((request, response) => {
      seen.push(request);
      const parts: Buffer[] = [];
      request.on('data', (part: Buffer) => parts.push(part));
      request.on('end', () => {
        bodies.push(Buffer.concat(parts).toString());
        const status = answers[seen.length - 1] ?? 500;
        response.writeHead(status, status === 302 ? { Location: '/elsewhere' } : {});
        response.end('{"never":"read"}');
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    try {
      await test(`http://127.0.0.1:${(server.address() as AddressInfo).port}/place`, seen, bodies);
    } finally {
      server.closeAllConnections();
      server.close();
    }
  };
  const put = (url: string): Promise<void> => upload(url, BYTES, fetch, () => Promise.resolve());

  it('sends all of it in one piece, with no token', () =>
    at([201], async (url, seen, bodies) => {
      await put(url);

      assert.equal(seen[0]?.method, 'PUT');
      assert.equal(seen[0].headers['content-range'], 'bytes 0-3/4');
      assert.equal(seen[0].headers.authorization, undefined);
      assert.deepEqual(bodies, ['%PDF']);
    }));

  it('is tried again where the service is in trouble', () =>
    at([503, 429, 200], async (url, seen) => {
      await put(url);

      assert.equal(seen.length, 3);
    }));

  it('ends with what was answered last, and follows no redirect', async () => {
    await at([503, 503, 503], async (url, seen) => {
      await assert.rejects(put(url), new UploadError(503));
      assert.equal(seen.length, 3);
    });
    await at([302], async (url, seen) => {
      await assert.rejects(put(url), new UploadError(302));
      assert.deepEqual(
        seen.map((request) => request.url),
        ['/place'],
      );
    });
    await at([403], async (url, seen) => {
      await assert.rejects(put(url), new UploadError(403));
      assert.equal(seen.length, 1);
    });
  });
});
