import assert from 'node:assert/strict';
import fc from 'fast-check';
import { digestOf } from '../../../services/readiness/digest.ts';
import type { Fact, Facts } from '../../../services/readiness/readiness.ts';

const licence: Fact = {
  id: 's',
  class: 'legacy-licence',
  name: 'E3',
  quantity: 5,
  weight: 'nothing',
  status: 'active',
};
const addOn: Fact = { ...licence, id: 'a', class: 'legacy-add-on', parentId: 's' };
const facts: Facts = {
  customerId: 'c',
  domain: 'contoso.com',
  resellers: ['1', '2'],
  holdings: [licence, addOn],
  policyVersion: 1,
};
const withLicence = (change: Partial<Fact>): Facts => ({ ...facts, holdings: [{ ...licence, ...change }, addOn] });

describe('the digest', () => {
  it('is 64 hexadecimal characters', () => {
    assert.match(digestOf(facts), /^[0-9a-f]{64}$/);
  });

  const same: [name: string, other: Facts][] = [
    ['the order of holdings', { ...facts, holdings: [addOn, licence] }],
    ['the order of resellers', { ...facts, resellers: ['2', '1'] }],
    ['the case of the domain', { ...facts, domain: 'Contoso.COM' }],
    ['the name of a holding', withLicence({ name: 'Renamed' })],
    [
      'the order of fields',
      JSON.parse(
        JSON.stringify({
          ...facts,
          holdings: facts.holdings.map((fact) => Object.fromEntries(Object.entries(fact).reverse())),
        }),
      ) as Facts,
    ],
  ];
  for (const [name, other] of same) {
    it(`does not change with ${name}`, () => {
      assert.equal(digestOf(other), digestOf(facts));
    });
  }

  const different: [name: string, other: Facts][] = [
    ['the customer', { ...facts, customerId: 'd' }],
    ['the domain', { ...facts, domain: 'contoso.net' }],
    ['the resellers', { ...facts, resellers: ['1'] }],
    ['the rules', { ...facts, policyVersion: 2 }],
    ['a holding more', { ...facts, holdings: [...facts.holdings, { ...licence, id: 'x' }] }],
    ['a holding less', { ...facts, holdings: [licence] }],
    ['the id of a holding', withLicence({ id: 't' })],
    ['the class of a holding', withLicence({ class: 'unknown' })],
    ['the quantity of a holding', withLicence({ quantity: 6 })],
    ['the weight of a holding', withLicence({ weight: 'may-block', status: 'active' })],
    ['the parent of a holding', withLicence({ parentId: 'p' })],
  ];
  for (const [name, other] of different) {
    it(`changes with ${name}`, () => {
      assert.notEqual(digestOf(other), digestOf(facts));
    });
  }

  it('cannot be had by moving text from one field to another', () => {
    assert.notEqual(digestOf(withLicence({ id: 's","x' })), digestOf(withLicence({ id: 's' })));
  });

  it('is the same for every order of the same holdings', () => {
    const ids = fc.uniqueArray(fc.string(), { maxLength: 8 });
    const shuffled = ids.chain((list) =>
      fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })),
    );
    fc.assert(
      fc.property(shuffled, ([list, other]) => {
        const of = (order: readonly string[]): string =>
          digestOf({ ...facts, resellers: order, holdings: order.map((id) => ({ ...licence, id })) });
        assert.equal(of(other), of(list));
      }),
    );
  });
});
