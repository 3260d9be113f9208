import type { InvokeAnswer } from './bot-line.ts';
import { isObject, listAt, textAt, type JsonObject } from './json.ts';
import type { Person } from './people.ts';

/** What Teams does by itself when a bot wants somebody signed in. */
export interface SingleSignOn {
  /** A token for the app of that Application ID URI. @returns `undefined` where Teams has none for it. */
  token(person: Person, uri: string): Promise<string | undefined>;
  /** Opens the sign-in page of the bot in a window. @returns what it handed over at its end. Missing: people do it themselves. */
  page?(person: Person, url: string): Promise<string | undefined>;
}

/** What a bot asks with: the value of a login request, or of an OAuth card. */
export interface SignInWanted {
  readonly connectionName: string;
  readonly exchange?: { readonly id: string; readonly uri: string };
  readonly page?: string;
}

export const OAUTH_CARD = 'application/vnd.microsoft.card.oauth';
const LOGIN_REQUEST = 'application/vnd.microsoft.activity.loginRequest';

/** @returns `undefined` for an answer that asks for no sign-in. */
export function loginRequestOf({ status, body }: InvokeAnswer): SignInWanted | undefined {
  if (status !== 200 || !isObject(body)) return undefined;
  const { statusCode, type, value } = body;
  return statusCode === 401 && type === LOGIN_REQUEST && isObject(value) ? wantedOf(value) : undefined;
}

/** @returns `undefined` for an activity that has no OAuth card. */
export function oauthCardOf(activity: JsonObject): SignInWanted | undefined {
  const [attachment] = listAt(activity, 'attachments');
  if (!isObject(attachment) || attachment['contentType'] !== OAUTH_CARD) return undefined;
  const { content } = attachment;
  return isObject(content) ? wantedOf(content) : undefined;
}

/** Teams tells a token that was of no use by this, and shows its sign-in button. */
export const isPreconditionFailed = ({ status, body }: InvokeAnswer): boolean =>
  status === 412 || (status === 200 && isObject(body) && body['statusCode'] === 412);

function wantedOf(value: JsonObject): SignInWanted {
  const resource = value['tokenExchangeResource'];
  const [id, uri] = isObject(resource) ? [textAt(resource, 'id'), textAt(resource, 'uri')] : [];
  const page = listAt(value, 'buttons')
    .filter(isObject)
    .find(({ type }) => type === 'signin');
  const url = page === undefined ? undefined : textAt(page, 'value');
  return {
    connectionName: textAt(value, 'connectionName') ?? '',
    ...(id !== undefined && uri !== undefined && { exchange: { id, uri } }),
    ...(url !== undefined && { page: url }),
  };
}
