import assert from 'node:assert/strict';
import { ClaimsIdentity } from 'botframework-connector';
import { SendError } from '../../../bot/channel/messenger.ts';
import { TeamsAuthentication } from '../../../bot/channel/teams-authentication.ts';
import { channelClaims } from '../../../sandbox/channel/channel-keys.ts';

const appId = 'aaaaaaaa-0000-4000-8000-00000000000a';
const allowed = 'https://smba.trafficmanager.net/amer/';

describe('what the SDK is told of who speaks with whom', () => {
  let asked: number;
  /** Requests as they left the SDK's client. */
  let left: { readonly url: string; readonly authorization: string | undefined }[];
  let authentication: TeamsAuthentication;

  beforeEach(() => {
    [asked, left] = [0, []];
    authentication = new TeamsAuthentication({
      appId,
      token: () => Promise.resolve(`token-${(asked += 1)}`),
      serviceHosts: { hosts: ['smba.trafficmanager.net'], loopback: false },
      connector: {
        httpClient: {
          sendRequest: (request) => {
            left.push({ url: request.url, authorization: request.headers.get('authorization') });
            return Promise.resolve({ request, status: 200, headers: request.headers, bodyAsText: '{}' });
          },
        },
      },
    });
  });
  const identity = new ClaimsIdentity([{ type: 'aud', value: appId }], true);
  const deletes = async (serviceUrl: string): Promise<void> => {
    const connector = await authentication.createConnectorFactory(identity).create(serviceUrl);
    await connector.conversations.deleteActivity('a:1', '1');
  };

  it('is what the guard has verified', () => {
    const claims = channelClaims({ appId, serviceUrl: allowed }) as Parameters<TeamsAuthentication['resultFor']>[0];

    const { audience, callerId, claimsIdentity } = authentication.resultFor(claims);

    assert.ok(claimsIdentity.isAuthenticated);
    assert.deepEqual(
      ['aud', 'iss', 'serviceurl', 'tid'].map((name) => claimsIdentity.getClaimValue(name)),
      [appId, 'https://api.botframework.com', allowed, null],
    );
    assert.deepEqual([audience, callerId], ['https://api.botframework.com', 'urn:botframework:azure']);
  });

  it('is nothing that anybody else says: streams, skills and tokens have no way in', async () => {
    await assert.rejects(authentication.authenticateRequest(), /nobody is authenticated here/);
    await assert.rejects(authentication.authenticateStreamingRequest(), /nobody is authenticated here/);
    await assert.rejects(authentication.authenticateChannelRequest(), /nobody is authenticated here/);
    assert.throws(() => authentication.createBotFrameworkClient(), /no skills/);
  });

  it('lets the bot’s token go to an allowed host', async () => {
    await deletes(allowed);

    assert.deepEqual(left, [{ url: `${allowed}v3/conversations/a%3A1/activities/1`, authorization: 'Bearer token-1' }]);
  });

  for (const elsewhere of [
    'https://evil.example/',
    'http://smba.trafficmanager.net/amer/',
    'https://smba.trafficmanager.net.evil.example/',
    'https://api.botframework.com/',
    'http://127.0.0.1:9/',
  ]) {
    it(`lets nothing go to ${elsewhere}, and asks for no token`, async () => {
      await assert.rejects(deletes(elsewhere), (error) => error instanceof SendError && error.fault === 'refused');

      assert.deepEqual([left, asked], [[], 0]);
    });
  }
});
