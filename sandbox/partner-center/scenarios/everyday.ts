import type { Customer } from '../world/customer.ts';
import { gdapOf } from '../world/gdap-relationships.ts';
import { guidOf } from '../world/ids.ts';
import { brightline, quayside } from './resellers.ts';
import { createCustomer, type Scenario } from './scenario.ts';

/** One customer for each thing that can stand in the way, and for each way of being clear. */
export const everyday: Scenario = {
  name: 'everyday',
  about: 'Every kind of holding, every reason to be blocked, and every way of being clear.',
  build: ({ now }) => [...licences(now), ...newCommerce(now), ...software(now), ...azure(now), ...oddities(now)],
};

const licences = (now: Date): Customer[] => [
  createCustomer(now, 'Contoso Bakery', 'contosobakery.onmicrosoft.com', {
    note: 'two active legacy licences, nothing else',
    resellers: [brightline],
    holds: (make) => {
      make.subscription('legacy-licence', 'Office 365 E3', { quantity: 10, partnerId: brightline.mpnId });
      make.subscription('legacy-licence', 'Exchange Online (Plan 1)', { quantity: 4, partnerId: brightline.mpnId });
    },
  }),
  createCustomer(now, 'Fabrikam Bikes', 'fabrikambikes.onmicrosoft.com', {
    note: 'nothing in the way',
    resellers: [quayside],
  }),
  createCustomer(now, 'Contoso Ltd', 'contoso.onmicrosoft.com', {
    note: 'three active legacy licences and an add-on',
    resellers: [brightline, quayside],
    holds: (make) => {
      const base = make.subscription('legacy-licence', 'Office 365 E5', { quantity: 120 });
      make.subscription('legacy-add-on', 'Microsoft Defender for Office 365 (Plan 1)', { quantity: 120, parent: base });
      make.subscription('legacy-licence', 'Visio Plan 2', { quantity: 6, partnerId: quayside.mpnId });
      make.subscription('legacy-licence', 'Project Plan 3', { quantity: 9, autoRenewEnabled: true });
    },
  }),
  createCustomer(now, 'Northwind Traders', 'northwindtraders.onmicrosoft.com', {
    note: 'one active legacy licence',
    resellers: [brightline],
    holds: (make) => void make.subscription('legacy-licence', 'Office 365 E1', { quantity: 25 }),
  }),
  createCustomer(now, 'Alpine Ski House', 'alpineskihouse.onmicrosoft.com', {
    note: 'only suspended legacy licences: clear; written to in German',
    culture: 'de-CH',
    resellers: [quayside],
    holds: (make) => {
      make.subscription('legacy-licence', 'Office 365 E3', { quantity: 30, status: 'suspended' });
      make.subscription('legacy-licence', 'Visio Plan 1', { quantity: 2, status: 'suspended' });
    },
  }),
  createCustomer(now, 'Graphic Design Institute', 'graphicdesigninstitute.onmicrosoft.com', {
    note: 'six active legacy licences whose changes show after three seconds',
    statusDelayMs: 3_000,
    holds: (make) => {
      for (const campus of ['North', 'South', 'East', 'West', 'Centre', 'Evening'])
        make.subscription('legacy-licence', 'Office 365 A3 for faculty', { friendlyName: `Campus ${campus}` });
    },
  }),
];

