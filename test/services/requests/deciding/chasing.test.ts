import assert from 'node:assert/strict';
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '../../../../services/clock.ts';
import type { Person } from '../../../../services/people/person.ts';
import { createRoles } from '../../../../services/people/roles.ts';
import {
  chaseDue,
  nextChaseAt,
  type Chasers,
  type ChasePolicy,
} from '../../../../services/requests/deciding/chase-clock.ts';
import { chase } from '../../../../services/requests/deciding/chasing.ts';
import type { Change } from '../../../../services/requests/change.ts';
import { approve } from '../../../../services/requests/deciding/deciding.ts';
import { lapse } from '../../../../services/requests/deciding/lapsing.ts';
import { STATES } from '../../../../services/requests/life.ts';
import { passOn } from '../../../../services/requests/deciding/passing.ts';
import type { RemovalRequest } from '../../../../services/requests/request.ts';
import { after, bo, by, changeOf, cy, NOW, policy, recordFor, requestIn, roles, twoNeeded } from '../request-in.ts';
import { on, personOf } from '../workbench.ts';

const every: ChasePolicy = { remindAfterMs: 4 * HOUR_MS, escalateAfterMs: 24 * HOUR_MS };
const toGil: ChasePolicy = { ...every, escalateTo: 'gil' };
/** Bo is asked; Gil may approve too, Eve may not. */
const some = createRoles({
  requesters: ['ada'],
  approvers: ['bo', 'cy', 'gil'],
  auditors: [],
  samePerson: [['ada', 'ada-admin']],
});
const asked = (): RemovalRequest => ({ ...requestIn('pending'), approvers: [bo] });
const at = (hours: number): Date => after(hours * HOUR_MS);
const who = (escalateTo?: Person, of = some): Chasers => ({ roles: of, ...(escalateTo && { escalateTo }) });
const chased = (request: RemovalRequest, hours: number, rules = every, chasers = who()): Change =>
  changeOf(chase(recordFor(request), at(hours), rules, chasers));
const messages = ({ outbox = [] }: Change): readonly string[] =>
  outbox.map(({ recipient, slot, mode, headline }) => `${recipient} ${slot} ${mode}${headline ? ` ${headline}` : ''}`);
/** Hours after it was sent. */
const nextAt = (request: RemovalRequest, rules = every): number =>
  (Date.parse(nextChaseAt(request, rules)) - NOW.getTime()) / HOUR_MS;

/** Everything that happens until the time is over, with the hour at which it does. */
function life(first: RemovalRequest, rules: ChasePolicy, chasers = who(), ttlHours = 72): readonly string[] {
  let request: RemovalRequest = { ...first, approveBy: at(ttlHours).toISOString() };
  const said: string[] = [];
  for (let times = 0; times < 50; times++) {
    const hours = nextAt(request, rules);
    if (hours >= ttlHours) return said;
    const change = chased(request, hours, rules, chasers);
    for (const message of messages(change)) said.push(`${hours}: ${message}`);
    assert.deepEqual(change.work, { clock: { at: nextChaseAt(change.request, rules) } });
    request = change.request;
  }
  assert.fail('it comes to no end');
}

describe('a request that nobody decides on', () => {
  it('is reminded of after four hours, then once a day, and its end is announced four hours before', () => {
    assert.deepEqual(life(asked(), every), [
      '4: bo approval new reminder',
      '28: bo approval new reminder',
      '52: bo approval new reminder',
      '68: ada request new expiring',
      '68: bo approval new expiring',
    ]);
  });

  const lives: readonly [name: string, rules: Partial<ChasePolicy>, ttlHours: number, hours: readonly string[]][] = [
    ['no more than announced where there is no time for a reminder', {}, 4, ['3: ada', '3: bo']],
    ['reminded of once where there is time for one', { remindAfterMs: HOUR_MS }, 8, ['1: bo', '6: ada', '6: bo']],
    ['silent where nobody could do anything about it', {}, SECOND_MS / HOUR_MS, []],
    [
      'reminded of after seconds where so set',
      { remindAfterMs: 9 * SECOND_MS },
      0.01,
      ['0.0025: bo', '0.0075: ada', '0.0075: bo'],
    ],
  ];
  for (const [name, rules, ttlHours, expected] of lives)
    it(`is ${name}`, () => {
      const said = life(asked(), { ...every, ...rules }, who(), ttlHours);

      assert.deepEqual(
        said.map((line) => line.split(' ').slice(0, 2).join(' ')),
        expected,
      );
    });

  it('has what was missed not made up for: one message for each, however long nobody looked', () => {
    assert.deepEqual(messages(chased(asked(), 60)), ['bo approval new reminder']);
    assert.equal(nextAt(chased(asked(), 60).request), 68);
    assert.deepEqual(messages(chased(asked(), 71)), ['ada request new expiring', 'bo approval new expiring']);
    assert.equal(nextAt(chased(asked(), 71).request), 72);
  });

  it('is not looked at twice for the same: the next look is for what comes next', () => {
    const { request } = chased(asked(), 4);

    assert.deepEqual(chaseDue(request, every, at(4)), {
      reminder: false,
      escalation: false,
      warning: false,
      reminded: 1,
    });
    assert.deepEqual(messages(chased(request, 4.001)), []);
    assert.equal(nextAt(request), 28);
  });

  it('is not reminded of to who has decided, or may not decide any more', () => {
    const both = { ...requestIn('pending', { with: twoNeeded }), approvers: [bo, cy] };
    const first = changeOf(approve(recordFor(both), NOW, twoNeeded, roles, by(bo))).request;
    assert.deepEqual(messages(chased(first, 4)), ['cy approval new reminder']);

    const left = createRoles({ requesters: ['ada'], approvers: ['cy'], auditors: [], samePerson: [] });
    assert.deepEqual(messages(chased(both, 4, every, who(undefined, left))), ['cy approval new reminder']);
  });

  it('is not reminded of to who was asked a moment ago', () => {
    const gil = { id: 'gil', name: 'Gil' };
    const click = { person: bo, isCurrent: () => true, to: gil };
    const passed = changeOf(passOn(recordFor(asked()), at(3), some, click)).request;

    assert.deepEqual(messages(chased(passed, 4)), []);
    assert.deepEqual(messages(chased(chased(passed, 4).request, 28)), ['gil approval new reminder']);
  });

  it('is on the record with each of it', () => {
    const [reminded, expiring] = [chased(asked(), 4), chased(asked(), 68)].map(({ audit }) => audit);

    assert.deepEqual(
      [reminded, expiring].map((events) => events?.map(({ action, actor, detail }) => [action, actor, detail?.['to']])),
      [[['request.reminded', 'bot', ['bo']]], [['request.expiring', 'bot', ['bo']]]],
    );
  });

  it('is void once whoever asked may ask for nothing any more, and nobody is reminded', () => {
    const left = createRoles({ requesters: [], approvers: ['bo'], auditors: [], samePerson: [] });

    const { request, work } = chased(asked(), 4, every, who(undefined, left));

    assert.deepEqual([request.state, request.voided?.why], ['void', 'no-longer-requester']);
    assert.deepEqual(work, { run: null, clock: null });
  });

  for (const state of STATES.filter((one) => one !== 'pending'))
    it(`is left alone once it is ${state}`, () => {
      assert.equal(chase(recordFor(requestIn(state)), at(50), toGil, who(personOf('gil'))), undefined);
    });
});

