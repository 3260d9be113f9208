import { PartnerCenterError } from './partner-center.ts';

/** What calls come to: what they answer, or the error of the one that did not succeed. Anything else is thrown. */
export async function attempt<T>(calls: () => Promise<T>): Promise<T | PartnerCenterError> {
  try {
    return await calls();
  } catch (error) {
    if (error instanceof PartnerCenterError) return error;
    throw error;
  }
}
