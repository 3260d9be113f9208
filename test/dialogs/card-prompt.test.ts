import assert from 'node:assert/strict';
import { ConversationState, MemoryStorage, type Activity, type TurnContext } from 'botbuilder';
import { DialogSet, DialogTurnStatus, type DialogState, type DialogTurnResult } from '../../dialogs/sdk-dialogs.ts';
import { readButton, type PressedButton } from '../../cards/actions.ts';
import { card } from '../../cards/elements.ts';
import { textsFor } from '../../cards/texts/texts.ts';
import { CardPrompt, type ShownPrompt } from '../../dialogs/card-prompt.ts';
import { answerOf, setFacts } from '../../dialogs/turn-facts.ts';
import { Wire } from './wire.ts';
import { JONAS } from './world.ts';

const CUSTOMER_ID = '1f6c2a4e-0b7d-4c19-8a35-5d2e9f7b4c10';
const button = (verb: string, data: object = {}): PressedButton => {
  const pressed = readButton(verb, { verb, ...data });
  assert.ok(pressed);
  return pressed;
};
const show = (nonce: string): PressedButton => button('readiness.show', { customerId: CUSTOMER_ID, nonce });
const SHOWN = { card: card(textsFor('en'), 'A card', []), summary: 'A card' };
const INVOKE = { type: 'invoke', name: 'adaptiveCard/action', replyToId: 'm9' };

/** What a turn has come to, typed where the SDK says `any`. */
type Ended = { readonly status: DialogTurnStatus; readonly result?: unknown; readonly isAnswered: boolean };

/** A chat in which nothing but one prompt waits. */
function chatWith(prompt: CardPrompt<unknown>, shown: ShownPrompt = { shown: SHOWN, nonce: 'n1' }) {
  const wire = new Wire();
  const storage = new MemoryStorage();
  const state = new ConversationState(storage);
  const dialogs = new DialogSet(state.createProperty<DialogState>('dialogs')).add(prompt);

  const turn = async (
    activity: Partial<Activity>,
    pressed: PressedButton | undefined,
    begins: boolean,
  ): Promise<Ended> => {
    let result: DialogTurnResult = { status: DialogTurnStatus.empty };
    let isAnswered = false;
    await wire.turn(
      { channelId: 'msteams', conversation: { id: 'chat' } as Activity['conversation'], ...activity },
      async (context: TurnContext) => {
        setFacts(context, { person: JONAS, ...(pressed && { pressed }) }, 'en');
        const dc = await dialogs.createContext(context);
        result = begins ? await dc.beginDialog(prompt.id, shown) : await dc.continueDialog();
        isAnswered = answerOf(context) !== undefined;
        await state.saveChanges(context);
      },
    );
    return { ...result, isAnswered };
  };
  return {
    wire,
    stored: async () => JSON.stringify(await storage.read(['msteams/conversations/chat/'])),
    begins: (activity: Partial<Activity> = { type: 'message', text: 'go' }) => turn(activity, undefined, true),
    executes: (pressed: PressedButton) => turn(INVOKE, pressed, false),
    submits: (pressed: PressedButton) => turn({ type: 'message', value: {} }, pressed, false),
    receives: (activity: Partial<Activity>) => turn(activity, undefined, false),
  };
}

describe('a prompt that shows a card', () => {
  const prompt = CardPrompt.ofButtons('prompt', ['readiness.show', 'customer.page']);

  it('shows it as a message of its own when somebody has typed', async () => {
    const ids: (string | undefined)[] = [];
    const chat = chatWith(prompt, { shown: SHOWN, onShown: (id) => ids.push(id) });

    const { status, isAnswered } = await chat.begins();

    assert.deepEqual([status, isAnswered], [DialogTurnStatus.waiting, false]);
    const [sent] = chat.wire.sent;
    assert.deepEqual([sent?.summary, sent?.attachments?.[0]?.content], ['A card', SHOWN.card]);
    assert.deepEqual(ids, [sent?.id]);
  });

  it('shows it in the place of the card whose button was pressed', async () => {
    const ids: (string | undefined)[] = [];
    const chat = chatWith(prompt, { shown: SHOWN, onShown: (id) => ids.push(id) });

    const { isAnswered } = await chat.begins(INVOKE);

    assert.equal(isAnswered, true);
    assert.deepEqual(chat.wire.sent, []);
    assert.deepEqual(ids, ['m9']);
  });

  for (const way of ['executes', 'submits'] as const) {
    it(`takes its button as an answer when somebody ${way} it`, async () => {
      const chat = chatWith(prompt);
      await chat.begins();

      const { status, result } = await chat[way](show('n1'));

      assert.deepEqual([status, result], [DialogTurnStatus.complete, show('n1')]);
    });

    it(`goes on waiting when somebody ${way} a button of another showing`, async () => {
      const chat = chatWith(prompt);
      await chat.begins();

      const { status, isAnswered } = await chat[way](show('n2'));

      assert.deepEqual([status, isAnswered], [DialogTurnStatus.waiting, false]);
      assert.equal((await chat[way](show('n1'))).status, DialogTurnStatus.complete);
    });

    it(`goes on waiting when somebody ${way} a button it does not expect`, async () => {
      const chat = chatWith(prompt);
      await chat.begins();

      assert.equal((await chat[way](button('customer.pick'))).status, DialogTurnStatus.waiting);
    });
  }

  it('takes a button that carries no nonce from any showing', async () => {
    const chat = chatWith(prompt);
    await chat.begins();

    assert.equal((await chat.executes(button('customer.page', { page: 3 }))).status, DialogTurnStatus.complete);
  });

  it('tells whoever types to use the card, and goes on waiting', async () => {
    const chat = chatWith(prompt);
    await chat.begins();

    const { status } = await chat.receives({ type: 'message', text: 'yes please' });

    assert.equal(status, DialogTurnStatus.waiting);
    assert.equal(chat.wire.sent.at(-1)?.text, 'Please use the buttons of the card above, or write help.');
  });

  it('says nothing to what is neither typed nor pressed', async () => {
    const chat = chatWith(prompt);
    await chat.begins();

    for (const activity of [
      { type: 'conversationUpdate' },
      { type: 'messageReaction' },
      INVOKE,
      { type: 'message', value: {} },
    ])
      assert.equal((await chat.receives(activity)).status, DialogTurnStatus.waiting);

    assert.equal(chat.wire.sent.length, 1);
  });

  it('keeps nothing but the nonce', async () => {
    const chat = chatWith(prompt, { shown: SHOWN, nonce: 'n1', onShown: () => undefined });

    await chat.begins();

    assert.match(await chat.stored(), /"state":\{"nonce":"n1"\}/);
    assert.doesNotMatch(await chat.stored(), /AdaptiveCard/);
  });
});

describe('a prompt that takes words too', () => {
  const prompt = CardPrompt.ofButtonsAndText('prompt', ['customer.page']);

  it('takes what was typed as an answer, without the blanks around it', async () => {
    const chat = chatWith(prompt);
    await chat.begins();

    const { status, result } = await chat.receives({ type: 'message', text: '  contoso ' });

    assert.deepEqual([status, result], [DialogTurnStatus.complete, { verb: 'typed', text: 'contoso' }]);
  });

  it('asks for the card where nothing was typed: a picture, an empty line', async () => {
    const chat = chatWith(prompt);
    await chat.begins();

    for (const activity of [{ type: 'message', text: ' \n ' }, { type: 'message' }])
      assert.equal((await chat.receives(activity)).status, DialogTurnStatus.waiting);

    assert.match(chat.wire.sent.at(-1)?.text ?? '', /use the buttons/);
  });
});
