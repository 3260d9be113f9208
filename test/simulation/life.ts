import { changeWorld } from '../../sandbox/partner-center/control/world-changes.ts';
import { buttonsOf, type CardButton } from '../../sandbox/chat/card-actions.ts';
import { HOUR_MS, MINUTE_MS, SECOND_MS } from '../../services/clock.ts';
import { Random } from './random.ts';
import type { Action, Schedule } from './schedule.ts';
import { idOf, PEOPLE, type SimulatedWorld } from './simulated-world.ts';

/** A button that somebody has pressed, as Teams handed it over. */
export interface Pressed {
  readonly atMs: number;
  readonly person: string;
  readonly verb: string;
  readonly data: Readonly<Record<string, unknown>>;
  /** Whether the bot has answered it. */
  wasAnswered: boolean;
}

/** What the requester goes on with, the furthest first. */
const REQUESTER_VERBS = [
  'legacy.confirm-suspend',
  'subscription.confirm-suspend',
  'removal.send',
  'request.continue',
  'removal.form',
  'legacy.suspend',
  'subscription.suspend',
  'readiness.check',
];
const APPROVER_VERBS = ['approval.confirm-approve', 'approval.approve'];

/** What people, services and machines do in one schedule. */
export class Life {
  readonly pressed: Pressed[] = [];
  readonly #world: SimulatedWorld;
  readonly #schedule: Schedule;
  readonly #domain: string;
  readonly customerId: string;
  /** Deliveries that Teams repeats later. */
  #later: (() => Promise<void>)[] = [];

  constructor(world: SimulatedWorld, schedule: Schedule) {
    this.#world = world;
    this.#schedule = schedule;
    this.#domain = `${schedule.customer}.onmicrosoft.com`;
    const customer = world.partnerCenter.world.customers.find(({ domain }) => domain === this.#domain);
    if (customer === undefined) throw new Error(`there is no customer ${this.#domain}`);
    this.customerId = customer.id.toLowerCase();
  }

  async begin(): Promise<void> {
    for (const { key } of PEOPLE) await this.#world.deliver(this.#world.teams.install(key));
    await this.#world.pass(SECOND_MS);
  }

  async act(action: Action): Promise<void> {
    const world = this.#world;
    const random = new Random(action.seed);
    switch (action.do) {
      case 'go-on':
        await this.#goOn(random);
        break;
      case 'press':
        await this.#pressAnything(random, action.who, action.times);
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
      case 'slow':
        world.slowMs = [...action.ms];
        break;
      case 'teams':
        world.teamsFaults = [...action.faults];
        break;
      case 'disk':
        world.diskFaults = [...action.faults];
        break;
      case 'change':
        this.#change(action.change);
        break;
      case 'heal':
        this.#heal();
    }
    await world.time.quiet();
    await world.ensureUp();
    if (random.chance(0.5)) await this.#deliverLater();
  }

  /** Everything answers again, and there is all the time that anybody could wait. */
  async end(): Promise<void> {
    const world = this.#world;
    world.noCrash();
    this.#heal();
    await this.#deliverLater();
    await world.pass(2 * HOUR_MS);
    world.time.moveTo(world.time.nowMs + 100 * HOUR_MS);
    await world.pass(2 * HOUR_MS);
    // The last checkpoints over the record.
    for (let times = 0; times < 3; times++) {
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
  }

  /** Whatever leads one step further: what people do who want the customer removed, and the work after it. */
  async #goOn(random: Random): Promise<void> {
    const world = this.#world;
    const approvers = random.shuffled(['bo', 'cy']);
    const wanted = [...approvers.map((who) => [who, APPROVER_VERBS] as const), ['ada', REQUESTER_VERBS] as const];
    let found = false;
    for (const [who, verbs] of random.chance(0.5) ? wanted : wanted.toReversed()) {
      const next = this.#next(who, verbs);
      if (next === undefined) continue;
      found = true;
      await this.#press(random, who, next.messageId, next.button, random.pick([1, 1, 1, 2, 4]));
      break;
    }
    if (!found) await world.deliver(world.teams.typed('ada', `remove ${this.#domain}`));
    await world.pass(random.pick([SECOND_MS, 5 * SECOND_MS, 5 * SECOND_MS, MINUTE_MS]));
  }

  #next(
    who: string,
    verbs: readonly string[],
  ): { readonly messageId: string; readonly button: CardButton } | undefined {
    const [newest, before] = this.#world.teams.cards(who).slice(-2).toReversed();
    for (const card of [newest, before])
      for (const verb of verbs) {
        const button = card?.buttons.find((one) => one.verb === verb && one.isEnabled);
        if (card !== undefined && button !== undefined) return { messageId: card.messageId, button };
      }
    return undefined;
  }

