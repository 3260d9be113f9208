import { randomUUID } from 'node:crypto';
import type { HttpClient } from '@azure/core-rest-pipeline';
import { z } from 'zod';
import { MINUTE_MS, type Clock } from '../../services/clock.ts';
import type { PartnerCenterConfig } from '../config/partner.ts';
import { ask, bearer, type Asked } from './ask.ts';
import { ok, warning, wrong, type Finding } from './finding.ts';

const ABOUT = 'Partner Center';
/** Approvals have a time, and so have tokens. */
const MOST_APART_MS = 5 * MINUTE_MS;

/** Who reads: an app, the service account, or nobody who can be named. */
export type Reader = 'app-only' | 'service-account' | 'nobody';

const Body = z.looseObject({
  code: z.union([z.string(), z.number()]).optional(),
  isMfaCompliant: z.unknown().optional(),
});

/**
 * Reads one page of customers, and looks at what else the answer tells: whether the sign-in counts as one with a second
 * factor, and what time it is there.
 *
 * @see "Mandating multifactor authentication for your partner tenant", `ValidateMfa`
 */
export async function checkPartnerCenter(
  { url }: PartnerCenterConfig,
  { http, now, reader, token }: { http: HttpClient; now: Clock; reader: Reader; token: string | undefined },
): Promise<readonly Finding[]> {
  const ids = { 'MS-RequestId': randomUUID(), 'MS-CorrelationId': randomUUID() };
  const answer = await ask(http, `${url}/v1/customers?size=1`, { ...bearer(token), ...ids, ValidateMfa: 'true' });
  if (answer === undefined) {
    return [
      wrong(
        ABOUT,
        'no answer came',
        `Let the bot reach ${new URL(url).host} over https (proxy, firewall), and check PARTNER_CENTER_URL`,
      ),
    ];
  }
  return [
    readingOf(answer, reader, ids['MS-CorrelationId']),
    ...(reader === 'service-account' ? secondFactor(answer) : []),
    ...clockOf(answer, now()),
  ];
}

function readingOf({ status, json }: Asked, reader: Reader, correlationId: string): Finding {
  const body = Body.safeParse(json).data;
  const code = body?.code === undefined ? undefined : String(body.code);
  const told = `${status}${code === undefined ? '' : `, code ${code}`}, MS-CorrelationId ${correlationId}`;
  if (status === 200 && body !== undefined) return ok(ABOUT, `customers can be read (${reader})`);
  if (status === 200) return wrong(ABOUT, `what answers is not Partner Center (${told})`, 'Correct PARTNER_CENTER_URL');
  if (code === '900420')
    return wrong(
      ABOUT,
      `the token is for another audience (${told})`,
      'Check AZURE_AUTHORITY_HOST and PARTNER_CENTER_URL: both have to be of one cloud',
    );
  if (code === '900421') return wrong(ABOUT, `the sign-in had no second factor (${told})`, NEW_TOKEN);
  if (status === 401 || status === 403) return wrong(ABOUT, `it refuses to be read (${told})`, REFUSED[reader]);
  if (status === 429) return warning(ABOUT, `it is asked too often just now (${told})`, 'Try again in a minute');
  return wrong(
    ABOUT,
    `it answers ${told}`,
    'Try again; if that stays so, give the MS-CorrelationId to Partner Center support',
  );
}

const NEW_TOKEN =
  'Make the refresh token anew, signing in with a second factor: see "Service account" in docs/operations.md';
const REFUSED: Readonly<Record<Reader, string>> = {
  'app-only':
    'Partner Center › Account settings › App management: register PARTNER_CENTER_APP_ID there as a web app; and check that PARTNER_TENANT_ID is the CSP tenant',
  'service-account':
    'Add the service account to the group AdminAgents (Partner Center › Account settings › User management), and consent to Microsoft Partner Center, user_impersonation, for PARTNER_CENTER_APP_ID',
  nobody: 'Check PARTNER_CENTER_URL: what is there asks for a token',
};

/** In the headers or in the body: which one is not documented. */
function secondFactor({ headers, json }: Asked): readonly Finding[] {
  const inBody = Body.safeParse(json).data?.isMfaCompliant;
  const said = [headers.get('isMfaCompliant'), inBody].map((value) => String(value).toLowerCase());
  const where = said[0] === 'true' || said[0] === 'false' ? 'a header' : 'the body';
  if (said.includes('false'))
    return [wrong('second factor', `Partner Center says that there was none (isMfaCompliant in ${where})`, NEW_TOKEN)];
  if (said.includes('true')) return [ok('second factor', `Partner Center has seen one (isMfaCompliant in ${where})`)];
  return [
    warning(
      'second factor',
      'Partner Center did not say whether it has seen one',
      'Look at GET /v1/partnerRequests, or at Partner Center › Security requirements status',
    ),
  ];
}

function clockOf({ headers }: Asked, now: Date): readonly Finding[] {
  const theirs = Date.parse(headers.get('Date') ?? '');
  if (Number.isNaN(theirs)) return [];
  const apartMs = Math.abs(theirs - now.getTime());
  if (apartMs <= MOST_APART_MS) return [ok('clock', 'it agrees with Partner Center’s')];
  const minutes = Math.round(apartMs / MINUTE_MS);
  return [
    warning(
      'clock',
      `it is ${minutes} minutes apart from Partner Center’s`,
      'Set this machine’s clock by NTP: tokens and approvals have a time',
    ),
  ];
}
