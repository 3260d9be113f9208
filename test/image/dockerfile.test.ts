import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { copiesOf, environmentOf, instructionsOf, programOf } from './dockerfile.ts';

const checkout = fileURLToPath(new URL('../../', import.meta.url));
const read = (file: string): string => readFileSync(path.join(checkout, file), 'utf8');
const instructions = instructionsOf(read('Dockerfile'));
const copied = copiesOf(instructions).map(({ from }) => from);

/** Files of ours that a file imports, and files that those import, as paths in the checkout. */
function reached(file: string, seen: Set<string> = new Set<string>()): Set<string> {
  if (seen.has(file)) return seen;
  seen.add(file);
  for (const [, imported = ''] of read(file).matchAll(/from '(\.{1,2}\/[^']+)'/g)) {
    reached(path.join(path.dirname(file), imported), seen);
  }
  return seen;
}

describe('the image', () => {
  it('runs the bot as nobody with rights, on Node 24', () => {
    const bases = instructions.filter(({ name }) => name === 'FROM').map(({ rest }) => rest.split(' ')[0]);

    assert.deepEqual(new Set(bases), new Set(['node:24-bookworm-slim']));
    assert.equal(instructions.findLast(({ name }) => name === 'USER')?.rest, 'node');
    assert.deepEqual(programOf(instructions, 'CMD'), ['node', 'bot/main.ts']);
  });

  it('has production dependencies only, and runs no script of any of them', () => {
    const installs = instructions.filter(({ name, rest }) => name === 'RUN' && rest.includes('npm'));

    assert.deepEqual(
      installs.map(({ rest }) => rest),
      ['npm ci --omit=dev --ignore-scripts'],
    );
  });

  it('asks the bot whether it is alive without a program that the image has not', () => {
    assert.deepEqual(programOf(instructions, 'HEALTHCHECK'), ['node', 'scripts/healthy.mjs']);
  });

  it('holds all that the bot and its commands import, and nothing to try or test with', () => {
    const starts = ['bot/main.ts', ...copied.filter((file) => file.endsWith('.ts'))];
    const needed = new Set(starts.flatMap((file) => [...reached(file)]));
    const holds = (file: string): boolean => copied.some((from) => file === from || file.startsWith(`${from}/`));

    assert.deepEqual(
      [...needed].filter((file) => !holds(file)),
      [],
    );
    for (const from of copied) assert.ok(existsSync(path.join(checkout, from)), from);
    assert.deepEqual(
      copied.filter((from) => /^(test|sandbox|docs|manifest)\b/.test(from)),
      [],
    );
  });

  it('is not sent what it does not need, and no secret that lies about', () => {
    const sent = read('.dockerignore')
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'));

    assert.equal(sent[0], '*');
    assert.deepEqual(
      copied.filter((from) => !sent.includes(`!${from.split('/')[0] ?? ''}`)),
      [],
    );
    assert.ok(!readdirSync(checkout).some((name) => name.startsWith('.env') && sent.includes(`!${name}`)));
  });

  it('keeps the store on its volume', () => {
    const folder = instructions.find(({ name }) => name === 'VOLUME')?.rest;

    assert.equal(environmentOf(instructions)['STORE'], `file:${folder ?? ''}`);
  });
});
