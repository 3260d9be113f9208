import assert from 'node:assert/strict';
import type { AzureEntitlement, Subscription } from '../../../services/partner-center/partner-center.ts';
import type { HoldingLine, Remedy } from '../../../services/readiness/readiness.ts';
import { assess, BLOCKS, MAY_BLOCK, onlyLine, subscriptions, TERM_ENDS_AT, type Held } from './holdings-of.ts';

const SOON = '2026-03-04T10:00:00.000Z';
const PAST = '2026-02-04T10:00:00Z';
const support: Remedy = { kind: 'support' };
const suspend: Remedy = { kind: 'suspend' };
const transfer: Remedy = { kind: 'transfer' };
const azurePortal: Remedy = { kind: 'elsewhere', where: 'azure-portal' };
const cancel: Remedy = { kind: 'cancel', until: SOON, by: 'subscription' };
const wait = (billingEnds: boolean): Remedy => ({ kind: 'wait', until: TERM_ENDS_AT, billingEnds });
const cancellable = { cancellationAllowedUntilDate: SOON };
const { newCommerce, software, marketplace, savingsPlan, trial, azurePlan } = subscriptions;
const azure = (...states: string[]): Pick<Held, 'azure'> => ({
  azure: { plan: states.map((status, at): AzureEntitlement => ({ id: `a${at}`, friendlyName: 'x', status })) },
});

describe('an active subscription', () => {
  const rows: [name: string, subscription: Subscription, remedies: Remedy[], billedUntil?: string][] = [
    ['legacy licence', subscriptions.legacyLicence, [suspend]],
    ['legacy Azure', subscriptions.legacyAzure, [suspend]],
    ['legacy add-on without its base', subscriptions.legacyAddOn, [suspend]],
    [
      'NCE licence inside its window',
      { ...newCommerce, ...cancellable },
      [cancel, transfer, wait(false)],
      TERM_ENDS_AT,
    ],
    [
      'NCE licence past its window',
      { ...newCommerce, cancellationAllowedUntilDate: PAST },
      [transfer, wait(false)],
      TERM_ENDS_AT,
    ],
    ['NCE licence whose end is not said', { ...newCommerce, commitmentEndDate: '9999-12-14T00:00:00Z' }, [transfer]],
    ['NCE licence whose end cannot be read', { ...newCommerce, commitmentEndDate: 'soon' }, [transfer]],
    ['NCE licence in its monthly extension', { ...newCommerce, commitmentEndDate: PAST }, [transfer]],
    ['NCE trial', trial, [wait(true)]],
    ['NCE trial that renews itself', { ...trial, autoRenewEnabled: true }, [wait(false)]],
    ['NCE trial whose end is not said', { ...trial, commitmentEndDate: '' }, [support]],
    ['software subscription inside its window', { ...software, ...cancellable }, [cancel, wait(true)], TERM_ENDS_AT],
    ['software subscription past its window', software, [wait(true), support], TERM_ENDS_AT],
    ['marketplace inside its window', { ...marketplace, ...cancellable }, [cancel, wait(true)], TERM_ENDS_AT],
    ['marketplace past its window', { ...marketplace, autoRenewEnabled: true }, [wait(false)], TERM_ENDS_AT],
    ['marketplace of which nothing is said', { ...marketplace, commitmentEndDate: '' }, [support]],
    ['Azure savings plan', savingsPlan, [azurePortal, wait(true), support], TERM_ENDS_AT],
    ['unknown', subscriptions.unknown, [support]],
  ];
  for (const [name, subscription, remedies, billedUntil] of rows) {
    it(`blocks, and says what clears it: ${name}`, () => {
      const line = onlyLine(assess({ subscriptions: [subscription] }));

      assert.equal(line?.group, 'blocks');
      assert.deepEqual(line.remedies, remedies);
      assert.equal(line.billedUntil, billedUntil);
      assert.equal(line.status, 'active');
      assert.equal(line.quantity, 5);
    });
  }

  it('that is a legacy add-on goes with its base while that is active', () => {
    const { legacyLicence, legacyAddOn } = subscriptions;
    const lineOf = (base: Subscription): HoldingLine | undefined =>
      assess({ subscriptions: [base, legacyAddOn] })
        .lines.filter((line) => line.kind === 'holding')
        .find(({ holdingId }) => holdingId === 'add-on');

    assert.deepEqual(lineOf(legacyLicence)?.remedies, [
      { kind: 'with-parent', parentId: 's', parentName: 'Office 365 E3' },
    ]);
    assert.deepEqual(lineOf({ ...legacyLicence, status: 'suspended' })?.remedies, [suspend]);
    assert.deepEqual(lineOf(subscriptions.unknown)?.remedies, [suspend]);
  });
});

