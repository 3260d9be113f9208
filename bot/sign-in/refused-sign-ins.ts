import type { Clock } from '../../services/clock.ts';
import type { SignInRefusal } from '../../services/sign-in/people-tokens.ts';
import { createRefusalLog } from '../channel/refusal-log.ts';
import type { Log } from '../log.ts';

/** Tells a log why a sign-in did not count: Entra's number of it, and nothing of the person or the token. */
export type TellSignInRefusal = (refusal: SignInRefusal) => void;

/** At most once in ten seconds for each reason, with how many there were since. */
export function createTellSignInRefusal(log: Log, now: Clock): TellSignInRefusal {
  const tell = createRefusalLog(log, now, 'sign-ins did not count');
  return ({ why, aadsts }) => {
    tell(412, aadsts === undefined ? why : `${why} AADSTS${aadsts}`);
  };
}
