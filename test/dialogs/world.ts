import { createDefaultHttpClient } from '@azure/core-rest-pipeline';
import { createProviderScreen } from '../../dialogs/provider-screen.ts';
import { createReadinessScreen } from '../../dialogs/readiness-screen.ts';
import { RemoveRelationshipDialog } from '../../dialogs/remove-relationship-dialog.ts';
import { createRequestScreen } from '../../dialogs/request-screen.ts';
import type { ShowLater } from '../../dialogs/later.ts';
import { auditKeyOf } from '../../services/audit/audit-chain.ts';
import { HOUR_MS, later, MINUTE_MS, SECOND_MS } from '../../services/clock.ts';
import { createDirectory } from '../../services/customers/directory.ts';
import { createCustomerFinder } from '../../services/customers/find-customers.ts';
import { createResellers } from '../../services/customers/resellers.ts';
import { newGuid } from '../../services/ids.ts';
import { createPartnerCenterClient } from '../../services/partner-center/client.ts';
import { createDelegatedAdmin } from '../../services/partner-center/delegated-admin.ts';
import { noTokens } from '../../services/partner-center/token-source.ts';
import { createPeople } from '../../services/people/people.ts';
import type { Person } from '../../services/people/person.ts';
import { createRoles } from '../../services/people/roles.ts';
import { createReadinessReader } from '../../services/readiness/reader.ts';
import { OUTBOX_KEY } from '../../services/requests/change.ts';
import { createClaims } from '../../services/requests/claims.ts';
import { createNonces } from '../../services/requests/nonces.ts';
import { createLimits, type MostAllowed } from '../../services/requests/sending/limits.ts';
import { createAskedOf, createPersonRequests } from '../../services/requests/person-requests.ts';
import { createRemovalRequests } from '../../services/requests/removal-requests.ts';
import { createRequestStore } from '../../services/requests/request-store.ts';
import type { Claim } from '../../services/storage/claim.ts';
import { createCancellationRunner } from '../../services/requests/cancelling/run-cancellation.ts';
import { createDelegatedAdminRunner } from '../../services/requests/delegated-admin/run-delegated-admin.ts';
import { createRemovalRunner } from '../../services/requests/removing/run-removal.ts';
import { createSendingRunner } from '../../services/requests/sending/run-sending.ts';
import { createStepRunner } from '../../services/requests/clearing/run-step.ts';
import { createUndoRunner } from '../../services/requests/giving-back/run-undo.ts';
import { createRequestWork } from '../../services/requests/run-work.ts';
import { UNDO_POLICY } from '../../services/requests/giving-back/undo-clock.ts';
import { createWatches, type Watches } from '../../services/watching/watches.ts';
import { createMemoryStore } from '../../services/storage/memory-store.ts';
import { PARTNER_TENANT_ID, startPartnerCenter, type StandInOptions } from '../../sandbox/partner-center/server.ts';

const person = (n: number, name: string, address: boolean, locale = 'en-US'): Person => ({
  id: `5b0f7a52-7d1e-4b7c-9a35-2f6f0c9d1e4${n}`,
  name,
  teamsId: `29:${n}`,
  locale,
  ...(address && {
    address: {
      conversationId: `chat-${n}`,
      serviceUrl: 'http://127.0.0.1',
      tenantId: PARTNER_TENANT_ID,
      botId: '28:bot',
    },
  }),
});

/** Two who ask, one of them in Russian; one who decides, and one who would if they opened the bot. */
export const JONAS = person(1, 'Jonas Weber', true);
export const MIRA = person(2, 'Mira Petrova', true, 'ru-RU');
export const ELENA = person(3, 'Elena Marsh', true);
export const UNREACHABLE = person(4, 'Otto Brandt', false);

/** One call as the stand-in of Partner Center saw it. */
export interface SeenCall {
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly body?: { readonly status?: string };
}

export type World = Awaited<ReturnType<typeof startWorld>>;

const NO_LIMITS: MostAllowed = { openPerRequester: 1_000, removalsPerDay: 1_000, suspensionsPerDay: 10_000 };

