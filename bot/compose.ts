import { setTimeout as delay } from 'node:timers/promises';
import type { HttpClient } from '@azure/core-rest-pipeline';
import { createBatchScreen } from '../dialogs/batch-screen.ts';
import { linkToTab, type TabLink } from '../cards/links.ts';
import { createAuditScreen } from '../dialogs/audit-screen.ts';
import { createFoundEntriesScreen } from '../dialogs/found-entries-screen.ts';
import { createProviderScreen } from '../dialogs/provider-screen.ts';
import { createReadinessScreen } from '../dialogs/readiness-screen.ts';
import { RemoveRelationshipDialog } from '../dialogs/remove-relationship-dialog.ts';
import { createRequestScreen } from '../dialogs/request-screen.ts';
import { auditKeyOf } from '../services/audit/audit-chain.ts';
import { createAuditReader } from '../services/audit/audit-reader.ts';
import { CHECKPOINT_CLOCK } from '../services/audit/checkpoints.ts';
import { markedStore } from '../services/audit/marked-store.ts';
import { createRecordSearch } from '../services/audit/record-search.ts';
import { createBatchStore, BATCH_PARTITIONS } from '../services/batches/batch-store.ts';
import { createBatches } from '../services/batches/batches.ts';
import { createBatchRunner } from '../services/batches/run-batch.ts';
import { HOUR_MS, type Clock } from '../services/clock.ts';
import { createDirectory } from '../services/customers/directory.ts';
import { createCustomerFinder } from '../services/customers/find-customers.ts';
import { createResellers } from '../services/customers/resellers.ts';
import type { NewId, RequestId, UserId } from '../services/ids.ts';
import { createPartnerCenterClient } from '../services/partner-center/client.ts';
import { createDelegatedAdmin } from '../services/partner-center/delegated-admin.ts';
import type { CallLog } from '../services/partner-center/policies.ts';
import type { TokenSource } from '../services/partner-center/token-source.ts';
import { createPeople } from '../services/people/people.ts';
import { withoutRemovals } from '../services/people/roles.ts';
import { createReadinessReader } from '../services/readiness/reader.ts';
import { NOTICES_KEY } from '../services/requests/announcing/notices.ts';
import { OUTBOX_KEY } from '../services/requests/change.ts';
import { createClaims } from '../services/requests/claims.ts';
import { createLimits } from '../services/requests/sending/limits.ts';
import type { RequestPolicy } from '../services/requests/moves.ts';
import { createOnSignedIn } from '../services/requests/removing/signed-in.ts';
import { createNonces } from '../services/requests/nonces.ts';
import { createAskedOf, createPersonRequests, createRunning } from '../services/requests/person-requests.ts';
import { createAllRequests } from '../services/requests/overview/all-requests.ts';
import { createRemovalRequests } from '../services/requests/removal-requests.ts';
import { createRequestStore, refuse } from '../services/requests/request-store.ts';
import { createCancellationRunner } from '../services/requests/cancelling/run-cancellation.ts';
import { createDelegatedAdminRunner } from '../services/requests/delegated-admin/run-delegated-admin.ts';
import { createRemovalRunner } from '../services/requests/removing/run-removal.ts';
import { createSendingRunner } from '../services/requests/sending/run-sending.ts';
import { createStepRunner } from '../services/requests/clearing/run-step.ts';
import { delivered, undelivered } from '../services/requests/deciding/undelivered.ts';
import { createUndoRunner } from '../services/requests/giving-back/run-undo.ts';
import { createRequestWork } from '../services/requests/run-work.ts';
import { voidWhatWaitedBefore } from '../services/requests/removing/after-restore.ts';
import { endWhatIsFromTheFuture, endWhatWaitsFromTheFuture } from '../services/requests/removing/set-back.ts';
import { UNDO_POLICY } from '../services/requests/giving-back/undo-clock.ts';
import type { Claim, Wake } from '../services/storage/claim.ts';
import type { Store } from '../services/storage/store.ts';
import { createOwnMeantime, createSharedMeantime } from '../services/sign-in/meantime.ts';
import { createSteadyClock, type SteadyClock } from '../services/steady-clock.ts';
import { createWatchedBlockers } from '../services/watching/blockers-by-kind.ts';
import { createWatchedBy } from '../services/watching/watched-by.ts';
import { createWatches } from '../services/watching/watches.ts';
import { createAuditAnswers } from './turns/audit-answers.ts';
import { createBatchButtons } from './turns/batch-buttons.ts';
import { createBatchWords } from './turns/batch-words.ts';
import { createBarButton, createButtons } from './turns/buttons.ts';
import { createCardInvoke } from './turns/card-invoke.ts';
import type { Config } from './config/config.ts';
import { createConversationStorage } from './turns/conversation-storage.ts';
import { createConversations } from './turns/conversation.ts';
import { createCustomerSearch } from './turns/customer-search.ts';
import { createTellFault } from './turns/faults.ts';
import { createHelp } from './turns/help.ts';
import { createFreshRoles } from './turns/fresh-roles.ts';
import { createLaterCards, createLaterWords } from './turns/later-cards.ts';
import { logACall } from './call-log.ts';
import type { Log } from './log.ts';
import { OneAtATime } from './one-at-a-time.ts';
import { loggableError } from './loggable-error.ts';
import { createArrivals } from './work/arrivals.ts';
import { createBesideOthers } from './work/beside-others.ts';
import { choresOf, type OpenedStore } from './work/chores.ts';
import { createNightly } from './work/nightly.ts';
import { createWhoseNight } from './work/whose-night.ts';
import { startRecord } from './work/record.ts';
import { createFreshWork } from './work/fresh-work.ts';
import { createNews } from './work/news.ts';
import { createOffboardingBot } from './turns/offboarding-bot.ts';
import { createBatchOutbox } from './work/batch-outbox.ts';
import { createOutbox } from './work/outbox.ts';
import { createRequestButtons } from './turns/request-buttons.ts';
import { createRequestsList } from './turns/requests-list.ts';
import { createWatchesList } from './turns/watches-list.ts';
import { createReceiptFiles } from './receipts/receipt-files.ts';
import { createPeopleDirectory } from './people-directory.ts';
import { createIsReady } from './readiness.ts';
import { startGauges } from './telemetry/gauges.ts';
import { readFileText, SHAREPOINT } from './channel/attached-file.ts';
import { createOwnTurns } from './channel/conversation-turns.ts';
import { createHttpLine, type Line } from './channel/line.ts';
import { createSharedTurns } from './channel/shared-turns.ts';
import { createTeamsMessenger } from './channel/teams-messenger.ts';
import { createSigningIn } from './sign-in/signing-in.ts';
import { createTokens } from './sign-in/tokens.ts';
import { createWebhook } from './webhook/webhook.ts';
import { createTab } from './tab/tab.ts';
import { createTypedWords } from './turns/typed-words.ts';
import { createWorker } from './work/worker.ts';
import { canActFor } from './work/can-act-for.ts';

