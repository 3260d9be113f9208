import { readAnswer } from './card-answer.js';
import { executeAction, searchChoices } from './service.js';
import { say } from './words.js';

/** @import { ActivityResponse, IActivityRequest } from 'adaptivecards' */
/** @import { Outcome } from './card-answer.js' */

const { ActivityRequestError, ChannelAdapter, DataQuery, ErrorResponse, ExecuteAction, SuccessResponse } =
  AdaptiveCards;

/** Sends what a card asks for: its buttons, and the searches of its inputs. */
export class CardChannel extends ChannelAdapter {
  #person;
  #messageId;
  #onOutcome;

  /**
   * @param {string} person
   * @param {string} messageId
   * @param {(outcome: Outcome, again: (state: string) => Promise<Outcome>) => void} onOutcome told how to press it again
   *   once the person has signed in
   */
  constructor(person, messageId, onOutcome) {
    super();
    this.#person = person;
    this.#messageId = messageId;
    this.#onOutcome = onOutcome;
  }

  /** @override @param {IActivityRequest} request @returns {Promise<ActivityResponse>} */
  async sendRequestAsync(request) {
    const { action } = request;
    if (action instanceof DataQuery) return this.#search(request, action.dataset ?? '', action.filter ?? '');
    const { title, id, data } = action;
    const verb = action instanceof ExecuteAction ? action.verb : '';
    const executed = { ...(title && { title }), ...(id && { id }), verb: verb ?? '', data: data ?? {} };
    const press = async (/** @type {string | undefined} */ state) =>
      readAnswer(await executeAction(this.#person, this.#messageId, executed, request.trigger, state));
    this.#onOutcome(await press(undefined), press);
    // Whatever it was, the library has nothing to show: its own text, error and sign-in are not Teams'.
    return new SuccessResponse(request, JSON.stringify(''));
  }

  /** @param {IActivityRequest} request @param {string} dataset @param {string} query @returns {Promise<ActivityResponse>} */
  async #search(request, dataset, query) {
    const choices = await searchChoices(this.#person, this.#messageId, dataset, query);
    if (choices !== undefined) return new SuccessResponse(request, JSON.stringify(choices));
    return new ErrorResponse(request, new ActivityRequestError(undefined, say('somethingWrong')));
  }
}
