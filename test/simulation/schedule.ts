import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '../../services/clock.ts';
import type { SwitchSettings } from '../../sandbox/partner-center/world/switches.ts';
import type { MostAllowed } from '../../services/requests/sending/limits.ts';
import { Random } from './random.ts';
import { PEOPLE, type Crash, type DiskFault, type StoreKind, type TeamsFault } from './simulated-world.ts';

/** How a click comes: as it should, as a client of old sends it, or as a card's own refresh. */
export type How = 'execute' | 'submit' | 'automatic';
/** What changes at the customer behind the bot's back. */
export type CustomerChange = 'reactivated' | 'bought' | 'renamed' | 'more';

/** One thing that happens. Each has a seed of its own, so that leaving out one changes no other. */
export type Action = { readonly seed: number } & (
  | { readonly do: 'go-on' }
  /** Any button of any card that was ever shown to this person, and now and then to another. */
  | { readonly do: 'press'; readonly who: string; readonly times: number; readonly how: How }
  /** A deciding verb with ids and nonces from wherever this person can have them. */
  | { readonly do: 'forge'; readonly who: string; readonly how: How; readonly verb?: 'request.sign-in' }
  | { readonly do: 'type'; readonly who: string; readonly words: string }
  | { readonly do: 'pass'; readonly ms: number }
  | { readonly do: 'jump'; readonly ms: number }
  | { readonly do: 'clock'; readonly ms: number }
  | { readonly do: 'crash'; readonly inCalls: number; readonly kind: Crash }
  | { readonly do: 'restart' }
  | { readonly do: 'partner-center'; readonly rule: object; readonly repeated: 'honours' | 'ignores' }
  /** Says yes to the removal, or is not heard, and does it so much later. */
  | { readonly do: 'late'; readonly ms: number; readonly isUnanswered: boolean }
  | { readonly do: 'slow'; readonly ms: readonly number[] }
  | { readonly do: 'teams'; readonly faults: readonly TeamsFault[] }
  | { readonly do: 'disk'; readonly faults: readonly DiskFault[] }
  | { readonly do: 'nearly-full' }
  | { readonly do: 'change'; readonly change: CustomerChange; readonly inCalls: number }
  | { readonly do: 'lose-role'; readonly who: string }
  | { readonly do: 'heal' }
);

/** Where a life begins: how far a request has come before anything goes wrong. */
export type Opening = 'unknown' | 'known' | 'cleared' | 'sent' | 'list-sent' | 'half-approved' | 'given-up';

/** What people want of the customer first: the removal, or that what it has bought lately is cancelled. */
export type Wish = 'removal' | 'cancellation';

/** Everything a seed decides. */
export interface Schedule {
  readonly seed: number;
  readonly opening: Opening;
  readonly customer: string;
  /** Of whom else something is wanted meanwhile. */
  readonly second?: string | undefined;
  /** Whether who asks first asks for both with one list. */
  readonly together?: boolean;
  readonly wish?: Wish;
  /** Whether everything is done with the token of whoever it is done for, which a process has once they did something in it. */
  readonly signIn?: boolean;
  readonly executeAs?: 'approver' | 'requester';
  /** Less than anybody meets, where it is not said. */
  readonly most?: MostAllowed;
  readonly approvalsRequired: number;
  readonly replicas: number;
  /** Whether Teams is reached by the SDK and over HTTP, and not at the bot's own ports. */
  readonly overHttp?: boolean;
  /** On disk, where nothing is said. */
  readonly store?: StoreKind | undefined;
  readonly switches: SwitchSettings;
  readonly actions: readonly Action[];
}