/** What the bot takes from the world around it; a test brings its own. */
export interface World {
  readonly config: Config;
  readonly clock: Clock;
  /** Milliseconds since any moment, by what nobody can set; without it the clock is believed whatever it says. */
  readonly elapsedMs?: () => number;
  readonly newId: NewId;
  /** Towards Partner Center, and Entra for the bot's own token. */
  readonly http: HttpClient;
  /** Where the tokens of its calls come from (as configured). */
  readonly tokens?: TokenSource;
  /** Towards Teams, where people keep their files, and the webhook (the machine's own). */
  readonly fetch?: typeof fetch;
  /** Towards Teams and from there, where that is not the Bot Framework over HTTP. */
  readonly line?: Line;
  /** Opens the store; `boot` names this run of the process. */
  readonly openStore: (boot: string) => Promise<OpenedStore>;
  readonly log: Log;
}

export interface Bot {
  readonly port: number;
  readonly url: string;
  /** Takes nothing more, lets running work end, at most 10 s, and gives the store back. */
  stop(): Promise<void>;
}

/** A draft that nobody goes on with is left after a day. */
const DRAFT_TTL_MS = 24 * HOUR_MS;

/**
 * Builds the bot from its parts, and starts it. The only place that knows all of them.
 *
 * @throws {StoreError} when the store cannot be opened.
 * @throws {PortTakenError}
 */
