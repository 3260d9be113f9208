import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { textsFor, type Language, type Texts } from '../../cards/texts/texts.ts';
import type { BrowserSignIn } from '../../services/sign-in/browser-sign-in.ts';
import type { Clock } from '../../services/clock.ts';
import type { Page, PageRequest, Pages } from '../channel/page.ts';
import { createRefusalLog } from '../channel/refusal-log.ts';
import type { Log } from '../log.ts';
import { loggableError } from '../loggable-error.ts';
import { END_PATH, START_PATH } from './paths.ts';

/** What Entra leads back with; whoever has a link may write anything there. @see RFC 6749, 4.1.2.1; OpenID Connect, 3.1.2.6 */
const ENTRA_ERRORS: ReadonlySet<string> = new Set([
  'access_denied',
  'consent_required',
  'interaction_required',
  'invalid_request',
  'invalid_scope',
  'login_required',
  'server_error',
  'temporarily_unavailable',
  'unauthorized_client',
]);

export interface SignInPagesParts {
  readonly browser: BrowserSignIn;
  readonly fallbackLanguage: Language;
  readonly log: Log;
  readonly clock: Clock;
}

/**
 * The two pages of a sign-in in a window that Teams opens: one that leads to Entra, and one that Entra leads back to,
 * which tells Teams that it is done. What it hands over is of use only to the person who began, and once.
 *
 * @see "Authentication flow in Teams", `authentication.notifySuccess`
 */
export function createSignInPages({ browser, fallbackLanguage, log, clock }: SignInPagesParts): Pages {
  // The library that talks to Teams is part of the page, so that the bot has no more addresses than these.
  const teamsJs = readFileSync(
    createRequire(import.meta.url).resolve('@microsoft/teams-js/dist/umd/MicrosoftTeams.min.js'),
    'utf8',
  );
  const textsOf = ({ acceptLanguage }: PageRequest): Texts => textsFor(acceptLanguage.slice(0, 35), fallbackLanguage);
  const refused = createRefusalLog(log, clock);
  const failed = (request: PageRequest): Page => page(textsOf(request), 'sign-in.page-failed', 400);
  const refusedTo = (request: PageRequest): Page => ({ ...failed(request), isStrangers: true });

  return {
    async [START_PATH](request) {
      const ticket = request.query.get('ticket') ?? '';
      try {
        const location = await browser.begin(ticket);
        return location === undefined ? refusedTo(request) : { status: 302, headers: { Location: location } };
      } catch (error) {
        log.error('a sign-in could not be begun', { error: loggableError(error) });
        return page(textsOf(request), 'sign-in.page-failed', 503);
      }
    },
    async [END_PATH](request) {
      const { query } = request;
      const [state, code] = [query.get('state') ?? '', query.get('code')];
      if (code === null) {
        if (!(await browser.turnedBack(state))) return refusedTo(request);
        const error = query.get('error') ?? '';
        refused(400, `sign-in page: ${ENTRA_ERRORS.has(error) ? error : 'another error'}`);
        return failed(request);
      }
      const handedOver = await browser.end(state, code);
      if (handedOver === undefined) return refusedTo(request);
      const tell = `microsoftTeams.app.initialize().then(() => microsoftTeams.authentication.notifySuccess(${JSON.stringify(handedOver)}));`;
      return page(textsOf(request), 'sign-in.page-done', 200, [teamsJs, tell]);
    },
  };
}

function page(
  texts: Texts,
  key: 'sign-in.page-done' | 'sign-in.page-failed',
  status: number,
  scripts: readonly string[] = [],
): Page {
  const nonce = randomBytes(16).toString('base64');
  const written = scripts.map((script) => `<script nonce="${nonce}">${script}</script>`).join('\n');
  return {
    status,
    headers: {
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Security-Policy': `default-src 'none'; script-src 'nonce-${nonce}'; style-src 'nonce-${nonce}'; frame-ancestors 'none'`,
      'Referrer-Policy': 'no-referrer',
    },
    body: `<!doctype html>
<html lang="${texts.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${texts.say('sign-in.page-title')}</title>
<style nonce="${nonce}">
  :root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif; }
  main { max-width: 30rem; margin: 3rem auto; padding: 0 1rem; }
</style>
</head>
<body>
<main><p role="status">${texts.say(key)}</p></main>
${written}
</body>
</html>
`,
  };
}
