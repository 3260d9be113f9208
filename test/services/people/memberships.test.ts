import assert from 'node:assert/strict';
import { MINUTE_MS, SECOND_MS } from '../../../services/clock.ts';
import type { Account } from '../../../services/people/graph-people.ts';
import { createMemberships, type Memberships, type RoleHolders } from '../../../services/people/memberships.ts';
import { hasRole, offering, RolesUnreadError, type Role } from '../../../services/people/roles.ts';

const member = (id: string): Account => ({ id, name: `Name of ${id}`, isMember: true });
const outsider = (id: string): Account => ({ ...member(id), isMember: false });

/** The partner's directory, with what is in it and what cannot be read at the moment. */
class Directory {
  accounts: readonly Account[] = [];
  groups: Readonly<Record<string, readonly Account[]>> = {};
  readonly unreadable = new Set<string>();
  /** What was asked for, in order. */
  readonly asked: string[] = [];
  /** Answers are held back until this resolves. */
  held: Promise<unknown> = Promise.resolve();

  async account(id: string): Promise<Account | undefined> {
    await this.#ask(id);
    return this.accounts.find((one) => one.id === id);
  }
  async members(id: string): Promise<readonly Account[]> {
    await this.#ask(id);
    return this.groups[id] ?? [];
  }
  async #ask(id: string): Promise<void> {
    this.asked.push(id);
    const isUnreadable = this.unreadable.has(id) || this.unreadable.has('everything');
    await this.held;
    if (isUnreadable) throw new Error('no answer');
  }
}

const nobody = { people: [], groups: [] };
const holders = (given: Partial<RoleHolders>): RoleHolders => ({
  ...{ requesters: nobody, approvers: nobody, auditors: nobody, samePerson: [] },
  ...given,
});
const people = (...ids: readonly string[]) => ({ people: ids, groups: [] });
const group = (...ids: readonly string[]) => ({ people: [], groups: ids });

