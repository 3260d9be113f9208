import {
  PartnerCenterError,
  type CallOptions,
  type Customer,
  type PartnerCenter,
} from '../partner-center/partner-center.ts';

/** An endless list ends here. */
const MAX_PAGES = 10_000;

/**
 * The whole list of customers, page by page.
 *
 * @throws {PartnerCenterError} also, as `malformed`, when a page leads back to one that was read before.
 */
export async function* customerPages(
  partnerCenter: Pick<PartnerCenter, 'customers'>,
  size: number,
  options: CallOptions,
): AsyncGenerator<readonly Customer[], void> {
  const seen = new Set<string>();
  let page = await partnerCenter.customers({ size }, options);
  for (;;) {
    yield page.customers;
    const { continuation } = page;
    if (continuation === undefined) return;
    if (seen.has(continuation) || seen.size >= MAX_PAGES) throw endless();
    seen.add(continuation);
    page = await partnerCenter.customers({ size, continuation }, options);
  }
}

const endless = (): PartnerCenterError =>
  new PartnerCenterError('malformed', {
    operation: 'list customers, whose pages never end',
    ids: { requestId: 'none', correlationId: 'none' },
  });
