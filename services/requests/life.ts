/** What a request is at, by the names that people see too. */
export const EDGES = {
  /** Opened with the first change for a customer, or by asking; claims the customer. Void: handed in before a restore. */
  draft: ['pending', 'abandoned', 'void'],
  /** Waits for approvers. To itself: one of several approvals has come. */
  pending: ['pending', 'approved', 'declined', 'withdrawn', 'expired', 'void'],
  /** Everything is read again before anything is done. */
  approved: ['executing', 'void', 'blocked', 'withdrawn', 'expired'],
  /** The intent is stored; from here on the removal call may be on its way. */
  executing: ['verifying', 'unknown', 'blocked'],
  /** Partner Center accepted the call; what counts is that the customer is gone. */
  verifying: ['done', 'unknown'],
  /** No answer, or an answer that the list contradicts. Never guessed: looked at until it is known. */
  unknown: ['done', 'executing', 'blocked', 'closed'],
  /** Partner Center refused; nothing was changed. */
  blocked: ['approved', 'void', 'withdrawn', 'expired'],
  done: [],
  declined: [],
  withdrawn: [],
  expired: [],
  void: [],
  abandoned: [],
  closed: [],
} as const satisfies Record<string, readonly string[]>;

export type StateName = keyof typeof EDGES;
export const STATES = Object.keys(EDGES) as readonly StateName[];

/** Whether nothing more can happen to a request in this state. */
export const isFinal = (state: StateName): boolean => EDGES[state].length === 0;
export const canMove = (from: StateName, to: StateName): boolean => (EDGES[from] as readonly StateName[]).includes(to);
