import type { EntraStandIn } from '../entra/stand-in.ts';

/** Whom tokens for Teams are issued for. */
const CONNECTOR = 'https://api.botframework.com';

/**
 * Whether the connector would let a bot in: with a token that Entra has issued to this very bot, in its own tenant, for
 * the connector, and that has not lapsed.
 *
 * @see "Authentication with the Bot Connector API"
 */
export const admitsBot =
  (entra: EntraStandIn, botId: string) =>
  (authorization: string | undefined): boolean => {
    const [, token] = /^Bearer (\S+)$/.exec(authorization ?? '') ?? [];
    const claims = token === undefined ? undefined : entra.verified(token);
    if (claims === undefined) return false;
    const { aud, appid, tid, exp } = claims;
    const isNow = Number(exp) * 1_000 > entra.now().getTime();
    return aud === CONNECTOR && appid === botId && tid === entra.tenantId && isNow;
  };
