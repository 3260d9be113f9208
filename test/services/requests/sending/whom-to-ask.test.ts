import assert from 'node:assert/strict';
import type { Person } from '../../../../services/people/person.ts';
import { createRoles } from '../../../../services/people/roles.ts';
import { proposing, whoToAsk, type Approver } from '../../../../services/requests/sending/whom-to-ask.ts';

const address = { conversationId: 'c', serviceUrl: 's', tenantId: 't', botId: 'b' };
const person = (id: string): Person => ({ id, name: id, teamsId: `29:${id}`, locale: 'en-US' });
const reachable = (id: string): Approver => ({ id, person: { ...person(id), address } });
const addable = (id: string): Approver => ({ id, name: id, canBeAdded: true });
const unreachable = (id: string): Approver => ({ id });
const crowd = (count: number, of: (id: string) => Approver): readonly Approver[] =>
  Array.from({ length: count }, (_, n) => of(`p${n}`));
const roles = createRoles({ requesters: [], approvers: [], auditors: [], samePerson: [['bo', 'bo-admin']] });

const ids = (asked: ReturnType<typeof whoToAsk>): string | readonly string[] =>
  typeof asked === 'string' ? asked : asked.map(({ id }) => id);

describe('who is proposed', () => {
  const proposedOf = (eligible: readonly Approver[], manager?: string): string | undefined =>
    proposing(eligible, manager).find((one) => one.isProposed)?.id;

  for (const [why, eligible, manager, expected] of [
    ['the manager', [reachable('bo'), reachable('cy')], 'cy', 'cy'],
    ['the manager, who gets the app first', [reachable('bo'), addable('cy')], 'cy', 'cy'],
    ['not a manager whom no card can reach', [reachable('bo'), unreachable('cy')], 'cy', 'bo'],
    ['not a manager who may not decide', [unreachable('bo'), reachable('cy')], 'dan', 'cy'],
    ['the first who can be reached', [addable('bo'), reachable('cy')], undefined, 'cy'],
    ['the first who can get the app, where nobody has it', [unreachable('bo'), addable('cy')], undefined, 'cy'],
    ['the first, where nobody can be reached', [unreachable('bo'), unreachable('cy')], undefined, 'bo'],
    ['nobody, where there is nobody', [], 'cy', undefined],
  ] as const)
    it(`is ${why}`, () => {
      assert.equal(proposedOf(eligible, manager), expected);
    });
});

describe('who is asked', () => {
  const asked = (eligible: readonly Approver[], required = 1, chosen?: string) =>
    ids(whoToAsk(chosen, proposing(eligible, undefined), required, roles));

  it('is the one who was chosen, where one approval is enough', () => {
    assert.deepEqual(asked([reachable('bo'), reachable('cy')], 1, 'cy'), ['cy']);
    assert.deepEqual(asked([reachable('bo'), reachable('cy')]), ['bo']);
    assert.deepEqual(asked([addable('bo')], 1, 'bo'), ['bo']);
  });

  for (const [why, eligible, required, chosen, refusal] of [
    ['nobody may decide', [], 1, undefined, 'no-approver'],
    ['the chosen one may not decide', [reachable('bo')], 1, 'eve', 'not-an-approver'],
    ['no card can reach the chosen one', [reachable('bo'), unreachable('cy')], 1, 'cy', 'approver-unreachable'],
    ['fewer can be reached than it takes', [reachable('bo'), unreachable('cy')], 2, 'bo', 'too-few-approvers'],
    ['two accounts are one person’s', [reachable('bo'), reachable('bo-admin')], 2, 'bo', 'too-few-approvers'],
  ] as const)
    it(`is nobody where ${why}`, () => {
      assert.equal(asked(eligible, required, chosen), refusal);
    });

  it('is at most ten, of however many', () => {
    const found = asked(crowd(500, reachable), 2, 'p400');

    assert.equal(found.length, 10);
    assert.equal(found[0], 'p400');
  });

  it('is everybody who can be reached, and of those who cannot no more than it takes', () => {
    const eligible = [addable('dan'), addable('eve'), reachable('bo'), reachable('cy')];

    assert.deepEqual(asked(eligible, 2, 'bo'), ['bo', 'cy']);
    assert.deepEqual(asked(eligible, 3, 'bo'), ['bo', 'cy', 'dan']);
    assert.deepEqual(asked(eligible, 2, 'eve'), ['eve', 'bo', 'cy']);
  });

  it('is each person by one account before anybody by their second', () => {
    const eligible = [reachable('bo'), reachable('bo-admin'), ...crowd(9, reachable)];

    assert.deepEqual(asked(eligible, 2, 'bo'), ['bo', ...crowd(9, reachable).map(({ id }) => id)]);
    assert.deepEqual(asked(eligible.slice(0, 3), 2, 'bo'), ['bo', 'p0', 'bo-admin']);
  });
});