interface WorldOptions {
  /** How much may be asked for; a great deal where it is left out. */
  readonly most?: Partial<MostAllowed>;
  /** In an indirect reseller's tenant. */
  readonly endedByProvider?: boolean;
  readonly waitForDirectory?: boolean;
  /** What looks at watched customers read without anybody's sign-in. */
  readonly withoutPeople?: Watches['withoutPeople'];
}

/** The dialogs over the real services, a store in memory, and a stand-in of Partner Center behind real HTTP. */
export async function startWorld(
  standIn: StandInOptions = {},
  { endedByProvider = false, waitForDirectory = true, most = {}, withoutPeople = 'all' }: WorldOptions = {},
) {
  let shiftMs = 0;
  const clock = (): Date => new Date(Date.now() + shiftMs);
  const partnerCenterServer = await startPartnerCenter({ now: clock, ...standIn });
  const partnerCenter = createPartnerCenterClient({
    url: partnerCenterServer.url,
    tokens: noTokens,
    http: createDefaultHttpClient(),
    newId: newGuid,
    now: clock,
  });
  const store = createMemoryStore({ boot: 'test' });
  const secret = new Uint8Array(32).fill(7);
  const policy = {
    approvalsRequired: 1,
    approvalTtlMs: 72 * HOUR_MS,
    executionTtlMs: HOUR_MS,
    executeAs: 'approver' as const,
    draftTtlMs: 24 * HOUR_MS,
    verifyEveryMs: SECOND_MS,
    verifyForMs: 30 * MINUTE_MS,
    chase: { remindAfterMs: 4 * HOUR_MS, escalateAfterMs: 24 * HOUR_MS },
    undo: UNDO_POLICY,
  };
  const directory = createDirectory({ partnerCenter, clock, actAs: 'bot', refreshMs: HOUR_MS });
  const finder = createCustomerFinder({ directory, partnerCenter, partnerTenantId: PARTNER_TENANT_ID });
  const hasResellers = standIn.switches?.partnerType === 'indirect-provider';
  const delegatedAdmin = createDelegatedAdmin({
    url: partnerCenterServer.url,
    tokens: noTokens,
    http: createDefaultHttpClient(),
    newId: newGuid,
    now: clock,
  });
  const reader = createReadinessReader({
    partnerCenter,
    delegatedAdmin,
    policy: { suspendedNewCommerce: 'blocks', environment: 'production' },
    clock,
    lanes: 10,
    hasResellers,
  });
  const people = createPeople(store);
  await people.learn(ELENA);
  await people.learn(UNREACHABLE);
  const roles = createRoles({
    requesters: [JONAS.id, MIRA.id],
    approvers: [ELENA.id, UNREACHABLE.id],
    auditors: [],
    samePerson: [],
  });
  const nonces = createNonces(secret, clock);
  const claimed: Claim[] = [];
  const requests = createRequestStore({
    store,
    clock,
    auditKey: auditKeyOf(secret),
    boot: 'test',
    leaseMs: MINUTE_MS,
    undo: policy.undo,
    wake: { due: () => undefined, claimed: (claim) => claimed.push(claim) },
  });
  const claims = createClaims({ store, requests, clock });
  const limits = createLimits({ store, requests, clock, newId: newGuid, most: { ...NO_LIMITS, ...most } });
  const removals = createRemovalRequests({
    limits,
    requests,
    claims,
    personRequests: createPersonRequests(store),
    askedOf: createAskedOf(store),
    people,
    tokens: noTokens,
    roles,
    partnerCenter,
    policy,
    clock,
    newId: newGuid,
  });
  const approvedRun = {
    requests,
    partnerCenter,
    reader,
    tokens: noTokens,
    roles,
    people,
    policy,
    clock,
    newId: newGuid,
  };
  const requestWork = createRequestWork({
    runSending: createSendingRunner({
      ...{ requests, reader, partnerCenter, policy, roles, tokens: noTokens, clock },
      removalDays: limits.removalDays,
    }),
    requests,
    partnerCenter,
    reader,
    people,
    roles,
    policy,
    runStep: createStepRunner({
      ...{ requests, partnerCenter, reader, claims, roles, people, policy, clock, newId: newGuid },
      tokens: noTokens,
    }),
    runUndo: createUndoRunner({ requests, claims, partnerCenter, tokens: noTokens, roles, policy, clock }),
    runDelegatedAdmin: createDelegatedAdminRunner({
      ...{ requests, delegatedAdmin, roles, policy, clock },
      tokens: noTokens,
      newId: newGuid,
    }),
    runRemoval: createRemovalRunner({ ...approvedRun, directory }),
    runCancellation: createCancellationRunner(approvedRun),
  });
  const watches = createWatches({
    store,
    reader,
    partnerCenter,
    clock,
    everyMs: 24 * HOUR_MS,
    wake: { due: () => undefined },
    withoutPeople,
  });
  const screen = createReadinessScreen({
    ...{ reader, clock, removals, watches, directory, roles, nonces },
    isSandbox: false,
  });
  const requestScreen = createRequestScreen({ roles, nonces, removals, isSandbox: false });

  /** Whether turns wait for a reading to the end, or not at all. */
  let isPatient = true;
  const laterCards: Parameters<ShowLater>[] = [];
  const dialog = new RemoveRelationshipDialog({
    finder,
    directory,
    ...(hasResellers && {
      resellers: createResellers({
        partnerCenter,
        clock,
        keptMs: HOUR_MS,
        sleep: () => new Promise<void>(() => undefined),
      }),
    }),
    ...(endedByProvider && { provider: createProviderScreen({ finder, partnerTenantId: PARTNER_TENANT_ID }) }),
    screen,
    requestScreen,
    removals,
    watches,
    nonces,
    clock,
    waiting: {
      showLater: (...args) => laterCards.push(args),
      sleep: () => (isPatient ? new Promise<void>(() => undefined) : Promise.resolve()),
    },
    isSandbox: false,
  });

  /** The next piece of work that is due and nobody has claimed yet. */
  const claimDue = async (): Promise<Claim | undefined> => {
    const [due] = await store.due(clock(), 1);
    if (due === undefined) return undefined;
    const { partition, key } = due;
    const { version, rows } = await store.read(partition);
    const row = rows.get(key)!;
    // Nobody here sends cards; what is to be shown is looked up where a test wants to see it.
    const isOutbox = key.startsWith(OUTBOX_KEY);
    const lease = { owner: 'test', until: later(clock(), MINUTE_MS), fence: (row.lease?.fence ?? 0) + 1 };
    await store.commit(partition, version, [isOutbox ? { key, remove: true } : { key, row: { ...row, lease } }]);
    return isOutbox ? claimDue() : { partition, key, lease };
  };
  const calls = async (): Promise<readonly SeenCall[]> => {
    const response = await fetch(`${partnerCenterServer.url}/_log`);
    return ((await response.json()) as { readonly entries: readonly SeenCall[] }).entries;
  };

  directory.start();
  while (waitForDirectory && directory.state().kind !== 'ready') await new Promise((resolve) => setImmediate(resolve));

  return {
    dialog,
    nonces,
    removals,
    watches,
    reader,
    requestScreen,
    requests,
    laterCards,
    directory,
    calls,
    /** What was sent to Partner Center to change something, in order. */
    changes: async () => (await calls()).filter(({ method }) => method !== 'GET'),
    /** A customer's tenant id by the first label of its domain. */
    customer: (label: string): string =>
      partnerCenterServer.world.customers.find(({ domain }) => domain === `${label}.onmicrosoft.com`)!.id.toLowerCase(),
    async control(address: string, body: unknown): Promise<void> {
      const response = await fetch(`${partnerCenterServer.url}/${address}`, {
        method: 'POST',
        body: JSON.stringify(body),
      });
      if (!response.ok) throw new Error(`${address}: ${await response.text()}`);
    },
    /** Lets time pass on all clocks. */
    pass(ms: number): void {
      shiftMs += ms;
    },
    beImpatient(): void {
      isPatient = false;
    },
    /** Does what is claimed or due, until nothing is. */
    async work(): Promise<void> {
      for (
        let claim = claimed.shift() ?? (await claimDue());
        claim !== undefined;
        claim = claimed.shift() ?? (await claimDue())
      )
        await (claim.partition.startsWith('customer:') ? watches.look(claim) : requestWork(claim));
    },
    async close(): Promise<void> {
      directory.stop();
      await partnerCenterServer.close();
    },
  };
}
