import assert from 'node:assert/strict';
import { MINUTE_MS } from '../../../services/clock.ts';
import { continueAfterRefusal, withdraw } from '../../../services/requests/deciding/deciding.ts';
import { undoOf } from '../../../services/requests/giving-back/giving-back.ts';
import { shownWhereLookedUp, shownWherePressed } from '../../../services/requests/pressed-card.ts';
import type { Slot } from '../../../services/requests/card-slots.ts';
import { ada, by, changeOf, cy, NOW, recordFor, requestIn, roles } from './request-in.ts';
import { on, type Workbench } from './workbench.ts';

const LOOKED_UP = 'looked-up';

describe('the message on which a button was pressed', () => {
  const continued = () => changeOf(continueAfterRefusal(recordFor(requestIn('blocked')), NOW, roles, by(ada)));
  const showing = (messageId: string, slot: Slot) => ({
    ...recordFor(requestIn('blocked')),
    shown: (recipient: string, one: Slot) => (recipient === 'ada' && one === slot ? { messageId } : undefined),
  });

  it('shows what came of it from then on', () => {
    const { shown } = shownWherePressed(continued(), showing('first', 'request'), {
      person: ada,
      messageId: LOOKED_UP,
    });

    assert.deepEqual(shown, [{ recipient: 'ada', slot: 'request', messageId: LOOKED_UP }]);
  });

  it('is not noted where it shows a card of theirs already, where Teams does not name it, or where nothing is shown to them', () => {
    const change = continued();
    for (const slot of ['request', 'undo', 'escalation'] as const)
      assert.equal(shownWherePressed(change, showing('first', slot), { person: ada, messageId: 'first' }), change);
    assert.equal(shownWherePressed(change, showing('first', 'request'), { person: ada }), change);
    const stranger = { ...cy, id: 'gus' };
    assert.equal(
      shownWherePressed(change, recordFor(requestIn('blocked')), { person: stranger, messageId: 'm' }),
      change,
    );
  });

  it('does not become the card of a customer by which a draft is dropped', () => {
    const draft = { ...requestIn('draft') };
    const record = recordFor(draft);
    const dropped = {
      ...changeOf(withdraw(record, NOW, roles, by(ada))),
      outbox: [{ recipient: 'ada', slot: 'clearing', mode: 'edit' } as const],
    };

    assert.equal(shownWherePressed(dropped, record, { person: ada, messageId: LOOKED_UP }), dropped);
  });

  const cardOf = async (bench: Workbench, id: string, person: string, slot: Slot) =>
    (await bench.record(id)).shown(person, slot)?.messageId;
  const pressed = (bench: Workbench, person: string) => ({ ...bench.click(person), messageId: LOOKED_UP });

  it(
    'is the requester’s card once they have gone on from a refusal there',
    on({}, async (bench) => {
      const id = await bench.approved('munsonspickles');
      await bench.until(id, 'blocked');

      await bench.removals.continueAfterRefusal(id, pressed(bench, 'ada'));

      assert.equal(await cardOf(bench, id, 'ada', 'request'), LOOKED_UP);
    }),
  );

  it(
    'is the approver’s card once they have approved there, and the requester’s once they have withdrawn there',
    on({ policy: { approvalsRequired: 2 } }, async (bench) => {
      const id = await bench.send('fabrikambikes');
      await bench.settle();

      await bench.removals.approve(id, pressed(bench, 'bo'));
      await bench.removals.withdraw(id, pressed(bench, 'ada'));

      assert.equal(await cardOf(bench, id, 'bo', 'approval'), LOOKED_UP);
      assert.equal(await cardOf(bench, id, 'ada', 'request'), LOOKED_UP);
      assert.equal((await bench.request(id)).state, 'withdrawn');
    }),
  );

  it(
    'is the requester’s card once they have given back there what was suspended',
    on({}, async (bench) => {
      const id = await bench.suspend('contoso');
      await bench.settle(MINUTE_MS);
      await bench.send('contoso');
      await bench.settle(MINUTE_MS);
      await bench.removals.decline(id, { ...pressed(bench, 'bo'), reason: 'Not before the audit.' });
      const holdingIds = undoOf(await bench.record(id)).items.map(({ holdingId }) => holdingId);

      const given = await bench.removals.giveBack(id, { ...pressed(bench, 'ada'), holdingIds });

      assert.equal(given?.kind, 'changed');
      assert.equal(await cardOf(bench, id, 'bo', 'approval'), LOOKED_UP);
      assert.equal(await cardOf(bench, id, 'ada', 'request'), LOOKED_UP);
    }),
  );
});

