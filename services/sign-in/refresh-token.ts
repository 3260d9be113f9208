/** Where the refresh token of the service account lies. Two of the bot may read and write there at the same time. */
export interface RefreshTokenPlace {
  /** The one that counts now. Rejects where there is none to be had. */
  read(): Promise<string>;
  /**
   * Puts a newer one in the place of the one that it was got with. What somebody else has put there meanwhile stays: it is
   * another replica's, which is as good, or the operator's, who knew better.
   */
  replace(used: string, newer: string): Promise<'stored' | 'overtaken'>;
}

/** A token that was not used for so long is no good any more. @see "Refresh tokens in the Microsoft identity platform" */
export const UNUSED_DAYS = 90;

/** Whether there was only nobody to ask, so that what was read before still counts. What else is wrong is for somebody to put right. */
export const isPassing = (error: unknown): boolean =>
  error instanceof Error && 'isPassing' in error && error.isPassing === true;
