import type { ServerResponse } from 'node:http';
import type { Channel } from './activities.ts';
import type { Conversation } from './conversation.ts';
import type { Change, Changes } from './messages.ts';
import type { TeamsSwitch } from './real-teams.ts';

interface Parts {
  readonly channel: Channel;
  readonly conversations: readonly Conversation[];
  readonly changes: Changes;
  readonly partnerCenterUrl: string | undefined;
  readonly endBot: unknown;
  readonly teams: TeamsSwitch | undefined;
}

export interface PageEvents {
  readonly open: (response: ServerResponse, device: string) => void;
  readonly close: () => void;
}

/**
 * Tells open pages what happens, by Server-Sent Events. Each connection starts with everything there is, so that a
 * page that was away needs nothing else.
 */
export function createPageEvents(parts: Parts): PageEvents {
  const { conversations, changes, teams } = parts;
  const pages = new Set<{ readonly response: ServerResponse; readonly device: string }>();

  const stopListening = changes.listen((change) => {
    for (const { response, device } of pages) {
      if (change.kind === 'reset') write(response, 'everything', everything(parts, device));
      else if (change.kind === 'person') write(response, 'person', personOf(conversations, change.person));
      else if (change.kind === 'teams') write(response, 'teams', teams?.shown);
      else if (change.kind !== 'answered' || change.device === device) write(response, change.kind, change);
    }
  });

  return {
    open: (response, device) => {
      response.writeHead(200, { 'Content-Type': 'text/event-stream; charset=utf-8', 'Cache-Control': 'no-store' });
      const page = { response, device };
      pages.add(page);
      response.once('close', () => pages.delete(page));
      response.write('retry: 1000\n\n');
      write(response, 'everything', everything(parts, device));
    },
    close: () => {
      stopListening();
      for (const { response } of pages) response.end();
    },
  };
}

const write = (response: ServerResponse, event: Change['kind'] | 'everything', value: unknown): void => {
  response.write(`event: ${event}\ndata: ${JSON.stringify(value)}\n\n`);
};

const everything = ({ channel, conversations, partnerCenterUrl, endBot, teams }: Parts, device: string): unknown => ({
  botName: channel.botName,
  hasPartnerCenter: partnerCenterUrl !== undefined,
  canEndBot: endBot !== undefined,
  ...(teams && { teams: teams.shown }),
  people: conversations.map((conversation) => shownPerson(conversation)),
  messages: Object.fromEntries(conversations.map((one) => [one.person.key, one.seenOn(device)])),
});

function personOf(conversations: readonly Conversation[], key: string): unknown {
  const conversation = conversations.find(({ person }) => person.key === key);
  return conversation && shownPerson(conversation);
}

const shownPerson = ({ person, installed }: Conversation): unknown => ({
  key: person.key,
  name: person.name,
  id: person.id,
  locale: person.locale,
  installed,
});
