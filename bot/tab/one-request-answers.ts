import { z } from 'zod';
import type { Paper } from '../../cards/receipt-paper.ts';
import { plainStateText } from '../../cards/requests-card.ts';
import type { Refusals } from '../../services/audit/refusals.ts';
import { namesOfThings } from '../../dialogs/names-of-things.ts';
import type { RequestScreen } from '../../dialogs/request-screen.ts';
import type { AuditLog } from '../../services/audit/audit-log.ts';
import type { AuditReader } from '../../services/audit/audit-reader.ts';
import type { Clock } from '../../services/clock.ts';
import type { People } from '../../services/people/people.ts';
import type { Roles } from '../../services/people/roles.ts';
import { requestPartition } from '../../services/requests/change.ts';
import { summaryOf } from '../../services/requests/overview/request-summary.ts';
import { mayLookAt } from '../../services/requests/overview/who-may-look.ts';
import type { RequestRecord } from '../../services/requests/request.ts';
import type { RequestStore } from '../../services/requests/request-store.ts';
import type { Page } from '../channel/page.ts';
import type { FreshRoles } from '../turns/fresh-roles.ts';
import { TabRefusal, type Asker } from './asker.ts';
import { entryViews } from './entry-views.ts';
import type { OneAtATime } from '../one-at-a-time.ts';
import { beginOne } from './begin-one.ts';
import { recordFirst } from './record-first.ts';
import { customerView, toneOf, waitView } from './request-views.ts';

export interface OneRequestAnswersParts {
  readonly requests: Pick<RequestStore, 'read'>;
  readonly roles: Roles;
  readonly freshRoles: FreshRoles;
  readonly people: Pick<People, 'find'>;
  readonly readChain: AuditReader;
  readonly log: Pick<AuditLog, 'record'>;
  readonly refusals: Pick<Refusals, 'note'>;
  readonly screen: Pick<RequestScreen, 'paper'>;
  readonly clock: Clock;
  /** Printing takes a while. */
  readonly oneAtATime: OneAtATime;
}

const WantedOne = z.object({ id: z.guid().toLowerCase() });

/** Tries at what others have a part in only. */
const TRIED = { what: 'tab', why: 'not-asked' } as const;

/** What the page is told of one request, where whoever asks has a part in it or audits. */
export function createOneRequestAnswers(parts: OneRequestAnswersParts) {
  const { requests, roles, people, log, refusals } = parts;

  const look = async (asker: Asker, id: string): Promise<RequestRecord> => {
    const record = await requests.read(id);
    if (record === undefined) throw new TabRefusal(404, 'not-found');
    await parts.freshRoles(asker.id, id);
    if (mayLookAt(record, asker.id, roles)) return record;
    await refusals.note(asker.id, { ...TRIED, target: id });
    // The same as if there were none: nobody finds out which numbers there are.
    throw new TabRefusal(404, 'not-found');
  };

  /** Who audits is shown what is not theirs. */
  const showing = async (asker: Asker, id: string): Promise<void> => {
    if (asker.isAuditor) await recordFirst(log, asker, { action: 'audit.shown', target: id });
  };

  const paperFor = async (record: RequestRecord, { id, texts }: Asker): Promise<Paper | undefined> => {
    const person = (await people.find(id)) ?? { id, name: id, teamsId: '', locale: texts.language };
    return parts.screen.paper(record, person, texts);
  };

  return {
    /** One of them, from the first click to the receipt. */
    async one(asker: Asker, query: unknown) {
      const { id } = WantedOne.parse(query);
      const record = await look(asker, id);
      const { texts, isAuditor } = asker;
      const { request } = record;
      const { entries, verdict } = await parts.readChain(requestPartition(id));
      await showing(asker, id);
      // What somebody has tried who may not is for auditors.
      const shown = isAuditor ? entries : entries.filter(({ action }) => action !== 'refused');
      const { wait } = summaryOf(record);
      const { requester, approvers, form, kind, state } = request;
      const facts: readonly (readonly [string, string | undefined])[] = [
        [texts.say('request.asked-by'), requester.name],
        [texts.say('tab.approvers'), texts.list(approvers.map(({ name }) => name))],
        [texts.say('request.reason'), form?.reason],
        [texts.say('request.number'), id],
      ];
      const things = namesOfThings(record);
      return {
        id,
        customer: customerView(request.customer),
        state: plainStateText({ kind, state }, texts),
        tone: toneOf(state),
        since: request.stateSince,
        facts: facts.filter(([, value]) => value !== undefined && value !== ''),
        ...(wait && { wait: waitView(wait, texts) }),
        entries: await entryViews(shown, texts, people, () => things),
        ...(isAuditor && { verdict: verdictView(verdict, texts) }),
        hasReceipt: (await paperFor(record, asker)) !== undefined,
      };
    },

    /** The receipt, as it is printed for whoever has it in their chat. */
    async receipt(asker: Asker, query: unknown): Promise<Page> {
      const { id } = WantedOne.parse(query);
      const paper = await paperFor(await look(asker, id), asker);
      if (paper === undefined) throw new TabRefusal(404, 'not-found');
      const done = beginOne(parts.oneAtATime, asker);
      try {
        await showing(asker, id);
        const { printPdf } = await import('../receipts/print-pdf.ts');
        return {
          status: 200,
          headers: {
            'Content-Type': 'application/pdf',
            'Content-Disposition': `attachment; filename="receipt-${id}.pdf"`,
          },
          body: await printPdf(paper, parts.clock()),
        };
      } finally {
        done();
      }
    },
  };
}

type Verdict = Awaited<ReturnType<AuditReader>>['verdict'];

const verdictView = (verdict: Verdict, texts: Asker['texts']) =>
  verdict.kind === 'intact'
    ? { isWhole: true, text: texts.say('audit.whole', { count: verdict.entries }), head: verdict.head }
    : {
        isWhole: false,
        text: `${texts.say('audit.broken', { at: verdict.at })} ${texts.say(`audit.broken-${verdict.why}`)}`,
      };
