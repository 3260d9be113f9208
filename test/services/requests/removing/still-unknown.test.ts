import assert from 'node:assert/strict';
import { DAY_MS, HOUR_MS } from '../../../../services/clock.ts';
import { asPerson } from '../../../../services/partner-center/partner-center.ts';
import type { Person } from '../../../../services/people/person.ts';
import { close } from '../../../../services/requests/removing/closing.ts';
import {
  intendRemoval,
  removalDone,
  removalRefused,
  removalUnanswered,
} from '../../../../services/requests/removing/executing.ts';
import { moveTo } from '../../../../services/requests/moves.ts';
import type { RemovalRequest } from '../../../../services/requests/request.ts';
import { tellStillUnknown } from '../../../../services/requests/removing/still-unknown.ts';
import { createRoles } from '../../../../services/people/roles.ts';
import { VISIO, DOMAIN, onThree } from '../cancelling/cancelling-on.ts';
import { after, changeOf, ids, NOW, policy, recordFor, refusedBySomething, requestIn, roles } from '../request-in.ts';
import { on, onRemoval, onSuspension, personOf, type Workbench } from '../workbench.ts';

const told = (request: RemovalRequest, hours: number, escalateTo?: Person) =>
  changeOf(tellStillUnknown(recordFor(request), after(hours * HOUR_MS), { roles, ...(escalateTo && { escalateTo }) }));
const messages = ({ outbox = [] }: ReturnType<typeof told>): readonly string[] =>
  outbox.map(({ recipient, slot, mode, headline }) => `${recipient} ${slot} ${mode} ${headline}`);
const due = ({ work }: ReturnType<typeof told>): number => {
  const clock = work?.clock;
  return clock && 'at' in clock ? (Date.parse(clock.at) - NOW.getTime()) / HOUR_MS : assert.fail('not looked at again');
};
const gil = personOf('gil');

describe('a request whose outcome is unknown for a day', () => {
  it('is told anew to whoever asked and whoever carries it out, and so every day', () => {
    const first = told(requestIn('unknown'), 24);
    const second = told(first.request, 48);

    for (const change of [first, second])
      assert.deepEqual(messages(change), ['ada request new still-unknown', 'bo approval new still-unknown']);
    assert.deepEqual([due(first), due(second)], [48, 72]);
    assert.deepEqual(first.audit[0], {
      ...{ action: 'request.still-unknown', actor: 'bot', target: first.request.customer.id },
      detail: { to: ['ada', 'bo'] },
    });
  });

  it('is told to whoever is told of what nobody does anything about, on a card of their own', () => {
    const change = told(requestIn('unknown'), 24, gil);

    assert.deepEqual(messages(change), [
      'ada request new still-unknown',
      'bo approval new still-unknown',
      'gil escalation new still-unknown',
    ]);
    // And whatever becomes of it.
    const { outbox = [] } = removalDone(recordFor(change.request), NOW, undefined);
    assert.ok(outbox.some(({ recipient, slot }) => recipient === 'gil' && slot === 'escalation'));
  });

  it('is shown to everybody who was told of it, whatever becomes of it after it was sent again', () => {
    const first = told(requestIn('unknown'), 24, gil).request;
    const second = told(first, 48, personOf('hal')).request;
    const sentAgain = intendRemoval(recordFor(second), NOW, { actAs: asPerson('bo'), ...ids }).request;
    const unknownAgain = removalUnanswered(recordFor(sentAgain), after(HOUR_MS), policy, 'no-answer');
    const done = removalDone(recordFor(unknownAgain.request), after(2 * HOUR_MS), undefined);

    for (const { outbox = [] } of [unknownAgain, done])
      assert.deepEqual(
        outbox.filter(({ slot }) => slot === 'escalation').map(({ recipient, mode }) => [recipient, mode]),
        [
          ['gil', 'edit'],
          ['hal', 'edit'],
        ],
      );
    assert.equal(unknownAgain.request.stillUnknown?.told, 0);
  });

  for (const [who, expected] of [
    ['ada', ['ada request new still-unknown', 'bo approval new still-unknown']],
    ['bo', ['ada request new still-unknown', 'bo approval new still-unknown']],
    ['cy', ['ada request new still-unknown', 'bo approval new still-unknown', 'cy approval new still-unknown']],
  ] as const)
    it(`is told once to each: ${who} has a part in it already`, () => {
      assert.deepEqual(messages(told(requestIn('unknown'), 24, personOf(who))), expected);
    });

  it('is told to nobody who has never opened the bot', () => {
    const { id, name, teamsId, locale } = gil;

    assert.equal(messages(told(requestIn('unknown'), 24, { id, name, teamsId, locale })).length, 2);
  });

  it('does not make up for what was missed', () => {
    const change = told(requestIn('unknown'), 24 * 5 + 3);

    assert.equal(messages(change).length, 2);
    assert.equal(due(change), 24 * 6);
  });

  it('is looked at when it is time, and not before', () => {
    const change = told(requestIn('unknown'), 23);

    assert.deepEqual([messages(change), due(change)], [[], 24]);
  });

  it('is told of no longer once it is known', () => {
    const unknown = told(requestIn('unknown'), 24).request;
    const auditor = createRoles({ requesters: ['ada'], approvers: ['bo'], auditors: ['ida'], samePerson: [] });
    const click = { person: { id: 'ida', name: 'Ida' }, isCurrent: () => true, reason: 'Seen in Partner Center.' };
    for (const change of [
      removalDone(recordFor(unknown), NOW, undefined),
      changeOf(close(recordFor(unknown), NOW, auditor, click)),
    ])
      assert.equal(change.work?.clock, null);
    for (const state of ['done', 'executing', 'blocked', 'closed'] as const)
      assert.equal(tellStillUnknown(recordFor(moveTo(unknown, state, NOW)), after(9 * DAY_MS), { roles }), undefined);
    assert.notEqual(removalRefused(recordFor(unknown), NOW, refusedBySomething).work?.clock, undefined);
  });
});

/** How often people were told, and how much later each time, in hours. */
async function tellings(bench: Workbench, id: string): Promise<readonly number[]> {
  const { stateSince } = await bench.request(id);
  return (await bench.audit(id))
    .filter(({ action }) => action === 'request.still-unknown')
    .map(({ at }) => (Date.parse(at) - Date.parse(stateSince)) / HOUR_MS);
}

describe('an outcome that stays unknown for days', () => {
  it(
    'of a removal is told of every day, while it is looked at, until it is known',
    on({}, async (bench) => {
      const id = await bench.approved('fabrikambikes');
      await bench.faults([onRemoval({ kind: 'apply-then-reset' })]);
      await bench.until(id, 'unknown');
      await bench.faults([{ method: 'GET', path: '/customers', status: 503, times: 100_000 }]);

      await bench.settle(3 * DAY_MS);

      assert.deepEqual(await tellings(bench, id), [24, 48, 72]);
      await bench.faults([]);
      await bench.until(id, 'done', 2 * HOUR_MS);
      assert.equal((await bench.removalCalls()).length, 1);
    }),
  );

  it(
    'of a cancellation is told of every day, too',
    onThree(async (bench) => {
      const id = await bench.sendCancellation(DOMAIN, [VISIO]);
      await bench.settle(0);
      await bench.faults([onSuspension({ status: 500 })]);
      await bench.approve(id);
      await bench.until(id, 'unknown');
      await bench.faults([{ method: 'GET', path: '/subscriptions/[^/]+$', status: 503, times: 100_000 }]);

      await bench.settle(2 * DAY_MS);

      assert.deepEqual(await tellings(bench, id), [24, 48]);
    }),
  );
});
