import assert from 'node:assert/strict';
import { OneAtATime } from '../../../bot/one-at-a-time.ts';
import { createAuditAnswers, type AuditAnswers } from '../../../bot/turns/audit-answers.ts';
import type { ButtonAnswer } from '../../../bot/turns/button-answer.ts';
import { textsFor } from '../../../cards/texts/texts.ts';
import { createFoundEntriesScreen } from '../../../dialogs/found-entries-screen.ts';
import type { AuditEvent } from '../../../services/audit/audit-chain.ts';
import { createRecordSearch, type RecordSearch } from '../../../services/audit/record-search.ts';
import type { UserId } from '../../../services/ids.ts';
import { createNonces } from '../../../services/requests/nonces.ts';
import { summaryOf, type RequestSummary } from '../../../services/requests/overview/request-summary.ts';
import { requestIn } from '../../services/requests/request-in.ts';
import { chainOf, Recorded } from '../../services/audit/recorded.ts';
import { JONAS } from '../../dialogs/world.ts';
import { wordsOf } from '../../cards/walk.ts';

const idOf = (n: number): string => `7d0e5b92-3c4a-4f68-b1d7-${String(n).padStart(12, '0')}`;
const texts = textsFor('en');

describe('the record in the chat', () => {
  let recorded: Recorded;
  let known: readonly RequestSummary[];
  let isListed: boolean;
  let unread: number;
  let told: readonly AuditEvent[];
  let isRecording: boolean;
  let search: RecordSearch;
  let answers: AuditAnswers;

  const summaryFor = (n: number, companyName: string, domain: string): RequestSummary => {
    const request = requestIn('pending');
    const customer = { ...request.customer, id: idOf(n), companyName, domain };
    return summaryOf({ request: { ...request, id: chainOf(n).slice(8), customer }, steps: [], shown: () => undefined });
  };

  beforeEach(async () => {
    recorded = new Recorded();
    known = [];
    isListed = true;
    unread = 0;
    told = [];
    isRecording = true;
    const all = {
      look: () => Promise.resolve(),
      summaries: () => known,
      isListed: () => isListed,
      unread: () => unread,
    };
    const nobody = () => Promise.resolve(undefined);
    search = createRecordSearch({ store: recorded.store, all });
    answers = createAuditAnswers({
      roles: { isAuditor: () => true } as unknown as Parameters<typeof createAuditAnswers>[0]['roles'],
      removals: { find: nobody, ofCustomer: nobody },
      people: { find: nobody },
      all,
      search: (...asked) => search(...asked),
      oneAtATime: new OneAtATime(),
      screen: () => Promise.reject(new Error('there is no request')),
      foundScreen: createFoundEntriesScreen({
        removals: { find: nobody },
        people: { find: nobody },
        nonces: createNonces(new Uint8Array(32).fill(7), recorded.clock),
      }),
      log: {
        record: async (...events) => {
          if (isRecording) told = [...told, ...events];
          return isRecording;
        },
        close: () => Promise.resolve(),
      },
      refusals: { note: () => Promise.resolve() },
    });
    for (const n of [1, 2])
      await recorded.append(chainOf(n), {
        ...{ action: 'request.opened', actor: `person:${JONAS.id}`, target: idOf(n) },
        detail: { domain: `number-${n}.example` },
      });
  });

  const said = (answer: ButtonAnswer): string =>
    'sentence' in answer ? answer.sentence : [wordsOf(answer.shown.card)].flat().join('\n');
  const typed = async (words: string): Promise<string> => said(await answers.typed(words, JONAS, texts));

  it('is searched for the one customer whose name or domain that is', async () => {
    known = [summaryFor(1, 'Contoso', 'contoso.example'), summaryFor(2, 'Contoso Nord', 'nord.example')];

    const words = await typed('contoso');

    assert.match(words, /number-1\.example/);
    assert.doesNotMatch(words, /number-2\.example|Not all requests/);
    assert.deepEqual(
      told.map(({ action, detail }) => [action, detail]),
      [['audit.searched', { customer: idOf(1) }]],
    );
  });

  it('says that it does not know yet whom there is, while requests are still being read', async () => {
    isListed = false;
    assert.match(await typed('contoso'), /^Not all requests have been read/);

    isListed = true;
    unread = 1;
    assert.match(await typed('contoso'), /^Not all requests have been read/);

    known = [summaryFor(1, 'Contoso', 'contoso.example')];
    assert.match(await typed('conto'), /another customer may match(.|\n)*number-1\.example/);

    unread = 0;
    assert.doesNotMatch(await typed('conto'), /Not all requests/);
  });

  it('says how customers are searched whose requests are archived', async () => {
    assert.match(await typed('contoso'), /in the last 90 days.*tenant id/);
  });

  it('shows and tells nothing that could not be recorded', async () => {
    known = [summaryFor(1, 'Contoso', 'contoso.example'), summaryFor(2, 'Contoso Nord', 'nord.example')];
    isRecording = false;

    for (const words of ['contoso', 'cont', 'nobody', idOf(1), '2026-03-01'])
      assert.match(await typed(words), /^That you look at the record could not be recorded/);
  });

  it('records as well what was looked for by a name and led to no search', async () => {
    known = [summaryFor(1, 'Contoso', 'contoso.example'), summaryFor(2, 'Contoso Nord', 'nord.example')];

    assert.match(await typed('cont'), /2 customers match/);
    await typed('nobody 2026-03-01');

    assert.deepEqual(
      told.map(({ action, detail }) => [action, detail]),
      [
        ['audit.searched', { named: 'cont' }],
        ['audit.searched', { from: '2026-03-01T00:00:00.000Z', before: '2026-03-02T00:00:00.000Z', named: 'nobody' }],
      ],
    );
  });

  it('finds whatever names an id that nobody knows, and says that there is nothing of it', async () => {
    const somebody: UserId = idOf(8);
    const refused: AuditEvent = { action: 'refused', actor: `person:${somebody}`, target: idOf(9) };
    await recorded.append('audit:2026-03-01.b', refused);

    for (const n of [8, 9]) assert.match(await typed(idOf(n)), new RegExp(`${idOf(n)}(.|\\n)*Refused`));
    assert.match(await typed(idOf(7)), new RegExp(`${idOf(7)}(.|\\n)*Nothing was found\\.`));
  });

  it('is searched one at a time by each', async () => {
    const real = search;
    const reading = Promise.withResolvers<undefined>();
    search = async (...asked) => {
      await reading.promise;
      return real(...asked);
    };

    const first = typed('2026-03-01');
    const second = await typed('2026-03-01');
    reading.resolve(undefined);

    assert.match(second, /still running/);
    assert.match(await first, /What the record says/);
    assert.match(await typed('2026-03-01'), /What the record says/);
  });
});
