import assert from 'node:assert/strict';
import { auditKeyOf, readAudit, verifyAudit } from '../../../services/audit/audit-chain.ts';
import { requestPartition, type Change } from '../../../services/requests/change.ts';
import { approve, decline, withdraw } from '../../../services/requests/deciding/deciding.ts';
import { waitFor } from '../../../services/requests/removing/executing.ts';
import { openDraft } from '../../../services/requests/sending/opening.ts';
import { createRequestStore, refuse, type RequestStore } from '../../../services/requests/request-store.ts';
import { LostLeaseError, type Claim } from '../../../services/storage/claim.ts';
import { askToSend, sendAfterReading } from '../../../services/requests/sending/sending.ts';
import { openFileStore } from '../../../services/storage/file-store.ts';
import { createMemoryStore } from '../../../services/storage/memory-store.ts';
import { StoreError, type Store } from '../../../services/storage/store.ts';
import { tempFolders } from '../storage/temp-folder.ts';
import { assess } from '../readiness/holdings-of.ts';
import { ada, after, bo, by, contoso, cy, form, NOW, policy, requestIn, roles } from './request-in.ts';

const ID = 'request-1';
const auditKey = auditKeyOf(new Uint8Array(32).fill(3));
const REASON = 'Not before the audit.';

/** Requests as one process has them, and whatever it was woken for. */
function processOn(store: Store, boot = 'boot-1', now = (): Date => NOW) {
  const claimed: Claim[] = [];
  let nudges = 0;
  const requests = createRequestStore({
    store,
    clock: now,
    auditKey,
    boot,
    leaseMs: 60_000,
    undo: policy.undo,
    wake: {
      due: () => {
        nudges++;
      },
      claimed: (claim) => {
        claimed.push(claim);
      },
    },
  });
  return { requests, claimed, nudges: () => nudges };
}

const asObject = (store: Store): Store => ({
  origin: store.origin,
  archive: (partition, version, month) => store.archive(partition, version, month),
  archiveMonths: () => store.archiveMonths(),
  archived: (month, wanted) => store.archived(month, wanted),
  read: (partition) => store.read(partition),
  commit: (partition, version, changes) => store.commit(partition, version, changes),
  due: (at, limit, keys) => store.due(at, limit, keys),
  isShared: store.isShared,
  partitions: (kind) => store.partitions(kind),
  isReachable: () => store.isReachable(),
  hasRoom: () => store.hasRoom(),
  isKept: (partition) => store.isKept(partition),
  close: () => store.close(),
});

/** A store that lets somebody else write between a read and the commit that follows, so many times. */
function overtaken(store: Store, times: number, otherwise: () => Promise<unknown>): Store {
  let left = times;
  return {
    ...asObject(store),
    commit: async (partition, version, changes) => {
      if (left-- > 0) await otherwise();
      return store.commit(partition, version, changes);
    },
  };
}

async function opened(requests: RequestStore): Promise<void> {
  await requests.change(ID, (_, now) => openDraft(now, policy, { id: ID, customer: contoso, requester: ada }));
}
async function pending(requests: RequestStore, rules = policy): Promise<void> {
  await requests.change(ID, (_, now) => openDraft(now, rules, { id: ID, customer: contoso, requester: ada }));
  await requests.change(ID, (record, now) => askToSend(record!, now, { form, approvers: [bo, cy] }));
  await requests.change(ID, (record, now) => sendAfterReading(record!, now, rules, assess({})));
}
const approves = (requests: RequestStore, person: typeof bo) =>
  requests.change(ID, (record, now) => approve(record!, now, policy, roles, by(person)));
const declines = (requests: RequestStore, person: typeof bo) =>
  requests.change(ID, (record, now) => decline(record!, now, roles, { ...by(person), reason: REASON }));

