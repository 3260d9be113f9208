/** The kinds of partitions that hold a chain. */
export const REQUEST_CHAINS = 'request';
export const PROCESS_CHAINS = 'audit';
export const CHECKPOINT_CHAINS = 'checkpoint';

/** The kinds whose heads stand in checkpoints. */
export const CHECKED_KINDS = [REQUEST_CHAINS, PROCESS_CHAINS] as const;

const dayOf = (at: Date): string => at.toISOString().slice(0, 10);

/** The chain of a process on a day of UTC: what belongs to no request. */
export const processChain = (boot: string, at: Date): string => `${PROCESS_CHAINS}:${dayOf(at)}.${boot}`;

/** The chain of the checkpoints of a day of UTC. */
export const checkpointChain = (at: Date): string => `${CHECKPOINT_CHAINS}:${dayOf(at)}`;

const DAY = /^(\d{4}-\d{2}-\d{2})(?:\.|$)/;
/** The day of UTC that a chain of a process or of checkpoints belongs to; a request's chain belongs to none. */
export function dayOfChain(partition: string): string | undefined {
  const [kind = '', name = ''] = partition.split(/:(.*)/s);
  return kind === REQUEST_CHAINS ? undefined : DAY.exec(name)?.[1];
}

export const isChecked = (partition: string): boolean => CHECKED_KINDS.some((kind) => partition.startsWith(`${kind}:`));
