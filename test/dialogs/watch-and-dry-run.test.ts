import assert from 'node:assert/strict';
import { DAY_MS, MINUTE_MS } from '../../services/clock.ts';
import { converse, type Talk } from './converse.ts';
import { ELENA, JONAS, MIRA, startWorld, type World } from './world.ts';

describe('a dry run', () => {
  let world: World;
  let jonas: Talk;
  beforeEach(async () => {
    world = await startWorld();
    jonas = converse(world, JONAS);
  });
  afterEach(() => world.close());

  it('tells in order what would be sent, and sends nothing', async () => {
    await jonas.says('remove contoso bakery');

    const told = await jonas.presses('Dry run');

    assert.match(told, /Everything was only read, and nothing was sent/);
    assert.match(told, /1\. {2}Suspend “Exchange Online \(Plan 1\)”, after you confirm it: PATCH of subscription \S+/);
    assert.match(told, /2\. {2}Suspend “Office 365 E3”/);
    assert.match(told, /3\. {2}Ask for approval: Elena Marsh/);
    assert.match(
      told,
      new RegExp(`5\\.  Remove the relationship: PATCH of customer ${world.customer('contosobakery')}`),
    );
    assert.deepEqual(await world.changes(), []);
    assert.equal(await world.removals.ofCustomer(world.customer('contosobakery')), undefined);
  });

  it('tells what would stop it, and what would be done after that', async () => {
    await jonas.says('remove woodgrove');

    const told = await jonas.presses('Dry run');

    assert.match(told, /The removal would not be sent, because of\n• {2}Microsoft 365 E5 × 300/);
    assert.match(told, /Once that is out of the way, in this order\n1\. {2}Ask for approval: Elena Marsh/);
    assert.deepEqual(await world.changes(), []);
  });

  it('names everything that matters, in its three groups', async () => {
    const shown = await jonas.says('remove thephonecompany');
    const listed = (words: string): readonly string[] =>
      [...words.matchAll(/^(?:• {2})?(.+ × \d+|.*relationships? stays?: .*|Azure role assignments .*)$/gm)].map(
        ([, line = '']) => line,
      );

    const told = await jonas.presses('Dry run');

    const [lists = ''] = told.split('The removal would not be sent');
    assert.match(lists, /Stands in the way\n(.*\n)+May stand in the way\n(.*\n)+To know\n/);
    assert.deepEqual([...new Set(listed(lists))].sort(), [...new Set(listed(shown))].sort());
    assert.ok(listed(lists).length > 5, lists);
  });

  it('leads through everything it would do, page by page, and back', async () => {
    const customerId = world.customer('fabrikambikes');
    for (let n = 1; n <= 30; n++)
      await world.control('_world', {
        customerId,
        addSubscription: { class: 'legacy-licence', offerName: `Plan ${n}.` },
      });
    await jonas.says('remove fabrikam');
    const glance = await jonas.presses('Dry run');

    const pages: string[] = [];
    while (jonas.titles().includes('More')) pages.push(await jonas.presses('More'));

    assert.match(glance, /and 22 more/);
    assert.match(pages[0]!, /Lines 1–12 of 64/);
    const words = pages.join('\n');
    for (let n = 1; n <= 30; n++) {
      assert.equal(words.split(`•  Plan ${n}. × `).length, 2, `Plan ${n} stands in the way`);
      assert.equal(words.split(`Suspend “Plan ${n}.”`).length, 2, `Plan ${n} would be suspended`);
    }
    assert.match(words, /34\. {2}/);
    for (const before of pages.toReversed().slice(1)) assert.equal(await jonas.presses('Back'), before);
    assert.equal(await jonas.presses('Back'), glance);
    assert.match(await jonas.presses('Back'), /^End the reseller relationship\n/);
    assert.deepEqual(await world.changes(), []);
  });

  it('names what can be cleared beside what stops it', async () => {
    const told = await jonas.says('dry run relecloud');

    assert.match(told, /Stands in the way\n• {2}Quillpad Signatures × 40\n(.*\n)+• {2}Tidemark Backup for Teams × 3/);
    assert.match(told, /would not be sent, because of\n• {2}Tidemark Backup for Teams × 3\nOnce that/);
    assert.match(told, /\d\. {2}Cancel “Quillpad Signatures”, once that is approved/);
  });

  it('is told in Russian to whoever reads Russian', async () => {
    const mira = converse(world, MIRA);

    const told = await mira.says('dry run thephonecompany');

    assert.match(told, /Мешает удалению\n(.*\n)+Может помешать\n(.*\n)+К сведению\n/);
    assert.match(told, /Запрос на удаление не был бы отправлен, потому что мешает\n• {2}/);
    assert.match(told, /Когда это перестанет мешать, по порядку\n1\. {2}/);
  });

  it('leads back to the readiness card', async () => {
    await jonas.says('remove contoso bakery');
    await jonas.presses('Dry run');

    assert.match(await jonas.presses('Back'), /^End the reseller relationship\n/);
  });

  it('can be asked for by its words', async () => {
    assert.match(await jonas.says('dry run fabrikam'), /^Dry run\nFabrikam Bikes\n/);
  });

  it('is what its own picker leads to, after another one was opened too', async () => {
    assert.match(await jonas.says('dry run'), /^A dry run for which customer\?/);
    await jonas.presses('Search', { search: 'contoso' });
    const choose = jonas.button('Choose', /contosobakery\.onmicrosoft\.com/);
    assert.match(await jonas.says('watch'), /^Which customer shall I watch\?/);

    assert.match(await jonas.presses(choose), /^Dry run\nContoso Bakery\n/);
    assert.equal(await world.watches.isWatching(world.customer('contosobakery'), JONAS.id), false);
  });
});

