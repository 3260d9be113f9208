import assert from 'node:assert/strict';
import { createPeople } from '../../../services/people/people.ts';
import type { Person } from '../../../services/people/person.ts';
import { createPersonRequests } from '../../../services/requests/person-requests.ts';
import { createMemoryStore } from '../../../services/storage/memory-store.ts';
import type { Store } from '../../../services/storage/store.ts';

const ada: Person = {
  id: 'ada',
  name: 'Ada',
  teamsId: '29:ada',
  locale: 'en-US',
  address: { conversationId: 'chat', serviceUrl: 'https://smba.example/', tenantId: 'tenant', botId: '28:bot' },
};
const { address, ...unreachable } = ada;
assert.ok(address);

/** A store that counts what is written to it. */
function counting(): { store: Store; commits: () => number } {
  const memory = createMemoryStore({ boot: 'boot-1' });
  let commits = 0;
  const store: Store = {
    ...memory,
    commit: (...args) => {
      commits++;
      return memory.commit(...args);
    },
  };
  return { store, commits: () => commits };
}

describe('a person who has talked to the bot', () => {
  it('is known from then on, to every process', async () => {
    const { store } = counting();

    await createPeople(store).learn(ada);

    assert.deepEqual(await createPeople(store).find('ada'), ada);
  });

  it('is not known before', async () => {
    assert.equal(await createPeople(counting().store).find('ada'), undefined);
  });

  it('is written down once, however often they talk', async () => {
    const { store, commits } = counting();
    const people = createPeople(store);

    for (let turn = 0; turn < 5; turn++) await people.learn({ ...ada });
    await people.find('ada');
    await people.learn({ address: { ...address }, locale: 'en-US', name: 'Ada', teamsId: '29:ada', id: 'ada' });

    assert.equal(commits(), 1);
  });

  it('is known by the newest that was said about them', async () => {
    const { store, commits } = counting();
    const people = createPeople(store);
    await people.learn(ada);

    await people.learn({ ...ada, name: 'Ada L.', locale: 'fr-FR' });

    assert.deepEqual(await createPeople(store).find('ada'), { ...ada, name: 'Ada L.', locale: 'fr-FR' });
    assert.equal(commits(), 2);
  });

  it('is learnt by two processes at the same time without a loss', async () => {
    const { store } = counting();

    await Promise.all([createPeople(store).learn(ada), createPeople(store).learn({ ...ada, name: 'Ada L.' })]);

    assert.match((await createPeople(store).find('ada'))?.name ?? '', /^Ada/);
  });

  it('is welcomed once, by whichever process, and again after a month only', async () => {
    const { store } = counting();
    const [one, other] = [createPeople(store), createPeople(store)];
    const at = (day: number): Date => new Date(Date.UTC(2026, 5, day));

    const atOnce = await Promise.all([one.welcome('ada', at(1)), other.welcome('ada', at(1))]);

    assert.deepEqual(atOnce.toSorted(), [false, true]);
    assert.equal(await createPeople(store).welcome('ada', at(30)), false);
    assert.equal(await createPeople(store).welcome('bo', at(30)), true);
    assert.equal(await other.welcome('ada', at(33)), true);
    assert.equal(await one.welcome('ada', at(34)), false);
  });

  it('is known as they are, where another process has learnt something since', async () => {
    const { store } = counting();
    const shared = { ...store, isShared: true };
    const [here, there] = [createPeople(shared), createPeople(shared)];
    await here.learn(ada);
    await there.find('ada');

    await there.forgetAddress('ada');
    assert.equal((await here.find('ada'))?.address, undefined);
    await here.learn(ada);

    assert.deepEqual(await there.find('ada'), ada);
  });

  it('is not what somebody else wrote in their place', async () => {
    const { store } = counting();
    await store.commit('person:ada', '0', [{ key: 'person', row: { value: { id: 'ada', name: 7 } } }]);

    assert.equal(await createPeople(store).find('ada'), undefined);
  });
});

describe('a person who has removed the app', () => {
  it('is known, and cannot be written to', async () => {
    const { store } = counting();
    const people = createPeople(store);
    await people.learn(ada);

    await people.forgetAddress('ada');

    assert.deepEqual(await people.find('ada'), unreachable);
    assert.deepEqual(await createPeople(store).find('ada'), unreachable);
  });

  it('can be written to again once they talk again', async () => {
    const { store } = counting();
    const people = createPeople(store);
    await people.learn(ada);
    await people.forgetAddress('ada');

    await people.learn(ada);

    assert.deepEqual(await createPeople(store).find('ada'), ada);
  });

  it('costs nothing when that is known, or when they are not', async () => {
    const { store, commits } = counting();
    const people = createPeople(store);
    await people.learn(unreachable);

    await people.forgetAddress('ada');
    await people.forgetAddress('nobody');

    assert.equal(commits(), 1);
  });

  it('keeps what they have asked for', async () => {
    const { store } = counting();
    const people = createPeople(store);
    await people.learn(ada);
    await createPersonRequests(store).note('ada', 'request-1', '2026-03-01T12:00:00.000Z');

    await people.forgetAddress('ada');

    assert.deepEqual(await createPersonRequests(store).of('ada'), ['request-1']);
  });
});