describe('a request that nobody has decided on after a day', () => {
  const escalated = (chasers: Chasers, rules: ChasePolicy = toGil): Change => chased(asked(), 24, rules, chasers);

  it('goes to whoever is named for that too, where they may decide', () => {
    const change = escalated(who(personOf('gil')));

    assert.deepEqual(
      change.request.approvers.map(({ id }) => id),
      ['bo', 'gil'],
    );
    assert.deepEqual(messages(change).toSorted(), [
      'ada request new undecided',
      'bo approval new reminder',
      'gil approval new approval-wanted',
    ]);
    assert.deepEqual(change.request.chased?.escalated, {
      as: 'asked',
      to: { id: 'gil', name: 'gil' },
      at: at(24).toISOString(),
    });
    assert.equal(
      changeOf(approve(recordFor(change.request), at(25), policy, some, by({ id: 'gil', name: 'Gil' }))).request.state,
      'approved',
    );
  });

  it('is told to them where they may not, and they see what becomes of it', () => {
    const change = escalated(who(personOf('eve')), { ...every, escalateTo: 'eve' });

    assert.deepEqual(change.request.approvers, [bo]);
    assert.ok(messages(change).includes('eve escalation new undecided'));
    const expired = changeOf(lapse(recordFor(change.request), at(72), policy));
    assert.ok(messages(expired).includes('eve escalation edit expired'));
  });

  const others: readonly [name: string, rules: ChasePolicy, person: Person | undefined, as: string | undefined][] = [
    ['nobody where nobody is named', every, undefined, undefined],
    ['nobody where they are asked already', { ...every, escalateTo: 'bo' }, personOf('bo'), 'nobody'],
    ['nobody where they asked for it themselves', { ...every, escalateTo: 'ada' }, personOf('ada'), 'nobody'],
    [
      'nobody where it is a second account of who asked',
      { ...every, escalateTo: 'ada-admin' },
      personOf('ada-admin'),
      'nobody',
    ],
    ['nobody, which is said, where they have never opened the bot', toGil, undefined, 'unreachable'],
  ];
  for (const [name, rules, person, as] of others)
    it(`goes to ${name}`, () => {
      const change = escalated(who(person), rules);

      assert.equal(change.request.chased?.escalated?.as, as);
      assert.deepEqual(change.request.approvers, [bo]);
      assert.equal(messages(change).includes('ada request new undecided'), as === 'unreachable');
    });

  it('goes there once', () => {
    const said = life(asked(), toGil, who(personOf('gil')));

    assert.deepEqual(
      said.filter((line) => line.includes('gil')),
      [
        '24: gil approval new approval-wanted',
        '28: gil approval new reminder',
        '52: gil approval new reminder',
        '68: gil approval new expiring',
      ],
    );
  });

  it('goes nowhere where its time is over by then', () => {
    assert.deepEqual(
      life(asked(), { ...toGil, escalateAfterMs: 3 * DAY_MS }, who(personOf('gil'))).filter((line) =>
        line.includes('gil'),
      ),
      [],
    );
  });
});

describe('the clock of a request that waits for its decision', () => {
  it(
    'reminds, escalates and ends it, each once, also when the process ends in between',
    on({ policy: { chase: { ...every, escalateTo: 'cy' } } }, async (bench) => {
      const id = await bench.send('fabrikambikes');
      await bench.settle(MINUTE_MS);

      for (let hours = 0; hours < 100; hours += 2) {
        bench.advance(2 * HOUR_MS);
        await bench.settle(0);
        if (hours % 10 === 0) bench.restart();
      }

      assert.equal((await bench.request(id)).state, 'expired');
      const actions = (await bench.audit(id)).map(({ action }) => action);
      assert.deepEqual(actions.slice(actions.indexOf('request.sent')), [
        'request.sent',
        'request.reminded',
        'request.escalated',
        'request.reminded',
        'request.reminded',
        'request.expiring',
        'request.expired',
      ]);
    }),
  );
});
