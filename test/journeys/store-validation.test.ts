import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { TRANSLATIONS } from '../../manifest/app-package.ts';
import { REQUESTER_OBJECT_ID, type ShownMessage } from '../../sandbox/chat/chat.ts';
import { startJourney } from '../support/journey.ts';
import { startSignedOnJourney, type SignedOnJourney } from '../support/signed-on.ts';
import { buttonTitles, seatOf } from './steps.ts';

interface Manifest {
  readonly bots: readonly [
    { readonly commandLists: readonly [{ readonly commands: readonly { readonly title: string }[] }] },
  ];
}

const read = async (name: string): Promise<unknown> =>
  JSON.parse(await readFile(new URL(`../../manifest/${name}`, import.meta.url), 'utf8'));
const { bots } = (await read('manifest.json')) as Manifest;
const english = bots[0].commandLists[0].commands.map(({ title }) => title);
const translated = (await Promise.all(TRANSLATIONS.map(read))).flatMap((texts) =>
  Object.entries(texts as Record<string, string>)
    .filter(([key]) => key.endsWith('.title'))
    .map(([, title]) => title),
);

describe('every command that Teams lists', function () {
  this.timeout(60_000);
  let world: SignedOnJourney;

  before(async () => {
    world = await startSignedOnJourney({ env: { AUDITORS: REQUESTER_OBJECT_ID } });
  });
  after(() => world.close());

  const fromBot = (): readonly ShownMessage[] =>
    world.journey.chat.messages('requester').filter(({ from }) => from === 'bot');

  for (const typed of [...new Set([...english, ...translated]), 'Hi', 'Hello', 'HELP', 'Help.', '/help']) {
    it(`works as it stands there: ${typed}`, async () => {
      const seat = seatOf(world.journey, 'requester');
      const before = fromBot().length;

      await seat.says(typed);
      await world.journey.chat.until('requester', () => fromBot().length > before);

      const [first] = fromBot().slice(before);
      const words = seat.reads(first!);
      assert.ok(words.trim() !== '');
      assert.doesNotMatch(words, /I do not know|went wrong/);
    });
  }
});

describe('somebody who adds the app', function () {
  this.timeout(60_000);

  it('is not welcomed again where they take it away and add it again soon, and has their cards all the same', async () => {
    const journey = await startJourney();
    try {
      const fromBot = (): readonly ShownMessage[] =>
        journey.chat.messages('requester').filter(({ from }) => from === 'bot');
      const before = fromBot().length;

      await journey.chat.uninstall('requester');
      await journey.chat.install('requester');
      await seatOf(journey, 'requester').says('help');
      await journey.chat.until('requester', () => fromBot().length > before);

      const [asked, ...more] = fromBot().slice(before);
      assert.match(seatOf(journey, 'requester').reads(asked!), /^What you can write/);
      assert.deepEqual(more, []);
    } finally {
      await journey.close();
    }
  });

  it('is welcomed once, with what the bot is for, what can be written, and a button to begin with', async () => {
    const journey = await startJourney();
    try {
      const fromBot = (): readonly ShownMessage[] =>
        journey.chat.messages('requester').filter(({ from }) => from === 'bot');
      const seat = seatOf(journey, 'requester');
      await journey.chat.install('requester');
      await journey.chat.install('requester');
      await seat.says('help');
      await journey.chat.until('requester', () => fromBot().length > 1);

      const [welcome, asked, ...more] = fromBot();

      assert.match(seat.reads(welcome!), /End a reseller relationship/);
      assert.match(seat.reads(welcome!), /What you can write/);
      assert.ok(buttonTitles(welcome!).includes('Remove a customer'));
      assert.match(seat.reads(asked!), /What you can write/);
      assert.deepEqual(more, [], 'the welcome came again');
    } finally {
      await journey.close();
    }
  });
});

describe('the name of the app', () => {
  it('is not Microsoft’s', async () => {
    const { name } = (await read('manifest.json')) as { readonly name: { readonly short: string } };

    assert.doesNotMatch(name.short, /microsoft|teams/i);
  });
});
