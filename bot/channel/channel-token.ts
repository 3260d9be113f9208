import type { IncomingMessage } from 'node:http';
import { decodeJwt, decodeProtectedHeader, jwtVerify } from 'jose';
import { z } from 'zod';
import { MINUTE_MS, SECOND_MS, type Clock } from '../../services/clock.ts';
import { TEAMS_ENDORSEMENT } from './published-keys.ts';
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
  readonly keys: Pick<SigningKeys, 'find'>;
  readonly now: Clock;
}

const refused = (why: string): TokenVerdict => ({ kind: 'refused', why });

/**
 * Whether a request is signed by the channel, for this bot, with a key that Teams may sign with. Looks at the
 * headers alone; whether the activity is of the same channel service is for whoever reads it.
 *
 * What costs nothing is judged first, so that junk leads neither to a signature being computed nor to keys being
 * looked for. A lapsed token is refused at once: the channel renews its own long before. One that begins to hold up to
 * five minutes from now is taken. Never rejects.
 *
 * @see "Authentication with the Bot Connector API": "Connector to Bot: step 4"
 */
export async function verifyChannelToken(
  { headersDistinct }: Pick<IncomingMessage, 'headersDistinct'>,
  rules: TokenRules,
): Promise<TokenVerdict> {
  const sent = headersDistinct['authorization'] ?? [];
  if (sent.length === 0) return refused('no token');
  const token = sent.length === 1 ? tokenIn(sent[0] ?? '') : undefined;
  if (token === undefined) return refused('token');
  const kid = kidOf(token);
  if (kid === undefined) return refused('token header');
  const why = faultIn(token, rules);
  if (why !== undefined) return refused(why);
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
    return { kind: 'verified', claims: ChannelClaims.parse(payload) };
  } catch {
    return refused('signature');
  }
}

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

/** What is wrong with what a token says, whoever has signed it. */
function faultIn(token: string, { appId, now }: TokenRules): string | undefined {
  let said: unknown;
  try {
    said = decodeJwt(token);
  } catch {
    return 'token';
  }
  const parsed = ChannelClaims.safeParse(said);
  if (!parsed.success) return `token ${String(parsed.error.issues[0]?.path[0])}`;
  const { aud, exp, nbf } = parsed.data;
  const nowMs = now().getTime();
  if (aud.toLowerCase() !== appId) return 'token aud';
  if (exp * SECOND_MS <= nowMs) return 'token exp';
  if (nbf * SECOND_MS > nowMs + MOST_SKEW_MS) return 'token nbf';
  return undefined;
}
