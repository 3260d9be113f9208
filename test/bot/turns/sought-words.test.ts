import assert from 'node:assert/strict';
import { readSought } from '../../../bot/turns/sought-words.ts';

describe('what is looked for in the record', () => {
  const cases: readonly (readonly [string, ReturnType<typeof readSought>])[] = [
    ['', { about: '' }],
    ['contoso', { about: 'contoso' }],
    ['Contoso Bakery', { about: 'Contoso Bakery' }],
    ['{7d0e5b92-3c4a-4f68-b1d7-2a9c8e6f0b35}', { about: '7d0e5b92-3c4a-4f68-b1d7-2a9c8e6f0b35' }],
    ['2026-03-01', { about: '', from: '2026-03-01', to: '2026-03-01' }],
    ['contoso 2026-03-01', { about: 'contoso', from: '2026-03-01', to: '2026-03-01' }],
    ['contoso 2026-03-01 2026-03-31', { about: 'contoso', from: '2026-03-01', to: '2026-03-31' }],
    ['contoso 2026-03-31 – 2026-03-01', { about: 'contoso', from: '2026-03-01', to: '2026-03-31' }],
    ['contoso from 2026-03-01 to 2026-03-31', { about: 'contoso', from: '2026-03-01', to: '2026-03-31' }],
    ['contoso 2026-03-01–2026-03-31', { about: 'contoso', from: '2026-03-01', to: '2026-03-31' }],
    ['2026-03-01-2026-03-31', { about: '', from: '2026-03-01', to: '2026-03-31' }],
    ['Contoso Du Nord du 2026-03-01 au 2026-03-31', { about: 'Contoso Du Nord', from: '2026-03-01', to: '2026-03-31' }],
    ['contoso vom 2026-03-01 bis zum 2026-03-31', { about: 'contoso', from: '2026-03-01', to: '2026-03-31' }],
    ['contoso с 2026-03-01 по 2026-03-31', { about: 'contoso', from: '2026-03-01', to: '2026-03-31' }],
    ['contoso since 2026-03-01', { about: 'contoso', from: '2026-03-01' }],
    ['contoso до 2026-03-01', { about: 'contoso', to: '2026-03-01' }],
    ['contoso on 2026-03-01', { about: 'contoso', from: '2026-03-01', to: '2026-03-01' }],
    ['Point To', { about: 'Point To' }],
    ['contoso 2026-02-30', { about: 'contoso 2026-02-30' }],
    ['2026-01-01 2026-02-01 2026-03-01', { about: '2026-01-01', from: '2026-02-01', to: '2026-03-01' }],
  ];
  for (const [words, sought] of cases)
    it(`is read from “${words}”`, () => {
      assert.deepEqual(readSought(words), sought);
    });
});
