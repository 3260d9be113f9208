import type { ActAs, PartnerCenterError } from '../../partner-center/partner-center.ts';
import type { TokenSource } from '../../partner-center/token-source.ts';
import type { Line } from '../../readiness/readiness.ts';
import { actAsOf } from './executor.ts';
import type { RefusedCall } from './refused-call.ts';
import type { RemovalRequest } from '../request.ts';

/** In whose name this process works at what was approved. */
export interface Acting {
  /** In whose name changes are made. */
  readonly actAs: ActAs;
  /** Whether this process can act so: it has what it takes, and Partner Center has not refused it. */
  readonly canAct: boolean;
  /** In whose name it is read what has become of a change; `undefined` where nobody's is at hand. */
  readonly lookAs: ActAs | undefined;
}

export function actingOn(request: RemovalRequest, tokens: Pick<TokenSource, 'canActAs'>): Acting {
  const actAs = actAsOf('run', request);
  // Before it is sent it is only read.
  const how = request.state === 'draft' ? undefined : 'irreversibly';
  const canAct = tokens.canActAs(actAs, how) && !isSignInRefused(request);
  return { actAs, canAct, lookAs: canAct ? actAs : tokens.canActAs('bot') ? 'bot' : undefined };
}

/** Partner Center did not accept how somebody is signed in: nothing is tried again with that. */
const isSignInRefused = ({ waitingFor }: RemovalRequest): boolean =>
  waitingFor?.why === 'sign-in' && waitingFor.refused?.fault === 'unauthorised';

/** Nothing was carried out, and somebody has to sign in (again). */
export const isAboutSignIn = ({ fault }: Pick<PartnerCenterError, 'fault'>): boolean =>
  fault === 'sign-in-needed' || fault === 'unauthorised';

/** What was answered by a source that nobody can read without signing in, if any. */
export function signInWanted(lines: readonly Line[]): RefusedCall | undefined {
  const unread = lines.find((line) => line.kind === 'unread' && isAboutSignIn(line));
  if (unread?.kind !== 'unread') return undefined;
  const { fault, meaning, ids } = unread;
  return { fault, ids, ...(meaning !== undefined && { meaning }) };
}
