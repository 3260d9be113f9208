import { execute, type ExecuteAction } from './actions.ts';
import type { AdaptiveCard } from './adaptive-card.ts';
import { bullets, buttons, card, heading, sentence, subheading } from './elements.ts';
import { standingPart, type HelpView } from './help-card.ts';
import type { Texts } from './texts/texts.ts';

/** What somebody who has just added the app is told: what the bot does, and three things to try. */
export function welcomeCard(view: HelpView, texts: Texts): AdaptiveCard {
  const { isApprover, endedByProvider = false } = view;
  const tries = thingsToTry(view, texts);
  return card(texts, texts.say('help.title'), [
    heading(texts.say('help.title')),
    sentence(texts.say(endedByProvider ? 'help.about-provider' : 'help.about'), { spacing: 'small' }),
    ...(isApprover && !endedByProvider ? [sentence(texts.say('help.approver'), { spacing: 'small' })] : []),
    ...standingPart(view, texts),
    ...(tries.length === 0
      ? []
      : [subheading(texts.say('welcome.try', { count: tries.length })), ...bullets(tries.map(({ said }) => said))]),
    ...buttons(...tries.map(({ button }) => button)),
  ]);
}

interface ToTry {
  readonly said: string;
  /** Missing for what is written. */
  readonly button?: ExecuteAction;
}

function thingsToTry(view: HelpView, texts: Texts): readonly ToTry[] {
  const { isRequester, isApprover, isAuditor, endedByProvider = false } = view;
  const words = { said: texts.say('welcome.words'), button: execute('help.show', texts.say('help.words'), {}) };
  const choose = {
    said: texts.say(endedByProvider ? 'welcome.remove-provider' : 'welcome.remove'),
    button: execute('customer.pick', texts.say('button.remove-customer'), {}, { style: 'positive' }),
  };
  const dryRun = {
    said: texts.say('welcome.dry-run'),
    button: execute('customer.page', texts.say('button.dry-run'), { then: 'dry-run.show', page: 0 }),
  };
  const status = { said: texts.say('help.status') };
  if (isRequester) return endedByProvider ? [choose, status, words] : [choose, dryRun, words];
  const waiting = {
    said: texts.say('welcome.waiting'),
    button: execute('requests.list', texts.say('button.waiting'), {}),
  };
  if (isApprover) return [waiting, status, words];
  return isAuditor ? [{ said: texts.say('help.audit') }, status, words] : [];
}
