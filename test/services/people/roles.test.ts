import assert from 'node:assert/strict';
import { createRoles, withoutRemovals, type RoleLists } from '../../../services/people/roles.ts';

const lists: RoleLists = {
  requesters: ['ada', 'bo'],
  approvers: ['ada-admin', 'bo', 'cy'],
  auditors: ['eve'],
  samePerson: [['ada', 'ada-admin']],
};
const roles = createRoles(lists);

describe('the roles of a person', () => {
  const table: readonly [person: string, requester: boolean, approver: boolean, auditor: boolean][] = [
    ['ada', true, false, false],
    ['ada-admin', false, true, false],
    ['bo', true, true, false],
    ['cy', false, true, false],
    ['eve', false, false, true],
    ['mallory', false, false, false],
    ['', false, false, false],
    ['*', false, false, false],
    ['constructor', false, false, false],
  ];
  for (const [person, requester, approver, auditor] of table)
    it(`are those that were configured, for "${person}"`, () => {
      assert.deepEqual(
        [roles.isRequester(person), roles.isApprover(person), roles.isAuditor(person)],
        [requester, approver, auditor],
      );
    });

  it('make everybody a requester where that was configured, and nobody an approver', () => {
    const open = createRoles({ ...lists, requesters: '*' });

    assert.ok(open.isRequester('mallory'));
    assert.ok(!open.isApprover('mallory'));
  });
});

describe('two accounts', () => {
  const pairs: readonly [a: string, b: string, isSame: boolean][] = [
    ['ada', 'ada', true],
    ['mallory', 'mallory', true],
    ['ada', 'ada-admin', true],
    ['ada-admin', 'ada', true],
    ['ada', 'bo', false],
    ['ada-admin', 'cy', false],
  ];
  for (const [a, b, isSame] of pairs)
    it(`${a} and ${b} are ${isSame ? 'one person' : 'two people'}`, () => {
      assert.equal(roles.isSamePerson(a, b), isSame);
    });
});

describe('who may decide on what somebody asks', () => {
  it('is every approver who is another person', () => {
    assert.deepEqual(roles.approversFor('ada'), ['bo', 'cy']);
    assert.deepEqual(roles.approversFor('ada-admin'), ['bo', 'cy']);
    assert.deepEqual(roles.approversFor('bo'), ['ada-admin', 'cy']);
    assert.deepEqual(roles.approversFor('mallory'), ['ada-admin', 'bo', 'cy']);
  });

  it('is nobody where the only approver asks', () => {
    const alone = createRoles({ ...lists, approvers: ['ada-admin'] });

    assert.deepEqual(alone.approversFor('ada'), []);
  });
});

describe('roles where removals are somebody else’s', () => {
  it('let nobody ask or approve, and auditors look', () => {
    for (const requesters of [lists.requesters, '*'] as const) {
      const none = withoutRemovals(createRoles({ ...lists, requesters }));

      for (const person of ['ada', 'ada-admin', 'bo', 'cy', 'mallory'])
        assert.deepEqual([none.isRequester(person), none.isApprover(person)], [false, false], person);
      assert.deepEqual(none.approversFor('ada'), []);
      assert.ok(none.isAuditor('eve'));
    }
  });
});
