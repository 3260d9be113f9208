import { sameId } from '../partner-center/world/ids.ts';

/** An app registration; all are confidential clients. */
export interface Registration {
  readonly clientId: string;
  readonly name?: string;
  readonly secret?: string;
  /** PEM of a certificate, or of a public key alone: who signs a client assertion with its key is this app. */
  readonly certificatePublicKey?: string;
  readonly redirectUris: readonly string[];
  /** As in `api://…`; with it, others can ask for tokens to this app. */
  readonly appIdUri?: string;
  /** What stands in `roles` of its app-only tokens. */
  readonly roles?: readonly string[];
}

/** Something that tokens are for. */
export interface Resource {
  readonly appId: string;
  readonly uri: string;
  readonly name: string;
  /** The shape of the access tokens it is registered for. */
  readonly tokenVersion: '1.0' | '2.0';
}

export const GRAPH: Resource = {
  appId: '00000003-0000-0000-c000-000000000000',
  uri: 'https://graph.microsoft.com',
  name: 'Microsoft Graph',
  tokenVersion: '1.0',
};
export const PARTNER_CENTER: Resource = {
  appId: 'fa3d9a0c-3fb0-42cc-9193-47c7ecd2edbd',
  uri: 'https://api.partnercenter.microsoft.com',
  name: 'Microsoft Partner Center',
  tokenVersion: '1.0',
};
const MICROSOFTS: readonly Resource[] = [
  GRAPH,
  PARTNER_CENTER,
  {
    appId: 'e406a681-f3d4-42a8-90b6-c2b029497af1',
    uri: 'https://storage.azure.com',
    name: 'Azure Storage',
    tokenVersion: '1.0',
  },
  {
    appId: 'cfa8b339-82a2-471a-a3c9-0fc0be7a4093',
    uri: 'https://vault.azure.net',
    name: 'Azure Key Vault',
    tokenVersion: '1.0',
  },
  {
    appId: '26a1093e-8a30-4f9f-a73b-40fb4b5ee5b5',
    uri: 'https://api.botframework.com',
    name: 'Bot Framework',
    tokenVersion: '1.0',
  },
];

export class Registrations {
  readonly #apps: readonly Registration[];

  constructor(apps: readonly Registration[]) {
    this.#apps = apps;
  }

  app(clientId: string): Registration | undefined {
    return this.#apps.find((app) => sameId(app.clientId, clientId));
  }

  /** The app that Teams signs people in to: the first that exposes an API. */
  signInApp(): Registration | undefined {
    return this.#apps.find(({ appIdUri }) => appIdUri !== undefined);
  }

  /** By its app id or its URI, with or without a slash at the end. */
  resource(named: string): Resource | undefined {
    const wanted = named.replace(/\/$/, '').toLowerCase();
    const own = this.#apps.map(({ clientId, appIdUri = `api://${clientId}`, name = clientId }): Resource => ({
      appId: clientId,
      uri: appIdUri,
      name,
      tokenVersion: '2.0',
    }));
    return [...MICROSOFTS, ...own].find(({ appId, uri }) => appId === wanted || uri.toLowerCase() === wanted);
  }
}
