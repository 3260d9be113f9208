import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { z } from 'zod';
import {
  WireAzureEntitlement,
  WireCustomer,
  WireEntitlement,
  WireOrder,
  WireSubscription,
  WireTransfer,
} from '../../../services/partner-center/wire.ts';

const read = <T>(schema: z.ZodType<T>, json: unknown): T => schema.parse(json);

describe('a subscription over the wire', () => {
  it('is read in camelCase as in PascalCase', () => {
    const camel = {
      id: 'AB',
      offerId: 'CFQ7:0001:X',
      friendlyName: 'E3',
      productType: { id: 'OnlineServicesNCE', subType: { id: 'None' } },
      quantity: 3,
      status: 'Active',
      billingType: 'license',
      unitType: 'Licenses',
      isTrial: false,
      isMicrosoftProduct: true,
      autoRenewEnabled: true,
      parentSubscriptionId: 'CD',
      orderId: '34b37d7340cc',
      partnerId: '123',
      commitmentEndDate: '2026-12-31T00:00:00Z',
      cancellationAllowedUntilDate: '2026-01-08T00:00:00Z',
      attributes: { etag: 'e', objectType: 'Subscription' },
    };
    const { body, ...fields } = read(WireSubscription, camel);
    const pascal = read(WireSubscription, pascalCased(camel));

    assert.deepEqual(fields, {
      id: 'ab',
      offerId: 'CFQ7:0001:X',
      name: 'E3',
      productType: 'OnlineServicesNCE',
      productSubType: 'None',
      quantity: 3,
      status: 'active',
      billingType: 'license',
      unitType: 'licenses',
      isTrial: false,
      isMicrosoftProduct: true,
      autoRenewEnabled: true,
      parentSubscriptionId: 'cd',
      orderId: '34b37d7340cc',
      partnerId: '123',
      commitmentEndDate: '2026-12-31T00:00:00Z',
      cancellationAllowedUntilDate: '2026-01-08T00:00:00Z',
      etag: 'e',
    });
    assert.deepEqual(body, camel);
    assert.deepEqual({ ...pascal, body }, { ...fields, body });
  });

  const fields: [name: string, json: Record<string, unknown>, part: Record<string, unknown>][] = [
    [
      'has no fields that are null or blank',
      { partnerId: '', orderId: null, productType: null },
      { partnerId: undefined, orderId: undefined, productType: undefined },
    ],
    [
      'loses blanks in its dates',
      { commitmentEndDate: '2016-12-12T08: 00: 00Z' },
      { commitmentEndDate: '2016-12-12T08:00:00Z' },
    ],
    [
      'has dates in UTC where they name no zone',
      { commitmentEndDate: '2026-12-12T08:00:00.123' },
      { commitmentEndDate: '2026-12-12T08:00:00.123Z' },
    ],
    ['has no date in the year 1', { commitmentEndDate: '0001-01-01T00:00:00Z' }, { commitmentEndDate: undefined }],
    ['keeps a date that is none, for the rules to judge', { commitmentEndDate: 'soon' }, { commitmentEndDate: 'soon' }],
    [
      'may have numbers for text and text for numbers',
      { quantity: '7', partnerId: 4847383 },
      { quantity: 7, partnerId: '4847383' },
    ],
    ['counts as one where its number cannot be read', { quantity: 'many' }, { quantity: 1 }],
    [
      'may say true and false in words',
      { isTrial: 'True', isMicrosoftProduct: 'false' },
      { isTrial: true, isMicrosoftProduct: false },
    ],
    ['has an unknown status where it has none', { status: null }, { status: 'unknown' }],
    ['keeps a status that nobody knows', { status: 'Frozen' }, { status: 'frozen' }],
    ['has a status without what cannot be seen', { status: 'fro\u202ezen\u200b' }, { status: 'frozen' }],
    ['has an unreadable product type rather than none', { productType: 17 }, { productType: 'unreadable' }],
    ['may name its product type alone', { productType: 'Software' }, { productType: 'Software' }],
    [
      'takes its offer from the link where the field is missing',
      { links: { Offer: { Uri: '/v1/offers/0CCA44D6-68E9-4762-94EE-31ECE98783B9?country=US' } } },
      { offerId: '0CCA44D6-68E9-4762-94EE-31ECE98783B9' },
    ],
    ['is called by its offer where it has no name', { offerName: 'Office 365 E3' }, { name: 'Office 365 E3' }],
    ['is called by its id where there is nothing else', {}, { name: 'S' }],
  ];
  for (const [name, json, part] of fields) {
    it(name, () => {
      const subscription: Record<string, unknown> = { ...read(WireSubscription, { id: 'S', ...json }) };

      assert.deepEqual(Object.fromEntries(Object.keys(part).map((key) => [key, subscription[key]])), part);
    });
  }

  it('cannot smuggle in a prototype', () => {
    const subscription = read(
      WireSubscription,
      JSON.parse('{"id":"S","__proto__":{"isTrial":true,"status":"expired"}}'),
    );

    assert.equal(subscription.isTrial, false);
    assert.equal(subscription.status, 'unknown');
  });
});

