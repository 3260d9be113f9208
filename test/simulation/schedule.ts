import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '../../services/clock.ts';
import type { SwitchSettings } from '../../sandbox/partner-center/world/switches.ts';
import { Random } from './random.ts';
import { PEOPLE, type Crash, type DiskFault, type TeamsFault } from './simulated-world.ts';

/** One thing that happens. Each has a seed of its own, so that leaving out one changes no other. */
export type Action = { readonly seed: number } & (
  | { readonly do: 'go-on' }
  | { readonly do: 'press'; readonly who: string; readonly times: number }
  | { readonly do: 'type'; readonly who: string; readonly words: string }
  | { readonly do: 'pass'; readonly ms: number }
  | { readonly do: 'jump'; readonly ms: number }
  | { readonly do: 'clock'; readonly ms: number }
  | { readonly do: 'crash'; readonly inCalls: number; readonly kind: Crash }
  | { readonly do: 'restart' }
  | { readonly do: 'partner-center'; readonly rule: object; readonly repeated: 'honours' | 'ignores' }
  | { readonly do: 'slow'; readonly ms: readonly number[] }
  | { readonly do: 'teams'; readonly faults: readonly TeamsFault[] }
  | { readonly do: 'disk'; readonly faults: readonly DiskFault[] }
  | { readonly do: 'change'; readonly change: 'reactivated' | 'bought' | 'renamed' }
  | { readonly do: 'heal' }
);

/** Everything a seed decides. */
export interface Schedule {
  readonly seed: number;
  readonly customer: string;
  readonly approvalsRequired: number;
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
  { status: 429, headers: { 'Retry-After': '57' } },
  { status: 429, headers: { 'Retry-After': '0' } },
  { status: 403, code: '20002' },
  { status: 400, code: '3000', description: 'Customer relationship cannot be removed.' },
  { status: 409, code: '900278' },
  { status: 400, code: '2055' },
  { status: 401, code: '900421' },
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
]);
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
const CUSTOMERS = ['northwindtraders', 'northwindtraders', 'contosobakery', 'fabrikambikes', 'alpineskihouse'] as const;

/** What a seed stands for. */
export function scheduleOf(seed: number): Schedule {
  const random = new Random(seed);
  const count = 6 + random.below(20);
  return {
    seed,
    customer: random.pick(CUSTOMERS),
    approvalsRequired: random.pick([1, 1, 2]),
    switches: {
      staleListMs: random.pick([0, 0, 4_000, 90_000]),
      statusDelayMs: random.pick([0, 0, 3_000, 40_000]),
      afterRemoval: random.pick(['refused-at-once', 'refused-when-unlisted']),
      secondRemoval: random.pick(['20002', '3000']),
      numericCodes: random.chance(0.5),
      mixedCaseIds: random.chance(0.5),
    },
    actions: Array.from({ length: count }, () => action(random)),
  };
}

const times = <T>(count: number, make: () => T): readonly T[] => Array.from({ length: count }, make);

function action(random: Random): Action {
  const seed = random.below(2 ** 31);
  const who = random.pick(PEOPLE)?.key ?? '';
  const kind = random.next();
  if (kind < 0.46) return { seed, do: 'go-on' };
  if (kind < 0.56) return { seed, do: 'press', who, times: 1 + random.below(4) };
  if (kind < 0.58) return { seed, do: 'type', who, words: random.pick(WORDS) };
  if (kind < 0.64)
    return { seed, do: 'pass', ms: random.pick([SECOND_MS, 20 * SECOND_MS, 20 * SECOND_MS, 2 * MINUTE_MS]) };
  if (kind < 0.67)
    return { seed, do: 'jump', ms: random.pick([20 * MINUTE_MS, 2 * HOUR_MS, 30 * HOUR_MS, 80 * HOUR_MS]) };
  if (kind < 0.68) return { seed, do: 'clock', ms: random.pick([-HOUR_MS, HOUR_MS, DAY_MS, -MINUTE_MS]) };
  if (kind < 0.77)
    return { seed, do: 'crash', inCalls: 1 + random.below(90), kind: random.pick(['killed', 'power-cut']) };
  if (kind < 0.78) return { seed, do: 'restart' };
  if (kind < 0.87) {
    const rule = { ...random.pick(RULES), method: random.pick(['PATCH', 'PATCH', 'GET']), times: 1 + random.below(3) };
    return { seed, do: 'partner-center', rule, repeated: random.pick(['honours', 'ignores']) };
  }
  if (kind < 0.89)
    return { seed, do: 'slow', ms: times(1 + random.below(3), () => random.pick([500, 5_000, 20_000, 45_000])) };
  if (kind < 0.93) return { seed, do: 'teams', faults: times(1 + random.below(5), () => random.pick(TEAMS_FAULTS)) };
  if (kind < 0.95)
    return {
      seed,
      do: 'disk',
      faults: times(1 + random.below(3), () => ({
        call: random.pick(['write', 'sync', 'rename', 'open', 'readFile']),
        code: random.pick(['ENOSPC', 'EIO', 'EROFS']),
      })),
    };
  if (kind < 0.97) return { seed, do: 'change', change: random.pick(['reactivated', 'bought', 'renamed']) };
  return { seed, do: 'heal' };
}
