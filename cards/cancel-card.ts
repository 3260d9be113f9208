import { execute } from './actions.ts';
import type { AdaptiveCard } from './adaptive-card.ts';
import { bullets, buttons, card, heading } from './elements.ts';
import type { Texts } from './texts/texts.ts';

/** Whoever writes *cancel* may mean several things: each of them, and the way there. */
export const cancelCard = ({ isRequester }: { readonly isRequester: boolean }, texts: Texts): AdaptiveCard =>
  card(texts, texts.say('cancel.title'), [
    heading(texts.say('cancel.title')),
    ...bullets([
      texts.say('cancel.stop'),
      ...(isRequester ? [texts.say('cancel.withdraw'), texts.say('cancel.subscription')] : []),
    ]),
    ...buttons(
      execute('requests.list', texts.say('button.my-requests'), {}),
      isRequester ? execute('customer.pick', texts.say('button.choose-customer'), {}) : undefined,
    ),
  ]);
