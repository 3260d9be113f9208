import assert from 'node:assert/strict';
import { STATES, isFinal } from '../../../../services/requests/life.ts';
import { waitOf, type WaitKind } from '../../../../services/requests/overview/wait.ts';
import { waitsFor } from '../../../../services/requests/overview/waits-for.ts';
import { without } from '../../../../services/requests/moves.ts';
import { mayLookAt } from '../../../../services/requests/overview/who-may-look.ts';
import type { RemovalRequest } from '../../../../services/requests/request.ts';
import { createRoles } from '../../../../services/people/roles.ts';
import { ada, after, bo, cy, NOW, recordFor, requestIn, roles } from '../request-in.ts';

const since = after(60_000).toISOString();
const waiting = (why: NonNullable<RemovalRequest['waitingFor']>['why']): Pick<RemovalRequest, 'waitingFor'> => ({
  waitingFor: { why, since, looks: 0 },
});
const names = (request: RemovalRequest): readonly string[] =>
  waitOf(recordFor(request))?.people.map(({ id }) => id) ?? [];

describe('what a request waits for', () => {
  const table: readonly [
    name: string,
    request: RemovalRequest,
    kind: WaitKind,
    people: readonly string[],
    since?: string,
  ][] = [
    ['a draft: to be sent', requestIn('draft'), 'sending', ['ada']],
    ['one that is being sent: the bot', { ...requestIn('draft'), sendingSince: since }, 'bot', [], since],
    [
      'one that is planned: its day',
      { ...requestIn('draft'), sendingSince: since, plannedFor: { day: '2026-07-01', most: 1 } },
      'day',
      [],
      since,
    ],
    [
      'one that cannot be sent without a sign-in',
      { ...requestIn('draft'), ...waiting('sign-in') },
      'sign-in',
      ['ada'],
      since,
    ],
    ['one that was sent: a decision of those who were asked', requestIn('pending'), 'decision', ['bo', 'cy']],
    [
      'one that was passed on: the same, since then',
      { ...requestIn('pending'), passed: [{ from: bo, to: cy, by: bo, at: since }], approvers: [cy] },
      'decision',
      ['cy'],
      since,
    ],
    ['an approved one: the bot', requestIn('approved'), 'bot', []],
    [
      'a sign-in of whoever carries it out',
      { ...requestIn('approved'), ...waiting('sign-in') },
      'sign-in',
      ['bo'],
      since,
    ],
    ['the word of whoever asked', { ...requestIn('approved'), ...waiting('remove-now') }, 'remove-now', ['ada'], since],
    ['the directory', { ...requestIn('approved'), ...waiting('roles-unread') }, 'roles', [], since],
    ['a right clock', { ...requestIn('approved'), ...waiting('clock') }, 'clock', [], since],
    [
      'Partner Center, which cannot be read',
      { ...requestIn('approved'), ...waiting('unread') },
      'partner-center',
      [],
      since,
    ],
    ['Partner Center, once it has accepted', requestIn('verifying'), 'partner-center', []],
    ['somebody who finds out', requestIn('unknown'), 'outcome', []],
    ['whoever asked, after a refusal', requestIn('blocked'), 'continuing', ['ada']],
  ];
  for (const [name, request, kind, people, from = NOW.toISOString()] of table)
    it(name, () => {
      const wait = waitOf(recordFor(request));

      assert.deepEqual([wait?.kind, names(request), wait?.since], [kind, people, from]);
    });

  it('is nothing once it has ended, and something before', () => {
    for (const state of STATES) assert.equal(waitOf(recordFor(requestIn(state))) === undefined, isFinal(state), state);
  });

  it('is over at the moment until which it can be decided, or carried out', () => {
    const { approveBy } = requestIn('pending');

    assert.equal(waitOf(recordFor(requestIn('pending')))?.until, approveBy);
    assert.equal(waitOf(recordFor(requestIn('approved')))?.until, requestIn('approved').executeBy);
  });
});

describe('whom a request waits for', () => {
  const waitsForWhom = (request: RemovalRequest): readonly string[] =>
    ['ada', 'ada-admin', 'bo', 'bo-admin', 'cy', 'eve'].filter((person) => waitsFor(recordFor(request), person, roles));

  it('is each approver while it is to be decided, and nobody on their own request', () => {
    assert.deepEqual(waitsForWhom(requestIn('pending')), ['bo', 'bo-admin', 'cy']);
  });

  it('is each approver who may carry it out while it waits for a sign-in', () => {
    assert.deepEqual(waitsForWhom({ ...requestIn('approved'), ...waiting('sign-in') }), ['bo', 'bo-admin', 'cy']);
    assert.deepEqual(waitsForWhom({ ...requestIn('approved'), executor: ada, ...waiting('sign-in') }), ['ada']);
  });

  it('is nobody while the bot is at it', () => {
    assert.deepEqual(waitsForWhom(requestIn('approved')), []);
    assert.deepEqual(waitsForWhom(requestIn('done')), []);
  });
});

describe('who may look at a request', () => {
  const own = createRoles({
    requesters: ['ada', 'dan'],
    approvers: ['bo', 'cy', 'fay'],
    auditors: ['eve'],
    samePerson: [],
  });
  const mayLook = (request: RemovalRequest): readonly string[] =>
    ['ada', 'bo', 'cy', 'dan', 'eve', 'fay', 'mallory'].filter((person) => mayLookAt(recordFor(request), person, own));

  it('is whoever asked, was asked or had a part in it, and each auditor', () => {
    assert.deepEqual(mayLook(requestIn('pending')), ['ada', 'bo', 'cy', 'eve']);
    assert.deepEqual(mayLook({ ...requestIn('pending'), approvers: [cy], tookPart: ['bo'] }), [
      'ada',
      'bo',
      'cy',
      'eve',
    ]);
    assert.deepEqual(mayLook({ ...requestIn('approved'), alsoTold: ['fay'] }), ['ada', 'bo', 'cy', 'eve', 'fay']);
  });

  it('is no approver before they are asked, whomever its form names', () => {
    assert.deepEqual(mayLook(without(requestIn('draft'), 'sentAt')), ['ada', 'eve']);
  });

  it('is nobody without a role, be it their own request', () => {
    assert.deepEqual(mayLook({ ...requestIn('draft'), requester: { id: 'mallory', name: 'Mallory' } }), ['eve']);
  });
});
