import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import * as nodeDisk from 'node:fs/promises';
import { mkdir, readdir, readFile, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sinon from 'sinon';
import { openFileStore } from '../../../services/storage/file-store.ts';
import { StoreError } from '../../../services/storage/store.ts';
import { listStore } from '../../../services/storage/store-folder.ts';
import { startOther } from './other-process.ts';
import type { OtherProcess } from './other-process.ts';
import { tempFolders } from './temp-folder.ts';

const locked =
  (...words: readonly string[]) =>
  (error: unknown): boolean =>
    error instanceof StoreError && error.fault === 'locked' && words.every((word) => error.message.includes(word));

describe('a store’s folder', function () {
  this.timeout(60_000);
  const others: OtherProcess[] = [];
  let folder: string;
  const start = async (task?: 'hold' | 'write' | 'move'): Promise<OtherProcess> => {
    const other = await startOther(folder, task);
    others.push(other);
    return other;
  };
  afterEach(async () => {
    await Promise.all(others.splice(0).map((other) => other.kill()));
  });
  const newFolder = tempFolders();
  beforeEach(async () => {
    folder = await newFolder();
  });

  describe('and two processes', () => {
    it('belongs to the first; the second is told whose it is', async () => {
      const other = await start();
      assert.equal(await other.open(), 'open');

      await assert.rejects(openFileStore({ folder, boot: 'b' }), locked(folder, `process ${other.pid} `));
    });

    it('is free as soon as the first has closed it', async () => {
      const other = await start();
      await other.open();
      await other.end();

      await (await openFileStore({ folder, boot: 'b' })).close();

      assert.deepEqual(await readdir(folder), ['store.json']);
    });

    it('is free at once when the first was killed', async () => {
      const other = await start();
      await other.open();
      await other.kill();
      assert.ok((await readdir(folder)).includes('owner.lock'));

      await (await openFileStore({ folder, boot: 'b' })).close();

      assert.deepEqual(await readdir(folder), ['store.json']);
    });

    it('is one’s own only once within a process', async () => {
      const store = await openFileStore({ folder, boot: 'b' });

      await assert.rejects(openFileStore({ folder, boot: 'b' }), locked(`process ${process.pid} `));

      await store.close();
    });

    for (let round = 1; round <= 3; round += 1) {
      it(`goes to exactly one of eight that find the same dead owner (round ${round})`, async () => {
        const dead = await start();
        await dead.open();
        await dead.kill();
        const heirs = await Promise.all(Array.from({ length: 8 }, () => start()));

        const outcomes = await Promise.all(heirs.map((heir) => heir.open()));

        assert.deepEqual(outcomes.sort(), [...Array.from({ length: 7 }, () => 'locked'), 'open']);
      });
    }

    it('goes on when the one who was taking it over was killed, too', async () => {
      const [dead, heir] = [await start(), await start()];
      await dead.open();
      const lock = join(folder, 'owner.lock');
      const first = await readFile(lock, 'utf8');
      await dead.kill();
      await heir.open();
      // What a kill between the two steps of a take-over leaves: the heir may replace the lock, and has not.
      const claim = `${lock}.${createHash('sha256').update(first).digest('hex')}`;
      await writeFile(claim, await readFile(lock, 'utf8'));
      await writeFile(lock, first);
      await assert.rejects(openFileStore({ folder, boot: 'b' }), locked(`process ${heir.pid} `));
      await heir.kill();

      await (await openFileStore({ folder, boot: 'b' })).close();

      assert.deepEqual(await readdir(folder), ['store.json']);
    });

    it('holds every commit that was acknowledged before a kill, and nothing half written', async () => {
      for (let round = 0; round < 4; round += 1) {
        const writer = await start('write');
        assert.equal(await writer.open(), 'open');
        await writer.hasSaid(12 + round);
        await writer.kill();
        const acknowledged = Number(writer.said.at(-1));

        const store = await openFileStore({ folder, boot: 'b' });

        const { version, rows } = await store.read('request:a');
        assert.ok(Number(version) >= acknowledged);
        assert.deepEqual(rows.get('n'), { value: Number(version) });
        await store.close();
      }
    });
  });

  it('holds what was moved into the archive and back before a kill, in one place', async () => {
    for (let round = 0; round < 8; round += 1) {
      const mover = await start('move');
      assert.equal(await mover.open(), 'open');
      await mover.hasSaid(20 + 3 * round);
      await mover.kill();
      const acknowledged = new Map(
        mover.said.slice(2).map((line) => {
          const [partition = '', version] = line.split(' ');
          return [partition, Number(version)];
        }),
      );

      const store = await openFileStore({ folder, boot: 'b' });

      const working = await Array.fromAsync(store.partitions('request'));
      const archived = await Array.fromAsync(store.archived('2026-03'));
      assert.deepEqual([...working, ...archived].sort(), ['request:0', 'request:1', 'request:2']);
      for (const [partition, version] of acknowledged)
        assert.ok(Number((await store.read(partition)).version) >= version, `${partition} has version ${version}`);
      for (const partition of archived) {
        const { version } = await store.read(partition);
        const dueAt = '2026-03-01T10:00:00.000Z';
        await store.commit(partition, version, [{ key: 'n', row: { value: 0, dueAt } }]);
      }
      await store.close();
      const { archived: files, working: others } = await listStore(nodeDisk, folder);
      assert.deepEqual([files.size, others.length], [0, 3]);
    }
  });

  describe('and an owner that cannot be seen from here', () => {
    const noon = new Date('2026-03-01T12:00:00.000Z');
    const secondsBefore = (seconds: number): Date => new Date(noon.getTime() - seconds * 1000);
    const elsewhere = {
      pid: 7,
      startedAt: '100',
      machineBoot: 'c9a1f9b4-0000-4000-8000-000000000000',
      pidNamespace: 'pid:[1]',
      host: 'other-host',
      boot: 'boot-1',
      token: 't',
    };
    const leave = async (content: string, heartbeat: Date): Promise<void> => {
      await mkdir(folder);
      await writeFile(join(folder, 'owner.lock'), content);
      await utimes(join(folder, 'owner.lock'), heartbeat, heartbeat);
    };
    const open = async (): Promise<void> => (await openFileStore({ folder, boot: 'b', now: () => noon })).close();

    const holders: [name: string, content: string][] = [
      ['of another machine', JSON.stringify(elsewhere)],
      ['whose lock says nothing', ''],
      ['whose lock is no lock', '{"pid":-1}'],
    ];
    for (const [name, content] of holders) {
      it(`is left to one ${name} until 15 s after its last heartbeat`, async () => {
        await leave(content, secondsBefore(14));
        await assert.rejects(open(), locked(folder, '15 s'));

        await utimes(join(folder, 'owner.lock'), secondsBefore(16), secondsBefore(16));
        await open();
      });
    }

    it('is not taken from one whose clock is ahead', async () => {
      await leave(JSON.stringify(elsewhere), secondsBefore(-3600));

      await assert.rejects(open(), locked('process 7 on "other-host"'));
    });

    it('is cleared of old attempts to take it over, and of no young one', async () => {
      await mkdir(folder);
      for (const [name, seconds] of [
        ['owner.lock.old', 61],
        ['owner.lock.young', 59],
      ] as const) {
        await writeFile(join(folder, name), '');
        await utimes(join(folder, name), secondsBefore(seconds), secondsBefore(seconds));
      }

      await open();

      assert.deepEqual(await readdir(folder), ['owner.lock.young', 'store.json']);
    });
  });

  it('shows that it is in use by a heartbeat every 5 s, until it is closed', async () => {
    const timers = sinon.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    let now = new Date('2026-03-01T12:00:00.000Z');
    const lastSign = async (): Promise<Date> => (await stat(join(folder, 'owner.lock'))).mtime;
    try {
      const store = await openFileStore({ folder, boot: 'b', now: () => now });
      assert.deepEqual(await lastSign(), now);

      now = new Date('2026-03-01T12:00:05.000Z');
      timers.tick(5_000);
      while ((await lastSign()) < now) await new Promise(setImmediate);

      await store.close();
      assert.equal(timers.countTimers(), 0);
    } finally {
      timers.restore();
    }
  });
});
