import type { Json } from '../partner-center/json.ts';
import { issuerOf } from './tokens/issued.ts';

/** `/{tenant}/v2.0/.well-known/openid-configuration`. @see "OpenID Connect on the Microsoft identity platform" */
export function openIdConfiguration(url: string, signInUrl: string, named: string, tenantId: string): Json {
  const base = `${url}/${named}`;
  const isTenant = named.toLowerCase() === tenantId.toLowerCase();
  return {
    token_endpoint: `${base}/oauth2/v2.0/token`,
    token_endpoint_auth_methods_supported: ['client_secret_post', 'private_key_jwt', 'client_secret_basic'],
    jwks_uri: `${base}/discovery/v2.0/keys`,
    response_modes_supported: ['query', 'fragment', 'form_post'],
    subject_types_supported: ['pairwise'],
    id_token_signing_alg_values_supported: ['RS256'],
    response_types_supported: ['code', 'id_token', 'code id_token', 'id_token token'],
    scopes_supported: ['openid', 'profile', 'email', 'offline_access'],
    // For `common` and its like, Entra leaves a place to be filled in.
    issuer: issuerOf(url, isTenant ? tenantId : '{tenantid}'),
    request_uri_parameter_supported: false,
    authorization_endpoint: `${signInUrl}/${named}/oauth2/v2.0/authorize`,
    claims_supported: ['sub', 'iss', 'aud', 'exp', 'iat', 'acr', 'nonce', 'preferred_username', 'name', 'tid', 'ver'],
    tenant_region_scope: isTenant ? 'EU' : null,
    cloud_instance_name: 'microsoftonline.com',
    cloud_graph_host_name: 'graph.windows.net',
    msgraph_host: 'graph.microsoft.com',
  };
}

/** `/common/discovery/instance`: which hosts are one and the same. */
export function instanceDiscovery(url: string, tenantId: string): Json {
  const { host } = new URL(url);
  return {
    tenant_discovery_endpoint: `${url}/${tenantId}/v2.0/.well-known/openid-configuration`,
    'api-version': '1.1',
    metadata: [{ preferred_network: host, preferred_cache: host, aliases: [host] }],
  };
}
