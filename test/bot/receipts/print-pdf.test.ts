import assert from 'node:assert/strict';
import { printPdf } from '../../../bot/receipts/print-pdf.ts';
import { receiptPaper } from '../../../cards/receipt-paper.ts';
import { requestCard } from '../../../cards/request-card.ts';
import { LANGUAGES, textsFor } from '../../../cards/texts/texts.ts';
import { openPointsOf } from '../../../services/requests/following-up/open-points.ts';
import type { RemovalRequest } from '../../../services/requests/request.ts';
import { FOREIGN } from '../../cards/foreign-texts.ts';
import { guidNumber, NONCE, stepOf } from '../../cards/readiness-views.ts';
import { everyRequest, recordOf } from '../../cards/request-records.ts';
import { plain, readPdf } from '../../support/pdf-text.ts';

const AT = new Date('2031-03-12T08:00:00Z');
const foreign = { ...FOREIGN['everyday']!, name: 'ООО «Ромашка»' };
const done = everyRequest(foreign)['done, some of it seen to']!;

const receiptOf = (request: RemovalRequest, language = 'en', count = 1) => {
  const steps = Array.from({ length: count }, (_, n) =>
    stepOf({ name: `Office 365 E${n}` }, 'done', { holdingId: guidNumber(n + 1) }),
  );
  const record = { ...recordOf(request, steps), auditHead: 'ab'.repeat(32) };
  const openPoints = openPointsOf(record);
  return { record, openPoints, paper: receiptPaper({ record, openPoints, isSandbox: false }, textsFor(language)) };
};
const printed = async (...receipt: Parameters<typeof receiptOf>) => {
  const bytes = await printPdf(receiptOf(...receipt).paper, AT);
  return { bytes, ...(await readPdf(bytes)) };
};

describe('a receipt as a PDF', function () {
  this.timeout(60_000);

  it('has what is to be found again: ids, people, moments with their zone, the head of the record, the open points', async () => {
    const { text, title } = await printed(done);

    const { id, customer, removal, comeBackUrl } = done;
    for (const found of [id, customer.id, customer.domain, removal!.correlationId, 'ab'.repeat(32), comeBackUrl!])
      assert.ok(plain(text).includes(plain(found)), found);
    assert.match(text, /Asked by: ООО «Ромашка»/);
    assert.match(text, /Approved by: ООО «Ромашка»\s+Mar 9, 2031, 7:05:06 AM UTC/);
    assert.match(text, /Removed on Mar 9, 2031, 7:05:06 AM UTC/);
    assert.match(text, /Office 365 E0 × 10: suspended/);
    assert.match(text, /☑ {1,2}Azure role assignments stay/);
    assert.match(text, /• {1,2}What is suspended stays suspended/);
    assert.match(title ?? '', /^Receipt of a removal: /);
  });

  for (const language of Object.keys(LANGUAGES))
    it(`says what the receipt’s card says, in the person’s language: ${language}`, async () => {
      const { record, openPoints } = receiptOf(done, language);
      const view = { teamsId: '29:1', nonce: NONCE, isRequester: true, canWithdraw: false, isSandbox: false };
      const card = requestCard({ ...view, record, openPoints }, textsFor(language));

      const { text, language: said } = await printed(done, language);

      assert.equal(said, language);
      for (const one of runsIn(card.body)) assert.ok(plain(text).includes(plain(one)), one);
    });

  it('has every line, however many there are, on as many pages as it takes', async () => {
    const { text, pages } = await printed(done, 'en', 200);

    assert.ok(pages > 1);
    for (let n = 0; n < 200; n += 1) assert.match(text, new RegExp(`Office 365 E${n} × 10: suspended`));
    assert.match(text, new RegExp(`1 / ${pages}[^]*${pages} / ${pages}`));
  });

  it('leads back by a link, whose address is broken between its parts only', async () => {
    const comeBackUrl = `https://admin.microsoft.com/Adminportal/Home?invType=ResellerRelationship&partnerId=${guidNumber(7)}&msppId=0&DAP=false#/BillingAccounts/partner-invitation`;

    const { text, links } = await printed({ ...done, comeBackUrl });

    assert.deepEqual([...new Set(links)], [comeBackUrl]);
    const lines = text.split(/\s+/);
    const first = lines.findIndex((line) => line.startsWith('https:'));
    const address = lines.slice(first, first + links.length);
    assert.equal(address.join(''), comeBackUrl);
    for (const line of address.slice(0, -1)) assert.match(line, /&$/);
  });

  it('makes no link of an address that is not Microsoft’s', async () => {
    const comeBackUrl = 'https://evil.example/come?back&now';

    const { text, links } = await printed({ ...done, comeBackUrl });

    assert.ok(text.includes(comeBackUrl));
    assert.deepEqual(links, []);
  });

  it('is the same byte for byte when it is printed at the same moment, and shows a letter that it has not by its number', async () => {
    const chinese = { ...done, customer: { ...done.customer, companyName: '中文 Ltd' } };
    const [first, second] = [await printed(chinese), await printed(chinese)];

    assert.deepEqual(first.bytes, second.bytes);
    assert.match(first.text, /\[U\+4E2D\]\[U\+6587\] Ltd/);
  });
});

/** All words of a card but those of buttons and moments, which Teams works out. */
function runsIn(node: unknown): readonly string[] {
  if (Array.isArray(node)) return node.flatMap(runsIn);
  if (typeof node !== 'object' || node === null) return [];
  const { type, text, items, columns, inlines } = node as Readonly<Record<string, unknown>>;
  if (type === 'ActionSet') return [];
  const own = typeof text === 'string' && !text.includes('{{') ? [text] : [];
  return [...own, ...[items, columns, inlines].flatMap(runsIn)];
}
