import { z } from 'zod';
import { FaultRules } from '../../control/fault-rules.ts';
import { sameId } from '../../partner-center/world/ids.ts';
import { isCode, Refusal, type Code } from '../refusal.ts';
import type { People, Person } from '../people.ts';
import type { Resource } from '../registrations.ts';

const KnownCode = z.custom<Code>(
  (value) => typeof value === 'number' && isCode(value),
  'not an error that the stand-in knows',
);

/** Strikes requests as they come, whoever they are about. */
const Rule = z.strictObject({
  kind: z.enum(['down', 'throttled', 'hang', 'reset', 'refuse', 'slow', 'not-json']),
  endpoint: z.enum(['token', 'authorize', 'keys', 'metadata']).optional(),
  /** As the request names it, or `on_behalf_of`. */
  grant: z.string().optional(),
  /** How many requests that fit it strikes; all of them when left out. */
  times: z.int().min(0).optional(),
  /** How many requests that fit it lets through first. */
  skip: z.int().min(0).default(0),
  /** For `throttled`, and for `down` where told. */
  retryAfterSeconds: z.int().min(0).optional(),
  /** For `slow`. */
  delayMs: z.int().min(0).default(1_000),
  /** For `refuse`: an AADSTS number. */
  code: KnownCode.default(700082),
});
export type Rule = z.output<typeof Rule>;

/** What stands between a person and a resource, until the person has been at the sign-in page. */
const Obstacle = z.strictObject({
  code: KnownCode,
  /** Everybody, when left out. */
  person: z.string().optional(),
  /** The URI or the app id; all of them when left out. */
  resource: z.string().optional(),
  /** What has to be met at the sign-in page; 50076 and 50079 have some unless told otherwise. */
  claims: z.string().optional(),
});
type Obstacle = z.output<typeof Obstacle>;

const Switches = z.strictObject({
  /** `as-registered`: 1.0 for Microsoft's own resources, 2.0 for the registrations. */
  tokenVersion: z.enum(['as-registered', '1.0', '2.0']).default('as-registered'),
  /** Whether access tokens for people hold `amr`; as registered, those of version 1.0 do. */
  amr: z.enum(['as-registered', 'always', 'never']).default('as-registered'),
  tokenLifetimeSeconds: z.int().default(3_599),
  /** How far Entra's clock is ahead of the machine's, on top of where it was moved. */
  skewMs: z.int().default(0),
  /** Whether the sign-in page takes whom `login_hint` names, or else the first person, without a click. */
  automaticSignIn: z.boolean().default(false),
});
export type Switches = z.output<typeof Switches>;

export const FaultSettings = z.strictObject({
  rules: z.array(Rule).default([]),
  obstacles: z.array(Obstacle).default([]),
  /** Object ids or user principal names of those who have signed in with a password only. */
  withoutMfa: z.array(z.string()).default([]),
  switches: Switches.default(Switches.parse({})),
});
export type FaultSettings = z.input<typeof FaultSettings>;

/** A policy's id, as Entra puts it into the claims that a second factor meets. */
const SECOND_FACTOR =
  '{"access_token":{"polids":{"essential":true,"values":["9ab03e19-ed42-4168-b6b7-7001fb3e933a"]}}}';

export class Faults {
  #settings = FaultSettings.parse({});
  readonly #rules = new FaultRules<Rule>();

  get switches(): Switches {
    return this.#settings.switches;
  }

  show(): z.output<typeof FaultSettings> {
    return this.#settings;
  }

  /** Replaces what was set; `{}` clears. */
  set(settings: FaultSettings): void {
    this.#settings = FaultSettings.parse(settings);
    this.#rules.set(this.#settings.rules);
  }

  /** The first rule that fits and is not used up. */
  strike(endpoint: string, grant: string | undefined): Rule | undefined {
    return this.#rules.strike(
      (rule) =>
        (rule.endpoint === undefined || rule.endpoint === endpoint) &&
        (rule.grant === undefined || rule.grant === grant),
    );
  }

  /** @throws {Refusal} while something stands between the person and the resource. */
  check(person: Person, resource: Resource, people: People): void {
    for (const obstacle of this.#settings.obstacles) {
      const { code } = obstacle;
      if (!concerns(obstacle, person, resource)) continue;
      const claims = obstacle.claims ?? (code === 50076 || code === 50079 ? SECOND_FACTOR : undefined);
      const lifted =
        claims !== undefined
          ? people.hasMet(person, claims)
          : code === 65001 && people.session(person).consented.has(resource.uri);
      if (!lifted) throw new Refusal(code, { about: `Resource: ${resource.uri}.`, claims });
    }
  }
}

const concerns = ({ person, resource }: Obstacle, whom: Person, what: Resource): boolean =>
  (person === undefined || sameId(person, whom.objectId) || sameId(person, whom.userPrincipalName)) &&
  (resource === undefined || sameId(resource, what.uri) || sameId(resource, what.appId));
