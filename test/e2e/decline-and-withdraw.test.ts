import assert from 'node:assert/strict';
import { story } from './page-objects.ts';

const DOMAIN = 'fabrikambikes.onmicrosoft.com';

describe('a removal that the manager declines', function () {
  this.timeout(30_000);
  const { journey, page, requester, manager, strip, removals } = story({}, { colorScheme: 'dark' });

  it('is asked for when nothing stands in the way', async () => {
    await requester().say('remove fabrikam');
    await requester().sees('Nothing known stands in the way.', DOMAIN);
    await requester().press('Request removal', 'Nothing known stands in the way.');
    await requester().input('Reason', 'A manager decides.').fill('The contract ends this year.');
    await requester().input('The customer’s domain, typed by hand', 'A manager decides.').fill(DOMAIN);
    await requester().press('Send request', 'A manager decides.');

    await manager().sees('End this reseller relationship?', 'Fabrikam Bikes', 'The contract ends this year.');
    assert.deepEqual(await journey().changes(), []);
  });

  it('is declined with a reason only', async () => {
    await manager().press('Decline', 'End this reseller relationship?');
    await manager().sees('Decline the removal?', DOMAIN);
    await manager().press('Yes, decline', 'Decline the removal?');
    await manager().sees('Decline the removal?', 'The reason is too short');

    await manager().press('Back', 'Decline the removal?');
    await manager().sees('End this reseller relationship?');
    assert.deepEqual(await manager().buttons('End this reseller relationship?'), ['Approve', 'Decline']);
  });

  it('reaches the requester with that reason', async () => {
    await manager().press('Decline', 'End this reseller relationship?');
    await manager()
      .input('Reason, 10 to 500 characters', 'Decline the removal?')
      .fill('They have just renewed with us.');
    await manager().press('Yes, decline', 'Decline the removal?');

    await requester().sees('Declined. Nothing was removed.', 'They have just renewed with us.', 'Elena Marsh', DOMAIN);
    await manager().sees('You declined this.', DOMAIN);
  });

  it('leaves nothing to press, and nothing changed', async () => {
    for (const seat of [requester(), manager()]) {
      await seat.sees('Declined. Nothing was removed.');
      assert.deepEqual(await seat.buttons('Declined. Nothing was removed.'), []);
      // An older card is settled right after the newer one is shown.
      const deciding = seat.region.getByRole('button', { name: /^(Approve|Decline|Withdraw|Yes, .*)$/ });
      await deciding.first().waitFor({ state: 'detached' });
      assert.equal(await deciding.count(), 0);
    }
    await strip().showsRelationship(DOMAIN, 'Reseller');
    assert.deepEqual(await removals(), []);
    assert.deepEqual(await journey().changes(), []);
  });

  it('was seen in the dark theme, as the system has it', async () => {
    const ground = await page().evaluate<string>(`getComputedStyle(document.querySelector('.card')).backgroundColor`);

    assert.equal(ground, 'rgb(41, 41, 41)');
  });
});

describe('a removal that the requester withdraws', function () {
  this.timeout(30_000);
  const { journey, requester, manager, strip } = story();

  it('waits for the manager', async () => {
    await requester().say('remove fabrikam');
    await requester().press('Request removal', 'Nothing known stands in the way.');
    await requester().input('Reason', 'A manager decides.').fill('The contract ends this year.');
    await requester().input('The customer’s domain, typed by hand', 'A manager decides.').fill(DOMAIN);
    await requester().press('Send request', 'A manager decides.');

    await manager().sees('End this reseller relationship?', DOMAIN);
    await requester().sees('Removal request', 'Waiting for Elena Marsh.');
  });

  it('goes on when the requester thinks twice', async () => {
    await requester().press('Withdraw', 'Waiting for Elena Marsh.');
    await requester().sees('Withdraw this request?', DOMAIN);
    await requester().press('Back', 'Withdraw this request?');

    await requester().sees('Removal request', 'Waiting for Elena Marsh.');
    assert.deepEqual(await manager().buttons('End this reseller relationship?'), ['Approve', 'Decline']);
  });

  it('ends for both when it is withdrawn', async () => {
    await requester().press('Withdraw', 'Waiting for Elena Marsh.');
    await requester().press('Yes, withdraw', 'Withdraw this request?');

    for (const seat of [requester(), manager()]) {
      await seat.sees('Withdrawn. Nothing was removed.', DOMAIN);
      assert.deepEqual(await seat.buttons('Withdrawn. Nothing was removed.'), []);
    }
    await strip().showsRelationship(DOMAIN, 'Reseller');
    assert.deepEqual(await journey().changes(), []);
  });

  it('is among the requests of the requester afterwards', async () => {
    await requester().say('requests');

    await requester().sees('Your requests', DOMAIN, 'withdrawn');
  });
});
