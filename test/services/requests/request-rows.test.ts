import assert from 'node:assert/strict';
import { auditKeyOf, readAudit, verifyAudit } from '../../../services/audit/audit-chain.ts';
import { later } from '../../../services/clock.ts';
import { asPerson } from '../../../services/partner-center/partner-center.ts';
import { requestPartition, type Change, type Due } from '../../../services/requests/change.ts';
import { approve } from '../../../services/requests/deciding/deciding.ts';
import { openDraft } from '../../../services/requests/sending/opening.ts';
import type { OutboxItem } from '../../../services/requests/card-slots.ts';
import {
  OutboxRow,
  recordOf,
  rowsOfChange,
  type ClaimedWork,
  type StoringContext,
} from '../../../services/requests/request-rows.ts';
import { askToSend, sendAfterReading } from '../../../services/requests/sending/sending.ts';
import { takeSteps, STEPS_PER_CHANGE } from '../../../services/requests/clearing/clearing.ts';
import { applyChanges } from '../../../services/storage/rows.ts';
import { MAX_ROWS_PER_COMMIT, StoreError, type Lease, type Row } from '../../../services/storage/store.ts';
import { assess, subscriptions } from '../readiness/holdings-of.ts';
import {
  ada,
  after,
  bo,
  by,
  changeOf,
  contoso,
  cy,
  form,
  NOW,
  policy,
  recordFor,
  requestIn,
  roles,
} from './request-in.ts';

type Rows = ReadonlyMap<string, Row>;
const ID = 'request-1';
const LEASE_MS = 60_000;
const auditKey = auditKeyOf(new Uint8Array(32).fill(3));
const at = (now: Date, boot = 'boot-1'): StoringContext => ({ now, boot, auditKey, leaseMs: LEASE_MS });

/** The rows after a change, and what was claimed with it. */
function store(before: Rows, change: Change, context = at(NOW)): { rows: Rows; claimed: readonly ClaimedWork[] } {
  const { changes, claimed } = rowsOfChange({ rows: before }, change, context);
  return { rows: applyChanges(before, changes), claimed };
}
const record = (rows: Rows) => recordOf(ID, { version: '1', rows })!;
const draft = openDraft(NOW, policy, { id: ID, customer: contoso, requester: ada });
const opened = (): Rows => store(new Map(), draft).rows;
const quiet = (more: Partial<Change>): Change => ({ request: requestIn('draft'), audit: [], ...more });

describe('what is stored of a request', () => {
  it('is read again as it was', () => {
    const change = takeSteps(recordFor(requestIn('draft')), NOW, {
      actAs: asPerson('ada'),
      steps: [
        { ...assess({ subscriptions: [subscriptions.legacyLicence] }).offers[0]!, action: 'suspend', requestId: 'r' },
      ],
      messageId: 'm1',
    });

    const { rows } = store(opened(), change);

    assert.deepEqual(record(rows).request, change.request);
    assert.deepEqual(
      record(rows).steps,
      change.steps?.map(({ step }) => step),
    );
    assert.deepEqual(record(rows).shown('ada', 'clearing'), { messageId: 'm1' });
    assert.equal(record(rows).shown('ada', 'request'), undefined);
  });

  it('is nothing where there is no request', () => {
    assert.equal(recordOf(ID, { version: '0', rows: new Map() }), undefined);
  });

  it('is not taken for a request when it is not what we write', () => {
    const rows = new Map([['request', { value: { schema: 1, id: ID, state: 'removed' } }]]);

    assert.throws(
      () => recordOf(ID, { version: '1', rows }),
      (error) => error instanceof StoreError && error.fault === 'damaged',
    );
  });

  it('fits into one commit, with as many steps as are begun at once and many approvers', () => {
    const steps = Array.from({ length: STEPS_PER_CHANGE }, (_, n) => ({
      ...assess({ subscriptions: [{ ...subscriptions.legacyLicence, id: `s${n}` }] }).offers[0]!,
      action: 'suspend' as const,
      requestId: `r${n}`,
    }));

    const change = takeSteps(recordFor(requestIn('draft')), NOW, { actAs: asPerson('ada'), steps, messageId: 'm' });

    assert.ok(rowsOfChange({ rows: opened() }, change, at(NOW)).changes.length <= MAX_ROWS_PER_COMMIT);
  });
});

describe('a message that shows a card', () => {
  const shown = (messageId: string) => quiet({ shown: [{ recipient: 'ada', slot: 'request', messageId }] });

  it('keeps what is known about it, and is another one by another id', () => {
    const rows = new Map([
      ...opened(),
      ['card:ada:request', { value: { messageId: 'm1', editedAt: NOW.toISOString() } }],
    ]);

    const same = store(rows, shown('m1')).rows;
    const other = store(rows, shown('m2')).rows;

    assert.deepEqual(record(same).shown('ada', 'request'), { messageId: 'm1', editedAt: NOW.toISOString() });
    assert.deepEqual(record(other).shown('ada', 'request'), { messageId: 'm2', left: ['m1'] });
  });
});

