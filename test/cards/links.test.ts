import assert from 'node:assert/strict';
import { linkToTab } from '../../cards/links.ts';

describe('a link to the tab', () => {
  const APP = '11111111-2222-4333-8444-555555555555';
  const REQUEST = '7d0e5b92-3c4a-4f68-b1d7-2a9c8e6f0b35';

  it('names the app and the tab', () => {
    assert.equal(linkToTab(APP), `https://teams.microsoft.com/l/entity/${APP}/overview`);
  });

  it('leads to a request by what Teams hands to the tab', () => {
    const url = new URL(linkToTab(APP, REQUEST));

    assert.deepEqual(JSON.parse(url.searchParams.get('context') ?? ''), { subEntityId: REQUEST });
    assert.match(url.href, /^[\w:/.?=%-]+$/, 'nothing in it has to be escaped again');
  });
});
