import assert from 'node:assert/strict';

const WAIT_MS = 15_000;

/** Looks again until it is so. */
export async function eventually(isSo: () => boolean | Promise<boolean>, otherwise: string): Promise<void> {
  const end = Date.now() + WAIT_MS;
  while (!(await isSo())) {
    assert.ok(Date.now() < end, otherwise);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
