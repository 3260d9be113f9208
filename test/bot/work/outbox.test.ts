import assert from 'node:assert/strict';
import { createOutbox } from '../../../bot/work/outbox.ts';
import type { Messenger } from '../../../bot/channel/messenger.ts';
import { createTeamsMessenger } from '../../../bot/channel/teams-messenger.ts';
import type { AdaptiveCard } from '../../../cards/adaptive-card.ts';
import { createAskedOf } from '../../../services/requests/person-requests.ts';
import { createRequestScreen } from '../../../dialogs/request-screen.ts';
import type { ReadinessScreen } from '../../../dialogs/readiness-screen.ts';
import { auditKeyOf } from '../../../services/audit/audit-chain.ts';
import { instant, later } from '../../../services/clock.ts';
import { createPeople, type People } from '../../../services/people/people.ts';
import { createRoles } from '../../../services/people/roles.ts';
import { createNonces } from '../../../services/requests/nonces.ts';
import type { RemovalRequest } from '../../../services/requests/request.ts';
import type { Headline, OutboxItem } from '../../../services/requests/card-slots.ts';
import { createRequestStore, type RequestStore } from '../../../services/requests/request-store.ts';
import { LostLeaseError, type Claim } from '../../../services/storage/claim.ts';
import type { UndoStanding } from '../../../services/requests/giving-back/give-back.ts';
import { UNDO_POLICY } from '../../../services/requests/giving-back/undo-clock.ts';
import { undoOf } from '../../../services/requests/giving-back/giving-back.ts';
import { stepOf } from '../../cards/readiness-views.ts';
import { createMemoryStore } from '../../../services/storage/memory-store.ts';
import type { Store } from '../../../services/storage/store.ts';
import { MANAGER_OBJECT_ID, REQUESTER_OBJECT_ID, type ShownMessage } from '../../../sandbox/chat/chat.ts';
import { readMessage } from '../../support/journey.ts';
import { callConnector, type Json } from '../../sandbox/chat/bot-double.ts';
import { localBot, startChattingBot, type ChattingBot } from '../channel/chatting-bot.ts';
import { quietLog } from '../quiet-log.ts';

const BOOT = 'boot-1';
const PARTITION = 'request:r-1';
const SECRET = Buffer.alloc(32, 1);
const REQUESTER = { id: REQUESTER_OBJECT_ID, name: 'Jonas Weber' };
const MANAGER = { id: MANAGER_OBJECT_ID, name: 'Elena Marsh' };

