import { z } from 'zod';
import { cleanName } from '../clean-text.ts';
import { SECOND_MS } from '../clock.ts';
import { isGuid, sameCase, type UserId } from '../ids.ts';
import type { PartnerCenterClientParts } from '../partner-center/client.ts';
import { createGraphTransport } from '../partner-center/graph-transport.ts';
import { nextQuery } from '../partner-center/next-link.ts';
import { parsed } from '../partner-center/paging.ts';
import { PartnerCenterError, type CallOptions } from '../partner-center/partner-center.ts';
import type { Answer, Call } from '../partner-center/transport.ts';
import { Flag, NeededText, Text, wireObject } from '../partner-center/wire-values.ts';

/** A security or Microsoft 365 group's Entra object id, a GUID in lower case. */
export type GroupId = string;

/** An account of the partner's tenant. */
export interface Account {
  readonly id: UserId;
  /** Foreign text. */
  readonly name: string;
  /** Whether it is enabled, and a member's. Guests are none, and nor is an account of which it is not said. */
  readonly isMember: boolean;
  /** The tag of the language that it prefers, as `de-DE`; missing where none is named. */
  readonly language?: string;
}

/** What Microsoft Graph tells of people, in the bot's own name. */
export interface GraphPeople {
  /**
   * Accounts in a group, and in groups of it.
   *
   * @throws {PartnerCenterError} also where there is no such group.
   * @see Microsoft Graph, "List group transitive members"
   */
  readonly members: (group: GroupId) => Promise<readonly Account[]>;
  /**
   * @returns `undefined` where the tenant has no such account.
   * @throws {PartnerCenterError}
   * @see Microsoft Graph, "Get user"
   */
  readonly account: (person: UserId) => Promise<Account | undefined>;
  /**
   * @returns `undefined` for somebody who has none.
   * @throws {PartnerCenterError}
   * @see Microsoft Graph, "List manager"
   */
  readonly manager: (person: UserId) => Promise<UserId | undefined>;
  /**
   * The id of an app in the organisation's catalogue, by the id in its manifest.
   *
   * @throws {PartnerCenterError}
   * @see Microsoft Graph, "List teamsApp"
   */
  readonly catalogueId: (manifestId: string) => Promise<string | undefined>;
  /**
   * Installs an app of the catalogue for a person; one that was there before is as good.
   *
   * @throws {PartnerCenterError}
   * @see Microsoft Graph, "Install app for user"
   */
  readonly installApp: (person: UserId, catalogueId: string) => Promise<void>;
}

const WireUser = wireObject({
  id: NeededText,
  displayName: Text,
  accountEnabled: Flag,
  userType: Text,
  preferredLanguage: Text,
});
const WirePage = z.object({ value: z.array(z.unknown()), '@odata.nextLink': z.string().optional() });

const ACCOUNT_FIELDS = 'id,displayName,accountEnabled,userType,preferredLanguage';
/** The most that a page can have. */
const PAGE_SIZE = '999';
/** A larger group than anybody gives a role to; an endless list ends here. */
const MAX_PAGES = 100;
const LIMITS = { callsPerMinute: 1_000, keptForChanges: 20, timeoutMs: 10 * SECOND_MS };
/** The code of a 404 for what the tenant does not have. @see Microsoft Graph, "Error responses" */
const NOT_THERE = 'Request_ResourceNotFound';
/** A cast to users is an advanced query. @see "Advanced query capabilities on Microsoft Entra ID objects" */
const ADVANCED = { ConsistencyLevel: 'eventual' };

/** Microsoft Graph over HTTP, by the same policies as Partner Center. */
export function createGraphPeople(parts: PartnerCenterClientParts): GraphPeople {
  const transport = createGraphTransport(parts, LIMITS);
  const asBot: CallOptions = { actAs: 'bot' };
  const unlessMissing = async (call: Call): Promise<Answer | undefined> => {
    try {
      return await transport(call, asBot);
    } catch (error) {
      // Anybody's 404 is not yet Graph's word that there is no such thing.
      const isMissing = error instanceof PartnerCenterError && error.status === 404 && error.code === NOT_THERE;
      if (isMissing) return undefined;
      throw error;
    }
  };

  return {
    async members(group) {
      const path = ['groups', group, 'transitiveMembers', 'microsoft.graph.user'];
      const here = { url: parts.url, path: `/v1.0/${path.join('/')}` };
      const found: Account[] = [];
      let query: Call['query'] = { $select: ACCOUNT_FIELDS, $top: PAGE_SIZE, $count: 'true' };
      for (let page = 0; page < MAX_PAGES; page++) {
        const call: Call = { operation: 'list the members of a group', method: 'GET', path, query, headers: ADVANCED };
        const answer = await transport(call, asBot);
        const { value, '@odata.nextLink': next } = parsed(WirePage, answer.json, answer);
        found.push(...value.map((item) => accountOf(parsed(WireUser, item, answer), answer)));
        if (next === undefined) return found;
        query = nextQuery(next, here, answer);
      }
      throw new Error('the list of members never ends');
    },
    async account(person) {
      const query = { $select: ACCOUNT_FIELDS };
      const answer = await unlessMissing({
        operation: 'get an account',
        method: 'GET',
        path: ['users', person],
        query,
      });
      if (answer === undefined) return undefined;
      const account = accountOf(parsed(WireUser, answer.json, answer), answer);
      if (account.id !== person) throw answer.malformed();
      return account;
    },
    async manager(person) {
      const path = ['users', person, 'manager'];
      const query = { $select: 'id,displayName' };
      const answer = await unlessMissing({ operation: 'get a manager', method: 'GET', path, query });
      return answer && guidIn(parsed(WireUser, answer.json, answer).id, answer);
    },
    async catalogueId(manifestId) {
      // The id stands inside a filter: nothing but a GUID gets there.
      if (!isGuid(manifestId)) throw new Error('an app is named by a GUID');
      const answer = await transport(
        {
          operation: 'look for the app in the catalogue',
          method: 'GET',
          path: ['appCatalogs', 'teamsApps'],
          query: { $filter: `externalId eq '${sameCase(manifestId)}'` },
        },
        asBot,
      );
      const [app] = parsed(WirePage, answer.json, answer).value;
      return app === undefined ? undefined : parsed(wireObject({ id: NeededText }), app, answer).id;
    },
    async installApp(person, catalogueId) {
      const app = `${new URL(parts.url).origin}/v1.0/appCatalogs/teamsApps/${encodeURIComponent(catalogueId)}`;
      try {
        await transport(
          {
            operation: 'install the app for a person',
            method: 'POST',
            path: ['users', person, 'teamwork', 'installedApps'],
            body: { 'teamsApp@odata.bind': app },
          },
          asBot,
        );
      } catch (error) {
        if (error instanceof PartnerCenterError && error.status === 409) return;
        throw error;
      }
    },
  };
}

function guidIn(id: string, answer: Answer): UserId {
  if (!isGuid(id)) throw answer.malformed();
  return sameCase(id);
}

const LANGUAGE_TAG = /^[a-z]{2,3}(-[a-z0-9]{2,8}){0,2}$/i;

const accountOf = (
  { id, displayName, accountEnabled, userType, preferredLanguage = '' }: z.output<typeof WireUser>,
  answer: Answer,
): Account => ({
  id: guidIn(id, answer),
  name: cleanName(displayName ?? '') || id,
  isMember: accountEnabled === true && userType?.toLowerCase() === 'member',
  ...(LANGUAGE_TAG.test(preferredLanguage) && { language: preferredLanguage }),
});
