import assert from 'node:assert/strict';
import { lineInShort } from '../../cards/holding-lines.ts';
import { readinessCard, readingCard, type ReadinessView } from '../../cards/readiness-card.ts';
import { textsFor } from '../../cards/texts/texts.ts';
import type { HoldingLine, Line, Verdict } from '../../services/readiness/readiness.ts';
import { undoOf } from '../../services/requests/giving-back/giving-back.ts';
import { FOREIGN } from './foreign-texts.ts';
import {
  CORRELATION_ID,
  customerOf,
  goneReadiness,
  guidNumber,
  holdingLine,
  IDS,
  linesOf,
  NONCE,
  READ_AT,
  readinessOf,
  readinessView,
  SOURCES,
  stepOf,
  TERM_END,
  transferTo,
  unreadLine,
} from './readiness-views.ts';
import { everyRequest } from './request-records.ts';
import { buttonSaying, buttonsOf, buttonTitled, ofType, readingOf, titlesOf, wordsOf, type Node } from './walk.ts';

const foreign = FOREIGN['everyday']!;
const office = { ...foreign, name: 'Office 365 E3', status: 'active' };
const CLEAR: Verdict = { kind: 'clear' };

const draw = (verdict: Verdict, view: Partial<ReadinessView> = {}, language = 'en') =>
  readinessCard(readinessView(foreign, verdict, view), textsFor(language));
const withLines = (...lines: readonly Line[]) => draw(CLEAR, { readiness: readinessOf(foreign, CLEAR, lines) });

describe('the verdict of a readiness card', () => {
  const verdicts: [verdict: Verdict, en: string, ru: string][] = [
    [CLEAR, 'Nothing known stands in the way.', 'Известных препятствий нет.'],
    [{ kind: 'clear-here', count: 1 }, 'Clear 1 thing here first.', 'Сначала устраните здесь 1 препятствие.'],
    [{ kind: 'clear-here', count: 3 }, 'Clear 3 things here first.', 'Сначала устраните здесь 3 препятствия.'],
    [
      { kind: 'elsewhere', count: 2 },
      '2 things have to be cleared elsewhere first.',
      'Сначала нужно устранить 2 препятствия в другом месте.',
    ],
    [
      { kind: 'not-before', date: TERM_END, billingEnds: true },
      'No removal before May 6, 2031 UTC.',
      'Удаление не раньше 6 мая 2031 г. UTC.',
    ],
    [
      { kind: 'not-before', date: TERM_END, billingEnds: false },
      'No removal before May 6, 2031 UTC. Unless “cancel at end of term” is set in Partner Center, billing goes on after that until the subscription is cancelled.',
      'Удаление не раньше 6 мая 2031 г. UTC. Если в Центре партнёров не задана отмена в конце срока, плата будет начисляться и дальше, пока подписку не отменят.',
    ],
    [
      { kind: 'not-before', date: TERM_END, billingEnds: false, orTransfer: true },
      'No removal before May 6, 2031 UTC without a transfer to the next partner. Unless “cancel at end of term” is set in Partner Center, billing goes on after that until the subscription is cancelled.',
      'Без передачи следующему партнёру удаление не раньше 6 мая 2031 г. UTC. Если в Центре партнёров не задана отмена в конце срока, плата будет начисляться и дальше, пока подписку не отменят.',
    ],
    [
      { kind: 'cannot-tell', sources: ['orders', 'entitlements'] },
      'I cannot tell: orders and reservations and software could not be read.',
      'Не могу сказать: не удалось прочитать заказы и резервирования и программное обеспечение.',
    ],
  ];
  for (const [verdict, en, ru] of verdicts) {
    it(`sums up in one sentence: ${en}`, () => {
      assert.ok(readingOf(draw(verdict)).includes(en), wordsOf(draw(verdict)));
      assert.ok(readingOf(draw(verdict, {}, 'ru')).includes(ru), wordsOf(draw(verdict, {}, 'ru')));
    });
  }

  it('is green for nothing but a customer that is clear', () => {
    const styles = verdicts.map(([verdict]) => [verdict.kind, ofType(draw(verdict), 'Container')[0]?.['style']]);

    assert.deepEqual(
      styles.filter(([, style]) => style === 'good'),
      [['clear', 'good']],
    );
  });
});

