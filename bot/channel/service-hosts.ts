import { isLoopback } from '../config/loopback.ts';

/** Where the bot may send to when an activity or a stored address names a service URL. */
export interface ServiceHosts {
  /** In lower case, with the port where it is not 443. */
  readonly hosts: readonly string[];
  /** Any address of this machine too, whatever the port. */
  readonly loopback: boolean;
}

/** Teams' own, in the public cloud and in those of the US government. */
export const TEAMS_HOSTS: readonly string[] = [
  'smba.trafficmanager.net',
  'smba.infra.gcc.teams.microsoft.com',
  'smba.infra.gov.teams.microsoft.us',
  'smba.infra.dod.teams.microsoft.us',
];

const LONGEST_URL = 2_000;

/**
 * Whether the bot's token may be sent there. The service URL comes with an activity, so whoever could choose it
 * freely would be given the bot's token.
 *
 * What is compared is the host as a client would call it, and the text has to begin with just that: spellings which
 * one reader takes for one host and another reader for another are refused.
 */
export function isAllowedServiceUrl(serviceUrl: string, { hosts, loopback }: ServiceHosts): boolean {
  if (serviceUrl.length > LONGEST_URL || !URL.canParse(serviceUrl)) return false;
  const url = new URL(serviceUrl);
  if (url.username !== '' || url.password !== '' || /[?#]/.test(serviceUrl)) return false;
  const isPlainlySpelt = serviceUrl.toLowerCase().startsWith(url.origin);
  if (!isPlainlySpelt || !/^(?:[:/]|$)/.test(serviceUrl.slice(url.origin.length))) return false;
  const isHere = isLoopback(url.hostname);
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isHere)) return false;
  return hosts.includes(url.host) || (loopback && isHere);
}
