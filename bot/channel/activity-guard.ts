import type { Activity } from 'botbuilder';
import { z } from 'zod';
import { isAllowedServiceUrl, type ServiceHosts } from './service-hosts.ts';

/** What an activity has to fit before anything else looks at it. */
export interface ActivityRules {
  readonly serviceHosts: ServiceHosts;
  /** In lower case; any tenant where there are none. */
  readonly allowedTenants?: readonly string[];
}

export type Admission =
  | { readonly kind: 'admitted'; readonly activity: Activity }
  /** 400: no activity at all. 403: one that is not from Teams, or not for this bot to answer. */
  | { readonly kind: 'refused'; readonly status: 400 | 403; readonly why: string };

const text = z.string().nullish();

/** The parts that every activity has, and those of which only the type is relied on. */
const AnyActivity = z.looseObject({
  type: z.string().min(1).max(100),
  id: text,
  name: text,
  text,
  locale: text,
  replyToId: text,
});

const PersonalActivity = z.looseObject({
  channelId: z.literal('msteams'),
  serviceUrl: z.string(),
  from: z.looseObject({ id: z.string(), aadObjectId: z.guid() }),
  conversation: z.looseObject({ id: z.string().min(1).max(1_000), tenantId: text }),
  channelData: z.looseObject({ tenant: z.looseObject({ id: text }).nullish() }).nullish(),
});

const refused = (status: 400 | 403, why: string): Admission => ({ kind: 'refused', status, why });

/**
 * Lets through what Teams sends: by somebody of an allowed tenant, answerable at an allowed address. Says nothing
 * about whether it really is from Teams.
 *
 * The sender's object id comes out in lower case, as ids are compared here.
 */
export function admitActivity(body: unknown, { serviceHosts, allowedTenants }: ActivityRules): Admission {
  if (!AnyActivity.safeParse(body).success) return refused(400, 'no activity');
  const parsed = PersonalActivity.safeParse(body);
  if (!parsed.success) return refused(403, parsed.error.issues[0]?.path.join('.') ?? 'activity');
  const { serviceUrl, conversation, channelData, from } = parsed.data;
  if (!isAllowedServiceUrl(serviceUrl, serviceHosts)) return refused(403, 'serviceUrl');
  if (!isAllowedTenant([conversation.tenantId, channelData?.tenant?.id], allowedTenants)) return refused(403, 'tenant');
  const sent = body as Activity;
  return {
    kind: 'admitted',
    activity: {
      ...sent,
      from: { ...sent.from, aadObjectId: from.aadObjectId.toLowerCase() },
      ...datesOf(sent),
    },
  };
}

/** Teams names the tenant in two places; where it does, both have to be the same. */
function isAllowedTenant(
  named: readonly (string | null | undefined)[],
  allowed: readonly string[] | undefined,
): boolean {
  const tenants = new Set(named.flatMap((tenant) => tenant?.toLowerCase() ?? []));
  if (tenants.size > 1) return false;
  return allowed === undefined || [...tenants].some((tenant) => allowed.includes(tenant));
}

/** The SDK wants dates where JSON has texts; what is no date is left out. */
function datesOf(activity: Activity): Partial<Activity> {
  const names = ['timestamp', 'localTimestamp', 'expiration'] as const;
  const dates = names.flatMap((name) => {
    const written: unknown = activity[name];
    if (written === undefined) return [];
    const date = typeof written === 'string' ? new Date(written) : undefined;
    return [[name, date === undefined || Number.isNaN(date.getTime()) ? undefined : date] as const];
  });
  return Object.fromEntries(dates);
}
