import { createHash } from 'node:crypto';
import { DAY_MS, type Clock } from '../clock.ts';
import type { UserId } from '../ids.ts';
import { asPerson } from '../partner-center/partner-center.ts';
import { SignInNeededError, type Service } from '../partner-center/token-source.ts';
import { keepToken, type KeptToken } from './kept-token.ts';
import { ExchangeError, type ExchangeFault } from './exchange-error.ts';
import { readableClaims, type CreateExchange } from './on-behalf-of.ts';
import { createShortMemory } from './short-memory.ts';
import type { ReadSignOn, SignOn, SignOnRefusal } from './sign-on-token.ts';

/** Why somebody's sign-in did not count. Nothing has changed with it. */
export interface SignInRefusal {
  readonly kind: 'refused';
  readonly why: SignOnRefusal | ExchangeFault | 'mfa' | 'step-up';
  /** What the next sign-in has to fulfil (the `claims` of OpenID Connect), if that was told. */
  readonly claims?: string;
  /** Entra's own number of it, AADSTS, for whoever operates the bot. */
  readonly aadsts?: number;
}

export type SignIn = { readonly kind: 'signed-in' } | SignInRefusal;

/** In whose name this process can act: what people have signed in with lives in its memory, and nowhere else. */
export interface PeopleTokens {
  /**
   * Takes a person's sign-on, and tries it at once. One that is refused leaves what the person had before.
   *
   * @param authContext an authentication context of Conditional Access that it has to have met.
   */
  signIn(person: UserId, token: string, authContext?: string): Promise<SignIn>;
  /** Nobody can act in that person's name any more. */
  signOut(person: UserId): void;
  /** @param authContext whether the sign-on has met it. */
  isSignedIn(person: UserId, authContext?: string): boolean;
  /** @throws {SignInNeededError} */
  tokenFor(person: UserId, service: Service): Promise<string>;
  /** A service did not accept one. @returns whether another one can be had without the person. */
  refused(person: UserId, service: Service, token: string, why?: 'needs-mfa'): boolean;
  /** What the person's next sign-in has to fulfil, where the last one was not enough. */
  wantedOf(person: UserId): string | undefined;
}

interface SignedIn {
  readonly signOn: SignOn;
  readonly hash: string;
  readonly kept: Readonly<Record<Service, KeptToken>>;
  /** Services for which a new token was asked for once more after one was refused. */
  readonly renewed: Set<Service>;
}

/** A sign-in that has begun. */
interface Way {
  readonly person: UserId;
  /** Whether the person has signed out since: then it counts no more. */
  isLeft: boolean;
}
interface UnderWay {
  readonly way: Way;
  readonly trying: Promise<SignIn>;
}

/** Asks Entra for a sign-in with a second factor. @see OpenID Connect, "Requesting Claims using the claims Request Parameter" */
export const MFA_CLAIMS = JSON.stringify({ access_token: { amr: { essential: true, values: ['mfa'] } } });
/** @see "Developers' guide to Conditional Access authentication context" */
export const authContextClaims = (context: string): string =>
  JSON.stringify({ access_token: { acrs: { essential: true, value: context } } });

/** Whoever comes back later is told again what is missing. */
const WANTED_MS = DAY_MS;
const MOST_WANTED = 10_000;

export interface PeopleTokensParts {
  readonly readSignOn: ReadSignOn;
  readonly exchange: CreateExchange;
  readonly now: Clock;
  /** Told of whoever has given a sign-in that counts, and is none from before. */
  readonly onSignedIn?: (person: UserId) => void;
}

