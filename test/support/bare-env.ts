import { tmpdir } from 'node:os';

/**
 * What a process needs of its environment to start at all: where programs are, where what is temporary goes, and what Node
 * has compiled before, which halves what its start costs. Nothing else of what is set here reaches it.
 */
export function bareEnv(): Readonly<Record<string, string | undefined>> {
  const { PATH, NODE_COMPILE_CACHE } = process.env;
  return { PATH, TMPDIR: tmpdir(), ...(NODE_COMPILE_CACHE !== undefined && { NODE_COMPILE_CACHE }) };
}