describe('other things over the wire', () => {
  it('an entitlement keeps both names of its order and its type of reservation, wherever that stands', () => {
    const onEntitlement = {
      entitlementType: 'ReservedInstance',
      referenceOrder: { id: 'Long_Id1', alternateId: 'short', lineItemId: 0 },
      productId: 'DZ',
      skuId: '1',
      quantity: 2,
      expiryDate: '2027-02-23T00:00:00',
      dynamicAttributes: { reservationType: 'VirtualMachines' },
    };
    const { dynamicAttributes, ...rest } = onEntitlement;
    const onArtifact = { ...rest, entitledArtifacts: [null, { dynamicAttributes }] };

    const entitlement = read(WireEntitlement, onEntitlement);
    assert.deepEqual(entitlement, {
      entitlementType: 'reservedinstance',
      orderId: 'Long_Id1',
      alternateOrderId: 'short',
      lineItemId: '0',
      productId: 'DZ',
      skuId: '1',
      quantity: 2,
      expiryDate: '2027-02-23T00:00:00Z',
      reservationType: 'virtualmachines',
    });
    assert.deepEqual(read(WireEntitlement, onArtifact), entitlement);
  });

  it('an entitlement without a count is one, so that it is not taken for cancelled', () => {
    for (const quantity of [undefined, null, 'many', -1])
      assert.equal(read(WireEntitlement, { referenceOrder: { id: 'o' }, quantity }).quantity, 1);
    assert.equal(read(WireEntitlement, { referenceOrder: { id: 'o' }, quantity: 0 }).quantity, 0);
  });

  it('an order keeps its lines', () => {
    assert.deepEqual(
      read(WireOrder, {
        id: 'Y',
        alternateId: 'y',
        status: 'Pending_Review',
        creationDate: '2026-01-01T00:00:00',
        lineItems: [
          { lineItemNumber: 1, offerId: 'a:b:c', friendlyName: 'SQL\u200B', quantity: 1, subscriptionId: 'AB' },
        ],
      }),
      {
        id: 'Y',
        alternateId: 'y',
        status: 'pending_review',
        creationDate: '2026-01-01T00:00:00Z',
        lines: [{ lineItemNumber: 1, offerId: 'a:b:c', friendlyName: 'SQL', quantity: 1, subscriptionId: 'ab' }],
      },
    );
  });

  it('a customer may be named by its profile only', () => {
    assert.deepEqual(read(WireCustomer, { companyProfile: { tenantId: 'AB', companyName: 'x', domain: 'x.com' } }), {
      id: 'ab',
      companyName: 'x',
      domain: 'x.com',
      relationshipToPartner: 'unknown',
    });
  });

  it('nothing that JSON can say makes a parser throw', () => {
    const schemas = [WireAzureEntitlement, WireCustomer, WireEntitlement, WireOrder, WireSubscription, WireTransfer];
    fc.assert(
      fc.property(fc.jsonValue(), (json) => {
        for (const schema of schemas) schema.safeParse(json);
      }),
    );
  });
});

function pascalCased(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(pascalCased);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, part]) => [key.charAt(0).toUpperCase() + key.slice(1), pascalCased(part)]),
  );
}
