import type { Language } from '../../cards/texts/texts.ts';
import type { MostAllowed } from '../../services/requests/sending/limits.ts';
import { readAllowedTenants, readBot, type BotConfig } from './bot.ts';
import { refuseContradictions } from './contradictions.ts';
import { misspelt } from './names.ts';
import { readPartner, readPartnerCenter, type PartnerCenterConfig, type PartnerConfig } from './partner.ts';
import { readSignIn, type SignInConfig } from './sign-in.ts';
import { readTelemetry, type TelemetryConfig } from './telemetry.ts';
import { readApproval, readPeople, type ApprovalConfig, type PeopleConfig } from './people.ts';
import { readBackups, readStore, type BackupsConfig, type StoreConfig } from './store.ts';
import { hours, key, minutes, oneOf, seconds, wholeNumber } from './values.ts';
import { Variables, type Environment } from './variables.ts';
import { Secret } from './secret.ts';
import { readWebhook, type WebhookConfig } from './webhook.ts';

export type LogLevel = 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent';

/** Everything the operator decides. */
export interface Config {
  readonly bot: BotConfig;
  readonly partner: PartnerConfig;
  readonly partnerCenter: PartnerCenterConfig;
  /** Missing where nobody signs in. */
  readonly signIn?: SignInConfig;
  readonly people: PeopleConfig;
  readonly approval: ApprovalConfig;
  readonly limits: MostAllowed;
  readonly suspendedNewCommerce: 'blocks' | 'may-block';
  readonly timing: {
    readonly leaseMs: number;
    readonly verifyEveryMs: number;
    readonly verifyForMs: number;
    readonly watchEveryMs: number;
    readonly directoryRefreshMs: number;
  };
  readonly store: StoreConfig;
  /** Missing where the store is not copied file by file. */
  readonly backups?: BackupsConfig;
  /** At least 32 bytes. */
  readonly auditKey: Secret<Uint8Array>;
  readonly defaultLocale: Language;
  readonly retentionMonths: number;
  readonly logLevel: LogLevel;
  /** Missing where it is off. */
  readonly telemetry?: TelemetryConfig;
  /** Missing where no other system is told what becomes of requests. */
  readonly webhook?: WebhookConfig;
}

/** The configuration cannot be used. Names every variable at fault and none of their values. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  /** One line a fault, the names first. */
  readonly faults: readonly string[];

  constructor(faults: readonly string[]) {
    super(`The configuration cannot be used:\n${faults.map((fault) => `  ${fault}`).join('\n')}`);
    this.faults = faults;
  }
}

/**
 * Reads the whole configuration once, at start. Nothing else in the bot reads the environment.
 *
 * @throws {ConfigError} with all faults at once.
 */
export function parseConfig(env: Environment): Config {
  const variables = new Variables(env);
  const bot = readBot(variables);
  const partnerCenter = readPartnerCenter(variables);
  const partner = readPartner(variables, partnerCenter, bot.appTenantId);
  const people = readPeople(variables);
  const signIn = readSignIn(variables, partnerCenter, bot);
  const store = readStore(variables);
  const telemetry = readTelemetry(variables);
  const webhook = readWebhook(variables);
  const config: Config = {
    bot: { ...bot, ...readAllowedTenants(variables, bot.appTenantId ?? partner.tenantId) },
    partner,
    partnerCenter,
    ...(signIn && { signIn }),
    people,
    approval: readApproval(variables, people),
    limits: readLimits(variables),
    suspendedNewCommerce: variables.withDefault('SUSPENDED_NEW_COMMERCE', oneOf('blocks', 'may-block'), 'blocks'),
    timing: readTiming(variables),
    store,
    ...readBackups(variables, store),
    auditKey: readAuditKey(variables),
    defaultLocale: variables.withDefault('DEFAULT_LOCALE', oneOf('en', 'de', 'fr', 'ru'), 'en'),
    retentionMonths: variables.withDefault('RETENTION_MONTHS', wholeNumber(1, 1_200), 84),
    logLevel: variables.withDefault(
      'LOG_LEVEL',
      oneOf('fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'),
      'info',
    ),
    ...(telemetry && { telemetry }),
    ...(webhook && { webhook }),
  };
  refuseContradictions(variables, config, env);
  const faults = [...misspellings(env), ...variables.faults];
  if (faults.length > 0) throw new ConfigError(faults);
  return config;
}

/**
 * Reads what it takes to read the record, and nothing else: whoever verifies it need not know the rest.
 *
 * @throws {ConfigError}
 */
export function parseRecordConfig(env: Environment): Pick<Config, 'store' | 'auditKey'> {
  const variables = new Variables(env);
  const config = { store: readStore(variables), auditKey: readAuditKey(variables) };
  const faults = [...misspellings(env), ...variables.faults];
  if (faults.length > 0) throw new ConfigError(faults);
  return config;
}

/**
 * Reads where everything is kept, and where its backups are.
 *
 * @throws {ConfigError}
 */
export function parseBackupConfig(env: Environment): Pick<Config, 'store' | 'backups'> {
  const variables = new Variables(env);
  const store = readStore(variables);
  const config = { store, ...readBackups(variables, store) };
  const faults = [...misspellings(env), ...variables.faults];
  if (faults.length > 0) throw new ConfigError(faults);
  return config;
}

/** One line for each variable that is nearly one of ours. */
export const misspellings = (env: Environment): readonly string[] =>
  misspelt(Object.keys(env)).map(({ written, meant }) => `${written}: is not known; did you mean ${meant}?`);

function readLimits(variables: Variables): Config['limits'] {
  const limit = wholeNumber(1, 1_000_000);
  return {
    openPerRequester: variables.withDefault('MAX_OPEN_PER_REQUESTER', limit, 10),
    removalsPerDay: variables.withDefault('MAX_REMOVALS_PER_DAY', limit, 10),
    suspensionsPerDay: variables.withDefault('MAX_SUSPENSIONS_PER_DAY', limit, 500),
  };
}

function readTiming(variables: Variables): Config['timing'] {
  return {
    leaseMs: variables.withDefault('LEASE_SECONDS', seconds(3_600), 60_000),
    verifyEveryMs: variables.withDefault('VERIFY_EVERY_SECONDS', seconds(3_600), 15_000),
    verifyForMs: variables.withDefault('VERIFY_FOR_MINUTES', minutes(24 * 60), 30 * 60_000),
    watchEveryMs: variables.withDefault('WATCH_EVERY_HOURS', hours(24 * 31), 24 * 3_600_000),
    directoryRefreshMs: variables.withDefault('DIRECTORY_REFRESH_MINUTES', minutes(24 * 60), 15 * 60_000),
  };
}

const readAuditKey = (variables: Variables): Config['auditKey'] =>
  variables.required('AUDIT_KEY', key, new Secret(new Uint8Array()));
