import assert from 'node:assert/strict';
import { PartnerCenterError, type PartnerCenterFault } from '../../../services/partner-center/partner-center.ts';

/** Waits for a call to fail as expected. @returns the error, for a closer look. */
export async function expectFault(call: Promise<unknown>, fault: PartnerCenterFault): Promise<PartnerCenterError> {
  const error: unknown = await call.then(
    () => assert.fail(`expected ${fault}, but the call completed`),
    (thrown: unknown) => thrown,
  );
  assert.ok(error instanceof PartnerCenterError, String(error));
  assert.equal(error.fault, fault);
  return error;
}
