import assert from 'node:assert/strict';
import { asPerson } from '../../../services/partner-center/partner-center.ts';
import { SignInNeededError } from '../../../services/partner-center/token-source.ts';
import type { AppTokens } from '../../../services/sign-in/app-tokens.ts';
import type { PeopleTokens } from '../../../services/sign-in/people-tokens.ts';
import { onBehalfOfTokens } from '../../../services/sign-in/token-sources.ts';

const ADA = '22222222-aaaa-4bbb-8ccc-222222222222';

/** People of whom each has met certain authentication contexts. */
function people(contexts: Readonly<Record<string, readonly string[]>>): PeopleTokens {
  const isSignedIn = (person: string, context?: string): boolean =>
    contexts[person] !== undefined && (context === undefined || contexts[person].includes(context));
  return {
    isSignedIn,
    tokenFor: (person, service) => Promise.resolve(`${service} of ${person}`),
    refused: () => true,
    signIn: () => Promise.reject(new Error('nobody signs in here')),
    signOut: () => undefined,
    wantedOf: () => undefined,
  };
}
const app: AppTokens = { tokenFor: (service) => Promise.resolve(`${service} of the bot`), refused: () => undefined };

describe('tokens on behalf of people', () => {
  it('are each person’s own, and the bot’s own for itself', async () => {
    const source = onBehalfOfTokens(people({ [ADA]: [] }), app);

    assert.equal(await source.tokenFor(asPerson(ADA), 'graph'), `graph of ${ADA}`);
    assert.equal(await source.tokenFor('bot', 'partner-center'), 'partner-center of the bot');
    assert.equal(source.canActAs(asPerson('bo')), false);
  });

  it('are none for the bot where it has no registration of its own', async () => {
    const source = onBehalfOfTokens(people({}), undefined);

    assert.equal(source.canActAs('bot'), false);
    await assert.rejects(source.tokenFor('bot', 'graph'), SignInNeededError);
  });

  it('do for what cannot be taken back only where what that takes was met', () => {
    const weak = onBehalfOfTokens(people({ [ADA]: ['c2'] }), app, 'c1');
    const strong = onBehalfOfTokens(people({ [ADA]: ['c1'] }), app, 'c1');
    const plain = onBehalfOfTokens(people({ [ADA]: [] }), app);

    assert.equal(weak.canActAs(asPerson(ADA)), true);
    assert.equal(weak.canActAs(asPerson(ADA), 'irreversibly'), false);
    assert.equal(strong.canActAs(asPerson(ADA), 'irreversibly'), true);
    assert.equal(plain.canActAs(asPerson(ADA), 'irreversibly'), true);
  });
});
