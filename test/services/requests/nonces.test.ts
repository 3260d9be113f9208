import assert from 'node:assert/strict';
import fc from 'fast-check';
import { DAY_MS } from '../../../services/clock.ts';
import { createNonces } from '../../../services/requests/nonces.ts';

const SECRET = new Uint8Array(32).fill(9);
const MIDNIGHT = Date.parse('2026-03-01T00:00:00Z');
const noncesAt = (ms: number, secret = SECRET) => createNonces(secret, () => new Date(ms));
const request = { id: 'request-1', revision: 4 };

describe('the nonce of a card of a request', () => {
  const nonces = noncesAt(MIDNIGHT);
  const nonce = nonces.ofRequest('bo', request);

  it('is known again, by every process with the same secret, on any day', () => {
    assert.ok(noncesAt(MIDNIGHT + 90 * DAY_MS).isOfRequest(nonce, 'bo', request));
  });

  it('is no longer known in a store that was put back from a backup, where revisions are counted anew', () => {
    const restored = createNonces(SECRET, () => new Date(MIDNIGHT), 'store-2');

    assert.ok(!restored.isOfRequest(nonce, 'bo', request));
    assert.ok(restored.isOfRequest(restored.ofRequest('bo', request), 'bo', request));
  });

  const others: readonly [name: string, person: string, request: { readonly id: string; readonly revision: number }][] =
    [
      ['another person', 'cy', request],
      ['another request', 'bo', { ...request, id: 'request-2' }],
      ['a later revision', 'bo', { ...request, revision: 5 }],
      ['an earlier revision', 'bo', { ...request, revision: 3 }],
      ['a person and request that read the same side by side', 'borequest', { id: '-1', revision: 4 }],
    ];
  for (const [name, person, other] of others)
    it(`is not that of ${name}`, () => {
      assert.ok(!nonces.isOfRequest(nonce, person, other));
    });

  it('cannot be made without the secret', () => {
    assert.ok(!noncesAt(MIDNIGHT, new Uint8Array(32).fill(8)).isOfRequest(nonce, 'bo', request));
  });

  it('is not one of a card that came before the request, for no customer', () => {
    assert.ok(!nonces.isOfCustomer(nonce, 'bo', 'request-1'));
    assert.ok(!nonces.isOfRequest(nonces.ofCustomer('bo', 'request-1'), 'bo', request));
  });

  it('is 22 characters that stand in a card as they are', () => {
    assert.match(nonce, /^[\w-]{22}$/);
  });

  it('is nothing else than itself, whatever comes back from a card', () => {
    const altered = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.nat(21).map((at) => `${nonce.slice(0, at)}${nonce[at] === 'A' ? 'B' : 'A'}${nonce.slice(at + 1)}`),
      fc.nat(21).map((length) => nonce.slice(0, length)),
      fc.string().map((more) => `${nonce}${more || '='}`),
    );

    fc.assert(fc.property(altered, (text) => text === nonce || !nonces.isOfRequest(text, 'bo', request)));
  });
});

describe('the nonce of a card before there is a request', () => {
  const made = noncesAt(MIDNIGHT + 1_000).ofCustomer('ada', 'contoso');
  const isGoodAt = (ms: number, person = 'ada', customer = 'contoso'): boolean =>
    noncesAt(ms).isOfCustomer(made, person, customer);

  it('is good for the day and the one after', () => {
    assert.ok(isGoodAt(MIDNIGHT));
    assert.ok(isGoodAt(MIDNIGHT + DAY_MS));
    assert.ok(isGoodAt(MIDNIGHT + 2 * DAY_MS - 1));
  });

  it('is not good before its day, nor two days later', () => {
    assert.ok(!isGoodAt(MIDNIGHT - 1));
    assert.ok(!isGoodAt(MIDNIGHT + 2 * DAY_MS));
  });

  it('is of one person and one customer', () => {
    assert.ok(!isGoodAt(MIDNIGHT, 'bo'));
    assert.ok(!isGoodAt(MIDNIGHT, 'ada', 'fabrikam'));
  });
});
