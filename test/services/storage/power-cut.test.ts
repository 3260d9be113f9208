import assert from 'node:assert/strict';
import { openFileStore } from '../../../services/storage/file-store.ts';
import { NEVER_WRITTEN, type RowChange, type Store } from '../../../services/storage/store.ts';
import { MemoryDisk, type DiskCall } from '../../simulation/memory-disk.ts';

const set = (key: string, value: number): RowChange => ({ key, row: { value } });
const never = new Promise<never>(() => undefined);
const loseEverything = (): number => 0;

describe('the file store on a disk whose power goes', () => {
  let disk: MemoryDisk;
  beforeEach(() => {
    disk = new MemoryDisk(() => new Date());
  });
  const open = (boot: string): Promise<Store> => openFileStore({ folder: '/store', boot, disk: disk.disk });
  /** The process is killed before this call of a commit. */
  const killedAt = async (call: DiskCall, file: string, commit: () => Promise<unknown>): Promise<void> => {
    const { promise: killed, resolve: kill } = Promise.withResolvers<undefined>();
    disk.gate = (reached, moment, path) => {
      if (reached !== call || moment !== 'before' || path !== file) return undefined;
      kill(undefined);
      return never;
    };
    await Promise.race([killed, commit().catch(() => undefined)]);
    dies();
  };
  const dies = (): void => {
    disk.killed();
    for (const file of disk.files().keys()) if (file.includes('owner.lock')) disk.remove(file);
  };

  it('keeps a change that a start found in its place, although the process was killed before it was durable', async () => {
    const first = await open('one');
    const version = await first.commit('request:a', NEVER_WRITTEN, [set('head', 1)]);
    await killedAt('sync', '/store/request', () => first.commit('request:a', version, [set('head', 2)]));

    const shown = await (await open('two')).read('request:a');
    assert.deepEqual(shown.rows.get('head'), { value: 2 });
    dies();
    disk.powerCut(loseEverything);

    assert.deepEqual(await (await open('three')).read('request:a'), shown);
  });

  it('keeps what is in a folder that was made by a process that was killed before it was durable', async () => {
    const first = await open('one');
    await first.commit('person:a', NEVER_WRITTEN, [set('head', 1)]);
    await killedAt('sync', '/store', () => first.commit('request:a', NEVER_WRITTEN, [set('head', 1)]));

    await (await open('two')).commit('request:a', NEVER_WRITTEN, [set('head', 2)]);
    dies();
    disk.powerCut(loseEverything);

    assert.deepEqual((await (await open('three')).read('request:a')).rows.get('head'), { value: 2 });
  });

  it('keeps what is in a folder whose making failed before', async () => {
    const store = await open('one');
    disk.gate = (call, _, path) =>
      call === 'sync' && path === '/store' ? Promise.reject(new Error('EIO')) : undefined;
    await assert.rejects(store.commit('request:a', NEVER_WRITTEN, [set('head', 1)]));
    disk.gate = () => undefined;
    dies();

    const next = await open('two');
    await next.commit('request:a', NEVER_WRITTEN, [set('head', 2)]);
    dies();
    disk.powerCut(loseEverything);

    assert.deepEqual((await (await open('three')).read('request:a')).rows.get('head'), { value: 2 });
  });

  it('is opened again with all that was acknowledged, whatever moment the power goes, and whatever it leaves', async () => {
    const ended: number[] = [];
    for (let moment = 1; ended.length === 0; moment += 1) {
      disk = new MemoryDisk(() => new Date());
      const { promise: reached, resolve: reach } = Promise.withResolvers<undefined>();
      const acknowledged = new Set<string>();
      const live = async (): Promise<void> => {
        for (const boot of ['one', 'two']) {
          const store = await open(boot);
          for (const name of [`customer:${boot}`, `person:${boot}`]) {
            const version = await store.commit(name, NEVER_WRITTEN, [set('head', 1)]);
            acknowledged.add(name);
            if (name.startsWith('person')) await store.archive(name, version, '2026-03');
          }
          await store.close();
        }
        ended.push(moment);
      };
      let calls = 0;
      disk.gate = () => {
        calls += 1;
        if (calls < moment) return undefined;
        reach(undefined);
        return never;
      };
      await Promise.race([reached, live()]);
      dies();
      disk.powerCut(() => [0, 0.3, 0.7, 0.99][moment % 4] ?? 0);
      dies();

      const store = await open('after');
      for (const name of acknowledged) assert.equal((await store.read(name)).rows.size, 1, `${name} at ${moment}`);
      await store.close();
    }
  });
});