describe('watching', () => {
  let world: World;
  let jonas: Talk;
  const bank = (): string => world.customer('woodgrovebank');
  beforeEach(async () => {
    world = await startWorld();
    jonas = converse(world, JONAS);
  });
  afterEach(() => world.close());

  it('begins and ends by a button of the readiness card, which says so', async () => {
    await jonas.says('remove woodgrove');

    assert.match(await jonas.presses('Watch'), /^I watch this customer/);
    assert.equal(await world.watches.isWatching(bank(), JONAS.id), true);
    assert.match(await jonas.presses('Stop watching'), /^I no longer watch this customer/);
    assert.equal(await world.watches.isWatching(bank(), JONAS.id), false);
    assert.deepEqual(await world.changes(), []);
  });

  it('begins by its word', async () => {
    assert.match(await jonas.says('watch woodgrove'), /^I watch this customer/);
    assert.match(await jonas.says('watch woodgrove'), /^I watch this customer already/);
  });

  for (const [withoutPeople, told] of [
    ['all', /^I watch this customer, and tell you when something changes\.\n/],
    [
      'in-part',
      /^I watch .* changes\. I look without you at all but reservations and software: “Check again” reads those/,
    ],
    ['nothing', /^I watch this customer, but have no sign-in of my own to look with: no news will come until /],
  ] as const)
    it(`says at its beginning what is looked at without anybody's sign-in: ${withoutPeople}`, async () => {
      await world.close();
      world = await startWorld({}, { withoutPeople });
      jonas = converse(world, JONAS);

      assert.match(await jonas.says('watch woodgrove'), told);
      assert.match(await jonas.says('watch woodgrove'), /^I watch this customer already\.\n/);
    });

  it('is offered only where there is something to wait for', async () => {
    await jonas.says('remove fabrikam');
    assert.ok(!jonas.titles().includes('Watch'));
    await jonas.says('remove contoso bakery');
    assert.ok(!jonas.titles().includes('Watch'));
  });

  it('is not begun by a button of another person, or of another week', async () => {
    const nonce = world.nonces.ofCustomer(ELENA.id, bank());
    assert.match(await jonas.forges('watch.start', { customerId: bank(), nonce }), /This card was out of date/);

    await jonas.says('remove woodgrove');
    const old = jonas.button('Watch');
    world.pass(3 * DAY_MS);
    assert.match(await jonas.presses(old), /This card was out of date/);

    assert.equal(await world.watches.isWatching(bank(), JONAS.id), false);
  });
});

