import type { Language } from '../../cards/texts/texts.ts';
import type { Forms, Pages } from '../channel/page.ts';
import { createAskerOf, type AskerParts } from './asker.ts';
import { createBlockersAnswers, type BlockersAnswersParts } from './blockers-answer.ts';
import { createOneRequestAnswers, type OneRequestAnswersParts } from './one-request-answers.ts';
import { createOwnRequests, type OwnRequestsParts } from './own-requests.ts';
import { createRecordAnswers, type RecordAnswersParts } from './record-answers.ts';
import { createRequestsAnswers, type RequestsAnswersParts } from './requests-answers.ts';
import { createTabApi } from './tab-api.ts';
import { createTabFiles } from './tab-files.ts';

export interface TabParts
  extends
    AskerParts,
    Omit<RequestsAnswersParts, 'own' | 'store'>,
    OneRequestAnswersParts,
    RecordAnswersParts,
    Omit<OwnRequestsParts, 'requests'>,
    BlockersAnswersParts {
  readonly publicUrl: string;
  readonly fallbackLanguage: Language;
}

/** The personal tab in Teams: its page, and what that asks. */
export function createTab(parts: TabParts): { readonly pages: Pages; readonly forms: Forms } {
  const requests = createRequestsAnswers({ ...parts, own: createOwnRequests(parts) });
  const request = createOneRequestAnswers(parts);
  const blockers = createBlockersAnswers(parts);
  const record = createRecordAnswers(parts);
  const api = createTabApi({
    askerOf: createAskerOf(parts),
    answers: {
      me: async ({ isAuditor }) => ({ isAuditor }),
      requests: (asker, query) => requests.list(asker, query),
      'requests/archived': (asker, query) => requests.archived(asker, query),
      request: (asker, query) => request.one(asker, query),
      waiting: (asker) => requests.waiting(asker),
      blockers: (asker) => blockers.counts(asker),
      'blockers/customers': (asker, query) => blockers.customers(asker, query),
      audit: (asker, query) => record.search(asker, query),
      'audit/kinds': (asker) => record.kinds(asker),
    },
    files: { receipt: (asker, query) => request.receipt(asker, query) },
    forms: { 'audit/export': (asker, body) => record.export(asker, body) },
  });
  return { pages: { ...createTabFiles(parts), ...api.pages }, forms: api.forms };
}
