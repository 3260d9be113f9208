import type { Secret } from './secret.ts';
import { certificateFile, guid, secret } from './values.ts';
import type { VariableName } from './names.ts';
import type { Variables } from './variables.ts';

/** An app registration of the partner's tenant, and what it proves itself with. */
export interface Registration {
  readonly clientId: string;
  readonly credential: { readonly secret: Secret } | { readonly certificatePath: string };
}

/** The variables in which it is named. */
export interface RegistrationNames {
  readonly id: VariableName;
  readonly secret: VariableName;
  readonly certificatePath: VariableName;
}

/** @returns `undefined` where none is named, or where a fault was noted. */
export function readRegistration(variables: Variables, names: RegistrationNames): Registration | undefined {
  const credentials = [names.secret, names.certificatePath];
  const given = credentials.filter((name) => variables.isSet(name));
  const clientId = variables.optional(names.id, guid);
  const appSecret = variables.optional(names.secret, secret);
  const certificatePath = variables.optional(names.certificatePath, certificateFile);
  if (!variables.isSet(names.id)) {
    if (given.length > 0) variables.fault([names.id, ...given], 'a credential needs the id of its app');
    return undefined;
  }
  if (given.length === 0) variables.fault([names.id, ...credentials], 'an app needs a secret or a certificate');
  if (given.length > 1) variables.fault(given, 'give a secret or a certificate, not both');
  if (clientId === undefined) return undefined;
  if (appSecret !== undefined) return { clientId, credential: { secret: appSecret } };
  return certificatePath === undefined ? undefined : { clientId, credential: { certificatePath } };
}
