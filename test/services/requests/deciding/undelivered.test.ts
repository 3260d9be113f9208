import assert from 'node:assert/strict';
import { STATES } from '../../../../services/requests/life.ts';
import { delivered, isOverdue, undelivered } from '../../../../services/requests/deciding/undelivered.ts';
import { after, changeOf, NOW, recordFor, requestIn, whyOf } from '../request-in.ts';

const pending = recordFor(requestIn('pending'));

describe('an approver to whom the card cannot be shown', () => {
  it('is a matter for whoever asked after an hour', () => {
    const since = NOW.toISOString();

    assert.equal(isOverdue({ slot: 'approval', since }, after(3_599_999)), false);
    assert.equal(isOverdue({ slot: 'approval', since }, after(3_600_000)), true);
    assert.equal(isOverdue({ slot: 'request', since }, after(3_600_000)), false);
  });

  it('is told to whoever asked, in a new message, and only once', () => {
    const { request, outbox, audit } = changeOf(undelivered(pending, 'bo'));

    assert.deepEqual([request.state, request.undelivered], ['pending', ['bo']]);
    assert.deepEqual(outbox, [{ recipient: 'ada', slot: 'request', mode: 'new', headline: 'undelivered' }]);
    assert.deepEqual(
      audit.map(({ action, detail }) => [action, detail]),
      [['approval.undelivered', { person: 'bo' }]],
    );
    assert.equal(whyOf(undelivered(recordFor(request), 'bo')), 'known');
  });

  it('is no matter once it could be shown after all', () => {
    const told = recordFor(changeOf(undelivered(pending, 'bo')).request);

    const { request, outbox } = changeOf(delivered(told, 'bo'));

    assert.equal(request.undelivered, undefined);
    assert.deepEqual(outbox, [{ recipient: 'ada', slot: 'request', mode: 'edit' }]);
    assert.equal(whyOf(delivered(recordFor(request), 'bo')), 'known');
  });

  it('is no matter of somebody who is not asked', () => {
    assert.equal(whyOf(undelivered(pending, 'eve')), 'known');
  });

  for (const state of STATES.filter((one) => one !== 'pending'))
    it(`is no matter for a request that is ${state}`, () => {
      assert.equal(whyOf(undelivered(recordFor(requestIn(state)), 'bo')), 'known');
    });
});
