import assert from 'node:assert/strict';
import { helpCard } from '../../../cards/help-card.ts';
import { LANGUAGES, textsFor } from '../../../cards/texts/texts.ts';
import { pageBench } from './page-bench.ts';

/** The smallest phone that Teams still runs on. */
const PHONE = { viewport: { width: 320, height: 568 }, hasTouch: true, isMobile: true } as const;

/** What Teams' own header and the box to write in leave of it. */
const MOST_HEIGHT = PHONE.viewport.height - 88;

describe('help on a small phone', function () {
  this.timeout(30_000);
  const { page, open, region, show } = pageBench();

  for (const language of Object.keys(LANGUAGES))
    it(`is on one screen, for somebody who may do everything: ${language}`, async () => {
      await open({}, PHONE);
      const roles = { isRequester: true, isApprover: true, isAuditor: true, signsIn: true };

      const id = await show('requester', { ...helpCard({ ...roles, personId: 'p' }, textsFor(language)) });

      const card = region('Requester').locator(`[data-message="${id}"] .card`);
      await card.waitFor();
      const { height = Infinity } = (await card.boundingBox()) ?? {};
      assert.ok(height <= MOST_HEIGHT, `${height} of ${MOST_HEIGHT} pixels`);
      assert.equal(await page().evaluate('document.scrollingElement.scrollWidth'), PHONE.viewport.width);
    });
});
