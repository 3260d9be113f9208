import type { DataDeletion } from '../services/requests/following-up/data-deletion.ts';
import type { OpenPoint } from '../services/requests/following-up/open-points.ts';
import type { RequestRecord } from '../services/requests/request.ts';
import { execute } from './actions.ts';
import type { AdaptiveCard } from './adaptive-card.ts';
import { customerLines } from './customer-parts.ts';
import { box, buttons, card, heading, sentence } from './elements.ts';
import { fitting, type Room } from './fitting.ts';
import { noticeText } from './notice-text.ts';
import { statePart } from './request-parts.ts';
import { LANGUAGE_NAMES, LANGUAGES, type Language, type Texts } from './texts/texts.ts';

export interface CustomerNoticeView {
  readonly record: RequestRecord;
  readonly openPoints: readonly OpenPoint[];
  /** When the data of what is suspended is deleted, where the day is known. */
  readonly deletion: DataDeletion | undefined;
  readonly nonce: string;
  /** The words of the language that the notice is written in. */
  readonly wording: Texts;
}

/**
 * A text for the customer, to be copied, changed and sent by a person; the bot sends it nowhere. It stands there whole to
 * be read, and once more in a field: Teams shows two lines of that, and on a phone it is the only place to copy from. It takes
 * the place of the card of its request, and so says, as that does, how the request stands.
 */
export const customerNoticeCard = (view: CustomerNoticeView, texts: Texts): AdaptiveCard =>
  fitting((room) => drawNotice(view, texts, room));

function drawNotice(
  { record, openPoints, deletion, nonce, wording }: CustomerNoticeView,
  texts: Texts,
  room: Room,
): AdaptiveCard {
  const data = { requestId: record.request.id, nonce };
  const paragraphs = noticeText({ record, openPoints, deletion }, wording, room);
  const others = (Object.keys(LANGUAGES) as Language[]).filter((language) => language !== wording.language);
  return card(texts, texts.say('notice.title'), [
    heading(texts.say('notice.title')),
    ...customerLines(record.request.customer, texts),
    ...statePart(record, texts, room),
    sentence(texts.say('notice.about'), { spacing: 'small' }),
    box('emphasis', ...paragraphs.map((text) => sentence(text))),
    {
      type: 'Input.Text',
      id: 'text',
      label: texts.say('notice.label', { language: LANGUAGE_NAMES[wording.language] }),
      isMultiline: true,
      value: paragraphs.join('\n\n'),
    },
    ...buttons(
      execute('request.show', texts.say('button.back'), data),
      ...others.map((language) => execute('request.notice', LANGUAGE_NAMES[language], { ...data, language })),
    ),
  ]);
}
