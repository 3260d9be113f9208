import assert from 'node:assert/strict';
import fc from 'fast-check';
import { MOST_LINES, readCustomerList } from '../../../services/batches/customer-list.ts';

const ID = '8f2d6a1b-c0e4-4a77-9bd3-61e5f7c20a9d';
const linesOf = (text: string) => readCustomerList(text).lines;

describe('a list of customers', () => {
  it('is read line by line, each by what stands there', () => {
    const text = `contoso.com\n${ID.toUpperCase()}\n\n  Contoso, Ltd\n{${ID}}\n@Fabrikam.Example\n`;

    assert.deepEqual(linesOf(text), [
      { line: 1, domain: 'contoso.com' },
      { line: 2, tenantId: ID },
      { line: 4, name: 'Contoso, Ltd' },
      { line: 5, tenantId: ID },
      { line: 6, domain: 'fabrikam.example' },
    ]);
  });

  const table = [
    { line: 2, tenantId: ID, domain: 'contoso.com', name: 'Contoso; the "first", Ltd' },
    { line: 3, domain: 'fabrikam.com', name: 'Fabrikam' },
  ];
  for (const [what, delimiter] of [
    ['commas', ','],
    ['semicolons', ';'],
    ['tabs', '\t'],
  ] as const)
    for (const [ends, end] of [
      ['as Unix ends lines', '\n'],
      ['as Windows does', '\r\n'],
    ] as const)
      it(`may be a table with ${what}, ${ends}, with a byte order mark, quotes and columns of others`, () => {
        const rows = [
          ['Microsoft ID', 'Company name', 'Primary domain name', 'Relationship'],
          [ID, '"Contoso; the ""first"", Ltd"', 'contoso.com', 'Cloud Reseller'],
          ['', 'Fabrikam', 'fabrikam.com', 'Cloud Reseller'],
        ];
        const text = `\uFEFF${rows.map((row) => row.join(delimiter)).join(end)}${end}`;

        assert.deepEqual(linesOf(text), table);
      });

  it('may be a table without names of columns', () => {
    assert.deepEqual(linesOf(`Contoso;contoso.com;${ID}\nFabrikam;;\n`), [
      { line: 1, tenantId: ID, domain: 'contoso.com', name: 'Contoso' },
      { line: 2, name: 'Fabrikam' },
    ]);
  });

  it('numbers rows as a spreadsheet does: the heading is row 1, empty ones count, and a cell with a line break is in one row', () => {
    const text = 'name,domain\n"Contoso\nLtd",contoso.com\n\nFabrikam,fabrikam.com\n,,\nNorthwind,northwind.com\n';

    assert.deepEqual(
      linesOf(text).map(({ line, name }) => [line, name]),
      [
        [2, 'Contoso Ltd'],
        [4, 'Fabrikam'],
        [6, 'Northwind'],
      ],
    );
  });

  it('numbers rows of a table without a heading, and of one that begins with empty ones, as they stand there', () => {
    for (const end of ['\n', '\r\n'])
      assert.deepEqual(
        linesOf(['', '', 'Contoso;contoso.com', '', 'Fabrikam;fabrikam.com', ''].join(end)).map(({ line }) => line),
        [3, 5],
      );
  });

  it('numbers lines as they stand there where a quote makes no table of it', () => {
    assert.deepEqual(
      linesOf('contoso.com\n\n"fabrikam.com\nnorthwind.com').map(({ line }) => line),
      [1, 3, 4],
    );
  });

  for (const [what, broken, ...names] of [
    ['at its begin', '"Contoso;contoso.com;'],
    ['at its second cell', 'Contoso;"contoso.com;'],
    ['around a quoted word', '"Contoso "Toys"";contoso.com;""'],
    ['followed by text', '"Contoso" Ltd;contoso.com'],
    ['closed by another row by chance', '"Contoso;contoso.com;\nPipes 5";pipes.com', 'Pipes 5"'],
  ] as const)
    it(`loses one row to a quote that is in no order, ${what}, and reads the others`, () => {
      for (const heading of ['Company name;Primary domain', 'Somebody;somebody.com']) {
        const text = `${heading}\n"Fabri\nkam; Inc";fabrikam.com\n${broken}\nNorthwind "the first";northwind.com\n"Litware";litware.com`;

        const lines = linesOf(text);

        assert.deepEqual(
          lines.map(({ name }) => name).filter((name) => name !== undefined && name !== 'Somebody'),
          ['Fabri kam; Inc', ...names, 'Northwind "the first"', 'Litware'],
        );
        assert.deepEqual(
          lines.filter(({ unreadable }) => unreadable !== undefined),
          [{ line: 4, unreadable: broken.split('\n')[0] }],
        );
        assert.equal(lines.at(-1)?.line, text.split('\n').length);
      }
    });

  it('is a table whose heading is known, though a row above it is broken', () => {
    assert.deepEqual(linesOf(`"List\nname;tenant id\nContoso;${ID}`), [
      { line: 1, unreadable: '"List' },
      { line: 3, tenantId: ID, name: 'Contoso' },
    ]);
  });

  it('may be one line with several customers', () => {
    assert.deepEqual(
      linesOf('contoso.com, fabrikam.com; northwind.com').map(({ domain, name }) => domain ?? name),
      ['contoso.com, fabrikam.com', 'northwind.com'],
    );
    assert.deepEqual(
      linesOf('contoso.com, fabrikam.com').map(({ domain }) => domain),
      ['contoso.com', 'fabrikam.com'],
    );
  });

  it('knows the columns of a table in each language of ours', () => {
    for (const header of ['Mandanten-ID;Kunde;Domäne', 'ID de locataire;Client;Domaine', 'ИД клиента;Клиент;Домен'])
      assert.deepEqual(linesOf(`${header}\n${ID};Contoso;contoso.com\n`), [
        { line: 2, tenantId: ID, domain: 'contoso.com', name: 'Contoso' },
      ]);
  });

  it('is nothing where nothing stands there', () => {
    for (const text of ['', '\uFEFF', ' \n\t\r\n', ';;;\n,,,']) assert.deepEqual(linesOf(text), []);
  });

  it('is looked at up to a bound, and the rest is counted', () => {
    const text = Array.from({ length: MOST_LINES + 7 }, (_, n) => `customer${n}.example`).join('\n');

    const { lines, more } = readCustomerList(text);

    assert.equal(lines.length, MOST_LINES);
    assert.equal(more, 7);
  });

  it('is read whatever anybody pastes, and names lines that are there, in their order', () => {
    const cell = fc.oneof(
      fc.string(),
      fc.string({ unit: 'binary' }),
      fc.constantFrom('"', '""', '\n', ';', ',', '\t', ID, 'a.example'),
    );
    fc.assert(
      fc.property(fc.array(cell, { maxLength: 40 }), (cells) => {
        const text = cells.join('');
        const { lines, more } = readCustomerList(text);
        const count = text.split(/\r\n?|[\n\u0085\u2028\u2029]/).length;
        assert.ok(more >= 0);
        for (const [at, { line, tenantId, domain, name, unreadable }] of lines.entries()) {
          assert.ok(line >= 1 && line <= count, `line ${line} of ${count}`);
          assert.ok(at === 0 || line >= lines[at - 1]!.line);
          assert.ok((tenantId ?? domain ?? name ?? unreadable ?? '') !== '');
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it('is the same whatever stands between its columns, and whether they are quoted', () => {
    const word = fc.stringMatching(/^[A-Za-z][A-Za-z ]{0,20}[A-Za-z]$/);
    const label = fc.stringMatching(/^[a-z]{3,12}$/);
    const row = fc.record({ name: word, domain: label.map((one) => `${one}.example`), id: fc.uuid() });
    fc.assert(
      fc.property(
        fc.array(row, { minLength: 2, maxLength: 20 }),
        fc.constantFrom(',', ';', '\t'),
        fc.boolean(),
        fc.constantFrom('\n', '\r\n'),
        (rows, delimiter, isQuoted, end) => {
          const quoted = (text: string): string => (isQuoted ? `"${text}"` : text);
          const told = [['name', 'domain', 'tenant id'], ...rows.map(({ name, domain, id }) => [name, domain, id])];
          const text = told.map((cells) => cells.map(quoted).join(delimiter)).join(end);
          assert.deepEqual(
            linesOf(text),
            rows.map(({ name, domain, id }, at) => ({
              line: at + 2,
              tenantId: id,
              domain,
              name: name.replace(/ +/g, ' '),
            })),
          );
        },
      ),
    );
  });
});
