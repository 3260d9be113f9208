import assert from 'node:assert/strict';
import type { Asker } from '../../../bot/tab/asker.ts';
import { OneAtATime } from '../../../bot/one-at-a-time.ts';
import { createOwnRequests } from '../../../bot/tab/own-requests.ts';
import { createOneRequestAnswers, type OneRequestAnswersParts } from '../../../bot/tab/one-request-answers.ts';
import { createRequestsAnswers, type RequestsAnswersParts } from '../../../bot/tab/requests-answers.ts';
import { receiptPaper } from '../../../cards/receipt-paper.ts';
import { textsFor } from '../../../cards/texts/texts.ts';
import type { AuditEvent } from '../../../services/audit/audit-chain.ts';
import { MINUTE_MS } from '../../../services/clock.ts';
import { createRoles } from '../../../services/people/roles.ts';
import { UNDO_POLICY } from '../../../services/requests/giving-back/undo-clock.ts';
import { createAllRequests } from '../../../services/requests/overview/all-requests.ts';
import { createRequestStore } from '../../../services/requests/request-store.ts';
import { createMemoryStore } from '../../../services/storage/memory-store.ts';
import { NOW, requestIn } from '../../services/requests/request-in.ts';
import { everyRequest, recordOf } from '../../cards/request-records.ts';
import { FOREIGN } from '../../cards/foreign-texts.ts';
import { auditKeyOf } from '../../../services/audit/audit-chain.ts';
import { createAuditReader } from '../../../services/audit/audit-reader.ts';

const ID = '00000000-0000-4000-8000-000000000001';
const texts = textsFor('en-US');
const auditor: Asker = { id: 'eve', texts, isAuditor: true };
const requester: Asker = { id: 'ada', texts, isAuditor: false };
const auditKey = auditKeyOf(new Uint8Array(32).fill(5));
const done = recordOf(everyRequest(FOREIGN['everyday']!)['done']!);

describe('what an auditor is shown of a request', () => {
  let told: AuditEvent[];
  let isRecording: boolean;
  let isListable: boolean;
  let lists: ReturnType<typeof createRequestsAnswers>;
  let answers: ReturnType<typeof createOneRequestAnswers>;

  beforeEach(async () => {
    [told, isRecording, isListable] = [[], true, true];
    const store = createMemoryStore({ boot: 'boot-1' });
    const clock = (): Date => NOW;
    const requests = createRequestStore({
      ...{ store, clock, auditKey, boot: 'boot-1', leaseMs: MINUTE_MS, undo: UNDO_POLICY },
      wake: { due: () => undefined, claimed: () => undefined },
    });
    await requests.change(ID, () => ({ request: { ...requestIn('done'), id: ID }, audit: [] }));
    const listed = {
      isShared: false,
      partitions: (kind: string) => {
        if (!isListable) throw new Error('no answer');
        return store.partitions(kind);
      },
    };
    const noted = { notedOf: () => Promise.resolve([]) };
    const parts: RequestsAnswersParts & OneRequestAnswersParts = {
      ...{ store, requests, clock },
      roles: createRoles({ requesters: ['ada'], approvers: ['bo'], auditors: ['eve'], samePerson: [] }),
      all: createAllRequests({ store: listed, requests, clock }),
      own: createOwnRequests({ requests, personRequests: noted, askedOf: noted }),
      removals: { waitingFor: () => Promise.resolve([]) },
      freshRoles: () => Promise.resolve(),
      people: { find: () => Promise.resolve(undefined) },
      readChain: createAuditReader({ store, auditKey }),
      log: {
        record: async (...events) => {
          if (isRecording) told.push(...events);
          return isRecording;
        },
      },
      refusals: { note: () => Promise.resolve() },
      screen: { paper: () => receiptPaper({ record: done, openPoints: [], isSandbox: false }, texts) },
      oneAtATime: new OneAtATime(),
    };
    lists = createRequestsAnswers(parts);
    answers = createOneRequestAnswers(parts);
  });

  const shown = { action: 'audit.shown', actor: 'person:eve', target: ID } as const;

  it('is recorded, its receipt too', async () => {
    assert.equal((await answers.one(auditor, { id: ID })).id, ID);
    assert.equal((await answers.receipt(auditor, { id: ID })).status, 200);

    assert.deepEqual(told, [shown, shown]);
  });

  it('is nothing where that cannot be recorded', async () => {
    isRecording = false;

    await assert.rejects(answers.one(auditor, { id: ID }), { status: 503, code: 'unavailable' });
    await assert.rejects(answers.receipt(auditor, { id: ID }), { status: 503, code: 'unavailable' });
  });

  it('is nobody else’s concern: who has a part in it is shown it all the same', async () => {
    isRecording = false;

    assert.equal((await answers.one(requester, { id: ID })).id, ID);
    assert.equal((await answers.receipt(requester, { id: ID })).status, 200);
  });

  it('is no empty list where nobody knows which requests there are', async () => {
    isListable = false;
    await assert.rejects(lists.list(auditor, {}), { status: 503, code: 'not-listed' });
    await assert.rejects(lists.waiting(auditor), { status: 503, code: 'not-listed' });
    assert.deepEqual((await lists.list(requester, {})).rows, [], 'their own are known by other means');

    isListable = true;
    assert.equal((await lists.list(auditor, { show: 'ended' })).rows.length, 1);
  });
});
