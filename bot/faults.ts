import type { Texts } from '../cards/texts/texts.ts';
import { PartnerCenterError } from '../services/partner-center/partner-center.ts';
import { StoreError } from '../services/storage/store.ts';

export const isPartnerCenterFault = (error: unknown): error is PartnerCenterError =>
  error instanceof PartnerCenterError;

/**
 * What somebody is told about a turn that failed: what happened, and the id to quote. The error's own message is
 * for the log.
 *
 * @param reference names the turn in the log.
 */
export function faultSentence(error: unknown, reference: string, texts: Texts): string {
  if (isPartnerCenterFault(error)) {
    const { description, ids } = error;
    return [
      texts.say(`fault.${error.fault}`),
      ...(description === undefined ? [] : [`${texts.say('request.partner-center-says')}: ${description}`]),
      texts.say('fault.reference', { id: ids.correlationId }),
    ].join('\n');
  }
  const what = error instanceof StoreError ? 'fault.store' : 'fault.ours';
  return [texts.say(what), texts.say('fault.reference', { id: reference })].join('\n');
}
