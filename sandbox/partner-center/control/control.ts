import { z } from 'zod';
import { logActions, parsed, setting, wrong, type Controls } from '../../control/control.ts';
import { ok, type Answer } from '../api/answers.ts';
import { scenarios } from '../scenarios/scenarios.ts';
import { DAY_MS } from '../world/clock.ts';
import type { World } from '../world/world.ts';
import { FaultSettings, type Faults } from './faults.ts';
import type { CallLog } from './log.ts';
import { showState } from './state.ts';
import { changeWorld, WorldChange } from './world-changes.ts';

/** What the people behind the curtain may touch. */
export interface ControlParts {
  readonly world: World;
  readonly faults: Faults;
  readonly log: CallLog;
}

const ResetOptions = z.strictObject({
  scenario: z.enum(scenarios.map(({ name }) => name)).default('everyday'),
  customers: z.int().min(0).max(200_000).optional(),
  seed: z.int().optional(),
});
const ClockMove = z.strictObject({
  now: z.iso.datetime({ offset: true }).optional(),
  advanceMs: z.number().optional(),
  advanceDays: z.number().optional(),
});

const LAST_MOMENT = new Date('3000-01-01T00:00:00Z');

/** `/_…`: the log, the faults, the clock and the world itself. */
export function controlsOf({ world, faults, log }: ControlParts): Controls {
  const showClock = (): Answer => ok({ now: world.clock.now().toISOString() });
  return {
    '/_log': logActions(log),
    '/_reset': {
      POST: parsed(ResetOptions, (options) => {
        world.reset(options);
        return ok({
          scenario: world.scenario,
          customers: world.customers.length,
          now: world.clock.now().toISOString(),
        });
      }),
    },
    '/_scenarios': { GET: () => ok({ scenarios: scenarios.map(({ name, about }) => ({ name, about })) }) },
    '/_faults': setting(
      FaultSettings,
      () => ({ ...faults.show(), switches: world.switches }),
      (settings) => {
        faults.set(settings);
        world.setSwitches(settings.switches);
      },
    ),
    '/_clock': {
      GET: showClock,
      POST: parsed(ClockMove, ({ now, advanceMs = 0, advanceDays = 0 }) => {
        const from = now === undefined ? world.clock.now() : new Date(now);
        const to = new Date(from.getTime() + advanceMs + advanceDays * DAY_MS);
        if (!(to.getTime() > 0 && to < LAST_MOMENT)) return wrong('The clock does not go that far.');
        world.clock.moveTo(to);
        return showClock();
      }),
    },
    '/_state': {
      GET: (_body, query) => {
        const limit = Number(query.get('limit') ?? 200);
        return ok(showState(world, { customer: query.get('customer'), limit }));
      },
    },
    '/_world': {
      POST: parsed(WorldChange, (change) => {
        const missing = changeWorld(world, change);
        if (missing !== undefined) return wrong(missing);
        return ok(showState(world, { customer: change.customerId, limit: 1 }));
      }),
    },
  };
}
