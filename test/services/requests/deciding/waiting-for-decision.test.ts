import assert from 'node:assert/strict';
import type { StateName } from '../../../../services/requests/life.ts';
import { createAskedOf, createPersonRequests } from '../../../../services/requests/person-requests.ts';
import type { RemovalRequest } from '../../../../services/requests/request.ts';
import { createWaitingForDecision } from '../../../../services/requests/deciding/waiting-for-decision.ts';
import { createMemoryStore } from '../../../../services/storage/memory-store.ts';
import { after, cy, recordFor, requestIn, roles } from '../request-in.ts';

describe('what waits for a person’s decision', () => {
  const requests = new Map<string, RemovalRequest>();
  const stored = async (id: string) => {
    const request = requests.get(id);
    return request && recordFor(request);
  };
  const store = createMemoryStore({ boot: 'boot-1' });
  const asked = createAskedOf(store);
  const waitingFor = createWaitingForDecision({ requests: { read: stored }, asked, roles });
  const idsFor = async (person: string) => (await waitingFor(person)).map(({ request }) => request.id);
  let asking = 0;
  const ask = async (person: string, state: StateName, different: Partial<RemovalRequest> = {}): Promise<string> => {
    const id = `request-${(asking += 1)}`;
    requests.set(id, { ...requestIn(state), id, ...different });
    await asked.note(person, id, after(asking).toISOString());
    return id;
  };

  it('is what they were asked and nobody has decided, the newest first', async () => {
    const [first, second] = [await ask('cy', 'pending'), await ask('cy', 'pending')];

    assert.deepEqual(await idsFor('cy'), [second, first]);
    assert.deepEqual(await idsFor('bo'), []);
  });

  it('is nothing that is on its way already, that they have approved, passed on or may not decide', async () => {
    await ask('bo', 'approved');
    const by = { id: 'bo', name: 'Bo' };
    const at = after(1).toISOString();
    const {
      approvals: [approval],
    } = requestIn('approved');
    assert.ok(approval);
    await ask('bo', 'pending', { approvals: [{ ...approval, by: { id: 'bo-admin', name: 'Bo (admin)' } }] });
    await ask('bo', 'pending', { approvers: [cy], passed: [{ from: by, by, to: cy, at }] });
    await ask('ada-admin', 'pending');
    await ask('eve', 'pending');

    for (const person of ['bo', 'ada-admin', 'eve']) assert.deepEqual(await idsFor(person), [], person);
  });

  for (const state of ['executing', 'unknown'] as const)
    it(`is what waits for a sign-in while it is ${state}, for each of them who may carry it out`, async () => {
      const theirs = await ask('cy', state, { waitingFor: { why: 'sign-in', looks: 0 } });
      const others = await ask('cy', state, { waitingFor: { why: 'no-answer', looks: 0 } });

      const ids = await idsFor('cy');
      assert.deepEqual([ids.includes(theirs), ids.includes(others)], [true, false]);
      requests.delete(theirs);
    });

  it('is not what waits for its requester to sign in before it is sent', async () => {
    const theirs = await ask('ada', 'draft', { waitingFor: { why: 'sign-in', looks: 0 } });

    assert.equal((await idsFor('ada')).includes(theirs), false);
  });

  it('is what was approved and waits for a sign-in, for each of them who may carry it out', async () => {
    const waitingFor = { why: 'sign-in', looks: 0 } as const;
    const theirs = await ask('cy', 'approved', { waitingFor });
    await ask('ada-admin', 'approved', { waitingFor });
    await ask('cy', 'approved', { waitingFor: { why: 'unread', looks: 0 } });

    assert.equal((await idsFor('cy'))[0], theirs);
    assert.equal((await idsFor('cy')).length, 3, 'with the two that are to be decided');
    assert.deepEqual(await idsFor('ada-admin'), []);
  });

  it('forgets what has ended, and what they have asked for themselves stays', async () => {
    const opened = createPersonRequests(store);
    const done = await ask('bo', 'done');
    const waits = await ask('bo', 'pending');
    await opened.note('bo', done, after(1).toISOString());

    assert.deepEqual(await idsFor('bo'), [waits]);

    assert.equal((await asked.of('bo')).includes(done), false);
    assert.equal((await asked.of('bo')).includes(waits), true);
    assert.deepEqual(await opened.of('bo'), [done]);
  });
});