  /** Any button of any card that was ever shown, also somebody else's. */
  async #pressAnything(random: Random, who: string, times: number): Promise<void> {
    const { teams } = this.#world;
    const shown = random.pick(teams.seen.filter(({ person }) => person === who || random.chance(0.3)));
    if (shown === undefined) return;
    const button = random.pick(buttonsWithVerbs(shown.card));
    if (button === undefined) return;
    if (random.chance(0.1)) await this.#world.deliver(teams.submitted(who, shown.messageId, button));
    else await this.#press(random, who, shown.messageId, button, times);
  }

  /** One click, handed over so many times; some of them later, after other things have happened. */
  async #press(random: Random, who: string, messageId: string, button: CardButton, times: number): Promise<void> {
    const world = this.#world;
    const data = { ...button.data, ...this.#filledIn(random, button.verb ?? '') };
    const activity = world.teams.pressed(who, messageId, { verb: button.verb ?? '', data });
    const send = async (): Promise<void> => {
      if (!world.isUp) return;
      const pressed = { atMs: world.time.nowMs, person: who, verb: button.verb ?? '', data, wasAnswered: false };
      this.pressed.push(pressed);
      const answer = await world.deliver(activity);
      if (answer?.status !== 200) return;
      pressed.wasAnswered = true;
      const { type, value } = answer.body as {
        readonly type?: string;
        readonly value?: Readonly<Record<string, unknown>>;
      };
      if (type === 'application/vnd.microsoft.card.adaptive' && value !== undefined)
        world.teams.answered(who, messageId, value);
    };
    const now = 1 + random.below(times);
    for (let at = now; at < times; at++) this.#later.push(send);
    if (random.chance(0.5)) await Promise.all(Array.from({ length: now }, send));
    else for (let at = 0; at < now; at++) await send();
  }

  async #deliverLater(): Promise<void> {
    const waiting = this.#later;
    this.#later = [];
    for (const send of waiting) await send();
  }

  #filledIn(random: Random, verb: string): Readonly<Record<string, string>> {
    switch (verb) {
      case 'removal.send': {
        const approver = random.pick(['', idOf('bo'), idOf('cy')]);
        return {
          reason: 'They move to another partner.',
          domain: this.#domain,
          notice: 'true',
          nextProvider: 'true',
          ...(approver !== '' && { approver }),
        };
      }
      case 'approval.confirm-pass':
        return { approver: idOf(random.pick(['bo', 'cy', 'cy', 'bo-admin', 'ada-admin', 'eve'])) };
      case 'approval.confirm-decline':
        return { reason: 'Not before the audit has ended.' };
      default:
        return {};
    }
  }

  #change(change: 'reactivated' | 'bought' | 'renamed'): void {
    const { world } = this.#world.partnerCenter;
    const { customerId } = this;
    const first = world.customer(customerId)?.holdings.subscriptions[0];
    if (change === 'bought') changeWorld(world, { customerId, addSubscription: { class: 'legacy-licence' } });
    else if (change === 'renamed') changeWorld(world, { customerId, rename: 'Northwind' });
    else if (first?.status === 'suspended')
      changeWorld(world, { customerId, setSubscription: { id: first.id, status: 'active' } });
  }
}

function buttonsWithVerbs(card: Readonly<Record<string, unknown>>): readonly CardButton[] {
  return buttonsOf(card).filter(({ verb }) => verb !== undefined);
}