const RULES = [
  { kind: 'reset' },
  { kind: 'apply-then-reset' },
  { kind: 'hang' },
  { kind: 'apply-then-hang' },
  { kind: 'truncate' },
  { kind: 'apply-then-answer', status: 500 },
  { id: 'unserved', status: 503 },
  { id: 'html', status: 200, body: '<html></html>' },
  { status: 403, code: '20002' },
  { status: 400, code: '3000', description: 'Customer relationship cannot be removed.' },
  { status: 409, code: '900278' },
  { status: 400, code: '2055' },
  { status: 401, code: '900421' },
] as const;
const AN_ERROR = { status: 200, code: '400072', description: 'The order could not be found.' };
/** Answers that say less than they seem to: an error that is called 200, whatever was done, and a page of a gateway. */
const MISLEADING = [
  { id: 'disguised', ...AN_ERROR },
  { kind: 'apply-then-answer', ...AN_ERROR },
  { status: 404, body: '<html></html>', contentType: 'text/html' },
  { status: 403, code: '20002' },
] as const;
/** Rules after which whoever called has seen no answer. */
export const UNANSWERED: ReadonlySet<string> = new Set([
  'reset',
  'apply-then-reset',
  'hang',
  'apply-then-hang',
  'truncate',
  'apply-then-answer',
  'unserved',
  'html',
  'disguised',
]);
const RETRY_AFTER = [
  '0',
  '1',
  '57',
  '86400',
  '999999999999',
  '-5',
  'soon',
  '',
  'Mon, 15 Jun 2026 10:00:05 GMT',
  'Mon, 15 Jun 2099 10:00:00 GMT',
] as const;
const TEAMS_FAULTS: readonly [TeamsFault, ...TeamsFault[]] = [
  { kind: 'answer', status: 403 },
  { kind: 'answer', status: 404 },
  { kind: 'answer', status: 429 },
  { kind: 'answer', status: 502 },
  { kind: 'reset' },
  { kind: 'hang' },
  { kind: 'apply-then-reset' },
];
const WORDS = [
  'help',
  'requests',
  'status',
  'stop',
  'remove contoso',
  'watch northwind',
  'dry run fabrikam',
  'yes',
  'approve',
] as const;
/** With one active licence, with two, with nothing, with what was suspended before, and with delegated administration. */
const CUSTOMERS = [
  'northwindtraders',
  'northwindtraders',
  'contosobakery',
  'fabrikambikes',
  'alpineskihouse',
  'firstupconsultants',
] as const;
/** Of these nothing has to be suspended before a request is sent. */
const NOTHING_TO_CLEAR = ['fabrikambikes', 'alpineskihouse', 'firstupconsultants'] as const;
const WITH_LICENCES = ['northwindtraders', 'northwindtraders', 'contosobakery'] as const;
/** Inside the window in which it can be cancelled: a new-commerce licence, and software. */
const WITH_PURCHASES = ['continentalcargo', 'continentalcargo', 'litware'] as const;

/** What a seed stands for. */
export function scheduleOf(seed: number): Schedule {
  const random = new Random(seed);
  const opening = random.pick([
    ...(['unknown', 'known', 'cleared', 'cleared', 'sent', 'sent', 'sent', 'half-approved', 'given-up'] as const),
  ] as [Opening, ...Opening[]]);
  const count = 2 + random.below(7);
  const schedule = withMore({
    seed,
    opening,
    customer: random.pick(opening === 'cleared' || opening === 'given-up' ? WITH_LICENCES : CUSTOMERS),
    approvalsRequired: opening === 'half-approved' ? 2 : random.pick([1, 1, 2]),
    replicas: random.chance(0.1) ? 2 : 1,
    overHttp: new Random(seed + 0x4711).chance(1 / 16),
    switches: {
      staleListMs: random.pick([0, 0, 4_000, 120_000]),
      statusDelayMs: random.pick([0, 0, 3_000, 40_000]),
      afterRemoval: random.pick(['refused-at-once', 'refused-when-unlisted']),
      secondRemoval: random.pick(['20002', '3000']),
      numericCodes: random.chance(0.5),
      mixedCaseIds: random.chance(0.5),
    },
    actions: Array.from({ length: count }, () => ({ seed: random.below(2 ** 31), ...action(random) })),
  });
  return withMisleadingAnswers(schedule);
}

