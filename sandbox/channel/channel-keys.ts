import { createHmac } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, exportSPKI, generateKeyPair, SignJWT, type CryptoKey, type GenerateKeyPairResult } from 'jose';

/** A claim that is `undefined` is left out of the token. */
export type Claims = Readonly<Record<string, unknown>>;

/** What is published beside a key; the Bot Framework names the channels that may sign with it. */
export interface KeyOptions {
  readonly endorsements?: unknown;
}

type Answering = (request: IncomingMessage, response: ServerResponse) => void;
interface PublishedKey {
  readonly kid: string;
  readonly pair: GenerateKeyPairResult;
  readonly options: KeyOptions;
}

export const CHANNEL_ISSUER = 'https://api.botframework.com';

const LIFETIME_S = 3_600;
const encoded = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const newPair = (): Promise<GenerateKeyPairResult> => generateKeyPair('RS256', { extractable: true });

/**
 * The channel's signing keys, published as the Bot Framework publishes them, on a loopback address; and tokens that
 * are signed with them, so that the bot's own door and the SDK's adapter run in a test as they do at work.
 */
export class ChannelKeys {
  /** Paths that were asked for, in that order. */
  readonly asked: string[] = [];
  readonly #server: Server;
  #keys: readonly PublishedKey[] = [];
  #answering: Answering | undefined;
  #made = 0;

  private constructor(server: Server) {
    this.#server = server;
  }

  static async start(): Promise<ChannelKeys> {
    const server = createServer();
    const keys = new ChannelKeys(server);
    await keys.rotate();
    server.on('request', (request, response) => {
      keys.#answer(request, response);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return keys;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }
  get openIdMetadataUrl(): string {
    return `${this.url}/openid`;
  }
  /** The id of the newest key. */
  get kid(): string {
    return this.#newest.kid;
  }

  /** Publishes a new key in the place of all others; tokens are signed with it from now on. @returns its id */
  async rotate(options: KeyOptions = { endorsements: ['msteams'] }): Promise<string> {
    const kid = `key-${++this.#made}`;
    this.#keys = [{ kid, pair: await newPair(), options }];
    return kid;
  }
  /** Publishes one more key. @returns its id */
  async add(options: KeyOptions = { endorsements: ['msteams'] }): Promise<string> {
    const before = this.#keys;
    const kid = await this.rotate(options);
    this.#keys = [...before, ...this.#keys];
    return kid;
  }
  /** Answers in another way than with the keys, until it is told otherwise: `undefined` answers with them again. */
  answerWith(answering: Answering | undefined): void {
    this.#answering = answering;
  }

  /** A token as the channel signs it for a bot; `more` takes the place of what it would say. */
  token(bot: { readonly appId: string; readonly serviceUrl: string }, more: Claims = {}): Promise<string> {
    return this.signed(channelClaims(bot, more));
  }
  /** @param kid the key to sign with (the newest) @param namedKid the key that the token says it is signed with */
  async signed(claims: Claims, kid: string = this.kid, namedKid: string = kid): Promise<string> {
    const key = this.#keys.find((one) => one.kid === kid);
    if (key === undefined) throw new Error(`There is no key "${kid}".`);
    return signedWith(key.pair.privateKey, namedKid, claims);
  }
  /** A token that says to be signed with a published key, and is signed with one that nobody has published. */
  async signedByAnother(claims: Claims): Promise<string> {
    return signedWith((await newPair()).privateKey, this.kid, claims);
  }
  /** A token signed with what everybody knows: the public key, taken for a shared secret. */
  async signedWithPublicKey(claims: Claims): Promise<string> {
    const content = `${encoded({ alg: 'HS256', typ: 'JWT', kid: this.kid })}.${encoded(claims)}`;
    const secret = await exportSPKI(this.#newest.pair.publicKey);
    return `${content}.${createHmac('sha256', secret).update(content).digest('base64url')}`;
  }
  /** A token that nobody has signed. */
  unsigned(claims: Claims): string {
    return `${encoded({ alg: 'none', typ: 'JWT', kid: this.kid })}.${encoded(claims)}.`;
  }

  close(): Promise<void> {
    return new Promise((resolve) => {
      this.#server.close(() => {
        resolve();
      });
      this.#server.closeAllConnections();
    });
  }

  get #newest(): PublishedKey {
    const key = this.#keys.at(-1);
    if (key === undefined) throw new Error('There are no keys.');
    return key;
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    this.asked.push(request.url ?? '');
    if (this.#answering !== undefined) this.#answering(request, response);
    else if (request.url === '/keys') void this.#publish(response);
    else answerJson(response, { issuer: CHANNEL_ISSUER, jwks_uri: `${this.url}/keys` });
  }
  async #publish(response: ServerResponse): Promise<void> {
    const keys = await Promise.all(
      this.#keys.map(async ({ kid, pair, options }) => ({
        ...(await exportJWK(pair.publicKey)),
        ...{ kid, use: 'sig' },
        ...options,
      })),
    );
    answerJson(response, { keys });
  }
}

/** What the channel says in a token for a bot. @param nowMs when it says so (now) */
export function channelClaims(
  { appId, serviceUrl }: { readonly appId: string; readonly serviceUrl: string },
  more: Claims = {},
  nowMs: number = Date.now(),
): Claims {
  const now = Math.floor(nowMs / 1_000);
  return {
    iss: CHANNEL_ISSUER,
    aud: appId,
    nbf: now,
    exp: now + LIFETIME_S,
    serviceurl: serviceUrl,
    ...more,
  };
}

export function answerJson(response: ServerResponse, body: unknown): void {
  response.setHeader('Content-Type', 'application/json');
  response.end(JSON.stringify(body));
}

const signedWith = (key: CryptoKey, kid: string, claims: Claims): Promise<string> =>
  new SignJWT(claims).setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid }).sign(key);
