import { CloudAdapter, ConfigurationBotFrameworkAuthentication, type Request, type Response } from 'botbuilder';
import restify from 'restify';

/**
 * The SDK's own way, as its samples have it: its adapter behind restify, believing the channel's tokens, and a bot that
 * does nothing. Whatever it is told of the channel stands in the variables that our bot reads too.
 */
const { MicrosoftAppId = '', MicrosoftAppTenantId = '', MicrosoftAppPassword = '' } = process.env;
const { ToBotFromChannelOpenIdMetadataUrl = '', WITH_DIALOGS } = process.env;
const adapter = new CloudAdapter(
  new ConfigurationBotFrameworkAuthentication({
    ...{ MicrosoftAppType: 'SingleTenant', MicrosoftAppId, MicrosoftAppTenantId, MicrosoftAppPassword },
    // Once it is told one of these it wants to be told all of them; they are the public cloud's.
    ToBotFromChannelOpenIdMetadataUrl,
    ToBotFromChannelTokenIssuer: 'https://api.botframework.com',
    ToChannelFromBotOAuthScope: 'https://api.botframework.com',
    ToChannelFromBotLoginUrl: `https://login.microsoftonline.com/${MicrosoftAppTenantId}`,
    CallerId: 'urn:botframework:azure',
  }),
);
// What a bot with dialogs has in its memory besides.
if (WITH_DIALOGS !== undefined) await import('botbuilder-dialogs');

const server = restify.createServer();
server.use(restify.plugins.bodyParser());
server.post('/api/messages', async (request, response) => {
  await adapter.process(request as unknown as Request, response as unknown as Response, async () => undefined);
});
server.listen(0, '127.0.0.1', () => {
  console.log(`listens on ${(server.address() as { port: number }).port}.`);
});
// So that a profile of it is written.
process.once('SIGTERM', () => process.exit(0));