describe('a line of a readiness card', () => {
  it('says what it is, how many, in which state, and what clears it', () => {
    const reading = readingOf(withLines(holdingLine(office)));

    const at = reading.indexOf('Office 365 E3 × 10');
    assert.deepEqual(reading.slice(at + 1, at + 3), ['legacy subscription, active', 'Suspend']);
  });

  it('says that it can be suspended where there is no button for it', () => {
    const readiness = readinessOf(foreign, CLEAR, [holdingLine(office)]);
    const reading = readingOf(draw(CLEAR, { readiness, canChange: false }));

    const at = reading.indexOf('Office 365 E3 × 10');
    assert.deepEqual(reading.slice(at + 1, at + 3), ['legacy subscription, active', 'Suspend it here.']);
  });

  it('of an add-on says with what it goes, and has no button', () => {
    const addOn = holdingLine(office, {
      class: 'legacy-add-on',
      remedies: [{ kind: 'with-parent', parentId: guidNumber(9), parentName: 'Office 365 E5' }],
    });

    const card = withLines(addOn);

    assert.match(wordsOf(card), /Goes when “Office 365 E5” is suspended\./);
    assert.equal(buttonSaying(card, 'subscription.suspend'), undefined);
  });

  const remedies: [remedy: Parameters<typeof holdingLine>[1], text: string][] = [
    [
      { remedies: [{ kind: 'cancel', until: TERM_END, by: 'subscription' }] },
      'Can be cancelled from here until May 6, 2031 UTC, once a manager approves.',
    ],
    [{ remedies: [{ kind: 'transfer' }] }, 'Can move to the customer’s next partner by a transfer in Partner Center.'],
    [{ remedies: [{ kind: 'elsewhere', where: 'azure-portal' }] }, 'Has to be settled in the Azure portal.'],
    [{ remedies: [{ kind: 'wait', until: TERM_END, billingEnds: true }] }, 'Ends on May 6, 2031 UTC.'],
    [
      { remedies: [{ kind: 'wait', until: TERM_END, billingEnds: false }] },
      'The term ends on May 6, 2031 UTC. If it renews or goes on monthly then, it can be cancelled from that day on.',
    ],
    [{ remedies: [{ kind: 'support' }] }, 'Only Microsoft’s support can clear it.'],
    [{ remedies: [], billedUntil: TERM_END }, 'Billed until May 6, 2031 UTC.'],
  ];
  for (const [line, text] of remedies) {
    it(`says the way out in a sentence: ${text}`, () => {
      const card = withLines(holdingLine(office, line));

      assert.ok(readingOf(card).includes(text), wordsOf(card));
      assert.equal(buttonSaying(card, 'subscription.suspend'), undefined);
    });
  }

  it('that may go on after its end is billed until then at least, and says the same in short', () => {
    const goesOn = holdingLine(office, {
      class: 'new-commerce-licence',
      remedies: [{ kind: 'wait', until: TERM_END, billingEnds: false }],
      billedUntil: TERM_END,
    });
    const ends = { ...goesOn, remedies: [{ kind: 'wait', until: TERM_END, billingEnds: true }] as const };

    assert.match(wordsOf(withLines(goesOn)), /^Billed until May 6, 2031 UTC at least\.$/m);
    assert.match(lineInShort(goesOn, textsFor('en')), /: Billed until May 6, 2031 UTC at least\.$/);
    assert.match(wordsOf(withLines(ends)), /^Billed until May 6, 2031 UTC\.$/m);
    assert.match(lineInShort(ends, textsFor('en')), /: Billed until May 6, 2031 UTC\.$/);
  });

  it('of an Azure plan counts what is active under it', () => {
    const plan = holdingLine(office, { class: 'azure-plan', activeAzure: 2, remedies: [] });

    assert.match(wordsOf(withLines(plan)), /Azure plan, active; 2 active Azure subscriptions under it/);
  });

  it('of a savings plan says where it is managed, until when it runs, and who helps otherwise, without contradiction', () => {
    const plan = holdingLine(FOREIGN['everyday']!, {
      class: 'savings-plan',
      remedies: [
        { kind: 'elsewhere', where: 'azure-portal' },
        { kind: 'wait', until: TERM_END, billingEnds: false },
        { kind: 'support' },
      ],
    });
    const words = wordsOf(withLines(plan));

    assert.match(
      words,
      /Has to be settled in the Azure portal\.\nThe term ends on .*, unless it renews then\.\nOtherwise only Microsoft’s support can clear it\./,
    );
    assert.doesNotMatch(words, /it can be cancelled from that day on|Only Microsoft’s support/);
  });

  it('of several that could not be read for one reason says it once, with all ids at its end', () => {
    const words = wordsOf(
      withLines(
        unreadLine('entitlements', 'unavailable'),
        unreadLine('orders', 'unavailable'),
        unreadLine('transfers', 'throttled'),
      ),
    );

    assert.match(words, /Reservations and software and orders could not be read\. What is unread/);
    assert.equal(words.match(/Partner Center does not answer at the moment/g)?.length, 1);
    assert.equal(words.match(/^Correlation ids: \S+, \S+$/gm)?.length, 1);
    assert.match(words, /Transfers could not be read/);
  });

  it('of an unread source says so, why, and the id to quote', () => {
    const words = wordsOf(withLines(unreadLine('orders', 'forbidden')));

    assert.match(words, /Orders could not be read\. What is unread counts as standing in the way\./);
    assert.match(words, /Partner Center does not let you do this\./);
    assert.ok(words.includes(`Correlation id ${CORRELATION_ID}`));
  });

  it('that may block says that Partner Center decides, and that a refusal changes nothing', () => {
    const words = wordsOf(withLines(holdingLine(office, { group: 'may-block', remedies: [] })));

    assert.match(words, /May stand in the way\nPartner Center decides\. If it refuses, nothing is changed\./);
  });

  it('of another relationship names it', () => {
    const words = wordsOf(withLines({ group: 'blocks', kind: 'not-a-reseller', relationship: 'advisor' }));

    assert.match(words, /This is no reseller relationship \(Partner Center says “advisor”\)\./);
  });

  it('beyond the tenth is counted, not shown', () => {
    const card = withLines(...linesOf(office, 'blocks', 300));

    assert.equal(buttonsOf(card).filter(({ verb }) => verb === 'subscription.suspend').length, 10);
    assert.match(wordsOf(card), /and 290 more/);
  });

  it('is on a list that has all of them, page by page', () => {
    const lines = [
      ...linesOf({ ...office, name: 'In the way' }, 'blocks', 30),
      ...linesOf({ ...office, name: 'To know' }, 'to-know', 9),
    ].map((line, n) => ({ ...line, name: `${line.name} ${n}.` }));
    const view = { readiness: readinessOf(foreign, CLEAR, lines) };
    let card = draw(CLEAR, view);
    const seen: string[] = [];
    for (let more = buttonTitled(card, 'More'); more !== undefined; more = buttonTitled(card, 'More')) {
      card = draw(CLEAR, { ...view, from: Number((more['data'] as Node)['page']) });
      seen.push(...(wordsOf(card).match(/^(?:In the way|To know) \d+\. × 10$/gm) ?? []));
    }

    assert.deepEqual(
      seen,
      lines.map(({ name }) => `${name} × 10`),
    );
    assert.match(wordsOf(card), /Lines 37–39 of 39/);
    assert.equal((buttonTitled(card, 'Back')?.['data'] as Node)['page'], 25);
    assert.equal((buttonTitled(draw(CLEAR, { ...view, from: 1 }), 'Back')?.['data'] as Node)['page'], undefined);
  });

  it('needs no list where all of them are seen', () => {
    assert.equal(buttonTitled(withLines(...linesOf(office, 'blocks', 10)), 'More'), undefined);
  });

  it('is shown and counted with all others, however long their names are', () => {
    for (const [whose, texts] of Object.entries(FOREIGN)) {
      const lines = linesOf(texts, 'blocks', 300);
      const card = readinessCard(
        readinessView(texts, CLEAR, {
          readiness: readinessOf(texts, CLEAR, lines),
          steps: linesOf(texts, 'blocks', 10).map(({ holdingId }) =>
            stepOf(texts, 'failed', {
              holdingId,
              refused: { fault: 'refused', description: texts.description, ids: IDS },
            }),
          ),
        }),
        textsFor('en'),
      );

      const shown = ofType(card, 'ColumnSet').length;
      const counted = readingOf(card).map((line) => Number(/^and (\d+) more$/.exec(line)?.[1] ?? 0));
      assert.ok(shown >= 1, whose);
      assert.ok(counted.includes(300 - shown), `${whose}: ${shown} and ${counted.join()}`);
    }
  });
});

