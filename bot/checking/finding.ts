/** One thing that was looked at before a start, in words for whoever operates the bot. Holds no secret and no token. */
export interface Finding {
  /**
   * - `ok`: as it has to be.
   * - `warning`: the bot runs, and somebody will miss something.
   * - `wrong`: the bot, or a part of what it is for, will not work.
   */
  readonly verdict: 'ok' | 'warning' | 'wrong';
  /** What was looked at. */
  readonly about: string;
  /** What was found. */
  readonly found: string;
  /** What the operator has to do about it, and where. */
  readonly todo?: string;
}

export const ok = (about: string, found: string): Finding => ({ verdict: 'ok', about, found });
export const warning = (about: string, found: string, todo: string): Finding => ({
  ...{ verdict: 'warning', about, found, todo },
});
export const wrong = (about: string, found: string, todo: string): Finding => ({
  ...{ verdict: 'wrong', about, found, todo },
});

/** On one line, whatever a name of a file or a host may hold. */
export function lineOf({ verdict, about, found, todo }: Finding): string {
  const text = `${verdict.padEnd(7)}  ${about}: ${found}.${todo === undefined ? '' : ` ${todo}.`}`;
  return text.replace(/\p{Cc}+/gu, ' ');
}
