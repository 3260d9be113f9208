import assert from 'node:assert/strict';
import { driftBetween } from '../../../services/readiness/drift.ts';
import type { Drift, Fact, Facts } from '../../../services/readiness/readiness.ts';

const licence: Fact = {
  id: 's',
  class: 'legacy-licence',
  name: 'E3',
  quantity: 5,
  weight: 'nothing',
  status: 'active',
};
const software: Fact = {
  id: 'p',
  class: 'perpetual-software',
  name: 'SQL',
  quantity: 2,
  weight: 'may-block',
  status: 'active',
};
const approved: Facts = {
  customerId: 'c',
  domain: 'contoso.com',
  resellers: ['1', '2'],
  holdings: [licence, software],
  policyVersion: 1,
};
const holding = (change: Partial<Fact>): Facts => ({ ...approved, holdings: [{ ...licence, ...change }, software] });

const rows: [name: string, now: Facts, drift: Partial<Drift>][] = [
  ['nothing', approved, {}],
  ['a name', holding({ name: 'Renamed' }), {}],
  ['letters of the domain', { ...approved, domain: 'CONTOSO.com' }, {}],
  ['the order', { ...approved, resellers: ['2', '1'], holdings: [software, licence] }, {}],
  [
    'something new that weighs nothing',
    { ...approved, holdings: [...approved.holdings, { ...licence, id: 'n', name: 'New' }] },
    { worse: [{ kind: 'new', name: 'New', class: 'legacy-licence', quantity: 5 }] },
  ],
  [
    'something that blocks now',
    holding({ weight: 'blocks', status: 'active' }),
    { worse: [{ kind: 'blocks-now', name: 'E3' }] },
  ],
  [
    'something that may block now',
    holding({ weight: 'may-block', status: 'active' }),
    { worse: [{ kind: 'blocks-now', name: 'E3' }] },
  ],
  ['a higher quantity', holding({ quantity: 6 }), { worse: [{ kind: 'more', name: 'E3', from: 5, to: 6 }] }],
  [
    'a higher quantity that blocks',
    holding({ quantity: 6, weight: 'blocks', status: 'active' }),
    {
      worse: [
        { kind: 'more', name: 'E3', from: 5, to: 6 },
        { kind: 'blocks-now', name: 'E3' },
      ],
    },
  ],
  [
    'another class under the same id',
    holding({ class: 'unknown' }),
    { worse: [{ kind: 'new', name: 'E3', class: 'unknown', quantity: 5 }] },
  ],
  [
    'another domain',
    { ...approved, domain: 'contoso.net' },
    { worse: [{ kind: 'domain', from: 'contoso.com', to: 'contoso.net' }] },
  ],
  ['another reseller', { ...approved, resellers: ['1', '2', '3'] }, { worse: [{ kind: 'reseller', partnerId: '3' }] }],
  ['other rules', { ...approved, policyVersion: 2 }, { worse: [{ kind: 'policy', from: 1, to: 2 }] }],
  ['something gone', { ...approved, holdings: [licence] }, { better: [{ kind: 'gone', name: 'SQL' }] }],
  ['a lower quantity', holding({ quantity: 4 }), { better: [{ kind: 'less', name: 'E3', from: 5, to: 4 }] }],
  [
    'something lighter',
    { ...approved, holdings: [licence, { ...software, weight: 'nothing', status: 'active' }] },
    { better: [{ kind: 'blocks-less', name: 'SQL' }] },
  ],
  ['a reseller less', { ...approved, resellers: ['2'] }, { better: [{ kind: 'reseller', partnerId: '1' }] }],
];

describe('what has changed since an approval', () => {
  for (const [name, now, { worse = [], better = [] }] of rows) {
    const effect = worse.length > 0 ? 'voids it' : 'does not void it';
    it(`${effect}: ${name}`, () => {
      assert.deepEqual(driftBetween(approved, now), { worse, better });
    });
  }

  it('cannot be said of two customers', () => {
    assert.throws(() => driftBetween(approved, { ...approved, customerId: 'd' }), /two customers/);
  });
});
