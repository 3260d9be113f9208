import assert from 'node:assert/strict';
import { setImmediate as soon } from 'node:timers/promises';
import { BotAdapter, TurnContext } from 'botbuilder';
import { createCardInvoke, type CardAnswer } from '../../../bot/turns/card-invoke.ts';
import { createLaterCards } from '../../../bot/turns/later-cards.ts';
import { createRequestButtons, isRequestButton } from '../../../bot/turns/request-buttons.ts';
import { textsFor } from '../../../cards/texts/texts.ts';
import { createRequestScreen } from '../../../dialogs/request-screen.ts';
import { setFacts } from '../../../dialogs/turn-facts.ts';
import { shownBatchKey } from '../../../services/batches/batch-cards.ts';
import { batchPartition } from '../../../services/batches/batch-store.ts';
import { readCustomerList } from '../../../services/batches/customer-list.ts';
import { MINUTE_MS } from '../../../services/clock.ts';
import { createNonces } from '../../../services/requests/nonces.ts';
import { requestPartition, shownKey } from '../../../services/requests/change.ts';
import { on, personOf, type Workbench } from '../../services/requests/workbench.ts';
import { quietLog } from '../quiet-log.ts';

const texts = textsFor('en');
const PRESSED = 'm-pressed';
const NEWER = 'm-newer';
const LIST = 'm-list';
const SHOWS = {
  'request.show': /End this reseller relationship\?/,
  'approval.approve': /Approve the removal\?/,
} as const;

const noncesOf = ({ clock }: Workbench) => createNonces(new Uint8Array(32).fill(5), clock);

/** Presses a button of bo's, as Teams hands it over; `edited` runs while the edit of the pressed message is on its way. */
async function press(
  bench: Workbench,
  id: string,
  verb: keyof typeof SHOWS,
  cardId: string,
  edited?: () => Promise<void>,
): Promise<CardAnswer> {
  const { removals, batches, roles, clock } = bench;
  const nonces = noncesOf(bench);
  const buttons = createRequestButtons({
    ...{ removals, batches, roles, nonces, clock },
    screen: createRequestScreen({ roles, nonces, removals, isSandbox: false }),
    refusals: { note: () => Promise.resolve() },
    files: { offer: () => undefined, saidOf: () => undefined },
    sleep: () => new Promise(() => undefined),
  });
  const sent = Promise.withResolvers<undefined>();
  const { log, lines } = quietLog();
  const invoke = createCardInvoke({
    buttons: (_, button) =>
      isRequestButton(button) ? buttons(button, personOf('bo'), texts, cardId) : assert.fail('of no request'),
    laterCards: createLaterCards({
      messenger: {
        async edit(_to, messageId, message) {
          assert.equal(messageId, cardId);
          assert.ok(typeof message === 'function' && message() !== undefined);
          await (edited ?? assert.fail('the message stays as it is'))();
          sent.resolve(undefined);
        },
      },
      ...{ newId: () => 'reference', fallbackLanguage: 'en', log },
    }),
    sayLater: () => assert.fail('nothing is said later'),
    tellFault: (_, error) => assert.fail(String(error)),
  });
  const nonce = nonces.ofRequest('bo', await bench.request(id));
  const value = { action: { verb, data: { requestId: id, nonce } }, trigger: 'manual' };
  const activity = { type: 'invoke', name: 'adaptiveCard/action', value, replyToId: cardId };
  const context = new TurnContext(new NoAdapter(), activity);
  setFacts(context, { person: personOf('bo') }, 'en');
  const answer = await invoke(context);
  if (edited !== undefined) await sent.promise;
  for (let n = 0; n < 20; n++) await soon();
  assert.deepEqual(lines, []);
  return answer;
}

/** For a turn in which nothing is sent. */
class NoAdapter extends BotAdapter {
  override sendActivities = (): Promise<never> => Promise.reject(new Error('nothing is sent'));
  override updateActivity = (): Promise<never> => Promise.reject(new Error('nothing is edited'));
  override deleteActivity = (): Promise<never> => Promise.reject(new Error('nothing is deleted'));
  override continueConversation = (): Promise<never> => Promise.reject(new Error('nothing goes on'));
}