describe('what stands in the way', () => {
  const wait = { kind: 'wait', until: TERM_END, billingEnds: true } as const;
  const line = (name: string, ...remedies: HoldingLine['remedies']) => holdingLine({ ...office, name }, { remedies });

  it('is sorted by what is to be done about it, and each sort is counted', () => {
    const words = wordsOf(
      withLines(
        line('Trial', wait),
        line('Exchange', { kind: 'suspend' }),
        line('Windows', { kind: 'support' }),
        line('Teams', { kind: 'cancel', until: TERM_END, by: 'subscription' }),
        unreadLine('orders', 'forbidden'),
        line('Visio', { kind: 'suspend' }),
      ),
    );

    const order = words.match(/^(?:To .* \(\d\)|(?:Trial|Exchange|Windows|Teams|Visio) × 10|Orders could not.*)$/gm);
    assert.deepEqual(order, [
      ...['To find out first (1)', 'Orders could not be read. What is unread counts as standing in the way.'],
      ...['To clear here (2)', 'Exchange × 10', 'Visio × 10'],
      ...['To cancel here, once a manager approves (1)', 'Teams × 10'],
      ...['To settle elsewhere (1)', 'Windows × 10'],
      ...['To wait for (1)', 'Trial × 10'],
    ]);
  });

  it('needs no sorting where the same is to be done about all of it', () => {
    assert.doesNotMatch(wordsOf(withLines(line('Exchange', wait), line('Visio', wait))), /To wait for/);
  });

  it('shows something of each sort, however many there are of one', () => {
    const words = wordsOf(withLines(...linesOf(office, 'blocks', 50), line('Trial', wait)));

    assert.match(words, /To clear here \(50\)[^]*To wait for \(1\)\nTrial × 10/);
    assert.match(words, /and 41 more/);
  });
});

