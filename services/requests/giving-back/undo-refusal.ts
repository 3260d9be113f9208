/** Why something that was left suspended cannot be given back from this card. Nothing was changed. */
export type UndoRefusal =
  | 'not-a-requester'
  /** Somebody else's request for this customer is open. */
  | 'taken'
  /** Their own newer request for it is on its way. */
  | 'request-open'
  /** A newer request has taken it over, and has it on its card. */
  | 'overtaken'
  /** What was left suspended is being given back, and nothing else is done meanwhile. */
  | 'giving-back';