/** Some of what goes wrong at Partner Center is one of these instead. By other dice, so that all else stays as it is. */
function withMisleadingAnswers(schedule: Schedule): Schedule {
  const random = new Random(schedule.seed + 0xa25);
  const actions = schedule.actions.map((one) => {
    if (one.do !== 'partner-center' || 'headers' in one.rule || !random.chance(0.3)) return one;
    return { ...one, rule: { ...random.pick(MISLEADING), method: pickMethod(random), times: 1 + random.below(3) } };
  });
  return { ...schedule, actions };
}

/** Some of those who want two customers removed ask for both with one list. By other dice, so that all other lives stay as they are. */
function withLists(schedule: Schedule): Schedule {
  const random = new Random(schedule.seed + 0xba7c);
  if (schedule.second === undefined || random.chance(0.4)) return schedule;
  const goOn = (count: number): readonly Action[] =>
    times(count, () => ({ seed: random.below(2 ** 31), do: 'go-on' }) as const);
  const isSent = random.chance(0.7);
  const more = goOn(isSent ? 2 + random.below(6) : 7 + random.below(6));
  const list = { ...schedule, together: true, actions: [...more, ...schedule.actions] };
  if (!isSent || schedule.most === undefined) return { ...list, opening: 'known' };
  const customer = random.pick(NOTHING_TO_CLEAR);
  return {
    ...list,
    ...{ opening: 'list-sent', customer },
    second: random.pick(NOTHING_TO_CLEAR.filter((one) => one !== customer)),
    // Both were sent today already, when that was not limited.
    most: { ...schedule.most, removalsPerDay: 10 },
  };
}

/** What some lives have besides: purchases to cancel, tokens that end with the process, limits that are met. */
function withMore(schedule: Schedule): Schedule {
  const random = new Random(schedule.seed + 0x5eed);
  const happens = (...all: readonly Happening[]): readonly Action[] =>
    all.map((one) => ({ seed: random.below(2 ** 31), ...one }));
  const goOn = (count: number): readonly Happening[] => times(count, () => ({ do: 'go-on' as const }));
  const isCancelling = random.chance(0.15);
  const signIn = random.chance(0.25);
  const isLimited = !isCancelling && random.chance(0.15);
  const { opening, customer, actions } = schedule;
  // What was asked for before a life begins, nothing limited; of these nothing had to be suspended for it.
  const limitedFrom = random.pick(['known', 'sent', 'sent'] as const);
  const limited = limitedFrom === 'sent' ? random.pick(['fabrikambikes', 'alpineskihouse'] as const) : customer;
  const signsInForOwn = { do: 'forge', who: 'ada', how: 'execute', verb: 'request.sign-in' } as const;
  const endsProcess = { do: 'crash', inCalls: 1 + random.below(90), kind: 'killed' } as const;
  return withLists({
    ...schedule,
    opening: isLimited ? limitedFrom : isCancelling && opening === 'cleared' ? 'known' : opening,
    customer: isLimited ? limited : isCancelling ? random.pick(WITH_PURCHASES) : customer,
    wish: isCancelling ? 'cancellation' : 'removal',
    signIn,
    executeAs: signIn && random.chance(0.3) ? 'requester' : 'approver',
    ...(isLimited && {
      second: random.pick(CUSTOMERS.filter((one) => one !== limited)),
      most: {
        openPerRequester: random.pick([1, 1, 10]),
        removalsPerDay: random.pick([1, 1, 10]),
        suspensionsPerDay: random.pick([1, 2, 500]),
      },
    }),
    actions: [
      ...(isCancelling ? happens(...goOn(random.below(3))) : []),
      // The process ends around the moment in which it carries out what somebody has approved.
      ...(signIn && random.chance(0.5)
        ? happens(...goOn(1), endsProcess, ...goOn(1), ...(random.chance(0.4) ? [signsInForOwn] : []), ...goOn(1))
        : []),
      ...(isLimited ? happens(...goOn(4 + random.below(8))) : []),
      ...actions,
    ],
  });
}

const times = <T>(count: number, make: () => T): readonly T[] => Array.from({ length: count }, make);
const someone = (random: Random): string => random.pick(PEOPLE)?.key ?? '';
const how = (random: Random): How =>
  random.pick(['execute', 'execute', 'execute', 'execute', 'submit', 'automatic'] as const);

