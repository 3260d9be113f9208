import type { TurnContext } from 'botbuilder';
import type { Texts } from '../../cards/texts/texts.ts';
import { factsOf } from '../../dialogs/turn-facts.ts';
import type { NewId } from '../../services/ids.ts';
import { PartnerCenterError } from '../../services/partner-center/partner-center.ts';
import { RolesUnreadError } from '../../services/people/roles.ts';
import { StoreError } from '../../services/storage/store.ts';
import type { Log } from '../log.ts';
import { loggableError } from '../loggable-error.ts';
import { createFaultCount } from '../telemetry/faults.ts';

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
    const { fault, meaning, description, ids } = error;
    return [
      texts.say(meaning === undefined ? `fault.${fault}` : `code.${meaning}`),
      ...(description === undefined ? [] : [`${texts.say('request.partner-center-says')}: ${description}`]),
      texts.say('fault.reference', { id: ids.correlationId }),
    ].join('\n');
  }
  return [texts.say(whatFailed(error)), texts.say('fault.reference', { id: reference })].join('\n');
}

function whatFailed(error: unknown): 'fault.store' | 'fault.roles-unread' | 'fault.ours' {
  if (error instanceof StoreError) return 'fault.store';
  return error instanceof RolesUnreadError ? 'fault.roles-unread' : 'fault.ours';
}

/** Notes what went wrong in a turn. @returns what the person is told, with the id under which the log has it. */
export type TellFault = (context: TurnContext, error: unknown) => string;

export function createTellFault({ newId, log }: { readonly newId: NewId; readonly log: Log }): TellFault {
  const countFault = createFaultCount();
  return (context, error) => {
    const reference = newId();
    countFault(error, reference);
    log.error('a turn could not do what was asked', {
      requestId: reference,
      ...(isPartnerCenterFault(error) && { correlationId: error.ids.correlationId }),
      activityType: context.activity.type,
      error: loggableError(error),
    });
    return faultSentence(error, reference, factsOf(context).texts);
  };
}
