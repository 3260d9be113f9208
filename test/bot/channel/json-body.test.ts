import assert from 'node:assert/strict';
import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { readJsonBody, type JsonBody } from '../../../bot/channel/json-body.ts';

const JSON_TYPE = { 'content-type': 'application/json' };
type Parts = readonly (string | Uint8Array)[];

const read = (parts: string | Parts, headers: Readonly<Record<string, string>> = JSON_TYPE): Promise<JsonBody> => {
  const bytes = [parts].flat().map((part) => Buffer.from(part));
  return readJsonBody(Object.assign(Readable.from(bytes), { headers }) as unknown as IncomingMessage);
};
const bytesOf = (text: string, encoding: BufferEncoding): Parts => [Buffer.from(text, encoding)];

describe('the body of a request', () => {
  const types = [
    'application/json',
    'Application/JSON; charset=UTF-8',
    'application/json;charset="utf-8"',
    'application/json;',
  ];
  for (const type of types) {
    it(`is read as ${type}`, async () => {
      assert.deepEqual(await read('{"a":[1,"ä"]}', { 'content-type': type }), {
        kind: 'body',
        value: { a: [1, 'ä'] },
      });
    });
  }

  it('is read in however many pieces it comes', async () => {
    const bytes = Buffer.from('{"name":"Контосо"}');

    assert.deepEqual(await read([bytes.subarray(0, 10), bytes.subarray(10, 11), bytes.subarray(11)]), {
      kind: 'body',
      value: { name: 'Контосо' },
    });
  });

  it('may have 256 KB and 64 levels', async () => {
    const long = JSON.stringify('a'.repeat(256 * 1_024 - 2));
    const deep = `${'['.repeat(64)}${']'.repeat(64)}`;

    assert.equal((await read(long)).kind, 'body');
    assert.equal((await read(deep)).kind, 'body');
  });

  it('may have lone surrogates in its texts', async () => {
    assert.equal((await read('{"text":"\\ud83d"}')).kind, 'body');
  });

  it('changes no object that its keys are copied to', async () => {
    const body = await read(
      '{"__proto__":{"admin":true},"b":{"\\u005f_proto__":{"admin":true}},"constructor":{"c":1}}',
    );

    assert.ok(body.kind === 'body');
    const value = body.value as Readonly<Record<string, object>>;
    assert.deepEqual(Object.keys(value), ['b', 'constructor']);
    assert.equal((Object.assign({}, value) as { admin?: boolean }).admin, undefined);
    assert.equal((Object.assign({}, value['b']) as { admin?: boolean }).admin, undefined);
    assert.equal(({} as { admin?: boolean }).admin, undefined);
  });

  const refused: [why: string, status: number, parts: string | Parts, headers?: Readonly<Record<string, string>>][] = [
    ['that is compressed', 415, 'abc', { ...JSON_TYPE, 'content-encoding': 'gzip' }],
    ['that is deflated', 415, 'abc', { ...JSON_TYPE, 'content-encoding': 'deflate' }],
    ['that is brotli', 415, 'abc', { ...JSON_TYPE, 'content-encoding': 'br' }],
    ['that is compressed twice', 415, 'abc', { ...JSON_TYPE, 'content-encoding': 'identity, gzip' }],
    ['of several parts', 415, '--x', { 'content-type': 'multipart/form-data; boundary=x' }],
    ['in plain text', 415, '{}', { 'content-type': 'text/plain' }],
    ['in XML', 415, '<a/>', { 'content-type': 'application/xml' }],
    ['of a form', 415, 'a=1', { 'content-type': 'application/x-www-form-urlencoded' }],
    ['in bytes', 415, '{}', { 'content-type': 'application/octet-stream' }],
    ['without a type', 415, '{}', {}],
    ['in another alphabet', 415, '{}', { 'content-type': 'application/json; charset=utf-16' }],
    ['of two types', 415, '{}', { 'content-type': 'application/json, text/plain' }],
    ['that is empty', 400, ''],
    ['that breaks off', 400, '{"a":'],
    ['with something behind it', 400, '{}{}'],
    ['with a byte order mark', 400, '\ufeff{}'],
    ['in UTF-16', 400, bytesOf('{"a":1}', 'utf16le')],
    ['that is no UTF-8', 400, [Buffer.from([0x22, 0xc3, 0x28, 0x22])]],
    ['that says it is too long', 413, '', { ...JSON_TYPE, 'content-length': '262145' }],
    ['that is too long', 413, ['"', 'a'.repeat(200_000), 'a'.repeat(200_000), '"']],
    ['of 65 levels', 400, `${'['.repeat(65)}${']'.repeat(65)}`],
    ['of 100,000 levels', 400, `${'['.repeat(100_000)}${']'.repeat(100_000)}`],
    ['of 40,000 levels of objects', 400, `${'{"a":'.repeat(40_000)}1${'}'.repeat(40_000)}`],
  ];
  for (const [why, status, parts, headers] of refused) {
    it(`is refused with ${status} ${why}`, async () => {
      assert.deepEqual(await read(parts, headers), { kind: 'refused', status });
    });
  }

  it('is refused when the connection ends in the middle of it', async () => {
    const request = new Readable({ read: () => undefined });
    const body = readJsonBody(Object.assign(request, { headers: JSON_TYPE }) as unknown as IncomingMessage);

    request.push('{"a":');
    request.destroy(new Error('aborted'));

    assert.deepEqual(await body, { kind: 'refused', status: 400 });
  });
});
