import type { CancellationStanding } from '../services/requests/cancelling/cancellation.ts';
import type { RequestRecord } from '../services/requests/request.ts';
import { execute } from './actions.ts';
import type { Element } from './adaptive-card.ts';
import { cancelledSection } from './cancellation-parts.ts';
import { plannedSection } from './delegated-admin-part.ts';
import { buttons } from './elements.ts';
import type { Room } from './fitting.ts';
import { changedSections, clearedSections, planSection, type Section } from './request-parts.ts';
import type { Texts } from './texts/texts.ts';

/** A request of which there is more than its card shows. */
export interface Listed {
  readonly record: RequestRecord;
  readonly nonce: string;
  readonly cancellation?: CancellationStanding;
}

/** Leads to the card of everything, where this one has left something out. */
export function toTheList(view: Listed, texts: Texts, room: Room): readonly Element[] {
  const isAll = sectionsOf(view, texts).every(({ lines, most }) => lines.length <= room(most));
  const { record, nonce } = view;
  return isAll
    ? []
    : buttons(execute('request.show', texts.say('button.more'), { requestId: record.request.id, nonce, page: 1 }));
}

export function sectionsOf({ record, cancellation }: Omit<Listed, 'nonce'>, texts: Texts): readonly Section[] {
  const { request } = record;
  const isPlanShown = request.kind === 'removal' && request.state !== 'done';
  return [
    ...changedSections(request, texts),
    ...(cancellation === undefined ? [] : [cancelledSection(request, cancellation, texts)]),
    ...clearedSections(record, texts),
    ...(isPlanShown
      ? [
          planSection('may-block', request, texts),
          planSection('to-know', request, texts),
          plannedSection(request, texts),
        ]
      : []),
  ];
}
