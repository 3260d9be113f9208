import assert from 'node:assert/strict';
import type { TurnContext } from 'botbuilder';
import { createTellFault, sentenceOf, toldOf } from '../../../bot/turns/faults.ts';
import type { TextKey } from '../../../cards/texts/en.ts';
import { LANGUAGES, textsFor, type Language } from '../../../cards/texts/texts.ts';
import { setFacts } from '../../../dialogs/turn-facts.ts';
import { PartnerCenterError, type PartnerCenterFault } from '../../../services/partner-center/partner-center.ts';
import { StaleWriteError, StoreError } from '../../../services/storage/store.ts';
import { quietLog } from '../quiet-log.ts';

const en = textsFor('en-US');
const ru = textsFor('ru-RU');
const faultSentence = (...failed: Parameters<typeof toldOf>): string => sentenceOf(toldOf(...failed));
const ids = {
  requestId: '11111111-1111-4111-8111-111111111111',
  correlationId: '22222222-2222-4222-8222-222222222222',
};
const REFERENCE = '33333333-3333-4333-8333-333333333333';

const failed = (fault: PartnerCenterFault, description?: string): PartnerCenterError =>
  new PartnerCenterError(fault, { operation: 'get customer', ids }, { status: 418, code: '4711', description });

/** Sentences, as somebody reads them. */
const sentencesOf = (text: string): readonly string[] => text.split(/(?<=[.!?])\s+(?=[\p{Lu}«„“{])/u);
const KEYS = Object.keys(LANGUAGES.en) as TextKey[];
/** What is said of these besides: that it is no error, or where an error is said. */
const NO_FAULTS: readonly TextKey[] = [
  'fault.title',
  'fault.summary',
  'fault.reference',
  'fault.references',
  'fault.slow',
  'fault.refused-so',
];

describe('every text of an error', () => {
  for (const language of Object.keys(LANGUAGES) as Language[]) {
    it(`says what happened, what it means, and what to do next: ${language}`, () => {
      const faults = KEYS.filter((key) => key.startsWith('fault.') && !NO_FAULTS.includes(key));

      const short = faults.filter((key) => sentencesOf(LANGUAGES[language][key]).length < 3);

      assert.ok(faults.length > 10);
      assert.deepEqual(short, []);
    });

    it(`that explains a code of Partner Center says what it means, and what to do next: ${language}`, () => {
      const codes = KEYS.filter((key) => key.startsWith('code.'));

      const short = codes.filter((key) => sentencesOf(LANGUAGES[language][key]).length < 2);

      assert.ok(codes.length > 20);
      assert.deepEqual(short, []);
    });
  }
});

/** What was pressed is not done. What is typed wrong is said beside its field, in a sentence. */
const REFUSALS =
  /^(?:clearing|request|cancellation|approval|close|undo|provider|sign-in)\.(?:refused|barred)-(?!reason)|^step\.failed-/;

describe('every text of a refusal', () => {
  for (const language of Object.keys(LANGUAGES) as Language[])
    it(`says why, and what has come of it or what to do next: ${language}`, () => {
      const refusals = KEYS.filter((key) => REFUSALS.test(key));

      const short = refusals.filter((key) => sentencesOf(LANGUAGES[language][key]).length < 2);

      assert.ok(refusals.length > 40);
      assert.deepEqual(short, []);
    });
});

describe('what somebody is told about a turn that failed', () => {
  const faults: Readonly<Record<PartnerCenterFault, RegExp>> = {
    refused: /refused. Nothing was changed/,
    unauthorised: /did not accept the sign-in/,
    forbidden: /does not let you/,
    'not-found': /does not know this customer/,
    throttled: /asked us to slow down. Nothing was lost/,
    unavailable: /does not answer at the moment. Nothing was lost/,
    malformed: /answered something I cannot trust. Nothing was changed/,
    'sign-in-needed': /not signed in/,
    'not-sent': /not be sent in time. Nothing was changed/,
  };
  for (const [fault, words] of Object.entries(faults) as [PartnerCenterFault, RegExp][]) {
    it(`is a plain sentence and the correlation id of the call when Partner Center’s answer is ${fault}`, () => {
      const told = faultSentence(failed(fault), REFERENCE, en).split('\n');

      assert.match(told[0] ?? '', words);
      assert.deepEqual(told.slice(1), ['Code: 418 / 4711', `Correlation id ${ids.correlationId}`]);
    });
  }

  it('says what a known code of Partner Center means', () => {
    const stale = new PartnerCenterError(
      'refused',
      { operation: 'suspend subscription', ids },
      { status: 400, code: '2055' },
    );

    assert.match(
      faultSentence(stale, REFERENCE, en),
      /^That did not work, and nothing was changed\. It was changed by somebody else in between\. Check again\.\nCode: 400 \/ 2055\n/,
    );
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
      /could not be stored\. So nothing was done/,
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

    assert.deepEqual(told.codes, [`Correlation id ${REFERENCE}`]);
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