function everywhere(name: string, open: () => Promise<Store>): void {
  describe(`requests in ${name}`, () => {
    let store: Store;
    beforeEach(async () => {
      store = await open();
    });
    afterEach(() => store.close());

    it('are not there before they were opened', async () => {
      const { requests } = processOn(store);

      assert.equal(await requests.read(ID), undefined);
    });

    it('are as they were stored, for every process', async () => {
      await opened(processOn(store).requests);

      const record = await processOn(store, 'boot-2').requests.read(ID);

      assert.deepEqual(record?.request, requestIn('draft'));
      assert.deepEqual(record.steps, []);
    });

    it('give back the record after the change', async () => {
      const { requests } = processOn(store);
      await pending(requests);

      const changed = await approves(requests, bo);

      assert.ok(changed.kind === 'changed');
      assert.deepEqual(changed.record.request, (await requests.read(ID))?.request);
      assert.equal(changed.record.request.state, 'approved');
    });

    it('are not written by a rule that refuses', async () => {
      const { requests, nudges } = processOn(store);
      await opened(requests);
      const before = await store.read(requestPartition(ID));
      const woken = nudges();

      assert.deepEqual(await requests.change(ID, () => refuse('because')), { kind: 'refused', why: 'because' });

      assert.deepEqual(await store.read(requestPartition(ID)), before);
      assert.equal(nudges(), woken);
    });

    it('wake the process for what it has claimed in the commit', async () => {
      const { requests, claimed } = processOn(store);
      await pending(requests);
      claimed.length = 0;

      await approves(requests, bo);

      assert.deepEqual(
        claimed.map(({ partition, key, lease }) => [partition, key, lease.owner]),
        [[requestPartition(ID), 'run', 'boot-1']],
      );
    });

    it('are decided by one of two people at the same time; the other decides again, on what is there then', async () => {
      const [left, right] = [processOn(store, 'boot-1/a'), processOn(store, 'boot-1/b')];
      await pending(left.requests);

      const outcomes = await Promise.all([approves(left.requests, bo), declines(right.requests, cy)]);

      const { request } = (await left.requests.read(ID))!;
      assert.deepEqual(outcomes.map(({ kind }) => kind).sort(), ['changed', 'refused']);
      assert.ok(outcomes.some((one) => one.kind === 'refused' && one.why === 'already-decided'));
      assert.equal(request.approvals.length + (request.declined ? 1 : 0), 1);
      assert.equal(request.state, request.declined ? 'declined' : 'approved');
    });

    it('count two approvals that come at the same time', async () => {
      const two = { ...policy, approvalsRequired: 2 };
      const [left, right] = [processOn(store, 'boot-1/a').requests, processOn(store, 'boot-1/b').requests];
      await pending(left, two);

      await Promise.all([approves(left, bo), approves(right, cy)]);

      const { request } = (await left.read(ID))!;
      assert.deepEqual(
        [request.state, request.approvals.map(({ by: one }) => one.id).sort()],
        ['approved', ['bo', 'cy']],
      );
    });

    it('are claimed by the one click that counts, of four', async () => {
      const sides = ['a', 'b', 'c', 'd'].map((name) => processOn(store, `boot-1/${name}`));
      await pending(sides[0]!.requests);
      for (const { claimed } of sides) claimed.length = 0;

      const outcomes = await Promise.all(sides.map(({ requests }) => approves(requests, bo)));

      assert.equal(outcomes.filter(({ kind }) => kind === 'changed').length, 1);
      assert.ok(outcomes.every((one) => one.kind === 'changed' || one.why === 'repeated'));
      assert.equal(sides.flatMap(({ claimed }) => claimed).length, 1);
    });

    it('keep a whole record under a storm of clicks', async () => {
      const sides = ['a', 'b', 'c'].map((name) => processOn(store, `boot-1/${name}`).requests);
      await pending(sides[0]!, { ...policy, approvalsRequired: 2 });

      await Promise.all(
        sides.flatMap((requests) => [
          approves(requests, bo),
          approves(requests, cy),
          requests.change(ID, (record, now) => withdraw(record!, now, roles, by(ada))),
        ]),
      );

      const { rows } = await store.read(requestPartition(ID));
      assert.equal(verifyAudit(rows, requestPartition(ID), auditKey).kind, 'intact');
      assert.equal(readAudit(rows).filter(({ action }) => action === 'request.withdrawn').length, 1);
    });

    it('stop whose lease was lost, before anything is decided', async () => {
      const { requests, claimed } = processOn(store);
      await pending(requests);
      claimed.length = 0;
      await approves(requests, bo);
      const mine = claimed[0]!;
      await requests.change(ID, (record) => ({ request: record!.request, audit: [], work: { run: { here: true } } }));

      let decided = false;
      const late = requests.change(
        ID,
        (record, now) => {
          decided = true;
          return waitFor(record!, now, roles, { why: 'unread', forMs: 1 });
        },
        mine,
      );

      await assert.rejects(late, LostLeaseError);
      assert.ok(!decided);
    });

    it('stop whose lease is another process’s, whatever its number', async () => {
      const { requests, claimed } = processOn(store);
      await pending(requests);
      claimed.length = 0;
      await approves(requests, bo);
      const { partition, key, lease } = claimed[0]!;

      const others: readonly Claim[] = [
        { partition, key, lease: { ...lease, owner: 'boot-1/other' } },
        { partition, key, lease: { ...lease, fence: lease.fence - 1 } },
      ];
      for (const other of others)
        await assert.rejects(
          requests.change(ID, (record, now) => waitFor(record!, now, roles, { why: 'unread', forMs: 1 }), other),
          LostLeaseError,
        );
    });

    it('stop whose work was ended by a decision', async () => {
      const { requests, claimed } = processOn(store);
      await pending(requests);
      claimed.length = 0;
      await approves(requests, bo);
      await requests.change(ID, (record, now) => withdraw(record!, now, roles, by(ada)));

      const late = requests.change(
        ID,
        (record, now) => waitFor(record!, now, roles, { why: 'unread', forMs: 1 }),
        claimed[0],
      );

      await assert.rejects(late, LostLeaseError);
      assert.equal((await requests.read(ID))?.request.state, 'withdrawn');
    });

    it('stop whose lease is lost between the reading and the commit', async () => {
      const winner = processOn(store, 'boot-1/other').requests;
      const takeOver = () =>
        winner.change(ID, (record) => ({ request: record!.request, audit: [], work: { run: { here: true } } }));
      const { requests, claimed } = processOn(store);
      await pending(requests);
      claimed.length = 0;
      await approves(requests, bo);

      const slow = processOn(overtaken(store, 1, takeOver)).requests;
      const late = slow.change(
        ID,
        (record, now) => waitFor(record!, now, roles, { why: 'unread', forMs: 1 }),
        claimed[0],
      );

      await assert.rejects(late, LostLeaseError);
      assert.equal((await requests.read(ID))?.request.waitingFor, undefined);
    });
  });
}

