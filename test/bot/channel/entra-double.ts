import {
  createDefaultHttpClient,
  createHttpHeaders,
  type HttpClient,
  type PipelineRequest,
  type PipelineResponse,
} from '@azure/core-rest-pipeline';

/** One request for a token, as Entra or the machine's own identity service saw it. */
export interface TokenRequest {
  readonly url: string;
  readonly form: Readonly<Record<string, string>>;
}

const ENTRA = /^https:\/\/login\.microsoftonline\.(?:com|us)\/|^http:\/\/169\.254\.169\.254\//;

/** Where the bot's own token comes from: `token-1`, `token-2`, …; all other requests go where they were meant to. */
export class EntraDouble implements HttpClient {
  readonly asked: TokenRequest[] = [];
  /** What is answered instead of a token. */
  refusal: { readonly status: number; readonly body: object } | 'hang' | undefined;
  lifetimeS = 3_600;
  readonly #others = createDefaultHttpClient();

  async sendRequest(request: PipelineRequest): Promise<PipelineResponse> {
    if (!ENTRA.test(request.url)) return this.#others.sendRequest(request);
    const body = typeof request.body === 'string' ? request.body : '';
    this.asked.push({ url: request.url, form: Object.fromEntries(new URLSearchParams(body)) });
    if (this.refusal === 'hang') return new Promise(() => undefined);
    const { status, body: answer } = this.refusal ?? {
      status: 200,
      body: { token_type: 'Bearer', expires_in: this.lifetimeS, access_token: `token-${this.asked.length}` },
    };
    const headers = createHttpHeaders({ 'Content-Type': 'application/json' });
    return { request, status, headers, bodyAsText: JSON.stringify(answer) };
  }
}