export async function startBot(world: World): Promise<Bot> {
  const { config, newId, log } = world;
  const time = timeOf(world);
  const clock = time.now;
  const boot = newId();
  const plainStore = await world.openStore(boot);
  const store = markedStore(plainStore, clock);
  try {
    return await build(world, boot, store);
  } catch (error) {
    await store.close();
    log.error('the bot could not be started');
    throw error;
  }

  async function build({ http }: World, boot: string, store: Store): Promise<Bot> {
    const { partner, partnerCenter: pc, timing, approval, defaultLocale: fallbackLanguage } = config;
    const isSandbox = partner.environment === 'sandbox';
    const sleep = async (ms: number): Promise<void> => delay(ms, undefined, { ref: false });
    const secret = config.auditKey.reveal();
    const policy: RequestPolicy = {
      approvalsRequired: approval.required,
      approvalTtlMs: approval.ttlMs,
      executionTtlMs: approval.executionTtlMs,
      executeAs: approval.executeAs,
      draftTtlMs: DRAFT_TTL_MS,
      verifyEveryMs: timing.verifyEveryMs,
      verifyForMs: timing.verifyForMs,
      chase: {
        remindAfterMs: approval.remindAfterMs,
        escalateAfterMs: approval.escalateAfterMs,
        ...(approval.escalateTo !== undefined && { escalateTo: approval.escalateTo }),
      },
      undo: UNDO_POLICY,
    };

    const meantime = store.isShared ? createSharedMeantime({ store, secret, clock }) : createOwnMeantime(clock);
    const made = createTokens({
      ...{ config, clock, newId, log, meantime },
      onSignedIn(person) {
        goOnFor(person).catch((error: unknown) => {
          log.error('what has waited for a sign-in goes on later', { error: loggableError(error) });
        });
      },
    });
    const tokens = world.tokens ?? made.source;
    if (pc.auth === 'service-account')
      log.warn('one account acts for everybody at Partner Center: it is not seen there who has approved');
    const { replicas, wakeUps } = createBesideOthers({ store, queue: plainStore.wakeQueue, clock, boot, log });
    const share = (): number => replicas.share();
    const logCall = (call: CallLog): void => {
      logACall(log, call);
    };
    const partnerCenter = createPartnerCenterClient({
      url: pc.url,
      tokens,
      http,
      newId,
      now: clock,
      lanes: pc.lanes,
      share,
      log: logCall,
    });
    const directory = createDirectory({
      partnerCenter,
      clock,
      actAs: 'bot',
      refreshMs: timing.directoryRefreshMs,
    });
    const self = { ...(partner.tenantId !== undefined && { partnerTenantId: partner.tenantId }) };
    const finder = createCustomerFinder({ directory, partnerCenter, ...self });
    const hasResellers = partner.type === 'indirect-provider';
    const delegatedAdmin = createDelegatedAdmin({
      ...{ url: pc.graphUrl, tokens, http, newId },
      ...{ now: clock, log: logCall },
    });
    const reader = createReadinessReader({
      partnerCenter,
      policy: { suspendedNewCommerce: config.suspendedNewCommerce, environment: partner.environment },
      clock,
      lanes: pc.lanes,
      delegatedAdmin,
      hasResellers,
    });

    const people = createPeople(store);
    const { memberships, colleagues } = createPeopleDirectory({
      ...{ config, made, logCall, clock, newId, http, log },
      ...(world.tokens && { tokens: world.tokens }),
    });
    const auditKey = auditKeyOf(secret);
    const record = await startRecord({
      ...{ store, plainStore, config, clock, boot, auditKey, log },
    });
    const endedByProvider = partner.type === 'indirect-reseller';
    /** Who may look for customers and at requests; `roles`: who may do something about them. */
    const lookers = memberships.roles;
    const roles = endedByProvider ? withoutRemovals(lookers) : lookers;
    /** For what cannot be taken back. */
    const certainRoles = endedByProvider ? withoutRemovals(memberships.certainRoles) : memberships.certainRoles;
    const { id: storeId, restoredAt } = store.origin;
    const afterRestore = restoredAt !== undefined && { restoredAt };
    const nonces = createNonces(secret, clock, restoredAt === undefined ? '' : storeId);
    const nudge = (): void => {
      worker.nudge();
    };
    const wake: Wake = {
      due: nudge,
      claimed: (claim) => {
        worker.begin(claim);
      },
    };
    const requests = createRequestStore({
      store,
      clock,
      auditKey,
      boot,
      leaseMs: timing.leaseMs,
      wake,
      undo: policy.undo,
      announces: config.webhook !== undefined,
      onStored: (stored) => {
        allRequests.note(stored);
      },
    });
    const allRequests = createAllRequests({
      ...{ store, requests, clock },
      onFault: (error) => {
        log.error('a request could not be read for the overview', { error: loggableError(error) });
      },
    });
    const goOnFor = createOnSignedIn({ store, requests, clock });
    const claims = createClaims({
      ...{ store, requests, clock },
      onNoRoom: () => {
        log.warn('nothing new is begun: the disk of the store is nearly full');
      },
    });
    const personRequests = createPersonRequests(store);
    const askedOf = createAskedOf(store);
    const limits = createLimits({ ...{ store, requests, clock, newId }, most: config.limits });
    const removals = createRemovalRequests({
      requests,
      claims,
      limits,
      personRequests,
      askedOf,
      running: createRunning({ store, clock }),
      people,
      ...(colleagues && { colleagues }),
      tokens,
      roles,
      partnerCenter,
      policy,
      clock,
      newId,
      refusals: record.refusals,
    });
    const batchStore = createBatchStore({ store, clock, wake });
    const batches = createBatches({ batches: batchStore, requests, roles, clock, newId, log: record.log });
    const runBatch = createBatchRunner({ batches: batchStore, finder, reader, removals, people, ...afterRestore });
    const looksAlone = tokens.canActAs('bot') ? 'in-part' : 'nothing';
    const watches = createWatches({
      ...{ store, reader, partnerCenter, clock, wake },
      everyMs: timing.watchEveryMs,
      withoutPeople: pc.auth === 'on-behalf-of' ? looksAlone : 'all',
    });
    const readinessScreen = createReadinessScreen({
      ...{ reader, clock, removals, watches, directory, roles, nonces, isSandbox },
    });
    const batchScreen = createBatchScreen({ batches, readiness: readinessScreen, removals, nonces, isSandbox });
    // Only where people sign in is there a tab, and Teams of the government has other addresses.
    const hasTab =
      made.signIn !== undefined && config.signIn !== undefined && !new URL(pc.authorityUrl).hostname.endsWith('.us');
    const tabLink: TabLink = (requestId) => {
      const appId = hasTab ? colleagues?.appId() : undefined;
      return appId === undefined ? undefined : linkToTab(appId, requestId);
    };
    const requestScreen = createRequestScreen({ roles, nonces, removals, isSandbox, tabLink });

    const stopping = new AbortController();
    const pacing = { sleep, stopping: stopping.signal };
    const turns = store.isShared
      ? createSharedTurns({ ...pacing, store, clock, newId })
      : createOwnTurns({ ...pacing, now: clock });
    const line =
      world.line ??
      createHttpLine(config.bot, log, {
        ...{ now: clock, http, authority: { url: pc.authorityUrl }, turns },
        ...(world.fetch && { fetch: world.fetch }),
      });
    const messenger = createTeamsMessenger({
      ...{ adapter: line, serviceHosts: config.bot.channelServiceHosts },
      ...{ now: clock, stopping: stopping.signal, share, turns },
    });
    const laterCards = createLaterCards({ messenger, newId, fallbackLanguage, log });
    const sayLater = createLaterWords(messenger, log);
    const files = createReceiptFiles({
      ...{ removals, screen: requestScreen, messenger, clock, sayLater, showLater: laterCards.show, log },
      serviceHosts: config.bot.channelServiceHosts,
      fetch: world.fetch ?? fetch,
    });
    const onAsking = (id: RequestId, approver: UserId, came: 'not-shown' | 'shown'): Promise<unknown> =>
      requests.change(id, (stored) =>
        stored ? (came === 'shown' ? delivered : undelivered)(stored, approver) : refuse('missing'),
      );
    const batchOutbox = createBatchOutbox({
      ...{ store, batchStore, batches, people, messenger, screen: batchScreen },
      ...{ clock, fallbackLanguage, log, onAsking },
    });
    const outbox = createOutbox({
      store,
      people,
      asked: askedOf,
      messenger,
      requestScreen,
      readinessScreen,
      clock,
      fallbackLanguage,
      log,
      batches,
      onAsking,
    });
    const isTimeInDoubt = (): boolean => time.isInDoubt();
    const approvedRun = {
      ...{ requests, partnerCenter, reader, tokens, people, policy, clock, newId, isTimeInDoubt },
      roles: certainRoles,
      ...afterRestore,
    };
    const requestWork = createRequestWork({
      requests,
      partnerCenter,
      reader,
      people,
      roles,
      policy,
      runRemoval: createRemovalRunner({ ...approvedRun, directory }),
      runCancellation: createCancellationRunner(approvedRun),
      runStep: createStepRunner({
        ...approvedRun,
        claims,
      }),
      runSending: createSendingRunner({
        ...{ requests, reader, partnerCenter, policy, roles, tokens, clock },
        removalDays: limits.removalDays,
      }),
      runUndo: createUndoRunner({
        ...{ requests, claims, partnerCenter, tokens, roles, policy, clock },
        ...(approval.escalateTo !== undefined && { escalateTo: approval.escalateTo }),
      }),
      runDelegatedAdmin: createDelegatedAdminRunner({
        ...{ requests, delegatedAdmin, tokens, policy, clock, newId },
        roles: certainRoles,
        ...afterRestore,
        isTimeInDoubt: () => time.isInDoubt(),
      }),
    });
    const webhook = createWebhook({
      ...{ store, config: config.webhook, clock, log },
      fetch: world.fetch ?? fetch,
    });
    const news = createNews({ store, people, roles, watches, messenger, nonces, clock, fallbackLanguage, log });
    const work = (claim: Claim): Promise<unknown> => {
      const isMessage = claim.key.startsWith(OUTBOX_KEY);
      if (claim.partition === CHECKPOINT_CLOCK) return record.checkpoint(claim);
      if (claim.partition.startsWith('customer:')) {
        if (isMessage) return news(claim);
        return endedByProvider ? watches.end(claim) : watches.look(claim);
      }
      if (claim.key === NOTICES_KEY) return webhook(claim);
      if (claim.partition.startsWith(`${BATCH_PARTITIONS}:`)) return isMessage ? batchOutbox(claim) : runBatch(claim);
      return isMessage ? outbox(claim) : requestWork(claim);
    };
    const freshly = createFreshWork({
      ...{ memberships, requests, work },
      requesterOf: async (id) => (await batchStore.read(id))?.batch.requester.id,
    });
    const worker = createWorker({
      ...{ store, clock, boot, leaseMs: timing.leaseMs, work: freshly, log },
      ...(wakeUps && { wakeUps }),
      isForOthers: ({ value }) => replicas.hasOthers() && !canActFor(value, tokens),
    });

    const chores = [
      { name: 'limits', run: () => limits.deleteOld() },
      { name: 'batches', run: () => batches.deleteOld() },
      ...choresOf({ ...world, clock }, plainStore),
    ];
    const nightly = createNightly({
      ...{ chores, clock, log },
      ...(store.isShared && { whoseNight: createWhoseNight({ store, clock, boot }) }),
    });

    const conversations = createConversations(
      new RemoveRelationshipDialog({
        finder,
        directory,
        ...(hasResellers && {
          resellers: createResellers({ partnerCenter, clock, keptMs: timing.directoryRefreshMs, sleep }),
        }),
        ...(endedByProvider && { provider: createProviderScreen({ finder, ...self }) }),
        screen: readinessScreen,
        requestScreen,
        removals,
        watches,
        nonces,
        clock,
        waiting: { showLater: laterCards.show, sleep },
        isSandbox,
      }),
      createConversationStorage(store),
    );
    const { refusals } = record;
    const freshRoles = createFreshRoles({ memberships, removals });
    const readChain = createAuditReader({ store, auditKey });
    const oneAtATime = new OneAtATime();
    const audit = createAuditAnswers({
      ...{ roles, removals, people, all: allRequests },
      search: createRecordSearch({ store, all: allRequests }),
      oneAtATime,
      screen: createAuditScreen({ read: readChain, people, nonces, tabLink }),
      foundScreen: createFoundEntriesScreen({ removals, people, nonces, tabLink }),
      log: record.log,
      refusals,
    });
    const pressing = { refusals, roles: lookers, freshRoles, endedByProvider };
    const bar = createBarButton(pressing);
    const requestsList = createRequestsList({ removals, roles: lookers, nonces, tabLink });
    const watchesList = createWatchesList({
      ...{ watchedBy: createWatchedBy({ store, clock }), watches, nonces, reader, clock },
    });
    const help = createHelp({
      roles: lookers,
      endedByProvider,
      signsIn: made.signIn !== undefined && config.signIn !== undefined,
    });
    const buttons = createButtons({
      ...pressing,
      conversations,
      requestsList,
      watchesList,
      help,
      requestButtons: createRequestButtons({
        ...{ removals, batches, screen: requestScreen, roles, nonces, refusals, files, clock, sleep },
      }),
      audit,
      batchButtons: createBatchButtons({
        ...{ batches, screen: batchScreen, removals, roles, nonces, refusals, clock, sleep },
      }),
    });
    const tellFault = createTellFault({ newId, log });
    const signingIn =
      made.signIn &&
      config.signIn &&
      createSigningIn({
        ...{ signIn: made.signIn, config: config.signIn, removals, policy },
        ...{ meantime, fallbackLanguage, clock, newId, log },
      });
    const turn = createOffboardingBot({
      people,
      languageOf: memberships.languageOf,
      ...(signingIn && { signIn: signingIn.chat }),
      typedWords: createTypedWords({
        conversations,
        directory,
        requestsList,
        watchesList,
        help,
        roles: lookers,
        freshRoles,
        audit,
        batchWords: createBatchWords({
          batches,
          readFile: (file) =>
            readFileText(file, { endings: SHAREPOINT, loopback: config.bot.auth === 'none' }, world.fetch),
        }),
        refusals,
        endedByProvider,
        ...(signingIn && { signIn: signingIn.chat }),
      }),
      buttons,
      bar,
      cardInvoke: createCardInvoke({
        ...{ buttons, bar, laterCards, sayLater, tellFault },
        ...(signingIn && { signIn: signingIn.card }),
      }),
      customerSearch: createCustomerSearch({ directory, roles: lookers, refusals }),
      freshRoles,
      arrivals: createArrivals({ store, clock, nudge }),
      sayLater,
      roles: lookers,
      files,
      clock,
      tellFault,
      fallbackLanguage,
    });
    const tab =
      made.signIn &&
      config.signIn &&
      createTab({
        ...{
          store,
          requests,
          removals,
          personRequests,
          askedOf,
          people,
          freshRoles,
          refusals,
          clock,
          fallbackLanguage,
          readChain,
          oneAtATime,
        },
        ...{
          readSignedOn: made.signIn.readSignedOn,
          all: allRequests,
          roles: lookers,
          log: record.log,
          screen: requestScreen,
        },
        watchedBlockers: createWatchedBlockers({ store, clock, everyMs: timing.watchEveryMs }),
        publicUrl: config.signIn.publicUrl,
      });
    const server = line.door(turn, {
      isReady: createIsReady({
        ...{ isTimeInDoubt: () => time.isInDoubt(), store, wakeUps },
        elapsedMs: () => performance.now(),
      }),
      pages: { ...signingIn?.pages, ...tab?.pages },
      ...(tab && { forms: tab.forms }),
    });

    if (restoredAt !== undefined) await voidWhatWaitedBefore({ store, requests, restoredAt });
    const { port, url } = await server.listen(config.bot.port, config.bot.host);
    await replicas.start();
    await endWhatIsFromTheFuture({ store, requests, policy });
    line.start();
    if (hasTab) void colleagues?.lookForApp();
    directory.start();
    memberships.start();
    worker.start();
    const isStopped = (): boolean => stopping.signal.aborted;
    endWhatWaitsFromTheFuture({ store, requests, policy, isStopped }).catch((error: unknown) => {
      if (!isStopped())
        log.error('it could not be seen whether something was approved by a clock that was ahead', {
          error: loggableError(error),
        });
    });
    nightly.start();
    const gauges = startGauges({ store, requests, clock });
    log.info('the bot listens', { port });

    return {
      port,
      url,
      async stop() {
        await server.close();
        gauges.stop();
        line.stop();
        stopping.abort();
        directory.stop();
        memberships.stop();
        await Promise.all([worker.stop(), nightly.stop()]);
        await record.stop();
        await replicas.stop();
        await store.close();
      },
    };
  }
}

function timeOf({ clock, elapsedMs = () => clock().getTime(), log }: World): SteadyClock {
  return createSteadyClock({
    wall: clock,
    elapsedMs,
    onJump: (ms) => {
      log.error('the clock has jumped: nothing that was approved is carried out until the time is certain', { ms });
    },
    onCertain: () => {
      log.info('the time is certain again');
    },
  });
}