describe('cards that wait to be shown', () => {
  const wish = (item: Partial<OutboxItem>) =>
    quiet({ outbox: [{ recipient: 'ada', slot: 'request', mode: 'edit', ...item }] });
  const KEY = 'outbox:ada:request';
  const waiting = (rows: Rows): OutboxRow => OutboxRow.parse(rows.get(KEY)?.value);

  it('are due at once', () => {
    const { rows } = store(opened(), wish({ mode: 'new', headline: 'approved' }));

    assert.equal(rows.get(KEY)?.dueAt, NOW.toISOString());
    assert.deepEqual(waiting(rows), {
      recipient: 'ada',
      slot: 'request',
      mode: 'new',
      headline: 'approved',
      n: 1,
      tries: 0,
      since: NOW.toISOString(),
    });
  });

  it('become one for each person and slot: the newest picture, as a new message if either wants one', () => {
    const first = store(opened(), wish({ mode: 'new', headline: 'approved' })).rows;

    const second = store(first, wish({}), at(after(1_000))).rows;

    assert.deepEqual(
      [waiting(second).mode, waiting(second).headline, waiting(second).n, waiting(second).since],
      ['new', 'approved', 2, NOW.toISOString()],
    );
  });

  it('say the newest of what they have to say', () => {
    const first = store(opened(), wish({ mode: 'new', headline: 'approved' })).rows;

    assert.equal(waiting(store(first, wish({ headline: 'removed' })).rows).headline, 'removed');
  });

  it('stay apart for different people and slots', () => {
    const { rows } = store(
      opened(),
      quiet({
        outbox: [
          { recipient: 'ada', slot: 'request', mode: 'edit' },
          { recipient: 'ada', slot: 'clearing', mode: 'edit' },
          { recipient: 'bo', slot: 'approval', mode: 'new' },
        ],
      }),
    );

    assert.deepEqual(
      [...rows.keys()].filter((key) => key.startsWith('outbox:')),
      ['outbox:ada:request', 'outbox:ada:clearing', 'outbox:bo:approval'],
    );
  });

  it('are tried anew when there is something new to show, by whoever has them', () => {
    const lease: Lease = { owner: 'boot-1', until: later(NOW, 9_000), fence: 4 };
    const rows = new Map([
      ...opened(),
      [KEY, { value: { recipient: 'ada', slot: 'request', mode: 'edit', n: 3, tries: 5, since: 'x' }, lease }],
    ]);

    const next = store(rows, wish({}), at(after(2_000))).rows;

    assert.deepEqual([waiting(next).tries, waiting(next).n], [0, 4]);
    assert.deepEqual(next.get(KEY)?.lease, lease);
  });
});

describe('a piece of work', () => {
  const run = (due: Due | null): Change => quiet({ work: { run: due } });

  it('that this process has in its hands is claimed in the same commit', () => {
    const { rows, claimed } = store(opened(), run({ here: true }));

    const lease: Lease = { owner: 'boot-1', until: later(NOW, LEASE_MS), fence: 1 };
    assert.deepEqual(claimed, [{ key: 'run', lease }]);
    assert.deepEqual(rows.get('run'), { value: { actAs: 'person:ada' }, dueAt: NOW.toISOString(), lease });
  });

  it('that comes later is nobody’s, and its lease has ended', () => {
    const claimed = store(opened(), run({ here: true })).rows;

    const { rows, claimed: none } = store(claimed, run({ at: later(NOW, 15_000) }), at(after(1_000)));

    assert.deepEqual(none, []);
    assert.deepEqual(rows.get('run'), {
      value: { actAs: 'person:ada' },
      dueAt: later(NOW, 15_000),
      lease: { owner: 'boot-1', until: later(NOW, 1_000), fence: 1 },
    });
  });

  it('that never was anybody’s has no lease', () => {
    assert.equal(store(opened(), run({ at: later(NOW, 1) })).rows.get('run')?.lease, undefined);
  });

  it('that goes on stays with whoever is at it, for another full lease', () => {
    const claimed = store(opened(), run({ here: true })).rows;

    const { rows } = store(claimed, run({ held: true }), at(after(50_000)));

    assert.deepEqual(rows.get('run')?.lease, { owner: 'boot-1', until: later(NOW, 50_000 + LEASE_MS), fence: 1 });
  });

  it('has a fencing number that grows with every claim, whoever makes it', () => {
    let rows = opened();
    const fences: (number | undefined)[] = [];
    for (const boot of ['boot-1', 'boot-2', 'boot-1']) {
      rows = store(rows, run({ here: true }), at(NOW, boot)).rows;
      rows = store(rows, run({ at: later(NOW, 1) }), at(NOW, boot)).rows;
      fences.push(rows.get('run')?.lease?.fence);
    }

    assert.deepEqual(fences, [1, 2, 3]);
  });

  it('that has ended is not there any more', () => {
    const claimed = store(opened(), run({ here: true })).rows;

    assert.ok(!store(claimed, run(null)).rows.has('run'));
  });

  it('stays as it is when nothing is said about it', () => {
    const claimed = store(opened(), run({ here: true })).rows;

    assert.deepEqual(store(claimed, quiet({}), at(after(9_000))).rows.get('run'), claimed.get('run'));
  });
});

describe('the record of a request', () => {
  const sending = askToSend(recordFor(requestIn('draft')), NOW, { form, approvers: [bo, cy] });
  const sent = sendAfterReading(recordFor(sending.request), NOW, policy, assess({}));
  const approved = changeOf(approve(recordFor(sent.request), NOW, policy, roles, by(bo)));

  it('is one whole chain after several changes, each in the commit of what happened', () => {
    let rows: Rows = new Map();
    for (const change of [draft, sending, sent, approved]) rows = store(rows, change).rows;

    assert.equal(verifyAudit(rows, requestPartition(ID), auditKey).kind, 'intact');
    assert.deepEqual(
      readAudit(rows).map(({ action }) => action),
      ['request.opened', 'request.sending', 'request.sent', 'request.approved'],
    );
  });

  it('does not grow with a change that has nothing to record', () => {
    assert.equal(readAudit(store(opened(), quiet({})).rows).length, 1);
  });

  it('cannot be given to another request', () => {
    assert.notEqual(verifyAudit(opened(), requestPartition('request-2'), auditKey).kind, 'intact');
  });
});
