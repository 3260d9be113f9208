import { changeWorld } from '../../sandbox/partner-center/control/world-changes.ts';
import type { Activity } from '../../sandbox/chat/activities.ts';
import type { CardButton } from '../../sandbox/chat/card-actions.ts';
import { HOUR_MS, MINUTE_MS, SECOND_MS } from '../../services/clock.ts';
import { Random } from './random.ts';
import type { Action, CustomerChange, How, Schedule } from './schedule.ts';
import { idOf, type SimulatedWorld } from './simulated-world.ts';
import { buttonsOn, type SeenCard } from './teams-in-process.ts';

/** A button that somebody has pressed, as Teams handed it over. */
export interface Pressed {
  readonly atMs: number;
  readonly person: string;
  readonly verb: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly how: How;
  /** Whether the bot has answered it. */
  wasAnswered: boolean;
}

/** What the requester goes on with, the furthest first. */
const REQUESTER_VERBS = [
  'batch.send',
  'batch.confirm-clear',
  'batch.form',
  'batch.clear',
  'request.confirm-remove',
  'request.remove',
  'cancellation.send',
  'legacy.confirm-suspend',
  'subscription.confirm-suspend',
  'removal.send',
  'request.continue',
  'cancellation.form',
  'removal.form',
  'legacy.suspend',
  'subscription.suspend',
  'readiness.check',
];
const FORGED_VERBS = [
  'approval.confirm-approve',
  'approval.confirm-approve',
  'approval.confirm-approve',
  'approval.confirm-decline',
  'approval.confirm-pass',
  'request.confirm-withdraw',
  'request.confirm-reactivate',
  'request.continue',
  'removal.send',
  'cancellation.send',
  'request.sign-in',
  'request.confirm-remove',
  'legacy.confirm-suspend',
  'subscription.confirm-suspend',
  'subscription.confirm-reactivate',
] as const;
const APPROVER_VERBS = ['request.sign-in', 'approval.confirm-approve', 'approval.approve', 'list.open'];
/** What is forged besides where there is a list. */
const FORGED_OF_LISTS = ['batch.confirm-clear', 'batch.send', 'batch.confirm-stop', 'batch.open', 'list.open'] as const;

/** What people, services and machines do in one schedule. */
export class Life {
  readonly pressed: Pressed[];
  /** Ids of subscriptions that somebody has changed behind the bot's back. */
  readonly changedElsewhere = new Set<string>();
  readonly #world: SimulatedWorld;
  readonly #schedule: Schedule;
  /** Of whom something is wanted. */
  readonly #domains: readonly string[];
  /** Who wants it. */
  readonly #asking: readonly string[];
  readonly customerId: string;
  /** Deliveries that Teams repeats later. */
  #later: (() => Promise<void>)[] = [];