describe('cards that wait to be shown', () => {
  let bot: ChattingBot;
  let store: Store;
  let requests: RequestStore;
  let people: People;
  let outbox: (claim: Claim) => Promise<void>;
  let now: Date;
  /** What the cards of requests that came to nothing show. */
  let undoShown: UndoStanding | undefined;
  /** Whether the card of its batch shows the request. */
  let isOnBatch: boolean;
  /** Runs once, while a message is on its way. */
  let meanwhile: (() => Promise<void>) | undefined;

  beforeEach(async () => {
    bot = await startChattingBot({ timeoutMs: 200 });
    store = createMemoryStore({ boot: BOOT });
    people = createPeople(store);
    now = new Date('2026-03-01T09:00:00.000Z');
    meanwhile = undefined;
    isOnBatch = true;
    undoShown = undefined;
    for (const key of ['requester', 'manager']) await people.learn(await bot.person(key));
    const clock = (): Date => now;
    const wake = { due: () => undefined, claimed: () => undefined };
    requests = createRequestStore({
      store,
      clock,
      auditKey: auditKeyOf(SECRET),
      boot: BOOT,
      leaseMs: 60_000,
      wake,
      undo: UNDO_POLICY,
    });
    const roles = createRoles({
      requesters: [REQUESTER_OBJECT_ID],
      approvers: [MANAGER_OBJECT_ID],
      auditors: [],
      samePerson: [],
    });
    outbox = createOutbox({
      store,
      people,
      asked: createAskedOf(store),
      messenger: interrupted(
        createTeamsMessenger({ adapter: bot.adapter, serviceHosts: localBot.channelServiceHosts }),
      ),
      requestScreen: createRequestScreen({
        roles,
        nonces: createNonces(SECRET, clock),
        removals: { approversFor: () => Promise.resolve([]), undoOf: () => Promise.resolve(undoShown) },
        isSandbox: false,
      }),
      readinessScreen: {
        show: () => Promise.resolve({ card: progressCard, summary: 'Progress' }),
      } as unknown as ReadinessScreen,
      clock,
      fallbackLanguage: 'en',
      log: quietLog().log,
      onAsking: () => Promise.resolve(),
      batches: { requestChanged: () => Promise.resolve(isOnBatch) },
    });
  });
  afterEach(async () => {
    await bot.close();
  });

  const interrupted = (messenger: Messenger): Messenger => {
    const interrupt = async (): Promise<void> => {
      const work = meanwhile;
      meanwhile = undefined;
      await work?.();
    };
    return {
      send: async (to, message) => {
        await interrupt();
        return messenger.send(to, message);
      },
      edit: async (to, messageId, message) => {
        await interrupt();
        await messenger.edit(to, messageId, message);
      },
      delete: (to, messageId) => messenger.delete(to, messageId),
    };
  };
  /** A change of the request, and what is to be shown of it. */
  const change = async (state: RemovalRequest['state'], ...items: readonly OutboxItem[]): Promise<void> => {
    const changed = await requests.change('r-1', (record) => ({
      request: { ...requestIn(state), revision: (record?.request.revision ?? 0) + 1 },
      audit: [],
      outbox: items,
    }));
    assert.equal(changed.kind, 'changed');
  };
  const toRequester = (mode: OutboxItem['mode'], headline?: Headline): OutboxItem => ({
    recipient: REQUESTER_OBJECT_ID,
    slot: 'request',
    mode,
    ...(headline && { headline }),
  });
  const claimDue = async (): Promise<readonly Claim[]> => {
    const claims: Claim[] = [];
    for (const { partition, key } of await store.due(now, 100)) {
      const { version, rows } = await store.read(partition);
      const row = rows.get(key)!;
      const lease = { owner: BOOT, until: later(now, 60_000), fence: (row.lease?.fence ?? 0) + 1 };
      await store.commit(partition, version, [{ key, row: { ...row, lease } }]);
      claims.push({ partition, key, lease });
    }
    return claims;
  };
  /** @returns how many were tried. */
  const sendDue = async (): Promise<number> => {
    const claims = await claimDue();
    for (const claim of claims) await outbox(claim);
    return claims.length;
  };
  const pass = (ms: number): void => {
    now = new Date(now.getTime() + ms);
  };
  const setFaults = (...rules: readonly Json[]): Promise<unknown> =>
    callConnector(bot.chat.url, 'POST', '/_faults', { rules });
  const shown = (key = 'requester'): readonly ShownMessage[] => bot.chat.messages(key);
  const waiting = async (): Promise<number> =>
    [...(await store.read(PARTITION)).rows.keys()].filter((key) => key.startsWith('outbox:')).length;

  it('are a new message at first, and edits of it from then on', async () => {
    await change('pending', toRequester('edit'));
    await sendDue();
    pass(3_000);
    await change('withdrawn', toRequester('edit'));
    await sendDue();

    assert.deepEqual(
      shown().map(({ edits }) => edits),
      [1],
    );
    assert.match(readMessage(shown()[0]!), /Withdrawn\. Nothing was removed/);
    assert.equal(await waiting(), 0);
  });

  it('come anew where somebody waits for them, and the card before says that it goes on further down', async () => {
    await change('pending', toRequester('edit'));
    await sendDue();
    await change('declined', toRequester('new', 'declined'));
    await sendDue();

    const [stub, card, ...more] = shown();
    assert.deepEqual(more, []);
    assert.match(readMessage(stub!), /Continued further down/);
    assert.ok(!JSON.stringify(stub!.card).includes('Action.Execute'));
    assert.match(readMessage(card!), /Declined\. Nothing was removed/);
    assert.equal(card!.summary, 'Declined: contoso.example');
  });

  it('go on where a button of another card was pressed, and the card before says so', async () => {
    await change('pending', toRequester('edit'));
    await sendDue();
    await change('declined', toRequester('new', 'declined'));
    await sendDue();
    const [first, second] = shown();
    pass(3_000);

    await requests.change('r-1', () => ({
      request: { ...requestIn('withdrawn'), revision: 7 },
      audit: [],
      outbox: [toRequester('edit')],
      shown: [{ recipient: REQUESTER_OBJECT_ID, slot: 'request', messageId: first!.id }],
    }));
    await sendDue();

    assert.match(readMessage(shown()[0]!), /Withdrawn\. Nothing was removed/);
    assert.match(readMessage(shown()[1]!), /Continues on another card in this chat/);
    assert.equal(shown()[1]!.id, second!.id);
    assert.ok(!JSON.stringify(shown()[1]!.card).includes('Action.Execute'));
    pass(3_000);
    await change('done', toRequester('edit'));
    await sendDue();
    assert.deepEqual([shown()[0]!.edits, shown()[1]!.edits], [3, 1]);
  });

  for (const isShown of [true, false])
    it(`are ${isShown ? 'left to' : 'sent without'} the list of several that ${isShown ? 'shows' : 'does not show'} the request`, async () => {
      isOnBatch = isShown;
      const request = { ...requestIn('pending'), batch: { id: 'b-1', form: 0 } };
      await requests.change('r-1', () => ({ request, audit: [], outbox: [toRequester('new')] }));

      await sendDue();

      assert.equal(shown().length, isShown ? 0 : 1);
    });

  it('go to each recipient in a message of their own', async () => {
    await change('pending', toRequester('edit'), {
      recipient: MANAGER_OBJECT_ID,
      slot: 'approval',
      mode: 'new',
      headline: 'approval-wanted',
    });
    await sendDue();

    assert.match(readMessage(shown('manager')[0]!), /End this reseller relationship\?/);
    assert.match(readMessage(shown('requester')[0]!), /Waiting for Elena Marsh/);
    assert.deepEqual([shown('manager').length, shown('requester').length], [1, 1]);
  });

  it('speak the language of whoever gets them', async () => {
    await people.learn({ ...(await people.find(REQUESTER_OBJECT_ID))!, locale: 'ru-RU' });

    await change('declined', toRequester('new', 'declined'));
    await sendDue();

    assert.equal((shown()[0]!.card as { lang?: string }).lang, 'ru');
    assert.match(shown()[0]!.summary ?? '', /[а-я]/);
  });

  it('are one edit, of the newest, however much has changed while they waited', async () => {
    await change('pending', toRequester('edit'));
    await sendDue();
    pass(3_000);
    for (const state of ['approved', 'executing', 'verifying'] as const) await change(state, toRequester('edit'));

    await sendDue();

    assert.equal(shown()[0]!.edits, 1);
    assert.match(readMessage(shown()[0]!), /I look until the customer is really gone/);
  });

  it('edit a message no more often than every 3 s, and the last picture is not lost', async () => {
    await change('pending', toRequester('edit'));
    await sendDue();
    await change('approved', toRequester('edit'));
    await sendDue();
    const early = shown()[0]!.edits;

    pass(2_999);
    await sendDue();
    const nearly = shown()[0]!.edits;
    pass(1);
    await sendDue();

    assert.deepEqual([early, nearly, shown()[0]!.edits], [0, 0, 1]);
    assert.equal(await waiting(), 0);
  });

  const troubles: [name: string, rule: Json, waitMs: number][] = [
    ['too much was sent', { status: 429, retryAfterSeconds: 7 }, 7_000],
    ['too much was sent, and nobody says for how long', { status: 429 }, 1_000],
    ['the service is in trouble', { status: 503 }, 1_000],
    ['the line is cut', { kind: 'reset' }, 1_000],
    ['nothing answers', { kind: 'hang' }, 1_000],
    ['the token is not taken', { status: 401 }, 1_000],
  ];
  for (const [name, rule, waitMs] of troubles) {
    it(`F28: are tried again later when ${name}, and not before`, async () => {
      await setFaults({ ...rule, times: 1 });
      await change('pending', toRequester('new', 'approved'));
      await sendDue();
      const [there, kept] = [shown().length, await waiting()];

      pass(waitMs - 1);
      const early = await sendDue();
      pass(1);
      await sendDue();

      assert.deepEqual([there, kept, early], [0, 1, 0]);
      assert.equal(shown().length, 1);
      assert.equal(await waiting(), 0);
    });
  }

  it('are tried less and less often while the trouble lasts', async () => {
    await setFaults({ status: 503 });
    await change('pending', toRequester('new', 'approved'));

    const tries: number[] = [];
    for (let second = 0; second < 60; second++) {
      if ((await sendDue()) > 0) tries.push(second);
      pass(1_000);
    }

    assert.deepEqual(tries, [0, 1, 3, 8, 23, 53]);
  });

  it('F28: wait for somebody who has removed the app, and are shown once it is added again', async () => {
    await bot.chat.uninstall('requester');
    await change('declined', toRequester('new', 'declined'));
    await sendDue();
    pass(60_000);
    await sendDue();
    const before = [shown().length, await waiting()];

    await people.learn(await bot.person('requester'));
    pass(60_000);
    await sendDue();

    assert.deepEqual(before, [0, 1]);
    assert.equal(shown().length, 1);
    assert.equal(await waiting(), 0);
  });

  it('wait for somebody who has never opened the bot', async () => {
    await change('pending', { recipient: '99999999-9999-4999-8999-999999999999', slot: 'approval', mode: 'new' });

    await sendDue();

    assert.equal(await waiting(), 1);
  });

  it('are given up after three days without anybody to show them to', async () => {
    await bot.chat.uninstall('requester');
    await change('declined', toRequester('new', 'declined'));
    await sendDue();

    pass(72 * 3_600_000 + 1);
    await sendDue();

    assert.equal(await waiting(), 0);
  });

  it('are sent anew where the message to be edited is gone', async () => {
    await change('pending', toRequester('edit'));
    await sendDue();
    const to = { ...(await people.find(REQUESTER_OBJECT_ID))! };
    await createTeamsMessenger({ adapter: bot.adapter, serviceHosts: localBot.channelServiceHosts }).delete(
      { ...to, address: to.address! },
      shown()[0]!.id,
    );
    pass(3_000);

    await change('withdrawn', toRequester('edit'));
    await sendDue();

    assert.equal(shown().length, 1);
    assert.match(readMessage(shown()[0]!), /Withdrawn/);
  });

  it('F28: are tried again where the whole conversation is gone', async () => {
    await setFaults({ status: 404 });
    await change('pending', toRequester('edit'));
    await sendDue();
    await setFaults();
    pass(60_000);

    await sendDue();

    assert.equal(shown().length, 1);
  });

  for (const status of [413, 400]) {
    it(`F28: are not sent again and again when Teams will never take them (${status}), and the next one is shown`, async () => {
      await setFaults({ status, times: 1 });
      await change('pending', toRequester('edit'));
      await sendDue();
      const kept = await waiting();

      await change('declined', toRequester('new', 'declined'));
      await sendDue();

      assert.equal(kept, 0);
      assert.equal(shown().length, 1);
    });
  }

  describe('where the card before cannot be settled', () => {
    const STUB = /Continued further down/;
    const kept = async (): Promise<Readonly<Record<string, unknown>>> =>
      (await store.read(PARTITION)).rows.get(`card:${REQUESTER_OBJECT_ID}:request`)!.value as Record<string, unknown>;
    beforeEach(async () => {
      await change('pending', toRequester('edit'));
      await sendDue();
    });

    it('F28: are shown anew, and it is tried again with longer and longer pauses until it says so', async () => {
      await setFaults({ method: 'PUT', status: 503, times: 3 });
      await change('declined', toRequester('new', 'declined'));
      await sendDue();
      const [first, second] = shown();
      const before = [readMessage(first!), await waiting(), (await kept())['left']];
      const tried: number[] = [];
      for (const seconds of [1, 2, 5]) {
        pass(seconds * 1_000 - 1);
        const tooSoon = await sendDue();
        pass(1);
        tried.push(tooSoon, await sendDue());
      }

      assert.equal(shown().length, 2);
      assert.doesNotMatch(String(before[0]), STUB);
      assert.deepEqual(before.slice(1), [1, [first!.id]]);
      assert.match(readMessage(shown()[0]!), STUB);
      assert.ok(!JSON.stringify(shown()[0]!.card).includes('Action.Execute'));
      assert.deepEqual([shown()[1]!.id, shown()[1]!.edits], [second!.id, second!.edits]);
      assert.deepEqual([await waiting(), (await kept())['left']], [0, undefined]);
      assert.deepEqual(tried, [0, 1, 0, 1, 0, 1]);
    });

    it('are settled after the process has ended in between', async () => {
      await change('declined', toRequester('new', 'declined'));
      const [claim] = await claimDue();
      const ended = new Error('the process ends');
      meanwhile = () => {
        meanwhile = () => Promise.reject(ended);
        return Promise.resolve();
      };
      await assert.rejects(outbox(claim!), ended);
      meanwhile = undefined;
      assert.doesNotMatch(readMessage(shown()[0]!), STUB);
      pass(60_000);

      await sendDue();

      assert.equal(shown().length, 2);
      assert.match(readMessage(shown()[0]!), STUB);
      assert.equal(await waiting(), 0);
    });

    it('are all settled where a newer card has come since', async () => {
      await setFaults({ method: 'PUT', status: 429 });
      await change('approved', toRequester('new', 'approved'));
      await sendDue();
      await change('done', toRequester('new', 'removed'));
      await sendDue();
      await setFaults();
      pass(60_000);

      await sendDue();

      const [first, second, third] = shown();
      for (const one of [first, second]) assert.match(readMessage(one!), STUB);
      assert.equal(third!.summary, 'Removed: contoso.example');
      assert.deepEqual([shown().length, await waiting()], [3, 0]);
    });

    it('are edited no more once Teams has not found that message a few times', async () => {
      await setFaults({ method: 'PUT', status: 404 });
      await change('declined', toRequester('new', 'declined'));
      await sendDue();
      const waits: number[] = [];
      for (let minutes = 0; minutes < 4; minutes++) {
        waits.push(await waiting());
        pass(60_000);
        await sendDue();
      }

      assert.deepEqual([waits, await waiting(), (await kept())['left']], [[1, 1, 1, 1], 0, undefined]);
    });

    for (const isInstalled of [true, false])
      it(`are given up after three days in which ${isInstalled ? 'Teams does not take it' : 'the app is not there'}`, async () => {
        await setFaults({ method: 'PUT', status: 503 });
        await change('declined', toRequester('new', 'declined'));
        await sendDue();
        if (!isInstalled) await bot.chat.uninstall('requester');
        pass(72 * 3_600_000);
        await sendDue();
        const lastTry = await waiting();
        pass(60_000);

        await sendDue();

        assert.deepEqual([lastTry, await waiting(), (await kept())['left']], [1, 0, undefined]);
      });

    it('show the card again on that message where somebody has pressed a button of it meanwhile', async () => {
      await change('declined', toRequester('new', 'declined'));
      const [first] = shown();
      meanwhile = () => {
        meanwhile = async () => {
          await requests.change('r-1', (record) => ({
            request: record!.request,
            audit: [],
            shown: [{ recipient: REQUESTER_OBJECT_ID, slot: 'request', messageId: first!.id }],
          }));
        };
        return Promise.resolve();
      };
      await sendDue();
      pass(3_000);
      await sendDue();
      await sendDue();

      assert.match(readMessage(shown()[0]!), /Declined\. Nothing was removed/);
      assert.match(readMessage(shown()[1]!), /Continues on another card in this chat/);
      assert.equal(await waiting(), 0);
    });

    it('are settled as soon as another message is known to show the card, where nothing else is new', async () => {
      const [first] = shown();
      const to = { ...(await people.find(REQUESTER_OBJECT_ID))! };
      const other = await createTeamsMessenger({
        adapter: bot.adapter,
        serviceHosts: localBot.channelServiceHosts,
      }).send({ ...to, address: to.address! }, { card: progressCard, summary: 'Looked up' });
      await requests.change('r-1', (record) => ({
        request: record!.request,
        audit: [],
        shown: [{ recipient: REQUESTER_OBJECT_ID, slot: 'request', messageId: other }],
      }));
      await sendDue();

      assert.equal(shown()[0]!.id, first!.id);
      assert.match(readMessage(shown()[0]!), /Continues on another card in this chat/);
      assert.equal(shown()[1]!.edits, 0);
      assert.equal(await waiting(), 0);
    });
  });

  describe('when something new comes while a message is on its way', () => {
    it('show an edit that comes meanwhile as an edit of the new message', async () => {
      meanwhile = () => change('executing', toRequester('edit'));
      await change('approved', toRequester('new', 'approved'));
      await sendDue();
      pass(3_000);
      await sendDue();

      assert.deepEqual(
        shown().map(({ edits }) => edits),
        [1],
      );
      assert.match(readMessage(shown()[0]!), /The removal is being carried out/);
      assert.equal(await waiting(), 0);
    });

    it('show what somebody waits for as a message of its own, also when an edit was on its way', async () => {
      await change('pending', toRequester('edit'));
      await sendDue();
      pass(3_000);
      meanwhile = () => change('done', toRequester('new', 'removed'));
      await change('verifying', toRequester('edit'));
      await sendDue();
      await sendDue();

      assert.equal(shown().length, 2);
      assert.equal(shown()[1]!.summary, 'Removed: contoso.example');
      assert.equal(await waiting(), 0);
    });

    it('show one thing that somebody waits for after another, each in a message of its own', async () => {
      meanwhile = () => change('done', toRequester('new', 'removed'));
      await change('approved', toRequester('new', 'approved'));
      await sendDue();
      await sendDue();

      assert.deepEqual(
        shown().map(({ summary }) => summary),
        ['Request for contoso.example', 'Removed: contoso.example'],
      );
      assert.equal(await waiting(), 0);
    });

    it('stay known by a message that shows them since, which gets the picture too', async () => {
      await change('pending', toRequester('edit'));
      await sendDue();
      const to = { ...(await people.find(REQUESTER_OBJECT_ID))! };
      const newer = await createTeamsMessenger({
        adapter: bot.adapter,
        serviceHosts: localBot.channelServiceHosts,
      }).send({ ...to, address: to.address! }, { card: progressCard, summary: 'Shown by a turn' });
      pass(3_000);
      meanwhile = async () => {
        await requests.change('r-1', (record) => ({
          request: { ...record!.request, revision: record!.request.revision + 1 },
          audit: [],
          shown: [{ recipient: REQUESTER_OBJECT_ID, slot: 'request', messageId: newer }],
        }));
      };
      await change('withdrawn', toRequester('edit'));

      await sendDue();
      const { rows } = await store.read(PARTITION);
      await sendDue();

      const [older] = shown();
      assert.deepEqual(rows.get(`card:${REQUESTER_OBJECT_ID}:request`)?.value, { messageId: newer, left: [older!.id] });
      assert.match(readMessage(older!), /Continues on another card in this chat/);
      assert.equal(shown()[1]!.edits, 1);
      assert.match(readMessage(shown()[1]!), /Withdrawn\. Nothing was removed/);
      assert.equal(await waiting(), 0);
    });

    it('keep it also when the message did not arrive', async () => {
      await setFaults({ status: 503, times: 1 });
      meanwhile = () => change('done', toRequester('new', 'removed'));
      await change('approved', toRequester('edit'));
      await sendDue();
      await sendDue();

      assert.deepEqual(
        shown().map(({ summary }) => summary),
        ['Removed: contoso.example'],
      );
    });

    it('store nothing once somebody else has claimed them', async () => {
      await change('approved', toRequester('edit'));
      const [claim] = await claimDue();
      meanwhile = async () => {
        const { version, rows } = await store.read(PARTITION);
        const row = rows.get(claim!.key)!;
        await store.commit(PARTITION, version, [
          { key: claim!.key, row: { ...row, lease: { owner: BOOT, until: later(now, 60_000), fence: 99 } } },
        ]);
      };

      await assert.rejects(outbox(claim!), LostLeaseError);

      assert.equal(await waiting(), 1);
    });
  });

  /** Something that was suspended for the request, which has come to nothing. */
  const leaves = async (state: RemovalRequest['state'], ...items: readonly OutboxItem[]): Promise<void> => {
    const step = stepOf({ name: 'Office 365 E3' }, 'done', { doneAt: instant(now) });
    const request = requestIn(state);
    undoShown = { ...undoOf({ request, steps: [step] }), isOvertaken: false };
    await requests.change('r-1', () => ({ request, audit: [], steps: [{ step }], outbox: items }));
  };

  it('have the list of what was left suspended where the readiness was, once the draft is dropped', async () => {
    const progress = { recipient: REQUESTER_OBJECT_ID, slot: 'clearing', mode: 'edit' } as const;
    await leaves('draft', progress);
    await sendDue();
    const before = readMessage(shown()[0]!);
    pass(3_000);
    await leaves('abandoned', progress);
    await sendDue();

    const [card, ...more] = shown();
    assert.deepEqual([before, more], ['', []]);
    assert.match(
      readMessage(card!),
      /This draft was dropped[\s\S]*Left suspended[\s\S]*Office 365 E3[\s\S]*Reactivate/,
    );
  });

  it('remind in a new message whose toast says how much is still suspended, and of whom', async () => {
    await leaves('declined', toRequester('new', 'still-suspended'));
    await sendDue();

    assert.match(
      shown()[0]!.summary ?? '',
      /^1 subscription of contoso\.example is still suspended; Microsoft deletes/,
    );
    assert.match(readMessage(shown()[0]!), /Reactivate/);
  });

  it('tell whoever is named for it what is still suspended, with nothing to press', async () => {
    const item = { recipient: MANAGER_OBJECT_ID, slot: 'undo', mode: 'new', headline: 'still-suspended' } as const;
    await leaves('declined', item);
    await sendDue();

    const [card] = shown('manager');
    assert.match(card!.summary ?? '', /is still suspended/);
    assert.match(readMessage(card!), /nobody has reactivated it[\s\S]*Office 365 E3/);
    assert.ok(!JSON.stringify(card!.card).includes('Action.Execute'));
  });

  it('are dropped without a word when the request they belong to is not there', async () => {
    await store.commit('request:none', (await store.read('request:none')).version, [
      { key: `outbox:${REQUESTER_OBJECT_ID}:request`, row: { value: {}, dueAt: instant(now) } },
    ]);

    await sendDue();

    assert.equal(shown().length, 0);
  });

  const requestIn = (state: RemovalRequest['state']): RemovalRequest => ({
    schema: 1,
    id: 'r-1',
    kind: 'removal',
    state,
    stateSince: instant(now),
    revision: 1,
    customer: { id: '63c5c5aa-668a-4508-ae06-36ed258265a4', companyName: 'Contoso', domain: 'contoso.example' },
    requester: REQUESTER,
    openedAt: instant(now),
    approvers: [MANAGER],
    approvalsRequired: 1,
    approvals: [],
    ...(state === 'declined' && {
      declined: { by: MANAGER, at: instant(now), reason: 'They have just signed again.' },
    }),
  });
});

const progressCard: AdaptiveCard = {
  type: 'AdaptiveCard',
  $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
  version: '1.5',
  lang: 'en',
  fallbackText: 'Progress',
  body: [],
};
