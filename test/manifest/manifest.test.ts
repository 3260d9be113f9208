import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { AppManifestUtils, type TeamsManifest } from '@microsoft/app-manifest';
import { readCommand } from '../../bot/turns/commands.ts';

const folder = new URL('../../manifest/', import.meta.url);
const read = async (): Promise<TeamsManifest> =>
  JSON.parse(await readFile(new URL('manifest.json', folder), 'utf8')) as TeamsManifest;

describe('the Teams app manifest', () => {
  it('fits the schema of its version', async () => {
    assert.deepEqual(await AppManifestUtils.validateAgainstSchema(await read()), []);
  });

  it('offers the bot in one-to-one chats only', async () => {
    const { bots = [] } = (await read()) as { readonly bots?: readonly { readonly scopes: readonly string[] }[] };

    assert.deepEqual(
      bots.map(({ scopes }) => scopes),
      [['personal']],
    );
  });

  it('lists only words that the bot understands', async () => {
    const { bots = [] } = (await read()) as {
      readonly bots?: readonly {
        readonly commandLists: readonly { readonly commands: readonly { readonly title: string }[] }[];
      }[];
    };
    const titles = bots
      .flatMap(({ commandLists }) => commandLists.flatMap(({ commands }) => commands))
      .map(({ title }) => title);

    assert.notEqual(titles.length, 0);
    assert.deepEqual(
      titles.filter((title) => readCommand(title).word === 'unknown'),
      [],
    );
  });

  for (const [name, side] of [
    ['color', 192],
    ['outline', 32],
  ] as const) {
    it(`has a ${name} icon of ${side} by ${side} pixels`, async () => {
      const png = await readFile(new URL(`${name}.png`, folder));

      assert.equal(png.subarray(1, 4).toString('ascii'), 'PNG');
      assert.deepEqual([png.readUInt32BE(16), png.readUInt32BE(20)], [side, side]);
    });
  }
});
