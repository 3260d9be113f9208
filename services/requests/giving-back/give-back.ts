import type { HoldingId, NewId, RequestId } from '../../ids.ts';
import type { PersonRef } from '../../people/person.ts';
import type { Roles } from '../../people/roles.ts';
import { STEPS_PER_CHANGE } from '../clearing/clearing.ts';
import type { Claims } from '../claims.ts';
import type { Click, DecisionRefusal } from '../deciding/deciding.ts';
import { barsGivingBack, giveBack, hasUndo, showsUndo, stepsBack, undoOf, type UndoList } from './giving-back.ts';
import { stepCards } from '../moves.ts';
import { shownWherePressed } from '../pressed-card.ts';
import type { RequestRecord } from '../request.ts';
import { refuse, type RequestStore } from '../request-store.ts';

/** What is to be given back, as it stands among the requests for its customer. */
export interface UndoStanding extends UndoList {
  /** Whether a newer request has taken it over; nothing is given back from here then. */
  readonly isOvertaken: boolean;
}

/** Giving back what a request that came to nothing has left suspended. */
export interface GivingBack {
  /** `undefined` where a request has left nothing to give back, or is on its way. */
  undoOf(record: RequestRecord): Promise<UndoStanding | undefined>;
  /** Why this person can give nothing back for this request now, if so. */
  barsGivingBack(record: RequestRecord, person: PersonRef): Promise<DecisionRefusal | undefined>;
  /** Gives back what the requester has confirmed, by id. It is begun at once, and goes on after a crash. */
  giveBack(
    id: RequestId,
    click: Click & { readonly holdingIds: readonly HoldingId[] },
  ): Promise<
    | { readonly kind: 'changed'; readonly record: RequestRecord }
    | { readonly kind: 'refused'; readonly why: DecisionRefusal; readonly record: RequestRecord }
    | undefined
  >;
}

/** Records with the request who tried what is somebody else's to do; `what` is the verb of the button that was pressed, where it is known. */
export type NoteRefused = (id: RequestId, person: PersonRef, why: DecisionRefusal, what?: string) => Promise<void>;

export interface GivingBackParts {
  readonly requests: RequestStore;
  readonly claims: Pick<Claims, 'standingOf'>;
  readonly roles: Pick<Roles, 'isRequester'>;
  readonly newId: NewId;
  /** Records who tried what they may not do. */
  readonly noteRefused: NoteRefused;
}

export function createGivingBack(parts: GivingBackParts) {
  const { requests, claims, roles, newId, noteRefused } = parts;

  const barOf: GivingBack['barsGivingBack'] = async (record, person) =>
    barsGivingBack(record, person, roles, await claims.standingOf(record.request));

  const own: GivingBack = {
    async undoOf(record) {
      if (!showsUndo(record)) return undefined;
      return { ...undoOf(record), isOvertaken: (await claims.standingOf(record.request)).kind === 'overtaken' };
    },
    barsGivingBack: barOf,
    async giveBack(id, { holdingIds, ...click }) {
      const { person, isCurrent } = click;
      const record = await requests.read(id);
      if (record === undefined) return undefined;
      const why = await barOf(record, person);
      if (why !== undefined) {
        await noteRefused(id, person, why);
        return { kind: 'refused', why, record: (await requests.read(id)) ?? record };
      }
      const steps = stepsBack(record, holdingIds, newId);
      const begun = await requests.change(id, (stored, now) => {
        if (stored === undefined) return refuse('stale-card' as const);
        const given = giveBack(stored, now, { person, isCurrent }, steps.slice(0, STEPS_PER_CHANGE));
        return 'request' in given ? shownWherePressed(given, stored, click) : given;
      });
      if (begun.kind === 'refused')
        return { kind: 'refused', why: begun.why, record: (await requests.read(id)) ?? record };
      let last = begun.record;
      // The same yes, where it is more than one commit takes.
      for (let at = STEPS_PER_CHANGE; at < steps.length; at += STEPS_PER_CHANGE) {
        const some = steps.slice(at, at + STEPS_PER_CHANGE);
        const more = await requests.change(id, (stored, now) =>
          stored ? giveBack(stored, now, { person, isCurrent: () => true }, some) : refuse('stale-card' as const),
        );
        if (more.kind === 'changed') last = more.record;
      }
      return { kind: 'changed', record: last };
    },
  };

  return {
    givingBack: own,
    /** A newer request has taken over: the card of the older one says so now, and nobody is reminded by it. */
    async settle(id: RequestId): Promise<void> {
      await requests.change(id, (record, now) =>
        record && hasUndo(record) && undoOf(record).items.length > 0
          ? {
              request: { ...record.request, revision: record.request.revision + 1 },
              audit: [],
              outbox: stepCards(record.request),
              work: { undo: null },
            }
          : refuse(now),
      );
    },
  };
}
