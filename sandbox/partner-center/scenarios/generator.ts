import type { Customer } from '../world/customer.ts';
import type { HoldingsBuilder } from '../world/holdings-builder.ts';
import { guidOf } from '../world/ids.ts';
import type { Reseller } from '../world/records.ts';
import { createCustomer } from './scenario.ts';

const first = [
  'Amber',
  'Birch',
  'Cedar',
  'Delta',
  'Elm',
  'Falcon',
  'Granite',
  'Heron',
  'Iris',
  'Juniper',
  'Kestrel',
  'Linden',
];
const second = ['Bay', 'Creek', 'Dale', 'Field', 'Gate', 'Harbour', 'Hill', 'Lake', 'Mill', 'Point', 'Ridge', 'Stone'];
const trade = [
  'Bakery',
  'Builders',
  'Clinic',
  'Dental',
  'Engineering',
  'Foods',
  'Garage',
  'Hotels',
  'Interiors',
  'Legal',
  'Media',
];
const form = ['', ' Ltd', ' GmbH', ' Inc', ' AG', ' & Sons', ' Group'];

const pick = (words: readonly string[], random: () => number): string =>
  words[Math.floor(random() * words.length)] ?? '';

/** Mulberry32: small, quick, and the same on every machine. @returns numbers from 0 up to 1. */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

interface GeneratorOptions {
  readonly now: Date;
  readonly seed: number;
  /** They are the same customers, who hold nothing. */
  readonly areFree?: boolean;
  /** Through whom the customer at this place buys (nobody). */
  readonly resellers?: (index: number) => readonly Reseller[];
}

/** So many customers with made-up names, no two with one domain; what they hold is made when looked at. */
export function generateCustomers(
  count: number,
  { now, seed, areFree = false, resellers }: GeneratorOptions,
): Customer[] {
  const random = randomFrom(seed);
  return Array.from({ length: count }, (_, index) => {
    const name = `${pick(first, random)} ${pick(second, random)} ${pick(trade, random)}`;
    const companyName = name + pick(form, random);
    const domain = `${name.toLowerCase().replaceAll(' ', '')}${index}.onmicrosoft.com`;
    const holdingsSeed = Math.floor(random() * 2 ** 32);
    return createCustomer(now, companyName, domain, {
      id: guidOf('generated', seed, index),
      ...(resellers && { resellers: resellers(index) }),
      holds: (builder) => {
        if (!areFree) fill(builder, randomFrom(holdingsSeed));
      },
    });
  });
}

/** Three in ten hold nothing, half hold legacy licences, the rest a bit of everything. */
function fill(builder: HoldingsBuilder, random: () => number): void {
  const kind = random();
  if (kind < 0.3) return;
  if (kind < 0.8) {
    const status = kind < 0.4 ? 'suspended' : 'active';
    const count = 1 + Math.floor(random() * 3);
    for (let each = 0; each < count; each++)
      builder.subscription('legacy-licence', `Office 365 E${each + 1}`, {
        quantity: 1 + Math.floor(random() * 50),
        status,
      });
    return;
  }
  if (kind < 0.9)
    builder.subscription('new-commerce-licence', undefined, { startedDaysAgo: Math.floor(random() * 360) });
  else if (kind < 0.94) builder.azurePlan(random() < 0.5 ? ['active'] : ['inactive']);
  else if (kind < 0.97) builder.reservation('Standard_D2s_v5');
  else builder.perpetualSoftware('SQL Server Standard - 2 Core License Pack');
}
