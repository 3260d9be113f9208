import type { Line, LiveDelegatedAdmin } from '../services/readiness/readiness.ts';
import type { RemovalRequest } from '../services/requests/request.ts';
import type { EndingRelationship } from '../services/requests/delegated-admin/ending-relationships.ts';
import type { Element } from './adaptive-card.ts';
import type { GranularAdmin } from './consequences-part.ts';
import { cut } from './cut.ts';
import { bullets, buttons, fact, idFact, openUrl, sentence, subheading, timeLine } from './elements.ts';
import type { Room } from './fitting.ts';
import { LINKS } from './links.ts';
import { someNames } from './some-names.ts';
import type { Texts } from './texts/texts.ts';

const SHOWN = 12;
/** Of one of many relationships, and of what the service says of it. */
const LONGEST_NAME = 80;
const LONGEST_DESCRIPTION = 300;

/** What is ended after the removal, as far as the request has come. */
export function plannedDelegatedAdmin({ plan }: RemovalRequest, texts: Texts, room: Room): readonly Element[] {
  const planned = plan?.delegatedAdmin ?? [];
  if (planned.length === 0) return [];
  const shown = planned.slice(0, room(SHOWN));
  return [
    subheading(texts.say('gdap.planned')),
    sentence(texts.say('gdap.planned-about'), { spacing: 'none' }),
    ...bullets(shown.map((one) => relationshipText(one, texts))),
    ...more(planned.length - shown.length, texts),
  ];
}

/** The same as a list of which a card shows a part. */
export const plannedSection = ({ plan }: RemovalRequest, texts: Texts) => ({
  title: texts.say('gdap.planned'),
  lines: (plan?.delegatedAdmin ?? []).map((one) => relationshipText(one, texts)),
  most: SHOWN,
});

/** What the removal that is asked for makes of it. What could not be read may be there. */
export function granularAdminOf({ plan }: RemovalRequest): GranularAdmin {
  if ((plan?.delegatedAdmin ?? []).length > 0) return 'ended';
  return (plan?.lines ?? []).some(isOnDelegatedAdmin) ? 'left' : 'none';
}

/** A line that says that there is some, or that there may be. */
export const isOnDelegatedAdmin = (line: Line): boolean =>
  line.kind === 'delegated-admin' || (line.kind === 'unread-note' && line.source === 'delegated-admin');

/** In the view that approves: that this is part of it. */
export const approvedDelegatedAdmin = ({ plan }: RemovalRequest, texts: Texts): readonly Element[] => {
  const count = plan?.delegatedAdmin?.length ?? 0;
  return count === 0 ? [] : [sentence(texts.say('gdap.approve-about', { count }), { spacing: 'small' })];
};

/** Foreign text. */
function relationshipText({ name, roles, endsAt, autoExtends }: LiveDelegatedAdmin, texts: Texts): string {
  const parts = [
    ...(roles === undefined ? [] : [texts.say('gdap.roles', { count: roles })]),
    ...(endsAt === undefined
      ? []
      : [texts.say(autoExtends ? 'gdap.extends' : 'gdap.until', { date: texts.day(endsAt) })]),
  ];
  return [cut(name, LONGEST_NAME), parts.join(', ')].filter((part) => part !== '').join(': ');
}

/** How far it is, on a receipt. */
export function endingDelegatedAdmin(request: RemovalRequest, texts: Texts, room: Room): readonly Element[] {
  const { delegatedAdmin } = request;
  if (delegatedAdmin === undefined || delegatedAdmin.relationships.length === 0) return [];
  const { relationships, until, endedAt } = delegatedAdmin;
  const shown = relationships.slice(0, room(SHOWN));
  const open = relationships.filter(({ state }) => state !== 'done');
  const count = { done: relationships.length - open.length, total: relationships.length };
  const whys = [...new Map(open.map((one) => [one.why, one])).values()].filter(({ why }) => why !== undefined);
  const said = open.find(({ refused }) => refused !== undefined)?.refused;
  return [
    subheading(texts.say('gdap.title')),
    sentence(texts.say('gdap.progress', count), { spacing: 'none' }),
    ...bullets(
      shown.map((one) =>
        texts.say('line.named', {
          name: cut(one.name, LONGEST_NAME),
          said: texts.say(`gdap.state-${stateOf(one, endedAt !== undefined)}`),
        }),
      ),
    ),
    ...more(relationships.length - shown.length, texts),
    ...whys.map((one) => sentence(whyText(one, request, texts), { spacing: 'small' })),
    ...(said?.description === undefined
      ? []
      : [fact(texts, texts.say('gdap.graph-says'), cut(said.description, LONGEST_DESCRIPTION))]),
    ...(said === undefined ? [] : [idFact(texts, texts.say('request.correlation'), said.ids.correlationId, 'small')]),
    ...(open.length === 0 || endedAt !== undefined
      ? []
      : [timeLine(texts.say('gdap.trying', { moment: texts.moment(until) }))]),
  ];
}

/** Relationships that are not ended, in a sentence. Foreign text. */
export const openDelegatedAdmin = (
  key: 'gdap.open' | 'gdap.later',
  names: readonly string[],
  texts: Texts,
  room: Room,
): string =>
  texts.say(key, {
    names: someNames(names, room(SHOWN), texts),
    count: names.length,
  });

/** Who can end it by hand, and where. Foreign text. */
export const endedByHand = (request: RemovalRequest, texts: Texts): readonly Element[] => [
  sentence(texts.say('gdap.by-hand', { name: executorOf(request) }), { spacing: 'small' }),
  ...buttons(openUrl(texts.say('button.partner-center'), LINKS['partner-center'])),
];

function stateOf({ state }: EndingRelationship, hasEnded: boolean): 'done' | 'open' | 'ending' | 'waiting' {
  if (state === 'done') return 'done';
  if (hasEnded) return 'open';
  return state === 'accepted' ? 'ending' : 'waiting';
}

function whyText({ why = 'unread', status = '' }: EndingRelationship, request: RemovalRequest, texts: Texts): string {
  return texts.say(`gdap.why-${why}`, {
    ...((why === 'sign-in' || why === 'role-missing') && { name: executorOf(request) }),
    ...(why === 'not-active' && { status }),
  });
}

/** In whose name the removal was carried out. Foreign text. */
const executorOf = ({ executor, approvals, requester }: RemovalRequest): string =>
  cut((executor ?? approvals.at(-1)?.by ?? requester).name, LONGEST_NAME);

const more = (count: number, texts: Texts): readonly Element[] =>
  count <= 0 ? [] : [sentence(texts.say('readiness.more-lines', { count }), { isSubtle: true, spacing: 'small' })];
