import assert from 'node:assert/strict';
import { LANGUAGES } from '../../../cards/texts/texts.ts';
import { knownCodes, meaningOf, type Meaning } from '../../../services/partner-center/known-codes.ts';
import { PartnerCenterError } from '../../../services/partner-center/partner-center.ts';

describe('a known code of Partner Center', () => {
  const rows: [row: string, status: number, code: string, meaning: Meaning][] = [
    // Changing a subscription's status.
    ['already deleted: cannot be updated', 400, '2011', 'already-deleted'],
    ['stale etag', 400, '2055', 'changed-meanwhile'],
    ['status cannot change from X to Y', 400, '800040', 'not-from-this-state'],
    ['cannot update while suspended', 400, '800091', 'not-while-suspended'],
    ['status cannot be changed on this subscription', 400, '800096', 'status-is-fixed'],
    ['past the window in days', 400, '900117', 'window-is-over'],
    ['past the window in hours', 400, '900213', 'window-is-over'],
    ['past the window', 400, '900257', 'window-is-over'],
    ['expiring', 400, '900277', 'no-more-changes'],
    ['no more updates', 400, '900279', 'no-more-changes'],
    ['not now', 400, '900280', 'no-more-changes'],
    ['updated too many times', 400, '900311', 'changed-too-often'],
    ['Azure plan still has active Azure subscriptions', 403, '900115', 'azure-still-active'],
    ['savings plan: only in Azure portal', 403, '900321', 'savings-plan'],
    ['SaaS: cancel through the subscription', 403, '800077', 'cancel-the-subscription'],
    ['no such subscription', 404, '20003', 'no-such-subscription'],
    ['parent not active', 409, '27009', 'base-not-active'],
    ['not ready, try later', 409, '800082', 'not-ready'],
    ['pending operation: 24 hours', 409, '900278', 'operation-pending'],
    // Removing the relationship.
    ['something stands in the way of a removal', 400, '3000', 'not-as-things-stand'],
    ['no relationship between caller and account', 403, '20002', 'no-relationship'],
    ['no commerce relationship', 403, '900159', 'no-relationship'],
    ['tenant not found', 404, '60003', 'no-such-customer'],
    ['invalid customer id', 400, '900118', 'wrong-id'],
    ['invalid request input', 400, '800002', 'wrong-id'],
    ['no application-only auth', 403, '900329', 'needs-a-person'],
    ['MFA claim missing', 401, '900421', 'needs-mfa'],
    ['token audience no longer supported', 401, '900420', 'wrong-audience'],
    ['access denied', 401, '400', 'bad-token'],
    ['Authorization Failed, with any status', 403, '1002', 'direct-partners-not'],
    ['insufficient privileges', 403, '900308', 'role-missing'],
    ['role has no right to the operation', 403, '900150', 'role-missing'],
    ['stopped by Conditional Access', 403, '900309', 'conditional-access'],
  ];
  for (const [row, status, code, meaning] of rows) {
    it(`has a meaning: ${row} (${status}/${code})`, () => {
      const error = new PartnerCenterError(
        'refused',
        { operation: 'o', ids: { requestId: 'r', correlationId: 'c' } },
        { status, code },
      );

      assert.equal(error.meaning, meaning);
    });
  }

  it('has plain words in every language', () => {
    for (const [, meaning] of knownCodes())
      for (const words of Object.values(LANGUAGES)) assert.ok(words[`code.${meaning}`].length > 10, meaning);
  });

  it('means what its words say, where one code is said of several things', () => {
    const said = (description: string) => meaningOf(400, '3000', description);

    assert.equal(said('The relationship between the partner and customer does not exist.'), 'no-relationship');
    assert.equal(said('Invalid property: relationshipToPartner.'), 'not-as-things-stand');
    assert.equal(
      said('There are active software purchases. Please cancel the following orders: 3f2cfcc98b8c.'),
      'not-as-things-stand',
    );
  });

  it('means something by its status only: 2006 is two things, and none is guessed', () => {
    assert.equal(meaningOf(403, '2055'), undefined);
    assert.equal(meaningOf(400, '2006'), undefined);
    assert.equal(meaningOf(403, '2006'), undefined);
  });

  it('is none where the service says nothing', () => {
    assert.equal(meaningOf(undefined, undefined), undefined);
    assert.equal(meaningOf(500, undefined), undefined);
  });
});