  /** @param pressed what was pressed before this life begins. */
  constructor(world: SimulatedWorld, schedule: Schedule, pressed: readonly Pressed[] = []) {
    this.pressed = [...pressed];
    this.#world = world;
    this.#schedule = schedule;
    const { customer, second } = schedule;
    this.#domains = [customer, ...(second === undefined ? [] : [second])].map((name) => `${name}.onmicrosoft.com`);
    this.#asking = second === undefined ? ['ada'] : ['ada', 'dan'];
    const found = world.partnerCenter.world.customers.find(({ domain }) => domain === this.#domains[0]);
    if (found === undefined) throw new Error(`there is no customer ${customer}`);
    this.customerId = found.id.toLowerCase();
  }

  /** Everybody who has business here installs the app; others only where they are told to. */
  async begin(people: readonly string[] = [...this.#asking, 'bo', 'cy']): Promise<void> {
    for (const key of people) await this.#world.deliver(this.#world.teams.install(key));
    await this.#world.pass(SECOND_MS);
  }

  async act(action: Action): Promise<void> {
    const world = this.#world;
    world.met.add(`did ${action.do}`);
    const random = new Random(action.seed);
    switch (action.do) {
      case 'go-on':
        await this.goOn(random);
        break;
      case 'press':
        await this.#pressAnything(random, action.who, action.times, action.how);
        break;
      case 'forge':
        await this.#forge(random, action.who, action.how, action.verb);
        break;
      case 'type':
        await world.deliver(world.teams.typed(action.who, action.words));
        break;
      case 'pass':
        await world.pass(action.ms);
        break;
      case 'jump':
        world.time.moveTo(world.time.nowMs + action.ms);
        break;
      case 'clock':
        world.time.wallOffsetMs += action.ms;
        break;
      case 'crash':
        world.crashIn(action.inCalls, action.kind);
        break;
      case 'restart':
        await world.restart();
        break;
      case 'partner-center':
        world.partnerCenter.world.setSwitches({ ...this.#schedule.switches, repeatedRequestId: action.repeated });
        world.partnerCenter.setFaults([action.rule]);
        break;
      case 'late':
        world.partnerCenter.lateMs = action.ms;
        world.partnerCenter.lateUnanswered = action.isUnanswered;
        break;
      case 'slow':
        world.slowMs = [...action.ms];
        break;
      case 'teams':
        world.teamsFaults = [...action.faults];
        break;
      case 'disk':
        world.diskFaults = [...action.faults];
        break;
      case 'nearly-full':
        world.disk.isNearlyFull = true;
        break;
      case 'change':
        if (action.inCalls === 0) this.#change(action.change);
        else
          world.atCall(action.inCalls, () => {
            this.#change(action.change);
          });
        break;
      case 'lose-role':
        // Where two have to approve, the bot would not start with fewer who can.
        world.lost.add(world.approvalsRequired > 1 ? 'ada' : action.who);
        await world.restart();
        break;
      case 'heal':
        this.#heal();
    }
    await world.time.quiet();
    await world.ensureUp();
    if (random.chance(0.5)) await this.#deliverLater(random);
  }

  /**
   * Everything answers again, and there is all the time that anybody could wait.
   *
   * @param look once that has lasted for two hours.
   */
  async end(look: () => Promise<void>): Promise<void> {
    const world = this.#world;
    world.noCrash();
    this.#heal();
    await this.#deliverLater(new Random(this.#schedule.seed));
    await world.pass(2 * HOUR_MS);
    await look();
    // Nobody decides for more than a day, and somebody else is told.
    if (this.#schedule.seed % 4 === 0) {
      world.time.moveTo(world.time.nowMs + 30 * HOUR_MS);
      await world.pass(MINUTE_MS);
    }
    // What is planned for one of the next days is sent then, and ends days later.
    for (let waits = 0; waits < (this.#schedule.most === undefined ? 1 : 3); waits++) {
      world.time.moveTo(world.time.nowMs + 100 * HOUR_MS);
      await world.pass(2 * HOUR_MS);
    }
    // The last checkpoints over the record.
    for (let times = 0; times < 5 && (await world.isUncovered()); times++) {
      world.time.moveTo(world.time.nowMs + 11 * MINUTE_MS);
      await world.time.quiet();
    }
  }

  #heal(): void {
    const world = this.#world;
    world.partnerCenter.setFaults([]);
    world.slowMs = [];
    world.teamsFaults = [];
    world.diskFaults = [];
    world.tableTrouble = 0;
    world.disk.isNearlyFull = false;
    // Somebody sets a clock right that is slow: nothing is carried out until then.
    world.time.wallOffsetMs = Math.max(0, world.time.wallOffsetMs);
  }

  /** Whatever leads one step further: what people do who want the customer removed, and the work after it. */
  async goOn(random: Random, who: readonly string[] = ['bo', 'cy', ...this.#asking]): Promise<void> {
    const world = this.#world;
    const wanted = random.shuffled(who);
    const next = wanted
      .map((one) => ({ one, found: this.#next(one, this.#asking.includes(one) ? REQUESTER_VERBS : APPROVER_VERBS) }))
      .find(({ found }) => found !== undefined);
    const asking = this.#pickOf(random, this.#asking);
    // Where more is wanted, who asks begins with another one as well, whatever there is to go on with.
    const isNew = this.#domains.length > 1 && random.chance(0.3);
    if (next?.found === undefined || isNew) await world.deliver(world.teams.typed(asking, this.#wish(random, asking)));
    else await this.#press(random, next.one, next.found.messageId, next.found.button, random.pick([1, 1, 1, 2, 4]));
    await world.pass(random.pick([SECOND_MS, 5 * SECOND_MS, 5 * SECOND_MS, MINUTE_MS]));
  }

  /** What somebody types who wants something removed. */
  #wish(random: Random, asking: string): string {
    if (this.#schedule.together === true && asking === this.#asking[0])
      return `remove several\n${this.#domains.join('\n')}`;
    return `remove ${this.#pickOf(random, this.#domains)}`;
  }

  /** Draws nothing where there is no choice, so that lives without one stay as they are. */
  #pickOf(random: Random, all: readonly string[]): string {
    return (all.length > 1 ? random.pick(all) : all[0]) ?? '';
  }

  /** The newest button of this person with such a verb. @returns whether there was one. */
  async press(who: string, verb: string): Promise<boolean> {
    const found = this.#next(who, [verb]);
    if (found !== undefined) await this.#press(new Random(1), who, found.messageId, found.button, 1);
    await this.#world.pass(SECOND_MS);
    return found !== undefined;
  }

  #next(
    who: string,
    verbs: readonly string[],
  ): { readonly messageId: string; readonly button: CardButton } | undefined {
    for (const { messageId, card } of this.#world.teams.newest(who, 2))
      for (const verb of verbs) {
        const button = buttonsOn(card).find((one) => one.verb === verb && one.isEnabled && !this.#wasOpened(who, one));
        if (button !== undefined) return { messageId, button };
      }
    return undefined;
  }

  /** A request that somebody has opened from a list is not opened again. */
  #wasOpened(who: string, { verb, data }: CardButton): boolean {
    return (
      verb === 'list.open' &&
      this.pressed.some((one) => one.person === who && one.verb === verb && one.data['requestId'] === data['requestId'])
    );
  }

  /** Any button of any card that was ever shown, also somebody else's; mostly of one that is still new. */
  async #pressAnything(random: Random, who: string, times: number, how: How): Promise<void> {
    const { teams } = this.#world;
    const all = teams.seen.filter(({ person }) => person === who || random.chance(0.3));
    const shown = random.pick(random.chance(0.5) ? all.slice(-4) : all);
    if (shown === undefined) return;
    const button = random.pick(buttonsWithVerbs(shown.card));
    if (button !== undefined) await this.#press(random, who, shown.messageId, button, times, how);
  }

  /** Puts together what somebody could know: a verb, and ids and nonces of cards of theirs or of others. */
  async #forge(random: Random, who: string, how: How, chosen?: string): Promise<void> {
    const { seen } = this.#world.teams;
    const own = seen.filter(({ person }) => person === who);
    const ofRequest = (card: SeenCard): CardButton | undefined =>
      buttonsWithVerbs(card.card).find(({ data }) => data['requestId'] !== undefined);
    const isNewest = chosen !== undefined;
    const card = isNewest
      ? own.findLast((one) => ofRequest(one) !== undefined)
      : random.pick(random.chance(0.7) && own.length > 0 ? own.slice(-6) : seen);
    const from = card && (isNewest ? ofRequest(card) : random.pick(buttonsWithVerbs(card.card)));
    const other = random.pick(seen.flatMap((one) => buttonsWithVerbs(one.card)));
    if (card === undefined || from === undefined) return;
    const data = {
      ...(random.chance(0.3) && other?.data),
      ...from.data,
      ...(random.chance(0.2) && { nonce: other?.data['nonce'] ?? 'AAAAAAAAAAAAAAAAAAAAAA' }),
      ...(random.chance(0.1) && { requestId: random.guid() }),
      ...(random.chance(0.1) && { approver: idOf(who), approved: true, requester: idOf('eve') }),
    };
    this.#world.met.add('forged clicks');
    const isOfList = this.#schedule.together === true && chosen === undefined && random.chance(0.3);
    const verb = chosen ?? random.pick(isOfList ? FORGED_OF_LISTS : FORGED_VERBS);
    await this.#press(random, who, card.messageId, { ...from, verb, data: { ...data, verb } }, 1, how);
  }

  /** One click, handed over so many times; some of them later, after other things have happened, under another id. */
  async #press(
    random: Random,
    who: string,
    messageId: string,
    button: CardButton,
    times: number,
    how: How = 'execute',
  ): Promise<void> {
    const verb = button.verb ?? '';
    const data = { ...button.data, ...this.#filledIn(random, verb, button) };
    const [first, again] = [
      this.#activity(who, messageId, verb, data, how),
      this.#activity(who, messageId, verb, data, how),
    ];
    let sent = 0;
    const send = async (activity: Activity): Promise<void> => {
      const world = this.#world;
      if (!world.isUp) return;
      world.met.add(sent++ === 0 ? 'clicks' : 'clicks that came again');
      if (how !== 'execute') world.met.add(`clicks as ${how}`);
      const pressed = { atMs: world.time.nowMs, person: who, verb, data, how, wasAnswered: false };
      this.pressed.push(pressed);
      const answer = await world.deliver(activity);
      if (answer?.status !== 200) return;
      pressed.wasAnswered = true;
      const { type, value } = (answer.body ?? {}) as {
        readonly type?: string;
        readonly value?: Readonly<Record<string, unknown>>;
      };
      if (type === 'application/vnd.microsoft.card.adaptive' && value !== undefined)
        world.teams.answered(who, messageId, value);
    };
    const sendings = Array.from({ length: times }, (_, at) => () => send(at < 2 ? first : again));
    const now = sendings.splice(0, 1 + random.below(times));
    this.#later.push(...sendings);
    if (random.chance(0.5)) await Promise.all(now.map((one) => one()));
    else for (const one of now) await one();
  }

  #activity(who: string, messageId: string, verb: string, data: CardButton['data'], how: How): Activity {
    const { teams } = this.#world;
    if (how === 'submit') return teams.submitted(who, messageId, { verb, data });
    return teams.pressed(who, messageId, { verb, data }, how === 'automatic' ? 'automatic' : 'manual');
  }

  async #deliverLater(random: Random): Promise<void> {
    const waiting = random.shuffled(this.#later);
    this.#later = [];
    for (const send of waiting) await send();
  }

  #filledIn(random: Random, verb: string, { data, title }: CardButton): Readonly<Record<string, string>> {
    const { customerId } = data;
    const customer = this.#world.partnerCenter.world.customers.find(({ id }) => id.toLowerCase() === customerId);
    const domain = customer?.domain ?? this.#domains[0] ?? '';
    switch (verb) {
      case 'cancellation.send': {
        const bought = customer?.holdings.subscriptions ?? [];
        const chosen = bought.length > 1 && random.chance(0.3) ? bought.slice(1) : bought;
        return {
          reason: 'They have bought it by mistake.',
          domain,
          holdings: chosen.map(({ id }) => encodeURIComponent(id)).join(),
        };
      }
      case 'removal.send': {
        const approver = random.pick(['', idOf('bo'), idOf('cy')]);
        return {
          reason: 'They move to another partner.',
          domain,
          notice: 'true',
          nextProvider: 'true',
          ...(random.chance(0.5) && { endDelegatedAdmin: 'true' }),
          ...(approver !== '' && { approver }),
        };
      }
      case 'batch.send':
        return { reason: 'They move to another partner.', count: /\d+/.exec(title)?.[0] ?? '2' };
      case 'approval.confirm-pass':
        return { approver: idOf(random.pick(['bo', 'cy', 'cy', 'bo-admin', 'ada-admin', 'eve'])) };
      case 'approval.confirm-decline':
        return { reason: 'Not before the audit has ended.' };
      default:
        return {};
    }
  }

  #change(change: CustomerChange): void {
    const { world } = this.#world.partnerCenter;
    const { customerId } = this;
    const first = world.customer(customerId)?.holdings.subscriptions[0];
    const isCancelling = this.#schedule.wish === 'cancellation';
    if (change === 'bought')
      changeWorld(world, {
        customerId,
        addSubscription: isCancelling
          ? { class: 'new-commerce-licence', startedDaysAgo: 1 }
          : { class: 'legacy-licence' },
      });
    else if (change === 'more' && first !== undefined)
      changeWorld(world, { customerId, setSubscription: { id: first.id, quantity: 40 } });
    else if (change === 'renamed') changeWorld(world, { customerId, rename: 'Northwind' });
    else if (first?.status === 'suspended') {
      this.changedElsewhere.add(first.id.toLowerCase());
      changeWorld(world, { customerId, setSubscription: { id: first.id, status: 'active' } });
    }
  }
}

function buttonsWithVerbs(card: Readonly<Record<string, unknown>>): readonly CardButton[] {
  return buttonsOn(card).filter(({ verb }) => verb !== undefined);
}
