import type { Machine } from './machine.ts';
import type { Row } from './row.ts';

/** All that one run has measured, as it is kept. */
export interface Result {
  readonly commit: string;
  readonly at: string;
  readonly isQuick: boolean;
  readonly seconds: number;
  readonly machine: Machine;
  readonly rows: readonly Row[];
}

export const aboutRun = ({ commit, at, seconds, machine }: Result): string =>
  `Commit ${commit}, ${at.slice(0, 10)}, in ${seconds} s; ${aboutMachine(machine)}.`;

export const aboutMachine = ({ cpu, cores, memoryGb, os, node }: Machine): string =>
  `${cpu}, ${cores} cores, ${memoryGb} GB; ${os}; Node ${node}`;
