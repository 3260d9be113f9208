import { isObject, listAt, textAt, type JsonObject } from './json.ts';

/** A button of a card, by its JSON. */
export interface CardButton {
  readonly type: string;
  readonly title: string;
  readonly id?: string;
  readonly verb?: string;
  readonly data: JsonObject;
  readonly isEnabled: boolean;
  /** Whether pressing it sends the card's inputs along. */
  readonly withInputs: boolean;
  readonly fallback?: CardButton;
}

/** A person did what Teams would not let them do. */
export class NotPossibleError extends Error {
  override readonly name = 'NotPossibleError';
}

/** Every object in a card, outer ones first: elements, actions, nested cards; not what buttons carry as data. */
export function partsOf(value: unknown): readonly JsonObject[] {
  const parts: JsonObject[] = [];
  collect(value, parts);
  return parts;
}

function collect(value: unknown, parts: JsonObject[]): void {
  if (Array.isArray(value)) {
    for (const item of value as unknown[]) collect(item, parts);
    return;
  }
  if (!isObject(value)) return;
  parts.push(value);
  for (const name of Object.keys(value)) if (name !== 'data' && name !== 'fallback') collect(value[name], parts);
}

/** All buttons of a card in the order in which they stand there, also those behind an element's `selectAction`. */
export function buttonsOf(card: JsonObject): readonly CardButton[] {
  return partsOf({ ...card, refresh: undefined, authentication: undefined })
    .filter(({ type }) => typeof type === 'string' && type.startsWith('Action.'))
    .map(readButton);
}

/** What the card asks for when it is shown, and for whom. */
export function refreshOf(
  card: JsonObject,
): { readonly action: CardButton; readonly userIds: readonly string[] } | undefined {
  const { refresh } = card;
  if (!isObject(refresh) || !isObject(refresh['action'])) return undefined;
  const userIds = listAt(refresh, 'userIds').filter((id) => typeof id === 'string');
  return { action: readButton(refresh['action']), userIds };
}

function readButton(action: JsonObject): CardButton {
  const { type, id, verb, data, fallback } = action;
  return {
    type: typeof type === 'string' ? type : '',
    title: textAt(action, 'title') ?? '',
    ...(typeof id === 'string' && { id }),
    ...(typeof verb === 'string' && { verb }),
    data: isObject(data) ? data : {},
    isEnabled: action['isEnabled'] !== false,
    withInputs: action['associatedInputs'] !== 'none',
    ...(isObject(fallback) && { fallback: readButton(fallback) }),
  };
}

/**
 * What a card's inputs send along: what is filled in, else what stands there already. An empty input sends nothing,
 * and the inputs win over the button's own data.
 *
 * @throws {NotPossibleError} when an input is unknown, or filled in so that Teams would not send it.
 */
export function withInputs(
  card: JsonObject,
  button: CardButton,
  filledIn: Readonly<Record<string, string>>,
): JsonObject {
  if (!button.withInputs) return button.data;
  const inputs = partsOf(card).filter(({ type }) => typeof type === 'string' && type.startsWith('Input.'));
  const unknown = Object.keys(filledIn).filter((id) => !inputs.some((input) => input['id'] === id));
  if (unknown.length > 0) throw new NotPossibleError(`The card has no input "${unknown.join('", "')}".`);
  const values = inputs.flatMap((input) => {
    const id = textAt(input, 'id');
    const value = (id === undefined ? undefined : filledIn[id]) ?? standingValue(input);
    checkInput(input, value);
    return id === undefined || value === '' ? [] : [[id, value] as const];
  });
  return { ...button.data, ...Object.fromEntries(values) };
}

function standingValue(input: JsonObject): string {
  const { type, value } = input;
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return String(value);
  return type === 'Input.Toggle' ? (textAt(input, 'valueOff') ?? 'false') : '';
}

function checkInput(input: JsonObject, value: string): void {
  const name = textAt(input, 'id') ?? 'without an id';
  const refuse = (why: string): never => {
    throw new NotPossibleError(`Teams would not send input "${name}": ${textAt(input, 'errorMessage') ?? why}`);
  };
  const isOff = input['type'] === 'Input.Toggle' && value !== (textAt(input, 'valueOn') ?? 'true');
  if (input['isRequired'] === true && (value === '' || isOff)) refuse('it is required.');
  if (value === '') return;
  const pattern = textAt(input, 'regex');
  if (pattern !== undefined && !new RegExp(pattern).test(value)) refuse(`it does not match ${pattern}.`);
  const { maxLength, min, max } = input;
  if (typeof maxLength === 'number' && value.length > maxLength) refuse(`it is longer than ${maxLength}.`);
  if (input['type'] !== 'Input.Number') return;
  if (typeof min === 'number' && Number(value) < min) refuse(`it is below ${min}.`);
  if (typeof max === 'number' && Number(value) > max) refuse(`it is above ${max}.`);
}
