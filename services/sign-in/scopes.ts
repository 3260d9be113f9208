import type { Service } from '../partner-center/token-source.ts';

/** What the bot asks for in its own name. Tokens for any other audience are refused with 401/900420. */
export const APP_SCOPES: Readonly<Record<Service, string>> = {
  'partner-center': 'https://api.partnercenter.microsoft.com/.default',
  graph: 'https://graph.microsoft.com/.default',
};

/** What it asks for in a person's name. @see "Partner Center authentication" */
export const PERSON_SCOPES: Readonly<Record<Service, string>> = {
  'partner-center': 'https://api.partnercenter.microsoft.com/user_impersonation',
  graph: 'https://graph.microsoft.com/.default',
};