describe('the message on which somebody has looked a request up', () => {
  const where = { messageId: LOOKED_UP, isCard: true };
  const known = (slot: Slot, messageId = 'first') => ({
    request: requestIn('pending'),
    shown: (_: string, one: Slot) => (one === slot ? { messageId } : undefined),
  });

  it('shows it from then on, as it is; a view of it is left alone', () => {
    const shown = (isCard: boolean) => shownWhereLookedUp(known('approval'), cy, roles, { ...where, isCard });

    assert.deepEqual(shown(true), {
      request: requestIn('pending'),
      audit: [],
      shown: [{ recipient: 'cy', slot: 'approval', messageId: LOOKED_UP }],
      outbox: [{ recipient: 'cy', slot: 'approval', mode: 'edit' }],
    });
    assert.equal(shown(false)?.outbox, undefined);
    assert.equal(shownWhereLookedUp(known('request'), ada, roles, where)?.shown?.[0]?.slot, 'request');
  });

  it('is not noted where that is known, where the request has ended, or for whoever can do nothing there', () => {
    for (const slot of ['approval', 'undo', 'escalation'] as const)
      assert.equal(shownWhereLookedUp(known(slot, LOOKED_UP), cy, roles, where), undefined);
    for (const state of ['done', 'declined', 'expired', 'draft'] as const)
      assert.equal(shownWhereLookedUp(recordFor(requestIn(state)), ada, roles, where), undefined);
    assert.equal(shownWhereLookedUp(known('approval'), { id: 'gus' }, roles, where), undefined);
  });

  it('is drawn anew where what came to be seen there is of an older revision, also once the request has ended', () => {
    const [shown, outbox] = [
      [{ recipient: 'cy', slot: 'approval', messageId: LOOKED_UP }],
      [{ recipient: 'cy', slot: 'approval', mode: 'edit' }],
    ];
    for (const state of ['pending', 'expired'] as const) {
      const request = requestIn(state);
      const late = (messageId: string, seen: number) =>
        shownWhereLookedUp({ ...known('approval', messageId), request }, cy, roles, { ...where, isCard: false, seen });

      assert.deepEqual(late(LOOKED_UP, request.revision - 1), { request, audit: [], outbox });
      assert.deepEqual(late('first', request.revision - 1), { request, audit: [], shown, outbox });
      assert.equal(late(LOOKED_UP, request.revision), undefined);
    }
  });

  it(
    'is settled with the request, whether they were asked or not, and the card before it at once',
    on({}, async (bench) => {
      const id = await bench.send('fabrikambikes');
      await bench.settle(0);
      const partition = `request:${id}`;
      const { version } = await bench.store.read(partition);
      await bench.store.commit(partition, version, [
        ...['bo', 'cy'].map((one) => ({ key: `outbox:${one}:approval`, remove: true as const })),
        { key: 'card:bo:approval', row: { value: { messageId: 'first' } } },
      ]);
      for (const one of ['bo', 'cy'])
        await bench.removals.wasShown(id, bench.click(one).person, { messageId: `${one}-looked-up`, isCard: false });
      const cards = (await bench.store.read(partition)).rows;
      const waits = async () =>
        [...(await bench.store.read(partition)).rows]
          .filter(([key]) => /^outbox:.*:approval$/.test(key))
          .map(([key, { value }]) => [key.split(':')[1], (value as { readonly isShown?: true }).isShown === true]);
      const before = await waits();

      await bench.removals.withdraw(id, bench.click('ada'));

      assert.deepEqual(cards.get('card:bo:approval')?.value, { messageId: 'bo-looked-up', left: ['first'] });
      assert.deepEqual(cards.get('card:cy:approval')?.value, { messageId: 'cy-looked-up' });
      assert.deepEqual(before, [['bo', true]]);
      assert.deepEqual((await waits()).toSorted(), [
        ['bo', false],
        ['cy', false],
      ]);
    }),
  );
});
