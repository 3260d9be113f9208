import assert from 'node:assert/strict';
import { story } from './page-objects.ts';

const DOMAIN = 'alpineskihouse.onmicrosoft.com';
const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, colorScheme: 'dark' } as const;

describe('a removal on a phone', function () {
  this.timeout(30_000);
  const { page, requester, manager, strip, journey, removals } = story({}, PHONE);

  const look = async (name: string): Promise<void> => {
    await page().getByRole('tab', { name }).tap();
  };

  it('is asked for in the chat of the requester, the only one that is seen', async () => {
    await requester().say('remove alpine');
    await requester().sees('Nothing known stands in the way.', DOMAIN);
    assert.equal(await manager().region.count(), 0);

    await requester().press('Request removal', 'Nothing known stands in the way.');
    await requester().input('Reason', 'A manager decides.').fill('The ski house closes for good.');
    await requester().input('The customer’s domain, typed by hand', 'A manager decides.').fill(DOMAIN);
    await requester().press('Send request', 'A manager decides.');

    await requester().sees('Removal request', DOMAIN);
  });

  it('tells the manager by its summary, and marks the chat', async () => {
    await page().locator('.toast').getByText(`Approval wanted: end the relationship with ${DOMAIN}`).waitFor();
    await page().locator('.tab.has-news').getByText('Manager').waitFor();

    await look('Manager');

    await manager().sees('End this reseller relationship?', 'Alpine Ski House', DOMAIN);
    await page().locator('.tab.has-news').waitFor({ state: 'detached' });
  });

  it('is approved by the manager, with buttons that a finger can hit and nothing beside the screen', async () => {
    await manager().press('Approve', 'End this reseller relationship?');
    await manager().sees('Approve the removal?', DOMAIN);
    const yes = manager().card('Approve the removal?').getByRole('button', { name: 'Yes, approve' });
    const { height = 0 } = (await yes.boundingBox()) ?? {};
    assert.ok(height >= 44, `${height} pixels`);
    assert.equal(await page().evaluate('document.scrollingElement.scrollWidth'), PHONE.viewport.width);
    assert.deepEqual(await removals(), []);

    await yes.tap();

    const receipt = await manager().sees('The relationship is removed.', 'You approved this.');
    const [removal, ...more] = await removals();
    assert.deepEqual(more, []);
    await receipt.getByText(removal!.correlationId).waitFor();
    assert.equal((await journey().changes()).length, 1);
  });

  it('shows both that it is done', async () => {
    await look('Partner Center');
    await strip().showsRelationship(DOMAIN, 'Removed');

    await look('Requester');
    await requester().sees('The relationship is removed.', DOMAIN, (await removals())[0]!.correlationId);
    assert.equal(await page().evaluate('document.scrollingElement.scrollWidth'), PHONE.viewport.width);
  });
});