describe('what a readiness card lets somebody do', () => {
  const blocked = { readiness: readinessOf(foreign, CLEAR, linesOf(office, 'blocks', 3)) };

  it('is to ask for the removal only when it may be asked for', () => {
    assert.deepEqual(titlesOf(draw(CLEAR, { canRequest: true })), ['Request removal', 'Check again']);
    assert.deepEqual(titlesOf(draw(CLEAR, { canRequest: false })), ['Check again']);
  });

  it('is to suspend one by one, and all legacy ones together', () => {
    const titles = titlesOf(draw(CLEAR, blocked));

    assert.deepEqual(titles, ['Suspend', 'Suspend', 'Suspend', 'Suspend 3 legacy subscriptions', 'Check again']);
  });

  it('is not to suspend the only legacy one twice over', () => {
    const one = { readiness: readinessOf(foreign, CLEAR, linesOf(office, 'blocks', 1)) };

    assert.deepEqual(titlesOf(draw(CLEAR, one)), ['Suspend', 'Check again']);
  });

  it('is to suspend only one level down while that gains nothing, with a word against it', () => {
    const readiness = readinessOf(foreign, CLEAR, [
      holdingLine(office),
      holdingLine(office, { holdingId: guidNumber(2) }),
    ]);
    const shown = draw(CLEAR, { readiness, suspendLast: true, legacy: 2 });

    assert.deepEqual(titlesOf(shown).slice(0, 4), [
      'Suspend anyway',
      'Suspend',
      'Suspend',
      'Suspend 2 legacy subscriptions',
    ]);
    const hidden = ofType(shown, 'Container').find(({ isVisible }) => isVisible === false);
    assert.deepEqual(titlesOf(hidden), ['Suspend', 'Suspend', 'Suspend 2 legacy subscriptions']);
    assert.match(wordsOf(shown), /Suspend last: nothing is gained/);
  });

  it('is to see what would be sent, and to watch or no longer to watch', () => {
    const more = { canDryRun: true };

    assert.deepEqual(titlesOf(draw(CLEAR, { ...more, watching: 'off' })), ['Check again', 'Dry run', 'Watch']);
    assert.deepEqual(titlesOf(draw(CLEAR, { ...more, watching: 'on' })), ['Check again', 'Dry run', 'Stop watching']);
  });

  it('is nothing but to look again for somebody who may change nothing', () => {
    assert.deepEqual(titlesOf(draw(CLEAR, { ...blocked, canChange: false })), ['Check again']);
  });

  it('is not to suspend what is being suspended: its line says how far it is', () => {
    const underWay = [stepOf(office, 'sent', { holdingId: guidNumber(2) })];

    const card = draw(CLEAR, { ...blocked, underWay });

    const offered = buttonsOf(card).map(({ data }) => (data as { holdingId?: string }).holdingId);
    assert.deepEqual(offered, [guidNumber(1), guidNumber(3), undefined, undefined]);
    assert.ok(titlesOf(card).includes('Suspend 2 legacy subscriptions'));
    assert.match(wordsOf(card), /Office 365 E3 × 10\nbeing suspended/);
  });

  it('is to go where the rest is settled, by links of our own', () => {
    const elsewhere = holdingLine(office, { remedies: [{ kind: 'elsewhere', where: 'azure-portal' }] });
    const transfer = holdingLine(office, { remedies: [{ kind: 'transfer' }] });

    assert.deepEqual(titlesOf(withLines(elsewhere, transfer, transfer)), [
      'Check again',
      'Open the Azure portal',
      'Open Partner Center',
    ]);
  });
});

