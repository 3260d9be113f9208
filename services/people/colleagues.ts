import { SECOND_MS, type Clock } from '../clock.ts';
import type { UserId } from '../ids.ts';
import type { GraphPeople } from './graph-people.ts';
import { KeptReading } from './kept-reading.ts';
import { within } from './within.ts';

/** What the partner's directory knows and can do beyond roles. Everything goes on without it. */
export interface Colleagues {
  /** Foreign text. */
  readonly nameOf: (person: UserId) => string | undefined;
  /** Whose manager somebody is, where that is known soon. */
  managerOf(person: UserId): Promise<UserId | undefined>;
  /** Looks once for the app in the catalogue, so that its id is known. Never rejects. */
  lookForApp(): Promise<void>;
  /**
   * The app's id in Teams, as far as it was found out: that of the catalogue, or where it is not in there, and so was uploaded by
   * hand, the one in its manifest.
   */
  appId(): string | undefined;
  /** Whether the app is in the catalogue, so that it may be installed for people. */
  canAddApp(): Promise<boolean>;
  /** Has the app installed for somebody who has not opened it. @returns whether they have it now. */
  addAppFor(person: UserId): Promise<boolean>;
}

export interface ColleaguesParts {
  readonly graph: Pick<GraphPeople, 'manager' | 'catalogueId' | 'installApp'>;
  readonly nameOf: Colleagues['nameOf'];
  /** The id in the app's manifest; without it nothing can be installed. */
  readonly manifestId?: string;
  readonly clock: Clock;
  readonly onFailed?: (what: 'manager' | 'catalogue' | 'install', error: unknown) => void;
}

/** A form waits no longer for what it can do without. */
const LONGEST_WAIT_MS = SECOND_MS;
/** Somebody who sends a request waits for this. */
const LONGEST_INSTALL_MS = 3 * SECOND_MS;
const MOST_MANAGERS = 1_000;

/** The directory knows that there is none. */
const NONE = 'none';

export function createColleagues({
  graph,
  nameOf,
  manifestId,
  clock,
  onFailed = () => undefined,
}: ColleaguesParts): Colleagues {
  const managers = new Map<UserId, KeptReading<string>>();
  const managerReading = (person: UserId): KeptReading<string> => {
    const known = managers.get(person);
    if (known !== undefined) return known;
    if (managers.size >= MOST_MANAGERS) managers.clear();
    const reading = new KeptReading<string>(
      async () => (await graph.manager(person)) ?? NONE,
      clock,
      (error) => {
        onFailed('manager', error);
      },
    );
    managers.set(person, reading);
    return reading;
  };
  const catalogue = new KeptReading<string>(
    async () => (manifestId === undefined ? undefined : await graph.catalogueId(manifestId)) ?? NONE,
    clock,
    (error) => {
      onFailed('catalogue', error);
    },
  );
  /** It does not change. */
  let appId: string | undefined;
  const soon = async (reading: KeptReading<string>): Promise<string | undefined> => {
    const renewing = reading.renew();
    if (renewing !== undefined) await within(renewing, LONGEST_WAIT_MS);
    const { value } = reading;
    return value === NONE ? undefined : value;
  };

  return {
    nameOf,
    managerOf: (person) => soon(managerReading(person)),
    async lookForApp() {
      await catalogue.renew();
    },
    appId() {
      appId = catalogue.value ?? appId;
      return appId === NONE ? manifestId : appId;
    },
    canAddApp: async () => (await soon(catalogue)) !== undefined,
    async addAppFor(person) {
      const id = await soon(catalogue);
      if (id === undefined) return false;
      const installed = graph.installApp(person, id).then(
        () => true,
        (error: unknown) => {
          onFailed('install', error);
          return false;
        },
      );
      return (await within(installed, LONGEST_INSTALL_MS)) ?? false;
    },
  };
}
