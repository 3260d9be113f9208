import assert from 'node:assert/strict';
import { BotAdapter, TurnContext, type Activity } from 'botbuilder';
import { createCardInvoke, type CardAnswer } from '../../../bot/turns/card-invoke.ts';
import type { ButtonAnswer } from '../../../bot/turns/button-answer.ts';
import { DECIDING_VERBS } from '../../../cards/actions.ts';
import type { AdaptiveCard } from '../../../cards/adaptive-card.ts';
import { setFacts } from '../../../dialogs/turn-facts.ts';
import { activityFrom, post, startJourney, type Journey } from '../../support/journey.ts';
import {
  about,
  answered,
  APPROVAL_WANTED,
  approves,
  customerIdOf,
  dataOf,
  opens,
  REASON,
  REMOVED,
  seatOf,
  waits,
  type Seat,
} from '../../journeys/steps.ts';
import type { ShownMessage } from '../../../sandbox/chat/chat.ts';

const SLOW_ANSWERS: readonly [name: string, answer: () => Promise<ButtonAnswer>][] = [
  ['a card', () => Promise.resolve({ shown: { card: cardSaying('There it is.'), summary: 'There it is.' } })],
  ['a sentence', () => Promise.resolve({ sentence: 'It is somebody else’s.' })],
  ['a fault', () => Promise.reject(new TypeError('oops'))],
];

const OLD_CARD = 'This card is out of date. Nothing was changed. Write “requests” to see how everything stands.';

describe('a pressed button', () => {
  let journey: Journey;
  let requester: Seat;
  let manager: Seat;
  /** What takes longer than Teams waits has begun before everything else. */
  let slow: ReturnType<typeof pressSlowly>;

  before(async () => {
    journey = await startJourney();
    requester = seatOf(journey, 'requester');
    manager = seatOf(journey, 'manager');
    slow = pressSlowly();
  });
  after(() => journey.close());

  const invoke = async (key: string, value: unknown, given: Readonly<Record<string, unknown>> = {}): Promise<string> =>
    answered(
      await post(journey, activityFrom(journey, key, { type: 'invoke', name: 'adaptiveCard/action', value, ...given })),
    );

  const deep = (levels: number): unknown => (levels === 0 ? 'x' : { a: deep(levels - 1) });
  const garbage: [name: string, value: unknown][] = [
    ['no value at all', undefined],
    ['null', null],
    ['a text', 'x'],
    ['a number', 5],
    ['a list', []],
    ['an empty object', {}],
    ['an action that is null', { action: null }],
    ['an action that is a text', { action: 'approval.confirm-approve' }],
    ['an action without a verb', { action: { type: 'Action.Execute', data: {} } }],
    ['a verb that is an object', { action: { verb: { toString: 'request.show' }, data: {} } }],
    ['a verb that is a list', { action: { verb: ['request.show'], data: {} } }],
    ['a verb of 10 KB', { action: { verb: 'a'.repeat(10_240), data: {} } }],
    ['an unknown verb', { action: { verb: 'approval.approve-all', data: {} } }],
    ['a verb that every object has', { action: { verb: 'constructor', data: {} } }],
    ['a verb named like a prototype', { action: { verb: '__proto__', data: {} } }],
    ['data that is null', { action: { verb: 'request.show', data: null } }],
    ['data that is a text', { action: { verb: 'request.show', data: 'requestId' } }],
    ['data that is a list', { action: { verb: 'request.show', data: [] } }],
    ['a request id that is a path', { action: { verb: 'request.show', data: { requestId: '../../x', nonce: 'n' } } }],
    ['a request id of 4 KB', { action: { verb: 'request.show', data: { requestId: 'a'.repeat(4_096), nonce: 'n' } } }],
    [
      'a nonce of 10 KB',
      { action: { verb: 'readiness.show', data: { customerId: customerIdOf('contoso'), nonce: 'n'.repeat(10_240) } } },
    ],
    [
      'a nonce that is an object',
      { action: { verb: 'readiness.show', data: { customerId: customerIdOf('contoso'), nonce: {} } } },
    ],
    ['a page below nought', { action: { verb: 'customer.page', data: { page: -1 } } }],
    ['a page that is no number', { action: { verb: 'customer.page', data: { page: 'NaN' } } }],
    ['data forty levels deep', { action: { verb: 'request.show', data: deep(40) } }],
    ['a trigger that is an object', { action: { verb: 'customer.pick', data: {} }, trigger: {} }],
  ];
  for (const [name, value] of garbage) {
    it(`is answered with a sentence when it sends ${name}, and nothing is changed`, async () => {
      for (const key of ['requester', 'manager']) {
        assert.equal(await invoke(key, value), OLD_CARD);
      }

      assert.deepEqual(await journey.changes(), []);
    });
  }

  it('is answered also when it names no message', async () => {
    const told = await invoke('requester', { action: { verb: 'customer.pick', data: {} }, trigger: 'manual' });

    assert.match(told, /Which customer\?/);
  });

  it('of a request that does not exist is answered with a sentence', async () => {
    const data = { requestId: '77777777-7777-4777-8777-777777777777', nonce: 'n' };

    for (const verb of [
      'request.show',
      'request.withdraw',
      'request.confirm-withdraw',
      'request.continue',
      'approval.approve',
      'approval.confirm-approve',
      'approval.decline',
      'approval.confirm-decline',
    ])
      assert.match(await invoke('manager', { action: { verb, data } }), /I do not know this request/, verb);
  });

  describe('that nobody has pressed, since a client only looks at the card', () => {
    const name = 'fabrikambikes';
    let form: ShownMessage;
    let approval: ShownMessage;

    before(async () => {
      ({ sent: form, approval } = await waits(journey, name));
    });

    for (const verb of DECIDING_VERBS) {
      it(`decides nothing: ${verb}`, async () => {
        const key = verb.startsWith('approval.') ? 'manager' : 'requester';
        const shown = key === 'manager' ? approval : form;
        const ofRequest =
          key === 'manager' ? dataOf(approval, 'approval.approve') : dataOf(requester.now(form), 'request.withdraw');
        const data = {
          ...ofRequest,
          customerId: customerIdOf(name),
          holdingId: 'x',
          reason: REASON,
        };

        const told = await invoke(key, { action: { verb, data }, trigger: 'automatic' }, { replyToId: shown.id });

        assert.equal(told, OLD_CARD);
        assert.match(requester.reads(form), /Waiting for Elena Marsh/);
        assert.deepEqual(await journey.changes(), []);
      });
    }

    it('shows how the request stands now, on the asking device alone', async () => {
      const before = manager.now(approval).edits;

      const told = answered(await journey.chat.refresh('manager', approval.id, { device: 'phone' }));

      assert.match(told, APPROVAL_WANTED);
      assert.equal(manager.now(approval).edits, before);
    });

    it('leaves the buttons of the card that it looked at as good as before', async () => {
      await journey.chat.refresh('manager', approval.id);

      await approves(manager, name);

      await requester.sees(about(name), REMOVED);
    });
  }).timeout(20_000);

  describe('whose answer takes longer than Teams waits', () => {
    it('is answered at once, and the card follows by itself', async () => {
      const name = 'alpineskihouse';
      const ready = await opens(requester, name, /Nothing known stands in the way/);
      await journey.restart();
      await journey.control('_faults', { latencyMs: 5_000 });

      const told = await requester.presses(ready, 'Request removal');
      await requester.sees(about(name), /typed by hand/);

      assert.match(told, /takes longer than usual. The answer follows here by itself/);
      await journey.control('_faults', {});
    });
  }).timeout(30_000);

  describe('whose answer, whatever it is, takes longer than Teams waits', () => {
    let seen: Awaited<typeof slow>;

    before(async () => {
      seen = await slow;
    });

    for (const name of SLOW_ANSWERS.flatMap(([one]) => [one, `${one}, for no message`])) {
      it(`is said to be under way: ${name}`, () => {
        assert.match(JSON.stringify(seen.answers.get(name)), /takes longer than usual/);
      });
    }

    it('has the card put in the place of the pressed one', () => {
      assert.deepEqual(seen.edited, ['m-1: There it is.']);
    });

    it('has everything said that is no card, and the pressed one left as it is', () => {
      assert.deepEqual(seen.said.toSorted(), [
        'It is somebody else’s.',
        'It is somebody else’s.',
        'That did not work.\nCorrelation id 1',
        'That did not work.\nCorrelation id 1',
      ]);
    });
  });
}).timeout(20_000);

