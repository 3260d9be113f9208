import { teamsHostConfig } from './host-config.js';
import { markdownToHtml } from './markdown.js';
import { SearchingChoiceSet } from './searching-choice-set.js';

/** @import { IMarkdownProcessingResult } from 'adaptivecards' */
/** @import { Card } from './types.d.ts' */

const {
  AdaptiveCard,
  CardElement,
  GlobalRegistry,
  GlobalSettings,
  HostConfig,
  RefreshMode,
  SerializationContext,
  Versions,
} = AdaptiveCards;

AdaptiveCard.onProcessMarkdown = (/** @type {string} */ text, /** @type {IMarkdownProcessingResult} */ result) => {
  result.outputHtml = markdownToHtml(text);
  result.didProcess = true;
};
// Choices hold names that come from elsewhere.
GlobalSettings.useMarkdownInRadioButtonAndCheckbox = false;
GlobalSettings.setTabIndexAtCardRoot = false;
GlobalSettings.applets.logEnabled = false;
// The library would refresh every card for everybody; who is meant stands in `userIds`, see `card-refresh.js`.
GlobalSettings.applets.refresh.mode = RefreshMode.Disabled;
// The library's own expression goes on from where it has stopped, and so takes the language of every other card only.
Object.assign(CardElement.langProperty, { regEx: /^[a-z]{2,3}$/i });
GlobalRegistry.elements.register('Input.ChoiceSet', SearchingChoiceSet);

export const hostConfig = new HostConfig(teamsHostConfig);

/** `choices.data` came to the library with 1.6; Teams reads it in cards of 1.5. */
export const readingContext = () => new SerializationContext(Versions.v1_6);

/** Teams shows no card of a bot that is later than 1.5. @param {Card} card */
export function isShownVersion({ version = '1.0' }) {
  const [major = 1, minor = 0] = version.split('.').map(Number);
  return major < 1 || (major === 1 && minor <= 5);
}
