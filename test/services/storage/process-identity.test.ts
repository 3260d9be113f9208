import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { fateOf, thisProcess } from '../../../services/storage/process-identity.ts';
import type { ProcessIdentity } from '../../../services/storage/process-identity.ts';

const HAS_PROC = existsSync('/proc/self/stat');
const own = await thisProcess();

describe('what became of a process', () => {
  it('is that it runs, for this one', async () => {
    assert.equal(await fateOf(own, own), HAS_PROC ? 'running' : 'unknown');
  });

  it('is that it is gone, once it has ended', async () => {
    const child = spawn(process.execPath, ['--eval', '']);
    await once(child, 'exit');

    assert.equal(await fateOf({ ...own, pid: child.pid! }, own), 'gone');
  });

  it('is that it is gone when its number belongs to a later process', async () => {
    const earlier: ProcessIdentity = { ...own, startedAt: HAS_PROC ? '1' : null };

    assert.equal(await fateOf(earlier, own), HAS_PROC ? 'gone' : 'unknown');
  });

  it('is that it is gone when it was killed and nobody has asked for it yet', async () => {
    if (!HAS_PROC) return;
    // The shell becomes another program, which never asks what became of the shell's child. The child ends only
    // then: a shell would have asked.
    const child = 'until grep -q tail /proc/$$/comm; do :; done';
    const parent = spawn('/bin/sh', ['-c', `(${child}) & echo $!; exec tail -f /dev/null`], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const [line] = (await once(createInterface(parent.stdout), 'line')) as [string];
    const stat = (): Promise<string> => readFile(`/proc/${line}/stat`, 'utf8');
    while (!(await stat()).includes(') Z ')) await new Promise(setImmediate);
    const startedAt = (await stat()).split(') ')[1]!.split(' ')[19]!;

    assert.equal(await fateOf({ ...own, pid: Number(line), startedAt }, own), 'gone');

    parent.kill();
  });

  const unseen: [name: string, other: ProcessIdentity][] = [
    ['on another machine', { ...own, machineBoot: 'another', host: own.host }],
    ['in another container', { ...own, pidNamespace: 'pid:[1]' }],
    ['on a machine that does not tell its boots apart', { ...own, machineBoot: null, host: 'another' }],
  ];
  for (const [name, other] of unseen) {
    it(`cannot be known ${name}, running or not`, async () => {
      assert.equal(await fateOf(other, own), 'unknown');
      assert.equal(await fateOf({ ...other, startedAt: '1' }, own), 'unknown');
    });
  }

  it('cannot be known where this process does not see which container it is in', async () => {
    const hidden = { ...own, machineBoot: 'boot', pidNamespace: null };

    assert.equal(await fateOf(hidden, hidden), 'unknown');
    assert.equal(await fateOf({ ...hidden, startedAt: '1' }, hidden), 'unknown');
  });
});
