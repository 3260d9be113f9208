import { readAnswer } from './card-answer.js';
import { askPartnerCenter, emptyChats, endBot, executeAction } from './service.js';
import { isWord, say as inWords } from './words.js';

/** @import { Conversation } from './conversation.js' */
/** @import { Answered, PartnerCenterState } from './types.d.ts' */
/** @import { Word } from './words.js' */
/** @typedef {'requester' | 'manager'} Who */

const LONGEST_WAIT_MS = 40_000;
const LOOK_EVERY_MS = 100;

/** What a step of the tour can do: what a person could do by hand, and what the page can do to Partner Center and the bot. */
/** @typedef {ReturnType<typeof createHands>} Hands */

/**
 * @param {ReadonlyMap<string, Conversation>} conversations
 * @param {() => boolean} isOver whether nobody waits any more
 */
export function createHands(conversations, isOver) {
  const of = (/** @type {Who} */ who) => {
    const found = conversations.get(who);
    if (found === undefined) throw new Error(`There is nobody called ${who}.`);
    return found;
  };

  /** @template T @param {() => T | undefined} look @returns {Promise<T>} */
  const until = async (look) => {
    const last = performance.now() + LONGEST_WAIT_MS;
    for (;;) {
      const found = look();
      if (found !== undefined) return found;
      if (isOver()) throw new Error('The tour has ended.');
      if (performance.now() > last) throw new Error(`It did not come: ${look}`);
      await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
    }
  };

  /** The newest card of a customer that has a button, by what it does, or says something. @param {Who} who @param {string} domain @param {string} what */
  const card = (who, domain, what) =>
    of(who)
      .views()
      .filter(({ card }) => {
        const text = JSON.stringify(card ?? null);
        return text.includes(domain) && (text.includes(`"verb":"${what}"`) || text.includes(what));
      })
      .at(-1);

  /** A button that can be pressed now. @param {Who} who @param {string} domain @param {string} verb */
  const button = (who, domain, verb) => {
    const view = card(who, domain, verb);
    const action = view && findAction(view.card, verb);
    const shown = [...(view?.element.querySelectorAll('button') ?? [])];
    const found = shown.find(({ textContent }) => textContent?.trim() === action?.title);
    return view && !view.isWorking && action && found && { view, action, found };
  };

  return {
    /** Begins both chats and Partner Center anew. */
    async startOver() {
      await askPartnerCenter('_reset', { scenario: 'everyday' });
      const before = new Set([...conversations.values()].flatMap((one) => one.views().map(({ id }) => id)));
      await emptyChats();
      for (const who of conversations.values())
        await until(() => who.views().find(({ id, card }) => card !== undefined && !before.has(id)));
    },
    /** @param {Who} who @param {Word} word @param {Record<string, string>} values */
    say: (who, word, values) => of(who).say(inWords(word, values)),
    /** Waits for a card. @param {Who} who @param {string} domain @param {string} what */
    sees: (who, domain, what) => until(() => card(who, domain, what)),
    /** @param {Who} who @returns {() => Promise<unknown>} waits for a message that was not there when this was asked for */
    hears(who) {
      const before = new Set(of(who).views());
      return () =>
        until(() =>
          of(who)
            .views()
            .find((view) => view.from === 'bot' && !before.has(view)),
        );
    },
    /**
     * Waits for a button, fills in what is asked beside it, and presses it. A value that is a word of the page is said in its language.
     *
     * @param {Who} who
     * @param {string} domain
     * @param {string} verb
     * @param {Readonly<Record<string, string>>} [inputs]
     */
    async press(who, domain, verb, inputs = {}) {
      const { view, found } = await until(() => button(who, domain, verb) || undefined);
      view.fillIn(
        Object.fromEntries(Object.entries(inputs).map(([id, value]) => [id, isWord(value) ? inWords(value) : value])),
      );
      found.click();
    },
    /**
     * Somebody presses a button of another one's card, as when it was forwarded to them.
     *
     * @param {Who} from
     * @param {Who} to
     * @param {string} domain
     * @param {string} verb
     * @returns what the bot says
     */
    async forwards(from, to, domain, verb) {
      const { view, action } = await until(() => button(from, domain, verb) || undefined);
      const answer = await executeAction(to, view.id, action, 'manual');
      const outcome = readAnswer(answer);
      return outcome.kind === 'text' ? outcome.text : textOf(answer.body?.value);
    },
    /** @param {string} domain */
    async pathOf(domain) {
      return `/v1/customers/${await idOf(domain)}`;
    },
    /** Somebody buys something for a customer, in Partner Center. @param {string} domain @param {string} offerName */
    async buys(domain, offerName) {
      const addSubscription = { class: 'new-commerce-licence', offerName, quantity: 5 };
      await askPartnerCenter('_world', { customerId: await idOf(domain), addSubscription });
    },
    /** How Partner Center goes wrong from now on; not at all where nothing is named. @param {object} faults */
    breaks: (faults) => askPartnerCenter('_faults', faults),
    /** With -9. It starts again on what it has stored. */
    killBot: () => endBot('kill'),
  };
}

/** @param {string} domain */
async function idOf(domain) {
  const { body } = /** @type {Answered<PartnerCenterState>} */ (await askPartnerCenter('_state'));
  const found = body.customers.find((customer) => customer.domain === domain);
  if (found === undefined) throw new Error(`Partner Center holds no ${domain}.`);
  return found.id;
}

/**
 * @param {unknown} part
 * @param {string} verb
 * @returns {{ title: string, verb: string, data: Record<string, unknown> } | undefined}
 */
function findAction(part, verb) {
  if (typeof part !== 'object' || part === null) return undefined;
  const action = /** @type {{ type?: string, verb: string, title: string, data: Record<string, unknown> }} */ (part);
  if (action.type === 'Action.Execute' && action.verb === verb) return action;
  for (const inner of Object.values(part)) {
    const found = findAction(inner, verb);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The first sentence of a card, which is what was said on top of it. @param {unknown} part @returns {string} */
function textOf(part) {
  if (typeof part !== 'object' || part === null) return '';
  const { text, inlines } = /** @type {{ text?: unknown, inlines?: unknown }} */ (part);
  if (Array.isArray(inlines)) return inlines.map(textOf).join('');
  if (typeof text === 'string' && text !== '') return text;
  for (const inner of Object.values(part)) {
    const found = textOf(inner);
    if (found !== '') return found;
  }
  return '';
}
