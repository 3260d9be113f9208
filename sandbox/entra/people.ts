import { sameId } from '../partner-center/world/ids.ts';
import { isMet, valuesOf } from './tokens/claims-request.ts';

/** An account in the tenant. */
export interface Person {
  readonly objectId: string;
  readonly name: string;
  readonly userPrincipalName: string;
  /** A guest's home tenant, if it is another one. */
  readonly tenantId?: string;
  readonly userType: 'member' | 'guest';
  readonly enabled: boolean;
}

/** What a person has shown when signing in. */
interface Session {
  mfa: boolean;
  /** The values of claims requests that were met at the sign-in page, as `acrs=c1`. */
  readonly met: Set<string>;
  /** URIs of the resources to which the person has consented at the sign-in page. */
  readonly consented: Set<string>;
}

export class People {
  readonly #people: readonly Person[];
  #sessions = new Map<string, Session>();

  constructor(people: readonly Person[]) {
    this.#people = people;
  }

  get all(): readonly Person[] {
    return this.#people;
  }

  /** By object id or user principal name. */
  find(named: string): Person | undefined {
    return this.#people.find(
      ({ objectId, userPrincipalName }) => sameId(objectId, named) || sameId(userPrincipalName, named),
    );
  }

  /** A person of whom nothing is known has signed in with multifactor authentication. */
  session({ objectId }: Person): Session {
    const known = this.#sessions.get(objectId);
    if (known !== undefined) return known;
    const fresh: Session = { mfa: true, met: new Set(), consented: new Set() };
    this.#sessions.set(objectId, fresh);
    return fresh;
  }

  /** Forgets every sign-in. @param withoutMfa object ids of those who have then signed in with a password only */
  forgetSessions(withoutMfa: readonly string[] = []): void {
    this.#sessions = new Map();
    for (const named of withoutMfa) {
      const person = this.find(named);
      if (person !== undefined) this.session(person).mfa = false;
    }
  }

  /** At the sign-in page, whatever is asked is done: a second factor too, where claims are asked for. */
  signIn(person: Person, asked: { readonly claims: string; readonly resources: readonly string[] }): void {
    const session = this.session(person);
    const values = valuesOf(asked.claims);
    if (values.length > 0) session.mfa = true;
    for (const value of values) session.met.add(value);
    for (const uri of asked.resources) session.consented.add(uri);
  }

  hasMet(person: Person, claims: string): boolean {
    return isMet(claims, this.session(person).met);
  }

  /** The authentication contexts that the person has met, as `c1`. */
  contextsOf(person: Person): string[] {
    return [...this.session(person).met].flatMap((value) => (value.startsWith('acrs=') ? [value.slice(5)] : []));
  }
}
