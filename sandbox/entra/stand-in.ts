import type { FaultSettings } from './control/faults.ts';
import type { LogEntry } from './control/log.ts';
import type { Person } from './people.ts';
import type { Registration } from './registrations.ts';
import type { Claims, SigningOptions } from './tokens/keys.ts';

export interface EntraOptions {
  readonly tenantId: string;
  /** 0 takes any free port. */
  readonly port?: number;
  readonly apps: readonly Registration[];
  readonly people: readonly Person[];
  /** Has the sign-in page at a plain http address, for a browser that does not trust the certificate (https). */
  readonly plainSignInPage?: boolean;
  /** Where the movable clock starts from. */
  readonly now?: () => Date;
  /** What is set at the start and after every reset. */
  readonly faults?: FaultSettings;
}

/** A running stand-in of Microsoft Entra, to try and to test against. */
export interface EntraStandIn {
  /** `https://127.0.0.1:1234`; the `authorityHost` of a credential. */
  readonly url: string;
  readonly port: number;
  /** PEM of the authority that has to be trusted: `tlsOptions.ca` of a credential, or NODE_EXTRA_CA_CERTS. */
  readonly ca: string;
  readonly tenantId: string;

  /**
   * What Teams single sign-on gives for an app: a token to it, for a person.
   *
   * @param overrides laid over the claims; an `undefined` one is left out
   * @param appId the sign-in app, unless it is the first with an app id URI
   */
  ssoToken(objectId: string, overrides?: Claims, appId?: string): string;
  /** Signs whatever it is told, as good or as bad as it is told. */
  sign(claims: Claims, options?: SigningOptions): string;
  /** @returns the claims of a token that it has signed, whoever it is for; lapsed ones too. */
  verified(token: string): Claims | undefined;

  log(since?: number): readonly LogEntry[];
  clearLog(): void;
  /** Replaces what was set, and forgets who has been at the sign-in page; `{}` clears. */
  setFaults(settings: FaultSettings): void;
  /** Entra's time; `undefined` puts it back to the machine's. */
  moveClock(to: Date | undefined): void;
  now(): Date;
  /** A new key signs from now on. @param forgetOld whether the old ones are no longer published */
  rotateKeys(forgetOld?: boolean): void;
  /** Refresh tokens of this person are no good any more, as after a change of password. */
  revoke(objectId: string): void;
  /** As at the start; the keys stay, and log numbers go on. */
  reset(): void;
  close(): Promise<void>;
}