describe('a customer that is no longer ours, though nobody removed it from here', () => {
  let world: World;
  let jonas: Talk;
  const bank = (): string => world.customer('woodgrovebank');
  /** Somebody ends the relationship elsewhere, and the list names the customer no longer. */
  const leave = async (): Promise<void> => {
    await world.control('_world', { customerId: bank(), relationship: 'none' });
    world.directory.removed(bank());
  };
  const TOLD =
    /^End the reseller relationship\nWoodgrove Bank\nwoodgrovebank\.onmicrosoft\.com\n.*\nYou have no reseller relationship with this customer \(any more\)\./;
  beforeEach(async () => {
    world = await startWorld();
    jonas = converse(world, JONAS);
  });
  afterEach(() => world.close());

  it('is told as one, by its name, as often as it is looked at, and nothing can be done with it', async () => {
    await jonas.says('remove woodgrove');
    await leave();

    const told = await jonas.presses('Check again');

    assert.match(told, TOLD);
    assert.doesNotMatch(told, /cannot tell|could not be read|What removal does/);
    assert.equal(told.match(/Correlation id/g)?.length, 1);
    assert.deepEqual(jonas.titles(), ['Check again']);
    assert.match(await jonas.presses('Check again'), TOLD);
    assert.deepEqual(await world.changes(), []);
  });

  it('is called by its name where only the watch knows it, while it is read too', async () => {
    await world.watches.start(
      { id: bank(), companyName: 'Woodgrove Bank', domain: 'woodgrovebank.onmicrosoft.com', relationshipToPartner: '' },
      JONAS.id,
    );
    await leave();
    const data = { customerId: bank(), nonce: world.nonces.ofCustomer(JONAS.id, bank()) };
    world.beImpatient();

    assert.match(await jonas.forges('readiness.check', data), /\nWoodgrove Bank\n[^]*Reading everything/);
    await jonas.followUp();

    assert.match(jonas.words(), TOLD);
    assert.deepEqual(jonas.titles(), ['Check again', 'Stop watching']);
  });

  for (const word of ['dry run', 'watch'])
    it(`is told as one to whoever writes “${word}” and its name`, async () => {
      await world.control('_world', { customerId: bank(), relationship: 'none' });

      const told = await jonas.says(`${word} woodgrove`);

      assert.match(told, /\nYou have no reseller relationship with this customer \(any more\)\./);
      assert.doesNotMatch(told, /cannot tell|could not be read/);
      assert.deepEqual(jonas.titles(), ['Check again']);
      assert.equal(told.includes('I do not watch a customer'), word === 'watch');
      assert.equal(await world.watches.isWatching(bank(), JONAS.id), false);
    });

  it('is told as one by a dry run of a card from before', async () => {
    await jonas.says('remove woodgrove');
    const dryRun = jonas.button('Dry run');
    await leave();
    world.pass(2 * MINUTE_MS);

    assert.match(await jonas.presses(dryRun), TOLD);
  });

  it('is not taken for one that a role is missing for', async () => {
    await jonas.says('remove woodgrove');
    await world.control('_faults', {
      rules: [{ path: '/v1/customers/', status: 403, code: '900308', description: 'Not allowed.' }],
    });

    const told = await jonas.presses('Check again');

    assert.match(told, /Woodgrove Bank\n[^]*I cannot tell: /);
    assert.doesNotMatch(told, /no reseller relationship with this customer/);
  });
});
