import {
  createEmptyPipeline,
  createHttpHeaders,
  createPipelineRequest,
  type HttpClient,
  type HttpHeaders,
} from '@azure/core-rest-pipeline';
import { SECOND_MS } from '../../services/clock.ts';
import { withinBounds } from '../../services/partner-center/within-bounds.ts';
import { isLoopback } from '../config/loopback.ts';

/** What a service answers to one reading. */
export interface Asked {
  readonly status: number;
  readonly headers: HttpHeaders;
  /** `undefined` for what is no JSON. */
  readonly json: unknown;
}

const LONGEST_MS = 15 * SECOND_MS;
const MOST_BYTES = 5_000_000;

/** Reads something once. @returns `undefined` when no answer came. */
export async function ask(
  http: HttpClient,
  url: string,
  headers: Readonly<Record<string, string>>,
): Promise<Asked | undefined> {
  const pipeline = createEmptyPipeline();
  pipeline.addPolicy(withinBounds(LONGEST_MS, MOST_BYTES));
  const request = createPipelineRequest({
    url,
    method: 'GET',
    headers: createHttpHeaders({ Accept: 'application/json', ...headers }),
    allowInsecureConnection: isLoopback(new URL(url).hostname),
  });
  try {
    const { status, headers: answered, bodyAsText } = await pipeline.sendRequest(http, request);
    return { status, headers: answered, json: jsonOf(bodyAsText ?? '') };
  } catch {
    return undefined;
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    return undefined;
  }
}

export const bearer = (token: string | undefined): Readonly<Record<string, string>> =>
  token === undefined ? {} : { Authorization: `Bearer ${token}` };
