import assert from 'node:assert/strict';
import { MINUTE_MS } from '../../../services/clock.ts';
import { createResellers, type Resellers } from '../../../services/customers/resellers.ts';
import { asPerson, type Customer, type Reseller } from '../../../services/partner-center/partner-center.ts';
import { FakePartnerCenter, faultOf } from '../readiness/fake-partner-center.ts';

const ada = asPerson('ada');
const bo = asPerson('bo');
const idOf = (n: number): string => `${n}1111111-aaaa-4bbb-8ccc-222222222222`;
const etoile: Reseller = { id: idOf(1), name: 'Étoile Numérique', partnerId: '4847383' };
const brightline: Reseller = { id: idOf(2), name: 'Brightline IT', partnerId: '5121801' };
const bright: Reseller = { id: idOf(3), name: 'Bright & Sons' };
const named = (companyName: string, n: number): Customer => ({
  id: idOf(n),
  companyName,
  domain: `${companyName.toLowerCase()}.com`,
  relationshipToPartner: 'reseller',
});

interface Bench {
  readonly resellers: Resellers;
  readonly partnerCenter: FakePartnerCenter;
  /** Lets time pass. */
  pass(ms: number): void;
}

/** @param isPatient whether a search waits for the list to the end, or not at all. */
function bench({ isPatient = true } = {}): Bench {
  const partnerCenter = new FakePartnerCenter();
  partnerCenter.resellersNow = [etoile, brightline, bright];
  let nowMs = Date.parse('2026-03-01T12:00:00Z');
  const resellers = createResellers({
    partnerCenter: partnerCenter.port,
    clock: () => new Date(nowMs),
    keptMs: 15 * MINUTE_MS,
    sleep: () => (isPatient ? new Promise<void>(() => undefined) : Promise.resolve()),
  });
  return { resellers, partnerCenter, pass: (ms) => (nowMs += ms) };
}
const names = async ({ resellers }: Bench, words: string, limit = 10) => {
  const found = await resellers.matching(words, limit, ada);
  assert.ok(found.kind === 'read', found.kind);
  return found.resellers.map(({ name }) => name);
};

describe('finding a reseller', () => {
  const cases: readonly [words: string, found: readonly string[]][] = [
    ['étoile', ['Étoile Numérique']],
    ['ETOILE', ['Étoile Numérique']],
    ['numer', ['Étoile Numérique']],
    ['  it   brightLINE ', ['Brightline IT']],
    ['bright', ['Bright & Sons', 'Brightline IT']],
    ['5121801', ['Brightline IT']],
    [' 5121801 ', ['Brightline IT']],
    ['512180', []],
    ['brightline numerique', []],
    ['contoso', []],
  ];
  for (const [words, found] of cases)
    it(`takes “${words}” for ${found.length === 0 ? 'nobody' : found.join(' and ')}`, async () => {
      assert.deepEqual(await names(bench(), words), found);
    });

  it('says that there are more than were asked for', async () => {
    const found = await bench().resellers.matching('bright', 1, ada);

    assert.deepEqual(found, { kind: 'read', resellers: [bright], more: true });
  });

  it('asks nobody where nothing was typed, or the tenant id of a customer', async () => {
    const one = bench();

    for (const words of ['', '   ', idOf(2), `{${idOf(2).toUpperCase()}}`])
      assert.deepEqual(await names(one, words), []);
    assert.deepEqual(one.partnerCenter.calls, []);
  });
});

describe('the list of resellers', () => {
  it('is read once for a while, and once at a time', async () => {
    const one = bench();

    await Promise.all([names(one, 'bright'), names(one, 'etoile')]);
    one.pass(15 * MINUTE_MS);
    await names(one, 'bright');
    assert.deepEqual(one.partnerCenter.calls, ['indirectResellers']);

    one.pass(1);
    await names(one, 'bright');
    assert.deepEqual(one.partnerCenter.calls, ['indirectResellers', 'indirectResellers']);
  });

  it('is read for each person anew: what one may see says nothing about another', async () => {
    const one = bench();
    await names(one, 'bright');
    one.partnerCenter.failing.set('indirectResellers', faultOf('forbidden', { status: 403 }));

    assert.equal((await one.resellers.matching('bright', 10, bo)).kind, 'unread');
    assert.equal((await one.resellers.matching('bright', 10, ada)).kind, 'read');
  });

  it('is said to be unread, with the reason, and is asked for again the next time', async () => {
    const one = bench();
    one.partnerCenter.failing.set('indirectResellers', faultOf('unavailable'));
    const unread = await one.resellers.matching('bright', 10, ada);
    assert.ok(unread.kind === 'unread');
    assert.equal(unread.error?.fault, 'unavailable');

    one.partnerCenter.failing.clear();
    assert.deepEqual(await names(one, 'brightline'), ['Brightline IT']);
  });

  it('is not waited for to the end, and serves the next search', async () => {
    const one = bench({ isPatient: false });
    let release = (): void => undefined;
    one.partnerCenter.held = new Promise((resolve) => (release = resolve));
    assert.deepEqual(await one.resellers.matching('bright', 10, ada), { kind: 'unread' });

    release();
    await new Promise((resolve) => setImmediate(resolve));

    assert.deepEqual(await names(one, 'brightline'), ['Brightline IT']);
    assert.deepEqual(one.partnerCenter.calls, ['indirectResellers']);
  });

  it('does not take a mistake of ours for a service that cannot answer', async () => {
    const one = bench();
    one.partnerCenter.failing.set('indirectResellers', new TypeError('oops'));

    await assert.rejects(one.resellers.matching('bright', 10, ada), TypeError);
  });
});

describe('the customers of a reseller', () => {
  it('are read each time, come in the order of their names, and once each', async () => {
    const one = bench();
    one.partnerCenter.customersNow = [named('Fabrikam', 5), named('Contoso', 4), named('Fabrikam', 5)];

    for (const id of [brightline.id, brightline.id.toUpperCase()]) {
      const found = await one.resellers.customersOf(id, ada);
      assert.ok(found.kind === 'read');
      assert.equal(found.reseller, brightline);
      assert.deepEqual(
        found.customers.map(({ customer }) => customer.companyName),
        ['Contoso', 'Fabrikam'],
      );
    }
    assert.deepEqual(one.partnerCenter.calls, [
      'indirectResellers',
      `customersOf:${brightline.id}`,
      `customersOf:${brightline.id}`,
    ]);
  });

  it('are not asked for where the reseller is none of ours', async () => {
    const one = bench();

    assert.deepEqual(await one.resellers.customersOf(idOf(9), ada), { kind: 'unknown' });
    assert.deepEqual(one.partnerCenter.calls, ['indirectResellers']);
  });

  for (const call of ['indirectResellers', `customersOf:${brightline.id}`])
    it(`are said to be unread where ${call.replace(/:.*/, '')} fails`, async () => {
      const one = bench();
      one.partnerCenter.failing.set(call, faultOf('throttled'));

      const found = await one.resellers.customersOf(brightline.id, ada);

      assert.ok(found.kind === 'unread');
      assert.equal(found.error.fault, 'throttled');
    });
});
