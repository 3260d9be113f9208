import assert from 'node:assert/strict';
import { createPersonRequests } from '../../../services/requests/person-requests.ts';
import { createMemoryStore } from '../../../services/storage/memory-store.ts';
import { after } from './request-in.ts';

const at = (ms: number): string => after(ms).toISOString();

describe('what a person has asked for', () => {
  it('comes newest first, and is theirs alone', async () => {
    const requests = createPersonRequests(createMemoryStore({ boot: 'boot-1' }));
    await requests.note('ada', 'second', at(2));
    await requests.note('ada', 'third', at(3));
    await requests.note('ada', 'first', at(1));
    await requests.note('bo', 'other', at(4));

    assert.deepEqual(await requests.of('ada'), ['third', 'second', 'first']);
    assert.deepEqual(await requests.of('cy'), []);
  });

  it('is complete when several are asked for at the same time', async () => {
    const store = createMemoryStore({ boot: 'boot-1' });
    const names = Array.from({ length: 12 }, (_, n) => `request-${n}`);

    await Promise.all(names.map((name, n) => createPersonRequests(store).note('ada', name, at(n))));

    assert.deepEqual(await createPersonRequests(store).of('ada'), names.toReversed());
  });
});
