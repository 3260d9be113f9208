import type { UserId } from '../ids.ts';

/** Where a person can be written to: their one-to-one chat with the bot, as Teams named it. */
export type Address = {
  readonly conversationId: string;
  readonly serviceUrl: string;
  readonly tenantId: string;
  /** The bot's own id in that chat, `28:<app id>`. */
  readonly botId: string;
};

/** Somebody who has talked to the bot, as Teams attested it. */
export type Person = {
  readonly id: UserId;
  readonly name: string;
  /** The id Teams gives a person towards one bot, `29:…`; what `refresh.userIds` wants. */
  readonly teamsId: string;
  /** Teams' language tag, as `en-US`, or the directory's where Teams has named none; empty where neither has. */
  readonly locale: string;
  /** Missing when the app is not installed for this person, or was removed. */
  readonly address?: Address;
};

/** Who did something, as it is kept in a record. */
export type PersonRef = { readonly id: UserId; readonly name: string };
export const refOf = ({ id, name }: Pick<Person, 'id' | 'name'>): PersonRef => ({ id, name });
