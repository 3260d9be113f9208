import { z } from 'zod';
import { Refused } from '../removing/refused-call.ts';

const instant = z.string();

/** Why a delegated admin relationship is not ended (yet). */
const NotEnded = z.enum([
  /** Microsoft Graph cannot be read. */
  'unread',
  'throttled',
  /** Nobody can act in the name of whoever carries it out until they sign in. */
  'sign-in',
  /** Microsoft Graph does not let that person do it. */
  'role-missing',
  /** No answer to the call. */
  'no-answer',
  'refused',
  /** Only what is active can be ended. */
  'not-active',
  /** Accepted, and not ended yet. */
  'not-seen',
  /** Approved before the store was put back from a backup: nothing is sent for it. */
  'restored',
  /** The requester or an approver has lost their role: nothing more is sent. */
  'no-longer-allowed',
]);
export type NotEnded = z.output<typeof NotEnded>;

/** One relationship on its way to its end. What is here was stored before its call was sent. */
const EndingRelationship = z.object({
  id: z.string(),
  /** Foreign text. */
  name: z.string(),
  state: z.enum([
    'asked',
    /** The intent is stored, so it may be on its way. */
    'sent',
    /** It is being ended, by our asking or somebody else's. */
    'accepted',
    /** Seen to be over. */
    'done',
  ]),
  /** As Microsoft Graph says it, in lower case, when it was read last. */
  status: z.string().exactOptional(),
  /** The same however often the call has to be sent, until an answer is seen. */
  requestId: z.string().exactOptional(),
  /** A sending got no answer: whatever is answered to a later one says nothing about it, so the id stays. */
  isUnanswered: z.literal(true).exactOptional(),
  correlationId: z.string().exactOptional(),
  sendings: z.number(),
  /** How often it was seen to be active since the call that got no answer. */
  looks: z.number(),
  why: NotEnded.exactOptional(),
  refused: Refused.exactOptional(),
});
export type EndingRelationship = z.output<typeof EndingRelationship>;

/** Delegated administration that is ended after the removal. */
export const EndingDelegatedAdmin = z.object({
  relationships: z.array(EndingRelationship),
  /** Names of those that came after the approval: they are left as they are. Foreign text. */
  later: z.array(z.string()),
  /** Until when it is tried. */
  until: instant,
  /** How often it was paused since something moved. */
  pauses: z.number(),
  /** When the last one was over, or the rest was left as it is. */
  endedAt: instant.exactOptional(),
});
export type EndingDelegatedAdmin = z.output<typeof EndingDelegatedAdmin>;