/** What is stored of bo's card. */
async function cardOf(bench: Workbench, id: string) {
  const { rows } = await bench.store.read(requestPartition(id));
  const waits = rows.get('outbox:bo:approval')?.value as { readonly isShown?: true } | undefined;
  return {
    card: rows.get(shownKey('bo', 'approval'))?.value,
    waits: waits && (waits.isShown ? 'to settle' : 'to show'),
  };
}

/** What another process has shown of the request: as it stands in the store, and nothing waits any more. */
async function shownElsewhere(bench: Workbench, id: string, messageId: string): Promise<void> {
  const { version } = await bench.store.read(requestPartition(id));
  await bench.store.commit(requestPartition(id), version, [
    { key: shownKey('bo', 'approval'), row: { value: { messageId } } },
    { key: 'outbox:bo:approval', remove: true },
  ]);
}

describe('a request’s card that is edited in after a button was pressed', () => {
  const asked = async (bench: Workbench): Promise<string> => {
    const id = await bench.send('fabrikambikes');
    await bench.until(id, 'pending');
    await shownElsewhere(bench, id, PRESSED);
    return id;
  };

  it(
    'is the card again where another process has moved it on while the edit waited: of two that ask only one stays',
    on({}, async (bench) => {
      const id = await asked(bench);

      await press(bench, id, 'approval.approve', PRESSED, () => shownElsewhere(bench, id, NEWER));

      assert.deepEqual(await cardOf(bench, id), { card: { messageId: PRESSED, left: [NEWER] }, waits: 'to settle' });
    }),
  );

  for (const [where, moved] of [
    ['there', PRESSED],
    ['elsewhere', NEWER],
  ] as const)
    it(
      `is drawn anew where the request has ended meanwhile, and that was shown ${where}`,
      on({}, async (bench) => {
        const id = await asked(bench);

        await press(bench, id, 'approval.approve', PRESSED, async () => {
          await bench.removals.withdraw(id, bench.click('ada'));
          await shownElsewhere(bench, id, moved);
        });

        const left = moved === PRESSED ? {} : { left: [NEWER] };
        assert.deepEqual(await cardOf(bench, id), { card: { messageId: PRESSED, ...left }, waits: 'to show' });
      }),
    );

  it(
    'is left alone where nothing has changed meanwhile',
    on({}, async (bench) => {
      const id = await asked(bench);

      await press(bench, id, 'approval.approve', PRESSED, () => Promise.resolve());

      assert.deepEqual(await cardOf(bench, id), { card: { messageId: PRESSED }, waits: undefined });
    }),
  );
});

describe('a button of a request on the list in which several wait', () => {
  it(
    'is answered to whoever pressed it, as the list has none: it stays the list, also where it is no longer the newest',
    on({}, async (bench) => {
      for (const one of ['ada', 'bo', 'cy']) await bench.people.learn(personOf(one));
      const list = readCustomerList('fabrikambikes.onmicrosoft.com\nalpineskihouse.onmicrosoft.com');
      const { batch } = await bench.batches.begin(personOf('ada'), list);
      await bench.settle(MINUTE_MS);
      const form = { reason: 'They move to another partner.', notice: true, nextProvider: true };
      await bench.batches.ask(batch.id, { person: personOf('ada'), isCurrent: () => true }, form, () => true);
      await bench.settle(MINUTE_MS);
      const [id = ''] = [...(await bench.batches.requestsOf((await bench.batches.find(batch.id))!)).keys()];
      await bench.until(id, 'pending');
      const key = shownBatchKey('bo', 'list');

      for (const value of [{ messageId: LIST }, { messageId: NEWER, left: [LIST] }]) {
        const { version } = await bench.store.read(batchPartition(batch.id));
        await bench.store.commit(batchPartition(batch.id), version, [{ key, row: { value } }]);
        for (const verb of ['request.show', 'approval.approve'] as const)
          assert.match(JSON.stringify((await press(bench, id, verb, LIST)).value), SHOWS[verb]);
      }

      assert.equal((await cardOf(bench, id)).card, undefined);
    }),
  );
});
