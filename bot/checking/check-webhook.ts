import type { Config } from '../config/config.ts';
import { ok, type Finding } from './finding.ts';

/** What the bot would tell another system, and with what. Nothing is sent: it would be taken for a request. */
export function checkWebhook(config: Config['webhook']): readonly Finding[] {
  if (config === undefined) return [];
  const { host } = new URL(config.url);
  const secrets = config.secrets.reveal().length;
  const signed = secrets === 1 ? 'signed' : `signed with each of ${secrets} secrets`;
  return [ok('webhook', `${host} would be told what becomes of requests, ${signed}; it was not asked now`)];
}
