import assert from 'node:assert/strict';
import { auditCard } from '../../cards/audit-card.ts';
import { entryKinds, whatText } from '../../cards/audit-entry-parts.ts';
import { foundEntriesCard } from '../../cards/found-entries-card.ts';
import { LANGUAGES, textsFor } from '../../cards/texts/texts.ts';
import type { AskedStep, AuditAction, StepEvent, StepName } from '../../services/audit/audit-actions.ts';
import type { AuditEntry } from '../../services/audit/audit-chain.ts';
import { auditView, everyEntry, foundView, HEAD, UNKNOWN_ID } from './audit-views.ts';
import { FOREIGN } from './foreign-texts.ts';
import { CUSTOMER_ID } from './readiness-views.ts';
import { nodesOf, readingOf, titlesOf } from './walk.ts';

const foreign = FOREIGN['everyday']!;
const texts = textsFor('en');
const draw = (view: Parameters<typeof auditView>[1] = {}) => auditCard(auditView(foreign, view), texts);
const wordsOf = (view: Parameters<typeof auditView>[1] = {}): string => readingOf(draw(view)).join('\n');
const total = everyEntry(foreign).length;
const lastPage = Math.ceil(total / 8) - 1;

describe('the card of a record', () => {
  it('says that it is whole, how long it is, and its head', () => {
    const words = wordsOf();

    assert.match(words, new RegExp(`The record is whole: ${total} entries\\.`));
    assert.ok(words.includes(HEAD));
  });

  it('says where it is broken and how, and shows no head then', () => {
    const words = wordsOf({ verdict: { kind: 'broken', at: 3, why: 'edited' } });

    assert.match(words, /The record is broken at entry 3\.\nThe entry was edited after it was written\./);
    assert.ok(!words.includes(HEAD));
  });

  it('begins with a full page of its newest entries, the newest last, and turns to the earlier ones and back', () => {
    assert.match(wordsOf(), new RegExp(`Entries ${total - 7}–${total} of ${total}`));
    assert.match(wordsOf({ page: lastPage }), new RegExp(`Entries 1–\\d+ of ${total}`));
    assert.deepEqual(titlesOf(draw()), ['Earlier', 'Show']);
    assert.deepEqual(titlesOf(draw({ page: 1 })), ['Earlier', 'Later', 'Show']);
    assert.deepEqual(titlesOf(draw({ page: lastPage })), ['Later', 'Show']);
    assert.deepEqual(draw({ page: 0 }), draw());
    assert.deepEqual(draw({ page: 99_999 }), draw({ page: lastPage }));
  });

  it('shows each entry on one page', () => {
    const all = Array.from({ length: lastPage + 1 }, (_, page) => wordsOf({ page })).join('\n');

    const shown = [...all.matchAll(/^(\d+)\. {2}/gm)].map(([, seq]) => Number(seq));
    assert.deepEqual(
      shown.toSorted((a, b) => a - b),
      everyEntry(foreign).map(({ seq }) => seq),
    );
  });

  /** Why somebody's try was refused, and why a request came to nothing: as they stand in the record. */
  const whys = [
    ...['own-request', 'not-an-approver', 'passed-on', 'not-the-requester', 'not-a-requester', 'not-asked'],
    ...['not-an-auditor', 'has-a-part', 'no-role', 'not-theirs', 'no-access', 'no-relationship', 'sign-in', 'unread'],
    ...['drift', 'blocked', 'gone', 'nothing-left', 'no-longer-requester', 'no-longer-approver'],
    ...['restored', 'restored-gone', 'no-sign-in', 'no-answer', 'still-listed', 'not-seen', 'reconciled', 'not-done'],
  ];
  for (const language of Object.keys(LANGUAGES))
    it(`has words for each reason (${language})`, () => {
      for (const why of whys) {
        const entries = everyEntry(foreign)
          .slice(0, 1)
          .map((entry) => ({ ...entry, detail: { why } }));
        const words = readingOf(auditCard(auditView(foreign, { entries }), textsFor(language))).join('\n');
        assert.doesNotMatch(words, new RegExp(`: ${why}(\n|$)`), why);
      }
    });

  it('has no other page where one is enough', () => {
    assert.deepEqual(titlesOf(draw({ entries: everyEntry(foreign).slice(0, 8) })), ['Show']);
  });

  it('names people, the bot, and an id where nobody knows the name', () => {
    const all = Array.from({ length: lastPage + 1 }, (_, page) => wordsOf({ page })).join('\n');

    for (const who of [foreign.name, 'the bot', UNKNOWN_ID]) assert.ok(all.includes(`By: ${who}`), who);
  });

  it('has words for everything that happens, and shows what it has none for as it is', () => {
    const all = Array.from({ length: lastPage + 1 }, (_, page) => wordsOf({ page })).join('\n');

    assert.deepEqual(all.match(/Something else: .*/g), ['Something else: step.elsewhere']);
    assert.match(all, /Removal: the call is about to be sent/);
    assert.match(all, /Why: not an approver/);
    assert.ok(all.includes(`Reason: ${foreign.reason}`));
  });

  it('has words in every language for what was lost, and for a note that was not taken in', () => {
    const entries = everyEntry(foreign).filter(({ action }) => ['audit.lost', 'spool.refused'].includes(action));
    const words = (language: string): string =>
      readingOf(auditCard(auditView(foreign, { entries }), textsFor(language))).join('\n');

    assert.match(words('en'), /Entries were lost: .*\n[^]*How many: 12\n[^]*A note for the record was not taken in: /);
    for (const language of Object.keys(LANGUAGES)) assert.doesNotMatch(words(language), /audit\.lost|spool\.refused/);
  });

  it('names the subscription that an entry is about, and what has no name any more by its id', () => {
    const entries = everyEntry(foreign)
      .filter(({ action }) => action === 'step.asked')
      .slice(0, 1);
    const words = (things: ReadonlyMap<string, string>): string =>
      readingOf(auditCard(auditView(foreign, { entries, things }), textsFor('en'))).join('\n');

    assert.match(words(new Map([[CUSTOMER_ID, 'Office 365 E3']])), /: confirmed\n[^]*About: Office 365 E3\n/);
    assert.ok(words(new Map()).includes(`About: ${CUSTOMER_ID}`));
  });

  it('counts approvals where it was approved, and purchases where cancelling has ended', () => {
    const of = (action: string, language: string): string => {
      const entries = everyEntry(foreign).filter((entry) => entry.action === action && entry.detail?.['of']);
      return readingOf(auditCard(auditView(foreign, { entries }), textsFor(language))).join('\n');
    };

    assert.match(of('request.approved', 'en'), /Approvals: 1 \/ 2/);
    assert.match(of('request.approved', 'ru'), /Одобрения: 1 \/ 2/);
    assert.doesNotMatch(of('request.approved', 'en'), /Cancelled/);
    assert.match(of('cancellation.ended', 'en'), /Cancelled: 3 \/ 4/);
  });

  it('leaves out the time of an entry that has none that can be read', () => {
    const entries = everyEntry(foreign)
      .slice(0, 1)
      .map((entry) => ({ ...entry, at: 'yesterday' }));

    assert.ok(!JSON.stringify(nodesOf(draw({ entries }))).includes('DATE('));
  });
});

