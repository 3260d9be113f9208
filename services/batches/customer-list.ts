import { CsvError, parse } from 'csv-parse/sync';
import { cleanName } from '../clean-text.ts';
import { fold } from '../customers/fold.ts';
import { tenantIdIn } from '../customers/search.ts';
import type { CustomerId } from '../ids.ts';

/** So many lines of a list are looked at; what comes after is counted. */
export const MOST_LINES = 200;
/** Longer than any list of so many lines; a pasted book is cut. */
const LONGEST_LIST = 200_000;

/** One customer, as a line of a list names it: by whatever the line holds. Foreign text. */
export interface ListedLine {
  /**
   * As whoever made the list sees it, from 1 on: a line of a text, a row of a table as a spreadsheet numbers it, with its
   * heading and empty ones; where a row is broken, a line of the file, since that is where it is mended.
   */
  readonly line: number;
  readonly tenantId?: CustomerId;
  readonly domain?: string;
  readonly name?: string;
  /** What stands there, where that is no row of the table: nobody is looked for by it. */
  readonly unreadable?: string;
}

export interface CustomerList {
  readonly lines: readonly ListedLine[];
  /** How many lines with something in them came after the last one that is looked at. */
  readonly more: number;
}

type Column = 'tenantId' | 'domain' | 'name';

/** What the first line of a table calls its columns, folded; Partner Center's own export is among them. */
const COLUMNS: Readonly<Record<string, Column>> = {
  ...named(
    'tenantId',
    'tenant id',
    'tenantid',
    'tenant',
    'customer id',
    'customerid',
    'microsoft id',
    'customer tenant id',
  ),
  ...named('tenantId', 'mandanten-id', 'id de locataire', 'id du locataire', 'ид клиента', 'ид арендатора', 'id'),
  ...named('domain', 'domain', 'domain name', 'primary domain', 'primary domain name', 'default domain'),
  ...named('domain', 'domane', 'domaine', 'домен', 'основнои домен'),
  ...named('name', 'name', 'company name', 'company', 'companyname', 'customer', 'customer name', 'display name'),
  ...named(
    'name',
    'kunde',
    'firma',
    'firmenname',
    'client',
    'societe',
    'nom',
    'nom de la societe',
    'клиент',
    'название',
    'компания',
  ),
};

const DOMAIN = /^(?=.{4,253}$)(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?\.)+[\p{L}][\p{L}\p{N}-]{1,62}$/u;

/**
 * Reads a list of customers: a text with one a line, or a table with commas, semicolons or tabs between, with or without
 * a line that names its columns. A text of a single line may name several, with commas or semicolons between. Never
 * throws: a row whose quotes are in no order is told as such, and takes no other row with it.
 */
export function readCustomerList(text: string): CustomerList {
  const plain = text
    .slice(0, LONGEST_LIST)
    .replace(/^\uFEFF/, '')
    .replace(/\r\n?|[\u0085\u2028\u2029]/g, '\n');
  const rows = rowsOf(plain);
  const first = rows.find((row) => 'cells' in row);
  if (rows.length === 1 && first !== undefined && first.cells.length > 1 && columnsOf(first.cells) === undefined)
    return bounded(first.cells.map((cell) => lineOf(first.line, [cell])));
  const columns = first && columnsOf(first.cells);
  const told = columns === undefined ? rows : rows.filter((row) => row !== first);
  return bounded(
    told.map((row) => {
      if (!('cells' in row)) return row;
      return columns === undefined ? lineOf(row.line, row.cells) : byColumns(row.line, row.cells, columns);
    }),
  );
}

const bounded = (lines: readonly (ListedLine | undefined)[]): CustomerList => {
  const some = lines.filter((line) => line !== undefined);
  return { lines: some.slice(0, MOST_LINES), more: Math.max(0, some.length - MOST_LINES) };
};

interface TableRow {
  readonly line: number;
  readonly cells: readonly string[];
}

interface BrokenRow {
  readonly line: number;
  readonly unreadable: string;
}

function rowsOf(text: string): readonly (TableRow | BrokenRow)[] {
  const delimiter = delimiterOf(text);
  const records = recordsOf(text, delimiter ?? ',');
  if (records !== 'quote-not-closed' && records !== 'broken')
    return records.map((cells, at) => tableRow(at + 1, cells)).filter(isFilled);
  const lines = text.split('\n');
  // Without columns a quote has nothing to hold together.
  return delimiter === undefined
    ? lines.map((line, at) => tableRow(at + 1, [line.replaceAll('"', ' ')])).filter(isFilled)
    : rowByRow(lines, delimiter);
}

/** So many lines one row may have; a quote that is not closed by then is taken for forgotten. */
const MOST_LINES_OF_ROW = 20;

