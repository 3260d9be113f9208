import assert from 'node:assert/strict';
import { createRequestsList } from '../../../bot/turns/requests-list.ts';
import { textsFor } from '../../../cards/texts/texts.ts';
import { createRoles } from '../../../services/people/roles.ts';
import type { RequestRecord } from '../../../services/requests/request.ts';
import { FOREIGN } from '../../cards/foreign-texts.ts';
import { APPROVER_ID, everyRequest, recordOf, REQUESTER_ID } from '../../cards/request-records.ts';
import { buttonTitled, wordsOf, type Node } from '../../cards/walk.ts';

const texts = textsFor('en');
const foreign = FOREIGN['everyday']!;
const numbered = (count: number, what: string): readonly RequestRecord[] =>
  Array.from({ length: count }, (_, n) => {
    const request = everyRequest(foreign)['pending']!;
    return recordOf({ ...request, customer: { ...request.customer, companyName: `${what} ${n}.` } });
  });

/** The lists of somebody who has asked for so many, and is asked for so many. */
function listsOf(id: string, own: readonly RequestRecord[], waiting: readonly RequestRecord[] = []) {
  const list = createRequestsList({
    removals: {
      ofPerson: async (_, limit) => own.slice(0, limit),
      waitingFor: async () => waiting,
    },
    roles: createRoles({ requesters: [REQUESTER_ID], approvers: [APPROVER_ID], auditors: [], samePerson: [] }),
    nonces: { ofRequest: () => 'nonce', ofCustomer: () => 'nonce', isOfRequest: () => true, isOfCustomer: () => true },
  });
  const person = { id, name: 'Ada', teamsId: '29:1', locale: 'en-US' };
  return async (wanted = {}) => (await list(person, texts, wanted)).card;
}

describe('the pages of somebody’s requests', () => {
  it('hold each of them once, and lead on as long as there are more', async () => {
    const list = listsOf(REQUESTER_ID, numbered(23, 'Asked'));
    const seen: string[] = [];
    let page: unknown = 0;
    while (page !== undefined) {
      const card = await list({ page });
      seen.push(...(wordsOf(card).match(/Asked \d+\./g) ?? []));
      page = (buttonTitled(card, 'More')?.['data'] as Node | undefined)?.['page'];
    }

    assert.deepEqual(
      seen,
      Array.from({ length: 23 }, (_, n) => `Asked ${n}.`),
    );
  });

  it('lead an approver through all that waits for them', async () => {
    const list = listsOf(APPROVER_ID, [], numbered(12, 'Waiting'));

    assert.equal(buttonTitled(await list(), 'Back'), undefined);
    assert.equal((buttonTitled(await list(), 'More')?.['data'] as Node)['page'], 1);
    const second = wordsOf(await list({ page: 1 }));
    assert.deepEqual(second.match(/Waiting \d+\./g), ['Waiting 10.', 'Waiting 11.']);
  });

  it('say so where an approver has none that ended', async () => {
    assert.match(
      wordsOf(await listsOf(APPROVER_ID, [])({ filter: 'ended' })),
      /Your requests that have ended\nThere is none\./,
    );
  });

  it('are none where words are looked for, or only the newest are wanted', async () => {
    const list = listsOf(REQUESTER_ID, numbered(23, 'Asked'));

    assert.equal(buttonTitled(await list({ words: 'asked' }), 'More'), undefined);
    assert.equal(buttonTitled(await list({ most: 3 }), 'More'), undefined);
  });
});
