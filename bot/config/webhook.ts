import { Secret } from './secret.ts';
import { webhookAddress, webhookSecrets } from './values.ts';
import type { Variables } from './variables.ts';

/** Another system that is told what becomes of requests. */
export interface WebhookConfig {
  /** https, or http on this machine. May hold a key, so that it stands in no log. */
  readonly url: string;
  /** With what each notice is signed; two while one takes over from the other. */
  readonly secrets: Secret<readonly Uint8Array[]>;
}

/** @returns `undefined` where nobody is told. */
export function readWebhook(variables: Variables): WebhookConfig | undefined {
  const names = ['WEBHOOK_URL', 'WEBHOOK_SECRET'] as const;
  const given = names.filter((name) => variables.isSet(name));
  if (given.length === 0) return undefined;
  if (given.length < names.length) variables.fault(names, 'are set both or neither: a notice is always signed');
  return {
    url: variables.withDefault('WEBHOOK_URL', webhookAddress, ''),
    secrets: variables.withDefault('WEBHOOK_SECRET', webhookSecrets, new Secret([])),
  };
}
