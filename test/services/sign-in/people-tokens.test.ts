import assert from 'node:assert/strict';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { UnsecuredJWT } from 'jose';
import { SignInNeededError, type Service } from '../../../services/partner-center/token-source.ts';
import { ExchangeError, type ExchangeFault } from '../../../services/sign-in/exchange-error.ts';
import { createPeopleTokens, MFA_CLAIMS } from '../../../services/sign-in/people-tokens.ts';

const ADA = '22222222-aaaa-4bbb-8ccc-222222222222';
const BO = '44444444-aaaa-4bbb-8ccc-222222222222';
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** An Entra in which a sign-on is `<person> <anything>`, lasts an hour, and gives tokens that do too. */
function world() {
  let nowMs = 0;
  let fault: { readonly why: ExchangeFault; readonly claims?: string } | undefined;
  let claimsOf = (person: string): Record<string, unknown> => ({ oid: person, amr: ['pwd', 'mfa'] });
  const given: string[] = [];
  const signOns: WeakRef<object>[] = [];
  let held: Promise<unknown> = Promise.resolve();
  const tokens = createPeopleTokens({
    now: () => new Date(nowMs),
    readSignOn: (token, person) => {
      const [owner = '', ...contexts] = token.split(' ');
      const signOn = { assertion: token, expiresOnTimestamp: nowMs + HOUR_MS, authContexts: contexts };
      signOns.push(new WeakRef(signOn));
      return Promise.resolve(owner === person ? signOn : 'not-yours');
    },
    exchange: (assertion) => ({
      async token(service) {
        await held;
        if (fault !== undefined) throw new ExchangeError(fault.why, { ...(fault.claims && { claims: fault.claims }) });
        given.push(`${service} for ${assertion}`);
        const person = assertion.split(' ')[0] ?? '';
        const token = new UnsecuredJWT({ ...claimsOf(person), service, number: given.length }).encode();
        return { token, expiresOnTimestamp: nowMs + HOUR_MS };
      },
    }),
  });
  return {
    tokens,
    given,
    signOns,
    /** Has Entra take its time. @returns lets it answer. */
    hold: () => {
      const { promise, resolve } = Promise.withResolvers<undefined>();
      held = promise;
      return () => {
        resolve(undefined);
      };
    },
    pass: (ms: number) => {
      nowMs += ms;
    },
    fail: (why: ExchangeFault | undefined, claims?: string) => {
      fault = why && { why, ...(claims !== undefined && { claims }) };
    },
    issue: (claims: typeof claimsOf) => {
      claimsOf = claims;
    },
  };
}

const payloadOf = (token: string): unknown => UnsecuredJWT.decode(token).payload;

