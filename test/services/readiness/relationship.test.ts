import assert from 'node:assert/strict';
import { isGone } from '../../../services/readiness/relationship.ts';
import { FakePartnerCenter, faultOf } from './fake-partner-center.ts';
import { contoso } from './holdings-of.ts';

const bot = { actAs: 'bot' } as const;
const sister = { ...contoso, id: 'sister', companyName: 'Contoso Sister', domain: 'contoso.com.au' };

/** A world in which the customer is gone; the test then changes one thing. */
function removed(): FakePartnerCenter {
  const partnerCenter = new FakePartnerCenter();
  partnerCenter.customersNow = [sister];
  return partnerCenter;
}

describe('a removed customer', () => {
  it('is gone when the lists do not name it and it is answered with no relationship', async () => {
    const partnerCenter = removed();

    assert.deepEqual(await isGone(partnerCenter.port, contoso, bot), { kind: 'gone' });
    assert.deepEqual(partnerCenter.calls.toSorted(), ['CompanyName', 'Domain', 'customer']);
  });

  for (const [status, code] of [
    [403, '20002'],
    [403, '900159'],
    [404, '60003'],
    [400, '3000'],
  ] as const)
    it(`is gone when it is answered with ${status}/${code}`, async () => {
      const partnerCenter = removed();
      partnerCenter.failing.set('customer', faultOf('forbidden', { status, code }));

      assert.deepEqual(await isGone(partnerCenter.port, contoso, bot), { kind: 'gone' });
    });

  it('is gone when the list still names it, but as nobody’s reseller customer', async () => {
    const partnerCenter = removed();
    partnerCenter.customersNow = [{ ...contoso, relationshipToPartner: 'none' }];
    partnerCenter.failing.set('customer', faultOf('forbidden', { status: 403, code: '20002' }));

    assert.deepEqual(await isGone(partnerCenter.port, contoso, bot), { kind: 'gone' });
  });

  it('is looked for in the whole list when neither name nor domain is known', async () => {
    const partnerCenter = removed();
    partnerCenter.customersNow = [sister, { ...sister, id: 'other' }];
    const nameless = { ...contoso, companyName: '', domain: '' };

    assert.deepEqual(await isGone(partnerCenter.port, nameless, bot), { kind: 'gone' });
    assert.deepEqual(partnerCenter.calls.toSorted(), ['customer', 'customers', 'customers']);
    partnerCenter.customersNow = [sister, contoso];
    assert.deepEqual(await isGone(partnerCenter.port, nameless, bot), { kind: 'still-there' });
  });
});

describe('a customer that is still there', () => {
  it('is answered, though the lists do not name it', async () => {
    const partnerCenter = new FakePartnerCenter();

    const renamed = { ...contoso, companyName: 'Was called so', domain: 'was.example' };

    assert.deepEqual(await isGone(partnerCenter.port, renamed, bot), { kind: 'still-there' });
  });

  it('is answered, though the lists cannot be read', async () => {
    const partnerCenter = new FakePartnerCenter();
    partnerCenter.failing.set('Domain', faultOf('unavailable'));
    partnerCenter.failing.set('CompanyName', faultOf('unavailable'));

    assert.deepEqual(await isGone(partnerCenter.port, contoso, bot), { kind: 'still-there' });
  });
});

describe('a customer of which nothing can be said', () => {
  it('is in the list, which may be from before, and is answered with no relationship', async () => {
    const partnerCenter = new FakePartnerCenter();
    partnerCenter.failing.set('customer', faultOf('forbidden', { status: 403, code: '20002' }));

    assert.deepEqual(await isGone(partnerCenter.port, contoso, bot), { kind: 'unclear' });
  });

  for (const relationshipToPartner of ['none', 'None'])
    for (const isListed of [true, false])
      it(`F6: is answered with the relationship ${relationshipToPartner}, ${isListed ? '' : 'not '}in the list`, async () => {
        const partnerCenter = new FakePartnerCenter();
        const { port } = partnerCenter;
        if (!isListed) partnerCenter.customersNow = [sister];
        port.customer = () => Promise.resolve({ ...contoso, relationshipToPartner });

        assert.deepEqual(await isGone(port, contoso, bot), { kind: 'unclear' });
      });

  it('is in the list, and cannot be read itself', async () => {
    const partnerCenter = new FakePartnerCenter();
    const error = faultOf('unavailable', { status: 503 });
    partnerCenter.failing.set('customer', error);

    assert.deepEqual(await isGone(partnerCenter.port, contoso, bot), { kind: 'unreadable', error });
  });

  for (const call of ['CompanyName', 'Domain', 'customer'])
    it(`is neither gone nor there when a look fails: ${call}`, async () => {
      const partnerCenter = removed();
      const error = faultOf('unavailable', { status: 503 });
      partnerCenter.failing.set(call, error);

      assert.deepEqual(await isGone(partnerCenter.port, contoso, bot), { kind: 'unreadable', error });
    });

  it('is unreadable when the customer is refused for another reason', async () => {
    const partnerCenter = removed();
    partnerCenter.failing.set('customer', faultOf('forbidden', { status: 403, code: '900308' }));

    assert.equal((await isGone(partnerCenter.port, contoso, bot)).kind, 'unreadable');
  });

  it('fails for a mistake of ours', async () => {
    const partnerCenter = removed();
    partnerCenter.failing.set('Domain', new TypeError('our mistake'));

    await assert.rejects(isGone(partnerCenter.port, contoso, bot), /our mistake/);
  });
});