describe('a suspended subscription', () => {
  const free: [name: string, subscription: Subscription][] = [
    ['legacy licence', subscriptions.legacyLicence],
    ['legacy add-on', subscriptions.legacyAddOn],
    ['legacy Azure', subscriptions.legacyAzure],
  ];
  for (const [name, subscription] of free) {
    it(`stands in nobody's way, and is remembered: ${name}`, () => {
      const readiness = assess({ subscriptions: [{ ...subscription, status: 'suspended' }] });

      assert.deepEqual(
        readiness.lines.filter(({ group }) => group !== 'to-know'),
        [],
      );
      assert.deepEqual(readiness.verdict, { kind: 'clear' });
      assert.equal(readiness.facts.holdings[0]?.weight, 'nothing');
    });
  }

  const blocking: [name: string, subscription: Subscription, remedies: Remedy[]][] = [
    ['software subscription', { ...software, ...cancellable }, [cancel, wait(true)]],
    ['marketplace', marketplace, [wait(true)]],
    ['Azure savings plan', savingsPlan, [azurePortal, wait(true), support]],
    ['unknown', subscriptions.unknown, [support]],
  ];
  for (const [name, subscription, remedies] of blocking) {
    it(`still blocks: ${name}`, () => {
      const line = onlyLine(assess({ subscriptions: [{ ...subscription, status: 'suspended' }] }));

      assert.equal(line?.group, 'blocks');
      assert.deepEqual(line.remedies, remedies);
    });
  }

  it('of new commerce weighs what the operator decided, and is billed to the end of its term', () => {
    const suspended = { subscriptions: [{ ...newCommerce, ...cancellable, status: 'suspended' }] };

    for (const policy of [BLOCKS, MAY_BLOCK]) {
      const line = onlyLine(assess(suspended, policy));
      assert.equal(line?.group, policy.suspendedNewCommerce);
      assert.deepEqual(line.remedies, [wait(true), support]);
      assert.equal(line.billedUntil, TERM_ENDS_AT);
    }
    assert.equal(assess(suspended, MAY_BLOCK).verdict.kind, 'clear');
  });
});

describe('a subscription in another state', () => {
  for (const [name, subscription] of Object.entries(subscriptions)) {
    for (const status of ['expired', 'disabled', 'deleted', 'Deleted']) {
      it(`stands in nobody's way once it is ${status}: ${name}`, () => {
        assert.deepEqual(assess({ subscriptions: [{ ...subscription, status }] }).lines, []);
      });
    }
    for (const status of ['pending', 'none', 'unknown', 'under_review', '']) {
      it(`blocks while it is ${status === '' ? 'nothing' : status}: ${name}`, () => {
        const line = onlyLine(assess({ subscriptions: [{ ...subscription, status }], ...azure() }));

        assert.equal(line?.group, 'blocks');
        assert.deepEqual(line.remedies, [support, wait(false)]);
      });
    }
  }
});

describe('an Azure plan', () => {
  const line = (status: string, held: Pick<Held, 'azure'>): HoldingLine | undefined =>
    onlyLine(assess({ subscriptions: [{ ...azurePlan, status }], ...held }));

  it('can be suspended once no Azure subscription under it is active', () => {
    assert.deepEqual(line('active', azure('inactive', 'Inactive'))?.remedies, [suspend]);
    assert.deepEqual(line('active', azure())?.remedies, [suspend]);
  });

  it('is cleared in the Azure portal while some are active, or in a state nobody knows', () => {
    const blocked = line('active', azure('active', 'inactive', 'warned'));

    assert.deepEqual(blocked?.remedies, [azurePortal]);
    assert.equal(blocked.activeAzure, 2);
  });

  it('that is suspended blocks only while some are active', () => {
    assert.equal(line('suspended', azure('inactive')), undefined);
    assert.equal(line('suspended', azure('active'))?.group, 'blocks');
  });

  it('of which nobody knows what is under it makes everything uncertain', () => {
    for (const status of ['active', 'suspended', 'pending']) {
      const { verdict, lines } = assess({ subscriptions: [{ ...azurePlan, status }] });
      assert.deepEqual(verdict, { kind: 'cannot-tell', sources: ['azure-entitlements'] });
      assert.equal(lines.filter(({ group }) => group === 'blocks').length, 2);
    }
  });

  it('that is over is not asked about', () => {
    assert.equal(assess({ subscriptions: [{ ...azurePlan, status: 'deleted' }] }).verdict.kind, 'clear');
  });
});

describe('the last day of a term', () => {
  const billedUntil = (commitmentEndDate: string): string | undefined =>
    onlyLine(assess({ subscriptions: [{ ...newCommerce, commitmentEndDate }] }))?.billedUntil;

  it('counts to its end, UTC', () => {
    assert.equal(billedUntil('2026-03-01T00:00:00Z'), '2026-03-01T23:59:59.000Z');
    assert.equal(billedUntil('2026-03-05'), '2026-03-05T23:59:59.000Z');
  });

  it('is meant to the second where a time of day is given', () => {
    assert.equal(billedUntil('2026-03-05T08:00:00Z'), '2026-03-05T08:00:00.000Z');
  });
});
