import assert from 'node:assert/strict';
import { Secret } from '../../../bot/config/secret.ts';
import { auditKeyOf } from '../../../services/audit/audit-chain.ts';
import { settingsDigest } from '../../../services/audit/settings-digest.ts';
import { key } from './recorded.ts';

describe('the digest of the settings', () => {
  const settings = { approvals: 1, secret: new Secret('hunter2') };

  it('is the same for the same settings, and another for others', () => {
    assert.equal(settingsDigest(settings, key), settingsDigest({ secret: new Secret('hunter3'), approvals: 1 }, key));
    assert.notEqual(settingsDigest(settings, key), settingsDigest({ ...settings, approvals: 2 }, key));
  });

  it('takes the key to guess', () => {
    assert.notEqual(settingsDigest(settings, key), settingsDigest(settings, auditKeyOf(new Uint8Array(32).fill(8))));
  });
});
