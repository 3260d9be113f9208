/** Under which everything that this program measures and traces is found. */
export const SCOPE = 'reseller-offboarding';

/**
 * What may stand on a span or beside a measured value, by name: OpenTelemetry's own names where it has one. Nothing
 * else can, so that no name, reason, text, card, address or token gets there because somebody set one object too many.
 *
 * People's object ids are left out too, and `url.full`, which would hold them and the words that were searched for.
 *
 * @see OpenTelemetry, "Semantic conventions for HTTP spans"
 */
export type Attributes = {
  readonly 'error.type'?: string;
  readonly 'http.request.method'?: string;
  /** How often a call was sent before; missing for the first sending. */
  readonly 'http.request.resend_count'?: number;
  readonly 'http.response.status_code'?: number;
  readonly 'http.route'?: string;
  readonly 'server.address'?: string;
  readonly 'server.port'?: number;
  /** `MS-CorrelationId` of a call, as it stands in the log, in the record and on the receipt. */
  readonly 'ms.correlation_id'?: string;
  /** `MS-RequestId` of a call: the same for one change, however often it is sent. */
  readonly 'ms.request_id'?: string;
  /** What kind of activity came from Teams. */
  readonly 'offboarding.activity'?: string;
  /** The customer's tenant id. */
  readonly 'offboarding.customer.id'?: string;
  /** What a call does, in our words. */
  readonly 'offboarding.operation'?: string;
  /** Under which a person was told that a turn failed. */
  readonly 'offboarding.reference'?: string;
  readonly 'offboarding.request.id'?: string;
  readonly 'offboarding.request.kind'?: string;
  readonly 'offboarding.request.state'?: string;
  /** Which card is sent. */
  readonly 'offboarding.slot'?: string;
  /** Which button was pressed. */
  readonly 'offboarding.verb'?: string;
  /** Which piece of work is done. */
  readonly 'offboarding.work'?: string;
};
