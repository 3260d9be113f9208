import { setTimeout as delay } from 'node:timers/promises';
import type { Activity, ConversationReference } from 'botbuilder';
import type { ConnectorClient } from 'botframework-connector';
import { SECOND_MS, type Clock } from '../../services/clock.ts';
import { createMessageSpans } from '../telemetry/messages.ts';
import { SendError, type Messenger, type Outgoing, type OutgoingFile, type Reachable } from './messenger.ts';
import { createOwnTurns, type ConversationTurns } from './conversation-turns.ts';
import { createQueues } from './queues.ts';
import { createTurns, SendRates, TENANT_RATES } from './send-rates.ts';
import { isAllowedServiceUrl, type ServiceHosts } from './service-hosts.ts';
import type { TeamsAdapter } from './teams-adapter.ts';

export interface TeamsMessengerParts {
  readonly adapter: Pick<TeamsAdapter, 'reach'>;
  readonly serviceHosts: ServiceHosts;
  readonly now?: Clock;
  readonly sleep?: (ms: number) => Promise<void>;
  /** How long one call may take, the bot's own token included (10 s). */
  readonly timeoutMs?: number;
  /** How long a call may wait so that Teams' rates are kept; beyond that it is `throttled` (10 s). */
  readonly mostWaitMs?: number;
  /** How turns in a conversation are taken (by this messenger alone). */
  readonly turns?: ConversationTurns;
  /** How much of what one tenant takes is for this process, from 0 to 1 (all). */
  readonly share?: () => number;
  /** Ends all waiting for a turn: what waits is `throttled`. */
  readonly stopping?: AbortSignal;
}

/**
 * Writes to people in their one-to-one chats with the bot, no faster than Teams takes it. Changes of one message are
 * made one after another, whoever asks for them, so that the picture that was asked for last is the one that stays.
 */
export function createTeamsMessenger(parts: TeamsMessengerParts): Messenger {
  const { adapter, serviceHosts, timeoutMs = 10 * SECOND_MS, mostWaitMs = 10 * SECOND_MS } = parts;
  const waiting = {
    now: parts.now ?? (() => new Date()),
    sleep: parts.sleep ?? ((ms: number) => delay(ms, undefined, { ref: false })),
    ...(parts.stopping && { stopping: parts.stopping }),
  };
  const inConversation = parts.turns ?? createOwnTurns(waiting);
  const inTenant = createTurns({ ...waiting, rates: new SendRates(TENANT_RATES, parts.share) });

  const inTurn = createQueues();
  const inMessageSpan = createMessageSpans();

  const write = async <T>(
    to: Reachable,
    work: (connector: ConnectorClient) => Promise<T>,
    changed?: string,
  ): Promise<T> => {
    const { serviceUrl, conversationId, tenantId } = to.address;
    if (!isAllowedServiceUrl(serviceUrl, serviceHosts)) throw new SendError('refused');
    const send = (): Promise<T> => inTime(timeoutMs, adapter.reach(referenceTo(to), work));
    const retryAfterMs = await inTenant(tenantId, mostWaitMs);
    if (retryAfterMs !== undefined) throw new SendError('throttled', { retryAfterMs });
    return inConversation(conversationId, { mostMs: mostWaitMs, changed }, send);
  };

  const change = (
    to: Reachable,
    messageId: string,
    operation: 'edit' | 'delete',
    work: (connector: ConnectorClient) => Promise<void>,
  ): Promise<void> =>
    inTurn(`${to.address.conversationId} ${messageId}`, () =>
      inMessageSpan(operation, () => write(to, work, messageId)),
    );

  return {
    send: (to, message) =>
      inMessageSpan('send', () =>
        write(to, async ({ conversations }) => {
          const sent: { readonly id?: string } = await conversations.sendToConversation(
            to.address.conversationId,
            activityOf(to, message),
          );
          if (sent.id === undefined) throw new SendError('unavailable');
          return sent.id;
        }),
      ),
    edit: (to, messageId, message) =>
      change(to, messageId, 'edit', async ({ conversations }) => {
        const shown = typeof message === 'function' ? message() : message;
        if (shown === undefined) return;
        const activity = { ...activityOf(to, shown), id: messageId };
        await conversations.updateActivity(to.address.conversationId, messageId, activity);
      }),
    delete: (to, messageId) =>
      change(to, messageId, 'delete', async ({ conversations }) => {
        await conversations.deleteActivity(to.address.conversationId, messageId);
      }),
  };
}

/** What has no fault of its own yet broke before it was sent, as the bot's own token may. */
async function inTime<T>(timeoutMs: number, work: Promise<T>): Promise<T> {
  const timer = new AbortController();
  const late = delay(timeoutMs, undefined, { signal: timer.signal }).then(() => {
    throw new SendError('unavailable');
  });
  try {
    return await Promise.race([work, late]);
  } catch (error) {
    throw error instanceof SendError ? error : new SendError('unavailable', {}, { cause: error });
  } finally {
    timer.abort('sent');
    late.catch(() => undefined);
  }
}

function referenceTo({ id, teamsId, address }: Reachable): ConversationReference {
  return {
    channelId: 'msteams',
    serviceUrl: address.serviceUrl,
    conversation: {
      id: address.conversationId,
      tenantId: address.tenantId,
      conversationType: 'personal',
      isGroup: false,
      name: '',
    },
    bot: { id: address.botId, name: '' },
    user: { id: teamsId, name: '', aadObjectId: id },
  };
}

function activityOf(to: Reachable, outgoing: Outgoing | OutgoingFile): Activity {
  const { channelId, serviceUrl, conversation, bot, user } = referenceTo(to);
  const message: Partial<Activity> = {
    type: 'message',
    channelId,
    serviceUrl,
    conversation,
    from: bot,
    ...(user && { recipient: user }),
    summary: outgoing.summary,
    attachments: [
      'card' in outgoing
        ? { contentType: 'application/vnd.microsoft.card.adaptive', content: outgoing.card }
        : outgoing.attachment,
    ],
  };
  return message as Activity;
}
