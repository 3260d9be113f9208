import { ManagedIdentityCredential } from '@azure/identity';
import { refreshTokenVault } from '../../../services/sign-in/refresh-token-vault.ts';

/**
 * Reads what is in a vault and stores something newer, as a managed identity. A process of its own: the library finds out once
 * what machine it is on, and keeps that and the tokens for the whole process.
 */
const [, , url = '', clientId = '', newer = ''] = process.argv;
const place = refreshTokenVault({
  ...{ url, isStandIn: true },
  newCredential: () => new ManagedIdentityCredential({ clientId }),
  now: () => new Date(),
});
process.stdout.write(await place.replace(await place.read(), newer));
