import type { z } from 'zod';
import type { CallOptions } from './partner-center.ts';
import type { Answer, Call, Transport } from './transport.ts';
import { readPage, type WirePage } from './wire-answers.ts';

/** Large enough for 1,000,000 customers; an endless list ends here. */
const MAX_PAGES = 2_000;

/** @throws {PartnerCenterError} `malformed` when the body is not what was asked for. */
export function parsed<T>(schema: z.ZodType<T>, json: unknown, answer: Answer): T {
  const result = schema.safeParse(json);
  if (!result.success) throw answer.malformed();
  return result.data;
}

/** What a body is read as when it is no collection. */
export type OtherShape = (json: unknown) => WirePage | undefined;

/**
 * One page. The next one is asked for as Microsoft's own client does: the same path with
 * `seekOperation=Next` and the token, which carries size and filter.
 */
export async function onePage(
  transport: Transport,
  call: Call,
  options: CallOptions,
  continuation: string | undefined,
  otherShape?: OtherShape,
): Promise<WirePage & { readonly answer: Answer }> {
  const next = { query: { seekOperation: 'Next' }, headers: { 'MS-ContinuationToken': continuation ?? '' } };
  const answer = await transport(continuation === undefined ? call : { ...call, ...next }, options);
  const page = readPage(answer.json) ?? otherShape?.(answer.json);
  if (page === undefined) throw answer.malformed();
  if (page.continuation !== undefined && !/^[\x21-\x7e]+$/.test(page.continuation)) throw answer.malformed();
  return { ...page, answer };
}

/** Reads collections to their end, whether or not the documents call them paged: a part must never pass for the whole. */
export function collector(transport: Transport) {
  const collect = async (call: Call, options: CallOptions, otherShape?: OtherShape) => {
    const items: unknown[] = [];
    const seen = new Set<string>();
    let page = await onePage(transport, call, options, undefined, otherShape);
    for (;;) {
      items.push(...page.items);
      const { continuation } = page;
      if (continuation === undefined) return { items, answer: page.answer };
      if (seen.has(continuation) || seen.size >= MAX_PAGES) throw page.answer.malformed();
      seen.add(continuation);
      page = await onePage(transport, call, options, continuation);
    }
  };
  const collectParsed = async <T>(
    schema: z.ZodType<T>,
    call: Call,
    options: CallOptions,
    otherShape?: OtherShape,
  ): Promise<readonly T[]> => {
    const { items, answer } = await collect(call, options, otherShape);
    return items.map((item) => parsed(schema, item, answer));
  };
  return Object.assign(collect, { parsed: collectParsed });
}