const newFolder = tempFolders();
everywhere('memory', () => Promise.resolve(createMemoryStore({ boot: 'boot-1' })));
everywhere('files', async () => openFileStore({ folder: await newFolder(), boot: 'boot-1' }));

describe('a decision that is overtaken', () => {
  it('is made again on the new state, with the moment it is by then', async () => {
    const store = createMemoryStore({ boot: 'boot-1' });
    const other = processOn(store, 'boot-1/other').requests;
    await opened(other);
    let ms = 0;
    const grow = () => other.change(ID, (record) => ({ request: { ...record!.request, revision: 9 }, audit: [] }));
    const { requests } = processOn(overtaken(store, 1, grow), 'boot-1', () => after(ms++));

    const seen: [number, string][] = [];
    await requests.change(ID, (record, now): Change => {
      seen.push([record!.request.revision, now.toISOString()]);
      return { request: record!.request, audit: [] };
    });

    assert.deepEqual(
      seen.map(([revision]) => revision),
      [1, 9],
    );
    assert.ok(seen[0]![1] < seen[1]![1]);
  });

  it('is not made again when the store cannot be written', async () => {
    const store = createMemoryStore({ boot: 'boot-1' });
    await opened(processOn(store).requests);
    let tries = 0;
    const broken: Store = {
      ...asObject(store),
      commit: () => {
        tries++;
        return Promise.reject(new StoreError('unwritable', 'the disk is full'));
      },
    };
    const { requests, claimed, nudges } = processOn(broken);

    await assert.rejects(
      requests.change(ID, (record) => ({ request: record!.request, audit: [], work: { run: { here: true } } })),
      StoreError,
    );

    assert.deepEqual([tries, claimed.length, nudges()], [1, 0, 0]);
  });
});
