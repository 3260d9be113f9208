/** Where people begin to sign in on a page, and where Entra sends them back to. */
export const START_PATH = '/auth/start';
export const END_PATH = '/auth/end';
