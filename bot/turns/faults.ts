import type { TurnContext } from 'botbuilder';
import type { Told } from '../../cards/notice-card.ts';
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
 * What somebody is told about a turn that failed. The error's own message is for the log.
 *
 * @param reference names the turn in the log.
 */
export function toldOf(error: unknown, reference: string, texts: Texts): Told {
  if (!isPartnerCenterFault(error))
    return { words: texts.say(whatFailed(error)), codes: [texts.say('fault.reference', { id: reference })] };
  const { fault, meaning, description, status, code, ids } = error;
  const answered = [status, code].filter((part) => part !== undefined).join(' / ');
  return {
    words: [
      // What a code means does not say what has become of it; a turn changes nothing at Partner Center.
      meaning === undefined
        ? texts.say(`fault.${fault}`)
        : `${texts.say('fault.refused-so')} ${texts.say(`code.${meaning}`)}`,
      ...(description === undefined ? [] : [`${texts.say('request.partner-center-says')}: ${description}`]),
    ].join('\n'),
    codes: [
      ...(answered === '' ? [] : [texts.say('line.named', { name: texts.say('request.code'), said: answered })]),
      texts.say('fault.reference', { id: ids.correlationId }),
    ],
  };
}

/** The same where there is no card to say it on. */
export const sentenceOf = ({ words, codes }: Told): string => [words, ...codes].join('\n');

function whatFailed(error: unknown): 'fault.store' | 'fault.roles-unread' | 'fault.ours' {
  if (error instanceof StoreError) return 'fault.store';
  return error instanceof RolesUnreadError ? 'fault.roles-unread' : 'fault.ours';
}

/** Notes what went wrong in a turn. @returns what the person is told, with the id under which the log has it. */
export type TellFault = (context: TurnContext, error: unknown) => Told;

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
    return toldOf(error, reference, factsOf(context).texts);
  };
}