/** Presses buttons whose answers come once all of them have been said to be under way. */
async function pressSlowly() {
  const answers = new Map<string, CardAnswer>();
  const said: string[] = [];
  const edited: string[] = [];
  const late = Promise.withResolvers<undefined>();
  const press = (answer: () => Promise<ButtonAnswer>, replyToId?: string): Promise<CardAnswer> => {
    const invoke = createCardInvoke({
      buttons: () => late.promise.then(answer),
      laterCards: {
        show: (_, messageId, card) => {
          void card.then(({ summary }) => edited.push(`${messageId}: ${summary}`));
        },
        overtake: () => undefined,
      },
      sayLater: (_, text) => said.push(text),
      tellFault: () => ({ words: 'That did not work.', codes: ['Correlation id 1'] }),
    });
    return invoke(turnOf(replyToId));
  };
  const pressed = SLOW_ANSWERS.flatMap(([name, answer]) => [
    [name, press(answer, 'm-1')] as const,
    [`${name}, for no message`, press(answer)] as const,
  ]);
  for (const [name, answer] of pressed) answers.set(name, await answer);
  late.resolve(undefined);
  await new Promise((resolve) => setImmediate(resolve));
  return { answers, said, edited };
}

function turnOf(replyToId: string | undefined): TurnContext {
  const value = { action: { verb: 'customer.pick', data: {} }, trigger: 'manual' };
  const activity = { type: 'invoke', name: 'adaptiveCard/action', value, replyToId };
  const context = new TurnContext(new NoAdapter(), activity as unknown as Activity);
  setFacts(context, { person: { id: 'p', name: 'Ada', teamsId: '29:p', locale: 'en-US' } }, 'en');
  return context;
}

/** For a turn in which nothing is sent. */
class NoAdapter extends BotAdapter {
  override sendActivities = (): Promise<never> => Promise.reject(new Error('nothing is sent'));
  override updateActivity = (): Promise<never> => Promise.reject(new Error('nothing is edited'));
  override deleteActivity = (): Promise<never> => Promise.reject(new Error('nothing is deleted'));
  override continueConversation = (): Promise<never> => Promise.reject(new Error('nothing goes on'));
}

function cardSaying(text: string): AdaptiveCard {
  return {
    type: 'AdaptiveCard',
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    version: '1.5',
    lang: 'en',
    fallbackText: text,
    body: [],
  };
}
