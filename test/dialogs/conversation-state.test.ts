import assert from 'node:assert/strict';
import { converse, type Talk } from './converse.ts';
import { JONAS, startWorld, type World } from './world.ts';

describe('what a chat was in the middle of', () => {
  let world: World;
  let jonas: Talk;
  beforeEach(async () => {
    world = await startWorld();
    jonas = converse(world, JONAS);
  });
  afterEach(() => world.close());

  const KEY = `msteams/conversations/chat-${JONAS.id}/`;
  const stored = async (): Promise<string> => JSON.stringify((await jonas.storage.read([KEY]))[KEY]);
  /** What an older or a newer version of the bot has left behind. */
  const rewrite = async (from: RegExp, to: string): Promise<void> => {
    const before = await stored();
    const after = before.replace(from, to);
    assert.notEqual(after, before);
    await jonas.storage.write({ [KEY]: { ...(JSON.parse(after) as object), eTag: '*' } });
  };

  const VERSIONS: [what: string, id: RegExp, other: string][] = [
    ['the whole way', /remove-relationship@\d+/, 'remove-relationship@0'],
    ['its dialog by another name', /"id":"remove-relationship"/, '"id":"remove-relationship-once"'],
    ['the choice of a customer', /choose-customer@\d+/, 'choose-customer@0'],
    ['the prompt in it', /"id":"picker"/, '"id":"chooser"'],
  ];
  for (const [what, id, other] of VERSIONS) {
    it(`is dropped when it is of another version: ${what}, and somebody types`, async () => {
      await jonas.says('remove contoso');
      await rewrite(id, other);

      assert.equal(await jonas.says('bakery'), '(nobody waits for that)');

      assert.match(await jonas.says('remove contoso bakery'), /^End the reseller relationship\nContoso Bakery/);
      assert.match(await jonas.presses(jonas.button('Suspend', /Exchange/)), /^Suspend\?/);
    });

    it(`is dropped when it is of another version: ${what}, and a button leads where it leads`, async () => {
      await jonas.says('remove contoso');
      await rewrite(id, other);

      assert.match(await jonas.presses(jonas.button('Choose', /contosobakery/)), /^End .*\nContoso Bakery/);

      assert.match(await jonas.presses(jonas.button('Suspend', /Exchange/)), /^Suspend\?/);
    });

    it(`is dropped when it is of another version: ${what}, and somebody begins anew`, async () => {
      await jonas.says('remove contoso');
      await rewrite(id, other);

      assert.match(await jonas.says('remove northwind'), /^End .*\nNorthwind Traders/);
    });
  }

  it('is over once a request was sent', async () => {
    await jonas.says('remove fabrikam');
    await jonas.presses('Request removal');
    await jonas.presses('Send request', {
      reason: 'They move to another provider',
      domain: 'fabrikambikes.onmicrosoft.com',
    });

    assert.equal(await jonas.says('and now?'), '(nobody waits for that)');
  });

  it('stays small, however much is pressed', async () => {
    await jonas.says('remove contoso bakery');
    const { length } = await stored();
    for (let n = 0; n < 20; n++) {
      await jonas.presses(jonas.button('Suspend', /Exchange/));
      await jonas.presses('Back');
    }

    assert.ok((await stored()).length < length * 2, await stored());
  });
});
