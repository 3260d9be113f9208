/** How each proof is run against a copy with a bug in it: until it has found one. */
export const PROOFS: Readonly<Record<string, readonly string[]>> = {
  crash: ['scripts/crash-points.ts', '--removal', '--first'],
  simulation: ['test/simulation/main.ts', '--seeds', '2000', '--stop-after', '1'],
};