export function createPeopleTokens({ readSignOn, exchange, now, onSignedIn }: PeopleTokensParts): PeopleTokens {
  const people = new Map<UserId, SignedIn>();
  const wanted = createShortMemory<string>({ lastsMs: WANTED_MS, most: MOST_WANTED, clock: now });

  const begin = (person: UserId, signOn: SignOn): SignedIn => {
    const kept = (service: Service): KeptToken =>
      keepToken(async () => {
        const issued = await exchange(signOn.assertion).token(service);
        const { personId = person } = readableClaims(issued.token);
        if (personId !== person) throw new ExchangeError('not-yours');
        return issued;
      }, now);
    return {
      signOn,
      hash: createHash('sha256').update(signOn.assertion).digest('hex'),
      kept: { 'partner-center': kept('partner-center'), graph: kept('graph') },
      renewed: new Set(),
    };
  };
  const refuse = (person: UserId, why: SignInRefusal['why'], claims?: string): SignInRefusal => {
    if (claims !== undefined) wanted.set(person, claims);
    return { kind: 'refused', why, ...(claims !== undefined && { claims }) };
  };
  const isUsable = ({ kept, signOn }: SignedIn): boolean =>
    kept['partner-center'].isFresh() || signOn.expiresOnTimestamp > now().getTime();

  /** Nobody who never comes back leaves anything behind. */
  const forgetLapsed = (): void => {
    for (const [person, held] of people) if (!isUsable(held)) people.delete(person);
  };

  const underWay = new Map<string, UnderWay>();

  const signIn = async (person: UserId, token: string, authContext: string | undefined, way: Way): Promise<SignIn> => {
    const signOn = await readSignOn(token, person);
    if (typeof signOn === 'string') return refuse(person, signOn);
    if (authContext !== undefined && !signOn.authContexts.includes(authContext))
      return refuse(person, 'step-up', authContextClaims(authContext));
    const begun = begin(person, signOn);
    // The same sign-on again, from another device of the person's: what was got with it is kept.
    const held = people.get(person);
    if (held?.hash === begun.hash && isUsable(held)) return { kind: 'signed-in' };
    try {
      const { methods } = readableClaims(await begun.kept['partner-center'].get());
      if (methods?.includes('mfa') === false) return refuse(person, 'mfa', MFA_CLAIMS);
    } catch (error) {
      if (!(error instanceof ExchangeError)) throw error;
      const { fault, claims, aadsts } = error;
      return { ...refuse(person, fault, claims), ...(aadsts !== undefined && { aadsts }) };
    }
    if (way.isLeft) return refuse(person, 'lapsed');
    forgetLapsed();
    people.set(person, begun);
    wanted.take(person);
    onSignedIn?.(person);
    return { kind: 'signed-in' };
  };

  return {
    signIn(person, token, authContext) {
      // Teams delivers the same several times, from several devices.
      const key = [person, token, authContext].join(' ');
      const known = underWay.get(key);
      if (known?.way.isLeft === false) return known.trying;
      const way: Way = { person, isLeft: false };
      const trying = signIn(person, token, authContext, way).finally(() => {
        if (underWay.get(key)?.way === way) underWay.delete(key);
      });
      underWay.set(key, { way, trying });
      return trying;
    },
    signOut(person) {
      for (const { way } of underWay.values()) if (way.person === person) way.isLeft = true;
      people.delete(person);
      wanted.take(person);
    },
    isSignedIn(person, authContext) {
      const held = people.get(person);
      if (held === undefined) return false;
      if (!isUsable(held)) {
        people.delete(person);
        return false;
      }
      return authContext === undefined || held.signOn.authContexts.includes(authContext);
    },
    async tokenFor(person, service) {
      const held = people.get(person);
      if (held === undefined || !isUsable(held)) throw new SignInNeededError(asPerson(person));
      try {
        return await held.kept[service].get();
      } catch (error) {
        if (!(error instanceof ExchangeError) || error.fault === 'unavailable') throw error;
        // The whole sign-on is of no use only where Partner Center is what it does not open.
        if (service === 'partner-center' && people.get(person) === held) people.delete(person);
        if (error.claims !== undefined) wanted.set(person, error.claims);
        throw new SignInNeededError(asPerson(person), { cause: error });
      }
    },
    refused(person, service, token, why) {
      const held = people.get(person);
      if (held === undefined) return false;
      if (held.kept[service].peek()?.token !== token) return held.kept[service].isFresh();
      held.kept[service].drop(token);
      if (why === undefined && !held.renewed.has(service)) {
        held.renewed.add(service);
        return true;
      }
      // Graph may be closed to somebody to whom Partner Center is open.
      if (service === 'graph') return false;
      people.delete(person);
      if (why === 'needs-mfa') wanted.set(person, MFA_CLAIMS);
      return false;
    },
    wantedOf: (person) => wanted.get(person),
  };
}
