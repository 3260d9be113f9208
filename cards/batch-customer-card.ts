import type { Batch, Member } from '../services/batches/batch.ts';
import type { Line, Readiness } from '../services/readiness/readiness.ts';
import { execute } from './actions.ts';
import type { AdaptiveCard, Element } from './adaptive-card.ts';
import { consequences } from './consequences-part.ts';
import { customerLines, plainName, sandboxBox } from './customer-parts.ts';
import { buttons, card, heading, lineRow, sentence, timeLine } from './elements.ts';
import { lineDetails } from './holding-lines.ts';
import { pageOf } from './pages.ts';
import { openTransfersBox } from './open-transfers-part.ts';
import { granularAdmin, lineGroups, toldOf } from './readiness-lines.ts';
import type { Texts } from './texts/texts.ts';
import { noLongerOurs, verdictBox } from './verdict-part.ts';
import { inOrder } from './what-to-do.ts';

export interface BatchCustomerView {
  readonly batch: Batch;
  readonly customer: Member['customer'];
  /** Missing while it is being read. */
  readonly readiness?: Readiness;
  /** Whether that says that there is no relationship, and so nothing else. */
  readonly isNoLongerOurs?: boolean;
  readonly page: number;
  readonly nonce: string;
  readonly isSandbox: boolean;
}

/** Lines of a page. */
const PAGE = 12;

/** All that was read of one customer of a list, as its own card says it, without a button that changes something. */
export function batchCustomerCard(view: BatchCustomerView, texts: Texts): AdaptiveCard {
  const { batch, customer, readiness, nonce } = view;
  const domain = plainName(customer);
  const back = execute('batch.show', texts.say('button.back'), { batchId: batch.id, nonce });
  const whose = [
    heading(texts.say('readiness.title')),
    ...customerLines(customer, texts),
    sandboxBox(view.isSandbox, texts),
  ];
  if (readiness === undefined)
    return card(texts, texts.say('readiness.summary-reading', { domain }), [
      ...whose,
      sentence(texts.say('readiness.reading'), { spacing: 'medium' }),
      ...buttons(back),
    ]);
  if (view.isNoLongerOurs === true)
    return card(texts, texts.say('readiness.summary-gone', { domain }), [
      ...whose,
      ...noLongerOurs(readiness, texts),
      ...buttons(back),
    ]);
  const lines = inOrder(readiness.lines);
  const draw = (line: Line): Element => lineRow(toldOf(line, lineDetails(line, texts), texts), []);
  const { shown, page, from, to, total, isLast } = pageOf(lines, view.page, PAGE, draw);
  const turn = (title: 'button.previous' | 'button.next', to: number) =>
    execute('batch.customer', texts.say(title), { batchId: batch.id, customerId: customer.id, nonce, page: to });
  return card(texts, texts.say('readiness.summary', { domain }), [
    ...whose,
    verdictBox(readiness.verdict, texts),
    openTransfersBox(readiness.lines, texts),
    ...(shown.length === total
      ? []
      : [sentence(texts.say('readiness.lines', { from, to, total }), { isSubtle: true })]),
    ...lineGroups(shown, lines, draw, texts),
    ...(isLast ? consequences(granularAdmin(readiness), texts) : []),
    timeLine(texts.say('readiness.read-at', { moment: texts.moment(readiness.readAt) })),
    ...buttons(
      back,
      page === 0 ? undefined : turn('button.previous', page - 1),
      isLast ? undefined : turn('button.next', page + 1),
    ),
  ]);
}
