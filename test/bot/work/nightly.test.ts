import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { createBackupChore } from '../../../bot/work/backups.ts';
import { createNightly, nextNight, type Chore, type Nightly } from '../../../bot/work/nightly.ts';
import { HOUR_MS, later } from '../../../services/clock.ts';
import { openFileStore } from '../../../services/storage/file-store.ts';
import { tempFolders } from '../../services/storage/temp-folder.ts';
import { quietLog } from '../quiet-log.ts';

const START = new Date('2026-03-01T10:00:00.000Z');

describe('what is done every night', () => {
  let now: Date;
  let done: string[];
  let nightly: Nightly;
  const chore = (name: string, run: () => Promise<number> = async () => 1): Chore => ({
    name,
    run: async () => {
      done.push(name);
      return run();
    },
  });
  const start = (...chores: readonly Chore[]): void => {
    nightly = createNightly({ chores, clock: () => now, log: quietLog().log, everyMs: 2 });
    nightly.start();
  };
  const until = async (count: number): Promise<void> => {
    for (let tries = 0; done.length < count; tries += 1) {
      assert.ok(tries < 1_000, `${count} chores are done in the end, not ${done.join(', ')}`);
      await delay(2);
    }
  };
  const at = async (instant: string): Promise<void> => {
    now = new Date(instant);
    await delay(20);
  };

  beforeEach(() => {
    now = START;
    done = [];
  });
  afterEach(() => nightly.stop());

  it('is done an hour after a start, and then at two o’clock UTC, in its order', async () => {
    start(chore('archive'), chore('backup'));
    await at('2026-03-01T10:59:59.000Z');
    assert.deepEqual(done, []);

    await at('2026-03-01T11:00:00.000Z');
    await until(2);
    await at('2026-03-02T01:59:59.000Z');
    assert.deepEqual(done, ['archive', 'backup']);
    await at('2026-03-02T02:00:00.000Z');
    await until(4);

    assert.deepEqual(done, ['archive', 'backup', 'archive', 'backup']);
  });

  it('is tried again within the hour where it failed, and the rest is done all the same', async () => {
    let isFull = true;
    start(
      chore('archive', async () => {
        if (isFull) throw new Error('ENOSPC');
        return 1;
      }),
      chore('backup'),
    );
    await at('2026-03-01T11:00:00.000Z');
    await until(2);

    isFull = false;
    await at('2026-03-01T12:00:00.000Z');
    await until(4);
    await at('2026-03-01T13:00:00.000Z');

    assert.deepEqual(done, ['archive', 'backup', 'archive', 'backup']);
  });

  it('is over when the bot stops', async () => {
    start(chore('archive'));
    await nightly.stop();

    await at('2026-03-01T12:00:00.000Z');

    assert.deepEqual(done, []);
  });

  it('comes at two o’clock, today or tomorrow', () => {
    assert.equal(nextNight(new Date('2026-03-01T01:59:59.999Z')).toISOString(), '2026-03-01T02:00:00.000Z');
    assert.equal(nextNight(new Date('2026-03-01T02:00:00.000Z')).toISOString(), '2026-03-02T02:00:00.000Z');
    assert.equal(nextNight(new Date('2026-12-31T23:00:00.000Z')).toISOString(), '2027-01-01T02:00:00.000Z');
  });
});

describe('the nightly backup', () => {
  const newFolder = tempFolders();

  it('is made once a day however often the bot is started, and the newest are kept', async () => {
    let now = START;
    const clock = (): Date => now;
    const folder = await newFolder();
    const backups = join(folder, 'backups');
    const store = await openFileStore({ folder, boot: 'b', now: clock });
    const { run } = createBackupChore({ store, folder: backups, kept: 2, clock });
    const after = (hours: number): void => {
      now = new Date(later(START, hours * HOUR_MS));
    };

    const made: number[] = [];
    for (const hours of [0, 1, 19, 20, 44, 45]) {
      after(hours);
      made.push(await run());
    }
    await store.close();

    assert.deepEqual(made, [1, 0, 0, 1, 1, 0]);
    assert.deepEqual((await readdir(backups)).sort(), ['2026-03-02T06-00-00.000Z', '2026-03-03T06-00-00.000Z']);
  });
});
