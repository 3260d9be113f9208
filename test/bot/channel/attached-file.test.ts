import assert from 'node:assert/strict';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { attachedFile, MOST_BYTES, readFileText, SHAREPOINT } from '../../../bot/channel/attached-file.ts';

const TEAMS = { endings: SHAREPOINT, loopback: false };
const HERE = { endings: SHAREPOINT, loopback: true };
const CONTENT_TYPE = 'application/vnd.microsoft.teams.file.download.info';

describe('a file that somebody has sent', () => {
  let server: Server;
  let url: string;
  let answer: RequestListener;
  let asked: { readonly path: string; readonly headers: Readonly<Record<string, unknown>> }[];

  beforeEach(async () => {
    asked = [];
    server = createServer((request, response) => {
      asked.push({ path: request.url ?? '', headers: request.headers });
      answer(request, response);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/files/1`;
  });
  afterEach(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  const holds = (content: Uint8Array | string): void => {
    answer = (_, response) => response.end(content);
  };
  const read = (name = 'customers.csv', downloadUrl = url) => readFileText({ name, downloadUrl }, HERE);

  it('is found among what a message brings', () => {
    const content = { downloadUrl: 'https://contoso-my.sharepoint.com/x', uniqueId: '1', fileType: 'csv' };
    const file = { contentType: CONTENT_TYPE, name: 'customers.csv', content };

    assert.deepEqual(attachedFile([{ contentType: 'text/html', content: '<p>hi</p>' }, file]), {
      name: 'customers.csv',
      downloadUrl: content.downloadUrl,
    });
    for (const odd of [undefined, null, 'x', {}, [], [null], [{ ...file, content: {} }], [{ ...file, name: 5 }]])
      assert.equal(attachedFile(odd), undefined);
  });

  it('is read as it was written, without any token', async () => {
    holds('\uFEFFDomäne\ncontoso.com\n');

    assert.deepEqual(await read(), { kind: 'text', text: 'Domäne\ncontoso.com\n' });
    assert.equal(asked[0]?.headers['authorization'], undefined);
    assert.equal(asked[0]?.headers['cookie'], undefined);
  });

  for (const [what, bytes] of [
    ['UTF-16, as spreadsheets write it', Buffer.from('\uFEFFKönig\n', 'utf16le')],
    ['what older programs write', Buffer.from('K\u00f6nig\n', 'latin1')],
  ] as const)
    it(`may be in ${what}`, async () => {
      holds(bytes);
      const answered = await read();

      assert.equal(answered.kind === 'text' && answered.text.replace('\uFEFF', ''), 'König\n');
    });

  it('is refused by its name, before anything is asked', async () => {
    for (const name of ['customers.xlsx', 'customers', 'customers.csv.exe', 'csv'])
      assert.deepEqual(await read(name), { kind: 'refused', why: 'type' });
    assert.deepEqual(asked, []);
  });

  it('is fetched from nowhere but where Teams keeps files', async () => {
    const places = [
      url,
      'http://contoso-my.sharepoint.com/x',
      'https://contoso-my.sharepoint.com:8443/x',
      'https://user:pass@contoso-my.sharepoint.com/x',
      'https://contoso-my.sharepoint.com.evil.example/x',
      'https://sharepoint.com.evil.example/x',
      'https://evilsharepoint.com/x',
      'https://evil.example/.sharepoint.com',
      'file:///etc/passwd',
      'javascript:alert(1)',
      'https://169.254.169.254/metadata',
      '',
      'x',
    ];
    const never: typeof fetch = () => assert.fail('nothing is fetched');

    for (const downloadUrl of places)
      assert.deepEqual(await readFileText({ name: 'a.csv', downloadUrl }, TEAMS, never), {
        kind: 'refused',
        why: 'place',
      });
    assert.deepEqual(asked, []);
  });

  it('is fetched from SharePoint, as its address stands', async () => {
    const fetched: string[] = [];
    const files: typeof fetch = (address) => {
      fetched.push(address instanceof Request ? address.url : address.toString());
      return Promise.resolve(new Response('contoso.com\n'));
    };
    const downloadUrl =
      'https://contoso-my.sharepoint.com/personal/ada/_layouts/15/download.aspx?UniqueId=1&tempauth=k';

    const answered = await readFileText({ name: 'Customers.CSV', downloadUrl }, TEAMS, files);

    assert.deepEqual(answered, { kind: 'text', text: 'contoso.com\n' });
    assert.deepEqual(fetched, [downloadUrl]);
  });

  it('is not followed to another place', async () => {
    answer = (request, response) => {
      if (request.url === '/files/1') response.writeHead(302, { Location: '/elsewhere' });
      response.end('contoso.com');
    };

    assert.deepEqual(await read(), { kind: 'refused', why: 'unread' });
    assert.deepEqual(
      asked.map(({ path }) => path),
      ['/files/1'],
    );
  });

  it('is read no further than a list may be long', async () => {
    holds('x'.repeat(MOST_BYTES));
    assert.equal((await read()).kind, 'text');

    holds('x'.repeat(MOST_BYTES + 1));
    assert.deepEqual(await read(), { kind: 'refused', why: 'too-large' });
  });

  it('is said to be unread where it is gone, forbidden or cut off', async () => {
    for (const status of [401, 403, 404, 500]) {
      answer = (_, response) => {
        response.writeHead(status);
        response.end('no');
      };
      assert.deepEqual(await read(), { kind: 'refused', why: 'unread' });
    }
    answer = (_, response) => {
      response.writeHead(200, { 'Content-Length': '100' });
      response.write('contoso', () => response.destroy());
    };
    assert.deepEqual(await read(), { kind: 'refused', why: 'unread' });
  });
});