function rowByRow(lines: readonly string[], delimiter: string): readonly (TableRow | BrokenRow)[] {
  const rows: (TableRow | BrokenRow)[] = [];
  for (let at = 0; at < lines.length;) {
    const read = rowAt(lines, at, delimiter);
    const row =
      read === undefined ? { line: at + 1, unreadable: cleanName(lines[at] ?? '') } : tableRow(at + 1, read.cells);
    if (isFilled(row)) rows.push(row);
    at += read?.count ?? 1;
  }
  return rows;
}

/** The row that begins with a line, and how many lines it has; `undefined`: none begins there. */
function rowAt(lines: readonly string[], at: number, delimiter: string) {
  for (let count = 1; count <= Math.min(MOST_LINES_OF_ROW, lines.length - at); count++) {
    const records = recordsOf(lines.slice(at, at + count).join('\n'), delimiter);
    if (records === 'broken') return undefined;
    if (records !== 'quote-not-closed') return { cells: records[0] ?? [], count };
  }
  return undefined;
}

type Records = readonly (readonly string[])[];

function recordsOf(text: string, delimiter: string): Records | 'quote-not-closed' | 'broken' {
  try {
    const records = parse(text, { delimiter, relax_column_count: true, relax_quotes: true, trim: true });
    return records.some((cells) => cells.some(holdsRows)) ? 'broken' : records;
  } catch (error) {
    return error instanceof CsvError && error.code === 'CSV_QUOTE_NOT_CLOSED' ? 'quote-not-closed' : 'broken';
  }
}

/** A quote that is closed rows later by chance makes one cell of them, and a customer's domain or tenant id stands within it. */
const holdsRows = (cell: string): boolean =>
  cell.includes('\n') && cell.split(/[\n\t;,]/).some((part) => isTold(part.trim()));

const tableRow = (line: number, cells: readonly string[]): TableRow => ({ line, cells: cells.map(cleanName) });

const isFilled = (row: TableRow | BrokenRow): boolean =>
  ('cells' in row ? row.cells : [row.unreadable]).some((cell) => /[\p{L}\p{N}]/u.test(cell));

/** Whatever the first line that has columns has between them; names may have commas in them. `undefined`: there are no columns. */
function delimiterOf(text: string): string | undefined {
  const told = text.split('\n').find((line) => DELIMITERS.some((one) => line.includes(one))) ?? '';
  return DELIMITERS.find((one) => told.includes(one));
}
const DELIMITERS = ['\t', ';', ','];

function columnsOf(cells: readonly string[]): readonly (Column | undefined)[] | undefined {
  const columns = cells.map((cell) => COLUMNS[fold(cell)]);
  const isNamed = columns.some((column) => column !== undefined) && !cells.some((cell) => isTold(cell));
  return isNamed ? columns : undefined;
}

const isTold = (cell: string): boolean => tenantIdIn(cell) !== undefined || DOMAIN.test(cell);

function byColumns(
  line: number,
  cells: readonly string[],
  columns: readonly (Column | undefined)[],
): ListedLine | undefined {
  const of = (column: Column): string => cells.find((cell, at) => columns[at] === column && cell !== '') ?? '';
  const tenantId = tenantIdIn(of('tenantId'));
  const [domain, name] = [domainIn(of('domain')), of('name')];
  const known = {
    ...(tenantId !== undefined && { tenantId }),
    ...(domain !== '' && { domain }),
    ...(name !== '' && { name }),
  };
  return Object.keys(known).length === 0 ? lineOf(line, cells) : { line, ...known };
}

/** Without names of columns each cell is taken for what it looks like; what looks like nothing else is the name. */
function lineOf(line: number, cells: readonly string[]): ListedLine | undefined {
  const some = cells.filter((cell) => cell !== '');
  if (some.length === 0) return undefined;
  const tenantId = some.map(tenantIdIn).find((id) => id !== undefined);
  const domain = some.map(domainIn).find((cell) => DOMAIN.test(cell));
  const name = some.filter((cell) => !isTold(cell) && !DOMAIN.test(domainIn(cell))).join(', ');
  return {
    line,
    ...(tenantId !== undefined && { tenantId }),
    ...(domain !== undefined && { domain }),
    ...(name !== '' && { name }),
  };
}

/** Some copy a domain with its @ or as an address. */
const domainIn = (cell: string): string =>
  cell
    .toLowerCase()
    .replace(/^https?:\/\//, '')
    .replace(/^@/, '')
    .replace(/\/$/, '');

function named(column: Column, ...names: readonly string[]): Record<string, Column> {
  return Object.fromEntries(names.map((name) => [fold(name), column]));
}
