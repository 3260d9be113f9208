import type { VariableName } from '../config/names.ts';

/** Where what is asked for a token stands in the configuration. */
export interface TokenNames {
  /** Who is known to Entra under which id. */
  readonly app: VariableName;
  readonly proof: readonly VariableName[];
  readonly tenant: VariableName;
}

/** Why there is no token, and what is to be done about it. */
export interface NoToken {
  readonly why: string;
  readonly todo: string;
}

const REGISTRATION = 'Entra admin center › App registrations';

/**
 * What Entra meant, by the number of its error; its own words may hold names and are left out.
 *
 * @see "Microsoft Entra authentication and authorization error codes"
 */
export function whyNoToken(error: unknown, { app, proof, tenant }: TokenNames): NoToken {
  const number = aadstsOf(error);
  const proofs = proof.join(' or ');
  const told = (why: string, todo: string): NoToken => ({ why: `${why} (AADSTS${number ?? '?'})`, todo });
  switch (number) {
    case 7000215:
      return told('Entra knows another secret', `Put the secret's value, not its id, into ${proofs}`);
    case 7000222:
      return told(
        'the secret has expired',
        `Make a new one: ${REGISTRATION} › ${app} › Certificates & secrets, and change ${proofs}`,
      );
    case 700027:
    case 7000214:
      return told(
        'Entra does not know this certificate',
        `Upload its public part: ${REGISTRATION} › ${app} › Certificates & secrets`,
      );
    case 7000218:
      return told('nothing was given to prove the app', `Set ${proofs}`);
    case 700016:
      return told(
        'this tenant has no such app',
        `Compare ${app} and ${tenant} with the overview page in ${REGISTRATION}`,
      );
    case 7000112:
      return told(
        'the app is disabled',
        `Enable it: Entra admin center › Enterprise applications › ${app} › Properties`,
      );
    case 90002:
    case 900023:
      return told('there is no such tenant', `Correct ${tenant}`);
    case 500011:
    case 650052:
      return told(
        'the tenant does not have the service',
        `${REGISTRATION} › ${app} › API permissions: add the service's permission and grant admin consent`,
      );
    case 65001:
      return told('nobody has consented', `${REGISTRATION} › ${app} › API permissions › Grant admin consent`);
    case 50076:
    case 50079:
      return told(
        'the account has to sign in with a second factor',
        'Make the refresh token anew, signing in with one',
      );
    case 70008:
    case 700082:
    case 50173:
    case 70043:
      return told(
        'the refresh token is over or was taken back',
        'Make the refresh token anew: see "Service account" in docs/operations.md',
      );
    case 50057:
      return told('the account is disabled', 'Enable the account, or use another one');
    case 53003:
      return told(
        'a Conditional Access policy does not let it in',
        'Look at the sign-in logs of Entra, and exclude it from that policy',
      );
    case undefined:
      return withoutNumber(error, app, tenant);
    default:
      return told(
        'Entra refuses',
        `Look the number up at https://login.microsoftonline.com/error, and at the sign-in logs of ${app}`,
      );
  }
}

function withoutNumber(error: unknown, app: VariableName, tenant: VariableName): NoToken {
  const all = chainOf(error);
  if (all.some(({ code }) => code === 'ENOENT' || code === 'EACCES' || code === 'EISDIR')) {
    return {
      why: 'a file that is named cannot be read',
      todo: 'Check the path, and the rights of the account that runs the bot',
    };
  }
  if (all.some(({ name, message }) => /ManagedIdentity|IMDS/i.test(`${name} ${message}`))) {
    return {
      why: `there is no managed identity here`,
      todo: `Run this where the bot runs, and assign the user-assigned identity with the client id ${app} to it`,
    };
  }
  if (
    all.some(
      ({ name, message, fault }) =>
        name === 'TooLongError' ||
        (name === 'ExchangeError' && fault === 'unavailable') ||
        /network|ENOTFOUND|ECONNREFUSED|endpoints_resolution/i.test(message),
    )
  ) {
    return {
      why: 'Entra did not answer',
      todo: `Let the bot reach AZURE_AUTHORITY_HOST over https (proxy, firewall), and check ${tenant}`,
    };
  }
  return { why: 'no token could be had', todo: `Look at the sign-in logs of ${app} in the Entra admin center` };
}

/** In what is thrown, or in what caused it. */
function aadstsOf(error: unknown): number | undefined {
  for (const { errorNo, message } of chainOf(error)) {
    const number = Number(errorNo ?? /AADSTS(\d+)/.exec(message)?.[1]);
    if (number > 0) return number;
  }
  return undefined;
}

interface Thrown {
  readonly name: string;
  readonly message: string;
  readonly code?: unknown;
  readonly fault?: unknown;
  readonly errorNo?: unknown;
}

function chainOf(error: unknown): readonly Thrown[] {
  const chain: Thrown[] = [];
  for (let one = error; one instanceof Error && chain.length < 6; one = one.cause) chain.push(one);
  return chain;
}
