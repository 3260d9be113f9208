import assert from 'node:assert/strict';
import type { TurnContext } from 'botbuilder';
import { createTellFault, faultSentence } from '../../../bot/turns/faults.ts';
import { textsFor } from '../../../cards/texts/texts.ts';
import { setFacts } from '../../../dialogs/turn-facts.ts';
import { PartnerCenterError, type PartnerCenterFault } from '../../../services/partner-center/partner-center.ts';
import { StaleWriteError, StoreError } from '../../../services/storage/store.ts';
import { quietLog } from '../quiet-log.ts';

const en = textsFor('en-US');
const ru = textsFor('ru-RU');
const ids = {
  requestId: '11111111-1111-4111-8111-111111111111',
  correlationId: '22222222-2222-4222-8222-222222222222',
};
const REFERENCE = '33333333-3333-4333-8333-333333333333';

const failed = (fault: PartnerCenterFault, description?: string): PartnerCenterError =>
  new PartnerCenterError(fault, { operation: 'get customer', ids }, { status: 418, code: '4711', description });

describe('what somebody is told about a turn that failed', () => {
  const faults: Readonly<Record<PartnerCenterFault, RegExp>> = {
    refused: /refused. Nothing was changed/,
    unauthorised: /did not accept the sign-in/,
    forbidden: /does not let you/,
    'not-found': /does not know this customer/,
    throttled: /asked us to slow down. Nothing was lost/,
    unavailable: /does not answer at the moment. Nothing was lost/,
    malformed: /answered something I cannot trust. Nothing was changed/,
    'sign-in-needed': /have to sign in/,
  };
  for (const [fault, words] of Object.entries(faults) as [PartnerCenterFault, RegExp][]) {
    it(`is a plain sentence and the correlation id of the call when Partner Center’s answer is ${fault}`, () => {
      const told = faultSentence(failed(fault), REFERENCE, en).split('\n');

      assert.match(told[0] ?? '', words);
      assert.deepEqual(told.slice(1), [`Correlation id ${ids.correlationId}`]);
    });
  }

  it('says what a known code of Partner Center means', () => {
    const stale = new PartnerCenterError(
      'refused',
      { operation: 'suspend subscription', ids },
      { status: 400, code: '2055' },
    );

    assert.match(faultSentence(stale, REFERENCE, en), /changed by somebody else in between/);
  });

  it('has the words of Partner Center in it, said to be Partner Center’s', () => {
    const told = faultSentence(failed('refused', 'The reservation **has** to go first.'), REFERENCE, en);

    assert.match(told, /^Partner Center says: The reservation \*\*has\*\* to go first\.$/m);
  });

  it('is in the person’s own language', () => {
    assert.match(faultSentence(failed('unavailable'), REFERENCE, ru).split('\n')[0] ?? '', /^[А-Я][а-яА-Я ,;.\-—ё]+/);
  });

  const others: [name: string, error: unknown, words: RegExp][] = [
    [
      'the store',
      new StoreError('unwritable', 'ENOSPC in /var/lib/secret'),
      /could not be stored, so nothing was done/,
    ],
    ['a race', new StaleWriteError('request:secret'), /went wrong on my side/],
    ['a mistake of ours', new TypeError('secret is not a function'), /went wrong on my side/],
    ['what is no error at all', 'secret', /went wrong on my side/],
    ['nothing', undefined, /went wrong on my side/],
  ];
  for (const [name, error, words] of others) {
    it(`is a sentence and an id to quote when the reason is ${name}, and never the error’s own words`, () => {
      const told = faultSentence(error, REFERENCE, en);

      assert.match(told, words);
      assert.ok(told.endsWith(`Correlation id ${REFERENCE}`));
      assert.ok(!told.includes('secret'));
    });
  }

  const turn = (): TurnContext => {
    const context = { turnState: new Map(), activity: { type: 'message' } } as unknown as TurnContext;
    setFacts(context, { person: { id: 'p', name: 'Ada', teamsId: '29:p', locale: 'en-US' } }, 'en');
    return context;
  };

  it('can be found in the log by the id that they quote', () => {
    const { log, lines } = quietLog();

    const told = createTellFault({ newId: () => REFERENCE, log })(turn(), new TypeError('Contoso Ltd'));

    assert.match(told, new RegExp(REFERENCE));
    assert.equal(lines.length, 1);
    assert.equal(lines[0]?.['requestId'], REFERENCE);
    assert.ok(!JSON.stringify(lines).includes('Contoso'));
  });

  it('can be found in the log by the correlation id of the call, too', () => {
    const { log, lines } = quietLog();

    createTellFault({ newId: () => REFERENCE, log })(turn(), failed('refused', 'Contoso Ltd owes us.'));

    assert.equal(lines[0]?.['correlationId'], ids.correlationId);
    assert.ok(!JSON.stringify(lines).includes('Contoso'));
  });
});
