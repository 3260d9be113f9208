/** Compiled by the type check, never run: what must not compile stands behind an expected error. */
import { card } from '../../cards/elements.ts';
import { textsFor } from '../../cards/texts/texts.ts';
import { CardPrompt } from '../../dialogs/card-prompt.ts';
import { waterfall, type Begins } from '../../dialogs/waterfall.ts';

const pages = CardPrompt.ofButtons('pages', ['customer.page']);
const words = CardPrompt.ofButtonsAndText('words', ['customer.page']);
const shown = { shown: { card: card(textsFor('en'), '', []), summary: '' } };

type Ways = {
  readonly options: { readonly words?: string; readonly page?: number };
  readonly result: 'done';
};
declare const other: Begins<{
  readonly options: { readonly customerId: string };
  readonly result: { readonly n: number };
}>;

waterfall<Ways>('agree@1')
  .step((turn) => turn.ask(pages, shown))
  .step((turn) => {
    const { page } = turn.answer.data;
    return page > 1 ? turn.end('done') : turn.ask(words, shown);
  })
  .step((turn) => {
    if (turn.answer.verb === 'typed') return turn.again({ words: turn.answer.text });
    return turn.run(other, { customerId: 'a' });
  })
  .step((turn) => {
    const { n } = turn.answer;
    return n > 0 ? turn.end('done') : turn.again({});
  })
  .build();

waterfall<Ways>('answers@1')
  .step((turn) => {
    // @ts-expect-error nobody was asked anything before the first step
    const asked: string = turn.answer;
    return turn.pass(asked.length);
  })
  .step((turn) => {
    // @ts-expect-error the step before passed a number
    const text: string = turn.answer;
    return turn.ask(words, { ...shown, nonce: text });
  })
  .step((turn) => {
    // @ts-expect-error it may have been typed, and then there is no data
    const { data } = turn.answer;
    // @ts-expect-error no button with this verb was waited for
    return turn.answer.verb === 'customer.pick' ? turn.end('done') : turn.again({ words: String(data) });
  })
  .build();

waterfall<Ways>('results@1')
  // @ts-expect-error not a result of this dialog
  .step((turn) => turn.end('finished'))
  .build();

waterfall<Ways>('options@1')
  .step((turn) => {
    // @ts-expect-error begun anew with what it is not begun with
    void turn.again({ customerId: 'a' });
    // @ts-expect-error what it was begun with is not to be changed
    turn.options.words = 'b';
    // @ts-expect-error the other dialog is begun with a customer
    return turn.run(other, {});
  })
  .build();

// @ts-expect-error a Date does not survive storage
waterfall<{ readonly options: { readonly when: Date }; readonly result: 'done' }>('date@1');
// @ts-expect-error a Map does not survive storage
waterfall<{ readonly options: { readonly found: ReadonlyMap<string, string> }; readonly result: 'done' }>('map@1');
// @ts-expect-error a function does not survive storage
waterfall<{ readonly options: { readonly then: () => void }; readonly result: 'done' }>('function@1');

// @ts-expect-error there is no such button
CardPrompt.ofButtons('none', ['customer.remove']);
