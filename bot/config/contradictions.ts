import path from 'node:path';
import type { BotConfig } from './bot.ts';
import { isLoopback } from './loopback.ts';
import type { VariableName } from './names.ts';
import type { PartnerCenterConfig, PartnerConfig } from './partner.ts';
import type { BackupsConfig, StoreConfig } from './store.ts';
import type { Environment, Variables } from './variables.ts';

/** What of a configuration may contradict another part of it. */
interface Parts {
  readonly bot: BotConfig;
  readonly partner: PartnerConfig;
  readonly partnerCenter: PartnerCenterConfig;
  readonly timing: { readonly verifyEveryMs: number; readonly verifyForMs: number };
  readonly store: StoreConfig;
  readonly backups?: BackupsConfig;
}

/**
 * Notes what is right by itself and wrong together: mostly what would let in somebody who has not proved who they are.
 * What could not be read is a fault of its own and is not judged here.
 */
export function refuseContradictions(variables: Variables, config: Parts, env: Environment): void {
  const rules = [unproved, plainText, sharedApps, tenants, backupsInTheWay, noTimeToLook];
  for (const rule of rules) rule(variables, config);
  unverifiedServers(variables, config, env);
}

const isLocal = (url: string): boolean => isLoopback(new URL(url).hostname);

/** Without authentication whoever reaches the port is anybody they like. */
function unproved(variables: Variables, { bot, partnerCenter }: Parts): void {
  if (bot.auth !== 'none') return;
  if (bot.publicUrl !== undefined && !isLocal(bot.publicUrl)) {
    variables.fault(['BOT_AUTH', 'PUBLIC_URL'], 'whoever reaches that address would be believed; use BOT_AUTH=teams');
  }
  // Without a token only this machine is called, which is a rule of its own.
  if (partnerCenter.auth !== 'none' && !isLocal(partnerCenter.url)) {
    variables.fault(
      ['BOT_AUTH', 'PARTNER_CENTER_URL'],
      'people who have proved nothing may change a Partner Center on this machine only; use BOT_AUTH=teams',
    );
  }
}

function plainText(variables: Variables, { bot: { host, publicUrl } }: Parts): void {
  if (publicUrl?.startsWith('http:') === true && !isLoopback(host)) {
    variables.fault(['PUBLIC_URL', 'HOST'], 'must be https where the bot listens on more than a loopback address');
  }
}

/** What proves the bot to Teams is to open nothing else. */
function sharedApps(variables: Variables, { bot, partnerCenter }: Parts): void {
  if (bot.appId !== undefined && bot.appId !== '' && bot.appId === partnerCenter.app?.clientId) {
    variables.fault(
      ['PARTNER_CENTER_APP_ID', 'MicrosoftAppId'],
      'Partner Center is read with another registration than the one of the bot',
    );
  }
}

function tenants(variables: Variables, { bot: { allowedTenants }, partner }: Parts): void {
  if (allowedTenants === undefined || partner.tenantId === undefined || partner.tenantId === '') return;
  if (!allowedTenants.includes(partner.tenantId) && allowedTenants.every((tenant) => tenant !== '')) {
    variables.fault(['ALLOWED_TENANTS', 'PARTNER_TENANT_ID'], 'the partner’s own people would not be let in');
  }
}

/** The nightly backup copies the store's folder, and deletes old backups in its own. */
function backupsInTheWay(variables: Variables, { store, backups }: Parts): void {
  if (store.kind !== 'file' || backups === undefined) return;
  const inside = path.relative(path.resolve(backups.folder), path.resolve(store.folder));
  if (inside === '' || !(inside.startsWith('..') || path.isAbsolute(inside))) {
    variables.fault(['BACKUP_FOLDER', 'STORE'], 'the store may not lie in the folder of its backups');
  }
}

function noTimeToLook(variables: Variables, { timing: { verifyEveryMs, verifyForMs } }: Parts): void {
  const names: readonly VariableName[] = ['VERIFY_EVERY_SECONDS', 'VERIFY_FOR_MINUTES'];
  if (names.every((name) => variables.isSet(name)) && verifyEveryMs > verifyForMs) {
    variables.fault(names, 'it would never be looked a second time before the outcome is called unknown');
  }
}

/** Node's own switch, which turns every look at a server's certificate off. */
function unverifiedServers(variables: Variables, { bot, partnerCenter, store }: Parts, env: Environment): void {
  if (env['NODE_TLS_REJECT_UNAUTHORIZED'] !== '0') return;
  const { url, graphUrl, authorityUrl, auth } = partnerCenter;
  const storage = store.kind === 'azure' ? [store.account.endpoint, store.account.queueEndpoint ?? []].flat() : [];
  const servers = [url, graphUrl, ...storage, ...(auth === 'none' ? [] : [authorityUrl])];
  if (bot.auth === 'none' && servers.every(isLocal)) return;
  variables.foreignFault(
    'NODE_TLS_REJECT_UNAUTHORIZED',
    'anybody on the way could be taken for Entra, Partner Center or Teams; take it out, and name an authority of yours in NODE_EXTRA_CA_CERTS',
  );
}
