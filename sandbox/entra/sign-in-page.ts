import type { Answer } from '../partner-center/api/answers.ts';
import type { Person } from './people.ts';

const STYLE = `
  :root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
  main { max-width: 26rem; margin: 10vh auto; padding: 0 1rem; }
  ul { list-style: none; padding: 0; }
  li a { display: block; padding: .75rem 1rem; margin: .5rem 0; border: 1px solid; border-radius: .25rem; color: inherit; text-decoration: none; }
  li a:hover, li a:focus { outline: 2px solid; }
  small { display: block; overflow-wrap: anywhere; }
`;

const page = (status: number, title: string, body: string): Answer => ({
  status,
  contentType: 'text/html; charset=utf-8',
  headers: { 'Cache-Control': 'no-store' },
  text: `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title><style>${STYLE}</style></head>
<body><main><h1>${title}</h1>${body}</main></body>
</html>`,
});

/** Everybody of the tenant to choose from. A click asks the same again, with the person named. */
export function signInPage(asked: {
  readonly app: string;
  readonly scope: string;
  readonly claims: string;
  readonly query: URLSearchParams;
  readonly people: readonly Person[];
}): Answer {
  const link = (more: Readonly<Record<string, string>>): string => {
    const query = new URLSearchParams(asked.query);
    for (const [name, value] of Object.entries(more)) query.set(name, value);
    return escaped(`?${query.toString()}`);
  };
  const choices = asked.people.map(
    ({ objectId, name, userPrincipalName }) =>
      `<li><a href="${link({ person: objectId })}">${escaped(name)}<small>${escaped(userPrincipalName)}</small></a></li>`,
  );
  const claims = asked.claims === '' ? '' : `<p>Also asked for: <small>${escaped(asked.claims)}</small></p>`;
  return page(
    200,
    'Pick an account',
    `<p>to continue to ${escaped(asked.app)}</p><ul>${choices.join('')}</ul>
    <p>Access to: <small>${escaped(asked.scope)}</small></p>${claims}
    <p><a href="${link({ cancelled: '1' })}">Cancel</a></p>
    <p><small>This page stands in for Microsoft’s. Nobody is really signed in.</small></p>`,
  );
}

/** What there is to say where there is nowhere to go back to. */
export const refusalPage = (description: string): Answer =>
  page(400, 'Sorry, but we’re having trouble signing you in.', `<p>${escaped(description)}</p>`);

/** Posts itself to the application. */
export function formPostPage(redirectUri: string, members: URLSearchParams): Answer {
  const inputs = [...members].map(
    ([name, value]) => `<input type="hidden" name="${escaped(name)}" value="${escaped(value)}">`,
  );
  return page(
    200,
    'Working…',
    `<form method="post" action="${escaped(redirectUri)}">${inputs.join('')}<button>Continue</button></form>
    <script>document.forms[0].submit()</script>`,
  );
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escaped = (text: string): string => text.replaceAll(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