const newCommerce = (now: Date): Customer[] => [
  createCustomer(now, 'Continental Cargo', 'continentalcargo.onmicrosoft.com', {
    note: 'new commerce inside its seven days',
    holds: (make) => void make.subscription('new-commerce-licence', undefined, { startedDaysAgo: 3, quantity: 15 }),
  }),
  createCustomer(now, 'Woodgrove Bank', 'woodgrovebank.onmicrosoft.com', {
    note: 'new commerce past its seven days, renewing',
    holds: (make) => {
      make.subscription('new-commerce-licence', 'Microsoft 365 E5', {
        startedDaysAgo: 120,
        quantity: 300,
        billingCycle: 'annual',
      });
    },
  }),
  createCustomer(now, 'Wingtip Toys', 'wingtiptoys.onmicrosoft.com', {
    note: 'new commerce that does not renew, and goes on monthly unless cancelled',
    holds: (make) =>
      void make.subscription('new-commerce-licence', undefined, { startedDaysAgo: 200, autoRenewEnabled: false }),
  }),
  createCustomer(now, 'Coho Winery', 'cohowinery.onmicrosoft.com', {
    note: 'new commerce told to stop at the end of its term',
    holds: (make) => {
      const ends = { autoRenewEnabled: false, cancelAtEndOfTerm: true };
      make.subscription('new-commerce-licence', 'Microsoft 365 Apps for business', {
        startedDaysAgo: 12,
        term: 'P1M',
        ...ends,
      });
    },
  }),
  createCustomer(now, 'Proseware', 'proseware.onmicrosoft.com', {
    note: 'suspended new commerce: still billed, still in the way',
    holds: (make) => {
      make.subscription('new-commerce-licence', undefined, {
        startedDaysAgo: 90,
        status: 'suspended',
        autoRenewEnabled: false,
      });
    },
  }),
  createCustomer(now, 'Trey Research', 'treyresearch.onmicrosoft.com', {
    note: 'a new-commerce trial',
    holds: (make) => void make.subscription('new-commerce-trial'),
  }),
  createCustomer(now, 'Relecloud', 'relecloud.onmicrosoft.com', {
    note: 'marketplace: one past its day, one inside its fourteen days',
    holds: (make) => {
      make.subscription('marketplace', 'Tidemark Backup for Teams', { startedDaysAgo: 9 });
      make.subscription('marketplace', 'Quillpad Signatures', { startedDaysAgo: 5, term: 'P1Y', quantity: 40 });
    },
  }),
];

const software = (now: Date): Customer[] => [
  createCustomer(now, 'Litware', 'litware.onmicrosoft.com', {
    note: 'a software subscription inside its window: one purchase, shown in two lists',
    holds: (make) => void make.subscription('software-subscription', undefined, { startedDaysAgo: 2 }),
  }),
  createCustomer(now, 'Lucerne Publishing', 'lucernepublishing.onmicrosoft.com', {
    note: 'a software subscription past its window',
    holds: (make) => void make.subscription('software-subscription', undefined, { startedDaysAgo: 60, term: 'P3Y' }),
  }),
  createCustomer(now, 'Lamna Healthcare', 'lamnahealthcare.onmicrosoft.com', {
    note: 'perpetual software inside its thirty days',
    holds: (make) => {
      make.perpetualSoftware('SQL Server Standard - 2 Core License Pack', {
        boughtDaysAgo: 10,
        quantity: 4,
        includes: 2,
      });
    },
  }),
  createCustomer(now, "Munson's Pickles", 'munsonspickles.onmicrosoft.com', {
    note: 'perpetual software that can no longer be cancelled',
    holds: (make) => void make.perpetualSoftware('Windows Server Standard - 16 Core', { boughtDaysAgo: 700 }),
  }),
];

const azure = (now: Date): Customer[] => [
  createCustomer(now, 'VanArsdel', 'vanarsdel.onmicrosoft.com', {
    note: 'an Azure plan with two active Azure subscriptions',
    holds: (make) => void make.azurePlan(['active', 'active', 'inactive']),
  }),
  createCustomer(now, 'Adventure Works', 'adventureworks.onmicrosoft.com', {
    note: 'an Azure plan with inactive Azure subscriptions only; shares its name with another customer',
    holds: (make) => void make.azurePlan(['inactive', 'inactive']),
  }),
  createCustomer(now, 'Adventure Works', 'adventureworkscycles.onmicrosoft.com', {
    note: 'legacy Azure; shares its name with another customer',
    holds: (make) => void make.subscription('legacy-azure'),
  }),
  createCustomer(now, 'City Power & Light', 'citypowerlight.onmicrosoft.com', {
    note: 'an Azure savings plan',
    holds: (make) => void make.subscription('savings-plan', undefined, { friendlyName: 'Compute for the grid' }),
  }),
  createCustomer(now, 'Humongous Insurance', 'humongousinsurance.onmicrosoft.com', {
    note: 'active reservations, one of them for databases',
    holds: (make) => {
      make.reservation('Reserved_VM_Standard_D4s_v5', { quantity: 3 });
      make.reservation('Reserved_SQL_Gen5', {
        reservationType: 'sqldatabases',
        typeStandsOn: 'artifact',
        termDays: 1_095,
      });
    },
  }),
  createCustomer(now, 'Wide World Importers', 'wideworldimporters.onmicrosoft.com', {
    note: 'reservations that have expired or were transferred away: clear',
    holds: (make) => {
      make.reservation('Reserved_VM_Standard_B2s', { startedDaysAgo: 400 });
      make.reservation('Reserved_VM_Standard_E8s_v5', { quantity: 0, gone: 'transferred' });
    },
  }),
];

