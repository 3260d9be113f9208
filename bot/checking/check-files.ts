import { X509Certificate } from 'node:crypto';
import { access, constants, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { DAY_MS, type Clock } from '../../services/clock.ts';
import type { Config } from '../config/config.ts';
import type { VariableName } from '../config/names.ts';
import type { Registration } from '../config/registration.ts';
import { ok, warning, wrong, type Finding } from './finding.ts';

const SOON_MS = 30 * DAY_MS;

/** The files with credentials, which were read at the start already: how long they are good for, and who can read them. */
export async function checkFiles(
  { signIn, partnerCenter }: Pick<Config, 'signIn' | 'partnerCenter'>,
  now: Clock,
): Promise<readonly Finding[]> {
  const certificates: readonly [VariableName, string | undefined][] = [
    ['SIGN_IN_CERTIFICATE_PATH', certificateOf(signIn)],
    ['PARTNER_CENTER_APP_CERTIFICATE_PATH', certificateOf(partnerCenter.app)],
  ];
  const findings: Finding[] = [];
  for (const [name, file] of certificates) {
    if (file === undefined) continue;
    findings.push(
      endOf(name, new X509Certificate(await readFile(file, 'utf8')), now()),
      ...(await readers(name, file)),
    );
  }
  const account = partnerCenter.serviceAccount;
  if (account !== undefined && 'tokenFile' in account) {
    const { tokenFile } = account;
    findings.push(...(await readers('SERVICE_ACCOUNT_TOKEN_FILE', tokenFile)), ...(await replaceable(tokenFile)));
  }
  return findings;
}

const certificateOf = (registration: Registration | undefined): string | undefined =>
  registration !== undefined && 'certificatePath' in registration.credential
    ? registration.credential.certificatePath
    : undefined;

function endOf(name: VariableName, { validToDate }: X509Certificate, now: Date): Finding {
  const day = validToDate.toISOString().slice(0, 10);
  const todo = `Register a newer certificate beside it in Entra, then change ${name}`;
  if (validToDate <= now) return wrong('certificate', `that of ${name} has ended on ${day}`, todo);
  if (validToDate.getTime() - now.getTime() < SOON_MS)
    return warning('certificate', `that of ${name} ends on ${day}`, todo);
  return ok('certificate', `that of ${name} is good until ${day}`);
}

/** Windows has no such modes. */
async function readers(name: VariableName, file: string): Promise<readonly Finding[]> {
  const { mode } = await stat(file);
  if (process.platform === 'win32' || (mode & 0o077) === 0) return [];
  return [
    warning(
      'files',
      `other accounts of this machine can read the file of ${name}`,
      'Take the rights of all others away (chmod 600)',
    ),
  ];
}

/** Each newer refresh token is written beside it first. */
async function replaceable(file: string): Promise<readonly Finding[]> {
  try {
    await access(path.dirname(file), constants.W_OK);
    return [];
  } catch {
    const todo = 'Put the file into a folder that the bot may write to';
    return [wrong('service account', 'newer refresh tokens could not be kept', todo)];
  }
}