describe('the card of what was found in the record', () => {
  const drawFound = (view: Parameters<typeof foundView>[1] = {}) => foundEntriesCard(foundView(foreign, view), texts);
  const next = { after: '2026-03-01T09:00:00.000Z', at: '2026-03-01T09:00:00.000Z' };

  it('leads to the record of each request, once where entries of it follow each other', () => {
    assert.deepEqual(
      titlesOf(drawFound()),
      Array.from({ length: 4 }, () => 'Its record'),
    );
  });

  it('says what was looked for, and searches on for the same', () => {
    const sought = { customerId: UNKNOWN_ID, from: '2026-03-01', to: '2026-03-01' };
    const drawn = drawFound({ sought, customer: foreign.name, isFurther: true, next });

    assert.match(readingOf(drawn).join('\n'), /Days \(UTC\): 2026-03-01$/m);
    const [earlier, newest] = nodesOf(drawn).filter(
      ({ type, verb }) => type === 'Action.Execute' && verb === 'audit.search',
    );
    assert.deepEqual(
      [earlier?.['data'], newest?.['data']],
      [
        { verb: 'audit.search', ...sought, after: next.after },
        { verb: 'audit.search', ...sought },
      ],
    );
  });

  it('names days without a first or a last one, and things by their names', () => {
    const view = foundView(foreign);
    const [entry] = view.entries;
    const one = {
      ...entry!,
      entry: { ...entry!.entry, detail: { subscription: UNKNOWN_ID } },
      things: new Map([[UNKNOWN_ID, 'Office 365 E3']]),
    };
    const words = (sought: typeof view.sought): string => readingOf(drawFound({ sought, entries: [one] })).join('\n');

    assert.match(words({ from: '2026-03-01' }), /Days \(UTC\): 2026-03-01 –$/m);
    assert.match(words({ to: '2026-03-31' }), /Days \(UTC\): – 2026-03-31$/m);
    assert.match(words({}), /Office 365 E3/);
  });

  it('goes on with what it has no room for', () => {
    const { entries } = foundView(foreign);
    const long = entries.map((one) => ({ ...one, who: 'я'.repeat(3_000) }));
    const drawn = drawFound({ entries: long, next });

    const shown = readingOf(drawn).filter((line) => line.startsWith('By: ')).length;
    assert.ok(shown > 0 && shown < long.length);
    const earlier = nodesOf(drawn).find(({ verb }) => verb === 'audit.search');
    assert.deepEqual(earlier?.['data'], { verb: 'audit.search', after: long[shown - 1]?.place });
  });

  it('says whether nothing was found, or nothing so far', () => {
    const none = readingOf(drawFound({ entries: [] })).join('\n');
    const soFar = readingOf(drawFound({ entries: [], next })).join('\n');

    assert.match(none, /Nothing was found\./);
    assert.match(soFar, /Nothing was found so far\.\nLooked back to /);
  });
});

