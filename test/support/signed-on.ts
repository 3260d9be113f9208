import { readdir, readFile } from 'node:fs/promises';
import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import path from 'node:path';
import tls from 'node:tls';
import { CHAT_TENANT_ID, MANAGER_OBJECT_ID, REQUESTER_OBJECT_ID, type SingleSignOn } from '../../sandbox/chat/chat.ts';
import { startEntra } from '../../sandbox/entra/entra.ts';
import type { EntraStandIn } from '../../sandbox/entra/stand-in.ts';
import type { Claims } from '../../sandbox/entra/tokens/keys.ts';
import { freePort } from './free-port.ts';
import { startJourney, type Journey, type JourneyOptions } from './journey.ts';

export const SIGN_IN_APP = '6a1f7d52-0b3c-4f4e-8a55-9d2c1e7b3f60';
export const BACKGROUND_APP = '3c5d9e71-8f20-4a6b-b7d4-0e1f2a3b4c5d';
/** What an administrator consents to: for what the bot asks the directory, and for having the app installed. */
const READING_ROLES = ['User.Read.All', 'GroupMember.Read.All'];
const INSTALLING_ROLES = ['AppCatalog.Read.All', 'TeamsAppInstallation.ReadWriteSelfForUser.All'];
const PERSON = { userType: 'Member', accountEnabled: true } as const;
const SECRET = 'what the stand-in of Entra knows the apps by';

/** A journey in which everybody acts in their own name: Entra is on this machine, and everything that talks to it is real. */
export interface SignedOnJourney {
  readonly journey: Journey;
  readonly entra: EntraStandIn;
  /** Whom Teams signs on by itself, and how: nobody more than once told otherwise. */
  readonly teams: {
    /** Claims laid over those of somebody's sign-on token. */
    overrides: Claims;
    /** Whether Teams has a token at all. */
    silent: boolean;
    /** Sends this one instead. */
    forged: string | undefined;
    /** Pages that were opened, without their query. */
    readonly opened: string[];
    /** Whether whoever opens the page signs in there. */
    finishes: boolean;
    /** What a page is said to have handed over, without anybody having been there. */
    replay: string | undefined;
    /** What the page has handed over, each time. */
    readonly handedOver: string[];
    /** Each token that was sent to the bot. */
    readonly sent: string[];
  };
  /** Files of the store in which one of these texts stands, once the bot is stopped: one that works renames what it has written. */
  filesWith(texts: readonly string[]): Promise<readonly string[]>;
  close(): Promise<void>;
}

export async function startSignedOnJourney(options: JourneyOptions = {}): Promise<SignedOnJourney> {
  const port = await freePort();
  const publicUrl = `http://127.0.0.1:${port}`;
  const entra = await startEntra({
    tenantId: CHAT_TENANT_ID,
    apps: [
      {
        clientId: SIGN_IN_APP,
        secret: SECRET,
        redirectUris: [`${publicUrl}/auth/end`],
        appIdUri: `api://127.0.0.1:${port}/${SIGN_IN_APP}`,
        roles: [...READING_ROLES, ...INSTALLING_ROLES],
      },
      { clientId: BACKGROUND_APP, secret: SECRET, redirectUris: [], roles: READING_ROLES },
    ],
    people: [
      {
        ...{ objectId: REQUESTER_OBJECT_ID, name: 'Jonas Weber', userPrincipalName: 'jonas@partner.example' },
        ...{ userType: 'member', enabled: true },
      },
      {
        ...{ objectId: MANAGER_OBJECT_ID, name: 'Elena Marsh', userPrincipalName: 'elena@partner.example' },
        ...{ userType: 'member', enabled: true },
      },
    ],
  });
  const trusted = tls.getCACertificates('default');
  tls.setDefaultCACertificates([...trusted, entra.ca]);

  const teams: SignedOnJourney['teams'] = {
    ...{ overrides: {}, silent: true, forged: undefined, replay: undefined, finishes: true },
    ...{ opened: [], sent: [], handedOver: [] },
  };
  const signOn: SingleSignOn = {
    token({ aadObjectId }) {
      if (!teams.silent) return Promise.resolve(undefined);
      const token = teams.forged ?? entra.ssoToken(aadObjectId, teams.overrides);
      teams.sent.push(token);
      return Promise.resolve(token);
    },
    async page({ aadObjectId }, url) {
      teams.opened.push(url.split('?', 1)[0] ?? '');
      if (teams.replay !== undefined) return teams.replay;
      const handedOver = teams.finishes ? await walk(url, aadObjectId) : undefined;
      if (handedOver !== undefined) teams.handedOver.push(handedOver);
      return handedOver;
    },
  };
  const journey = await startJourney({
    directory: {
      users: [
        { ...PERSON, id: REQUESTER_OBJECT_ID, displayName: 'Jonas Weber', userPrincipalName: 'jonas@partner.example' },
        { ...PERSON, id: MANAGER_OBJECT_ID, displayName: 'Elena Marsh', userPrincipalName: 'elena@partner.example' },
      ],
      faults: { switches: { requireToken: true } },
    },
    ...options,
    chat: { ...options.chat, signOn },
    env: {
      PORT: String(port),
      PUBLIC_URL: publicUrl,
      PARTNER_CENTER_AUTH: 'on-behalf-of',
      AZURE_AUTHORITY_HOST: entra.url,
      SIGN_IN_APP_ID: SIGN_IN_APP,
      SIGN_IN_SECRET: SECRET,
      SIGN_IN_APP_URI: `api://127.0.0.1:${port}/${SIGN_IN_APP}`,
      PARTNER_CENTER_APP_ID: BACKGROUND_APP,
      PARTNER_CENTER_APP_SECRET: SECRET,
      ...options.env,
    },
  });
  return {
    journey,
    entra,
    teams,
    async filesWith(texts) {
      await journey.stop();
      const entries = await readdir(journey.folder, { recursive: true, withFileTypes: true });
      const files = entries
        .filter((entry) => entry.isFile())
        .map(({ parentPath, name }) => path.join(parentPath, name));
      const read = await Promise.all(files.map((file) => readFile(file, 'utf8')));
      return files.filter((_, index) => texts.some((text) => read[index]?.includes(text)));
    },
    async close() {
      await journey.close();
      await entra.close();
      tls.setDefaultCACertificates(trusted);
    },
  };

  /** What a browser does on the way from the bot's page to Entra and back, for somebody who signs in at once. */
  async function walk(url: string, person: string): Promise<string | undefined> {
    let next = url;
    for (let hops = 0; hops < 5; hops += 1) {
      if (next.startsWith(entra.url)) next += `&login_hint=${person}`;
      const { status, location, body } = await get(next, entra.ca);
      if (status !== 302 || location === undefined) return /notifySuccess\("([^"]+)"\)/.exec(body)?.[1];
      next = new URL(location, next).href;
    }
    throw new Error('the way leads round in circles');
  }
}

function get(url: string, ca: string): Promise<{ status: number; location: string | undefined; body: string }> {
  return new Promise((resolve, reject) => {
    const read = url.startsWith('https:') ? httpsRequest : httpRequest;
    const request = read(url, { ...(url.startsWith('https:') && { ca }), agent: false }, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('end', () => {
        const { statusCode: status = 0, headers } = response;
        resolve({ status, location: headers.location, body: Buffer.concat(parts).toString('utf8') });
      });
    });
    request.on('error', reject);
    request.end();
  });
}