describe('what people have signed in with', () => {
  it('is nothing until they have', async () => {
    const { tokens } = world();

    assert.equal(tokens.isSignedIn(ADA), false);
    await assert.rejects(tokens.tokenFor(ADA, 'partner-center'), SignInNeededError);
  });

  it('is exchanged at once, and for each service by itself', async () => {
    const { tokens, given } = world();

    assert.deepEqual(await tokens.signIn(ADA, `${ADA} c1`), { kind: 'signed-in' });
    assert.deepEqual(given, [`partner-center for ${ADA} c1`]);
    await tokens.tokenFor(ADA, 'graph');
    await tokens.tokenFor(ADA, 'partner-center');
    assert.deepEqual(given, [`partner-center for ${ADA} c1`, `graph for ${ADA} c1`]);
  });

  it('is never another person’s, however many sign in at once', async () => {
    const { tokens } = world();
    const people = Array.from(
      { length: 50 },
      (_, index) => `${String(index).padStart(8, '0')}-aaaa-4bbb-8ccc-222222222222`,
    );

    await Promise.all(people.map((person) => tokens.signIn(person, person)));

    const services: readonly Service[] = ['partner-center', 'graph'];
    await Promise.all(
      people.flatMap((person) =>
        services.map(async (service) => {
          const { oid, service: issued } = payloadOf(await tokens.tokenFor(person, service)) as Record<string, unknown>;
          assert.deepEqual({ oid, issued }, { oid: person, issued: service });
        }),
      ),
    );
  });

  it('does not count with a sign-on of another person’s, nor with a token for another person', async () => {
    const { tokens, issue } = world();

    assert.deepEqual(await tokens.signIn(ADA, BO), { kind: 'refused', why: 'not-yours' });
    issue(() => ({ oid: BO }));
    assert.deepEqual(await tokens.signIn(ADA, ADA), { kind: 'refused', why: 'not-yours' });
    assert.deepEqual([tokens.isSignedIn(ADA), tokens.isSignedIn(BO)], [false, false]);
    await assert.rejects(tokens.tokenFor(BO, 'partner-center'), SignInNeededError);
  });

  it('does not count without a second factor, where the token tells; the next sign-in is to have one', async () => {
    const { tokens, issue } = world();
    issue((oid) => ({ oid, amr: ['pwd'] }));

    assert.deepEqual(await tokens.signIn(ADA, ADA), { kind: 'refused', why: 'mfa', claims: MFA_CLAIMS });
    assert.equal(tokens.isSignedIn(ADA), false);
    assert.equal(tokens.wantedOf(ADA), MFA_CLAIMS);
    issue((oid) => ({ oid, amr: ['mfa'] }));
    await tokens.signIn(ADA, ADA);
    assert.equal(tokens.wantedOf(ADA), undefined);
  });

  it('counts where the token does not tell how they signed in: Partner Center will say', async () => {
    const { tokens, issue } = world();
    issue((oid) => ({ oid }));

    assert.deepEqual(await tokens.signIn(ADA, ADA), { kind: 'signed-in' });
  });

  it('is left as it is by a sign-in that does not count, with what the next one has to fulfil', async () => {
    const { tokens, fail, given } = world();
    await tokens.signIn(ADA, `${ADA} c1`);
    fail('interaction', '{"a":1}');

    assert.deepEqual(await tokens.signIn(ADA, `${ADA} c2`), { kind: 'refused', why: 'interaction', claims: '{"a":1}' });
    assert.equal(tokens.isSignedIn(ADA, 'c1'), true);
    assert.equal(tokens.wantedOf(ADA), '{"a":1}');
    assert.equal(given.length, 1);
  });

  it('is exchanged once, however many of their devices send the same', async () => {
    const { tokens, given } = world();

    await tokens.signIn(ADA, ADA);
    await Promise.all([tokens.signIn(ADA, ADA), tokens.signIn(ADA, ADA)]);

    assert.equal(given.length, 1);
  });

  it('says whether it has met an authentication context', async () => {
    const { tokens } = world();

    const { kind } = await tokens.signIn(ADA, ADA, 'c1');
    assert.equal(kind, 'refused');
    assert.match(tokens.wantedOf(ADA) ?? '', /"acrs".*"c1"/);
    await tokens.signIn(ADA, `${ADA} c1`, 'c1');
    assert.equal(tokens.isSignedIn(ADA, 'c1'), true);
    assert.equal(tokens.isSignedIn(ADA, 'c2'), false);
  });

  it('lasts as long as one of sign-on and token does, and no longer', async () => {
    const { tokens, pass, given } = world();
    await tokens.signIn(ADA, ADA);
    pass(56 * MINUTE_MS);
    await tokens.tokenFor(ADA, 'partner-center');
    assert.equal(given.length, 2);

    pass(54 * MINUTE_MS);
    assert.equal(tokens.isSignedIn(ADA), true);
    pass(2 * MINUTE_MS);
    assert.equal(tokens.isSignedIn(ADA), false);
    await assert.rejects(tokens.tokenFor(ADA, 'partner-center'), SignInNeededError);
  });

  it('is forgotten when they sign out', async () => {
    const { tokens } = world();
    await tokens.signIn(ADA, ADA);
    await tokens.signIn(BO, BO);

    tokens.signOut(ADA);

    assert.equal(tokens.isSignedIn(ADA), false);
    assert.equal(tokens.isSignedIn(BO), true);
  });

  it('is tried once more when a service did not accept the token, and is over after that', async () => {
    const { tokens, given } = world();
    await tokens.signIn(ADA, ADA);

    assert.equal(tokens.refused(ADA, 'partner-center', await tokens.tokenFor(ADA, 'partner-center')), true);
    const second = await tokens.tokenFor(ADA, 'partner-center');
    assert.equal(given.length, 2);
    assert.equal(tokens.refused(ADA, 'partner-center', second), false);
    assert.equal(tokens.isSignedIn(ADA), false);
  });

  it('is over at once where a second factor is missing: no other token would have it', async () => {
    const { tokens } = world();
    await tokens.signIn(ADA, ADA);

    const token = await tokens.tokenFor(ADA, 'partner-center');
    assert.equal(tokens.refused(ADA, 'partner-center', token, 'needs-mfa'), false);
    assert.equal(tokens.isSignedIn(ADA), false);
    assert.equal(tokens.wantedOf(ADA), MFA_CLAIMS);
  });

  it('is not over because Graph did not accept its tokens, however often', async () => {
    const { tokens } = world();
    await tokens.signIn(ADA, ADA);

    for (let n = 0; n < 3; n += 1) tokens.refused(ADA, 'graph', await tokens.tokenFor(ADA, 'graph'));

    assert.equal(tokens.isSignedIn(ADA), true);
  });

  it('is not lost for an old token that comes back refused', async () => {
    const { tokens } = world();
    await tokens.signIn(ADA, ADA);
    const old = await tokens.tokenFor(ADA, 'partner-center');
    tokens.refused(ADA, 'partner-center', old);
    await tokens.tokenFor(ADA, 'partner-center');

    assert.equal(tokens.refused(ADA, 'partner-center', old), true);
    assert.equal(tokens.isSignedIn(ADA), true);
  });

  it('is kept while Entra does not answer, and over once Entra says no', async () => {
    const { tokens, fail, pass } = world();
    await tokens.signIn(ADA, ADA);
    pass(56 * MINUTE_MS);
    fail('unavailable');
    await assert.rejects(tokens.tokenFor(ADA, 'graph'), ExchangeError);
    assert.equal(tokens.isSignedIn(ADA), true);

    fail('lapsed');
    await assert.rejects(tokens.tokenFor(ADA, 'partner-center'), SignInNeededError);
    assert.equal(tokens.isSignedIn(ADA), false);
  });

  it('is not over because Graph is not open to them', async () => {
    const { tokens, fail } = world();
    await tokens.signIn(ADA, ADA);
    fail('consent');

    await assert.rejects(tokens.tokenFor(ADA, 'graph'), SignInNeededError);
    assert.equal(tokens.isSignedIn(ADA), true);
  });

  it('is nothing once they have signed out, whatever sign-in was under way', async () => {
    const { tokens, hold } = world();
    const letGo = hold();
    const signing = tokens.signIn(ADA, ADA);

    tokens.signOut(ADA);
    letGo();

    assert.deepEqual(await signing, { kind: 'refused', why: 'lapsed' });
    assert.equal(tokens.isSignedIn(ADA), false);
    assert.deepEqual(await tokens.signIn(ADA, `${ADA} c1`), { kind: 'signed-in' });
  });

  it('is forgotten once it is over, also of somebody who never comes back', async () => {
    const { tokens, pass, signOns } = world();
    await tokens.signIn(ADA, ADA);
    pass(2 * HOUR_MS);
    await tokens.signIn(BO, BO);

    await untilForgotten(signOns[0]!);

    assert.ok(signOns[1]!.deref(), 'what is not over is kept');
  });

  it('goes on while Entra is away, as long as the token at hand is good, and not once Entra says no', async () => {
    const { tokens, pass, fail } = world();
    await tokens.signIn(ADA, ADA);
    const token = await tokens.tokenFor(ADA, 'partner-center');
    pass(HOUR_MS - 4 * MINUTE_MS);

    fail('unavailable');
    assert.equal(await tokens.tokenFor(ADA, 'partner-center'), token);
    pass(3 * MINUTE_MS + 30_000);
    await assert.rejects(tokens.tokenFor(ADA, 'partner-center'), ExchangeError);

    const other = world();
    await other.tokens.signIn(BO, BO);
    other.pass(HOUR_MS - 4 * MINUTE_MS);
    other.fail('blocked');
    await assert.rejects(other.tokens.tokenFor(BO, 'partner-center'), SignInNeededError);
  });
});

/** Waits until nothing holds it any more, which whoever cleans up the memory decides. */
async function untilForgotten(held: WeakRef<object>): Promise<void> {
  setFlagsFromString('--expose-gc');
  const cleanUp = runInNewContext('gc') as () => void;
  for (let tries = 0; tries < 20 && held.deref() !== undefined; tries += 1) {
    await new Promise((resolve) => setImmediate(resolve));
    cleanUp();
  }
  assert.equal(held.deref(), undefined, 'it is still in the memory');
}
