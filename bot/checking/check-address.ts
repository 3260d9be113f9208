import { isLoopback } from '../config/loopback.ts';
import type { BotConfig } from '../config/bot.ts';
import { ok, warning, wrong, type Finding } from './finding.ts';

const ABOUT = 'address';
/** Labels of letters, digits and hyphens. @see RFC 1123, 2.1 */
const HOST_NAME = /^([a-z\d]([a-z\d-]{0,61}[a-z\d])?\.)+[a-z]([a-z\d-]{0,61}[a-z\d])?$/i;

/** Whether Teams and browsers can reach the bot where the configuration says. Nothing is asked over the network. */
export function checkAddress({ auth, host, port, publicUrl }: BotConfig): readonly Finding[] {
  if (auth === 'none') return [ok(ABOUT, 'BOT_AUTH is none, so only this machine reaches the bot, and Teams does not')];
  if (publicUrl === undefined) {
    const todo =
      'Set it to the https address of the messaging endpoint, without /api/messages: npm run package needs it';
    return [warning(ABOUT, 'PUBLIC_URL is not set', todo)];
  }
  const { hostname, protocol } = new URL(publicUrl);
  if (isLoopback(hostname) || protocol !== 'https:' || !HOST_NAME.test(hostname)) {
    const todo = 'Set PUBLIC_URL to an https address with a host name that Teams and browsers can look up';
    return [wrong(ABOUT, 'PUBLIC_URL names no host that Teams can reach', todo)];
  }
  const endpoint = `the messaging endpoint is ${publicUrl}/api/messages`;
  if (!isLoopback(host)) return [ok(ABOUT, endpoint)];
  const todo = `Something on this machine has to pass it on to port ${port}; in a container set HOST to 0.0.0.0`;
  return [warning(ABOUT, `${endpoint}, and the bot listens on ${host} only`, todo)];
}
