import assert from 'node:assert/strict';
import { readinessCard } from '../../cards/readiness-card.ts';
import { LANGUAGES, textsFor } from '../../cards/texts/texts.ts';
import type { Subscription } from '../../services/partner-center/partner-center.ts';
import { classifySubscription } from '../../services/readiness/classify.ts';
import type { HoldingClass } from '../../services/readiness/readiness.ts';
import { wordsOf } from '../cards/walk.ts';
import { assess, onlyLine, subscriptions, TERM_ENDS_AT } from '../services/readiness/holdings-of.ts';

interface Row {
  readonly held: Subscription;
  readonly is: HoldingClass;
  /** Whether it can be suspended from chat, and whether that takes away what stands in the way. */
  readonly suspend: 'clears' | 'access only' | 'no';
  /** Whether it can be cancelled inside its window. */
  readonly cancel: boolean;
  /** Whether it stands in the way, and is billed, once it is suspended. */
  readonly suspended: 'nothing' | 'blocks and is billed' | 'blocks';
}

const { legacyLicence, legacyAddOn, legacyAzure, newCommerce, trial, software, marketplace, azurePlan, savingsPlan } =
  subscriptions;
const rows: Readonly<Record<string, Row>> = {
  'legacy licence': {
    held: legacyLicence,
    is: 'legacy-licence',
    suspend: 'clears',
    cancel: false,
    suspended: 'nothing',
  },
  'legacy add-on': { held: legacyAddOn, is: 'legacy-add-on', suspend: 'clears', cancel: false, suspended: 'nothing' },
  'legacy Azure': { held: legacyAzure, is: 'legacy-azure', suspend: 'clears', cancel: false, suspended: 'nothing' },
  'NCE licence': {
    held: newCommerce,
    is: 'new-commerce-licence',
    suspend: 'access only',
    cancel: true,
    suspended: 'blocks and is billed',
  },
  'NCE trial': {
    held: trial,
    is: 'new-commerce-trial',
    suspend: 'no',
    cancel: false,
    suspended: 'blocks and is billed',
  },
  'software subscription': {
    held: software,
    is: 'software-subscription',
    suspend: 'no',
    cancel: true,
    suspended: 'blocks and is billed',
  },
  'marketplace SaaS': {
    held: marketplace,
    is: 'marketplace',
    suspend: 'no',
    cancel: true,
    suspended: 'blocks and is billed',
  },
  'Azure plan': { held: azurePlan, is: 'azure-plan', suspend: 'clears', cancel: false, suspended: 'nothing' },
  'Azure savings plan': {
    held: savingsPlan,
    is: 'savings-plan',
    suspend: 'no',
    cancel: false,
    suspended: 'blocks and is billed',
  },
};
const azure = { [azurePlan.id]: [] };
const inWindow = { cancellationAllowedUntilDate: '2026-03-04T10:00:00.000Z' };

describe('a class of subscription', () => {
  for (const [name, row] of Object.entries(rows)) {
    const { held } = row;

    it(`is told by its marks: ${name}`, () => {
      assert.equal(classifySubscription(held), row.is);
    });

    it(`blocks while active, and is suspended as documented: ${name}`, () => {
      const { lines, offers } = assess({ subscriptions: [held], azure });
      const suspend = offers.find(({ action }) => action === 'suspend');

      assert.equal(lines[0]?.group, 'blocks');
      assert.equal(suspend === undefined ? 'no' : suspend.clears ? 'clears' : 'access only', row.suspend);
    });

    it(`is cancelled as documented, in its window only: ${name}`, () => {
      const inside = assess({ subscriptions: [{ ...held, ...inWindow }], azure });
      const outside = assess({ subscriptions: [held], azure });
      const canCancel = ({ offers }: typeof inside): boolean => offers.some(({ action }) => action === 'cancel');

      assert.deepEqual([canCancel(inside), canCancel(outside)], [row.cancel, false]);
    });

    it(`weighs and is billed as documented once it is suspended: ${name}`, () => {
      const line = onlyLine(assess({ subscriptions: [{ ...held, status: 'suspended' }], azure }));

      const billed = line?.billedUntil === TERM_ENDS_AT;
      assert.equal(line === undefined ? 'nothing' : billed ? 'blocks and is billed' : line.group, row.suspended);
    });

    it(`is called by its name in every language: ${name}`, () => {
      const readiness = assess({ subscriptions: [held], azure });
      for (const language of Object.keys(LANGUAGES)) {
        const texts = textsFor(language);
        const card = readinessCard(
          {
            customer: readiness.customer!,
            readiness,
            steps: [],
            underWay: [],
            offers: readiness.offers,
            legacy: 0,
            cancellable: [],
            canRequest: false,
            canChange: true,
            suspendLast: true,
            canDryRun: false,
            nonce: 'n',
            isSandbox: false,
          },
          texts,
        );

        assert.ok(wordsOf(card).includes(texts.say(`line.class-${row.is}`)), language);
      }
    });
  }
});
