import assert from 'node:assert/strict';
import { customerNoticeCard } from '../../cards/customer-notice-card.ts';
import { LANGUAGES, textsFor } from '../../cards/texts/texts.ts';
import { dataDeletion } from '../../services/requests/following-up/data-deletion.ts';
import { openPointsOf } from '../../services/requests/following-up/open-points.ts';
import type { RemovalRequest } from '../../services/requests/request.ts';
import type { ClearingStep } from '../../services/requests/clearing/clearing-step.ts';
import { FOREIGN } from './foreign-texts.ts';
import { NONCE, stepOf } from './readiness-views.ts';
import { COME_BACK_URL, everyDelegatedAdmin, everyRequest, planOf, recordOf } from './request-records.ts';
import { ofType, titlesOf, wordsOf } from './walk.ts';

const foreign = { ...FOREIGN['everyday']!, name: 'Contoso', domain: 'contoso.com' };
const requests = everyRequest(foreign);
const draw = (request: RemovalRequest, steps: readonly ClearingStep[] = [], language = 'en', person = 'en') => {
  const record = recordOf(request, steps);
  const openPoints = openPointsOf(record);
  return customerNoticeCard(
    { record, openPoints, deletion: dataDeletion(record), nonce: NONCE, wording: textsFor(language) },
    textsFor(person),
  );
};
const noticeOf = (...drawn: Parameters<typeof draw>): string => {
  const [field] = ofType(draw(...drawn), 'Input.Text');
  return String(field?.['value']);
};
const SUSPENDED = [stepOf({ name: 'Office 365 E3' }, 'done')];

describe('a text for the customer', () => {
  it('says before a removal that it is meant to come, and promises nothing that is not approved', () => {
    const text = noticeOf(requests['pending']!, SUSPENDED);

    assert.match(
      text,
      /between your organisation, Contoso \(contoso\.com\), and us is to end\. It has not ended yet\./,
    );
    assert.match(text, /1 subscription of yours is suspended: Office 365 E3\./);
    assert.doesNotMatch(text, /ended on|link|GDAP|Azure|charged/);
  });

  it('says before a removal that delegated administration ends too, where that is asked for', () => {
    const plan = { ...planOf(foreign, []), delegatedAdmin: everyDelegatedAdmin(foreign) };

    assert.match(noticeOf({ ...requests['pending']!, plan }), /\(GDAP\) will then be ended too\./);
  });

  it('speaks of orders that are on their way, before a removal and after it', () => {
    const plan = planOf(foreign, [
      { group: 'to-know', kind: 'pending-order', holdingId: 'o', status: 'pending' },
      { group: 'to-know', kind: 'pending-order', holdingId: 'p', status: 'pending' },
    ]);

    assert.match(noticeOf({ ...requests['pending']!, plan }), /2 orders that we placed for you are still under way,/);
    assert.match(noticeOf({ ...requests['done']!, plan }), /2 orders that we placed for you were still under way/);
  });

  it('speaks of a transfer that is open, before a removal and after it', () => {
    const plan = planOf(foreign, [
      { group: 'to-know', kind: 'transfer', holdingId: 't', status: 'active', count: 3, to: 'Fabrikam' },
    ]);

    assert.match(
      noticeOf({ ...requests['pending']!, plan }),
      /A transfer of subscriptions to another partner is still open\./,
    );
    assert.match(
      noticeOf({ ...requests['done']!, plan }),
      /A transfer of subscriptions to another partner was still open/,
    );
  });

  it('says on its card how the request stands, since it takes the place of the card that did', () => {
    const said = (request: RemovalRequest): string => wordsOf(draw(request));

    assert.match(said(requests['done']!), /The relationship is removed\. The customer is gone from your list\./);
    assert.match(said(requests['pending']!), /Waiting for /);
  });

  it('says after a removal since when, and how they can come back', () => {
    const text = noticeOf(requests['done']!);

    assert.match(text, /between your organisation, Contoso \(contoso\.com\), and us ended on March 9, 2031\./);
    assert.ok(text.includes(COME_BACK_URL));
    assert.doesNotMatch(text, /suspended|GDAP|Azure|charged/);
    assert.match(noticeOf(requests['done without a link']!), /write to us, and we send you the link/);
  });

  it('names what is left of theirs, and where their administrator ends it', () => {
    const text = noticeOf(requests['done, some of it seen to']!, SUSPENDED);

    assert.match(text, /still charged: Contoso, until March 12, 2031\./);
    assert.match(text, /\(GDAP\) still exist: Contoso\. .*Partner relationships\./);
    assert.match(text, /Roles that we hold in your Azure subscriptions do not end by themselves\./);
    assert.match(text, /Office 365 E3.*until Microsoft deletes it on June 7, 2031\./);
    assert.doesNotMatch(text, /UTC/);
  });

  it('names so much of what is suspended, and counts the rest', () => {
    const many = Array.from({ length: 200 }, () => SUSPENDED[0]!);

    assert.match(noticeOf(requests['pending']!, many), /Office 365 E3, Office 365 E3, and 188 more\. Users cannot/);
  });

  it('says from which day on data is deleted where there are several, and no day where one is not known', () => {
    const later = stepOf({ name: 'Project' }, 'done', { doneAt: '2031-03-20T10:00:00.000Z' });
    const ofLicences = stepOf({ name: 'Visio' }, 'done', { class: 'new-commerce-licence' });
    const bySomebody = stepOf({ name: 'Stream' }, 'done', { wasSoBefore: true });

    assert.match(noticeOf(requests['pending']!, [...SUSPENDED, later]), /deletes it from June 7, 2031 on\./);
    for (const unknown of [ofLicences, bySomebody])
      assert.match(
        noticeOf(requests['pending']!, [...SUSPENDED, unknown]),
        /deletes it 90 days after the suspension\./,
      );
  });

  it('ends with the name of whoever asked, in every language with a date that is written out', () => {
    const ends = Object.keys(LANGUAGES).map((language) => {
      const text = noticeOf(requests['done']!, SUSPENDED, language);
      assert.ok(text.endsWith(`\n\n${requests['done']!.requester.name}`), text);
      return /\d{1,2}\.? [\p{L}]+ 2031(?: года)?|March 9, 2031/u.exec(text)?.[0];
    });

    assert.deepEqual(ends, ['March 9, 2031', '9. März 2031', '9 mars 2031', '9 марта 2031 года']);
  });

  it('says that delegated administration has ended only where all of it has', () => {
    const isOver = /\(GDAP\) have ended\./;

    assert.match(noticeOf(requests['done, delegated administration has ended']!), isOver);
    assert.doesNotMatch(noticeOf(requests['done, delegated administration came later']!), isOver);
    assert.doesNotMatch(noticeOf(requests['done, delegated administration is next']!), isOver);
  });

  for (const language of Object.keys(LANGUAGES))
    it(`is written in one of their languages, and offers the others in the reader’s card: ${language}`, () => {
      const card = draw(requests['done']!, [], language, 'en');
      const [field] = ofType(card, 'Input.Text');

      assert.ok(String(field?.['value']).startsWith(textsFor(language).say('notice.greeting')));
      assert.ok(String(field?.['label']).startsWith('The same text to copy ('));
      // Whole, a paragraph each, for whoever reads it where the field shows two lines.
      assert.ok(wordsOf(card).includes(String(field?.['value']).replaceAll('\n\n', '\n')));
      assert.equal(titlesOf(card).length, 4);
      assert.equal(titlesOf(card)[0], 'Back');
    });
});
