/** Every variable that the bot or one of its commands reads. */
export const variableNames = [
  'PORT',
  'HOST',
  'PUBLIC_URL',
  'MicrosoftAppId',
  'MicrosoftAppType',
  'MicrosoftAppTenantId',
  'MicrosoftAppPassword',
  'CertificateThumbprint',
  'CertificatePrivateKey',
  'BOT_AUTH',
  'ALLOWED_TENANTS',
  'ToBotFromChannelOpenIdMetadataUrl',
  'CHANNEL_SERVICE_HOSTS',
  'PARTNER_TENANT_ID',
  'PARTNER_TYPE',
  'PARTNER_CENTER_ENVIRONMENT',
  'PARTNER_CENTER_URL',
  'GRAPH_URL',
  'PARTNER_CENTER_AUTH',
  'PARTNER_CENTER_LANES',
  'SIGN_IN_APP_ID',
  'SIGN_IN_SECRET',
  'SIGN_IN_CERTIFICATE_PATH',
  'SIGN_IN_APP_URI',
  'APPROVAL_AUTH_CONTEXT',
  'AZURE_AUTHORITY_HOST',
  'PARTNER_CENTER_APP_ID',
  'PARTNER_CENTER_APP_SECRET',
  'PARTNER_CENTER_APP_CERTIFICATE_PATH',
  'SERVICE_ACCOUNT_TOKEN_FILE',
  'KEY_VAULT_URL',
  'EXECUTE_AS',
  'REQUESTERS',
  'APPROVERS',
  'AUDITORS',
  'SAME_PERSON',
  'APPROVALS_REQUIRED',
  'APPROVAL_TTL_HOURS',
  'EXECUTION_TTL_MINUTES',
  'REMIND_AFTER_HOURS',
  'ESCALATE_AFTER_HOURS',
  'ESCALATE_TO',
  'MAX_OPEN_PER_REQUESTER',
  'MAX_REMOVALS_PER_DAY',
  'MAX_SUSPENSIONS_PER_DAY',
  'SUSPENDED_NEW_COMMERCE',
  'LEASE_SECONDS',
  'VERIFY_EVERY_SECONDS',
  'VERIFY_FOR_MINUTES',
  'WATCH_EVERY_HOURS',
  'DIRECTORY_REFRESH_MINUTES',
  'STORE',
  'BACKUP_FOLDER',
  'BACKUPS_KEPT',
  'AZURE_STORAGE_ACCOUNT',
  'AZURE_STORAGE_CONNECTION_STRING',
  'AUDIT_KEY',
  'DEFAULT_LOCALE',
  'RETENTION_MONTHS',
  'LOG_LEVEL',
  'OTEL_SDK_DISABLED',
  'OTEL_SERVICE_NAME',
  'OTEL_RESOURCE_ATTRIBUTES',
  'OTEL_TRACES_EXPORTER',
  'OTEL_TRACES_SAMPLER',
  'OTEL_TRACES_SAMPLER_ARG',
  'OTEL_METRICS_EXPORTER',
  'OTEL_METRIC_EXPORT_INTERVAL',
  'OTEL_EXPORTER_OTLP_ENDPOINT',
  'OTEL_EXPORTER_OTLP_PROTOCOL',
  'OTEL_EXPORTER_OTLP_HEADERS',
  'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT',
  'OTEL_EXPORTER_OTLP_TRACES_PROTOCOL',
  'OTEL_EXPORTER_OTLP_TRACES_HEADERS',
  'OTEL_EXPORTER_OTLP_METRICS_ENDPOINT',
  'OTEL_EXPORTER_OTLP_METRICS_PROTOCOL',
  'OTEL_EXPORTER_OTLP_METRICS_HEADERS',
  'WEBHOOK_URL',
  'WEBHOOK_SECRET',
  'DEVELOPER_NAME',
  'DEVELOPER_WEBSITE_URL',
  'DEVELOPER_PRIVACY_URL',
  'DEVELOPER_TERMS_URL',
] as const;

export type VariableName = (typeof variableNames)[number];

const known: ReadonlySet<string> = new Set(variableNames);
/** Other programs are told these too. */
const EVERYBODYS: ReadonlySet<VariableName> = new Set(['PORT', 'HOST']);

/** For whoever has begun with nothing: what there is to read, and to try. Empty once anything is configured. */
export function firstSteps(env: Readonly<Record<string, string | undefined>>): readonly string[] {
  const isBegun = variableNames.some((name) => !EVERYBODYS.has(name) && (env[name]?.trim() ?? '') !== '');
  return isBegun
    ? []
    : ['Nothing is configured yet: docs/configuration.md has every variable, and npm start shows the bot without any.'];
}

const FARTHEST = 2;

/** A variable that nobody reads, and the one that was probably meant. */
export interface Misspelling {
  readonly written: string;
  readonly meant: VariableName;
}

/**
 * Variables whose names are nearly, but not quite, one of ours. A misspelt variable is otherwise the same as a
 * missing one: the default holds, and nobody is told.
 *
 * Short names are held to be ours only when nearly nothing is wrong: `HOME` is no misspelt `HOST`.
 */
export function misspelt(names: readonly string[]): readonly Misspelling[] {
  return names.flatMap((written) => {
    if (known.has(written)) return [];
    const meant = variableNames.find((name) => isNearly(written, name));
    return meant === undefined ? [] : [{ written, meant }];
  });
}

function isNearly(written: string, name: VariableName): boolean {
  const [a, b] = [written.toLowerCase(), name.toLowerCase()];
  if (a === b) return true;
  const tolerated = name.length < 5 ? 0 : name.length < 8 ? 1 : FARTHEST;
  return Math.abs(a.length - b.length) <= tolerated && editDistance(a, b) <= tolerated;
}

/** Letters to put in, take out or replace until one is the other (Levenshtein). */
function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (const [row, letter] of Array.from(a).entries()) {
    const current = [row + 1];
    for (const [column, other] of Array.from(b).entries()) {
      const replaced = (previous[column] ?? 0) + (letter === other ? 0 : 1);
      current.push(Math.min(replaced, (previous[column + 1] ?? 0) + 1, (current[column] ?? 0) + 1));
    }
    previous = current;
  }
  return previous.at(-1) ?? 0;
}