describe('the readiness card of a customer that is no longer ours', () => {
  const gone = goneReadiness(foreign);
  const cannotTell: Verdict = { kind: 'cannot-tell', sources: SOURCES };
  const view = { readiness: gone, canDryRun: true };

  it('says so first, names the customer, and lists nothing that follows from it', () => {
    const words = wordsOf(draw(cannotTell, view));

    assert.match(
      words,
      /^Zanzibar Spices\nzanzibar\.onmicrosoft\.com\n.*\nYou have no reseller relationship with this customer \(any more\)\.$/m,
    );
    assert.match(words, /your role in Partner Center may be missing/);
    assert.doesNotMatch(words, /cannot tell|could not be read|Stands in the way|What removal does|You cannot undo it/);
    assert.deepEqual(words.match(/^Correlation id.*$/gm), [`Correlation id ${guidNumber(1)}`]);
    assert.match(wordsOf(draw(cannotTell, view, 'ru')), /У вас \(больше\) нет отношений реселлера с этим клиентом\./);
  });

  it('lets nobody change anything of the customer, whatever page of an older list is asked for', () => {
    const watched = { ...view, watching: 'on', draft: { requestId: IDS.requestId, nonce: NONCE } } as const;

    assert.deepEqual(titlesOf(draw(cannotTell, view)), ['Check again']);
    assert.deepEqual(titlesOf(draw(cannotTell, { ...view, watching: 'off' })), ['Check again']);
    assert.deepEqual(titlesOf(draw(cannotTell, { ...view, from: 13 })), ['Check again']);
    assert.deepEqual(titlesOf(draw(cannotTell, watched)), ['Check again', 'Stop watching', 'Drop this draft']);
  });

  it('shows all the same what is suspended from here, as it was seen last', () => {
    const suspended = { ...view, steps: [stepOf({ name: 'Office 365 E1' }, 'done')] };
    const exchange = stepOf({ name: 'Exchange Online' }, 'done', { doneAt: READ_AT });
    const request = everyRequest(foreign)['declined']!;
    const left = {
      items: undoOf({ request, steps: [exchange] }).items,
      by: { requestId: IDS.requestId, nonce: NONCE },
    };

    assert.match(
      wordsOf(draw(cannotTell, suspended)),
      /\nSuspended from here\n1 of 1 suspended\n• {2}Office 365 E1: suspended\nThis is how it was seen last\. What has become of it could not be read\.\nCheck again$/,
    );
    assert.match(
      wordsOf(draw(cannotTell, suspended, 'ru')),
      /• {2}Office 365 E1: приостановлен[^]*\nТак это выглядело в последний раз/,
    );
    const earlier = wordsOf(draw(cannotTell, { ...view, left }));
    assert.match(earlier, /\nSuspended from here\n.*\nExchange Online × 10\n[^]*\nThis is how it was seen last\./);
    assert.deepEqual(titlesOf(draw(cannotTell, { ...suspended, left })), ['Check again']);
    assert.doesNotMatch(wordsOf(draw(cannotTell, view)), /seen last/);
  });

  it('leads to all of it, page by page, where it is much', () => {
    const steps = Array.from({ length: 14 }, (_, n) =>
      stepOf({ name: `Licence ${String(n + 1).padStart(2, '0')}` }, 'done', { holdingId: guidNumber(n + 1) }),
    );
    const many = { ...view, steps };

    assert.match(wordsOf(draw(cannotTell, many)), /• {2}Licence 10: suspended\nand 4 more\n/);
    assert.deepEqual(titlesOf(draw(cannotTell, many)), ['More', 'Check again']);
    const last = draw(cannotTell, { ...many, from: 13 });
    assert.match(
      wordsOf(last),
      /You have no reseller relationship[^]*• {2}Licence 13: suspended\n• {2}Licence 14: suspended/,
    );
    assert.deepEqual(titlesOf(last), ['Back']);
    assert.doesNotMatch(wordsOf(last), /cannot tell|could not be read completely/);
  });

  it('is not shown where that is only for want of a role, or where something of it was answered', () => {
    const lines = gone.lines as readonly Extract<Line, { kind: 'unread' }>[];
    const role = lines.map((line) => ({ ...line, meaning: 'role-missing' as const }));
    const others = lines.filter(({ source }) => source !== 'subscriptions');

    for (const some of [role, others, lines.slice(1)])
      assert.match(wordsOf(draw(cannotTell, { readiness: { ...gone, lines: some } })), /I cannot tell: /);
  });
});

