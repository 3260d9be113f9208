import { z } from 'zod';
import { doing, logActions, parsed, setting, wrong, type Controls } from '../control/control.ts';
import type { RequestLog } from '../control/request-log.ts';
import { ok } from '../partner-center/api/answers.ts';
import type { Directory } from './directory.ts';
import { FaultSettings, type Faults } from './faults.ts';
import type { LogEntry } from './log.ts';

/** What the people behind the curtain may touch. */
export interface ControlParts {
  readonly directory: Directory;
  readonly faults: Faults;
  readonly log: RequestLog<LogEntry>;
  reset(): void;
}

const UserChange = z.strictObject({
  id: z.string(),
  accountEnabled: z.boolean().optional(),
  userType: z.enum(['Member', 'Guest']).optional(),
  displayName: z.string().optional(),
  /** `null` takes the manager away. */
  managerId: z.string().nullable().optional(),
});

/** `/_graph/…`: the log, the faults, the people. */
export const controlsOf = (graph: ControlParts): Controls => ({
  '/_graph/log': logActions(graph.log),
  '/_graph/faults': setting(
    FaultSettings,
    () => graph.faults.show(),
    (settings) => {
      graph.faults.set(settings);
    },
  ),
  '/_graph/reset': {
    POST: doing(() => {
      graph.reset();
    }),
  },
  '/_graph/users': {
    POST: parsed(UserChange, ({ id, managerId, ...change }) => {
      const user = graph.directory.user(id);
      if (user === undefined) return wrong(`There is nobody with the id ${id}.`);
      const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
      const manager = managerId !== undefined && { managerId: managerId ?? undefined };
      graph.directory.changeUser(id, { ...given, ...manager });
      return ok({});
    }),
  },
});
