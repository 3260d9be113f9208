import type { HttpClient } from '@azure/core-rest-pipeline';
import type { Clock } from '../services/clock.ts';
import type { NewId } from '../services/ids.ts';
import { PartnerCenterError } from '../services/partner-center/partner-center.ts';
import type { CallLog } from '../services/partner-center/policies.ts';
import type { TokenSource } from '../services/partner-center/token-source.ts';
import { createColleagues, type Colleagues } from '../services/people/colleagues.ts';
import { createGraphPeople, type GraphPeople } from '../services/people/graph-people.ts';
import { createMemberships, needsDirectory, type Memberships } from '../services/people/memberships.ts';
import type { AppTokens } from '../services/sign-in/app-tokens.ts';
import { appOnlyTokens } from '../services/sign-in/token-sources.ts';
import type { Config } from './config/config.ts';
import type { Log } from './log.ts';
import { loggableError, type LoggableError } from './loggable-error.ts';
import type { Tokens } from './sign-in/tokens.ts';

export interface PeopleDirectoryParts {
  readonly config: Pick<Config, 'partnerCenter' | 'people' | 'bot'>;
  readonly made: Tokens;
  /** Takes the place of what is configured, where it is given. */
  readonly tokens?: TokenSource;
  readonly logCall: (call: CallLog) => void;
  readonly clock: Clock;
  readonly newId: NewId;
  readonly http: HttpClient;
  readonly log: Log;
}

/** What the partner's directory says of people, and does for them, where it is asked. */
export function createPeopleDirectory({
  config,
  made,
  tokens,
  logCall,
  clock,
  newId,
  http,
  log,
}: PeopleDirectoryParts): {
  readonly memberships: Memberships;
  readonly colleagues?: Colleagues;
} {
  const { partnerCenter: pc, people: holders, bot } = config;
  const onFailed = (what: 'group' | 'account' | 'manager' | 'catalogue' | 'install', error: unknown): void => {
    const fields = { kind: what, error: said(error) };
    const sentence = 'the directory did not say or do what was asked';
    // Without a role nobody gets on; all else people can do without, or by themselves.
    if (what === 'group' || what === 'account') log.error(sentence, fields);
    else log.warn(sentence, fields);
  };
  // A Partner Center that asks for no token is a stand-in, beside which there may be no directory.
  if (pc.auth === 'none' && !needsDirectory(holders)) return { memberships: createMemberships({ holders, clock }) };
  const graphBy = (app: AppTokens | undefined): GraphPeople =>
    createGraphPeople({
      ...{ url: pc.graphUrl, http, newId, now: clock, log: logCall },
      tokens: tokens ?? (app === undefined ? made.source : appOnlyTokens(app)),
    });
  const graph = graphBy(made.app);
  const { catalogueId, installApp } = made.teamsApp === undefined ? graph : graphBy(made.teamsApp);
  const memberships = createMemberships({ holders, graph, clock, onFailed });
  const { nameOf } = memberships;
  const manifestId = bot.appId !== undefined && { manifestId: bot.appId };
  return {
    memberships,
    colleagues: createColleagues({
      graph: { manager: graph.manager, catalogueId, installApp },
      nameOf,
      ...manifestId,
      clock,
      onFailed,
    }),
  };
}

/** A refusal of the service says all by its status; where in the program it came up tells nobody anything. */
function said(error: unknown): LoggableError {
  const { stack, cause, ...words } = loggableError(error);
  const isRefusal = error instanceof PartnerCenterError && error.status !== undefined;
  return isRefusal ? words : { ...words, ...(stack && { stack }), ...(cause && { cause }) };
}