describe('what can be looked for in the record', () => {
  /** Does not compile with one left out. */
  const recordable = {
    ...{ 'request.opened': 1, 'request.sending': 1, 'request.sent': 1, 'request.not-sent': 1, 'request.planned': 1 },
    ...{ 'request.approved': 1, 'request.declined': 1, 'request.passed': 1, 'request.reminded': 1 },
    ...{ 'request.expiring': 1, 'request.escalated': 1, 'request.still-unknown': 1, 'request.withdrawn': 1 },
    ...{ 'request.abandoned': 1, 'request.expired': 1, 'request.void': 1, 'request.continued': 1 },
    ...{ 'request.taken-over': 1, 'request.remove-now': 1, 'request.closed': 1, 'approval.undelivered': 1 },
    ...{ 'cancellation.begun': 1, 'cancellation.ended': 1, 'suspension.asked': 1, 'open-point.ticked': 1 },
    ...{ 'open-point.unticked': 1, 'batch.begun': 1, 'batch.clearing': 1, 'batch.asked': 1, 'batch.stopped': 1 },
    ...{ 'undo.reminded': 1, 'delegated-admin.left-open': 1, refused: 1, 'refused.more': 1, 'audit.shown': 1 },
    ...{ 'audit.searched': 1, 'audit.exported': 1, 'audit.verified': 1, 'audit.lost': 1, 'spool.refused': 1 },
    ...{ 'bot.started': 1, 'bot.stopped': 1 },
  } satisfies Record<Exclude<AuditAction, StepEvent>, 1>;
  const sent = { 'step.intent': 1, 'step.outcome': 1, 'step.verified': 1 } satisfies Record<
    Exclude<StepEvent, 'step.asked'>,
    1
  >;
  /** What a requester confirms by itself: nothing else is recorded as confirmed. */
  const asked = { suspend: 1, reactivate: 1, 'auto-renew-off': 1 } satisfies Record<AskedStep, 1>;
  const approved = { removal: 1, 'delegated-admin': 1, cancel: 1 } satisfies Record<Exclude<StepName, AskedStep>, 1>;

  for (const language of Object.keys(LANGUAGES))
    it(`is all that can be recorded, in the words in which it is shown, and each only once (${language})`, () => {
      const words = textsFor(language);
      const entryOf = (action: string, step?: string): AuditEntry => ({
        ...{ seq: 1, at: '2026-03-01T09:00:00.000Z', actor: 'bot' as const, action, prev: '', mac: '' },
        ...(step !== undefined && { detail: { step } }),
      });

      const kinds = entryKinds(words);

      const expected = [
        ...Object.keys(asked).map((step) => [`step.asked:${step}`, whatText(entryOf('step.asked', step), words)]),
        ...Object.keys({ ...asked, ...approved }).flatMap((step) =>
          Object.keys(sent).map((event) => [`${event}:${step}`, whatText(entryOf(event, step), words)]),
        ),
        ...Object.keys(recordable).map((action) => [action, whatText(entryOf(action), words)]),
      ];
      const byAction = (a: readonly string[], b: readonly string[]): number => (a[0]! < b[0]! ? -1 : 1);
      assert.deepEqual(kinds.map(({ action, text }) => [action, text]).sort(byAction), expected.sort(byAction));
      assert.equal(new Set(kinds.map(({ text }) => text)).size, kinds.length);
    });
});
