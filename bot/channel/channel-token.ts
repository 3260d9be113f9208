import type { IncomingMessage } from 'node:http';
import { decodeJwt, decodeProtectedHeader, jwtVerify } from 'jose';
import { z } from 'zod';
import { MINUTE_MS, SECOND_MS, type Clock } from '../../services/clock.ts';
import { TEAMS_ENDORSEMENT, type SigningKey } from './published-keys.ts';
import type { SigningKeys } from './signing-keys.ts';

/** Who issues the channel's tokens, in the public cloud. */
export const CHANNEL_ISSUER = 'https://api.botframework.com';

const LONGEST_TOKEN = 8 * 1_024;
/** How far the channel's clock may be ahead of ours. */
const MOST_SKEW_MS = 5 * MINUTE_MS;

/** What a token of the channel says. Whatever else it says is kept, and not relied on. */
const ChannelClaims = z.looseObject({
  iss: z.literal(CHANNEL_ISSUER),
  aud: z.string(),
  exp: z.number(),
  nbf: z.number(),
  serviceurl: z.string().min(1),
  /** Entra's tokens name a tenant, the channel's never do. */
  tid: z.never().optional(),
});
export type ChannelClaims = z.infer<typeof ChannelClaims>;

const Header = z.looseObject({ alg: z.literal('RS256'), kid: z.string().min(1) });

export type TokenVerdict =
  | { readonly kind: 'verified'; readonly claims: ChannelClaims }
  /** @property why one of a few words of ours, never the sender's */
  | { readonly kind: 'refused'; readonly why: string };

export interface TokenRules {
  /** The bot's app id, in lower case. */
  readonly appId: string;
  readonly keys: Pick<SigningKeys, 'find' | 'known'>;
  readonly now: Clock;
}

/** Judges the tokens of requests. */
export interface ChannelTokens {
  /**
   * Whether a request is signed by the channel, for this bot, with a key that Teams may sign with. Looks at the
   * headers alone; whether the activity is of the same channel service is for whoever reads it. At once, unless a
   * signature has to be computed. Never rejects.
   */
  judge(request: Pick<IncomingMessage, 'rawHeaders'>): TokenVerdict | Promise<TokenVerdict>;
}

/** The same token comes with many requests, for an hour or so, from each of the many parts of Teams. */
const MOST_KEPT = 1_000;

interface Kept {
  readonly claims: ChannelClaims;
  readonly kid: string;
  /** With which it was seen to be signed. */
  readonly signing: SigningKey;
}

const refused = (why: string): TokenVerdict => ({ kind: 'refused', why });

/**
 * What costs nothing is judged first, so that junk leads neither to a signature being computed nor to keys being
 * looked for. A lapsed token is refused at once: the channel renews its own long before. One that begins to hold up to
 * five minutes from now is taken.
 *
 * A token that was seen to be signed is known again by all of its characters, as long as the very key is published that it
 * was signed with; whether its time has come and is not over is judged anew each time.
 *
 * @see "Authentication with the Bot Connector API": "Connector to Bot: step 4"
 */
export function createChannelTokens(rules: TokenRules): ChannelTokens {
  const kept = new Map<string, Kept>();

  const knownAgain = (token: string): TokenVerdict | undefined => {
    const { claims, kid, signing } = kept.get(token) ?? {};
    if (claims === undefined || kid === undefined) return undefined;
    if (rules.keys.known(kid) === signing && faultIn(claims, rules) === undefined) return { kind: 'verified', claims };
    kept.delete(token);
    return undefined;
  };

  const verify = async (token: string, kid: string): Promise<TokenVerdict> => {
    const signing = await rules.keys.find(kid);
    if (signing === undefined) return refused('unknown key');
    if (!signing.endorsements.includes(TEAMS_ENDORSEMENT)) return refused('key not endorsed');
    try {
      const { payload } = await jwtVerify(token, signing.key, {
        algorithms: ['RS256'],
        issuer: CHANNEL_ISSUER,
        clockTolerance: MOST_SKEW_MS / SECOND_MS,
        currentDate: rules.now(),
      });
      const claims = ChannelClaims.parse(payload);
      kept.set(token, { claims, kid, signing });
      const [oldest] = kept.keys();
      if (kept.size > MOST_KEPT && oldest !== undefined) kept.delete(oldest);
      return { kind: 'verified', claims };
    } catch {
      return refused('signature');
    }
  };

  return {
    judge({ rawHeaders }) {
      const sent = authorizationsIn(rawHeaders);
      if (sent.length === 0) return refused('no token');
      const token = sent.length === 1 ? tokenIn(sent[0] ?? '') : undefined;
      if (token === undefined) return refused('token');
      const known = knownAgain(token);
      if (known !== undefined) return known;
      const kid = kidOf(token);
      if (kid === undefined) return refused('token header');
      const claims = claimsIn(token);
      const why = typeof claims === 'string' ? claims : faultIn(claims, rules);
      return why === undefined ? verify(token, kid) : refused(why);
    },
  };
}

/** Each one that was sent: of two nobody knows which one is meant. */
function authorizationsIn(rawHeaders: readonly string[]): readonly string[] {
  const found: string[] = [];
  for (let at = 0; at + 1 < rawHeaders.length; at += 2) {
    const name = rawHeaders[at] ?? '';
    if (name.length === AUTHORIZATION.length && name.toLowerCase() === AUTHORIZATION)
      found.push(rawHeaders[at + 1] ?? '');
  }
  return found;
}
const AUTHORIZATION = 'authorization';

/** Teams writes the scheme just so, and nobody else has to be understood. */
const tokenIn = (authorization: string): string | undefined =>
  authorization.length <= LONGEST_TOKEN + 'Bearer '.length
    ? /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/.exec(authorization)?.[1]
    : undefined;

function kidOf(token: string): string | undefined {
  try {
    return Header.safeParse(decodeProtectedHeader(token)).data?.kid;
  } catch {
    return undefined;
  }
}

/** What a token says, whoever has signed it, or why that is none of the channel's. */
function claimsIn(token: string): ChannelClaims | string {
  let said: unknown;
  try {
    said = decodeJwt(token);
  } catch {
    return 'token';
  }
  const parsed = ChannelClaims.safeParse(said);
  return parsed.success ? parsed.data : `token ${String(parsed.error.issues[0]?.path[0])}`;
}

/** What is wrong with it at the moment. */
function faultIn({ aud, exp, nbf }: ChannelClaims, { appId, now }: TokenRules): string | undefined {
  const nowMs = now().getTime();
  if (aud.toLowerCase() !== appId) return 'token aud';
  if (exp * SECOND_MS <= nowMs) return 'token exp';
  if (nbf * SECOND_MS > nowMs + MOST_SKEW_MS) return 'token nbf';
  return undefined;
}