type Happening = Action extends infer One ? (One extends unknown ? Omit<One, 'seed'> : never) : never;
type Kind = readonly [weight: number, make: (random: Random) => Happening];

const KINDS: readonly Kind[] = [
  [36, () => ({ do: 'go-on' })],
  [10, (random) => ({ do: 'press', who: someone(random), times: 1 + random.below(4), how: how(random) })],
  [8, (random) => ({ do: 'forge', who: random.chance(0.4) ? 'ada' : someone(random), how: how(random) })],
  [2, (random) => ({ do: 'type', who: someone(random), words: random.pick(WORDS) })],
  [4, (random) => ({ do: 'pass', ms: random.pick([SECOND_MS, 20 * SECOND_MS, 2 * MINUTE_MS]) })],
  [3, (random) => ({ do: 'jump', ms: random.pick([20 * MINUTE_MS, 2 * HOUR_MS, 30 * HOUR_MS, 80 * HOUR_MS]) })],
  [2, (random) => ({ do: 'clock', ms: random.pick([-HOUR_MS, HOUR_MS, DAY_MS, -DAY_MS, -MINUTE_MS]) })],
  [
    10,
    (random) => ({ do: 'crash', inCalls: 1 + random.below(90), kind: random.pick(['killed', 'power-cut'] as const) }),
  ],
  [1, () => ({ do: 'restart' })],
  [9, (random) => trouble({ ...random.pick(RULES), method: pickMethod(random), times: 1 + random.below(3) }, random)],
  [2, (random) => trouble(storm(random), random)],
  [2, (random) => late(random.pick([10 * SECOND_MS, 5 * MINUTE_MS, HOUR_MS]))],
  [2, (random) => late(random.pick([10 * SECOND_MS, 5 * MINUTE_MS]), true)],
  [2, (random) => ({ do: 'slow', ms: times(1 + random.below(3), () => random.pick([500, 5_000, 20_000, 45_000])) })],
  [4, (random) => ({ do: 'teams', faults: times(1 + random.below(5), () => random.pick(TEAMS_FAULTS)) })],
  [2, (random) => ({ do: 'disk', faults: brokenDisk(random) })],
  [1, (random) => ({ do: 'disk', faults: times(20 + random.below(60), () => ({ call: 'write', code: 'ENOSPC' })) })],
  [1, () => ({ do: 'nearly-full' })],
  [
    8,
    (random) => ({
      do: 'change',
      change: random.pick(['reactivated', 'bought', 'renamed', 'more'] as const),
      inCalls: random.pick([0, 1 + random.below(16)]),
    }),
  ],
  [1, (random) => ({ do: 'lose-role', who: random.pick(['bo', 'cy', 'ada']) })],
  [2, () => ({ do: 'heal' })],
];
const ALL_WEIGHTS = KINDS.reduce((sum, [weight]) => sum + weight, 0);

function action(random: Random): Happening {
  let at = random.below(ALL_WEIGHTS);
  for (const [weight, make] of KINDS) {
    if (at < weight) return make(random);
    at -= weight;
  }
  return { do: 'go-on' };
}

const late = (ms: number, isUnanswered = false): Happening => ({ do: 'late', ms, isUnanswered });
const pickMethod = (random: Random): string => random.pick(['PATCH', 'PATCH', 'GET']);
const storm = (random: Random): object => ({
  status: 429,
  headers: { 'Retry-After': random.pick(RETRY_AFTER) },
  times: 1 + random.below(12),
  ...(random.chance(0.5) && { method: pickMethod(random) }),
});
const trouble = (rule: object, random: Random): Happening => ({
  do: 'partner-center',
  rule,
  repeated: random.pick(['honours', 'ignores'] as const),
});
const brokenDisk = (random: Random): readonly DiskFault[] =>
  times(1 + random.below(3), () => ({
    call: random.pick(['write', 'sync', 'rename', 'open', 'readFile'] as const),
    code: random.pick(['ENOSPC', 'EIO', 'EROFS']),
  }));
