/** The Entra that issues the tokens. */
export interface Authority {
  /** An origin, without a slash at the end. */
  readonly url: string;
}

export const PUBLIC_AUTHORITY: Authority = { url: 'https://login.microsoftonline.com' };

/** Entra of the public cloud and of the national ones, which the library knows without asking. */
const KNOWN_HOSTS: ReadonlySet<string> = new Set([
  'login.microsoftonline.com',
  'login.microsoftonline.us',
  'login.partner.microsoftonline.cn',
  'login.chinacloudapi.cn',
]);

const isKnown = ({ url }: Authority): boolean => KNOWN_HOSTS.has(new URL(url).host);

/** One try more is enough: whoever waits for a token waits in a chat. */
const RETRIES = { maxRetries: 1, retryDelayInMs: 200, maxRetryDelayInMs: 1_000 };

/** What credentials of `@azure/identity` are told. Only an Entra that Microsoft knows can say who speaks for it. */
export const credentialOptions = (authority: Authority) => ({
  authorityHost: authority.url,
  disableInstanceDiscovery: !isKnown(authority),
  retryOptions: RETRIES,
});

/** The same for `@azure/msal-node`. */
export const msalAuthority = (authority: Authority, tenantId: string) => ({
  authority: `${authority.url}/${tenantId}`,
  knownAuthorities: isKnown(authority) ? [] : [new URL(authority.url).host],
});

/** Who issues tokens of both shapes for a tenant. @see "Access tokens in the Microsoft identity platform" */
export const issuersOf = (authority: Authority, tenantId: string): readonly string[] => [
  `${authority.url}/${tenantId}/v2.0`,
  `https://sts.windows.net/${tenantId}/`,
];

/** Where its signing keys are published. */
export const keysUrlOf = (authority: Authority, tenantId: string): URL =>
  new URL(`${authority.url}/${tenantId}/discovery/v2.0/keys`);
