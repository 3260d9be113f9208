import { z } from 'zod';
import { doing, logActions, parsed, setting, type Controls } from '../../control/control.ts';
import { ok } from '../../partner-center/api/answers.ts';
import type { EntraStandIn } from '../stand-in.ts';
import type { Tenant } from '../tenant.ts';
import { FaultSettings } from './faults.ts';

const ClockMove = z.strictObject({
  now: z.iso.datetime({ offset: true }).optional(),
  advanceMs: z.number().default(0),
});
const Rotation = z.strictObject({ forgetOld: z.boolean().default(false) });
const Revocation = z.strictObject({ person: z.string() });

/** `/_…`: the log, the faults, the clock, the keys. */
export const controlsOf = (entra: EntraStandIn, { faults, log }: Pick<Tenant, 'faults' | 'log'>): Controls => ({
  '/_log': logActions(log),
  '/_faults': setting(
    FaultSettings,
    () => faults.show(),
    (settings) => {
      entra.setFaults(settings);
    },
  ),
  '/_reset': {
    POST: doing(() => {
      entra.reset();
    }),
  },
  '/_clock': setting(
    ClockMove,
    () => ({ now: entra.now().toISOString() }),
    ({ now, advanceMs }) => {
      const from = now === undefined ? entra.now() : new Date(now);
      entra.moveClock(new Date(from.getTime() + advanceMs));
    },
  ),
  '/_keys': {
    POST: parsed(Rotation, ({ forgetOld }) => {
      entra.rotateKeys(forgetOld);
      return ok({});
    }),
  },
  '/_revoke': {
    POST: parsed(Revocation, ({ person }) => {
      entra.revoke(person);
      return ok({});
    }),
  },
});
