import assert from 'node:assert/strict';
import { removedAmong, removedLike } from '../../../../services/requests/overview/removed-among.ts';
import type { RequestRecord } from '../../../../services/requests/request.ts';

/** As much of a request as is looked at. */
const record = (id: string, companyName: string, state: string, kind = 'removal'): RequestRecord =>
  ({
    request: { kind, state, customer: { id, companyName, domain: `${id}.onmicrosoft.com` } },
  }) as unknown as RequestRecord;
const nameOf = (found: RequestRecord | undefined): string | undefined => found?.request.customer.companyName;

/** Newest first. */
const RECORDS = [
  record('tailspin', 'Tailspin Toys', 'pending'),
  record('adatum', 'A. Datum Bögen', 'done'),
  record('tailspin', 'Tailspin Toys', 'done'),
  record('northwind', 'Northwind Traders', 'done'),
  record('northwinds', 'Northwind Sailing', 'done'),
  record('relecloud', 'Relecloud', 'done', 'cancellation'),
];

describe('a customer that somebody has had removed', () => {
  for (const [words, name] of [
    ['A. Datum Bögen', 'A. Datum Bögen'],
    ['a. DATUM bogen', 'A. Datum Bögen'],
    ['ADATUM.onmicrosoft.com', 'A. Datum Bögen'],
    ['adatum', 'A. Datum Bögen'],
    ['datum', undefined],
    ['tailspin.onmicrosoft.com', undefined],
    ['relecloud.onmicrosoft.com', undefined],
    ['', undefined],
  ] as const)
    it(`is, by “${words}” exactly, ${name ?? 'nobody'}`, () => {
      assert.equal(nameOf(removedAmong(RECORDS, [words])), name);
    });

  for (const [words, name] of [
    ['datum', 'A. Datum Bögen'],
    ['bogen a.', 'A. Datum Bögen'],
    ['adatum.on', 'A. Datum Bögen'],
    ['sailing', 'Northwind Sailing'],
    ['northwind', undefined],
    ['tailspin', undefined],
    ['relecloud', undefined],
    [' ', undefined],
  ] as const)
    it(`may be, by “${words}”, ${name ?? 'nobody, or more than one'}`, () => {
      assert.equal(nameOf(removedLike(RECORDS, words)), name);
    });
});