describe('an open transfer on a readiness card', () => {
  const WAITING: Verdict = { kind: 'not-before', date: TERM_END, billingEnds: true, orTransfer: true };
  const movable = holdingLine(office, { remedies: [{ kind: 'transfer' }] });
  const transfer = transferTo({ ...foreign, name: 'Litware' }, 1);
  const SAID =
    'A transfer to Litware is open. It should be accepted in Partner Center, and be completed, before the removal.';

  it('is said right below what has to be waited for, and how it goes on instead of how one is begun', () => {
    const reading = readingOf(draw(WAITING, { readiness: readinessOf(foreign, WAITING, [movable, transfer]) }));
    const without = wordsOf(draw(WAITING, { readiness: readinessOf(foreign, WAITING, [movable]) }));

    const at = reading.indexOf(SAID);
    assert.match(reading[at - 1] ?? '', /No removal before .* without a transfer to the next partner/);
    assert.match(
      reading.join('\n'),
      /A transfer is open: you accept it .* cannot be transferred, so do not suspend it/,
    );
    assert.doesNotMatch(reading.join('\n'), /That partner creates a transfer/);
    assert.match(without, /That partner creates a transfer/);
    assert.doesNotMatch(without, /transfer .* is open/);
  });

  it('leaves the verdict of a clear customer green, and is said below it', () => {
    const card = draw(CLEAR, { readiness: readinessOf(foreign, CLEAR, [transfer]), canRequest: true });
    const styles = ofType(card, 'Container').map(({ style }) => style);

    assert.deepEqual(styles.slice(0, 2), ['good', 'warning']);
    assert.ok(readingOf(card).includes(SAID));
  });

  it('is one of several, whose partners are named once each, or of a partner that nobody names', () => {
    const nameless: Line = {
      ...{ group: 'to-know', kind: 'transfer', holdingId: guidNumber(60), status: 'Active', count: 1 },
    };

    assert.match(wordsOf(withLines(transfer, transfer)), /2 transfers to Litware are open/);
    assert.match(wordsOf(withLines(nameless)), /A transfer to another partner is open/);
  });
});

