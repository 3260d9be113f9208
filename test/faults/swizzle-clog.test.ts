import assert from 'node:assert/strict';
import { Random } from '../simulation/random.ts';
import type { Action, Schedule } from '../simulation/schedule.ts';
import { simulate } from '../simulation/simulate.ts';

const SEEDS = 6;
const MANY = 1_000;

type Fault = Extract<Action, { readonly do: 'partner-center' | 'teams' | 'disk' }>;
/** Each link of the bot to its world: how it is stopped, and how it is restored. */
const LINKS: readonly (readonly [stop: (seed: number) => Fault, restore: (seed: number) => Fault])[] = [
  [
    (seed) => ({ seed, do: 'partner-center', rule: { kind: 'reset', times: MANY }, repeated: 'ignores' }),
    (seed) => ({ seed, do: 'partner-center', rule: { kind: 'reset', times: 0 }, repeated: 'ignores' }),
  ],
  [
    (seed) => ({ seed, do: 'teams', faults: Array.from({ length: MANY }, () => ({ kind: 'reset' as const })) }),
    (seed) => ({ seed, do: 'teams', faults: [] }),
  ],
  [
    (seed) => ({
      seed,
      do: 'disk',
      faults: Array.from({ length: MANY }, () => ({ call: 'write' as const, code: 'ENOSPC' })),
    }),
    (seed) => ({ seed, do: 'disk', faults: [] }),
  ],
];

/** Whatever people do goes on, while every link is stopped, and then restored, each in an order of its own. */
function swizzled(seed: number): Schedule {
  const random = new Random(seed);
  const next = (): number => random.below(2 ** 31);
  const people = (): readonly Action[] =>
    Array.from({ length: 1 + random.below(3) }, () => ({ seed: next(), do: 'go-on' as const }));
  const stopped = random.shuffled(LINKS);
  const restored = random.shuffled(LINKS);
  return {
    seed,
    opening: random.pick(['unknown', 'cleared', 'sent']),
    replicas: 1,
    customer: random.pick(['northwindtraders', 'fabrikambikes']),
    approvalsRequired: 1,
    switches: { staleListMs: random.pick([0, 4_000]), statusDelayMs: random.pick([0, 3_000]) },
    actions: [
      ...Array.from({ length: random.below(7) }, people).flat(),
      ...stopped.flatMap(([stop]) => [stop(next()), ...people()]),
      ...restored.flatMap(([, restore]) => [restore(next()), ...people()]),
    ],
  };
}

describe('a bot whose links are stopped and restored in any order', () => {
  it(`F40: keeps every promise, and comes to an end once all are back (${SEEDS} orders)`, async () => {
    let done = 0;
    for (let seed = 1; seed <= SEEDS; seed++) {
      const { broken, met } = await simulate(swizzled(seed));
      assert.equal(broken, undefined, `order ${seed}`);
      done += met['ended done'] ?? 0;
    }
    assert.ok(done > 0, 'nothing was ever removed');
  }).timeout(120_000);
});