const oddities = (now: Date): Customer[] => [
  createCustomer(now, 'Tailspin Toys', 'tailspintoys.onmicrosoft.com', {
    id: '8F2D6a1B-C0e4-4A77-9bD3-61E5f7C20A9d',
    note: 'a status nobody has documented; an id in mixed letters',
    holds: (make) => void make.subscription('legacy-licence', 'Office 365 E3', { status: 'under_review' }),
  }),
  createCustomer(now, "Margie's Travel", 'margiestravel.onmicrosoft.com', {
    note: 'expired, disabled and deleted subscriptions: clear',
    holds: (make) => {
      make.subscription('new-commerce-licence', undefined, {
        startedDaysAgo: 370,
        status: 'expired',
        autoRenewEnabled: false,
      });
      make.subscription('new-commerce-licence', 'Microsoft 365 F3', {
        startedDaysAgo: 400,
        status: 'disabled',
        autoRenewEnabled: false,
      });
      make.subscription('legacy-licence', 'Office 365 E1', { status: 'deleted' });
    },
  }),
  createCustomer(now, 'Fourth Coffee', 'fourthcoffee.onmicrosoft.com', {
    note: 'an order that is still pending',
    holds: (make) => void make.pendingOrder('Microsoft 365 Business Standard'),
  }),
  createCustomer(now, 'School of Fine Art', 'schooloffineart.onmicrosoft.com', {
    note: 'on its way to another partner: an open transfer',
    holds: (make) => {
      const moving = make.subscription('new-commerce-licence', 'Microsoft 365 A3', {
        startedDaysAgo: 150,
        quantity: 80,
      });
      make.transfer([moving]);
    },
  }),
  createCustomer(now, 'Consolidated Messenger', 'consolidatedmessenger.onmicrosoft.com', {
    relationship: 'advisor',
    note: 'advised, not resold to',
  }),
  createCustomer(now, 'First Up Consultants', 'firstupconsultants.onmicrosoft.com', {
    note: 'nothing but delegated administration',
    gdap: [
      gdapOf(guidOf('customer', 'firstupconsultants.onmicrosoft.com'), 'Service desk', now),
      gdapOf(guidOf('customer', 'firstupconsultants.onmicrosoft.com'), 'Migration 2019', now, 'expired'),
    ],
  }),
  createCustomer(now, 'ООО «Ромашка»', 'romashka.onmicrosoft.com', {
    note: 'a name in Cyrillic; one active, one suspended legacy licence',
    culture: 'ru-RU',
    holds: (make) => {
      make.subscription('legacy-licence', 'Office 365 E3', { friendlyName: 'Бухгалтерия', quantity: 7 });
      make.subscription('legacy-licence', 'Exchange Online (Plan 2)', { status: 'suspended', quantity: 3 });
    },
  }),
  createCustomer(
    now,
    // Not the first one in the list that somebody sees.
    'Liberty [Prize](https://evil.example) **Delight** <at>CEO</at> `x` {{y}}',
    'libertyslight.onmicrosoft.com',
    {
      note: 'a name that tries to be markup',
      holds: (make) => {
        make.subscription('legacy-licence', 'Office 365 E1', {
          friendlyName: '![](https://evil.example/p.png) | # *All* done',
          quantity: 1,
        });
      },
    },
  ),
  createCustomer(now, 'The Phone Company', 'thephonecompany.onmicrosoft.com', {
    note: 'a bit of everything at once',
    gdap: [gdapOf(guidOf('customer', 'thephonecompany.onmicrosoft.com'), 'Operations', now)],
    holds: (make) => {
      make.subscription('legacy-licence', 'Office 365 E3', { quantity: 60 });
      make.subscription('new-commerce-licence', 'Microsoft 365 E3', { startedDaysAgo: 40, quantity: 200 });
      make.azurePlan(['active']);
      make.reservation('Reserved_VM_Standard_F8s_v2');
      make.perpetualSoftware('Windows Server Datacenter - 16 Core', { boughtDaysAgo: 400, quantity: 2, includes: 1 });
      make.pendingOrder('Power BI Pro', 'pending_review');
    },
  }),
];