describe('who may do what, by the partner’s directory', () => {
  let directory: Directory;
  let now: number;
  let failed: string[];

  beforeEach(() => {
    directory = new Directory();
    now = Date.parse('2026-03-02T09:00:00Z');
    failed = [];
  });
  const membershipsOf = (given: Partial<RoleHolders>): Memberships =>
    createMemberships({
      holders: holders(given),
      graph: directory,
      clock: () => new Date(now),
      onFailed: (what) => failed.push(what),
    });
  const standings = ({ roles }: Memberships, role: Role, ...ids: readonly string[]): readonly string[] =>
    ids.map((id) => roles.standing(role, id));

  for (const [role, given] of [
    ['requester', { requesters: group('g') }],
    ['approver', { approvers: group('g') }],
    ['auditor', { auditors: group('g') }],
  ] as const)
    it(`is whoever is in a group, without guests and disabled accounts: ${role}`, async () => {
      directory.groups = { g: [member('ada'), outsider('guest')] };
      const memberships = membershipsOf(given);

      await memberships.fresh([]);

      assert.deepEqual(standings(memberships, role, 'ada', 'guest', 'eve'), ['held', 'not-held', 'not-held']);
    });

  it('is whoever is named and has an account that counts', async () => {
    directory.accounts = [member('ada'), outsider('guest')];
    const memberships = membershipsOf({ approvers: people('ada', 'guest', 'gone') });

    await memberships.fresh([]);

    assert.deepEqual(standings(memberships, 'approver', 'ada', 'guest', 'gone'), ['held', 'not-held', 'not-held']);
    assert.deepEqual(memberships.roles.approversFor('eve'), ['ada']);
  });

  it('is every member where everybody may ask, and no guest and nobody of another tenant', async () => {
    directory.accounts = [member('ada'), outsider('guest')];
    const memberships = membershipsOf({ requesters: '*' });

    await memberships.fresh(['ada', 'guest', 'stranger']);

    assert.deepEqual(standings(memberships, 'requester', 'ada', 'guest', 'stranger'), ['held', 'not-held', 'not-held']);
    assert.throws(() => memberships.roles.isRequester('not asked about'), RolesUnreadError);
  });

  it('is somebody named once more by a group, as long as their own account counts', async () => {
    directory.accounts = [outsider('ada')];
    directory.groups = { g: [member('ada'), member('bo')] };
    const memberships = membershipsOf({ approvers: { people: ['ada'], groups: ['g'] } });

    await memberships.fresh([]);

    assert.deepEqual(standings(memberships, 'approver', 'ada', 'bo'), ['not-held', 'held']);
    assert.deepEqual(memberships.roles.approversFor('eve'), ['bo']);
  });

  it('is never somebody with a second account for their own request', async () => {
    directory.groups = { g: [member('ada'), member('ada-admin'), member('bo')] };
    const memberships = membershipsOf({ approvers: group('g'), samePerson: [['ada', 'ada-admin']] });

    await memberships.fresh([]);

    assert.deepEqual(memberships.roles.approversFor('ada'), ['bo']);
  });

  it('is by object id alone where there is no directory', async () => {
    const memberships = createMemberships({
      holders: holders({ approvers: people('bo') }),
      clock: () => new Date(now),
    });

    await memberships.fresh(['bo']);

    assert.deepEqual([memberships.roles.isApprover('bo'), memberships.roles.isApprover('ada')], [true, false]);
    assert.ok(!memberships.roles.areApproversUnread());
  });

  it('counts for five minutes by the clock, and not a moment longer', async () => {
    directory.groups = { g: [member('bo')] };
    const memberships = membershipsOf({ approvers: group('g') });
    await memberships.fresh([]);
    directory.unreadable.add('g');

    now += 5 * MINUTE_MS - 1;
    await memberships.fresh([]);
    assert.ok(memberships.roles.isApprover('bo'));

    now += 1;
    await memberships.fresh([]);
    assert.deepEqual(standings(memberships, 'approver', 'bo', 'eve'), ['unread', 'unread']);
    assert.throws(() => memberships.roles.isApprover('bo'), RolesUnreadError);
    assert.deepEqual(memberships.roles.approversFor('ada'), []);
    assert.ok(memberships.roles.areApproversUnread());
    assert.ok(failed.length > 0);
  });

  it('counts from when the reading began, however long it took', async () => {
    directory.groups = { g: [member('bo')] };
    const memberships = membershipsOf({ approvers: group('g') });
    const { promise, resolve } = Promise.withResolvers<undefined>();
    directory.held = promise;

    const waited = memberships.fresh([]);
    now += 4 * MINUTE_MS;
    resolve(undefined);
    await waited;

    assert.ok(memberships.roles.isApprover('bo'));
    now += MINUTE_MS;
    assert.equal(memberships.roles.standing('approver', 'bo'), 'unread');
  });

  it('is not what a clock says that was set back', async () => {
    directory.groups = { g: [member('bo')] };
    const memberships = membershipsOf({ approvers: group('g') });
    await memberships.fresh([]);

    now -= 60 * MINUTE_MS;

    assert.equal(memberships.roles.standing('approver', 'bo'), 'unread');
  });

  it('is read anew in the background while it still counts', async () => {
    directory.groups = { g: [member('bo')] };
    const memberships = membershipsOf({ approvers: group('g') });
    await memberships.fresh([]);
    directory.groups = { g: [] };
    const { promise, resolve } = Promise.withResolvers<undefined>();
    directory.held = promise;

    now += 3 * MINUTE_MS;
    await memberships.fresh([]);
    assert.ok(memberships.roles.isApprover('bo'), 'nobody waits for it');
    resolve(undefined);
    await settled();

    assert.ok(!memberships.roles.isApprover('bo'));
  });

  it('is read by one reading at a time, whoever asks', async () => {
    directory.groups = { g: [member('bo')] };
    const memberships = membershipsOf({ approvers: group('g') });

    await Promise.all(Array.from({ length: 20 }, () => memberships.fresh([])));
    await memberships.fresh([]);

    assert.deepEqual(directory.asked, ['g']);
  });

  it('is read again before something irreversible, unless it has just been', async () => {
    directory.groups = { g: [member('bo')] };
    const memberships = membershipsOf({ approvers: group('g') });
    await memberships.fresh([]);
    directory.groups = { g: [] };

    await memberships.fresh([], { anew: true });
    assert.ok(memberships.roles.isApprover('bo'));

    now += 30 * SECOND_MS;
    await memberships.fresh([], { anew: true });
    assert.ok(!memberships.roles.isApprover('bo'));
  });

  describe('for something irreversible', () => {
    const certainly = ({ certainRoles }: Memberships) => certainRoles.standing('approver', 'bo');
    const readOnce = async (): Promise<Memberships> => {
      directory.groups = { g: [member('bo')] };
      const memberships = membershipsOf({ approvers: group('g') });
      await memberships.fresh([]);
      now += 30 * SECOND_MS;
      return memberships;
    };

    it('is what was read before, and is read anew', async () => {
      const memberships = await readOnce();
      assert.equal(certainly(memberships), 'held');

      directory.groups = { g: [] };
      await memberships.fresh([], { anew: true });

      assert.equal(certainly(memberships), 'not-held');
    });

    it('is unread once it could not be read anew, though what was read before counts for all else', async () => {
      const memberships = await readOnce();
      directory.unreadable.add('everything');

      await memberships.fresh([], { anew: true });

      assert.equal(certainly(memberships), 'unread');
      assert.throws(() => memberships.certainRoles.isApprover('bo'), RolesUnreadError);
      assert.ok(memberships.roles.isApprover('bo'));

      now += 10 * SECOND_MS;
      directory.unreadable.clear();
      await memberships.fresh([], { anew: true });
      assert.equal(certainly(memberships), 'held');
    });

    it('is unread while reading it anew takes longer than it is waited for, unless it was read just before', async () => {
      const memberships = await readOnce();
      const { promise, resolve } = Promise.withResolvers<undefined>();
      directory.held = promise;
      const reading = memberships.fresh([], { anew: true });

      now += 3 * SECOND_MS;
      assert.equal(certainly(memberships), 'held');
      now += 2 * MINUTE_MS;
      assert.equal(certainly(memberships), 'unread');
      assert.ok(memberships.roles.isApprover('bo'));

      resolve(undefined);
      await reading;
      assert.equal(certainly(memberships), 'held');
    });

    it('is known in the end, however long a reading takes', async () => {
      const memberships = await readOnce();
      now += 3 * MINUTE_MS;
      for (const isKnown of [false, true]) {
        const { promise, resolve } = Promise.withResolvers<undefined>();
        directory.held = promise;
        const reading = memberships.fresh([], { anew: true });
        now += 4 * SECOND_MS;
        assert.equal(certainly(memberships), isKnown ? 'held' : 'unread');
        resolve(undefined);
        await reading;
        now += 15 * SECOND_MS;
      }
    });
  });

  it('is not asked for again at once where it cannot be read', async () => {
    directory.unreadable.add('everything');
    const memberships = membershipsOf({ approvers: group('g') });

    for (let times = 0; times < 5; times++) await memberships.fresh([]);
    assert.deepEqual(directory.asked, ['g']);

    now += 10 * SECOND_MS;
    directory.unreadable.clear();
    directory.groups = { g: [member('bo')] };
    await memberships.fresh([]);
    assert.ok(memberships.roles.isApprover('bo'));
  });

  it('is unread for those of one group, and stands for all others', async () => {
    directory.groups = { g: [member('bo')], h: [member('cy')] };
    directory.accounts = [member('ada')];
    directory.unreadable.add('h');
    const memberships = membershipsOf({ approvers: { people: ['ada'], groups: ['g', 'h'] } });

    await memberships.fresh([]);

    assert.deepEqual(standings(memberships, 'approver', 'ada', 'bo', 'cy'), ['held', 'held', 'unread']);
    assert.deepEqual(memberships.roles.approversFor('eve'), ['ada', 'bo']);
    assert.ok(memberships.roles.areApproversUnread());
  });

  it('is unread for somebody named whose account cannot be read', async () => {
    directory.accounts = [member('ada'), member('bo')];
    directory.unreadable.add('bo');
    const memberships = membershipsOf({ approvers: people('ada', 'bo') });

    await memberships.fresh([]);

    assert.deepEqual(standings(memberships, 'approver', 'ada', 'bo'), ['held', 'unread']);
  });

  it('knows the names of those it has read', async () => {
    directory.accounts = [member('ada')];
    directory.groups = { g: [member('bo')] };
    const memberships = membershipsOf({ approvers: { people: ['ada'], groups: ['g'] } });
    await memberships.fresh([]);

    assert.deepEqual(['ada', 'bo', 'eve'].map(memberships.nameOf), ['Name of ada', 'Name of bo', undefined]);
  });

  it('has a role where one is known, whatever else cannot be read', async () => {
    directory.groups = { g: [member('bo')] };
    directory.unreadable.add('h');
    const { roles, fresh } = membershipsOf({ approvers: group('g'), requesters: group('h') });
    await fresh([]);

    assert.ok(hasRole(roles, 'bo'));
    assert.throws(() => hasRole(roles, 'eve'), RolesUnreadError);
  });

  it('is offered what may be theirs, and nothing that is not', async () => {
    directory.groups = { g: [member('bo')] };
    directory.unreadable.add('h');
    const { roles, fresh } = membershipsOf({ approvers: group('g'), requesters: group('h') });
    await fresh([]);

    const offered = offering(roles);

    assert.deepEqual([offered.isApprover('bo'), offered.isApprover('eve')], [true, false]);
    assert.ok(offered.isRequester('eve'));
  });
});

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
