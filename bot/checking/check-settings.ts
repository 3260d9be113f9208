import { HOUR_MS } from '../../services/clock.ts';
import { TEAMS_HOSTS } from '../channel/service-hosts.ts';
import { PUBLISHED_KEYS } from '../channel/teams-adapter.ts';
import type { Config } from '../config/config.ts';
import { isLoopback } from '../config/loopback.ts';
import type { VariableName } from '../config/names.ts';
import { warning, type Finding } from './finding.ts';

type Settings = Pick<Config, 'approval' | 'bot' | 'people' | 'partnerCenter'>;

/** Where Microsoft's services are, of the public cloud and of the national ones. */
const MICROSOFT: readonly [name: VariableName, of: (config: Settings) => string, hosts: readonly string[]][] = [
  [
    'PARTNER_CENTER_URL',
    ({ partnerCenter }) => partnerCenter.url,
    ['api.partnercenter.microsoft.com', 'partner.partnercenterapi.microsoftonline.cn'],
  ],
  [
    'GRAPH_URL',
    ({ partnerCenter }) => partnerCenter.graphUrl,
    ['graph.microsoft.com', 'graph.microsoft.us', 'microsoftgraph.chinacloudapi.cn'],
  ],
  [
    'AZURE_AUTHORITY_HOST',
    ({ partnerCenter }) => partnerCenter.authorityUrl,
    [
      'login.microsoftonline.com',
      'login.microsoftonline.us',
      'login.partner.microsoftonline.cn',
      'login.chinacloudapi.cn',
    ],
  ],
];

/** What the bot starts with, and what is hardly meant. */
export function checkSettings(config: Settings): readonly Finding[] {
  return [...hosts(config), ...channel(config.bot), ...chasing(config.approval)];
}

/** Tokens go there. */
function hosts(config: Settings): readonly Finding[] {
  return MICROSOFT.flatMap(([name, of, known]) =>
    isOneOf(new URL(of(config)), known) ? [] : [notMicrosofts(name, 'tokens are sent there')],
  );
}

/** Whose signature counts as Teams', and who is given the bot's token. */
function channel({ auth, openIdMetadataUrl = PUBLISHED_KEYS, channelServiceHosts }: Config['bot']): readonly Finding[] {
  if (auth === 'none') return [];
  const areTeams = channelServiceHosts.hosts.every((host) => isOneOf(new URL(`https://${host}`), TEAMS_HOSTS));
  return [
    ...(isOneOf(new URL(openIdMetadataUrl), [new URL(PUBLISHED_KEYS).host])
      ? []
      : [notMicrosofts('ToBotFromChannelOpenIdMetadataUrl', 'whoever publishes keys there speaks as anybody')]),
    ...(areTeams ? [] : [notMicrosofts('CHANNEL_SERVICE_HOSTS', 'the bot’s token may be sent there')]),
  ];
}

const isOneOf = ({ host, hostname }: URL, known: readonly string[]): boolean =>
  known.includes(host) || isLoopback(hostname);

const notMicrosofts = (name: VariableName, consequence: string): Finding =>
  warning(
    'hosts',
    `${name} names a host that is not Microsoft’s, and ${consequence}`,
    `Correct ${name}, or leave it out`,
  );

function chasing({ remindAfterMs, escalateAfterMs, escalateTo, ttlMs }: Config['approval']): readonly Finding[] {
  const findings: Finding[] = [];
  const after = `the ${ttlMs / HOUR_MS} hours of APPROVAL_TTL_HOURS are over before it`;
  if (remindAfterMs >= ttlMs)
    findings.push(warning('reminders', `nobody is reminded: ${after}`, 'Make REMIND_AFTER_HOURS shorter'));
  if (escalateTo === undefined) {
    findings.push(
      warning(
        'escalation',
        'nobody is told when a request is left lying, or stays unknown',
        'Name somebody in ESCALATE_TO',
      ),
    );
  } else if (escalateAfterMs >= ttlMs) {
    findings.push(warning('escalation', `nobody else is asked in time: ${after}`, 'Make ESCALATE_AFTER_HOURS shorter'));
  }
  return findings;
}
