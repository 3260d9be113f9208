import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { en } from '../../cards/texts/en.ts';
import { DAY_MS, later } from '../../services/clock.ts';
import type { Entitlement, Order, Subscription } from '../../services/partner-center/partner-center.ts';
import type { HoldingClass, HoldingLine, Remedy, StepAction } from '../../services/readiness/readiness.ts';
import { without } from '../../services/requests/moves.ts';
import { assess, NOW, reservation, subscriptions, type Held } from '../services/readiness/holdings-of.ts';

/** How a way out is told in the table. */
const WORDS: Readonly<Record<Remedy['kind'], RegExp>> = {
  suspend: /suspended from chat/,
  'with-parent': /with its base/,
  cancel: /cancelled from chat/,
  transfer: /by a transfer/,
  elsewhere: /in the Azure portal/,
  wait: /waited for/,
  support: /Microsoft's support/,
};

const TERM = { commitmentEndDate: later(NOW, 200 * DAY_MS), autoRenewEnabled: false };
const OPEN = { cancellationAllowedUntilDate: later(NOW, DAY_MS) };
const software: Entitlement = { ...reservation, entitlementType: 'software' };
const perpetual = without(software, 'expiryDate');
const order: Order = {
  id: reservation.orderId,
  status: 'completed',
  creationDate: later(NOW, -2 * DAY_MS),
  lines: [{ lineItemNumber: 0, offerId: 'DG7GMGF0DWTL:0002', quantity: 2 }],
};

/** Each class in each way that the rules tell apart. */
const HELD: Readonly<Record<HoldingClass, readonly Held[]>> = {
  'legacy-licence': of(subscriptions.legacyLicence),
  'legacy-add-on': [
    ...of(subscriptions.legacyAddOn),
    {
      subscriptions: [
        subscriptions.legacyLicence,
        { ...subscriptions.legacyAddOn, parentSubscriptionId: subscriptions.legacyLicence.id },
      ],
    },
  ],
  'legacy-azure': of(subscriptions.legacyAzure),
  'azure-plan': [
    { subscriptions: [subscriptions.azurePlan], azure: { plan: [] } },
    {
      subscriptions: [subscriptions.azurePlan],
      azure: { plan: [{ id: 'a', friendlyName: 'A', status: 'active' }] },
    },
  ],
  'new-commerce-licence': [
    ...inAllTerms(subscriptions.newCommerce),
    ...inAllTerms({ ...subscriptions.newCommerce, status: 'suspended' }),
  ],
  'new-commerce-trial': inAllTerms(subscriptions.trial),
  'software-subscription': inAllTerms(subscriptions.software),
  'perpetual-software': [{ entitlements: [perpetual], orders: [order] }, { entitlements: [perpetual] }],
  marketplace: inAllTerms(subscriptions.marketplace),
  'savings-plan': inAllTerms(subscriptions.savingsPlan),
  reservation: [{ entitlements: [{ ...reservation, expiryDate: later(NOW, 90 * DAY_MS) }] }],
  unknown: of(subscriptions.unknown),
};

function of(subscription: Subscription): readonly Held[] {
  return [{ subscriptions: [subscription] }];
}
function inAllTerms(subscription: Subscription): readonly Held[] {
  const bare = without(subscription, 'commitmentEndDate', 'cancellationAllowedUntilDate');
  return [{}, TERM, OPEN, { ...TERM, ...OPEN }].map((term) => ({ subscriptions: [{ ...bare, ...term }] }));
}

/** How a step from chat is told in the table. */
const STEPS: Readonly<Record<StepAction, RegExp>> = {
  suspend: /suspend/,
  reactivate: /reactivate/,
  'auto-renew-off': /turn off auto-renew/,
  cancel: /cancel in its window/,
};

/** The same as it is, suspended, and renewing. */
function inAllStates(held: Held): readonly Held[] {
  const all = (change: Partial<Subscription>): Held => ({
    ...held,
    subscriptions: (held.subscriptions ?? []).map((one) => ({ ...one, ...change })),
  });
  return [held, all({ status: 'suspended' }), all({ autoRenewEnabled: true })];
}

async function rows(column: 'how' | 'chat' = 'how'): Promise<ReadonlyMap<string, string>> {
  const text = await readFile(new URL('../../docs/policy.md', import.meta.url), 'utf8');
  const cells = text
    .split('\n')
    .filter((line) => line.startsWith('| '))
    .map((line) => line.split('|').map((cell) => cell.trim()));
  return new Map(cells.map(([, what = '', , how = '', chat = '']) => [what, column === 'how' ? how : chat]));
}

describe('the table of the policy', () => {
  for (const [holdingClass, ways] of Object.entries(HELD) as [HoldingClass, readonly Held[]][]) {
    const name = en[`line.class-${holdingClass}`];

    it(`tells all the ways out of ${name} that the rules know, and no other`, async () => {
      const how = (await rows()).get(name);
      assert.ok(how !== undefined, `there is no row "${name}"`);

      const lines = ways.flatMap((held) =>
        assess(held).lines.filter(
          (line): line is HoldingLine => line.kind === 'holding' && line.class === holdingClass,
        ),
      );
      const known = new Set(lines.flatMap(({ remedies }) => remedies.map(({ kind }) => kind)));

      assert.notEqual(lines.length, 0);
      for (const [kind, words] of Object.entries(WORDS) as [Remedy['kind'], RegExp][])
        assert.equal(words.test(how), known.has(kind), `${name}: ${kind}`);
    });
  }

  for (const [holdingClass, ways] of Object.entries(HELD) as [HoldingClass, readonly Held[]][]) {
    const name = en[`line.class-${holdingClass}`];

    it(`tells all that can be done from chat with ${name}, and nothing else`, async () => {
      const chat = (await rows('chat')).get(name) ?? '';

      const known = new Set(
        ways
          .flatMap(inAllStates)
          .flatMap((held) => assess(held).offers.filter((offer) => offer.class === holdingClass))
          .map(({ action }) => action),
      );

      for (const [action, words] of Object.entries(STEPS) as [StepAction, RegExp][])
        assert.equal(words.test(chat), known.has(action), `${name}: ${action}`);
    });
  }

  it('has a row for whatever else stands in the way', async () => {
    const written = [...(await rows()).keys()];

    for (const what of [/a state this bot does not know/, /could not be read/, /only advise/])
      assert.ok(
        written.some((row) => what.test(row)),
        String(what),
      );
  });
});