describe('what was suspended from a readiness card', () => {
  it('is in the order of the names once it is done', () => {
    const steps = ['Visio', 'Exchange', 'Project'].map((name) => stepOf({ name }, 'done'));

    assert.match(wordsOf(draw(CLEAR, { steps })), /Exchange: suspended\n.*Project: suspended\n.*Visio: suspended/);
  });

  it('is counted, and each is named with how far it is', () => {
    const steps = [
      stepOf(office, 'done'),
      stepOf({ name: 'Visio' }, 'done', { wasSoBefore: true }),
      stepOf({ name: 'Project' }, 'accepted'),
      stepOf({ name: 'Exchange' }, 'asked'),
    ];

    const words = wordsOf(draw(CLEAR, { steps }));

    assert.match(words, /2 of 4 suspended/);
    assert.match(words, /• {2}Office 365 E3: suspended\n• {2}Visio: was suspended already/);
    assert.match(words, /• {2}Project: being suspended\n• {2}Exchange: waiting/);
  });

  it('and failed says why in plain words, in the service’s own, and by which id to ask', () => {
    const failed = stepOf(office, 'failed', {
      refused: { fault: 'refused', description: 'The status cannot change.', ids: IDS },
    });

    const reading = readingOf(draw(CLEAR, { steps: [failed] }));

    const at = reading.indexOf('•  Office 365 E3: not suspended');
    assert.deepEqual(reading.slice(at + 2, at + 4), ['The status cannot change.', `Correlation id ${CORRELATION_ID}`]);
  });

  it('and failed without an answer says that it is not known', () => {
    const failed = stepOf(office, 'failed', { refused: { fault: 'unavailable', ids: IDS } });

    assert.match(wordsOf(draw(CLEAR, { steps: [failed] })), /It is not known whether it was done/);
  });
});

describe('every readiness card', () => {
  it('says what removal does, and that it cannot be taken back', () => {
    const words = wordsOf(draw(CLEAR));

    assert.match(words, /leaves your customer list/);
    assert.match(words, /leave the customer’s support contacts/);
    assert.match(words, /old delegated admin privileges \(DAP\) end/);
    assert.match(words, /\(GDAP\) stay, unless the request asks to end them too/);
    assert.match(words, /can sell nothing more/);
    assert.match(words, /You cannot undo it: the customer’s own administrator has to accept/);
  });

  it('says nothing of granular delegated administration where it is known that there is none', () => {
    const readiness = readinessOf(foreign, CLEAR);
    const none = { readiness: { ...readiness, delegatedAdmin: { kind: 'read', live: [] } as const } };
    const unread = { readiness: { ...readiness, delegatedAdmin: { kind: 'unread' } as const } };

    assert.doesNotMatch(wordsOf(draw(CLEAR, none)), /GDAP/);
    assert.match(wordsOf(draw(CLEAR, unread)), /GDAP/);
  });

  it('says when it was read', () => {
    assert.match(wordsOf(draw(CLEAR)), /As read on \{\{DATE\(2031-03-09T07:05:06Z, SHORT\)\}\}/);
  });

  it('warns in an integration sandbox that the customer’s tenant is deleted', () => {
    assert.match(wordsOf(draw(CLEAR, { isSandbox: true })), /removal deletes the customer’s tenant/);
    assert.doesNotMatch(wordsOf(draw(CLEAR)), /sandbox/);
  });

  it('has on top what was refused just now', () => {
    assert.equal(
      readingOf(draw(CLEAR, { problem: 'Bo is working on this customer.' }))[0],
      'Bo is working on this customer.',
    );
  });
});

describe('the card of a customer that is still being read', () => {
  it('says that it is being read, and offers to look again', () => {
    const card = readingCard(customerOf(foreign), NONCE, textsFor('en'));

    assert.match(wordsOf(card), /Reading everything this customer holds…/);
    assert.deepEqual(titlesOf(card), ['Check again']);
  });

  it('names the tenant where nothing else is known yet', () => {
    const unknown = { ...customerOf(foreign), companyName: '', domain: '' };

    const card = readingCard(unknown, NONCE, textsFor('en'));

    assert.ok(readingOf(card).includes(unknown.id));
    assert.equal(card.fallbackText, `Reading ${unknown.id}`);
  });
});
