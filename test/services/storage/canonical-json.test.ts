import assert from 'node:assert/strict';
import fc from 'fast-check';
import { canonicalJson } from '../../../services/storage/canonical-json.ts';
import type { Json } from '../../../services/storage/store.ts';

describe('canonical JSON', () => {
  it('is the same whatever the order of the keys, and leaves absent ones out', () => {
    assert.equal(
      canonicalJson({ b: [1, { z: null, y: 'ä' }], a: true, c: undefined }),
      '{"a":true,"b":[1,{"y":"ä","z":null}]}',
    );
    assert.equal(canonicalJson({ a: true, b: [1, { y: 'ä', z: null }] }), '{"a":true,"b":[1,{"y":"ä","z":null}]}');
  });

  it('says what JSON says', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = canonicalJson(value);

        assert.deepEqual(JSON.parse(text), JSON.parse(JSON.stringify(value)));
        assert.equal(canonicalJson(JSON.parse(text) as Json), text);
      }),
    );
  });

  const refused: [name: string, value: unknown][] = [
    ['a date', new Date(0)],
    ['a map', new Map()],
    ['a function', () => 1],
    ['a big number', 1n],
    ['infinity', Infinity],
    ['nothing', undefined],
    ['nothing in a list', [undefined]],
  ];
  for (const [name, value] of refused) {
    it(`refuses ${name}`, () => {
      assert.throws(() => canonicalJson(value as Json), TypeError);
    });
  }
});
