import assert from 'node:assert/strict';
import { createRoles } from '../../../services/people/roles.ts';
import { noLongerAllowed, peopleAmong } from '../../../services/requests/who-may.ts';
import { bo, boAdmin, cy, NOW, requestIn, roles } from './request-in.ts';

const at = NOW.toISOString();
const approvedBy = (...people: readonly (typeof bo)[]) => ({
  ...requestIn('approved'),
  approvalsRequired: people.length,
  approvals: people.map((by) => ({ by, at })),
});
const nobodyIsTwo = createRoles({
  requesters: ['ada'],
  approvers: ['bo', 'bo-admin', 'cy'],
  auditors: [],
  samePerson: [],
});

describe('who stands behind what was approved', () => {
  it('is as many people as it takes', () => {
    assert.equal(noLongerAllowed(approvedBy(bo, cy), roles), undefined);
    assert.equal(noLongerAllowed(approvedBy(bo, boAdmin), nobodyIsTwo), undefined);
  });

  it('is one too few once two accounts are known to be one person’s', () => {
    assert.equal(noLongerAllowed(approvedBy(bo, boAdmin), roles), 'no-longer-approver');
  });

  it('counts two accounts of one person once, the first of them', () => {
    assert.deepEqual(peopleAmong([bo, boAdmin, cy], roles), [bo, cy]);
  });
});
