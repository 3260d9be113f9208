import type { Config } from '../config/config.ts';
import { TAB_PATH } from '../tab/paths.ts';
import { ok, warning, type Finding } from './finding.ts';

const ABOUT = 'tab';

/** Whether Teams can sign people on to the personal tab. @see "Enable SSO for your tab app", Application ID URI */
export function checkTab({ signIn }: Pick<Config, 'signIn'>): Finding {
  if (signIn === undefined) return ok(ABOUT, 'there is no personal tab, since nobody signs in');
  const { host } = new URL(signIn.publicUrl);
  const found = `the personal tab is at ${signIn.publicUrl}${TAB_PATH}`;
  if (signIn.appUri.startsWith(`api://${host}/`)) return ok(ABOUT, found);
  return warning(
    ABOUT,
    `${found}, and Teams signs nobody on there: SIGN_IN_APP_URI does not name the host of PUBLIC_URL`,
    `Make the Application ID URI of the sign-in registration begin with api://${host}/, and set SIGN_IN_APP_URI to it`,
  );
}
