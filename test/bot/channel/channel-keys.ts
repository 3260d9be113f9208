import { createHmac, createSign, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

type Claims = Readonly<Record<string, unknown>>;

const encoded = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** The channel's signing keys, published as the Bot Framework publishes them, on a loopback address. */
export class ChannelKeys {
  readonly #server: Server;
  readonly #privateKey: KeyObject;
  readonly #publicKey: KeyObject;

  private constructor(server: Server) {
    this.#server = server;
    ({ privateKey: this.#privateKey, publicKey: this.#publicKey } = generateKeyPairSync('rsa', {
      modulusLength: 2_048,
    }));
  }

  static async start(): Promise<ChannelKeys> {
    const server = createServer();
    const keys = new ChannelKeys(server);
    server.on('request', (request, response) => {
      const jwk = { ...keys.#publicKey.export({ format: 'jwk' }), kid: 'one', use: 'sig', endorsements: ['msteams'] };
      response.setHeader('Content-Type', 'application/json');
      response.end(JSON.stringify(request.url === '/keys' ? { keys: [jwk] } : { jwks_uri: `${keys.#url}/keys` }));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return keys;
  }

  get #url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }
  get openIdMetadataUrl(): string {
    return `${this.#url}/openid`;
  }

  /** A token as the channel signs it. */
  signed(claims: Claims): string {
    const content = `${encoded({ alg: 'RS256', typ: 'JWT', kid: 'one' })}.${encoded(claims)}`;
    return `${content}.${createSign('RSA-SHA256').update(content).sign(this.#privateKey, 'base64url')}`;
  }
  /** A token signed with what everybody knows: the public key, taken for a shared secret. */
  signedWithPublicKey(claims: Claims): string {
    const content = `${encoded({ alg: 'HS256', typ: 'JWT', kid: 'one' })}.${encoded(claims)}`;
    const secret = this.#publicKey.export({ format: 'pem', type: 'spki' });
    return `${content}.${createHmac('sha256', secret).update(content).digest('base64url')}`;
  }

  close(): Promise<void> {
    return new Promise((resolve) => {
      this.#server.close(() => {
        resolve();
      });
      this.#server.closeAllConnections();
    });
  }
}
